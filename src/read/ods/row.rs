//! A row of an ods: its cells by columns, ready to be repeated.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

use quick_xml::events::{BytesStart, Event};

use crate::model::{CellRef, Remark};
use crate::read::error::{Problem, ReadError};
use crate::read::limited::Limited;
use crate::read::limits::Limits;
use crate::read::xml::Walk;

use super::cell::{Content, Seen};
use super::styles::Styles;

/// Cells side by side that hold the same.
#[derive(Debug)]
pub(super) struct Piece {
    /// The first of their columns.
    pub(super) column: u32,
    /// How many they are.
    pub(super) repeat: u32,
    /// How many columns and rows the cell spans.
    pub(super) span: (u32, u32),
    pub(super) seen: Seen,
    /// What is said of the cell or drawn over it.
    pub(super) remarks: Vec<Remark>,
}

/// What a style says of whole rows and columns.
pub(super) struct Defaults<'a> {
    pub(super) styles: &'a Styles,
    /// Whether a column's cells are struck out where they say nothing of it themselves.
    pub(super) column: &'a dyn Fn(u32) -> bool,
    /// The same of the row.
    pub(super) row: Option<bool>,
}

/// Reads the row of a number up to its end; `elements` is how many more cell elements the workbook may have.
pub(super) fn row(
    walk: &mut Walk<'_>,
    number_of_row: u32,
    defaults: &Defaults<'_>,
    elements: &mut usize,
    limits: &Limits,
) -> Result<Vec<Piece>, ReadError> {
    let outer = walk.depth() - 1;
    let mut pieces = Vec::new();
    let mut column = 0u32;
    while walk.depth() > outer {
        let (element, open) = match walk.next()? {
            Event::Start(element) => (element, true),
            Event::Empty(element) => (element, false),
            Event::Text(text) if !text.trim().is_empty() => {
                return Err(walk.broken(Problem::CellBlock));
            }
            Event::CData(_) | Event::GeneralRef(_) => {
                return Err(walk.broken(Problem::CellBlock));
            }
            Event::Eof => return Err(walk.malformed()),
            _ => continue,
        };
        if !matches!(
            element.local_name().as_ref(),
            "table-cell" | "covered-table-cell"
        ) {
            return Err(walk.broken(Problem::CellBlock));
        }
        *elements = elements
            .checked_sub(1)
            .ok_or_else(|| ReadError::over(Limited::Cells, limits.cells as u64, None))?;
        let repeat = number(walk, &element, "number-columns-repeated")?;
        let span = (
            number(walk, &element, "number-columns-spanned")?,
            number(walk, &element, "number-rows-spanned")?,
        );
        let style = walk.attribute(&element, "style-name")?;
        let own = style.and_then(|style| defaults.styles.struck(&style));
        let inherited = || defaults.row.unwrap_or_else(|| (defaults.column)(column));
        let struck = own.unwrap_or_else(inherited);
        let at = CellRef::new(number_of_row, column);
        let content = Content::read(walk, &element, open, at, defaults.styles, struck)?;
        let (seen, remarks) = content.apart();
        let empty = seen == Seen::Nothing && span == (1, 1) && remarks.is_empty();
        if !empty {
            pieces.push(Piece {
                column,
                repeat,
                span,
                seen,
                remarks,
            });
        }
        column = column.saturating_add(repeat);
    }
    Ok(pieces)
}

/// A count that an attribute tells; one where it is not given.
pub(super) fn number(
    walk: &Walk<'_>,
    element: &BytesStart<'_>,
    name: &str,
) -> Result<u32, ReadError> {
    let Some(text) = walk.attribute(element, name)? else {
        return Ok(1);
    };
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        return Err(walk.broken(Problem::CellBlock));
    }
    // Beyond the largest number the grid ends anyway.
    Ok(text.parse().unwrap_or(u32::MAX).max(1))
}
