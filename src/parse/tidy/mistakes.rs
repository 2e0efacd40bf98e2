//! What in a table's rows cannot be understood, each row by itself.

use crate::model::text::fold;
use crate::model::{
    FiscalYear, Grid, Layout, Measure, Text, Tidy, TidyColumn as Column, TidyField, TidyKind,
    TidyStorey,
};
use crate::parse::item::item_number;
use crate::parse::measure;

use super::row::Row;

/// A cell of a table that is not what its column holds.
#[derive(Clone, Debug, PartialEq)]
pub struct TidyMistake {
    /// The column.
    pub column: Column,
    /// The cell.
    pub cell: Text,
}

/// Finds the first cell of each row that cannot be understood; what contradicts another row is told
/// by the items.
pub fn tidy_mistakes(table: &Tidy, grid: &Grid, layout: &Layout) -> Vec<TidyMistake> {
    let rows = table.rows.iter();
    let mistakes = rows.filter_map(|number| {
        let row = Row::read(table, grid, *number);
        let column = match table.kind {
            TidyKind::Kpis => of_kpi(&row),
            TidyKind::Texts => of_text(&row, layout),
        };
        let column = column?;
        Some(TidyMistake {
            column,
            cell: row.peek(column),
        })
    });
    mistakes.collect()
}

fn of_kpi(row: &Row<'_>) -> Option<Column> {
    if item_number(row.text(Column::Number)).is_none() {
        return Some(Column::Number);
    }
    if row.text(Column::Kpi).is_empty() {
        return Some(Column::Kpi);
    }
    let Some(storey) = TidyStorey::parse(row.text(Column::Storey)) else {
        return Some(Column::Storey);
    };
    let value = row.text(Column::Value);
    let number = measure(value);
    if !value.is_empty() && number.as_ref().and_then(Measure::quantity).is_none() {
        return Some(Column::Value);
    }
    let is_year = |column| FiscalYear::parse(row.text(column)).is_some();
    match storey {
        TidyStorey::Baseline => None,
        TidyStorey::Target | TidyStorey::Actual => {
            let known = is_year(Column::Year) || is_year(Column::WesternYear);
            (!known).then_some(Column::Year)
        }
    }
}

fn of_text(row: &Row<'_>, layout: &Layout) -> Option<Column> {
    if item_number(row.text(Column::Number)).is_none() {
        return Some(Column::Number);
    }
    if TidyField::parse(row.text(Column::Field), layout).is_none() {
        return Some(Column::Field);
    }
    let number = fold(row.text(Column::Row));
    let is_row = number.is_empty() || number.parse::<u32>().is_ok_and(|number| number > 0);
    (!is_row).then_some(Column::Row)
}
