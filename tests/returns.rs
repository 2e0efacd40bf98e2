//! One item that came back more than once, in workbooks of other writers: what is taken, what is
//! said, and where the 出典 says it came from.
//!
//! `fixtures/returns/make.py` made the workbooks; each is named after what is in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{folder, root, run};
use torimatome::gather::{self, Parts};
use torimatome::model::{
    Book, BookItem, CellRef, Cover, Finding, Layout, Period, Prefer, Thresholds, Workbook,
};
use torimatome::read::{Limits, workbook};
use torimatome::write::Stamp;
use torimatome::{check, collected_file, default_layout, export_items, merged, official_book};

const STAMP: Stamp = Stamp {
    year: 2024,
    month: 4,
    day: 30,
};

fn fixture(name: &str) -> PathBuf {
    let folder = root().join("tests/fixtures/returns");
    match name.ends_with(".csv") {
        true => folder.join(name),
        false => folder.join(format!("{name}.xlsx")),
    }
}

/// A job whose collected files are these workbooks, each under the name it came back with.
fn book_of(files: &[(&str, &str)], prefer: Prefer) -> Book {
    let (layout, limits) = (default_layout(), Limits::default());
    let plan = fs::read(fixture("計画")).unwrap();
    let plan = official_book("計画.xlsx", plan, &layout, &limits).unwrap();
    let read = |(name, path): &(&str, &str)| {
        let file = collected_file(name, &fixture(path), &layout, &limits);
        assert_eq!(file.items.len(), 1, "{path}");
        assert!(file.items[0].unplaced.is_empty(), "{path}");
        file
    };
    gather::book(Parts {
        period: Period::parse("R5下").unwrap(),
        plan,
        previous: None,
        files: files.iter().map(read).collect(),
        cover: Cover::default(),
        prefer,
        aliases: Vec::new(),
        layout,
        thresholds: Thresholds::default(),
        kpi_settings: Vec::new(),
    })
}

fn book(files: &[(&str, &str)]) -> Book {
    book_of(files, Prefer::Newest)
}

fn findings(book: &Book) -> Vec<Finding> {
    check::findings(book, &BTreeMap::new())
}

/// The findings about an item: code, level where it is not the rule's, file and cells.
fn told(book: &Book, item: u32) -> Vec<String> {
    let findings = findings(book).into_iter();
    findings
        .filter(|finding| finding.item == Some(item))
        .map(|finding| {
            let rule = check::rule(finding.code).unwrap();
            let level = match finding.level == rule.level {
                true => String::new(),
                false => format!(" {}", finding.level.code()),
            };
            let cells: Vec<String> = finding.cells.iter().map(CellRef::to_string).collect();
            let file = finding
                .place
                .map_or(String::new(), |place| place.source.file.clone());
            format!("{}{level} {file} {}", finding.code, cells.join(","))
        })
        .collect()
}

fn message(book: &Book, code: &str) -> String {
    let mut findings = findings(book).into_iter();
    let finding = findings.find(|finding| finding.code == code);
    finding.unwrap_or_else(|| panic!("no {code}")).message
}

fn item(book: &Book, number: u32) -> &BookItem {
    let mut items = book.items.iter();
    items.find(|item| item.number() == number).unwrap()
}

/// What the merged workbook shows of an item, as JSON.
fn official(book: &Book, number: u32) -> String {
    export_items(&[&item(book, number).official], book).unwrap()
}

/// The actual of an item's first KPI in the merged workbook, and the file it came from.
fn actual(book: &Book) -> (String, String) {
    let kpi = &item(book, 2).official.kpis[0];
    let actual = kpi.years[0].actual.as_ref().unwrap();
    let place = actual.place.as_ref().unwrap();
    (actual.text().to_owned(), place.source.file.clone())
}

/// The merged workbook, read back.
fn written(book: &Book) -> Workbook {
    let bytes = merged(book, &findings(book), STAMP).unwrap();
    workbook("集約版.xlsx", bytes, &Limits::default()).unwrap()
}

/// The rows of the 出典 that are about an item: field, beginning, file, sheet, cell, how.
fn provenance(workbook: &Workbook, number: u32) -> Vec<[String; 6]> {
    let sheet = workbook.sheets.last().unwrap();
    assert_eq!(sheet.source.sheet, "出典");
    let text = |row, column| {
        sheet
            .text(CellRef::new(row, column))
            .unwrap_or("")
            .to_owned()
    };
    let last = sheet.cells.keys().map(|cell| cell.row).max().unwrap();
    let rows = (2..=last).filter(|row| text(*row, 0) == number.to_string());
    rows.map(|row| [1, 2, 3, 4, 5, 6].map(|column| text(row, column)))
        .collect()
}

const PARTS: [(&str, &str); 2] = [
    ("総務課.xlsx", "窓口_総務課の分"),
    ("企画政策課.xlsx", "窓口_企画政策課の分"),
];

