//! The workbooks in the official layout that a command works from, each read in the time that a file has.

use std::path::Path;

use crate::model::{Layout, OfficialBook};
use crate::read::{self, Limits, ReadError};
use crate::{Step, official_book};

use super::failure::Failure;
use super::watch::{self, Watch};
use super::{plan, plan_source, volumes};

/// 2 MiB: more than a workbook of three hundred items has.
const SMALL_OFFICIAL: u64 = 2 << 20;

/// Reads the plan and the previous workbook: side by side where neither is large, for two of them
/// take the memory of two.
pub(super) fn read_before(
    plan_path: &Path,
    previous_path: Option<&Path>,
    layout: &Layout,
    limits: &Limits,
) -> Result<(OfficialBook, Option<OfficialBook>), Failure> {
    let read_plan = || -> Result<OfficialBook, Failure> {
        let official = plan_source::read(plan_path, layout, limits)?;
        plan::refuse_unnumbered(&official, plan_path)?;
        Ok(official)
    };
    let read_previous = || {
        previous_path
            .map(|path| read_whole(path, layout, limits))
            .transpose()
    };
    let is_small =
        |path: &Path| std::fs::metadata(path).is_ok_and(|file| file.len() <= SMALL_OFFICIAL);
    if !is_small(plan_path) || !previous_path.is_some_and(is_small) {
        return Ok((read_plan()?, read_previous()?));
    }
    let (official, previous) = rayon::join(read_plan, read_previous);
    Ok((official?, previous?))
}

/// Reads a workbook in the official layout that must hold items, with the volumes beside it.
pub(super) fn read_official(
    path: &Path,
    layout: &Layout,
    limits: &Limits,
) -> Result<OfficialBook, Failure> {
    let mut book = read_file(path, layout, limits)?;
    volumes::add(&mut book, path, layout, limits)?;
    if book.items.is_empty() {
        return Err(Failure::NoItems(path.to_owned()));
    }
    Ok(book)
}

/// The same where one volume would be too little.
pub(super) fn read_whole(
    path: &Path,
    layout: &Layout,
    limits: &Limits,
) -> Result<OfficialBook, Failure> {
    let book = read_official(path, layout, limits)?;
    volumes::refuse_one(&book, path)?;
    Ok(book)
}

/// Reads one file in the official layout.
pub(super) fn read_file(
    path: &Path,
    layout: &Layout,
    limits: &Limits,
) -> Result<OfficialBook, Failure> {
    watched(path, limits, |name, bytes| {
        official_book(name, bytes, layout, limits)
    })
}

/// Reads one file that a command cannot do without, in the time that a file has.
pub(super) fn watched<T>(
    path: &Path,
    limits: &Limits,
    read_it: impl FnOnce(&str, Vec<u8>) -> Result<T, ReadError>,
) -> Result<T, Failure> {
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned();
    let seconds = watch::seconds_for(path, limits.seconds);
    let too_slow = Failure::read(path, &ReadError::too_slow(seconds));
    let own = path.to_string_lossy().into_owned();
    if watch::overdue().contains(&own) {
        return Err(too_slow);
    }
    let told = too_slow.to_string();
    let watch = Watch::start(vec![seconds], move |_| {
        let _ = watch::start_over(&own);
        eprintln!("{told}");
        watch::leave(2);
    });
    watch.note(Step::Begun(0));
    read::load(path, limits)
        .and_then(|bytes| read_it(&name, bytes))
        .map_err(|error| Failure::read(path, &error))
}
