//! The half-years one after the other, with the program's commands alone.

use std::fs;
use std::path::Path;

use crate::program::{SAMPLE, files_below, folder, root, run};
use serde_json::Value;

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn exported(job: &Path) -> Value {
    run(&["export", text(job), "--format", "json", "-o", "-"])
        .ends_with(1)
        .json()
}

fn codes(exported: &Value) -> Vec<String> {
    let findings = exported["findings"].as_array().unwrap().iter();
    let found =
        findings.map(|one| format!("{} {} {}", one["code"], one["item"], one["department"]));
    found.collect()
}

/// What an item says in a workbook, as read.
fn item(workbook: &Path, number: usize) -> Value {
    let said = run(&["export", text(workbook), "--format", "json", "-o", "-"]).ends_with(0);
    said.json()["items"][number - 1].clone()
}

#[test]
fn a_year_is_collected_published_and_followed_by_the_next() {
    let home = folder("cycle").join("行政改革 推進");
    let sample = root().join(SAMPLE);

    // Spring of R5: the published workbook of R4, typed by hand, gives the job.
    let spring = home.join("R5 年度末");
    let last_year = sample.join("前回.xlsx");
    let args = [
        "init",
        text(&spring),
        "--from",
        text(&last_year),
        "--period",
        "R5下",
    ];
    run(&args).ends_with(0);
    for (path, bytes) in files_below(&sample.join("回収")) {
        fs::write(spring.join("回収").join(path), bytes).unwrap();
    }
    let (made, given) = (exported(&spring), exported(&sample));
    assert_eq!(
        codes(&made),
        codes(&given),
        "the job finds what one made by hand finds"
    );
    assert_eq!(made["items"], given["items"]);

    // It is merged and, with its errors, published.
    run(&["merge", text(&spring)]).ends_with(1);
    run(&["merge", text(&spring), "--publish"]).ends_with(2);
    let public = home.join("公表版.xlsx");
    let args = [
        "merge",
        text(&spring),
        "--publish",
        "--force",
        "-o",
        text(&public),
    ];
    run(&args).ends_with(1);

    // The next year begins with the plan, last year's results and nothing entered.
    let autumn = home.join("R6上半期");
    run(&["rollover", text(&public), "-o", text(&autumn)]).ends_with(0);
    let check = run(&["check", text(&autumn), "--format", "json"]).ends_with(1);
    let asked = check.json()["findings"].as_array().unwrap().clone();
    assert!(!asked.is_empty());
    assert!(
        asked.iter().all(|finding| finding["code"] == "S01"),
        "{asked:?}"
    );

    // A department's return of last year is known for what it is.
    fs::copy(
        sample.join("回収/総務課.xlsx"),
        autumn.join("回収/総務課.xlsx"),
    )
    .unwrap();
    let check = run(&["check", text(&autumn)]).ends_with(1);
    assert!(check.text().contains("総務課.xlsx"), "{}", check.text());

    // The autumn's workbook has the targets of the plan and no actual that nobody returned; the
    // year-end's job goes on from it.
    run(&["merge", text(&autumn)]).ends_with(1);
    let merged = autumn.join("進捗管理票_R6上半期.xlsx");
    let (before, now) = (item(&public, 2), item(&merged, 2));
    let targets = |item: &Value| {
        let kpis = item["kpis"].as_array().unwrap().iter();
        let years = kpis.flat_map(|kpi| kpi["years"].as_array().unwrap());
        years
            .map(|year| year["target"].clone())
            .collect::<Vec<Value>>()
    };
    assert_eq!(targets(&now), targets(&before));
    assert_eq!(now["assessment"]["grade"], Value::Null);
    let year_end = home.join("R6下半期");
    let made = run(&["init", text(&year_end), "--from", text(&merged)]).ends_with(0);
    assert!(made.text().contains("令和6年度 下半期"), "{}", made.text());
    run(&["check", text(&year_end)]).ends_with(1);
}
