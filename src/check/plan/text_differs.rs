//! P08

use super::around_difference;
use crate::check::{filled, finding, returned};
use crate::model::text::name_key;
use crate::model::{Book, Finding, ItemSheet, Level, Rule, Text, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "P08",
    name: "text_differs",
    level: Level::Warning,
    when: When::Both,
    title: "実施内容・期待される効果の相違",
    why: "実施内容と期待される効果は計画で定めたもので、票で変えることはできません。集約版には計画の文が載ります。",
    remedy: "計画のとおりに直してください。変更が必要な場合は、企画担当課に相談してください。",
    example: "計画の実施内容は「…電子申請を拡充します。」、票は「…電子申請を検討します。」。",
    check,
};

/// A part of the plan: its name, and where a sheet has it.
type Part = (&'static str, fn(&ItemSheet) -> &Text);

fn check(book: &Book) -> Vec<Finding> {
    let fields: [Part; 2] = [
        ("実施内容", |sheet| &sheet.content),
        ("期待される効果", |sheet| &sheet.effects),
    ];
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        for (label, field) in fields {
            let planned = filled(field(&item.plan)).unwrap_or("");
            let Some(text) = filled(field(sheet)) else {
                continue;
            };
            if name_key(planned) == name_key(text) {
                continue;
            }
            let (expected, said) = around_difference(planned, text);
            let message = match planned.is_empty() {
                true => format!("計画にない{label}「{said}」が記入されています。"),
                false => format!("{label}が計画と異なります：計画「{expected}」、提出「{said}」"),
            };
            found.push(Finding {
                found: Some(text.to_owned()),
                expected: Some(planned.to_owned()).filter(|planned| !planned.is_empty()),
                ..finding(&RULE, item, field(sheet).place.clone(), message)
            });
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
        let long = |word| format!("{}{word}{}", "あ".repeat(100), "い".repeat(100));
        let book = clean().plan("C4", &long("適応")).put("C4", &long("対応"));
        let book = book.put("C5", "利便性").book();
        assert_eq!(found(&RULE, &book), ["P08 C4", "P08 C5"]);
        let (ten, more) = ("あ".repeat(12), "い".repeat(11));
        assert_eq!(
            check(&book).remove(0).message,
            format!(
                "実施内容が計画と異なります：計画「…{ten}適応{more}…」、提出「…{ten}対応{more}…」"
            )
        );
        let added = clean().plan("C5", "").book();
        assert_eq!(found(&RULE, &added), ["P08 C5"]);
    }

    #[test]
    fn stays_silent() {
        for text in [
            "手続を\n デジタル化します。",
            "手続(※1)をﾃﾞｼﾞﾀﾙ化します。",
            "",
            "#REF!",
        ] {
            let book = clean().put("C4", text).book();
            assert!(found(&RULE, &book).is_empty(), "{text}");
        }
        let dashes = clean().plan("C5", "効果―向上").put("C5", "効果－向上");
        assert!(found(&RULE, &dashes.book()).is_empty());
    }
}
