//! K13

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Row, quantity_of, rows};
use crate::check::narrative::{Breakdown, breakdown, grouped, last_actuals, spoken_unit};
use crate::check::{finding, quote, returned};
use crate::model::{Book, BookItem, Finding, FiscalYear, Level, Quantity, Rule, Text, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "K13",
    name: "breakdown_against_value",
    level: Level::Warning,
    when: When::Both,
    title: "内訳との不一致",
    why: "内訳の合計と実績値が合わないと、どちらかが誤って公表されます。",
    remedy: "内訳と実績値を確かめ、合計が合うように直してください。",
    example: "実績値は「12件」だが、注記は「内訳：窓口6件、郵送5件」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        let mut units = BTreeSet::new();
        for row in rows(book, item, sheet) {
            if let Some((quantity, unit)) = actual(&row) {
                let notes = row.kpi.notes.iter();
                found.extend(notes.filter_map(|note| in_note(&row, note, quantity, &unit)));
                units.insert(unit);
            }
        }
        for row in &sheet.status {
            for text in [&row.first_half, &row.second_half] {
                let read = |unit: &String| in_text(item, text, unit, book.period.year);
                found.extend(units.iter().filter_map(read));
            }
        }
    }
    found
}

/// The reporting year's value, and the unit in which a note speaks of it.
fn actual<'a>(row: &Row<'a>) -> Option<(&'a Quantity, String)> {
    let actual = row.kpi.year(row.reporting)?.actual.as_ref()?.get()?;
    let quantity = quantity_of(actual, "").filter(|quantity| quantity.bound.is_none())?;
    Some((quantity, spoken_unit(quantity)?))
}

/// A note below a KPI lists parts of its value, or of what the value grew by.
fn in_note(row: &Row<'_>, note: &Text, actual: &Quantity, unit: &str) -> Option<Finding> {
    let parts = breakdown(note.text(), unit, row.reporting)?;
    let grown = last_actuals(row, "").map(|last| actual.value - last.value);
    let allowed: BTreeSet<Decimal> = grown.chain([actual.value]).collect();
    let whole = parts.whole.iter().map(|(whole, _)| whole);
    let made = allowed
        .iter()
        .chain(whole)
        .any(|value| parts.sums.contains(value));
    let near = |value: &Decimal| {
        let mut sums = parts.sums.last().into_iter();
        sums.any(|sum| (sum - value).abs() * Decimal::TWO <= *value)
    };
    if made || !parts.said && !allowed.iter().any(near) {
        return None;
    }
    let label = format!("{}の実績値", quote(row.kpi.name.text()));
    let shown = format!("{}{unit}", grouped(actual.value));
    Some(told(row.item, note, &label, &shown, &parts))
}

/// A list among the results breaks down a count that it names itself.
fn in_text(item: &BookItem, text: &Text, unit: &str, year: FiscalYear) -> Option<Finding> {
    let parts = breakdown(text.text(), unit, year)?;
    let (whole, typed) = parts.whole.as_ref()?;
    let made = parts.sums.contains(whole);
    (!made).then(|| told(item, text, "記述の件数", typed, &parts))
}

fn told(item: &BookItem, text: &Text, label: &str, whole: &str, parts: &Breakdown) -> Finding {
    let message = format!(
        "内訳の合計が値と合いません：{label}「{whole}」、内訳「{}」",
        parts.told
    );
    Finding {
        found: Some(parts.total.clone()),
        expected: Some(whole.to_owned()),
        ..finding(&RULE, item, text.place.clone(), message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Fixture, clean, found};

    fn listed(text: &str) -> Fixture {
        clean().put("I24", text)
    }

    fn noted(text: &str) -> Book {
        let mut book = clean().book();
        let note = Text::from_raw(
            Some(text),
            book.items[0].returns[0].sheet.comment.place.clone(),
        );
        book.items[0].returns[0].sheet.kpis[0].notes = vec![note];
        book
    }

    #[test]
    fn fires() {
        assert_eq!(
            found(&RULE, &noted("内訳：窓口80件、郵送64件")),
            ["K13 D30"]
        );
        assert_eq!(
            found(&RULE, &noted("総務部：80件、産業部：64件")),
            ["K13 D30"]
        );
        let list = listed("12件の内訳\n・観光 3件\n・農業 8件").book();
        assert_eq!(found(&RULE, &list), ["K13 I24"]);
    }

    #[test]
    fn stays_silent() {
        for text in [
            "内訳：窓口80件、郵送65件",
            "内訳：窓口8件、郵送70件",
            "うち窓口8件、郵送70件",
            "3人と4人",
        ] {
            assert!(found(&RULE, &noted(text)).is_empty(), "{text}");
        }
        for text in [
            "12件の内訳\n・観光 4件\n・農業 8件",
            "内訳\n・観光 4件\n・農業 9件",
        ] {
            assert!(found(&RULE, &listed(text).book()).is_empty(), "{text}");
        }
    }
}
