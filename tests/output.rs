//! The output is the old file whole or the new one whole, whatever happens while it is written.

#![allow(
    clippy::print_stdout,
    reason = "the tally is shown where it is asked for"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "how long a run takes is asked of the clock"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use crate::miniature;
use crate::program::{SAMPLE, command, files_below, folder, root, run};

/// Random moments of the kill test.
const MOMENTS: u32 = 100;

/// A small job, made once.
fn job() -> &'static Path {
    static JOB: OnceLock<PathBuf> = OnceLock::new();
    JOB.get_or_init(|| {
        let job = folder("output-job");
        miniature::job(&job, "");
        fs::write(job.join("回収/総務課.xlsx"), miniature::form()).unwrap();
        job
    })
}

/// A run on the job that stands beside the output's folder.
fn merge(output: &Path) -> Command {
    let mut merge = command(root());
    merge
        .arg("merge")
        .arg(job())
        .args(["--quiet", "--threads", "1", "-o"]);
    merge.arg(output);
    merge.stdout(Stdio::null()).stderr(Stdio::piped());
    merge
}

/// What a run says that ends by itself.
fn ended(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), said)
}

/// Names in a folder that no clerk put there.
fn leftovers(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let names = names.map(|entry| entry.file_name().into_string().unwrap());
    names.filter(|name| name.starts_with('.')).collect()
}

/// A folder with an old output in it, the bytes that replace it, and how long that takes.
fn prepared(name: &str) -> (PathBuf, PathBuf, Vec<u8>, Duration) {
    let folder = folder(name);
    let output = folder.join("集約版.xlsx");
    let begun = Instant::now();
    assert_eq!(ended(merge(&output).spawn().unwrap()).0, Some(0));
    let took = begun.elapsed();
    let new = fs::read(&output).unwrap();
    fs::write(&output, b"old").unwrap();
    (folder, output, new, took)
}

/// Numbers that are the same in every run.
struct Chance(u64);

impl Chance {
    fn part(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / (1u64 << 31) as f64
    }
}

#[test]
fn a_run_that_is_killed_at_any_moment_leaves_the_old_file_or_the_new_one() {
    let (folder, output, new, took) = prepared("output-kill");
    let mut chance = Chance(11);
    let (mut replaced, mut left) = (0, 0);
    for moment in 0..MOMENTS {
        fs::write(&output, b"old").unwrap();
        let mut child = merge(&output).spawn().unwrap();
        // Every other moment lies where the file is written: near the end.
        let part = match moment % 2 {
            0 => chance.part(),
            _ => 0.8 + 0.25 * chance.part(),
        };
        thread::sleep(took.mul_f64(part));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = fs::read(&output).unwrap();
        assert!(
            found == b"old" || found == new,
            "moment {moment}: {} bytes",
            found.len()
        );
        replaced += usize::from(found == new);
        left += usize::from(!leftovers(&folder).is_empty());
    }
    println!("{replaced} of {MOMENTS} replaced, {left} left something behind");
    // Whatever was left behind is gone after the next run.
    assert_eq!(ended(merge(&output).spawn().unwrap()).0, Some(0));
    assert_eq!(leftovers(&folder), Vec::<String>::new());
    assert!(fs::read(&output).unwrap() == new);
}

/// A run that makes a job folder out of the miniature's workbook.
fn init(job: &Path) -> Command {
    let from = job.with_file_name("前回 の.xlsx");
    let mut init = command(root());
    init.arg("init").arg(job).arg("--from").arg(from);
    init.stdout(Stdio::null()).stderr(Stdio::piped());
    init
}

