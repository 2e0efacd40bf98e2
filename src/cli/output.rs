//! Writing results: beside the target first, then in its place, so that nothing is lost by half.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::job::{ACKNOWLEDGED, HANDED_OUT, RECORD, SETTINGS};

use super::claim::{self, folder_of};
use super::failure::Failure;

/// Replaces a file by one that is complete, or leaves everything as it was.
pub(super) fn replace(target: &Path, bytes: &[u8]) -> Result<(), Failure> {
    refuse_place(target)?;
    claim::claim(target)?.replace(bytes)
}

/// A file that is to take a name, and the name that the one which has it now is kept under.
pub(super) struct Replacement<'d> {
    pub(super) target: &'d Path,
    pub(super) bytes: &'d [u8],
    pub(super) kept: Option<PathBuf>,
}

/// Replaces files that belong together: each is complete on the disk before the first takes its name.
pub(super) fn replace_together(files: &[Replacement]) -> Result<(), Failure> {
    let mut complete = Vec::with_capacity(files.len());
    for file in files {
        let target = file.target;
        refuse_place(target)?;
        fs::create_dir_all(folder_of(target)).map_err(|error| Failure::output(target, &error))?;
        let claim = claim::claim(target)?;
        let new = claim.beside(file.bytes)?;
        complete.push((claim, new, file));
    }
    for (claim, new, file) in complete {
        if let Some(kept) = &file.kept {
            fs::rename(file.target, kept).map_err(|error| Failure::output(kept, &error))?;
        }
        claim.take_name(new)?;
    }
    Ok(())
}

/// Refuses what is no folder where one is to be.
pub(super) fn refuse_folder(target: &Path, refused: fn(PathBuf) -> Failure) -> Result<(), Failure> {
    match fs::metadata(target) {
        Ok(there) if !there.is_dir() => Err(refused(target.to_owned())),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Replaces one of the job's own files by one that is complete, or leaves it as it was.
pub(super) fn replace_own(target: &Path, bytes: &[u8]) -> Result<(), Failure> {
    claim::claim_own(target)?.replace(bytes)
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
        [SETTINGS, ACKNOWLEDGED, RECORD, HANDED_OUT]
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
