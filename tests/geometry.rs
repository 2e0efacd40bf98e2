//! The same figures typed with other geometry give the same model.
//!
//! The workbooks of `fixtures/geometry` are written by `make.py` there, with openpyxl, and one of
//! them by LibreOffice: two items, drawn in the official geometry and in many others. Each is
//! read through the library and rendered as plain lines without places and without what differs
//! by spelling alone: texts are folded, values are shown as they were understood.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use torimatome::model::{CollectedFile, Half, ItemSheet, OtherKind, Outcome, Text};
use torimatome::read::Limits;
use torimatome::{collected_file, default_layout};

use crate::lines::{kpi, lines};

/// What a person reads in the official workbook, checked by hand against `content.py`.
const OFFICIAL: &str = include_str!("fixtures/geometry/official.txt");

fn path(variant: &str) -> PathBuf {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/geometry");
    fixtures.join(format!("{variant}.xlsx"))
}

fn read(variant: &str) -> CollectedFile {
    let (layout, limits) = (default_layout(), Limits::default());
    let file = collected_file(variant, &path(variant), &layout, &limits);
    assert_eq!(file.outcome, Outcome::Read, "{variant}");
    assert_eq!(file.damaged, [], "{variant}");
    file
}

/// Every entry as it was typed, white space and line breaks included; labels aside.
fn typed(items: &[ItemSheet]) -> Vec<String> {
    let mut raws: Vec<Option<&str>> = Vec::new();
    for item in items {
        raws.push(item.number.raw.as_deref());
        raws.push(item.departments.raw.as_deref());
        raws.push(item.grade.raw.as_deref());
        let mut texts = vec![&item.priority, &item.title, &item.content, &item.effects];
        texts.extend([&item.comment, &item.action]);
        for activity in &item.schedule {
            texts.push(&activity.name);
            texts.extend(activity.phases.iter().map(|phase| &phase.text));
        }
        texts.extend(&item.schedule_notes);
        for kpi in &item.kpis {
            texts.push(&kpi.name);
            texts.extend(&kpi.notes);
            raws.push(kpi.baseline.raw.as_deref());
            let storeys = kpi
                .years
                .iter()
                .flat_map(|year| [&year.actual, &year.target]);
            raws.extend(storeys.flatten().map(|field| field.raw.as_deref()));
        }
        for row in &item.status {
            texts.extend([&row.plan, &row.first_half, &row.second_half]);
        }
        texts.extend(item.footnotes.iter().map(|note| &note.cell));
        raws.extend(texts.iter().map(|text| text.raw.as_deref()));
    }
    raws.iter().map(|raw| format!("{raw:?}")).collect()
}

/// Fails with the lines that differ, a few equal ones around them.
fn assert_same(variant: &str, found: &[String], expected: &[String]) {
    if found == expected {
        return;
    }
    let pairs = found.iter().zip(expected);
    let first = pairs.take_while(|(found, expected)| found == expected);
    let first = first.count();
    let tail = found.iter().rev().zip(expected.iter().rev());
    let tail = tail.take_while(|(found, expected)| found == expected);
    let shortest = found.len().min(expected.len());
    let tail = tail.count().min(shortest - first);
    let mut message = format!("{variant} reads differently from line {}:\n", first + 1);
    let part = |lines: &[String]| lines[first..lines.len() - tail].to_vec();
    for line in &expected[first.saturating_sub(3)..first] {
        writeln!(message, "    {line}").unwrap();
    }
    for line in part(expected) {
        writeln!(message, "  - {line}").unwrap();
    }
    for line in part(found) {
        writeln!(message, "  + {line}").unwrap();
    }
    for line in expected[expected.len() - tail..].iter().take(3) {
        writeln!(message, "    {line}").unwrap();
    }
    panic!("{message}");
}

fn unplaced(items: &[ItemSheet]) -> Vec<&str> {
    let cells = items.iter().flat_map(|item| &item.unplaced);
    cells.map(Text::text).collect()
}

/// What a sheet reads as where merges were lost: a phase is its first year only.
fn first_years_only(mut items: Vec<ItemSheet>) -> Vec<ItemSheet> {
    for item in &mut items {
        for activity in &mut item.schedule {
            for phase in &mut activity.phases {
                phase.to = phase.from;
            }
        }
    }
    items
}

fn reads_like_the_official_one(variants: &[&str]) {
    let official = lines(&read("official").items);
    for variant in variants {
        let file = read(variant);
        assert_same(variant, &lines(&file.items), &official);
        assert_eq!(unplaced(&file.items), [""; 0], "{variant}");
        assert!(file.items.iter().all(|item| item.has_spans), "{variant}");
    }
}

