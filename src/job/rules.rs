//! `[rules]`: the level of any rule, and what can be tuned in some of them.
//!
//! ```toml
//! [rules]
//! T01 = "off"
//! K07 = { level = "info", factor = 20 }
//! ```

use std::collections::BTreeMap;

use super::error::{JobError, Problem};
use super::section::{Entry, Section, nearest};
use crate::model::{Level, Thresholds};

const SECTION: &str = "rules";
/// Rules with a threshold, and what it is called.
const TUNED: [(&str, &str); 4] = [
    ("K07", "factor"),
    ("T04", "length"),
    ("T05", "length"),
    ("T07", "length"),
];
/// The most that a factor or a length can be set to.
const MOST: u64 = 10_000;

/// Reads the levels that are set, by code; `None` is off.
///
/// # Errors
/// A rule that does not exist; a level that does not.
pub(super) fn levels(
    section: &Section<'_>,
    known_codes: &[&str],
) -> Result<BTreeMap<String, Option<Level>>, JobError> {
    let mut levels = BTreeMap::new();
    for entry in section.entries() {
        if !known_codes.contains(&entry.key) {
            return Err(entry.error(Problem::UnknownRule {
                code: entry.key.to_owned(),
                nearest: nearest(entry.key, known_codes),
            }));
        }
        match entry.section(SECTION) {
            None => {
                levels.insert(entry.key.to_owned(), level(entry)?);
            }
            Some(table) => {
                let mut keys = vec!["level"];
                keys.extend(threshold_of(entry.key));
                table.allow(&keys)?;
                if let Some(set) = table.get("level") {
                    levels.insert(entry.key.to_owned(), level(set)?);
                }
            }
        }
    }
    Ok(levels)
}

/// A level by its code or its Japanese word; `off` is none.
fn level(entry: Entry<'_>) -> Result<Option<Level>, JobError> {
    let text = entry.text().unwrap_or_default();
    if text == "off" {
        return Ok(None);
    }
    [Level::Error, Level::Warning, Level::Info]
        .into_iter()
        .find(|level| text == level.code() || text == level.label())
        .map(Some)
        .ok_or_else(|| entry.refuse("「off」「info」「warning」「error」のどれかを"))
}

/// Reads what is tuned; what is not set has its default.
///
/// # Errors
/// A value that is no number, or one outside its range.
pub(super) fn thresholds(section: &Section<'_>) -> Result<Thresholds, JobError> {
    let mut set = Thresholds::default();
    for (code, key) in TUNED {
        let table = section.get(code).and_then(|entry| entry.section(SECTION));
        let Some(entry) = table.and_then(|table| table.get(key)) else {
            continue;
        };
        let number = entry.count(MOST)?;
        let length = usize::try_from(number).unwrap_or(usize::MAX);
        match code {
            "K07" if number < 2 => {
                return Err(entry.refuse("2以上の整数を、「\"」で囲まずに"));
            }
            "K07" => set.digit_slip_factor = u32::try_from(number).unwrap_or(u32::MAX),
            "T04" => set.repeated_half_length = length,
            "T05" => set.name_length = length,
            _ => set.copied_text_length = length,
        }
    }
    Ok(set)
}

fn threshold_of(code: &str) -> Option<&'static str> {
    let tuned = TUNED.iter().find(|(rule, _)| *rule == code);
    tuned.map(|(_, key)| *key)
}
