//! The layout (様式): one description that is read by and drawn by.

mod likeness;
mod publish;
mod sheets;

pub use likeness::Likeness;
pub use publish::{Publish, UNSETTLED};
pub use sheets::Sheets;

use serde::Deserialize;

use super::text::{fold, label_key};
use super::{FiscalYear, Half};

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
    /// 上半期の取組結果【Do】
    pub first_half: Label,
    /// 下半期の取組結果【Do】
    pub second_half: Label,
    /// 取組全体の評価【Check】
    pub check: Label,
    /// 改善事項・今後の進め方【Action】
    pub action: Label,
    /// The form's own title, wherever it stands: 令和5年度 進捗管理票.
    pub heading: Label,
    /// 基準値, where it heads a column of its own; it is never written.
    #[serde(default)]
    pub baseline: Label,
    /// Words by which a text added to a label is known: 記入してください, 必須.
    #[serde(default)]
    pub additions: Vec<String>,
}

/// The spellings of one label; the first is the one that is written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Label {
    spellings: Vec<String>,
    patterns: Vec<Vec<Token>>,
}

/// A piece of a spelling, ready to be compared with a key.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Literal(String),
    Year,
    Half,
    Name,
}

/// What a label's placeholders stood for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LabelMatch {
    /// `{year}` or `{nengo}`
    pub year: Option<FiscalYear>,
    /// `{half}`
    pub half: Option<Half>,
}

impl From<Vec<String>> for Label {
    fn from(spellings: Vec<String>) -> Self {
        let patterns = spellings.iter().map(|spelling| tokens(spelling)).collect();
        Self {
            spellings,
            patterns,
        }
    }
}

fn tokens(spelling: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = spelling;
    while let Some(open) = rest.find('{') {
        found.push(Token::Literal(label_key(&rest[..open])));
        rest = &rest[open + 1..];
        let close = rest.find('}').unwrap_or(rest.len());
        found.push(match &rest[..close] {
            "year" | "nengo" => Token::Year,
            "half" => Token::Half,
            "name" => Token::Name,
            other => Token::Literal(label_key(other)),
        });
        rest = rest.get(close + 1..).unwrap_or("");
    }
    found.push(Token::Literal(label_key(rest)));
    found.retain(|token| *token != Token::Literal(String::new()));
    found
}

impl Label {
    /// The text that is written, with its placeholders filled.
    pub fn written(&self, year: FiscalYear) -> String {
        self.plain()
            .replace("{year}", &year.short())
            .replace("{nengo}", &year.long())
    }

    /// The text that is written where there is no placeholder.
    pub fn plain(&self) -> &str {
        self.spellings.first().map_or("", String::as_str)
    }

    /// Tells whether a key ([`label_key`]) is one of the spellings, and what its placeholders say.
    pub fn matches(&self, key: &str) -> Option<LabelMatch> {
        self.patterns
            .iter()
            .find_map(|pattern| match_tokens(pattern, key))
    }
}

fn match_tokens(pattern: &[Token], key: &str) -> Option<LabelMatch> {
    let mut found = LabelMatch::default();
    let mut rest = key;
    for token in pattern {
        rest = match token {
            Token::Literal(literal) => rest.strip_prefix(literal.as_str())?,
            Token::Year => {
                let (year, rest) = FiscalYear::prefix(rest)?;
                found.year = Some(year);
                // 令和4年度(2022年度) names one year twice.
                FiscalYear::prefix(rest)
                    .filter(|(again, _)| *again == year)
                    .map_or(rest, |(_, rest)| rest)
            }
            Token::Half => {
                let (half, rest) = Half::prefix(rest)?;
                found.half = Some(half);
                rest
            }
            Token::Name => &rest[rest.rfind("計画")? + "計画".len()..],
        };
    }
    (rest.is_empty() && !pattern.is_empty()).then_some(found)
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

/// How an item sheet is drawn: a grid of narrow columns that every row divides.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemDrawing {
    /// The number of drawing columns.
    pub columns: u16,
    /// The width of one, in characters of the default font (ECMA-376 Part 1, 18.3.1.13).
    pub column_width: f64,
    /// The header's rows; each cell is a label or a field and spans some columns.
    pub header: Vec<Vec<HeaderCell>>,
    /// Columns of the activity's name; the years share the rest.
    pub activity_columns: u16,
    /// Columns of the KPI's name; the years share the rest.
    pub kpi_columns: u16,
    /// Columns of Plan, first half, second half.
    pub status_columns: [u16; 3],
    /// Columns of the grade; the comment has the rest.
    pub grade_columns: u16,
    /// Rows the 年次計画, the KPI and the status block have at least.
    pub least_rows: u16,
}

/// A cell of the header.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeaderCell {
    /// The label it shows.
    #[serde(default)]
    pub label: Option<HeaderField>,
    /// The field it shows.
    #[serde(default)]
    pub field: Option<HeaderField>,
    /// The drawing columns it spans.
    pub columns: u16,
}

/// A field of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeaderField {
    /// 取組番号
    Number,
    /// 重点項目
    Priority,
    /// 取組項目
    Title,
    /// 主管課 (関係課)
    Departments,
    /// 実施内容
    Content,
    /// 期待される効果
    Effects,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn label(spellings: &[&str]) -> Label {
        let spellings: Vec<String> = spellings.iter().map(|one| (*one).to_owned()).collect();
        spellings.into()
    }

    #[test]
    fn placeholders_match_any_spelling_of_a_year() {
        let status = label(&["{nengo}の実施状況"]);
        for text in [
            "令和5年度の実施状況",
            "Ｒ５年度の実施状況",
            "2023年度 の 実施状況",
            "【令和５年度の実施状況】",
        ] {
            let found = status.matches(&label_key(text));
            assert_eq!(
                found.and_then(|found| found.year),
                Some(FiscalYear(2023)),
                "{text}"
            );
        }
        assert_eq!(status.matches(&label_key("令和5年度の実施内容")), None);
        assert_eq!(status.written(FiscalYear(2023)), "令和5年度の実施状況");
    }

    #[test]
    fn storeys_are_told_apart_by_their_words() {
        let actual = label(&["{year}\n【実績値】"]);
        assert!(actual.matches(&label_key("Ｒ５年度［実績値］")).is_some());
        assert!(actual.matches(&label_key("Ｒ５年度［目標値］")).is_none());
        assert_eq!(actual.written(FiscalYear(2023)), "R5年度\n【実績値】");
    }

    #[test]
    fn headings_name_year_and_half() {
        let heading = label(&["{year}{half}進捗管理票", "{name}進捗管理票", "進捗管理票"]);
        let found = heading
            .matches(&label_key("令和５年度 上半期 進捗管理票"))
            .unwrap();
        assert_eq!(
            (found.year, found.half),
            (Some(FiscalYear(2023)), Some(Half::First))
        );
        assert!(
            heading
                .matches(&label_key("小千谷市行政改革実施計画 進捗管理票"))
                .is_some()
        );
        assert!(
            heading
                .matches(&label_key("進捗管理票は提出済み"))
                .is_none()
        );
    }
}
