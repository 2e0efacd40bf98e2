//! The right to write a file: one run at a time, and only where nobody has the file open.
//!
//! Beside the target stand, while a run writes it, a lock file and the new file under a name of
//! ours: both carry a digest of the target's name, so that a run knows its own. The system frees
//! the lock of a run that was killed; the next run takes it and sweeps up what was left behind.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::failure::Failure;

/// How names of ours begin; they are hidden files, which no folder is collected with.
const PREFIX: &str = ".torimatome-";
const NEW: &str = ".tmp";
const LOCK: &str = ".lock";
/// Bytes of the digest of a target's name.
const DIGEST: usize = 8;
/// How often a lock is taken again that was given back in between.
const TRIES: usize = 20;

/// The right to write one file; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Claim {
    target: PathBuf,
    /// Stands for the lock as long as it is open; `None` where the system has none.
    lock: Option<File>,
    lock_path: PathBuf,
}

/// Claims a file that is to be written.
pub(super) fn claim(target: &Path) -> Result<Claim, Failure> {
    refuse_open(target)?;
    claim_own(target)
}

/// Claims one of the job's own files, which no other program has open for long.
pub(super) fn claim_own(target: &Path) -> Result<Claim, Failure> {
    let told = |error: io::Error| Failure::output(target, &error);
    let folder = folder_of(target);
    let lock_path = folder.join(own_name(target, LOCK));
    for _ in 0..TRIES {
        let mut options = OpenOptions::new();
        let opened = options
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path);
        let file = opened.map_err(told)?;
        let lock = match file.try_lock() {
            Ok(()) if is_still_there(&file, &lock_path) => Some(file),
            // Whoever had it gave it back and took the file away.
            Ok(()) => continue,
            Err(TryLockError::WouldBlock) => return Err(Failure::Busy(target.to_owned())),
            // A shared folder without locks: the rename alone keeps the file whole.
            Err(TryLockError::Error(_)) => {
                let _ = fs::remove_file(&lock_path);
                None
            }
        };
        let claim = Claim {
            target: target.to_owned(),
            lock,
            lock_path,
        };
        claim.sweep(&folder);
        return Ok(claim);
    }
    Err(Failure::Busy(target.to_owned()))
}

impl Claim {
    /// Replaces the file by one that is complete, or leaves everything as it was.
    ///
    /// The bytes go to a temporary file in the same folder, are flushed to the disk, and take the
    /// target's name by one rename.
    pub(super) fn replace(&self, bytes: &[u8]) -> Result<(), Failure> {
        self.take_name(self.beside(bytes)?)
    }

    /// Writes a temporary file in the target's folder, complete and on the disk.
    pub(super) fn beside(&self, bytes: &[u8]) -> Result<NamedTempFile, Failure> {
        let write = || {
            let mut file = tempfile::Builder::new()
                .prefix(&own_name(&self.target, "-"))
                .suffix(NEW)
                .tempfile_in(folder_of(&self.target))?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            readable_as_others(file.as_file())?;
            Ok(file)
        };
        write().map_err(|error| Failure::output(&self.target, &error))
    }

