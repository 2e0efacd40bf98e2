//! `check`, and the report that `merge` gives too.

use crate::export::Screen;
use crate::model::{Finding, Resolved};
use crate::{check as rules, export, job, read};

use super::args::{Check, ReportFormat};
use super::assemble::{self, Assembled};
use super::destination::{self, Destination, Kind};
use super::failure::Failure;
use super::{
    Done, acknowledge, leave_to_the_end, merge, output, prepare, remember, screen, verdict,
};

pub(super) fn check(args: &Check) -> Result<Done, Failure> {
    let kind = match args.format {
        ReportFormat::Text | ReportFormat::Json | ReportFormat::Csv => Kind::Text,
        ReportFormat::Xlsx => Kind::Xlsx,
        ReportFormat::Html => Kind::Html,
    };
    let named = args.output.as_deref();
    destination::refuse(kind, named)?;
    prepare(&args.common)?;
    let assembled = assemble::assemble(&args.paths, &args.common)?;
    let book = &assembled.book;
    let destination = Destination::new(kind, named, &assembled.job.folder, || {
        let period = book.layout.period_in_names(book.period);
        format!("{}_{period}", book.layout.sheets.findings)
    });
    if let Some(target) = destination.file() {
        output::refuse_inputs(target, &assembled.inputs, &assembled.folders)?;
    }
    let mut findings = findings(&assembled)?;
    acknowledge::acknowledge(args, &assembled.job, &mut findings, book.period)?;
    let resolved = remember::compare(args, &assembled.job, &mut findings, book)?;
    let resolved = resolved.as_deref();
    let document = document(args, &assembled, &findings, resolved, &destination)?;
    let said = destination.write(&document, &book.layout.sheets.findings)?;
    match (said, kind) {
        (Some(said), Kind::Text) => eprintln!("{said}"),
        // The file is to be opened; what it holds is told where the clerk looks now.
        (Some(said), Kind::Xlsx | Kind::Html) => {
            println!("{}", export::counted(&findings));
            print!("{}{}", skipped(&assembled), changes(&findings, resolved));
            println!("{said}");
        }
        (None, Kind::Text | Kind::Xlsx | Kind::Html) => {}
    }
    match args.format {
        // These documents have no place for what is gone.
        ReportFormat::Json | ReportFormat::Csv => eprint!("{}", changes(&findings, resolved)),
        ReportFormat::Text | ReportFormat::Xlsx | ReportFormat::Html => {}
    }
    leave_to_the_end(assembled);
    Ok(verdict(&findings))
}

fn document(
    args: &Check,
    assembled: &Assembled,
    findings: &[Finding],
    resolved: Option<&[Resolved]>,
    destination: &Destination,
) -> Result<Vec<u8>, Failure> {
    let (book, rules) = (&assembled.book, rules::rules());
    Ok(match args.format {
        ReportFormat::Text => {
            let screen = screen(&args.common, *destination == Destination::Stdout);
            let text = text(assembled, findings, screen);
            destination.text(text + &changes(findings, resolved))
        }
        ReportFormat::Json => {
            export::findings_json(&book.cover, Some(book.period), findings, book.period)?
                .into_bytes()
        }
        ReportFormat::Csv => export::findings_csv(findings, rules, book.period)?,
        ReportFormat::Xlsx => crate::report(book, findings, merge::stamp(book.period))?,
        ReportFormat::Html => {
            export::report_html(book, findings, rules, resolved.unwrap_or_default()).into_bytes()
        }
    })
}

/// What changed since the findings were remembered, if they were.
fn changes(findings: &[Finding], resolved: Option<&[Resolved]>) -> String {
    resolved.map_or_else(String::new, |resolved| {
        export::changes_text(findings, resolved)
    })
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
pub(super) fn text(assembled: &Assembled, findings: &[Finding], screen: Screen) -> String {
    let text = export::findings_text(&assembled.book, findings, rules::rules(), screen);
    text + &skipped(assembled)
}

/// Names the files that were passed over.
fn skipped(assembled: &Assembled) -> String {
    if assembled.skipped.is_empty() {
        return String::new();
    }
    let names: Vec<String> = assembled
        .skipped
        .iter()
        .map(|name| export::on_one_line(name))
        .collect();
    format!(
        "読み飛ばしたファイル {}件（作業用・隠しファイルなど）: {}\n",
        names.len(),
        names.join("、")
    )
}
