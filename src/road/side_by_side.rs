//! Many files side by side: one bad file costs neither another one nor the run.

use rayon::prelude::*;

use super::{file_of, unreadable};
use crate::model::{CollectedFile, Layout, Workbook};
use crate::read::{CollectedPath, Limited, Limits, ReadError, caught};

/// 128 MiB: what each of the files that are read side by side may take; a form takes one.
const MEMORY_SIDE_BY_SIDE: u64 = 128 << 20;

/// What is told of the collected files while they are read; the number is that of the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The reading of a file begins.
    Begun(usize),
    /// The reading of a file has ended, for now where the file has to wait for its turn.
    Paused(usize),
    /// A file is done with.
    Done(usize),
}

/// Reads collected files side by side, one thread a core; the order is the one given.
///
/// A file that takes much memory waits until all others are read, and is read alone.
pub fn collected_files(
    paths: &[CollectedPath],
    layout: &Layout,
    limits: &Limits,
    tell: &(dyn Fn(Step) + Sync),
) -> Vec<CollectedFile> {
    let side_by_side = Limits {
        memory: limits.memory.min(MEMORY_SIDE_BY_SIDE),
        ..limits.clone()
    };
    let read = |(number, path): (usize, &CollectedPath), limits: &Limits, alone: bool| {
        tell(Step::Begun(number));
        let workbook = caught(|| path.workbook(limits));
        if !alone && runs_out_of_memory(&workbook) {
            tell(Step::Paused(number));
            return None;
        }
        let file = caught(|| Ok(file_of(&path.name, workbook, layout)));
        let file = file.unwrap_or_else(|error| unreadable(&path.name, &error));
        tell(Step::Done(number));
        Some(file)
    };
    let side_by_side = &side_by_side;
    let alone = side_by_side == limits;
    let numbered = paths.par_iter().enumerate();
    let mut files: Vec<Option<CollectedFile>> = numbered
        .map(|path| read(path, side_by_side, alone))
        .collect();
    let mut paths = paths.iter().enumerate();
    for (file, path) in files.iter_mut().zip(&mut paths) {
        if file.is_none() {
            *file = read(path, limits, true);
        }
    }
    files.into_iter().flatten().collect()
}

fn runs_out_of_memory(workbook: &Result<Workbook, ReadError>) -> bool {
    match workbook {
        Err(ReadError::OverLimit { what, .. }) => *what == Limited::Memory,
        Ok(_) | Err(_) => false,
    }
}
