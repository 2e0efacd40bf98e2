//! One walk over the sheets of an xls before anything is made of them.

use std::collections::BTreeMap;

use crate::model::CellRef;
use crate::read::beside::Beside;
use crate::read::error::{Problem, ReadError};
use crate::read::limited::Limited;
use crate::read::limits::Limits;

use super::globals::{BEGIN, Globals};
use super::records::{Record, Records, malformed};

/// Record types ([MS-XLS] 2.3).
const FORMULA: u16 = 0x0006;
const END: u16 = 0x000A;
const COLUMNS: u16 = 0x007D;
const PACKED_NUMBERS: u16 = 0x00BD;
const RICH_TEXT: u16 = 0x00D6;
const MERGED: u16 = 0x00E5;
const SHARED_TEXT: u16 = 0x00FD;
const EXTENT: u16 = 0x0200;
const NUMBER: u16 = 0x0203;
const TEXT: u16 = 0x0204;
const TRUTH_OR_ERROR: u16 = 0x0205;
const FORMULA_TEXT: u16 = 0x0207;
const ROW: u16 = 0x0208;
const PACKED_NUMBER: u16 = 0x027E;

/// The last column of an xls: IV.
const LAST_COLUMN: u16 = 0xFF;
/// A row without height.
const ROW_HIDDEN: u16 = 0x20;
const COLUMNS_HIDDEN: u16 = 0x01;
/// calamine lays the cells of a sheet out as a rectangle: four million take about a hundred
/// megabytes. A form has some thousand.
const LARGEST_RECTANGLE: u64 = 4_000_000;

/// A cell with a value.
#[derive(Debug)]
pub(super) struct Walk {
    /// Its cell format.
    pub(super) format: u16,
    /// False where a formula's text was never stored.
    pub(super) filled: bool,
    pub(super) content: Content,
}

/// What a cell holds, as far as a font may strike a part of it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// One value in one font.
    Plain,
    /// A shared text, by its number.
    Shared(u32),
    /// A text with fonts of its own that are not read.
    Rich,
}

/// What the walk found on a sheet.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub(super) cells: BTreeMap<CellRef, Walk>,
    /// How many of them have one.
    pub(super) filled: usize,
    pub(super) beside: Beside,
}

/// Walks over every sheet, and takes the declared extents out of the stream: memory is reserved
/// for them, and nothing else depends on them.
pub(super) fn sheets(
    stream: &mut [u8],
    globals: &Globals,
    limits: &Limits,
) -> Result<Vec<Walked>, ReadError> {
    let mut sheets = Vec::with_capacity(globals.sheets.len());
    let mut extents = Vec::new();
    let (mut left, mut area) = (limits.cells, 0u64);
    for at in &globals.sheets {
        let walked = Walked::read(stream, *at, &mut extents, &mut left, limits)?;
        area += walked.area();
        if area > LARGEST_RECTANGLE {
            return Err(ReadError::over(Limited::Rectangle, LARGEST_RECTANGLE, None));
        }
        sheets.push(walked);
    }
    for (at, length) in extents {
        let extent = stream.get_mut(at..at + length).ok_or_else(malformed)?;
        extent.fill(0);
    }
    Ok(sheets)
}

impl Walked {
    fn read(
        stream: &[u8],
        at: usize,
        extents: &mut Vec<(usize, usize)>,
        left: &mut usize,
        limits: &Limits,
    ) -> Result<Self, ReadError> {
        let mut walked = Self::default();
        let mut records = Records::from(stream, at);
        if records.next()?.kind != BEGIN {
            return Err(malformed());
        }
        // Charts within a sheet have cells of their own, which belong to nobody.
        let mut nested = 0usize;
        let mut unfinished = None;
        let mut merges = 0;
        loop {
            let record = records.next()?;
            match record.kind {
                BEGIN => nested += 1,
                END if nested == 0 => break,
                END => nested -= 1,
                _ if nested > 0 => {}
                EXTENT => {
                    if !matches!(record.data.len(), 10 | 14 | 16) {
                        return Err(malformed());
                    }
                    extents.push((record.at, record.data.len()));
                }
                ROW if record.u16(12)? & ROW_HIDDEN != 0 => {
                    let row = record.u16(0)?.into();
                    walked.beside.hidden_rows.push(row..=row);
                }
                COLUMNS if record.u16(8)? & COLUMNS_HIDDEN != 0 => {
                    let (first, last) = (record.u16(0)?.into(), record.u16(2)?.into());
                    if first <= last {
                        walked.beside.hidden_columns.push(first..=last);
                    }
                }
                MERGED => {
                    let count = usize::from(record.u16(0)?);
                    merges += count;
                    if merges > limits.merges {
                        let limit = limits.merges as u64;
                        return Err(ReadError::over(Limited::Merges, limit, None));
                    }
                    if record.data.len() < 2 + 8 * count {
                        return Err(malformed());
                    }
                }
                FORMULA_TEXT => {
                    let cell = unfinished.take().ok_or_else(malformed)?;
                    walked.finish(cell);
                }
                PACKED_NUMBERS => walked.packed(&record, left, limits)?,
                FORMULA | NUMBER | TEXT | RICH_TEXT | SHARED_TEXT | TRUTH_OR_ERROR
                | PACKED_NUMBER => {
                    let (row, column) = (record.u16(0)?, record.u16(2)?);
                    let content = match record.kind {
                        SHARED_TEXT => Content::Shared(record.u32(6)?),
                        RICH_TEXT => Content::Rich,
                        _ => Content::Plain,
                    };
                    let format = record.u16(4)?;
                    let cell = walked.put((row, column), format, content, left, limits)?;
                    if record.kind == FORMULA && has_text(&record)? {
                        unfinished = Some(cell);
                    } else {
                        walked.finish(cell);
                    }
                }
                _ => {}
            }
        }
        Ok(walked)
    }

