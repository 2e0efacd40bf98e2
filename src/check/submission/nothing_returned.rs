//! S01

use crate::check::finding_outside;
use crate::model::text::fold;
use crate::model::{Book, BookItem, Finding, Level, Rule, Submission, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S01",
    name: "nothing_returned",
    level: Level::Error,
    when: When::Both,
    title: "未提出",
    why: "主管課から一つも提出がなく、集約版にその課の取組を載せることができません。",
    remedy: "進捗管理票に記入し、企画担当課へ提出してください。",
    example: "計画の主管課である「総務課」のファイルが、回収フォルダに一つもない。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let silent = book
        .departments
        .iter()
        .filter(|(_, submission)| *submission == Submission::Nothing);
    silent
        .filter_map(|(name, _)| {
            let due: Vec<&BookItem> = book
                .items
                .iter()
                .filter(|item| !item.closed && leads(item, name))
                .filter(|item| item.other_period.is_empty())
                .collect();
            (!due.is_empty()).then(|| nothing(name, &due))
        })
        .collect()
}

fn leads(item: &BookItem, name: &str) -> bool {
    item.lead().iter().any(|lead| fold(lead) == fold(name))
}

fn nothing(name: &str, due: &[&BookItem]) -> Finding {
    let open = due.iter().filter(|item| item.returned().is_none());
    let numbers: Vec<String> = open.map(|item| item.number().to_string()).collect();
    let numbers = match numbers.is_empty() {
        true => String::new(),
        false => format!("（取組番号 {}）", numbers.join("、")),
    };
    let message = format!("「{name}」から進捗管理票が提出されていません{numbers}。");
    Finding {
        department: Some(name.to_owned()),
        ..finding_outside(&RULE, None, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    fn not_returned() -> Book {
        let mut book = clean().book();
        book.items[0].chosen = None;
        book.items[0].returns.clear();
        book.departments[0].1 = Submission::Nothing;
        book
    }

    #[test]
    fn fires() {
        assert_eq!(found(&RULE, &not_returned()), ["S01"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        let mut closed = not_returned();
        closed.items[0].closed = true;
        assert!(found(&RULE, &closed).is_empty());
        let mut other_period = not_returned();
        other_period.items[0].other_period = clean().book().items.remove(0).returns;
        assert!(found(&RULE, &other_period).is_empty());
        let mut unreadable = not_returned();
        unreadable.departments[0].1 = Submission::Unreadable;
        assert!(found(&RULE, &unreadable).is_empty());
    }
}
