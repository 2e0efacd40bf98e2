//! A folder that is being built under a name of ours, until all of it is complete.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::TempDir;

use super::claim::{folder_of, own_name};

/// How the name of a folder ends that is being built.
const BUILDING: &str = ".dir";

/// A folder that is being built; removed when it is dropped, unless it has taken its name.
#[derive(Debug)]
pub(super) struct Building(TempDir);

impl Building {
    /// Begins to build a folder; it lies in `place` as long as it is built. The caller has the
    /// folder's claim: what is there under its name is left of a run that was killed, and is removed.
    pub(super) fn begin(folder: &Path, place: &Path) -> io::Result<Self> {
        sweep(folder, place);
        let building = tempfile::Builder::new()
            .prefix(&own_name(folder, "-"))
            .suffix(BUILDING)
            .tempdir_in(place)?;
        Ok(Self(building))
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Gives the folder its name by one rename.
    pub(super) fn take_name(self, folder: &Path) -> io::Result<()> {
        open_to_others(self.path())?;
        fs::rename(self.path(), folder)?;
        // The folder has another name now: there is nothing left to remove.
        let _ = self.0.keep();
        if let Ok(parent) = File::open(folder_of(folder)) {
            let _ = parent.sync_all();
        }
        Ok(())
    }
}

fn sweep(folder: &Path, place: &Path) {
    let own = own_name(folder, "-");
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(&own) && name.ends_with(BUILDING) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// A temporary folder is its owner's alone; the result belongs to the office.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_others(_folder: &Path) -> io::Result<()> {
    Ok(())
}
