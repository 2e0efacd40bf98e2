//! K04

use super::{Row, in_each_row, told};
use crate::check::{finding, quote};
use crate::model::{Book, Finding, FiscalYear, Level, Measure, Place, Quantity, Rule, When};

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
    let targets = row.targets();
    let targets: Vec<(FiscalYear, &Quantity)> = targets
        .iter()
        .filter_map(|(year, target)| Some((*year, plain(target)?)))
        .collect();
    let first = targets.first().map(|(_, target)| *target);
    let mut found = Vec::new();
    for (year, target) in &targets {
        let place = row.target_place(*year);
        found.extend(first.and_then(|first| {
            differs(
                row,
                ("初めの年度の目標値", first),
                ("目標値", target),
                place,
            )
        }));
    }
    let mut earlier: Option<&Quantity> = None;
    for (year, actual, field) in row.actuals() {
        let Some(actual) = plain(actual) else {
            continue;
        };
        let same_year = targets.iter().find(|(target, _)| *target == year);
        let target = same_year.map(|(_, target)| *target).or(first);
        let before = earlier.replace(actual);
        let other = match (target, before) {
            // Where a target is the odd one, that is the finding.
            (Some(_), _) if first.is_some_and(|first| first.qualifier == actual.qualifier) => {
                continue;
            }
            (Some(target), _) => ("目標値", target),
            (None, Some(before)) => ("前の年度の実績値", before),
            (None, None) => continue,
        };
        found.extend(differs(row, other, ("実績値", actual), field.place.clone()));
    }
    found
}

/// A quantity on its own with a unit; one without may have lost its other words too.
fn plain(measure: &Measure) -> Option<&Quantity> {
    match measure {
        Measure::Quantity(quantity) if !quantity.unit.is_empty() => Some(quantity),
        Measure::Quantity(_)
        | Measure::Compound(_)
        | Measure::AsNeeded
        | Measure::Milestone(_)
        | Measure::Nothing => None,
    }
}

fn differs(
    row: &Row<'_>,
    (label, one): (&str, &Quantity),
    (found_label, other): (&str, &Quantity),
    place: Option<Place>,
) -> Option<Finding> {
    if one.qualifier == other.qualifier {
        return None;
    }
    let (expected, got) = (told(one), told(other));
    let message = format!(
        "累計・延べの表記が異なります：{label}{}、{found_label}{}",
        quote(&expected),
        quote(&got)
    );
    Some(Finding {
        found: Some(got),
        expected: Some(
            one.qualifier
                .map_or("表記なし", |word| word.label())
                .to_owned(),
        ),
        ..finding(&RULE, row.item, place, message)
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
