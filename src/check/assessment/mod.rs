//! H 評価: the assessment.

pub(super) mod claim_against_kpis;
pub(super) mod grade_against_kpis;
pub(super) mod mark_and_words_disagree;
pub(super) mod miss_unexplained;
pub(super) mod unknown_grade;

use super::kpi::Row;
use super::{quote, returned};
use crate::model::{Attainment, Book, BookItem, Field, Grade, Layout, Undetermined};

/// The vocabulary of an axis in words, the best first.
fn vocabulary(layout: &Layout, axis: usize) -> String {
    let words = layout.words(axis).iter();
    let words: Vec<String> = words.map(|grade| grade.written()).collect();
    words.join("、")
}

/// The grades of the returned sheets, one an axis, each with its axis.
fn grades(book: &Book) -> impl Iterator<Item = (&BookItem, usize, &Field<Grade>)> {
    returned(book).flat_map(|(item, sheet)| {
        let grades = sheet.grades().enumerate();
        grades.map(move |(axis, field)| (item, axis, field))
    })
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

/// Tells whether a KPI says nothing against 達成: it was met, or the year has no target of it.
fn met_or_without_target(attainment: &Attainment) -> bool {
    match attainment {
        Attainment::Met(_) => true,
        Attainment::Missed(_) => false,
        Attainment::Undetermined(reason) => matches!(
            reason,
            Undetermined::NoTarget | Undetermined::TargetLater(_) | Undetermined::AsNeeded
        ),
    }
}

/// A KPI with its values and the formula that judges them.
fn told(row: &Row<'_>, attainment: &Attainment) -> String {
    let year = row.kpi.year(row.reporting);
    let actual = year.and_then(|values| values.actual.as_ref());
    format!(
        "{}（目標値{}、実績値{}、{}）",
        quote(row.kpi.name.text()),
        quote(row.target(row.reporting).map_or("", Field::text)),
        quote(actual.map_or("", Field::text)),
        attainment.told()
    )
}
