//! H 評価: the assessment.

pub(super) mod claim_against_kpis;
pub(super) mod grade_against_kpis;
pub(super) mod mark_and_words_disagree;
pub(super) mod miss_unexplained;
pub(super) mod unknown_grade;

use super::kpi::Row;
use crate::model::{Attainment, Layout};

/// The vocabulary in words, the best first.
fn vocabulary(layout: &Layout) -> String {
    let words: Vec<String> = layout.grades.iter().map(|grade| grade.written()).collect();
    words.join("、")
}

/// Whether a KPI met its target of the reporting year, with the formula or with the reason why
/// that cannot be known.
fn attainment(row: &Row<'_>) -> Attainment {
    Attainment::of(&row.values(), &row.semantics(), row.reporting)
}

/// Tells whether a KPI met its target of the reporting year; `None` where that cannot be known.
fn was_met(row: &Row<'_>) -> Option<bool> {
    attainment(row).was_met()
}
