//! K14

use super::{Known, Row, in_each_row};
use crate::check::finding;
use crate::model::{Book, Finding, Level, Measure, Quantity, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "K14",
    name: "words_missing",
    level: Level::Warning,
    when: When::Both,
    title: "単位や累計の表記のない実績値",
    why: "数だけでは何を数えた値か分からず、達成状況を判定できないことがあります。",
    remedy: "目標値と同じ書き方で、単位や「累計」を添えて記入してください。",
    example: "目標値は「(累計)85件」、実績値は「145」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    in_each_row(book, in_row)
}

fn in_row(row: &Row<'_>) -> Vec<Finding> {
    let targets = row.targets();
    let worded = |target: &&Known<'_>| number(target).is_some_and(|target| !is_bare(target));
    let Some(first) = targets.iter().find(worded) else {
        return Vec::new();
    };
    let actuals = row.actuals().into_iter();
    let bare = actuals.filter(|actual| number(actual).is_some_and(is_bare));
    bare.map(|actual| {
        let same_year = targets.iter().find(|target| target.year == actual.year);
        let target = same_year.filter(worded).unwrap_or(first);
        let message = format!(
            "単位や累計などの表記がありません：{}、{}",
            target.told_with_year(""),
            actual.told_with_year("")
        );
        Finding {
            found: Some(actual.text.to_owned()),
            expected: Some(format!("{}のような書き方", target.text.replace('\n', ""))),
            ..finding(&RULE, row.item, actual.place.clone(), message)
        }
    })
    .collect()
}

fn number<'a>(value: &Known<'a>) -> Option<&'a Quantity> {
    match value.measure {
        Measure::Quantity(quantity) => Some(quantity),
        Measure::Compound(_) | Measure::AsNeeded | Measure::Milestone(_) | Measure::Nothing(_) => {
            None
        }
    }
}

fn is_bare(quantity: &Quantity) -> bool {
    quantity.unit.is_empty() && quantity.qualifier.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        for text in ["145", "１４５", "0"] {
            let book = clean().put("G12", text).book();
            assert_eq!(found(&RULE, &book), ["K14 G12"], "{text}");
        }
    }

    #[test]
    fn stays_silent() {
        for text in ["(累計)145件", "145件", "(累計)145", "実施", "—", ""] {
            let book = clean().put("G12", text).book();
            assert!(found(&RULE, &book).is_empty(), "{text}");
        }
        let bare = clean().both("D13", "67").both("G13", "85");
        let bare = bare.both("J13", "100").put("G12", "145").book();
        assert!(found(&RULE, &bare).is_empty());
    }
}
