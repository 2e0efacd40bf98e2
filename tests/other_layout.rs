//! Another city's layout: four years, one column of results, values side by side, two grades.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "program/mod.rs"]
mod program;

use std::fs;

use program::{folder, root, run};
use serde_json::{Value, json};

const JOB: &str = "samples/hoshikawa-r5";
const LAYOUT: &str = "templates/hoshikawa-r4.toml";

fn exported() -> Value {
    run(&["export", JOB, "--format", "json", "-o", "-"])
        .ends_with(1)
        .json()
}

/// The item of a number.
fn item(document: &Value, number: u64) -> &Value {
    let mut items = document["items"].as_array().unwrap().iter();
    items.find(|item| item["number"] == number).unwrap()
}

#[test]
fn the_plan_has_four_years_and_every_value_its_own_column() {
    let document = exported();
    assert_eq!(document["city"], "星川市");
    assert_eq!(document["plan_years"], json!(["R4", "R5", "R6", "R7"]));
    assert_eq!(
        document["period"],
        json!({"fiscal_year": "R5", "half": "second"})
    );
    let kpi = &item(&document, 1)["kpis"][0];
    assert_eq!(kpi["name"], "オンライン予約ができる施設数");
    assert_eq!(kpi["baseline"]["raw"], "R3年度：3施設");
    assert_eq!(kpi["baseline"]["as_of"], "R3");
    let raw = |year: usize, of: &str| kpi["years"][year][of]["raw"].clone();
    let targets: Vec<Value> = (0..4).map(|year| raw(year, "target")).collect();
    assert_eq!(
        targets,
        ["6", "10", "14", "18"].map(|count| json!(format!("(累計)\n{count}施設")))
    );
    let actuals: Vec<Value> = (0..4).map(|year| raw(year, "actual")).collect();
    assert_eq!(
        actuals,
        [
            json!("(累計)\n6施設"),
            json!("(累計)\n11施設"),
            Value::Null,
            Value::Null
        ]
    );
    // A dash in the column of baselines is an explicit none, and no word of the name.
    let baseline = &item(&document, 2)["kpis"][0]["baseline"];
    assert_eq!(
        (&baseline["raw"], &baseline["measure"]["kind"]),
        (&json!("—"), &json!("none"))
    );
}

#[test]
fn heads_and_values_are_read_however_a_department_returns_them() {
    let document = exported();
    // The years within the heads of the values.
    let typed = &item(&document, 3)["kpis"][0]["years"][1];
    assert_eq!(typed["target"]["raw"], "885g");
    assert_eq!(typed["actual"]["raw"], "899g");
    // The actual left of the target, the years without their merge, units only in the format.
    let loose = &item(&document, 4)["kpis"][1]["years"];
    assert_eq!(loose[1]["actual"]["raw"], "2施設");
    assert_eq!(loose[1]["target"]["raw"], "2施設");
    assert_eq!(loose[2]["actual"]["raw"], Value::Null);
    assert_eq!(loose[2]["target"]["raw"], "3施設");
}

#[test]
fn the_one_column_of_results_is_the_second_half() {
    let document = exported();
    for number in 1..=5 {
        for row in item(&document, number)["status"].as_array().unwrap() {
            assert_eq!(row["first_half"], Value::Null);
        }
    }
    assert_eq!(
        item(&document, 5)["status"][1],
        json!({"plan": null, "first_half": null,
               "second_half": "■期限を設けた補助金\n・地域活動費\n・文化団体運営費"})
    );
    let findings = document["findings"].as_array().unwrap();
    for code in ["N02", "T04", "P11"] {
        assert!(!findings.iter().any(|one| one["code"] == code), "{code}");
    }
}

#[test]
fn every_axis_has_its_grade_and_its_vocabulary() {
    let document = exported();
    assert_eq!(
        item(&document, 3)["assessment"]["grades"],
        json!([
            {"axis": "進捗", "raw": "B やや遅れ", "mark": "B", "label": "やや遅れ"},
            {"axis": "達成", "raw": "C 目標をやや下回る", "mark": "C", "label": "目標をやや下回る"},
        ])
    );
    assert_eq!(
        item(&document, 3)["assessment"]["grade"],
        json!({"raw": "B やや遅れ", "mark": "B", "label": "やや遅れ"})
    );
    assert_eq!(
        item(&document, 2)["assessment"]["grades"][1],
        json!({"axis": "達成", "raw": null, "mark": null, "label": null})
    );
    // A form with one grade says nothing of axes.
    let first = run(&["export", "samples/ojiya-r5", "--format", "json", "-o", "-"]).ends_with(1);
    assert_eq!(first.json()["items"][0]["assessment"].get("grades"), None);
}

#[test]
fn the_document_keeps_the_published_schema() {
    let schema = fs::read(root().join("templates/torimatome-1.schema.json")).unwrap();
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&exported())
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn the_merged_workbook_says_what_the_job_says() {
    let merged = folder("other-layout").join("集約版.xlsx");
    let merged = merged.to_str().unwrap();
    run(&["merge", JOB, "-o", merged]).ends_with(1);
    let args = [
        "export", merged, "--layout", LAYOUT, "--format", "json", "-o", "-",
    ];
    let of_book = run(&args).ends_with(0).json();
    let of_job = exported();
    assert_eq!(of_job["items"].as_array().unwrap().len(), 5);
    for key in ["items", "city", "plan", "plan_years", "period"] {
        assert_eq!(of_book[key], of_job[key], "{key}");
    }
}

#[test]
fn no_title_speaks_of_a_half() {
    let page = run(&["check", JOB, "--format", "html", "-o", "-"]).ends_with(1);
    assert!(
        page.text()
            .contains("星川市第3次行財政改革推進計画 実績評価シート 令和5年度")
    );
    assert!(!page.text().contains("令和5年度 下半期"));
}
