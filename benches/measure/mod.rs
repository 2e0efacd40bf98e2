//! One measurement, in a process of its own: its time, that of its stages, and its peak of memory.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use torimatome::gather::{self, Parts};
use torimatome::model::{
    Book, Cover, Layout, OfficialBook, Period, Prefer, Thresholds, Volume, volume_lengths,
    volume_name,
};
use torimatome::read::{self, CollectedPath, Limits};
use torimatome::write::{Edition, Stamp};
use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

const STAMP: Stamp = Stamp {
    year: 2024,
    month: 4,
    day: 1,
};

/// How many items one workbook holds, and a volume of a larger one: as the program has it.
const ONE_WORKBOOK: usize = 1_000;
const A_VOLUME: usize = 250;

/// What a measurement took.
pub struct Taken {
    /// Wall time in seconds.
    pub seconds: f64,
    /// The peak of resident memory in MiB; 0 where the system does not tell.
    pub peak: f64,
    /// Its stages in order, in seconds.
    pub stages: Vec<(String, f64)>,
}

impl Taken {
    /// Reads what [`print`] said.
    pub fn parse(told: &str) -> Option<Self> {
        let mut lines = told.lines();
        let mut first = lines.next()?.split(' ');
        let (seconds, peak) = (first.next()?.parse().ok()?, first.next()?.parse().ok()?);
        let stage = |line: &str| {
            let (name, seconds) = line.split_once(' ')?;
            Some((name.to_owned(), seconds.parse().ok()?))
        };
        Some(Self {
            seconds,
            peak,
            stages: lines.filter_map(stage).collect(),
        })
    }
}

/// Times the stages of a run one after the other.
struct Watch {
    begun: Instant,
    last: Instant,
    stages: Vec<(&'static str, f64)>,
}

impl Watch {
    fn start() -> Self {
        let now = Instant::now();
        Self {
            begun: now,
            last: now,
            stages: Vec::new(),
        }
    }

    fn stage(&mut self, name: &'static str) {
        self.stages.push((name, self.last.elapsed().as_secs_f64()));
        self.last = Instant::now();
    }
}

/// Measures, and prints what was taken.
pub fn print(what: &str, folder: &Path, count: u32, threads: usize) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    pool.build_global().expect("threads");
    let job = folder.join(format!("job-{count}"));
    let mut watch = Watch::start();
    match what {
        "merge" => merge(&job, &mut watch),
        "check" => {
            let book = book(&job, &mut watch);
            std::hint::black_box(torimatome::check::findings(&book, &Default::default()));
            watch.stage("check");
        }
        "read" => {
            let layout = torimatome::default_layout();
            let files = torimatome::collected_files(&paths(&job), &layout, &limits(), &|_| {});
            std::hint::black_box(files);
        }
        "floor-in" => {
            std::hint::black_box(inflated(&job));
        }
        "floor" => {
            std::hint::black_box(inflated(&job));
            let files = fs::read_dir(&job).expect("the job is there");
            let paths = files.flatten().map(|file| file.path());
            let is_merged = |path: &PathBuf| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                name.starts_with("集約版")
            };
            paths.filter(is_merged).for_each(|path| deflated(&path));
        }
        "form" | "bloated" => {
            let layout = torimatome::default_layout();
            let path = folder.join(format!("{what}.xlsx"));
            let file = torimatome::collected_file(what, &path, &layout, &limits());
            assert_eq!(file.items.len(), 1, "{:?}", file.outcome);
        }
        "nothing" => {}
        other => panic!("no measurement is called {other}"),
    }
    println!("{} {}", watch.begun.elapsed().as_secs_f64(), peak());
    for (name, seconds) in watch.stages {
        println!("{name} {seconds}");
    }
}

