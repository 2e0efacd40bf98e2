//! 達成: whether a KPI met the target of a year, with the formula that says so.
//!
//! | 種類 | 判定 | 式 |
//! | --- | --- | --- |
//! | the more, the better | the actual is the target or more | `145件 ÷ 85件 = 170.6%` |
//! | the less, the better | the actual is the target or less | `(100件 − 90件) ÷ (100件 − 80件) = 50.0%` from a baseline above the target, else `90件 ＞ 80件` |
//! | a rate | as it should go, never divided | `75% ＜ 80%` |
//! | ①② | part by part; all must be met | `①7校 ÷ 3校 = 233.3%、②4回 ÷ 4回 = 100.0%` |
//!
//! 以上, 超, 以下 and 未満 at the target decide before anything else. What cannot be determined says
//! why, and has no formula.

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};

use super::measure::grouped;
use super::{
    Bound, Direction, Evidence, FiscalYear, Kind, KpiValues, Meaning, Measure, Nothing, Quantity,
    Semantics, Storey, Value,
};

/// Whether a target was met.
#[derive(Clone, Debug, PartialEq)]
pub enum Attainment {
    /// 達成
    Met(Shown),
    /// 未達成
    Missed(Shown),
    /// 判定不能
    Undetermined(Undetermined),
}

/// What a judgement was made by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The formula as a person writes it: `145件 ÷ 85件 = 170.6%`.
    pub formula: String,
    /// The percentage of the formula, rounded half up to a tenth; `None` where it has none.
    pub percent: Option<Decimal>,
}

/// Why it cannot be told whether a target was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undetermined {
    /// No year has a target.
    NoTarget,
    /// The next target is that of a later year.
    TargetLater(FiscalYear),
    /// 随時
    AsNeeded,
    /// A stage, not a number.
    Milestone(Storey),
    /// The actual was not entered.
    Blank,
    /// A text that is no value.
    Unreadable(Storey),
    /// An explicit none: `—`.
    Nothing(Storey),
    /// 該当なし, in words.
    Stated(Storey),
    /// The units of target and actual.
    Units(String, String),
    /// 累計 or 延べ at one of the two only.
    Counting,
    /// Nobody said which way the number should go.
    Direction,
    /// Within a tenth of a target with 約, on the wrong side.
    About,
    /// The actual is a bound or an approximation.
    Bounded,
    /// The parts of target and actual differ.
    Parts,
}

impl Undetermined {
    /// The reason in Japanese: `実績値が空欄のため`.
    pub fn reason(&self) -> String {
        match self {
            Self::NoTarget => "目標値がないため".to_owned(),
            Self::TargetLater(year) => {
                format!("目標値が後の年度（{}）に定められているため", year.short())
            }
            Self::AsNeeded => "「随時」とされているため".to_owned(),
            Self::Milestone(storey) => {
                format!("{}が数値でなく言葉で示されているため", storey.label())
            }
            Self::Blank => "実績値が空欄のため".to_owned(),
            Self::Unreadable(storey) => format!("{}を読み取れないため", storey.label()),
            Self::Nothing(storey) => format!("{}が「—」などのため", storey.label()),
            Self::Stated(storey) => format!("{}が「該当なし」のため", storey.label()),
            Self::Units(target, actual) => {
                format!("目標値の単位「{target}」と実績値の単位「{actual}」が異なるため")
            }
            Self::Counting => "「累計」や「延べ」の表記が目標値と実績値で異なるため".to_owned(),
            Self::Direction => "多いほどよいのか、少ないほどよいのかが分からないため".to_owned(),
            Self::About => "目標値の「約」に収まるかどうかが分からないため".to_owned(),
            Self::Bounded => "実績値が一つの数で示されていないため".to_owned(),
            Self::Parts => "①②などの内訳が目標値と実績値で異なるため".to_owned(),
        }
    }
}

impl Attainment {
    /// Judges the target of a year.
    pub fn of(values: &KpiValues<'_>, semantics: &Semantics, year: FiscalYear) -> Self {
        let both = values.year(year);
        let target = match both.and_then(|both| both.target).map(|field| &field.value) {
            Some(Value::Known(target)) => target,
            Some(Value::Unreadable) => return unreadable(Storey::Target),
            Some(Value::Blank) | None => return no_target(values, year, Undetermined::NoTarget),
        };
        match obstacle(target, Storey::Target) {
            Some(nothing @ (Undetermined::Nothing(_) | Undetermined::Stated(_))) => {
                return no_target(values, year, nothing);
            }
            Some(reason) => return Self::Undetermined(reason),
            None => {}
        }
        let actual = match both.and_then(|both| both.actual).map(|field| &field.value) {
            Some(Value::Known(actual)) => actual,
            Some(Value::Unreadable) => return unreadable(Storey::Actual),
            Some(Value::Blank) | None => return Self::Undetermined(Undetermined::Blank),
        };
        if let Some(reason) = obstacle(actual, Storey::Actual) {
            return Self::Undetermined(reason);
        }
        let marks = target.marks();
        if actual.marks().iter().any(|mark| !marks.contains(mark)) {
            return Self::Undetermined(Undetermined::Parts);
        }
        let parts = marks.into_iter().map(|mark| {
            let start = values.start().and_then(|start| start.amount(mark));
            let both = (target.part(mark), actual.part(mark));
            (mark, of_part(semantics.part(mark), start, both))
        });
        joined(parts.collect())
    }

