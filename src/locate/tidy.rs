//! The tidy tables: told by the headings of one row, in any order.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::model::text::label_key;
use crate::model::{CellRef, Grid, Tidy, TidyColumn, TidyKind};

/// A heading stands in one of the first rows with content; above it there may be a title.
const ROWS_ABOVE: usize = 10;

/// Locates a tidy table on a sheet.
pub(super) fn locate(grid: &Grid) -> Option<Tidy> {
    let rows: BTreeSet<u32> = grid.cells.keys().map(|cell| cell.row).collect();
    let kinds = [TidyKind::Kpis, TidyKind::Texts];
    let least = kinds.iter().map(|kind| kind.required().len()).min();
    let (kind, heading, columns) = rows.iter().take(ROWS_ABOVE).find_map(|row| {
        let cells = grid.cells.range(row_of(*row));
        if Some(cells.count()) < least {
            return None;
        }
        let headings = headings(grid, *row);
        kinds.into_iter().find_map(|kind| {
            let columns = columns(kind, &headings)?;
            Some((kind, *row, columns))
        })
    })?;
    let known: BTreeSet<u32> = columns.iter().map(|(_, column)| *column).collect();
    let stray = |cell: &&CellRef| {
        cell.row != heading && !known.contains(&cell.column) || cell.row < heading
    };
    // A heading that is none of the table's says nothing if its column is empty.
    let strays = grid.cells.keys().filter(stray).copied().collect();
    Some(Tidy {
        kind,
        columns,
        rows: rows.into_iter().filter(|row| *row > heading).collect(),
        strays,
    })
}

fn row_of(row: u32) -> RangeInclusive<CellRef> {
    CellRef::new(row, 0)..=CellRef::new(row, u32::MAX)
}

/// The keys of a row's cells with their columns.
fn headings(grid: &Grid, row: u32) -> Vec<(String, u32)> {
    grid.cells
        .range(row_of(row))
        .map(|(cell, content)| (label_key(&content.text), cell.column))
        .collect()
}

/// The table's columns, each at its first heading; `None` where a required one is missing.
fn columns(kind: TidyKind, headings: &[(String, u32)]) -> Option<Vec<(TidyColumn, u32)>> {
    let at = |column: TidyColumn| {
        let heading = headings.iter().find(|(key, _)| key == column.heading());
        heading.map(|(_, at)| *at)
    };
    let value = at(TidyColumn::Raw).or(at(TidyColumn::Value));
    let complete = kind.required().iter().all(|column| at(*column).is_some());
    if !complete || (kind == TidyKind::Kpis && value.is_none()) {
        return None;
    }
    let columns = kind.columns().iter();
    let mut columns: Vec<_> = columns.filter_map(|one| Some((*one, at(*one)?))).collect();
    columns.sort_by_key(|(_, at)| *at);
    Some(columns)
}
