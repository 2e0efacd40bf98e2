//! 数値目標等: KPIs by name or likeness, their values by year and storey.

use std::collections::BTreeSet;

use crate::model::{
    Field, FieldName, FiscalYear, Kpi, KpiMatch, KpiYear, Measure, Said, kpi_matches,
};

use super::sheet::{numbered, texts};
use super::{Differences, Of, of_text};

/// Notes what two sheets' KPIs say differently. A renamed KPI is told by both its names; one that is
/// gone or new is told as a whole.
pub(super) fn compare(found: &mut Differences<'_>) {
    let (before, after) = (&found.before.kpis, &found.after.kpis);
    let mut pairs = kpi_matches(before, after);
    // In the later sheet's order; one that is gone stands behind those that were before it.
    pairs.sort_by_key(|pair| (pair.returned.or(pair.plan), pair.returned.is_none()));
    for KpiMatch { plan, returned, .. } in pairs {
        let pair = [plan, returned];
        let (kpi, _) = numbered(pair);
        let (old, new) = (plan.map(|at| &before[at]), returned.map(|at| &after[at]));
        let (Some(old), Some(new)) = (old, new) else {
            let label = format!("数値目標{}", kpi + 1);
            let whole = |one: Option<&Kpi>| one.map(|one| whole(found, one));
            let (old, new) = (whole(old), whole(new));
            found.note(label, old, new, false);
            continue;
        };
        found.field(FieldName::KpiName { kpi }, &old.name, &new.name);
        found.field(FieldName::Baseline { kpi }, &old.baseline, &new.baseline);
        for year in years(old, new) {
            let storey = |one: &'_ Kpi, of: Storey| one.year(year).and_then(of).cloned();
            let target = FieldName::Target { kpi, year };
            let actual = FieldName::Actual { kpi, year };
            for (name, of_year) in [
                (actual, (|one| one.actual.as_ref()) as Storey),
                (target, |one| one.target.as_ref()),
            ] {
                let (old, new) = (storey(old, of_year), storey(new, of_year));
                found.either(name, Of::After, old.as_ref(), new.as_ref());
            }
        }
        texts(found, &old.notes, &new.notes, |line| FieldName::KpiNote {
            kpi,
            line,
        });
    }
}

type Storey = fn(&KpiYear) -> Option<&Field<Measure>>;

fn years(before: &Kpi, after: &Kpi) -> BTreeSet<FiscalYear> {
    let years = before.years.iter().chain(&after.years);
    years.map(|values| values.year).collect()
}

/// A KPI with its baseline, its values and its notes, a line each.
fn whole(found: &Differences<'_>, kpi: &Kpi) -> Said {
    let labels = &found.layout.labels;
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = vec![kpi.name.text().trim().to_owned()];
    if !kpi.baseline.is_blank() {
        lines.push(format!("基準値：{}", one_line(kpi.baseline.text())));
    }
    for values in &kpi.years {
        for (label, field) in [
            (labels.actual_of(values.year), &values.actual),
            (labels.target_of(values.year), &values.target),
        ] {
            if let Some(field) = field.as_ref().filter(|field| !field.is_blank()) {
                lines.push(format!("{label}：{}", one_line(field.text())));
            }
        }
    }
    lines.extend(kpi.notes.iter().map(|note| note.text().to_owned()));
    of_text(&lines.join("\n"), kpi.name.place.as_ref())
}
