//! H05

use super::was_met;
use crate::check::kpi::{Row, quantity_of, rows};
use crate::check::narrative::{Claim, claim, figures, names_other_counts, sentences, spoken_of};
use crate::check::{finding, quote, returned};
use crate::model::{Book, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "H05",
    name: "claim_against_kpis",
    level: Level::Warning,
    when: When::YearEnd,
    title: "評価文の数値の矛盾",
    why: "評価コメントの結論が数値目標の結果と食い違い、公表後に説明を求められます。",
    remedy: "目標値・実績値と評価コメントのどちらが正しいか確かめ、合うように直してください。",
    example: "目標値「100件」に実績値「96件」だが、評価コメントは「目標を達成しました」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        let rows: Vec<Row<'_>> = rows(book, item, sheet).collect();
        for sentence in sentences(sheet.comment.text()) {
            let Some(claim) = claim(&sentence.text, book.period.year) else {
                continue;
            };
            let against = spoken_of(&rows, &sentence.text).into_iter();
            let against = against.filter(|row| contradicts(row, claim, &sentence.text));
            let against: Vec<String> = against.map(figures).collect();
            if against.is_empty() {
                continue;
            }
            let message = format!(
                "評価コメントの記述が数値目標の結果と合いません：{}、記述{}",
                against.join("、"),
                quote(&sentence.text)
            );
            found.push(Finding {
                found: Some(sentence.text),
                ..finding(&RULE, item, sheet.comment.place.clone(), message)
            });
        }
    }
    found
}

/// Tells whether a claim is wrong by the table, whichever way the KPI should go.
fn contradicts(row: &Row<'_>, claim: Claim, sentence: &str) -> bool {
    let year = row.kpi.year(row.reporting);
    let actual = year.and_then(|year| quantity_of(year.actual.as_ref()?.get()?, ""));
    let target = row
        .target(row.reporting)
        .and_then(|target| quantity_of(target.get()?, ""));
    let (Some(actual), Some(target), Some(met)) = (actual, target, was_met(row)) else {
        return false;
    };
    if names_other_counts(sentence, actual, target, row.reporting) {
        return false;
    }
    match claim {
        Claim::Reached => !met,
        Claim::Missed => met,
        Claim::Above => !met && actual.value < target.value,
        Claim::Below => met && actual.value > target.value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        for (actual, comment) in [
            ("(累計)80件", "オンライン申請は、目標を達成しました。"),
            (
                "(累計)80件",
                "オンライン申請サービス数は目標値を上回りました。",
            ),
            ("(累計)80件", "すべての目標を達成することができました。"),
            (
                "(累計)90件",
                "オンライン申請は、目標を達成できませんでした。",
            ),
            (
                "(累計)90件",
                "オンライン申請サービス数は、目標を下回りました。",
            ),
        ] {
            let book = clean().put("G12", actual).put("D30", comment).book();
            assert_eq!(found(&RULE, &book), ["H05 D30"], "{comment}");
        }
    }

    #[test]
    fn stays_silent() {
        for comment in [
            "オンライン申請は、目標を概ね達成しました。",
            "オンライン申請の目標を達成するため、周知を行いました。",
            "オンライン申請は、年度の目標値を上回る13件を追加しました。",
            "学校訪問は、目標を達成しました。",
            "体制の整備は、目標を達成しました。",
            "目標を達成しました。",
        ] {
            let book = clean().put("G12", "(累計)80件").put("D30", comment).book();
            assert!(found(&RULE, &book).is_empty(), "{comment}");
        }
    }
}
