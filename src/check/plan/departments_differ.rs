//! P03

use crate::check::{finding, is_error_value, quote, returned};
use crate::model::text::{fold, name_key};
use crate::model::{Book, Departments, Field, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "P03",
    name: "departments_differ",
    level: Level::Warning,
    when: When::Both,
    title: "主管課・関係課の相違",
    why: "主管課・関係課は計画で定めたもので、組織の変更は計画に反映する必要があります。",
    remedy: "主管課・関係課を計画のとおりに直してください。組織の変更による場合は、企画担当課に知らせてください。",
    example: "計画は「建設課(農林課)」、票は「建設課」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        let (plan, field) = (&item.plan.departments, &sheet.departments);
        let skipped = plan.is_blank() || field.is_blank() || is_error_value(field.text());
        if skipped || are_same(plan, field) {
            continue;
        }
        let message = format!(
            "主管課・関係課が計画と異なります：計画{}、提出{}",
            quote(plan.text()),
            quote(field.text())
        );
        found.push(Finding {
            found: field.said(),
            expected: plan.said(),
            ..finding(&RULE, item, field.place.clone(), message)
        });
    }
    found
}

fn are_same(plan: &Field<Departments>, field: &Field<Departments>) -> bool {
    match (plan.get(), field.get()) {
        (Some(plan), Some(field)) => {
            names(&plan.lead) == names(&field.lead) && names(&plan.related) == names(&field.related)
        }
        (Some(_) | None, _) => fold(plan.text()) == fold(field.text()),
    }
}

/// The names in an order of their own: who is written first means nothing.
fn names(departments: &[String]) -> Vec<String> {
    let mut names: Vec<String> = departments.iter().map(|name| name_key(name)).collect();
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        for text in ["企画政策課 (全課)", "総務課", "総務課、企画政策課 (全課)"]
        {
            assert_eq!(
                found(&RULE, &clean().put("C3", text).book()),
                ["P03 C3"],
                "{text}"
            );
        }
    }

    #[test]
    fn stays_silent() {
        let book = clean().plan("C3", "総務課、企画政策課 (全課)");
        let book = book.put("C3", "企画政策課、総務課 (全 課)").book();
        assert!(found(&RULE, &book).is_empty());
        assert!(found(&RULE, &clean().put("C3", "").book()).is_empty());
    }
}
