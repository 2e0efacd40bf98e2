//! A cell of an ods: what it stores, what it shows, and what is anchored to it.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

use quick_xml::events::{BytesStart, Event};

use crate::model::text::{is_dash, printable};
use crate::model::{Cell, CellRef, Remark, Stored};

use crate::read::beside::Runs;
use crate::read::error::{Problem, ReadError};
use crate::read::number_format::general;
use crate::read::sheet::Flaw;
use crate::read::xlsx::serial;
use crate::read::xml::Walk;

use super::paragraph::Paragraphs;
use super::remark;
use super::styles::Styles;

/// What a cell holds.
#[derive(Debug, Default)]
pub(super) struct Content {
    value: Value,
    formula: bool,
    shown: Paragraphs,
    remarks: Vec<Remark>,
}

/// What a cell stores.
#[derive(Debug, Default, PartialEq)]
enum Value {
    #[default]
    None,
    Number(f64),
    Rate(f64),
    Date(String),
    Time(f64),
    Bool(bool),
    Text(Option<String>),
    Error,
    NotANumber,
}

/// What a person sees of a cell.
#[derive(Debug, PartialEq)]
pub(super) enum Seen {
    /// Nothing was ever entered.
    Nothing,
    /// A value, and its text in runs where some of it is struck out.
    Cell(Cell, Option<Runs>),
    /// A value that does not show, or a number that shows as a dash: stored, shown.
    Disguised(Option<Cell>, String, String),
    /// A value that cannot be read.
    Flawed(Flaw),
}

impl Seen {
    /// How long its texts are, in bytes.
    pub(super) fn length(&self) -> usize {
        match self {
            Self::Nothing | Self::Flawed(_) => 0,
            Self::Cell(cell, runs) => {
                let runs = runs.iter().flatten().map(|(text, _)| text.len());
                cell.text.len() + runs.sum::<usize>()
            }
            Self::Disguised(cell, stored, shown) => {
                let text = cell.as_ref().map_or(0, |cell| cell.text.len());
                text + stored.len() + shown.len()
            }
        }
    }
}

impl Content {
    /// Reads a cell's attributes, and what stands in it if it was opened; `at` is where it is, and
    /// `struck` what its style says.
    pub(super) fn read<'a>(
        walk: &mut Walk<'a>,
        element: &BytesStart<'a>,
        open: bool,
        at: CellRef,
        styles: &Styles,
        struck: bool,
    ) -> Result<Self, ReadError> {
        let mut content = Self {
            formula: walk.attribute(element, "formula")?.is_some(),
            value: value(walk, element)?,
            ..Self::default()
        };
        if open {
            content.inside(walk, at, styles, struck)?;
        }
        Ok(content)
    }

    fn inside(
        &mut self,
        walk: &mut Walk<'_>,
        at: CellRef,
        styles: &Styles,
        struck: bool,
    ) -> Result<(), ReadError> {
        let outer = walk.depth() - 1;
        let Self { shown, remarks, .. } = self;
        while walk.depth() > outer {
            match walk.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "p" | "h" => {
                        let mut other = |walk: &mut Walk<'_>, element: &BytesStart<'_>| {
                            remarks.extend(remark::read(walk, element, true, at, styles)?);
                            Ok(())
                        };
                        shown.read(walk, styles, struck, &mut other)?;
                    }
                    // A sheet within a cell has cells that no address tells.
                    "table" => return Err(walk.broken(Problem::CellBlock)),
                    _ => remarks.extend(remark::read(walk, &element, true, at, styles)?),
                },
                Event::Empty(element) => match element.local_name().as_ref() {
                    "p" | "h" => shown.begin(),
                    _ => remarks.extend(remark::read(walk, &element, false, at, styles)?),
                },
                Event::Eof => return Err(walk.malformed()),
                _ => {}
            }
        }
        Ok(())
    }

    /// The cell as a person sees it, and what is anchored to it.
    pub(super) fn apart(mut self) -> (Seen, Vec<Remark>) {
        let remarks = std::mem::take(&mut self.remarks);
        (self.seen(), remarks)
    }

    fn seen(self) -> Seen {
        let number = match &self.value {
            Value::Number(value) | Value::Rate(value) | Value::Time(value) => Some(*value),
            Value::Date(text) => serial(text),
            Value::None | Value::Bool(_) | Value::Text(_) | Value::Error | Value::NotANumber => {
                None
            }
        };
        // Without a paragraph nothing was displayed yet: programs other than office suites leave
        // it out.
        let shown = match self.shown.count() {
            0 => self.value.general(),
            _ => self.shown.text(),
        };
        let text = printable(&shown);
        let blank = text.trim().is_empty();
        let stored = match &self.value {
            Value::None if blank && self.formula => return Seen::Flawed(Flaw::Uncalculated),
            Value::NotANumber => return Seen::Flawed(Flaw::NotANumber),
            Value::None | Value::Text(_) => Stored::Text,
            Value::Number(value) | Value::Rate(value) => Stored::Number(*value),
            Value::Date(_) | Value::Time(_) => number.map_or(Stored::Text, Stored::Date),
            Value::Bool(value) => Stored::Bool(*value),
            Value::Error => Stored::Error,
        };
        let cell = (!blank).then(|| Cell {
            text: text.clone(),
            stored,
        });
        let struck = self.shown.struck();
        if let Some(number) = number
            && struck.is_none()
            && (blank || is_dash(text.trim()))
        {
            return Seen::Disguised(cell, general(number), text.trim().to_owned());
        }
        if let Value::Text(Some(stored)) = &self.value
            && blank
            && !stored.trim().is_empty()
        {
            let stored = printable(stored).trim().to_owned();
            return Seen::Disguised(None, stored, String::new());
        }
        match cell {
            Some(cell) => Seen::Cell(cell, struck),
            None => Seen::Nothing,
        }
    }
}

