//! Golden cases: a job folder `in`, and in `out` what the program says and writes: the findings, every
//! cell of the merged workbook, and of its package and of the public's what is set up beside the texts.
//!
//! A case without `in` is the sample of its name. `UPDATE_EXPECT=1 cargo test` rewrites `out`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::described::described;
use crate::program::{expect_file, files_below, folder, root, run};
use torimatome::model::{CellRef, Workbook};
use torimatome::read::{Limits, workbook};

const AUTUMN: &str = "tests/golden/autumn/in";

/// The names of the cases, and the folder of each one's job.
fn cases() -> BTreeMap<String, String> {
    let mut cases = BTreeMap::new();
    for entry in fs::read_dir(root().join("tests/golden")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let own = format!("tests/golden/{name}/in");
        let sample = format!("samples/{name}");
        if root().join(&own).is_dir() {
            cases.insert(name, own);
        } else if root().join(&sample).is_dir() {
            cases.insert(name, sample);
        }
    }
    cases
}

/// Every cell with a text and every merged range: sheet, address, text.
fn cells(book: &Workbook) -> String {
    let mut text = String::new();
    for grid in &book.sheets {
        let filled = grid.cells.keys().copied();
        let all: BTreeSet<CellRef> = filled.chain(grid.merges.keys().copied()).collect();
        for cell in all {
            let said = grid.text(cell).unwrap_or("");
            let (sheet, range) = (&grid.source.sheet, grid.range(cell));
            let said = one_line(said);
            let tab = if said.is_empty() { "" } else { "\t" };
            text.push_str(&format!("{sheet}\t{range}{tab}{said}\n"));
        }
    }
    text
}

fn one_line(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\n', "\\n")
        .replace('\t', "\\t")
}

/// The workbook that a job is merged into.
fn merged(name: &str, job: &str, more: &[&str]) -> Vec<u8> {
    let target = folder(&format!("golden-{name}")).join("集約版.xlsx");
    let args = ["merge", job, "-o", target.to_str().unwrap()];
    run(&[&args, more].concat()).ends_with(1);
    fs::read(&target).unwrap()
}

fn cells_of(bytes: Vec<u8>) -> String {
    cells(&workbook("集約版.xlsx", bytes, &Limits::default()).unwrap())
}

/// The lines of index and items, which the public sees as the office does.
fn of_public_sheets(cells: &str) -> Vec<&str> {
    let public = |line: &&str| {
        let sheet = line.split('\t').next().unwrap();
        sheet.starts_with("取組")
    };
    cells.lines().filter(public).collect()
}

#[test]
fn every_case_says_and_writes_what_is_expected() {
    let cases = cases();
    assert_eq!(
        cases.keys().map(String::as_str).collect::<Vec<_>>(),
        ["autumn", "hoshikawa-r5", "ojiya-r5"]
    );
    for (name, job) in &cases {
        let before = files_below(&root().join(job));
        let out = |file: &str| format!("tests/golden/{name}/out/{file}");
        let report = run(&["check", job]).ends_with(1);
        expect_file(&out("report.txt"), report.text());
        let findings = run(&["check", job, "--format", "json"]).ends_with(1);
        expect_file(&out("findings.json"), findings.text());
        let office = merged(name, job, &[]);
        let public = merged(name, job, &["--publish", "--force"]);
        expect_file(&out("package.txt"), &described(&office));
        expect_file(&out("public.txt"), &described(&public));
        let (office, public) = (cells_of(office), cells_of(public));
        expect_file(&out("cells.txt"), &office);
        assert_eq!(of_public_sheets(&public), of_public_sheets(&office));
        let mut cover = public.lines().filter(|line| line.starts_with("表紙\t"));
        assert!(cover.any(|line| line.ends_with("\t未確定")));
        assert!(
            before == files_below(&root().join(job)),
            "{name}: an input was touched"
        );
    }
}

fn codes(job: &str) -> Vec<String> {
    let document = run(&["check", job, "--format", "json"]).ends_with(1).json();
    let findings = document["findings"].as_array().unwrap();
    let code = |finding: &serde_json::Value| finding["code"].as_str().unwrap().to_owned();
    findings.iter().map(code).collect()
}

#[test]
fn in_the_autumn_an_empty_second_half_is_right() {
    let autumn = codes(AUTUMN);
    for code in ["N03", "N04", "N06", "N07", "N08", "H03"] {
        assert!(!autumn.iter().any(|found| found == code), "{code}");
    }
    assert_eq!(autumn.iter().filter(|code| *code == "N02").count(), 1);
    assert!(autumn.iter().any(|code| code == "S01"));
}

#[test]
fn the_same_job_at_year_end_misses_what_the_autumn_did_not_ask_for() {
    let run = run(&["check", AUTUMN, "--period", "R5下", "--format", "json"])
        .ends_with(1)
        .json();
    let findings = run["findings"].as_array().unwrap();
    let of_assets = |code: &str| {
        findings
            .iter()
            .any(|finding| finding["code"] == code && finding["item"] == 2)
    };
    for code in ["N03", "N04", "N06", "N07", "N08"] {
        assert!(of_assets(code), "{code}");
    }
    // The form of item 1 names the first half in its title.
    let other = findings
        .iter()
        .find(|finding| finding["code"] == "S08")
        .unwrap();
    assert_eq!(
        (other["item"].as_u64(), other["cell"].as_str()),
        (Some(1), Some("A1"))
    );
}

#[test]
fn the_merged_workbook_of_the_autumn_has_every_item_of_the_plan() {
    let cells = cells_of(merged("autumn-items", AUTUMN, &[]));
    let sheets: BTreeSet<&str> = cells
        .lines()
        .filter_map(|line| line.split('\t').next())
        .collect();
    for sheet in [
        "表紙",
        "取組項目一覧",
        "取組1",
        "取組2",
        "取組3",
        "提出状況",
        "点検結果",
        "出典",
    ] {
        assert!(sheets.contains(sheet), "{sheet}");
    }
    let said = |text: &str| {
        cells
            .lines()
            .any(|line| line.ends_with(&format!("\t{text}")))
    };
    assert!(said("6月に開設し、4手続で始めました。") && said("・転入\\n・転出\\n・転居\\n・出生"));
    assert!(said("遊休施設の利活用"), "the plan's title counts");
    assert!(
        !cells
            .lines()
            .any(|line| line.starts_with("取組2\t") && line.contains("遊休施設の利活用等"))
    );
}
