//! Nothing is dropped in silence: words are put into a returned workbook in every way in which a
//! department can leave them there, and each must come out again, or be told of.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::Index;
use rust_xlsxwriter::{Format, Note, Shape, Workbook};
use torimatome::gather::{self, Parts};
use torimatome::model::{
    Book, CellRef, Cover, Finding, Grid, ItemSheet, OfficialBook, Period, Prefer, Thresholds,
};
use torimatome::read::{self, Limits};
use torimatome::{check, collected_file, default_layout, export_items, official_book};

/// How a word came into the workbook.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    /// Typed into an empty cell, on the form or beside it.
    EmptyCell,
    /// Typed behind what stands in a field.
    BehindAnEntry,
    /// Typed in place of what stands in a field.
    InsteadOfAnEntry,
    /// Struck out in a field, before what stands there.
    StruckOut,
    /// Left in a row that is hidden then.
    HiddenRow,
    /// Left in a column that is hidden then.
    HiddenColumn,
    /// A note on a cell.
    Note,
    /// A text box over the form.
    TextBox,
}

const WAYS: [Way; 8] = [
    Way::EmptyCell,
    Way::BehindAnEntry,
    Way::InsteadOfAnEntry,
    Way::StruckOut,
    Way::HiddenRow,
    Way::HiddenColumn,
    Way::Note,
    Way::TextBox,
];

fn bytes(name: &str) -> Vec<u8> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/returned");
    std::fs::read(fixtures.join(name)).unwrap()
}

fn plan() -> OfficialBook {
    let (layout, limits) = (default_layout(), Limits::default());
    official_book("計画.xlsx", bytes("計画.xlsx"), &layout, &limits).unwrap()
}

/// The sheet that is returned, complete and without a defect.
fn form() -> &'static Grid {
    static FORM: OnceLock<Grid> = OnceLock::new();
    FORM.get_or_init(|| {
        let workbook = read::workbook("様式.xlsx", bytes("complete.xlsx"), &Limits::default());
        workbook.unwrap().sheets.remove(0)
    })
}

/// Cells of the form that are fields with an entry, and empty cells on it and around it.
fn cells() -> (Vec<CellRef>, Vec<CellRef>) {
    let grid = form();
    let book = gathered("様式.xlsx", &bytes("complete.xlsx"));
    let returned: Vec<&ItemSheet> = returns(&book);
    let json: serde_json::Value =
        serde_json::from_str(&export_items(&returned, &book).unwrap()).unwrap();
    let mut texts = BTreeSet::new();
    texts_of(&json, &mut texts);
    // Name and baseline stand in one cell.
    let is_entry = |text: &str| texts.iter().any(|known| known == text) || text.contains("年度：");
    let entries: Vec<CellRef> = grid
        .cells
        .iter()
        .filter(|(_, cell)| is_entry(&cell.text) && cell.text != "4")
        .map(|(at, _)| *at)
        .collect();
    assert!(entries.len() > 40, "{entries:?}");
    let covered = |cell: CellRef| {
        let mut merges = grid.merges.values();
        merges.any(|range| range.first != cell && range.contains(cell))
    };
    let every = (0..40).flat_map(|row| (0..18).map(move |column| CellRef::new(row, column)));
    let empty = every.filter(|cell| !covered(*cell) && !grid.cells.contains_key(cell));
    (entries, empty.collect())
}

