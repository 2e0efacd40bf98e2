//! The departments by which a page can be narrowed.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::export::grouped::names;
use crate::export::visible::on_one_line;
use crate::model::text::fold;
use crate::model::{Book, Finding, Level};

/// The plan's departments in its order, then those that only findings name; each has a number by
/// which the parts of the page are marked.
pub(super) struct Departments {
    shown: Vec<String>,
    numbers: BTreeMap<String, usize>,
    somebody_unknown: bool,
}

impl Departments {
    pub(super) fn new(book: &Book, findings: &[Finding]) -> Self {
        let mut departments = Self {
            shown: Vec::new(),
            numbers: BTreeMap::new(),
            somebody_unknown: findings.iter().any(|finding| finding.department.is_none()),
        };
        for (name, _) in &book.departments {
            departments.add(name);
        }
        let of_findings = findings
            .iter()
            .filter_map(|finding| finding.department.as_deref());
        for name in of_findings.flat_map(names) {
            departments.add(name);
        }
        departments
    }

    fn add(&mut self, name: &str) {
        let next = self.shown.len();
        if let std::collections::btree_map::Entry::Vacant(entry) = self.numbers.entry(fold(name)) {
            entry.insert(next);
            self.shown.push(on_one_line(name));
        }
    }

    /// A department's number.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(&fold(name)).copied()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.shown.len()
    }

    /// A department's name, as it is shown.
    pub(super) fn name(&self, number: usize) -> &str {
        self.shown.get(number).map_or("", String::as_str)
    }

    /// The mark of what belongs to several departments: their numbers; `-` for nobody's.
    pub(super) fn mark<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> String {
        let numbers = names.into_iter().filter_map(|name| self.number(name));
        let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
        if numbers.is_empty() {
            return "-".to_owned();
        }
        numbers.join(" ")
    }

    /// The mark of a finding.
    pub(super) fn mark_of(&self, finding: &Finding) -> String {
        self.mark(finding.department.as_deref().into_iter().flat_map(names))
    }

    /// The form that narrows the page; without scripts it does nothing and is not shown.
    pub(super) fn filter(&self) -> Markup {
        html! {
            form #filter hidden {
                label {
                    "主管課 "
                    select #department {
                        option value="" { "すべて" }
                        @for (number, name) in self.shown.iter().enumerate() {
                            option value=(number) { (name) }
                        }
                        @if self.somebody_unknown { option value="-" { "課を特定できないもの" } }
                    }
                }
                span {
                    @for level in [Level::Error, Level::Warning, Level::Info] {
                        label { input type="checkbox" value=(level.code()) checked; (level.label()) }
                    }
                }
                output #shown {}
                button type="reset" { "絞り込みを解除" }
            }
        }
    }
}
