//! `rollover`: next year's job folder from a year-end's workbook.

use std::path::Path;

use crate::model::{Layout, Period};

use super::args::Rollover;
use super::failure::Failure;
use super::new_job::{Wanted, new_job};
use super::{Done, init, new_folder, prepare};

pub(super) fn rollover(args: &Rollover) -> Result<Done, Failure> {
    new_folder::refuse(&args.output)?;
    prepare(&args.common)?;
    let new = new_job(&Wanted {
        from: Some(&args.workbook),
        named: init::period_of(&args.output),
        refuse: first_half,
        common: &args.common,
    })?;
    let made = new_folder::make(&args.output, &new.files, &new.settings)?;
    print!("{}", init::told(&args.output, &new, &made));
    Ok(Done::Clean)
}

/// A year is over when its second half was collected.
fn first_half(path: &Path, reported: Period, layout: &Layout) -> Result<(), Failure> {
    if reported.is_year_end() {
        return Ok(());
    }
    Err(Failure::NotYearEnd {
        path: path.to_owned(),
        reported: layout.period_words(reported),
    })
}
