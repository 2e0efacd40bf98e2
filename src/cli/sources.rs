//! What is exported in one call: job folders and workbooks, given one by one or as folders of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::job;

use super::failure::Failure;
use super::volumes;

/// Endings of workbooks in a folder; a file that is named is read whatever its name.
const WORKBOOKS: [&str; 5] = ["xlsx", "xlsm", "xls", "xlsb", "ods"];

/// A job or a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Job(PathBuf),
    Workbook(PathBuf),
}

impl Source {
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Job(path) | Self::Workbook(path) => path,
        }
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// Each once, in the order given; those of a folder by their names.
    pub(super) found: Vec<Source>,
    /// Files of folders that are no workbooks.
    pub(super) passed_over: Vec<PathBuf>,
    known: BTreeSet<PathBuf>,
}

/// Finds what the arguments name; without any it is the current folder.
pub(super) fn find(paths: &[PathBuf]) -> Result<Sources, Failure> {
    let mut sources = Sources::default();
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    for path in paths {
        if !path.exists() {
            return Err(Failure::NoSuchPath(path.clone()));
        }
        if job::is_job(path) {
            sources.add(Source::Job(path.clone()));
        } else if path.is_dir() {
            let before = sources.known.len();
            let again = sources.walk(path)?;
            if sources.known.len() == before && !again {
                return Err(Failure::NothingToExport(path.clone()));
            }
        } else {
            sources.add(Source::Workbook(path.clone()));
        }
    }
    sources.leave_volumes();
    Ok(sources)
}

impl Sources {
    /// Adds what is not there yet, by whatever way it is named.
    fn add(&mut self, source: Source) -> bool {
        let full = match &source {
            Source::Job(path) => job::settings_file(path).unwrap_or_else(|| path.clone()),
            Source::Workbook(path) => path.clone(),
        };
        let full = std::fs::canonicalize(&full).unwrap_or(full);
        let is_new = self.known.insert(full);
        if is_new {
            self.found.push(source);
        }
        is_new
    }

    /// Leaves out the volumes of summaries that were found: they are read with them.
    fn leave_volumes(&mut self) {
        let all: Vec<PathBuf> = self.found.iter().map(|one| one.path().to_owned()).collect();
        let all: Vec<&Path> = all.iter().map(PathBuf::as_path).collect();
        let is_beside = |one: &Source| volumes::is_beside_its_summary(one.path(), &all);
        self.found.retain(|one| !is_beside(one));
    }

    /// Adds the jobs and workbooks of a folder; what lies in a job folder is the job's. Tells whether
    /// something was there before.
    fn walk(&mut self, folder: &Path) -> Result<bool, Failure> {
        let mut again = false;
        let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name();
        let is_shown = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry);
        let mut entries = entries.into_iter();
        while let Some(entry) = entries.next() {
            let entry = entry.map_err(|error| unreadable(folder, &error))?;
            if !is_shown(&entry) {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                continue;
            }
            let path = entry.path();
            if entry.file_type().is_dir() {
                if job::is_job(path) {
                    again |= !self.add(Source::Job(path.to_owned()));
                    entries.skip_current_dir();
                }
            } else if is_workbook(path) {
                again |= !self.add(Source::Workbook(path.to_owned()));
            } else {
                self.passed_over.push(path.to_owned());
            }
        }
        Ok(again)
    }
}

/// Hidden files, and the owner files that Excel and LibreOffice leave beside an open workbook.
fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.') || name.starts_with("~$")
}

fn is_workbook(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    let mut endings = WORKBOOKS.iter();
    endings.any(|known| ending.eq_ignore_ascii_case(known))
}

fn unreadable(folder: &Path, error: &walkdir::Error) -> Failure {
    let path = error.path().unwrap_or(folder).to_owned();
    Failure::Read {
        path,
        reason: "フォルダの中を読み取れません。".to_owned(),
        advice: "開いてよい場所か、接続が切れていないかを確かめてください。".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_folder_gives_its_jobs_whole_and_its_workbooks_in_order() {
        let home = tempfile::tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        for name in [
            "県内 市町村/乙市/R5下/torimatome.toml",
            "県内 市町村/乙市/R5下/集約版.xlsx",
            "県内 市町村/甲市/公表.XLSX",
            "県内 市町村/甲市/~$公表.XLSX",
            "県内 市町村/甲市/要綱.pdf",
            "県内 市町村/.隠し/旧.xlsx",
            "空/メモ.txt",
        ] {
            fs::create_dir_all(at(name).parent().unwrap()).unwrap();
            fs::write(at(name), "").unwrap();
        }
        let all = at("県内 市町村");
        let job = all.join("乙市/R5下");
        let given = [job.join("torimatome.toml"), all.clone(), job.clone(), all];
        let sources = find(&given).unwrap();
        let book = at("県内 市町村/甲市/公表.XLSX");
        let wanted = [Source::Job(given[0].clone()), Source::Workbook(book)];
        assert_eq!(sources.found, wanted);
        assert!(
            sources
                .passed_over
                .iter()
                .all(|path| path.ends_with("要綱.pdf"))
        );
        assert!(matches!(
            find(&[at("空")]),
            Err(Failure::NothingToExport(_))
        ));
        assert!(matches!(find(&[at("無い")]), Err(Failure::NoSuchPath(_))));
    }
}
