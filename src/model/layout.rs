//! The layout (様式): one description that is read by and drawn by.

mod drawing;
mod label;
mod likeness;
mod publish;
mod sheets;

pub use drawing::{HeaderCell, HeaderField, ItemDrawing, KpiArrangement};
pub use label::{Label, LabelMatch};
pub use likeness::Likeness;
pub use publish::{Publish, UNSETTLED};
pub use sheets::Sheets;

use serde::Deserialize;

use super::text::fold;
use super::{FiscalYear, Period};

/// A layout description, as `templates/*.toml` holds it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// The description's own name, part of a form's identity.
    pub id: String,
    /// What the form is called: 進捗管理票.
    pub document: String,
    /// Sheet names.
    pub sheets: Sheets,
    /// Labels; of each the first is written, all are recognised.
    pub labels: Labels,
    /// The assessment's vocabulary, the best first.
    pub grades: Vec<GradeWord>,
    /// What is assessed apart: 進捗 and 達成; none where an item has one grade.
    #[serde(default)]
    pub axes: Vec<Axis>,
    /// Words that say an item was cancelled (取組中止).
    pub cancelled: Vec<String>,
    /// The drawing of an item sheet.
    pub item: ItemDrawing,
    /// Fonts, sizes and colours.
    pub look: Look,
    /// Paper and margins.
    pub page: PageSetup,
    /// The public's workbook.
    #[serde(default)]
    pub publish: Publish,
}

/// Labels by what they head. `{year}` stands for a fiscal year in any spelling and is written `R5年度`,
/// `{nengo}` likewise and is written `令和5年度`; `{half}` stands for 上半期 or 下半期, `{name}` for a
/// plan's name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// 取組番号
    pub number: Label,
    /// 重点項目
    pub priority: Label,
    /// 取組項目
    pub title: Label,
    /// 主管課 (関係課)
    pub departments: Label,
    /// 主管課, heading the index.
    pub lead: Label,
    /// 実施内容
    pub content: Label,
    /// 期待される効果
    pub effects: Label,
    /// 年次計画
    pub schedule: Label,
    /// 実施項目
    pub activity: Label,
    /// R5年度, heading the 年次計画.
    pub schedule_year: Label,
    /// 数値目標等【基準値】
    pub kpi: Label,
    /// R5年度【実績値】
    pub actual: Label,
    /// R5年度【目標値】
    pub target: Label,
    /// 令和5年度の実施状況
    pub status: Label,
    /// 取組目標【Plan】
    pub plan: Label,
    /// 上半期の取組結果【Do】; none where the results of a year stand in one column.
    #[serde(default)]
    pub first_half: Label,
    /// 下半期の取組結果【Do】, or the year's results.
    #[serde(alias = "result")]
    pub second_half: Label,
    /// 取組全体の評価【Check】
    pub check: Label,
    /// 改善事項・今後の進め方【Action】
    pub action: Label,
    /// The form's own title, wherever it stands: 令和5年度 進捗管理票.
    pub heading: Label,
    /// 基準値, where it heads a column of its own; written only where the drawing has that column.
    #[serde(default)]
    pub baseline: Label,
    /// R5年度, heading the 実績値 and the 目標値 of a year where these name no year themselves.
    #[serde(default)]
    pub kpi_year: Label,
    /// Words by which a text added to a label is known: 記入してください, 必須.
    #[serde(default)]
    pub additions: Vec<String>,
}

/// 評価軸: what is assessed with a grade of its own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// The label left of the grade: 達成.
    pub label: Label,
    /// The vocabulary, the best first; that of the layout where there is none.
    #[serde(default)]
    pub grades: Vec<GradeWord>,
    /// Whether the grade says how the 数値目標 came out, so that it can be judged by them.
    #[serde(default)]
    pub by_kpis: bool,
}

impl Labels {
    /// What the actual of a year is called, on one line.
    pub fn actual_of(&self, year: FiscalYear) -> String {
        self.value_of(&self.actual, year)
    }

    /// What the target of a year is called, on one line.
    pub fn target_of(&self, year: FiscalYear) -> String {
        self.value_of(&self.target, year)
    }

