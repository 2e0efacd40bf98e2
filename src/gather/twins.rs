//! Where a return's plan field stands in the plan: so that a finding on the one can point to the
//! place where the official workbook shows the other.

use std::collections::BTreeMap;

use crate::model::text::name_key;
use crate::model::{Field, ItemSheet, Kpi, KpiMatch, Place};

/// Pairs the places of the same plan fields in return and plan.
pub(super) fn twins(
    plan: &ItemSheet,
    returned: &ItemSheet,
    matches: &[KpiMatch],
) -> BTreeMap<Place, Place> {
    let mut twins = Twins(BTreeMap::new());
    twins.pair(&returned.number, &plan.number);
    twins.pair(&returned.priority, &plan.priority);
    twins.pair(&returned.title, &plan.title);
    twins.pair(&returned.departments, &plan.departments);
    twins.pair(&returned.content, &plan.content);
    twins.pair(&returned.effects, &plan.effects);
    for found in matches {
        if let (Some(at), Some(other)) = (found.plan, found.returned) {
            twins.kpi(&returned.kpis[other], &plan.kpis[at]);
        }
    }
    for activity in &returned.schedule {
        let key = name_key(activity.name.text());
        let Some(same) = plan
            .schedule
            .iter()
            .find(|one| name_key(one.name.text()) == key)
        else {
            continue;
        };
        twins.pair(&activity.name, &same.name);
        for phase in &activity.phases {
            let covering = same
                .phases
                .iter()
                .find(|one| one.from <= phase.from && phase.from <= one.to);
            if let Some(covering) = covering {
                twins.pair(&phase.text, &covering.text);
            }
        }
    }
    twins.0
}

struct Twins(BTreeMap<Place, Place>);

impl Twins {
    fn pair<A, B>(&mut self, returned: &Field<A>, plan: &Field<B>) {
        if let (Some(from), Some(to)) = (&returned.place, &plan.place) {
            self.0.insert(from.clone(), to.clone());
        }
    }

    fn kpi(&mut self, returned: &Kpi, plan: &Kpi) {
        self.pair(&returned.name, &plan.name);
        for values in &returned.years {
            let Some(same) = plan.year(values.year) else {
                continue;
            };
            if let (Some(target), Some(planned)) = (&values.target, &same.target) {
                self.pair(target, planned);
            }
        }
    }
}
