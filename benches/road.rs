//! How long the road is: the whole job and its stages, with their memory, beside the floor below them.
//!
//! `cargo bench` makes job folders under `target/bench` once, from fixed seeds, runs every measurement
//! in a process of its own and prints times, memory and their ratios; nothing is asserted. Sizes may be
//! named: `cargo bench -- 10 100 10000`. Read the figures of one run against each other.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods
)]

mod generate;
mod measure;

use std::path::{Path, PathBuf};
use std::process::Command;

use measure::Taken;

/// The sizes of a run in which none is named.
const SIZES: [u32; 3] = [10, 100, 1_000];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [mode, what, count, threads] = args.as_slice()
        && mode == "--measure"
    {
        let count = count.parse().expect("a number of items");
        let threads = threads.parse().expect("a number of threads");
        return measure::print(what, &folder(), count, threads);
    }
    let named: Vec<u32> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if named.is_empty() {
        SIZES.to_vec()
    } else {
        named
    };
    for count in &sizes {
        generate::job(&folder(), *count).expect("the job folder can be made");
    }
    generate::forms(&folder()).expect("the forms can be made");
    println!(
        "{:>7} {:>2} {:<10} {:>11} {:>11} {:>9}",
        "N", "t", "", "s", "ms/file", "MiB"
    );
    let jobs: Vec<Job> = sizes.iter().map(|count| Job::of(*count)).collect();
    ratios(&jobs);
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench")
}

/// What was measured of a job of N items.
struct Job {
    count: u32,
    merge: Taken,
    alone: Taken,
    check: Taken,
    read: Taken,
    floor_in: Taken,
    floor: Taken,
}

impl Job {
    fn of(count: u32) -> Self {
        let job = |what, threads| best(what, count, threads);
        // The output that the floor deflates is that of the merge before it.
        let merge = job("merge", 2);
        Self {
            count,
            merge,
            alone: job("merge", 1),
            check: job("check", 2),
            read: job("read", 2),
            floor_in: job("floor-in", 1),
            floor: job("floor", 1),
        }
    }
}

/// The quickest of several runs, each in its own process.
fn best(what: &str, count: u32, threads: usize) -> Taken {
    let times = match count {
        0..=100 => 5,
        101..=1_000 => 3,
        _ => 1,
    };
    let runs = (0..times).map(|_| run(what, count, threads));
    let best = runs.min_by(|one, other| one.seconds.total_cmp(&other.seconds));
    let best = best.expect("at least one run");
    println!(
        "{count:>7} {threads:>2} {what:<10} {:>11.4} {:>11.3} {:>9.1}",
        best.seconds,
        best.seconds * 1e3 / f64::from(count.max(1)),
        best.peak
    );
    for (stage, seconds) in &best.stages {
        println!(
            "{:>11} {stage:<12} {seconds:>8.4} {:>10.0} %",
            "",
            100.0 * seconds / best.seconds
        );
    }
    best
}

fn run(what: &str, count: u32, threads: usize) -> Taken {
    let own = std::env::current_exe().expect("this program");
    let output = Command::new(own)
        .args(["--measure", what, &count.to_string(), &threads.to_string()])
        .output()
        .expect("a process of its own");
    let told = String::from_utf8_lossy(&output.stdout);
    let fault = String::from_utf8_lossy(&output.stderr);
    Taken::parse(&told).unwrap_or_else(|| panic!("{what} {count}: {told}{fault}"))
}

fn ratios(jobs: &[Job]) {
    println!("\nratios");
    let told = |what: &str, ratio: f64| println!("  {what:<58} {ratio:>7.2}");
    for job in jobs {
        let count = job.count;
        println!("  N = {count}");
        told(
            "whole job / floor (inflate in, deflate out, 1 thread)",
            job.merge.seconds / job.floor.seconds,
        );
        told(
            "reading / floor of reading (1 thread)",
            job.read.seconds / job.floor_in.seconds,
        );
        told(
            "whole job with 1 thread / with 2",
            job.alone.seconds / job.merge.seconds,
        );
        told("check / whole job", job.check.seconds / job.merge.seconds);
    }
    if let [first, .., last] = jobs {
        let each = |job: &Job, taken: &Taken| taken.seconds / f64::from(job.count);
        told(
            &format!(
                "cost a file of the whole job, N = {} / N = {}",
                last.count, first.count
            ),
            each(last, &last.merge) / each(first, &first.merge),
        );
        told(
            &format!(
                "cost a file of reading, N = {} / N = {}",
                last.count, first.count
            ),
            each(last, &last.read) / each(first, &first.read),
        );
    }
    let [plain, bloated] = ["form", "bloated"].map(|what| best(what, 1, 1));
    told(
        "a bloated form / a plain one",
        bloated.seconds / plain.seconds,
    );
    let [sample, nothing] = ["sample", "nothing"].map(started);
    told(
        "the sample checked, from start to end / a program that does nothing",
        sample / nothing,
    );
}

/// How long a process takes from its start to its end.
fn started(what: &str) -> f64 {
    let own = std::env::current_exe().expect("this program");
    let times = (0..20).map(|_| {
        let mut command = match what {
            "sample" => Command::new(env!("CARGO_BIN_EXE_torimatome")),
            _ => Command::new(&own),
        };
        match what {
            "sample" => command.args([
                "check",
                concat!(env!("CARGO_MANIFEST_DIR"), "/samples/ojiya-r5"),
            ]),
            _ => command.args(["--measure", what, "0", "1"]),
        };
        let begun = std::time::Instant::now();
        command.output().expect("a process of its own");
        begun.elapsed().as_secs_f64()
    });
    times.min_by(f64::total_cmp).expect("it ran")
}
