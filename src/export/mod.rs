//! Gives out what is known in other forms: JSON for programs, CSV for Excel, Parquet for databases,
//! text for the terminal, HTML for the browser.
//!
//! | file | gives |
//! | --- | --- |
//! | `dto` | the shapes of `torimatome/1` and its JSON Schema |
//! | `changes_text` | what changed since the last check |
//! | `comparison_text`, `comparison_csv` | what two workbooks say differently, for the terminal and for Excel |
//! | `convert` | the nouns in those shapes |
//! | `findings_csv`, `findings_text` | the check report for Excel and for the terminal |
//! | `grouped`, `wrap` | findings by department, and lines that a terminal holds |
//! | `letter` | the letter that asks a department, as a text and as the draft of a mail |
//! | `html` | the check report and the catalogue of rules as pages |
//! | `tidy` | `kpi.csv` and `text.csv` for machines |
//! | `parquet` | the same tables with real types, for databases |
//! | `rule_text` | a rule's explanation for the terminal |
//! | `visible` | what input texts may not do to a terminal or to Excel |

mod changes_text;
mod comparison_csv;
mod comparison_text;
mod convert;
mod dto;
mod findings_csv;
mod findings_text;
mod grouped;
mod html;
mod letter;
mod parquet;
mod rule_text;
mod tidy;
mod visible;
mod wrap;

pub use self::parquet::{ParquetTables, partition, tidy_parquet};
pub use changes_text::changes_text;
pub use comparison_csv::comparison_csv;
pub use comparison_text::comparison_text;
pub use findings_csv::findings_csv;
pub use findings_text::{Screen, counted, findings_text};
pub use html::{catalogue_html, report_html};
pub use letter::{Letter, letter, mail};
pub use rule_text::rule_text;
pub use tidy::{Encoding, TidyTables, tidy};
pub use visible::on_one_line;

use schemars::generate::SchemaSettings;

use crate::model::{CellRef, Cover, Finding, ItemSheet, Period, Place};

/// The name and version of the JSON format.
pub const FORMAT: &str = "torimatome/1";

/// Why something could not be given out.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A value could not be written as JSON.
    #[error("JSONに変換できませんでした（{0}）。この表示を添えて、開発者に知らせてください。")]
    Json(#[from] serde_json::Error),
    /// A row could not be written as CSV.
    #[error("CSVに変換できませんでした（{0}）。この表示を添えて、開発者に知らせてください。")]
    Csv(#[from] csv::Error),
    /// A column could not be written as Parquet.
    #[error("Parquetに変換できませんでした（{0}）。この表示を添えて、開発者に知らせてください。")]
    Parquet(#[from] ::parquet::errors::ParquetError),
    /// A character that the encoding asked for does not have, where it stands, and what is said there.
    #[error(
        "{}の「{text}」にある文字「{character}」（U+{:04X}）は、CP932（Shift_JIS）で表せないため、書き出しを取りやめました。別の文字に直すか、--encoding utf-8 で書き出してください。",
        place.as_ref().map_or_else(|| "表".to_owned(), |place| place.to_string()),
        u32::from(*character)
    )]
    Unencodable {
        /// The character.
        character: char,
        /// The cell it stands in.
        place: Option<Box<Place>>,
        /// The beginning of the cell's text.
        text: String,
    },
}

/// Gives items and findings as JSON in the format `torimatome/1`.
///
/// `period` is what the items report; it is `null` for a workbook that does not say its half. `at`
/// is the period in which the findings were made.
///
/// # Errors
/// [`ExportError::Json`] if a number cannot be written.
///
/// ```
/// # use torimatome::model::{Cover, Period};
/// let at = Period::parse("R5下半期").unwrap();
/// let json = torimatome::export::json(&Cover::default(), Some(at), &[], &[], at).unwrap();
/// assert!(json.starts_with("{\n  \"format\": \"torimatome/1\",\n"));
/// ```
pub fn json(
    cover: &Cover,
    period: Option<Period>,
    items: &[&ItemSheet],
    findings: &[Finding],
    at: Period,
) -> Result<String, ExportError> {
    pretty(&convert::document(cover, period, Some(items), findings, at))
}

/// Gives findings alone as JSON: the same object without `items`.
///
/// # Errors
/// [`ExportError::Json`] if a text cannot be written.
pub fn findings_json(
    cover: &Cover,
    period: Option<Period>,
    findings: &[Finding],
    at: Period,
) -> Result<String, ExportError> {
    pretty(&convert::document(cover, period, None, findings, at))
}

/// Gives the JSON Schema (draft 2020-12) of `torimatome/1`, generated from the types that are
/// written; `templates/torimatome-1.schema.json` is its published copy.
pub fn schema() -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = settings
        .into_generator()
        .into_root_schema_for::<dto::Document>();
    format!("{:#}\n", schema.as_value())
}

fn pretty<T: serde::Serialize>(value: &T) -> Result<String, ExportError> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}

/// All the cells of a finding; its place alone where it names no cells.
fn cells(finding: &Finding) -> Vec<CellRef> {
    match &finding.place {
        Some(place) if finding.cells.is_empty() => vec![place.cell],
        Some(_) | None => finding.cells.clone(),
    }
}

#[cfg(test)]
mod tests;
