//! P01

use super::difference_told;
use crate::check::{filled, finding, quote, returned};
use crate::model::text::name_key;
use crate::model::{Book, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "P01",
    name: "title_differs",
    level: Level::Warning,
    when: When::Both,
    title: "取組項目名の相違",
    why: "取組項目名は計画で定めたもので、票で変えることはできません。",
    remedy: "取組項目名を計画のとおりに直してください。",
    example: "計画は「行政手続のデジタル化の推進」、票は「行政手続きのデジタル化の推進」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        let (Some(plan), Some(title)) = (filled(&item.plan.title), filled(&sheet.title)) else {
            continue;
        };
        if name_key(plan) == name_key(title) {
            continue;
        }
        let message = format!(
            "取組項目名が計画と異なります：計画{}、提出{}（{}）",
            quote(plan),
            quote(title),
            difference_told(plan, title)
        );
        found.push(Finding {
            found: Some(title.to_owned()),
            expected: Some(plan.to_owned()),
            ..finding(&RULE, item, sheet.title.place.clone(), message)
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let book = clean().put("C2", "行政手続きのデジタル化の推進").book();
        assert_eq!(found(&RULE, &book), ["P01 C2"]);
    }

    #[test]
    fn stays_silent() {
        for title in [
            "行政手続の\nデジタル化の推進",
            "行政手続(※1)のデジタル化の推進",
            "",
            "#REF!",
        ] {
            assert!(
                found(&RULE, &clean().put("C2", title).book()).is_empty(),
                "{title}"
            );
        }
    }
}
