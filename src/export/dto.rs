//! The shapes of `torimatome/1`; the doc comments are the descriptions in the published schema.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

mod finding;

pub(super) use finding::{Finding, Level};

/// What a plan says and what was returned for it, with the findings.
///
/// Fiscal years are strings such as "R5". Texts keep their line breaks as "\n". What is absent is
/// null.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "torimatome/1", deny_unknown_fields)]
pub(super) struct Document {
    /// The name and version of this format.
    #[schemars(extend("const" = super::FORMAT))]
    pub format: &'static str,
    /// 市
    pub city: Option<String>,
    /// The plan's name.
    pub plan: Option<String>,
    /// The plan's fiscal years.
    #[schemars(inner(regex(pattern = FISCAL_YEAR)))]
    pub plan_years: Vec<String>,
    /// 期: the collection's period; null for a workbook that does not say which half it is of.
    pub period: Option<Period>,
    /// 取組, in order of their numbers; left out where only the findings are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Item>")]
    pub items: Option<Vec<Item>>,
    /// 点検結果
    pub findings: Vec<Finding>,
}

/// A fiscal year as `R5` writes it.
const FISCAL_YEAR: &str = "^(?:[RHSTM][1-9][0-9]?|[0-9]+)$";
/// A cell's address.
const ADDRESS: &str = "^[A-Z]{1,3}[1-9][0-9]{0,6}$";

/// 期: a fiscal year and a half of it.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Period {
    /// 年度
    #[schemars(regex(pattern = FISCAL_YEAR))]
    pub fiscal_year: String,
    /// 半期
    pub half: Half,
}

/// 半期: "first" is April to September, "second" is collected at year-end.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Half {
    First,
    Second,
}

/// 取組: one item sheet.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Item {
    /// 取組番号; null where it could not be read.
    pub number: Option<u32>,
    /// 重点項目
    pub priority: Option<String>,
    /// 取組項目
    pub title: Option<String>,
    /// 主管課
    pub lead: Vec<String>,
    /// 関係課, or a phrase that stands for them.
    pub related: Vec<String>,
    /// 実施内容
    pub content: Option<String>,
    /// 期待される効果
    pub effects: Option<String>,
    /// 年次計画
    pub schedule: Vec<Activity>,
    /// Free notes below the 年次計画.
    pub schedule_notes: Vec<String>,
    /// 数値目標
    pub kpis: Vec<Kpi>,
    /// 実施状況, one element a row of the sheet, filler and supplementary rows included.
    pub status: Vec<StatusRow>,
    /// 取組全体の評価
    pub assessment: Assessment,
    /// 改善事項・今後の進め方
    pub action: Option<String>,
    /// 脚注
    pub footnotes: Vec<Footnote>,
}

/// 実施項目: a row of the 年次計画.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Activity {
    /// The activity's name.
    pub activity: Option<String>,
    /// Its phases in order of years.
    pub phases: Vec<Phase>,
}

/// What is done from one year to another.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Phase {
    /// The first fiscal year.
    #[schemars(regex(pattern = FISCAL_YEAR))]
    pub from: String,
    /// The last fiscal year; the first one where the merged cells were lost.
    #[schemars(regex(pattern = FISCAL_YEAR))]
    pub to: String,
    /// 検討, 実施 and the like.
    pub text: Option<String>,
}

/// 数値目標
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Kpi {
    /// The name, without the baseline.
    pub name: Option<String>,
    /// 基準値; null if there is none.
    pub baseline: Option<Baseline>,
    /// One element a year column of the sheet.
    pub years: Vec<KpiYear>,
    /// Notes below the KPI, joined by line breaks.
    pub note: Option<String>,
}

/// 基準値
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Baseline {
    /// The whole text that follows the KPI's name in its cell.
    pub raw: Option<String>,
    /// 時点: a fiscal year ("R3") or a date ("R4.3.31").
    pub as_of: Option<String>,
    /// The value.
    pub measure: BaselineMeasure,
}

/// A KPI's values of one year.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct KpiYear {
    /// 年度
    #[schemars(regex(pattern = FISCAL_YEAR))]
    pub year: String,
    /// 実績値; null where the layout has no such storey.
    pub actual: Option<Entry>,
    /// 目標値; null where the layout has no such storey.
    pub target: Option<Entry>,
}

/// What a cell of a KPI shows, and what it was understood as.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Entry {
    /// What a person sees in the cell; null when it is blank.
    pub raw: Option<String>,
    /// What it was understood as.
    #[serde(flatten)]
    pub measure: Measure,
}

/// What a KPI cell can say.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Measure {
    /// 数量
    Quantity(Quantity),
    /// 内訳: parts that are marked ①②.
    Compound { parts: Vec<Part> },
    /// 随時: no quantity, not missing.
    AsNeeded,
    /// 段階: a stage that was reached.
    Milestone(Milestone),
    /// An explicit dash or 該当なし: entered, not blank, not zero.
    None,
    /// 空欄
    Blank,
    /// 様式外: entered, but not readable as a KPI's value.
    Unreadable,
}