/// And every entry, to the last line break, is the text that stands in the official one.
fn says_what_the_official_one_says(variants: &[&str]) {
    let official = typed(&read("official").items);
    for variant in variants {
        assert_same(variant, &typed(&read(variant).items), &official);
    }
}

// ---------------------------------------------------------------------------------------------
// The official geometry itself
// ---------------------------------------------------------------------------------------------

#[test]
fn the_official_geometry_reads_as_it_was_drawn() {
    let file = read("official");
    let expected: Vec<String> = OFFICIAL.lines().map(str::to_owned).collect();
    assert_same("official", &lines(&file.items), &expected);
    assert_eq!(unplaced(&file.items), [""; 0]);
}

// ---------------------------------------------------------------------------------------------
// Rows and columns
// ---------------------------------------------------------------------------------------------

#[test]
fn inserted_rows_change_nothing() {
    let variants = [
        "rows_inserted_everywhere",
        "rows_inserted_between_storeys",
        "rows_inserted_inside_tables",
        "no_rows_between_blocks",
        "title_above",
    ];
    reads_like_the_official_one(&variants);
    says_what_the_official_one_says(&variants);
}

#[test]
fn inserted_columns_change_nothing() {
    let variants = [
        "columns_inserted_left",
        "columns_inserted_between_label_and_value",
        "columns_inserted_inside_years",
        "columns_inserted_between_years",
        "columns_inserted_everywhere",
    ];
    reads_like_the_official_one(&variants);
    says_what_the_official_one_says(&variants);
}

#[test]
fn blocks_may_stand_in_another_order() {
    let variants = ["blocks_reordered", "header_in_the_middle"];
    reads_like_the_official_one(&variants);
    says_what_the_official_one_says(&variants);
}

#[test]
fn heads_may_be_repeated_and_storeys_may_stand_otherwise() {
    let variants = ["heads_repeated", "target_above", "side_by_side"];
    reads_like_the_official_one(&variants);
    says_what_the_official_one_says(&variants);
    let expected = lines(&first_years_only(read("official").items));
    for variant in variants {
        let unmerged = format!("{variant}_merges_lost");
        let file = read(&unmerged);
        assert_same(&unmerged, &lines(&file.items), &expected);
        assert_eq!(unplaced(&file.items), [""; 0], "{unmerged}");
    }
}

#[test]
fn memos_beside_the_form_are_unplaced_and_nothing_else_changes() {
    let official = read("official").items;
    for (variant, expected) in [
        ("memos_beside", official.clone()),
        ("memos_apart", official.clone()),
        ("memos_rows_inserted", official.clone()),
        ("memos_merges_lost", first_years_only(official)),
    ] {
        let file = read(variant);
        assert_same(variant, &lines(&file.items), &lines(&expected));
        for item in &file.items {
            let memos = item.unplaced.iter().map(Text::text);
            assert!(
                memos.clone().all(|memo| memo.contains("のメモ")),
                "{variant}"
            );
            // A memo on either side of every row, and none that passed for an entry.
            let last = item.unplaced.last().and_then(|memo| memo.place.as_ref());
            let rows = last.unwrap().cell.row as usize + 1;
            assert_eq!(memos.count(), 2 * rows, "{variant}");
        }
    }
}

#[test]
fn lines_below_a_form_never_pass_for_a_blank_answer() {
    let file = read("text_below");
    let official = lines(&read("official").items);
    assert_same("text_below", &lines(&file.items), &official);
    let below = ["問い合わせ先：企画政策課", "提出日 4月12日"];
    assert_eq!(unplaced(&file.items), [below, below].concat());
}

// ---------------------------------------------------------------------------------------------
// Merges
// ---------------------------------------------------------------------------------------------

#[test]
fn where_merges_were_lost_a_phase_is_its_first_year_only() {
    let expected = lines(&first_years_only(read("official").items));
    let variants = [
        "merges_lost",
        "merges_lost_of_entries",
        "rows_inserted_merges_lost",
        "columns_inserted_merges_lost",
    ];
    for variant in variants {
        let file = read(variant);
        assert_same(variant, &lines(&file.items), &expected);
        assert_eq!(unplaced(&file.items), [""; 0], "{variant}");
        assert!(file.items.iter().all(|item| !item.has_spans), "{variant}");
    }
    says_what_the_official_one_says(&variants);
    reads_like_the_official_one(&["merges_lost_of_labels"]);
}

