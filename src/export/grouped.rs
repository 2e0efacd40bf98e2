//! Findings as a clerk asks for them: by department, then by item, each with its address.

use std::collections::BTreeMap;

use super::cells;
use super::visible::on_one_line;
use crate::model::{Book, BookItem, Finding, Rule};

/// The findings that belong to one department, or to several together.
pub(super) struct Group<'f> {
    /// What the group is called.
    pub name: String,
    /// Its findings by item, level and place.
    pub findings: Vec<&'f Finding>,
}

/// The findings of each department, in the plan's order of departments; what belongs to nobody
/// comes last.
pub(super) fn by_department<'f>(
    book: &Book,
    findings: impl IntoIterator<Item = &'f Finding>,
) -> Vec<Group<'f>> {
    let mut groups: BTreeMap<(usize, String), Group<'f>> = BTreeMap::new();
    for finding in findings {
        let department = finding.department.as_deref();
        let name = department.map_or_else(|| "課を特定できないもの".to_owned(), on_one_line);
        let group = groups.entry((rank(book, department), name.clone()));
        let group = group.or_insert_with(|| Group {
            name,
            findings: Vec::new(),
        });
        group.findings.push(finding);
    }
    let mut groups: Vec<Group<'f>> = groups.into_values().collect();
    for group in &mut groups {
        group.findings.sort_by(|a, b| {
            (a.item, a.level, &a.place, a.code).cmp(&(b.item, b.level, &b.place, b.code))
        });
    }
    groups
}

/// Where a department stands in the plan; several joined stand with the first of them.
fn rank(book: &Book, department: Option<&str>) -> usize {
    let Some(department) = department else {
        return usize::MAX;
    };
    let first = names(department).next().unwrap_or(department);
    book.departments
        .iter()
        .position(|(name, _)| name == first)
        .unwrap_or(book.departments.len())
}

/// The departments that a finding joins.
pub(super) fn names(department: &str) -> impl Iterator<Item = &str> {
    department.split('、')
}

/// The plan's items by their numbers.
pub(super) fn items(book: &Book) -> BTreeMap<u32, &BookItem> {
    book.items
        .iter()
        .map(|item| (item.number(), item))
        .collect()
}

/// `取組7 人材の確保`; what belongs to no item is about the submission itself.
pub(super) fn item_heading(items: &BTreeMap<u32, &BookItem>, number: Option<u32>) -> String {
    let Some(number) = number else {
        return "提出・ファイル".to_owned();
    };
    let title = items.get(&number).map_or("", |item| item.plan.title.text());
    format!("取組{number} {}", on_one_line(title))
        .trim_end()
        .to_owned()
}

/// The title of a finding's rule.
pub(super) fn title(finding: &Finding, rules: &[&'static Rule]) -> &'static str {
    let rule = rules.iter().find(|rule| rule.code == finding.code);
    rule.map_or("", |rule| rule.title)
}

/// `総務課.xlsx「取組7」!E12, E14` with at most so many cells, the file alone, or nothing.
pub(super) fn address(finding: &Finding, most: usize) -> String {
    let Some(place) = &finding.place else {
        return on_one_line(finding.file.as_deref().unwrap_or(""));
    };
    let cells = cells(finding);
    let shown: Vec<String> = cells.iter().take(most).map(ToString::to_string).collect();
    let more = match cells.len().saturating_sub(most) {
        0 => String::new(),
        more => format!(" ほか{more}セル"),
    };
    format!(
        "{}「{}」!{}{more}",
        on_one_line(&place.source.file),
        on_one_line(&place.source.sheet),
        shown.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::finding;
    use super::*;
    use crate::model::Level;

    #[test]
    fn many_cells_are_shown_in_part() {
        let cells: Vec<String> = (1..=15).map(|row| format!("A{row}")).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let shown = address(&finding("T01", Level::Info, &cells), 12);
        assert!(shown.ends_with("A11, A12 ほか3セル"), "{shown}");
    }
}
