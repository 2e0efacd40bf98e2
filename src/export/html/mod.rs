//! Pages for the browser: the check report and the catalogue of rules, each one file that needs
//! nothing else.
//!
//! | file | gives |
//! | --- | --- |
//! | `page` | the frame: style and script inside, everything else forbidden |
//! | `departments` | the departments by which a page can be narrowed |
//! | `submission` | who returned what, and what became of each file |
//! | `findings` | a card a finding |
//! | `tally` | items by grade, KPIs by attainment |
//! | `kpis`, `chart` | the values of the KPIs over the years: texts, drawing |
//! | `catalogue` | the rules on one sheet |
//!
//! Every text of the inputs goes through [`visible`](super::visible) and is escaped by maud; style
//! and script are the only texts that are not.

mod catalogue;
mod chart;
mod departments;
mod findings;
mod kpis;
mod page;
mod submission;
mod tally;

pub use catalogue::catalogue_html;

use maud::{Markup, html};

use super::visible::on_one_line;
use crate::model::{
    Book, Counts, Cover, Finding, Outcome, Resolved, Rule, Standing, Standings, Submission, Tally,
};

use departments::Departments;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// Gives the check report as one page: what was returned, what was found, what the KPIs say.
///
/// Without scripts everything is shown; with them it can be narrowed by department and level.
///
/// `resolved` is what was found when the findings were last remembered and is gone.
pub fn report_html(
    book: &Book,
    findings: &[Finding],
    rules: &[&'static Rule],
    resolved: &[Resolved],
) -> String {
    let departments = Departments::new(book, findings);
    let standings = Standings::of(book, findings);
    let tally = Tally::of(book);
    let name = &book.layout.sheets.findings;
    let title = format!("{name} {}", heading(book));
    let (open, known): (Vec<&Finding>, Vec<&Finding>) = findings
        .iter()
        .partition(|finding| finding.acknowledged.is_none());
    let body = html! {
        header {
            p.plan { (heading(book)) }
            h1 { (on_one_line(name)) }
            (counts(book, findings, &standings))
            nav {
                a href="#submission" { "提出状況" }
                a href="#findings" { "点検結果" }
                @if !known.is_empty() { a href="#known" { "了解済み" } }
                @if !resolved.is_empty() { a href="#resolved" { "解消" } }
                a href="#tally" { (on_one_line(&book.layout.sheets.tally)) }
                a href="#kpis" { "数値目標" }
                a href="#files" { "回収したファイル" }
            }
        }
        (departments.filter())
        main {
            (submission::section(book, findings, &standings, &departments))
            (findings::section(book, &open, rules, &departments))
            @if !known.is_empty() { (findings::known(book, &known, rules, &departments)) }
            @if !resolved.is_empty() { (findings::resolved(resolved, &departments)) }
            (tally::section(&book.layout.sheets.tally, &tally))
            (kpis::section(book, &departments))
            (submission::files(book))
            (findings::rules(findings, rules))
        }
    };
    page::page(&title, STYLE, Some(SCRIPT), &body)
}

/// `小千谷市行政改革実施計画 進捗管理票 令和5年度 下半期`
fn heading(book: &Book) -> String {
    let Cover { city, plan, .. } = &book.cover;
    let (city, plan) = (city.as_deref().unwrap_or(""), plan.as_deref().unwrap_or(""));
    let city = if plan.contains(city) { "" } else { city };
    let period = book.layout.period_words(book.period);
    let words = [city, plan, &book.layout.document, &period];
    let words: Vec<String> = words.iter().map(|word| on_one_line(word)).collect();
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

fn counts(book: &Book, findings: &[Finding], standings: &Standings<'_>) -> Markup {
    let counts = Counts::of(findings);
    let items = standings.counts();
    let done = items
        .iter()
        .find(|(standing, _)| *standing == Standing::Returned);
    let done = done.map_or(0, |(_, count)| *count);
    let others: Vec<String> = items
        .iter()
        .filter(|(standing, _)| *standing != Standing::Returned)
        .map(|(standing, count)| format!("{} {count}", standing.label()))
        .collect();
    let stands = |wanted: Submission| {
        let departments = book.departments.iter();
        departments.filter(|(_, stands)| *stands == wanted).count()
    };
    let unread = book.files.iter();
    let unread = unread.filter(|file| file.outcome != Outcome::Read).count();
    html! {
        ul.counts {
            @for (level, count) in counts.by_level() {
                li class=(level.code()) { b { (count) } " 件" span { (level.label()) } }
            }
            @if counts.acknowledged > 0 {
                li { b { (counts.acknowledged) } " 件" span { "了解済み" } }
            }
            li {
                b { (done) } "／" (book.items.len()) " 項目"
                span {
                    "提出済の取組"
                    @if !others.is_empty() { "（ほかに" (others.join("、")) "）" }
                }
            }
            li {
                b { (stands(Submission::Returned)) } "／" (book.departments.len()) " 課"
                span {
                    "提出済の主管課"
                    @if stands(Submission::Unreadable) > 0 {
                        "（ほかに読取不可 " (stands(Submission::Unreadable)) "）"
                    }
                }
            }
            li {
                b { (book.files.len()) } " 件"
                span { "回収したファイル" @if unread > 0 { "（読取不可 " (unread) "）" } }
            }
        }
    }
}

#[cfg(test)]
mod tests;
