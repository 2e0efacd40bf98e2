//! The notes of an xlsb's sheet: who wrote them, on which cell, and what they say.

use crate::model::text::printable;
use crate::model::{CellRange, CellRef, LAST_COLUMN, LAST_ROW, Remark, RemarkKind};
use crate::read::error::ReadError;

use super::records::{Fields, Records};

/// Record types ([MS-XLSB] 2.3).
const AUTHOR: u16 = 0x0278;
const NOTE: u16 = 0x027B;
const TEXT: u16 = 0x027D;

/// Reads the notes of a part.
pub(in crate::read) fn notes(part: &str, bytes: &[u8]) -> Result<Vec<Remark>, ReadError> {
    let mut records = Records::new(part, bytes);
    let mut authors = Vec::new();
    let mut notes: Vec<Remark> = Vec::new();
    while let Some(record) = records.next()? {
        let mut fields = Fields(record.data);
        match record.kind {
            AUTHOR => authors.push(fields.text().ok_or_else(|| records.malformed())?),
            NOTE => {
                let note = note(&mut fields, &authors).ok_or_else(|| records.malformed())?;
                notes.push(note);
            }
            TEXT => {
                let text = fields.u8().and_then(|_| fields.text());
                let text = text.ok_or_else(|| records.malformed())?;
                if let Some(note) = notes.last_mut() {
                    printable(&text).trim().clone_into(&mut note.text);
                }
            }
            _ => {}
        }
    }
    Ok(notes)
}

fn note(fields: &mut Fields<'_>, authors: &[String]) -> Option<Remark> {
    let author = usize::try_from(fields.u32()?).ok()?;
    let (row, _, column) = (fields.u32()?, fields.u32()?, fields.u32()?);
    let cell = CellRef::new(row.min(LAST_ROW), column.min(LAST_COLUMN));
    let author = authors.get(author).map(|author| author.trim().to_owned());
    Some(Remark {
        range: CellRange::from(cell),
        kind: RemarkKind::Note,
        author: author.filter(|author| !author.is_empty()),
        text: String::new(),
    })
}
