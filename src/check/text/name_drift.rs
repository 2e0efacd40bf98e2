//! T05

use std::collections::BTreeMap;

use crate::check::narrative::{are_drifted, names};
use crate::check::{finding, returned};
use crate::model::{Book, BookItem, CellRef, Finding, ItemSheet, Level, Place, Rule, Text, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "T05",
    name: "name_drift",
    level: Level::Info,
    when: When::Both,
    title: "名称の揺れ",
    why: "同じものの名称が一つの取組の中で異なると、別のものと受け取られます。",
    remedy: "同じものを指す場合は、正しい名称にそろえて記入してください。",
    example: "「窓口改革推進委員会」と「窓口改革推進員委員会」。",
    check,
};

/// Names that begin alike and are compared with each other; a list of more is no prose.
const MOST_ALIKE: usize = 60;

/// Where a name stands, and whether the department wrote it.
type Uses = BTreeMap<String, Vec<(Place, bool)>>;

fn check(book: &Book) -> Vec<Finding> {
    let least = book.thresholds.name_length;
    let sheets = returned(book);
    sheets
        .flat_map(|(item, sheet)| in_sheet(item, sheet, least))
        .collect()
}

fn in_sheet(item: &BookItem, sheet: &ItemSheet, least: usize) -> Vec<Finding> {
    let uses = uses(sheet, least);
    let mut alike: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for name in uses.keys() {
        alike
            .entry(name.chars().take(2).collect())
            .or_default()
            .push(name);
    }
    let mut found = Vec::new();
    for names in alike
        .into_values()
        .filter(|names| names.len() <= MOST_ALIKE)
    {
        for (at, one) in names.iter().enumerate() {
            let drifted = names[at + 1..]
                .iter()
                .filter(|other| are_drifted(one, other));
            found.extend(
                drifted.filter_map(|other| told(item, (one, &uses[*one]), (other, &uses[*other]))),
            );
        }
    }
    found
}

fn uses(sheet: &ItemSheet, least: usize) -> Uses {
    let planned = sheet.kpis.iter().map(|kpi| &kpi.name);
    let planned = planned.chain(sheet.schedule.iter().map(|activity| &activity.name));
    let planned = planned.chain([&sheet.title, &sheet.content, &sheet.effects]);
    let status = sheet.status.iter();
    let status = status.flat_map(|row| [&row.plan, &row.first_half, &row.second_half]);
    let notes = sheet.kpis.iter().flat_map(|kpi| &kpi.notes);
    let written = status.chain(notes).chain([&sheet.comment, &sheet.action]);
    let all = planned
        .map(|text| (text, false))
        .chain(written.map(|text| (text, true)));
    let mut uses = Uses::new();
    for (text, by_department) in all {
        let Text {
            place: Some(place), ..
        } = text
        else {
            continue;
        };
        for name in names(text.text(), least) {
            let places = uses.entry(name).or_default();
            if !places.iter().any(|(known, _)| known == place) {
                places.push((place.clone(), by_department));
            }
        }
    }
    uses
}

/// A name and where it stands.
type Use<'a> = (&'a String, &'a Vec<(Place, bool)>);

/// Tells of the rarer name first where it stands; of both where they are as frequent.
fn told(item: &BookItem, one: Use<'_>, other: Use<'_>) -> Option<Finding> {
    let (usual, rare) = if one.1.len() >= other.1.len() {
        (one, other)
    } else {
        (other, one)
    };
    let mut places: Vec<&Place> = rare
        .1
        .iter()
        .filter(|used| used.1)
        .map(|used| &used.0)
        .collect();
    if usual.1.len() == rare.1.len() || places.is_empty() {
        places.extend(usual.1.iter().filter(|used| used.1).map(|used| &used.0));
    }
    places.sort();
    let cells = |used: Use<'_>| {
        let cells: Vec<String> = used
            .1
            .iter()
            .map(|(place, _)| place.cell.to_string())
            .collect();
        format!("「{}」（{}）", used.0, cells.join("、"))
    };
    let first = (*places.first()?).clone();
    let message = format!(
        "よく似た名称が混在しています：{}、{}",
        cells(usual),
        cells(rare)
    );
    let all: Vec<CellRef> = places.iter().map(|place| place.cell).collect();
    Some(Finding {
        found: Some(rare.0.clone()),
        expected: Some(usual.0.clone()),
        cells: all,
        ..finding(&RULE, item, Some(first), message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let sheet = clean().put("E22", "窓口改革推進委員会を設置しました。6件です。");
        let both = sheet.put("I22", "窓口改革推進員委員会を8件開きました。");
        assert_eq!(found(&RULE, &both.book()), ["T05 E22,I22"]);
        let plan = clean().both("A8", "窓口改革推進委員会の設置");
        let plan = plan.put("D30", "窓口改革推進員委員会を設置しました。");
        assert_eq!(found(&RULE, &plan.book()), ["T05 D30"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        for text in [
            "行政改革推進委員会委員を選びました。",
            "推進員委員会を開きました。",
            "行政改革推進委員長を選びました。",
        ] {
            let sheet = clean().put("E22", "行政改革推進委員会と推進委員会を開きました。");
            assert!(
                found(&RULE, &sheet.put("I22", text).book()).is_empty(),
                "{text}"
            );
        }
    }
}
