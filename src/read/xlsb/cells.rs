//! A sheet of an xlsb: its cells as a person sees them, merged ranges, hidden rows and columns.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use calamine::{CellErrorType, DataRef};

use crate::model::{Cell, CellRange, CellRef, LAST_COLUMN, LAST_ROW};
use crate::read::beside::Beside;
use crate::read::budget::Budget;
use crate::read::error::{Problem, ReadError};
use crate::read::limited::Limited;
use crate::read::limits::{Limits, fits_a_cell};
use crate::read::sheet::Flaw;
use crate::read::styles::Palette;
use crate::read::xlsx::{Disguised, Flaws, disguise, seen};

use super::parts::SharedText;
use super::records::{Fields, Record, Records};

/// Record types ([MS-XLSB] 2.3).
const ROW: u16 = 0x0000;
const COLUMNS: u16 = 0x003C;
const RICH_TEXT: u16 = 0x003E;
const CELLS: u16 = 0x0091;
const CELLS_END: u16 = 0x0092;
const MERGED: u16 = 0x00B0;
/// Cells with their column; the seven after them stand right of the cell before.
const WITH_COLUMN: std::ops::RangeInclusive<u16> = 1..=11;
const SHORT: std::ops::RangeInclusive<u16> = 12..=18;
/// A row without height.
const ROW_HIDDEN: u8 = 0x10;
const COLUMNS_HIDDEN: u16 = 0x01;

/// What the cells of all sheets refer to.
pub(super) struct Book<'a> {
    pub(super) texts: &'a [SharedText],
    pub(super) palette: &'a Palette,
    pub(super) limits: &'a Limits,
    pub(super) budget: &'a Budget,
}

/// What was found on a sheet.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// How many cells there are, empty ones included.
    pub(super) count: usize,
    pub(super) cells: BTreeMap<CellRef, Cell>,
    pub(super) merges: Vec<CellRange>,
    pub(super) flaws: Flaws,
    pub(super) disguised: Disguised,
    pub(super) beside: Beside,
}

impl Sheet {
    /// Reads a sheet's part; `left` is how many more cells the workbook may hold.
    pub(super) fn read(
        part: &str,
        bytes: &[u8],
        name: &str,
        book: &Book<'_>,
        left: usize,
    ) -> Result<Self, ReadError> {
        let mut records = Records::new(part, bytes);
        let mut sheet = Self::default();
        let (mut row, mut column, mut blocks, mut inside) = (None, None, 0, false);
        while let Some(record) = records.next()? {
            let mut fields = Fields(record.data);
            match record.kind {
                CELLS => (blocks, inside) = (blocks + 1, true),
                CELLS_END => inside = false,
                COLUMNS => sheet
                    .columns(&mut fields)
                    .ok_or_else(|| records.malformed())?,
                MERGED => {
                    if sheet.merges.len() == book.limits.merges {
                        let limit = book.limits.merges as u64;
                        return Err(ReadError::over(Limited::Merges, limit, Some(part)));
                    }
                    let range = range(&mut fields).ok_or_else(|| records.malformed())?;
                    sheet.merges.extend(range);
                }
                ROW if inside => {
                    let number = sheet.row(&mut fields).ok_or_else(|| records.malformed())?;
                    (row, column) = (Some(number), None);
                }
                kind if WITH_COLUMN.contains(&kind)
                    || SHORT.contains(&kind)
                    || kind == RICH_TEXT =>
                {
                    let (Some(row), true) = (row, inside) else {
                        return Err(records.broken(Problem::CellBlock));
                    };
                    let own = match SHORT.contains(&kind) {
                        true => Some(column.map_or(0, |before: u32| before.saturating_add(1))),
                        false => fields.u32(),
                    };
                    let number = own.ok_or_else(|| records.malformed())?;
                    if row > LAST_ROW || number > LAST_COLUMN {
                        let address = Problem::Address(format!("{row}:{number}"));
                        return Err(records.broken(address));
                    }
                    column = Some(number);
                    if sheet.count == left {
                        let limit = book.limits.cells as u64;
                        return Err(ReadError::over(Limited::Cells, limit, None));
                    }
                    sheet.count += 1;
                    let cell = CellRef::new(row, number);
                    let content = content(&record, &mut fields, book);
                    let content = content.ok_or_else(|| records.malformed())?;
                    sheet.put(cell, content, name, book)?;
                }
                _ => {}
            }
        }
        if blocks != 1 || inside {
            return Err(records.broken(Problem::CellBlock));
        }
        Ok(sheet)
    }

