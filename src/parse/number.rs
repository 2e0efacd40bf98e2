//! Numbers in a cell's text: exact, grouped, scaled, signed.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::model::text::is_dash_char;

use super::date::dated;
use super::glyph::{is_close, is_japanese, is_open, is_tilde};

/// Scales directly after digits, longest first; a bare 百 or 十 is not written behind digits.
const SCALES: [(&str, u32); 13] = [
    ("千兆", 15),
    ("百兆", 14),
    ("十兆", 13),
    ("千億", 11),
    ("百億", 10),
    ("十億", 9),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("兆", 12),
    ("億", 8),
    ("万", 4),
    ("千", 3),
];

/// A number and where it stands, its sign and scale included.
#[derive(Debug, PartialEq)]
pub(super) struct Number {
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    /// Its value, scaled.
    pub(super) value: Decimal,
}

/// Finds the numbers of a narrowed text; digits of dates and ordinals are none.
///
/// `None` where a digit cannot be told for sure: `12,34`, `2～3`, `R5策定`, `—5`.
pub(super) fn numbers(text: &str) -> Option<Vec<Number>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let before = text[..at].chars().next_back();
        let in_word = before.is_some_and(|c| c.is_ascii_alphanumeric());
        if !in_word && let Some(length) = dated(&text[at..]) {
            at += length;
        } else if !c.is_ascii_digit() {
            at += c.len_utf8();
        } else if before.is_some_and(|c| c.is_ascii_alphabetic()) {
            at += exponent(&text[..at], &text[at..])?;
        } else if matches!(before, Some('.' | ',')) {
            return None;
        } else {
            let (value, length) = amount(&text[at..])?;
            let (negative, start) = sign(&text[..at])?;
            found.push(Number {
                range: start..at + length,
                value: if negative && !value.is_zero() {
                    -value
                } else {
                    value
                },
            });
            at += length;
        }
    }
    Some(found)
}

/// The digit of `m2`, `km2`, `CO2`: part of a unit.
fn exponent(before: &str, rest: &str) -> Option<usize> {
    let mut after = rest.chars();
    let small = matches!(after.next(), Some('2' | '3'));
    let ends = !after
        .next()
        .is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let unit = before.ends_with(['m', 'M']) || before.ends_with("CO");
    (small && ends && unit).then_some(1)
}

/// Reads `1,257`, `1.5億`, `1億2,000万`, `10千`: the value and the bytes it takes.
fn amount(text: &str) -> Option<(Decimal, usize)> {
    let mut total = Decimal::ZERO;
    let mut ceiling: Option<Decimal> = None;
    let mut at = 0;
    loop {
        let (digits, length) = plain(&text[at..])?;
        at += length;
        let scale = SCALES.iter().find(|(word, _)| text[at..].starts_with(word));
        let unit = match scale {
            Some((word, power)) => {
                at += word.len();
                Decimal::from(10u64.checked_pow(*power)?)
            }
            None => Decimal::ONE,
        };
        let value = digits.checked_mul(unit)?;
        if ceiling.is_some_and(|ceiling| value >= ceiling) {
            return None;
        }
        total = total.checked_add(value)?;
        let goes_on = text[at..].starts_with(|c: char| c.is_ascii_digit());
        if scale.is_none() || !goes_on {
            // 3.5万 is 35000, not 35000.0; what was typed without a scale keeps its figures.
            let scaled = scale.is_some() || ceiling.is_some();
            return Some((if scaled { total.normalize() } else { total }, at));
        }
        if digits.scale() > 0 {
            return None;
        }
        ceiling = Some(unit);
    }
}

