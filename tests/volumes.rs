//! A merged workbook in volumes says what the whole one says, and is read as one.

use std::fs;
use std::path::{Path, PathBuf};

use crate::parts::{package, parts as parts_of, sheets};
use crate::program::{Run, SAMPLE, files_below, folder, run, sample_copy};
use crate::soundness;
use torimatome::read::{Limits, workbook};

const SUMMARY: &str = "集約版.xlsx";

/// Merges the sample, two items a volume at most.
fn in_volumes(name: &str, more: &[&str]) -> PathBuf {
    let folder = folder(name);
    let target = folder.join(SUMMARY);
    let merge = ["merge", SAMPLE, "--split", "2", "-o"];
    run(&[&merge[..], &[target.to_str().unwrap()], more].concat()).ends_with(1);
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let files = files_below(folder).into_keys();
    files
        .map(|path| path.to_string_lossy().into_owned())
        .collect()
}

fn tabs(file: &Path) -> Vec<String> {
    let parts = parts_of(&fs::read(file).unwrap());
    sheets(&parts)
        .into_iter()
        .map(|(name, _, _)| name)
        .collect()
}

/// Makes the job folder of the next year below a folder; gives its files and what its check says.
fn rolled(from: &Path, below: &Path) -> (Vec<String>, serde_json::Value) {
    let new = below.join("R6上半期");
    let [from, job] = [from, &new].map(|path| path.to_str().unwrap());
    run(&["rollover", from, "-o", job]).ends_with(0);
    let checked = run(&["check", job, "--format", "json"]);
    assert!(checked.stderr.is_empty() || checked.stderr.contains("注意"));
    (names(&new), checked.json())
}

fn exported(paths: &[&Path]) -> Run {
    let mut args = vec!["export", "--format", "json", "-o", "-"];
    args.extend(paths.iter().map(|path| path.to_str().unwrap()));
    run(&args)
}

fn json(paths: &[&Path]) -> serde_json::Value {
    exported(paths).ends_with(0).json()
}

#[test]
fn every_item_is_in_one_volume_and_the_summary_says_in_which() {
    let folder = in_volumes("volumes-whole", &[]);
    let files = names(&folder);
    let expected = [
        "集約版.xlsx",
        "集約版_第1分冊.xlsx",
        "集約版_第2分冊.xlsx",
        "集約版_第3分冊.xlsx",
        "集約版_第4分冊.xlsx",
    ];
    assert_eq!(files, expected);
    let mut items = Vec::new();
    for file in &files[1..] {
        let tabs = tabs(&folder.join(file));
        assert!(!tabs.contains(&"評価集計".to_owned()), "{tabs:?}");
        assert!(tabs.contains(&"出典".to_owned()), "{tabs:?}");
        items.push(
            tabs.into_iter()
                .filter(|tab| tab.starts_with("取組") && tab != "取組項目一覧"),
        );
    }
    let items: Vec<Vec<String>> = items.into_iter().map(Iterator::collect).collect();
    assert_eq!(items.concat().len(), 7);
    assert!(items.iter().all(|items| (1..=2).contains(&items.len())));
    let whole = [
        "表紙",
        "取組項目一覧",
        "数値目標総括表",
        "評価集計",
        "提出状況",
        "点検結果",
        "出典",
    ];
    assert_eq!(tabs(&folder.join(SUMMARY)), whole);
    let bytes = fs::read(folder.join(SUMMARY)).unwrap();
    let book = workbook(SUMMARY, bytes, &Limits::default()).unwrap();
    let index = &book.sheets[1];
    for (at, items) in items.iter().enumerate() {
        for item in items {
            let number = item.trim_start_matches("取組");
            let mut rows = index.cells.iter();
            let (cell, _) = rows
                .find(|(cell, one)| cell.column == 1 && one.text == number)
                .unwrap();
            let mut row = index.cells.iter().filter(|(one, _)| one.row == cell.row);
            let (_, volume) = row.next_back().unwrap();
            assert_eq!(volume.text, (at + 1).to_string(), "{item}");
        }
    }
    for file in &files {
        let faults = soundness::faults(&fs::read(folder.join(file)).unwrap());
        assert!(faults.is_empty(), "{file}: {faults:?}");
    }
}

