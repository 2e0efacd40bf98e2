//! Which files a collection consists of; a zip of returns counts as its members.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::model::Workbook;

use super::archive::{self, Member};
use super::error::{Format, ReadError};
use super::file::{explain, load};
use super::limits::Limits;
use super::{sniff, workbook};

/// Extensions of notes, settings and leftovers, which no department returns as its form. Every
/// other file was meant as a return: it is read, or named as one that cannot be.
const NOTES: [&str; 10] = [
    "txt", "md", "toml", "ini", "log", "json", "lnk", "tmp", "bak", "py",
];

/// How far into a note is looked for what it may be instead.
const HEAD: usize = 1024;

/// A file that is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectedPath {
    /// Where it is.
    pub path: PathBuf,
    /// The path below the given folder with `/`; unique within a collection. A file in a zip
    /// stands below the zip: `回収.zip/総務課.xlsx`.
    pub name: String,
    content: Content,
}

/// Where the bytes of a collected file are.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    /// The file's own.
    File,
    /// A member of the zip.
    Member(Box<Member>),
    /// A zip that cannot be taken apart, and why.
    Refused(ReadError),
}

impl CollectedPath {
    /// Refuses the file unread.
    pub fn refuse(&mut self, error: ReadError) {
        self.content = Content::Refused(error);
    }

    /// Reads the file's workbook; a member of a zip is unpacked for it.
    ///
    /// # Errors
    /// What [`load`] and [`workbook`] say of the file.
    pub fn workbook(&self, limits: &Limits) -> Result<Workbook, ReadError> {
        match &self.content {
            Content::File => workbook(&self.name, load(&self.path, limits)?, limits),
            Content::Member(member) => {
                let workbook = workbook(&self.name, member.load(limits)?, limits);
                let nested = ReadError::Unsupported(Format::Zip);
                workbook.map_err(|error| {
                    if error == nested {
                        ReadError::NestedZip
                    } else {
                        error
                    }
                })
            }
            Content::Refused(error) => Err(error.clone()),
        }
    }
}

/// The files of a collection, and those that were passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// The files to read, folders in the order given, names in order.
    pub files: Vec<CollectedPath>,
    /// Names of owner files, hidden files, notes and settings.
    pub skipped: Vec<String>,
}

/// Lists the files to read: folders recursively and in order, files as given, each once, and the
/// members of zips in their place.
pub fn collect(paths: &[PathBuf], limits: &Limits) -> Result<Collected, ReadError> {
    let mut found = Vec::new();
    let mut skipped = Vec::new();
    for given in paths {
        let metadata = fs::metadata(given).map_err(|error| explain(&error, given))?;
        if metadata.is_dir() {
            walk(given, &mut found, &mut skipped)?;
        } else {
            let name = last_name(given);
            let parent = given.parent().map(last_name).unwrap_or_default();
            sort_out(given.clone(), name, parent, &mut found, &mut skipped);
        }
    }
    let mut files = Vec::with_capacity(found.len());
    for file in distinguish(found) {
        expand(file, &mut files, &mut skipped, limits);
    }
    Ok(Collected { files, skipped })
}

/// Puts the members of a zip of returns in its place.
fn expand(
    file: CollectedPath,
    files: &mut Vec<CollectedPath>,
    skipped: &mut Vec<String>,
    limits: &Limits,
) {
    let refused = |file: CollectedPath, error| CollectedPath {
        content: Content::Refused(error),
        ..file
    };
    let members = match archive::members(&file.path, limits) {
        None => return files.push(file),
        Some(Err(error)) => return files.push(refused(file, error)),
        Some(Ok(members)) => members,
    };
    let before = files.len();
    let mut taken = BTreeMap::new();
    for (name, member) in members {
        let shown = format!("{}/{name}", file.name);
        if let Some(folder) = hidden_folder(&name) {
            let folder = format!("{}/{folder}/", file.name);
            if skipped.last() != Some(&folder) {
                skipped.push(folder);
            }
            continue;
        }
        let path = Path::new(&name);
        let head = || member.head(HEAD, limits);
        if is_hidden(&last_name(path)) || is_note(path, head) {
            skipped.push(shown);
            continue;
        }
        files.push(CollectedPath {
            path: file.path.clone(),
            name: unique(shown, &mut taken),
            content: Content::Member(Box::new(member)),
        });
    }
    if files.len() == before {
        files.push(refused(file, ReadError::EmptyZip));
    }
}

/// The folder of a member that hides it: macOS packs its own notes below `__MACOSX`.
fn hidden_folder(name: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(slash) = name[from..].find('/') {
        let folder = &name[from..from + slash];
        if folder == "__MACOSX" || is_hidden(folder) {
            return Some(&name[..from + slash]);
        }
        from += slash + 1;
    }
    None
}

/// A file, its name below the folder, and the folder's own name.
type Found = (PathBuf, String, String);

fn walk(folder: &Path, found: &mut Vec<Found>, skipped: &mut Vec<String>) -> Result<(), ReadError> {
    let root = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let root_name = last_name(&root);
    let mut walker = WalkDir::new(folder).sort_by_file_name().into_iter();
    while let Some(entry) = walker.next() {
        let entry = entry.map_err(|error| ReadError::Folder {
            path: error.path().unwrap_or(folder).display().to_string(),
            kind: error
                .io_error()
                .map_or(std::io::ErrorKind::Other, std::io::Error::kind),
        })?;
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name = slashed(below);
        if entry.depth() == 0 {
            continue;
        }
        let linked_folder = entry.path_is_symlink() && entry.path().is_dir();
        if entry.file_type().is_dir() || linked_folder {
            if linked_folder || is_hidden(&last_name(entry.path())) {
                skipped.push(format!("{name}/"));
                if !linked_folder {
                    walker.skip_current_dir();
                }
            }
            continue;
        }
        let path = entry.into_path();
        sort_out(path, name, root_name.clone(), found, skipped);
    }
    Ok(())
}

