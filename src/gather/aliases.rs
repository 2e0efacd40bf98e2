//! Departments' other names: a return may still say what a department was called before.

use std::collections::BTreeMap;

use crate::model::text::{fold, name_key};
use crate::model::{ItemSheet, Value};

/// Other names by their key, each with the plan's name.
pub(super) struct Aliases(BTreeMap<String, String>);

impl Aliases {
    pub(super) fn of(names: &BTreeMap<String, String>) -> Self {
        Self(
            names
                .iter()
                .map(|(alias, name)| (name_key(alias), name.clone()))
                .collect(),
        )
    }

    /// Gives a sheet's departments the plan's names; the raw text stays as it was typed.
    pub(super) fn apply(&self, sheet: &mut ItemSheet) {
        let Value::Known(departments) = &mut sheet.departments.value else {
            return;
        };
        for name in departments.lead.iter_mut().chain(&mut departments.related) {
            if let Some(known) = self.0.get(&name_key(name)) {
                name.clone_from(known);
            }
        }
    }

    /// Tells whether a path names a department, by its name or another one.
    pub(super) fn is_named(&self, path: &str, department: &str) -> bool {
        let path = fold(path);
        let others = self
            .0
            .iter()
            .filter(|(_, name)| name_key(name) == name_key(department));
        path.contains(&fold(department))
            || others.into_iter().any(|(alias, _)| path.contains(alias))
    }
}
