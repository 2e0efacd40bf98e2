//! 提出状況: who returned which item, how much is open, and what became of each file.

use std::collections::BTreeSet;

use maud::{Markup, html};

use crate::export::grouped::names;
use crate::export::visible::{on_one_line, visible};
use crate::model::{Book, BookItem, Counts, Finding, Outcome, Standing, Standings, Submission};

use super::departments::Departments;

/// One letter and one class: a colour alone is lost in a black and white print.
fn sign(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Returned => ("済", "returned"),
        Standing::Incomplete => ("欠", "incomplete"),
        Standing::SentBack => ("戻", "back"),
        Standing::ByAnother => ("他", "another"),
        Standing::OtherPeriod => ("違", "other"),
        Standing::Misnumbered => ("番", "other"),
        Standing::Unreadable => ("不", "unreadable"),
        Standing::Closed => ("止", "closed"),
        Standing::Nothing => ("未", "nothing"),
    }
}

/// How a department stands.
fn stands(submission: Submission) -> &'static str {
    match submission {
        Submission::Returned => "提出済",
        Submission::Unreadable => "読取不可",
        Submission::Nothing => "未提出",
    }
}

/// A row a department: its items by how they stand, and its open findings by level.
pub(super) fn section(
    book: &Book,
    findings: &[Finding],
    standings: &Standings<'_>,
    departments: &Departments,
) -> Markup {
    let mut counts = vec![Counts::default(); departments.len()];
    let mut nobody = Counts::default();
    let mut with_findings: BTreeSet<u32> = BTreeSet::new();
    for finding in findings
        .iter()
        .filter(|finding| finding.acknowledged.is_none())
    {
        let one = Counts::of([finding]);
        with_findings.extend(finding.item);
        match &finding.department {
            Some(joined) => {
                for number in names(joined).filter_map(|name| departments.number(name)) {
                    add(&mut counts[number], one);
                }
            }
            None => add(&mut nobody, one),
        }
    }
    let mut items: Vec<Vec<usize>> = vec![Vec::new(); departments.len()];
    for (at, item) in book.items.iter().enumerate() {
        let leads = item.lead().iter();
        let leads: BTreeSet<usize> = leads.filter_map(|lead| departments.number(lead)).collect();
        for number in leads {
            items[number].push(at);
        }
    }
    html! {
        section #submission {
            h2 { "提出状況" }
            @if book.items.is_empty() { p { "取組はありません。" } }
            p.legend {
                @for standing in Standing::ALL {
                    span class={ "square " (sign(standing).1) } { i { (sign(standing).0) } } (standing.label()) " "
                }
                span.note { "　数字は取組番号です。複数の課の取組は、それぞれの課に数えています。" }
            }
            table.map {
                thead { tr {
                    th { "主管課" } th { "状況" } th.count { "完了" }
                    @for (level, _) in Counts::default().by_level() { th.count { (level.label()) } }
                    th { "取組" }
                } }
                tbody {
                    @for (number, counts) in counts.iter().enumerate() {
                        (row(book, (standings, departments), number, counts, &items[number], &with_findings))
                    }
                    @if nobody.open() > 0 { tr data-d="-" {
                        th { "課を特定できないもの" } td {} td {} (levels(&nobody)) td {}
                    } }
                }
            }
        }
    }
}

fn row(
    book: &Book,
    (standings, departments): (&Standings<'_>, &Departments),
    number: usize,
    counts: &Counts,
    items: &[usize],
    with_findings: &BTreeSet<u32>,
) -> Markup {
    // What only findings name is no department of the plan.
    let mut planned = book.departments.iter();
    let planned = planned.find(|(name, _)| departments.number(name) == Some(number));
    let stand: Vec<(&BookItem, Standing)> = items
        .iter()
        .filter_map(|at| book.items.get(*at))
        .map(|item| {
            let stands = planned.and_then(|(name, stands)| standings.lead(item, name, *stands));
            (item, stands.unwrap_or(Standing::Nothing))
        })
        .collect();
    let done = stand
        .iter()
        .filter(|(_, standing)| !standing.is_open())
        .count();
    let any = |wanted: fn(Standing) -> bool| stand.iter().any(|(_, standing)| wanted(*standing));
    html! {
        tr data-d=(number) {
            th { (departments.name(number)) }
            @match planned.map(|(_, stands)| *stands) {
                Some(Submission::Returned) if any(Standing::is_awaited) => td.open { "一部未提出" },
                Some(Submission::Returned) if any(Standing::is_open) => td.open { "提出済（要確認）" },
                Some(Submission::Returned) => td { (stands(Submission::Returned)) },
                Some(open) => td.open { (stands(open)) },
                None => td.note { "計画外" },
            }
            td.count { @if !items.is_empty() { (done) "／" (items.len()) } }
            (levels(counts))
            td {
                @for (item, standing) in stand {
                    @let (letter, class) = sign(standing);
                    @let number = item.number();
                    @let to = if with_findings.contains(&number) {
                        Some(format!("#f{number}"))
                    } else if item.official.kpis.is_empty() {
                        None
                    } else {
                        Some(format!("#k{number}"))
                    };
                    a class={ "square " (class) } href=[to]
                        title={ (on_one_line(item.plan.title.text())) "：" (standing.label()) } {
                        (number) i { (letter) }
                    }
                    " "
                }
            }
        }
    }
}

fn add(counts: &mut Counts, one: Counts) {
    counts.errors += one.errors;
    counts.warnings += one.warnings;
    counts.infos += one.infos;
}

/// The more there is to do, the darker.
fn levels(counts: &Counts) -> Markup {
    let heat = |count: usize| match count {
        0 => "count",
        1..=2 => "count heat1",
        3..=5 => "count heat2",
        6..=10 => "count heat3",
        _ => "count heat4",
    };
    html! {
        @for (_, count) in counts.by_level() { td class=(heat(count)) { (count) } }
    }
}

/// A row a collected file.
pub(super) fn files(book: &Book) -> Markup {
    let numbers = book.numbers_by_file();
    html! {
        section #files {
            h2 { "回収したファイル" }
            @if book.files.is_empty() { p { "回収したファイルはありません。" } }
            @else {
                table.files {
                    thead { tr { th { "ファイル" } th { "結果" } th { "読み取った取組" } th { "備考" } } }
                    tbody {
                        @for file in &book.files {
                            @let found = numbers.get(file.name.as_str());
                            tr {
                                td { (on_one_line(&file.name)) }
                                @match &file.outcome {
                                    Outcome::Read => {
                                        td { "読取済" }
                                        td { (found.map(|found| found.join("、")).unwrap_or_default()) }
                                        td { @if found.is_none() { "進捗管理票は見つかりませんでした。" } }
                                    },
                                    Outcome::Unreadable { reason, advice } => {
                                        td.open { "読取不可" }
                                        td {}
                                        td { (visible(reason)) (visible(advice)) }
                                    },
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
