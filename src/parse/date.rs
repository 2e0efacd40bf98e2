//! Dates, years and ordinals inside a value: digits that count nothing.

use crate::model::{AsOf, FiscalYear};

use super::glyph::{is_close, is_open, is_tilde};

/// More characters no date has.
const LONGEST: usize = 24;

/// Reads the date or year that begins a narrowed text, and the number of bytes it takes.
///
/// `R4.3.31`, `令和４年３月31日`, `R4.3`, `2022/3/31`, `R3年度`, `令和4年`; a bare `R3` only where
/// no word follows. A Western date in figures needs its day: `2000/10件` is none.
pub(super) fn as_of(text: &str) -> Option<(AsOf, usize)> {
    let first = text.chars().next()?;
    // Of the era letters only those of living memory, for `m3` and `t5` are no years.
    let fiscal = text.starts_with("FY") || text.starts_with("fy");
    if first.is_ascii_alphabetic() && !fiscal && !"RHSrhs".contains(first) {
        return None;
    }
    let compact = Compact::new(text);
    let (year, rest) = FiscalYear::prefix(&compact.text)?;
    let end = |rest: &str| compact.end(rest);
    let typed = &compact.text[..compact.text.len() - rest.len()];
    if typed.ends_with("年度") {
        return Some((AsOf::Year(year), end(rest)));
    }
    if let Some(rest) = rest.strip_prefix('年') {
        let Some((month, rest)) = counted(rest, '月', 12) else {
            return Some((AsOf::Year(year), end(rest)));
        };
        let (day, rest) = match counted(rest, '日', 31) {
            Some((day, rest)) => (Some(day), rest),
            None => (None, rest),
        };
        return Some((AsOf::Date(year.0, month, day), end(rest)));
    }
    let western = first.is_ascii_digit();
    if let Some((month, day, rest)) = figures(rest) {
        return (day.is_some() || !western).then(|| (AsOf::Date(year.0, month, day), end(rest)));
    }
    let next = text[end(rest)..].chars().next();
    let alone = match next {
        None => !western,
        Some(':') => true,
        Some(c) => !western && (is_boundary(c) || "末現時実当".contains(c)),
    };
    alone.then(|| (AsOf::Year(year), end(rest)))
}

/// The bytes of the date or ordinal that begins a narrowed text: also `3月`, `3年度`, `第2`, `3回目`.
pub(super) fn dated(text: &str) -> Option<usize> {
    if let Some((_, length)) = as_of(text) {
        return Some(length);
    }
    if let Some(rest) = text.strip_prefix('第') {
        let rest = rest.trim_start_matches(' ');
        let (_, rest) = digits(rest)?;
        return Some(text.len() - rest.len());
    }
    let (_, rest) = digits(text)?;
    if let Some(rest) = rest.strip_prefix("年度") {
        return Some(text.len() - rest.len());
    }
    let mut after = rest.chars();
    if matches!(after.next(), Some('年' | '回' | '期' | '件' | '度')) && after.next() == Some('目')
    {
        return Some(text.len() - after.as_str().len());
    }
    let (_, rest) = counted(text, '月', 12)?;
    let rest = counted(rest, '日', 31).map_or(rest, |(_, rest)| rest);
    Some(text.len() - rest.len())
}

fn is_boundary(c: char) -> bool {
    c.is_whitespace() || is_open(c) || is_close(c) || is_tilde(c)
}

fn digits(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let (digits, rest) = text.split_at(text.len() - rest.len());
    (!digits.is_empty()).then_some((digits, rest))
}

fn counted(text: &str, word: char, most: u8) -> Option<(u8, &str)> {
    let (digits, rest) = digits(text)?;
    let rest = rest.strip_prefix(word)?;
    let count: u8 = digits.parse().ok()?;
    (1..=most).contains(&count).then_some((count, rest))
}

