//! N01

use super::{Sought, missing, required, says_something};
use crate::model::text::states_nothing;
use crate::model::{Book, Finding, ItemSheet, Level, Rule, StatusRow, Text, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "N01",
    name: "plan_blank",
    level: Level::Error,
    when: When::Both,
    title: "取組目標【Plan】未記入",
    why: "目標がなければ、取組結果を評価することができません。",
    remedy: "この年度の取組目標を記入してください。",
    example: "上半期と下半期の取組結果は記入されているが、取組目標が空欄である。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let sought = Sought::Block(book.layout.labels.plan.plain().to_owned());
    let mut found = Vec::new();
    for (item, sheet) in required(book) {
        let plans = plans_missing(sheet);
        let message = "取組目標が記入されていません。";
        found.extend(
            plans
                .into_iter()
                .filter_map(|plan| missing(&RULE, book, (item, sheet), plan, &sought, message)),
        );
    }
    found
}

/// Tells whether a row without a Plan states that there is nothing to report.
fn stated(row: &StatusRow) -> bool {
    let mut results = [&row.first_half, &row.second_half].into_iter();
    row.plan.is_blank() && results.any(|text| states_nothing(text.text()))
}

/// The Plan cells that should say something; `None` stands for a block without rows.
fn plans_missing(sheet: &ItemSheet) -> Vec<Option<&Text>> {
    let mut plan_above = false;
    let mut missing = Vec::new();
    for row in &sheet.status {
        let results = [&row.first_half, &row.second_half];
        let says = |text: &&&Text| says_something(text) && !states_nothing(text.text());
        let results = results.iter().filter(says).count();
        // One result below a row that has a Plan, or should have one, is supplementary.
        let lacking = row.plan.is_blank() && (results == 2 || (results == 1 && !plan_above));
        if lacking {
            missing.push(Some(&row.plan));
        }
        plan_above |= says_something(&row.plan) || lacking;
        plan_above |= stated(row);
    }
    if missing.is_empty() && !plan_above {
        missing.push(sheet.status.first().map(|row| &row.plan));
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let both_results = clean().put("A22", "");
        assert_eq!(found(&RULE, &both_results.book()), ["N01 A22"]);
        let first_row = clean().put("A22", "").put("I22", "").autumn();
        assert_eq!(found(&RULE, &first_row.book()), ["N01 A22"]);
        let fillers_only = clean().put("A22", "―").put("E22", "").put("I22", "");
        assert_eq!(
            found(&RULE, &fillers_only.put("I24", "").book()),
            ["N01 A22"]
        );
        let both_below = clean().put("E24", "一覧");
        assert_eq!(found(&RULE, &both_below.book()), ["N01 A24"]);
        let no_rows = clean().cleared("A22:L28").book();
        assert_eq!(found(&RULE, &no_rows), ["N01 A1"]);
        let told = |book: &Book| check(book).remove(0).message;
        assert_eq!(told(&no_rows), "取組目標が記入されていません。");
        let no_block = clean().cleared("A20:L28").book();
        let absent = "「取組目標【Plan】」の欄が様式に見つかりません。";
        assert_eq!(told(&no_block), absent);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        let filler = clean().put("E23", "—").put("I23", "－");
        assert!(found(&RULE, &filler.book()).is_empty());
        let closed = clean().put("A22", "").closed();
        assert!(found(&RULE, &closed.book()).is_empty());
    }
}
