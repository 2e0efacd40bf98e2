//! 取組中止: items that were cancelled before the collection's year are closed, and stay so.
//!
//! A closed item is not returned any more. So that the next collection still knows of it, the merged
//! workbook shows in its 評価区分 that it was cancelled, and when: `取組中止（令和4年度）`. Its published
//! actuals stay as well.

use crate::model::text::{fold, is_dash, name_key};
use crate::model::{Field, FiscalYear, Grade, ItemSheet, Layout, Period, Text};

/// Tells whether an item of the previous workbook, which reports on a year, is closed in a period.
///
/// A workbook of the period's own year may hold an item that was cancelled in its first half, which
/// still owes its year. It is closed only where its grade names an earlier year, or where nothing was
/// reported of it beside the grade.
pub(super) fn is_closed(before: &ItemSheet, reported: Option<FiscalYear>, period: Period) -> bool {
    if !before.is_cancelled() {
        return false;
    }
    if reported < Some(period.year) {
        return true;
    }
    match named_year(before) {
        Some(year) => year < period.year,
        None => says_nothing(before),
    }
}

/// Gives a closed item's blank grades the words of the previous workbook, with the year.
pub(super) fn carry(
    official: &mut ItemSheet,
    before: &ItemSheet,
    (reported, period): (Option<FiscalYear>, Period),
    layout: &Layout,
) {
    // Where nothing else was reported, the words may themselves be carried, from whatever year.
    let year = reported.filter(|year| *year < period.year && !says_nothing(before));
    let axes = official.further_grades.iter_mut();
    let grades = std::iter::once(&mut official.grade).chain(axes);
    for (grade, known) in grades.zip(before.grades()) {
        let is_cancelled = known.get().is_some_and(|grade| grade.cancelled);
        if is_cancelled && grade.is_blank() {
            *grade = match (year_of(known), year) {
                (None, Some(year)) => dated(known, year, layout),
                (Some(_), _) | (None, None) => known.clone(),
            };
        }
    }
}

/// Shows the actuals of earlier years as they were published: nobody returns a closed item any more.
pub(super) fn carry_actuals(official: &mut ItemSheet, before: &ItemSheet, period: Period) {
    for kpi in &mut official.kpis {
        let key = name_key(kpi.name.text());
        let mut published = before.kpis.iter();
        let Some(known) = published.find(|known| name_key(known.name.text()) == key) else {
            continue;
        };
        let past = kpi.years.iter_mut();
        for values in past.filter(|values| values.year < period.year) {
            let actual = known.year(values.year);
            let actual = actual.and_then(|values| values.actual.clone());
            if actual.is_some() {
                values.actual = actual;
            }
        }
    }
}

/// `取組中止（令和4年度）`; the grade as it is where no word of the layout can be written so.
fn dated(known: &Field<Grade>, year: FiscalYear, layout: &Layout) -> Field<Grade> {
    // A word without marks and brackets is read back as it is written, whatever the vocabulary.
    let plain = |word: &&String| {
        fold(word)
            .chars()
            .all(|c| c.is_alphanumeric() && !c.is_ascii())
    };
    let mut words = layout.cancelled.iter().filter(|word| !word.is_empty());
    let Some(word) = words.find(plain) else {
        return known.clone();
    };
    let text = format!("{word}（{}）", year.long());
    let grade = Grade {
        mark: None,
        label: Some(text.clone()),
        by_mark: None,
        by_label: None,
        cancelled: true,
    };
    Field::known(grade, text, known.place.clone())
}

/// The latest year that a cancelled grade names.
fn named_year(sheet: &ItemSheet) -> Option<FiscalYear> {
    sheet.grades().filter_map(year_of).max()
}

/// The year in the brackets that end a cancelled grade.
fn year_of(grade: &Field<Grade>) -> Option<FiscalYear> {
    if !grade.get()?.cancelled {
        return None;
    }
    let folded = fold(grade.text());
    let (_, inner) = folded.strip_suffix(')')?.rsplit_once('(')?;
    let (year, rest) = FiscalYear::prefix(inner)?;
    matches!(rest, "" | "中止" | "に中止").then_some(year)
}