/// Reads digits with grouping commas and a fraction.
fn plain(text: &str) -> Option<(Decimal, usize)> {
    let mut length = 0;
    let mut fraction = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let digit_next = rest.peek().is_some_and(char::is_ascii_digit);
        match c {
            '0'..='9' => {}
            ',' if digit_next => {}
            '.' if digit_next && fraction => return None,
            '.' if digit_next => fraction = true,
            _ => break,
        }
        length += 1;
    }
    let typed = &text[..length];
    let (whole, decimals) = typed.split_once('.').unwrap_or((typed, ""));
    if decimals.contains(',') || !is_grouped(whole) {
        return None;
    }
    let value = Decimal::from_str_exact(&typed.replace(',', "")).ok()?;
    Some((value, length))
}

fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let mut rest = groups.peekable();
    if rest.peek().is_none() {
        return !first.is_empty();
    }
    (1..=3).contains(&first.len()) && !first.starts_with('0') && rest.all(|group| group.len() == 3)
}

/// The sign before a number and where the number begins with it.
///
/// `▲` and `△` may stand apart, as number formats set them. A dash is a sign only directly before the
/// digit and behind no word; a long dash could as well be a bullet and makes the text unreadable.
fn sign(before: &str) -> Option<(bool, usize)> {
    let trimmed = before.trim_end_matches(' ');
    for word in ["▲", "△", "マイナス"] {
        if let Some(rest) = trimmed.strip_suffix(word) {
            return Some((true, rest.len()));
        }
    }
    let Some(last) = before.chars().next_back() else {
        return Some((false, 0));
    };
    let rest = &before[..before.len() - last.len_utf8()];
    let previous = rest.chars().next_back();
    if matches!(last, 'ー' | 'ｰ') && previous.is_some_and(is_japanese) {
        return Some((false, before.len()));
    }
    if is_tilde(last) || trimmed.ends_with(is_tilde) {
        return None;
    }
    if is_dash_char(last) {
        let free =
            previous.is_none_or(|c| c.is_whitespace() || c == ':' || is_open(c) || is_close(c));
        let minus = matches!(last, '-' | '−' | '－' | '‐' | '–');
        return (minus && free).then_some((true, rest.len()));
    }
    Some((false, before.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Option<Vec<String>> {
        let found = numbers(text)?;
        let values = found.iter().map(|number| number.value.to_string());
        Some(values.collect())
    }

    #[test]
    fn numbers_are_exact_and_scaled() {
        for (text, value) in [
            ("1,257", "1257"),
            ("1,234,567.05", "1234567.05"),
            ("0.1", "0.1"),
            ("007", "7"),
            ("1.5億円", "150000000"),
            ("3.5万人", "35000"),
            ("5.0", "5.0"),
            ("1億2,000万円", "120000000"),
            ("1万5千人", "15000"),
            ("1万5,000人", "15000"),
            ("10千円", "10000"),
            ("3百万円", "3000000"),
            ("2千万円", "20000000"),
            ("▲5.2%", "-5.2"),
            ("△ 3", "-3"),
            ("-5", "-5"),
            ("−5件", "-5"),
            ("マイナス5%", "-5"),
            ("サーバー3台", "3"),
            ("令和6年3月 12件", "12"),
            ("100m2", "100"),
        ] {
            assert_eq!(values(text), Some(vec![value.to_owned()]), "{text}");
        }
        assert_eq!(
            values("3件と4回"),
            Some(vec!["3".to_owned(), "4".to_owned()])
        );
        for text in ["検討", "第2期計画策定", "R6年度開館", "2024/3/31"] {
            assert_eq!(values(text), Some(Vec::new()), "{text}");
        }
    }

    #[test]
    fn doubtful_digits_are_refused() {
        for text in [
            "12,34",
            "1,2345",
            "0,123",
            "1.5.2",
            ".5",
            "2～3%",
            "2〜 3%",
            "2-3件",
            "—5件",
            "ー5件",
            "R5策定",
            "AI3件",
            "1万20000人",
            "1.5万2千人",
            "1億5億円",
            "99999999999999999999999999999999",
        ] {
            assert_eq!(values(text), None, "{text}");
        }
    }
}