#[test]
fn everything_at_once_reads_like_the_official_one() {
    let file = read("everything_at_once");
    let expected = lines(&first_years_only(read("official").items));
    assert_same("everything_at_once", &lines(&file.items), &expected);
    let memos = unplaced(&file.items);
    assert!(memos.iter().all(|memo| memo.contains("のメモ")));
}

#[test]
fn a_blank_storey_never_takes_the_other_ones_value() {
    let both = "実績 5 [件] / 目標 7 [件]";
    let actual = "実績 5 [件] / 目標 空欄";
    let target = "実績 空欄 / 目標 7 [件]";
    let neither = "実績 空欄 / 目標 空欄";
    let expected = [
        ("実績値と目標値", both, None),
        ("実績値のみ", actual, None),
        ("目標値のみ", target, None),
        ("どちらもなし", neither, None),
        ("目標値のみ、注あり", target, Some("目標値のみの注")),
        ("実績値のみ、注あり", actual, Some("実績値のみの注")),
        ("どちらもなし、注あり", neither, Some("どちらもない注")),
        ("最後は目標値のみ", target, None),
    ];
    let mut wanted = Vec::new();
    for (name, values, note) in expected {
        wanted.push(format!("数値目標 「{name}」"));
        wanted.push("  基準値 R3 1 [件]".to_owned());
        wanted.extend(["R4", "R5", "R6"].map(|year| format!("  {year} {values}")));
        wanted.extend(note.map(|note| format!("  数値目標の注 「{note}」")));
    }
    for variant in ["storeys", "storeys_merges_lost"] {
        let items = read(variant).items;
        let found: Vec<String> = items
            .iter()
            .flat_map(|item| &item.kpis)
            .flat_map(kpi)
            .collect();
        assert_same(variant, &found, &wanted);
    }
}

// ---------------------------------------------------------------------------------------------
// Spellings
// ---------------------------------------------------------------------------------------------

#[test]
fn labels_may_be_spelled_otherwise() {
    reads_like_the_official_one(&[
        "labels_spaced",
        "labels_broken",
        "labels_full_width",
        "labels_with_colons",
        "labels_square_brackets",
        "labels_without_brackets",
        "labels_synonyms",
        "labels_years_full_width",
        "labels_years_by_era",
        "labels_years_western",
        "labels_years_without_word",
    ]);
}

#[test]
fn what_a_person_sees_counts_not_how_it_is_stored() {
    reads_like_the_official_one(&[
        "numbers_with_formats",
        "numbers_resaved_by_libreoffice",
        "full_width_digits",
        "values_padded",
        "formulas",
    ]);
    let variants = [
        "rich_text_inline",
        "resaved_by_libreoffice",
        "furigana_inline",
        "furigana_shared",
    ];
    reads_like_the_official_one(&variants);
    says_what_the_official_one_says(&variants);
}

// ---------------------------------------------------------------------------------------------
// Sheets
// ---------------------------------------------------------------------------------------------

#[test]
fn several_items_may_stand_on_one_sheet() {
    let official = read("official").items;
    let last = read("one_row_of_everything").items;
    let expected = lines(&[official, last].concat());
    for variant in [
        "one_sheet",
        "one_sheet_without_gap",
        "one_sheet_with_titles",
        "one_sheet_blocks_reordered",
    ] {
        let file = read(variant);
        assert_same(variant, &lines(&file.items), &expected);
        assert_eq!(unplaced(&file.items), [""; 0], "{variant}");
    }
}

#[test]
fn sheets_beside_the_forms_are_told_apart() {
    let file = read("beside_other_sheets");
    let official = lines(&read("official").items);
    assert_same("beside_other_sheets", &lines(&file.items), &official);
    let others: Vec<(&str, OtherKind)> = file
        .others
        .iter()
        .map(|other| (other.place.source.sheet.as_str(), other.kind))
        .collect();
    assert_eq!(
        others,
        [
            ("記入要領", OtherKind::Instruction),
            ("記入例", OtherKind::Instruction),
            ("評価の一覧", OtherKind::HiddenList),
            ("課の一覧", OtherKind::HiddenList),
        ]
    );
}

// ---------------------------------------------------------------------------------------------
// Few rows and many, long texts
// ---------------------------------------------------------------------------------------------

