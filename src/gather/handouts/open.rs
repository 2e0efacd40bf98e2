//! Which fields of a form are to be filled in now.

use std::collections::BTreeSet;

use crate::model::text::is_dash;
use crate::model::{Book, BookItem, Field, FieldName, ItemSheet, StatusRow};

/// The entries that are due in the period, notes and footnotes among them. Where the first half was
/// collected before, what it says stays as it was collected.
pub(super) fn open_fields(
    book: &Book,
    item: &BookItem,
    sheet: &ItemSheet,
    collected: bool,
) -> BTreeSet<FieldName> {
    let mut open = BTreeSet::new();
    let is_year_end = book.period.is_year_end();
    for (row, status) in sheet.status.iter().enumerate() {
        let (plan, first, second) = due(status, collected, is_year_end, book.layout.has_halves());
        open.extend(plan.then_some(FieldName::Plan { row }));
        open.extend(first.then_some(FieldName::FirstHalf { row }));
        open.extend(second.then_some(FieldName::SecondHalf { row }));
    }
    open.extend((0..sheet.schedule_notes.len()).map(|line| FieldName::ScheduleNote { line }));
    open.extend((0..sheet.footnotes.len()).map(|line| FieldName::Footnote { line }));
    for (kpi, values) in sheet.kpis.iter().enumerate() {
        open.extend((0..values.notes.len()).map(|line| FieldName::KpiNote { kpi, line }));
        // What no published workbook tells of the earlier years, nobody but the department knows.
        let unknown = |year| !is_published(book, item) && year < book.period.year;
        for one in &values.years {
            let is_blank = one.actual.as_ref().is_none_or(Field::is_blank);
            let year = one.year;
            let is_due = is_year_end && year == book.period.year || unknown(year) && is_blank;
            open.extend(is_due.then_some(FieldName::Actual { kpi, year }));
        }
    }
    if is_year_end {
        open.extend([FieldName::Grade, FieldName::Comment, FieldName::Action]);
        let further = 1..book.layout.axes.len().max(1);
        open.extend(further.map(|axis| FieldName::FurtherGrade { axis }));
    }
    open
}

/// Tells whether the previous workbook speaks of the item; one that is new in the plan is not asked
/// for years before it began.
fn is_published(book: &Book, item: &BookItem) -> bool {
    let Some(before) = &item.previous else {
        return book.previous.is_some();
    };
    let mut rows = before.status.iter();
    let mut years = before.kpis.iter().flat_map(|kpi| &kpi.years);
    rows.any(|row| !row.first_half.is_blank() || !row.second_half.is_blank())
        || years.any(|values| {
            let actual = values.actual.as_ref();
            actual.is_some_and(|actual| !actual.is_blank())
        })
}

/// Whether Plan, first and second half of a row are to be filled in.
fn due(
    status: &StatusRow,
    collected: bool,
    is_year_end: bool,
    has_halves: bool,
) -> (bool, bool, bool) {
    let is_filler = is_dash(status.plan.text())
        && [&status.first_half, &status.second_half]
            .into_iter()
            .all(|result| result.is_blank() || is_dash(result.text()));
    if is_filler && collected {
        return (false, false, false);
    }
    let is_new = status.plan.is_blank() && status.first_half.is_blank();
    let plan = !collected || is_new;
    let first = has_halves && (!collected || status.first_half.is_blank());
    let second = is_year_end || !has_halves;
    (plan, first, second)
}
