//! Returns that were made from the description of the sheet alone, by somebody who had not seen the
//! reader: every word of them is in its field, or the report tells of its cell, its sheet or itself.
//!
//! `fixtures/unseen/truth.csv` says of each word where it belongs; no field is a word that must be
//! reported. Each file is judged alone, as if it were the only return.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;
use torimatome::gather::{self, Parts};
use torimatome::model::text::fold;
use torimatome::model::{
    Book, Cover, Finding, ItemSheet, OfficialBook, Period, Prefer, Thresholds,
};
use torimatome::read::{self, Limits};
use torimatome::{check, collected_files, default_layout, export_items, official_book};

/// Words that the reader takes for an entry although they should be told, and why.
const KNOWN: [(&str, &str); 1] = [("課内限り", "white letters on a white ground")];

#[derive(Debug, serde::Deserialize)]
struct Truth {
    file: String,
    sheet: String,
    cell: String,
    word: String,
    item: Option<u32>,
    field: String,
    or_field: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/unseen")
}

fn plan() -> OfficialBook {
    let bytes = std::fs::read(folder().join("計画.xlsx")).unwrap();
    official_book("計画.xlsx", bytes, &default_layout(), &Limits::default()).unwrap()
}

fn gathered(file: &str, plan: OfficialBook) -> Book {
    let (layout, limits) = (default_layout(), Limits::default());
    let paths = read::collect(&[folder().join("回収").join(file)], &limits).unwrap();
    let files = collected_files(&paths.files, &layout, &limits, &|_| {});
    gather::book(Parts {
        period: Period::parse("R5下").unwrap(),
        plan,
        previous: None,
        files,
        cover: Cover::default(),
        prefer: Prefer::default(),
        aliases: Vec::new(),
        layout,
        thresholds: Thresholds::default(),
        kpi_settings: Vec::new(),
    })
}

/// White space and width aside.
fn plain(text: &str) -> String {
    fold(text).split_whitespace().collect()
}

/// Every sheet that was read of a file as an item, whatever became of it.
fn sheets(book: &Book) -> Vec<&ItemSheet> {
    let items = book.items.iter();
    let of_items = items.flat_map(|item| {
        let apart = item.other_period.iter().chain(&item.misnumbered);
        item.returns.iter().chain(apart)
    });
    of_items
        .chain(&book.strangers)
        .map(|one| &one.sheet)
        .collect()
}

/// Fields by their names in `truth.csv`.
type Fields = Vec<(String, String)>;

/// The fields of an item in the words of `truth.csv`, each with what it says.
fn fields(item: &Value) -> Fields {
    let mut all = Fields::new();
    let mut add = |name: &str, value: &Value| {
        let text = value.as_str().map_or_else(String::new, plain);
        all.push((name.to_owned(), text));
    };
    for name in ["title", "content", "effects", "action", "priority"] {
        add(name, &item[name]);
    }
    for name in ["lead", "related"] {
        for one in item[name].as_array().unwrap() {
            add("departments", one);
        }
    }
    for activity in item["schedule"].as_array().unwrap() {
        add("schedule", &activity["activity"]);
        for phase in activity["phases"].as_array().unwrap() {
            add("schedule", &phase["text"]);
        }
    }
    for note in item["schedule_notes"].as_array().unwrap() {
        add("schedule_note", note);
    }
    for kpi in item["kpis"].as_array().unwrap() {
        add("kpi_name", &kpi["name"]);
        add("baseline", &kpi["baseline"]["raw"]);
        add("kpi_note", &kpi["note"]);
        for year in kpi["years"].as_array().unwrap() {
            let named = year["year"].as_str().unwrap();
            add(&format!("actual_{named}"), &year["actual"]["raw"]);
            add(&format!("target_{named}"), &year["target"]["raw"]);
        }
    }
    for row in item["status"].as_array().unwrap() {
        for name in ["plan", "first_half", "second_half"] {
            add(name, &row[name]);
        }
    }
    add("grade", &item["assessment"]["grade"]["raw"]);
    add("comment", &item["assessment"]["comment"]);
    for note in item["footnotes"].as_array().unwrap() {
        add("footnote", &note["term"]);
        add("footnote", &note["text"]);
    }
    all
}

/// Tells whether the report speaks of a word, of its cell, or of the whole sheet that it is on.
fn is_told(truth: &Truth, findings: &[Finding]) -> bool {
    // S03, S04, S08, S09, S14: the whole file or sheet is not taken, or not wholly seen.
    let whole = ["S03", "S04", "S08", "S09"];
    findings.iter().any(|finding| {
        // A CSV has one sheet, whatever a spreadsheet program calls it.
        let one_sheet = truth.sheet.is_empty() || truth.file.ends_with(".csv");
        let place = finding.place.as_ref();
        let here = place.is_some_and(|place| one_sheet || place.source.sheet == truth.sheet);
        let cells: Vec<String> = finding.cells.iter().map(ToString::to_string).collect();
        let at = finding.code.starts_with('S') && here && cells.contains(&truth.cell);
        let found = finding.found.as_deref().unwrap_or("");
        let word = plain(&truth.word);
        let said = plain(&finding.message).contains(&word) || plain(found).contains(&word);
        let unseen = finding.code == "S14" && truth.cell.is_empty();
        at || said || unseen || (here && whole.contains(&finding.code))
    })
}

#[test]
fn every_word_is_in_its_field_or_the_report_tells_of_it() {
    let mut reader = csv::Reader::from_path(folder().join("truth.csv")).unwrap();
    let truths: Vec<Truth> = reader.deserialize().map(Result::unwrap).collect();
    assert!(truths.len() > 700);
    let files: BTreeSet<&str> = truths.iter().map(|truth| truth.file.as_str()).collect();
    assert!(files.len() >= 10);
    let plan = plan();
    let mut wrong = Vec::new();
    for file in files {
        let book = gathered(file, plan.clone());
        let findings = check::findings(&book, &BTreeMap::new());
        let read = sheets(&book);
        let json: Value = serde_json::from_str(&export_items(&read, &book).unwrap()).unwrap();
        let items: Vec<(Option<u64>, Fields)> = json["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| (item["number"].as_u64(), fields(item)))
            .collect();
        for truth in truths.iter().filter(|truth| truth.file == file) {
            let word = plain(&truth.word);
            let places: Vec<(Option<u64>, &str)> = items
                .iter()
                .flat_map(|(number, fields)| {
                    let holding = fields.iter().filter(|(_, text)| text.contains(&word));
                    holding.map(|(name, _)| (*number, name.as_str()))
                })
                .collect();
            let item = truth.item.map(u64::from);
            let right = !truth.field.is_empty()
                && places.iter().any(|(number, name)| {
                    *number == item && (*name == truth.field || *name == truth.or_field)
                });
            let known = KNOWN.iter().any(|(known, _)| *known == truth.word);
            if right == known && !is_told(truth, &findings) {
                wrong.push(format!(
                    "{file} {}!{}: {} belongs into {:?}, stands in {places:?}",
                    truth.sheet, truth.cell, truth.word, truth.field
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
