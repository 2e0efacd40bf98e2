//! The values that a table allows for what was done in a year.

use rust_decimal::Decimal;

use super::about::last_actuals;
use super::count::is_countable;
use crate::check::kpi::{Row, quantity_of};
use crate::model::{Qualifier, Quantity};

/// The values that the texts of a year may come to.
pub(super) struct Table {
    allowed: Vec<Allowed>,
}

/// A value, and how it comes about.
pub(super) struct Allowed {
    pub(super) value: Decimal,
    /// `1,395−1,257＝138時間`
    pub(super) how: String,
    /// Whether the texts should come to it; else they may.
    expected: bool,
    /// Whether one count may tell it as the year's.
    told: bool,
}

impl Table {
    /// The value itself, or what it grew by: a cumulative value and one of so much a year grow;
    /// others are of the year.
    pub(super) fn of<'a>(row: &Row<'a>, mark: &'a str, actual: &Quantity, unit: &str) -> Self {
        let cumulative = actual.qualifier == Some(Qualifier::Cumulative);
        let grows = cumulative || actual.unit_key().contains("/年");
        let mut allowed = vec![Allowed {
            value: actual.value,
            how: format!("{}{unit}", grouped(actual.value)),
            expected: !cumulative,
            told: true,
        }];
        let last = last_actuals(row, mark).map(|last| (last, grows));
        let baseline = row.baseline();
        let baseline = baseline.and_then(|baseline| quantity_of(baseline.measure, mark));
        let baseline = baseline.filter(|baseline| is_countable(baseline));
        for (start, expected) in last.chain(baseline.map(|baseline| (baseline, false))) {
            let value = actual.value - start.value;
            let (now, then) = (grouped(actual.value), grouped(start.value));
            allowed.push(Allowed {
                value,
                how: format!("{now}−{then}＝{}{unit}", grouped(value)),
                expected: expected && start.qualifier == actual.qualifier && value > Decimal::ZERO,
                told: expected,
            });
        }
        Self { allowed }
    }

    /// The value as the cell shows it.
    pub(super) fn own(&self) -> Option<&Allowed> {
        self.allowed.first()
    }

    /// Tells whether the table allows a value in any reading.
    pub(super) fn agrees(&self, value: Decimal) -> bool {
        self.allowed.iter().any(|allowed| allowed.value == value)
    }

    /// Tells whether one count of this value may tell the whole year.
    pub(super) fn tells(&self, value: Decimal) -> bool {
        let mut told = self.allowed.iter().filter(|allowed| allowed.told);
        told.any(|allowed| allowed.value == value)
    }

    /// Tells whether a value is above every reading.
    pub(super) fn is_below(&self, value: Decimal) -> bool {
        self.allowed.iter().all(|allowed| allowed.value < value)
    }

    /// The value nearest to this of those that the texts should come to.
    pub(super) fn expected(&self, value: Decimal) -> Option<&Allowed> {
        let expected = self.allowed.iter().filter(|allowed| allowed.expected);
        expected.min_by_key(|allowed| (allowed.value - value).abs())
    }
}

/// A number with grouping commas.
pub(in crate::check) fn grouped(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text.as_str(), ""), |(a, b)| (a, b));
    let (sign, digits) = whole
        .strip_prefix('-')
        .map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction}")
}
