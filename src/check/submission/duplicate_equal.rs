//! S06

use super::{groups, named};
use crate::check::{anchor, finding};
use crate::model::{Book, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S06",
    name: "duplicate_equal",
    level: Level::Info,
    when: When::Both,
    title: "重複提出（同一内容）",
    why: "同じ取組の票が二つあります。内容が同じなので、一つだけを取り込みます。",
    remedy: "後から一方だけが直されることのないよう、不要なファイルを除いてください。",
    example: "取組5の票が「総務課.xlsx」と「総務課 (1).xlsx」にあり、内容が同じである。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for item in &book.items {
        for group in groups(item) {
            let Some(copy) = group.get(1) else { continue };
            let sheets: Vec<String> = group.iter().map(|sheet| named(sheet)).collect();
            let message = format!(
                "取組{}の同じ内容の票が{}つあります：{}",
                item.number(),
                group.len(),
                sheets.join("、")
            );
            found.push(finding(&RULE, item, Some(anchor(copy)), message));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found, returned_twice};

    #[test]
    fn fires() {
        let book = returned_twice("A32", "引き続き\n拡充します。");
        assert_eq!(found(&RULE, &book), ["S06 A1"]);
        assert_eq!(
            check(&book).remove(0).message,
            "取組1の同じ内容の票が2つあります：総務課.xlsx「取組1」、農林課.xlsx「取組1」"
        );
    }

    #[test]
    fn fires_once_for_each_content_that_came_more_than_once() {
        let mut book = returned_twice("A32", "見直します。");
        for at in [0, 1, 1] {
            let copy = book.items[0].returns[at].clone();
            book.items[0].returns.push(copy);
        }
        let messages: Vec<String> = check(&book).into_iter().map(|one| one.message).collect();
        let told = |message: &String, count: usize| message.contains(&format!("{count}つ"));
        assert_eq!(messages.len(), 2);
        assert!(
            told(&messages[0], 2) && told(&messages[1], 3),
            "{messages:?}"
        );
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        assert!(found(&RULE, &returned_twice("A32", "見直します。")).is_empty());
    }
}
