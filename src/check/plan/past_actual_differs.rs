//! P10

use super::{Basis, fields, value_differs};
use crate::check::sidecar::shows_early_date;
use crate::check::{finding, is_damaged, is_error_value, kpis, quote, returned};
use crate::model::{Book, BookItem, Field, Finding, Level, Measure, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "P10",
    name: "past_actual_differs",
    level: Level::Error,
    when: When::Both,
    title: "過年度実績の相違",
    why: "既に公表した実績値と食い違います。",
    remedy: "過年度の実績値を前回の公表のとおりに直してください。訂正であれば、その旨を企画担当課に知らせてください。",
    example: "前回公表したR4年度の実績値は「(累計)67件」、今回の票は「(累計)76件」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        for (kpi, plan) in kpis(item, sheet) {
            let Some(published) = item.published(kpi, plan) else {
                continue;
            };
            let past = kpi
                .years
                .iter()
                .filter(|values| values.year < book.period.year);
            for values in past {
                let before = published.year(values.year);
                let before = before.and_then(|values| values.actual.as_ref());
                let (Some(before), Some(actual)) = (before, &values.actual) else {
                    continue;
                };
                // A count that shows as a date is S15.
                let told = [before, actual]
                    .iter()
                    .any(|own| is_error_value(own.text()))
                    || shows_early_date(book, actual.place.as_ref());
                if before.is_blank() || told {
                    continue;
                }
                let name = quote(kpi.name.text());
                let label = format!("{name}の{}の実績値", values.year.short());
                if actual.is_blank() {
                    // A dash says no more than a blank.
                    let told = actual.place.as_ref().is_some_and(|at| is_damaged(book, at));
                    let said = !matches!(before.get(), Some(Measure::Nothing(_))) && !told;
                    found.extend(said.then(|| blank(item, actual, before, &label)));
                    continue;
                }
                let basis = Basis {
                    name: "前回の公表",
                    text: before.text(),
                };
                found.extend(value_differs(
                    &RULE,
                    item,
                    actual.place.clone(),
                    &label,
                    &basis,
                    actual.text(),
                    fields(Some(before), actual),
                ));
            }
        }
    }
    found
}

/// A blank where something was published: the merged workbook has a blank there too.
fn blank(
    item: &BookItem,
    actual: &Field<Measure>,
    before: &Field<Measure>,
    label: &str,
) -> Finding {
    let said = quote(before.text());
    let message = format!("{label}が空欄です（前回の公表では{said}）。");
    Finding {
        level: Level::Info,
        expected: before.said(),
        remedy: "前回の公表のとおりに記入してください。訂正であれば、その旨を企画担当課に知らせてください。"
            .to_owned(),
        ..finding(&RULE, item, actual.place.clone(), message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        for actual in ["(累計)76件", "67件", "—"] {
            let book = clean().put("D12", actual).book();
            assert_eq!(found(&RULE, &book), ["P10 D12"], "{actual}");
        }
        assert_eq!(
            found(&RULE, &clean().put("D12", "67").book()),
            ["P10 D12 info"]
        );
        let blank = clean().put("D12", "").book();
        assert_eq!(found(&RULE, &blank), ["P10 D12 info"]);
        let message = check(&blank).remove(0).message;
        assert!(message.ends_with("空欄です（前回の公表では「(累計)67件」）。"));
        let part = clean().previous("D14", "①3校 ②3回").book();
        assert_eq!(found(&RULE, &part), ["P10 D14"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().previous("D12", "").book()).is_empty());
        for before in ["", "—"] {
            let both = clean().put("D12", "").previous("D12", before).book();
            assert!(found(&RULE, &both).is_empty(), "{before}");
        }
        assert!(found(&RULE, &clean().previous("G12", "(累計)1件").book()).is_empty());
        let first = clean().put("D12", "(累計)1件").first();
        assert!(found(&RULE, &first.book()).is_empty());
    }
}