impl Value {
    /// The value where no text is displayed for it.
    fn general(&self) -> String {
        match self {
            Self::Number(value) => general(*value),
            Self::Rate(value) => format!("{}%", general(*value * 100.0)),
            Self::Time(value) => general(*value),
            Self::Date(text) => text.replace('T', " "),
            Self::Bool(true) => "TRUE".to_owned(),
            Self::Bool(false) => "FALSE".to_owned(),
            Self::Text(Some(text)) => text.clone(),
            Self::None | Self::Text(None) | Self::Error | Self::NotANumber => String::new(),
        }
    }
}

/// Reads what a cell stores. LibreOffice tells an error value by an attribute of its own.
fn value(walk: &Walk<'_>, element: &BytesStart<'_>) -> Result<Value, ReadError> {
    let (mut kind, mut extended) = (None, None);
    for attribute in element.attributes().with_checks(false).flatten() {
        let value = attribute.value.as_ref().to_owned();
        match attribute.key.as_ref() {
            "calcext:value-type" => extended = Some(value),
            name if name.ends_with(":value-type") => kind = Some(value),
            _ => {}
        }
    }
    if extended.as_deref() == Some("error") {
        return Ok(Value::Error);
    }
    let number = || -> Result<Option<f64>, ReadError> {
        let text = walk.attribute(element, "value")?.unwrap_or_default();
        let value = text.parse::<f64>().ok();
        Ok(value.filter(|value| value.is_finite()))
    };
    Ok(match kind.as_deref() {
        Some("float" | "currency") => number()?.map_or(Value::NotANumber, Value::Number),
        Some("percentage") => number()?.map_or(Value::NotANumber, Value::Rate),
        Some("date") => Value::Date(walk.attribute(element, "date-value")?.unwrap_or_default()),
        Some("time") => {
            let text = walk.attribute(element, "time-value")?.unwrap_or_default();
            days(&text).map_or(Value::NotANumber, Value::Time)
        }
        Some("boolean") => {
            let text = walk.attribute(element, "boolean-value")?;
            Value::Bool(text.as_deref() == Some("true"))
        }
        Some(_) => Value::Text(walk.attribute(element, "string-value")?),
        None => Value::None,
    })
}

/// A duration such as `PT12H30M00.5S` in days.
fn days(text: &str) -> Option<f64> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let mut rest = text.strip_prefix("PT")?;
    let mut seconds = 0.0;
    for (unit, length) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((count, behind)) = rest.split_once(unit) {
            seconds += count.parse::<f64>().ok()? * length;
            rest = behind;
        }
    }
    let days = sign * seconds / 86_400.0;
    (rest.is_empty() && days.is_finite()).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_fractions_of_a_day() {
        for (text, expected) in [
            ("PT12H00M00S", Some(0.5)),
            ("PT24H", Some(1.0)),
            ("PT00H00M43.2S", Some(0.0005)),
            ("-PT6H", Some(-0.25)),
            ("12:00", None),
            ("PT1X", None),
        ] {
            assert_eq!(days(text), expected, "{text}");
        }
    }
}
