//! 欄: what the rows of `text.csv` are called.

use super::super::text::label_key;
use super::super::{FiscalYear, Layout};

/// 欄: which field of an item sheet a row of `text.csv` holds.
///
/// | 欄 | 行 | field |
/// | --- | --- | --- |
/// | 重点項目, 取組項目, 主管課, 関係課, 実施内容, 期待される効果 | 1 | the header's |
/// | 実施項目 | the activity's | an activity's name |
/// | 年次計画 R4年度, 年次計画 R4年度～R5年度 | the activity's | a phase over these years |
/// | 年次計画の注記 | the note's | a note below the 年次計画 |
/// | 数値目標の注記：(a KPI's name) | the KPI's note's | a note below a KPI |
/// | 取組目標【Plan】, 上半期の取組結果【Do】, 下半期の取組結果【Do】 | the status row's, fillers counted | a status row's |
/// | 評価区分, 評価コメント | 1 | the assessment; 評価区分（達成） where there are axes |
/// | 改善事項・今後の進め方【Action】 | 1 | the action |
/// | 脚注 | the footnote's | `※1 用語…説明` |
///
/// The names are the layout's own labels where it has one, in any spelling that the layout knows; a
/// 行 that is not given is 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TidyField {
    /// 重点項目
    Priority,
    /// 取組項目
    Title,
    /// 主管課; also 主管課(関係課), with what stands in brackets.
    Lead,
    /// 関係課
    Related,
    /// 実施内容
    Content,
    /// 期待される効果
    Effects,
    /// 実施項目
    Activity,
    /// 年次計画: a phase from one year to another.
    Phase(FiscalYear, FiscalYear),
    /// 年次計画の注記
    ScheduleNote,
    /// 数値目標の注記, by the KPI's name.
    KpiNote(String),
    /// 取組目標【Plan】
    Plan,
    /// 上半期の取組結果【Do】
    FirstHalf,
    /// 下半期の取組結果【Do】
    SecondHalf,
    /// 評価区分; where there are axes, of one of them: 評価区分（達成）.
    Grade(usize),
    /// 評価コメント
    Comment,
    /// 改善事項・今後の進め方【Action】
    Action,
    /// 脚注
    Footnote,
}

const RELATED: &str = "関係課";
const NOTE: &str = "の注記";
const KPI_NOTE: &str = "数値目標の注記";
const GRADE: &str = "評価区分";
const COMMENT: &str = "評価コメント";
const FOOTNOTE: &str = "脚注";

impl TidyField {
    /// The name as it is written.
    pub fn name(&self, layout: &Layout) -> String {
        let labels = &layout.labels;
        let label = match self {
            Self::Priority => &labels.priority,
            Self::Title => &labels.title,
            Self::Lead => &labels.lead,
            Self::Content => &labels.content,
            Self::Effects => &labels.effects,
            Self::Activity => &labels.activity,
            Self::Plan => &labels.plan,
            Self::FirstHalf => &labels.first_half,
            Self::SecondHalf => &labels.second_half,
            Self::Action => &labels.action,
            Self::Related => return RELATED.to_owned(),
            Self::Grade(axis) => return layout.grade_name(*axis),
            Self::Comment => return COMMENT.to_owned(),
            Self::Footnote => return FOOTNOTE.to_owned(),
            Self::ScheduleNote => return format!("{}{NOTE}", labels.schedule.plain()),
            Self::KpiNote(kpi) => return format!("{KPI_NOTE}：{kpi}"),
            Self::Phase(from, to) => {
                let schedule = labels.schedule.plain();
                let years = match from == to {
                    true => from.short(),
                    false => format!("{}～{}", from.short(), to.short()),
                };
                return format!("{schedule} {years}");
            }
        };
        label.plain().replace('\n', "")
    }

    /// The years of a phase.
    pub fn phase(&self) -> Option<(FiscalYear, FiscalYear)> {
        if let Self::Phase(from, to) = *self {
            return Some((from, to));
        }
        None
    }

    /// Tells whether a sheet may have several of it, told apart by 行.
    pub fn has_rows(&self) -> bool {
        match self {
            Self::Activity
            | Self::Phase(..)
            | Self::ScheduleNote
            | Self::KpiNote(_)
            | Self::Plan
            | Self::FirstHalf
            | Self::SecondHalf
            | Self::Footnote => true,
            Self::Priority
            | Self::Title
            | Self::Lead
            | Self::Related
            | Self::Content
            | Self::Effects
            | Self::Grade(_)
            | Self::Comment
            | Self::Action => false,
        }
    }

    /// Reads a name in any spelling that the layout knows.
    pub fn parse(text: &str, layout: &Layout) -> Option<Self> {
        let labels = &layout.labels;
        let key = label_key(text);
        let fields = [
            (&labels.priority, Self::Priority),
            (&labels.title, Self::Title),
            (&labels.departments, Self::Lead),
            (&labels.lead, Self::Lead),
            (&labels.content, Self::Content),
            (&labels.effects, Self::Effects),
            (&labels.activity, Self::Activity),
            (&labels.plan, Self::Plan),
            (&labels.first_half, Self::FirstHalf),
            (&labels.second_half, Self::SecondHalf),
            (&labels.action, Self::Action),
        ];
        let known = fields
            .into_iter()
            .find(|(label, _)| label.matches(&key).is_some());
        if let Some((_, field)) = known {
            return Some(field);
        }
        let words = [
            (RELATED, Self::Related),
            (GRADE, Self::Grade(0)),
            (COMMENT, Self::Comment),
            (FOOTNOTE, Self::Footnote),
        ];
        if let Some((_, field)) = words.into_iter().find(|(word, _)| *word == key) {
            return Some(field);
        }
        let mut axes = 0..layout.axes.len();
        if let Some(axis) = axes.find(|axis| label_key(&layout.grade_name(*axis)) == key) {
            return Some(Self::Grade(axis));
        }
        if let Some(kpi) = text.trim().strip_prefix(KPI_NOTE) {
            let kpi = kpi.trim_start_matches(['：', ':']).trim();
            return (!kpi.is_empty()).then(|| Self::KpiNote(kpi.to_owned()));
        }
        let rest = key.strip_prefix(&label_key(labels.schedule.plain()))?;
        if rest == NOTE {
            return Some(Self::ScheduleNote);
        }
        let (from, rest) = FiscalYear::prefix(rest)?;
        let to = match rest.strip_prefix(['~', '-']) {
            Some(rest) => FiscalYear::parse(rest)?,
            None => Some(from).filter(|_| rest.is_empty())?,
        };
        (from <= to).then_some(Self::Phase(from, to))
    }
}