#[test]
fn whatever_reads_the_summary_reads_its_volumes() {
    let folder = in_volumes("volumes-read", &[]);
    let whole = folder.join("一冊.xlsx");
    run(&["merge", SAMPLE, "-o", whole.to_str().unwrap()]).ends_with(1);
    let summary = folder.join(SUMMARY);
    let expected = json(&[&whole]);
    assert_eq!(json(&[&summary]), expected);
    let volumes: Vec<PathBuf> = (1..=4)
        .map(|number| folder.join(format!("集約版_第{number}分冊.xlsx")))
        .collect();
    let alone: Vec<&Path> = volumes.iter().map(PathBuf::as_path).collect();
    assert_eq!(json(&alone)["items"], expected["items"]);
    // A whole folder, in whatever order: no item twice.
    let all: Vec<&Path> = alone.iter().rev().copied().chain([&*summary]).collect();
    assert_eq!(json(&all), expected);
    let (before, after) = (whole.to_str().unwrap(), summary.to_str().unwrap());
    let said = run(&["diff", before, after]).ends_with(0);
    assert!(said.text().contains("違いはありません"), "{}", said.text());
}

#[test]
fn a_folder_of_volumes_is_one_partition() {
    let folder = in_volumes("volumes-parquet", &[]);
    let output = folder.join("表");
    let args = ["export", "--format", "parquet", "-o"];
    let paths = [&folder, &output].map(|path| path.to_str().unwrap().to_owned());
    let run = run(&[&args[..], &[&paths[1], &paths[0]]].concat()).ends_with(0);
    assert!(!run.stderr.contains("分冊"), "{}", run.stderr);
    let kpis = files_below(&output).into_keys();
    let kpis = kpis.filter(|path| path.starts_with("kpi"));
    assert_eq!(kpis.count(), 1);
}

#[test]
fn a_new_job_takes_the_volumes_with_it_and_checks_against_them() {
    let folder = in_volumes("volumes-rollover", &[]);
    let summary = folder.join(SUMMARY);
    let whole = folder.join("一冊.xlsx");
    run(&["merge", SAMPLE, "-o", whole.to_str().unwrap()]).ends_with(1);
    let (_, one) = rolled(&whole, &folder.join("一冊から"));
    let (copied, set) = rolled(&summary, &folder.join("分冊から"));
    assert_eq!(set, one);
    let copied = copied.iter().filter(|name| name.starts_with("前回"));
    assert_eq!(copied.count(), 5);
}

#[test]
fn a_set_that_is_not_whole_is_refused() {
    let folder = in_volumes("volumes-broken", &[]);
    let summary = folder.join(SUMMARY);
    let second = folder.join("集約版_第2分冊.xlsx");
    let from = |path: &Path| {
        let job = folder.join("R6上半期");
        let args = [
            "rollover",
            path.to_str().unwrap(),
            "-o",
            job.to_str().unwrap(),
        ];
        let run = run(&args).ends_with(2);
        assert!(!job.exists());
        run.stderr
    };
    assert!(from(&second).contains("このブックは第2分冊（全4分冊）で"));
    fs::copy(folder.join("集約版_第1分冊.xlsx"), &second).unwrap();
    assert!(from(&summary).contains("総括の第2分冊（全4分冊）だとは確かめられません"));
    fs::remove_file(&second).unwrap();
    let said = from(&summary);
    assert!(
        said.contains("集約版_第2分冊.xlsx」が見つかりません"),
        "{said}"
    );
}

#[test]
fn nothing_is_replaced_where_one_volume_cannot_be_written() {
    let folder = in_volumes("volumes-kept", &[]);
    let before = files_below(&folder);
    let owner = folder.join("~$集約版_第3分冊.xlsx");
    fs::write(&owner, b"\x06user").unwrap();
    let target = folder.join(SUMMARY);
    let again = ["merge", SAMPLE, "--split", "2", "--data-sheet", "-o"];
    let run = run(&[&again[..], &[target.to_str().unwrap()]].concat()).ends_with(2);
    assert!(
        run.stderr
            .contains("集約版_第3分冊.xlsx」は、Excelなどで開かれている")
    );
    fs::remove_file(&owner).unwrap();
    assert!(files_below(&folder) == before);
}

