//! A plan or a previous workbook in bad repair: nothing of it is missing in silence.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{Run, run};
use crate::{miniature, program};
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use torimatome::model::OfficialBook;
use torimatome::read::{Limited, Limits, ReadError};
use torimatome::{default_layout, official_book};

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// The form with other elements in place of a cell.
fn with_cell(address: &str, elements: &str) -> Vec<u8> {
    let mut parts = miniature::parts_of(&miniature::form());
    let (_, bytes) = parts.iter_mut().find(|(name, _)| name == SHEET).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let begin = text.find(&format!("<c r=\"{address}\"")).unwrap();
    let end = begin + text[begin..].find("</c>").unwrap() + "</c>".len();
    *bytes = format!("{}{elements}{}", &text[..begin], &text[end..]).into_bytes();
    miniature::package(&parts)
}

fn with_merge(range: &str) -> Vec<u8> {
    let mut parts = miniature::parts_of(&miniature::form());
    let (_, bytes) = parts.iter_mut().find(|(name, _)| name == SHEET).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let more = format!("<mergeCell ref=\"{range}\"/></mergeCells>");
    *bytes = text.replace("</mergeCells>", &more).into_bytes();
    miniature::package(&parts)
}

/// A job in which the form was returned as it is.
fn job(name: &str) -> PathBuf {
    let job = program::folder(&format!("official-{name}"));
    miniature::job(&job, "");
    fs::write(job.join("回収/総務課.xlsx"), miniature::form()).unwrap();
    job
}

fn merge(job: &Path, more: &[&str]) -> Run {
    let output = job.join("集約版.xlsx");
    let args = [
        "merge",
        job.to_str().unwrap(),
        "-o",
        output.to_str().unwrap(),
    ];
    run(&[&args, more].concat())
}

/// Damage and the words in which it is told.
const DAMAGE: [(&str, &str, &str); 5] = [
    (
        "B2",
        "<c r=\"B2\"><f>A1</f></c>",
        "計画.xlsx「取組1」!B2：数式の計算結果が保存されていない",
    ),
    (
        "E12",
        "<c r=\"E12\" t=\"e\"><v>#REF!</v></c>",
        "計画.xlsx「取組1」!E12：数式の結果がエラー値「#REF!」",
    ),
    (
        "E12",
        "<c r=\"E12\"><v>1</v></c><c r=\"E12\"><v>2</v></c>",
        "計画.xlsx「取組1」!E12：同じセルが二つ",
    ),
    (
        "D8",
        "<c r=\"D8\" t=\"riddle\"><v>1</v></c>",
        "計画.xlsx「取組1」!D8：セルの値の種類が分からない",
    ),
    // A label: without it the block would not be found.
    (
        "A9",
        "<c r=\"A9\"><f>A1</f></c>",
        "計画.xlsx「取組1」!A9：数式の計算結果が保存されていない",
    ),
];

#[test]
fn a_plan_of_which_a_cell_cannot_be_read_is_refused() {
    let job = job("plan");
    for (cell, elements, sentence) in DAMAGE {
        fs::write(job.join("計画.xlsx"), with_cell(cell, elements)).unwrap();
        let run = merge(&job, &[]).ends_with(2);
        assert!(run.stderr.contains(sentence), "{}", run.stderr);
        assert!(
            run.stderr.trim_end().ends_with("ください。"),
            "{}",
            run.stderr
        );
        assert!(!job.join("集約版.xlsx").exists(), "nothing was written");
    }
}

#[test]
fn what_departments_enter_may_be_damaged_in_a_plan() {
    let job = job("entries");
    let entries = [
        ("E11", "<c r=\"E11\" t=\"e\"><v>#REF!</v></c>"),
        ("D15", "<c r=\"D15\"><f>A1</f></c>"),
    ];
    for (cell, elements) in entries {
        fs::write(job.join("計画.xlsx"), with_cell(cell, elements)).unwrap();
        let run = merge(&job, &[]).ends_with(0);
        assert_eq!(run.stderr, "", "{cell}");
    }
}

#[test]
fn what_a_plan_may_mean_otherwise_is_told() {
    let job = job("otherwise");
    fs::write(job.join("計画.xlsx"), with_merge("C11:D11")).unwrap();
    let run = merge(&job, &[]).ends_with(0);
    let told = "注意: 計画の計画.xlsx「取組1」!C11のセルの結合が、ほかの結合と重なっています。";
    assert!(run.stderr.starts_with(told), "{}", run.stderr);
}

