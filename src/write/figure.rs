//! Numbers that a sheet holds as numbers, each beside what a person sees of it.

use rust_decimal::Decimal;

use crate::model::grouped;

/// The digits that a cell keeps exactly.
const MOST_DIGITS: usize = 15;

/// A number with its number format and what shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    /// The number.
    pub value: f64,
    /// The number format.
    pub code: String,
    /// What shows.
    pub text: String,
}

impl Figure {
    /// A number of the book; `None` for one of more digits than a cell keeps.
    pub(super) fn exact(number: Decimal) -> Option<Self> {
        let number = number.normalize();
        let digits = number.mantissa().unsigned_abs().to_string();
        // The nearest binary number of so few digits shows as the decimal again.
        let value = number.to_string().parse().ok()?;
        (digits.trim_end_matches('0').len() <= MOST_DIGITS).then(|| Self {
            value,
            code: code(number.scale()),
            text: grouped(number),
        })
    }

    /// The same for machines: without marks between thousands, and with a plain minus.
    pub(super) fn plain(number: Decimal) -> Option<Self> {
        let number = number.normalize();
        let figure = Self::exact(number)?;
        let decimals = "0".repeat(number.scale() as usize);
        Some(Self {
            code: match decimals.is_empty() {
                true => "0".to_owned(),
                false => format!("0.{decimals}"),
            },
            text: number.to_string(),
            ..figure
        })
    }

    /// A count.
    pub(super) fn count(count: usize) -> Self {
        Self {
            value: count as f64,
            code: code(0),
            text: grouped(Decimal::from(count)),
        }
    }

    /// A share in percent with one decimal.
    pub(super) fn percent(percent: Decimal) -> Option<Self> {
        let part = percent.checked_div(Decimal::ONE_HUNDRED)?;
        Some(Self {
            value: part.to_string().parse().ok()?,
            code: "0.0%".to_owned(),
            text: format!("{percent:.1}%"),
        })
    }
}

/// The number format of so many decimals: `#,##0.0;▲#,##0.0`.
pub(super) fn code(decimals: u32) -> String {
    let point = if decimals > 0 { "." } else { "" };
    let digits = "0".repeat(decimals as usize);
    let one = format!("#,##0{point}{digits}");
    format!("{one};▲{one}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_as_they_are() {
        for (number, text, code) in [
            ("0", "0", "#,##0;▲#,##0"),
            ("1257.50", "1,257.5", "#,##0.0;▲#,##0.0"),
            ("-5.25", "▲5.25", "#,##0.00;▲#,##0.00"),
        ] {
            let figure = Figure::exact(number.parse().unwrap()).unwrap();
            assert_eq!((figure.text.as_str(), figure.code.as_str()), (text, code));
        }
        assert_eq!(Figure::exact("0.1".parse().unwrap()).unwrap().value, 0.1);
        let percent = Figure::percent("42.9".parse().unwrap()).unwrap();
        assert_eq!((percent.value, percent.text.as_str()), (0.429, "42.9%"));
    }

    #[test]
    fn numbers_for_machines_have_no_marks() {
        for (number, text, code) in [
            ("0", "0", "0"),
            ("1257.50", "1257.5", "0.0"),
            ("-1234567.25", "-1234567.25", "0.00"),
        ] {
            let figure = Figure::plain(number.parse().unwrap()).unwrap();
            assert_eq!((figure.text.as_str(), figure.code.as_str()), (text, code));
        }
    }

    #[test]
    fn numbers_that_a_cell_would_round_are_none() {
        assert!(Figure::exact("1234567890123456".parse().unwrap()).is_none());
        assert!(Figure::exact("0.1234567890123456".parse().unwrap()).is_none());
        assert!(Figure::exact("12345678901234500000".parse().unwrap()).is_some());
    }
}
