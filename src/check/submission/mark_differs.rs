//! S18
//!
//! What is written on the sheet counts, never the mark; a mark that says otherwise is told, because a
//! sheet was then copied, renumbered or taken from another collection.

use super::every_return;
use super::marks::{of_file, of_sheet};
use crate::model::{Book, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S18",
    name: "mark_differs",
    level: Level::Warning,
    when: When::Both,
    title: "様式の印と記載の相違",
    why: "配布した様式とは別の取組や期の票に書き換えられたおそれがあります（票の記載のとおりに取り込んでいます）。",
    remedy: "票の記載が正しいか確かめ、誤っているときは、今回配布した様式に記入し直してください。",
    example: "取組3として配布した様式の取組番号が「5」に書き換えられている。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, returned) in every_return(book) {
        found.extend(of_sheet(&RULE, book, item, returned));
    }
    for file in &book.files {
        found.extend(of_file(&RULE, book, file));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Fixture, clean, found};
    use crate::model::{FormId, FormProperties, Period, plan_code};

    fn id(item: u32, period: &str) -> FormId {
        FormId {
            period: Period::parse(period).unwrap(),
            item,
            plan: plan_code(None, &crate::default_layout()),
        }
    }

    fn marked(id: &FormId) -> Fixture {
        clean().put("J34", &id.in_cell(""))
    }

    fn with_properties(sheet: Fixture, properties: FormProperties) -> Book {
        let mut book = sheet.book();
        book.files[0].properties = Some(properties);
        book
    }

    #[test]
    fn fires() {
        let book = marked(&id(3, "R5下")).book();
        assert_eq!(found(&RULE, &book), ["S18 C1"]);
        let message = check(&book).remove(0).message;
        for part in ["取組3", "「1」"] {
            assert!(message.contains(part), "{message}");
        }
        assert_eq!(found(&RULE, &marked(&id(1, "R5上")).book()), ["S18 J34"]);
        let last_year = marked(&id(1, "R4下")).book();
        assert_eq!(found(&RULE, &last_year), ["S18 J34 error"]);
        let properties = FormProperties {
            period: Period::parse("R4下"),
            ..FormProperties::default()
        };
        let book = with_properties(clean(), properties);
        assert_eq!(found(&RULE, &book), ["S18 A1"]);
    }

    #[test]
    fn fires_on_an_id_that_was_changed() {
        let changed = id(1, "R5下").in_cell("") + "\n5月に再提出";
        let book = clean().put("J34", &changed).book();
        assert_eq!(found(&RULE, &book), ["S18 J34"]);
    }

    #[test]
    fn tells_where_the_number_was_taken_from() {
        let book = marked(&id(1, "R5下")).put("C1", "").book();
        assert_eq!(found(&RULE, &book), ["S18 C1 info"]);
        assert!(book.strangers.is_empty());
    }

    #[test]
    fn tells_of_a_form_of_another_plan_once_a_file() {
        let other = FormId {
            plan: "0000".to_owned(),
            ..id(1, "R5下")
        };
        assert_eq!(found(&RULE, &marked(&other).book()), ["S18 J34 info"]);
    }

    #[test]
    fn stays_silent() {
        let silent = [
            clean().book(),
            marked(&id(1, "R5下")).book(),
            // The sheet says it itself: S08.
            marked(&id(1, "R4下"))
                .put("A20", "令和4年度の実施状況")
                .book(),
            with_properties(marked(&id(1, "R5下")), FormProperties::default()),
        ];
        for book in silent {
            assert!(found(&RULE, &book).is_empty());
        }
    }
}
