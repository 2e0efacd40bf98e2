//! Merged workbooks in volumes: which are written so, and where the parts of one that is read lie.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

use crate::in_volumes;
use crate::model::{Book, Layout, OfficialBook, Volume, volume_lengths, volume_name};
use crate::read::Limits;
use crate::write::{Edition, Stamp};

use super::claim::{self, Claim};
use super::failure::Failure;
use super::{official, output};

/// Up to so many items one workbook is opened with ease by no matter which program.
const ONE_WORKBOOK: usize = 1_000;
/// How many items a volume holds at most, unless it is set.
const A_VOLUME: usize = 250;

/// How many items each volume of a book is to hold; `None` for one workbook.
pub(super) fn lengths(book: &Book, set: Option<u64>) -> Option<Vec<usize>> {
    let set = set.map(|set| usize::try_from(set).unwrap_or(usize::MAX));
    let items = book.items.len();
    if items <= set.unwrap_or(ONE_WORKBOOK) {
        return None;
    }
    let items = book.items.iter();
    let priorities: Vec<&str> = items.map(|item| item.official.priority.text()).collect();
    Some(volume_lengths(&priorities, set.unwrap_or(A_VOLUME)))
}

/// The files of the volumes that lie beside a summary, in order; none beside any other workbook.
pub(super) fn beside(summary: &Path, volume: Volume) -> Vec<PathBuf> {
    let of = volume.volumes();
    let stem = summary.file_stem().unwrap_or_default().to_string_lossy();
    let ending = summary.extension().unwrap_or_default().to_string_lossy();
    let name = |number| format!("{}.{ending}", volume_name(&stem, number, of));
    (1..=of)
        .map(|number| summary.with_file_name(name(number)))
        .collect()
}

/// Reads the volumes that lie beside a summary into its book; a whole workbook has none.
pub(super) fn add(
    book: &mut OfficialBook,
    path: &Path,
    layout: &Layout,
    limits: &Limits,
) -> Result<(), Failure> {
    let of = book.volume.volumes();
    for (number, file) in (1..).zip(beside(path, book.volume)) {
        if !file.exists() {
            return Err(Failure::NoVolume {
                path: path.to_owned(),
                volume: file,
            });
        }
        let volume = official::read_file(&file, layout, limits)?;
        let is_of_set =
            volume.volume == (Volume::One { number, of }) && are_of_one_set(&volume, book);
        if !is_of_set {
            return Err(Failure::OtherVolume {
                path: file,
                wanted: Volume::One { number, of }.label().unwrap_or_default(),
            });
        }
        book.add_volume(volume);
    }
    match of {
        0 => Ok(()),
        _ => refuse_other_items(book, path),
    }
}

/// Their marks tell, whatever was corrected by hand since. A program that keeps no properties leaves
/// the covers to compare.
fn are_of_one_set(volume: &OfficialBook, summary: &OfficialBook) -> bool {
    match (&volume.set, &summary.set) {
        (Some(own), Some(set)) => own == set,
        (Some(_) | None, None) | (None, Some(_)) => {
            volume.cover == summary.cover
                && volume.unsettled == summary.unsettled
                && volume.for_office == summary.for_office
        }
    }
}

/// Refuses volumes that do not hold the items which the summary lists, each once.
fn refuse_other_items(book: &OfficialBook, path: &Path) -> Result<(), Failure> {
    let mut listed: Vec<u32> = book.index.iter().map(|row| row.number).collect();
    let numbers = book.items.iter().filter_map(|item| item.number.get());
    let mut found: Vec<u32> = numbers.copied().collect();
    listed.sort_unstable();
    found.sort_unstable();
    let shorter = listed.len().min(found.len());
    let same = (0..shorter)
        .take_while(|at| listed[*at] == found[*at])
        .count();
    let first = listed.get(same).into_iter().chain(found.get(same)).min();
    match first {
        Some(number) => Err(Failure::OtherItems(path.to_owned(), *number)),
        None => Ok(()),
    }
}

/// Says that one volume was read without the others.
pub(super) fn one_alone(path: &Path, book: &OfficialBook) -> Option<String> {
    match book.volume {
        Volume::Whole | Volume::Summary { .. } => None,
        Volume::One { .. } => Some(format!(
            "「{}」は{}だけです。ほかの取組は入っていません。全部の取組が要るときは、総括のブックを指定してください。",
            path.display(),
            book.volume.label().unwrap_or_default()
        )),
    }
}

/// Refuses one volume where a whole workbook is needed.
pub(super) fn refuse_one(book: &OfficialBook, path: &Path) -> Result<(), Failure> {
    match book.volume {
        Volume::Whole | Volume::Summary { .. } => Ok(()),
        Volume::One { .. } => Err(Failure::OneVolume {
            path: path.to_owned(),
            volume: book.volume.label().unwrap_or_default(),
        }),
    }
}

