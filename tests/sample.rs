//! The sample jobs: what their READMEs say is in them is found, nothing else, and the results agree.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::program::{SAMPLE, files_below, folder, root, run, sample_copy};
use serde_json::Value;

/// The samples, how many rows their READMEs' tables have at least, and how many were seeded.
const SAMPLES: [(&str, usize, usize); 2] = [(SAMPLE, 20, 7), ("samples/hoshikawa-r5", 8, 8)];

/// A finding without its words: rule, level if the README says one, item, file, sheet, cell.
type Known = (String, u64, String, String, String);

/// A rule's own row in one of the README's tables of findings.
struct Row {
    known: Vec<Known>,
    level: Option<String>,
}

fn readme(sample: &str) -> String {
    fs::read_to_string(root().join(sample).join("README.md")).unwrap()
}

/// The tables whose first column is `rule`, in order.
fn rows(readme: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut in_table = false;
    for line in readme.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        if !line.starts_with('|') {
            in_table = false;
        } else if cells[0] == "rule" {
            assert_eq!(cells[..5], ["rule", "item", "file", "sheet", "cell"]);
            in_table = true;
        } else if in_table && !cells[0].starts_with("---") {
            rows.push(row(&cells));
        }
    }
    rows
}

fn row(cells: &[&str]) -> Row {
    let (code, level) = match cells[0].split_once(' ') {
        Some((code, level)) => (code, Some(level.trim_matches(['(', ')']).to_owned())),
        None => (cells[0], None),
    };
    let item = cells[1].parse().unwrap_or(0);
    let file = cells[2].trim_matches('`').trim_start_matches("回収/");
    let place = |cell: &str| {
        (
            code.to_owned(),
            item,
            file.to_owned(),
            cells[3].to_owned(),
            cell.to_owned(),
        )
    };
    Row {
        known: cells[4].split(", ").map(place).collect(),
        level,
    }
}

/// The findings, one entry a cell.
fn found(findings: &Value) -> BTreeMap<Known, String> {
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let mut found = BTreeMap::new();
    for finding in findings.as_array().unwrap() {
        let cells = finding["cells"].as_array().unwrap();
        assert!(!cells.is_empty(), "{finding}");
        assert_eq!(finding["cell"], cells[0]);
        for cell in cells {
            let known = (
                text(&finding["code"]),
                finding["item"].as_u64().unwrap_or(0),
                text(&finding["file"]),
                text(&finding["sheet"]),
                text(cell),
            );
            let level = text(&finding["level"]);
            assert_eq!(found.insert(known, level), None, "told twice: {finding}");
        }
    }
    found
}

fn check(sample: &str) -> Value {
    let run = run(&["check", sample, "--format", "json"]).ends_with(1);
    assert_eq!(run.stderr, "");
    run.json()["findings"].clone()
}

fn codes() -> BTreeSet<&'static str> {
    let rules = torimatome::check::rules();
    rules.iter().map(|rule| rule.code).collect()
}

#[test]
fn the_findings_are_those_of_the_readme() {
    let codes = codes();
    for (sample, least, _) in SAMPLES {
        let rows = rows(&readme(sample));
        assert!(rows.len() > least, "{sample}: the tables were not read");
        let expected: BTreeSet<Known> = rows
            .iter()
            .flat_map(|row| row.known.clone())
            // A rule that is not there yet cannot find anything.
            .filter(|known| codes.contains(known.0.as_str()))
            .collect();
        let found: BTreeSet<Known> = found(&check(sample)).into_keys().collect();
        let missed: Vec<_> = expected.difference(&found).collect();
        let unexpected: Vec<_> = found.difference(&expected).collect();
        assert!(
            missed.is_empty() && unexpected.is_empty(),
            "{sample}\nmissed: {missed:#?}\nnot in the README: {unexpected:#?}"
        );
    }
}

#[test]
fn the_levels_are_the_rules_unless_the_readme_says_another() {
    for (sample, _, _) in SAMPLES {
        let mut levels = BTreeMap::new();
        for row in rows(&readme(sample)) {
            for known in row.known {
                levels.insert(known, row.level.clone());
            }
        }
        for (known, level) in found(&check(sample)) {
            let rule = torimatome::check::rule(&known.0).unwrap();
            let expected = levels[&known].clone();
            let expected = expected.unwrap_or_else(|| rule.level.code().to_owned());
            assert_eq!(level, expected, "{known:?}");
        }
    }
}

