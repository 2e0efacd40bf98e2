//! What a return says in the plan's own words is held once for both.

use crate::model::{Field, ItemSheet, Kpi};

/// Lets a return share the plan's words wherever it says the same at the same place in the form.
pub(super) fn share(plan: &ItemSheet, returned: &mut ItemSheet) {
    same(&plan.priority, &mut returned.priority);
    same(&plan.title, &mut returned.title);
    same(&plan.content, &mut returned.content);
    same(&plan.effects, &mut returned.effects);
    for (plan, returned) in plan.schedule.iter().zip(&mut returned.schedule) {
        same(&plan.name, &mut returned.name);
        for (plan, returned) in plan.phases.iter().zip(&mut returned.phases) {
            same(&plan.text, &mut returned.text);
        }
    }
    for (plan, returned) in plan.kpis.iter().zip(&mut returned.kpis) {
        kpi(plan, returned);
    }
    for (plan, returned) in plan.status.iter().zip(&mut returned.status) {
        same(&plan.plan, &mut returned.plan);
        same(&plan.first_half, &mut returned.first_half);
    }
}

fn kpi(plan: &Kpi, returned: &mut Kpi) {
    same(&plan.name, &mut returned.name);
    same(&plan.baseline, &mut returned.baseline);
    for (plan, returned) in plan.years.iter().zip(&mut returned.years) {
        let storeys = [
            (&plan.actual, &mut returned.actual),
            (&plan.target, &mut returned.target),
        ];
        for (plan, returned) in storeys {
            if let (Some(plan), Some(returned)) = (plan, returned) {
                same(plan, returned);
            }
        }
    }
}

fn same<T: Clone + PartialEq>(plan: &Field<T>, returned: &mut Field<T>) {
    if plan.raw.is_some() && plan.raw == returned.raw && plan.value == returned.value {
        returned.raw.clone_from(&plan.raw);
        returned.value.clone_from(&plan.value);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{CellRef, Place, Source, Text, Words};

    fn titled(file: &str, title: &str) -> ItemSheet {
        let source = Arc::new(Source {
            file: file.to_owned(),
            sheet: "取組1".to_owned(),
        });
        let mut sheet = ItemSheet::blank(Arc::clone(&source), CellRef::new(0, 0));
        let cell = CellRef::new(1, 1);
        sheet.title = Text::from_raw(Some(title), Some(Place { source, cell }));
        sheet
    }

    fn is_shared(one: &ItemSheet, other: &ItemSheet) -> bool {
        let (Some(one), Some(other)) = (&one.title.raw, &other.title.raw) else {
            return false;
        };
        Words::ptr_eq(one, other)
    }

    #[test]
    fn equal_words_are_held_once_and_every_field_keeps_its_place() {
        let plan = titled("計画.xlsx", "窓口の見直し");
        let mut returned = titled("総務課.xlsx", "窓口の見直し");
        let before = returned.clone();
        assert!(!is_shared(&plan, &returned));
        share(&plan, &mut returned);
        assert!(is_shared(&plan, &returned));
        assert_eq!(returned, before);
    }

    #[test]
    fn other_words_stay_as_they_were_returned() {
        let plan = titled("計画.xlsx", "窓口の見直し");
        let mut returned = titled("総務課.xlsx", "窓口の 見直し");
        let before = returned.clone();
        share(&plan, &mut returned);
        assert_eq!(returned, before);
    }
}
