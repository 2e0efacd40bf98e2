//! Sentences, lines and list items of a cell's text.

use crate::model::ItemSheet;
use crate::model::text::strip_marks;

/// A sentence, or an item of a list, folded for reading: half-width, without footnote marks.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::check) struct Sentence {
    /// Its words, without the full stop.
    pub(in crate::check) text: String,
    /// The sentence that leads the list it is an item of.
    pub(in crate::check) lead: Option<usize>,
}

/// Marks that begin an item of a list.
const ITEM_MARKS: [char; 12] = ['・', '･', '•', '●', '○', '◎', '◇', '◆', '-', '*', '→', '⇒'];
/// Marks that begin a heading, which leads the items below it.
const HEADING_MARKS: [char; 7] = ['■', '□', '▼', '【', '《', '<', '〔'];

/// Cuts a text into sentences; a line that goes on in the next is one with it.
pub(in crate::check) fn sentences(text: &str) -> Vec<Sentence> {
    let folded: String = strip_marks(text).chars().map(narrow).collect();
    let mut found: Vec<Sentence> = Vec::new();
    let mut goes_on = false;
    for line in folded
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let (item, line) = without_mark(line);
        let heading = line.starts_with(HEADING_MARKS);
        let lead = item.then(|| found.iter().rposition(|one| one.lead.is_none()));
        let mut continues = goes_on && !item && !heading;
        for text in line.split_inclusive('。') {
            let ended = text.ends_with('。');
            let text = text.trim_end_matches('。').trim();
            if text.is_empty() {
                continue;
            }
            match found.last_mut().filter(|_| continues) {
                Some(before) => {
                    before.text.push('\n');
                    before.text.push_str(text);
                }
                None => found.push(Sentence {
                    text: text.to_owned(),
                    lead: lead.flatten(),
                }),
            }
            continues = false;
            goes_on = !ended && !item && !heading;
        }
    }
    found
}

/// The sentences of the results of both halves, a row of the 実施状況 each.
pub(in crate::check) fn results(sheet: &ItemSheet) -> Vec<[Vec<Sentence>; 2]> {
    let rows = sheet.status.iter();
    rows.map(|row| [&row.first_half, &row.second_half].map(|text| sentences(text.text())))
        .collect()
}

/// A full-width character as its half-width twin; one character for one.
fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        '〜' | '∼' => '~',
        '−' => '-',
        c => c,
    }
}

/// Takes the mark of a list item off a line: `・`, `①`, `(1)`.
fn without_mark(line: &str) -> (bool, &str) {
    let circled = |c: char| ('①'..='⑳').contains(&c);
    if let Some(rest) = line.strip_prefix(|c| ITEM_MARKS.contains(&c) || circled(c)) {
        return (true, rest.trim_start());
    }
    let numbered = line.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    match numbered {
        Some((number, rest)) if number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit()) => {
            (true, rest.trim_start())
        }
        Some(_) | None => (false, line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_full_stops_and_items_follow_their_lead() {
        for (text, expected) in [
            (
                "３件を行った。５件を予定。",
                &["3件を行った", "5件を予定"][..],
            ),
            ("講座を\n５回行いました。", &["講座を\n5回行いました"]),
            (
                "講座(※1)を開きました。\n2回です。",
                &["講座を開きました", "2回です"],
            ),
            ("", &[]),
            ("。\n。", &[]),
        ] {
            let found = sentences(text);
            let texts: Vec<&str> = found.iter().map(|one| one.text.as_str()).collect();
            assert_eq!(texts, expected, "{text}");
        }
        let list = sentences("次を始めた。\n・申請 6件\n① 申込 2件\n(3) 届出 1件\n■対象\n・税");
        let leads: Vec<Option<usize>> = list.iter().map(|one| one.lead).collect();
        assert_eq!(leads, [None, Some(0), Some(0), Some(0), None, Some(4)]);
        assert_eq!(list[2].text, "申込 2件");
    }
}