#[test]
fn two_departments_parts_are_the_whole_and_nothing_is_said() {
    let whole = book(&[("総務課.xlsx", "窓口_全部")]);
    assert_eq!(told(&whole, 1), [""; 0]);
    for second in ["窓口_企画政策課の分", "窓口_企画政策課の分_LibreOffice"] {
        for prefer in [Prefer::Newest, Prefer::First, Prefer::Last] {
            let joined = book_of(&[PARTS[0], ("企画政策課.xlsx", second)], prefer);
            assert_eq!(official(&joined, 1), official(&whole, 1), "{second}");
            assert_eq!(told(&joined, 1), [""; 0], "{second}");
        }
    }
    for alone in PARTS {
        let codes = told(&book(&[alone]), 1);
        assert!(
            codes.iter().any(|code| code.starts_with("N04")),
            "{codes:?}"
        );
    }
}

#[test]
fn values_in_a_table_complete_the_form_and_blank_nothing() {
    let whole = book(&[("総務課.xlsx", "窓口_全部")]);
    let files = [
        ("総務課.xlsx", "窓口_実績値のない票"),
        ("総務課_実績値.csv", "窓口_実績値だけ.csv"),
    ];
    for prefer in [Prefer::Newest, Prefer::First, Prefer::Last] {
        let joined = book_of(&files, prefer);
        assert_eq!(official(&joined, 1), official(&whole, 1));
        assert_eq!(told(&joined, 1), [""; 0]);
        let actual = &item(&joined, 1).official.kpis[0].years[0].actual;
        let place = actual.as_ref().unwrap().place.as_ref().unwrap();
        assert_eq!(place.to_string(), "総務課_実績値.csv「CSV」!F2");
    }
}

#[test]
fn rows_are_found_in_a_form_with_a_row_more() {
    let whole = book(&[("総務課.xlsx", "窓口_全部")]);
    let longer = ("企画政策課.xlsx", "窓口_企画政策課の分_行を足した票");
    let joined = book(&[PARTS[0], longer]);
    assert_eq!(told(&joined, 1), [""; 0]);
    let official = &item(&joined, 1).official;
    assert_eq!(official.status.len(), 3);
    assert_eq!(official.schedule_notes[0].text(), "窓口の数は支所を含む。");
    let expected = &item(&whole, 1).official;
    let texts = |sheet: &torimatome::model::ItemSheet| -> Vec<String> {
        let rows = sheet.status.iter();
        let mut rows: Vec<String> = rows.map(|row| row.plan.text().to_owned()).collect();
        rows.sort();
        rows
    };
    assert_eq!(texts(official), texts(expected));
}

#[test]
fn a_contradiction_is_told_at_its_cells_alone_with_both_dates() {
    let different = ("企画政策課.xlsx", "窓口_企画政策課の分_食い違い");
    let joined = book(&[PARTS[0], different]);
    assert_eq!(
        told(&joined, 1),
        ["S07 企画政策課.xlsx C11", "S07 企画政策課.xlsx A21"]
    );
    assert_eq!(
        message(&joined, "S07"),
        "票によって数値目標1 R5年度【実績値】「集約した窓口の数」の記載が異なります：\
         「1か所」（企画政策課.xlsx「取組1」!C11、2024年4月12日 9:00保存、こちらを採用）、\
         「2か所」（総務課.xlsx「取組1」!C11、2024年4月10日 9:00保存）。\
         採用したのは、保存日時が新しいためです。"
    );
    let first = book_of(&[PARTS[0], different], Prefer::Last);
    assert!(told(&first, 1)[0].starts_with("S07 総務課.xlsx"));
    assert!(
        message(&first, "S07").ends_with("設定（prefer）により、ファイル名の順で後のためです。")
    );
}

#[test]
fn a_missing_entry_of_both_is_told_at_a_cell_of_the_chosen_one() {
    let joined = book(&[
        ("総務課.xlsx", "窓口_総務課の分"),
        ("総務課_控え.xlsx", "窓口_総務課の分"),
    ]);
    let missing: Vec<String> = told(&joined, 1);
    assert!(
        missing.contains(&"N08 総務課.xlsx A23".to_owned()),
        "{missing:?}"
    );
    assert!(
        missing.contains(&"S06 総務課_控え.xlsx A1".to_owned()),
        "{missing:?}"
    );
}

