//! S02

use std::collections::{BTreeMap, BTreeSet};

use super::submission;
use crate::check::{finding, quote};
use crate::model::{Book, BookItem, FileOrigin, Finding, Level, Rule, Submission, When};

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
        .filter(|item| !item.closed && item.returned().is_none())
        .filter(|item| item.other_period.is_empty() && item.misnumbered.is_empty());
    let files = files_by_department(book);
    waiting
        .filter(|item| forgotten(book, item))
        .map(|item| {
            let title = quote(item.plan.title.text());
            let message = format!(
                "取組{}{title}の票が提出されていません{}。",
                item.number(),
                by_name(&files, item)
            );
            finding(&RULE, item, None, message)
        })
        .collect()
}

/// A file, what told whose it is, and whether it holds the sheet of any item.
type Evidence<'a> = (&'a str, &'a FileOrigin, bool);

fn files_by_department(book: &Book) -> BTreeMap<&str, Vec<Evidence<'_>>> {
    let of_items = book.items.iter();
    let all = of_items
        .flat_map(|item| {
            item.returns
                .iter()
                .chain(&item.other_period)
                .chain(&item.misnumbered)
        })
        .chain(&book.strangers);
    let with_items: BTreeSet<&str> = all
        .map(|returned| returned.sheet.source.file.as_str())
        .collect();
    let mut files: BTreeMap<&str, Vec<Evidence<'_>>> = BTreeMap::new();
    for (file, origin) in &book.origins {
        for department in &origin.departments {
            let has_items = with_items.contains(file.as_str());
            let files = files.entry(department).or_default();
            files.push((file, origin, has_items));
        }
    }
    files
}

/// Says so where the leads count as having returned something by the name of a file alone.
fn by_name(files: &BTreeMap<&str, Vec<Evidence<'_>>>, item: &BookItem) -> String {
    let leads = item.lead().iter();
    let mut files = leads.filter_map(|lead| files.get(lead.as_str())).flatten();
    let Some((file, origin, false)) = files.next() else {
        return String::new();
    };
    if files.any(|(_, _, has_items)| *has_items) {
        return String::new();
    }
    format!(
        "（{}から、「{file}」を{}のファイルとみなしています）",
        origin.told.label(),
        origin.departments.join("、")
    )
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
        let cover = clean().not_returned().in_file("総務課_鑑.xlsx");
        let by_name = cover
            .with_sheet("鑑", false, &[("B2", "送付します。")])
            .book();
        let message = check(&by_name).remove(0).message;
        let told = "提出されていません（ファイル名から、「総務課_鑑.xlsx」を総務課のファイルとみなしています）。";
        assert!(message.ends_with(told), "{message}");
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
