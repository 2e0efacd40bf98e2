//! P01

use super::difference_told;
use crate::check::{anchor, filled, finding, quote, returned};
use crate::model::text::name_key;
use crate::model::{Book, BookItem, Finding, ItemSheet, Level, Rule, When};

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
    for item in &book.items {
        let sheets = item.misnumbered.iter().map(|returned| &returned.sheet);
        found.extend(sheets.map(|sheet| misnumbered(item, sheet)));
    }
    found
}

/// A form that bears the title of one item and the number of another.
fn misnumbered(item: &BookItem, sheet: &ItemSheet) -> Finding {
    let number = &sheet.number;
    let typed = number.get().copied().unwrap_or(0);
    let message = format!(
        "取組番号は{typed}ですが、取組項目名は取組{}の{}です。番号の書き誤りとみられるため、どの取組にも取り込んでいません。",
        item.number(),
        quote(item.plan.title.text())
    );
    let place = number.place.clone().unwrap_or_else(|| anchor(sheet));
    Finding {
        level: Level::Error,
        found: number.said(),
        expected: Some(item.number().to_string()),
        remedy: "取組番号を計画で確かめ、正しい番号に直して提出し直してください。".to_owned(),
        ..finding(&RULE, item, Some(place), message)
    }
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
    fn fires_once_on_a_form_with_the_number_of_another_item() {
        let other = clean().both("C1", "2").both("C2", "組織の構築");
        let book = clean().put("C1", "2").and(other.not_returned()).book();
        let all = crate::check::findings(&book, &std::collections::BTreeMap::new());
        let told: Vec<_> = all.iter().map(|one| (one.code, one.item)).collect();
        assert_eq!(told, [("P01", Some(1)), ("S02", Some(2))]);
        assert_eq!(found(&RULE, &book), ["P01 C1 error"]);
        assert_eq!(
            all[0].message,
            "取組番号は2ですが、取組項目名は取組1の「行政手続のデジタル化の推進」です。\
             番号の書き誤りとみられるため、どの取組にも取り込んでいません。"
        );
    }

    #[test]
    fn a_title_that_two_items_have_tells_no_number() {
        let same = clean().both("C1", "2").not_returned();
        let other = clean().both("C1", "3").both("C2", "組織の構築");
        let book = other
            .put("C2", "行政手続のデジタル化の推進")
            .and(clean())
            .and(same)
            .book();
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