#[test]
fn volumes_of_an_earlier_set_are_named_and_left() {
    let folder = in_volumes("volumes-left", &[]);
    let target = folder.join(SUMMARY);
    let target = target.to_str().unwrap();
    let fewer = run(&["merge", SAMPLE, "--split", "4", "-o", target]).ends_with(1);
    let text = fewer.text();
    assert!(text.contains("うち3冊は、同じ名前のファイル"), "{text}");
    let left = "ください: 集約版_第4分冊.xlsx\n";
    assert!(fewer.text().contains(left), "{}", fewer.text());
    let whole = run(&["merge", SAMPLE, "-o", target]).ends_with(1);
    let numbers = [1, 2, 3, 4].map(|number| format!("集約版_第{number}分冊.xlsx"));
    let left = numbers.join("、");
    assert!(whole.text().contains(&left), "{}", whole.text());
    assert_eq!(names(&folder).len(), 5);
}

#[test]
fn the_public_s_volumes_hold_cover_index_and_items_alone() {
    let folder = in_volumes("volumes-public", &["--publish", "--force"]);
    let summary = tabs(&folder.join(SUMMARY));
    assert_eq!(summary, ["表紙", "取組項目一覧"]);
    let first = tabs(&folder.join("集約版_第1分冊.xlsx"));
    assert_eq!(first[..2], summary[..]);
    assert!(first[2..].iter().all(|tab| tab.starts_with("取組")));
}

#[test]
fn the_same_inputs_give_the_same_volumes_and_settings_say_the_same_as_the_option() {
    let job = sample_copy("volumes-settings");
    let mut settings = fs::read_to_string(job.join("torimatome.toml")).unwrap();
    settings.push_str("\n[volumes]\nitems = 2\n");
    fs::write(job.join("torimatome.toml"), settings).unwrap();
    let folder = in_volumes("volumes-option", &["--threads", "1"]);
    let target = folder.join("設定.xlsx");
    let args = [
        "merge",
        job.to_str().unwrap(),
        "-o",
        target.to_str().unwrap(),
    ];
    run(&args).ends_with(1);
    for name in names(&folder)
        .iter()
        .filter(|name| name.starts_with("設定"))
    {
        let other = name.replace("設定", "集約版");
        let read = |name: &str| fs::read(folder.join(name)).unwrap();
        assert!(read(name) == read(&other), "{name}");
    }
    // Where the option says otherwise, it wins.
    let whole = [&args[..], &["--split", "7"]].concat();
    let said = run(&whole).ends_with(1);
    assert!(!said.text().contains("総括。"), "{}", said.text());
}

#[test]
fn the_standard_output_gets_one_workbook() {
    let run = run(&["merge", SAMPLE, "--split", "2", "-o", "-"]).ends_with(1);
    assert!(run.stderr.contains("一冊で書き出しました"));
    let book = workbook("-", run.stdout, &Limits::default()).unwrap();
    let items = book
        .sheets
        .iter()
        .filter(|sheet| sheet.source.sheet.starts_with("取組"));
    assert_eq!(items.count(), 8);
}

#[test]
fn a_large_plan_of_a_new_job_is_in_volumes_too() {
    let job = sample_copy("volumes-plan");
    let plain = folder("volumes-plan-new");
    let target = job.join("前年.xlsx");
    let merge = |more: &[&str]| {
        let args = ["merge", job.to_str().unwrap(), "-o"];
        run(&[&args[..], &[target.to_str().unwrap()], more].concat()).ends_with(1);
    };
    merge(&[]);
    let (_, one) = rolled(&target, &plain.join("一冊"));
    let mut settings = fs::read_to_string(job.join("torimatome.toml")).unwrap();
    settings.push_str("\n[volumes]\nitems = 3\n");
    fs::write(job.join("torimatome.toml"), settings).unwrap();
    merge(&[]);
    let (files, set) = rolled(&target, &plain.join("分冊"));
    let plans = files.iter().filter(|name| name.starts_with("計画"));
    assert!(plans.count() > 2, "{files:?}");
    assert_eq!(set, one);
}

#[test]
fn a_comparison_never_takes_the_place_of_a_volume() {
    let folder = in_volumes("volumes-compared", &[]);
    let before = files_below(&folder);
    let summary = folder.join(SUMMARY);
    let second = folder.join("集約版_第2分冊.xlsx");
    let [summary, second] = [&summary, &second].map(|path| path.to_str().unwrap());
    let args = ["diff", summary, summary, "--format", "xlsx", "-o", second];
    let said = run(&args).ends_with(2).stderr;
    assert!(said.contains("入力のファイルと同じ"), "{said}");
    assert!(files_below(&folder) == before);
    // One volume by itself is told.
    let said = run(&["diff", second, second]).ends_with(0).stderr;
    assert!(said.contains("第2分冊（全4分冊）だけです"), "{said}");
}

