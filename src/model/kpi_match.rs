//! Which KPI of one sheet is which KPI of another.

use super::Kpi;
use super::likeness::ALIKE;
use super::text::name_key;

/// A KPI of a return beside its KPI of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KpiMatch {
    /// Index into the return's KPIs.
    pub returned: Option<usize>,
    /// Index into the plan's KPIs.
    pub plan: Option<usize>,
    /// Paired by likeness, not by name.
    pub renamed: bool,
}

/// Pairs KPIs by name, the rest by likeness; every KPI of either side is in the result once.
pub fn kpi_matches(plan: &[Kpi], returned: &[Kpi]) -> Vec<KpiMatch> {
    let plan_keys: Vec<String> = plan.iter().map(|kpi| name_key(kpi.name.text())).collect();
    let keys: Vec<String> = returned
        .iter()
        .map(|kpi| name_key(kpi.name.text()))
        .collect();
    let mut partner: Vec<Option<(usize, bool)>> = vec![None; plan.len()];
    let mut free: Vec<bool> = vec![true; returned.len()];
    for (at, key) in plan_keys.iter().enumerate() {
        if let Some(found) = (0..keys.len()).find(|other| free[*other] && keys[*other] == *key) {
            partner[at] = Some((found, false));
            free[found] = false;
        }
    }
    let mut likely = Vec::new();
    for at in (0..plan.len()).filter(|at| partner[*at].is_none()) {
        for other in (0..keys.len()).filter(|other| free[*other]) {
            let likeness = strsim::normalized_levenshtein(&plan_keys[at], &keys[other]);
            if likeness >= ALIKE {
                likely.push((likeness, at, other));
            }
        }
    }
    likely.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    for (_, at, other) in likely {
        if partner[at].is_none() && free[other] {
            partner[at] = Some((other, true));
            free[other] = false;
        }
    }
    let paired = partner.iter().enumerate().map(|(at, found)| KpiMatch {
        plan: Some(at),
        returned: found.map(|(other, _)| other),
        renamed: found.is_some_and(|(_, renamed)| renamed),
    });
    let added = (0..keys.len())
        .filter(|other| free[*other])
        .map(|other| KpiMatch {
            plan: None,
            returned: Some(other),
            renamed: false,
        });
    paired.chain(added).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Field, Text};

    fn pairs(plan: &[&str], returned: &[&str]) -> Vec<(Option<usize>, Option<usize>, bool)> {
        let kpis = |names: &[&str]| -> Vec<Kpi> {
            names
                .iter()
                .map(|name| Kpi {
                    name: Text::from_raw(Some(name), None),
                    baseline: Field::blank(None),
                    years: Vec::new(),
                    notes: Vec::new(),
                })
                .collect()
        };
        kpi_matches(&kpis(plan), &kpis(returned))
            .into_iter()
            .map(|one| (one.plan, one.returned, one.renamed))
            .collect()
    }

    #[test]
    fn names_pair_in_any_order_and_width() {
        assert_eq!(
            pairs(
                &["ＡＩの導入数", "研修参加者数"],
                &["研修 参加者数", "AIの導入数(※1)"]
            ),
            [(Some(0), Some(1), false), (Some(1), Some(0), false)]
        );
    }

    #[test]
    fn a_likely_rename_is_paired_and_said_so() {
        assert_eq!(
            pairs(&["研修参加者数"], &["研修への参加者数"]),
            [(Some(0), Some(0), true)]
        );
    }

    #[test]
    fn what_is_missing_and_what_was_added_stand_alone() {
        assert_eq!(
            pairs(&["研修参加者数"], &["協定の締結"]),
            [(Some(0), None, false), (None, Some(0), false)]
        );
    }
}
