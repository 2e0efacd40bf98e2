//! What the names of files and folders tell of the period, where the sheet itself says nothing.

use crate::model::text::fold;
use crate::model::{FiscalYear, Half, ItemSheet, NamedPeriod, Told};

/// The period of a sheet that says neither year nor half of its own: told by its file's name, else
/// by the nearest folder's that names one. A name with several years tells nothing.
///
/// A half is taken only where the sheet's entries agree: departments fill in the autumn's file again
/// and keep its name.
pub(super) fn period(path: &str, sheet: &ItemSheet) -> Option<NamedPeriod> {
    if !sheet.year.is_blank() {
        return None;
    }
    let mut names = path.rsplit('/');
    let file = names.next().unwrap_or("");
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let told = year(stem).map(|found| (found, Told::FileName));
    let folder = || names.find_map(|name| year(name).map(|found| (found, Told::Folder)));
    let ((year, half), told) = told.or_else(folder)?;
    let agrees = |half: &Half| sheet.half.is_blank() && agree(*half, sheet);
    Some(NamedPeriod {
        year,
        half: half.filter(agrees),
        told,
    })
}

/// Tells whether a sheet's entries are those of a half: what is due at year-end is filled or not.
fn agree(half: Half, sheet: &ItemSheet) -> bool {
    let mut rows = sheet.status.iter();
    let results = rows.any(|row| !row.second_half.is_blank());
    let graded = sheet.grades().any(|grade| !grade.is_blank());
    let assessed = graded || !sheet.comment.is_blank() || !sheet.action.is_blank();
    (half == Half::Second) == (results || assessed)
}

/// The one fiscal year that a name names, with its half.
fn year(name: &str) -> Option<(FiscalYear, Option<Half>)> {
    // Folding takes spaces out, which part the words of a name.
    let name: String = name
        .split(char::is_whitespace)
        .map(fold)
        .collect::<Vec<_>>()
        .join("_");
    let mut found: Vec<(FiscalYear, Option<Half>)> = Vec::new();
    let mut before = None;
    let mut rest = name.as_str();
    while let Some(c) = rest.chars().next() {
        let begins = before.is_none_or(|c: char| !c.is_ascii_alphanumeric() && c != '.');
        let read = begins.then(|| year_at(rest)).flatten();
        let (period, after) = match read {
            Some((period, after)) => (Some(period), after),
            None => (None, &rest[c.len_utf8()..]),
        };
        found.extend(period);
        before = rest[..rest.len() - after.len()].chars().next_back();
        rest = after;
    }
    let first = found.first()?.0;
    let one = found.iter().all(|(year, _)| *year == first);
    let half = found.iter().find_map(|(_, half)| *half);
    one.then_some((first, half))
}

/// A year that begins here, with its half: `R5下`, `令和5年度`, `2023年度上半期`; no date, and no
/// bare number.
fn year_at(text: &str) -> Option<((FiscalYear, Option<Half>), &str)> {
    let (year, after) = FiscalYear::prefix(text)?;
    let written = &text[..text.len() - after.len()];
    let is_date = after.starts_with('年')
        || after.starts_with(['.', '-', '/'])
            && after[1..].starts_with(|c: char| c.is_ascii_digit());
    if is_date {
        return None;
    }
    let half = half_at(after);
    let era = ["令和", "平成", "R", "r"]
        .iter()
        .any(|era| written.starts_with(era));
    if !era && !written.ends_with("年度") && half.is_none() {
        return None;
    }
    let after = half.map_or(after, |(_, after)| after);
    Some(((year, half.map(|(half, _)| half)), after))
}

/// A half right behind a year, as a word of its own: `_下水道課` is none.
fn half_at(text: &str) -> Option<(Half, &str)> {
    let rest = text
        .strip_prefix(['-', '_', '(', '【', '・'])
        .unwrap_or(text);
    let (half, after) = Half::prefix(rest)?;
    let written = &rest[..rest.len() - after.len()];
    let plain = ["上半期", "下半期", "上期", "下期", "年度末"].contains(&written);
    let ends = after
        .chars()
        .next()
        .is_none_or(|c| c.is_ascii() && !c.is_ascii_alphanumeric() || c == '】');
    (plain || ends).then_some((half, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_halves_in_names() {
        let (first, second) = (Some(Half::First), Some(Half::Second));
        for (name, expected) in [
            ("R5下_07_総務課", Some((2023, second))),
            ("Ｒ５上　総務課", Some((2023, first))),
            ("総務課_令和4年度", Some((2022, None))),
            ("総務課(R4下半期)", Some((2022, second))),
            ("進捗管理票R4", Some((2022, None))),
            ("2023年度進捗管理票_税務課", Some((2023, None))),
            ("2023-H2_税務課", Some((2023, second))),
            ("R5_下水道課", Some((2023, None))),
            ("R5下水道課", Some((2023, None))),
            ("R5末_総務課", Some((2023, second))),
            ("R5 R5年度 総務課", Some((2023, None))),
        ] {
            let found = year(name).map(|(year, half)| (year.0, half));
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn names_that_tell_no_year() {
        for name in [
            "総務課",
            "R4-R6実施計画_総務課",
            "R6.4.12提出_総務課",
            "総務課_R6年4月分",
            "総務課20240412",
            "総務課_2024-04-12",
            "総務課_2024",
            "ver5_総務課",
            "H2_総務課",
            "第5係",
            "",
        ] {
            assert_eq!(year(name), None, "{name}");
        }
    }
}
