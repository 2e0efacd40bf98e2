//! The rows of the 実施状況 beside those that were collected in the autumn.

use std::collections::{BTreeMap, VecDeque};

use crate::check::{is_damaged, is_error_value};
use crate::model::text::{is_dash, name_key};
use crate::model::{Book, ItemSheet, StatusRow, Text};

/// A row as collected in the autumn beside the row of the return.
pub(super) type Pair<'a> = (Option<&'a StatusRow>, Option<&'a StatusRow>);

/// Pairs the rows that say something in Plan or first half: by Plan, then by first half, then by
/// their order. An item of which nothing was collected has no pairs.
pub(super) fn pairs<'a>(collected: &'a ItemSheet, returned: &'a ItemSheet) -> Vec<Pair<'a>> {
    let says = |row: &&StatusRow| !key(&row.plan).is_empty() || !key(&row.first_half).is_empty();
    let before = collected.status.iter().filter(says);
    let mut pairs: Vec<Pair<'a>> = before.map(|row| (Some(row), None)).collect();
    let mut rest: Vec<Option<&StatusRow>> = returned.status.iter().filter(says).map(Some).collect();
    if pairs.is_empty() || rest.is_empty() {
        return Vec::new();
    }
    let by_text: [fn(&StatusRow) -> &Text; 2] = [|row| &row.plan, |row| &row.first_half];
    for text in by_text {
        let mut free: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
        for (at, row) in rest.iter().enumerate() {
            if let Some(row) = row {
                free.entry(key(text(row))).or_default().push_back(at);
            }
        }
        free.remove("");
        for (before, now) in pairs.iter_mut().filter(|(_, now)| now.is_none()) {
            let wanted = before.map_or(String::new(), |row| key(text(row)));
            let same = free.get_mut(&wanted).and_then(VecDeque::pop_front);
            *now = same.and_then(|at| rest.get_mut(at)?.take());
        }
    }
    let mut rest = rest.into_iter().flatten();
    for (_, now) in pairs.iter_mut().filter(|(_, now)| now.is_none()) {
        *now = rest.next();
    }
    pairs.extend(rest.map(|added| (None, Some(added))));
    pairs
}

/// What a text says, folded; a dash says nothing.
pub(super) fn key(text: &Text) -> String {
    match is_dash(text.text()) {
        true => String::new(),
        false => name_key(text.text()),
    }
}

/// A field of a row as collected beside the return's.
pub(super) struct Compared<'a> {
    /// What it is called.
    pub(super) label: &'static str,
    /// What was collected.
    pub(super) before: &'a Text,
    /// What the return says.
    pub(super) now: &'a Text,
    /// Whether it is blank where the rest of its row makes it a missing entry (N01, N02).
    pub(super) missing: bool,
}

/// The two fields of the first half.
pub(super) fn fields<'a>(before: &'a StatusRow, now: &'a StatusRow) -> [Compared<'a>; 2] {
    let has_results = !now.first_half.is_blank() && !now.second_half.is_blank();
    let has_plan = !key(&now.plan).is_empty();
    let plan = Compared {
        label: "取組目標",
        before: &before.plan,
        now: &now.plan,
        missing: now.plan.is_blank() && has_results,
    };
    let result = Compared {
        label: "上半期の取組結果",
        before: &before.first_half,
        now: &now.first_half,
        missing: now.first_half.is_blank() && has_plan,
    };
    [plan, result]
}

/// Tells whether another rule tells of what the return's field says, or does not say.
pub(super) fn is_told(book: &Book, field: &Compared<'_>) -> bool {
    let damaged = field.now.place.as_ref();
    let damaged = damaged.is_some_and(|place| is_damaged(book, place));
    let error = is_error_value(field.before.text()) || is_error_value(field.now.text());
    field.missing || damaged || error
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::clean;
    use crate::model::FiscalYear;
    use crate::model::{Half, OfficialBook};

    /// The pairs of rows, each as collected and as returned, by their Plans or first halves.
    fn paired(collected: &[[&str; 2]], returned: &[[&str; 2]]) -> Vec<[String; 2]> {
        let sheet = |rows: &[[&str; 2]]| {
            let mut item = clean().book().items.remove(0).plan;
            let text = |text: &str| Text::from_raw(Some(text), None);
            let rows = rows.iter().map(|[plan, first_half]| StatusRow {
                plan: text(plan),
                first_half: text(first_half),
                second_half: text(""),
            });
            item.status = rows.collect();
            item
        };
        let told = |row: Option<&StatusRow>| {
            row.map_or(String::new(), |row| {
                format!("{}{}", row.plan.text(), row.first_half.text())
            })
        };
        let (collected, returned) = (sheet(collected), sheet(returned));
        let pairs = pairs(&collected, &returned).into_iter();
        pairs
            .map(|(before, now)| [told(before), told(now)])
            .collect()
    }

    #[test]
    fn a_workbook_of_this_year_without_a_second_half_is_this_autumn() {
        let book = |half: Option<Half>, year: u16, second: &str| {
            let mut book = clean().both("I22", second).both("I24", "").book();
            let items = vec![book.items[0].plan.clone()];
            let mut previous = OfficialBook {
                items,
                ..OfficialBook::default()
            };
            previous.cover.fiscal_year = Some(FiscalYear(year));
            previous.cover.half = half;
            book.previous = Some(previous);
            book.follows_autumn()
        };
        assert!(book(Some(Half::First), 2023, "8件を拡充しました。"));
        assert!(book(None, 2023, "—"));
        assert!(!book(None, 2023, "8件を拡充しました。"));
        assert!(!book(Some(Half::Second), 2023, ""));
        assert!(!book(Some(Half::First), 2022, ""));
        assert!(!clean().book().follows_autumn());
    }

    #[test]
    fn rows_pair_by_plan_then_by_result_then_by_order() {
        let collected = [["甲", "一"], ["乙", "二"], ["", "三"], ["—", ""]];
        let same = |text: &str| [text.to_owned(), text.to_owned()];
        let moved = [["", "三"], ["乙", "二"], ["甲", "一"]];
        assert_eq!(
            paired(&collected, &moved),
            [same("甲一"), same("乙二"), same("三")]
        );
        let [one, other] = ["甲一", "丙一"].map(str::to_owned);
        let renamed = [["新", "零"], ["乙", "二"], ["丙", "一"], ["", "三"]];
        let added = [String::new(), "新零".to_owned()];
        let expected = [[one, other], same("乙二"), same("三"), added];
        assert_eq!(paired(&collected, &renamed), expected);
        let fewer = [["甲", "一"], ["丁", "四"]];
        let changed = [["乙二", "丁四"], ["三", ""]].map(|pair| pair.map(str::to_owned));
        let expected = [same("甲一"), changed[0].clone(), changed[1].clone()];
        assert_eq!(paired(&collected, &fewer), expected);
        assert_eq!(paired(&[["—", ""]], &[["甲", "一"]]), [[""; 2]; 0]);
    }
}
