//! Merged ranges, none over another.

use std::collections::BTreeMap;

use crate::model::{CellRange, CellRef, Grid, Overlap, Overlaps};

/// 100 overlaps of a sheet are told one by one; of what is beyond, how many there are.
const MOST_OVERLAPS: usize = 100;

/// Merged ranges of which none lies over another, and those that were left out for it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Merges {
    /// Those that were kept, by their first cells.
    pub(in crate::read) kept: BTreeMap<CellRef, CellRange>,
    /// Those that lie over one of them.
    pub(in crate::read) overlaps: Overlaps,
}

impl Merges {
    /// Puts them into the grid.
    pub(in crate::read) fn fill(self, grid: &mut Grid) {
        grid.merges = self.kept;
        grid.overlaps = self.overlaps;
    }

    fn leave_out(&mut self, left_out: CellRange, kept: CellRange) {
        let Overlaps { first, count } = &mut self.overlaps;
        *count += 1;
        if *count <= MOST_OVERLAPS {
            first.push(Overlap { left_out, kept });
        }
    }
}

/// Keeps the merged ranges that overlap none before them, from the top; a range that stands there
/// twice is one range, for all programs show the same.
pub(in crate::read) fn disjoint(mut ranges: Vec<CellRange>) -> Merges {
    ranges.sort_unstable();
    ranges.dedup();
    let mut merges = Merges::default();
    // Ranges that may still reach this row, by first column; those that ended are dropped late.
    let mut reaching: BTreeMap<u32, CellRange> = BTreeMap::new();
    for range in ranges {
        let over = loop {
            let nearest = reaching.range(..=range.last.column).next_back();
            match nearest.map(|(column, other)| (*column, *other)) {
                Some((column, other)) if other.last.row < range.first.row => {
                    reaching.remove(&column);
                }
                Some((_, other)) if other.last.column >= range.first.column => break Some(other),
                Some(_) | None => break None,
            }
        };
        match over {
            Some(kept) => merges.leave_out(range, kept),
            None => {
                reaching.insert(range.first.column, range);
                merges.kept.insert(range.first, range);
            }
        }
    }
    merges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ranges: &[&str]) -> (Vec<String>, Vec<String>) {
        let ranges = ranges.iter().map(|range| CellRange::parse(range).unwrap());
        let merges = disjoint(ranges.collect());
        let told = merges.overlaps.first.iter();
        assert_eq!(merges.overlaps.count, merges.overlaps.first.len());
        (
            merges.kept.values().map(ToString::to_string).collect(),
            told.map(|one| format!("{}/{}", one.left_out, one.kept))
                .collect(),
        )
    }

    #[test]
    fn the_range_that_begins_first_is_kept_and_the_other_is_told() {
        for (ranges, kept, overlaps) in [
            (
                &["B2:C3", "A1:B2"][..],
                &["A1:B2"][..],
                &["B2:C3/A1:B2"][..],
            ),
            (
                &["A1:A5", "B1:C1", "A3:B3"],
                &["A1:A5", "B1:C1"],
                &["A3:B3/A1:A5"],
            ),
            (
                &["A1:B1", "A2:B2", "C1:C2"],
                &["A1:B1", "C1:C2", "A2:B2"],
                &[],
            ),
            // What was left out covers nothing.
            (
                &["A1:B2", "B2:D4", "D4:E5"],
                &["A1:B2", "D4:E5"],
                &["B2:D4/A1:B2"],
            ),
            (&["A1:B2", "A1:B2"], &["A1:B2"], &[]),
            (&["A1:C3", "A1:B2"], &["A1:B2"], &["A1:C3/A1:B2"]),
        ] {
            let expected = (kept.to_vec(), overlaps.to_vec());
            let found = of(ranges);
            let found: (Vec<&str>, Vec<&str>) = (
                found.0.iter().map(String::as_str).collect(),
                found.1.iter().map(String::as_str).collect(),
            );
            assert_eq!(found, expected, "{ranges:?}");
        }
    }

    #[test]
    fn very_many_overlaps_are_counted_and_a_hundred_kept() {
        let range = |row: u32| CellRange::new(CellRef::new(row, 0), CellRef::new(row + 1, 1));
        let merges = disjoint((0..1001).map(range).collect());
        assert_eq!(merges.kept.len(), 501);
        assert_eq!(
            (merges.overlaps.count, merges.overlaps.first.len()),
            (500, 100)
        );
    }
}
