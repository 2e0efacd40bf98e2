//! K03

use super::{Known, Row, in_each_row, quantities, quantity_of, units_agree};
use crate::check::finding;
use crate::model::{Book, Finding, Level, Qualifier, Quantity, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "K03",
    name: "cumulative_decrease",
    level: Level::Error,
    when: When::Both,
    title: "累計値の減少",
    why: "累計の実績値が前年度や基準値を下回ることはなく、公表後に訂正が必要になります。",
    remedy: "当年度だけの件数を記入していないか確かめ、累計で記入してください。",
    example: "R4年度の実績値は「(累計)67件」、R5年度の実績値は「(累計)45件」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    in_each_row(book, in_row)
}

fn in_row(row: &Row<'_>) -> Vec<Finding> {
    let actuals = row.actuals();
    let mut found = Vec::new();
    for (at, actual) in actuals.iter().enumerate() {
        for (mark, quantity) in quantities(actual.measure) {
            if quantity.qualifier != Some(Qualifier::Cumulative) {
                continue;
            }
            let Some(floor) = floor(row, mark, &actuals[..at], quantity) else {
                continue;
            };
            let message = format!(
                "累計の値が減っています：{}、{}",
                floor.told_with_year(mark),
                actual.told_with_year(mark)
            );
            found.push(Finding {
                found: Some(actual.text.to_owned()),
                expected: Some(format!("{}以上", floor.part(mark))),
                ..finding(&RULE, row.item, actual.place.clone(), message)
            });
        }
    }
    found
}

/// The value that the quantity has fallen below: the last cumulative actual before it, or the
/// baseline unless a target counts from the plan's start.
fn floor<'a>(
    row: &Row<'a>,
    mark: &str,
    earlier: &[Known<'a>],
    quantity: &Quantity,
) -> Option<Known<'a>> {
    let above = |floor: &Quantity| units_agree(floor, quantity) && floor.value > quantity.value;
    let cumulative = |value: &&Known<'a>| {
        let earlier = quantity_of(value.measure, mark);
        earlier.is_some_and(|earlier| earlier.qualifier == quantity.qualifier)
    };
    let before = earlier.iter().rev().find(cumulative);
    if let Some(before) = before.filter(|b| quantity_of(b.measure, mark).is_some_and(above)) {
        return Some(before.clone());
    }
    let baseline = row.baseline()?;
    let start = quantity_of(baseline.measure, mark)?;
    if !above(start) || start.qualifier == Some(Qualifier::Total) {
        return None;
    }
    let counts_anew = row.targets().iter().any(|target| {
        quantity_of(target.measure, mark).is_some_and(|target| target.value < start.value)
    });
    (!counts_anew).then_some(baseline)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        assert_eq!(
            found(&RULE, &clean().put("G12", "(累計)66件").book()),
            ["K03 G12"]
        );
        let gap = clean().both("D12", "").put("G12", "(累計)29件").book();
        assert_eq!(found(&RULE, &gap), ["K03 G12"]);
    }

    #[test]
    fn stays_silent() {
        for (cell, text) in [
            ("G12", "(累計)67件"),
            ("G12", "8件"),
            ("D12", "200件"),
            ("G12", "(累計)5人"),
            ("J12", "(累計)5件"),
        ] {
            assert!(
                found(&RULE, &clean().put(cell, text).book()).is_empty(),
                "{text}"
            );
        }
    }

    #[test]
    fn stays_silent_where_a_target_counts_from_the_plans_start() {
        let stock = clean().both("A16", "検証する協定件数\nR3年度：12件");
        let stock = stock.both("D16", "(累計)2件").both("D17", "(累計)2件");
        let stock = stock.both("G16", "(累計)8件").both("G17", "(累計)7件");
        assert!(found(&RULE, &stock.both("J17", "(累計)12件").book()).is_empty());
    }
}
