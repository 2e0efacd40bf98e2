//! A row of a tidy table while it is read: what is taken, and what is left.

use std::collections::BTreeMap;

use crate::model::{CellRef, Field, Grid, Text, Tidy, TidyColumn};

/// The cells of a row that were not taken yet.
pub(super) struct Row<'a> {
    table: &'a Tidy,
    grid: &'a Grid,
    number: u32,
    cells: BTreeMap<TidyColumn, Text>,
    strays: Vec<Text>,
}

impl<'a> Row<'a> {
    pub(super) fn read(table: &'a Tidy, grid: &'a Grid, number: u32) -> Self {
        let text = |column: u32| {
            let cell = CellRef::new(number, column);
            Text::from_raw(grid.text(cell), Some(grid.place(cell)))
        };
        let columns = table.columns.iter();
        let cells = columns.map(|(column, at)| (*column, text(*at)));
        let first = table.strays.partition_point(|cell| cell.row < number);
        let strays = table.strays[first..].iter();
        let strays = strays.take_while(|cell| cell.row == number);
        Self {
            table,
            grid,
            number,
            cells: cells.filter(|(_, text)| !text.is_blank()).collect(),
            strays: strays.map(|cell| text(cell.column)).collect(),
        }
    }

    /// The row's number on the sheet.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// What a column says, trimmed; empty where it says nothing or was taken.
    pub(super) fn text(&self, column: TidyColumn) -> &str {
        self.cells
            .get(&column)
            .map_or("", |text| text.text().trim())
    }

    /// What a column says, left where it is; a blank cell has its place, a missing column has none.
    pub(super) fn peek(&self, column: TidyColumn) -> Text {
        if let Some(text) = self.cells.get(&column) {
            return text.clone();
        }
        let columns = &self.table.columns;
        let at = columns.iter().find(|(one, _)| *one == column);
        let place = at.map(|(_, at)| self.grid.place(CellRef::new(self.number, *at)));
        Field::blank(place)
    }

    /// Takes what a column says.
    pub(super) fn take(&mut self, column: TidyColumn) -> Text {
        let text = self.peek(column);
        self.cells.remove(&column);
        text
    }

    /// Takes what a column says if it says no more than is known.
    pub(super) fn drop_if(&mut self, column: TidyColumn, known: impl Fn(&str) -> bool) {
        if known(self.text(column)) {
            self.cells.remove(&column);
        }
    }

    /// What is left of the row in one text, at the first of its cells.
    pub(super) fn rest(self) -> Option<Text> {
        let mut left: Vec<Text> = self.cells.into_values().chain(self.strays).collect();
        left.sort_by(|one, other| one.place.cmp(&other.place));
        let place = left.first()?.place.clone();
        let texts: Vec<&str> = left.iter().map(|text| text.text().trim()).collect();
        Some(Text::from_raw(Some(&texts.join("、")), place))
    }
}
