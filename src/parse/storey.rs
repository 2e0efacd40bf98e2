//! A year's actual and target: which of the two a text says, and both of them in one text.

use crate::model::{Measure, Storeys};

use super::glyph::{is_open, leading_bracket, trailing_bracket};
use super::measure;

/// The two values of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Storey {
    /// 実績値
    Actual,
    /// 目標値
    Target,
}

/// The storeys' words, longest first.
const WORDS: [(&str, Storey); 4] = [
    ("実績値", Storey::Actual),
    ("実績", Storey::Actual),
    ("目標値", Storey::Target),
    ("目標", Storey::Target),
];
/// A longer text is no two values.
const LONGEST: usize = 400;
/// What parts a storey's word from its value, and one value from the next.
const SEPARATORS: [char; 16] = [
    ':', '：', '=', '＝', '/', '／', '、', '，', ',', '・', '･', ';', '；', '→', '|', '｜',
];

/// Reads a value that may begin with the word of its storey; a figure that begins with the other
/// one's word is no value of this.
pub(super) fn own(text: &str, storey: Storey) -> Option<Measure> {
    let Some((of, rest)) = worded(text) else {
        return measure(text);
    };
    match measure(rest) {
        Some(Measure::Quantity(_) | Measure::Compound(_)) if of != storey => None,
        Some(read @ (Measure::Quantity(_) | Measure::Compound(_))) => Some(read),
        // 目標 達成 is a stage.
        Some(Measure::AsNeeded | Measure::Milestone(_) | Measure::Nothing(_)) | None => {
            measure(text)
        }
    }
}

/// Reads the actual and the target out of one text, the actual first: by the storeys' words, else
/// line by line in the order in which the storeys stand.
///
/// Each comes with its part of the text, without its storey's word.
pub(super) fn both(text: &str, order: Storeys) -> Option<[(Measure, String); 2]> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    if let Some(both) = by_words(text) {
        return Some(both);
    }
    if worded(text).is_some() {
        return None;
    }
    let [upper, lower] = cut_in_two(text)?;
    match order {
        Storeys::TargetAbove => Some([lower, upper]),
        Storeys::ActualAbove | Storeys::One => Some([upper, lower]),
    }
}

/// Takes the word of a storey off the front of a value: `実績：145件`, `【目標値】85件`, `実績 145件`.
fn worded(text: &str) -> Option<(Storey, &str)> {
    let text = text.trim();
    if let Some((inner, rest)) = leading_bracket(text)
        && let Some((_, storey)) = WORDS.iter().find(|(word, _)| *word == inner.trim())
    {
        return Some((*storey, value_behind(rest)));
    }
    let (rest, storey) = WORDS
        .iter()
        .find_map(|(word, storey)| Some((text.strip_prefix(word)?, *storey)))?;
    let next = rest.chars().next()?;
    let parted = next.is_whitespace()
        || next.is_numeric()
        || SEPARATORS.contains(&next)
        || is_open(next)
        || rest.starts_with("累計");
    parted.then(|| (storey, value_behind(rest)))
}

fn value_behind(rest: &str) -> &str {
    let separator = |c: char| c.is_whitespace() || SEPARATORS.contains(&c);
    rest.trim_start_matches(separator).trim_end()
}

fn by_words(text: &str) -> Option<[(Measure, String); 2]> {
    let text = text.trim();
    if let Some((head, inner)) = trailing_bracket(text)
        && let Some((storey, rest)) = worded(inner)
    {
        let head = match worded(head) {
            Some((of, _)) if of == storey => return None,
            Some((_, rest)) => rest,
            None => head.trim(),
        };
        return in_order(storey, rest, head);
    }
    let (storey, _) = worded(text)?;
    let words = |of: Storey| WORDS.iter().filter(move |(_, storey)| *storey == of);
    let other = if storey == Storey::Actual {
        Storey::Target
    } else {
        Storey::Actual
    };
    let at = words(other).find_map(|(word, _)| text.find(word))?;
    // The bracket around the second word belongs to it.
    let at = text[..at].trim_end().len();
    let at = match text[..at].chars().next_back() {
        Some(c) if is_open(c) => at - c.len_utf8(),
        Some(_) | None => at,
    };
    let separator = |c: char| c.is_whitespace() || SEPARATORS.contains(&c);
    let (first, second) = (text[..at].trim_end_matches(separator), &text[at..]);
    let (first_of, first) = worded(first)?;
    let (second_of, second) = worded(second)?;
    if first_of == second_of {
        return None;
    }
    in_order(first_of, first, second)
}

