//! How fast a KPI moved from year to year, and how fast it has to.

use rust_decimal::Decimal;

use super::{Known, Row};
use crate::model::{AsOf, Counting, Direction, FiscalYear, Meaning, Quantity};

/// The way that is left to the last target, and the steps made so far.
pub(super) struct Pace {
    /// How much is missing, the right way round: above zero.
    pub(super) gap: Decimal,
    /// How much of it falls to each year that is left.
    pub(super) needed: Decimal,
    /// The best step of a year so far, the right way round; it may be zero or below.
    pub(super) best: Decimal,
    /// The largest step of a year so far in either direction.
    largest: Decimal,
    /// The last target, without its sign.
    target: Decimal,
}

/// Steps that must have been made before one speaks of a pace.
const STEPS: usize = 2;
/// How many times the largest step so far the needed one must exceed.
const TIMES: u32 = 2;
/// Of a number that stands for its year alone, this part of the target must be missing: a fifth.
const PART: u32 = 5;

impl Pace {
    /// Tells whether the target can hardly be reached any more.
    ///
    /// That is said late: never of what is on the plan's own course, nor, where the year has no
    /// target, of what may be due in one go in the last year. A number that stands for its year
    /// alone goes up and down: there every step counts, and a fifth of the target must be missing.
    pub(super) fn is_out_of_reach(&self, row: &Row<'_>, mark: &str, meaning: &Meaning) -> bool {
        let on_course = match behind(row, mark, meaning) {
            Some(behind) => !behind,
            None => self.best <= Decimal::ZERO,
        };
        let counting = meaning.counting.map(|counting| counting.value);
        let (step, near) = match counting {
            Some(Counting::Cumulative) => (self.best.max(Decimal::ZERO), false),
            Some(Counting::Yearly) | None => {
                let near = self.gap.saturating_mul(Decimal::from(PART)) < self.target;
                (self.largest, near)
            }
        };
        !on_course && !near && self.needed > step.saturating_mul(Decimal::from(TIMES))
    }
}

/// Tells whether the year's own target was missed; `None` where there is none to compare with.
fn behind(row: &Row<'_>, mark: &str, meaning: &Meaning) -> Option<bool> {
    let (target, actual) = (row.known_target(row.reporting)?, row.actual()?);
    let (target, actual) = (target.measure.amount(mark)?, actual.measure.amount(mark)?);
    let missed = match meaning.direction?.value {
        Direction::More => actual.value < target.value,
        Direction::Less => actual.value > target.value,
    };
    actual.counts_like(target).then_some(missed)
}

/// The pace of a part towards a target; `None` where it was reached, or where too little is known.
pub(super) fn pace(
    row: &Row<'_>,
    mark: &str,
    meaning: &Meaning,
    (last, target): (FiscalYear, &Quantity),
) -> Option<Pace> {
    let counting = meaning.counting?.value;
    let sign = match meaning.direction?.value {
        Direction::More => Decimal::ONE,
        Direction::Less => Decimal::NEGATIVE_ONE,
    };
    let toward = |from: Decimal, to: Decimal| to.checked_sub(from)?.checked_mul(sign);
    let points = points(row, mark, counting, target)?;
    let (now, value) = *points.last()?;
    if now != row.reporting {
        return None;
    }
    let per_year = |amount: Decimal, from: FiscalYear, to: FiscalYear| {
        amount.checked_div(Decimal::from(to.0.checked_sub(from.0)?))
    };
    let steps = points.windows(2).map(|pair| {
        let [(from, before), (to, after)] = pair else {
            return None;
        };
        per_year(toward(*before, *after)?, *from, *to)
    });
    let steps: Vec<Decimal> = steps.collect::<Option<_>>()?;
    let gap = toward(value, target.value).filter(|gap| *gap > Decimal::ZERO)?;
    (steps.len() >= STEPS).then_some(())?;
    Some(Pace {
        gap,
        needed: per_year(gap, now, last)?,
        best: steps.iter().max().copied()?,
        largest: steps.iter().map(Decimal::abs).max()?,
        target: target.value.abs(),
    })
}

/// The values that count like the target, in order of years, with the start before the first.
fn points(
    row: &Row<'_>,
    mark: &str,
    counting: Counting,
    target: &Quantity,
) -> Option<Vec<(FiscalYear, Decimal)>> {
    let now = row.actual();
    let years = row.kpi.years.iter().map(|values| values.year);
    let known = years.filter_map(|year| match year < row.reporting {
        true => row.past_actual(year),
        false => now.clone().filter(|actual| actual.year == Some(year)),
    });
    let value = |known: Known<'_>| {
        let amount = known.measure.amount(mark)?;
        let alike = amount.counts_like(target) && amount.bound.is_none();
        alike.then_some((known.year?, amount.value))
    };
    let mut points: Vec<(FiscalYear, Decimal)> = known.filter_map(value).collect();
    points.sort_unstable_by_key(|(year, _)| *year);
    let first = *points.first()?;
    let start = start(row, mark, counting, target, first);
    points.splice(0..0, start.filter(|(year, _)| *year < first.0));
    Some(points)
}

/// Where the count began: at the baseline, or, where that does not count like the target, a
/// cumulative number at zero in the year before the sheet's first. A baseline above the first
/// value or above a target is a stock beside which the number counts anew.
fn start(
    row: &Row<'_>,
    mark: &str,
    counting: Counting,
    target: &Quantity,
    first: (FiscalYear, Decimal),
) -> Option<(FiscalYear, Decimal)> {
    let before = row.kpi.years.iter().map(|values| values.year).min()?;
    let before = FiscalYear(before.0.checked_sub(1)?);
    let baseline = row.values().baseline.and_then(|baseline| baseline.get());
    let amount = baseline.and_then(|baseline| baseline.measure.amount(mark));
    let amount = amount.filter(|amount| amount.same_unit(target));
    let as_of = baseline.and_then(|baseline| baseline.as_of);
    let year = as_of.map_or(before, AsOf::fiscal_year);
    if counting == Counting::Yearly {
        let amount = amount.filter(|amount| amount.counts_like(target))?;
        return Some((year, amount.value));
    }
    let targets = row.targets();
    let mut targets = targets
        .iter()
        .filter_map(|target| target.measure.amount(mark));
    let counts_on = amount.filter(|amount| {
        amount.value <= first.1 && targets.all(|target| target.value >= amount.value)
    });
    match counts_on {
        Some(amount) => Some((year, amount.value)),
        None => Some((before, Decimal::ZERO)),
    }
}
