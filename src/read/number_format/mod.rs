//! A number as a person sees it: Excel's number formats (ECMA-376 Part 1, 18.8.30 and 18.8.31)
//! with the Japanese tokens.
//!
//! `ssfmt` renders digits and clocks. Before it come the choice of the section, scaling and
//! rounding in decimals, eras and weekdays; after an unknown token comes the raw number.

mod builtin;
mod calendar;
mod code;
mod decimal;
mod numerals;

use std::borrow::Cow;
use std::sync::LazyLock;

use ssfmt::FormatOptions;

use code::{Condition, Numerals, Piece, Section};

pub(super) use builtin::builtin;

/// The first serial number after 9999-12-31.
const END_OF_DATES: f64 = 2_958_466.0;
/// Days between 1899-12-31 and 1904-01-01, as Excel counts them.
const DAYS_TO_1904: f64 = 1462.0;
/// The number of digits after which `General` turns to powers of ten.
const GENERAL_END: f64 = 1e11;

static GENERAL: LazyLock<Option<ssfmt::NumberFormat>> =
    LazyLock::new(|| ssfmt::NumberFormat::parse("General").ok());

/// A number format, read once a workbook.
#[derive(Debug)]
pub(super) struct NumberFormat {
    /// Sections for numbers; none means `General`.
    numbers: Vec<Compiled>,
    /// The section for texts; none shows them as they are.
    text: Option<Vec<Piece>>,
}

/// A number as it shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    /// What a person sees.
    pub(super) text: String,
    /// The serial number, counted from 1900, where a date or a time shows.
    pub(super) date: Option<f64>,
}

#[derive(Debug)]
struct Compiled {
    condition: Option<Condition>,
    shape: Shape,
}

#[derive(Debug)]
enum Shape {
    /// Nothing shows.
    Hidden,
    /// `General`, `@` or no placeholder at all: the number between literals.
    Plain(Vec<Piece>),
    /// Digits: scaled and rounded here, laid out by ssfmt.
    Digits(decimal::Digits),
    /// The same in full width.
    WideDigits(decimal::Digits),
    /// A date or a time.
    Date(calendar::DatePattern),
    /// A token that is not known: the raw number.
    Unknown,
}

impl NumberFormat {
    /// Reads a format code; one that cannot be read shows the raw number.
    pub(super) fn new(code: &str) -> Self {
        if code.is_empty() || code.eq_ignore_ascii_case("General") {
            return Self {
                numbers: Vec::new(),
                text: None,
            };
        }
        let mut sections = code::sections(code);
        let mut text = None;
        let holds_text = sections.last().is_some_and(Section::shows_text);
        if sections.len() >= 4 || holds_text {
            // The fourth section is for texts whatever it says; an empty one hides them.
            sections.truncate(4);
            text = sections.pop().filter(|last| last.known).map(|s| s.pieces);
        }
        if let (true, Some(pieces)) = (sections.is_empty(), &text) {
            let shape = Shape::Plain(pieces.clone());
            let numbers = vec![Compiled {
                condition: None,
                shape,
            }];
            return Self { numbers, text };
        }
        // `0;` has no second section to speak of: a negative number is not hidden by it.
        if sections.len() == 2 && sections[1].is_empty() {
            sections.pop();
        }
        let alone = sections.len() == 1;
        let numbers = sections
            .into_iter()
            .map(|section| Compiled {
                condition: section.condition,
                shape: shape(section, alone),
            })
            .collect();
        Self { numbers, text }
    }

