//! What a new job folder holds: plan, previous workbook, layout and settings, from what is given and
//! from last period's workbook.

use std::path::{Path, PathBuf};

use crate::check;
use crate::job::{self, Job, NewSettings, PREVIOUS};
use crate::model::{FiscalYear, Half, ItemSheet, Layout, OfficialBook, Period, Prefer, Volume};
use crate::read::{self, Limits};

use super::args::Common;
use super::failure::Failure;
use super::{assemble, official, plan, volumes};

/// The layout's name in a new job folder.
const LAYOUT: &str = "様式.toml";
/// Endings of workbooks that keep theirs when they are copied.
const ENDINGS: [&str; 6] = ["xlsx", "xlsm", "xls", "xlsb", "ods", "csv"];

/// What a new job is to be made of.
pub(super) struct Wanted<'a> {
    /// Last period's workbook.
    pub(super) from: Option<&'a Path>,
    /// The period that the folder's name says.
    pub(super) named: Option<Period>,
    /// Refuses a period that the workbook reports.
    pub(super) refuse: fn(&Path, Period, &Layout) -> Result<(), Failure>,
    pub(super) common: &'a Common,
}

/// What a new job folder holds.
pub(super) struct NewJob {
    pub(super) period: Option<Period>,
    pub(super) layout: Layout,
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) settings: String,
    /// What each file is, for the clerk: its name and some words.
    pub(super) about: Vec<(String, String)>,
    /// What the clerk should know.
    pub(super) notes: Vec<String>,
}

/// Last period's workbook, and the settings of the job folder that it lies in.
pub(super) struct Last<'a> {
    pub(super) path: &'a Path,
    pub(super) book: OfficialBook,
    /// The period that it reports.
    pub(super) reported: Option<Period>,
}

impl Last<'_> {
    /// Says that a workbook has no results of the year that it reports: it is a plan or a blank form.
    fn without_results(&self) -> Option<String> {
        let year = self.reported?.year;
        let said = |item: &ItemSheet| {
            let mut rows = item.status.iter();
            let mut values = item.kpis.iter().filter_map(|kpi| kpi.year(year));
            rows.any(|row| !row.first_half.is_blank() || !row.second_half.is_blank())
                || values.any(|value| value.actual.as_ref().is_some_and(|one| !one.is_blank()))
                || item.grades().any(|grade| !grade.is_blank())
        };
        (!self.book.items.iter().any(said)).then(|| {
            format!(
                "「{}」には、{}の実績値・取組結果・評価が一つも記入されていません。次の期の様式では前回の実績が空欄になります。計画や記入前の様式ではなく、取りまとめた集約版を指定したか確かめてください。",
                self.book.file,
                year.long()
            )
        })
    }

    /// Says that a workbook is not the one that was published.
    fn not_public(&self) -> Option<String> {
        let name = &self.book.file;
        let what = match (self.book.unsettled, self.book.for_office) {
            (true, _) => "誤りが残ったまま書き出した、未確定の公表用ブック",
            (false, true) => "庁内用の集約版（点検結果のシートがあるブック）",
            (false, false) => return None,
        };
        Some(format!(
            "「{name}」は{what}です。公表した内容と違うと、次の期の点検で正しい記載が誤りとされることがあります。公表用のブックがあるときは、それを指定して作り直してください。"
        ))
    }
}

