//! Merged ranges that lie over others.

use super::CellRange;

/// A merged range that was left out because another one, which was kept, holds some of its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Overlap {
    /// The range that was left out.
    pub left_out: CellRange,
    /// The range that was kept.
    pub kept: CellRange,
}

/// 結合の重なり: the overlapping merged ranges of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlaps {
    /// The first of them, from the top.
    pub first: Vec<Overlap>,
    /// How many there are.
    pub count: usize,
}
