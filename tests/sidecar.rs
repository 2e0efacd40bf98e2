//! What a cell reader does not see, in files of three writers: the model takes what counts, and
//! everything else is named where it stands.
//!
//! The workbooks of `fixtures/sidecar` are written by `make.py` there: one small return, written by
//! openpyxl, patched where openpyxl has no word for it, and saved again by LibreOffice.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use torimatome::gather::{self, Parts};
use torimatome::model::{
    Book, Cover, Damaged, Finding, FiscalYear, Half, ItemSheet, Level, Outcome, Period, Prefer,
    Thresholds,
};
use torimatome::read::{self, Limits};
use torimatome::write::Stamp;
use torimatome::{check, collected_file, default_layout, merged, official_book};

fn path(name: &str) -> PathBuf {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sidecar");
    fixtures.join(format!("{name}.xlsx"))
}

/// The book of a job in which one return came back.
fn book(name: &str) -> Book {
    let (layout, limits) = (default_layout(), Limits::default());
    let bytes = fs::read(path("plan")).unwrap();
    let plan = official_book("計画.xlsx", bytes, &layout, &limits).unwrap();
    let file = collected_file("総務課.xlsx", &path(name), &layout, &limits);
    assert_eq!(file.outcome, Outcome::Read, "{name}");
    let none: [Damaged; 0] = [];
    assert_eq!(file.damaged, none, "{name}");
    gather::book(Parts {
        period: Period {
            year: FiscalYear(2023),
            half: Half::Second,
        },
        plan,
        previous: None,
        files: vec![file],
        cover: Cover::default(),
        prefer: Prefer::Newest,
        aliases: Vec::new(),
        layout,
        thresholds: Thresholds::default(),
        kpi_settings: Vec::new(),
    })
}

fn findings(name: &str) -> Vec<Finding> {
    check::findings(&book(name), &BTreeMap::new())
}

/// Findings as code, cells and, where it is not the rule's own, level.
fn told(findings: &[Finding]) -> Vec<String> {
    let told = findings.iter().map(|finding| {
        let cells: Vec<String> = finding.cells.iter().map(ToString::to_string).collect();
        let level = match finding.level {
            Level::Info => " 確認",
            Level::Warning | Level::Error => "",
        };
        format!("{} {}{level}", finding.code, cells.join(","))
    });
    told.collect()
}

fn messages(findings: &[Finding]) -> String {
    let messages: Vec<&str> = findings.iter().map(|one| one.message.as_str()).collect();
    messages.join("\n")
}

fn sheet(book: &Book) -> &ItemSheet {
    let item = book.items.first().unwrap();
    assert_eq!(book.items.len(), 1);
    item.returned().unwrap()
}

/// The entries of a return as lines.
fn entries(sheet: &ItemSheet) -> Vec<String> {
    let mut lines = vec![
        sheet.title.text().to_owned(),
        sheet.content.text().to_owned(),
    ];
    for activity in &sheet.schedule {
        let phases = activity.phases.iter();
        let phases: Vec<String> = phases
            .map(|phase| format!("{}～{} {}", phase.from, phase.to, phase.text.text()))
            .collect();
        lines.push(format!("{}: {}", activity.name.text(), phases.join(", ")));
    }
    for kpi in &sheet.kpis {
        let years = kpi.years.iter();
        let years: Vec<String> = years
            .map(|values| {
                let text = |field: &Option<torimatome::model::Field<_>>| {
                    field.as_ref().unwrap().text().to_owned()
                };
                format!("{}/{}", text(&values.actual), text(&values.target))
            })
            .collect();
        lines.push(format!("{}: {}", kpi.name.text(), years.join(" ")));
    }
    for row in &sheet.status {
        let cells = [&row.plan, &row.first_half, &row.second_half];
        lines.push(cells.map(|text| text.text().to_owned()).join("|"));
    }
    for text in [
        sheet.grade.text(),
        sheet.comment.text(),
        sheet.action.text(),
    ] {
        lines.push(text.to_owned());
    }
    lines.extend(
        sheet
            .unplaced
            .iter()
            .map(|text| format!("欄外 {}", text.text())),
    );
    assert_eq!(sheet.missing_blocks, [""; 0]);
    lines
}

