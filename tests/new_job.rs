//! `init` and `rollover`: what a new job folder holds, what is carried into it, what is refused.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::program;
use crate::program::{SAMPLE, files_below, folder, root, run, run_in};
use serde_json::Value;
use torimatome::check;
use torimatome::job::{self, Job};
use torimatome::model::Half;
use torimatome::read::Limits;

/// The published workbook of the year before the sample's, as typed by hand.
const LAST_YEAR: &str = "samples/ojiya-r5/前回.xlsx";

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn sample(name: &str) -> PathBuf {
    root().join(SAMPLE).join(name)
}

/// The settings of a job folder, as the program understands them.
fn job_of(folder: &Path) -> Job {
    let settings = fs::read_to_string(folder.join("torimatome.toml")).unwrap();
    let codes: Vec<&str> = check::rules().iter().map(|rule| rule.code).collect();
    job::parse(&settings, folder, &codes).unwrap()
}

fn period_of(folder: &Path) -> String {
    job_of(folder).period.unwrap().to_string()
}

/// What a workbook says, as read.
fn said(workbook: &Path) -> Value {
    run(&["export", text(workbook), "--format", "json", "-o", "-"])
        .ends_with(0)
        .json()
}

/// The names of the files and folders in a folder, hidden ones too.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().to_str().unwrap().to_owned())
        .collect()
}

/// The sample's workbook for the public, in a folder of its own.
fn published(name: &str) -> PathBuf {
    let workbook = folder(name).join("公表版 R5.xlsx");
    run(&[
        "merge",
        SAMPLE,
        "--publish",
        "--force",
        "-o",
        text(&workbook),
    ])
    .ends_with(1);
    workbook
}

#[test]
fn a_folder_is_made_and_says_what_to_do_next() {
    let home = folder("init-alone");
    let made = run_in(&home, &["init", "行政改革 令和5年度"]).ends_with(0);
    let job = home.join("行政改革 令和5年度");
    assert_eq!(
        names(&job),
        ["torimatome.toml", "回収"].map(str::to_owned).into()
    );
    assert_eq!(names(&home).len(), 1, "nothing stays beside it");
    for wanted in ["計画.xlsx", "[period]", "回収"] {
        assert!(made.text().contains(wanted), "{wanted}: {}", made.text());
    }
    let check = run(&["check", text(&job)]).ends_with(2);
    assert!(check.stderr.contains("fiscal_year"), "{}", check.stderr);
}

#[test]
fn the_period_is_the_option_s_or_that_of_the_folder_s_name() {
    let home = folder("init-period");
    run_in(&home, &["init", "案件", "--period", "令和5年度下半期"]).ends_with(0);
    run_in(&home, &["init", "R6上半期"]).ends_with(0);
    run_in(&home, &["init", "行革 R6上半期"]).ends_with(0);
    let either = run_in(&home, &["init", "R5下半期 R6上半期"]).ends_with(0);
    assert!(either.text().contains("対象の期は未定"));
    let other = run_in(&home, &["init", "R6下半期", "--period", "R5上"]).ends_with(0);
    assert!(
        other.text().contains("フォルダの名前はR6下半期ですが"),
        "{}",
        other.text()
    );
    for (name, period) in [
        ("案件", "R5下半期"),
        ("R6上半期", "R6上半期"),
        ("R6下半期", "R5上半期"),
        ("行革 R6上半期", "R6上半期"),
    ] {
        assert_eq!(period_of(&home.join(name)), period);
    }
    let wrong = run_in(&home, &["init", "だめ", "--period", "来年"]).ends_with(2);
    assert!(wrong.stderr.contains("来年") && !home.join("だめ").exists());
}

