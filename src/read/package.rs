//! The package layer of a workbook: names, limits, checksums; each part is unpacked once.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::error::{Limited, Problem, ReadError};
use super::limits::Limits;

/// Where a local header keeps the length of its name, and the name (APPNOTE 4.3.7).
const NAME_LENGTH_AT: usize = 26;
const NAME_AT: usize = 30;

/// An opened package, its directory checked.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Entries by lower-case name: part names do not differ by case alone (ECMA-376 Part 2, 6.2.2).
    entries: BTreeMap<String, usize>,
    unpacked: u64,
    packed: usize,
    limits: &'a Limits,
}

impl<'a> Package<'a> {
    /// Opens the directory: not too many entries, no two of one name, none overlapping.
    pub(super) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, ReadError> {
        let package = |_| ReadError::broken("", Problem::Package);
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(package)?;
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
        }
        if archive.has_overlapping_entries().map_err(package)? {
            return Err(ReadError::broken("", Problem::Layout));
        }
        Ok(Self {
            archive,
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

    /// Tells whether there is a part of this name.
    pub(super) fn has(&self, part: &str) -> bool {
        self.entries.contains_key(&part.to_lowercase())
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
        let by_ratio = file
            .compressed_size()
            .saturating_mul(limits.ratio)
            .max(limits.ratio_grace);
        let left = limits.total.saturating_sub(self.unpacked);
        let (cap, what, limit) = [
            (limits.part, Limited::Part, limits.part),
            (left, Limited::Total, limits.total),
            (by_ratio, Limited::Ratio, limits.ratio),
        ]
        .into_iter()
        .min_by_key(|(cap, _, _)| *cap)
        .unwrap_or((0, Limited::Part, limits.part));
        // The declared size is a hint only; what counts is what comes out.
        let hint = usize::try_from(file.size().min(cap)).unwrap_or(0);
        let mut unpacked = Vec::with_capacity(hint);
        let read = file
            .by_ref()
            .take(cap.saturating_add(1))
            .read_to_end(&mut unpacked);
        // Also what came out of a part that is refused: a part nothing depends on may be.
        self.unpacked += unpacked.len() as u64;
        read.map_err(|_| broken(Problem::Checksum))?;
        if unpacked.len() as u64 > cap {
            return Err(ReadError::over(what, limit, Some(name)));
        }
        Ok(unpacked)
    }
}

fn local_name(bytes: &[u8], header: u64) -> Option<&[u8]> {
    let header = bytes.get(usize::try_from(header).ok()?..)?;
    let length = header.get(NAME_LENGTH_AT..NAME_LENGTH_AT + 2)?;
    let length = u16::from_le_bytes(length.try_into().ok()?);
    header.get(NAME_AT..NAME_AT + usize::from(length))
}
