//! From paths to bytes: one regular file, read once.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::error::ReadError;
use super::limited::Limited;
use super::limits::Limits;

/// Windows: another process holds the file (ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION).
const HELD: [i32; 2] = [32, 33];

/// Reads a regular file into memory, once; pipes, devices and folders are refused unopened.
pub fn load(path: &Path, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let told = |error: io::Error| explain(&error, path);
    let metadata = fs::metadata(path).map_err(told)?;
    if !metadata.is_file() {
        return Err(ReadError::NotAFile);
    }
    let too_large = || ReadError::over(Limited::File, limits.file, None);
    if metadata.len() > limits.file {
        return Err(too_large());
    }
    let capacity = usize::try_from(metadata.len()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(capacity);
    // The file may grow between the two calls: the limit holds for what is read.
    File::open(path)
        .map_err(told)?
        .take(limits.file.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(told)?;
    if bytes.len() as u64 > limits.file {
        return Err(too_large());
    }
    Ok(bytes)
}

pub(super) fn explain(error: &io::Error, path: &Path) -> ReadError {
    let held = cfg!(windows)
        && error
            .raw_os_error()
            .is_some_and(|code| HELD.contains(&code));
    if held || error.kind() == io::ErrorKind::PermissionDenied {
        return ReadError::InUse;
    }
    if error.kind() == io::ErrorKind::NotFound {
        return ReadError::Missing {
            path: path.display().to_string(),
        };
    }
    ReadError::Unreadable { kind: error.kind() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_missing_files_and_large_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let limits = Limits {
            file: 3,
            ..Limits::default()
        };
        let file = folder.path().join("a.xlsx");
        assert!(matches!(
            load(&file, &limits),
            Err(ReadError::Missing { .. })
        ));
        assert_eq!(load(folder.path(), &limits), Err(ReadError::NotAFile));
        fs::write(&file, b"abcd").unwrap();
        assert!(matches!(
            load(&file, &limits),
            Err(ReadError::OverLimit {
                what: Limited::File,
                limit: 3,
                ..
            })
        ));
        fs::write(&file, b"abc").unwrap();
        assert_eq!(load(&file, &limits).unwrap(), b"abc");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_is_refused_without_being_opened() {
        let error = load(Path::new("/dev/zero"), &Limits::default());
        assert_eq!(error, Err(ReadError::NotAFile));
    }
}
