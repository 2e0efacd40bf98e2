//! Departments' other names: a return may still say what a department was called before, or already
//! what it is called now.

use std::collections::BTreeMap;

use crate::model::text::{fold, name_key};
use crate::model::{ItemSheet, Period, Renaming, Value};

/// Names that mean one department in the collection's period.
///
/// Where departments were united or divided, all the names before and after are one group: which of
/// them is right for an item is what the plan says of it.
pub(super) struct Aliases {
    groups: Vec<Group>,
    /// Each name's group, by its key.
    of: BTreeMap<String, usize>,
}

#[derive(Default)]
struct Group {
    names: Vec<String>,
    /// The name that all others became; `None` where they became several.
    last: Option<String>,
}

impl Aliases {
    pub(super) fn of(renamings: &[Renaming], period: Period) -> Self {
        let holding = || renamings.iter().filter(|one| one.holds(period));
        let mut groups: Vec<Vec<&String>> = Vec::new();
        for Renaming { old, new, .. } in holding() {
            let is_one = |name: &&String| [old, new].iter().any(|one| same(one, name));
            let (mut joined, apart): (Vec<_>, Vec<_>) = groups
                .into_iter()
                .partition(|group| group.iter().any(is_one));
            let mut group: Vec<&String> = joined.drain(..).flatten().collect();
            for name in [old, new] {
                if !group.iter().any(|known| same(known, name)) {
                    group.push(name);
                }
            }
            groups = apart;
            groups.push(group);
        }
        let groups: Vec<Group> = groups
            .into_iter()
            .map(|names| {
                let became = |name: &&&String| !holding().any(|one| same(&one.old, name));
                let mut last = names.iter().filter(became);
                let last = match (last.next(), last.next()) {
                    (Some(last), None) => Some((*last).clone()),
                    (Some(_), Some(_)) | (None, _) => None,
                };
                let names = names.into_iter().cloned().collect();
                Group { names, last }
            })
            .collect();
        let of = groups
            .iter()
            .enumerate()
            .flat_map(|(at, group)| group.names.iter().map(move |name| (name_key(name), at)))
            .collect();
        Self { groups, of }
    }

    /// Gives a sheet's departments the names that the plan has for its item; the raw text stays as it
    /// was typed.
    pub(super) fn apply(&self, sheet: &mut ItemSheet, plan: Option<&ItemSheet>) {
        let Value::Known(departments) = &mut sheet.departments.value else {
            return;
        };
        let planned = plan.and_then(|plan| plan.departments.get());
        let planned: Vec<&String> = planned.map_or_else(Vec::new, |planned| {
            planned.lead.iter().chain(&planned.related).collect()
        });
        for name in departments.lead.iter_mut().chain(&mut departments.related) {
            let Some(group) = self.group(name) else {
                continue;
            };
            if planned.iter().any(|known| same(known, name)) {
                continue;
            }
            let of_plan = planned
                .iter()
                .find(|known| group.names.iter().any(|one| same(one, known)));
            if let Some(known) = of_plan.copied().or(group.last.as_ref()) {
                name.clone_from(known);
            }
        }
        for list in [&mut departments.lead, &mut departments.related] {
            let mut kept: Vec<String> = Vec::with_capacity(list.len());
            for name in list.drain(..) {
                if !kept.contains(&name) {
                    kept.push(name);
                }
            }
            *list = kept;
        }
    }

    /// Tells whether a path names a department, by its name or another one.
    pub(super) fn is_named(&self, path: &str, department: &str) -> bool {
        let path = fold(path);
        let others = self.group(department).map_or(&[][..], |group| &group.names);
        path.contains(&fold(department)) || others.iter().any(|name| path.contains(&name_key(name)))
    }

    fn group(&self, name: &str) -> Option<&Group> {
        self.of.get(&name_key(name)).map(|at| &self.groups[*at])
    }
}

fn same(one: &str, other: &str) -> bool {
    name_key(one) == name_key(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aliases(renamings: &[(&str, &str, Option<&str>)], period: &str) -> Aliases {
        let renamings: Vec<Renaming> = renamings
            .iter()
            .map(|(old, new, from)| Renaming {
                old: (*old).to_owned(),
                new: (*new).to_owned(),
                from: from.and_then(Period::parse),
            })
            .collect();
        Aliases::of(&renamings, Period::parse(period).unwrap())
    }

    #[test]
    fn a_reorganisation_holds_from_its_period_on() {
        let renamings = [("建設課", "建設部建設課", Some("R6上半期"))];
        for (period, expected) in [("R5下半期", false), ("R6上半期", true), ("R6下半期", true)]
        {
            let aliases = aliases(&renamings, period);
            assert!(
                aliases.is_named("建設部建設課.xlsx", "建設課"),
                "the name holds the other one"
            );
            assert_eq!(aliases.group("建設課").is_some(), expected, "{period}");
        }
    }

    #[test]
    fn departments_that_were_united_or_divided_are_one_group() {
        let united = [
            ("土木課", "建設部", Some("R5上半期")),
            ("都市整備課", "建設部", Some("R5下半期")),
        ];
        let aliases_now = aliases(&united, "R5下半期");
        for lead in ["土木課", "都市整備課"] {
            assert!(
                aliases_now.is_named("回収/建設部/進捗.xlsx", lead),
                "{lead}"
            );
        }
        let before = aliases(&united, "R5上半期");
        assert!(!before.is_named("建設部.xlsx", "都市整備課"));
        let divided = [
            ("企画政策課", "企画課", Some("R5上半期")),
            ("企画政策課", "政策課", Some("R5上半期")),
        ];
        let group = aliases(&divided, "R5下半期");
        assert_eq!(group.group("企画政策課").unwrap().last, None);
        assert!(group.is_named("政策課.xlsx", "企画政策課"));
    }

    #[test]
    fn a_name_that_became_another_which_became_a_third_is_the_third() {
        let aliases = aliases(
            &[("庶務係", "庶務課", None), ("庶務課", "総務課", None)],
            "R5下半期",
        );
        assert_eq!(
            aliases.group("庶務係").unwrap().last.as_deref(),
            Some("総務課")
        );
    }
}
