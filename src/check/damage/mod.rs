//! Cells that do not say what they should: error values, and what the reader told.

use crate::model::{Book, Damaged, Place};

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

/// Tells whether the reader told of a cell, so that a rule of its own reports it: that nothing was
/// read there does not mean that nothing was entered.
pub(super) fn is_damaged(book: &Book, place: &Place) -> bool {
    damaged(book).any(|damaged| damaged.contains(place))
}
