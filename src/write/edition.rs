//! For whom a workbook is written, and what of it they may see.

use crate::model::{Finding, Layout, Rule, UNSETTLED};

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
    pub(super) fn findings(&self) -> &'f [Finding] {
        match self {
            Self::Office { findings, .. } => findings,
            Self::Public { .. } | Self::Plan => &[],
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
