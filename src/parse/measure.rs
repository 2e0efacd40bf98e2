//! The grammar of measures: what a KPI cell can say.
//!
//! Reading never guesses a number: a text that is not understood whole is unreadable.

use crate::model::text::{fold, is_dash};
use crate::model::{FiscalYear, Measure, Milestone, Part, Quantity};

use super::fold::{circle, circled, fold_width, unbracket};
use super::quantity::{Dress, quantity, undress};

/// A stage is a few words; anything longer is a sentence.
const LONGEST_MILESTONE: usize = 30;
/// Words before a number: a label, not a sentence.
const LONGEST_LABEL: usize = 24;
/// Explicit "none", beside the dashes.
const NOTHING: [&str; 8] = [
    "なし",
    "無し",
    "無",
    "該当なし",
    "該当無し",
    "該当無",
    "特になし",
    "非該当",
];
/// 随時
const AS_NEEDED: &str = "随時";

/// Reads a KPI cell; `None` if the text is blank or cannot be read whole.
///
/// ```
/// # use torimatome::parse::measure;
/// let read = measure("（累計）\n１４５件").unwrap();
/// assert_eq!(read.quantity().unwrap().value.to_string(), "145");
/// assert!(measure("2～3%").is_none());
/// ```
pub fn measure(text: &str) -> Option<Measure> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if is_dash(text) {
        return Some(Measure::Nothing);
    }
    let folded = numbered(&fold_width(text));
    let (dress, rest) = undress(&folded);
    if rest.starts_with(|c| circled(c).is_some()) {
        return compound(rest, dress);
    }
    if folded.contains(|c| circled(c).is_some()) {
        return None;
    }
    simple(&folded, text)
}

/// Makes `(1)3校 (2)4回` and `1)3校 2)4回` into `①3校 ②4回`.
fn numbered(folded: &str) -> String {
    let mut made = String::with_capacity(folded.len());
    let mut rest = folded;
    let mut at_start = true;
    let mut expected = 1;
    while !rest.is_empty() {
        if at_start
            && let Some((number, after)) = number_mark(rest)
            && number == expected
            && let Some(mark) = circle(number)
            && (number > 1 || folded.contains(&format!("{})", number + 1)))
        {
            made.push(mark);
            rest = after;
            expected += 1;
            at_start = false;
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        at_start = c.is_whitespace() || matches!(c, '、' | ',' | '/' | '・' | ';');
        made.push(c);
        rest = &rest[c.len_utf8()..];
    }
    made
}

fn number_mark(text: &str) -> Option<(u32, &str)> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let end = inner.find(')')?;
    let number = inner[..end].parse().ok()?;
    (end <= 2).then_some((number, &inner[end + 1..]))
}

fn compound(text: &str, dress: Dress) -> Option<Measure> {
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = text;
    while let Some(mark) = rest.chars().next() {
        circled(mark)?;
        rest = &rest[mark.len_utf8()..];
        let end = rest.find(|c| circled(c).is_some()).unwrap_or(rest.len());
        let words = rest[..end].trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '、' | ',' | '/' | '・' | ';' | ':')
        });
        let measure = if words.is_empty() {
            None
        } else {
            Some(part(words, dress)?)
        };
        parts.push(Part {
            mark: mark.to_string(),
            measure,
        });
        rest = &rest[end..];
    }
    Some(Measure::Compound(parts))
}

/// A part's words before its number are a label, with a space or without.
fn part(words: &str, outer: Dress) -> Option<Measure> {
    if is_dash(words) {
        return Some(Measure::Nothing);
    }
    match simple(words, words)? {
        Measure::Milestone(Milestone {
            text,
            quantity: Some(quantity),
        }) => Some(Measure::Quantity(Quantity {
            label: Some(text),
            ..quantity
        })),
        Measure::Quantity(quantity) => Some(Measure::Quantity(Quantity {
            qualifier: quantity.qualifier.or(outer.qualifier),
            bound: quantity.bound.or(outer.bound),
            ..quantity
        })),
        read @ (Measure::Milestone(_)
        | Measure::Compound(_)
        | Measure::AsNeeded
        | Measure::Nothing) => Some(read),
    }
}

