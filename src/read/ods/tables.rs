//! The sheets of an ods: columns, rows and what is repeated, within the limits.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use quick_xml::events::{BytesStart, Event};

use crate::model::{Cell, CellRange, CellRef, LAST_COLUMN, LAST_ROW};
use crate::read::beside::Beside;
use crate::read::budget::Budget;
use crate::read::error::{Problem, ReadError};
use crate::read::limited::Limited;
use crate::read::limits::{Limits, fits_a_cell};
use crate::read::xlsx::{Disguised, Flaws};
use crate::read::xml::Walk;

use super::cell::Seen;
use super::paragraph::skip;
use super::remark;
use super::row::{Defaults, Piece, number, row};
use super::styles::Styles;

/// A sheet as it was found.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) cells: BTreeMap<CellRef, Cell>,
    pub(super) merges: Vec<CellRange>,
    pub(super) flaws: Flaws,
    pub(super) disguised: Disguised,
    pub(super) beside: Beside,
    /// The next column and the next row.
    column: u32,
    row: u32,
    struck_columns: Vec<RangeInclusive<u32>>,
}

/// What the whole workbook may still hold.
struct Left<'a> {
    limits: &'a Limits,
    budget: &'a Budget,
    /// Cell elements.
    elements: usize,
    /// Cells with content, repeated ones counted.
    cells: usize,
}

/// Reads every sheet; the part is walked to its end.
pub(super) fn tables(
    part: &str,
    bytes: &[u8],
    limits: &Limits,
    budget: &Budget,
) -> Result<Vec<Table>, ReadError> {
    let mut walk = Walk::new(part, bytes, limits)?;
    let mut styles = Styles::default();
    let mut tables: Vec<Table> = Vec::new();
    let mut names = BTreeMap::new();
    let mut in_body = false;
    let mut left = Left {
        limits,
        budget,
        elements: limits.cells,
        cells: limits.cells,
    };
    loop {
        match walk.next()? {
            Event::Start(element) => match (element.local_name().as_ref(), walk.depth()) {
                ("document-content", 1) => {}
                (_, 1) => return Err(walk.broken(Problem::MissingPart)),
                ("automatic-styles", 2) => styles.read(&mut walk)?,
                ("spreadsheet", 3) => in_body = true,
                ("table", 4) if in_body => {
                    let table = Table::read(&mut walk, &element, &styles, &mut left)?;
                    if names.insert(table.name.to_lowercase(), ()).is_some() {
                        return Err(walk.broken(Problem::SheetTwins(table.name)));
                    }
                    tables.push(table);
                    if tables.len() > limits.sheets {
                        return Err(ReadError::over(Limited::Sheets, limits.sheets as u64, None));
                    }
                }
                // Deleted cells that are remembered, lists and queries hold no sheet.
                (_, 4) if in_body => skip(&mut walk)?,
                _ => {}
            },
            Event::End(_) if walk.depth() < 3 => in_body = false,
            Event::Eof => break,
            _ => {}
        }
    }
    if tables.is_empty() {
        return Err(walk.broken(Problem::MissingPart));
    }
    Ok(tables)
}

impl Table {
    fn read(
        walk: &mut Walk<'_>,
        element: &BytesStart<'_>,
        styles: &Styles,
        left: &mut Left<'_>,
    ) -> Result<Self, ReadError> {
        let style = walk.attribute(element, "style-name")?;
        let mut table = Self {
            name: walk.attribute(element, "name")?.unwrap_or_default(),
            hidden: style.is_some_and(|style| styles.hides(&style)),
            ..Self::default()
        };
        let outer = walk.depth() - 1;
        while walk.depth() > outer {
            let (element, open) = match walk.next()? {
                Event::Start(element) => (element, true),
                Event::Empty(element) => (element, false),
                Event::Eof => return Err(walk.malformed()),
                _ => continue,
            };
            match element.local_name().as_ref() {
                "table-column" => table.column(walk, &element, styles)?,
                "table-row" => table.row(walk, &element, open, styles, left)?,
                "table-columns"
                | "table-column-group"
                | "table-header-columns"
                | "table-rows"
                | "table-row-group"
                | "table-header-rows" => {}
                "shapes" if open => table.shapes(walk, styles)?,
                // A cell outside a row is read by no two programs alike.
                "table-cell" | "covered-table-cell" | "table" => {
                    return Err(walk.broken(Problem::CellBlock));
                }
                _ if open => skip(walk)?,
                _ => {}
            }
        }
        Ok(table)
    }

    fn column(
        &mut self,
        walk: &Walk<'_>,
        element: &BytesStart<'_>,
        styles: &Styles,
    ) -> Result<(), ReadError> {
        let repeat = number(walk, element, "number-columns-repeated")?;
        let next = self.column.saturating_add(repeat);
        let columns = self.column..=next - 1;
        let style = walk.attribute(element, "default-cell-style-name")?;
        if style.and_then(|style| styles.struck(&style)) == Some(true) {
            self.struck_columns.push(columns.clone());
        }
        if is_hidden(walk, element)? {
            self.beside.hidden_columns.push(columns);
        }
        self.column = next;
        Ok(())
    }

