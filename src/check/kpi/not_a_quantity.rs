//! K01

use super::{Row, in_each_row};
use crate::check::missing::placeholder_left::is_placeholder;
use crate::check::sidecar::serial;
use crate::check::{finding, is_damaged, is_error_value, quote};
use crate::model::{Book, Field, Finding, Level, Measure, Place, Rule, Value, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "K01",
    name: "not_a_quantity",
    level: Level::Warning,
    when: When::Both,
    title: "数値として読めない値",
    why: "目標値と比べたり、集計したりすることができません。",
    remedy: "「145件」のように、数値と単位で記入してください。",
    example: "目標値は「(累計)85件」だが、実績値が「多数」と記入されている。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = in_each_row(book, in_row);
    // A date in place of a count is S15.
    let is_date = |place: &Place| serial(book, place).is_some();
    // Where the file itself is wrong, S10 and S15 say so.
    let told = |place: &Place| is_date(place) || is_damaged(book, place);
    found.retain(|finding| !finding.place.as_ref().is_some_and(told));
    found
}

fn in_row(row: &Row<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for values in &row.kpi.years {
        let Some(actual) = &values.actual else {
            continue;
        };
        let expected = row.expects_number(values.year);
        // N10 tells of those.
        let told = values.year == row.reporting && is_placeholder(row.kpi, actual);
        if told || values.year > row.reporting || !expected || !is_words(actual) {
            continue;
        }
        let message = format!("実績値{}を数値として読み取れません。", quote(actual.text()));
        let mut finding = finding(&RULE, row.item, actual.place.clone(), message);
        finding.found = actual.said();
        found.push(finding);
    }
    found
}

/// Tells whether a field holds words where a number belongs.
fn is_words(field: &Field<Measure>) -> bool {
    match &field.value {
        Value::Blank => false,
        Value::Unreadable => !is_error_value(field.text()),
        Value::Known(Measure::Milestone(milestone)) => milestone.quantity.is_none(),
        Value::Known(Measure::Compound(parts)) => parts.iter().any(|part| part.measure.is_none()),
        Value::Known(Measure::Quantity(_) | Measure::AsNeeded | Measure::Nothing(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        for (cell, text) in [("G12", "多数"), ("G12", "実施"), ("G14", "①7校 ②")] {
            let book = clean().put(cell, text).book();
            assert_eq!(found(&RULE, &book), [format!("K01 {cell}")], "{text}");
        }
        let by_baseline = clean().both("G13", "").put("G12", "多数").book();
        assert_eq!(found(&RULE, &by_baseline), ["K01 G12"]);
    }

    #[test]
    fn stays_silent() {
        for text in ["(累計)145件", "145", "—", "(随時)", "", "選定 6件", "#REF!"] {
            assert!(
                found(&RULE, &clean().put("G12", text).book()).is_empty(),
                "{text}"
            );
        }
        let stage = clean().both("G13", "検討").put("G12", "検討").book();
        assert!(found(&RULE, &stage).is_empty());
        assert!(found(&RULE, &clean().put("J12", "多数").book()).is_empty());
        assert!(found(&RULE, &clean().put("G12", "集計中").book()).is_empty());
    }
}
