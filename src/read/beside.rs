//! What a sheet says beside its cells, as the readers other than that of xlsx come upon it.

use std::ops::RangeInclusive;

use crate::model::text::printable;
use crate::model::{Bands, CellRef, Grid, Remark, Struck};

use super::limits::Limits;
use super::sidecar::too_many;

/// A text in runs, and whether each is struck out.
pub(super) type Runs = Vec<(String, bool)>;

/// Where a run begins, in UTF-16 units, and whether it is struck out.
pub(super) type Mark = (usize, bool);

/// A text in runs, if any is struck out; before the first mark the cell's own font counts.
pub(super) fn runs(text: &str, marks: &[Mark], cell: bool) -> Option<Runs> {
    if !cell && !marks.iter().any(|(_, struck)| *struck) {
        return None;
    }
    let mut runs = vec![(String::new(), cell)];
    let mut next = marks.iter().peekable();
    let mut at = 0;
    for c in text.chars() {
        while let Some((_, struck)) = next.next_if(|(from, _)| *from <= at) {
            runs.push((String::new(), *struck));
        }
        at += c.len_utf16();
        if let Some((run, _)) = runs.last_mut() {
            run.push(c);
        }
    }
    Some(runs)
}

/// What was found on a sheet besides its values.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// Rows that do not show.
    pub(super) hidden_rows: Vec<RangeInclusive<u32>>,
    /// Columns that do not show.
    pub(super) hidden_columns: Vec<RangeInclusive<u32>>,
    /// What is said or drawn.
    pub(super) remarks: Vec<Remark>,
    /// Texts with struck-out words.
    pub(super) struck: Vec<(CellRef, Runs)>,
}

impl Beside {
    /// Hands it on with the sheet, of which the cells are in place: struck words are taken out.
    pub(super) fn fill(mut self, grid: &mut Grid, limits: &Limits) {
        grid.hidden_rows = Bands::new(self.hidden_rows);
        grid.hidden_columns = Bands::new(self.hidden_columns);
        for (cell, runs) in self.struck {
            let Some(content) = grid.cells.get_mut(&cell) else {
                continue;
            };
            let runs: Vec<(String, bool)> = runs
                .iter()
                .map(|(text, struck)| (printable(text), *struck))
                .collect();
            let struck = Struck::from_runs(runs.iter().map(|(text, one)| (text.as_str(), *one)));
            let Some(struck) = struck else { continue };
            let struck = Struck {
                raw: content.text.clone(),
                ..struck
            };
            if struck.is_whole() {
                grid.cells.remove(&cell);
            } else {
                content.text.clone_from(&struck.kept);
            }
            grid.struck.insert(cell, struck);
        }
        self.remarks.sort_by_key(|remark| remark.range.first);
        if self.remarks.len() > limits.remarks {
            self.remarks.truncate(limits.remarks);
            self.remarks.push(too_many(limits));
        }
        grid.remarks = self.remarks;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_begin_at_their_marks() {
        let told = |marks: &[Mark], cell: bool| {
            let runs = runs("𠮷野12件13件", marks, cell)?;
            let struck = runs.iter().filter(|(_, struck)| *struck);
            Some(struck.map(|(text, _)| text.as_str()).collect::<String>())
        };
        assert_eq!(told(&[], false), None);
        assert_eq!(told(&[(3, false)], false), None);
        assert_eq!(told(&[], true).as_deref(), Some("𠮷野12件13件"));
        assert_eq!(
            told(&[(3, true), (6, false)], false).as_deref(),
            Some("12件")
        );
        assert_eq!(told(&[(3, false)], true).as_deref(), Some("𠮷野"));
        assert_eq!(told(&[(99, true)], false).as_deref(), Some(""));
    }
}
