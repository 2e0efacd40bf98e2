//! What two workbooks say differently as CSV, to be opened in Excel: one difference a row.

use super::ExportError;
use super::visible::guarded;
use crate::model::{Comparison, Difference, Said};

/// The byte order mark by which Excel recognises UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

const HEADINGS: [&str; 13] = [
    "取組番号",
    "取組項目",
    "主管課",
    "欄",
    "区分",
    "前",
    "後",
    "前のファイル",
    "前のシート",
    "前のセル",
    "後のファイル",
    "後のシート",
    "後のセル",
];

/// Gives differences as CSV with their whole texts: UTF-8 with a byte order mark, CRLF.
///
/// Texts that begin like a formula get a leading `'`; what a person would not see is shown.
///
/// # Errors
/// [`ExportError::Csv`] if a row cannot be written.
pub fn comparison_csv(comparison: &Comparison) -> Result<Vec<u8>, ExportError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(BOM.to_vec());
    writer.write_record(HEADINGS)?;
    for one in &comparison.differences {
        writer.write_record(row(one).map(|text| guarded(&text)))?;
    }
    writer
        .into_inner()
        .map_err(|error| ExportError::Csv(error.into_error().into()))
}

fn row(one: &Difference) -> [String; 13] {
    let [before, after] = one.texts().map(str::to_owned);
    let [file, sheet, cell] = address(one.before.as_ref());
    let [later_file, later_sheet, later_cell] = address(one.after.as_ref());
    [
        one.number
            .map_or_else(String::new, |number| number.to_string()),
        one.title.clone(),
        one.lead.clone(),
        one.field.clone(),
        one.kind.label().to_owned(),
        before,
        after,
        file,
        sheet,
        cell,
        later_file,
        later_sheet,
        later_cell,
    ]
}

fn address(said: Option<&Said>) -> [String; 3] {
    let Some(place) = said.and_then(|said| said.place.as_ref()) else {
        return Default::default();
    };
    let source = &place.source;
    [
        source.file.clone(),
        source.sheet.clone(),
        place.cell.to_string(),
    ]
}
