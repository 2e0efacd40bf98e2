//! What can be read of `[labels]` and `[[axes]]` and cannot be found on a sheet, or not be written.

use super::keys::texts;
use super::{LayoutProblem, Read, at};
use crate::job::error::{JobError, Problem};
use crate::job::section::{Entry, Section, nearest};
use crate::model::text::label_key;

const LABELS: &str = "labels";
/// What stands for something else in a spelling.
const PLACEHOLDERS: [&str; 4] = ["year", "nengo", "half", "name"];
/// What is filled where a label is written.
const FILLED: [&str; 2] = ["year", "nengo"];
/// Labels that are written with a year.
const WITH_YEAR: [&str; 5] = ["schedule_year", "kpi_year", "actual", "target", "status"];
/// Labels of two places that nobody confuses: they may be the same words.
const APART: [[&str; 2]; 2] = [["departments", "lead"], ["schedule_year", "kpi_year"]];
/// What is no label of a cell, or a title that stands where no label does.
const NO_LABELS: [&str; 2] = ["additions", "heading"];

/// A spelling with the key of its label.
struct Spelling<'a> {
    key: &'a str,
    entry: Entry<'a>,
    text: String,
    /// Whether it is the one that is written.
    first: bool,
}

/// Refuses the first label without spellings, with a wrong placeholder, or in the words of another.
pub(super) fn check(read: &Read<'_>) -> Result<(), JobError> {
    let spellings = spellings(read)?;
    for spelling in &spellings {
        placeholders(read, spelling)?;
    }
    years(read)?;
    let mut known: Vec<(&Spelling<'_>, String)> = Vec::new();
    for spelling in &spellings {
        if NO_LABELS.contains(&spelling.key) {
            continue;
        }
        let key = label_key(&spelling.text.replace("{nengo}", "{year}"));
        let rival = known.iter().find(|(other, words)| {
            *words == key && other.key != spelling.key && !are_apart(other.key, spelling.key)
        });
        if let Some((other, _)) = rival {
            let (text, other) = (spelling.text.clone(), other.key.to_owned());
            let problem = LayoutProblem::SameLabel { text, other };
            return Err(at(&read.top, Some(spelling.entry), problem));
        }
        known.push((spelling, key));
    }
    Ok(())
}

/// Refuses labels without a name for the column of results, or with two.
pub(super) fn one_result(top: &Section<'_>) -> Result<(), JobError> {
    let labels = top.get(LABELS);
    let of = |key| labels.and_then(|labels| labels.section(LABELS)?.get(key));
    match (of("second_half"), of("result")) {
        (Some(_), Some(again)) => Err(again.error(Problem::Repeated(again.key.to_owned()))),
        (None, None) => Err(at(top, labels, LayoutProblem::NoResult)),
        (Some(_), None) | (None, Some(_)) => Ok(()),
    }
}

fn are_apart(one: &str, other: &str) -> bool {
    APART.contains(&[one, other]) || APART.contains(&[other, one])
}

/// The spellings of every label, in the order of the file.
fn spellings<'a>(read: &Read<'a>) -> Result<Vec<Spelling<'a>>, JobError> {
    let mut found = Vec::new();
    let labels = read.section(LABELS);
    for entry in labels.iter().flat_map(Section::entries) {
        of_label(read, entry, entry.key, &mut found)?;
    }
    let axes = read.top.get("axes").and_then(|axes| axes.list());
    let names = axis_keys(read);
    for (axis, name) in axes.unwrap_or_default().into_iter().zip(names) {
        let label = axis.section("axes").and_then(|axis| axis.get("label"));
        if let Some(entry) = label {
            of_label(read, entry, name, &mut found)?;
        }
    }
    Ok(found)
}

/// What an axis is called in a message: `axes`, told apart by their order.
fn axis_keys(read: &Read<'_>) -> Vec<&'static str> {
    const NAMES: [&str; 4] = [
        "一つ目のaxes",
        "二つ目のaxes",
        "三つ目のaxes",
        "四つ目のaxes",
    ];
    let count = read.layout.axes.len();
    NAMES.into_iter().cycle().take(count).collect()
}

fn of_label<'a>(
    read: &Read<'a>,
    entry: Entry<'a>,
    key: &'a str,
    found: &mut Vec<Spelling<'a>>,
) -> Result<(), JobError> {
    let all = texts(entry)?;
    if all.is_empty() && key != "additions" {
        let problem = LayoutProblem::NoSpelling(entry.key.to_owned());
        return Err(at(&read.top, Some(entry), problem));
    }
    let spelling = |(at, (entry, text)): (usize, (Entry<'a>, String))| Spelling {
        key,
        entry,
        text,
        first: at == 0,
    };
    found.extend(all.into_iter().enumerate().map(spelling));
    Ok(())
}

fn placeholders(read: &Read<'_>, spelling: &Spelling<'_>) -> Result<(), JobError> {
    let wrong = |problem| Err(at(&read.top, Some(spelling.entry), problem));
    let mut rest = spelling.text.as_str();
    while let Some(open) = rest.find('{') {
        let behind = &rest[open + 1..];
        let Some(close) = behind.find('}') else {
            return wrong(LayoutProblem::Brace(spelling.text.clone()));
        };
        let name = &behind[..close];
        if !PLACEHOLDERS.contains(&name) {
            return wrong(LayoutProblem::Placeholder {
                name: name.to_owned(),
                nearest: nearest(name, &PLACEHOLDERS),
            });
        }
        let filled = FILLED.contains(&name) && WITH_YEAR.contains(&spelling.key);
        let written = spelling.first && !NO_LABELS.contains(&spelling.key);
        if written && !filled {
            return wrong(LayoutProblem::Unfilled {
                name: name.to_owned(),
                text: spelling.text.clone(),
            });
        }
        rest = &behind[close + 1..];
    }
    Ok(())
}

/// Refuses heads of years that are written without a year.
fn years(read: &Read<'_>) -> Result<(), JobError> {
    let labels = &read.layout.labels;
    let above = labels.kpi_year.names_year();
    let columns = read.layout.item.cells_of_a_year() > 1;
    for (key, label, told) in [
        ("schedule_year", &labels.schedule_year, false),
        ("kpi_year", &labels.kpi_year, labels.kpi_year.is_none()),
        ("actual", &labels.actual, above && columns),
        ("target", &labels.target, above && columns),
    ] {
        if !label.names_year() && !told {
            return Err(read.error(LABELS, key, LayoutProblem::NoYear(key.to_owned())));
        }
    }
    Ok(())
}
