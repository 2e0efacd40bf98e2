//! From arguments to a book: which job, which plan, which files.

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::gather::{self, Parts};
use crate::job::{self, Job};
use crate::model::{Book, CollectedFile, Cover, Layout, Period};
use crate::read::{self, CollectedPath, Limits, ReadError};
use crate::{Step, check, collected_files, default_layout, layout};

use super::args::Common;
use super::failure::Failure;
use super::watch::{self, Watch};
use super::{official, plan, plan_source, volumes};

/// A progress bar for fewer files would only flicker.
const FILES_THAT_LAST: usize = 50;

/// What a command works on.
pub(super) struct Assembled {
    pub(super) job: Job,
    pub(super) book: Book,
    /// Every file that was read, was given or belongs to the job: an output must be none of them.
    pub(super) inputs: Vec<PathBuf>,
    /// Folders that were collected from: an output must not lie in them.
    pub(super) folders: Vec<PathBuf>,
    /// Names of files that were passed over.
    pub(super) skipped: Vec<String>,
}

/// Reads everything that the arguments and the job's settings name.
pub(super) fn assemble(paths: &[PathBuf], common: &Common) -> Result<Assembled, Failure> {
    assembled(paths, common, true, &mut warn)
}

/// Reads one job of several; what there is to say of it is told with its name by the caller.
pub(super) fn assemble_one(
    job: &Path,
    common: &Common,
    tell: &mut dyn FnMut(String),
) -> Result<Assembled, Failure> {
    assembled(&[job.to_owned()], common, true, tell)
}

/// Reads the plan and what was collected before, and nothing that came back.
pub(super) fn before_collection(job: &Path, common: &Common) -> Result<Assembled, Failure> {
    if job.exists() && !job::is_job(job) {
        return Err(Failure::NoJob(job.display().to_string()));
    }
    assembled(&[job.to_owned()], common, false, &mut warn)
}

fn warn(warning: String) {
    // A program that started over has told it before.
    if watch::overdue().is_empty() {
        eprintln!("注意: {warning}");
    }
}

fn assembled(
    paths: &[PathBuf],
    common: &Common,
    collects: bool,
    tell: &mut dyn FnMut(String),
) -> Result<Assembled, Failure> {
    let (job, files) = job_and_files(paths, common)?;
    let period = period(&job, common)?;
    let limits = limits(&job.limits);
    let layout_path = common.layout.clone().or_else(|| job.layout.clone());
    let layout = read_layout(layout_path.as_deref())?;
    let plan_path = common.plan.clone().unwrap_or_else(|| job.plan.clone());
    if !plan_path.exists() {
        return Err(Failure::NoPlan(plan_path));
    }
    let previous_path = common.previous.clone().or_else(|| job.previous.clone());
    let (official, previous) =
        official::read_before(&plan_path, previous_path.as_deref(), &layout, &limits)?;
    let mut inputs = plan_source::files(&plan_path)?;
    inputs.extend(volumes::beside(&plan_path, official.volume));
    if let (Some(path), Some(book)) = (&previous_path, &previous) {
        inputs.extend(volumes::beside(path, book.volume));
    }
    let warnings = plan::warnings(&official).into_iter();
    let warnings = warnings.chain(plan::unknown_kpis(&official, &job.kpi_settings));
    let before = previous.iter().flat_map(|book| {
        let late = plan::not_before(book, period);
        late.into_iter()
            .chain(plan::unsettled(book))
            .chain(plan::disguised("前回の集約版", book))
    });
    warnings.chain(before).for_each(tell);
    let given = match (collects, files.is_empty()) {
        (false, _) => Vec::new(),
        (true, true) => vec![job.collect.clone()],
        (true, false) => files,
    };
    for path in &given {
        if !path.exists() {
            return Err(match *path == job.collect {
                true => Failure::NoCollection(path.clone()),
                false => Failure::NoSuchPath(path.clone()),
            });
        }
    }
    let collected =
        read::collect(&given, &limits).map_err(|error| Failure::read(&job.collect, &error))?;
    inputs.push(plan_path);
    inputs.extend(previous_path);
    let mut collected_paths: Vec<CollectedPath> = without(collected.files, &inputs);
    refuse_overdue(&mut collected_paths, &limits);
    inputs.extend(collected_paths.iter().map(|file| file.path.clone()));
    let files = read_side_by_side(&collected_paths, &layout, &limits, common);
    let book = gather::book(Parts {
        period,
        plan: official,
        previous,
        files,
        cover: cover(&job),
        prefer: job.prefer,
        aliases: job.departments.clone(),
        layout,
        thresholds: job.thresholds.clone(),
        kpi_settings: job.kpi_settings.clone(),
    });
    inputs.extend(layout_path);
    inputs.extend(files_of(&job));
    inputs.extend(given.iter().cloned());
    plan::refuse_period(period, &book.years)?;
    let folders = given.into_iter().chain([job.collect.clone()]);
    let folders = folders.filter(|path| path.is_dir()).collect();
    Ok(Assembled {
        job,
        book,
        inputs,
        folders,
        skipped: collected.skipped,
    })
}

