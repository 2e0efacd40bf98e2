//! Writing results: beside the target first, then in its place, so that nothing is lost by half.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::job::{ACKNOWLEDGED, RECORD, SETTINGS};

use super::failure::Failure;

/// Replaces a file by one that is complete, or leaves everything as it was.
///
/// The bytes go to a temporary file in the same folder, are flushed to the disk, and take the
/// target's name by one rename.
pub(super) fn replace(target: &Path, bytes: &[u8]) -> Result<(), Failure> {
    refuse_place(target)?;
    write_beside(target, bytes).map_err(|error| Failure::output(target, &error))
}

/// Replaces files that belong together: each is complete on the disk before the first takes its name.
pub(super) fn replace_together(files: &[(&PathBuf, &Vec<u8>)]) -> Result<(), Failure> {
    let mut complete = Vec::with_capacity(files.len());
    for (target, bytes) in files {
        refuse_place(target)?;
        let folder = folder_of(target);
        let beside = fs::create_dir_all(&folder).and_then(|()| beside(target, bytes));
        complete.push((
            target,
            beside.map_err(|error| Failure::output(target, &error))?,
        ));
    }
    for (target, file) in complete {
        take_name(file, target).map_err(|error| Failure::output(target, &error))?;
    }
    Ok(())
}

/// Refuses what is no folder where one is to be.
pub(super) fn refuse_folder(target: &Path) -> Result<(), Failure> {
    match fs::metadata(target) {
        Ok(there) if !there.is_dir() => Err(Failure::OutputIsFile(target.to_owned())),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Replaces one of the job's own files by one that is complete, or leaves it as it was.
pub(super) fn replace_own(target: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_beside(target, bytes).map_err(|error| Failure::output(target, &error))
}

/// Refuses what no document may take the place of: a folder, a device, a pipe, the job's settings.
pub(super) fn refuse_place(target: &Path) -> Result<(), Failure> {
    match fs::metadata(target) {
        Ok(there) if there.is_dir() => return Err(Failure::OutputIsFolder(target.to_owned())),
        Ok(there) if !there.is_file() => return Err(Failure::OutputIsNoFile(target.to_owned())),
        Ok(_) | Err(_) => {}
    }
    let is_settings = |path: &Path| {
        let name = path.file_name().unwrap_or_default();
        [SETTINGS, ACKNOWLEDGED, RECORD]
            .iter()
            .any(|own| name.eq_ignore_ascii_case(own))
    };
    if is_settings(target) || is_settings(&full(target)) {
        return Err(Failure::OutputIsSettings(target.to_owned()));
    }
    Ok(())
}

/// Refuses a workbook's name by which Excel would not open it.
pub(super) fn refuse_extension(target: &Path) -> Result<(), Failure> {
    let extension = target.extension().unwrap_or_default();
    if extension.eq_ignore_ascii_case("xlsx") {
        return Ok(());
    }
    Err(Failure::NotXlsx {
        path: target.to_owned(),
        better: target.with_extension("xlsx"),
    })
}

fn write_beside(target: &Path, bytes: &[u8]) -> io::Result<()> {
    take_name(beside(target, bytes)?, target)
}

/// Writes a temporary file in the target's folder, complete and on the disk.
fn beside(target: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let folder = folder_of(target);
    let mut file = tempfile::Builder::new()
        .prefix(".torimatome-")
        .suffix(".tmp")
        .tempfile_in(&folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    readable_as_others(file.as_file())?;
    Ok(file)
}

fn take_name(file: tempfile::NamedTempFile, target: &Path) -> io::Result<()> {
    file.persist(target).map_err(|error| error.error)?;
    // Makes the rename itself durable; not every system lets a folder be opened.
    if let Ok(folder) = File::open(folder_of(target)) {
        let _ = folder.sync_all();
    }
    Ok(())
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

fn folder_of(target: &Path) -> PathBuf {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        Some(_) | None => PathBuf::from("."),
    }
}

/// The one path of a file, by whatever way it is named, also where it does not exist yet.
fn full(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| {
        let folder = folder_of(path);
        let folder = fs::canonicalize(&folder).unwrap_or(folder);
        folder.join(path.file_name().unwrap_or_default())
    })
}

/// Refuses an output that is one of the inputs, or that lies where inputs are collected.
pub(super) fn refuse_inputs(
    target: &Path,
    inputs: &[PathBuf],
    folders: &[PathBuf],
) -> Result<(), Failure> {
    let own = full(target);
    if inputs.iter().any(|input| full(input) == own) {
        return Err(Failure::OutputIsInput(target.to_owned()));
    }
    let Ok(folder) = fs::canonicalize(folder_of(target)) else {
        return Ok(());
    };
    let holds =
        |other: &PathBuf| fs::canonicalize(other).is_ok_and(|other| folder.starts_with(other));
    if folders.iter().any(holds) {
        return Err(Failure::OutputAmongInputs(target.to_owned()));
    }
    Ok(())
}

/// Gives a document to the standard output; a reader that has seen enough is no failure.
pub(super) fn to_stdout(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::output(Path::new("-"), &error)),
        Ok(()) => Ok(()),
    }
}
