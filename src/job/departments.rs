//! `[departments]`: what a department is called elsewhere, was called before, or becomes.
//!
//! ```toml
//! [departments]
//! "総務課" = ["総務", "庶務課"]                           # 略称・旧名
//! "庶務係" = "総務課"
//! "建設課" = { name = "建設部建設課", from = "R6" }        # 改組
//! "企画政策課" = { name = ["企画課", "政策課"], from = "R6上半期" }
//! ```

use std::collections::BTreeMap;

use super::error::{JobError, Problem};
use super::section::{Entry, Section};
use crate::model::text::name_key;
use crate::model::{Half, Period, Renaming};

const EXPECTED: &str = "計画にある課名か、[\"旧名\", \"略称\"]のような一覧か、\
                        { name = \"新しい課名\", from = \"R6\" }を";
const EXPECTED_NAME: &str = "新しい課名を";
const EXPECTED_FROM: &str = "「R6」や「R6下半期」のように、変わった時期を";

/// Reads the section: other names, and reorganisations with the period from which they hold.
///
/// # Errors
/// A value of the wrong kind; a name that would become two others at any time, or itself.
pub(super) fn departments(section: &Section<'_>) -> Result<Vec<Renaming>, JobError> {
    let mut renamings: Vec<Renaming> = Vec::new();
    let mut always: BTreeMap<String, String> = BTreeMap::new();
    for entry in section.entries() {
        for renaming in renamings_of(entry)? {
            let (old, new) = (name_key(&renaming.old), name_key(&renaming.new));
            if old == new {
                continue;
            }
            if renaming.from.is_none() {
                match always.insert(old, new.clone()) {
                    Some(before) if before != new => {
                        return Err(entry.error(Problem::Repeated(renaming.old)));
                    }
                    Some(_) | None => {}
                }
                if circles(&always, &new) {
                    return Err(entry.refuse("ほかの行と食い違わないように、計画にある課名を"));
                }
            }
            renamings.push(renaming);
        }
    }
    Ok(renamings)
}

fn renamings_of(entry: Entry<'_>) -> Result<Vec<Renaming>, JobError> {
    if let Some(table) = entry.section("departments") {
        return dated(entry, &table);
    }
    let always = |old: String, new: String| Renaming {
        old,
        new,
        from: None,
    };
    match entry.list() {
        Some(others) => {
            let names = others.iter().map(|other| other.text());
            let names: Result<Vec<String>, JobError> = names.collect();
            let names = names.map_err(|_| entry.refuse(EXPECTED))?;
            let renaming = |old| always(old, entry.key.to_owned());
            Ok(names.into_iter().map(renaming).collect())
        }
        None => {
            let name = entry.text().map_err(|_| entry.refuse(EXPECTED))?;
            Ok(vec![always(entry.key.to_owned(), name)])
        }
    }
}

/// `{ name = "…", from = "R6" }`; several names where the department was divided.
fn dated(entry: Entry<'_>, table: &Section<'_>) -> Result<Vec<Renaming>, JobError> {
    table.allow(&["name", "from"])?;
    let name = table.required("name", "name = \"建設部建設課\"")?;
    let from = table.required("from", "from = \"R6\"")?;
    let from = period(from)?;
    let names = name.list().unwrap_or_else(|| vec![name]);
    if names.is_empty() {
        return Err(name.refuse(EXPECTED_NAME));
    }
    let mut renamings = Vec::with_capacity(names.len());
    for one in names {
        renamings.push(Renaming {
            old: entry.key.to_owned(),
            new: one.text().map_err(|_| name.refuse(EXPECTED_NAME))?,
            from: Some(from),
        });
    }
    Ok(renamings)
}

/// A half, or a fiscal year from its beginning.
fn period(entry: Entry<'_>) -> Result<Period, JobError> {
    let half = entry.text().ok().and_then(|text| Period::parse(&text));
    let year = || {
        entry.fiscal_year().ok().map(|year| Period {
            year,
            half: Half::First,
        })
    };
    half.or_else(year)
        .ok_or_else(|| entry.refuse(EXPECTED_FROM))
}

/// Tells whether a name becomes itself by way of others.
fn circles(names: &BTreeMap<String, String>, start: &String) -> bool {
    let mut name = start;
    for _ in 0..names.len() {
        match names.get(name) {
            Some(next) if next == start => return true,
            Some(next) => name = next,
            None => return false,
        }
    }
    false
}
