//! The built program, run as a clerk would run it; what it writes lies below `target`.
#![allow(dead_code, reason = "each test crate uses a part")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The sample job, from the folder of the sources.
pub const SAMPLE: &str = "samples/ojiya-r5";

/// What a run of the program gave.
pub struct Run {
    pub status: i32,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Run {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.stdout).expect("the standard output is UTF-8")
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.stdout).expect("the standard output is JSON")
    }

    /// Asserts the exit status; everything the program said goes into the failure.
    #[track_caller]
    pub fn ends_with(self, status: i32) -> Self {
        assert_eq!(
            self.status,
            status,
            "stdout: {}\nstderr: {}",
            String::from_utf8_lossy(&self.stdout),
            self.stderr
        );
        self
    }
}

/// The folder of the sources.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the program in the folder of the sources.
pub fn run<A: AsRef<OsStr>>(args: &[A]) -> Run {
    finish(command(root()).args(args).output())
}

/// Runs the program in another folder.
pub fn run_in<A: AsRef<OsStr>>(folder: &Path, args: &[A]) -> Run {
    finish(command(folder).args(args).output())
}

/// The program, ready to be given arguments; what a terminal would set is unset.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_torimatome"));
    command
        .current_dir(folder)
        .env_remove("COLUMNS")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE");
    command
}

pub fn finish(output: std::io::Result<Output>) -> Run {
    let output = output.expect("the program starts");
    Run {
        status: output.status.code().expect("the program ends by itself"),
        stdout: output.stdout,
        stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
    }
}

/// An empty folder of this name below `target`, for the file of tests that asks for it.
#[track_caller]
pub fn folder(name: &str) -> PathBuf {
    let asking = Path::new(Location::caller().file());
    let asking = asking.file_stem().expect("a file of tests has a name");
    let tests = Path::new(env!("CARGO_TARGET_TMPDIR")).join(asking);
    let folder = tests.join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an old folder can be removed");
    }
    fs::create_dir_all(&folder).expect("a folder can be made below target");
    folder
}

/// A copy of the sample job below `target`, under a name of its own.
#[track_caller]
pub fn sample_copy(name: &str) -> PathBuf {
    let copy = folder(name);
    for (path, bytes) in files_below(&root().join(SAMPLE)) {
        let path = copy.join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        fs::write(path, bytes).expect("a copy");
    }
    copy
}

/// Every file below a folder with its bytes.
pub fn files_below(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder can be read") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path.strip_prefix(folder).expect("below").to_owned();
                files.insert(below, fs::read(&path).expect("a file can be read"));
            }
        }
    }
    files
}

/// Compares a text with the file that holds what was expected; `UPDATE_EXPECT=1` rewrites the file.
pub fn expect_file(path: &str, found: &str) {
    let path = root().join(path);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        fs::write(&path, found).expect("the expected text can be written");
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let expected = expected.replace("\r\n", "\n");
    if expected == found {
        return;
    }
    let differs = expected
        .lines()
        .zip(found.lines())
        .position(|(expected, found)| expected != found)
        .unwrap_or_else(|| expected.lines().count().min(found.lines().count()));
    let line = |text: &str| text.lines().nth(differs).unwrap_or("(nothing)").to_owned();
    panic!(
        "{} differs at line {}:\nexpected {}\nfound    {}\nUPDATE_EXPECT=1 cargo test rewrites it.",
        path.display(),
        differs + 1,
        line(&expected),
        line(found)
    );
}
