//! A part of a sheet while its form is being located: what is claimed and what is left.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::model::text::{is_blank, mark_number};
use crate::model::{CellRange, CellRef, Grid, Layout};

use super::labels::{Hit, How, Kind};
use super::merges::Merges;

/// The rows of one form, its label cells and the cells already accounted for.
pub(super) struct Area<'a> {
    pub(super) grid: &'a Grid,
    pub(super) layout: &'a Layout,
    pub(super) merges: &'a Merges,
    /// The labels, in order of their cells.
    pub(super) hits: Vec<Hit>,
    pub(super) first_row: u32,
    pub(super) last_row: u32,
    bounds: RangeInclusive<u32>,
    columns: RangeInclusive<u32>,
    claimed: BTreeSet<CellRef>,
    repeated: Vec<Hit>,
}

impl<'a> Area<'a> {
    pub(super) fn new(
        grid: &'a Grid,
        layout: &'a Layout,
        merges: &'a Merges,
        hits: &[Hit],
        rows: RangeInclusive<u32>,
        columns: RangeInclusive<u32>,
    ) -> Self {
        let hits = in_rows(hits, &rows).iter();
        let hits = hits.filter(|hit| columns.contains(&hit.cell().column));
        let hits = hits.copied().collect();
        Self {
            grid,
            layout,
            merges,
            hits,
            first_row: *rows.start(),
            last_row: *rows.end(),
            bounds: columns.clone(),
            columns,
            claimed: BTreeSet::new(),
            repeated: Vec::new(),
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
        let hits = in_rows(&self.hits, &rows).iter();
        hits.filter(|hit| hit.kind == kind).copied().collect()
    }

    /// Takes a label in that was known otherwise than by its words.
    pub(super) fn add(&mut self, hit: Hit) {
        let at = self
            .hits
            .partition_point(|known| known.cell() <= hit.cell());
        self.hits.insert(at, hit);
    }

    /// Takes a label for one of another kind, by the place it stands in.
    pub(super) fn retype(&mut self, label: Hit, kind: Kind) {
        let mut known = self.hits.iter_mut();
        let same = |hit: &&mut Hit| hit.cell() == label.cell() && hit.kind == label.kind;
        if let Some(hit) = known.find(same) {
            hit.kind = kind;
            hit.how = How::Edited;
        }
    }

    /// Tells whether a cell reads like a label.
    pub(super) fn is_label(&self, cell: CellRef) -> bool {
        self.labels_at(cell).next().is_some()
    }

    fn labels_at(&self, cell: CellRef) -> impl Iterator<Item = &Hit> {
        let from = self.hits.partition_point(|hit| hit.cell() < cell);
        let hits = self.hits[from..].iter();
        hits.take_while(move |hit| hit.cell() == cell)
    }

    /// Accounts for a cell: it is a label or a field.
    pub(super) fn claim(&mut self, cell: CellRef) -> CellRef {
        self.claimed.insert(cell);
        cell
    }

    /// Gives a cell back that was accounted for too soon.
    pub(super) fn release(&mut self, cell: CellRef) {
        self.claimed.remove(&cell);
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
            .filter(|(cell, content)| self.is_open_cell(**cell, &content.text))
            .map(|(cell, _)| *cell)
    }

    /// Tells whether a cell has content, is not accounted for and not hidden by a merge.
    pub(super) fn is_open(&self, cell: CellRef) -> bool {
        let text = self.grid.text(cell);
        text.is_some_and(|text| self.is_open_cell(cell, text))
    }

    fn is_open_cell(&self, cell: CellRef, text: &str) -> bool {
        self.columns.contains(&cell.column)
            && !is_blank(text)
            && !self.claimed.contains(&cell)
            && !self.merges.covers(cell)
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
        let behind = behind_mark(self.grid.text(cell).unwrap_or(""));
        behind.is_some_and(|behind| mark_number(behind).is_some())
    }

    /// Tells whether a cell's text is a footnote with its term: `※1 用語…説明`.
    pub(super) fn explains(&self, cell: CellRef) -> bool {
        let text = self.grid.text(cell).unwrap_or("");
        self.is_footnote(cell) && text.contains(['…', '‥', '⋯'])
    }

    /// Accounts for a row that repeats a table's heads, as after a page break, and tells so.
    pub(super) fn claim_heads(&mut self, cells: &[CellRef], kinds: &[Kind]) -> bool {
        let is_head = |cell: &CellRef| {
            let mut labels = self.labels_at(*cell);
            labels.any(|hit| kinds.contains(&hit.kind))
        };
        let repeated = cells.len() > 1 && cells.iter().all(is_head);
        if repeated {
            self.repeat(cells, kinds);
        }
        repeated
    }

    /// Accounts for a row that repeats the heading above a table, and tells so.
    pub(super) fn claim_heading(&mut self, row: u32, kind: Kind) -> bool {
        let [only] = self.row(row)[..] else {
            return false;
        };
        let repeated = self.labels_at(only).any(|hit| hit.kind == kind);
        if repeated {
            self.repeat(&[only], &[kind]);
        }
        repeated
    }

    /// Accounts for labels of some kinds that stand a second time.
    pub(super) fn repeat(&mut self, cells: &[CellRef], kinds: &[Kind]) {
        for cell in cells {
            let labels = self.labels_at(*cell);
            let labels = labels.filter(|hit| kinds.contains(&hit.kind)).copied();
            let label: Vec<Hit> = labels.take(1).collect();
            self.repeated.extend(label);
            self.claimed.insert(*cell);
        }
    }

    /// The labels that stand a second time.
    pub(super) fn repeated(&self) -> impl Iterator<Item = &Hit> {
        self.repeated.iter()
    }

    /// Every cell with content that was not accounted for.
    pub(super) fn unclaimed(&self) -> Vec<CellRef> {
        self.grid
            .cells
            .range(CellRef::new(self.first_row, 0)..=CellRef::new(self.last_row, u32::MAX))
            .filter(|(cell, content)| {
                self.bounds.contains(&cell.column)
                    && !self.claimed.contains(*cell)
                    && !is_blank(&content.text)
            })
            .map(|(cell, _)| *cell)
            .collect()
    }
}

/// The labels of some rows, out of labels in order of their cells.
pub(super) fn in_rows<'h>(hits: &'h [Hit], rows: &RangeInclusive<u32>) -> &'h [Hit] {
    let from = hits.partition_point(|hit| hit.cell().row < *rows.start());
    let to = hits.partition_point(|hit| hit.cell().row <= *rows.end());
    &hits[from..to.max(from)]
}

/// What stands behind the `※` that begins a text, bare or in a bracket.
fn behind_mark(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let text = text.strip_prefix(['(', '（']).unwrap_or(text);
    text.strip_prefix('※')
}
