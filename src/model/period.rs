//! Fiscal years (年度), halves (半期) and the collection's period (期).

use std::fmt;

use super::text::fold;

/// 年度: April to March, named by the Western year it begins in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalYear(pub u16);

/// Era letter, kanji, and the Western year of its first year (元年).
const ERAS: [(&str, &str, u16); 5] = [
    ("R", "令和", 2019),
    ("H", "平成", 1989),
    ("S", "昭和", 1926),
    ("T", "大正", 1912),
    ("M", "明治", 1868),
];

/// Signs before a year of two figures: `'23`.
const APOSTROPHES: [char; 6] = ['\'', '’', '‘', '′', '`', '´'];
/// What a year may begin with, but for figures and letters.
const YEAR_BEGINS_WITH: [char; 11] = ['令', '平', '昭', '大', '明', '\'', '’', '‘', '′', '`', '´'];

impl FiscalYear {
    /// Reads a fiscal year that begins a text, and gives the rest: `R5年度の実施状況` → R5, `の実施状況`.
    ///
    /// The text must be folded ([`fold`]): half-width digits and letters, no white space.
    /// `R5` `R5年度` `令和5年度` `令5` `令和元年度` `R5(2023)年度` `2023年度` `2023` `FY2023` `'23` are
    /// read; a bare `5年度` is not.
    pub fn prefix(folded: &str) -> Option<(Self, &str)> {
        // Most texts begin like no year at all.
        let first = folded.chars().next()?;
        if !first.is_ascii_alphanumeric() && !YEAR_BEGINS_WITH.contains(&first) {
            return None;
        }
        if let Some(found) = western_prefix(folded) {
            return Some(found);
        }
        let (first_year, rest) = match first.is_ascii_digit() {
            true => (None, folded),
            false => era_prefix(folded)?,
        };
        let (count, rest) = match rest.strip_prefix('元') {
            Some(rest) if first_year.is_some() => (1, rest),
            Some(_) | None if kanji_number(rest).is_some() => kanji_number(rest)?,
            Some(_) | None => {
                let digits =
                    rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                let (number, rest) = rest.split_at(digits);
                match first_year.and_then(|first| twice(number, first)) {
                    Some(count) => (count, rest),
                    None => (number.parse::<u16>().ok()?, rest),
                }
            }
        };
        let western = match first_year {
            Some(first) if (1..=99).contains(&count) => first + count - 1,
            None if (1900..=2199).contains(&count) => count,
            Some(_) | None => return None,
        };
        let again = |rest: &'_ str| -> Option<usize> {
            let behind = rest.strip_prefix('(')?.strip_prefix(&western.to_string())?;
            Some(rest.len() - behind.strip_prefix(')')?.len())
        };
        let rest = &rest[again(rest).unwrap_or(0)..];
        let rest = rest.strip_prefix("年度").unwrap_or(rest);
        Some((Self(western), rest))
    }

    /// Reads a text that is a fiscal year and nothing else, also in kanji: `令和五年度`.
    ///
    /// ```
    /// # use torimatome::model::FiscalYear;
    /// assert_eq!(FiscalYear::parse("令和５年度"), Some(FiscalYear(2023)));
    /// assert_eq!(FiscalYear::parse("R5年度の実施状況"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text);
        let (year, rest) = Self::prefix(&folded)?;
        (rest.is_empty() || rest == "年").then_some(year)
    }

    /// The long form of headings: `令和5年度`, `令和元年度`.
    pub fn long(self) -> String {
        let (_, kanji, count) = self.era();
        match count {
            1 => format!("{kanji}元年度"),
            _ => format!("{kanji}{count}年度"),
        }
    }

    /// The short form of column heads: `R5年度`.
    pub fn short(self) -> String {
        format!("{self}年度")
    }

    fn era(self) -> (&'static str, &'static str, u16) {
        for (letter, kanji, first) in ERAS {
            if self.0 >= first {
                return (letter, kanji, self.0 - first + 1);
            }
        }
        ("", "", self.0)
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (letter, _, count) = self.era();
        write!(f, "{letter}{count}")
    }
}

