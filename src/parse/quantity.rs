//! The grammar of one quantity: `[約] [▲] 1億2,000万 円 [以上]`, exact.

use std::str::FromStr;

use rust_decimal::Decimal;

use crate::model::{Bound, Qualifier, Quantity};

/// Units are short words; anything longer is a sentence.
const LONGEST_UNIT: usize = 12;
/// Endings that make a number a change, not a value.
const CHANGES: [&str; 6] = ["増", "減", "増加", "減少", "増減", "UP"];
/// Scales after a number; the longer before the shorter.
const SCALES: [(&str, u64); 6] = [
    ("百万", 1_000_000),
    ("千万", 10_000_000),
    ("兆", 1_000_000_000_000),
    ("億", 100_000_000),
    ("万", 10_000),
    ("千", 1_000),
];

const QUALIFIERS: [(&str, Qualifier); 10] = [
    ("(累計)", Qualifier::Cumulative),
    ("(累積)", Qualifier::Cumulative),
    ("累計", Qualifier::Cumulative),
    ("累積", Qualifier::Cumulative),
    ("(延べ)", Qualifier::Total),
    ("(のべ)", Qualifier::Total),
    ("(延)", Qualifier::Total),
    ("延べ", Qualifier::Total),
    ("のべ", Qualifier::Total),
    ("延", Qualifier::Total),
];

const BOUNDS_BEFORE: [&str; 5] = ["約", "おおよそ", "およそ", "概ね", "おおむね"];

const BOUNDS_AFTER: [(&str, Bound); 10] = [
    ("以上", Bound::AtLeast),
    ("以下", Bound::AtMost),
    ("以内", Bound::AtMost),
    ("未満", Bound::LessThan),
    ("を超える", Bound::MoreThan),
    ("超える", Bound::MoreThan),
    ("超", Bound::MoreThan),
    ("程度", Bound::About),
    ("ほど", Bound::About),
    ("前後", Bound::About),
];

/// What stands around a number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dress {
    pub(super) qualifier: Option<Qualifier>,
    pub(super) bound: Option<Bound>,
}

/// Takes 累計, 延べ, 約, 以上 … off both ends of a folded text.
pub(super) fn undress(folded: &str) -> (Dress, &str) {
    let mut dress = Dress::default();
    let mut rest = folded.trim();
    loop {
        let before = rest;
        rest = take_before(rest, &mut dress);
        rest = take_after(rest, &mut dress);
        if rest == before {
            return (dress, rest);
        }
    }
}

fn take_before<'a>(rest: &'a str, dress: &mut Dress) -> &'a str {
    if dress.qualifier.is_none() {
        for (word, qualifier) in QUALIFIERS {
            if let Some(after) = rest.strip_prefix(word) {
                dress.qualifier = Some(qualifier);
                return after.trim_start_matches([':', ' ', '\n']);
            }
        }
    }
    if dress.bound.is_none() {
        for word in BOUNDS_BEFORE {
            if let Some(after) = rest.strip_prefix(word) {
                dress.bound = Some(Bound::About);
                return after.trim_start();
            }
        }
    }
    rest
}

fn take_after<'a>(rest: &'a str, dress: &mut Dress) -> &'a str {
    if dress.qualifier.is_none() {
        // A bare 延 behind a number would be a unit's own character.
        for (word, qualifier) in QUALIFIERS.into_iter().filter(|(word, _)| *word != "延") {
            if let Some(before) = rest.strip_suffix(word) {
                dress.qualifier = Some(qualifier);
                return before.trim_end();
            }
        }
    }
    if dress.bound.is_none() {
        for (word, bound) in BOUNDS_AFTER {
            let bracketed = format!("({word})");
            let before = rest
                .strip_suffix(bracketed.as_str())
                .or_else(|| rest.strip_suffix(word));
            if let Some(before) = before.filter(|before| !before.is_empty()) {
                dress.bound = Some(bound);
                return before.trim_end();
            }
        }
    }
    rest
}

/// Reads a number with its unit, the whole of a folded, undressed text.
pub(super) fn quantity(text: &str, dress: Dress, label: Option<&str>) -> Option<Quantity> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix(['▲', '-', '－']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    };
    let (value, unit) = scaled(text)?;
    let unit = unit.trim();
    let plausible = unit.chars().count() <= LONGEST_UNIT
        && !unit.contains(|c: char| c.is_ascii_digit() || c.is_whitespace())
        && !unit.contains([
            '(', ')', '。', '、', ',', '.', ':', '~', '〜', '#', '=', '①', '②',
        ])
        && !unit.starts_with(['/', '-', '~', '―', '—', '－', '+', 'ー'])
        && !CHANGES.iter().any(|change| unit.ends_with(change));
    if !plausible {
        return None;
    }
    let label = label
        .map(str::trim)
        .filter(|label| !label.is_empty())
        .map(str::to_owned);
    Some(Quantity {
        value: if negative { -value } else { value }.normalize(),
        unit: unit.to_owned(),
        qualifier: dress.qualifier,
        bound: dress.bound,
        label,
    })
}

/// Reads `1,257`, `1.5億`, `1億2,000万`; gives the value and what follows.
fn scaled(text: &str) -> Option<(Decimal, &str)> {
    let (number, mut rest) = number(text)?;
    let Some((scale, after)) = scale(rest) else {
        return Some((number, rest));
    };
    let mut total = number.checked_mul(scale)?;
    let mut last = scale;
    rest = after;
    while let Some((more, after)) = self::number(rest) {
        let (scale, after) = scale_or_one(after);
        if scale >= last {
            return None;
        }
        total = total.checked_add(more.checked_mul(scale)?)?;
        last = scale;
        rest = after;
        if scale == Decimal::ONE {
            break;
        }
    }
    Some((total, rest))
}

fn scale_or_one(text: &str) -> (Decimal, &str) {
    scale(text).unwrap_or((Decimal::ONE, text))
}

fn scale(text: &str) -> Option<(Decimal, &str)> {
    SCALES
        .iter()
        .find_map(|(word, factor)| Some((Decimal::from(*factor), text.strip_prefix(word)?)))
}

/// Reads digits with thousands' commas and a decimal point.
fn number(text: &str) -> Option<(Decimal, &str)> {
    let end = text
        .char_indices()
        .find(|(at, c)| {
            let next_is_digit = text[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
            !(c.is_ascii_digit() || (matches!(c, ',' | '.') && next_is_digit && *at > 0))
        })
        .map_or(text.len(), |(at, _)| at);
    let (digits, rest) = text.split_at(end);
    if digits.is_empty() {
        return None;
    }
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    if fraction.is_some_and(|fraction| fraction.contains(['.', ','])) || !is_grouped(whole) {
        return None;
    }
    Decimal::from_str(&digits.replace(',', ""))
        .ok()
        .map(|value| (value, rest))
}

/// Tells whether commas, if any, stand before every third digit.
fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let mut rest = groups.peekable();
    if rest.peek().is_none() {
        return true;
    }
    (1..=3).contains(&first.len()) && rest.all(|group| group.len() == 3)
}
