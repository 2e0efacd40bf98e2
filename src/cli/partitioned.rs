//! `export --format parquet`: many jobs and workbooks at once, each in the partition of its city and
//! period.
//!
//! What one says is read, written and forgotten; what cannot be read is named and left out. Two that
//! are of one city and period are told: the first of the arguments gets the place.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use crate::export::{ParquetTables, on_one_line, partition, tidy_parquet};
use crate::model::{Layout, Period, TidySource};
use crate::read::{Limits, ReadError};

use super::args::{Common, Export};
use super::export::in_order;
use super::failure::Failure;
use super::partitions::Partitions;
use super::sources::{self, Source};
use super::{Done, assemble, folder, new_job, official, plan, report, verdict, volumes};

/// How many names of files are told.
const TOLD: usize = 5;

pub(super) fn partitioned(args: &Export) -> Result<Done, Failure> {
    let sources = sources::find(&args.paths)?;
    let several = sources.found.len() > 1;
    if several && (args.common.plan.is_some() || args.common.previous.is_some()) {
        return Err(Failure::Usage(
            "--plan と --previous は、案件フォルダを一つだけ指定したときに使えます。",
        ));
    }
    refuse_collected(&args.output, &sources.found)?;
    let reading = Reading {
        layout: assemble::read_layout(args.common.layout.as_deref())?,
        period: given(&args.common)?,
        common: Common {
            quiet: args.common.quiet || several,
            ..args.common.clone()
        },
    };
    let partitions = Partitions::begin(&args.output)?;
    let bar = assemble::bar(sources.found.len(), args.common.quiet);
    let stopped = AtomicBool::new(false);
    let read = side_by_side(sources.found.len(), |at| {
        if stopped.load(Ordering::Relaxed) {
            return None;
        }
        let exported = reading.read(&sources.found[at]);
        let exported = exported.map(|(exported, tables)| {
            let put = partitions.put(at, &tables);
            stopped.fetch_or(put.is_err(), Ordering::Relaxed);
            (exported, put)
        });
        bar.inc(1);
        Some(exported)
    });
    bar.finish_and_clear();
    let mut told = Told::default();
    if !sources.passed_over.is_empty() {
        told.passed_over(&sources.passed_over);
    }
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut chosen = Vec::new();
    for ((at, source), outcome) in sources.found.iter().enumerate().zip(read) {
        // Nothing follows an output that failed but its failure.
        let Some(outcome) = outcome else { continue };
        let exported = match outcome {
            Ok((exported, put)) => put.map(|()| exported)?,
            Err(failure) if !several => return Err(failure),
            Err(failure) => {
                told.left_out(source, &failure);
                continue;
            }
        };
        // Where the case of names does not count, neither does it here.
        let place = exported.partition.to_lowercase();
        if let Some(first) = places.get(&place) {
            let same = Failure::SamePartition {
                path: source.path().to_owned(),
                of: exported.of.clone(),
                first: sources.found[*first].path().display().to_string(),
            };
            told.left_out_for(&same);
            continue;
        }
        places.insert(place, at);
        chosen.push((at, exported));
    }
    if chosen.is_empty() {
        return Err(Failure::NothingExported);
    }
    for (at, exported) in &chosen {
        let placed = partitions.place(*at, &exported.partition)?;
        told.placed(&sources.found[*at], exported, placed.replaced);
        for beside in placed.beside {
            told.beside(&beside);
        }
    }
    partitions.finish()?;
    Ok(told.done(&args.output))
}

/// Refuses to write where a job collects its returns.
fn refuse_collected(output: &Path, sources: &[Source]) -> Result<(), Failure> {
    for source in sources {
        if let Source::Job(path) = source
            && let Ok(job) = assemble::read_job(path)
        {
            folder::refuse(output, &[], &[job.collect])?;
        }
    }
    Ok(())
}

fn given(common: &Common) -> Result<Option<Period>, Failure> {
    let Some(text) = &common.period else {
        return Ok(None);
    };
    let period = Period::parse(text).ok_or_else(|| Failure::Period(text.clone()))?;
    Ok(Some(period))
}

/// How sources are read.
struct Reading {
    /// Of workbooks; a job has its own.
    layout: Layout,
    period: Option<Period>,
    common: Common,
}

/// What is known of a source whose tables were made.
struct Exported {
    partition: String,
    /// 市 and 期 in words.
    of: String,
    /// Whether errors are left in the job.
    done: Done,
    /// What the office should know.
    notes: Vec<String>,
}

impl Reading {
    /// Makes the tables of one source; a defect that its reading meets costs it alone.
    fn read(&self, source: &Source) -> Result<(Exported, ParquetTables), Failure> {
        let read = || match source {
            Source::Job(path) => self.job(path),
            Source::Workbook(path) => self.workbook(path),
        };
        let gave_up = |_| Err(Failure::read(source.path(), &ReadError::gave_up()));
        catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(gave_up)
    }