/// What a baseline can say; as a cell's measure, but a quantity names its qualifier and bound only
/// where it has one.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schemars(extend("unevaluatedProperties" = false))]
pub(super) enum BaselineMeasure {
    /// 数量
    Quantity(BaselineQuantity),
    /// 内訳: parts that are marked ①②.
    Compound { parts: Vec<Part> },
    /// 随時: no quantity, not missing.
    AsNeeded,
    /// 段階: a stage that was reached.
    Milestone(Milestone),
    /// An explicit dash or 該当なし: entered, not blank, not zero.
    None,
    /// 様式外: entered, but not readable as a KPI's value.
    Unreadable,
}

/// 数量: an exact number with its unit.
#[derive(Serialize, JsonSchema)]
pub(super) struct Quantity {
    /// The exact decimal, scaled: 1.5億円 is 150000000.
    #[serde(serialize_with = "exactly")]
    #[schemars(with = "serde_json::Number")]
    pub value: Decimal,
    /// The unit as typed; null if there is none.
    pub unit: Option<String>,
    /// 累計 or 延べ.
    pub qualifier: Option<Qualifier>,
    /// 以上, 未満 and the like.
    pub bound: Option<Bound>,
    /// Words before the number, left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub label: Option<String>,
}

/// 数量 of a baseline.
#[derive(Serialize, JsonSchema)]
pub(super) struct BaselineQuantity {
    /// The exact decimal, scaled: 1.5億円 is 150000000.
    #[serde(serialize_with = "exactly")]
    #[schemars(with = "serde_json::Number")]
    pub value: Decimal,
    /// The unit as typed; null if there is none.
    pub unit: Option<String>,
    /// 累計 or 延べ; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Qualifier")]
    pub qualifier: Option<Qualifier>,
    /// 以上, 未満 and the like; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Bound")]
    pub bound: Option<Bound>,
    /// Words before the number, left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub label: Option<String>,
}

/// 段階
#[derive(Serialize, JsonSchema)]
pub(super) struct Milestone {
    /// The words: 検討, 方針決定, 選定 and the like.
    pub text: String,
    /// The quantity that stands beside the words, left out where there is none.
    #[serde(flatten)]
    pub quantity: Option<Quantity>,
}

/// A part of a compound.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Part {
    /// The mark, as a circled digit.
    pub label: String,
    /// Words between the mark and the number, left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub name: Option<String>,
    /// What the part says; of kind "blank" where nothing follows the mark.
    #[serde(flatten)]
    pub measure: Measure,
}

/// What a number counts.
#[derive(Serialize, JsonSchema)]
pub(super) enum Qualifier {
    #[serde(rename = "累計")]
    Cumulative,
    #[serde(rename = "延べ")]
    Total,
}

/// How a number bounds the value: 以上, 以下, 未満, 超, 約.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Bound {
    AtLeast,
    AtMost,
    LessThan,
    MoreThan,
    About,
}

/// A row of the 実施状況.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct StatusRow {
    /// 取組目標【Plan】
    pub plan: Option<String>,
    /// 上半期の取組結果【Do】; null in a form without halves.
    pub first_half: Option<String>,
    /// 下半期の取組結果【Do】, or the year's in a form without halves.
    pub second_half: Option<String>,
}

/// 取組全体の評価【Check】
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Assessment {
    /// 評価区分; null when blank. Where there are several axes, that of the first.
    pub grade: Option<Grade>,
    /// The grade of every axis, where there are several (進捗, 達成); left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<GradeOfAxis>,
    /// The comment on the grade.
    pub comment: Option<String>,
}

/// 評価区分
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Grade {
    /// What a person sees in the cell.
    pub raw: Option<String>,
    /// The mark that was typed.
    pub mark: Option<String>,
    /// The words that were typed.
    pub label: Option<String>,
}

/// 評価区分 of one axis; all but its name is null when blank.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct GradeOfAxis {
    /// What the axis is called.
    pub axis: String,
    /// What a person sees in the cell.
    pub raw: Option<String>,
    /// The mark that was typed.
    pub mark: Option<String>,
    /// The words that were typed.
    pub label: Option<String>,
}

/// 脚注
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Footnote {
    /// ※1 and the like.
    pub mark: String,
    /// What is explained: the words before the first "…"; null where there is no "…".
    pub term: Option<String>,
    /// The explanation.
    pub text: String,
}

/// Writes a decimal as a JSON number with all its digits and no trailing zeros.
fn exactly<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    let digits = value.normalize().to_string();
    let number: serde_json::Number = digits.parse().map_err(serde::ser::Error::custom)?;
    number.serialize(serializer)
}