#[test]
fn a_plan_is_copied_as_it_is_and_the_job_can_be_checked() {
    let home = folder("init-plan");
    let plan = sample("計画.xlsx");
    run_in(&home, &["init", "R5下半期", "--plan", text(&plan)]).ends_with(0);
    let job = home.join("R5下半期");
    assert!(fs::read(job.join("計画.xlsx")).unwrap() == fs::read(&plan).unwrap());
    let check = run(&["check", text(&job)]).ends_with(1);
    assert!(check.text().contains("S01"));
    let binary = root().join("tests/fixtures/formats/official.xls");
    run_in(
        &home,
        &["init", "xls", "--period", "R5下", "--plan", text(&binary)],
    )
    .ends_with(0);
    assert!(job_of(&home.join("xls")).plan.ends_with("計画.xls"));
}

#[test]
fn a_job_is_never_written_over_and_other_files_are_left_alone() {
    let home = folder("init-twice");
    let job = home.join("R5下半期");
    fs::create_dir(&job).unwrap();
    fs::write(job.join("計画.xlsx"), "わたしの計画").unwrap();
    fs::write(job.join("メモ.txt"), "メモ").unwrap();
    let (plan, previous) = (sample("計画.xlsx"), sample("前回.xlsx"));
    let args = [
        "init",
        "R5下半期",
        "--plan",
        text(&plan),
        "--previous",
        text(&previous),
    ];
    let made = run_in(&home, &args).ends_with(0);
    assert!(
        made.text().contains("計画.xlsx  すでにあるため"),
        "{}",
        made.text()
    );
    let files = files_below(&job);
    assert_eq!(files[Path::new("計画.xlsx")], "わたしの計画".as_bytes());
    assert_eq!(files[Path::new("メモ.txt")], "メモ".as_bytes());
    assert!(files[Path::new("前回.xlsx")] == fs::read(sample("前回.xlsx")).unwrap());
    let again = run_in(&home, &args).ends_with(2);
    assert!(again.stderr.contains("すでに torimatome.toml があります"));
    assert!(files == files_below(&job));
    fs::write(home.join("ファイル"), "x").unwrap();
    run_in(&home, &["init", "ファイル"]).ends_with(2);
    assert_eq!(fs::read(home.join("ファイル")).unwrap(), b"x");
}

#[test]
fn last_period_s_workbook_gives_plan_results_and_cover() {
    let home = folder("init-from");
    let from = root().join(LAST_YEAR);
    let made = run_in(&home, &["init", "次の期", "--from", text(&from)]).ends_with(0);
    let folder = home.join("次の期");
    assert_eq!(period_of(&folder), "R5上半期");
    let job = job_of(&folder);
    assert_eq!(job.cover.city.as_deref(), Some("小千谷市"));
    assert_eq!(job.cover.name.as_deref(), Some("小千谷市行政改革実施計画"));
    assert_eq!(
        job.cover.issuer.as_deref(),
        Some("小千谷市行政改革推進委員会 幹事会")
    );
    assert!(fs::read(folder.join("前回.xlsx")).unwrap() == fs::read(&from).unwrap());
    assert!(made.text().contains("令和5年度 上半期"), "{}", made.text());
    // The sample's plan is the one that the workbook was made from.
    let (mut taken, mut planned) = (said(&folder.join("計画.xlsx")), said(&sample("計画.xlsx")));
    for book in [&mut taken, &mut planned] {
        for item in book["items"].as_array_mut().unwrap() {
            item.as_object_mut().unwrap().remove("footnotes");
        }
    }
    assert_eq!(taken["items"], planned["items"]);
    assert_eq!(taken["plan_years"], planned["plan_years"]);
    assert_eq!(taken["period"], Value::Null, "a plan reports of no period");
    let check = run(&["check", text(&folder)]).ends_with(1);
    assert!(!check.text().contains("P0"), "{}", check.text());
}