    /// Whether the target was met; `None` where that cannot be told.
    pub fn was_met(&self) -> Option<bool> {
        match self {
            Self::Met(_) => Some(true),
            Self::Missed(_) => Some(false),
            Self::Undetermined(_) => None,
        }
    }

    /// The word: `達成`.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Met(_) => "達成",
            Self::Missed(_) => "未達成",
            Self::Undetermined(_) => "判定不能",
        }
    }

    /// The formula, or the reason why there is none.
    pub fn told(&self) -> String {
        match self {
            Self::Met(shown) | Self::Missed(shown) => shown.formula.clone(),
            Self::Undetermined(reason) => format!("判定不能（{}）", reason.reason()),
        }
    }
}

fn unreadable(storey: Storey) -> Attainment {
    Attainment::Undetermined(Undetermined::Unreadable(storey))
}

/// Without a target of the year: the next one that is a number, else what is said of this year.
fn no_target(values: &KpiValues<'_>, year: FiscalYear, reason: Undetermined) -> Attainment {
    let mut later = values.targets().filter(|(later, _)| *later > year);
    let next = later.find(|(_, target)| obstacle(target, Storey::Target).is_none());
    Attainment::Undetermined(next.map_or(reason, |(year, _)| Undetermined::TargetLater(year)))
}

/// Why a value is no number to be judged.
fn obstacle(measure: &Measure, storey: Storey) -> Option<Undetermined> {
    match measure {
        Measure::Quantity(_) | Measure::Compound(_) => None,
        Measure::AsNeeded => Some(Undetermined::AsNeeded),
        Measure::Milestone(_) => Some(Undetermined::Milestone(storey)),
        Measure::Nothing(Nothing::Dash) => Some(Undetermined::Nothing(storey)),
        Measure::Nothing(Nothing::Stated) => Some(Undetermined::Stated(storey)),
    }
}

/// One part is the whole; of several all must be met, and one that was missed is enough.
fn joined(parts: Vec<(&str, Attainment)>) -> Attainment {
    let told: Vec<String> = parts
        .iter()
        .map(|(mark, part)| format!("{mark}{}", part.told()))
        .collect();
    let shown = Shown {
        formula: told.join("、"),
        percent: None,
    };
    let missed = parts.iter().any(|(_, part)| part.was_met() == Some(false));
    let mut all = parts.into_iter().map(|(_, part)| part);
    let Some(first) = all.next() else {
        return Attainment::Undetermined(Undetermined::Parts);
    };
    if told.len() == 1 {
        return first;
    }
    if missed {
        return Attainment::Missed(shown);
    }
    let mut all = std::iter::once(first).chain(all);
    let open = all.find(|part| part.was_met().is_none());
    open.unwrap_or(Attainment::Met(shown))
}

fn of_part(
    meaning: Option<&Meaning>,
    start: Option<&Quantity>,
    (target, actual): (Option<&Measure>, Option<&Measure>),
) -> Attainment {
    let undetermined = Attainment::Undetermined;
    let (Some(target), Some(actual)) = (target, actual) else {
        return undetermined(Undetermined::Parts);
    };
    let obstacle = obstacle(target, Storey::Target).or_else(|| obstacle(actual, Storey::Actual));
    if let Some(reason) = obstacle {
        return undetermined(reason);
    }
    let (Measure::Quantity(target), Measure::Quantity(actual)) = (target, actual) else {
        return undetermined(Undetermined::Parts);
    };
    if !actual.same_unit(target) {
        let units = (target.unit.to_string(), actual.unit.to_string());
        return undetermined(Undetermined::Units(units.0, units.1));
    }
    let set = meaning.and_then(|meaning| meaning.counting);
    let set = set.is_some_and(|counting| counting.by == Evidence::Setting);
    if actual.qualifier != target.qualifier && !set {
        return undetermined(Undetermined::Counting);
    }
    if actual.bound.is_some() {
        return undetermined(Undetermined::Bounded);
    }
    Judged {
        target,
        actual,
        start: start.filter(|start| target.counts_like(start)),
        kind: meaning.map_or(Kind::Unknown, |meaning| meaning.kind),
    }
    .attainment(direction(meaning, target))
}

