//! P06

use super::{Basis, fields, value_differs};
use crate::check::sidecar::shows_early_date;
use crate::check::{has_column, is_error_value, kpis, quote, returned};
use crate::model::{Book, Field, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "P06",
    name: "target_differs",
    level: Level::Error,
    when: When::Both,
    title: "目標値の相違",
    why: "目標値は計画で定めたもので、票で変えることはできません。",
    remedy: "目標値を計画のとおりに直してください。変更が必要な場合は、企画担当課に相談してください。",
    example: "計画のR5年度の目標値は「2人以上」、票は「2人」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        for (kpi, plan) in kpis(item, sheet) {
            let Some(plan) = plan else { continue };
            for values in &kpi.years {
                let Some(target) = &values.target else {
                    continue;
                };
                let told = target.is_blank() || is_error_value(target.text());
                // A column too many is S05, a count that shows as a date S15.
                let told = told || shows_early_date(book, target.place.as_ref());
                if told || !has_column(plan, kpi, values) {
                    continue;
                }
                let planned = plan.year(values.year);
                let planned = planned.and_then(|values| values.target.as_ref());
                let name = quote(kpi.name.text());
                let label = format!("{name}の{}の目標値", values.year.short());
                let basis = Basis {
                    name: "計画",
                    text: planned.map_or("", Field::text),
                };
                found.extend(value_differs(
                    &RULE,
                    item,
                    target.place.clone(),
                    &label,
                    &basis,
                    target.text(),
                    fields(planned, target),
                ));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        for target in [
            "(累計)86件",
            "85件",
            "(累計)85人",
            "(累計)85件以上",
            "検討",
            "多数",
            "—",
        ] {
            let book = clean().put("G13", target).book();
            assert_eq!(found(&RULE, &book), ["P06 G13"], "{target}");
        }
        for bare in ["85", "(累計)85"] {
            assert_eq!(
                found(&RULE, &clean().put("G13", bare).book()),
                ["P06 G13 info"]
            );
        }
        let part = clean().put("J15", "①4校 ②5回").book();
        assert_eq!(found(&RULE, &part), ["P06 J15"]);
        let added = clean().plan("J13", "").book();
        assert_eq!(found(&RULE, &added), ["P06 J13"]);
    }

    #[test]
    fn stays_silent() {
        for target in ["(累計)85.0件", "(累計)85件数", "", "#REF!"] {
            assert!(
                found(&RULE, &clean().put("G13", target).book()).is_empty(),
                "{target}"
            );
        }
        assert!(found(&RULE, &clean().both("G13", "多数").book()).is_empty());
        assert!(found(&RULE, &clean().plan("G13", "").put("G13", "—").book()).is_empty());
    }
}
