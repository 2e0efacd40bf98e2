//! Counts in prose: numbers before a wanted unit, each with its role.

use std::ops::Range;

use rust_decimal::Decimal;

use super::role::{Role, role};
use super::sentence::Sentence;
use crate::model::{FiscalYear, Quantity};

/// A number with the wanted unit.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::check) struct Count {
    /// The number, scaled.
    pub(in crate::check) value: Decimal,
    /// What the words around it make of it.
    pub(in crate::check) role: Role,
    /// Its sentence.
    pub(in crate::check) sentence: usize,
    /// The bytes of number and unit in the sentence.
    pub(in crate::check) range: Range<usize>,
}

impl Count {
    /// Number and unit as they were typed: `134時間`.
    pub(in crate::check) fn text<'a>(&self, sentences: &'a [Sentence]) -> &'a str {
        let sentence = sentences.get(self.sentence);
        sentence
            .and_then(|one| one.text.get(self.range.clone()))
            .unwrap_or("")
    }
}

/// Scales between a number and its unit, longest first.
const SCALES: [(&str, u32); 6] = [
    ("百万", 1_000_000),
    ("千万", 10_000_000),
    ("億", 100_000_000),
    ("万", 10_000),
    ("千", 1_000),
    ("百", 100),
];
/// Digits in words; a count that is spelled out is seen, but not reckoned with.
const NUMERALS: [char; 13] = [
    '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '数',
];
/// A text with more counts is no prose; nothing in it is understood.
pub(super) const MOST: usize = 200;
/// A number is at most so many characters, and a value no larger: sums and shares stay exact.
const LONGEST: usize = 16;
const LARGEST: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);
/// A unit is at most so many characters.
const LONGEST_UNIT: usize = 8;
/// Characters that make another word of the unit before them: 3回線 is no 3回.
const WORDS: [(&str, &str); 24] = [
    ("人", "口工事材権件体組称"),
    ("名", "簿称義所"),
    ("件", "名費"),
    ("回", "線答帰収復"),
    ("校", "区舎庭長歌"),
    ("社", "会員協内長"),
    ("台", "帳風"),
    ("日", "間付程本常曜"),
    ("月", "間末曜額"),
    ("年", "度間末齢代生前後計"),
    ("時間", "帯外"),
    ("本", "庁部会市人文年校"),
    ("町", "内長民村"),
    ("区", "画域長民"),
    ("館", "内長"),
    ("園", "児内長"),
    ("戸", "籍別建"),
    ("組", "織合"),
    ("点", "検在字"),
    ("部", "署会長門局分"),
    ("課", "長題税内"),
    ("個", "人別室所"),
    ("分", "野類析科団担の"),
    ("線", "路"),
];

/// The unit by which a KPI's value is named in prose: 時間/年 is spoken of in 時間. `None` where it
/// has none, is a rate of something else or looks like a date, and where the value is absurd.
pub(in crate::check) fn spoken_unit(quantity: &Quantity) -> Option<String> {
    let key = quantity.unit_key();
    let per_year = ["/年", "/年度", "/年間"].iter();
    let unit = per_year.fold(key.as_str(), |unit, per| {
        unit.strip_suffix(per).unwrap_or(unit)
    });
    let spoken =
        !unit.is_empty() && !unit.contains('/') && !["年", "月", "日", "時"].contains(&unit);
    spoken.then(|| unit.to_owned())
}

/// Tells whether a value is no larger than a count can be.
pub(super) fn is_countable(quantity: &Quantity) -> bool {
    quantity.value.abs() <= LARGEST
}

/// Tells whether counts of a unit add up; shares, points and ranks do not.
pub(super) fn adds_up(unit: &str) -> bool {
    ![
        "%",
        "‰",
        "ポイント",
        "%ポイント",
        "点",
        "位",
        "度",
        "℃",
        "歳",
        "倍",
    ]
    .contains(&unit)
}

/// Finds the counts of a unit ([`Quantity::unit_key`]) in sentences written about a year.
pub(in crate::check) fn counts(sentences: &[Sentence], unit: &str, year: FiscalYear) -> Vec<Count> {
    let mut found = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        in_sentence(&sentence.text, at, unit, year, &mut found);
        if found.len() > MOST {
            break;
        }
    }
    if found.len() > MOST {
        found.truncate(MOST);
        found
            .iter_mut()
            .for_each(|count| count.role = Role::Unclear);
    }
    found
}

fn in_sentence(text: &str, sentence: usize, unit: &str, year: FiscalYear, found: &mut Vec<Count>) {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next().filter(|_| found.len() <= MOST) {
        let (value, mut end) = match number(&text[at..]) {
            Some((value, length)) => (value, at + length),
            None if NUMERALS.contains(&c) && !text[..at].ends_with(is_kanji) => {
                (None, at + c.len_utf8())
            }
            None => {
                at += c.len_utf8();
                continue;
            }
        };
        let start = at;
        at = end;
        let before = &text[..start];
        if before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
            || before.ends_with('第')
        {
            continue;
        }
        let mut value = value;
        if let Some((word, factor)) = SCALES
            .iter()
            .find(|(word, _)| text[end..].starts_with(word))
        {
            end += word.len();
            value = value.and_then(|value| value.checked_mul(Decimal::from(*factor)));
        }
        let value = value
            .filter(|value| *value <= LARGEST)
            .map(|value| value.normalize());
        end += text[end..].len() - text[end..].trim_start_matches(' ').len();
        let Some(length) = unit_at(&text[end..], unit) else {
            continue;
        };
        end += length;
        at = end;
        let role = match value {
            Some(_) => role(before, &text[end..], year),
            None => Role::Unclear,
        };
        found.push(Count {
            value: value.unwrap_or_default(),
            role,
            sentence,
            range: start..end,
        });
    }
}