/// Which way the target goes: as its own bound says, else as the KPI does.
fn direction(meaning: Option<&Meaning>, target: &Quantity) -> Option<Direction> {
    match target.bound {
        Some(Bound::AtLeast | Bound::MoreThan) => Some(Direction::More),
        Some(Bound::AtMost | Bound::LessThan) => Some(Direction::Less),
        Some(Bound::About) | None => Some(meaning?.direction?.value),
    }
}

/// Two numbers that count alike.
struct Judged<'a> {
    target: &'a Quantity,
    actual: &'a Quantity,
    start: Option<&'a Quantity>,
    kind: Kind,
}

impl Judged<'_> {
    fn attainment(&self, direction: Option<Direction>) -> Attainment {
        let order = self.actual.value.cmp(&self.target.value);
        let strict = matches!(self.target.bound, Some(Bound::MoreThan | Bound::LessThan));
        let met = match (order, direction) {
            (Ordering::Equal, _) => !strict,
            (Ordering::Less | Ordering::Greater, None) => {
                return Attainment::Undetermined(Undetermined::Direction);
            }
            (order, Some(Direction::More)) => order == Ordering::Greater,
            (order, Some(Direction::Less)) => order == Ordering::Less,
        };
        if !met && self.target.bound == Some(Bound::About) && self.is_near() {
            return Attainment::Undetermined(Undetermined::About);
        }
        let shown = self.shown(order, direction, met);
        match met {
            true => Attainment::Met(shown),
            false => Attainment::Missed(shown),
        }
    }

    /// Tells whether the actual lies within a tenth of the target.
    fn is_near(&self) -> bool {
        let (target, actual) = (self.target.value, self.actual.value);
        let apart = target.checked_sub(actual).map(|apart| apart.abs());
        let tenth = target.abs().checked_mul(Decimal::new(1, 1));
        apart
            .zip(tenth)
            .is_some_and(|(apart, tenth)| apart <= tenth)
    }

    fn shown(&self, order: Ordering, direction: Option<Direction>, met: bool) -> Shown {
        let [target, actual] =
            [self.target, self.actual].map(|quantity| self.with_unit(quantity.value));
        if order == Ordering::Equal && !met {
            let bound = self.target.bound.map_or("", Bound::label);
            return Shown {
                formula: format!("{actual}は{target}{bound}に当たらない"),
                percent: None,
            };
        }
        let ratio = match direction {
            Some(Direction::More) => self.ratio(),
            Some(Direction::Less) => self.progress(),
            None => None,
        };
        let Some((formula, percent)) = ratio.filter(|_| self.kind != Kind::Rate) else {
            let sign = match order {
                Ordering::Less => "＜",
                Ordering::Equal => "＝",
                Ordering::Greater => "＞",
            };
            return Shown {
                formula: format!("{actual} {sign} {target}"),
                percent: None,
            };
        };
        let rounded_up = !met && percent >= Decimal::ONE_HUNDRED;
        let remark = if rounded_up {
            "（四捨五入前は100%未満）"
        } else {
            ""
        };
        Shown {
            formula: format!("{formula} = {percent}%{remark}"),
            percent: Some(percent),
        }
    }

    /// `145件 ÷ 85件`, of numbers of which one can be a part of the other.
    fn ratio(&self) -> Option<(String, Decimal)> {
        let (target, actual) = (self.target.value, self.actual.value);
        let sensible = target > Decimal::ZERO && actual >= Decimal::ZERO;
        let percent = percent(actual, target).filter(|_| sensible)?;
        let formula = format!("{} ÷ {}", self.with_unit(actual), self.with_unit(target));
        Some((formula, percent))
    }

    /// How far from the baseline down to the target: `(100件 − 90件) ÷ (100件 − 80件)`, of a target
    /// below the baseline and an actual that is not above it.
    fn progress(&self) -> Option<(String, Decimal)> {
        let start = self.start?.value;
        let (target, actual) = (self.target.value, self.actual.value);
        if target >= start || actual > start {
            return None;
        }
        let percent = percent(start.checked_sub(actual)?, start.checked_sub(target)?)?;
        let [start, target, actual] = [start, target, actual].map(|number| self.with_unit(number));
        let formula = format!("({start} − {actual}) ÷ ({start} − {target})");
        Some((formula, percent))
    }

    /// A number with the unit of the two, also where one has lost it.
    fn with_unit(&self, number: Decimal) -> String {
        let unit = match self.actual.unit.is_empty() {
            true => &self.target.unit,
            false => &self.actual.unit,
        };
        format!("{}{unit}", grouped(number))
    }
}

/// A part of a whole in percent, rounded half up to a tenth.
fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let percent = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    let mut percent = percent.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    percent.rescale(1);
    Some(percent)
}

#[cfg(test)]
mod tests;
