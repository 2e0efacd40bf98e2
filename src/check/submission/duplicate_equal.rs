//! S06

use super::{dated, named};
use crate::check::{anchor, finding};
use crate::model::{Book, BookItem, Finding, Level, Rule, When};

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

/// More sheets are counted, not named.
const NAMED: usize = 10;

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for item in &book.items {
        for group in &item.joined.copies {
            let [_, copy, ..] = group[..] else { continue };
            let message = format!("{}{}", told(item, group), choice(item, group));
            let place = anchor(&item.returns[copy].sheet);
            found.push(finding(&RULE, item, Some(place), message));
        }
    }
    found
}

fn told(item: &BookItem, group: &[usize]) -> String {
    let sheets = group.iter().take(NAMED);
    let sheets: Vec<String> = sheets.map(|at| dated(&item.returns[*at])).collect();
    let more = match group.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("、ほか{more}件"),
    };
    format!(
        "取組{}の同じ内容の票が{}つあります：{}{more}",
        item.number(),
        group.len(),
        sheets.join("、")
    )
}

/// Which of them was taken, and why, where one of them was.
fn choice(item: &BookItem, group: &[usize]) -> String {
    let first = group.first().filter(|first| item.chosen == Some(**first));
    let Some((first, choice)) = first.zip(item.joined.choice) else {
        return String::new();
    };
    format!(
        "。{}を採用しました（{}）。",
        named(&item.returns[*first].sheet),
        choice.reason()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found, returned_as, returned_twice};

    #[test]
    fn fires() {
        let book = returned_twice("A32", "引き続き\n拡充します。");
        assert_eq!(found(&RULE, &book), ["S06 A1"]);
        assert_eq!(
            check(&book).remove(0).message,
            "取組1の同じ内容の票が2つあります：総務課.xlsx「取組1」（保存日時の記録なし）、\
             総務課_2.xlsx「取組1」（保存日時の記録なし）。総務課.xlsx「取組1」を採用しました\
             （保存日時の記録がなく、ファイル名の順で先のため）。"
        );
    }

    #[test]
    fn fires_once_for_each_content_that_came_more_than_once() {
        let other = || clean().put("A32", "見直します。");
        let book = returned_as(&[
            ("1.xlsx", Some("2024-04-12"), clean()),
            ("2.xlsx", None, other()),
            ("3.xlsx", None, clean()),
            ("4.xlsx", None, other()),
            ("5.xlsx", None, other()),
        ]);
        let messages: Vec<String> = check(&book).into_iter().map(|one| one.message).collect();
        let told = |message: &String, count: usize| message.contains(&format!("{count}つ"));
        assert_eq!(messages.len(), 2);
        assert!(
            told(&messages[0], 2) && told(&messages[1], 3),
            "{messages:?}"
        );
        assert!(
            messages[0].ends_with("1.xlsx「取組1」を採用しました（保存日時の記録があるため）。")
        );
        assert!(!messages[1].contains("採用"), "{messages:?}");
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        assert!(found(&RULE, &returned_twice("A32", "見直します。")).is_empty());
    }
}