/// Puts together what a new job folder holds; nothing is written.
pub(super) fn new_job(wanted: &Wanted<'_>) -> Result<NewJob, Failure> {
    let common = wanted.common;
    let beside = wanted.from.map(settings_beside).transpose()?.flatten();
    let set = beside.as_ref().map(|(job, _)| job);
    let limits = set.map_or_else(Limits::default, |job| assemble::limits(&job.limits));
    let layout_path = common
        .layout
        .clone()
        .or_else(|| set.and_then(|job| job.layout.clone()));
    let layout = assemble::read_layout(layout_path.as_deref())?;
    let last = match wanted.from {
        Some(path) => Some(last(path, &layout, &limits)?),
        None => None,
    };
    if let Some((last, reported)) = last.as_ref().and_then(|last| Some((last, last.reported?))) {
        (wanted.refuse)(last.path, reported, &layout)?;
    }
    let period = period(wanted, last.as_ref(), &layout)?;
    let mut new = NewJob {
        period,
        files: Vec::new(),
        settings: String::new(),
        about: vec![(job::SETTINGS.to_owned(), "設定".to_owned())],
        notes: Vec::new(),
        layout,
    };
    let mut settings = NewSettings {
        period,
        ..set.map(taken_over).unwrap_or_default()
    };
    if let (Some(named), Some(period)) = (wanted.named, period)
        && named != period
    {
        new.notes.push(format!(
            "フォルダの名前は{named}ですが、対象の期は{period}です。違うときは、フォルダの名前か torimatome.toml の [period] を直してください。"
        ));
    }
    new.notes
        .extend(last.as_ref().and_then(Last::without_results));
    new.notes.extend(last.as_ref().and_then(Last::not_public));
    new.add_plan(wanted, last.as_ref(), (set, &limits), &mut settings)?;
    new.add_previous(wanted, last.as_ref(), &limits, &mut settings)?;
    if let Some(path) = &layout_path {
        let bytes = load(path, &limits)?;
        new.add(LAYOUT, bytes, "様式の定義".to_owned());
        settings.layout = Some(LAYOUT.to_owned());
    }
    new.settle(settings, beside.as_ref())?;
    Ok(new)
}

impl NewJob {
    pub(super) fn add(&mut self, name: &str, bytes: Vec<u8>, about: String) {
        self.about.push((name.to_owned(), about));
        self.files.push((name.to_owned(), bytes));
    }

    /// The previous workbook that is given, or last period's.
    fn add_previous(
        &mut self,
        wanted: &Wanted<'_>,
        last: Option<&Last<'_>>,
        limits: &Limits,
        settings: &mut NewSettings,
    ) -> Result<(), Failure> {
        let given = wanted.common.previous.as_deref();
        let given = given.map(|path| {
            let book = official::read_whole(path, &self.layout, limits)?;
            Ok::<_, Failure>((path, book.volume))
        });
        let last = last.map(|last| (last.path, last.book.volume));
        let Some((path, volume)) = given.transpose()?.or(last) else {
            return Ok(());
        };
        let name = named_like(PREVIOUS, path);
        let about = format!("前回の集約版（「{}」の写し）", path.display());
        self.add(&name, load(path, limits)?, about);
        self.add_volumes(&name, path, volume, limits)?;
        settings.previous = Some(name);
        Ok(())
    }

    /// The volumes that belong to a workbook that was copied, named like its copy.
    pub(super) fn add_volumes(
        &mut self,
        copy: &str,
        path: &Path,
        volume: Volume,
        limits: &Limits,
    ) -> Result<(), Failure> {
        let copies = volumes::beside(Path::new(copy), volume);
        for (copy, volume) in copies.iter().zip(volumes::beside(path, volume)) {
            let about = format!("その分冊（「{}」の写し）", volume.display());
            self.add(&copy.to_string_lossy(), load(&volume, limits)?, about);
        }
        Ok(())
    }

    /// Writes the settings, with the sections of the job that last period's workbook lies in.
    fn settle(
        &mut self,
        mut settings: NewSettings,
        beside: Option<&(Job, PathBuf)>,
    ) -> Result<(), Failure> {
        let Some((old, file)) = beside else {
            self.settings = job::settings_text(&settings);
            return Ok(());
        };
        settings.sections = job::sections(&assemble::read_text(file)?);
        let text = job::settings_text(&settings);
        // What is taken over must mean the same where it stands now.
        let codes: Vec<&str> = check::rules().iter().map(|rule| rule.code).collect();
        let read = job::parse(&text, Path::new("."), &codes);
        let is_same = read.is_ok_and(|new| {
            new.departments == old.departments
                && new.levels == old.levels
                && new.thresholds == old.thresholds
                && new.kpi_settings == old.kpi_settings
                && new.volume_items == old.volume_items
                && new.limits == old.limits
        });
        if is_same {
            let names = settings
                .sections
                .iter()
                .map(|(name, _)| format!("[{name}]"));
            let names: Vec<String> = names.collect();
            if !names.is_empty() {
                self.notes.push(format!(
                    "「{}」の {} を、新しい torimatome.toml に引き継ぎました。",
                    file.display(),
                    names.join("、")
                ));
            }
            self.settings = text;
            return Ok(());
        }
        settings.sections.clear();
        self.settings = job::settings_text(&settings);
        self.notes.push(format!(
            "「{}」の課の別名や点検の強さなどは、書き方が特別なため引き継いでいません。要るところを新しい torimatome.toml に写してください。",
            file.display()
        ));
        Ok(())
    }
}