/// Reads `FY2023`, `FY23` and `'23`: years that say themselves that they are Western.
fn western_prefix(folded: &str) -> Option<(FiscalYear, &str)> {
    let written_out = folded
        .strip_prefix("FY")
        .or_else(|| folded.strip_prefix("fy"));
    let apostrophe = || folded.strip_prefix(APOSTROPHES);
    let rest = written_out.or_else(apostrophe)?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, behind) = rest.split_at(digits);
    let year = match (number.parse::<u16>().ok()?, digits) {
        (year, 2) => 2000 + year,
        (year @ 1900..=2199, 4) if written_out.is_some() => year,
        _ => return None,
    };
    let behind = behind.strip_prefix("年度").unwrap_or(behind);
    Some((FiscalYear(year), behind))
}

/// Takes an era off a text, and gives its first year: `令和5年度` → 2019, `5年度`.
fn era_prefix(folded: &str) -> Option<(Option<u16>, &str)> {
    ERAS.iter().find_map(|(letter, kanji, first)| {
        let is_letter = |c: char| letter.starts_with(c.to_ascii_uppercase());
        let rest = folded
            .strip_prefix(kanji)
            .or_else(|| folded.strip_prefix(is_letter))
            .or_else(|| short_era(kanji, folded))?;
        Some((Some(*first), rest.strip_prefix('.').unwrap_or(rest)))
    })
}

/// Takes 令 off 令5 and 令元. Other kanji before a figure are a word: 大5教室, 明3.
fn short_era<'a>(kanji: &str, folded: &'a str) -> Option<&'a str> {
    let short = kanji.chars().next().filter(|c| "令平昭".contains(*c))?;
    let rest = folded.strip_prefix(short)?;
    rest.starts_with(|c: char| c.is_ascii_digit() || c == '元')
        .then_some(rest)
}

/// The count of a year that names itself twice and lost the brackets between: `52023` is R5(2023).
fn twice(digits: &str, first: u16) -> Option<u16> {
    let (count, western) = digits.split_at_checked(digits.len().checked_sub(4)?)?;
    let count: u16 = count.parse().ok()?;
    let named = first.checked_add(count.checked_sub(1)?)?;
    (western.parse() == Ok(named)).then_some(count)
}

/// Reads a number below a hundred in kanji, 五 or 三十一, and gives the rest.
fn kanji_number(text: &str) -> Option<(u16, &str)> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|one| one == c);
    let mut number = 0;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match digit(c) {
            Some(at) if number % 10 == 0 => number += at as u16 + 1,
            None if c == '十' && number < 10 => number = number.max(1) * 10,
            Some(_) | None => break,
        }
        rest = &rest[c.len_utf8()..];
    }
    (number > 0).then_some((number, rest))
}

/// 半期.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Half {
    /// 上半期: April to September, collected in the autumn.
    First,
    /// 下半期, 年度末: collected at year-end.
    Second,
}

/// Spellings of the halves, folded; longer ones first.
const HALVES: [(&str, Half); 16] = [
    ("上半期", Half::First),
    ("下半期", Half::Second),
    ("前半期", Half::First),
    ("後半期", Half::Second),
    ("年度末", Half::Second),
    ("上期", Half::First),
    ("下期", Half::Second),
    ("前期", Half::First),
    ("後期", Half::Second),
    ("末", Half::Second),
    ("上", Half::First),
    ("下", Half::Second),
    ("H1", Half::First),
    ("H2", Half::Second),
    ("h1", Half::First),
    ("h2", Half::Second),
];

impl Half {
    /// Reads a half that begins a folded text, and gives the rest.
    pub fn prefix(folded: &str) -> Option<(Self, &str)> {
        HALVES
            .iter()
            .find_map(|(spelling, half)| Some((*half, folded.strip_prefix(spelling)?)))
    }

    /// Reads `上半期`, `下半期`, `上`, `H2`, `年度末` …
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text);
        let (half, rest) = Self::prefix(&folded)?;
        rest.is_empty().then_some(half)
    }

    /// The name in Japanese: `上半期`.
    pub fn label(self) -> &'static str {
        match self {
            Self::First => "上半期",
            Self::Second => "下半期",
        }
    }

    /// The name in JSON: `first`.
    pub fn code(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
        }
    }
}

