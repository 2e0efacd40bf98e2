//! A zip of returns: its members, each unpacked when it is read.

use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use encoding_rs::SHIFT_JIS;
use zip::read::ZipFile;
use zip::{CompressionMethod, ZipArchive};

use super::error::{Problem, ReadError};
use super::file::load;
use super::limited::Limited;
use super::limits::Limits;
use super::sniff;

/// Where a local header keeps its name's length, and the name (APPNOTE 4.3.7).
const NAME_LENGTH_AT: usize = 26;
const NAME_AT: usize = 30;
/// A name that begins a package, as a rule.
const LONGEST_PART: usize = 64;
/// Parts that only a package of an office program has; what has one of them is read as one file.
const PARTS: [&str; 5] = [
    "[content_types].xml",
    "mimetype",
    "_rels/.rels",
    "index/document.iwa",
    "index.zip",
];

type Bytes = Cursor<Arc<[u8]>>;

/// A file in a zip.
#[derive(Clone)]
pub(super) struct Member {
    archive: ZipArchive<Bytes>,
    index: usize,
}

/// The members of a zip with their names, `/` between folders, in order of names.
pub(super) type Members = Vec<(String, Member)>;

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Member").field(&self.index).finish()
    }
}

impl PartialEq for Member {
    fn eq(&self, other: &Self) -> bool {
        let same = |one: &Self| Arc::as_ptr(&one.archive.metadata());
        std::ptr::eq(same(self), same(other)) && self.index == other.index
    }
}

impl Eq for Member {}

/// Opens a file as a zip of files; `None` where it is none, or a workbook. What cannot be opened is
/// none either: it is read as a file, which tells what is wrong with it.
pub(super) fn members(path: &Path, limits: &Limits) -> Option<Result<Members, ReadError>> {
    let mut head = Vec::with_capacity(NAME_AT + LONGEST_PART);
    let most = (NAME_AT + LONGEST_PART) as u64;
    if !path.is_file() {
        return None;
    }
    let file = File::open(path).ok()?;
    file.take(most).read_to_end(&mut head).ok()?;
    if !sniff::is_zip(&head) || begins_a_package(&head) {
        return None;
    }
    let bytes: Arc<[u8]> = load(path, limits).ok()?.into();
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    list(archive, limits).transpose()
}

fn begins_a_package(head: &[u8]) -> bool {
    let length = head.get(NAME_LENGTH_AT..NAME_LENGTH_AT + 2);
    let length = length.map_or(0, |two| u16::from_le_bytes([two[0], two[1]]));
    let name = head.get(NAME_AT..NAME_AT + usize::from(length));
    let name = name.unwrap_or_default().to_ascii_lowercase();
    PARTS.iter().any(|part| part.as_bytes() == name)
}

fn list(mut archive: ZipArchive<Bytes>, limits: &Limits) -> Result<Option<Members>, ReadError> {
    let package = |_| ReadError::broken("", Problem::Package);
    let directory = archive.metadata();
    let mut names = Vec::new();
    let mut total = 0u64;
    for index in 0..directory.len() {
        let entry = directory.entry(index).map_err(package)?;
        let name = decoded(entry.name_raw());
        if PARTS.contains(&name.to_lowercase().as_str()) {
            return Ok(None);
        }
        total = total.saturating_add(entry.size());
        if let Some(name) = plain(&name) {
            names.push((name, index));
        }
    }
    if directory.len() > limits.entries {
        let limit = limits.entries as u64;
        return Err(ReadError::over(Limited::Entries, limit, None));
    }
    if total > limits.total {
        return Err(ReadError::over(Limited::Total, limits.total, None));
    }
    if archive.has_duplicate_names() {
        return Err(ReadError::broken("", Problem::Twins));
    }
    if archive.has_overlapping_entries().map_err(package)? {
        return Err(ReadError::broken("", Problem::Layout));
    }
    names.sort();
    let member = |(name, index)| {
        let archive = archive.clone();
        (name, Member { archive, index })
    };
    Ok(Some(names.into_iter().map(member).collect()))
}

/// A name as it was typed: UTF-8, also where the zip does not say so, else CP932.
fn decoded(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => SHIFT_JIS.decode(name).0.into_owned(),
    }
}

/// A path below the zip, whatever the name says; `None` for a folder.
fn plain(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    if name.ends_with('/') {
        return None;
    }
    let parts = name
        .split('/')
        .filter(|part| !matches!(*part, "" | "." | ".."));
    let path = parts.collect::<Vec<_>>().join("/");
    (!path.is_empty()).then_some(path)
}

impl Member {
    /// Unpacks the member, to its end: the checksum is compared there.
    pub(super) fn load(&self, limits: &Limits) -> Result<Vec<u8>, ReadError> {
        self.open(limits, |file| {
            let size = file.size();
            let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
            file.take(size.saturating_add(1)).read_to_end(&mut bytes)?;
            if bytes.len() as u64 > size {
                return Err(ErrorKind::InvalidData.into());
            }
            Ok(bytes)
        })
    }

    /// Unpacks the first bytes.
    pub(super) fn head(&self, most: usize, limits: &Limits) -> Vec<u8> {
        let head = self.open(limits, |file| {
            let mut bytes = Vec::with_capacity(most);
            file.take(most as u64).read_to_end(&mut bytes)?;
            Ok(bytes)
        });
        head.unwrap_or_default()
    }

    fn open(
        &self,
        limits: &Limits,
        read: impl FnOnce(ZipFile<'_, Bytes>) -> io::Result<Vec<u8>>,
    ) -> Result<Vec<u8>, ReadError> {
        let directory = self.archive.metadata();
        let package = |_| ReadError::broken("", Problem::Package);
        let entry = directory.entry(self.index).map_err(package)?;
        if entry.encrypted() {
            return Err(ReadError::LockedMember);
        }
        let usual = [CompressionMethod::Stored, CompressionMethod::Deflated];
        if !usual.contains(&entry.compression()) {
            return Err(ReadError::PackedMember);
        }
        // A member is one file: it may be as large as one, and pack no better than a bomb.
        if entry.size() > limits.file {
            return Err(ReadError::over(Limited::File, limits.file, None));
        }
        let by_ratio = entry.compressed_size().saturating_mul(limits.ratio);
        if entry.size() > by_ratio.max(limits.ratio_grace) {
            return Err(ReadError::over(Limited::Ratio, limits.ratio, None));
        }
        let mut archive = self.archive.clone();
        let file = archive
            .by_index(self.index)
            .map_err(|_| ReadError::broken("", Problem::Layout))?;
        read(file).map_err(|_| ReadError::broken("", Problem::Checksum))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_both_encodings_and_lead_nowhere() {
        let cp932 = SHIFT_JIS.encode("福祉部/総務課.xlsx").0;
        for (name, expected) in [
            (&cp932[..], Some("福祉部/総務課.xlsx")),
            ("総務課.xlsx".as_bytes(), Some("総務課.xlsx")),
            (b"../../etc/passwd", Some("etc/passwd")),
            (b"/a//./b.xlsx", Some("a/b.xlsx")),
            (b"a\\b.xlsx", Some("a/b.xlsx")),
            (b"a/", None),
            (b"..", None),
        ] {
            assert_eq!(plain(&decoded(name)).as_deref(), expected, "{name:?}");
        }
        let apple = "か\u{3099}.xlsx";
        assert_eq!(
            decoded(apple.as_bytes()),
            apple,
            "names are shown as they are"
        );
    }
}