/// The settings of the job folder that a workbook lies in.
fn settings_beside(workbook: &Path) -> Result<Option<(Job, PathBuf)>, Failure> {
    let folder = super::claim::folder_of(workbook);
    let Some(file) = job::settings_file(&folder) else {
        return Ok(None);
    };
    Ok(Some((assemble::read_job(&folder)?, file)))
}

/// What is taken over of a job's settings by its value.
fn taken_over(job: &Job) -> NewSettings {
    let prefer = match job.prefer {
        Prefer::Newest => None,
        Prefer::First => Some("first".to_owned()),
        Prefer::Last => Some("last".to_owned()),
    };
    NewSettings {
        prefer,
        city: job.cover.city.clone(),
        name: job.cover.name.clone(),
        years: job.cover.years.clone(),
        issuer: job.cover.issuer.clone(),
        // The deadline was that of the collection before.
        sender: job.notice.sender.clone(),
        contact: job.notice.contact.clone(),
        ..NewSettings::default()
    }
}

fn last<'a>(path: &'a Path, layout: &Layout, limits: &Limits) -> Result<Last<'a>, Failure> {
    if !path.exists() {
        return Err(Failure::NoSuchPath(path.to_owned()));
    }
    let book = official::read_whole(path, layout, limits)?;
    // Its plan fields become the plan.
    plan::refuse_damaged(&book, path)?;
    Ok(Last {
        path,
        reported: reported(&book),
        book,
    })
}

/// The period that a workbook reports: as its cover says, else as its sheets do; one that names no
/// half is a year-end's.
pub(super) fn reported(book: &OfficialBook) -> Option<Period> {
    let sheets = || book.items.iter();
    let year = book.cover.fiscal_year;
    let year = year.or_else(|| sheets().find_map(|item| item.year.get().copied()))?;
    let half = book.cover.half;
    let half = half.or_else(|| sheets().find_map(|item| item.half.get().copied()));
    Some(Period {
        year,
        half: half.unwrap_or(Half::Second),
    })
}

/// The period that is given, or the one after the workbook's, or the one that the folder is named by.
fn period(
    wanted: &Wanted<'_>,
    last: Option<&Last<'_>>,
    layout: &Layout,
) -> Result<Option<Period>, Failure> {
    let given = match &wanted.common.period {
        Some(text) => Some(Period::parse(text).ok_or_else(|| Failure::Period(text.clone()))?),
        None => None,
    };
    let Some(last) = last else {
        return Ok(given.or(wanted.named));
    };
    match (given, last.reported) {
        (Some(given), Some(reported)) if given <= reported => Err(Failure::NotLater {
            path: last.path.to_owned(),
            reported: layout.period_words(reported),
            wanted: layout.period_words(given),
        }),
        (Some(given), _) => Ok(Some(given)),
        (None, Some(reported)) => Ok(Some(following(reported, layout))),
        (None, None) => Err(Failure::WorkbookPeriod(last.path.to_owned())),
    }
}

/// The period after another one; a layout without halves is collected at year-end alone.
fn following(period: Period, layout: &Layout) -> Period {
    let next = FiscalYear(period.year.0.saturating_add(1));
    match (period.half, layout.has_halves()) {
        (Half::First, _) => Period {
            half: Half::Second,
            ..period
        },
        (Half::Second, true) => Period {
            year: next,
            half: Half::First,
        },
        (Half::Second, false) => Period {
            year: next,
            half: Half::Second,
        },
    }
}

/// A name with the ending of the file that is copied.
pub(super) fn named_like(name: &str, path: &Path) -> String {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    let known = ENDINGS.into_iter().find(|known| *known == ending);
    let stem = name.trim_end_matches(".xlsx");
    format!("{stem}.{}", known.unwrap_or("xlsx"))
}

/// Reads a file that is copied.
pub(super) fn load(path: &Path, limits: &Limits) -> Result<Vec<u8>, Failure> {
    read::load(path, limits).map_err(|error| Failure::read(path, &error))
}
