//! What the merged workbook shows of an item: plan fields from the plan, entries from the return.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Field, FiscalYear, ItemSheet, Kpi, KpiMatch, KpiYear, Measure};

/// Puts an item together; without a return every entry is blank.
///
/// Every KPI has both storeys of the plan's years and of any other year in which something stands:
/// so the sheet is drawn, also where the plan's own lacks a column or has targets alone.
pub(super) fn sheet(
    plan: &ItemSheet,
    returned: Option<&ItemSheet>,
    matches: &[KpiMatch],
    plan_years: &[FiscalYear],
) -> ItemSheet {
    let entries = |at| {
        let found = matches.iter().find(|found| found.plan == Some(at))?;
        returned?.kpis.get(found.returned?)
    };
    let kpis = plan.kpis.iter().enumerate();
    let pairs: Vec<(&Kpi, Option<&Kpi>)> = kpis.map(|(at, kpi)| (kpi, entries(at))).collect();
    let mut years: BTreeSet<FiscalYear> = plan_years.iter().copied().collect();
    let phases = plan.schedule.iter().flat_map(|activity| &activity.phases);
    let phases = phases.filter(|phase| !phase.text.is_blank());
    years.extend(phases.flat_map(|phase| [phase.from, phase.to]));
    for (kpi, entries) in &pairs {
        years.extend(years_with(kpi, |values| &values.target));
        years.extend(
            entries
                .iter()
                .flat_map(|kpi| years_with(kpi, |values| &values.actual)),
        );
    }
    let kpis = pairs
        .iter()
        .map(|(kpi, entries)| official_kpi(kpi, *entries, &years));
    let mut sheet = ItemSheet {
        year: plan.year.clone(),
        half: plan.half.clone(),
        number: plan.number.clone(),
        priority: plan.priority.clone(),
        title: plan.title.clone(),
        departments: plan.departments.clone(),
        content: plan.content.clone(),
        effects: plan.effects.clone(),
        schedule: plan.schedule.clone(),
        has_spans: plan.has_spans,
        kpis: kpis.collect(),
        axes: plan.axes.clone(),
        further_grades: vec![Field::blank(None); plan.axes.len().saturating_sub(1)],
        ..ItemSheet::blank(Arc::clone(&plan.source), plan.anchor)
    };
    if let Some(returned) = returned {
        sheet.schedule_notes.clone_from(&returned.schedule_notes);
        sheet.status.clone_from(&returned.status);
        sheet.grade = returned.grade.clone();
        sheet.further_grades.clone_from(&returned.further_grades);
        sheet.comment = returned.comment.clone();
        sheet.action = returned.action.clone();
        sheet.footnotes.clone_from(&returned.footnotes);
    }
    sheet
}

/// The years in which a KPI says something in one storey.
fn years_with(
    kpi: &Kpi,
    storey: fn(&KpiYear) -> &Option<Field<Measure>>,
) -> impl Iterator<Item = FiscalYear> {
    let said = move |values: &&KpiYear| {
        storey(values)
            .as_ref()
            .is_some_and(|field| !field.is_blank())
    };
    kpi.years.iter().filter(said).map(|values| values.year)
}

fn official_kpi(plan: &Kpi, entries: Option<&Kpi>, years: &BTreeSet<FiscalYear>) -> Kpi {
    let target = |year| plan.year(year)?.target.clone();
    let actual = |year| entries?.year(year)?.actual.clone();
    let or_blank = |value: Option<Field<Measure>>| value.unwrap_or_else(|| Field::blank(None));
    let years = years.iter().map(|year| KpiYear {
        year: *year,
        actual: Some(or_blank(actual(*year))),
        target: Some(or_blank(target(*year))),
    });
    Kpi {
        name: plan.name.clone(),
        baseline: plan.baseline.clone(),
        years: years.collect(),
        notes: entries.map(|kpi| kpi.notes.clone()).unwrap_or_default(),
    }
}
