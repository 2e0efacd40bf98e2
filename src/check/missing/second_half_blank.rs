//! N03

use super::result_missing;
use crate::model::{Book, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "N03",
    name: "second_half_blank",
    level: Level::Error,
    when: When::YearEnd,
    title: "年度末の取組結果未記入",
    why: "取組目標に対して何をしたかが、公表資料で空欄になります。",
    remedy: "下半期の取組結果を記入してください。取組がなかった場合は、その理由を記入してください。",
    example: "取組目標は記入されているが、下半期の取組結果が空欄である。",
    check,
};

/// The remedy where a year's results stand in one column.
const REMEDY_OF_A_YEAR: &str =
    "この年度の取組結果を記入してください。取組がなかった場合は、その理由を記入してください。";

fn check(book: &Book) -> Vec<Finding> {
    let label = &book.layout.labels.second_half;
    if book.layout.has_halves() {
        let message = "下半期の取組結果が記入されていません。";
        return result_missing(&RULE, book, label, message, |row| &row.second_half);
    }
    let message = "取組結果が記入されていません。";
    let found = result_missing(&RULE, book, label, message, |row| &row.second_half);
    let of_the_year = |finding: Finding| match finding.remedy == RULE.remedy {
        true => Finding {
            remedy: REMEDY_OF_A_YEAR.to_owned(),
            ..finding
        },
        false => finding,
    };
    found.into_iter().map(of_the_year).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found, merge_plans};

    #[test]
    fn fires() {
        let two_rows = clean().put("I22", "").put("A25", "拡充します。");
        assert_eq!(found(&RULE, &two_rows.book()), ["N03 I22,I25"]);
        let no_column = clean().without("I22");
        assert_eq!(found(&RULE, &no_column.book()), ["N03 I22"]);
        let mut one_plan = clean()
            .put("I22", "")
            .put("I24", "")
            .put("A24", "拡充")
            .book();
        merge_plans(&mut one_plan);
        assert_eq!(found(&RULE, &one_plan), ["N03 I22"]);
    }

    #[test]
    fn stays_silent() {
        let mut below = clean()
            .put("I22", "")
            .put("A23", "")
            .put("I23", "行った。")
            .book();
        merge_plans(&mut below);
        assert!(found(&RULE, &below).is_empty());
        assert!(found(&RULE, &clean().book()).is_empty());
        let filler = clean().put("A22", "－").put("I22", "");
        assert!(found(&RULE, &filler.book()).is_empty());
        let no_plan = clean().put("A22", "").put("I22", "");
        assert!(found(&RULE, &no_plan.book()).is_empty());
        let autumn = clean().put("I22", "").autumn();
        assert!(found(&RULE, &autumn.book()).is_empty());
    }
}