#[test]
fn the_last_saved_return_counts_and_says_what_it_changed() {
    let files = [
        ("総務課.xlsx", "研修_最初の票"),
        ("総務課_2.xlsx", "研修_直した票"),
    ];
    let joined = book(&files);
    assert_eq!(
        actual(&joined),
        ("106人".to_owned(), "総務課_2.xlsx".to_owned())
    );
    assert_eq!(
        told(&joined, 2),
        ["S07 総務課_2.xlsx C11", "S07 info 総務課.xlsx A19"]
    );
    let official = &item(&joined, 2).official;
    assert_eq!(official.action.text(), "管理職の回を増やします。");
    for (prefer, wanted) in [(Prefer::First, "104人"), (Prefer::Last, "106人")] {
        assert_eq!(actual(&book_of(&files, prefer)).0, wanted);
    }
}

#[test]
fn equal_returns_are_told_once_with_dates_and_choice() {
    let joined = book(&[
        ("a.xlsx", "研修_保存日時のない同じ票"),
        ("b.xlsx", "研修_最初の票"),
        ("c.xlsx", "研修_字の幅だけ違う票"),
    ]);
    assert_eq!(told(&joined, 2), ["S06 b.xlsx A1"]);
    assert_eq!(
        message(&joined, "S06"),
        "取組2の同じ内容の票が3つあります：c.xlsx「取組2」（2024年4月9日 9:00保存）、\
         b.xlsx「取組2」（2024年4月8日 9:00保存）、a.xlsx「取組2」（保存日時の記録なし）。\
         c.xlsx「取組2」を採用しました（保存日時が新しいため）。"
    );
}

#[test]
fn equal_or_absent_dates_leave_it_to_the_order_of_names_and_it_is_said() {
    for (one, other, reason) in [
        (
            "研修_最初の票",
            "研修_同じ時刻の別の票",
            "保存日時が同じで、ファイル名の順で先のため",
        ),
        (
            "研修_直した票",
            "研修_保存日時のない同じ票",
            "保存日時の記録があるため",
        ),
    ] {
        for names in [["1.xlsx", "2.xlsx"], ["2.xlsx", "1.xlsx"]] {
            let joined = book(&[(names[0], one), (names[1], other)]);
            let taken = actual(&joined).1;
            match reason.contains("順") {
                true => assert_eq!(taken, "1.xlsx"),
                false => assert_eq!(taken, names[0]),
            }
            assert!(message(&joined, "S07").contains(reason), "{reason}");
        }
    }
}

