//! S10

use super::{at_damaged, error_values};
use crate::check::damage::{about_previous, damaged, damaged_before, is_known_error};
use crate::model::{Book, Damage, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S10",
    name: "error_value",
    level: Level::Error,
    when: When::Both,
    title: "数式のエラー値",
    why: "数式の参照先が失われるなどして、正しい値が分かりません。",
    remedy: "数式を直すか、正しい値を直接記入してください。",
    example: "実績値のセルに「#REF!」と表示されている。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = error_values(&RULE, book, is_known_error, "数式がエラー値");
    for damaged in damaged(book) {
        match damaged.kind {
            Damage::Twice | Damage::Other => {
                let message = format!("セルを正しく読み取れません：{}", damaged.reason);
                found.push(at_damaged(book, &RULE, damaged, message));
            }
            // S16 and S15.
            Damage::Uncalculated | Damage::Disguised { .. } => {}
        }
    }
    for before in damaged_before(book) {
        match before.kind {
            Damage::Twice | Damage::Other => {
                let message = format!(
                    "前回の集約版のセルを正しく読み取れません：{}",
                    before.reason
                );
                found.push(about_previous(&RULE, &before.place, &before.cells, message));
            }
            Damage::Uncalculated | Damage::Disguised { .. } => {}
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
        let book = clean().put("G12", "#REF!").put("D30", "#N/A").book();
        assert_eq!(found(&RULE, &book), ["S10 G12", "S10 D30"]);
        let twice = clean().damaged(&["C2", "G12"], Damage::Twice).book();
        assert_eq!(found(&RULE, &twice), ["S10 C2,G12"]);
    }

    #[test]
    fn fires_on_the_previous_workbook_without_naming_a_department() {
        let mut book = clean().book();
        let damaged = clean().damaged(&["D12"], Damage::Other).book();
        let told = damaged.files[0].damaged.clone();
        book.previous.as_mut().unwrap().damaged = told;
        assert_eq!(found(&RULE, &book), ["S10 D12 warning"]);
        assert_eq!(check(&book)[0].department, None);
        let error = clean().previous("D12", "#REF!");
        let codes = |book: &Book| {
            let all = crate::check::findings(book, &std::collections::BTreeMap::new());
            all.iter().map(|finding| finding.code).collect::<Vec<_>>()
        };
        assert!(!codes(&error.book()).contains(&"P10"));
    }

    #[test]
    fn stays_silent() {
        let book = clean().put("D30", "#REF!を直しました。").book();
        assert!(found(&RULE, &book).is_empty());
        let book = clean().damaged(&["G12"], Damage::Uncalculated).book();
        assert!(found(&RULE, &book).is_empty());
    }
}
