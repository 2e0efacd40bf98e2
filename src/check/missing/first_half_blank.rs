//! N02

use super::result_missing;
use crate::model::{Book, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "N02",
    name: "first_half_blank",
    level: Level::Error,
    when: When::Both,
    title: "上半期の取組結果未記入",
    why: "取組目標に対して何をしたかが、公表資料で空欄になります。",
    remedy: "上半期の取組結果を記入してください。取組がなかった場合は、その理由を記入してください。",
    example: "取組目標は記入されているが、上半期の取組結果が空欄である。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    if !book.layout.has_halves() {
        return Vec::new();
    }
    let label = &book.layout.labels.first_half;
    let message = "上半期の取組結果が記入されていません。";
    result_missing(&RULE, book, label, message, |row| &row.first_half)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found, merge_plans};

    #[test]
    fn fires() {
        let two_rows = clean().put("E22", "").put("A25", "拡充します。");
        assert_eq!(found(&RULE, &two_rows.book()), ["N02 E22,E25"]);
        let no_column = clean().without("E22");
        assert_eq!(found(&RULE, &no_column.book()), ["N02 E22"]);
        let mut one_plan = clean()
            .put("E22", "")
            .put("E24", "")
            .put("A24", "拡充")
            .book();
        merge_plans(&mut one_plan);
        assert_eq!(found(&RULE, &one_plan), ["N02 E22"]);
    }

    #[test]
    fn stays_silent() {
        let mut below = clean()
            .put("E22", "")
            .put("A23", "")
            .put("E23", "行った。")
            .book();
        merge_plans(&mut below);
        assert!(found(&RULE, &below).is_empty());
        assert!(found(&RULE, &clean().book()).is_empty());
        let filler = clean().put("A22", "－").put("E22", "");
        assert!(found(&RULE, &filler.book()).is_empty());
        let no_plan = clean().put("A22", "").put("E22", "");
        assert!(found(&RULE, &no_plan.book()).is_empty());
    }
}