    /// Numbers side by side: the row, the first column, pairs of format and number, the last column.
    fn packed(
        &mut self,
        record: &Record<'_>,
        left: &mut usize,
        limits: &Limits,
    ) -> Result<(), ReadError> {
        let pairs = record.data.len().checked_sub(6).ok_or_else(malformed)?;
        let (row, first) = (record.u16(0)?, record.u16(2)?);
        let last = record.u16(record.data.len() - 2)?;
        let count = last.checked_sub(first).ok_or_else(malformed)?;
        if pairs != 6 * (usize::from(count) + 1) {
            return Err(malformed());
        }
        for (number, column) in (first..=last).enumerate() {
            let format = record.u16(4 + 6 * number)?;
            let cell = self.put((row, column), format, Content::Plain, left, limits)?;
            self.finish(cell);
        }
        Ok(())
    }

    fn put(
        &mut self,
        (row, column): (u16, u16),
        format: u16,
        content: Content,
        left: &mut usize,
        limits: &Limits,
    ) -> Result<CellRef, ReadError> {
        let cell = CellRef::new(row.into(), column.into());
        let broken = |problem| ReadError::broken("Workbook", problem);
        if column > LAST_COLUMN {
            return Err(broken(Problem::Address(cell.to_string())));
        }
        *left = left
            .checked_sub(1)
            .ok_or_else(|| ReadError::over(Limited::Cells, limits.cells as u64, None))?;
        let walk = Walk {
            format,
            filled: false,
            content,
        };
        if self.cells.insert(cell, walk).is_some() {
            return Err(broken(Problem::CellBlock));
        }
        Ok(cell)
    }

    fn finish(&mut self, cell: CellRef) {
        if let Some(walk) = self.cells.get_mut(&cell) {
            walk.filled = true;
            self.filled += 1;
        }
    }

    /// How many units each shared text has at most that stands in a cell.
    pub(super) fn shared(&self, lengths: Option<&[u16]>) -> impl Iterator<Item = usize> {
        self.cells
            .values()
            .filter_map(move |cell| match cell.content {
                Content::Shared(number) => {
                    let number = usize::try_from(number).unwrap_or(usize::MAX);
                    let length = lengths.map(|lengths| lengths.get(number).copied().unwrap_or(0));
                    Some(usize::from(length.unwrap_or(u16::MAX)))
                }
                Content::Plain | Content::Rich => None,
            })
    }

    /// The cells of the rectangle around all cells.
    pub(super) fn area(&self) -> u64 {
        let rows = self.cells.keys().map(|cell| cell.row);
        let (Some(top), Some(bottom)) = (rows.clone().min(), rows.max()) else {
            return 0;
        };
        let columns = self.cells.keys().map(|cell| cell.column);
        let (Some(left), Some(right)) = (columns.clone().min(), columns.max()) else {
            return 0;
        };
        u64::from(bottom - top + 1) * u64::from(right - left + 1)
    }
}

/// Tells whether a formula's result is a text, which stands in a record of its own.
fn has_text(record: &Record<'_>) -> Result<bool, ReadError> {
    let result = record.data.get(6..14).ok_or_else(malformed)?;
    Ok(result[0] == 0 && result[6..] == [0xFF, 0xFF])
}
