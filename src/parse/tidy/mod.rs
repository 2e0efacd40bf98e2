//! Tidy tables into item sheets: several items a table, each with what the table says of it.
//!
//! A field that the table has no row for is blank and has no place. A cell that agrees with what
//! was read from another is said once; a cell that contradicts it, or that fits nowhere, is
//! unplaced: of two words none is chosen in silence but the one that stands in the form.

mod agree;
mod kpis;
mod mistakes;
mod row;
mod texts;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::text::fold;
use crate::model::{
    CellRef, Departments, Field, FiscalYear, Grid, Half, ItemSheet, Layout, Period, Text, Tidy,
    TidyColumn, TidyKind,
};

use super::departments;
use super::item::item_number;
use row::Row;

pub use mistakes::{TidyMistake, tidy_mistakes};

/// Parses the items of a tidy table, in order of their first rows.
pub fn tidy(table: &Tidy, grid: &Grid, layout: &Layout) -> Vec<ItemSheet> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known: BTreeMap<(String, String), usize> = BTreeMap::new();
    let city = city(table, grid);
    for number in &table.rows {
        let mut row = Row::read(table, grid, *number);
        row.drop_if(TidyColumn::City, |text| Some(fold(text)) == city);
        let key = (
            identity(row.text(TidyColumn::Number)),
            fold(row.text(TidyColumn::Period)),
        );
        let at = *known.entry(key).or_insert_with(|| {
            groups.push(Group::new(&row));
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.rows.push(row);
        }
    }
    if let (Some(first), Some(row)) = (groups.first_mut(), table.rows.first()) {
        // A title above the heading belongs to no item; the first one tells of it.
        let above = table.strays.iter().take_while(|cell| cell.row < *row);
        first
            .unplaced
            .extend(above.map(|cell| text_at(grid, *cell)));
    }
    groups
        .into_iter()
        .map(|group| group.item(table.kind, grid, layout))
        .collect()
}

fn text_at(grid: &Grid, cell: CellRef) -> Text {
    Text::from_raw(grid.text(cell), Some(grid.place(cell)))
}

/// 市: the city that most rows of a table name, as it is typed.
pub fn tidy_city(table: &Tidy, grid: &Grid) -> Option<String> {
    let key = city(table, grid).filter(|key| !key.is_empty())?;
    let rows = table.rows.iter();
    let mut names = rows.map(|row| Row::read(table, grid, *row).peek(TidyColumn::City));
    let name = names.find(|name| fold(name.text()) == key)?;
    Some(name.text().trim().to_owned())
}

/// The number, however it is typed; the words where it is none.
fn identity(text: &str) -> String {
    item_number(text).map_or_else(|| fold(text), |number| number.to_string())
}

/// The city that most rows name.
fn city(table: &Tidy, grid: &Grid) -> Option<String> {
    let (_, column) = table
        .columns
        .iter()
        .find(|(one, _)| *one == TidyColumn::City)?;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in &table.rows {
        if let Some(text) = grid.text(CellRef::new(*row, *column)) {
            *counts.entry(fold(text)).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(city, _)| city)
}

/// The rows of one item of one period.
struct Group<'a> {
    rows: Vec<Row<'a>>,
    anchor: CellRef,
    number: Field<u32>,
    year: Field<FiscalYear>,
    half: Field<Half>,
    unplaced: Vec<Text>,
}

impl<'a> Group<'a> {
    fn new(first: &Row<'a>) -> Self {
        let number = first.peek(TidyColumn::Number);
        let (year, half) = period(&first.peek(TidyColumn::Period));
        Self {
            rows: Vec::new(),
            anchor: number
                .place
                .as_ref()
                .map_or(CellRef::new(first.number(), 0), |place| place.cell),
            number: read(number, item_number),
            year,
            half,
            unplaced: Vec::new(),
        }
    }

    fn item(mut self, kind: TidyKind, grid: &Grid, layout: &Layout) -> ItemSheet {
        let known_period = !self.year.is_blank() && self.year.get().is_some();
        for row in &mut self.rows {
            row.drop_if(TidyColumn::Number, |_| true);
            row.drop_if(TidyColumn::Period, |text| known_period || text.is_empty());
        }
        let mut item = blank(&self, grid);
        match kind {
            TidyKind::Kpis => {
                item.priority = repeated(&mut self.rows, TidyColumn::Priority);
                item.title = repeated(&mut self.rows, TidyColumn::Title);
                let lead = repeated(&mut self.rows, TidyColumn::Lead);
                let related = repeated(&mut self.rows, TidyColumn::Related);
                item.departments = both(&lead, &related);
                item.kpis = kpis::kpis(&mut self.rows);
            }
            TidyKind::Texts => texts::texts(&mut self.rows, &mut item, layout),
        }
        item.unplaced = self.unplaced;
        item.unplaced
            .extend(self.rows.into_iter().filter_map(Row::rest));
        item
    }
}

fn blank(group: &Group<'_>, grid: &Grid) -> ItemSheet {
    ItemSheet {
        year: group.year.clone(),
        half: group.half.clone(),
        number: group.number.clone(),
        ..ItemSheet::blank(Arc::clone(&grid.source), group.anchor)
    }
}

/// 期 as year and half; a year alone says nothing of the half.
fn period(text: &Text) -> (Field<FiscalYear>, Field<Half>) {
    let Some(raw) = &text.raw else {
        return (Field::blank(None), Field::blank(None));
    };
    let known = |year| Field::known(year, raw, text.place.clone());
    match (Period::parse(raw), FiscalYear::parse(raw)) {
        (Some(period), _) => {
            let half = Field::known(period.half, raw, text.place.clone());
            (known(period.year), half)
        }
        (None, Some(year)) => (known(year), Field::blank(None)),
        (None, None) => (
            Field::unreadable(raw, text.place.clone()),
            Field::blank(None),
        ),
    }
}

/// A text that every row of an item repeats: the first one counts, the others are said once.
fn repeated(rows: &mut [Row<'_>], column: TidyColumn) -> Text {
    let filled = rows.iter().find(|row| !row.text(column).is_empty());
    let text = match filled.or(rows.first()) {
        Some(row) => row.peek(column),
        None => Field::blank(None),
    };
    let key = fold(text.text());
    for row in rows {
        row.drop_if(column, |text| fold(text) == key);
    }
    text
}

/// 主管課 and 関係課, as they stand in one cell of the form.
fn both(lead: &Text, related: &Text) -> Field<Departments> {
    let raw = match (lead.is_blank(), related.is_blank()) {
        (true, true) => return Field::blank(lead.place.clone()),
        (false, true) => lead.text().to_owned(),
        (_, false) => format!("{}({})", lead.text(), related.text()),
    };
    let place = lead.place.clone().or_else(|| related.place.clone());
    match departments(&raw) {
        Some(known) => Field::known(known, raw, place),
        None => Field::unreadable(raw, place),
    }
}

/// Reads a text as something else.
fn read<T>(text: Text, read: impl Fn(&str) -> Option<T>) -> Field<T> {
    let Some(raw) = text.raw else {
        return Field::blank(text.place);
    };
    match read(&raw) {
        Some(value) => Field::known(value, raw, text.place),
        None => Field::unreadable(raw, text.place),
    }
}
