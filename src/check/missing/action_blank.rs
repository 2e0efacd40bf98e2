//! N08

use super::text_missing;
use crate::model::{Book, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "N08",
    name: "action_blank",
    level: Level::Error,
    when: When::YearEnd,
    title: "改善事項未記入",
    why: "今後の進め方が公表資料で空欄になります。",
    remedy: "改善事項と今後の進め方を記入してください。",
    example: "評価は記入されているが、改善事項・今後の進め方が空欄である。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let label = &book.layout.labels.action;
    text_missing(
        &RULE,
        book,
        label,
        "改善事項が記入されていません。",
        |sheet| &sheet.action,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        assert_eq!(found(&RULE, &clean().put("A32", "").book()), ["N08 A32"]);
        assert_eq!(found(&RULE, &clean().without("A32").book()), ["N08 A1"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        let autumn = clean().put("A32", "").autumn();
        assert!(found(&RULE, &autumn.book()).is_empty());
        let closed = clean().put("A32", "").closed();
        assert!(found(&RULE, &closed.book()).is_empty());
    }
}
