//! What a KPI means: what its numbers count, and which way they should go.
//!
//! Nothing here is guessed. What is decided carries the evidence it was decided by, and what the
//! values do not tell stays undecided until the office sets it. A name never decides; it only keeps
//! a presumption from being made.

mod part;

use part::{Part, marks};

use super::text::name_key;
use super::{Bound, KpiValues, Qualifier};

/// 数え方: what a year's number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// 累計: everything since the count began.
    Cumulative,
    /// 年度ごと: the year alone.
    Yearly,
}

/// 目指す向き: which way a number should go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The more, the better.
    More,
    /// The less, the better.
    Less,
}

/// What the values of a KPI are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 数量
    Number,
    /// 割合: compared as it is, never divided.
    Rate,
    /// 随時
    AsNeeded,
    /// 段階
    Milestone,
    /// Nothing that was understood tells.
    Unknown,
}

/// The storey of a KPI that a value stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storey {
    /// 目標値
    Target,
    /// 実績値
    Actual,
}

impl Storey {
    /// The word: `目標値`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Target => "目標値",
            Self::Actual => "実績値",
        }
    }
}

/// What a meaning was decided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The office set it.
    Setting,
    /// A word at the number.
    Qualifier(Storey, Qualifier),
    /// A bound at a target.
    Bound(Bound),
    /// A rate is a year's own.
    Rate,
    /// A cumulative number only grows.
    Cumulative,
    /// The targets lie above the baseline.
    AboveBaseline,
    /// The targets lie clearly below the baseline.
    BelowBaseline,
    /// The targets rise from year to year.
    Rising,
    /// Nothing says otherwise: a bare target is a number to be reached.
    Usual,
}

impl Evidence {
    /// The reason in Japanese: `目標値に「累計」とあるため`.
    pub fn reason(self) -> String {
        match self {
            Self::Setting => "設定で定められているため".to_owned(),
            Self::Qualifier(storey, word) => {
                format!("{}に「{}」とあるため", storey.label(), word.label())
            }
            // 以内 is read as 以下, を下回る as 未満.
            Self::Bound(bound) => format!("目標値に「{}」などとあるため", bound.label()),
            Self::Rate => "割合であるため".to_owned(),
            Self::Cumulative => "累計で数えるため".to_owned(),
            Self::AboveBaseline => "目標値が基準値を上回るため".to_owned(),
            Self::BelowBaseline => "目標値が基準値を下回るため".to_owned(),
            Self::Rising => "目標値が年度を追って増えるため".to_owned(),
            Self::Usual => "減らす目標であることを示す表記がないため".to_owned(),
        }
    }
}

/// A meaning with what it was decided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided<T> {
    /// What was decided.
    pub value: T,
    /// By what.
    pub by: Evidence,
}

/// 数値目標の設定: what the office says of a KPI (`[[kpi]]`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KpiSetting {
    /// 取組番号
    pub item: u32,
    /// The KPI's name in the plan.
    pub name: String,
    /// What its numbers count, where that is set.
    pub counting: Option<Counting>,
    /// Which way it should go, where that is set.
    pub direction: Option<Direction>,
}

impl KpiSetting {
    /// Tells whether it speaks of a KPI.
    pub fn is_of(&self, item: u32, name: &str) -> bool {
        self.item == item && name_key(&self.name) == name_key(name)
    }
}

/// What a KPI, or a part of it, means; `None` is undecided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// What its values are.
    pub kind: Kind,
    /// What its numbers count.
    pub counting: Option<Decided<Counting>>,
    /// Which way it should go.
    pub direction: Option<Decided<Direction>>,
}

/// What a KPI means, part by part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Semantics {
    /// The mark of each part with its meaning; one empty mark where there are none.
    pub parts: Vec<(String, Meaning)>,
}

impl Semantics {
    /// Derives what a KPI means from its values and from what the office set.
    pub fn of(values: &KpiValues<'_>, setting: Option<&KpiSetting>) -> Self {
        let parts = marks(values).into_iter().map(|mark| {
            let meaning = Part::of(values, mark).meaning(values, setting);
            (mark.to_owned(), meaning)
        });
        Self {
            parts: parts.collect(),
        }
    }

    /// The meaning of a part; of a KPI without parts under an empty mark.
    pub fn part(&self, mark: &str) -> Option<&Meaning> {
        let part = self.parts.iter().find(|(own, _)| own == mark)?;
        Some(&part.1)
    }
}

#[cfg(test)]
pub(super) mod tests;