fn sort_out(
    path: PathBuf,
    name: String,
    folder: String,
    found: &mut Vec<Found>,
    skipped: &mut Vec<String>,
) {
    if is_hidden(&last_name(&path)) || is_note(&path, || head(&path)) {
        skipped.push(name);
    } else {
        found.push((path, name, folder));
    }
}

/// Owner files of Excel and LibreOffice, hidden files and what Windows leaves in folders.
fn is_hidden(name: &str) -> bool {
    name.starts_with("~$")
        || name.starts_with('.')
        || name.eq_ignore_ascii_case("Thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

/// A note by its name, unless it is a workbook or a tidy table by its content.
fn is_note(path: &Path, head: impl FnOnce() -> Vec<u8>) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let extension = extension.to_ascii_lowercase();
    if !NOTES.contains(&extension.as_str()) {
        return false;
    }
    let head = head();
    let table = extension == "txt" && sniff::may_be_tidy(&head);
    !sniff::may_be_workbook(&head) && !table
}

fn head(path: &Path) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD);
    if path.is_file() {
        let read = File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
        // What cannot be read is no note by its content.
        read.unwrap_or_default();
    }
    head
}

/// Drops a file that was given twice and makes equal names differ: the folder's name first,
/// then a number.
fn distinguish(found: Vec<Found>) -> Vec<CollectedPath> {
    let mut seen = BTreeMap::new();
    let mut once = Vec::new();
    for entry in found {
        let real = fs::canonicalize(&entry.0).unwrap_or_else(|_| entry.0.clone());
        if seen.insert(real, ()).is_none() {
            once.push(entry);
        }
    }
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for (_, name, _) in &once {
        *uses.entry(name.clone()).or_default() += 1;
    }
    let mut taken = BTreeMap::new();
    let mut files = Vec::with_capacity(once.len());
    for (path, name, folder) in once {
        let clashes = uses.get(&name).is_some_and(|count| *count > 1);
        let wanted = if clashes && !folder.is_empty() {
            format!("{folder}/{name}")
        } else {
            name
        };
        files.push(CollectedPath {
            path,
            name: unique(wanted, &mut taken),
            content: Content::File,
        });
    }
    files
}

/// The name, with a number where it is taken.
fn unique(wanted: String, taken: &mut BTreeMap<String, usize>) -> String {
    let mut unique = wanted.clone();
    // Where to go on counting: a name that was taken a thousand times is not tried as often.
    let mut number = taken.get(&wanted).copied().unwrap_or(1);
    while taken.contains_key(&unique) {
        number += 1;
        unique = format!("{wanted}（{number}）");
    }
    taken.insert(wanted, number);
    taken.entry(unique.clone()).or_insert(1);
    unique
}

fn last_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(collected: &Collected) -> Vec<&str> {
        collected.files.iter().map(|f| f.name.as_str()).collect()
    }

    #[test]
    fn folders_are_walked_in_order_and_notes_are_listed() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("福祉部/.git")).unwrap();
        for name in [
            "b.xlsx",
            "a.XLSX",
            "福祉部/c.csv",
            "~$b.xlsx",
            ".~lock.b.xlsx#",
            "Thumbs.db",
            "福祉部/.git/x.xlsx",
            "desktop.ini",
            "README.TXT",
            "確認済み.toml",
            "確認.log",
            "総務課.pdf",
            "総務課.numbers",
        ] {
            fs::write(root.join(name), b"x").unwrap();
        }
        fs::write(root.join("拡張子なし"), b"PK\x03\x04....").unwrap();
        fs::write(root.join("文書.docx"), b"PK\x03\x04....").unwrap();
        fs::write(root.join("総務課.xlsx.tmp"), b"PK\x03\x04....").unwrap();
        let collected = collect(&[root.to_owned()], &Limits::default()).unwrap();
        assert_eq!(
            names(&collected),
            [
                "a.XLSX",
                "b.xlsx",
                "拡張子なし",
                "文書.docx",
                "福祉部/c.csv",
                "総務課.numbers",
                "総務課.pdf",
                "総務課.xlsx.tmp",
            ]
        );
        assert_eq!(
            collected.skipped,
            [
                ".~lock.b.xlsx#",
                "README.TXT",
                "Thumbs.db",
                "desktop.ini",
                "~$b.xlsx",
                "確認.log",
                "確認済み.toml",
                "福祉部/.git/",
            ]
        );
    }

    #[test]
    fn equal_names_are_told_apart_and_a_file_counts_once() {
        let folder = tempfile::tempdir().unwrap();
        for place in ["一次", "二次"] {
            fs::create_dir(folder.path().join(place)).unwrap();
            fs::write(folder.path().join(place).join("総務課.xlsx"), b"x").unwrap();
        }
        let first = folder.path().join("一次");
        let second = folder.path().join("二次/総務課.xlsx");
        let collected = collect(&[first.clone(), second, first], &Limits::default()).unwrap();
        assert_eq!(names(&collected), ["一次/総務課.xlsx", "二次/総務課.xlsx"]);
    }

    #[test]
    fn a_path_that_does_not_exist_is_an_error() {
        let error = collect(&[PathBuf::from("無いフォルダ")], &Limits::default()).unwrap_err();
        assert!(error.reason().contains("無いフォルダ"));
    }
}