#[test]
fn the_seeded_defects_are_all_found() {
    for (sample, _, count) in SAMPLES {
        let readme = readme(sample);
        let seeded = readme.split("## Seeded defects").nth(1).unwrap();
        let seeded = rows(seeded.split("## ").next().unwrap());
        let found = found(&check(sample));
        assert_eq!(seeded.len(), count, "{sample}");
        for row in &seeded {
            assert!(found.contains_key(&row.known[0]), "{:?}", row.known[0]);
        }
    }
}

#[test]
fn exported_json_keeps_the_published_schema() {
    let schema = fs::read(root().join("templates/torimatome-1.schema.json")).unwrap();
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let documents = [
        run(&["export", SAMPLE, "--format", "json", "-o", "-"]).ends_with(1),
        run(&["check", SAMPLE, "--format", "json"]).ends_with(1),
        run(&[
            "export",
            "samples/ojiya-r5/前回.xlsx",
            "--format",
            "json",
            "-o",
            "-",
        ])
        .ends_with(0),
    ];
    for document in documents {
        let document = document.json();
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!(document["format"], "torimatome/1");
    }
    let mut broken = check(SAMPLE);
    broken[0]["level"] = "grave".into();
    let broken = serde_json::json!({ "format": "torimatome/1", "findings": broken });
    assert!(!validator.is_valid(&broken), "the schema refuses nothing");
}

#[test]
fn the_merged_workbook_says_what_the_job_says() {
    let merged = folder("sample-merged").join("集約版.xlsx");
    run(&["merge", SAMPLE, "-o", merged.to_str().unwrap()]).ends_with(1);
    let of_book = run(&[
        "export",
        merged.to_str().unwrap(),
        "--format",
        "json",
        "-o",
        "-",
    ]);
    let of_book = of_book.ends_with(0).json();
    let of_job = run(&["export", SAMPLE, "--format", "json", "-o", "-"])
        .ends_with(1)
        .json();
    assert_eq!(of_job["items"].as_array().unwrap().len(), 7);
    for key in ["items", "city", "plan", "plan_years", "period"] {
        assert_eq!(of_book[key], of_job[key], "{key}");
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let folder = folder("sample-bytes");
    let merge = |name: &str, more: &[&str]| {
        let target = folder.join(name);
        let args = ["merge", SAMPLE, "-o", target.to_str().unwrap()];
        let run = run(&[&args, more].concat()).ends_with(1);
        let said = run.text().replace(name, "");
        (fs::read(target).unwrap(), said)
    };
    let first = merge("1.xlsx", &[]);
    assert!(first.0.starts_with(b"PK") && first.1.contains("N03"));
    assert!(first == merge("2.xlsx", &[]), "a second run differs");
    assert!(
        first == merge("3.xlsx", &["--threads", "1"]),
        "one thread differs"
    );
    assert!(
        first == merge("4.xlsx", &["--threads", "7"]),
        "seven threads differ"
    );
    let export = |threads: &str| {
        let args = [
            "export",
            SAMPLE,
            "--format",
            "json",
            "-o",
            "-",
            "--threads",
            threads,
        ];
        run(&args).ends_with(1).stdout
    };
    assert_eq!(export("1"), export("4"));
}

#[test]
fn a_copy_elsewhere_gives_the_same_bytes_and_inputs_stay_as_they_were() {
    let job = sample_copy("sample-copy");
    let before = files_below(&job);
    assert!(before == files_below(&root().join(SAMPLE)));
    let job_path = job.to_str().unwrap();
    run(&["check", job_path]).ends_with(1);
    run(&["export", job_path, "--format", "json", "-o", "-"]).ends_with(1);
    let there = folder("sample-elsewhere").join("集約版.xlsx");
    run(&["merge", SAMPLE, "-o", there.to_str().unwrap()]).ends_with(1);
    assert!(
        before == files_below(&root().join(SAMPLE)),
        "the sample itself was touched"
    );
    run(&["merge", job_path]).ends_with(1);
    let mut after = files_below(&job);
    let written = after.remove(Path::new("進捗管理票_R5下半期.xlsx"));
    assert_eq!(written, Some(fs::read(there).unwrap()));
    assert!(
        before == after,
        "an input was touched, or a stray file was left"
    );
}