/// Reads a text without parts; `typed` is the same text as it was typed.
fn simple(folded: &str, typed: &str) -> Option<Measure> {
    let plain = unbracket(folded);
    let word = fold(plain);
    if word == AS_NEEDED {
        return Some(Measure::AsNeeded);
    }
    if NOTHING.contains(&word.as_str()) {
        return Some(Measure::Nothing);
    }
    let (dress, rest) = undress(plain);
    if let Some(quantity) = quantity(rest, dress, None) {
        return Some(Measure::Quantity(quantity));
    }
    if !rest.contains(|c: char| c.is_ascii_digit()) {
        return if is_dressed(dress) {
            None
        } else {
            milestone(typed)
        };
    }
    labelled(rest, dress).or_else(|| {
        let undated = without_dates(&word);
        if undated.contains(|c: char| c.is_ascii_digit()) {
            None
        } else {
            milestone(typed)
        }
    })
}

/// 累計 or 以上 without a number is an unfinished quantity, not a stage.
fn is_dressed(dress: Dress) -> bool {
    dress.qualifier.is_some() || dress.bound.is_some()
}

fn milestone(typed: &str) -> Option<Measure> {
    let text = typed.trim();
    let sane = text.chars().count() <= LONGEST_MILESTONE
        && !text.contains(['。', '#', '?', '？'])
        && text.chars().any(char::is_alphabetic);
    sane.then(|| {
        Measure::Milestone(Milestone {
            text: text.to_owned(),
            quantity: None,
        })
    })
}

/// Reads words and then a quantity: `利用率12%` is labelled, `選定 6件` is a stage with a quantity.
fn labelled(text: &str, dress: Dress) -> Option<Measure> {
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let start = match text[..first].char_indices().next_back() {
        Some((at, '▲' | '-')) => at,
        Some(_) | None => first,
    };
    let (words, number) = text.split_at(start);
    let word = words.trim().trim_end_matches(':').trim();
    let is_date = ["第", "R", "H", "S", "令和", "平成", "昭和"]
        .iter()
        .any(|end| word.ends_with(end));
    if is_date
        || word.is_empty()
        || word.chars().count() > LONGEST_LABEL
        || word.contains(['。', '~', '〜', '/'])
    {
        return None;
    }
    // 累計 may stand between the words and the number.
    let (inner, number) = undress(number);
    let (outer, word) = undress(word);
    let dress = Dress {
        qualifier: dress.qualifier.or(inner.qualifier).or(outer.qualifier),
        bound: dress.bound.or(inner.bound).or(outer.bound),
    };
    let is_stage = words.ends_with(char::is_whitespace)
        && dress.qualifier.is_none()
        && !words.trim_end().ends_with(':');
    if is_stage {
        let quantity = quantity(number, dress, None)?;
        let text = word.to_owned();
        return Some(Measure::Milestone(Milestone {
            text,
            quantity: Some(quantity),
        }));
    }
    quantity(number, dress, Some(word)).map(Measure::Quantity)
}

/// Takes dates and ordinals out of a folded text: `令和6年3月策定` → `策定`, `第2期計画` → `期計画`.
fn without_dates(folded: &str) -> String {
    let mut kept = String::with_capacity(folded.len());
    let mut rest = folded;
    while let Some(c) = rest.chars().next() {
        let after = date(rest).or_else(|| ordinal(rest)).or_else(|| month(rest));
        match after {
            Some(after) if after.len() < rest.len() => rest = after,
            Some(_) | None => {
                kept.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    kept
}

fn date(text: &str) -> Option<&str> {
    let (_, mut rest) = FiscalYear::prefix(text)?;
    let year_said = text[..text.len() - rest.len()].ends_with("年度");
    if let Some(after) = rest.strip_prefix('年') {
        rest = after;
    } else if let Some((_, after)) = rest.strip_prefix('.').and_then(digits) {
        rest = after
            .strip_prefix('.')
            .and_then(digits)
            .map_or(after, |(_, after)| after);
        return Some(rest);
    } else if !year_said {
        return None;
    }
    Some(month(rest).unwrap_or(rest))
}

fn month(text: &str) -> Option<&str> {
    let (number, rest) = digits(text)?;
    let rest = rest.strip_prefix('月').filter(|_| number <= 12)?;
    let day = digits(rest).and_then(|(_, rest)| rest.strip_prefix('日'));
    Some(day.unwrap_or(rest))
}

fn ordinal(text: &str) -> Option<&str> {
    digits(text.strip_prefix('第')?).map(|(_, rest)| rest)
}

pub(super) fn digits(text: &str) -> Option<(u32, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text[..end]
        .parse()
        .ok()
        .map(|number| (number, &text[end..]))
}

#[cfg(test)]
mod tests;