#[test]
fn a_job_folder_that_is_killed_while_it_is_made_is_whole_or_not_there() {
    let home = folder("output-init");
    fs::write(home.join("前回 の.xlsx"), miniature::form()).unwrap();
    let job = home.join("R6 上半期");
    let begun = Instant::now();
    let (status, said) = ended(init(&job).spawn().unwrap());
    assert_eq!(
        status,
        Some(2),
        "the miniature's plan ends with its year: {said}"
    );
    let plan = miniature::form_with(&[("E9", "R6年度【実績値】"), ("E10", "R6年度【目標値】")]);
    fs::write(home.join("前回 の.xlsx"), plan).unwrap();
    assert_eq!(ended(init(&job).spawn().unwrap()).0, Some(0));
    let took = begun.elapsed() / 2;
    let whole = files_below(&job);
    assert!(whole.len() == 3 && job.join("回収").is_dir());
    let mut chance = Chance(7);
    let mut made = 0;
    for moment in 0..MOMENTS {
        fs::remove_dir_all(&job).unwrap_or_default();
        let mut child = init(&job).spawn().unwrap();
        let part = match moment % 2 {
            0 => chance.part(),
            _ => 0.7 + 0.5 * chance.part(),
        };
        thread::sleep(took.mul_f64(part));
        child.kill().unwrap();
        child.wait().unwrap();
        if job.exists() {
            assert!(files_below(&job) == whole, "moment {moment}");
            assert!(job.join("回収").is_dir(), "moment {moment}");
            made += 1;
        }
    }
    println!("{made} of {MOMENTS} made");
    fs::remove_dir_all(&job).unwrap_or_default();
    assert_eq!(ended(init(&job).spawn().unwrap()).0, Some(0));
    assert!(files_below(&job) == whole);
    assert_eq!(leftovers(&home), Vec::<String>::new());
}

#[test]
fn of_two_runs_at_once_each_writes_a_whole_file_or_says_why_not() {
    let (folder, output, new, took) = prepared("output-twice");
    for lag in 0..10u32 {
        fs::write(&output, b"old").unwrap();
        let first = merge(&output).spawn().unwrap();
        thread::sleep(took.mul_f64(f64::from(lag) / 20.0));
        let second = merge(&output).spawn().unwrap();
        let both = [ended(first), ended(second)];
        for (status, said) in &both {
            match status {
                Some(0) => assert_eq!(said, ""),
                Some(2) => assert!(said.contains("いま別の取りまとめが書き込んで"), "{said}"),
                other => panic!("{other:?} {said}"),
            }
        }
        assert!(
            both.iter().any(|(status, _)| *status == Some(0)),
            "{both:?}"
        );
        assert!(fs::read(&output).unwrap() == new);
        assert_eq!(leftovers(&folder), Vec::<String>::new());
    }
}

/// A file that takes too long is left out: the program starts over, and all others are merged.
#[test]
fn a_file_that_takes_too_long_is_named_and_the_rest_is_merged() {
    let job = folder("output-slow");
    miniature::job(&job, "[limits]\nseconds = 1\n");
    fs::write(job.join("回収/総務課.xlsx"), miniature::form()).unwrap();
    let slow = "1,2,3,4,5,6,7,8,9,10\n".repeat(60_000);
    fs::write(job.join("回収/遅い.csv"), slow).unwrap();
    let args = [
        "export",
        job.to_str().unwrap(),
        "--format",
        "json",
        "-o",
        "-",
    ];
    let told = run(&args).ends_with(1).json();
    let findings = told["findings"].as_array().unwrap();
    let slow: Vec<_> = findings
        .iter()
        .filter(|one| one["file"] == "遅い.csv")
        .collect();
    assert_eq!(slow.len(), 1, "{slow:?}");
    assert_eq!(slow[0]["code"], "S03");
    let message = slow[0]["message"].as_str().unwrap();
    assert!(
        message.contains("読み取りに時間がかかりすぎます（上限 1秒）"),
        "{message}"
    );
    let actual = &told["items"][0]["kpis"][0]["years"][1]["actual"]["raw"];
    assert_eq!(actual, "145件");
    // A plan that takes too long is an error of the job.
    let plan = job.join("遅い計画.csv");
    fs::rename(job.join("回収/遅い.csv"), &plan).unwrap();
    let plan = plan.to_str().unwrap();
    let args = ["check", job.to_str().unwrap(), "--plan", plan];
    let told = run(&args).ends_with(2);
    assert!(
        told.stderr.contains("遅い計画.csv: 読み取りに時間が"),
        "{}",
        told.stderr
    );
}

