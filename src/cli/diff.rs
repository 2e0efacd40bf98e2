//! `diff`: what two workbooks in the official layout say differently.

use std::path::Path;

use crate::compare::compare;
use crate::export;
use crate::model::{Comparison, Half, Layout, OfficialBook, Period};
use crate::read::Limits;
use crate::write::Stamp;

use super::args::{Diff, DiffFormat};
use super::destination::{self, Destination, Kind};
use super::failure::Failure;
use super::{Done, assemble, explain, merge, official, output, screen_of, volumes};

/// What the differences are called, and a file of them.
const NAME: &str = "前回からの変更点";

pub(super) fn diff(args: &Diff) -> Result<Done, Failure> {
    let kind = match args.format {
        DiffFormat::Text | DiffFormat::Csv => Kind::Text,
        DiffFormat::Xlsx => Kind::Xlsx,
    };
    let named = args.output.as_deref();
    destination::refuse(kind, named)?;
    let destination = Destination::new(kind, named, Path::new(""), || NAME.to_owned());
    let mut inputs = vec![args.before.clone(), args.after.clone()];
    inputs.extend(args.layout.clone());
    if let Some(target) = destination.file() {
        output::refuse_inputs(target, &inputs, &[])?;
    }
    let layout = assemble::read_layout(args.layout.as_deref())?;
    let before = read(&args.before, &layout)?;
    let after = read(&args.after, &layout)?;
    if let Some(target) = destination.file() {
        let mut volumes = volumes::beside(&args.before, before.volume);
        volumes.extend(volumes::beside(&args.after, after.volume));
        output::refuse_inputs(target, &volumes, &[])?;
    }
    for (path, book) in [(&args.before, &before), (&args.after, &after)] {
        if let Some(told) = volumes::one_alone(path, book) {
            eprintln!("注意: {told}");
        }
    }
    let comparison = compare(&before, &after, &layout);
    let document = match args.format {
        DiffFormat::Text => {
            let screen = screen_of(args.color, destination == Destination::Stdout);
            destination.text(export::comparison_text(&comparison, screen))
        }
        DiffFormat::Csv => export::comparison_csv(&comparison)?,
        DiffFormat::Xlsx => crate::changes(&comparison, &layout, stamp(&comparison))?,
    };
    match (destination.write(&document, NAME)?, kind) {
        (Some(said), Kind::Text) => eprintln!("{said}"),
        (Some(said), Kind::Xlsx | Kind::Html) => println!("{}\n{said}", comparison.counted()),
        (None, Kind::Text | Kind::Xlsx | Kind::Html) => {}
    }
    Ok(Done::Clean)
}

fn read(path: &Path, layout: &Layout) -> Result<OfficialBook, Failure> {
    if !path.exists() {
        return Err(Failure::NoSuchPath(path.to_owned()));
    }
    if path.is_dir() {
        return Err(Failure::IsFolder(path.to_owned()));
    }
    official::read_official(path, layout, &Limits::default())
}

/// The day after the later workbook's period; a cover that names no half is a year-end's.
fn stamp(comparison: &Comparison) -> Stamp {
    let later = &comparison.after;
    let period = later.fiscal_year.map(|year| Period {
        year,
        half: later.half.unwrap_or(Half::Second),
    });
    period.map_or(explain::STAMP, merge::stamp)
}
