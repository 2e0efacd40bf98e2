//! What stands between a cell's tags.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

use quick_xml::events::{BytesStart, Event};

use super::flaw::Flaw;
use crate::model::ActiveKind;
use crate::read::active;
use crate::read::error::{Problem, ReadError};
use crate::read::rich::{Run, Runs, SharedTexts};
use crate::read::xml::{Walk, append};

/// 8,192 characters of a formula are the most that Excel takes; none has four bytes.
const LONGEST_FORMULA: usize = 8_192 * 4;

/// 15 digits are all that Excel keeps of a number.
const MOST_DIGITS: usize = 15;

/// 10 million formulas share others at most: a workbook has no more cells.
const MOST_SHARED: u32 = 10_000_000;

/// The type of a cell, as far as its reading differs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    /// A truth, an error value, or a type that is not known.
    Other,
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
            "n" => Self::Number,
            _ => Self::Other,
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
    /// What its value says beside what the reader behind makes of it.
    pub(super) spelled: Option<Spelled>,
}

/// How a value is spelled, where the reader behind would make less of it.
#[derive(Debug)]
pub(in crate::read) enum Spelled {
    /// Words where a number belongs: they are read as a text.
    Words,
    /// A whole number with more digits than are kept of it.
    Long(String),
    /// A text in CDATA, which the reader passes over.
    Quoted(String),
}

impl Spelled {
    /// How a number is spelled, if not as Excel spells it.
    fn number(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.parse::<f64>().is_err() {
            return Some(Self::Words);
        }
        let digits = text.trim_start_matches(['+', '-', '0']);
        let whole = digits.bytes().all(|byte| byte.is_ascii_digit());
        let is_long = whole && digits.trim_end_matches('0').len() > MOST_DIGITS;
        is_long.then(|| Self::Long(text.to_owned()))
    }
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
                    plausible(walk, &child)?;
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
                "f" => {
                    formula = true;
                    plausible(walk, &child)?;
                }
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
    let number = matches!(kind, Kind::Number | Kind::Other | Kind::SharedText);
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
    let (mut said, mut quoted) = (String::new(), false);
    loop {
        let event = walk.next()?;
        if kind == Kind::Text {
            append(&mut said, &event);
        }
        match event {
            Event::Text(text) => {
                texts += 1;
                if kind == Kind::Number {
                    content.spelled = Spelled::number(&text);
                }
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
            Event::CData(text) if kind == Kind::Text => {
                (content.filled, quoted) = (content.filled || !text.is_empty(), true);
            }
            Event::Comment(_) if kind == Kind::Text => {}
            Event::End(_) => {
                if quoted {
                    content.spelled = Some(Spelled::Quoted(said));
                }
                return Ok(());
            }
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

/// Refuses a formula that says it shares one of a number that no workbook reaches: what reads the
/// formulas would reserve memory for all of them.
fn plausible(walk: &Walk<'_>, formula: &BytesStart<'_>) -> Result<(), ReadError> {
    let Some(shared) = walk.attribute(formula, "si")? else {
        return Ok(());
    };
    match shared.parse::<u32>() {
        Ok(number) if number < MOST_SHARED => Ok(()),
        Ok(_) | Err(_) => Err(walk.malformed()),
    }
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