/// The first argument is the job, if it is one; else all of them are files, and the job is here.
fn job_and_files(paths: &[PathBuf], common: &Common) -> Result<(Job, Vec<PathBuf>), Failure> {
    if let Some((first, files)) = paths.split_first() {
        if !first.exists() {
            return Err(Failure::NoSuchPath(first.clone()));
        }
        if job::is_job(first) {
            return Ok((read_job(first)?, files.to_vec()));
        }
    }
    let here = Path::new(".");
    if job::is_job(here) {
        return Ok((read_job(here)?, paths.to_vec()));
    }
    if common.plan.is_none() || common.period.is_none() {
        let named = paths
            .first()
            .map_or_else(|| ".".to_owned(), |path| path.display().to_string());
        return Err(Failure::NoJob(named));
    }
    if paths.is_empty() {
        return Err(Failure::Usage(
            "回収したファイルまたはフォルダを指定してください。",
        ));
    }
    let mut job = Job::without_settings(here);
    job.previous = None;
    Ok((job, paths.to_vec()))
}

/// The files of a job folder, whether or not an option stood in for one of them.
fn files_of(job: &Job) -> Vec<PathBuf> {
    let mut files = vec![job.plan.clone(), job.acknowledged.clone()];
    files.extend(job.previous.clone());
    files.extend(job.layout.clone());
    files
}

/// Reads the settings of a job folder.
pub(super) fn read_job(path: &Path) -> Result<Job, Failure> {
    let Some(file) = job::settings_file(path) else {
        return Err(Failure::NoJob(path.display().to_string()));
    };
    let text = read_text(&file)?;
    let folder = file.parent().unwrap_or(Path::new("."));
    let codes: Vec<&str> = check::rules().iter().map(|rule| rule.code).collect();
    job::parse(&text, folder, &codes).map_err(|error| Failure::Job {
        path: file,
        error: Box::new(error),
    })
}

/// Reads a text in any encoding of the office.
pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    read::load(path, &Limits::default())
        .and_then(|bytes| read::decode_text(&bytes))
        .map_err(|error| Failure::read(path, &error))
}

/// Reads a layout description, or gives the embedded one.
pub(super) fn read_layout(path: Option<&Path>) -> Result<Layout, Failure> {
    let Some(path) = path else {
        return Ok(default_layout());
    };
    let text = read_text(path)?;
    layout(&text).map_err(|error| Failure::Job {
        path: path.to_owned(),
        error: Box::new(error),
    })
}

fn period(job: &Job, common: &Common) -> Result<Period, Failure> {
    match &common.period {
        Some(text) => Period::parse(text).ok_or_else(|| Failure::Period(text.clone())),
        None => job.period.ok_or(Failure::NoPeriod),
    }
}

