//! A merged workbook in volumes: the 総括, then some item sheets at a time.
//!
//! The writer holds a workbook whole, so a plan of thousands of items is written, proved and let go
//! in parts: the memory is that of the book and of two volumes, however many there are.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::model::{Book, BookItem, Finding, OfficialBook, Volume};
use crate::write::{self, Edition, Extent};

use super::{MergeError, proof};

/// 12 bytes of a digest: no two sets of an office have them in common by chance.
const IDENTITY: usize = 12;

/// Writes an edition of a book in volumes of so many items each, and reads each back; `take` is given
/// every workbook as soon as it is proved, the 総括 first and the volumes in any order.
///
/// # Errors
/// As [`super::merged`], or what `take` says; nothing more is written then.
pub fn in_volumes<E: From<MergeError> + Send>(
    mut book: Book,
    edition: Edition<'_>,
    lengths: &[usize],
    stamp: write::Stamp,
    take: impl Fn(Volume, Vec<u8>) -> Result<(), E> + Sync,
) -> Result<(), E> {
    let of = lengths.len();
    let set = &*identity(&book, edition, lengths);
    let extent = Extent::Summary {
        volumes: lengths,
        set,
    };
    let summary = write::workbook(&book, edition, extent, stamp).map_err(MergeError::from)?;
    take(Volume::Summary { of }, proof::read_back(summary)?)?;
    let findings = by_item(edition);
    // What the volumes need beside their items, which are most of a book.
    let items = std::mem::take(&mut book.items);
    book.previous = book.previous.map(|previous| OfficialBook {
        items: Vec::new(),
        index: Vec::new(),
        ..previous
    });
    let volumes = Mutex::new(Volumes {
        items: items.into_iter(),
        lengths: (1..).zip(lengths.to_vec()).collect::<Vec<_>>().into_iter(),
        failed: None,
    });
    let lock = || volumes.lock().unwrap_or_else(PoisonError::into_inner);
    let lane = || {
        loop {
            let Some((number, items)) = lock().next() else {
                return;
            };
            let volume = Book {
                items,
                ..book.clone()
            };
            let extent = Extent::One { number, of, set };
            let own = of_items(&volume, &findings);
            let edition = with_findings(edition, &own);
            let written = write::workbook(&volume, edition, extent, stamp);
            let proved = written
                .map_err(MergeError::from)
                .and_then(|written| proof::same_again(&volume, written));
            // Large, and not needed while the bytes go to the disk.
            drop(volume);
            let taken = proved
                .map_err(E::from)
                .and_then(|bytes| take(Volume::One { number, of }, bytes));
            if let Err(error) = taken {
                lock().failed.get_or_insert(error);
                return;
            }
        }
    };
    rayon::join(lane, lane);
    let volumes = volumes.into_inner();
    let failed = volumes.unwrap_or_else(PoisonError::into_inner).failed;
    failed.map_or(Ok(()), Err)
}

/// What a set is known by: a digest of all that its sheets and covers say, of what shows of the
/// findings in it, and of how it is parted.
fn identity(book: &Book, edition: Edition<'_>, lengths: &[usize]) -> String {
    let items = book.items.par_iter();
    let items: Vec<String> = items.map(|item| item.official.fingerprint()).collect();
    let mut digest = Sha256::new();
    digest.update(format!("{} {lengths:?} {:?}", book.period, book.cover));
    digest.update(edition.name());
    digest.update(items.join(" "));
    for finding in edition.findings() {
        digest.update(format!("{finding:?}"));
    }
    let digest = digest.finalize();
    let bytes = digest.iter().take(IDENTITY);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

/// The volumes that nobody has begun yet, and why no more are to be begun.
struct Volumes<E> {
    items: std::vec::IntoIter<BookItem>,
    lengths: std::vec::IntoIter<(usize, usize)>,
    failed: Option<E>,
}

impl<E> Volumes<E> {
    fn next(&mut self) -> Option<(usize, Vec<BookItem>)> {
        if self.failed.is_some() {
            return None;
        }
        let (number, length) = self.lengths.next()?;
        Some((number, self.items.by_ref().take(length).collect()))
    }
}

/// The findings of an edition by the items that they are about.
fn by_item(edition: Edition<'_>) -> BTreeMap<u32, Vec<&Finding>> {
    let mut by_item: BTreeMap<u32, Vec<&Finding>> = BTreeMap::new();
    for finding in edition.findings() {
        if let Some(item) = finding.item {
            by_item.entry(item).or_default().push(finding);
        }
    }
    by_item
}

fn of_items(book: &Book, findings: &BTreeMap<u32, Vec<&Finding>>) -> Vec<Finding> {
    let items = book.items.iter().map(BookItem::number);
    let own = items.filter_map(|number| findings.get(&number)).flatten();
    own.map(|finding| (*finding).clone()).collect()
}

fn with_findings<'f>(edition: Edition<'f>, own: &'f [Finding]) -> Edition<'f> {
    match edition {
        Edition::Office {
            rules, data_sheet, ..
        } => Edition::Office {
            findings: own,
            rules,
            data_sheet,
        },
        Edition::Public { .. } | Edition::Plan => edition,
    }
}
