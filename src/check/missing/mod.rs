//! N 未記入: missing entries of the sheets that were returned.

pub(super) mod action_blank;
pub(super) mod actual_blank;
pub(super) mod baseline_blank;
pub(super) mod comment_blank;
pub(super) mod first_half_blank;
pub(super) mod footnote_mismatch;
pub(super) mod grade_blank;
mod marks;
mod names;
mod placeholder;
pub(super) mod placeholder_left;
pub(super) mod plan_blank;
pub(super) mod second_half_blank;
pub(super) mod target_blank;

use names::{Named, named};

use crate::check::{anchor, finding, is_absent, is_damaged, kpis, returned};
use crate::model::text::{is_dash, states_nothing};
use crate::model::{
    Book, BookItem, Field, Finding, ItemSheet, Kpi, Label, ReadAs, Rule, StatusRow, Text,
};

/// The returned sheets of items that are not closed: only of these something is required.
fn required(book: &Book) -> impl Iterator<Item = (&BookItem, &ItemSheet)> {
    returned(book).filter(|(item, _)| !item.closed)
}

/// The KPIs of a return that the plan has; one that was added is a finding of its own.
fn planned_kpis<'a>(
    item: &'a BookItem,
    sheet: &'a ItemSheet,
) -> impl Iterator<Item = (&'a Kpi, &'a Kpi)> {
    kpis(item, sheet).filter_map(|(kpi, plan)| Some((kpi, plan?)))
}

/// The label under which an entry is looked for.
enum Sought {
    /// It heads a block: the sheet says whether it was not found.
    Block(String),
    /// It heads a column: a field without a cell has no such column.
    Column(String),
}

/// A finding about an empty field: at its cell or, where the form has no such cell, at the
/// sheet's own; nothing where the reader told of the cell.
///
/// A label that heads a block was not found only if the sheet says so.
fn missing<T>(
    rule: &Rule,
    book: &Book,
    (item, sheet): (&BookItem, &ItemSheet),
    field: Option<&Field<T>>,
    sought: &Sought,
    message: &str,
) -> Option<Finding> {
    if let Some(place) = field.and_then(|field| field.place.clone()) {
        let told = is_damaged(book, &place);
        return (!told).then(|| finding(rule, item, Some(place), message.to_owned()));
    }
    let (label, absent) = match sought {
        Sought::Block(label) => (label, is_absent(sheet, label)),
        Sought::Column(label) => (label, true),
    };
    if !absent {
        return Some(finding(rule, item, Some(anchor(sheet)), message.to_owned()));
    }
    let label: String = label.split_whitespace().collect();
    let message = format!("「{label}」の欄が様式に見つかりません。");
    Some(Finding {
        remedy: "配布した様式のまま、その欄に記入して提出してください。".to_owned(),
        ..finding(rule, item, Some(anchor(sheet)), message)
    })
}

/// Tells whether a field under a label is blank because one cell stands for it and for others, and
/// nobody can tell whose entry it is: S05 tells of that cell, and nothing is missing.
fn is_undecided<T>(item: &BookItem, field: Option<&Field<T>>, label: &str) -> bool {
    let label: String = label.split_whitespace().collect();
    let readings = item.returns.iter().flat_map(|own| &own.sheet.readings);
    let mut names = readings.flat_map(|reading| match &reading.read_as {
        ReadAs::Undecided(names) => names.as_slice(),
        ReadAs::Label(_) | ReadAs::Found(_) | ReadAs::Each(_) => &[],
    });
    field.is_some_and(|field| field.is_blank() && field.place.is_none())
        && names.any(|name| *name == label)
}

/// One text of the sheet that must not be blank.
fn text_missing<T>(
    rule: &Rule,
    book: &Book,
    label: &Label,
    message: &str,
    field: impl Fn(&ItemSheet) -> &Field<T>,
) -> Vec<Finding> {
    let sought = Sought::Block(label.plain().to_owned());
    required(book)
        .filter(|(_, sheet)| field(sheet).is_blank())
        .filter_map(|both| missing(rule, book, both, Some(field(both.1)), &sought, message))
        .collect()
}

/// One column of the status block that must not be blank beside a Plan.
fn result_missing(
    rule: &Rule,
    book: &Book,
    label: &Label,
    message: &str,
    result: fn(&StatusRow) -> &Text,
) -> Vec<Finding> {
    let sought = Sought::Column(label.plain().to_owned());
    let mut found: Vec<Named<'_>> = Vec::new();
    for (item, sheet) in required(book) {
        // A Plan that is merged over several rows is one Plan: below its first row they are
        // supplementary.
        let one_plan = |row: &StatusRow, next: &StatusRow| {
            row.plan.place.is_some() && row.plan.place == next.plan.place
        };
        for rows in sheet.status.chunk_by(one_plan) {
            if has_plan(&rows[0]) && rows.iter().all(|row| result(row).is_blank()) {
                let field = Some(result(&rows[0]));
                let both = (item, sheet);
                let one = missing(rule, book, both, field, &sought, message);
                found.extend(one.map(|one| (one, rows[0].plan.text())));
            }
        }
    }
    named(found)
}

/// Tells whether a row has a Plan of which results are due; a dash is a filler, and 該当なし states
/// that there is none.
fn has_plan(row: &StatusRow) -> bool {
    says_something(&row.plan) && !states_nothing(row.plan.text())
}

/// Tells whether a text is there and more than a dash.
fn says_something(text: &Text) -> bool {
    !text.is_blank() && !is_dash(text.text())
}
