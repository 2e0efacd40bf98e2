//! The catalogue as a whole: registered, complete, in order.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::fixture::{clean, found, returned_as};
use super::*;

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files
}

fn rule_files() -> Vec<PathBuf> {
    let mut files = files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check"));
    files.retain(|file| {
        let in_fixture = file
            .parent()
            .is_some_and(|folder| folder.ends_with("fixture") || folder.ends_with("tests"));
        let reads_prose = file
            .parent()
            .is_some_and(|folder| folder.ends_with("narrative"));
        !in_fixture && !reads_prose && !file.ends_with("mod.rs")
    });
    files
}

#[test]
fn codes_and_names_are_unique() {
    let codes: BTreeSet<&str> = rules().iter().map(|rule| rule.code).collect();
    let names: BTreeSet<&str> = rules().iter().map(|rule| rule.name).collect();
    assert_eq!((codes.len(), names.len()), (rules().len(), rules().len()));
}

#[test]
fn every_rule_file_is_registered() {
    let files = rule_files();
    let files: BTreeSet<&str> = files
        .iter()
        .filter_map(|file| file.file_stem()?.to_str())
        .collect();
    let names: BTreeSet<&str> = rules().iter().map(|rule| rule.name).collect();
    assert_eq!(files, names);
}

#[test]
fn no_rule_file_is_longer_than_a_rule_should_be() {
    for file in rule_files() {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.lines().count() <= 150, "{}", file.display());
        for test in ["fn fires()", "fn stays_silent()"] {
            assert!(text.contains(test), "{} lacks {test}", file.display());
        }
    }
}

#[test]
fn rules_stand_in_catalogue_order() {
    let place = |rule: &&Rule| ("SNPKHT".find(&rule.code[..1]), rule.code);
    assert!(rules().iter().is_sorted_by_key(place));
    assert_eq!(rule("k03").map(|rule| rule.code), Some("K03"));
    assert!(rule("X99").is_none());
}

#[test]
fn every_text_is_complete() {
    for rule in rules() {
        assert!(
            !rule.title.is_empty() && !rule.title.ends_with('。'),
            "{}",
            rule.code
        );
        assert!(rule.why.ends_with('。'), "{}", rule.code);
        assert!(rule.remedy.ends_with("ください。"), "{}", rule.code);
        assert!(rule.example.ends_with('。'), "{}", rule.code);
    }
}

#[test]
fn the_miniature_sheet_is_read_whole() {
    let second = clean().both("C1", "2").both("C3", "農林課");
    let book = clean().and(second.in_file("農林課.xlsx")).book();
    assert_eq!(book.items.len(), 2);
    for (item, sheet) in returned(&book) {
        for sheet in [sheet, &item.plan, item.previous.as_ref().unwrap()] {
            assert!(sheet.unplaced.is_empty() && sheet.missing_blocks.is_empty());
            assert!(sheet.has_spans);
            let rows = [sheet.schedule.len(), sheet.kpis.len(), sheet.status.len()];
            assert_eq!(rows, [2, 2, 3]);
            assert_eq!(sheet.footnotes[0].mark, "※1");
            assert_eq!(sheet.anchor.to_string(), "A1");
        }
    }
}

#[test]
fn a_complete_return_has_no_findings() {
    assert_eq!(findings(&clean().book(), &BTreeMap::new()), []);
    assert_eq!(findings(&clean().autumn().book(), &BTreeMap::new()), []);
}

#[test]
fn a_blank_return_is_told_once_a_rule() {
    let entered = ["A22:L22", "G12", "G14", "A30:L30", "A32"];
    let blank = entered
        .iter()
        .fold(clean(), |sheet, cells| sheet.cleared(cells));
    let findings = findings(&blank.book(), &BTreeMap::new());
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["N01", "N04", "N06", "N07", "N08"]);
}

