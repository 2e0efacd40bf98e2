//! K05

use super::{Row, in_each_row};
use crate::check::{finding, is_error_value, quote};
use crate::model::{Book, Finding, Level, Measure, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "K05",
    name: "future_actual",
    level: Level::Error,
    when: When::Both,
    title: "将来年度の実績値",
    why: "まだ来ていない年度の実績が公表されます。",
    remedy: "年度の欄を間違えていないか確かめ、報告する年度より後の実績値は空欄にしてください。",
    example: "令和5年度の取りまとめで、R6年度の実績値が記入されている。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    in_each_row(book, in_row)
}

fn in_row(row: &Row<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for values in row
        .kpi
        .years
        .iter()
        .filter(|values| values.year > row.reporting)
    {
        let Some(actual) = &values.actual else {
            continue;
        };
        let nothing = actual.is_blank() || matches!(actual.get(), Some(Measure::Nothing(_)));
        if nothing || is_error_value(actual.text()) {
            continue;
        }
        let message = format!(
            "{}の実績値{}が、既に記入されています。",
            values.year.short(),
            quote(actual.text())
        );
        let mut finding = finding(&RULE, row.item, actual.place.clone(), message);
        finding.found = actual.said();
        found.push(finding);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        for text in ["(累計)160件", "0件", "多数", "(随時)"] {
            let book = clean().put("J12", text).book();
            assert_eq!(found(&RULE, &book), ["K05 J12"], "{text}");
        }
    }

    #[test]
    fn stays_silent() {
        for text in ["", "—", "－", "#REF!"] {
            assert!(
                found(&RULE, &clean().put("J12", text).book()).is_empty(),
                "{text}"
            );
        }
    }
}
