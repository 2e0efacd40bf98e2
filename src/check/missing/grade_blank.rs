//! N06

use super::text_missing;
use crate::model::{Book, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "N06",
    name: "grade_blank",
    level: Level::Error,
    when: When::YearEnd,
    title: "評価区分未記入",
    why: "年度の評価が公表資料で空欄になります。",
    remedy: "評価区分を選択肢から選んで記入してください。",
    example: "評価コメントはあるが、評価区分が空欄である。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let label = &book.layout.labels.check;
    text_missing(
        &RULE,
        book,
        label,
        "評価区分が記入されていません。",
        |sheet| &sheet.grade,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        assert_eq!(found(&RULE, &clean().put("A30", "").book()), ["N06 A30"]);
        assert_eq!(found(&RULE, &clean().without("A30").book()), ["N06 A1"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        let autumn = clean().put("A30", "").autumn();
        assert!(found(&RULE, &autumn.book()).is_empty());
        let closed = clean().put("A30", "").closed();
        assert!(found(&RULE, &closed.book()).is_empty());
    }
}
