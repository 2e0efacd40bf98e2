//! The package layer of a workbook: names, limits, checksums; each part is unpacked once.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::rc::Rc;
use std::sync::Arc;

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::budget::Budget;
use super::error::{Problem, ReadError};
use super::limited::Limited;
use super::limits::Limits;

/// Where a local header keeps the length of its name, and the name (APPNOTE 4.3.7).
const NAME_LENGTH_AT: usize = 26;
const NAME_AT: usize = 30;
/// A part is unpacked in steps, and the limits are looked at after each.
const STEP: u64 = 1 << 20;
/// How far the unpacking reads ahead of what it gives.
const AHEAD: u64 = 1 << 15;
/// 4 MiB: more is never reserved because a file says so.
const MOST_RESERVED: u64 = 4 << 20;

/// An opened package, its directory checked.
pub(super) struct Package<'a> {
    archive: ZipArchive<Counted<'a>>,
    /// How many packed bytes were read.
    read: Rc<Cell<u64>>,
    budget: Arc<Budget>,
    /// Entries by lower-case name: part names do not differ by case alone (ECMA-376 Part 2, 6.2.2).
    entries: BTreeMap<String, usize>,
    unpacked: u64,
    packed: usize,
    limits: &'a Limits,
}

impl<'a> Package<'a> {
    /// Opens the directory: not too many entries, no two of one name, none overlapping, none above
    /// the package, none that says it is too large.
    pub(super) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, ReadError> {
        let package = |_| ReadError::broken("", Problem::Package);
        let read = Rc::new(Cell::new(0));
        let counted = Counted {
            bytes: Cursor::new(bytes),
            read: Rc::clone(&read),
        };
        let mut archive = ZipArchive::new(counted).map_err(package)?;
        if archive.len() > limits.entries {
            let limit = limits.entries as u64;
            return Err(ReadError::over(Limited::Entries, limit, None));
        }
        let twins = |name: &str| ReadError::broken(name, Problem::Twins);
        if archive.has_duplicate_names() {
            return Err(twins(""));
        }
        let directory = archive.metadata();
        let mut entries = BTreeMap::new();
        for index in 0..directory.len() {
            let entry = directory.entry(index).map_err(package)?;
            let name = entry.name().map_err(package)?;
            // A name that only one of the two says is a part that only some programs find.
            if local_name(bytes, entry.header_start()) != Some(entry.name_raw()) {
                return Err(ReadError::broken(&name, Problem::Layout));
            }
            if entries.insert(name.to_lowercase(), index).is_some() {
                return Err(twins(&name));
            }
            if name.split(['/', '\\']).any(|folder| folder == "..") {
                return Err(ReadError::broken(&name, Problem::Outside));
            }
            // Of a part that is never unpacked, what it says of itself is all that is known.
            if entry.size() > limits.part {
                return Err(ReadError::over(Limited::Part, limits.part, Some(&name)));
            }
        }
        if archive.has_overlapping_entries().map_err(package)? {
            return Err(ReadError::broken("", Problem::Layout));
        }
        Ok(Self {
            archive,
            read,
            budget: Arc::new(Budget::new(limits)),
            entries,
            unpacked: 0,
            packed: bytes.len(),
            limits,
        })
    }

    /// The bytes of the package as it is.
    pub(super) fn packed(&self) -> usize {
        self.packed
    }

    /// What is left of the memory.
    pub(super) fn budget(&self) -> Arc<Budget> {
        Arc::clone(&self.budget)
    }

    /// Names of all entries, in lower case and in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Tells whether there is a part of this name.
    pub(super) fn has(&self, part: &str) -> bool {
        self.entries.contains_key(&part.to_lowercase())
    }

    /// How many bytes a part says it unpacks to; nothing is believed of it.
    pub(super) fn size(&self, part: &str) -> u64 {
        let directory = self.archive.metadata();
        let index = self.entries.get(&part.to_lowercase());
        let entry = index.and_then(|index| directory.entry(*index).ok());
        entry.map_or(0, |entry| entry.size())
    }

    /// Tells whether a part stands below a folder.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        let mut below = self.entries.range(folder.to_owned()..);
        below
            .next()
            .is_some_and(|(name, _)| name.starts_with(folder))
    }

    /// Unpacks a part, to its end: the checksum is compared there and nowhere earlier.
    pub(super) fn part(&mut self, name: &str) -> Result<Vec<u8>, ReadError> {
        let broken = |problem| ReadError::broken(name, problem);
        let index = *self
            .entries
            .get(&name.to_lowercase())
            .ok_or_else(|| broken(Problem::MissingPart))?;
        let limits = self.limits;
        let mut file = self.archive.by_index(index).map_err(|error| {
            let unusual = matches!(
                error,
                ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_)
            );
            broken(if unusual {
                Problem::Method
            } else {
                Problem::Layout
            })
        })?;
        let usual = [CompressionMethod::Stored, CompressionMethod::Deflated];
        if file.encrypted() || !usual.contains(&file.compression()) {
            return Err(broken(Problem::Method));
        }
        let packed = file.compressed_size();
        let left = limits.total.saturating_sub(self.unpacked);
        let caps = [
            (limits.part, Limited::Part, limits.part),
            (left, Limited::Total, limits.total),
            (ratio_cap(packed, limits), Limited::Ratio, limits.ratio),
        ];
        // The declared size is a hint only; what counts is what comes out.
        let hint = file.size().min(MOST_RESERVED);
        let mut unpacked = Vec::with_capacity(usize::try_from(hint).unwrap_or(0));
        let begun = self.read.get();
        let result = loop {
            let step = file.by_ref().take(STEP).read_to_end(&mut unpacked);
            let length = unpacked.len() as u64;
            let over = |what, limit| Err(ReadError::over(what, limit, Some(name)));
            if let Some((_, what, limit)) = caps.iter().find(|(cap, _, _)| length > *cap) {
                break over(*what, *limit);
            }
            // A bomb is seen by what it has given so far, not by what it weighs as a whole.
            if length > ratio_cap(self.read.get() - begun + AHEAD, limits) {
                break over(Limited::Ratio, limits.ratio);
            }
            match step {
                Err(_) => break Err(broken(Problem::Checksum)),
                Ok(step) => {
                    let taken = self.budget.take(step as u64);
                    if taken.is_err() || (step as u64) < STEP {
                        break taken;
                    }
                }
            }
        };
        // Also what came out of a part that is refused: a part nothing depends on may be.
        self.unpacked += unpacked.len() as u64;
        result?;
        // A part that is longer than the directory says is cut off by some programs.
        if unpacked.len() as u64 != file.size() {
            return Err(broken(Problem::Checksum));
        }
        Ok(unpacked)
    }
}

/// How long a part of so many packed bytes may be.
fn ratio_cap(packed: u64, limits: &Limits) -> u64 {
    packed.saturating_mul(limits.ratio).max(limits.ratio_grace)
}

/// Bytes that are counted as they are read.
struct Counted<'a> {
    bytes: Cursor<&'a [u8]>,
    read: Rc<Cell<u64>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(into)?;
        self.read.set(self.read.get() + count as u64);
        Ok(count)
    }
}

impl Seek for Counted<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

fn local_name(bytes: &[u8], header: u64) -> Option<&[u8]> {
    let header = bytes.get(usize::try_from(header).ok()?..)?;
    let length = header.get(NAME_LENGTH_AT..NAME_LENGTH_AT + 2)?;
    let length = u16::from_le_bytes(length.try_into().ok()?);
    header.get(NAME_AT..NAME_AT + usize::from(length))
}
