//! `merge --data-sheet`: the rows of kpi.csv as the workbook's last sheet.

use std::fs;
use std::path::Path;

use crate::parts;
use crate::program::{SAMPLE, folder, run, sample_copy};
use torimatome::model::CellRef;
use torimatome::read::{Limits, workbook};

const NAME: &str = "データ（数値目標）";
/// 取組番号, 西暦年度 and 値 among the columns.
const NUMBERS: [usize; 3] = [3, 4, 13];

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn items(book: &str) -> serde_json::Value {
    let run = run(&["export", book, "--format", "json", "-o", "-", "--quiet"]);
    run.json()["items"].clone()
}

#[test]
fn the_sheet_says_cell_for_cell_what_the_table_says() {
    let home = folder("data-sheet");
    let book = home.join("集約版.xlsx");
    run(&["merge", SAMPLE, "--data-sheet", "-o", path(&book)]).ends_with(1);
    run(&["export", SAMPLE, "--format", "csv", "-o", path(&home)]).ends_with(1);
    let table = fs::read(home.join("kpi.csv")).unwrap();
    let table = table.strip_prefix(b"\xEF\xBB\xBF").unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(rows.len() > 100, "{}", rows.len());
    let bytes = fs::read(&book).unwrap();
    let read = workbook("集約版.xlsx", bytes.clone(), &Limits::default()).unwrap();
    let sheet = read.sheets.last().unwrap();
    assert_eq!(sheet.source.sheet, NAME);
    assert!(sheet.merges.is_empty());
    let cells = sheet.cells.iter().filter(|(_, cell)| !cell.text.is_empty());
    let filled = rows.iter().flatten().filter(|text| !text.is_empty());
    assert_eq!(cells.count(), filled.count());
    let mut numbers = 0;
    for (row, record) in (0..).zip(&rows) {
        for (column, text) in record.iter().enumerate() {
            let cell = sheet.cells.get(&CellRef::new(row, column as u32));
            let cell = cell.map_or("", |cell| &cell.text);
            assert_eq!(cell, text, "row {row} column {column}");
            let is_number = row > 0 && NUMBERS.contains(&column) && !text.is_empty();
            numbers += usize::from(is_number);
        }
    }
    let parts = parts::parts(&bytes);
    let last = parts
        .keys()
        .filter(|name| name.starts_with("xl/worksheets/sheet"));
    let last = last
        .max_by_key(|name| (name.len(), (*name).clone()))
        .unwrap();
    let xml = &parts[last];
    let typed = xml
        .split("<c ")
        .skip(1)
        .filter(|cell| !cell.contains("t=\"s\""));
    let typed = typed.filter(|cell| cell.contains("<v>"));
    assert_eq!(typed.count(), numbers, "what is a number is stored as one");
    assert!(xml.contains("<autoFilter") && xml.contains("state=\"frozen\""));
    assert!(!xml.contains("<mergeCell"));
}

#[test]
fn a_workbook_with_the_sheet_is_read_as_one_without_it() {
    let home = folder("data-sheet-again");
    let (with, without) = (home.join("あり.xlsx"), home.join("なし.xlsx"));
    run(&["merge", SAMPLE, "--data-sheet", "-o", path(&with)]).ends_with(1);
    run(&["merge", SAMPLE, "-o", path(&without)]).ends_with(1);
    assert_eq!(items(path(&with)), items(path(&without)));
    let diff = run(&["diff", path(&without), path(&with)]).ends_with(0);
    assert!(diff.text().contains("違いはありません"), "{}", diff.text());
    let job = sample_copy("data-sheet-returned");
    let collected = job.join("回収");
    fs::remove_dir_all(&collected).unwrap();
    fs::create_dir(&collected).unwrap();
    let mut reports = Vec::new();
    for book in [&without, &with] {
        fs::copy(book, collected.join("全課.xlsx")).unwrap();
        let args = ["check", path(&job), "--format", "json"];
        reports.push(run(&args).json()["findings"].clone());
    }
    assert_eq!(reports[0], reports[1]);
}

#[test]
fn the_public_never_gets_the_sheet() {
    let target = folder("data-sheet-public").join("公表用.xlsx");
    let refused = run(&[
        "merge",
        SAMPLE,
        "--publish",
        "--force",
        "--data-sheet",
        "-o",
        path(&target),
    ]);
    assert!(refused.ends_with(2).stderr.contains("--data-sheet"));
    assert!(!target.exists());
    run(&["merge", SAMPLE, "--publish", "--force", "-o", path(&target)]).ends_with(1);
    let read = workbook(
        "公表用.xlsx",
        fs::read(&target).unwrap(),
        &Limits::default(),
    )
    .unwrap();
    assert!(read.sheets.iter().all(|sheet| sheet.source.sheet != NAME));
}
