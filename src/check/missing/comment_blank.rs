//! N07

use super::text_missing;
use crate::model::{Book, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "N07",
    name: "comment_blank",
    level: Level::Error,
    when: When::YearEnd,
    title: "評価コメント未記入",
    why: "評価の理由が公表資料で空欄になります。",
    remedy: "その評価とした理由を記入してください。",
    example: "評価区分は「○ 概ね計画どおり」だが、評価コメントが空欄である。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let label = &book.layout.labels.check;
    text_missing(
        &RULE,
        book,
        label,
        "評価コメントが記入されていません。",
        |sheet| &sheet.comment,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        assert_eq!(found(&RULE, &clean().put("D30", "").book()), ["N07 D30"]);
        assert_eq!(found(&RULE, &clean().without("D30").book()), ["N07 D30"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        let autumn = clean().put("D30", "").autumn();
        assert!(found(&RULE, &autumn.book()).is_empty());
        let closed = clean().put("D30", "").closed();
        assert!(found(&RULE, &closed.book()).is_empty());
    }
}
