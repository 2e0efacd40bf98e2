//! `torimatome.toml`.

use std::path::Path;

use super::departments::departments;
use super::document::Document;
use super::error::{JobError, Problem};
use super::kpi::{self, KPI};
use super::rules::{levels, thresholds};
use super::section::{Entry, Section, nearest};
use super::{CoverSettings, Job, Limits, SETTINGS};
use crate::model::{FiscalYear, Half, Notice, Period, Prefer};

/// The sections and the keys of each; `[departments]` and `[rules]` hold names.
const SECTIONS: [(&str, &[&str]); 10] = [
    ("period", &["fiscal_year", "half"]),
    ("plan", &["file", "city", "name", "years"]),
    ("previous", &["file"]),
    ("collect", &["folder", "prefer"]),
    ("layout", &["file"]),
    ("cover", &["issued", "issuer"]),
    ("forms", &["deadline", "sender", "contact"]),
    ("volumes", &["items"]),
    ("departments", &[]),
    ("rules", &[]),
];
/// The section whose keys are numbers.
const LIMITS: &str = "limits";
const LIMIT_KEYS: [&str; 16] = [
    "file_mib",
    "entries",
    "part_mib",
    "total_mib",
    "ratio",
    "token_kib",
    "depth",
    "sheets",
    "cells",
    "ratio_grace_mib",
    "merges",
    "styles",
    "damaged",
    "remarks",
    "memory_mib",
    "seconds",
];
/// The most that a limit can be set to, in its own unit.
const MOST: u64 = 1_000_000_000;

/// The unit of limits whose names end in `_mib` and `_kib`, in bytes.
const MIB: u64 = 1024 * 1024;
const KIB: u64 = 1024;

/// Reads the text of a `torimatome.toml`; paths are taken relative to the job folder.
///
/// # Errors
/// The first mistake, with its line and with what to write instead.
///
/// ```
/// # use std::path::Path;
/// let text = "[period]\nfiscal_year = \"R5\"\nhalf = \"下半期\"\n[rules]\nK7 = \"off\"\n";
/// let error = torimatome::job::parse(text, Path::new("R5下半期"), &["K07"]).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "torimatome.tomlの5行目：「K7」という点検規則はありません。\
///      「K07」の書き間違いでないか確かめてください。"
/// );
/// ```
pub fn parse(text: &str, folder: &Path, known_codes: &[&str]) -> Result<Job, JobError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = Document::parse(SETTINGS, text)?;
    let top = Section::top(&document);
    sections_are_known(&top)?;

    let mut job = Job::without_settings(folder);
    let section = |name| section(&top, name);

    let Some(period) = section("period")? else {
        return Err(document.absent(Problem::MissingSection {
            section: "period".to_owned(),
            example: "[period]」「fiscal_year = \"R5\"」「half = \"下半期\"".to_owned(),
        }));
    };
    job.period = Some(read_period(&period)?);

    if let Some(plan) = section("plan")? {
        if let Some(file) = plan.get("file") {
            job.plan = folder.join(file.path()?);
        }
        job.cover.city = plan.text("city")?;
        job.cover.name = plan.text("name")?;
        job.cover.years = plan.get("years").map_or(Ok(Vec::new()), years)?;
    }
    if let Some(previous) = section("previous")? {
        let named = previous.get("file").map(|file| file.path()).transpose()?;
        job.previous = Some(folder.join(named.as_deref().unwrap_or(super::PREVIOUS)));
    }
    if let Some(collect) = section("collect")? {
        if let Some(named) = collect.get("folder") {
            job.collect = folder.join(named.path()?);
        }
        job.prefer = collect
            .get("prefer")
            .map_or(Ok(Prefer::default()), prefer)?;
    }
    if let Some(layout) = section("layout")? {
        let named = layout.get("file").map(|file| file.path()).transpose()?;
        job.layout = named.map(|named| folder.join(named));
    }
    if let Some(cover) = section("cover")? {
        job.cover = CoverSettings {
            issued: cover.text("issued")?,
            issuer: cover.text("issuer")?,
            ..job.cover
        };
    }
    if let Some(forms) = section("forms")? {
        job.notice = Notice {
            deadline: forms.text("deadline")?,
            sender: forms.text("sender")?,
            contact: forms.text("contact")?,
        };
    }
    if let Some(volumes) = section("volumes")? {
        let items = volumes.get("items");
        job.volume_items = items.map(|items| items.count(MOST)).transpose()?;
    }
    if let Some(names) = section("departments")? {
        job.departments = departments(&names)?;
    }
    if let Some(rules) = section("rules")? {
        job.levels = levels(&rules, known_codes)?;
        job.thresholds = thresholds(&rules)?;
    }
    if let Some(set) = section(LIMITS)? {
        job.limits = limits(&set)?;
    }
    job.kpi_settings = kpi::settings(&top)?;
    Ok(job)
}

/// Tells whether a section of the settings has this name.
pub(super) fn is_section(name: &str) -> bool {
    let mut names = SECTIONS.iter().map(|(name, _)| *name);
    names.any(|known| known == name) || [LIMITS, KPI].contains(&name)
}