#[test]
fn entries_stay_with_the_workbook_they_were_made_in() {
    let from = published("init-entries");
    let job = from.with_file_name("R6上半期");
    run(&["init", text(&job), "--from", text(&from)]).ends_with(0);
    let plan = said(&job.join("計画.xlsx"));
    let items = plan["items"].as_array().unwrap();
    assert_eq!(items.len(), 7);
    let mut targets = 0;
    for item in items {
        assert_eq!(item["assessment"]["grade"], Value::Null);
        assert_eq!(item["action"], Value::Null);
        assert_eq!(item["status"], Value::Array(Vec::new()));
        let kpis = item["kpis"].as_array().unwrap();
        for year in kpis.iter().flat_map(|kpi| kpi["years"].as_array().unwrap()) {
            assert_eq!(year["actual"]["kind"], "blank");
            targets += usize::from(year["target"]["kind"] != "blank");
        }
    }
    assert!(targets > 5, "targets stay with the plan");
    // A footnote that explains a mark in the plan's own text is the plan's.
    let notes = |item: &Value| item["footnotes"].as_array().unwrap().len();
    assert!(notes(&items[1]) == 1 && items[1]["content"].as_str().unwrap().contains("※1"));
}

#[test]
fn workbooks_of_every_format_are_gone_on_from() {
    let home = folder("init-formats");
    for name in [
        "official.ods",
        "official.xls",
        "official.xlsb",
        "official_by_sheetjs.xls",
    ] {
        let from = root().join("tests/fixtures/formats").join(name);
        let job = home.join(format!("続き {name}"));
        run(&[
            "init",
            text(&job),
            "--from",
            text(&from),
            "--period",
            "R6上",
        ])
        .ends_with(0);
        let ending = from.extension().unwrap().to_str().unwrap();
        let previous = job.join(format!("前回.{ending}"));
        assert_eq!(job_of(&job).previous.as_deref(), Some(previous.as_path()));
        assert!(fs::read(&previous).unwrap() == fs::read(&from).unwrap());
        assert_eq!(
            said(&job.join("計画.xlsx"))["items"][0]["title"],
            said(&from)["items"][0]["title"]
        );
        run(&["check", text(&job)]).ends_with(1);
    }
}

#[test]
fn the_settings_beside_the_workbook_are_taken_over() {
    let home = folder("init-beside");
    let before = home.join("R5下半期");
    let layout = root().join("templates/hoshikawa-r4.toml");
    let plan = root().join("samples/hoshikawa-r5/計画.xlsx");
    let args = [
        "init",
        text(&before),
        "--plan",
        text(&plan),
        "--layout",
        text(&layout),
    ];
    run(&args).ends_with(0);
    let settings = before.join("torimatome.toml");
    let mut text_of = fs::read_to_string(&settings).unwrap();
    text_of = text_of.replace(
        "[departments]\n",
        "[departments]\n\"まち課\" = \"市民生活課\" # 旧名\n",
    );
    text_of = text_of.replace("[rules]\n", "[rules]\nS05 = \"info\"\n");
    text_of = text_of.replace("# prefer = \"newest\"", "prefer = \"last\"");
    for key in ["deadline", "sender", "contact"] {
        text_of = text_of.replace(&format!("# {key} = "), &format!("{key} = "));
    }
    fs::write(&settings, &text_of).unwrap();
    run(&["merge", text(&before)]).ends_with(1);
    let names = names(&before);
    let merged = names
        .iter()
        .find(|name| name.starts_with("進捗") || name.ends_with("R5年度.xlsx"));
    let merged = before.join(merged.unwrap());
    let next = home.join("次");
    let made = run(&["init", text(&next), "--from", text(&merged)]).ends_with(0);
    assert!(
        made.text().contains("[departments]、[rules]"),
        "{}",
        made.text()
    );
    let (old, new) = (job_of(&before), job_of(&next));
    assert_eq!(
        (&new.departments, &new.levels),
        (&old.departments, &old.levels)
    );
    assert_eq!((new.prefer, new.departments.len()), (old.prefer, 1));
    assert_eq!(
        (&new.notice.sender, &new.notice.contact),
        (&old.notice.sender, &old.notice.contact)
    );
    assert!(old.notice.sender.is_some() && old.notice.deadline.is_some());
    assert_eq!(new.notice.deadline, None, "the deadline of before is over");
    assert!(
        fs::read_to_string(next.join("torimatome.toml"))
            .unwrap()
            .contains("# 旧名")
    );
    assert!(fs::read(next.join("様式.toml")).unwrap() == fs::read(&layout).unwrap());
    // A layout without halves is collected once a year.
    assert_eq!(
        new.period.map(|period| (period.year.0, period.half)),
        Some((2024, Half::Second))
    );
    run(&["check", text(&next)]).ends_with(1);
}