    fn job(&self, path: &Path) -> Result<(Exported, ParquetTables), Failure> {
        let mut notes = Vec::new();
        let mut note = |note| notes.push(note);
        let assembled = assemble::assemble_one(path, &self.common, &mut note)?;
        let findings = report::findings(&assembled)?;
        let book = &assembled.book;
        let city = book.cover.city.as_deref();
        if city.is_none() {
            notes.push(nameless(
                "torimatome.toml の [plan] に city = \"市の名前\" と書いて",
            ));
        }
        let source = TidySource::of_book(book);
        tables(
            &source,
            &book.layout,
            (city, book.period),
            verdict(&findings),
            notes,
        )
    }

    fn workbook(&self, path: &Path) -> Result<(Exported, ParquetTables), Failure> {
        let book = official::read_official(path, &self.layout, &Limits::default())?;
        let period = self.period.or_else(|| new_job::reported(&book));
        let Some(period) = period else {
            return Err(Failure::NoPeriodInWorkbook(path.to_owned()));
        };
        let mut notes: Vec<String> = plan::damage(&book).into_iter().collect();
        notes.extend(volumes::one_alone(path, &book));
        let city = book.cover.city.as_deref();
        if city.is_none() {
            notes.push(nameless(
                "表紙の計画の名称を「○○市行政改革実施計画」のように市の名前から始めて",
            ));
        }
        let items = in_order(book.items.iter());
        let source = TidySource::of_workbook(&book.cover, Some(period), items);
        tables(&source, &self.layout, (city, period), Done::Clean, notes)
    }
}

fn tables(
    source: &TidySource<'_>,
    layout: &Layout,
    (city, period): (Option<&str>, Period),
    done: Done,
    mut notes: Vec<String>,
) -> Result<(Exported, ParquetTables), Failure> {
    let mut tables = tidy_parquet(source, layout)?;
    notes.append(&mut tables.unfit);
    let exported = Exported {
        partition: partition(city, period),
        of: format!("{}・{period}", city.unwrap_or("市の名前のないもの")),
        done,
        notes,
    };
    Ok((exported, tables))
}

fn nameless(advice: &str) -> String {
    format!(
        "市の名前が分からないため、市を空（NULL、フォルダは city=__HIVE_DEFAULT_PARTITION__）にしました。{advice}ください。"
    )
}

/// Does work side by side, one thread a core; what comes of it has the order of the numbers.
///
/// The threads are none of rayon's: one that waits for the sheets of its workbook would begin another
/// workbook meanwhile, which would take the first one's time and be held beside it.
fn side_by_side<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return done;
            }
            done.push((at, work(at)));
        }
    };
    let threads = rayon::current_num_threads().min(count);
    let mut done: Vec<(usize, T)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        let done = workers.into_iter().map(|worker| worker.join());
        done.flat_map(|done| done.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, done)| done).collect()
}

/// What is told of a run, and how it ended.
#[derive(Default)]
struct Told {
    written: usize,
    replaced: usize,
    left_out: usize,
    errors: bool,
}

impl Told {
    fn passed_over(&self, files: &[std::path::PathBuf]) {
        let names = files.iter().take(TOLD);
        let names: Vec<String> = names
            .map(|path| on_one_line(&path.display().to_string()))
            .collect();
        let more = match files.len() > TOLD {
            true => "など",
            false => "",
        };
        eprintln!(
            "ブックではないため読まなかったファイル {}件: {}{more}",
            files.len(),
            names.join("、")
        );
    }

    fn left_out(&mut self, source: &Source, failure: &Failure) {
        self.left_out += 1;
        let path = source.path().display();
        eprintln!("「{path}」は表にできないため、除きました。{failure}");
    }

    fn left_out_for(&mut self, same: &Failure) {
        self.left_out += 1;
        eprintln!("{same}");
    }

    fn placed(&mut self, source: &Source, exported: &Exported, replaced: bool) {
        self.written += 1;
        self.replaced += usize::from(replaced);
        self.errors |= exported.done == Done::Errors;
        let path = source.path().display();
        for note in &exported.notes {
            eprintln!("注意: {path}: {note}");
        }
    }

    fn beside(&self, file: &Path) {
        eprintln!(
            "注意: 同じ市と期のところに、別の表があります: {}。合わせて読まれるため、不要であれば削除してください。",
            file.display()
        );
    }

    fn done(&self, folder: &Path) -> Done {
        let mut told = format!("{}件分の表（kpi、text）を書き出しました", self.written);
        if self.replaced > 0 {
            told.push_str(&format!(
                "（うち{}件は以前の表を置き換えました）",
                self.replaced
            ));
        }
        if self.left_out > 0 {
            told.push_str(&format!("。除いたものが{}件あります", self.left_out));
        }
        eprintln!("{told}: {}", folder.display());
        match self.errors || self.left_out > 0 {
            true => Done::Errors,
            false => Done::Clean,
        }
    }
}
