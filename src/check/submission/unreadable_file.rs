//! S03

use super::department_of;
use crate::check::finding_outside;
use crate::model::{Book, CollectedFile, Finding, Level, Outcome, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S03",
    name: "unreadable_file",
    level: Level::Error,
    when: When::Both,
    title: "読み取れないファイル",
    why: "ファイルの中身を一つも取り込むことができません。",
    remedy: "Excelで開けることを確かめ、パスワードを外し、xlsx形式で保存し直して提出してください。",
    example: "パスワードで保護されたファイル、途中で切れたファイル。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let unreadable = |file: &CollectedFile| match &file.outcome {
        Outcome::Read => None,
        Outcome::Unreadable { reason, advice } => {
            let message = format!("「{}」を読み取れません。{reason}", file.name);
            let mut finding = finding_outside(&RULE, None, message);
            finding.file = Some(file.name.clone());
            finding.department = department_of(book, &file.name);
            finding.found = Some(reason.clone());
            if !advice.is_empty() {
                finding.remedy.clone_from(advice);
            }
            Some(finding)
        }
    };
    book.files.iter().filter_map(unreadable).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let sheet = clean().with_file("総務課/R5下.xlsx", b"%PDF-1.7");
        let book = sheet.book();
        assert_eq!(found(&RULE, &book), ["S03"]);
        let finding = check(&book).remove(0);
        assert_eq!(finding.file.as_deref(), Some("総務課/R5下.xlsx"));
        assert_eq!(finding.department.as_deref(), Some("総務課"));
        assert_ne!(finding.remedy, RULE.remedy);
        assert!(finding.remedy.ends_with("ください。"));
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
    }
}