#[test]
fn three_different_returns_are_told_in_one_message() {
    let joined = book(&[
        ("1.xlsx", "研修_最初の票"),
        ("2.xlsx", "研修_直した票"),
        ("3.xlsx", "研修_同じ時刻の別の票"),
        ("4.xlsx", "研修_保存日時のない同じ票"),
    ]);
    assert_eq!(actual(&joined).0, "106人");
    let codes = told(&joined, 2);
    let of_values: Vec<&String> = codes.iter().filter(|code| code.ends_with("C11")).collect();
    assert_eq!(of_values, ["S07 2.xlsx C11"]);
    let message = message(&joined, "S07");
    for part in ["「106人」（2.xlsx", "「104人」（1.xlsx", "「98人」（3.xlsx"] {
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn a_year_that_only_a_name_tells_is_used_and_said() {
    for (name, is_old) in [
        ("R4下_総務課.xlsx", true),
        ("R4/総務課.xlsx", true),
        ("総務課.xlsx", false),
        ("R5下_総務課.xlsx", false),
    ] {
        let book = book(&[(name, "研修_年度のない票")]);
        let codes = told(&book, 2);
        assert_eq!(
            codes.iter().any(|code| code.starts_with("S08")),
            is_old,
            "{name}: {codes:?}"
        );
        assert_eq!(item(&book, 2).returned().is_none(), is_old);
    }
    let said = book(&[("R4下_総務課.xlsx", "研修_最初の票")]);
    assert!(
        item(&said, 2).returned().is_some(),
        "the sheet says R5 itself"
    );
}

#[test]
fn a_return_with_another_title_is_not_mixed_in() {
    let joined = book(&[
        ("1.xlsx", "研修_最初の票"),
        ("2.xlsx", "研修_取組項目名の違う票"),
    ]);
    assert_eq!(told(&joined, 2), ["S07 2.xlsx B2"]);
    assert_eq!(actual(&joined).1, "1.xlsx");
    let alone = book(&[("2.xlsx", "研修_取組項目名の違う票")]);
    assert_eq!(told(&alone, 2), ["P01 2.xlsx B2"]);
}

#[test]
fn the_provenance_names_the_cell_of_every_field_and_the_choice() {
    let different = ("企画政策課.xlsx", "窓口_企画政策課の分_食い違い");
    let joined = book(&[PARTS[0], different]);
    let rows = provenance(&written(&joined), 1);
    let of = |field: &str| -> Vec<[&str; 5]> {
        let rows = rows.iter().filter(|row| row[0] == field);
        rows.map(|row| [1, 2, 3, 4, 5].map(|at: usize| row[at].as_str()))
            .collect()
    };
    assert_eq!(
        of("票全体"),
        [
            [
                "2024年4月12日 9:00保存",
                "企画政策課.xlsx",
                "取組1",
                "A1",
                "採用した票（保存日時が新しいため）。主管課はファイル名による"
            ],
            [
                "2024年4月10日 9:00保存",
                "総務課.xlsx",
                "取組1",
                "A1",
                "採用した票にない記載を補った票。主管課はファイル名による"
            ],
        ]
    );
    assert_eq!(
        of("数値目標1 R5年度【実績値】「集約した窓口の数」"),
        [
            [
                "1か所",
                "企画政策課.xlsx",
                "取組1",
                "C11",
                "提出（採用した票）"
            ],
            [
                "2か所",
                "総務課.xlsx",
                "取組1",
                "C11",
                "採用していません（票によって異なる記載）"
            ],
        ]
    );
    assert_eq!(
        of("数値目標1 R5年度【目標値】「集約した窓口の数」"),
        [["2か所", "計画.xlsx", "取組1", "C12", "計画"]]
    );
    assert_eq!(
        of("取組全体の評価【Check】 評価コメント"),
        [[
            "配置と説明会のどちらも予定の時期に終えました。",
            "総務課.xlsx",
            "取組1",
            "C21",
            "提出（ほかの票から補った記載）"
        ]]
    );
    assert_eq!(of("実施状況1行目 取組目標【Plan】")[0][1], "総務課.xlsx");
    assert_eq!(
        of("実施状況3行目 取組目標【Plan】")[0][1],
        "企画政策課.xlsx"
    );
    let fields = item(&joined, 1).official.fields().into_iter();
    let cells: Vec<String> = fields
        .filter_map(|field| field.place)
        .map(|place| format!("{} {}", place.source.file, place.cell))
        .collect();
    let listed: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {}", row[2], row[4]))
        .collect();
    assert!(cells.len() > 30, "{}", cells.len());
    for cell in cells {
        assert!(listed.contains(&cell), "{cell}");
    }
    let nothing = provenance(&written(&joined), 2);
    let whole = nothing.iter().find(|row| row[0] == "票全体").unwrap();
    assert_eq!(whole[5], "未提出");
}

/// The findings of a job folder in which the settings prefer a return.
fn job(name: &str, prefer: &str) -> (serde_json::Value, Workbook) {
    let job = folder(name);
    fs::create_dir(job.join("回収")).unwrap();
    let copy = |from: &str, to: &Path| fs::copy(fixture(from), to).map(|_| ()).unwrap();
    copy("計画", &job.join("計画.xlsx"));
    copy("研修_最初の票", &job.join("回収/総務課_1.xlsx"));
    copy("研修_直した票", &job.join("回収/総務課_2.xlsx"));
    let settings = format!(
        "[period]\nfiscal_year = \"R5\"\nhalf = \"下半期\"\n[collect]\nprefer = \"{prefer}\"\n"
    );
    fs::write(job.join("torimatome.toml"), settings).unwrap();
    let path = job.to_str().unwrap();
    let target = job.join("集約版.xlsx");
    run(&["merge", path, "-o", target.to_str().unwrap()]).ends_with(1);
    let bytes = fs::read(target).unwrap();
    let book = workbook("集約版.xlsx", bytes, &Limits::default()).unwrap();
    let findings = run(&["check", path, "--format", "json"])
        .ends_with(1)
        .json();
    (findings["findings"].clone(), book)
}

#[test]
fn the_settings_prefer_and_the_program_says_so() {
    for (prefer, value, file) in [
        ("newest", "106人", "総務課_2.xlsx"),
        ("first", "104人", "総務課_1.xlsx"),
        ("last", "106人", "総務課_2.xlsx"),
    ] {
        let (findings, book) = job(&format!("returns-{prefer}"), prefer);
        let findings = findings.as_array().unwrap();
        let mut different = findings.iter().filter(|finding| finding["code"] == "S07");
        let finding = different
            .find(|finding| finding["level"] == "error")
            .unwrap();
        assert_eq!(finding["found"], value, "{prefer}");
        assert_eq!(finding["file"], file, "{prefer}");
        let rows = provenance(&book, 2);
        let row = rows.iter().find(|row| row[0].contains("R5年度【実績値】"));
        let row = row.unwrap();
        assert_eq!(
            (row[1].as_str(), row[2].as_str()),
            (value, file),
            "{prefer}"
        );
    }
}

#[test]
fn a_layout_without_a_name_for_the_provenance_still_reads() {
    let text = fs::read_to_string(root().join("templates/ojiya-r4.toml")).unwrap();
    let without = text.replace("provenance = \"出典\"\n", "");
    assert_ne!(text, without);
    let layout: Layout = torimatome::layout(&without).unwrap();
    assert_eq!(layout.sheets.provenance, "出典");
}
