//! A job folder that is made: as a whole, or not at all.
//!
//! A folder that is not there yet is built beside its place under a name of ours and takes its name by
//! one rename. In a folder that is there, each file that is missing takes its name when it is
//! complete, and the settings are the last: without them the folder is no job, and the command can be
//! repeated.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::job::{COLLECT, SETTINGS};

use super::building::Building;
use super::claim::{self, folder_of};
use super::failure::Failure;

/// What became of the files of a job folder.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// Names of files that were there before and were left alone.
    pub(super) kept: Vec<String>,
}

/// Refuses what is no place for a new job, before anything is read.
pub(super) fn refuse(folder: &Path) -> Result<(), Failure> {
    if folder.is_file() {
        return Err(Failure::JobIsFile(folder.to_owned()));
    }
    match folder.join(SETTINGS).exists() {
        true => Err(Failure::JobExists(folder.to_owned())),
        false => Ok(()),
    }
}

/// Makes a job folder of its files and its settings.
pub(super) fn make(
    folder: &Path,
    files: &[(String, Vec<u8>)],
    settings: &str,
) -> Result<Made, Failure> {
    if folder.is_dir() {
        return complete(folder, files, settings);
    }
    let told = |error: io::Error| Failure::output(folder, &error);
    let parent = folder_of(folder);
    fs::create_dir_all(&parent).map_err(told)?;
    let _claim = claim::claim_own(folder)?;
    let building = Building::begin(folder, &parent).map_err(told)?;
    fill(building.path(), files, settings).map_err(told)?;
    refuse(folder)?;
    building.take_name(folder).map_err(told)?;
    Ok(Made::default())
}

fn fill(building: &Path, files: &[(String, Vec<u8>)], settings: &str) -> io::Result<()> {
    fs::create_dir(building.join(COLLECT))?;
    let settings = (SETTINGS.to_owned(), settings.as_bytes().to_vec());
    for (name, bytes) in files.iter().chain([&settings]) {
        let mut file = File::create_new(building.join(name))?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    Ok(())
}

/// Adds to a folder what it lacks; what is there is left alone.
fn complete(folder: &Path, files: &[(String, Vec<u8>)], settings: &str) -> Result<Made, Failure> {
    // Two runs that make the same job follow each other.
    let target = folder.join(SETTINGS);
    let claim = claim::claim_own(&target)?;
    refuse(folder)?;
    let collect = folder.join(COLLECT);
    if !collect.exists() {
        fs::create_dir(&collect).map_err(|error| Failure::output(&collect, &error))?;
    }
    let mut made = Made::default();
    for (name, bytes) in files {
        if !add(&folder.join(name), bytes)? {
            made.kept.push(name.clone());
        }
    }
    claim.replace(settings.as_bytes())?;
    Ok(made)
}

/// Adds a file that is complete; `false` where one of its name is there.
fn add(target: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    if target.exists() {
        return Ok(false);
    }
    let file = claim::claim_own(target)?.beside(bytes)?;
    match file.persist_noclobber(target) {
        Ok(_) => Ok(true),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(Failure::output(target, &error.error)),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::claim::own_name;
    use super::*;

    /// The names in a folder, in order.
    pub(in crate::cli) fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    fn files() -> Vec<(String, Vec<u8>)> {
        vec![("計画.xlsx".to_owned(), b"plan".to_vec())]
    }

    #[test]
    fn a_folder_is_made_whole_and_nothing_stays_beside_it() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("行革 推進/R5 下半期");
        make(&folder, &files(), "[period]").unwrap();
        assert_eq!(names(&folder), ["torimatome.toml", "回収", "計画.xlsx"]);
        assert_eq!(names(folder.parent().unwrap()), ["R5 下半期"]);
        assert!(matches!(
            make(&folder, &files(), "other"),
            Err(Failure::JobExists(_))
        ));
        assert_eq!(fs::read(folder.join(SETTINGS)).unwrap(), b"[period]");
    }

    #[test]
    fn what_cannot_be_written_leaves_no_folder() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("R5下半期");
        // A name in a folder that is not there stands for a disk that is full half-way.
        let mut files = files();
        files.push(("ない/前回.xlsx".to_owned(), b"previous".to_vec()));
        assert!(make(&folder, &files, "[period]").is_err());
        assert!(names(home.path()).is_empty());
    }

    #[test]
    fn what_a_killed_run_left_is_swept() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("R5下半期");
        let left = home.path().join(own_name(&folder, "-AbC123.dir"));
        fs::create_dir_all(left.join(COLLECT)).unwrap();
        let others = home
            .path()
            .join(own_name(&home.path().join("R5上半期"), "-x.dir"));
        fs::create_dir(&others).unwrap();
        make(&folder, &files(), "[period]").unwrap();
        assert!(!left.exists() && others.exists());
    }

    #[test]
    fn files_that_are_there_are_left_alone_and_named() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path();
        fs::write(folder.join("計画.xlsx"), b"mine").unwrap();
        fs::write(folder.join("メモ.txt"), b"memo").unwrap();
        let mut files = files();
        files.push(("前回.xlsx".to_owned(), b"previous".to_vec()));
        let made = make(folder, &files, "[period]").unwrap();
        assert_eq!(made.kept, ["計画.xlsx"]);
        assert_eq!(fs::read(folder.join("計画.xlsx")).unwrap(), b"mine");
        assert_eq!(fs::read(folder.join("前回.xlsx")).unwrap(), b"previous");
        assert_eq!(
            names(folder),
            [
                "torimatome.toml",
                "メモ.txt",
                "前回.xlsx",
                "回収",
                "計画.xlsx"
            ]
        );
    }
}