/// 期: the fiscal year and the half that are collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The reporting year.
    pub year: FiscalYear,
    /// The half that is collected.
    pub half: Half,
}

impl Period {
    /// Reads `R5下`, `R5下半期`, `令和5年度下半期`, `R5-H2`, `2023-H2`, `Ｒ５年度 上半期`.
    ///
    /// ```
    /// # use torimatome::model::{FiscalYear, Half, Period};
    /// let expected = Period { year: FiscalYear(2023), half: Half::Second };
    /// assert_eq!(Period::parse("令和5年度下半期"), Some(expected));
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text);
        let (year, rest) = FiscalYear::prefix(&folded)?;
        let rest = rest.trim_start_matches(['-', '_', '/', '・', '(', '【']);
        let rest = rest.trim_end_matches([')', '】']);
        let (half, rest) = Half::prefix(rest)?;
        rest.is_empty().then_some(Self { year, half })
    }

    /// The period as the tables for machines write it: `R5下`.
    pub fn brief(self) -> String {
        let half = match self.half {
            Half::First => "上",
            Half::Second => "下",
        };
        format!("{}{half}", self.year)
    }

    /// Tells whether everything of the year is due: the second half's collection.
    pub fn is_year_end(self) -> bool {
        self.half == Half::Second
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.year, self.half.label())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fiscal_years_in_every_spelling() {
        for (text, western) in [
            ("R5", 2023),
            ("R5年度", 2023),
            ("Ｒ５年度", 2023),
            ("r5", 2023),
            ("R.5年度", 2023),
            ("令和5年度", 2023),
            ("令和５年度", 2023),
            ("令 和 5 年 度", 2023),
            ("令和\n5年度", 2023),
            ("令和元年度", 2019),
            ("R元年度", 2019),
            ("平成31年度", 2019),
            ("H31", 2019),
            ("平成３０年度", 2018),
            ("昭和63年度", 1988),
            ("2023年度", 2023),
            ("２０２３", 2023),
            ("R05", 2023),
            ("令和五年度", 2023),
            ("平成三十一年度", 2019),
            ("平成二十年度", 2008),
            ("㍻31年度", 2019),
            ("㋿5年度", 2023),
            ("令5", 2023),
            ("令元年度", 2019),
            ("平30年度", 2018),
            ("令和05年度", 2023),
            ("R5(2023)年度", 2023),
            ("令和10(2028)年度", 2028),
            ("’23", 2023),
            ("'23年度", 2023),
            ("FY2023", 2023),
            ("ＦＹ２３年度", 2023),
        ] {
            assert_eq!(FiscalYear::parse(text), Some(FiscalYear(western)), "{text}");
        }
    }

    #[test]
    fn texts_that_are_no_fiscal_year() {
        for text in [
            "",
            "5年度",
            "R",
            "令和",
            "R0",
            "R5年度の",
            "123",
            "20235",
            "R52024年度",
            "令",
            "'2023",
            "'5年度",
            "FY5",
            "第5年度",
            "R5.4",
        ] {
            assert_eq!(FiscalYear::parse(text), None, "{text}");
        }
    }

    #[test]
    fn years_print_as_the_office_writes_them() {
        assert_eq!(FiscalYear(2023).to_string(), "R5");
        assert_eq!(FiscalYear(2019).long(), "令和元年度");
        assert_eq!(FiscalYear(2018).long(), "平成30年度");
        assert_eq!(FiscalYear(2024).short(), "R6年度");
    }

    #[test]
    fn periods_in_every_spelling() {
        let expected = Period {
            year: FiscalYear(2023),
            half: Half::Second,
        };
        for text in [
            "R5下",
            "R5下半期",
            "令和5年度下半期",
            "R5-H2",
            "2023-H2",
            "Ｒ５年度　下期",
            "R5年度(下半期)",
            "R5年度末",
        ] {
            assert_eq!(Period::parse(text), Some(expected), "{text}");
        }
        assert_eq!(Period::parse("R5上").unwrap().half, Half::First);
        for text in ["R5", "下半期", "R5下旬", "R5Q2", "", "R5-H3"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }
}
