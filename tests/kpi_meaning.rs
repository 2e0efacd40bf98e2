//! What KPIs mean, on workbooks: the rules that need it fire and stay silent on returned forms.

use std::fs;
use std::path::Path;

use crate::program;
use crate::program::{files_below, folder, run};

/// The rules about what KPIs mean, and those about what was changed of them.
const CODES: [&str; 8] = ["H01", "H03", "K06", "K07", "K09", "K12", "P09", "P11"];

/// What the rules find in a job: code, item and cells.
fn found(job: &Path) -> Vec<String> {
    let job = job.display().to_string();
    let report = run(&["check", &job, "--format", "json"]).json();
    let findings = report["findings"].as_array().unwrap().iter();
    let ours = findings.filter(|finding| CODES.contains(&finding["code"].as_str().unwrap()));
    let mut found: Vec<String> = ours
        .map(|finding| {
            let cells: Vec<&str> = finding["cells"]
                .as_array()
                .unwrap()
                .iter()
                .map(|cell| cell.as_str().unwrap())
                .collect();
            let code = finding["code"].as_str().unwrap();
            format!("{code} {} {}", finding["item"], cells.join(","))
        })
        .collect();
    found.sort();
    found
}

/// A copy of the job with its settings changed.
fn job(name: &str, settings: impl Fn(&str) -> String) -> std::path::PathBuf {
    let copy = folder(&format!("kpi_meaning/{name}"));
    let source = program::root().join("tests/fixtures/kpi_meaning/job");
    for (path, bytes) in files_below(&source) {
        let path = copy.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let text = fs::read_to_string(copy.join("torimatome.toml")).unwrap();
    fs::write(copy.join("torimatome.toml"), settings(&text)).unwrap();
    copy
}

/// Item 1 has one KPI a rule; item 2 looks like it and is sound; item 3 was cancelled.
const EXPECTED: [&str; 9] = [
    "H01 3 A17",
    "H03 1 A27",
    "K06 1 E13",
    "K07 1 E11",
    "K09 1 G18",
    "K12 1 E15",
    "P09 1 A19",
    "P11 1 C23",
    "P11 1 C24",
];

#[test]
fn each_rule_fires_once_on_a_returned_form_and_stays_silent_beside_it() {
    assert_eq!(found(&job("そのまま", str::to_owned)), EXPECTED);
}

#[test]
fn what_the_office_says_of_a_kpi_decides() {
    let other = job("向き", |text| text.replace("\"less\"", "\"more\""));
    let expected = [&EXPECTED[..2], &["H03 2 A31"], &EXPECTED[2..]].concat();
    assert_eq!(found(&other), expected);
    let unset = job("未設定", |text| {
        text.split("[[kpi]]").next().unwrap().to_owned()
    });
    assert_eq!(found(&unset), EXPECTED);
}

#[test]
fn a_setting_of_no_kpi_of_the_plan_is_told_and_does_no_harm() {
    let unknown = job("計画にない", |text| {
        text.replace("苦情の件数", "苦情件数")
    });
    let run = run(&["check", &unknown.display().to_string()]);
    assert_eq!(
        run.stderr,
        "注意: 設定の[[kpi]]にある取組番号2の数値目標「苦情件数」が、計画にありません。この設定は使われません。\
         取組番号と名称を計画のとおりに直してください。\n"
    );
    let wrong = job("書き間違い", |text| {
        text.replace("\"less\"", "\"fewer\"")
    });
    let run = program::run(&["check", &wrong.display().to_string()]).ends_with(2);
    assert!(
        run.stderr.contains("「better」の値「fewer」は使えません。"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_first_half_is_compared_only_with_this_autumn() {
    let job = job("前年度", |text| {
        text.replace("[[kpi]]", "[previous]\nfile = \"計画.xlsx\"\n[[kpi]]")
    });
    let found = found(&job);
    assert!(
        !found.iter().any(|finding| finding.starts_with("P11")),
        "{found:?}"
    );
}