/// The whole job: read, gather, check, write, read back, and the file on the disk.
fn merge(job: &Path, watch: &mut Watch) {
    let book = book(job, watch);
    let findings = torimatome::check::findings(&book, &Default::default());
    watch.stage("check");
    if book.items.len() <= ONE_WORKBOOK {
        let bytes =
            torimatome::merged(&book, &findings, STAMP).expect("it reads back as it was written");
        watch.stage("write+proof");
        fs::write(job.join("集約版.xlsx"), bytes).expect("there is room");
        return;
    }
    let items = book.items.iter();
    let priorities: Vec<&str> = items.map(|item| item.official.priority.text()).collect();
    let lengths = volume_lengths(&priorities, A_VOLUME);
    let edition = Edition::Office {
        findings: &findings,
        rules: torimatome::check::rules(),
        data_sheet: false,
    };
    let put = |volume: Volume, bytes: Vec<u8>| {
        let name = match volume {
            Volume::Whole | Volume::Summary { .. } => "集約版".to_owned(),
            Volume::One { number, of } => volume_name("集約版", number, of),
        };
        fs::write(job.join(format!("{name}.xlsx")), bytes).expect("there is room");
        Ok::<(), torimatome::MergeError>(())
    };
    torimatome::in_volumes(book, edition, &lengths, STAMP, put)
        .expect("they read back as they were written");
    watch.stage("write+proof");
}

fn book(job: &Path, watch: &mut Watch) -> Book {
    let layout = torimatome::default_layout();
    let plan = plan(job, &layout);
    watch.stage("plan");
    let files = torimatome::collected_files(&paths(job), &layout, &limits(), &|_| {});
    watch.stage("read");
    let book = gather::book(Parts {
        period: Period::parse("R5下").expect("a period"),
        plan,
        previous: None,
        files,
        cover: Cover::default(),
        prefer: Prefer::Newest,
        aliases: Default::default(),
        layout,
        thresholds: Thresholds::default(),
        kpi_settings: Vec::new(),
    });
    watch.stage("gather");
    book
}

fn plan(job: &Path, layout: &Layout) -> OfficialBook {
    let bytes = read::load(&job.join("計画.xlsx"), &limits()).expect("the plan is there");
    torimatome::official_book("計画.xlsx", bytes, layout, &limits()).expect("it reads")
}

fn paths(job: &Path) -> Vec<CollectedPath> {
    let collected = read::collect(&[job.join("回収")], &limits());
    collected.expect("the returns can be listed").files
}

fn limits() -> Limits {
    Limits {
        entries: usize::MAX,
        sheets: 20_000,
        cells: usize::MAX,
        merges: usize::MAX,
        part: u64::MAX,
        total: u64::MAX,
        memory: u64::MAX,
        ..Limits::default()
    }
}

/// The floor of reading: the same bytes read and inflated once, nothing else.
fn inflated(job: &Path) -> u64 {
    let returned = paths(job).into_iter().map(|path| path.path);
    let all = returned.chain([job.join("計画.xlsx")]);
    all.map(|path: PathBuf| {
        let bytes = fs::read(path).expect("the file is there");
        parts(bytes)
            .iter()
            .map(|(_, part)| part.len() as u64)
            .sum::<u64>()
    })
    .sum()
}

/// The floor of writing: the parts of the merged workbook deflated once, nothing else.
fn deflated(path: &Path) {
    let parts = parts(fs::read(path).expect("a merge was measured before"));
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        package
            .start_file(name, SimpleFileOptions::default())
            .expect("a part begins");
        package.write_all(&part).expect("it is written");
    }
    std::hint::black_box(package.finish().expect("it ends"));
}

fn parts(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).expect("it is a package");
    let parts = (0..package.len()).map(|at| {
        let mut part = package.by_index(at).expect("it has parts");
        let mut buffer = Vec::new();
        part.read_to_end(&mut buffer).expect("they inflate");
        let name = part.name().expect("they have names").into_owned();
        (name, buffer)
    });
    parts.collect()
}

/// The peak of resident memory in MiB, where the system tells it.
fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().split(' ').next()?.parse::<f64>().ok());
    kib.unwrap_or(0.0) / 1024.0
}
