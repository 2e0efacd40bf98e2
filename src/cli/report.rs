//! `check`, and the report that `merge` gives too.

use std::path::Path;

use crate::model::Finding;
use crate::{check as rules, export, job, read};

use super::args::{Check, ReportFormat};
use super::assemble::{self, Assembled};
use super::failure::Failure;
use super::{Done, acknowledge, color, output, prepare, remember, verdict};

pub(super) fn check(args: &Check) -> Result<Done, Failure> {
    match args.format {
        ReportFormat::Xlsx => return Err(Failure::NotYet("--format xlsx")),
        ReportFormat::Html => return Err(Failure::NotYet("--format html")),
        ReportFormat::Text | ReportFormat::Json | ReportFormat::Csv => {}
    }
    let target = args
        .output
        .as_deref()
        .filter(|path| *path != Path::new("-"));
    if let Some(target) = target {
        output::refuse_place(target)?;
    }
    prepare(&args.common)?;
    let assembled = assemble::assemble(&args.paths, &args.common)?;
    if let Some(target) = target {
        output::refuse_inputs(target, &assembled.inputs, &assembled.folders)?;
    }
    let mut findings = findings(&assembled)?;
    let book = &assembled.book;
    acknowledge::acknowledge(args, &assembled.job, &mut findings, book.period)?;
    let resolved = remember::compare(args, &assembled.job, &mut findings, book)?;
    let document = match args.format {
        ReportFormat::Json => {
            export::findings_json(&book.cover, Some(book.period), &findings, book.period)?
                .into_bytes()
        }
        ReportFormat::Csv => export::findings_csv(&findings, rules::rules(), book.period)?,
        ReportFormat::Text | ReportFormat::Xlsx | ReportFormat::Html => {
            let colored = color(&args.common, target.is_none());
            let mut text = text(&assembled, &findings, colored);
            if let Some(resolved) = &resolved {
                text.push_str(&export::changes_text(&findings, resolved));
            }
            text.into_bytes()
        }
    };
    match target {
        Some(target) => {
            output::replace(target, &document)?;
            eprintln!("点検結果を書き出しました: {}", target.display());
        }
        None => output::to_stdout(&document)?,
    }
    Ok(verdict(&findings))
}

/// Checks the book; findings that the office has acknowledged carry its reason.
pub(super) fn findings(assembled: &Assembled) -> Result<Vec<Finding>, Failure> {
    let mut findings = rules::findings(&assembled.book, &assembled.job.levels);
    let path = &assembled.job.acknowledged;
    if path.is_file() {
        let text = read::load(path, &read::Limits::default())
            .and_then(|bytes| read::decode_text(&bytes))
            .map_err(|error| Failure::read(path, &error))?;
        let entries = job::acknowledged(&text).map_err(|error| Failure::Job {
            path: path.clone(),
            error: Box::new(error),
        })?;
        job::acknowledge(&mut findings, &entries, assembled.book.period);
    }
    Ok(findings)
}

/// The report for the terminal.
pub(super) fn text(assembled: &Assembled, findings: &[Finding], color: bool) -> String {
    let mut text = export::findings_text(&assembled.book, findings, rules::rules(), color);
    if !assembled.skipped.is_empty() {
        let names = assembled.skipped.join("、");
        text.push_str(&format!(
            "読み飛ばしたファイル {}件（作業用・隠しファイルなど）: {names}\n",
            assembled.skipped.len()
        ));
    }
    text
}