    fn put(
        &mut self,
        cell: CellRef,
        content: Content<'_>,
        name: &str,
        book: &Book<'_>,
    ) -> Result<(), ReadError> {
        let Content { value, style, text } = content;
        if value == DataRef::Empty {
            return Ok(());
        }
        let palette = book.palette;
        let shown = match seen(&value, palette.format(style), palette.from_1904) {
            Ok(shown) => shown,
            Err(flaw) => {
                self.flaws.insert(cell, flaw);
                return Ok(());
            }
        };
        if let Some(shown) = &shown {
            fits_a_cell(&shown.text, name, cell)?;
            book.budget.cells(1, shown.text.len())?;
        }
        if self.cells.contains_key(&cell) || self.disguised.contains_key(&cell) {
            self.flaws.insert(cell, Flaw::Twice);
            return Ok(());
        }
        let whole = palette.strikes(style);
        let runs = match (text, &shown) {
            (Some(text), Some(_)) => text.runs(whole),
            (None, Some(shown)) if whole => Some(vec![(shown.text.clone(), true)]),
            (_, _) => None,
        };
        if let Some(runs) = runs {
            self.beside.struck.push((cell, runs));
        } else {
            let other = disguise(&value, shown.as_ref());
            self.disguised.extend(other.map(|other| (cell, other)));
        }
        if let (Some(shown), Entry::Vacant(vacant)) = (shown, self.cells.entry(cell)) {
            vacant.insert(shown);
        }
        Ok(())
    }

    fn row(&mut self, fields: &mut Fields<'_>) -> Option<u32> {
        let number = fields.u32()?;
        // Its format, its height, and flags of another kind.
        fields.bytes(7)?;
        if fields.u8()? & ROW_HIDDEN != 0 {
            self.beside.hidden_rows.push(number..=number);
        }
        Some(number)
    }

    fn columns(&mut self, fields: &mut Fields<'_>) -> Option<()> {
        let (first, last) = (fields.u32()?, fields.u32()?);
        fields.bytes(8)?;
        if fields.u16()? & COLUMNS_HIDDEN != 0 && first <= last {
            self.beside.hidden_columns.push(first..=last);
        }
        Some(())
    }
}

/// A merged range of more than one cell within the grid; any other is left out.
fn range(fields: &mut Fields<'_>) -> Option<Option<CellRange>> {
    let (first_row, last_row) = (fields.u32()?, fields.u32()?);
    let (first_column, last_column) = (fields.u32()?, fields.u32()?);
    let first = CellRef::new(first_row, first_column);
    let last = CellRef::new(last_row, last_column);
    let inside = last_row <= LAST_ROW && last_column <= LAST_COLUMN;
    let forward = first_row <= last_row && first_column <= last_column && first != last;
    Some((inside && forward).then(|| CellRange::new(first, last)))
}

/// What a cell stores, and how it is dressed.
struct Content<'a> {
    value: DataRef<'a>,
    style: usize,
    /// A text that may have fonts of its own.
    text: Option<&'a SharedText>,
}

fn content<'a>(
    record: &Record<'_>,
    fields: &mut Fields<'_>,
    book: &Book<'a>,
) -> Option<Content<'a>> {
    let style = fields.bytes(4)?;
    let style = u32::from_le_bytes([style[0], style[1], style[2], 0]);
    let mut text = None;
    let value = match record.kind {
        1 | 12 => DataRef::Empty,
        2 | 13 => DataRef::Float(fields.packed()?),
        3 | 11 | 14 => error(fields.u8()?),
        4 | 10 | 15 => DataRef::Bool(fields.u8()? != 0),
        5 | 9 | 16 => DataRef::Float(fields.f64()?),
        6 | 8 | 17 => DataRef::String(fields.text()?),
        7 | 18 => {
            let shared = book.texts.get(usize::try_from(fields.u32()?).ok()?)?;
            text = Some(shared);
            DataRef::SharedString(&shared.text)
        }
        // A text with fonts of its own: a byte of flags before it.
        _ => {
            fields.u8()?;
            DataRef::String(fields.text()?)
        }
    };
    Some(Content {
        value,
        style: usize::try_from(style).unwrap_or(usize::MAX),
        text,
    })
}

fn error(code: u8) -> DataRef<'static> {
    DataRef::Error(match code {
        0x00 => CellErrorType::Null,
        0x07 => CellErrorType::Div0,
        0x0F => CellErrorType::Value,
        0x17 => CellErrorType::Ref,
        0x1D => CellErrorType::Name,
        0x24 => CellErrorType::Num,
        0x2A => CellErrorType::NA,
        0x2B => CellErrorType::GettingData,
        // Errors that are newer than the format.
        _ => return DataRef::String(format!("#ERROR{code}!")),
    })
}
