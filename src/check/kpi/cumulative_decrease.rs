//! K03

use super::{Row, in_each_row, quantities, quantity_of, told, units_agree};
use crate::check::{finding, quote};
use crate::model::{Book, Finding, FiscalYear, Level, Measure, Qualifier, Quantity, Rule, When};

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
    for (year, actual, field) in &actuals {
        for (mark, quantity) in quantities(actual) {
            if quantity.qualifier != Some(Qualifier::Cumulative) {
                continue;
            }
            let before = actuals.iter().rev().find_map(|(earlier, actual, _)| {
                let value = quantity_of(actual, mark).filter(|_| earlier < year)?;
                (value.qualifier == quantity.qualifier).then_some((*earlier, value))
            });
            let Some((label, floor)) = floor(row, mark, before, quantity) else {
                continue;
            };
            let (expected, got) = (told(floor), told(quantity));
            let message = format!(
                "累計の実績値が{label}より減っています：{label}{}、{}{}",
                quote(&expected),
                year.short(),
                quote(&got)
            );
            found.push(Finding {
                found: field.raw.clone(),
                expected: Some(format!("{expected}以上")),
                ..finding(&RULE, row.item, field.place.clone(), message)
            });
        }
    }
    found
}

/// The value that the quantity has fallen below, and what it is: the last cumulative actual, or
/// the baseline unless a target counts from the plan's start.
fn floor<'a>(
    row: &Row<'a>,
    mark: &str,
    before: Option<(FiscalYear, &'a Quantity)>,
    quantity: &Quantity,
) -> Option<(String, &'a Quantity)> {
    let above = |floor: &Quantity| units_agree(floor, quantity) && floor.value > quantity.value;
    if let Some((year, value)) = before.filter(|(_, value)| above(value)) {
        return Some((year.short(), value));
    }
    let baseline = quantity_of(row.baseline()?, mark)?;
    if !above(baseline) || baseline.qualifier == Some(Qualifier::Total) {
        return None;
    }
    let below = |target: &Measure| {
        quantity_of(target, mark).is_some_and(|target| target.value < baseline.value)
    };
    let counts_anew = row.targets().iter().any(|(_, target)| below(target));
    (!counts_anew).then(|| ("基準値".to_owned(), baseline))
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
