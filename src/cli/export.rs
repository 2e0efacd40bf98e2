//! `export`: what a job or a workbook says, for programs.

use std::path::{Path, PathBuf};

use crate::export as stage;
use crate::job;
use crate::model::{
    Book, Cover, Finding, FiscalYear, Half, ItemSheet, Layout, OfficialBook, Period, TidySource,
};
use crate::read::Limits;

use super::args::{Encoding, Export, ExportFormat};
use super::failure::Failure;
use super::{
    Done, assemble, official, output, partitioned, plan, prepare, report, verdict, volumes,
};

/// The names of the tables.
const TABLES: [&str; 2] = ["kpi.csv", "text.csv"];

pub(super) fn export(args: &Export) -> Result<Done, Failure> {
    match args.format {
        ExportFormat::Json | ExportFormat::Parquet if args.encoding.is_some() || args.guard => {
            return Err(Failure::OnlyForCsv);
        }
        ExportFormat::Json if is_stdout(args) => {}
        ExportFormat::Json => output::refuse_place(&args.output)?,
        ExportFormat::Csv | ExportFormat::Parquet if is_stdout(args) => {
            return Err(Failure::TwoTables);
        }
        ExportFormat::Csv | ExportFormat::Parquet => {
            output::refuse_folder(&args.output, Failure::OutputIsFile)?
        }
    }
    prepare(&args.common)?;
    let give = match args.format {
        ExportFormat::Parquet => return partitioned::partitioned(args),
        ExportFormat::Csv => tables,
        ExportFormat::Json => document,
    };
    let is_job = args.paths.first().is_none_or(|first| job::is_job(first));
    let exported = if is_job {
        of_job(args)?
    } else {
        of_workbooks(args)?
    };
    give(args, &exported)?;
    Ok(exported.done)
}

fn is_stdout(args: &Export) -> bool {
    args.output == Path::new("-")
}

/// What is to be given out, and what it was read from.
struct Exported {
    said: Said,
    layout: Layout,
    done: Done,
    inputs: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

enum Said {
    /// The gathered book, with its findings.
    Job(Box<Book>, Vec<Finding>),
    /// Workbooks as they were read, each with the period it reports.
    Workbooks(Vec<(OfficialBook, Option<Period>)>),
}

fn document(args: &Export, exported: &Exported) -> Result<(), Failure> {
    let json = match &exported.said {
        Said::Job(book, findings) => {
            let items: Vec<&ItemSheet> = book.items.iter().map(|item| &item.official).collect();
            stage::json(
                &book.cover,
                Some(book.period),
                &items,
                findings,
                book.period,
            )?
        }
        Said::Workbooks(books) => {
            let first = books.first();
            let cover = first
                .map(|(book, _)| book.cover.clone())
                .unwrap_or_default();
            let period = first.and_then(|(_, period)| *period);
            let items = in_order(books.iter().flat_map(|(book, _)| &book.items));
            let at = period.unwrap_or(Period {
                year: FiscalYear(0),
                half: Half::Second,
            });
            stage::json(&cover, period, &items, &[], at)?
        }
    };
    if is_stdout(args) {
        return output::to_stdout(json.as_bytes());
    }
    output::refuse_inputs(&args.output, &exported.inputs, &exported.folders)?;
    output::replace(&args.output, json.as_bytes())?;
    eprintln!("JSONを書き出しました: {}", args.output.display());
    Ok(())
}

fn tables(args: &Export, exported: &Exported) -> Result<(), Failure> {
    let sources: Vec<TidySource<'_>> = match &exported.said {
        Said::Job(book, _) => vec![TidySource::of_book(book)],
        Said::Workbooks(books) => {
            let sources = books.iter().map(|(book, period)| {
                let items = in_order(book.items.iter());
                TidySource::of_workbook(&book.cover, *period, items)
            });
            sources.collect()
        }
    };
    let encoding = match args.encoding {
        None | Some(Encoding::Utf8) => stage::Encoding::Utf8,
        Some(Encoding::Cp932) => stage::Encoding::Cp932,
    };
    let tables = stage::tidy(&sources, &exported.layout, encoding, args.guard)?;
    let targets = TABLES.map(|name| args.output.join(name));
    for target in &targets {
        output::refuse_inputs(target, &exported.inputs, &exported.folders)?;
    }
    let [kpis, texts] = &targets;
    let file = |target, bytes| output::Replacement {
        target,
        bytes,
        kept: None,
    };
    output::replace_together(&[file(kpis, &tables.kpis), file(texts, &tables.texts)])?;
    eprintln!(
        "機械可読の表を書き出しました: {}、{}",
        kpis.display(),
        texts.display()
    );
    Ok(())
}

/// Items of one or several workbooks by their numbers.
pub(super) fn in_order<'b>(items: impl Iterator<Item = &'b ItemSheet>) -> Vec<&'b ItemSheet> {
    let mut items: Vec<&ItemSheet> = items.collect();
    items.sort_by_key(|item| item.number.get().copied().unwrap_or(u32::MAX));
    items
}

/// The gathered book: the same that the merged workbook shows, with its findings.
fn of_job(args: &Export) -> Result<Exported, Failure> {
    let assembled = assemble::assemble(&args.paths, &args.common)?;
    let findings = report::findings(&assembled)?;
    Ok(Exported {
        layout: assembled.book.layout.clone(),
        done: verdict(&findings),
        said: Said::Job(Box::new(assembled.book), findings),
        inputs: assembled.inputs,
        folders: assembled.folders,
    })
}

/// What workbooks say, as read.
fn of_workbooks(args: &Export) -> Result<Exported, Failure> {
    let layout = assemble::read_layout(args.common.layout.as_deref())?;
    let limits = Limits::default();
    let given = match &args.common.period {
        Some(text) => Some(Period::parse(text).ok_or_else(|| Failure::Period(text.clone()))?),
        None => None,
    };
    let mut inputs = Vec::new();
    let mut books = Vec::with_capacity(args.paths.len());
    let paths: Vec<&Path> = args.paths.iter().map(PathBuf::as_path).collect();
    let (volumes, others): (Vec<&Path>, Vec<&Path>) = paths
        .iter()
        .partition(|path| volumes::is_beside_its_summary(path, &paths));
    for path in others.into_iter().chain(volumes) {
        if path.is_dir() {
            return Err(Failure::NoJob(path.display().to_string()));
        }
        if !path.exists() {
            return Err(Failure::NoSuchPath(path.to_owned()));
        }
        // A volume that was read with its summary.
        if inputs.iter().any(|input: &PathBuf| input == path) {
            continue;
        }
        let book = official::read_official(path, &layout, &limits)?;
        if let Some(damage) = plan::damage(&book) {
            eprintln!("注意: {damage}");
        }
        if let Some(told) = volumes::one_alone(path, &book) {
            eprintln!("注意: {told}");
        }
        inputs.push(path.to_owned());
        inputs.extend(volumes::beside(path, book.volume));
        let period = given.or_else(|| period_of(&book.cover));
        books.push((book, period));
    }
    inputs.extend(args.common.layout.clone());
    Ok(Exported {
        said: Said::Workbooks(books),
        layout,
        done: Done::Clean,
        inputs,
        folders: Vec::new(),
    })
}

/// A cover that names no half is a year-end's.
fn period_of(cover: &Cover) -> Option<Period> {
    let year = cover.fiscal_year?;
    Some(Period {
        year,
        half: cover.half.unwrap_or(Half::Second),
    })
}
