//! S07

use super::{Entry, differences, duplicates};
use crate::check::{anchor, finding, quote};
use crate::model::{Book, Finding, ItemSheet, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S07",
    name: "duplicate_different",
    level: Level::Error,
    when: When::Both,
    title: "重複提出（内容相違）",
    why: "同じ取組の票が二つあり、内容が異なるため、どちらが正しいか分かりません。",
    remedy: "主管課の間で正しい内容を確かめ、一つの票にまとめて提出してください。",
    example: "取組5の実績値が、総務課の票では「8件」、企画政策課の票では「9件」である。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for item in &book.items {
        for (chosen, other) in duplicates(item) {
            for (label, one, two) in differences(chosen, other) {
                let message = format!(
                    "二つの票で{label}が異なります：{}（{}、こちらを採用）、{}（{}）",
                    value(one.as_ref()),
                    address(one.as_ref(), chosen),
                    value(two.as_ref()),
                    address(two.as_ref(), other)
                );
                let place = one.as_ref().and_then(|entry| entry.place.cloned());
                let place = place.unwrap_or_else(|| anchor(chosen));
                let mut finding = finding(&RULE, item, Some(place), message);
                finding.found = one.and_then(|entry| entry.raw.map(str::to_owned));
                found.push(finding);
            }
        }
    }
    found
}

fn value(entry: Option<&Entry<'_>>) -> String {
    entry
        .and_then(|entry| entry.raw)
        .map_or_else(|| "空欄".to_owned(), quote)
}

fn address(entry: Option<&Entry<'_>>, sheet: &ItemSheet) -> String {
    entry
        .and_then(|entry| entry.place)
        .map_or_else(|| anchor(sheet).to_string(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found, returned_twice};

    #[test]
    fn fires() {
        let book = returned_twice("G12", "(累計)146件");
        assert_eq!(found(&RULE, &book), ["S07 G12"]);
        let message = check(&book).remove(0).message;
        for part in [
            "145件",
            "146件",
            "総務課.xlsx「取組1」!G12",
            "企画政策課.xlsx「取組1」!G12",
        ] {
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        assert!(found(&RULE, &returned_twice("A32", "引き続き 拡充します。")).is_empty());
    }
}
