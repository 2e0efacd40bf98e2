//! P05

use super::{Basis, Likeness, measures, together, value_differs};
use crate::check::{is_error_value, kpis, quote, returned};
use crate::model::text::fold;
use crate::model::{Baseline, Book, Field, Finding, Level, Measure, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "P05",
    name: "baseline_differs",
    level: Level::Error,
    when: When::Both,
    title: "基準値の相違",
    why: "基準値は計画で定めたもので、票で変えることはできません。",
    remedy: "基準値を計画のとおりに直してください。誤りの訂正であれば、企画担当課に知らせてください。",
    example: "計画の基準値は「R3年度：30件」、票は「R3年度：31件」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        for (kpi, plan) in kpis(item, sheet) {
            let Some(plan) = plan else { continue };
            let field = &kpi.baseline;
            // P04.
            let holds_another = together::holds_another(item, plan, kpi);
            if field.is_blank() || is_error_value(field.text()) || holds_another {
                continue;
            }
            let label = format!("{}の基準値", quote(kpi.name.text()));
            let place = field.place.clone().or_else(|| kpi.name.place.clone());
            let basis = Basis {
                name: "計画",
                text: plan.baseline.text(),
            };
            let likeness = likeness(&plan.baseline, field);
            found.extend(value_differs(
                &RULE,
                item,
                place,
                &label,
                &basis,
                field.text(),
                likeness,
            ));
        }
    }
    found
}

fn likeness(plan: &Field<Baseline>, field: &Field<Baseline>) -> Likeness {
    match (plan.get(), field.get()) {
        (Some(plan), Some(field)) => match (plan.as_of, field.as_of) {
            (Some(a), Some(b)) if a.fiscal_year() != b.fiscal_year() => Likeness::Different,
            (Some(_) | None, _) => measures(&plan.measure, &field.measure),
        },
        (None, Some(field)) if plan.is_blank() && matches!(field.measure, Measure::Nothing(_)) => {
            Likeness::Same
        }
        (Some(_) | None, _) => match fold(plan.text()) == fold(field.text()) {
            true => Likeness::Same,
            false => Likeness::Different,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let name = "オンライン申請サービス数";
        for baseline in [
            "R3年度：31件",
            "R4年度：30件",
            "R3年度：30人",
            "R3年度：多数",
        ] {
            let book = clean().put("A12", &format!("{name}\n{baseline}")).book();
            assert_eq!(found(&RULE, &book), ["P05 A12"], "{baseline}");
        }
        let bare = clean().put("A12", &format!("{name}\nR3年度：30")).book();
        assert_eq!(found(&RULE, &bare), ["P05 A12 info"]);
        // A word of the plan's is no other KPI that was returned itself.
        let words = "R3年度：31件 学校訪問等の回数";
        let apart = clean().put("A12", &format!("{name}\n{words}")).book();
        assert_eq!(found(&RULE, &apart), ["P05 A12"]);
        let added = clean().plan("A12", name).book();
        assert_eq!(found(&RULE, &added), ["P05 A12"]);
    }

    #[test]
    fn stays_silent() {
        let both = "オンライン申請サービス数\nR3年度：30件\n学校訪問等の回数\nR3年度：①2校 ②4回";
        let together = clean().cleared("A14:L15").put("A12", both).book();
        assert!(found(&RULE, &together).is_empty());
        for baseline in ["令和３年度：30件", "30件", ""] {
            let cell = format!("オンライン申請サービス数\n{baseline}");
            assert!(
                found(&RULE, &clean().put("A12", &cell).book()).is_empty(),
                "{baseline}"
            );
        }
    }
}
