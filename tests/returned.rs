//! Returned forms, each damaged in one way: what each must be read as is written down.
//!
//! The workbooks of `fixtures/returned` are written by `make.py` there, with openpyxl and with
//! LibreOffice. `expected.toml` says for each, beside what the complete form gives: the lines of
//! the model that differ, and the findings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use torimatome::gather::{self, Parts};
use torimatome::model::{Book, Cover, Period, Prefer, Thresholds};
use torimatome::read::Limits;
use torimatome::{check, collected_file, default_layout, official_book};

use crate::lines::lines;

/// What a workbook must be read as.
#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Why it must be so, where that is not plain.
    #[serde(default)]
    because: String,
    /// Lines of the complete form that are not there.
    #[serde(default)]
    lost: Vec<String>,
    /// Lines that are there instead.
    #[serde(default)]
    found: Vec<String>,
    /// Code, level where it is not the rule's own, and cells of every finding.
    #[serde(default)]
    findings: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/returned")
}

/// The book of one returned file.
fn book(name: &str) -> Book {
    let (layout, limits) = (default_layout(), Limits::default());
    let plan = std::fs::read(folder().join("計画.xlsx")).unwrap();
    let plan = official_book("計画.xlsx", plan, &layout, &limits).unwrap();
    let file = collected_file(name, &folder().join(name), &layout, &limits);
    gather::book(Parts {
        period: Period::parse("R5下").unwrap(),
        plan,
        previous: None,
        files: vec![file],
        cover: Cover::default(),
        prefer: Prefer::default(),
        aliases: Vec::new(),
        layout,
        thresholds: Thresholds::default(),
        kpi_settings: Vec::new(),
    })
}

/// The lines of everything that was returned, and what is found in it.
fn read(name: &str) -> (Vec<String>, BTreeSet<String>) {
    let book = book(name);
    let returns = book.items.iter().flat_map(|item| &item.returns);
    let sheets: Vec<_> = returns.map(|one| one.sheet.clone()).collect();
    let findings = check::findings(&book, &BTreeMap::new());
    let told = findings.iter().map(|finding| {
        let mut words = vec![finding.code.to_owned()];
        if check::rule(finding.code).unwrap().level != finding.level {
            words.push(finding.level.code().to_owned());
        }
        let cells: Vec<String> = finding.cells.iter().map(ToString::to_string).collect();
        words.push(cells.join(","));
        words.join(" ").trim().to_owned()
    });
    // The plan has a second item, which nobody returned.
    let told = told.filter(|told| told != "S02" && told != "S01");
    (lines(&sheets), told.collect())
}

fn without(lines: &[String], others: &[String]) -> Vec<String> {
    let mut left = others.to_vec();
    let mut rest = Vec::new();
    for line in lines {
        match left.iter().position(|other| other == line) {
            Some(at) => {
                left.remove(at);
            }
            None => rest.push(line.clone()),
        }
    }
    rest
}

#[test]
fn each_damage_gives_the_undamaged_model_or_a_finding_where_it_is() {
    let text = std::fs::read_to_string(folder().join("expected.toml")).unwrap();
    let expected: BTreeMap<String, Expected> = toml::from_str(&text).unwrap();
    let (complete, untouched) = read("complete.xlsx");
    let mut wrong = Vec::new();
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !name.contains(".xls") && !name.ends_with(".ods") || name.starts_with("計画") {
            continue;
        }
        let (model, findings) = read(&name);
        let (mut lost, mut found) = (without(&complete, &model), without(&model, &complete));
        lost.sort();
        found.sort();
        let Some(wanted) = expected.get(&name) else {
            wrong.push(format!("{name}: nothing is written down"));
            wrong.push(format!(
                "  lost {lost:#?}\n  found {found:#?}\n  findings {findings:?}"
            ));
            continue;
        };
        names.insert(name.clone());
        let sorted = |lines: &[String]| {
            let mut lines = lines.to_vec();
            lines.sort();
            lines
        };
        let others: BTreeSet<String> = findings.difference(&untouched).cloned().collect();
        let wanted_findings: BTreeSet<String> = wanted.findings.iter().cloned().collect();
        if (sorted(&wanted.lost), sorted(&wanted.found)) != (lost.clone(), found.clone()) {
            wrong.push(format!("{name}: lost {lost:#?}\n  found {found:#?}"));
        }
        if others != wanted_findings {
            wrong.push(format!(
                "{name}: findings {others:?}\n  wanted   {wanted_findings:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let written: BTreeSet<String> = expected.into_keys().collect();
    assert_eq!(written, names, "a file of the list is not there");
    assert!(names.len() >= 40);
}

#[test]
fn the_complete_form_has_nothing_to_find() {
    let (_, findings) = read("complete.xlsx");
    assert_eq!(findings, BTreeSet::new());
}
