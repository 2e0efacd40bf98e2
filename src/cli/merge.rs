//! `merge`: check, and write the official workbook, or with `--publish` the public's.

use std::path::Path;

use crate::model::{Half, Layout, Period};
use crate::write::{Edition, Stamp};
use crate::{check, official_workbook};

use super::args::Merge;
use super::assemble::Assembled;
use super::failure::Failure;
use super::{
    Done, assemble, claim, leave_to_the_end, open_errors, output, prepare, publish, report, screen,
    verdict, volumes,
};

pub(super) fn merge(args: &Merge) -> Result<Done, Failure> {
    if args.publish && args.data_sheet {
        return Err(Failure::Usage(
            "--data-sheet は庁内用の集約版だけに付けられます。--publish とは別に実行してください。",
        ));
    }
    if let Some(target) = named(args) {
        output::refuse_place(target)?;
        output::refuse_extension(target)?;
        claim::refuse_open(target)?;
    }
    prepare(&args.common)?;
    let assembled = assemble::assemble(&args.paths, &args.common)?;
    let book = &assembled.book;
    let findings = report::findings(&assembled)?;
    if args.publish && !args.force {
        publish::refuse_open_errors(&findings, &assembled.job)?;
    }
    // Where no error is left, there is nothing to force.
    let settled = open_errors(&findings).next().is_none();
    let target = match &args.output {
        Some(target) => target.clone(),
        None => {
            let name = default_name(args.publish, settled, &book.layout, book.period);
            assembled.job.folder.join(name)
        }
    };
    let edition = match args.publish {
        true => Edition::Public { settled },
        false => Edition::Office {
            findings: &findings,
            rules: check::rules(),
            data_sheet: args.data_sheet,
        },
    };
    let about = match args.publish {
        true => publish::told(&book.layout, &findings),
        false => String::new(),
    };
    let stamp = stamp(book.period);
    let to_stdout = target == Path::new("-");
    let text = report::text(&assembled, &findings, screen(&args.common, !to_stdout));
    if to_stdout {
        let bytes = official_workbook(book, edition, stamp)?;
        eprint!("{text}{about}");
        if args.split.is_some() {
            eprintln!("注意: 標準出力には、総括と分冊に分けず、一冊で書き出しました。");
        }
        output::to_stdout(&bytes)?;
        return Ok(verdict(&findings));
    }
    let replaced = target.exists();
    let written = write(args, assembled, edition, stamp, &target)?;
    print!("{text}{about}");
    let how = if replaced {
        "置き換えました"
    } else {
        "書き出しました"
    };
    let what = if args.publish {
        "公表用のブック"
    } else {
        "集約版"
    };
    println!("{what}を{how}: {}{}", target.display(), written);
    Ok(verdict(&findings))
}

/// Writes one workbook, or its volumes, in whose place `target` stands for the summary; says what
/// there is beside it.
fn write(
    args: &Merge,
    assembled: Assembled,
    edition: Edition<'_>,
    stamp: Stamp,
    target: &Path,
) -> Result<String, Failure> {
    let Assembled {
        job,
        book,
        inputs,
        folders,
        ..
    } = assembled;
    let mut told = String::new();
    let count = match volumes::lengths(&book, args.split.or(job.volume_items)) {
        None => {
            output::refuse_inputs(target, &inputs, &folders)?;
            output::refuse_place(target)?;
            let claim = claim::claim(target)?;
            claim.replace(&official_workbook(&book, edition, stamp)?)?;
            leave_to_the_end(book);
            0
        }
        Some(lengths) => {
            let set = volumes::Set::claim(target, lengths, (&inputs, &folders))?;
            set.write(book, edition, stamp)?;
            told.push_str(&set.told());
            set.volumes()
        }
    };
    told.push_str(&volumes::left_over(target, count));
    Ok(told)
}

/// The file that the arguments name.
fn named(args: &Merge) -> Option<&Path> {
    let output = args.output.as_deref();
    output.filter(|target| *target != Path::new("-"))
}

/// A workbook that is not settled never takes the place of one that is.
fn default_name(publish: bool, settled: bool, layout: &Layout, period: Period) -> String {
    let kind = match (publish, settled) {
        (false, _) => "",
        (true, true) => "_公表用",
        (true, false) => "_公表用_未確定",
    };
    let (document, period) = (&layout.document, layout.period_in_names(period));
    format!("{document}_{period}{kind}.xlsx")
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