/// Nothing was entered for the year beside the grade.
fn says_nothing(sheet: &ItemSheet) -> bool {
    let is_empty = |text: &Text| text.is_blank() || is_dash(text.text());
    let mut rows = sheet.status.iter();
    let status = rows.all(|row| is_empty(&row.first_half) && is_empty(&row.second_half));
    status && is_empty(&sheet.comment) && is_empty(&sheet.action)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{CellRef, Half, Source, StatusRow};

    const YEAR: FiscalYear = FiscalYear(2023);

    fn period() -> Period {
        Period {
            year: YEAR,
            half: Half::Second,
        }
    }

    fn source() -> Arc<Source> {
        Arc::new(Source {
            file: "前回.xlsx".to_owned(),
            sheet: "取組1".to_owned(),
        })
    }

    fn layout() -> Layout {
        toml::from_str(include_str!("../../templates/ojiya-r4.toml")).unwrap()
    }

    fn cancelled(text: &str) -> ItemSheet {
        let grade = Grade {
            mark: None,
            label: Some(text.to_owned()),
            by_mark: None,
            by_label: None,
            cancelled: true,
        };
        ItemSheet {
            grade: Field::known(grade, text, None),
            ..ItemSheet::blank(source(), CellRef::new(0, 0))
        }
    }

    fn reporting(text: &str) -> ItemSheet {
        let text_of = |text: &str| Text::from_raw(Some(text), None);
        let row = StatusRow {
            plan: text_of("導入を検討します。"),
            first_half: text_of("検討の結果、中止しました。"),
            second_half: Field::blank(None),
        };
        ItemSheet {
            status: vec![row],
            ..cancelled(text)
        }
    }

    #[test]
    fn an_item_cancelled_in_an_earlier_year_is_closed() {
        let before = reporting("取組中止");
        assert!(is_closed(&before, Some(FiscalYear(2022)), period()));
        assert!(is_closed(&before, None, period()));
    }

    #[test]
    fn an_item_cancelled_in_this_year_s_first_half_owes_its_year() {
        for text in ["取組中止", "取組中止（令和5年度）"] {
            assert!(!is_closed(&reporting(text), Some(YEAR), period()), "{text}");
        }
        let named = cancelled("取組中止（R5）");
        assert!(!is_closed(&named, Some(YEAR), period()));
    }

    #[test]
    fn this_year_s_autumn_workbook_tells_what_was_cancelled_before() {
        for text in ["取組中止（令和4年度）", "取組中止(R3年度に中止)"] {
            assert!(is_closed(&reporting(text), Some(YEAR), period()), "{text}");
        }
        assert!(is_closed(&cancelled("取組中止"), Some(YEAR), period()));
    }

    #[test]
    fn what_is_carried_names_the_year_once() {
        let carried = |text: &str, reported: u16| {
            let mut official = ItemSheet::blank(source(), CellRef::new(0, 0));
            let before = reporting(text);
            let reported = Some(FiscalYear(reported));
            carry(&mut official, &before, (reported, period()), &layout());
            assert!(official.is_cancelled(), "{text}");
            official.grade.text().to_owned()
        };
        assert_eq!(
            carried("導入検討の結果、取組中止とする", 2022),
            "取組中止（令和4年度）"
        );
        assert_eq!(
            carried("取組中止（令和4年度）", 2023),
            "取組中止（令和4年度）"
        );
        assert_eq!(
            carried("取組中止（令和3年度）", 2022),
            "取組中止（令和3年度）"
        );
        assert_eq!(carried("取組中止", 2023), "取組中止");
    }

    #[test]
    fn no_year_is_named_where_nothing_was_reported_of_it() {
        let mut official = ItemSheet::blank(source(), CellRef::new(0, 0));
        let reported = (Some(FiscalYear(2022)), period());
        carry(&mut official, &cancelled("取組中止"), reported, &layout());
        assert_eq!(official.grade.text(), "取組中止");
    }

    #[test]
    fn what_is_carried_reads_back_as_it_was_written_in_every_layout() {
        let hoshikawa = include_str!("../../templates/hoshikawa-r4.toml");
        for layout in [layout(), toml::from_str(hoshikawa).unwrap()] {
            for axis in 0..layout.axes.len().max(1) {
                let field = dated(&cancelled("中止").grade, YEAR, &layout);
                let read = crate::parse::grade(field.text(), &layout, axis);
                assert_eq!(field.get(), Some(&read), "{}", field.text());
                assert_eq!(year_of(&field), Some(YEAR));
            }
        }
    }
}