/// Plan and previous workbook may lie in the collected folder; they are not returns.
fn without(files: Vec<CollectedPath>, inputs: &[PathBuf]) -> Vec<CollectedPath> {
    let full = |path: &PathBuf| std::fs::canonicalize(path).ok();
    let known: Vec<PathBuf> = inputs.iter().filter_map(full).collect();
    files
        .into_iter()
        .filter(|file| full(&file.path).is_none_or(|path| !known.contains(&path)))
        .collect()
}

fn read_side_by_side(
    paths: &[CollectedPath],
    layout: &Layout,
    limits: &Limits,
    common: &Common,
) -> Vec<CollectedFile> {
    let bar = bar(paths.len(), common.quiet);
    let seconds = |path: &CollectedPath| watch::seconds_for(&path.path, limits.seconds);
    let names: Vec<(String, String)> = paths
        .iter()
        .map(|path| (own_name(path), path.name.clone()))
        .collect();
    let shown = bar.clone();
    let watch = Watch::start(paths.iter().map(seconds).collect(), move |late| {
        shown.finish_and_clear();
        let (own, name) = &names[late];
        let _ = watch::start_over(own);
        eprintln!("{}", Failure::TooSlow(name.clone()));
        watch::leave(2);
    });
    let files = collected_files(paths, layout, limits, &|step| {
        watch.note(step);
        if matches!(step, Step::Done(_)) {
            bar.inc(1);
        }
    });
    bar.finish_and_clear();
    files
}

/// The progress of the reading of so many files; nothing shows where they are few.
pub(super) fn bar(files: usize, quiet: bool) -> ProgressBar {
    let bar = ProgressBar::new(files as u64);
    if quiet || files < FILES_THAT_LAST {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("読取り {bar:30} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar
}

/// What a collected file is called among those of all jobs: each may have a `総務課.xlsx`.
fn own_name(path: &CollectedPath) -> String {
    format!("{}\n{}", path.path.display(), path.name)
}

/// Refuses the files that took too long before the program started over.
fn refuse_overdue(paths: &mut [CollectedPath], limits: &Limits) {
    let overdue = watch::overdue();
    for path in paths {
        if overdue.contains(&own_name(path)) {
            let seconds = watch::seconds_for(&path.path, limits.seconds);
            path.refuse(ReadError::too_slow(seconds));
        }
    }
}

/// What a job's settings say in place of the plan's cover.
pub(super) fn cover(job: &Job) -> Cover {
    let set = &job.cover;
    Cover {
        city: set.city.clone(),
        plan: set.name.clone(),
        years: set.years.clone(),
        issued: set.issued.clone(),
        issuer: set.issuer.clone(),
        ..Cover::default()
    }
}

/// The limits of the gate as a job sets them.
pub(super) fn limits(set: &job::Limits) -> Limits {
    let mut limits = Limits::default();
    let count = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
    limits.file = set.file.unwrap_or(limits.file);
    limits.part = set.part.unwrap_or(limits.part);
    limits.total = set.total.unwrap_or(limits.total);
    limits.ratio = set.ratio.unwrap_or(limits.ratio);
    limits.entries = set.entries.map_or(limits.entries, count);
    limits.token = set.token.map_or(limits.token, count);
    limits.depth = set.depth.map_or(limits.depth, count);
    limits.sheets = set.sheets.map_or(limits.sheets, count);
    limits.cells = set.cells.map_or(limits.cells, count);
    limits.ratio_grace = set.ratio_grace.unwrap_or(limits.ratio_grace);
    limits.merges = set.merges.map_or(limits.merges, count);
    limits.styles = set.styles.map_or(limits.styles, count);
    limits.damaged = set.damaged.map_or(limits.damaged, count);
    limits.remarks = set.remarks.map_or(limits.remarks, count);
    limits.memory = set.memory.unwrap_or(limits.memory);
    limits.seconds = set.seconds.unwrap_or(limits.seconds);
    limits
}
