//! Rows and columns of which nothing shows.
//!
//! Excel marks a row `hidden` whether a person hid it, a filter took it out or its group is folded
//! up. A height or width of a pixel or two shows nothing either.

use std::ops::RangeInclusive;

use quick_xml::events::BytesStart;

use crate::model::LAST_COLUMN;
use crate::read::error::ReadError;
use crate::read::xml::Walk;

/// Points: two pixels on an ordinary screen.
const LOWEST_ROW: f64 = 1.5;
/// Widths of a digit: two pixels in the usual fonts.
const NARROWEST_COLUMN: f64 = 0.25;

/// The attributes of a row that matter.
#[derive(Default)]
pub(super) struct Row {
    /// Its number as it is written.
    pub(super) number: Option<String>,
    /// Whether nothing of it shows.
    pub(super) hidden: bool,
}

impl Row {
    /// Reads and checks the attributes of a row.
    pub(super) fn of(walk: &Walk<'_>, element: &BytesStart<'_>) -> Result<Self, ReadError> {
        let mut row = Self::default();
        for attribute in walk.attributes(element) {
            let attribute = attribute?;
            let value = attribute.value.as_ref();
            match attribute.key.as_ref() {
                "r" => row.number = Some(value.to_owned()),
                "hidden" => row.hidden |= is_true(value),
                "ht" => row.hidden |= is_below(value, LOWEST_ROW),
                _ => {}
            }
        }
        Ok(row)
    }
}

/// The columns that a `col` of the sheet hides; a control's anchor has a `col` without a range.
pub(super) fn columns(
    walk: &Walk<'_>,
    element: &BytesStart<'_>,
) -> Result<Option<RangeInclusive<u32>>, ReadError> {
    let text = |name| walk.attribute(element, name);
    let number = |name| -> Result<Option<u32>, ReadError> {
        let number: Option<u32> = text(name)?.and_then(|number| number.parse().ok());
        Ok(number.and_then(|number| number.checked_sub(1)))
    };
    let (Some(first), Some(last)) = (number("min")?, number("max")?) else {
        return Ok(None);
    };
    let hidden = text("hidden")?.is_some_and(|value| is_true(&value));
    let narrow = text("width")?.is_some_and(|value| is_below(&value, NARROWEST_COLUMN));
    let inside = first <= last && first <= LAST_COLUMN;
    Ok(((hidden || narrow) && inside).then(|| first..=last.min(LAST_COLUMN)))
}

/// Tells whether a switch is on (ECMA-376 Part 1, 22.9.2.7).
fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

fn is_below(value: &str, least: f64) -> bool {
    value.parse::<f64>().is_ok_and(|value| value < least)
}