    fn row(
        &mut self,
        walk: &mut Walk<'_>,
        element: &BytesStart<'_>,
        open: bool,
        styles: &Styles,
        left: &mut Left<'_>,
    ) -> Result<(), ReadError> {
        let repeat = number(walk, element, "number-rows-repeated")?;
        let next = self.row.saturating_add(repeat);
        if is_hidden(walk, element)? {
            self.beside.hidden_rows.push(self.row..=next - 1);
        }
        if open {
            let style = walk.attribute(element, "default-cell-style-name")?;
            let defaults = Defaults {
                styles,
                column: &|column| self.strikes(column),
                row: style.and_then(|style| styles.struck(&style)),
            };
            for piece in row(walk, self.row, &defaults, &mut left.elements, left.limits)? {
                self.place(walk, piece, repeat, left)?;
            }
        }
        self.row = next;
        Ok(())
    }

    /// Tells whether the style of a column strikes its cells out; the ranges are in order.
    fn strikes(&self, column: u32) -> bool {
        let ranges = &self.struck_columns;
        let after = ranges.partition_point(|range| *range.start() <= column);
        let range = after.checked_sub(1).and_then(|at| ranges.get(at));
        range.is_some_and(|range| range.contains(&column))
    }

    /// Puts the cells of a piece where they stand, as often as it is repeated.
    fn place(
        &mut self,
        walk: &Walk<'_>,
        piece: Piece,
        rows: u32,
        left: &mut Left<'_>,
    ) -> Result<(), ReadError> {
        let first = CellRef::new(self.row, piece.column);
        let at = |row: u32, column: u32| {
            let row = first.row.saturating_add(row);
            let column = piece.column.saturating_add(column);
            if row <= LAST_ROW && column <= LAST_COLUMN {
                return Ok(CellRef::new(row, column));
            }
            let (row, column) = (row.saturating_add(1), column.saturating_add(1));
            let address = Problem::Address(format!("{row}行{column}列"));
            Err(walk.broken(address))
        };
        if piece.span != (1, 1) {
            let (columns, rows) = piece.span;
            let range = CellRange::new(first, at(rows - 1, columns - 1)?);
            if self.merges.len() == left.limits.merges {
                return Err(walk.over(Limited::Merges, left.limits.merges));
            }
            self.merges.push(range);
        }
        self.beside.remarks.extend(piece.remarks);
        if piece.seen == Seen::Nothing {
            return Ok(());
        }
        let count = u64::from(piece.repeat) * u64::from(rows);
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        left.cells = left
            .cells
            .checked_sub(count)
            .ok_or_else(|| ReadError::over(Limited::Cells, left.limits.cells as u64, None))?;
        left.budget.cells(count, piece.seen.length())?;
        let last = at(rows - 1, piece.repeat - 1)?;
        for row in first.row..=last.row {
            for column in first.column..=last.column {
                self.put(CellRef::new(row, column), &piece.seen)?;
            }
        }
        Ok(())
    }

    fn put(&mut self, cell: CellRef, seen: &Seen) -> Result<(), ReadError> {
        let shown = match seen {
            Seen::Nothing => None,
            Seen::Cell(content, runs) => {
                let runs = runs.iter().cloned();
                self.beside.struck.extend(runs.map(|runs| (cell, runs)));
                Some(content)
            }
            Seen::Disguised(content, stored, shown) => {
                let both = (stored.clone(), shown.clone());
                self.disguised.insert(cell, both);
                content.as_ref()
            }
            Seen::Flawed(flaw) => {
                self.flaws.insert(cell, *flaw);
                None
            }
        };
        if let Some(shown) = shown {
            fits_a_cell(&shown.text, &self.name, cell)?;
            self.cells.insert(cell, shown.clone());
        }
        Ok(())
    }

    /// Objects that are anchored to the sheet and to no cell.
    fn shapes(&mut self, walk: &mut Walk<'_>, styles: &Styles) -> Result<(), ReadError> {
        let outer = walk.depth() - 1;
        let at = CellRef::new(0, 0);
        while walk.depth() > outer {
            let remark = match walk.next()? {
                Event::Start(element) => remark::read(walk, &element, true, at, styles)?,
                Event::Empty(element) => remark::read(walk, &element, false, at, styles)?,
                Event::Eof => return Err(walk.malformed()),
                _ => None,
            };
            self.beside.remarks.extend(remark);
        }
        Ok(())
    }
}

fn is_hidden(walk: &Walk<'_>, element: &BytesStart<'_>) -> Result<bool, ReadError> {
    let visibility = walk.attribute(element, "visibility")?;
    Ok(matches!(visibility.as_deref(), Some("collapse" | "filter")))
}
