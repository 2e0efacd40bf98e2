//! Footnote marks in a text: (※1), ※１, (※1、2); a bare ※ is a remark and none.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::text::AnyWidthDigit;
use crate::model::{Footnote, ItemSheet};

/// What follows a number that counts something: ※3月末現在, ※1人1回まで are remarks.
const COUNTERS: &str =
    "件人回年月日時分秒円%％割か箇ヶカ名社校期歳個点台億万千百つ番号級種次度枚冊";
/// What stands between the numbers of one mark.
const SEPARATORS: &str = "、,，・･及び〜～~-－";

/// A footnote mark in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// A word is marked with the number.
    Used(u32),
    /// A line begins with the mark and goes on: the text explains it itself.
    Explained(u32),
    /// A number that may be a mark's, or count something.
    Perhaps(u32),
}

impl Mark {
    /// The number, whatever it is for.
    pub(super) fn number(self) -> u32 {
        match self {
            Self::Used(number) | Self::Explained(number) | Self::Perhaps(number) => number,
        }
    }
}

/// The marks in a text, each once.
pub(super) fn marks(text: &str) -> BTreeSet<Mark> {
    let marked = text.lines().filter(|line| line.contains('※'));
    marked.flat_map(of_line).collect()
}

/// The footnotes of a sheet by their numbers.
pub(super) fn by_number(sheet: &ItemSheet) -> BTreeMap<u32, Vec<&Footnote>> {
    let mut notes: BTreeMap<u32, Vec<&Footnote>> = BTreeMap::new();
    for note in &sheet.footnotes {
        if let Some(number) = number(&note.mark) {
            notes.entry(number).or_default().push(note);
        }
    }
    notes
}

/// The number of a footnote's own mark, `※1`; a year is none.
fn number(mark: &str) -> Option<u32> {
    let number = mark.strip_prefix('※')?.parse().ok()?;
    (1..100).contains(&number).then_some(number)
}

/// Tells whether a footnote goes on as if its number counted something: ※3月末現在.
pub(super) fn is_remark(note: &Footnote) -> bool {
    note.term.is_none() && note.text.starts_with(|c| COUNTERS.contains(c))
}

fn of_line(line: &str) -> Vec<Mark> {
    let chars: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    let mut marks = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if chars[at] == '※' {
            at = mark(&chars, at, &mut marks);
        } else {
            at += 1;
        }
    }
    marks
}

/// Reads the mark at a `※` and gives where the text goes on.
fn mark(chars: &[char], at: usize, marks: &mut Vec<Mark>) -> usize {
    let (first, mut end) = digits(chars, at + 1);
    let Some(first) = first else {
        return at + 1;
    };
    if is_figure(chars, end) {
        return end;
    }
    let opened = at > 0 && matches!(chars[at - 1], '(' | '（' | '[' | '［');
    let closes = |at: usize| chars.get(at).is_some_and(|c| ")）]］".contains(*c));
    let mut more = Vec::new();
    while let (Some(next), next_end) = listed(chars, end) {
        more.push(next);
        end = next_end;
    }
    let in_brackets = opened && closes(end);
    let begins = at == usize::from(opened);
    let behind = end + usize::from(in_brackets);
    let follows = chars.get(behind);
    marks.push(if begins && follows.is_some_and(|c| !"。、".contains(*c)) {
        Mark::Explained(first)
    } else if !in_brackets && follows.is_some_and(|c| COUNTERS.contains(*c)) {
        Mark::Perhaps(first)
    } else {
        Mark::Used(first)
    });
    let listed = if in_brackets {
        Mark::Used
    } else {
        Mark::Perhaps
    };
    marks.extend(more.into_iter().map(listed));
    end
}

/// Tells whether a number goes on where it seems to end: 1,000 and 0.5 are figures.
fn is_figure(chars: &[char], end: usize) -> bool {
    let behind = chars.iter().skip(end + 1);
    let digits = behind.take_while(|c| c.nfkc_digit().is_some()).count();
    match chars.get(end) {
        Some(',' | '，') => digits >= 3,
        Some('.' | '．') => digits > 0,
        Some(_) | None => false,
    }
}

/// A number from 1 to 99, and where it ends.
fn digits(chars: &[char], at: usize) -> (Option<u32>, usize) {
    let digits = chars[at..].iter().map_while(|c| c.nfkc_digit());
    let digits: Vec<u32> = digits.take(3).collect();
    let number = digits.iter().fold(0, |number, digit| number * 10 + digit);
    let known = !digits.is_empty() && (1..100).contains(&number);
    (known.then_some(number), at + digits.len())
}

/// A further number of the same mark: `、2`, `,※3`.
fn listed(chars: &[char], at: usize) -> (Option<u32>, usize) {
    let separators = chars[at..].iter().take_while(|c| SEPARATORS.contains(**c));
    let separators = separators.count();
    if separators == 0 || separators > 2 {
        return (None, at);
    }
    match digits(chars, at + separators) {
        (Some(number), end) => (Some(number), end),
        (None, _) => (None, at),
    }
}

#[cfg(test)]
mod tests {
    use super::Mark::{Explained, Perhaps, Used};
    use super::*;

    #[test]
    fn marks_in_every_spelling() {
        let cases: [(&str, &[Mark]); 18] = [
            ("RPA(※1)の活用", &[Used(1)]),
            ("RPA（※１）の活用", &[Used(1)]),
            ("RPA※1の活用", &[Used(1)]),
            ("RPA※ 1の活用", &[Used(1)]),
            ("AI(※1、2)の活用", &[Used(1), Used(2)]),
            ("AI(※1、※2)の活用", &[Used(1), Used(2)]),
            ("AI※1、※12の活用", &[Used(1), Used(12)]),
            ("AI※2,3の活用", &[Used(2), Perhaps(3)]),
            ("申請※1件を処理", &[Perhaps(1)]),
            ("※3月末現在", &[Explained(3)]),
            ("※なお、対象は市内とする。", &[]),
            ("※2023年4月1日現在", &[]),
            ("延長※1,000mを換算", &[]),
            ("換算※1.5倍", &[]),
            ("※1 RPA…自動化", &[Explained(1)]),
            ("(※1)RPA：自動化", &[Explained(1)]),
            ("拡充しました。\n※2 対象は市内", &[Explained(2)]),
            ("※1", &[Used(1)]),
        ];
        for (text, expected) in cases {
            let found: Vec<Mark> = marks(text).into_iter().collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_footnotes_number_is_no_year() {
        assert_eq!(number("※1"), Some(1));
        for mark in ["※", "", "※2023", "※0"] {
            assert_eq!(number(mark), None, "{mark}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "([※0-9０-９、・～()（） \n件]|及び){0,20}") {
            proptest::prop_assert!(marks(&text).len() <= text.chars().count());
        }
    }
}