fn texts_of(value: &serde_json::Value, texts: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::String(text) => {
            texts.insert(text.clone());
        }
        serde_json::Value::Array(values) => values.iter().for_each(|one| texts_of(one, texts)),
        serde_json::Value::Object(fields) => fields.values().for_each(|one| texts_of(one, texts)),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

/// The form with the words in it, as a workbook.
fn with_words(words: &[(Way, CellRef, String)]) -> Vec<u8> {
    let grid = form();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("取組4").unwrap();
    let plain = Format::new();
    let struck = Format::new().set_font_strikethrough();
    for range in grid.merges.values() {
        let (first, last) = (range.first, range.last);
        let (left, right) = (first.column as u16, last.column as u16);
        sheet
            .merge_range(first.row, left, last.row, right, "", &plain)
            .unwrap();
    }
    let mut texts: BTreeMap<CellRef, String> = BTreeMap::new();
    for (at, cell) in &grid.cells {
        texts.insert(*at, cell.text.clone());
    }
    for (way, at, word) in words {
        let before = texts.get(at).cloned().unwrap_or_default();
        match way {
            Way::EmptyCell | Way::InsteadOfAnEntry | Way::HiddenRow | Way::HiddenColumn => {
                texts.insert(*at, word.clone());
            }
            Way::BehindAnEntry => {
                texts.insert(*at, format!("{before}{word}"));
            }
            Way::StruckOut | Way::Note | Way::TextBox => {}
        }
    }
    for (at, text) in &texts {
        sheet
            .write_string(at.row, at.column as u16, text.as_str())
            .unwrap();
    }
    for (way, at, word) in words {
        let (row, column) = (at.row, at.column as u16);
        match way {
            Way::StruckOut => {
                let before = texts.get(at).cloned().unwrap_or_default();
                let pieces = [(&struck, word.as_str()), (&plain, before.as_str())];
                sheet.write_rich_string(row, column, &pieces).unwrap();
            }
            Way::HiddenRow => {
                sheet.set_row_hidden(row).unwrap();
            }
            Way::HiddenColumn => {
                sheet.set_column_hidden(column).unwrap();
            }
            Way::Note => {
                sheet.insert_note(row, column, &Note::new(word)).unwrap();
            }
            Way::TextBox => {
                let shape = Shape::textbox().set_text(word);
                sheet.insert_shape(row, column, &shape).unwrap();
            }
            Way::EmptyCell | Way::BehindAnEntry | Way::InsteadOfAnEntry => {}
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn gathered(name: &str, bytes: &[u8]) -> Book {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let layout = default_layout();
    let file = collected_file(name, &path, &layout, &Limits::default());
    gather::book(Parts {
        period: Period::parse("R5下").unwrap(),
        plan: plan(),
        previous: None,
        files: vec![file],
        cover: Cover::default(),
        prefer: Prefer::default(),
        aliases: Vec::new(),
        layout,
        thresholds: Thresholds::default(),
        kpi_settings: Vec::new(),
    })
}

fn returns(book: &Book) -> Vec<&ItemSheet> {
    let returns = book.items.iter().flat_map(|item| &item.returns);
    returns.map(|one| &one.sheet).collect()
}

/// What the merged workbook shows of a book, and all that the report says.
fn told(book: &Book, findings: &[Finding]) -> String {
    let official: Vec<&ItemSheet> = book.items.iter().map(|item| &item.official).collect();
    let mut told = export_items(&official, book).unwrap();
    for finding in findings {
        for text in [Some(&finding.message), finding.found.as_ref()] {
            told.push_str(text.map_or("", String::as_str));
        }
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_word_left_anywhere_in_a_returned_workbook_comes_out_or_is_told_of(
        left in prop::collection::vec((0..WAYS.len(), any::<Index>(), "[ぁ-ん]{2}[一二三東西南北]{1,2}[0-9]{0,2}[a-z]{3}"), 1..7)
    ) {
        let (entries, empty) = cells();
        let mut words: Vec<(Way, CellRef, String)> = Vec::new();
        for (number, (way, at, word)) in left.into_iter().enumerate() {
            let way = WAYS[way];
            let cells = match way {
                Way::EmptyCell | Way::HiddenRow | Way::HiddenColumn | Way::Note | Way::TextBox => &empty,
                Way::BehindAnEntry | Way::InsteadOfAnEntry | Way::StruckOut => &entries,
            };
            let cell = *at.get(cells);
            // A word in a cell of its own; what is hidden hides no other word's way of being there.
            if words.iter().all(|(_, other, _)| *other != cell) {
                words.push((way, cell, format!("{word}{number}x")));
            }
        }
        let book = gathered("危機管理課.xlsx", &with_words(&words));
        let findings = check::findings(&book, &BTreeMap::new());
        let told = told(&book, &findings);
        for (way, cell, word) in &words {
            let named = findings.iter().any(|finding| finding.code == "S05" && finding.cells.contains(cell));
            prop_assert!(
                named || told.contains(word.as_str()),
                "{way:?} {cell} {word} was dropped of {words:?}\n{:#?}",
                findings.iter().map(|finding| format!("{} {:?} {}", finding.code, finding.cells, finding.message)).collect::<Vec<_>>()
            );
        }
    }
}
