//! S 提出: the files that came back.

pub(super) mod dangerous_content;
pub(super) mod disguised_value;
pub(super) mod duplicate_different;
pub(super) mod duplicate_equal;
pub(super) mod error_value;
pub(super) mod form_not_found;
pub(super) mod hidden_content;
pub(super) mod item_not_returned;
mod leftover;
pub(super) mod mark_differs;
mod marks;
pub(super) mod nothing_returned;
pub(super) mod other_period;
pub(super) mod overlapping_merges;
pub(super) mod plain_format;
mod readings;
mod remarks;
pub(super) mod struck_text;
pub(super) mod superseded_return;
pub(super) mod text_outside_cells;
pub(super) mod uncalculated_formula;
pub(super) mod unknown_number;
pub(super) mod unplaced_entry;
pub(super) mod unreadable_file;

mod returns;

use crate::check::{filled, finding, finding_outside, joined, quote, returned};
use crate::model::text::{fold, name_key};
use crate::model::{
    Book, BookItem, CellRef, Damaged, Finding, ItemSheet, OtherKind, OtherSheet, Place, Return,
    Rule, Submission,
};

/// How a lead department stands; one that the book does not list has nothing to answer for.
fn submission(book: &Book, department: &str) -> Option<Submission> {
    let key = fold(department);
    book.departments
        .iter()
        .find(|(name, _)| fold(name) == key)
        .map(|(_, submission)| *submission)
}

/// The department a file is from: the one its items were taken to be from, else the department of
/// the plan with the longest name that occurs in the file's name.
fn department_of(book: &Book, file: &str) -> Option<String> {
    let from_returns = every_return(book)
        .find(|(_, returned)| returned.sheet.source.file == file)
        .and_then(|(_, returned)| joined(&returned.departments));
    let folded = fold(file);
    from_returns.or_else(|| {
        book.departments
            .iter()
            .map(|(name, _)| name)
            .filter(|name| folded.contains(&fold(name)))
            .max_by_key(|name| name.chars().count())
            .cloned()
    })
}

/// Every return of the period, whether it counts or not.
fn every_return(book: &Book) -> impl Iterator<Item = (&BookItem, &Return)> {
    book.items
        .iter()
        .flat_map(|item| item.returns.iter().map(move |returned| (item, returned)))
}

/// The return on whose form a cell stands: of several on one sheet the last that begins above and
/// left of it, else the first.
fn return_at<'a>(book: &'a Book, place: &Place) -> Option<(&'a BookItem, &'a Return)> {
    let anchor = |(_, returned): &(&BookItem, &'a Return)| returned.sheet.anchor;
    let here = every_return(book).filter(|(_, own)| own.sheet.source == place.source);
    let mut here: Vec<(&BookItem, &Return)> = here.collect();
    here.sort_by_key(anchor);
    let begun = here.iter().rev().find(|one| {
        let CellRef { row, column } = anchor(one);
        row <= place.cell.row && column <= place.cell.column
    });
    begun.or(here.first()).copied()
}

/// A finding about a cell, or the first cell, of a collected file; about its item if it has one.
fn at_place(book: &Book, rule: &Rule, place: &Place, message: String) -> Finding {
    match return_at(book, place) {
        Some((item, _)) => finding(rule, item, Some(place.clone()), message),
        None => Finding {
            department: department_of(book, &place.source.file),
            ..finding_outside(rule, Some(place.clone()), message)
        },
    }
}

/// A finding about cells of which the reader told, with all of them.
fn at_damaged(book: &Book, rule: &Rule, damaged: &Damaged, message: String) -> Finding {
    Finding {
        cells: damaged.cells.clone(),
        ..at_place(book, rule, &damaged.place, message)
    }
}

/// The entries of the returns that count whose texts are error values of some kind.
fn error_values<'a>(
    rule: &Rule,
    book: &'a Book,
    is_of_kind: fn(&str) -> bool,
    message: &str,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut told: Vec<&'a Place> = Vec::new();
    for (item, sheet) in returned(book) {
        for field in sheet.fields() {
            let (Some(raw), Some(place)) = (field.raw, field.place) else {
                continue;
            };
            if !is_of_kind(raw) || told.contains(&place) {
                continue;
            }
            told.push(place);
            let message = format!("{message}{}になっています。", quote(raw.trim()));
            let mut finding = finding(rule, item, Some(place.clone()), message);
            finding.found = Some(raw.to_owned());
            found.push(finding);
        }
    }
    found
}

/// The sheets without a form of some kind.
fn other_sheets(book: &Book, kind: OtherKind) -> impl Iterator<Item = &OtherSheet> {
    book.files
        .iter()
        .flat_map(|file| &file.others)
        .filter(move |sheet| sheet.kind == kind)
}

/// The returns under an item's number that do not count, copies of one content told once.
fn strangers(item: &BookItem) -> impl Iterator<Item = &Return> {
    let is_copy = |at: &usize| {
        let mut groups = item.joined.copies.iter();
        groups.any(|group| group.contains(at) && group.first() != Some(at))
    };
    let others = (0..item.returns.len()).filter(|at| !item.counts(*at));
    others
        .filter(move |at| !is_copy(at))
        .map(|at| &item.returns[at])
}

/// The item whose title a return of another item bears.
fn owner<'a>(book: &'a Book, item: &BookItem, sheet: &ItemSheet) -> Option<&'a BookItem> {
    let title = name_key(filled(&sheet.title)?);
    let bears = |item: &BookItem| filled(&item.plan.title).map(name_key).as_ref() == Some(&title);
    let mut items = book.items.iter().filter(|_| !bears(item));
    items.find(|other| bears(other))
}

/// A sheet by file and name: `総務課.xlsx「取組1」`.
fn named(sheet: &ItemSheet) -> String {
    format!("{}「{}」", sheet.source.file, sheet.source.sheet)
}

/// A return by file and sheet, with its date: `総務課.xlsx「取組1」（2024年4月12日 11:00保存）`.
fn dated(returned: &Return) -> String {
    format!("{}（{}）", named(&returned.sheet), returned.saved())
}