/// The sections with fixed keys, and their keys.
#[cfg(test)]
pub(super) fn keys() -> Vec<(&'static str, &'static [&'static str])> {
    let limits = (LIMITS, &LIMIT_KEYS[..]);
    SECTIONS.into_iter().chain([limits]).collect()
}

/// Refuses the first section that does not exist, and keys that stand above all sections.
fn sections_are_known(top: &Section<'_>) -> Result<(), JobError> {
    let mut names: Vec<&str> = SECTIONS.iter().map(|(name, _)| *name).collect();
    names.extend([LIMITS, "[kpi]"]);
    // [[kpi]] has a shape of its own.
    let sections = top.entries().into_iter().filter(|entry| entry.key != KPI);
    for entry in sections {
        match (names.contains(&entry.key), entry.section("")) {
            (true, Some(_)) => {}
            (true, None) => return Err(entry.error(Problem::NotASection(entry.key.to_owned()))),
            (false, Some(_)) => {
                return Err(entry.error(Problem::UnknownSection {
                    name: entry.key.to_owned(),
                    nearest: nearest(entry.key, &names),
                }));
            }
            (false, None) => return Err(entry.error(misplaced(entry.key, &names))),
        }
    }
    Ok(())
}

/// What to say of a key that stands above all sections.
fn misplaced(key: &str, names: &[&str]) -> Problem {
    match home(key) {
        Some(section) => Problem::Misplaced {
            key: key.to_owned(),
            section: section.to_owned(),
        },
        None => Problem::UnknownSection {
            name: key.to_owned(),
            nearest: nearest(key, names),
        },
    }
}

/// The section that a key belongs into, where it is only one.
fn home(key: &str) -> Option<&'static str> {
    let mut homes = SECTIONS.iter().filter(|(_, keys)| keys.contains(&key));
    match (homes.next(), homes.next()) {
        (Some((section, _)), None) => Some(section),
        (Some(_), Some(_)) | (None, _) => None,
    }
}

/// A section with its keys known; `[departments]` and `[rules]` check their own.
fn section<'a>(top: &Section<'a>, name: &'static str) -> Result<Option<Section<'a>>, JobError> {
    let Some(section) = top.get(name).and_then(|entry| entry.section(name)) else {
        return Ok(None);
    };
    let keys = SECTIONS.iter().find(|(known, _)| *known == name);
    let keys = keys.map_or(&LIMIT_KEYS[..], |(_, keys)| *keys);
    if keys.is_empty() {
        return Ok(Some(section));
    }
    let unknown = section
        .entries()
        .into_iter()
        .find(|entry| !keys.contains(&entry.key));
    match unknown.and_then(|entry| home(entry.key).map(|home| (entry, home))) {
        Some((entry, home)) => Err(entry.error(Problem::Misplaced {
            key: entry.key.to_owned(),
            section: home.to_owned(),
        })),
        None => section.allow(keys).map(|()| Some(section)),
    }
}

fn read_period(section: &Section<'_>) -> Result<Period, JobError> {
    let year = section.required("fiscal_year", "fiscal_year = \"R5\"")?;
    let year = year.fiscal_year()?;
    let half = section.required("half", "half = \"下半期\"")?;
    let read = half.text().ok().and_then(|text| Half::parse(&text));
    let half = read.ok_or_else(|| half.refuse("「上半期」か「下半期」を"))?;
    Ok(Period { year, half })
}

fn years(entry: Entry<'_>) -> Result<Vec<FiscalYear>, JobError> {
    let expected = "[\"R4\", \"R5\", \"R6\"]のように、計画の年度を順に";
    let list = entry.list().filter(|list| !list.is_empty());
    let list = list.ok_or_else(|| entry.refuse(expected))?;
    let years: Result<Vec<FiscalYear>, JobError> =
        list.iter().map(|year| year.fiscal_year()).collect();
    let years = years?;
    if !years.is_sorted_by(|a, b| a < b) {
        return Err(entry.refuse(expected));
    }
    Ok(years)
}

fn prefer(entry: Entry<'_>) -> Result<Prefer, JobError> {
    match entry.text().as_deref() {
        Ok("newest") => Ok(Prefer::Newest),
        Ok("first") => Ok(Prefer::First),
        Ok("last") => Ok(Prefer::Last),
        Ok(_) | Err(_) => Err(entry.refuse("「newest」「first」「last」のどれかを")),
    }
}

fn limits(section: &Section<'_>) -> Result<Limits, JobError> {
    let limit = |key, unit: u64| {
        let entry = section.get(key);
        let count = entry.map(|entry| entry.count(MOST)).transpose()?;
        Ok::<_, JobError>(count.map(|count| count * unit))
    };
    Ok(Limits {
        file: limit("file_mib", MIB)?,
        entries: limit("entries", 1)?,
        part: limit("part_mib", MIB)?,
        total: limit("total_mib", MIB)?,
        ratio: limit("ratio", 1)?,
        token: limit("token_kib", KIB)?,
        depth: limit("depth", 1)?,
        sheets: limit("sheets", 1)?,
        cells: limit("cells", 1)?,
        ratio_grace: limit("ratio_grace_mib", MIB)?,
        merges: limit("merges", 1)?,
        styles: limit("styles", 1)?,
        damaged: limit("damaged", 1)?,
        remarks: limit("remarks", 1)?,
        memory: limit("memory_mib", MIB)?,
        seconds: limit("seconds", 1)?,
    })
}
