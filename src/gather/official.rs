//! What the merged workbook shows of an item: plan fields from the plan, entries from the return.

use crate::model::{Field, ItemSheet, Kpi, KpiMatch, KpiYear, Measure};

/// Puts an item together; without a return every entry is blank.
pub(super) fn sheet(
    plan: &ItemSheet,
    returned: Option<&ItemSheet>,
    matches: &[KpiMatch],
) -> ItemSheet {
    let kpis = plan.kpis.iter().enumerate().map(|(at, kpi)| {
        let entries = matches
            .iter()
            .find(|found| found.plan == Some(at))
            .and_then(|found| returned?.kpis.get(found.returned?));
        official_kpi(kpi, entries)
    });
    let mut sheet = ItemSheet {
        kpis: kpis.collect(),
        schedule_notes: Vec::new(),
        status: Vec::new(),
        grade: Field::blank(None),
        comment: Field::blank(None),
        action: Field::blank(None),
        footnotes: Vec::new(),
        unplaced: Vec::new(),
        missing_blocks: Vec::new(),
        ..plan.clone()
    };
    if let Some(returned) = returned {
        sheet.schedule_notes.clone_from(&returned.schedule_notes);
        sheet.status.clone_from(&returned.status);
        sheet.grade = returned.grade.clone();
        sheet.comment = returned.comment.clone();
        sheet.action = returned.action.clone();
        sheet.footnotes.clone_from(&returned.footnotes);
    }
    sheet
}

fn official_kpi(plan: &Kpi, entries: Option<&Kpi>) -> Kpi {
    let years = plan.years.iter().map(|values| KpiYear {
        year: values.year,
        actual: values.actual.as_ref().map(|_| actual(entries, values)),
        target: values.target.clone(),
    });
    Kpi {
        name: plan.name.clone(),
        baseline: plan.baseline.clone(),
        years: years.collect(),
        notes: entries.map(|kpi| kpi.notes.clone()).unwrap_or_default(),
    }
}

fn actual(entries: Option<&Kpi>, plan: &KpiYear) -> Field<Measure> {
    entries
        .and_then(|kpi| kpi.year(plan.year)?.actual.clone())
        .unwrap_or_else(|| Field::blank(None))
}
