//! `merge`: check, and write the official workbook.

use std::path::Path;

use crate::merged;
use crate::model::{Half, Period};
use crate::write::Stamp;

use super::args::Merge;
use super::failure::Failure;
use super::{Done, assemble, output, prepare, report, screen, verdict};

pub(super) fn merge(args: &Merge) -> Result<Done, Failure> {
    if args.publish {
        return Err(Failure::NotYet("--publish（公表用の書き出し）"));
    }
    if let Some(target) = named(args) {
        output::refuse_place(target)?;
        output::refuse_extension(target)?;
    }
    prepare(&args.common)?;
    let assembled = assemble::assemble(&args.paths, &args.common)?;
    let book = &assembled.book;
    let target = match &args.output {
        Some(target) => target.clone(),
        None => assembled
            .job
            .folder
            .join(default_name(&book.layout.document, book.period)),
    };
    let to_stdout = target == Path::new("-");
    if !to_stdout {
        output::refuse_inputs(&target, &assembled.inputs, &assembled.folders)?;
    }
    let findings = report::findings(&assembled)?;
    let bytes = merged(book, &findings, stamp(book.period))?;
    let replaced = !to_stdout && target.exists();
    let text = report::text(&assembled, &findings, screen(&args.common, !to_stdout));
    if to_stdout {
        eprint!("{text}");
        output::to_stdout(&bytes)?;
        return Ok(verdict(&findings));
    }
    output::replace(&target, &bytes)?;
    print!("{text}");
    let how = if replaced {
        "置き換えました"
    } else {
        "書き出しました"
    };
    println!("集約版を{how}: {}", target.display());
    Ok(verdict(&findings))
}

/// The file that the arguments name.
fn named(args: &Merge) -> Option<&Path> {
    let output = args.output.as_deref();
    output.filter(|target| *target != Path::new("-"))
}

fn default_name(document: &str, period: Period) -> String {
    format!("{document}_{period}.xlsx")
}

/// The workbook's creation date is the day after the period ends: no clock, the same bytes.
pub(super) fn stamp(period: Period) -> Stamp {
    match period.half {
        Half::First => Stamp {
            year: period.year.0,
            month: 10,
            day: 1,
        },
        Half::Second => Stamp {
            year: period.year.0 + 1,
            month: 4,
            day: 1,
        },
    }
}
