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
                .filter(|item| item.other_period.is_empty() && item.misnumbered.is_empty())
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

    #[test]
    fn fires() {
        let book = clean().not_returned().book();
        assert_eq!(found(&RULE, &book), ["S01"]);
        let other = clean().both("C1", "2").both("C3", "農林課");
        let two = clean().and(other.not_returned()).book();
        assert_eq!(found(&RULE, &two), ["S01"]);
        let department = check(&two).remove(0).department;
        assert_eq!(department.as_deref(), Some("農林課"));
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        let closed = clean().not_returned().closed();
        assert!(found(&RULE, &closed.book()).is_empty());
        let other_period = clean().put("A20", "令和4年度の実施状況");
        assert!(found(&RULE, &other_period.book()).is_empty());
        let shared = clean().both("C3", "総務課、福祉課 (全課)");
        assert!(found(&RULE, &shared.in_file("総務課.xlsx").book()).is_empty());
        let unreadable = clean().not_returned();
        let unreadable = unreadable.with_file("総務課.xlsx", b"%PDF-1.7");
        assert!(found(&RULE, &unreadable.book()).is_empty());
    }
}
