//! N09

use super::names::{Named, named};
use super::{Sought, missing, planned_kpis, required};
use crate::check::quote;
use crate::model::{Book, Finding, Kpi, Level, Measure, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "N09",
    name: "baseline_blank",
    level: Level::Info,
    when: When::Both,
    title: "基準値未記入",
    why: "基準値がなければ、計画の始まりからどれだけ進んだかを示すことができません。",
    remedy: "計画の始まる前の値を「R3年度：30件」のように記入してください。",
    example: "目標値は「(累計)40件」だが、数値目標の名称の下に基準値がない。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found: Vec<Named<'_>> = Vec::new();
    for (item, sheet) in required(book) {
        for (kpi, plan) in planned_kpis(item, sheet) {
            let planned = &plan.baseline;
            if !kpi.baseline.is_blank() || (planned.is_blank() && !is_quantitative(plan, kpi)) {
                continue;
            }
            let message = match &planned.raw {
                Some(raw) => format!("計画にある基準値{}が記入されていません。", quote(raw)),
                None => "基準値が記入されていません。".to_owned(),
            };
            let sought = Sought::Block(book.layout.labels.kpi.plain().to_owned());
            let mut field = kpi.baseline.clone();
            field.place = field.place.or_else(|| kpi.name.place.clone());
            let both = (item, sheet);
            let one = missing(&RULE, book, both, Some(&field), &sought, &message);
            found.extend(one.map(|finding| {
                let expected = planned.said();
                let finding = Finding {
                    expected,
                    ..finding
                };
                (finding, kpi.name.text())
            }));
        }
    }
    named(found)
}

/// Tells whether a KPI is measured: some target or actual of it is a number.
fn is_quantitative(plan: &Kpi, kpi: &Kpi) -> bool {
    plan.years.iter().chain(&kpi.years).any(|values| {
        [&values.target, &values.actual]
            .into_iter()
            .filter_map(|field| field.as_ref()?.get())
            .any(is_number)
    })
}

fn is_number(measure: &Measure) -> bool {
    match measure {
        Measure::Quantity(_) | Measure::Compound(_) => true,
        Measure::AsNeeded | Measure::Milestone(_) | Measure::Nothing(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let never_set = clean().both("A12", "オンライン申請サービス数");
        assert_eq!(found(&RULE, &never_set.book()), ["N09 A12"]);
        let lost = clean().put("A14", "学校訪問等の回数").book();
        assert_eq!(found(&RULE, &lost), ["N09 A14"]);
        let expected = check(&lost).remove(0).expected;
        assert_eq!(expected.as_deref(), Some("R3年度：①2校 ②4回"));
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        let stages = clean().both("A16", "協定の締結").both("G16", "実施");
        let stages = stages.both("G17", "(随時)").both("J17", "(随時)");
        assert!(found(&RULE, &stages.book()).is_empty());
    }
}
