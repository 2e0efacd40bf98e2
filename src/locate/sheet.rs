//! A part of a sheet while its form is being located: what is claimed and what is left.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::model::text::AnyWidthDigit;
use crate::model::{CellRange, CellRef, Grid};

use super::labels::{Hit, Kind};
use super::merges::Merges;

/// The rows of one form, its label cells and the cells already accounted for.
pub(super) struct Area<'a> {
    pub(super) grid: &'a Grid,
    pub(super) merges: &'a Merges,
    pub(super) hits: Vec<Hit>,
    pub(super) first_row: u32,
    pub(super) last_row: u32,
    bounds: RangeInclusive<u32>,
    columns: RangeInclusive<u32>,
    claimed: BTreeSet<CellRef>,
}

impl<'a> Area<'a> {
    pub(super) fn new(
        grid: &'a Grid,
        merges: &'a Merges,
        hits: &[Hit],
        rows: RangeInclusive<u32>,
        columns: RangeInclusive<u32>,
    ) -> Self {
        let inside =
            |hit: &&Hit| rows.contains(&hit.cell().row) && columns.contains(&hit.cell().column);
        let hits = hits.iter().filter(inside).copied().collect();
        Self {
            grid,
            merges,
            hits,
            first_row: *rows.start(),
            last_row: *rows.end(),
            bounds: columns.clone(),
            columns,
            claimed: BTreeSet::new(),
        }
    }

    /// Keeps to the form's own columns: what stands beside them is a memo, never an entry.
    pub(super) fn keep_to(&mut self, columns: RangeInclusive<u32>) {
        let first = *columns.start().max(self.bounds.start());
        self.columns = first..=*columns.end().min(self.bounds.end());
    }

    /// The first label of a kind.
    pub(super) fn first(&self, kind: Kind) -> Option<Hit> {
        self.hits.iter().find(|hit| hit.kind == kind).copied()
    }

    /// Every label of a kind whose first row lies in the rows.
    pub(super) fn all(&self, kind: Kind, rows: RangeInclusive<u32>) -> Vec<Hit> {
        let wanted = |hit: &&Hit| hit.kind == kind && rows.contains(&hit.cell().row);
        self.hits.iter().filter(wanted).copied().collect()
    }

    /// Accounts for a cell: it is a label or a field.
    pub(super) fn claim(&mut self, cell: CellRef) -> CellRef {
        self.claimed.insert(cell);
        cell
    }

    /// The cells with content in a row of the form that are not accounted for and not hidden by a
    /// merge; those in hidden columns come last, for of two cells in one field the one that shows is
    /// meant.
    pub(super) fn row(&self, row: u32) -> Vec<CellRef> {
        let mut cells: Vec<CellRef> = self.open_cells(row, row).collect();
        cells.sort_by_key(|cell| self.grid.hides(*cell).is_some());
        cells
    }

    /// The rows from one to another in which such cells stand.
    pub(super) fn rows(&self, first: u32, last: u32) -> Vec<u32> {
        if first > last {
            return Vec::new();
        }
        let mut rows: Vec<u32> = self.open_cells(first, last).map(|cell| cell.row).collect();
        rows.dedup();
        rows
    }

    fn open_cells(&self, first: u32, last: u32) -> impl Iterator<Item = CellRef> {
        self.grid
            .cells
            .range(CellRef::new(first, 0)..=CellRef::new(last, u32::MAX))
            .map(|(cell, _)| *cell)
            .filter(|cell| {
                self.columns.contains(&cell.column)
                    && !self.claimed.contains(cell)
                    && !self.merges.covers(*cell)
            })
    }

    /// The merged ranges of more than one column that begin in the form's rows.
    pub(super) fn merged_ranges(&self) -> impl Iterator<Item = CellRange> {
        let rows = CellRef::new(self.first_row, 0)..=CellRef::new(self.last_row, u32::MAX);
        let ranges = self.grid.merges.range(rows).map(|(_, range)| *range);
        ranges.filter(|range| range.columns() > 1)
    }

    /// The range of a cell.
    pub(super) fn range(&self, cell: CellRef) -> CellRange {
        self.grid.range(cell)
    }

    /// Tells whether a cell's text begins like a footnote: `※1`.
    pub(super) fn is_footnote(&self, cell: CellRef) -> bool {
        let text = self.grid.text(cell).unwrap_or("").trim_start();
        let text = text.strip_prefix(['(', '（']).unwrap_or(text);
        let digit = text
            .strip_prefix('※')
            .and_then(|rest| rest.trim_start().chars().next());
        digit.is_some_and(|digit| digit.nfkc_digit().is_some())
    }

    /// Accounts for a row that repeats a table's heads, as after a page break, and tells so.
    pub(super) fn claim_heads(&mut self, cells: &[CellRef], kinds: &[Kind]) -> bool {
        let is_head = |cell: &CellRef| {
            self.hits
                .iter()
                .any(|hit| hit.cell() == *cell && kinds.contains(&hit.kind))
        };
        let repeated = cells.len() > 1 && cells.iter().all(is_head);
        if repeated {
            self.claimed.extend(cells);
        }
        repeated
    }

    /// Every cell with content that was not accounted for.
    pub(super) fn unclaimed(&self) -> Vec<CellRef> {
        self.grid
            .cells
            .range(CellRef::new(self.first_row, 0)..=CellRef::new(self.last_row, u32::MAX))
            .map(|(cell, _)| *cell)
            .filter(|cell| self.bounds.contains(&cell.column) && !self.claimed.contains(cell))
            .collect()
    }
}
