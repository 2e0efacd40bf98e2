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
    let axes = &book.layout.axes;
    let mut found = Vec::new();
    for at in 0..axes.len().max(1) {
        let label = axes.get(at).map_or(label, |axis| &axis.label);
        let message = format!("{}が記入されていません。", book.layout.grade_name(at));
        found.extend(text_missing(&RULE, book, label, &message, |sheet| {
            sheet.grades().nth(at).unwrap_or(&sheet.grade)
        }));
    }
    found
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