/// Reads digits with grouping commas and a fraction; what is too large to be a count has no value.
fn number(text: &str) -> Option<(Option<Decimal>, usize)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        let digits = bytes[from..].iter().take_while(|b| b.is_ascii_digit());
        digits.count()
    };
    let mut end = digits(0);
    if end == 0 {
        return None;
    }
    while bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
        end += 4;
    }
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    let value = (end <= LONGEST).then(|| text[..end].replace(',', ""));
    let value = value.and_then(|digits| Decimal::from_str_exact(&digits).ok());
    Some((value, end))
}

/// The bytes of the wanted unit at the front of a text.
fn unit_at(text: &str, unit: &str) -> Option<usize> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let ends: Vec<usize> = ends.take(LONGEST_UNIT).collect();
    let length = ends
        .into_iter()
        .rev()
        .find(|end| key(&text[..*end]) == unit)?;
    let typed = &text[..length];
    let after = text[length..].chars().next();
    let other = WORDS
        .iter()
        .any(|(own, next)| typed == *own && after.is_some_and(|after| next.contains(after)));
    (!other).then_some(length)
}

fn key(typed: &str) -> String {
    let quantity = Quantity {
        value: Decimal::ZERO,
        unit: typed.into(),
        qualifier: None,
        bound: None,
        label: None,
    };
    quantity.unit_key()
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '々')
}

#[cfg(test)]
mod tests {
    use super::super::sentences;
    use super::*;

    fn read(text: &str, unit: &str) -> Vec<String> {
        let sentences = sentences(text);
        let counts = counts(&sentences, unit, FiscalYear(2023));
        let shown = |count: &Count| format!("{} {:?}", count.value, count.role);
        counts.iter().map(shown).collect()
    }

    #[test]
    fn counts_are_read_in_every_spelling() {
        for (text, unit, expected) in [
            ("６件を受けた", "件", "6 Done"),
            ("6 件", "件", "6 Done"),
            ("3名が参加", "人", "3 Done"),
            ("2ヶ所に設けた", "か所", "2 Done"),
            ("1,116人が参加", "人", "1116 Done"),
            ("1.5万人が来場", "人", "15000 Done"),
            ("134時間分の業務", "時間", "134 Done"),
            ("延べ30人が参加", "人", "30 Done"),
            ("新たに2校で行った", "校", "2 Done"),
            ("計12回開いた", "回", "12 Total"),
            ("合計8件", "件", "8 Total"),
            ("(累計)145件", "件", "145 Cumulative"),
            ("これまでに145件", "件", "145 Cumulative"),
            ("年間134時間", "時間", "134 Year"),
            ("うち3件は新規", "件", "3 Share"),
            ("目標の4件に対し", "件", "4 Aim"),
            ("前年度の2件を上回る", "件", "2 Aside"),
            ("令和4年度は8件", "件", "8 Aside"),
            ("令和5年度は8件", "件", "8 Done"),
            ("第2回が終わり1回", "回", "1 Done"),
            ("1人当たり2件", "件", "2 Unclear"),
            ("5件程度", "件", "5 Unclear"),
            ("約5件", "件", "5 Unclear"),
            ("2~3件", "件", "3 Unclear"),
            ("2、3件", "件", "3 Unclear"),
            ("各2回", "回", "2 Unclear"),
            ("1名ずつ", "人", "1 Unclear"),
            ("3件増", "件", "3 Unclear"),
            ("3件を予定", "件", "3 Aim"),
            ("三件", "件", "0 Unclear"),
            ("2回目", "回", "2 Unclear"),
            ("計画に沿って5件", "件", "5 Done"),
            ("4件などを公開", "件", "4 Unclear"),
            ("3年間で9件", "件", "9 Unclear"),
        ] {
            assert_eq!(read(text, unit), [expected], "{text}");
        }
        let absurd = "9".repeat(40) + "件";
        assert_eq!(read(&absurd, "件"), ["0 Unclear"]);
        assert_eq!(LARGEST, Decimal::from(1_000_000_000_000_000_u64));
        let whole = read("100人中30人が合格", "人");
        assert_eq!(whole, ["100 Unclear", "30 Unclear"]);
    }

    #[test]
    fn other_words_are_no_counts() {
        for (text, unit) in [
            ("第2回定例会", "回"),
            ("R5件", "件"),
            ("3回線を増設", "回"),
            ("5人口", "人"),
            ("4件", "回"),
            ("一人ひとり", "件"),
            ("12.", "件"),
        ] {
            assert!(read(text, unit).is_empty(), "{text}");
        }
    }
}
