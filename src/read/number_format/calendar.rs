//! Dates and times: eras and weekdays are written here, the rest by ssfmt.

use ssfmt::date_serial::{serial_to_date, serial_to_weekday};
use ssfmt::{DateSystem, FormatOptions};

use super::code::{Numerals, Piece, Section};
use super::decimal::quote;
use super::numerals;

/// Year, month and day.
type Day = (i32, u32, u32);

/// Eras by their first day: letter, one kanji, name.
const ERAS: [(Day, [&str; 3]); 5] = [
    ((2019, 5, 1), ["R", "令", "令和"]),
    ((1989, 1, 8), ["H", "平", "平成"]),
    ((1926, 12, 25), ["S", "昭", "昭和"]),
    ((1912, 7, 30), ["T", "大", "大正"]),
    ((1868, 1, 25), ["M", "明", "明治"]),
];
/// Weekdays as Excel counts them, from Sunday.
const WEEKDAYS: [&str; 7] = ["日", "月", "火", "水", "木", "金", "土"];

/// A section that shows a date or a time.
#[derive(Debug)]
pub(super) struct DatePattern {
    section: Section,
    /// The pattern for ssfmt where it is the same for every date.
    fixed: Option<ssfmt::NumberFormat>,
}

impl DatePattern {
    pub(super) fn new(section: Section) -> Option<Self> {
        let changes = |at: usize| match &section.pieces[at] {
            Piece::Era(_) | Piece::EraYear(_) | Piece::Weekday(_) => true,
            Piece::Clock(_) => {
                section.numerals != Numerals::Plain || mistaken(&section.pieces, at).is_some()
            }
            Piece::Literal(_)
            | Piece::General
            | Piece::Text
            | Piece::Number(_)
            | Piece::Span(_)
            | Piece::HalfDay(_) => false,
        };
        let changing = (0..section.pieces.len()).any(changes);
        let mut pattern = Self {
            section,
            fixed: None,
        };
        if !changing {
            let code = pattern.code(0.0)?;
            pattern.fixed = Some(ssfmt::NumberFormat::parse(&code).ok()?);
        } else {
            // A pattern that cannot be laid out is found now, not at the first date.
            pattern.code(1.0)?;
        }
        Some(pattern)
    }

    /// Tells whether the pattern shows a span of time, such as `[h]:mm`.
    pub(super) fn is_span(&self) -> bool {
        let span = |piece: &Piece| matches!(piece, Piece::Span(_));
        self.section.pieces.iter().any(span)
    }

    /// A serial number counted from 1900 as the pattern shows it.
    pub(super) fn show(&self, serial: f64) -> Option<String> {
        let mut options = FormatOptions::default();
        if self.section.japanese {
            options.locale.am_string = "午前";
            options.locale.pm_string = "午後";
        }
        match &self.fixed {
            Some(format) => format.try_format(serial, &options).ok(),
            None => {
                let format = ssfmt::NumberFormat::parse(&self.code(serial)?).ok()?;
                format.try_format(serial, &options).ok()
            }
        }
    }

    /// A year, a month or a day in the section's own digits; `None` where ssfmt writes it, and where
    /// a time stands beside it.
    fn in_numerals(&self, token: &str, serial: f64) -> Option<String> {
        let is_time =
            |piece: &Piece| matches!(piece, Piece::Clock(token) if token.starts_with(['h', 's']));
        if self.section.numerals == Numerals::Plain || self.section.pieces.iter().any(is_time) {
            return None;
        }
        let (year, month, day) = serial_to_date(serial.max(1.0).floor(), DateSystem::Date1900)?;
        let (number, width) = match token {
            "yyyy" | "yyy" => (u32::try_from(year).ok()?, 4),
            "m" | "mm" => (month, token.len()),
            "d" | "dd" => (day, token.len()),
            _ => return None,
        };
        Some(numerals::part(number, width, self.section.numerals))
    }

