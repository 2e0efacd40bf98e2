//! Cells that do not say what they should: error values, and what the reader told.

use super::finding_outside;
use crate::model::{Book, CellRef, Damaged, Finding, Level, Place, Rule};

const PREVIOUS: &str = "前回の集約版をExcelで開き、そのセルの内容を確かめて保存し直してから、もう一度点検してください。";

/// Error values of Excel (ECMA-376 Part 1, 18.17.3, and later ones).
const ERROR_VALUES: [&str; 16] = [
    "#REF!",
    "#N/A",
    "#DIV/0!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#EXTERNAL!",
    "#PYTHON!",
    "#GETTING_DATA",
];

/// Tells whether a cell shows an error value and nothing else: one of Excel's, or what looks like a
/// later one.
pub(super) fn is_error_value(text: &str) -> bool {
    is_known_error(text) || is_shaped_like_an_error(text.trim())
}

/// Tells whether a cell shows one of Excel's error values and nothing else.
pub(super) fn is_known_error(text: &str) -> bool {
    ERROR_VALUES.contains(&text.trim())
}

fn is_shaped_like_an_error(text: &str) -> bool {
    let name = text.strip_prefix('#');
    let name = name.and_then(|name| name.strip_suffix(['!', '?']));
    let letter = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "_/".contains(c);
    name.is_some_and(|name| name.len() > 1 && name.chars().all(letter))
}

/// What the reader told of the cells of the collected files.
pub(super) fn damaged(book: &Book) -> impl Iterator<Item = &Damaged> {
    book.files.iter().flat_map(|file| &file.damaged)
}

/// What was told of the previous workbook, of one kind.
pub(super) fn damaged_before(book: &Book) -> impl Iterator<Item = &Damaged> {
    book.previous.iter().flat_map(|previous| &previous.damaged)
}

/// A finding about the previous workbook. It is the office's own, so that no department is named,
/// and nothing of it is published: only what it is compared with goes unchecked.
pub(super) fn about_previous(
    rule: &Rule,
    place: &Place,
    cells: &[CellRef],
    message: String,
) -> Finding {
    Finding {
        cells: cells.to_vec(),
        level: Level::Warning,
        remedy: PREVIOUS.to_owned(),
        ..finding_outside(rule, Some(place.clone()), message)
    }
}

/// Tells whether the reader told of a cell, so that a rule of its own reports it: that nothing was
/// read there does not mean that nothing was entered.
pub(super) fn is_damaged(book: &Book, place: &Place) -> bool {
    damaged(book).any(|damaged| damaged.contains(place))
}
