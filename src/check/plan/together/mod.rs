//! Two of the plan's KPIs typed into one cell: the other's name stands where the baseline of the
//! one is read.

use crate::check::quote;
use crate::model::text::name_key;
use crate::model::{BookItem, Finding, ItemSheet, Kpi};

const REMEDY: &str = "数値目標ごとに欄を分け、それぞれの名称と基準値を記入してください。";

/// The KPIs of the plan that were not found in the return.
fn lost(item: &BookItem) -> impl Iterator<Item = &Kpi> {
    let pairs = item.matches.iter().filter(|pair| pair.returned.is_none());
    pairs.filter_map(|pair| item.plan.kpis.get(pair.plan?))
}

/// Tells whether the name of a KPI of the plan stands behind the name of a returned one.
fn stands_behind(lost: &Kpi, kpi: &Kpi) -> bool {
    let name = name_key(lost.name.text());
    !name.is_empty() && name_key(kpi.baseline.text()).contains(&name)
}

/// Tells whether what was read as a KPI's baseline holds another KPI of the plan.
pub(super) fn holds_another(item: &BookItem, plan: &Kpi, kpi: &Kpi) -> bool {
    lost(item).any(|lost| stands_behind(lost, kpi) && !stands_behind(lost, plan))
}

/// Tells of a KPI that was not found, where it was typed into the cell of another.
pub(super) fn told(finding: &Finding, sheet: &ItemSheet, lost: &Kpi) -> Option<Finding> {
    let kpi = sheet.kpis.iter().find(|kpi| stands_behind(lost, kpi))?;
    let place = kpi.name.place.clone()?;
    Some(Finding {
        cells: vec![place.cell],
        place: Some(place),
        found: kpi.baseline.said(),
        message: format!(
            "計画にある数値目標{}が、{}と一つのセルに記入されています。",
            quote(lost.name.text()),
            quote(kpi.name.text())
        ),
        remedy: REMEDY.to_owned(),
        ..finding.clone()
    })
}