    /// A text as this format shows it.
    pub(super) fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match &self.text {
            None => Cow::Borrowed(text),
            Some(pieces) if is_text_alone(pieces) => Cow::Borrowed(text),
            Some(pieces) => Cow::Owned(plain(pieces, text)),
        }
    }

    /// A number as this format shows it.
    pub(super) fn number(&self, value: f64, from_1904: bool) -> Shown {
        let raw = || Shown {
            text: general(value),
            date: None,
        };
        let Some((section, positive)) = self.choose(value) else {
            return raw();
        };
        let shown = if positive { value.abs() } else { value };
        let text = match &section.shape {
            Shape::Hidden => String::new(),
            Shape::Plain(pieces) => {
                let counts = pieces.iter().any(Piece::is_number);
                let sign = if !counts && shown < 0.0 { "-" } else { "" };
                format!("{sign}{}", plain(pieces, &general(shown)))
            }
            Shape::Digits(digits) => match digits.show(shown) {
                Some(text) => text,
                None => return raw(),
            },
            Shape::WideDigits(digits) => match digits.show(shown) {
                Some(text) => numerals::wide(&text),
                None => return raw(),
            },
            Shape::Date(pattern) => {
                let serial = serial(value, from_1904, pattern);
                if !(0.0..END_OF_DATES).contains(&serial) {
                    return raw();
                }
                let Some(text) = pattern.show(serial) else {
                    return raw();
                };
                return Shown {
                    text: text.trim().to_owned(),
                    date: Some(serial),
                };
            }
            Shape::Unknown => return raw(),
        };
        Shown {
            // Blanks at the ends align; they are not part of what is said.
            text: text.trim().to_owned(),
            date: None,
        }
    }

    /// Tells whether a number is to show as a date and lies beyond the calendar.
    pub(super) fn is_no_date(&self, value: f64, from_1904: bool) -> bool {
        let Some((section, _)) = self.choose(value) else {
            return false;
        };
        let Shape::Date(pattern) = &section.shape else {
            return false;
        };
        !(0.0..END_OF_DATES).contains(&serial(value, from_1904, pattern))
    }

    /// The section for a number, and whether it is shown without its sign.
    fn choose(&self, value: f64) -> Option<(&Compiled, bool)> {
        let sections = &self.numbers;
        if sections.iter().any(|s| s.condition.is_some()) {
            let met = |s: &&Compiled| s.condition.is_some_and(|condition| condition.met(value));
            if let Some(section) = sections.iter().find(met) {
                let negative_only = section.condition.is_some_and(Condition::is_negative_only);
                return Some((section, negative_only));
            }
            let other = sections.iter().find(|s| s.condition.is_none())?;
            return Some((other, false));
        }
        if sections.len() > 1 && value < 0.0 {
            return Some((&sections[1], true));
        }
        if sections.len() > 2 && value == 0.0 {
            return Some((&sections[2], false));
        }
        sections.first().map(|section| (section, false))
    }
}

/// The serial number counted from 1900; a span of time has no starting point to move.
fn serial(value: f64, from_1904: bool, pattern: &calendar::DatePattern) -> f64 {
    let moved = from_1904 && !pattern.is_span();
    if moved { value + DAYS_TO_1904 } else { value }
}

fn shape(section: Section, alone: bool) -> Shape {
    if !section.known {
        return Shape::Unknown;
    }
    if section.is_empty() && !alone {
        return Shape::Hidden;
    }
    if section.pieces.iter().any(Piece::is_date) {
        return calendar::DatePattern::new(section).map_or(Shape::Unknown, Shape::Date);
    }
    if section.pieces.iter().any(Piece::is_placeholder) {
        // A count in kanji stays a number that can be read: only full width is followed.
        let shape = match section.numerals {
            Numerals::Wide => Shape::WideDigits,
            Numerals::Plain | Numerals::Kanji | Numerals::Formal => Shape::Digits,
        };
        return decimal::Digits::new(&section.pieces).map_or(Shape::Unknown, shape);
    }
    if section.is_empty() {
        return Shape::Plain(vec![Piece::General]);
    }
    Shape::Plain(section.pieces)
}

/// Tells whether a text shows as it is; an arrow that is drawn behind it is no part of what it says.
fn is_text_alone(pieces: &[Piece]) -> bool {
    const HEADS: [char; 6] = ['→', '⇒', '➡', '▶', '►', '▷'];
    let is_line = |c: char| HEADS.contains(&c) || " \u{3000}─━―".contains(c);
    let is_drawn = |piece: &Piece| match piece {
        Piece::Literal(text) => text.chars().all(is_line),
        Piece::Text
        | Piece::General
        | Piece::Number(_)
        | Piece::Clock(_)
        | Piece::Span(_)
        | Piece::HalfDay(_)
        | Piece::Era(_)
        | Piece::EraYear(_)
        | Piece::Weekday(_) => false,
    };
    let points = |piece: &Piece| matches!(piece, Piece::Literal(text) if text.contains(HEADS));
    match pieces {
        [Piece::Text] => true,
        [Piece::Text, behind @ ..] => behind.iter().all(is_drawn) && behind.iter().any(points),
        _ => false,
    }
}

fn plain(pieces: &[Piece], value: &str) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Literal(text) => text.as_str(),
            Piece::General | Piece::Text => value,
            Piece::Number(mark) => mark.as_str(),
            Piece::Clock(_)
            | Piece::Span(_)
            | Piece::HalfDay(_)
            | Piece::Era(_)
            | Piece::EraYear(_)
            | Piece::Weekday(_) => "",
        })
        .collect()
}

/// A number as `General` shows it: eleven digits at most.
pub(super) fn general(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < GENERAL_END {
        return format!("{}", value as i64);
    }
    match &*GENERAL {
        Some(format) => format.format(value, &FormatOptions::default()),
        None => value.to_string(),
    }
}

#[cfg(test)]
mod tests;
