//! S06

use super::{differences, duplicates};
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
        for (chosen, other) in duplicates(item) {
            if !differences(chosen, other).is_empty() {
                continue;
            }
            let message = format!(
                "取組{}の同じ内容の票が、{}「{}」にもあります。",
                item.number(),
                chosen.source.file,
                chosen.source.sheet
            );
            found.push(finding(&RULE, item, Some(anchor(other)), message));
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
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        assert!(found(&RULE, &returned_twice("A32", "見直します。")).is_empty());
    }
}
