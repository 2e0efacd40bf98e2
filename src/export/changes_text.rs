//! What changed since the findings were last remembered, for the terminal.

use super::visible::on_one_line;
use crate::model::{Change, Finding, Resolved};

/// Gives the counts of new, still open and resolved findings, and one line for each that is gone.
pub fn changes_text(findings: &[Finding], resolved: &[Resolved]) -> String {
    let count = |change| {
        let marked = findings.iter().filter(|one| one.change == Some(change));
        marked.count()
    };
    let mut text = format!(
        "前回の点検から: 新規 {}件 / 継続 {}件 / 解消 {}件\n",
        count(Change::New),
        count(Change::StillOpen),
        resolved.len()
    );
    for one in resolved {
        let mut words = vec![on_one_line(&one.code)];
        words.extend(one.item.map(|item| format!("取組{item}")));
        words.extend(one.department.as_deref().map(on_one_line));
        let message = on_one_line(&one.message);
        text.push_str(&format!("  解消 {} {message}\n", words.join(" ")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::tests::finding;
    use super::*;
    use crate::model::Level;

    #[test]
    fn what_changed_is_counted_and_what_is_gone_is_named() {
        let mut findings = [
            finding("K03", Level::Error, &["E24"]),
            finding("K03", Level::Error, &["E24"]),
        ];
        findings[0].change = Some(Change::New);
        findings[1].change = Some(Change::StillOpen);
        let resolved = [Resolved {
            code: "S01".to_owned(),
            item: None,
            department: Some("総務課".to_owned()),
            at: String::new(),
            message: "提出が\nありません。".to_owned(),
        }];
        assert_eq!(
            changes_text(&findings, &resolved),
            "前回の点検から: 新規 1件 / 継続 1件 / 解消 1件\n  解消 S01 総務課 提出が ありません。\n"
        );
    }
}