#[test]
fn what_cannot_be_read_of_the_previous_workbook_is_told() {
    let job = job("previous");
    let previous = job.join("前回.xlsx");
    let findings = || {
        let job = job.to_str().unwrap();
        let more = ["--previous", previous.to_str().unwrap()];
        let checked = run(&[&["check", job, "--format", "json"], &more[..]].concat());
        let found: Vec<Value> = checked.json()["findings"].as_array().unwrap().clone();
        let word = |one: &Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
        let found = found.iter().map(|one| {
            let keys = ["code", "level", "file", "cell", "department"];
            keys.map(|key| word(one, key)).join(" ")
        });
        found.collect::<Vec<_>>()
    };
    fs::write(&previous, miniature::form()).unwrap();
    let clean = findings();
    for (bytes, told) in [
        (
            with_cell("D11", "<c r=\"D11\"><f>A1</f></c>"),
            "S16 warning 前回.xlsx D11 ",
        ),
        (
            with_cell("D11", "<c r=\"D11\" t=\"e\"><v>#REF!</v></c>"),
            "S10 warning 前回.xlsx D11 ",
        ),
        (
            with_cell("D11", "<c r=\"D11\" t=\"riddle\"><v>1</v></c>"),
            "S10 warning 前回.xlsx D11 ",
        ),
        (with_merge("C11:D11"), "S19 warning 前回.xlsx C11 "),
    ] {
        fs::write(&previous, bytes).unwrap();
        let mut found = findings();
        let at = found.iter().position(|one| one == told);
        found.remove(at.unwrap_or_else(|| panic!("{told}: {found:#?}")));
        assert_eq!(found, clean, "nobody is accused of it: {told}");
    }
}

#[test]
fn an_export_says_what_it_could_not_read() {
    let folder = program::folder("official-export");
    let book = folder.join("公表版.xlsx");
    fs::write(&book, with_cell("E11", "<c r=\"E11\"><f>A1</f></c>")).unwrap();
    let book = book.to_str().unwrap();
    let run = run(&["export", book, "--format", "json", "-o", "-"]).ends_with(0);
    assert!(run.json()["items"][0]["kpis"][0]["years"][1]["actual"]["raw"].is_null());
    let told = "注意: 読み取れないセルがあります（公表版.xlsx「取組1」!E11：数式の計算結果が保存されていない";
    assert!(run.stderr.starts_with(told), "{}", run.stderr);
}

/// A workbook of this many items, a few cells each, and other sheets.
fn official(items: u32, others: u32) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for number in 1..=items {
        let sheet = workbook.add_worksheet();
        for (row, (label, text)) in [
            ("取組番号", number.to_string()),
            ("取組項目", format!("取組その{number}")),
            ("主管課(関係課)", "総務課".to_owned()),
            ("実施内容", "実施します。".to_owned()),
            ("期待される効果", "よくなります。".to_owned()),
        ]
        .into_iter()
        .enumerate()
        {
            sheet.write_string(row as u32, 0, label).unwrap();
            sheet.write_string(row as u32, 1, text).unwrap();
        }
    }
    for number in 0..others {
        let sheet = workbook.add_worksheet().set_name(format!("資料{number}"));
        sheet.unwrap().write_string(0, 0, "参考").unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

fn read(bytes: Vec<u8>, limits: &Limits) -> Result<OfficialBook, ReadError> {
    official_book("計画.xlsx", bytes, &default_layout(), limits)
}

#[test]
fn a_plan_has_as_many_sheets_as_its_items_explain() {
    let few = Limits {
        sheets: 2,
        ..Limits::default()
    };
    let book = read(official(3, 50), &few).unwrap();
    assert_eq!(book.items.len(), 3);
    let refused = read(official(3, 51), &few).unwrap_err();
    let expected = ReadError::OverLimit {
        what: Limited::Sheets,
        limit: 53,
        part: None,
    };
    assert_eq!(refused, expected);
    // A few more are allowed to any workbook.
    assert!(read(official(3, 51), &Limits::default()).is_ok());
}

#[test]
fn a_plan_of_more_items_than_a_return_may_have_sheets_is_read() {
    let bytes = official(1_001, 2);
    assert_eq!(
        read(bytes.clone(), &Limits::default()).unwrap().items.len(),
        1_001
    );
    let returned = torimatome::read::workbook("総務課.xlsx", bytes, &Limits::default());
    let refused = returned.unwrap_err();
    assert!(
        refused
            .reason()
            .contains("シートが多すぎます（上限 1000枚）")
    );
}
