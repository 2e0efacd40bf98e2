//! Breakdowns: parts that a text lists for a value.

use rust_decimal::Decimal;

use super::count::{Count, counts};
use super::role::{Role, names_another_year};
use super::sentence::{Sentence, sentences};
use super::table::grouped;
use crate::model::FiscalYear;

/// Parts that a text lists.
#[derive(Debug, PartialEq)]
pub(in crate::check) struct Breakdown {
    /// The value that the text itself breaks down: 12件の内訳.
    pub(in crate::check) whole: Option<(Decimal, String)>,
    /// The sums of the first two parts, the first three …: where one is the value, another breakdown
    /// follows. The last is the sum of all.
    pub(in crate::check) sums: Vec<Decimal>,
    /// The sum of all as it is written: `7件`.
    pub(in crate::check) total: String,
    /// The parts and their sum: `3件＋4件＝7件`.
    pub(in crate::check) told: String,
    /// Whether the text says that it is a breakdown.
    pub(in crate::check) said: bool,
}

const WORD: &str = "内訳";
/// Words that say that the parts are not all, or count something twice.
const OPEN: [&str; 12] = [
    "重複", "主な", "抜粋", "一部", "など", "ほか", "うち", "以上", "含む", "目標", "予定", "対象",
];

/// Reads a breakdown into counts of a unit; `None` unless the text plainly is one.
///
/// It says so, or it is a list of names with one count each and nothing else.
pub(in crate::check) fn breakdown(text: &str, unit: &str, year: FiscalYear) -> Option<Breakdown> {
    if OPEN.iter().any(|word| text.contains(word)) || names_another_year(text, year) {
        return None;
    }
    let sentences = sentences(text);
    let all = counts(&sentences, unit, year);
    let said = sentences.iter().position(|one| one.text.contains(WORD));
    let (whole, parts) = match said {
        Some(at) => announced(&sentences, at, &all)?,
        None => (None, listed(&sentences, &all)?),
    };
    let plain = |count: &&Count| matches!(count.role, Role::Done);
    if parts.len() < 2 || !parts.iter().all(plain) {
        return None;
    }
    let sums = parts.iter().scan(Decimal::ZERO, |sum, count| {
        *sum += count.value;
        Some(*sum)
    });
    let sums: Vec<Decimal> = sums.skip(1).collect();
    let total = format!("{}{unit}", grouped(*sums.last()?));
    let texts: Vec<&str> = parts.iter().map(|count| count.text(&sentences)).collect();
    Some(Breakdown {
        whole: whole.map(|count| (count.value, count.text(&sentences).to_owned())),
        sums,
        told: format!("{}＝{total}", texts.join("＋")),
        total,
        said: said.is_some(),
    })
}

/// The counts behind the word, to the end of its bracket, its sentence or the list it leads.
fn announced<'a>(
    sentences: &[Sentence],
    at: usize,
    all: &'a [Count],
) -> Option<(Option<&'a Count>, Vec<&'a Count>)> {
    let text = &sentences.get(at)?.text;
    let word = text.find(WORD)?;
    let own = |count: &&Count| count.sentence == at;
    let before = |count: &&Count| own(count) && count.range.end <= word;
    let gap = |count: &Count| text.get(count.range.end..word).unwrap_or("").trim();
    let whole = all.iter().rev().find(before);
    let whole = whole.filter(|count| ["の", "(", "の(", ""].contains(&gap(count)));
    let base = depth(text, word);
    let closes = text[word..]
        .find(')')
        .map(|end| word + end)
        .filter(|_| base > 0);
    let inside = |count: &&Count| {
        let within = closes.is_none_or(|end| count.range.end <= end);
        own(count) && count.range.start > word && within && depth(text, count.range.start) <= base
    };
    let mut parts: Vec<&Count> = all.iter().filter(inside).collect();
    if parts.is_empty() {
        let later = |count: &&Count| {
            let follows = |to: usize| (at + 1..to).all(|between| is_item(sentences, between, at));
            let behind = own(count) && count.range.start > word;
            behind || count.sentence > at && follows(count.sentence + 1)
        };
        parts = all.iter().filter(later).collect();
        parts.retain(|count| {
            let text = sentences
                .get(count.sentence)
                .map_or("", |one| one.text.as_str());
            depth(text, count.range.start) == 0
        });
    }
    Some((whole, parts))
}

/// Tells whether a sentence is an item of the list that another leads, or a line below it.
fn is_item(sentences: &[Sentence], one: usize, lead: usize) -> bool {
    sentences.get(one).is_some_and(|one| one.lead == Some(lead))
}

/// The counts of a text that is nothing but names with a count each.
fn listed<'a>(sentences: &[Sentence], all: &'a [Count]) -> Option<Vec<&'a Count>> {
    let mut parts = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        let mut start = 0;
        for entry in sentence.text.split(['、', '\n']) {
            let end = start + entry.len();
            let inside =
                |count: &&Count| count.sentence == at && (start..end).contains(&count.range.start);
            let mut own = all.iter().filter(inside);
            let (count, None) = (own.next()?, own.next()) else {
                return None;
            };
            let name = sentence
                .text
                .get(start..count.range.start)?
                .trim_end_matches([' ', ':', '→', '…']);
            let plain =
                !name.is_empty() && !name.contains(['を', 'は', 'が', 'で', ')', '→', '。', ':']);
            let ends = sentence.text.get(count.range.end..end)?.trim().is_empty();
            if !plain || !ends || name.chars().any(|c| c.is_ascii_digit()) {
                return None;
            }
            parts.push(count);
            start = end
                + sentence.text[end..]
                    .chars()
                    .next()
                    .map_or(0, char::len_utf8);
        }
    }
    Some(parts)
}

fn depth(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or("");
    before
        .matches('(')
        .count()
        .saturating_sub(before.matches(')').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Option<Decimal>, Decimal)> {
        let found = breakdown(text, "件", FiscalYear(2023))?;
        Some((found.whole.map(|(value, _)| value), *found.sums.last()?))
    }

    #[test]
    fn breakdowns_are_read() {
        let some =
            |whole: Option<u32>, sum: u32| Some((whole.map(Decimal::from), Decimal::from(sum)));
        for (text, expected) in [
            ("内訳：窓口5件、郵送４件", some(None, 9)),
            ("（内訳）窓口 5件、郵送 4件", some(None, 9)),
            (
                "12件（内訳：窓口5件、郵送6件）、電話3件",
                some(Some(12), 11),
            ),
            (
                "(12件の内訳)\n・観光 3件\n・農業 4件\n■他\n・税 9件",
                some(Some(12), 7),
            ),
            (
                "内訳：市内10件（窓口6件、郵送4件）、市外2件",
                some(None, 12),
            ),
            ("R5年度の内訳\n・文書：3件\n・会議：2件", some(None, 5)),
            ("総務部：8件、産業部：6件", some(None, 14)),
            ("総務部 1,008件、産業部 6件", some(None, 1014)),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        for text in [
            "内訳：窓口5件",
            "内訳：窓口5件、郵送約4件",
            "内訳：窓口5件、郵送4件（重複あり）",
            "R4年度の内訳：窓口5件、郵送4件",
            "うち窓口5件、郵送4件",
            "窓口で5件、郵送で4件を受けた",
            "R5年度 証明手数料→1件 送料→1件",
            "対象：総務部8件、産業部6件",
            "総務部：8件、産業部",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
