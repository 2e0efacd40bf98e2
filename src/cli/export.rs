//! `export`: what a job or a workbook says, for programs.

use std::path::{Path, PathBuf};

use crate::model::{Cover, ItemSheet, OfficialBook, Period};
use crate::read::Limits;
use crate::{export as stage, job};

use super::args::{Export, ExportFormat};
use super::failure::Failure;
use super::{Done, assemble, output, prepare, report, verdict};

pub(super) fn export(args: &Export) -> Result<Done, Failure> {
    match args.format {
        ExportFormat::Csv => return Err(Failure::NotYet("--format csv")),
        ExportFormat::Parquet => return Err(Failure::NotYet("--format parquet")),
        ExportFormat::Json => {}
    }
    let to_stdout = args.output == Path::new("-");
    if !to_stdout {
        output::refuse_place(&args.output)?;
    }
    prepare(&args.common)?;
    let is_job = match args.paths.first() {
        Some(first) => job::is_job(first),
        None => true,
    };
    let (json, done, inputs, folders) = if is_job {
        of_job(args)?
    } else {
        of_workbooks(args)?
    };
    if to_stdout {
        output::to_stdout(json.as_bytes())?;
    } else {
        output::refuse_inputs(&args.output, &inputs, &folders)?;
        output::replace(&args.output, json.as_bytes())?;
        eprintln!("JSONを書き出しました: {}", args.output.display());
    }
    Ok(done)
}

type Exported = (String, Done, Vec<PathBuf>, Vec<PathBuf>);

/// The gathered book: the same that the merged workbook shows, with its findings.
fn of_job(args: &Export) -> Result<Exported, Failure> {
    let assembled = assemble::assemble(&args.paths, &args.common)?;
    let findings = report::findings(&assembled)?;
    let book = &assembled.book;
    let items: Vec<&ItemSheet> = book.items.iter().map(|item| &item.official).collect();
    let json = stage::json(
        &book.cover,
        Some(book.period),
        &items,
        &findings,
        book.period,
    )?;
    Ok((
        json,
        verdict(&findings),
        assembled.inputs,
        assembled.folders,
    ))
}

/// What workbooks say, as read, items of all files together in order of items.
fn of_workbooks(args: &Export) -> Result<Exported, Failure> {
    let layout = assemble::read_layout(args.common.layout.as_deref())?;
    let limits = Limits::default();
    let mut books: Vec<OfficialBook> = Vec::with_capacity(args.paths.len());
    for path in &args.paths {
        if path.is_dir() {
            return Err(Failure::NoJob(path.display().to_string()));
        }
        if !path.exists() {
            return Err(Failure::NoSuchPath(path.clone()));
        }
        books.push(assemble::read_official(path, &layout, &limits)?);
    }
    let cover = books
        .first()
        .map(|book| book.cover.clone())
        .unwrap_or_default();
    let period = match &args.common.period {
        Some(text) => Some(Period::parse(text).ok_or_else(|| Failure::Period(text.clone()))?),
        None => period_of(&cover),
    };
    let mut items: Vec<&ItemSheet> = books.iter().flat_map(|book| &book.items).collect();
    items.sort_by_key(|item| item.number.get().copied().unwrap_or(u32::MAX));
    let at = period.unwrap_or(Period {
        year: crate::model::FiscalYear(0),
        half: crate::model::Half::Second,
    });
    let json = stage::json(&cover, period, &items, &[], at)?;
    let mut inputs = args.paths.clone();
    inputs.extend(args.common.layout.clone());
    Ok((json, Done::Clean, inputs, Vec::new()))
}

/// A cover that names no half is a year-end's.
fn period_of(cover: &Cover) -> Option<Period> {
    let year = cover.fiscal_year?;
    Some(Period {
        year,
        half: cover.half.unwrap_or(crate::model::Half::Second),
    })
}
