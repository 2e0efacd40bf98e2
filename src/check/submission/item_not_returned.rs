//! S02

use super::submission;
use crate::check::{finding, quote};
use crate::model::{Book, BookItem, Finding, Level, Rule, Submission, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S02",
    name: "item_not_returned",
    level: Level::Error,
    when: When::Both,
    title: "取組項目の提出漏れ",
    why: "主管課のファイルにこの取組の票がなく、集約版に載せることができません。",
    remedy: "この取組の進捗管理票に記入し、提出してください。",
    example: "「総務課」のファイルに取組5の票はあるが、取組7の票がない。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let waiting = book
        .items
        .iter()
        .filter(|item| !item.closed && item.returned().is_none() && item.other_period.is_empty());
    waiting
        .filter(|item| forgotten(book, item))
        .map(|item| {
            let title = quote(item.plan.title.text());
            let message = format!("取組{}{title}の票が提出されていません。", item.number());
            finding(&RULE, item, None, message)
        })
        .collect()
}

/// Tells whether a lead department returned something, and none has a file that may hold the item;
/// or whether nobody is known to lead it.
fn forgotten(book: &Book, item: &BookItem) -> bool {
    let states = item.lead().iter().filter_map(|name| submission(book, name));
    let states: Vec<Submission> = states.collect();
    let unreadable = states.contains(&Submission::Unreadable);
    states.is_empty() || (!unreadable && states.contains(&Submission::Returned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Fixture, clean, found};

    fn not_returned() -> Fixture {
        let other = clean().both("C1", "2").both("C2", "組織の構築");
        clean().not_returned().and(other)
    }

    #[test]
    fn fires() {
        assert_eq!(found(&RULE, &not_returned().book()), ["S02"]);
        let nobody_leads = clean().plan("C3", "").not_returned();
        assert_eq!(found(&RULE, &nobody_leads.book()), ["S02"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        let nothing = clean().not_returned();
        assert!(found(&RULE, &nothing.clone().book()).is_empty());
        let unreadable = nothing.with_file("総務課.xlsx", b"%PDF-1.7");
        assert!(found(&RULE, &unreadable.book()).is_empty());
        assert!(found(&RULE, &not_returned().closed().book()).is_empty());
    }
}
