//! S16

use super::{at_damaged, error_values};
use crate::check::damage::{
    about_previous, damaged, damaged_before, is_error_value, is_known_error,
};
use crate::model::{Book, Damage, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S16",
    name: "uncalculated_formula",
    level: Level::Error,
    when: When::Both,
    title: "計算されていない数式",
    why: "数式の計算結果がファイルに保存されていないため、値を取り込めません。",
    remedy: "Excelで開き、計算された値が表示されることを確かめて保存し直し、提出してください。",
    example: "表計算ソフト以外で作られたファイルの実績値が数式で、計算結果が保存されていない。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let unknown = |text: &str| is_error_value(text) && !is_known_error(text);
    let mut found = error_values(&RULE, book, unknown, "数式の結果が不明なエラー値");
    for damaged in damaged(book) {
        if damaged.kind == Damage::Uncalculated {
            let count = damaged.cells.len();
            let message = format!("数式の計算結果が保存されていません（{count}か所）。");
            found.push(at_damaged(book, &RULE, damaged, message));
        }
    }
    let before = damaged_before(book);
    for before in before.filter(|before| before.kind == Damage::Uncalculated) {
        let count = before.cells.len();
        let message = format!(
            "前回の集約版に、数式の計算結果が保存されていないセルがあります（{count}か所）。"
        );
        found.push(about_previous(&RULE, &before.place, &before.cells, message));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::findings;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let blank = ["G12", "A30"];
        let sheet = clean().put("G12", "").put("A30", "").put("D12", "");
        let book = sheet.damaged(&blank, Damage::Uncalculated).book();
        assert_eq!(found(&RULE, &book), ["S16 G12,A30"]);
        let all = findings(&book, &std::collections::BTreeMap::new());
        let codes: Vec<&str> = all.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["S16", "P10"], "one cause, one message");
        let unknown = clean().put("G12", "#NEWER!").book();
        assert_eq!(found(&RULE, &unknown), ["S16 G12"]);
    }

    #[test]
    fn fires_on_the_previous_workbook() {
        let mut book = clean().book();
        let damaged = clean()
            .damaged(&["D12", "D14"], Damage::Uncalculated)
            .book();
        let told = damaged.files[0].damaged.clone();
        book.previous.as_mut().unwrap().damaged = told;
        assert_eq!(found(&RULE, &book), ["S16 D12,D14 warning"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().put("G12", "#REF!").book()).is_empty());
        let twice = clean().damaged(&["G12"], Damage::Twice).book();
        assert!(found(&RULE, &twice).is_empty());
        assert!(found(&RULE, &clean().put("D30", "#1!").book()).is_empty());
    }
}
