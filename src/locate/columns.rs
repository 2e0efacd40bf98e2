//! The columns of a table, told by its header cells.

use crate::model::{CellRange, CellRef};

/// A column of a table: what it holds and which sheet columns are its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<T> {
    pub(super) what: T,
    pub(super) first: u32,
    pub(super) last: u32,
}

/// The columns of a table from left to right.
#[derive(Clone, Debug)]
pub(super) struct Columns<T>(Vec<Column<T>>);

impl<T: Copy> Columns<T> {
    /// Makes columns from header cells.
    ///
    /// A merged header owns exactly its columns. A header of one column (its merge may have been
    /// lost) owns all up to the next header; the last one as many as the narrowest before it.
    pub(super) fn of(headers: impl IntoIterator<Item = (T, CellRange)>) -> Self {
        let mut headers: Vec<(T, CellRange)> = headers.into_iter().collect();
        headers.sort_by_key(|(_, range)| range.first.column);
        headers.dedup_by_key(|(_, range)| range.first.column);
        let mut columns: Vec<Column<T>> = Vec::with_capacity(headers.len());
        let mut narrowest = u32::MAX;
        for (at, (what, range)) in headers.iter().enumerate() {
            let first = range.first.column;
            let last = match headers.get(at + 1) {
                _ if range.columns() > 1 => range.last.column,
                Some((_, next)) => next.first.column - 1,
                None if at >= 2 => first + narrowest - 1,
                None => first,
            };
            // The label's own column is often the widest; it says nothing about the years.
            if at > 0 {
                narrowest = narrowest.min(last - first + 1);
            }
            columns.push(Column {
                what: *what,
                first,
                last,
            });
        }
        Self(columns)
    }

    /// Gives the columns of a table that should have three: where the one in the middle is not
    /// known, what is not right below the first head may be either's.
    pub(super) fn without_doubt(mut self) -> Self {
        if let [first, last] = &mut self.0[..]
            && first.last + 1 == last.first
        {
            first.last = first.first;
        }
        self
    }

    /// Which table column a sheet column belongs to.
    pub(super) fn at(&self, column: u32) -> Option<usize> {
        self.0
            .iter()
            .position(|own| (own.first..=own.last).contains(&column))
    }

    /// The table columns that a range touches: the first and the last.
    pub(super) fn span(&self, range: CellRange) -> Option<(usize, usize)> {
        let touched =
            |own: &Column<T>| own.first <= range.last.column && own.last >= range.first.column;
        let first = self.0.iter().position(touched)?;
        let last = self.0.iter().rposition(touched)?;
        Some((first, last))
    }

    /// The rightmost of the table's columns.
    pub(super) fn last(&self) -> Option<Column<T>> {
        self.0.last().copied()
    }

    /// The table columns.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Column<T>> {
        self.0.iter()
    }

    /// One table column.
    pub(super) fn get(&self, at: usize) -> &Column<T> {
        &self.0[at]
    }

    /// The cell of a row in which a table column's value would stand.
    pub(super) fn cell(&self, at: usize, row: u32) -> CellRef {
        CellRef::new(row, self.0[at].first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owners(headers: &[&str], columns: &[&str]) -> Vec<Option<usize>> {
        let table = Columns::of(
            headers
                .iter()
                .enumerate()
                .map(|(at, range)| (at, CellRange::parse(range).unwrap())),
        );
        columns
            .iter()
            .map(|name| table.at(CellRef::parse(&format!("{name}1")).unwrap().column))
            .collect()
    }

    #[test]
    fn merged_headers_own_their_columns_and_no_other() {
        let headers = ["A1:C1", "D1:F1", "H1:J1"];
        assert_eq!(
            owners(&headers, &["A", "C", "E", "G", "H", "K"]),
            [Some(0), Some(0), Some(1), None, Some(2), None]
        );
    }

    #[test]
    fn headers_that_lost_their_merge_own_up_to_the_next() {
        let headers = ["B1", "E1", "H1", "K1"];
        assert_eq!(
            owners(&headers, &["B", "D", "E", "K", "M", "N"]),
            [Some(0), Some(0), Some(1), Some(3), Some(3), None]
        );
    }
}