/// Month and day in figures: `.3.31`, `/3/31`, `.3`.
fn figures(text: &str) -> Option<(u8, Option<u8>, &str)> {
    let separator = text
        .chars()
        .next()
        .filter(|c| ['.', '/', '-'].contains(c))?;
    let part = |text: &'_ str, most: u8| -> Option<(u8, usize)> {
        let (digits, rest) = digits(text.strip_prefix(separator)?)?;
        let count: u8 = digits.parse().ok()?;
        (1..=most)
            .contains(&count)
            .then_some((count, text.len() - rest.len()))
    };
    let (month, length) = part(text, 12)?;
    let rest = &text[length..];
    if let Some((day, length)) = part(rest, 31) {
        return Some((month, Some(day), &rest[length..]));
    }
    // R4.3月末
    Some((month, None, rest.strip_prefix('月').unwrap_or(rest)))
}

/// The beginning of a text without its white space, and where each byte stood.
///
/// White space between two digits ends it: `R3 5件` is no R35.
struct Compact {
    text: String,
    ends: Vec<usize>,
}

impl Compact {
    fn new(text: &str) -> Self {
        let mut compact = Self {
            text: String::new(),
            ends: Vec::new(),
        };
        let mut gap = false;
        for (at, c) in text.char_indices() {
            if c.is_whitespace() {
                gap = true;
                continue;
            }
            let after_digit = compact.text.ends_with(|c: char| c.is_ascii_digit());
            if compact.ends.len() >= LONGEST || gap && after_digit && c.is_ascii_digit() {
                break;
            }
            gap = false;
            // R3（2021）年度 names its year twice, in brackets of any width.
            compact.text.push(match c {
                '（' => '(',
                '）' => ')',
                c => c,
            });
            compact.ends.resize(compact.text.len(), at + c.len_utf8());
        }
        compact
    }

    /// Where in the original text a rest of the compact text begins.
    fn end(&self, rest: &str) -> usize {
        let taken = self.text.len() - rest.len();
        match taken.checked_sub(1) {
            Some(last) => self.ends[last],
            None => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_years_begin_a_text() {
        let year = |year| AsOf::Year(FiscalYear(year));
        for (text, expected, rest) in [
            ("R3年度:0か所", year(2021), ":0か所"),
            ("令和3年度実績", year(2021), "実績"),
            ("令和 3 年度 30件", year(2021), " 30件"),
            ("R3:5件", year(2021), ":5件"),
            ("R3 5件", year(2021), " 5件"),
            ("2021:5件", year(2021), ":5件"),
            ("2021年度末", year(2021), "末"),
            ("令和4年 3件", year(2022), " 3件"),
            ("R4.3.31現在", AsOf::Date(2022, 3, Some(31)), "現在"),
            ("令和4年3月31日時点", AsOf::Date(2022, 3, Some(31)), "時点"),
            ("令和4年3月末", AsOf::Date(2022, 3, None), "末"),
            ("R4.3", AsOf::Date(2022, 3, None), ""),
            ("2022/3/31", AsOf::Date(2022, 3, Some(31)), ""),
            ("H31.4.30", AsOf::Date(2019, 4, Some(30)), ""),
            ("令和元年5月1日", AsOf::Date(2019, 5, Some(1)), ""),
            ("令3年度:5件", year(2021), ":5件"),
            ("R元:5件", year(2019), ":5件"),
            ("FY2021:5件", year(2021), ":5件"),
            ("'21年度:5件", year(2021), ":5件"),
            ("R3（2021）年度:5件", year(2021), ":5件"),
            ("R4.3月末", AsOf::Date(2022, 3, None), "末"),
        ] {
            let (as_of, length) = as_of(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((as_of, &text[length..]), (expected, rest), "{text}");
        }
    }

    #[test]
    fn other_digits_are_no_dates() {
        for text in [
            "",
            "R",
            "R5策定",
            "S3件",
            "m3",
            "2000人",
            "2000/年",
            "2000/10件",
            "2000.5人",
            "R4.13",
            "5年度",
            "3月",
            "件",
            "令和",
        ] {
            assert_eq!(as_of(text), None, "{text}");
        }
    }

    #[test]
    fn ordinals_and_months_count_nothing() {
        for (text, rest) in [
            ("第2期計画", "期計画"),
            ("第 12 回", " 回"),
            ("3年度", ""),
            ("3回目の開催", "の開催"),
            ("4月1日開始", "開始"),
            ("12月", ""),
        ] {
            let length = dated(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&text[length..], rest, "{text}");
        }
        for text in ["3項目", "3か月", "24月", "5日", "3年", "第一"] {
            assert_eq!(dated(text), None, "{text}");
        }
    }
}
