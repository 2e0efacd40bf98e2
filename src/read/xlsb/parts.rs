//! The parts of an xlsb around its sheets: sheet list, number formats and fonts, shared texts.

use crate::model::Visibility;
use crate::read::beside::{Mark, Runs, runs};
use crate::read::book::{BookPart, SheetEntry};
use crate::read::error::{Problem, ReadError};
use crate::read::limited::Limited;
use crate::read::limits::Limits;
use crate::read::styles::Styles;

use super::records::{Fields, Records};

/// Record types ([MS-XLSB] 2.3).
const SHARED_TEXT: u16 = 0x0013;
const FONT: u16 = 0x002B;
const NUMBER_FORMAT: u16 = 0x002C;
const CELL_FORMAT: u16 = 0x002F;
const BOOK_PROPERTIES: u16 = 0x0099;
const SHEET: u16 = 0x009C;
const CELL_FORMATS: u16 = 0x0269;
const CELL_FORMATS_END: u16 = 0x026A;
const FONTS: u16 = 0x0263;
const FONTS_END: u16 = 0x0264;
/// A font that strikes its words out.
const STRUCK: u16 = 0x08;
/// A text with fonts of its own.
const IN_RUNS: u8 = 0x01;

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

/// Reads the number formats, the fonts that strike out, and each cell format's own.
pub(super) fn styles(part: &str, bytes: &[u8], limits: &Limits) -> Result<Styles, ReadError> {
    let mut records = Records::new(part, bytes);
    let mut styles = Styles::default();
    let (mut in_cells, mut in_fonts) = (false, false);
    while let Some(record) = records.next()? {
        let mut fields = Fields(record.data);
        let short = || ReadError::broken(part, Problem::Malformed);
        match record.kind {
            NUMBER_FORMAT => {
                let format = fields.u16().zip(fields.text());
                let (id, code) = format.ok_or_else(short)?;
                styles.add_code(id.into(), code);
            }
            FONTS => in_fonts = true,
            FONTS_END => in_fonts = false,
            FONT if in_fonts => {
                let flags = fields.u16().and_then(|_| fields.u16());
                styles.add_font(flags.ok_or_else(short)? & STRUCK != 0);
            }
            CELL_FORMATS => in_cells = true,
            CELL_FORMATS_END => in_cells = false,
            CELL_FORMAT if in_cells => {
                let parent = fields.u16();
                let format = parent.and_then(|_| fields.u16()).zip(fields.u16());
                let (code, font) = format.ok_or_else(short)?;
                styles.add_cell(code.into(), font.into());
            }
            _ => {}
        }
        if styles.records() > limits.styles {
            let limit = limits.styles as u64;
            return Err(ReadError::over(Limited::Styles, limit, Some(part)));
        }
    }
    Ok(styles)
}

/// A text, and its runs where a font of its own strikes one of them out.
#[derive(Debug)]
pub(super) struct SharedText {
    pub(super) text: String,
    marks: Vec<Mark>,
}

impl SharedText {
    /// Reads a text with what stands behind it: fonts; furigana are left.
    pub(super) fn read(fields: &mut Fields<'_>, styles: &Styles) -> Option<Self> {
        let flags = fields.u8()?;
        let text = fields.text()?;
        let mut marks = Vec::new();
        if flags & IN_RUNS != 0 && styles.strike() {
            for _ in 0..fields.u32()? {
                let (from, font) = (fields.u16()?, fields.u16()?);
                marks.push((usize::from(from), styles.is_struck(usize::from(font))));
            }
        }
        Some(Self { text, marks })
    }

    /// The text in runs, if any is struck out.
    pub(super) fn runs(&self, cell: bool) -> Option<Runs> {
        runs(&self.text, &self.marks, cell)
    }
}

/// Reads the shared texts.
pub(super) fn texts(
    part: &str,
    bytes: &[u8],
    styles: &Styles,
) -> Result<Vec<SharedText>, ReadError> {
    let mut records = Records::new(part, bytes);
    let mut texts = Vec::new();
    while let Some(record) = records.next()? {
        if record.kind == SHARED_TEXT {
            let text = SharedText::read(&mut Fields(record.data), styles);
            texts.push(text.ok_or_else(|| records.malformed())?);
        }
    }
    Ok(texts)
}
