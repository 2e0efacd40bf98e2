//! The tidy tables (機械可読の表), `kpi.csv` and `text.csv`: one cell, one value.
//!
//! Both are written by the export and may be collected in place of a form; this is the only place
//! that says what their headings and their words are.

use super::text::{fold, label_key};
use super::{CellRef, FiscalYear, Layout};

/// Which of the tables it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TidyKind {
    /// `kpi.csv`: a row for each value of a KPI, and for each part of it.
    Kpis,
    /// `text.csv`: a row for each text of a sheet.
    Texts,
}

/// A column of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TidyColumn {
    /// 市
    City,
    /// 期: `R5下`.
    Period,
    /// 年度: of a value its year, of a text the reporting year.
    Year,
    /// 西暦年度: `2023`.
    WesternYear,
    /// 取組番号
    Number,
    /// 重点項目
    Priority,
    /// 取組項目
    Title,
    /// 主管課
    Lead,
    /// 関係課
    Related,
    /// 数値目標: a KPI's name.
    Kpi,
    /// 内訳: the mark of a compound's part, `①`.
    Part,
    /// 区分: [`TidyStorey`].
    Storey,
    /// 時点: what a baseline refers to, `R3` or `R4.3.31`.
    AsOf,
    /// 値: the number.
    Value,
    /// 単位
    Unit,
    /// 修飾: 累計 or 延べ.
    Qualifier,
    /// 条件: 以上, 未満, 約 …
    Bound,
    /// 種別: 数量, 随時, 段階 …
    Kind,
    /// 原文: what the form's cell says, part or not.
    Raw,
    /// 欄: [`TidyField`].
    Field,
    /// 行: the row within the block, from 1.
    Row,
    /// 本文
    Text,
}

/// 区分: which of a KPI's values a row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TidyStorey {
    /// 基準値
    Baseline,
    /// 目標値
    Target,
    /// 実績値
    Actual,
}

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

/// A tidy table located on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tidy {
    /// Which it is.
    pub kind: TidyKind,
    /// The columns that were recognised, each once, from the left.
    pub columns: Vec<(TidyColumn, u32)>,
    /// The rows below the heading that hold something.
    pub rows: Vec<u32>,
    /// Cells with content that stand in no column of the table.
    pub strays: Vec<CellRef>,
}

impl TidyKind {
    /// The columns in the order in which they are written.
    pub fn columns(self) -> &'static [TidyColumn] {
        use TidyColumn as C;
        match self {
            Self::Kpis => &[
                C::City,
                C::Period,
                C::Year,
                C::WesternYear,
                C::Number,
                C::Priority,
                C::Title,
                C::Lead,
                C::Related,
                C::Kpi,
                C::Part,
                C::Storey,
                C::AsOf,
                C::Value,
                C::Unit,
                C::Qualifier,
                C::Bound,
                C::Kind,
                C::Raw,
            ],
            Self::Texts => &[
                C::City,
                C::Period,
                C::Year,
                C::Number,
                C::Field,
                C::Row,
                C::Text,
            ],
        }
    }

    /// The columns without which a table is none.
    pub fn required(self) -> &'static [TidyColumn] {
        use TidyColumn as C;
        match self {
            Self::Kpis => &[C::Number, C::Kpi, C::Storey, C::Year],
            Self::Texts => &[C::Number, C::Field, C::Text],
        }
    }
}

impl TidyColumn {
    /// The heading as it is written: `取組番号`.
    pub fn heading(self) -> &'static str {
        match self {
            Self::City => "市",
            Self::Period => "期",
            Self::Year => "年度",
            Self::WesternYear => "西暦年度",
            Self::Number => "取組番号",
            Self::Priority => "重点項目",
            Self::Title => "取組項目",
            Self::Lead => "主管課",
            Self::Related => "関係課",
            Self::Kpi => "数値目標",
            Self::Part => "内訳",
            Self::Storey => "区分",
            Self::AsOf => "時点",
            Self::Value => "値",
            Self::Unit => "単位",
            Self::Qualifier => "修飾",
            Self::Bound => "条件",
            Self::Kind => "種別",
            Self::Raw => "原文",
            Self::Field => "欄",
            Self::Row => "行",
            Self::Text => "本文",
        }
    }
}

impl TidyStorey {
    /// The word: `実績値`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Baseline => "基準値",
            Self::Target => "目標値",
            Self::Actual => "実績値",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text);
        [Self::Baseline, Self::Target, Self::Actual]
            .into_iter()
            .find(|storey| storey.label() == folded)
    }
}

/// 種別: what kind of value a row holds, in the words of the table and of the JSON.
pub const TIDY_KINDS: [[&str; 2]; 7] = [
    ["数量", "quantity"],
    ["内訳", "compound"],
    ["随時", "as_needed"],
    ["段階", "milestone"],
    ["なし", "none"],
    ["空欄", "blank"],
    ["様式外", "unreadable"],
];

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
