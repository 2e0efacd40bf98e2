//! 点検結果: a card a finding, by department and item.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use crate::export::grouped::{self, Group, names};
use crate::export::visible::{on_one_line, visible};
use crate::model::{Book, BookItem, Counts, Finding, Resolved, Rule};

use super::departments::Departments;

/// How many addresses of one finding are shown.
const ADDRESSES: usize = 60;

/// What is open.
pub(super) fn section(
    book: &Book,
    findings: &[&Finding],
    rules: &[&'static Rule],
    departments: &Departments,
) -> Markup {
    html! {
        section #findings {
            h2 { "点検結果" }
            @if findings.is_empty() { p { "点検で見つかった事項はありません。" } }
            (Cards { book, rules, departments, anchors: true }.groups(findings))
        }
    }
}

/// What the office has acknowledged, set apart.
pub(super) fn known(
    book: &Book,
    findings: &[&Finding],
    rules: &[&'static Rule],
    departments: &Departments,
) -> Markup {
    html! {
        section #known {
            h2 { "了解済み" }
            p.note { "次の事項は、理由を添えて了解済みとされています。件数には数えていません。" }
            (Cards { book, rules, departments, anchors: false }.groups(findings))
        }
    }
}

/// What was found when the findings were last remembered and is gone.
pub(super) fn resolved(resolved: &[Resolved], departments: &Departments) -> Markup {
    html! {
        section #resolved {
            h2 { "解消" }
            p.note { "前に記録した点検で見つかり、今回はなくなった事項です。" }
            ul {
                @for one in resolved {
                    li data-d=(departments.mark(one.department.as_deref().into_iter().flat_map(names))) {
                        (on_one_line(&one.code)) " "
                        @if let Some(item) = one.item { "取組" (item) " " }
                        @if let Some(department) = &one.department { (on_one_line(department)) " " }
                        (visible(&one.message))
                        @if !one.at.is_empty() { span.where { (on_one_line(&one.at)) } }
                    }
                }
            }
        }
    }
}

/// Why the rules that found something are there.
pub(super) fn rules(findings: &[Finding], rules: &[&'static Rule]) -> Markup {
    let codes: BTreeSet<&str> = findings.iter().map(|finding| finding.code).collect();
    let found: Vec<&&Rule> = rules
        .iter()
        .filter(|rule| codes.contains(rule.code))
        .collect();
    html! {
        @if !found.is_empty() {
            section #rules {
                h2 { "点検の規則" }
                p.note { "この点検で該当した規則です。" }
                table.rules {
                    thead { tr { th { "規則" } th { "題名" } th { "理由" } } }
                    tbody {
                        @for rule in found {
                            tr { td { (rule.code) } td { (rule.title) } td { (rule.why) } }
                        }
                    }
                }
            }
        }
    }
}

struct Cards<'a> {
    book: &'a Book,
    rules: &'a [&'static Rule],
    departments: &'a Departments,
    anchors: bool,
}

impl Cards<'_> {
    fn groups(&self, findings: &[&Finding]) -> Markup {
        let items = grouped::items(self.book);
        let groups = grouped::by_department(self.book, findings.iter().copied());
        let mut named = BTreeSet::new();
        html! {
            @for group in &groups { (self.group(group, &items, &mut named)) }
        }
    }

    fn group(
        &self,
        group: &Group<'_>,
        items: &BTreeMap<u32, &BookItem>,
        named: &mut BTreeSet<Option<u32>>,
    ) -> Markup {
        let counts = Counts::of(group.findings.iter().copied());
        let runs = group.findings.chunk_by(|a, b| a.item == b.item);
        html! {
            section.group {
                h3 {
                    (group.name)
                    small {
                        @for (level, count) in counts.by_level() {
                            @if count > 0 { " " (level.label()) " " (count) "件" }
                        }
                    }
                }
                @for run in runs {
                    @let number = run.first().and_then(|finding| finding.item);
                    // An address is given once: where the item's findings begin.
                    @let id = number.filter(|_| self.anchors && named.insert(number));
                    section.run id=[id.map(|number| format!("f{number}"))] {
                        h4 { (grouped::item_heading(items, number)) }
                        @for finding in run { (self.card(finding)) }
                    }
                }
            }
        }
    }

    fn card(&self, finding: &Finding) -> Markup {
        let address = grouped::address(finding, ADDRESSES);
        html! {
            article class=(finding.level.code()) data-l=(finding.level.code())
                data-d=(self.departments.mark_of(finding)) {
                p.head {
                    b.level { (finding.level.label()) }
                    " " span.code { (finding.code) }
                    " " b { (grouped::title(finding, self.rules)) }
                    @if let Some(change) = finding.change { " " span.change { (change.label()) } }
                    @if !address.is_empty() { " " span.where { (address) } }
                }
                p { (visible(&finding.message)) }
                @if finding.found.is_some() || finding.expected.is_some() {
                    dl {
                        @if let Some(expected) = &finding.expected {
                            div { dt { "比べた内容（計画など）" } dd { (visible(expected)) } }
                        }
                        @if let Some(found) = &finding.found {
                            div { dt { "記入されている内容" } dd { (visible(found)) } }
                        }
                    }
                }
                @match &finding.acknowledged {
                    Some(reason) => p.todo { "了解済み：" (visible(reason)) },
                    None => @if !finding.remedy.is_empty() { p.todo { "→ " (visible(&finding.remedy)) } },
                }
            }
        }
    }
}
