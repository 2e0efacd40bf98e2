//! Merged ranges, none over another.

use std::collections::BTreeMap;

use crate::model::{CellRange, CellRef};

/// Merged ranges that overlap none before them, from the top; what overlaps is left out.
pub(in crate::read) fn disjoint(mut ranges: Vec<CellRange>) -> BTreeMap<CellRef, CellRange> {
    ranges.sort_unstable();
    let mut kept = BTreeMap::new();
    // Ranges that may still reach this row, by first column; those that ended are dropped late.
    let mut reaching: BTreeMap<u32, CellRange> = BTreeMap::new();
    for range in ranges {
        let overlaps = loop {
            let nearest = reaching.range(..=range.last.column).next_back();
            match nearest.map(|(column, other)| (*column, *other)) {
                Some((column, other)) if other.last.row < range.first.row => {
                    reaching.remove(&column);
                }
                Some((_, other)) => break other.last.column >= range.first.column,
                None => break false,
            }
        };
        if !overlaps {
            reaching.insert(range.first.column, range);
            kept.insert(range.first, range);
        }
    }
    kept
}
