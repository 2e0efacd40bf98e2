//! What stands between a cell's tags.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

use quick_xml::events::Event;

use super::flaw::Flaw;
use crate::model::ActiveKind;
use crate::read::active;
use crate::read::error::{Problem, ReadError};
use crate::read::rich::{Run, Runs, SharedTexts};
use crate::read::xml::{Walk, append};

/// 8,192 characters of a formula are the most that Excel takes; none has four bytes.
const LONGEST_FORMULA: usize = 8_192 * 4;

/// The type of a cell, as far as its reading differs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    SharedText,
    Text,
    InlineText,
}

impl Kind {
    pub(super) fn of(text: &str) -> Self {
        match text {
            "s" => Self::SharedText,
            "str" | "d" => Self::Text,
            "inlineStr" | "is" => Self::InlineText,
            _ => Self::Number,
        }
    }
}

/// What was found between a cell's tags.
#[derive(Default)]
pub(super) struct Content {
    pub(super) filled: bool,
    pub(super) flaw: Option<Flaw>,
    /// The runs of its text, where they matter.
    pub(super) rich: Option<Rich>,
    /// What its formula does beside calculating, and the formula.
    pub(super) active: Option<(ActiveKind, String)>,
}

/// The runs of a cell's text.
#[derive(Debug)]
pub(in crate::read) enum Rich {
    /// Those of a shared text, by its index.
    Shared(u32),
    /// The cell's own.
    Own(Vec<Run>),
}

/// What stands between a cell's tags; exactly what the reader behind takes for its value.
pub(super) fn content(
    walk: &mut Walk<'_>,
    kind: Kind,
    texts: &SharedTexts,
) -> Result<Content, ReadError> {
    let mut content = Content::default();
    let (mut values, mut formula) = (0, false);
    loop {
        match walk.next()? {
            Event::Start(child) => match child.local_name().as_ref() {
                "v" => {
                    values += 1;
                    value(walk, kind, texts, &mut content)?;
                }
                "f" => {
                    formula = true;
                    content.active = formula_of(walk)?;
                }
                "is" => {
                    values += 1;
                    content.filled = true;
                    content.rich = inline(walk, texts)?;
                }
                "c" | "row" | "sheetData" => return Err(walk.broken(Problem::CellBlock)),
                _ => {
                    content.flaw = Some(Flaw::Ambiguous);
                    skip(walk)?;
                }
            },
            Event::Empty(child) => match child.local_name().as_ref() {
                "v" => values += 1,
                "is" => (values, content.filled) = (values + 1, true),
                "f" => formula = true,
                "c" | "row" | "sheetData" => return Err(walk.broken(Problem::CellBlock)),
                _ => content.flaw = Some(Flaw::Ambiguous),
            },
            Event::End(_) => break,
            Event::Text(text) if text.trim().is_empty() => {}
            Event::Comment(_) | Event::PI(_) => {}
            _ => content.flaw = Some(Flaw::Ambiguous),
        }
    }
    if values > 1 {
        content.flaw = Some(Flaw::Ambiguous);
    }
    // The result of a formula may be an empty text, but no empty number.
    let number = matches!(kind, Kind::Number | Kind::SharedText);
    let empty = values == 0 || (number && !content.filled && content.flaw.is_none());
    if formula && empty {
        content.flaw = Some(Flaw::Uncalculated);
    }
    Ok(content)
}

/// Text and nothing else; an index into the shared texts is digits and nothing else.
fn value(
    walk: &mut Walk<'_>,
    kind: Kind,
    shared: &SharedTexts,
    content: &mut Content,
) -> Result<(), ReadError> {
    let mut texts = 0;
    loop {
        match walk.next()? {
            Event::Text(text) => {
                texts += 1;
                let digits = text.bytes().all(|b| b.is_ascii_digit()) && text.len() <= 9;
                if (kind == Kind::SharedText && !digits) || (kind != Kind::Text && texts > 1) {
                    content.flaw = Some(Flaw::Ambiguous);
                }
                if kind == Kind::SharedText {
                    let index = text.parse().ok();
                    let index = index.filter(|index| shared.runs(*index).is_some());
                    content.rich = index.map(Rich::Shared);
                }
                // The reader passes over a value that stands beside an inline text.
                content.filled |= kind != Kind::InlineText && !text.trim().is_empty();
            }
            Event::GeneralRef(_) if kind == Kind::Text => content.filled = true,
            Event::Comment(_) if kind == Kind::Text => {}
            Event::End(_) => return Ok(()),
            Event::Start(_) => {
                content.flaw = Some(Flaw::Ambiguous);
                skip(walk)?;
            }
            Event::Eof => return Err(walk.malformed()),
            _ => content.flaw = Some(Flaw::Ambiguous),
        }
    }
}

/// The runs of an inline text that was just opened, where they matter.
fn inline(walk: &mut Walk<'_>, texts: &SharedTexts) -> Result<Option<Rich>, ReadError> {
    let mut runs = Runs::default();
    inside(walk, |walk, event| runs.take(walk, event))?;
    Ok(texts.worth(&mut runs).map(Rich::Own))
}

/// What a formula that was just opened does beside calculating.
fn formula_of(walk: &mut Walk<'_>) -> Result<Option<(ActiveKind, String)>, ReadError> {
    let mut text = String::new();
    inside(walk, |_, event| {
        if text.len() < LONGEST_FORMULA {
            append(&mut text, event);
        }
        Ok(())
    })?;
    Ok(active::formula(&text).map(|kind| (kind, text)))
}

/// Passes over an element that was just opened.
fn skip(walk: &mut Walk<'_>) -> Result<(), ReadError> {
    inside(walk, |_, _| Ok(()))
}

/// Walks to the end of an element that was just opened; no cell hides in it.
fn inside(
    walk: &mut Walk<'_>,
    mut take: impl FnMut(&Walk<'_>, &Event<'_>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let outer = walk.depth() - 1;
    while walk.depth() > outer {
        let event = walk.next()?;
        if let Event::Start(element) | Event::Empty(element) = &event {
            let name = element.local_name();
            if matches!(name.as_ref(), "c" | "row" | "sheetData") {
                return Err(walk.broken(Problem::CellBlock));
            }
        }
        take(walk, &event)?;
    }
    Ok(())
}