#[test]
fn volumes_of_another_set_are_refused_by_their_covers_and_their_items() {
    let folder = in_volumes("volumes-mixed", &[]);
    let summary = folder.join(SUMMARY);
    let said = || exported(&[&summary]).ends_with(2).stderr;
    let public = in_volumes("volumes-mixed-public", &["--publish", "--force"]);
    let second = "集約版_第2分冊.xlsx";
    let own = fs::read(folder.join(second)).unwrap();
    fs::copy(public.join(second), folder.join(second)).unwrap();
    assert!(said().contains("第2分冊（全4分冊）だとは確かめられません"));
    fs::write(folder.join(second), &own).unwrap();
    exported(&[&summary]).ends_with(0);
}

#[test]
fn a_volume_of_an_earlier_merge_is_refused_unless_it_says_the_same() {
    let job = sample_copy("volumes-earlier-job");
    let merged = |name: &str| {
        let folder = folder(name);
        let target = folder.join(SUMMARY);
        let [job, target] = [&job, &target].map(|path| path.to_str().unwrap());
        run(&["merge", job, "--split", "2", "-o", target]).ends_with(1);
        folder
    };
    let (first, again) = (merged("volumes-earlier"), merged("volumes-again"));
    let read = |folder: &Path| exported(&[&folder.join(SUMMARY)]);
    let second = "集約版_第2分冊.xlsx";
    // The same words: it does not matter when they were written.
    fs::copy(first.join(second), again.join(second)).unwrap();
    read(&again).ends_with(0);
    // A department's file is gone: same items, same cover, other words.
    fs::remove_file(job.join("回収/建設課.xlsx")).unwrap();
    let later = merged("volumes-later");
    read(&later).ends_with(0);
    fs::copy(first.join(second), later.join(second)).unwrap();
    let said = read(&later).ends_with(2).stderr;
    assert!(
        said.contains("第2分冊（全4分冊）だとは確かめられません"),
        "{said}"
    );
}

/// Replaces words in a part of a workbook, as somebody does by hand.
fn corrected(file: &Path, part: &str, words: &str, others: &str) {
    let mut parts = parts_of(&fs::read(file).unwrap());
    let text = parts.get_mut(part).unwrap();
    assert!(text.contains(words), "{words}");
    *text = text.replace(words, others);
    fs::write(file, package(&parts)).unwrap();
}

#[test]
fn a_cover_that_was_corrected_by_hand_leaves_the_set_together() {
    const CUSTOM: &str = "docProps/custom.xml";
    let folder = in_volumes("volumes-corrected", &[]);
    let summary = folder.join(SUMMARY);
    let read = || run(&["diff", summary.to_str().unwrap(), summary.to_str().unwrap()]);
    corrected(&summary, "xl/sharedStrings.xml", "令和6年6月", "令和6年7月");
    read().ends_with(0);
    // Without the marks the covers are all that there is to go by.
    corrected(&summary, CUSTOM, "torimatome分冊", "ほかの印");
    let said = read().ends_with(2).stderr;
    assert!(
        said.contains("第1分冊（全4分冊）だとは確かめられません"),
        "{said}"
    );
    corrected(&summary, "xl/sharedStrings.xml", "令和6年7月", "令和6年6月");
    read().ends_with(0);
    // Volumes of two merges differ from each other, whatever the summary says.
    let other = in_volumes("volumes-corrected-other", &[]);
    let second = other.join("集約版_第2分冊.xlsx");
    let custom = parts_of(&fs::read(&second).unwrap())
        .remove(CUSTOM)
        .unwrap();
    let mark = custom.split("lpwstr>").nth(1).unwrap();
    let mark = mark.trim_end_matches("</vt:");
    corrected(&second, CUSTOM, mark, "0123456789abcdef01234567");
    fs::copy(&second, folder.join("集約版_第2分冊.xlsx")).unwrap();
    let said = read().ends_with(2).stderr;
    assert!(
        said.contains("第2分冊（全4分冊）だとは確かめられません"),
        "{said}"
    );
}