#[test]
fn a_workbook_of_the_same_or_a_later_period_is_no_previous_one() {
    let home = folder("init-later");
    let from = root().join(LAST_YEAR);
    for period in ["R4下", "R4上", "R3下"] {
        let args = ["init", "案件", "--from", text(&from), "--period", period];
        let refused = run_in(&home, &args).ends_with(2);
        assert!(refused.stderr.contains("--plan"), "{}", refused.stderr);
    }
    assert!(names(&home).is_empty());
}

#[test]
fn rollover_makes_next_year_s_folder_and_says_when_the_plan_is_over() {
    let from = published("rollover");
    let home = from.parent().unwrap();
    let job = home.join("行革 推進/R6");
    let made = run(&["rollover", text(&from), "-o", text(&job)]).ends_with(0);
    assert_eq!(period_of(&job), "R6上半期");
    assert!(
        made.text().contains("取組番号4は、前回の集約版で中止"),
        "{}",
        made.text()
    );
    let check = run(&["check", text(&job)]).ends_with(1);
    let asked = check.text();
    assert!(asked.contains("取組番号 1、2、3、5、6"), "{asked}");

    let autumn = home.join("R6上.xlsx");
    run(&["merge", text(&job), "-o", text(&autumn)]).ends_with(1);
    let early = run(&["rollover", text(&autumn), "-o", text(&home.join("早い"))]).ends_with(2);
    assert!(early.stderr.contains("init") && early.stderr.contains("--from"));

    let last = home.join("R6下");
    run(&["init", text(&last), "--from", text(&autumn)]).ends_with(0);
    assert_eq!(period_of(&last), "R6下半期");
    let end = home.join("R6年度末.xlsx");
    run(&["merge", text(&last), "-o", text(&end)]).ends_with(1);
    let over = run(&["rollover", text(&end), "-o", text(&home.join("R7"))]).ends_with(2);
    assert!(
        over.stderr.contains("R4、R5、R6") && over.stderr.contains("--plan"),
        "{}",
        over.stderr
    );
    let over = run(&["init", text(&home.join("R7")), "--from", text(&end)]).ends_with(2);
    assert!(over.stderr.contains("R7上半期"), "{}", over.stderr);
    assert!(!home.join("早い").exists() && !home.join("R7").exists());
}

#[test]
fn a_workbook_that_tells_no_results_or_was_not_published_is_named() {
    let home = folder("init-not-published");
    let plan = root().join("samples/ojiya-r5/計画.xlsx");
    let public = published("init-published");
    let unsettled = public;
    let public = home.join("公表版.xlsx");
    settled(&public);
    let office = home.join("進捗管理票_R5下半期.xlsx");
    run(&["merge", SAMPLE, "-o", text(&office)]).ends_with(1);
    let notes = [
        "一つも記入されていません",
        "未確定の公表用ブック",
        "庁内用の集約版",
    ];
    let told = [(&plan, 0), (&unsettled, 1), (&office, 2), (&public, 3)];
    for (from, expected) in told {
        for (at, command) in [["rollover", "-o"], ["init", "--from"]].iter().enumerate() {
            let job = home.join(format!("{at}-{expected}"));
            let (first, second) = match at {
                0 => (text(from), text(&job)),
                _ => (text(&job), text(from)),
            };
            let made = run(&[command[0], first, command[1], second]).ends_with(0);
            for (note, words) in notes.iter().enumerate() {
                let said = made.text().contains(words);
                assert_eq!(said, note == expected, "{words}: {}", made.text());
            }
        }
    }
}

