//! P12

use crate::check::{finding_outside, quote};
use crate::model::{Book, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "P12",
    name: "listed_without_sheet",
    level: Level::Error,
    when: When::Both,
    title: "計画に票のない取組",
    why: "計画の取組項目一覧にある取組の票が計画になく、集約版に載りません。",
    remedy: "計画に取組の票を加えるか、取組項目一覧を直してください。",
    example: "取組項目一覧は取組1から7までだが、取組4の票が計画にない。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let rows = book.listed_only.iter().map(|row| {
        let title = match row.title.is_blank() {
            true => String::new(),
            false => quote(row.title.text()),
        };
        let message = format!(
            "計画の取組項目一覧にある取組{}{title}の票が、計画にありません。",
            row.number
        );
        Finding {
            item: Some(row.number),
            ..finding_outside(&RULE, row.title.place.clone(), message)
        }
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::clean;

    #[test]
    fn fires() {
        let book = clean().with_index(["1 構築", "8", "窓口の見直し", "総務課"]);
        let finding = check(&book.book()).remove(0);
        assert_eq!((finding.code, finding.item), ("P12", Some(8)));
        assert!(finding.place.is_some() && finding.message.contains("取組8「窓口の見直し」"));
    }

    #[test]
    fn stays_silent() {
        assert!(check(&clean().book()).is_empty());
        let listed = clean().with_index(["1 構築", "1", "窓口の見直し", "総務課"]);
        assert!(check(&listed.book()).is_empty());
    }
}