/// A run that must say why nothing was written, and leave everything as it was.
#[track_caller]
fn refused(run: Command, output: &Path, sentence: &str) {
    let before = fs::read(output).ok();
    let mut run = run;
    let (status, said) = ended(run.spawn().unwrap());
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains(sentence), "{said}");
    assert!(said.trim_end().ends_with('。'), "{said}");
    assert_eq!(fs::read(output).ok(), before);
}

#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing() {
    let (folder, output, _, _) = prepared("output-full");
    // A file that grows no further stands for a full disk: the signal that comes with it is ignored.
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\""]);
    let run = merge(&output);
    limited.arg(run.get_program()).args(run.get_args());
    limited
        .current_dir(root())
        .stderr(Stdio::piped())
        .stdout(Stdio::null());
    refused(limited, &output, "ディスクの空きが足りません");
    assert_eq!(leftovers(&folder), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_folder_in_which_nobody_may_write_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, output, _, _) = prepared("output-read-only");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let for_all = fs::write(folder.join("試し"), b"").is_ok();
    if !for_all {
        refused(merge(&output), &output, "書き込みが許可されていません");
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    // Where not even the administrator may write.
    let nowhere = Path::new("/proc/集約版.xlsx");
    if cfg!(target_os = "linux") {
        refused(merge(nowhere), nowhere, "に書き込めません");
    }
}

#[test]
fn an_output_that_is_open_in_excel_is_left_alone() {
    let (folder, output, _, _) = prepared("output-open");
    let owner = folder.join("~$集約版.xlsx");
    fs::write(&owner, b"\x06user").unwrap();
    refused(
        merge(&output),
        &output,
        "開かれているようです（「~$集約版.xlsx」があります）",
    );
    fs::remove_file(&owner).unwrap();
    assert_eq!(ended(merge(&output).spawn().unwrap()).0, Some(0));
}

#[test]
fn reports_are_guarded_like_the_workbook() {
    let folder = folder("output-report");
    for (format, name) in [
        ("csv", "点検.csv"),
        ("html", "点検.html"),
        ("xlsx", "点検.xlsx"),
    ] {
        let output = folder.join(name);
        fs::write(&output, b"old").unwrap();
        fs::write(folder.join(format!("~${name}")), b"\x06user").unwrap();
        let path = output.to_str().unwrap();
        let args = ["check", SAMPLE, "--format", format, "-o", path];
        let told = run(&args).ends_with(2);
        assert!(
            told.stderr.contains("開かれているようです"),
            "{}",
            told.stderr
        );
        assert_eq!(fs::read(&output).unwrap(), b"old");
    }
}

#[test]
fn a_text_in_a_file_begins_with_the_mark_by_which_windows_knows_it() {
    let home = folder("text-in-a-file");
    let sheet = "samples/ojiya-r5/計画.xlsx";
    for (name, args) in [
        ("点検結果.txt", vec!["check", SAMPLE]),
        ("規則.txt", vec!["explain", "K03"]),
        ("変更点.txt", vec!["diff", sheet, sheet]),
    ] {
        let target = home.join(name);
        let shown = run(&args);
        let mut args = args.clone();
        args.extend(["-o", target.to_str().unwrap()]);
        assert_eq!(run(&args).status, shown.status, "{name}");
        let written = fs::read(&target).unwrap();
        let text = written.strip_prefix(b"\xEF\xBB\xBF").expect(name);
        assert_eq!(text, shown.stdout, "{name}");
    }
    // A document for programs is what the contract says and no more.
    let target = home.join("点検結果.json");
    let args = [
        "check",
        SAMPLE,
        "--format",
        "json",
        "-o",
        target.to_str().unwrap(),
    ];
    run(&args).ends_with(1);
    assert!(fs::read(&target).unwrap().starts_with(b"{"));
}
