//! How long the road is: one form, a thousand forms, the whole job, and the floor below it.
//!
//! `cargo bench` makes the job folders under `target/bench` once, from fixed seeds, and prints
//! times; nothing is asserted. Read the figures of one run against each other.
#![allow(missing_docs, clippy::expect_used)]

mod generate;

use std::io::Read;
use std::path::{Path, PathBuf};

use torimatome::gather::{self, Parts};
use torimatome::model::{Book, CollectedFile, Cover, Layout, Period, Prefer};
use torimatome::read::{self, CollectedPath, Limits};
use torimatome::write::Stamp;

const STAMP: Stamp = Stamp {
    year: 2024,
    month: 4,
    day: 1,
};

fn main() {
    divan::main();
}

fn job(count: u32) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    generate::job(&folder, count).expect("the job folder can be made")
}

fn paths(job: &Path) -> Vec<CollectedPath> {
    read::collect(&[job.join("回収")], &limits())
        .expect("the returns can be listed")
        .files
}

fn limits() -> Limits {
    Limits {
        sheets: 20_000,
        ..Limits::default()
    }
}

fn returned(job: &Path, layout: &Layout) -> Vec<CollectedFile> {
    torimatome::collected_files(&paths(job), layout, &limits(), &|_| {})
}

fn book(job: &Path) -> Book {
    let layout = torimatome::default_layout();
    let plan = read::load(&job.join("計画.xlsx"), &limits()).expect("the plan is there");
    let plan = torimatome::official_book("計画.xlsx", plan, &layout, &limits()).expect("it reads");
    gather::book(Parts {
        period: Period::parse("R5下").expect("a period"),
        plan,
        previous: None,
        files: returned(job, &layout),
        cover: Cover::default(),
        prefer: Prefer::Newest,
        aliases: Default::default(),
        layout,
        thresholds: torimatome::model::Thresholds::default(),
        kpi_settings: Vec::new(),
    })
}

/// Reads one returned form, from its bytes to its typed item sheet.
#[divan::bench]
fn read_one_form(bencher: divan::Bencher<'_, '_>) {
    let layout = torimatome::default_layout();
    let job = job(10);
    let path = paths(&job).remove(0);
    bencher.bench(|| torimatome::collected_file(&path.name, &path.path, &layout, &limits()));
}

/// Reads returned forms side by side.
#[divan::bench(args = [100, 1000], sample_count = 5)]
fn read_forms(bencher: divan::Bencher<'_, '_>, count: u32) {
    let layout = torimatome::default_layout();
    let job = job(count);
    bencher.bench(|| returned(&job, &layout));
}

/// Reads, gathers and checks.
#[divan::bench(args = [100, 1000], sample_count = 5)]
fn check_only(bencher: divan::Bencher<'_, '_>, count: u32) {
    let job = job(count);
    bencher.bench(|| torimatome::check::findings(&book(&job), &Default::default()));
}

/// The whole job: read, gather, check, write, read back.
#[divan::bench(args = [100, 1000], sample_count = 3)]
fn whole_job(bencher: divan::Bencher<'_, '_>, count: u32) {
    let job = job(count);
    bencher.bench(|| {
        let book = book(&job);
        let findings = torimatome::check::findings(&book, &Default::default());
        torimatome::merged(&book, &findings, STAMP).expect("it reads back as it was written")
    });
}

/// The floor of reading: the same bytes read and inflated once, nothing else, one thread.
#[divan::bench(args = [100, 1000], sample_count = 5)]
fn floor_inflate(bencher: divan::Bencher<'_, '_>, count: u32) {
    let paths = paths(&job(count));
    bencher.bench(|| {
        let mut inflated = 0;
        let mut buffer = Vec::new();
        for path in &paths {
            let bytes = std::fs::read(&path.path).expect("the file is there");
            let mut package =
                zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("it is a package");
            for at in 0..package.len() {
                buffer.clear();
                let mut part = package.by_index(at).expect("it has parts");
                inflated += part.read_to_end(&mut buffer).expect("they inflate");
            }
        }
        inflated
    });
}
