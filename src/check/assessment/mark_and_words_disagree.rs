//! H02

use super::grades;
use crate::check::{finding, quote};
use crate::model::{Book, Finding, Grade, GradeWord, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "H02",
    name: "mark_and_words_disagree",
    level: Level::Warning,
    when: When::Both,
    title: "評価記号と文言の不一致",
    why: "記号と文言のどちらが正しい評価か分かりません。",
    remedy: "評価区分を、記号と文言のそろった選択肢から選び直してください。",
    example: "「◎ あまり進まなかった」、記号のない「概ね計画どおり」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, axis, field) in grades(book) {
        let words = book.layout.words(axis);
        let Some(defect) = field.get().and_then(|grade| defect(grade, words)) else {
            continue;
        };
        let name = book.layout.grade_name(axis);
        let message = format!("{name}{}{}", quote(field.text()), defect.0);
        found.push(Finding {
            found: field.said(),
            expected: defect.1,
            ..finding(&RULE, item, field.place.clone(), message)
        });
    }
    found
}

/// What is wrong, and the grade that was meant, where that can be known.
fn defect(grade: &Grade, words: &[GradeWord]) -> Option<(&'static str, Option<String>)> {
    let word = |at: Option<usize>| at.and_then(|at| words.get(at));
    let (mark, label) = (word(grade.by_mark), word(grade.by_label));
    if grade.cancelled || (mark.is_none() && label.is_none()) {
        return None;
    }
    let meant = mark.or(label).map(|word| word.written());
    match (&grade.mark, &grade.label) {
        (None, Some(_)) if label.is_some_and(|word| word.mark.is_empty()) => None,
        (None, _) => Some(("に記号がありません。", meant)),
        (Some(_), None) => Some(("に文言がありません。", meant)),
        (Some(_), Some(_)) if grade.by_mark == grade.by_label => None,
        (Some(_), Some(_)) if label.is_none() => Some(("は、文言が選択肢にありません。", meant)),
        (Some(_), Some(_)) if mark.is_none() => Some(("は、記号が選択肢にありません。", meant)),
        (Some(_), Some(_)) => Some(("は、記号と文言が一致しません。", None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        for text in [
            "◎ あまり進まなかった",
            "概ね計画どおり",
            "△",
            "× 計画どおり",
            "◎ 順調",
        ] {
            assert_eq!(
                found(&RULE, &clean().put("A30", text).book()),
                ["H02 A30"],
                "{text}"
            );
        }
        let expected = check(&clean().put("A30", "計画どおり").book())
            .remove(0)
            .expected;
        assert_eq!(expected.as_deref(), Some("◎ 計画どおり"));
    }

    #[test]
    fn stays_silent() {
        for text in ["◎ 計画どおり", "○概ね計画どおり", "取組中止", "順調", ""]
        {
            assert!(
                found(&RULE, &clean().put("A30", text).book()).is_empty(),
                "{text}"
            );
        }
        let mut book = clean().put("A30", "計画どおり").book();
        book.layout.grades[0].mark.clear();
        assert!(found(&RULE, &book).is_empty());
    }
}