    /// Gives a file that is complete the target's name.
    pub(super) fn take_name(&self, file: NamedTempFile) -> Result<(), Failure> {
        let renamed = file.persist(&self.target);
        renamed.map_err(|error| Failure::output(&self.target, &error.error))?;
        // Makes the rename itself durable; not every system lets a folder be opened.
        if let Ok(folder) = File::open(folder_of(&self.target)) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    /// Removes what killed runs left of this target: no run that lives writes it now. Of other
    /// targets, what nobody has the lock of.
    fn sweep(&self, folder: &Path) {
        if self.lock.is_none() {
            return;
        }
        let own = own_name(&self.target, "");
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
        // A new file stands before its lock, which tells whether anybody still writes it.
        names.sort_unstable();
        for name in names {
            let path = folder.join(&name);
            let Some(digest) = digest_of(&name) else {
                continue;
            };
            let is_new = name.to_string_lossy().ends_with(NEW);
            if format!("{PREFIX}{digest}") == own {
                if is_new {
                    let _ = fs::remove_file(path);
                }
                continue;
            }
            let lock = folder.join(format!("{PREFIX}{digest}{LOCK}"));
            let is_left = match OpenOptions::new().write(true).open(&lock) {
                Ok(held) => held.try_lock().is_ok() && is_still_there(&held, &lock),
                // A run that lives has its lock file from before it writes.
                Err(error) => error.kind() == io::ErrorKind::NotFound,
            };
            if is_left {
                let _ = fs::remove_file(path);
            }
        }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if self.lock.is_some() {
            // Before the lock is given back: who takes it then sees that the file is gone.
            let _ = fs::remove_file(&self.lock_path);
        }
    }
}

/// Refuses a file that another program has open: it would be written over by its next save.
pub(super) fn refuse_open(target: &Path) -> Result<(), Failure> {
    if !target.is_file() {
        return Ok(());
    }
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let folder = folder_of(target);
    let owner_files = [format!("~${name}"), format!(".~lock.{name}#")];
    let owner_file = owner_files
        .iter()
        .find(|owner| folder.join(owner).is_file());
    match owner_file {
        Some(owner) => Err(Failure::OutputIsOpen {
            path: target.to_owned(),
            owner: owner.clone(),
        }),
        None => Ok(()),
    }
}

/// A name beside a target: our prefix, a digest of the target's name, and an ending.
pub(super) fn own_name(target: &Path, ending: &str) -> String {
    let name = target.file_name().unwrap_or_default();
    let digest = Sha256::digest(name.as_encoded_bytes());
    let digest: String = digest[..DIGEST]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{PREFIX}{digest}{ending}")
}

/// The digest in a name of ours; `None` for any other name.
fn digest_of(name: &OsStr) -> Option<&str> {
    let rest = name.to_str()?.strip_prefix(PREFIX)?;
    let digest = rest.get(..2 * DIGEST)?;
    let ending = rest.get(2 * DIGEST..)?;
    let is_digest = digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_ours = ending == LOCK || (ending.starts_with('-') && ending.ends_with(NEW));
    (is_digest && is_ours).then_some(digest)
}

/// Tells whether a lock file still has its name: whoever gives a lock back removes the file first.
#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(own), Ok(named)) => (own.dev(), own.ino()) == (named.dev(), named.ino()),
        (Ok(_) | Err(_), Ok(_) | Err(_)) => false,
    }
}

/// Where a file has no number, two runs may follow each other closely; each writes a whole file.
#[cfg(not(unix))]
fn is_still_there(_file: &File, _path: &Path) -> bool {
    true
}

/// A temporary file is its owner's alone; the result belongs to the office.
#[cfg(unix)]
fn readable_as_others(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_as_others(_file: &File) -> io::Result<()> {
    Ok(())
}

/// The folder that a file lies in.
pub(super) fn folder_of(target: &Path) -> PathBuf {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        Some(_) | None => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_claimed_file_is_written_by_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("集約版.xlsx");
        let first = claim(&target).unwrap();
        assert!(matches!(claim(&target), Err(Failure::Busy(_))));
        assert!(claim(&folder.path().join("別.xlsx")).is_ok());
        first.replace(b"new").unwrap();
        drop(first);
        claim(&target).unwrap().replace(b"newer").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"newer");
        assert_eq!(names(folder.path()), ["集約版.xlsx"]);
    }

    #[test]
    fn what_killed_runs_left_is_swept_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (target, other, busy) = (at("集約版.xlsx"), at("表.json"), at("使用中.xlsx"));
        let new = |target: &Path| own_name(target, "-AbC123.tmp");
        for name in [
            new(&target),
            own_name(&target, LOCK),
            new(&other),
            own_name(&other, LOCK),
            new(&busy),
            ".torimatome-メモ.tmp".to_owned(),
            "torimatome.tmp".to_owned(),
        ] {
            fs::write(at(&name), b"x").unwrap();
        }
        let held = claim(&busy).unwrap();
        fs::write(at(&new(&busy)), b"being written").unwrap();
        claim(&target).unwrap().replace(b"new").unwrap();
        let mut left = vec![
            new(&busy),
            own_name(&busy, LOCK),
            ".torimatome-メモ.tmp".to_owned(),
            "torimatome.tmp".to_owned(),
            "集約版.xlsx".to_owned(),
        ];
        left.sort();
        assert_eq!(names(folder.path()), left);
        drop(held);
    }

    #[test]
    fn a_file_that_is_open_elsewhere_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("集約版.xlsx");
        for owner in ["~$集約版.xlsx", ".~lock.集約版.xlsx#"] {
            let owner = folder.path().join(owner);
            fs::write(&owner, b"\x06user").unwrap();
            let _ = fs::remove_file(&target);
            assert!(claim(&target).is_ok(), "nothing is there to be lost");
            fs::write(&target, b"old").unwrap();
            assert!(matches!(claim(&target), Err(Failure::OutputIsOpen { .. })));
            fs::remove_file(&owner).unwrap();
        }
    }
}