    /// The code for ssfmt, eras and weekdays written out for this date.
    fn code(&self, serial: f64) -> Option<String> {
        let mut code = String::new();
        let pieces = &self.section.pieces;
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Literal(text) if text == ":" => code.push(':'),
                Piece::Literal(text) => quote(&mut code, text),
                Piece::Clock(token) if mistaken(pieces, at).is_some() => {
                    let number = match mistaken(pieces, at)? {
                        Part::Minute => (serial.fract() * 1440.0 + 1e-9).floor() as u32 % 60,
                        Part::Month => serial_to_date(serial.floor(), DateSystem::Date1900)?.1,
                    };
                    let width = token.len();
                    quote(&mut code, &format!("{number:0width$}"));
                }
                Piece::Clock(token) => match self.in_numerals(token, serial) {
                    Some(number) => quote(&mut code, &number),
                    None => code.push_str(token),
                },
                Piece::Span(token) | Piece::HalfDay(token) => code.push_str(token),
                Piece::Era(width) => {
                    let (names, _) = era(serial)?;
                    quote(&mut code, names.get(width - 1)?);
                }
                Piece::EraYear(width) => {
                    let (_, year) = era(serial)?;
                    if self.section.gannen && year == 1 {
                        quote(&mut code, "元");
                    } else {
                        let year = u32::try_from(year).ok()?;
                        quote(
                            &mut code,
                            &numerals::part(year, *width, self.section.numerals),
                        );
                    }
                }
                Piece::Weekday(width) => {
                    let day = serial_to_weekday(serial, DateSystem::Date1900) as usize;
                    let name = WEEKDAYS.get(day.checked_sub(1)?)?;
                    let ending = if *width == 4 { "曜日" } else { "" };
                    quote(&mut code, &format!("{name}{ending}"));
                }
                Piece::Number(mark) => match mark.as_str() {
                    // Parts of a second; anything else with digits is no date.
                    "0" => code.push('0'),
                    "." => match pieces.get(at + 1) {
                        Some(Piece::Number(next)) if next == "0" => code.push('.'),
                        _ => quote(&mut code, "."),
                    },
                    "/" | "," => quote(&mut code, mark),
                    _ => return None,
                },
                Piece::General | Piece::Text => return None,
            }
        }
        Some(code)
    }
}

/// The names of a date's era, and its year in it.
fn era(serial: f64) -> Option<([&'static str; 3], i32)> {
    let date = serial_to_date(serial.max(1.0).floor(), DateSystem::Date1900)?;
    let (first, names) = ERAS.into_iter().find(|(first, _)| date >= *first)?;
    Some((names, date.0 - first.0 + 1))
}

/// What `m` stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Month,
    Minute,
}

/// What an `m` stands for where ssfmt takes it for the other: Excel looks at the tokens beside
/// it, hours before and seconds after, whatever literals stand between.
fn mistaken(pieces: &[Piece], at: usize) -> Option<Part> {
    let token = |at: usize| match pieces.get(at) {
        Some(Piece::Clock(token)) => token.chars().next(),
        Some(Piece::Span(token)) => token.chars().nth(1),
        Some(_) | None => None,
    };
    let Some(Piece::Clock(own)) = pieces.get(at) else {
        return None;
    };
    if token(at) != Some('m') || own.len() > 2 {
        return None;
    }
    let before = (0..at).rev().find_map(token);
    let after = (at + 1..pieces.len()).find_map(token);
    let minute = before == Some('h') || after == Some('s');
    let colon = matches!(pieces.get(at + 1), Some(Piece::Literal(text)) if text == ":");
    let seconds = token(at + if colon { 2 } else { 1 }) == Some('s');
    let taken_for_minute = seconds || (0..at).any(|at| token(at) == Some('h'));
    (minute != taken_for_minute).then_some(if minute { Part::Minute } else { Part::Month })
}
