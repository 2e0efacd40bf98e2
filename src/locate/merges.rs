//! Which merged range a cell lies in, without walking all of them.

use std::collections::BTreeMap;

use crate::model::{CellRange, CellRef, Grid};

/// Ranges taller than this are kept in one list; a form's own are not.
const TALL: u32 = 200;

/// The merged ranges of a sheet, by row.
pub(super) struct Merges {
    by_row: BTreeMap<u32, Vec<CellRange>>,
    tall: Vec<CellRange>,
}

impl Merges {
    /// Indexes a sheet's merged ranges.
    pub(super) fn of(grid: &Grid) -> Self {
        let mut merges = Self {
            by_row: BTreeMap::new(),
            tall: Vec::new(),
        };
        for range in grid.merges.values() {
            if range.rows() > TALL {
                merges.tall.push(*range);
                continue;
            }
            for row in range.first.row..=range.last.row {
                merges.by_row.entry(row).or_default().push(*range);
            }
        }
        merges
    }

    /// The merged range a cell lies in, or the cell alone.
    pub(super) fn range(&self, cell: CellRef) -> CellRange {
        let row = self.by_row.get(&cell.row).map_or(&[][..], Vec::as_slice);
        row.iter()
            .chain(&self.tall)
            .find(|range| range.contains(cell))
            .copied()
            .unwrap_or_else(|| cell.into())
    }

    /// The top-left cell of the range a cell lies in: where Excel keeps its value.
    pub(super) fn anchor(&self, cell: CellRef) -> CellRef {
        self.range(cell).first
    }

    /// Tells whether a merged range hides the cell.
    pub(super) fn covers(&self, cell: CellRef) -> bool {
        self.anchor(cell) != cell
    }
}