#[test]
fn tables_of_any_length_read_whole() {
    for (variant, activities, kpis, status) in [
        ("one_row_of_everything", 1, 1, 1),
        ("many_rows", 150, 12, 30),
    ] {
        let official = read(variant).items;
        let [item] = &official[..] else {
            panic!("{variant}: {} items", official.len());
        };
        let counts = (item.schedule.len(), item.kpis.len(), item.status.len());
        assert_eq!(counts, (activities, kpis, status), "{variant}");
        assert_eq!(unplaced(&official), [""; 0], "{variant}");
        let unmerged = format!("{variant}_merges_lost");
        let found = lines(&read(&unmerged).items);
        assert_same(&unmerged, &found, &lines(&first_years_only(official)));
    }
    let many = lines(&read("many_rows").items);
    for line in [
        "実施項目 「実施項目その149」: R4～R5 「検討」, R6～R6 「実施」",
        "数値目標 「目標その11」",
        "  R5 実績 13 [件] / 目標 空欄",
        "実施状況 「取組29を進める。」 | 「29件を進めた。」 | 「30件を終えた。」",
        "実施状況 空欄 | 「■補足23」 | 空欄",
    ] {
        assert!(many.iter().any(|found| found == line), "{line}");
    }
}

#[test]
fn a_text_of_three_thousand_characters_is_read_whole() {
    for variant in ["long_cell", "long_cell_merges_lost"] {
        let items = read(variant).items;
        let comment = items[0].comment.text();
        assert_eq!(comment.chars().count(), 3000, "{variant}");
        assert!(comment.starts_with("申請の件数は前の年度を上回り"));
    }
}

// ---------------------------------------------------------------------------------------------
// The findings, too
// ---------------------------------------------------------------------------------------------

/// What `check` finds where the official workbook is the plan and a variant was returned: code,
/// level and item of each finding.
fn findings(variant: &str) -> Vec<(String, String, u64)> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let job = folder.path();
    std::fs::create_dir_all(job.join("回収")).unwrap();
    std::fs::copy(path("official"), job.join("計画.xlsx")).unwrap();
    std::fs::copy(path(variant), job.join("回収/企画政策課.xlsx")).unwrap();
    let settings = "[period]\nfiscal_year = \"R5\"\nhalf = \"下半期\"\n";
    std::fs::write(job.join("torimatome.toml"), settings).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_torimatome"))
        .args(["check", "--format", "json"])
        .arg(job)
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1), "{variant}: {run:?}");
    let document: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let findings = document["findings"].as_array().unwrap().iter();
    let mut found: Vec<(String, String, u64)> = findings
        .map(|finding| {
            let word = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
            let item = finding["item"].as_u64().unwrap_or(0);
            (word("code"), word("level"), item)
        })
        .collect();
    found.sort();
    found
}

fn finding(code: &str, level: &str, item: u64) -> (String, String, u64) {
    (code.to_owned(), level.to_owned(), item)
}

#[test]
fn other_geometry_makes_no_finding_and_hides_none() {
    let official = findings("official");
    // Blank entries stay found, whatever stands beside them.
    for code in ["N03", "N04", "N06", "N07", "N08"] {
        assert!(official.contains(&finding(code, "error", 12)), "{code}");
    }
    assert!(official.iter().all(|(code, _, _)| !code.starts_with('P')));
    for variant in [
        "rows_inserted_everywhere",
        "columns_inserted_everywhere",
        "blocks_reordered",
        "labels_with_colons",
        "labels_years_western",
        "numbers_with_formats",
        "full_width_digits",
        "values_padded",
        "formulas",
        "resaved_by_libreoffice",
        "one_sheet",
        "title_names_the_half",
    ] {
        let mut found = findings(variant);
        // The third item of this workbook is in no plan.
        found.retain(|found| *found != finding("S09", "error", 1));
        assert_eq!(found, official, "{variant}");
    }
}

#[test]
fn lost_merges_are_told_at_level_info_and_nothing_else_is() {
    let mut expected = findings("official");
    expected.push(finding("P07", "info", 3));
    expected.push(finding("P07", "info", 12));
    expected.sort();
    for variant in [
        "merges_lost",
        "rows_inserted_merges_lost",
        "columns_inserted_merges_lost",
    ] {
        assert_eq!(findings(variant), expected, "{variant}");
    }
}

#[test]
fn memos_beside_the_form_are_told() {
    let mut expected = findings("official");
    expected.push(finding("S05", "warning", 3));
    expected.push(finding("S05", "warning", 12));
    expected.sort();
    let mut found = findings("memos_beside");
    found.dedup();
    assert_eq!(found, expected);
}

#[test]
fn a_title_on_the_sheet_names_the_half() {
    let official = read("official").items;
    assert!(official.iter().all(|item| item.half.is_blank()));
    let titled = read("title_names_the_half").items;
    assert_same("title_names_the_half", &lines(&titled), &lines(&official));
    let halves: Vec<Option<&Half>> = titled.iter().map(|item| item.half.get()).collect();
    assert_eq!(halves, [Some(&Half::Second), Some(&Half::Second)]);
}
