//! P02

use super::difference_told;
use crate::check::{filled, finding, quote, returned};
use crate::model::text::name_key;
use crate::model::{Book, BookItem, Finding, Level, Rule, Text, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "P02",
    name: "priority_differs",
    level: Level::Warning,
    when: When::Both,
    title: "重点項目の相違",
    why: "重点項目の文言が、計画や一覧と食い違ったまま公表されます。",
    remedy: "重点項目を計画のとおりに直してください。",
    example: "一覧は「社会情勢の変化に適応した…」、票は「社会情勢の変化に対応した…」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        let plan = &item.plan.priority;
        found.extend(differs(item, ("計画", plan), ("提出", &sheet.priority)));
        let index = item.index.as_ref().map(|row| &row.priority);
        if let Some(mut own) = index.and_then(|index| differs(item, ("一覧", index), ("票", plan)))
        {
            own.message = format!("計画そのものの中で、{}", own.message);
            own.remedy =
                "計画の一覧と票のどちらが正しいかを確かめ、計画を直してください。".to_owned();
            found.push(own);
        }
    }
    found
}

fn differs(
    item: &BookItem,
    (expected_in, expected): (&str, &Text),
    (found_in, found): (&str, &Text),
) -> Option<Finding> {
    let (one, other) = (filled(expected)?, filled(found)?);
    if name_key(one) == name_key(other) {
        return None;
    }
    let message = format!(
        "重点項目が{expected_in}と異なります：{expected_in}{}、{found_in}{}（{}）",
        quote(one),
        quote(other),
        difference_told(one, other)
    );
    Some(Finding {
        found: Some(other.to_owned()),
        expected: Some(one.to_owned()),
        ..finding(&RULE, item, found.place.clone(), message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    fn with_index(priority: &str) -> Book {
        let title = "行政手続のデジタル化の推進";
        clean().with_index([priority, "1", title, "総務課"]).book()
    }

    #[test]
    fn fires() {
        let book = clean().put("F1", "1 行政サービスの改善").book();
        assert_eq!(found(&RULE, &book), ["P02 F1"]);
        let index = with_index("1 行政サービスの構造");
        assert_eq!(found(&RULE, &index), ["P02 F1"]);
        let place = check(&index).remove(0).place.unwrap();
        assert_eq!(place.source.file, "計画.xlsx");
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().put("F1", "１　行政サービスの構築").book()).is_empty());
        assert!(found(&RULE, &with_index("1 行政サービスの\n構築")).is_empty());
    }
}
