//! Digits: scaled and rounded in decimals as Excel does, laid out by ssfmt.

use rust_decimal::{Decimal, RoundingStrategy};
use ssfmt::FormatOptions;

use super::code::Piece;

/// Beyond this ssfmt has no digits; Excel shows fifteen significant ones anyway.
const LARGEST: f64 = 1e15;
/// Excel keeps fifteen significant digits of a number.
const AFTER_FIRST: usize = 14;

/// A section with placeholders for digits.
#[derive(Debug)]
pub(super) struct Digits {
    layout: ssfmt::NumberFormat,
    /// How many times to divide by 1,000 (commas behind the last digit).
    thousands: u32,
    /// How many times to multiply by 100.
    percents: u32,
    /// Decimals to round to; none for fractions and powers of ten.
    decimals: Option<u32>,
}

impl Digits {
    pub(super) fn new(pieces: &[Piece]) -> Option<Self> {
        let free = pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Number(mark) if mark == "/" || mark.len() > 1));
        let last = pieces.iter().rposition(Piece::is_placeholder)?;
        let is = |at: usize, sign: &str| matches!(pieces.get(at), Some(Piece::Number(mark)) if mark == sign);
        let point = (0..pieces.len()).find(|at| is(*at, "."));
        let mut code = String::new();
        let (mut thousands, mut percents, mut decimals) = (0, 0, 0);
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Literal(text) => quote(&mut code, text),
                Piece::Number(mark) => match mark.as_str() {
                    "%" => {
                        percents += 1;
                        quote(&mut code, "%");
                    }
                    "," => {
                        let next = (at..pieces.len()).find(|at| !is(*at, ","))?;
                        if at > last || Some(next) == point {
                            thousands += 1;
                        } else {
                            code.push(',');
                        }
                    }
                    mark => {
                        let digit = piece.is_placeholder();
                        decimals += u32::from(digit && point.is_some_and(|point| at > point));
                        code.push_str(mark);
                    }
                },
                Piece::General
                | Piece::Text
                | Piece::Clock(_)
                | Piece::Span(_)
                | Piece::HalfDay(_)
                | Piece::Era(_)
                | Piece::EraYear(_)
                | Piece::Weekday(_) => return None,
            }
        }
        Some(Self {
            layout: ssfmt::NumberFormat::parse(&code).ok()?,
            thousands,
            percents,
            decimals: (!free).then_some(decimals),
        })
    }

    /// The number laid out; `None` where it is too large for digits.
    pub(super) fn show(&self, value: f64) -> Option<String> {
        let value = match self.decimals {
            Some(decimals) => self.round(value, decimals)?,
            None => value * 100f64.powi(i32::try_from(self.percents).ok()?),
        };
        Some(self.layout.format(value, &FormatOptions::default()))
    }

    fn round(&self, value: f64, decimals: u32) -> Option<f64> {
        if value.abs() >= LARGEST {
            return None;
        }
        // 1.005 is 1.005 to a person, though not in binary.
        let digits = format!("{value:.AFTER_FIRST$e}");
        let Ok(mut exact) = Decimal::from_scientific(&digits) else {
            // Smaller than 28 decimals: nothing of it shows.
            return Some(0.0);
        };
        for _ in 0..self.percents {
            exact = exact.checked_mul(Decimal::ONE_HUNDRED)?;
        }
        for _ in 0..self.thousands {
            exact = exact.checked_div(Decimal::ONE_THOUSAND)?;
        }
        let rounded =
            exact.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
        rounded.to_string().parse().ok()
    }
}

/// Adds a literal to a code, quoted.
pub(super) fn quote(code: &mut String, text: &str) {
    for (at, plain) in text.split('"').enumerate() {
        if at > 0 {
            code.push_str("\\\"");
        }
        if !plain.is_empty() {
            code.push('"');
            code.push_str(plain);
            code.push('"');
        }
    }
}