/// Writes a book in volumes and keeps them: the summary, then the volumes in order.
pub(super) fn kept(
    book: Book,
    edition: Edition<'_>,
    lengths: &[usize],
    stamp: Stamp,
) -> Result<Vec<Vec<u8>>, Failure> {
    let kept: Mutex<BTreeMap<usize, Vec<u8>>> = Mutex::default();
    in_volumes(book, edition, lengths, stamp, |volume, bytes| {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(place(volume), bytes);
        Ok::<(), Failure>(())
    })?;
    let kept = kept.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(kept.into_values().collect())
}

/// Where a workbook of a set stands: the summary before its volumes.
fn place(volume: Volume) -> usize {
    match volume {
        Volume::Whole | Volume::Summary { .. } => 0,
        Volume::One { number, .. } => number,
    }
}

/// A summary and its volumes that are to be written.
pub(super) struct Set {
    /// The summary's first.
    claims: Vec<Claim>,
    lengths: Vec<usize>,
    /// How many files had the name of a volume.
    replaced: usize,
}

impl Set {
    /// Claims the files, none of which may be an input.
    pub(super) fn claim(
        target: &Path,
        lengths: Vec<usize>,
        (inputs, folders): (&[PathBuf], &[PathBuf]),
    ) -> Result<Self, Failure> {
        let of = lengths.len();
        let mut targets = vec![target.to_owned()];
        targets.extend(beside(target, Volume::Summary { of }));
        let replaced = targets.iter().skip(1).filter(|target| target.exists());
        let replaced = replaced.count();
        let claims = targets.iter().map(|target| {
            output::refuse_inputs(target, inputs, folders)?;
            output::refuse_place(target)?;
            claim::claim(target)
        });
        Ok(Self {
            claims: claims.collect::<Result<_, Failure>>()?,
            lengths,
            replaced,
        })
    }

    /// How many volumes there are.
    pub(super) fn volumes(&self) -> usize {
        self.lengths.len()
    }

    /// What there is beside the summary, for the office.
    pub(super) fn told(&self) -> String {
        let replaced = match self.replaced {
            0 => String::new(),
            count => format!("。うち{count}冊は、同じ名前のファイルを置き換えました"),
        };
        format!(
            "（総括。取組の票は分冊{}冊にあります{replaced}）",
            self.volumes()
        )
    }

    /// Writes all of them; each is complete on the disk before the first takes its name.
    pub(super) fn write(
        &self,
        book: Book,
        edition: Edition<'_>,
        stamp: Stamp,
    ) -> Result<(), Failure> {
        let complete: Mutex<Vec<(usize, NamedTempFile)>> = Mutex::default();
        in_volumes(book, edition, &self.lengths, stamp, |volume, bytes| {
            let at = place(volume);
            let file = self.claims[at].beside(&bytes)?;
            let mut complete = complete.lock().unwrap_or_else(PoisonError::into_inner);
            complete.push((at, file));
            Ok::<(), Failure>(())
        })?;
        let complete = complete.into_inner();
        let mut complete = complete.unwrap_or_else(PoisonError::into_inner);
        // The summary last: who sees it finds its volumes.
        complete.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        for (done, (at, file)) in complete.into_iter().enumerate() {
            let taken = self.claims[at].take_name(file);
            taken.map_err(|failure| failure.within_a_set(done))?;
        }
        Ok(())
    }
}

/// Says which volumes of an earlier set lie beside a workbook that has none of them any more.
pub(super) fn left_over(target: &Path, volumes: usize) -> String {
    let own = beside(target, Volume::Summary { of: volumes });
    let is_own = |path: &PathBuf| own.iter().any(|one| one.file_name() == path.file_name());
    let entries = std::fs::read_dir(claim::folder_of(target));
    let entries = entries.into_iter().flatten().flatten();
    let mut left: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| summary_name(path).as_deref() == target.file_name())
        .filter(|path| !is_own(path))
        .collect();
    if left.is_empty() {
        return String::new();
    }
    left.sort();
    let names = left.iter().filter_map(|path| path.file_name());
    let names: Vec<String> = names
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    format!(
        "\n今回の集約版のものではない、分冊の名前のファイルがあります。以前に書き出した分冊で、要らなければ削除してください: {}",
        names.join("、")
    )
}

/// Tells whether a file is, by its name, a volume beside one of the others.
pub(super) fn is_beside_its_summary(path: &Path, others: &[&Path]) -> bool {
    let summary = summary_name(path).map(|name| path.with_file_name(name));
    summary.is_some_and(|summary| others.contains(&summary.as_path()))
}

/// The name of the summary that a file is a volume of, by its own name.
fn summary_name(path: &Path) -> Option<OsString> {
    let stem = path.file_stem()?.to_str()?;
    let (summary, number) = stem.strip_suffix("分冊")?.rsplit_once("_第")?;
    let number: usize = number.parse().ok()?;
    let ending = path.extension()?.to_str()?;
    (number > 0).then(|| OsString::from(format!("{summary}.{ending}")))
}
