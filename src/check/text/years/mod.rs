//! Fiscal years as they are written in a text.

/// A way of writing a fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Notation {
    /// R5年度
    Letter,
    /// 令和5年度
    Era,
    /// 2023年度
    Western,
}

const ERAS: [&str; 5] = ["令和", "平成", "昭和", "大正", "明治"];
const LETTERS: &str = "RHSTMＲＨＳＴＭ";
/// How many characters before 年度 can belong to the year.
const LONGEST: usize = 8;

/// The fiscal years in a text, each as it is written; not those in the name of a thing (「令和5年度版
/// 手引」), nor one that explains the one before it: 令和5年度(2023年度).
pub(super) fn notations(text: &str) -> Vec<(Notation, String)> {
    let mut found = Vec::new();
    let (mut end, mut quotes) = (0, 0);
    for (at, word) in text.match_indices("年度") {
        let before = &text[end..at];
        quotes += quotes_opened(before);
        let year = of_tail(before);
        let explains = end > 0 && matches!(before.trim_start().chars().next(), Some('(' | '（'));
        if let Some((notation, year)) = year
            && !explains
            && quotes <= 0
        {
            found.push((notation, format!("{year}{word}")));
        }
        end = at + word.len();
    }
    found
}

/// The year that ends a text.
fn of_tail(text: &str) -> Option<(Notation, &str)> {
    let from = text.char_indices().rev().take(LONGEST).last()?.0;
    let tail = &text[from..];
    let number = tail.trim_end_matches(|c: char| is_digit(c) || "元 　".contains(c));
    let digits = tail[number.len()..].trim_start_matches([' ', '　']);
    if digits.is_empty() {
        return None;
    }
    let count = digits.chars().filter(|c| is_digit(*c)).count();
    if let Some(era) = ERAS.iter().find(|era| number.ends_with(**era)) {
        return Some((Notation::Era, &tail[number.len() - era.len()..]));
    }
    let letter = number.chars().next_back();
    if let Some(letter) = letter.filter(|c| LETTERS.contains(*c)) {
        let start = number.len() - letter.len_utf8();
        let in_word = number[..start].chars().next_back().is_some_and(is_letter);
        return (!in_word && count <= 2).then_some((Notation::Letter, &tail[start..]));
    }
    let western = count == 4 && (digits.starts_with("20") || digits.starts_with("２０"));
    western.then_some((Notation::Western, digits))
}

/// How many more 「 and 『 than 」 and 』 stand in a text.
fn quotes_opened(text: &str) -> i32 {
    let of = |c| match c {
        '「' | '『' => 1,
        '」' | '』' => -1,
        _ => 0,
    };
    text.chars().map(of).sum()
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９') || "一二三四五六七八九十".contains(c)
}

fn is_letter(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

#[cfg(test)]
mod tests {
    use super::Notation::{Era, Letter, Western};
    use super::*;

    #[test]
    fn every_spelling_has_its_notation() {
        for (text, expected) in [
            ("R5年度", vec![(Letter, "R5年度")]),
            ("昨年のＲ５年度", vec![(Letter, "Ｒ５年度")]),
            ("R 5年度", vec![(Letter, "R 5年度")]),
            (
                "R4年度～R6年度",
                vec![(Letter, "R4年度"), (Letter, "R6年度")],
            ),
            ("令和元年度末", vec![(Era, "令和元年度")]),
            ("令和 ５ 年度", vec![(Era, "令和 ５ 年度")]),
            ("令和五年度", vec![(Era, "令和五年度")]),
            ("2023年度", vec![(Western, "2023年度")]),
            ("令和5年度(2023年度)", vec![(Era, "令和5年度")]),
            ("今年度、5年度、各年度", vec![]),
            ("『2023年度版手引』", vec![]),
            ("計120235年度", vec![]),
        ] {
            let expected: Vec<(Notation, String)> = expected
                .into_iter()
                .map(|(notation, words)| (notation, words.to_owned()))
                .collect();
            assert_eq!(notations(text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "([RＲ0-9５元五 　()「」]|令和|平成|年度){0,20}") {
            proptest::prop_assert!(notations(&text).len() <= text.matches("年度").count());
        }
    }
}