#[test]
fn the_configuration_sets_levels_and_turns_rules_off() {
    let rule = &kpi::cumulative_decrease::RULE;
    let book = clean().put("G12", "(累計)66件").put("G13", "85").book();
    assert_eq!(found(rule, &book), ["K03 G12"]);
    let off = BTreeMap::from([("K03".to_owned(), None)]);
    assert!(
        !findings(&book, &off)
            .iter()
            .any(|finding| finding.code == "K03")
    );
    let set = |code: &str, level| {
        let levels = BTreeMap::from([(code.to_owned(), Some(level))]);
        let findings = findings(&book, &levels);
        findings
            .iter()
            .find(|finding| finding.code == code)
            .unwrap()
            .level
    };
    assert_eq!(set("K03", Level::Info), Level::Info);
    assert_eq!(set("P06", Level::Warning), Level::Info);
}

#[test]
fn findings_stand_in_order_of_item_level_code_and_place() {
    let again = clean().put("G12", "(累計)146件").put("D30", "");
    let stranger = clean().put("C1", "").in_file("総務課2.xlsx");
    let first = clean().put("E22", "7件を拡充しました。").put("D30", "");
    let sheets = first.and(again.in_file("農林課.xlsx")).and(stranger);
    let findings = findings(&sheets.book(), &BTreeMap::new());
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["S09", "N07", "S07", "S07"]);
    assert!(findings[2].cells < findings[3].cells);
}

#[test]
fn a_message_quotes_the_plan_first_and_names_the_department() {
    let findings = findings(&clean().put("C2", "行政手続").book(), &BTreeMap::new());
    let finding = findings.first().unwrap();
    assert_eq!(
        finding.message,
        "取組項目名が計画と異なります：計画「行政手続のデジタル化の推進」、提出「行政手続」\
         （「のデジタル化の推進」がない）"
    );
    assert_eq!(finding.department.as_deref(), Some("総務課"));
    assert_eq!(
        finding.place.as_ref().unwrap().to_string(),
        "総務課.xlsx「取組1」!C2"
    );
}

#[test]
fn cells_of_a_joined_return_are_told_in_words() {
    let without = |cells: &[&str]| {
        cells
            .iter()
            .fold(clean(), |sheet, cell| sheet.put(cell, ""))
    };
    let book = returned_as(&[
        ("総務課.xlsx", None, without(&["E22"])),
        (
            "総務課_2.xlsx",
            None,
            without(&["I22"]).put("E22", "１２件を拡充しました。"),
        ),
    ]);
    let findings = findings(&book, &BTreeMap::new());
    let widths = findings
        .iter()
        .find(|finding| finding.code == "T01")
        .unwrap();
    let place = widths.place.as_ref().unwrap().to_string();
    assert_eq!(place, "総務課_2.xlsx「取組1」!E22");
    assert_eq!(widths.cells.len(), 1);
    let told = "（別の票のセル：総務課.xlsx「取組1」!I22）";
    assert!(widths.message.ends_with(told), "{}", widths.message);
}

#[test]
fn an_entry_that_states_nothing_is_neither_missing_nor_a_dash_nor_blank() {
    let missing = |book: &Book| {
        let missing = rules().iter().filter(|rule| rule.group() == "N");
        missing
            .flat_map(|rule| found(rule, book))
            .collect::<Vec<_>>()
    };
    let stated = |book: &Book| book.items[0].official.stated_nothing().len();
    for (cell, blank_is) in [
        ("E22", "N02 E22"),
        ("I22", "N03 I22"),
        ("D30", "N07 D30"),
        ("A32", "N08 A32"),
        ("G12", "N04 G12"),
    ] {
        for words in ["該当なし", "特になし。", "なし"] {
            let book = clean().put(cell, words).book();
            assert_eq!(missing(&book), [""; 0], "{cell} {words}");
            assert_eq!(stated(&book), 1, "{cell} {words}");
        }
        let dash = clean().put(cell, "—").book();
        assert_eq!(stated(&dash), 0, "{cell}");
        let blank = clean().put(cell, "").book();
        assert_eq!(
            (missing(&blank), stated(&blank)),
            (vec![blank_is.to_owned()], 0)
        );
    }
    let no_plan = clean().put("A22", "該当なし").put("E22", "").put("I22", "");
    assert_eq!(missing(&no_plan.book()), [""; 0]);
    let results = clean()
        .put("A22", "")
        .put("E22", "該当なし")
        .put("I22", "該当なし");
    assert_eq!(missing(&results.book()), [""; 0]);
    let zero = clean().put("G14", "①0校 ②0回").book();
    assert_eq!(stated(&zero), 0);
}