fn in_order(storey: Storey, text: &str, other: &str) -> Option<[(Measure, String); 2]> {
    let read = |text: &str| {
        let plain = worded(text).is_none();
        plain.then(|| Some((measure(text)?, text.to_owned())))?
    };
    let (value, other) = (read(text)?, read(other)?);
    Some(match storey {
        Storey::Actual => [value, other],
        Storey::Target => [other, value],
    })
}

/// Cuts lines into two values: in the middle if both halves can be read, else at the only place
/// where both sides can.
fn cut_in_two(text: &str) -> Option<[(Measure, String); 2]> {
    let lines: Vec<&str> = text.lines().collect();
    let cut = |at: usize| {
        let read = |lines: &[&str]| {
            let text = lines.join("\n");
            measure(&text).map(|value| (value, text))
        };
        Some([read(&lines[..at])?, read(&lines[at..])?])
    };
    let middle = lines.len() / 2;
    if lines.len().is_multiple_of(2)
        && let Some(halves) = cut(middle)
    {
        return Some(halves);
    }
    let mut cuts = (1..lines.len()).filter_map(cut);
    let only = cuts.next();
    only.filter(|_| cuts.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, order: Storeys) -> Option<[String; 2]> {
        both(text, order).map(|both| both.map(|(_, raw)| raw))
    }

    #[test]
    fn both_values_are_told_by_their_words() {
        for text in [
            "実績：145件\n目標：85件",
            "目標：85件\n実績：145件",
            "目標値 85件　実績値 145件",
            "実績145件／目標85件",
            "【実績値】145件【目標値】85件",
            "（実績）145件\n（目標）85件",
            "145件（目標85件）",
            "145件\n（目標値：85件）",
            "実績145件（目標 85件）",
            "85件（実績：145件）",
        ] {
            let expected = Some(["145件".to_owned(), "85件".to_owned()]);
            assert_eq!(shown(text, Storeys::ActualAbove), expected, "{text}");
            assert_eq!(shown(text, Storeys::TargetAbove), expected, "{text}");
        }
        assert_eq!(
            shown(
                "実績\n(累計)\n145件\n目標\n(累計)\n85件",
                Storeys::ActualAbove
            ),
            Some(["(累計)\n145件".to_owned(), "(累計)\n85件".to_owned()])
        );
    }

    #[test]
    fn without_words_the_order_of_the_storeys_counts() {
        let expected = |one: &str, other: &str| Some([one.to_owned(), other.to_owned()]);
        let text = "145件\n85件";
        assert_eq!(shown(text, Storeys::ActualAbove), expected("145件", "85件"));
        assert_eq!(shown(text, Storeys::TargetAbove), expected("85件", "145件"));
    }

    #[test]
    fn what_leaves_a_doubt_is_not_cut() {
        for text in [
            "145件",
            "145件 85件",
            "145件(85件)",
            "実績：145件",
            "実績：145件\n実績：85件",
            "目標達成",
            "実績145件（達成率170%）",
            "",
        ] {
            assert_eq!(shown(text, Storeys::ActualAbove), None, "{text}");
        }
    }

    #[test]
    fn a_value_may_begin_with_its_own_word_only() {
        for text in ["実績：145件", "【実績値】145件", "実績 145件", "実績145件"] {
            assert_eq!(own(text, Storey::Actual), measure("145件"), "{text}");
            assert_eq!(own(text, Storey::Target), None, "{text}");
        }
        for text in ["目標達成", "目標 達成", "実績なし", "目標なし", "実績："] {
            assert_eq!(own(text, Storey::Actual), measure(text), "{text}");
        }
    }
}
