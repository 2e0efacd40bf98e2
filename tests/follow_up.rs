//! What the office does with findings: accept them with a reason, and see what changed.

use std::fs;

use crate::program::{Run, files_below, run, run_in, sample_copy};

fn check(job: &std::path::Path, options: &[&str]) -> Run {
    let mut args = vec!["check".to_owned(), job.display().to_string()];
    args.extend(options.iter().map(|option| (*option).to_owned()));
    run(&args)
}

/// The finding of a code and an item, from the JSON report.
fn finding(job: &std::path::Path, code: &str, item: u32) -> Option<serde_json::Value> {
    let report = check(job, &["--format", "json"]).json();
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .find(|finding| finding["code"] == code && finding["item"] == item)
        .cloned()
}

#[test]
fn a_finding_is_accepted_with_a_reason_and_no_longer_counts() {
    let job = sample_copy("follow_up/了解 済み");
    let before = check(&job, &[]).ends_with(1);
    assert!(before.text().contains("誤り 5件"), "{}", before.text());
    let accept = [
        "--acknowledge",
        "P10 取組1",
        "--reason",
        "前年度の訂正を公表済み",
    ];
    let run = check(&job, &accept).ends_with(1);
    assert!(
        run.stderr
            .contains("了解済みにしました（R5下半期まで）: P10 取組1")
    );
    assert!(run.text().contains("誤り 4件"), "{}", run.text());
    assert!(run.text().contains("前年度の訂正を公表済み"));
    let found = finding(&job, "P10", 1).unwrap();
    assert_eq!(found["acknowledged"], "前年度の訂正を公表済み");

    // A second time nothing is written twice; another entry is put below the first.
    let text = || fs::read_to_string(job.join("確認済み.toml")).unwrap();
    let first = text();
    let again = check(&job, &accept);
    assert!(again.stderr.contains("了解済みです"), "{}", again.stderr);
    assert_eq!(text(), first);
    check(
        &job,
        &[
            "--acknowledge",
            "N08:6",
            "--reason",
            "改善なし",
            "--until",
            "R6",
        ],
    );
    assert!(
        text().starts_with(&first) && text().contains("R6下半期"),
        "{}",
        text()
    );
    assert_eq!(finding(&job, "N08", 6).unwrap()["acknowledged"], "改善なし");

    // It comes back when the period is later than its limit.
    let later = check(&job, &["--period", "R6下", "--format", "json"]).json();
    let accepted: Vec<&str> = later["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| !finding["acknowledged"].is_null())
        .filter_map(|finding| finding["code"].as_str())
        .collect();
    assert!(!accepted.contains(&"P10"), "{accepted:?}");
}

#[test]
fn what_cannot_be_accepted_is_told_and_nothing_is_written() {
    let job = sample_copy("follow_up/できない");
    let before = files_below(&job);
    for (options, expected) in [
        (&["--acknowledge", "P10 取組1"][..], "--reason"),
        (
            &["--acknowledge", "P10 取組9", "--reason", "x"],
            "P10 取組1 E25",
        ),
        (&["--acknowledge", "H02", "--reason", "x"], "H02 取組3"),
        (&["--acknowledge", "Q01 3", "--reason", "x"], "Q01 3"),
        (
            &["--acknowledge", "P10 1", "--reason", "x", "--until", "R4"],
            "それより後の期",
        ),
        (&["--reason", "x"], "--acknowledge"),
    ] {
        let run = check(&job, options).ends_with(2);
        assert!(run.stderr.contains(expected), "{}", run.stderr);
        assert!(run.stdout.is_empty());
    }
    assert_eq!(files_below(&job), before);
}

#[test]
fn a_record_tells_what_is_new_still_open_and_resolved() {
    let job = sample_copy("follow_up/記録");
    let plain = check(&job, &[]);
    assert!(!plain.text().contains("前回の点検から"));
    let before = files_below(&job);
    check(&job, &["--remember"]).ends_with(1);
    let mut after = files_below(&job);
    let record = after.remove(std::path::Path::new("点検記録.toml"));
    assert!(record.is_some() && after == before, "one file is written");

    let merged = job.join("集約.xlsx");
    run(&[
        "merge",
        job.to_str().unwrap(),
        "-o",
        merged.to_str().unwrap(),
    ]);
    let kept = fs::read(job.join("点検記録.toml")).unwrap();
    assert_eq!(
        Some(&kept),
        record.as_ref(),
        "merge leaves the record alone"
    );

    // A second look at the same files changes nothing; a department that drops out resolves nothing.
    let same = check(&job, &[]);
    assert!(same.text().contains("新規 0件 / 継続"), "{}", same.text());
    fs::remove_file(job.join("回収/企画政策課.xlsx")).unwrap();
    let fewer = check(&job, &[]);
    let line = fewer
        .text()
        .lines()
        .find(|line| line.contains("前回の点検から"))
        .unwrap();
    assert!(line.contains("新規 1件"), "{line}");
    let resolved = fewer
        .text()
        .lines()
        .filter(|line| line.starts_with("  解消 "));
    for line in resolved {
        assert!(!line.contains("取組"), "{line}");
    }

    // A damaged record, or one of another period, is told and does no harm.
    fs::write(job.join("点検記録.toml"), "壊れた").unwrap();
    let damaged = check(&job, &[]).ends_with(1);
    assert!(
        damaged.stderr.contains("削除しても差し支えありません"),
        "{}",
        damaged.stderr
    );
    fs::write(job.join("点検記録.toml"), "\"期\" = \"R4下半期\"\n").unwrap();
    let other = check(&job, &["--remember"]).ends_with(1);
    assert!(other.stderr.contains("別の期の記録"), "{}", other.stderr);
    assert!(check(&job, &[]).text().contains("新規 0件"));
}

#[test]
fn without_a_job_folder_nothing_is_remembered() {
    let job = sample_copy("follow_up/設定なし");
    fs::remove_file(job.join("torimatome.toml")).unwrap();
    let args = ["check", "回収", "--plan", "計画.xlsx", "--period", "R5下"];
    for option in [
        &["--remember"][..],
        &["--acknowledge", "P10 1", "--reason", "x"],
    ] {
        let run = run_in(&job, &[&args[..], option].concat()).ends_with(2);
        assert!(run.stderr.contains("案件フォルダ"), "{}", run.stderr);
    }
}
