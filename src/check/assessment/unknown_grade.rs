//! H01

use super::{grades, vocabulary};
use crate::check::{finding, is_error_value, quote};
use crate::model::{Book, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "H01",
    name: "unknown_grade",
    level: Level::Warning,
    when: When::Both,
    title: "評価区分が選択肢にない",
    why: "評価区分を集計することができません。",
    remedy: "評価区分を選択肢から選んで記入してください。",
    example: "選択肢は「計画どおり」などの三つだが、「順調」と記入されている。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, axis, field) in grades(book) {
        let grade = field.get();
        if field.is_blank() || is_error_value(field.text()) {
            continue;
        }
        let text = quote(field.text());
        if grade.is_some_and(|grade| grade.cancelled) {
            if item.closed {
                continue;
            }
            let message =
                format!("取組を中止するとされています：{text}（次年度以降の記入は求めません）");
            let mut cancelled = finding(&RULE, item, field.place.clone(), message);
            cancelled.level = Level::Info;
            cancelled.remedy = "中止が決定されたものであることを確かめてください。".to_owned();
            cancelled.found = field.said();
            found.push(cancelled);
            continue;
        }
        if grade.is_some_and(|grade| grade.by_mark.is_some() || grade.by_label.is_some()) {
            continue;
        }
        let name = book.layout.grade_name(axis);
        let message = format!("{name}{text}は選択肢にありません。");
        found.push(Finding {
            found: field.said(),
            expected: Some(vocabulary(&book.layout, axis)),
            ..finding(&RULE, item, field.place.clone(), message)
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::findings;
    use crate::check::fixture::{clean, found};
    use std::collections::BTreeMap;

    #[test]
    fn fires() {
        for text in ["順調", "× 遅れ", "—"] {
            assert_eq!(
                found(&RULE, &clean().put("A30", text).book()),
                ["H01 A30"],
                "{text}"
            );
        }
        let cancelled = clean().put("A30", "導入検討の結果、取組中止とする").book();
        assert_eq!(found(&RULE, &cancelled), ["H01 A30 info"]);
    }

    #[test]
    fn a_cancelled_item_owes_its_year_and_nothing_later() {
        let codes = |book: &Book| -> Vec<&str> {
            let all = findings(book, &BTreeMap::new());
            all.iter().map(|finding| finding.code).collect()
        };
        let cancelled = || clean().put("A30", "取組中止");
        let later = ["J8", "J13", "J15"];
        let blank = later
            .iter()
            .fold(cancelled(), |sheet, cell| sheet.both(cell, ""));
        assert_eq!(codes(&blank.book()), ["H01"]);
        let year = cancelled()
            .put("G12", "")
            .put("I22", "")
            .put("D30", "")
            .put("A32", "");
        assert_eq!(codes(&year.book()), ["N03", "N04", "N07", "N08", "H01"]);
        // From the next year on it owes nothing at all.
        let entries = ["A22", "E22", "I22", "G12", "G14", "A30", "D30", "A32"];
        let closed = entries
            .iter()
            .fold(clean(), |sheet, cell| sheet.put(cell, ""));
        let mut closed = closed.put("J13", "").put("J15", "").book();
        closed.items[0].closed = true;
        assert_eq!(codes(&closed), [""; 0]);
    }

    #[test]
    fn stays_silent() {
        for text in [
            "◎ 計画どおり",
            "概ね計画どおり",
            "△",
            "◎ あまり進まなかった",
            "",
            "#N/A",
        ] {
            assert!(
                found(&RULE, &clean().put("A30", text).book()).is_empty(),
                "{text}"
            );
        }
        let closed = clean().put("A30", "取組中止").closed();
        assert!(found(&RULE, &closed.book()).is_empty());
    }
}
