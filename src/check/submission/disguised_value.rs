//! S15

use super::at_damaged;
use crate::check::damage::damaged;
use crate::check::quote;
use crate::model::{Book, Damage, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S15",
    name: "disguised_value",
    level: Level::Warning,
    when: When::Both,
    title: "表示と中身の相違",
    why: "画面に見えるものと保存されている値が異なり、どちらを載せるべきか分かりません。",
    remedy: "正しい内容を確かめ、セルの表示形式を「標準」にして、見えるとおりの内容を記入し直してください。",
    example: "実績値のセルに0が保存されているが、表示形式のため「—」と表示されている。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for damaged in damaged(book) {
        let Damage::Disguised { stored, shown } = &damaged.kind else {
            continue;
        };
        let shows = match shown.is_empty() {
            true => "何も表示されていません".to_owned(),
            false => format!("{}と表示されています", quote(shown)),
        };
        let message = format!("セルの中身は{}ですが、{shows}。", quote(stored));
        found.push(Finding {
            found: Some(stored.clone()),
            ..at_damaged(book, &RULE, damaged, message)
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::findings;
    use crate::check::fixture::{clean, found};

    fn disguised(stored: &str, shown: &str) -> Damage {
        Damage::Disguised {
            stored: stored.to_owned(),
            shown: shown.to_owned(),
        }
    }

    #[test]
    fn fires() {
        let blank = clean().put("G12", "").put("G14", "");
        let book = blank.damaged(&["G12", "G14"], disguised("145", "")).book();
        assert_eq!(found(&RULE, &book), ["S15 G12,G14"]);
        let message = check(&book).remove(0).message;
        let told = "セルの中身は「145」ですが、何も表示されていません。";
        assert_eq!(message, told);
        let all = findings(&book, &std::collections::BTreeMap::new());
        let codes: Vec<&str> = all.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["S15"], "one cause, one message");
        let dash = clean()
            .put("G12", "—")
            .damaged(&["G12"], disguised("0", "—"));
        let message = check(&dash.book()).remove(0).message;
        let told = "セルの中身は「0」ですが、「—」と表示されています。";
        assert_eq!(message, told);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().put("G12", "—").book()).is_empty());
        let twice = clean().damaged(&["G12"], Damage::Twice).book();
        assert!(found(&RULE, &twice).is_empty());
    }
}
