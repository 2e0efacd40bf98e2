//! `merge --publish`: what keeps a workbook from the public, and what is left out of it.

use std::path::Path;

use crate::export;
use crate::job::Job;
use crate::model::{Finding, Layout, UNSETTLED};

use super::failure::Failure;
use super::open_errors;

/// How many of the errors are named.
const NAMED: usize = 5;

/// Refuses to publish while an error is left that nobody acknowledged.
pub(super) fn refuse_open_errors(findings: &[Finding], job: &Job) -> Result<(), Failure> {
    let open: Vec<&Finding> = open_errors(findings).collect();
    let Some(first) = open.first() else {
        return Ok(());
    };
    let mut named: String = open.iter().take(NAMED).map(|one| line(one)).collect();
    if open.len() > NAMED {
        named.push_str(&format!("  ほか{}件\n", open.len() - NAMED));
    }
    Err(Failure::Unsettled {
        open: open.len(),
        first: named,
        remedy: remedy(first, job),
    })
}

/// An error in one line: rule, item, place, what it says.
fn line(finding: &Finding) -> String {
    let place = match (&finding.place, &finding.file, &finding.department) {
        (Some(place), _, _) => place.to_string(),
        (None, Some(words), _) | (None, None, Some(words)) => words.clone(),
        (None, None, None) => String::new(),
    };
    let item = finding.item.map(|item| format!("取組{item}"));
    let words = [Some(finding.code.to_owned()), item, Some(place)];
    let words: Vec<String> = words.into_iter().flatten().collect();
    let said = format!("{}（{}）", words.join(" ").trim(), finding.message);
    format!("  {}\n", export::on_one_line(&said))
}

/// What to do about the errors; only a job keeps what was acknowledged.
fn remedy(finding: &Finding, job: &Job) -> String {
    if job.period.is_none() {
        return "票を直してから、もう一度実行してください。".to_owned();
    }
    let folder = match job.folder.as_path() {
        here if here == Path::new(".") || here == Path::new("") => String::new(),
        folder => {
            let folder = folder.display().to_string();
            match folder.contains(char::is_whitespace) {
                true => format!("\"{folder}\" "),
                false => format!("{folder} "),
            }
        }
    };
    let mut words = vec![finding.code.to_owned()];
    match (finding.item, &finding.place, &finding.file) {
        (Some(item), _, _) => words.push(format!("取組{item}")),
        (None, Some(place), _) => words.push(place.source.file.clone()),
        (None, None, Some(file)) => words.push(file.clone()),
        (None, None, None) => words.extend(finding.department.clone()),
    }
    words.extend(finding.cells.first().map(ToString::to_string));
    let words = export::on_one_line(&words.join(" "));
    format!(
        "票を直すか、問題のないことを確かめて了解済みにしてから、もう一度実行してください（例: torimatome check {folder}--acknowledge \"{words}\" --reason \"理由\"）。すべての誤りは torimatome check で確かめられます。"
    )
}

/// Tells what the public's workbook does not hold, and what its pages bear.
pub(super) fn told(layout: &Layout, findings: &[Finding]) -> String {
    let table = layout
        .publish
        .kpi_table
        .then_some(layout.sheets.kpis.as_str());
    let left_out = layout.sheets.reports().into_iter();
    let left_out: Vec<&str> = left_out.filter(|name| Some(*name) != table).collect();
    let mut told = format!(
        "公表用のブックに含めていないもの: {}のシート、点検結果による色付け、了解済みの理由、メモ、外部へのリンク、作成者・会社名などの文書情報\n",
        left_out.join("・")
    );
    let open = open_errors(findings).count();
    if open > 0 {
        told.push_str(&format!(
            "すべてのページに「{UNSETTLED}」と印刷されます。了解済みでない誤りが{open}件残っています。票を直すか了解済みにしてから、--force を付けずに書き出してください。\n"
        ));
    }
    told
}