/// Publishes the sample with every error acknowledged.
fn settled(workbook: &Path) {
    let job = program::sample_copy("init-settled");
    let mut args = vec!["check", text(&job), "--reason", "確認した"];
    for finding in ["P10 1 E25", "N03 2", "P06 3", "N08 6", "P05 7"] {
        args.extend(["--acknowledge", finding]);
    }
    run(&args).ends_with(0);
    run(&["merge", text(&job), "--publish", "-o", text(workbook)]).ends_with(0);
}

#[test]
fn what_was_cancelled_stays_closed_through_the_years() {
    let from = published("closed");
    let home = from.parent().unwrap();
    let grade = |workbook: &Path, at: usize| {
        let said = said(workbook);
        said["items"][at]["assessment"]["grade"]["raw"]
            .as_str()
            .map(str::to_owned)
    };
    assert!(grade(&from, 3).unwrap().contains("取組中止"));
    let (autumn, spring) = (home.join("R6上"), home.join("R6下"));
    run(&["rollover", text(&from), "-o", text(&autumn)]).ends_with(0);
    let merged = home.join("R6上.xlsx");
    run(&["merge", text(&autumn), "-o", text(&merged)]).ends_with(1);
    assert_eq!(grade(&merged, 3).as_deref(), Some("取組中止（令和5年度）"));
    assert_eq!(grade(&merged, 0), None);
    // What was published of its values is published again.
    let kpis = |workbook: &Path| said(workbook)["items"][3]["kpis"].clone();
    assert_eq!(kpis(&merged), kpis(&from));
    // It is counted under its own lead, though the department owes nothing any more.
    let bytes = fs::read(&merged).unwrap();
    let book = torimatome::read::workbook("R6上.xlsx", bytes, &Limits::default()).unwrap();
    let sheets = book.sheets.iter();
    let mut tally = sheets.filter(|sheet| sheet.source.sheet == "評価集計");
    let cells: Vec<&str> = tally
        .next()
        .unwrap()
        .cells
        .values()
        .map(|cell| cell.text.as_str())
        .collect();
    assert!(cells.contains(&"建設課") && !cells.contains(&"（主管課の記載なし）"));
    // The workbook of this year's autumn says of what was cancelled before.
    run(&["init", text(&spring), "--from", text(&merged)]).ends_with(0);
    let check = run(&["check", text(&spring)]).ends_with(1);
    assert!(
        check.text().contains("取組番号 1、2、3、5、6"),
        "{}",
        check.text()
    );
    let merged = home.join("R6下.xlsx");
    run(&["merge", text(&spring), "-o", text(&merged)]).ends_with(1);
    assert_eq!(grade(&merged, 3).as_deref(), Some("取組中止（令和5年度）"));
}

#[test]
fn a_plan_that_was_prolonged_goes_on_after_the_old_one_s_last_year() {
    let home = folder("prolonged");
    let tables = home.join("延ばした計画");
    let plan = sample("計画.xlsx");
    let args = [
        "export",
        text(&plan),
        "--format",
        "csv",
        "-o",
        text(&tables),
    ];
    run(&args).ends_with(0);
    let mut kpis = fs::read_to_string(tables.join("kpi.csv")).unwrap();
    let first = kpis.lines().find(|line| line.contains(",目標値,")).unwrap();
    let longer = first
        .replace(",R4,2022,", ",R7,2025,")
        .replace(",なし,—", ",数量,10件");
    kpis.push_str(&format!("{longer}\r\n"));
    fs::write(tables.join("kpi.csv"), kpis).unwrap();
    let from = root().join(LAST_YEAR);
    let args = ["init", "R7", "--from", text(&from), "--period", "R7上"];
    let over = run_in(&home, &args).ends_with(2);
    assert!(over.stderr.contains("R4、R5、R6"), "{}", over.stderr);
    run_in(&home, &[&args[..], &["--plan", text(&tables)]].concat()).ends_with(0);
    let years = said(&home.join("R7/計画.xlsx"))["plan_years"].clone();
    assert_eq!(years, serde_json::json!(["R4", "R5", "R6", "R7"]));
    run(&["check", text(&home.join("R7"))]).ends_with(1);
}