    fn value_of(&self, label: &Label, year: FiscalYear) -> String {
        let head = match label.names_year() {
            true => String::new(),
            false => self.kpi_year.written(year),
        };
        let name = label.written(year);
        head.split_whitespace()
            .chain(name.split_whitespace())
            .collect()
    }
}

impl Layout {
    /// Tells whether the results of a year stand in two columns, one a half.
    pub fn has_halves(&self) -> bool {
        !self.labels.first_half.is_none()
    }

    /// A period as titles and messages name it; the half only where the form has halves.
    pub fn period_words(&self, period: Period) -> String {
        let year = period.year.long();
        match self.has_halves() {
            true => format!("{year} {}", period.half.label()),
            false => year,
        }
    }

    /// A period as it stands in the name of a file: `R5下半期`, without halves `R5年度`.
    pub fn period_in_names(&self, period: Period) -> String {
        match self.has_halves() {
            true => period.to_string(),
            false => period.year.short(),
        }
    }

    /// The vocabulary of an axis.
    pub fn words(&self, axis: usize) -> &[GradeWord] {
        match self.axes.get(axis) {
            Some(axis) if !axis.grades.is_empty() => &axis.grades,
            Some(_) | None => &self.grades,
        }
    }

    /// The grades of every vocabulary.
    pub fn all_words(&self) -> impl Iterator<Item = &GradeWord> {
        let of_axes = self.axes.iter().flat_map(|axis| &axis.grades);
        self.grades.iter().chain(of_axes)
    }

    /// What the axes are called.
    pub fn axis_names(&self) -> Vec<String> {
        let one_line = |axis: &Axis| axis.label.plain().split_whitespace().collect();
        self.axes.iter().map(one_line).collect()
    }

    /// What the grade of an axis is called: 評価区分, with the axis where there are several.
    pub fn grade_name(&self, axis: usize) -> String {
        match self.axes.get(axis) {
            Some(axis) => {
                let label: String = axis.label.plain().split_whitespace().collect();
                format!("評価区分（{label}）")
            }
            None => "評価区分".to_owned(),
        }
    }

    /// Tells whether the grade of an axis says how the 数値目標 came out.
    pub fn is_by_kpis(&self, axis: usize) -> bool {
        self.axes.get(axis).is_none_or(|axis| axis.by_kpis)
    }
}

/// One grade of the vocabulary.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeWord {
    /// The mark: `◎`; empty where the vocabulary has none.
    #[serde(default)]
    pub mark: String,
    /// Look-alikes of the mark: `〇` for `○`.
    #[serde(default)]
    pub mark_synonyms: Vec<String>,
    /// The words: `計画どおり`.
    pub label: String,
    /// Other words for the same.
    #[serde(default)]
    pub synonyms: Vec<String>,
}

impl GradeWord {
    /// The grade as it is written: `◎ 計画どおり`.
    pub fn written(&self) -> String {
        format!("{} {}", self.mark, self.label).trim().to_owned()
    }

    /// Tells whether folded words mean this grade.
    pub fn is_label(&self, folded: &str) -> bool {
        std::iter::once(&self.label)
            .chain(&self.synonyms)
            .any(|label| fold(label) == folded)
    }
}

/// Fonts, sizes in points and colours as `RRGGBB`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// The font of texts.
    pub text_font: String,
    /// The font of labels.
    pub label_font: String,
    /// The size of texts.
    pub text_size: f64,
    /// The size of labels.
    pub label_size: f64,
    /// The shading of labels.
    pub label_fill: String,
    /// The shading of block headings.
    pub heading_fill: String,
    /// The shading of missing entries.
    pub missing_fill: String,
    /// The shading of cells with other findings of level error or warning.
    pub question_fill: String,
    /// The shading of cells that are to be filled in.
    #[serde(default = "entry_fill")]
    pub entry_fill: String,
}

/// A pale yellow, as offices shade what is to be filled in.
fn entry_fill() -> String {
    "FFFFCC".to_owned()
}

/// Paper and margins.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageSetup {
    /// Left, right, top and bottom margin in millimetres.
    pub margins: [f64; 4],
    /// Header and footer margin in millimetres.
    pub header_margin: f64,
    /// Whether the paper lies on its side.
    pub landscape: bool,
}