const CLEAN: [&str; 11] = [
    "職員研修の充実",
    "・研修を増やす。",
    "研修の開催: R4～R4 計画, R5～R6 実施",
    "派遣の拡充: R4～R5 検討, R6～R6 実施",
    "研修の参加者数: 6人/7人 13人/9人 /15人",
    "派遣者数: 2人/2人 3人/3人 /4人",
    "研修を開く。|二回開いた。|三回開いた。",
    "派遣先を増やす。|候補を選んだ。|一人を送った。",
    "○ 概ね計画どおり",
    "おおむね進んだ。",
    "来年度も続ける。",
];

/// The clean entries with some lines replaced.
fn but(changes: &[(usize, &str)]) -> Vec<String> {
    let mut lines: Vec<String> = CLEAN.iter().map(|line| (*line).to_owned()).collect();
    for (at, line) in changes {
        (*line).clone_into(&mut lines[*at]);
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// What one writer wrote and what LibreOffice saved again.
fn both(name: &str) -> [String; 2] {
    [name.to_owned(), format!("{name}_by_libreoffice")]
}

/// Every word is in a finding.
fn names(findings: &[Finding], words: &[&str]) {
    for word in words {
        let told = findings.iter().any(|finding| {
            let found = finding.found.as_deref().unwrap_or_default();
            finding.message.contains(word) || found.contains(word)
        });
        assert!(told, "{word} is lost: {}", messages(findings));
    }
}

#[test]
fn a_return_with_nothing_beside_its_cells_has_no_findings() {
    let book = book("clean");
    assert_eq!(entries(sheet(&book)), CLEAN);
    assert_eq!(told(&findings("clean")), [""; 0]);
    assert_eq!(book.files[0].sidecars, []);
}

#[test]
fn struck_words_go_and_the_rest_of_the_cell_stays() {
    for name in both("struck_runs") {
        let entries = entries(sheet(&book(&name)));
        assert_eq!(
            entries,
            but(&[(6, "研修を開く。|二回\n開いた。|三回開いた。")]),
            "{name}"
        );
        let findings = findings(&name);
        let expected = ["S12 F12", "S12 G17", "S12 D18", "S12 A20", "S12 D21"];
        assert_eq!(told(&findings), expected, "{name}");
        names(
            &findings,
            &[
                "12人",
                "【Do】",
                "実施し、",
                "三回",
                "取組の評価",
                "順調である。",
            ],
        );
        let first = "取消線で消された「12人」を除いて、「13人」と読み取りました。";
        assert_eq!(findings[0].message, first, "{name}");
        assert_eq!(findings[0].found.as_deref(), Some("12人13人"), "{name}");
    }
}

#[test]
fn a_cell_that_is_struck_wholly_is_blank_and_a_struck_label_still_heads_its_block() {
    for name in both("struck_cells") {
        let entries = entries(sheet(&book(&name)));
        let expected = but(&[(1, ""), (5, "派遣者数: 2人/2人 /3人 /4人"), (7, "")]);
        let blank_content: Vec<String> = entries
            .into_iter()
            .filter(|line| !line.is_empty())
            .collect();
        assert_eq!(blank_content, expected, "{name}");
        let findings = findings(&name);
        assert_eq!(
            told(&findings),
            ["N04 F14", "S12 C4,F14,A19,D19,G19,A22"],
            "{name}"
        );
        let words = [
            "3人",
            "派遣先を増やす。",
            "候補を選んだ。",
            "一人を送った。",
            "・研修を増やす。",
        ];
        names(&findings, &words);
    }
}

#[test]
fn hidden_entries_are_read_and_named_and_hidden_memos_only_named() {
    // LibreOffice gives a row without height its height back.
    let flat = [
        "S13 A18,D18,G18,A19,D19,G19",
        "非表示の17～19行目に記載があります（6か所、最初の記載「研修を開く。」）。欄の記載として読み取っています。",
    ];
    let folded = [
        "S13 A19,D19,G19",
        "非表示の19行目に記載があります（3か所、最初の記載「派遣先を増やす。」）。欄の記載として読み取っています。",
    ];
    for (name, [cells, rows]) in both("hidden").iter().zip([flat, folded]) {
        let entries = entries(sheet(&book(name)));
        let memos = ["欄外 見える控え", "欄外 前年度は11人", "欄外 控え"];
        let expected = [but(&[]), memos.map(str::to_owned).to_vec()].concat();
        assert_eq!(entries, expected, "{name}");
        let findings = findings(name);
        assert_eq!(told(&findings), ["S05 M2", "S13 K12,K13", cells], "{name}");
        let messages = messages(&findings);
        let memo = "非表示のK列に記載があります（2か所、最初の記載「前年度は11人」）。様式の欄ではないため、取り込んでいません。";
        for message in [memo, rows] {
            assert!(messages.contains(message), "{name} {messages}");
        }
    }
}

#[test]
fn of_two_values_in_one_field_the_one_that_shows_is_meant() {
    for name in both("hidden_helper") {
        let entries = entries(sheet(&book(&name)));
        let expected = [but(&[]), vec!["欄外 11人".to_owned()]].concat();
        assert_eq!(entries, expected, "{name}");
        assert_eq!(told(&findings(&name)), ["S13 F12"], "{name}");
    }
}

#[test]
fn notes_are_quoted_with_their_author_and_equal_ones_once() {
    for name in both("notes") {
        let findings = findings(&name);
        assert_eq!(told(&findings), ["S11 F12", "S11 D18,G18"], "{name}");
        names(&findings, &["うち二人は", "見込み", "回数は確定値"]);
    }
    let first = &findings("notes")[0];
    let message = "セルのメモ（山田）に記載があります：「うち二人は 見込み」";
    assert_eq!(first.message, message);
    assert_eq!(first.found.as_deref(), Some("うち二人は\n見込み"));
}

#[test]
fn a_conversation_is_told_once_and_never_by_the_words_for_older_programs() {
    let first = findings("threads");
    let messages = messages(&first);
    assert_eq!(
        messages,
        "セルのコメント（山田 太郎）に記載があります：「人数は確かか」\n\
         セルのコメント（山田 太郎）に記載があります：「名簿で確かめた」\n\
         セルのメモ（山田）に記載があります：「これは別のメモ」"
    );
    // LibreOffice keeps the note that stands in for the conversation, and nothing of its author.
    let again = findings("threads_by_libreoffice");
    assert_eq!(told(&again), ["S11 F12", "S11 D18"]);
    names(
        &again,
        &["人数は確かか", "名簿で確かめた", "これは別のメモ"],
    );
    assert!(!self::messages(&again).contains("linkid"));
}

#[test]
fn shapes_are_quoted_and_arrows_over_the_schedule_are_counted() {
    for name in both("shapes") {
        let findings = findings(&name);
        let expected = [
            "S11 K2",
            "S11 D8,F8,D9",
            "S11 K6",
            "S11 K6",
            "S11 A21,D21 確認",
        ];
        let mut told = told(&findings);
        told.sort();
        let mut expected: Vec<String> = expected.map(str::to_owned).to_vec();
        expected.sort();
        assert_eq!(told, expected, "{name}");
        names(
            &findings,
            &["別紙のとおり", "表も付ける", "甲の図", "乙の図", "準備"],
        );
        let messages = messages(&findings);
        let arrows = "年次計画の上に矢印が3個描かれています（D8:E8「準備」、F8:I8、D9:G9）。";
        assert!(messages.contains(arrows), "{name} {messages}");
        assert_eq!(entries(sheet(&book(&name))), CLEAN, "{name}");
    }
}

#[test]
fn a_sheet_with_nothing_but_a_text_box_is_not_empty() {
    let findings = findings("text_box_alone");
    assert_eq!(told(&findings), ["S11 B2"]);
    assert_eq!(findings[0].place.as_ref().unwrap().source.sheet, "補足");
    names(&findings, &["票に書けなかった事情"]);
}

#[test]
fn check_boxes_are_told_with_what_is_ticked() {
    let findings = findings("check_boxes");
    names(&findings, &["「☑概ね計画どおり」", "「☐計画どおり」"]);
    assert_eq!(told(&findings), ["S11 A21", "S11 A21"]);
}

#[test]
fn parts_beside_the_cells_that_are_damaged_are_told_and_the_cells_are_read() {
    for (name, lost) in [
        ("damaged_parts", &["メモ", "図形や画像"][..]),
        ("damaged_relations", &["一覧"]),
    ] {
        assert_eq!(entries(sheet(&book(name))), CLEAN, "{name}");
        let findings = findings(name);
        assert_eq!(findings.len(), lost.len(), "{name}");
        assert!(findings.iter().all(|one| one.code == "S11"), "{name}");
        names(&findings, lost);
    }
}

#[test]
fn a_count_that_shows_as_a_date_is_told_with_both() {
    let findings = findings("dates");
    assert_eq!(
        told(&findings),
        ["S15 F12", "S15 F14"],
        "{}",
        messages(&findings)
    );
    assert_eq!(
        messages(&findings),
        "日付の表示形式のため「明治33年1月13日」と表示されていますが、セルの中身は「13」です。\n\
         日付の表示形式のため「2023/3/15」と表示されていますが、セルの中身は「45000」です。"
    );
    assert_eq!(sheet(&book("dates")).comment.text(), "2024/3/29");
}

#[test]
fn a_unit_in_a_number_format_counts_until_a_program_takes_it_for_a_date() {
    assert_eq!(entries(sheet(&book("units"))), CLEAN);
    assert_eq!(told(&findings("units")), [""; 0]);
    // LibreOffice takes the Japanese word for General for a date's era.
    let again = findings("units_by_libreoffice");
    assert_eq!(told(&again), ["S15 F12"], "{}", messages(&again));
    names(&again, &["「13」"]);
}

#[test]
fn every_kind_of_line_break_is_one_and_none_is_lost() {
    let comment = "一行目\n二行目\n\n四行目\n五行目\n六行目";
    assert_eq!(sheet(&book("line_breaks")).comment.text(), comment);
}

#[test]
fn nothing_that_stands_beside_the_cells_reaches_the_merged_workbook() {
    let stamp = Stamp {
        year: 2024,
        month: 6,
        day: 1,
    };
    let beside = ["12人", "順調", "見込み", "別紙のとおり", "名簿", "控え"];
    for name in ["struck_runs", "hidden", "threads", "shapes", "check_boxes"] {
        let book = book(name);
        let findings = check::findings(&book, &BTreeMap::new());
        let bytes = merged(&book, &findings, stamp).unwrap();
        let mut package = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let parts = package.file_names().map(|name| name.unwrap().into_owned());
        let parts: Vec<String> = parts.collect();
        let of_remarks = |part: &&String| part.contains("omment") || part.contains("vml");
        assert_eq!(parts.iter().find(of_remarks), None, "{name}");
        // The drawings are this program's own charts: they hold no shape and no word of a return.
        for part in parts.iter().filter(|part| part.contains("rawing")) {
            let mut drawing = String::new();
            let mut file = package.by_name(part).unwrap();
            file.read_to_string(&mut drawing).unwrap();
            assert!(!drawing.contains("<xdr:sp "), "{name}: {part}");
            let found = beside.iter().find(|words| drawing.contains(**words));
            assert_eq!(found, None, "{name}: {part}");
        }
        let limits = Limits::default();
        let again = read::workbook("集約版.xlsx", bytes.clone(), &limits).unwrap();
        // The findings and the provenance quote what was found: that is what they are for.
        let office = [&book.layout.sheets.findings, &book.layout.sheets.provenance];
        let published = again
            .sheets
            .iter()
            .filter(|grid| !office.contains(&&grid.source.sheet));
        for cell in published.flat_map(|grid| grid.cells.values()) {
            let found = beside.iter().find(|words| cell.text.contains(**words));
            assert_eq!(found, None, "{name}: {}", cell.text);
        }
        let official = official_book("集約版.xlsx", bytes, &book.layout, &limits).unwrap();
        assert_eq!(official.items.len(), 1, "{name}");
    }
}
