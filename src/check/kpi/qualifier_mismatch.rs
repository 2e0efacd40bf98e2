//! K04

use super::{Known, Row, in_each_row};
use crate::check::finding;
use crate::model::{Book, Finding, Level, Measure, Quantity, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "K04",
    name: "qualifier_mismatch",
    level: Level::Warning,
    when: When::Both,
    title: "累計・延べ表記の不一致",
    why: "累計か当年度だけの値か、延べか実数かが分からず、比べることができません。",
    remedy: "値の数え方を確かめ、「累計」や「延べ」の表記を計画にそろえてください。",
    example: "目標値は「延べ800人」、実績値は「729人」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    in_each_row(book, in_row)
}

fn in_row(row: &Row<'_>) -> Vec<Finding> {
    let mut targets = row.targets();
    targets.retain(|target| plain(target).is_some());
    let first = targets.first();
    let mut found = Vec::new();
    for target in &targets {
        found.extend(first.and_then(|first| differs(row, first, target)));
    }
    let mut before: Option<Known<'_>> = None;
    for actual in row.actuals() {
        if plain(&actual).is_none() {
            continue;
        }
        let same_year = targets.iter().find(|target| target.year == actual.year);
        let mut other = same_year.or(first).or(before.as_ref());
        // Where a target is the odd one, that is the finding.
        if first.is_some_and(|first| differs(row, first, &actual).is_none()) {
            other = None;
        }
        found.extend(other.and_then(|other| differs(row, other, &actual)));
        before = Some(actual);
    }
    found
}

/// A quantity on its own with a unit; one without may have lost its other words too.
fn plain<'a>(value: &Known<'a>) -> Option<&'a Quantity> {
    match value.measure {
        Measure::Quantity(quantity) if !quantity.unit.is_empty() => Some(quantity),
        Measure::Quantity(_)
        | Measure::Compound(_)
        | Measure::AsNeeded
        | Measure::Milestone(_)
        | Measure::Nothing(_) => None,
    }
}

fn differs(row: &Row<'_>, one: &Known<'_>, other: &Known<'_>) -> Option<Finding> {
    let qualifier = plain(one)?.qualifier;
    if qualifier == plain(other)?.qualifier {
        return None;
    }
    let year = |value: &Known<'_>| value.year.map_or(String::new(), |year| year.short());
    let message = format!(
        "累計・延べの表記が異なります：{}{}、{}{}",
        year(one),
        one.told(""),
        year(other),
        other.told("")
    );
    Some(Finding {
        found: Some(other.text.to_owned()),
        expected: Some(qualifier.map_or("表記なし", |word| word.label()).to_owned()),
        ..finding(&RULE, row.item, other.place.clone(), message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        assert_eq!(
            found(&RULE, &clean().put("G12", "145件").book()),
            ["K04 G12"]
        );
        assert_eq!(
            found(&RULE, &clean().put("G12", "延べ145件").book()),
            ["K04 G12"]
        );
        let one_year = clean().both("D13", "—").both("D12", "67件").book();
        assert_eq!(found(&RULE, &one_year), ["K04 D12"]);
        let no_targets = clean().both("A16", "削減時間").both("D16", "5時間");
        let no_targets = no_targets.both("G16", "(累計)9時間").book();
        assert_eq!(found(&RULE, &no_targets), ["K04 G16"]);
        assert_eq!(
            found(&RULE, &clean().both("J13", "100件").book()),
            ["K04 J13"]
        );
    }

    #[test]
    fn stays_silent() {
        for text in ["(累計)145件", "145", "選定 6件", "(随時)", "—", ""] {
            assert!(
                found(&RULE, &clean().put("G12", text).book()).is_empty(),
                "{text}"
            );
        }
    }
}
