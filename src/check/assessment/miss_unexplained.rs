//! H04

use super::was_met;
use crate::check::kpi::{Row, rows};
use crate::check::narrative::{Subject, figures};
use crate::check::{filled, finding, returned};
use crate::model::{Book, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "H04",
    name: "miss_unexplained",
    level: Level::Info,
    when: When::YearEnd,
    title: "未達成の理由の記載なし",
    why: "目標に達しなかった理由が示されず、公表後に説明を求められます。",
    remedy: "目標に達しなかった理由や今後の対応を、評価コメントか改善事項に記入してください。",
    example: "目標値「100件」に実績値「71件」だが、評価コメントにも改善事項にも触れられていない。",
    check,
};

/// Words that speak of a miss without naming the KPI.
const OWNED_UP: [&str; 22] = [
    "未達",
    "下回",
    "目標",
    "達成",
    "届か",
    "届き",
    "至ら",
    "至り",
    "及ば",
    "及び",
    "遅れ",
    "減少",
    "減った",
    "伸び",
    "とどま",
    "低調",
    "不足",
    "数値",
    "見直",
    "中止",
    "延期",
    "課題",
];

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        let cancelled = sheet.is_cancelled();
        let (comment, action) = (filled(&sheet.comment), filled(&sheet.action));
        let texts: Vec<&str> = comment.into_iter().chain(action).collect();
        // That there is no comment or no Action is told by rules of their own.
        if cancelled || item.closed || texts.len() < 2 {
            continue;
        }
        let said = texts.concat();
        if OWNED_UP.iter().any(|word| said.contains(word)) {
            continue;
        }
        let missed = rows(book, item, sheet).filter(|row| was_met(row) == Some(false));
        let silent = missed.filter(|row| !is_mentioned(row, &said));
        let silent: Vec<String> = silent.map(|row| figures(&row)).collect();
        if !silent.is_empty() {
            let message = format!(
                "目標に達していない数値目標について、評価コメントと改善事項に記載がありません：{}",
                silent.join("、")
            );
            found.push(finding(&RULE, item, sheet.comment.place.clone(), message));
        }
    }
    found
}

/// Tells whether the words speak of a KPI; of one without words of its own nobody can tell.
fn is_mentioned(row: &Row<'_>, said: &str) -> bool {
    Subject::of(row.kpi.name.text()).is_none_or(|subject| subject.coverage(said) > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let missed = clean().put("G12", "(累計)80件");
        assert_eq!(found(&RULE, &missed.book()), ["H04 D30"]);
        let other = clean()
            .put("G14", "①2校 ②4回")
            .put("D30", "申請を増やしました。");
        assert_eq!(found(&RULE, &other.book()), ["H04 D30"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        for (cell, text) in [
            ("D30", "オンライン申請は、利用が広がりませんでした。"),
            ("A32", "目標に届くよう努めます。"),
            ("A32", ""),
            ("D30", ""),
            ("A30", "取組中止とする"),
            ("G13", ""),
        ] {
            let book = clean()
                .both("G13", "(累計)85件")
                .put("G12", "(累計)80件")
                .both(cell, text);
            assert!(found(&RULE, &book.book()).is_empty(), "{text}");
        }
        assert!(found(&RULE, &clean().put("G12", "(累計)80件").autumn().book()).is_empty());
    }
}
