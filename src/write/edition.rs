//! For whom a workbook is written, and what of it they may see.

use crate::model::{Finding, Layout, Rule, UNSETTLED, Volume};

/// For whom a workbook is written.
///
/// Findings belong to the office's edition alone, so that nothing of them can show in the public's.
#[derive(Clone, Copy)]
pub enum Edition<'f> {
    /// 集約版: every sheet, with what was found, who has returned and where all of it came from.
    Office {
        /// What was found.
        findings: &'f [Finding],
        /// The rules that looked for it.
        rules: &'f [&'static Rule],
        /// Whether the KPIs' tidy table is its last sheet.
        data_sheet: bool,
    },
    /// 公表用: what the public reads, and nothing else.
    Public {
        /// Whether no error is left; otherwise every page says that the figures are not settled.
        settled: bool,
    },
    /// 計画: the plan alone, to be worked from; it reports of no period.
    Plan,
}

impl<'f> Edition<'f> {
    /// What shows in it of the findings.
    pub fn findings(&self) -> &'f [Finding] {
        match self {
            Self::Office { findings, .. } => findings,
            Self::Public { .. } | Self::Plan => &[],
        }
    }

    /// Whether it stays with the office.
    pub(super) fn is_for_office(&self) -> bool {
        match self {
            Self::Office { .. } => true,
            Self::Public { .. } | Self::Plan => false,
        }
    }

    /// What tells it from the others.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Office { .. } => "office",
            Self::Public { settled: true } => "public",
            Self::Public { settled: false } => "unsettled",
            Self::Plan => "plan",
        }
    }

    /// The word that every page bears.
    pub(super) fn mark(&self) -> Option<&'static str> {
        match self {
            Self::Public { settled: false } => Some(UNSETTLED),
            Self::Public { settled: true } | Self::Office { .. } | Self::Plan => None,
        }
    }

    /// Whether the 数値目標総括表 is a sheet of it.
    pub fn has_kpi_table(&self, layout: &Layout) -> bool {
        match self {
            Self::Office { .. } => true,
            Self::Public { .. } => layout.publish.kpi_table,
            Self::Plan => false,
        }
    }
}

/// How much of a book a workbook holds.
#[derive(Clone, Copy, Debug)]
pub enum Extent<'v> {
    /// All of it.
    Whole,
    /// 総括: what is said of all items, without their sheets.
    Summary {
        /// How many items each volume holds.
        volumes: &'v [usize],
        /// What the set is known by, see [`SET_PROPERTY`](crate::model::SET_PROPERTY).
        set: &'v str,
    },
    /// 分冊: the sheets of some items, which are all that the book holds.
    One {
        /// Which volume it is, from 1.
        number: usize,
        /// How many volumes there are.
        of: usize,
        /// What the set is known by.
        set: &'v str,
    },
}

impl Extent<'_> {
    /// What the workbook says that it is.
    pub(super) fn volume(&self) -> Volume {
        match *self {
            Self::Whole => Volume::Whole,
            Self::Summary { volumes, .. } => Volume::Summary { of: volumes.len() },
            Self::One { number, of, .. } => Volume::One { number, of },
        }
    }

    /// What the set of volumes is known by, if it is one of a set.
    pub(super) fn set(&self) -> Option<&str> {
        match self {
            Self::Whole => None,
            Self::Summary { set, .. } | Self::One { set, .. } => Some(set),
        }
    }

    /// Whether the items' own sheets are in it.
    pub(super) fn has_items(&self) -> bool {
        match self {
            Self::Whole | Self::One { .. } => true,
            Self::Summary { .. } => false,
        }
    }

    /// Whether it sums up all items.
    pub(super) fn sums_up(&self) -> bool {
        match self {
            Self::Whole | Self::Summary { .. } => true,
            Self::One { .. } => false,
        }
    }
}
