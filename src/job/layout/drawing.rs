//! What can be read of `[item]` and cannot be drawn: columns that do not add up.

use super::keys::HEADER;
use super::{LayoutProblem, Read, at};
use crate::job::error::JobError;
use crate::job::section::Entry;
use crate::model::{HeaderCell, HeaderField, ItemDrawing, KpiArrangement};

const ITEM: &str = "item";
/// The most columns that a sheet is divided into.
const MOST_COLUMNS: u16 = 256;

/// Refuses the first part of an item's sheet that cannot be drawn.
pub(super) fn check(read: &Read<'_>) -> Result<(), JobError> {
    let item = &read.layout.item;
    let wrong = |key: &str, problem| Err(read.error(ITEM, key, problem));
    if !(1..=MOST_COLUMNS).contains(&item.columns) {
        let (what, bounds) = ("列数", "1から256までの整数");
        return wrong("columns", LayoutProblem::Bounds { what, bounds });
    }
    if !(2.0..=255.0).contains(&item.column_width) {
        let (what, bounds) = ("列の幅", "2から255までの数");
        return wrong("column_width", LayoutProblem::Bounds { what, bounds });
    }
    header(read)?;
    status(read)?;
    let has_label = !read.layout.labels.baseline.is_none();
    let has_place = item.kpi_arrangement == KpiArrangement::Columns;
    if item.baseline_columns > 0 && !(has_label && has_place) {
        return wrong("baseline_columns", LayoutProblem::Baseline);
    }
    let kpis = item.kpi_columns.saturating_add(item.baseline_columns);
    for (key, part, own, names, each) in [
        (
            "activity_columns",
            "年次計画",
            item.activity_columns,
            item.activity_columns,
            1,
        ),
        (
            "kpi_columns",
            "数値目標",
            item.kpi_columns,
            kpis,
            item.cells_of_a_year(),
        ),
    ] {
        if own == 0 {
            return wrong(key, LayoutProblem::NoColumn(part));
        }
        let left = item.columns.saturating_sub(names);
        if left < 2 * each {
            return wrong(key, LayoutProblem::NoRoom { part, left });
        }
    }
    grades(read)
}

fn header(read: &Read<'_>) -> Result<(), JobError> {
    let item = &read.layout.item;
    let entry = read.entry(ITEM, "header");
    let rows: Vec<Entry<'_>> = entry.and_then(|entry| entry.list()).unwrap_or_default();
    for (number, row) in item.header.iter().enumerate() {
        let place = rows.get(number).copied().or(entry);
        let wrong = |problem| Err(at(&read.top, place, problem));
        if row
            .iter()
            .any(|cell| cell.label.is_some() == cell.field.is_some())
        {
            return wrong(LayoutProblem::HeaderCell);
        }
        if row.iter().any(|cell| cell.columns == 0) {
            return wrong(LayoutProblem::NoColumn("headerのセル"));
        }
        let part = format!("headerの{}行目", number + 1);
        if let Some(problem) = sum(part, row.iter().map(|cell| cell.columns), item) {
            return wrong(problem);
        }
    }
    for (name, field) in HEADER.into_iter().zip(FIELDS) {
        let cells = || item.header.iter().flatten();
        let labels = cells().filter(|cell| cell.label == Some(field)).count();
        let fields = cells().filter(|cell| cell.field == Some(field)).count();
        let pairs = item.header.iter().flat_map(|row| row.windows(2));
        let is_pair =
            |pair: &&[HeaderCell]| pair[0].label == Some(field) && pair[1].field == Some(field);
        if (labels, fields, pairs.filter(is_pair).count()) != (1, 1, 1) {
            return Err(at(&read.top, entry, LayoutProblem::HeaderField(name)));
        }
    }
    Ok(())
}

/// The fields of a header in the order of their names.
const FIELDS: [HeaderField; 6] = [
    HeaderField::Number,
    HeaderField::Priority,
    HeaderField::Title,
    HeaderField::Departments,
    HeaderField::Content,
    HeaderField::Effects,
];

fn status(read: &Read<'_>) -> Result<(), JobError> {
    let item = &read.layout.item;
    let wrong = |problem| Err(read.error(ITEM, "status_columns", problem));
    let expected = if read.layout.has_halves() { 3 } else { 2 };
    let found = item.status_columns.len();
    if found != expected {
        return wrong(LayoutProblem::StatusColumns { found, expected });
    }
    if item.status_columns.contains(&0) {
        return wrong(LayoutProblem::NoColumn("実施状況の欄"));
    }
    let columns = item.status_columns.iter().copied();
    match sum("実施状況".to_owned(), columns, item) {
        Some(problem) => wrong(problem),
        None => Ok(()),
    }
}

fn grades(read: &Read<'_>) -> Result<(), JobError> {
    let item = &read.layout.item;
    let wrong = |key: &str, part| Err(read.error(ITEM, key, LayoutProblem::NoColumn(part)));
    if item.grade_columns == 0 {
        return wrong("grade_columns", "評価区分");
    }
    let has_axes = !read.layout.axes.is_empty();
    if has_axes && item.axis_columns == 0 {
        return wrong("axis_columns", "評価軸の見出し（axis_columns）");
    }
    if item.comment_columns() == 0 {
        return wrong("grade_columns", "評価コメント");
    }
    Ok(())
}

/// What is wrong with columns that do not make up the whole sheet.
fn sum(
    part: String,
    columns: impl Iterator<Item = u16>,
    item: &ItemDrawing,
) -> Option<LayoutProblem> {
    let sum: u32 = columns.map(u32::from).sum();
    let columns = item.columns;
    (sum != u32::from(columns)).then_some(LayoutProblem::Columns { part, sum, columns })
}
