//! H 評価: the assessment.

pub(super) mod claim_against_kpis;
pub(super) mod grade_against_kpis;
pub(super) mod mark_and_words_disagree;
pub(super) mod miss_unexplained;
pub(super) mod unknown_grade;

use super::kpi::{Row, quantities, quantity_of, units_agree};
use crate::model::{Bound, Layout, Measure, Qualifier, Quantity};

/// The vocabulary in words, the best first.
fn vocabulary(layout: &Layout) -> String {
    let words: Vec<String> = layout.grades.iter().map(|grade| grade.written()).collect();
    words.join("、")
}

/// Tells whether a KPI met its target of the reporting year; `None` where that cannot be known.
fn was_met<'a>(row: &Row<'a>) -> Option<bool> {
    let target = row.target(row.reporting)?.get()?;
    let actual = row.kpi.year(row.reporting)?.actual.as_ref()?.get()?;
    let marks = |measure: &'a Measure| quantities(measure).into_iter().map(|(mark, _)| mark);
    if marks(target).count() == 0 || marks(target).count() != marks(actual).count() {
        return None;
    }
    let verdicts: Vec<Option<bool>> = marks(target)
        .map(|mark| {
            let (target, actual) = (quantity_of(target, mark)?, quantity_of(actual, mark)?);
            part_was_met(row, mark, target, actual)
        })
        .collect();
    match verdicts.contains(&Some(false)) {
        true => Some(false),
        false => (!verdicts.contains(&None)).then_some(true),
    }
}

fn part_was_met(row: &Row<'_>, mark: &str, target: &Quantity, actual: &Quantity) -> Option<bool> {
    if !comparable(target, actual) || actual.bound.is_some() {
        return None;
    }
    match target.bound {
        Some(Bound::AtLeast) => Some(actual.value >= target.value),
        Some(Bound::MoreThan) => Some(actual.value > target.value),
        Some(Bound::AtMost) => Some(actual.value <= target.value),
        Some(Bound::LessThan) => Some(actual.value < target.value),
        Some(Bound::About) => None,
        None if more_is_better(row, mark, target)? => Some(actual.value >= target.value),
        None => Some(actual.value <= target.value),
    }
}

fn comparable(a: &Quantity, b: &Quantity) -> bool {
    units_agree(a, b) && a.qualifier == b.qualifier
}

/// Which way a KPI should go, from its targets over the years and its baseline; `None` where they
/// contradict each other or a lone target lies below the baseline, which may be a stock. A
/// cumulative value only grows, and may count from the plan's start.
fn more_is_better(row: &Row<'_>, mark: &str, target: &Quantity) -> Option<bool> {
    if target.qualifier == Some(Qualifier::Cumulative) {
        return Some(true);
    }
    let targets = row.targets();
    let targets: Vec<&Quantity> = targets
        .iter()
        .filter_map(|target| quantity_of(target.measure, mark))
        .filter(|other| comparable(other, target))
        .collect();
    let rising = targets.windows(2).any(|pair| pair[0].value < pair[1].value);
    let falling = targets.windows(2).any(|pair| pair[0].value > pair[1].value);
    let baseline = row.baseline();
    let baseline = baseline.and_then(|baseline| quantity_of(baseline.measure, mark));
    let baseline = baseline.filter(|baseline| comparable(baseline, target));
    let above = baseline.is_some_and(|baseline| baseline.value > target.value);
    let below = baseline.is_some_and(|baseline| baseline.value < target.value);
    match (rising, falling) {
        (_, false) if !above => Some(true),
        (false, true) if !below => Some(false),
        (true | false, true | false) => None,
    }
}
