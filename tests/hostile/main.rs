//! The hostile suite: each case makes a file in code, the program collects it in a process of its
//! own with 256 MiB and ten seconds, and what it says is exactly what is expected.
//!
//! The files are returned beside a good one, which must come out as if it were alone. `table.rs`
//! tells which case tries what.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

#[path = "../miniature/mod.rs"]
mod miniature;
#[path = "../program/mod.rs"]
mod program;

mod active;
mod cells;
mod documents;
mod files;
mod packages;
mod raw;
mod sheets;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::Value;

/// KiB of address space for a case: 256 MiB.
const MEMORY: u32 = 256 << 10;
/// Seconds of processor time for a case: ten, and more where nothing is optimised.
const SECONDS: u32 = 10;
const SECONDS_OF_DEBUG: u32 = 60;
/// Names another build of the program to try, an optimised one.
const PROGRAM: &str = "TORIMATOME_PROGRAM";
/// A machine that does other work is waited for.
const PATIENCE: Duration = Duration::from_secs(240);

/// What must come of a file.
pub enum Expected {
    /// S03, with these words.
    Refused(&'static str),
    /// It is read, and the year's actual is this.
    Read(&'static str),
    /// It is read without the actual, and a finding of this code says these words.
    Told(&'static str, &'static str),
    /// It is read, the actual is this, and a finding says these words.
    ReadAndTold(&'static str, &'static str, &'static str),
}

/// How a file is put into the folder.
pub enum Made {
    Bytes(Vec<u8>),
    /// A command of the shell makes it; `$1` is its path.
    Shell(&'static str),
}

/// A hostile file.
pub struct Case {
    pub name: &'static str,
    /// The name that it comes under.
    pub file: &'static str,
    pub made: Made,
    pub expected: Expected,
}

/// A case under the usual name.
pub fn case(name: &'static str, bytes: Vec<u8>, expected: Expected) -> Case {
    Case {
        name,
        file: "総務課.xlsx",
        made: Made::Bytes(bytes),
        expected,
    }
}

/// The form with a change in one of its parts.
pub fn changed(part: &str, change: impl FnOnce(String) -> String) -> Vec<u8> {
    let mut parts = miniature::parts_of(&miniature::form());
    let (_, bytes) = parts.iter_mut().find(|(name, _)| name == part).unwrap();
    *bytes = change(String::from_utf8(bytes.clone()).unwrap()).into_bytes();
    miniature::package(&parts)
}

/// The form with parts more, or others in place of its own.
pub fn with(more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts = miniature::parts_of(&miniature::form());
    for (name, bytes) in more {
        parts.retain(|(own, _)| own != name);
        parts.push(((*name).to_owned(), bytes.to_vec()));
    }
    miniature::package(&parts)
}

pub const SHEET: &str = "xl/worksheets/sheet1.xml";

/// The form with another element in place of the year's actual.
pub fn actual(element: &str) -> Vec<u8> {
    changed(SHEET, |text| {
        let begin = text.find("<c r=\"E11\"").unwrap();
        let end = begin + text[begin..].find("</c>").unwrap() + "</c>".len();
        format!("{}{element}{}", &text[..begin], &text[end..])
    })
}

/// What a run of the program said of a case.
struct Outcome {
    status: Option<i32>,
    document: Option<Value>,
    stderr: String,
}

fn run(job: &Path) -> Outcome {
    let mut limited = Command::new("sh");
    let (program, seconds) = match std::env::var_os(PROGRAM) {
        Some(program) => (program, SECONDS),
        None if cfg!(debug_assertions) => {
            (env!("CARGO_BIN_EXE_torimatome").into(), SECONDS_OF_DEBUG)
        }
        None => (env!("CARGO_BIN_EXE_torimatome").into(), SECONDS),
    };
    let limits = format!("ulimit -v {MEMORY}; ulimit -t {seconds}; exec \"$0\" \"$@\"");
    limited.args(["-c", &limits]).arg(program);
    limited.arg("export").arg(job);
    limited.args(["--format", "json", "--threads", "1", "-o", "-"]);
    // Each arena of the system's allocator reserves 64 MiB of addresses that nobody uses.
    limited.env("MALLOC_ARENA_MAX", "1");
    limited.stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = limited.spawn().unwrap();
    let id = child.id();
    let (sender, ended) = mpsc::channel();
    thread::spawn(move || sender.send(child.wait_with_output()));
    let Ok(output) = ended.recv_timeout(PATIENCE) else {
        let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
        panic!("{} does not end", job.display());
    };
    let output = output.unwrap();
    Outcome {
        status: output.status.code(),
        document: serde_json::from_slice(&output.stdout).ok(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// What is wrong with the outcome of a case; nothing, as a rule.
fn wrong(case: &Case) -> Option<String> {
    let job = program::folder(&format!("hostile/{}", case.name));
    miniature::job(&job, "[limits]\nseconds = 200\n");
    let path = job.join("回収").join(case.file);
    match &case.made {
        Made::Bytes(bytes) => fs::write(&path, bytes).unwrap(),
        Made::Shell(command) => {
            let status = Command::new("sh")
                .args(["-c", command, "sh"])
                .arg(&path)
                .status();
            assert!(status.unwrap().success(), "{}", case.name);
        }
    }
    let good = job.join("回収/後の課.xlsx");
    fs::write(good, miniature::form_with(&[("B1", "2")])).unwrap();
    let outcome = run(&job);
    let _ = fs::remove_dir_all(&job);
    let Some(document) = &outcome.document else {
        return Some(format!("{:?} {}", outcome.status, outcome.stderr));
    };
    judged(case, document).err()
}

fn judged(case: &Case, document: &Value) -> Result<(), String> {
    let findings = document["findings"].as_array().unwrap();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let of = |file: &str| {
        let mut own: BTreeMap<String, Vec<String>> = BTreeMap::new();
        // What comes in a zip stands below its name.
        let is_own = |one: &&Value| text(one, "file").starts_with(file);
        for finding in findings.iter().filter(is_own) {
            let messages = own.entry(text(finding, "code")).or_default();
            messages.push(text(finding, "message"));
        }
        own
    };
    let told = of(case.file);
    // The file beside it was read: its number is not the plan's, and nothing else is wrong with it.
    if of("後の課.xlsx").keys().collect::<Vec<_>>() != ["S09"] {
        return Err(format!("the other file: {:?}", of("後の課.xlsx")));
    }
    let actual = &document["items"][0]["kpis"][0]["years"][1]["actual"]["raw"];
    let is_refused = told.contains_key("S03");
    let says = |code: &str, words: &str| {
        let messages = told.get(code);
        messages.is_some_and(|all| all.iter().any(|message| message.contains(words)))
    };
    let found = || format!("actual {actual}, told {told:?}");
    let good = match case.expected {
        Expected::Refused(words) => told.len() == 1 && says("S03", words) && actual.is_null(),
        Expected::Read(value) => !is_refused && actual == value,
        Expected::Told(code, words) => !is_refused && actual.is_null() && says(code, words),
        Expected::ReadAndTold(value, code, words) => {
            !is_refused && actual == value && says(code, words)
        }
    };
    good.then_some(()).ok_or_else(found)
}

/// Runs cases one after the other and tells all that went wrong.
fn all(cases: Vec<Case>) {
    assert!(cases.len() > 5);
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| Some(format!("{}: {}", case.name, wrong(case)?)))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

/// All cases.
fn every_case() -> Vec<Case> {
    let groups = [
        files::cases(),
        packages::cases(),
        sheets::cases(),
        cells::cases(),
        documents::cases(),
        active::cases(),
    ];
    groups.into_iter().flatten().collect()
}

#[test]
fn files_that_are_no_workbooks() {
    all(files::cases());
}

#[test]
fn packages_that_lie() {
    all(packages::cases());
}

#[test]
fn sheets_that_programs_read_differently() {
    all(sheets::cases());
}

#[test]
fn cells_that_do_not_say_what_they_hold() {
    all(cells::cases());
}

#[test]
fn documents_of_other_formats() {
    all(documents::cases());
}

#[test]
fn contents_that_could_act() {
    all(active::cases());
}
