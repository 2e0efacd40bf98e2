//! The parts of an xlsb around its sheets: sheet list, number formats, shared texts.

use crate::model::Visibility;
use crate::read::book::{BookPart, Formats, SheetEntry};
use crate::read::error::{Limited, Problem, ReadError};
use crate::read::limits::Limits;

use super::records::{Fields, Records};

/// Record types ([MS-XLSB] 2.3).
const SHARED_TEXT: u16 = 0x0013;
const NUMBER_FORMAT: u16 = 0x002C;
const CELL_FORMAT: u16 = 0x002F;
const BOOK_PROPERTIES: u16 = 0x0099;
const SHEET: u16 = 0x009C;
const CELL_FORMATS: u16 = 0x0269;
const CELL_FORMATS_END: u16 = 0x026A;

/// Reads the list of sheets and the date system.
pub(super) fn book(part: &str, bytes: &[u8], limits: &Limits) -> Result<BookPart, ReadError> {
    let mut records = Records::new(part, bytes);
    let mut book = BookPart::default();
    while let Some(record) = records.next()? {
        let mut fields = Fields(record.data);
        match record.kind {
            BOOK_PROPERTIES => book.from_1904 = fields.u32().is_some_and(|flags| flags & 1 != 0),
            SHEET => {
                let entry = sheet_entry(&mut fields).ok_or_else(|| records.malformed())?;
                book.sheets.push(entry);
                if book.sheets.len() > limits.sheets {
                    return Err(ReadError::over(Limited::Sheets, limits.sheets as u64, None));
                }
            }
            _ => {}
        }
    }
    if book.sheets.is_empty() {
        return Err(records.broken(Problem::MissingPart));
    }
    book.distinct(part)?;
    Ok(book)
}

fn sheet_entry(fields: &mut Fields<'_>) -> Option<SheetEntry> {
    let hidden = fields.u32()? != 0;
    fields.u32()?;
    Some(SheetEntry {
        relation: fields.nullable_text()?,
        name: fields.text()?,
        visibility: if hidden {
            Visibility::Hidden
        } else {
            Visibility::Visible
        },
    })
}

/// Reads the number formats and each cell format's own.
pub(super) fn formats(part: &str, bytes: &[u8], limits: &Limits) -> Result<Formats, ReadError> {
    let mut records = Records::new(part, bytes);
    let mut formats = Formats::default();
    let mut in_cells = false;
    while let Some(record) = records.next()? {
        let mut fields = Fields(record.data);
        match record.kind {
            NUMBER_FORMAT => {
                let format = fields.u16().zip(fields.text());
                let (id, code) = format.ok_or_else(|| records.malformed())?;
                formats.codes.push((id.into(), code));
            }
            CELL_FORMATS => in_cells = true,
            CELL_FORMATS_END => in_cells = false,
            CELL_FORMAT if in_cells => {
                let format = fields.u16().and_then(|_| fields.u16());
                let id = format.ok_or_else(|| records.malformed())?;
                formats.cells.push(id.into());
            }
            _ => {}
        }
        if formats.codes.len() + formats.cells.len() > limits.styles {
            let limit = limits.styles as u64;
            return Err(ReadError::over(Limited::Styles, limit, Some(part)));
        }
    }
    Ok(formats)
}

/// Reads the shared texts; furigana and fonts stand behind a text and are left.
pub(super) fn texts(part: &str, bytes: &[u8]) -> Result<Vec<String>, ReadError> {
    let mut records = Records::new(part, bytes);
    let mut texts = Vec::new();
    while let Some(record) = records.next()? {
        if record.kind == SHARED_TEXT {
            let mut fields = Fields(record.data);
            let text = fields.u8().and_then(|_| fields.text());
            texts.push(text.ok_or_else(|| records.malformed())?);
        }
    }
    Ok(texts)
}
