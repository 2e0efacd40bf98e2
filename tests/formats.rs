//! The same form in every format that comes back gives the same model, up to what S14 names.
//!
//! The files of `fixtures/formats` are written by `make.py` there: xls and ods by LibreOffice, xlsb
//! by SheetJS, the tidy tables and the zips by Python.

use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader};
use encoding_rs::SHIFT_JIS;
use serde_json::Value;
use torimatome::model::{
    CellRef, CollectedFile, Cover, Damage, FileFormat, FiscalYear, Grid, Half, ItemSheet, Outcome,
    Period, Stored, Text, Visibility, Workbook,
};
use torimatome::read::{Limits, ReadError, workbook};
use torimatome::{collected_file, default_layout, export};

const PERIOD: Period = Period {
    year: FiscalYear(2023),
    half: Half::Second,
};
const OTHERS: [(&str, FileFormat); 3] = [
    ("xls", FileFormat::Xls),
    ("ods", FileFormat::Ods),
    ("xlsb", FileFormat::Xlsb),
];

fn fixture(name: &str) -> PathBuf {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let own = fixtures.join("formats").join(name);
    match own.exists() {
        true => own,
        false => fixtures.join("geometry").join(name),
    }
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(fixture(name)).unwrap()
}

fn read(name: &str) -> CollectedFile {
    let file = collected_file(name, &fixture(name), &default_layout(), &Limits::default());
    assert_eq!(file.outcome, Outcome::Read, "{name}");
    file
}

fn sheets(name: &str) -> Workbook {
    workbook(name, bytes(name), &Limits::default()).unwrap()
}

/// What the items say, places aside.
fn said(items: &[ItemSheet]) -> Vec<Value> {
    let items: Vec<&ItemSheet> = items.iter().collect();
    let cover = Cover::default();
    let json = export::json(&cover, Some(PERIOD), &items, &[], PERIOD).unwrap();
    let document: Value = serde_json::from_str(&json).unwrap();
    document["items"].as_array().unwrap().clone()
}

/// Fails with the lines that differ.
fn assert_same(name: &str, found: &[Value], expected: &[Value]) {
    let lines = |items: &[Value]| serde_json::to_string_pretty(items).unwrap();
    let (found, expected) = (lines(found), lines(expected));
    let pairs = found.lines().zip(expected.lines());
    let differ: Vec<_> = pairs.filter(|(one, other)| one != other).take(5).collect();
    assert!(found == expected, "{name}: {differ:#?}");
}

fn unplaced(items: &[ItemSheet]) -> Vec<&str> {
    let cells = items.iter().flat_map(|item| &item.unplaced);
    cells.map(Text::text).collect()
}

fn text<'a>(grid: &'a Grid, cell: &str) -> &'a str {
    let cell = CellRef::parse(cell).unwrap();
    grid.text(cell).unwrap_or_default()
}

// ---------------------------------------------------------------------------------------------
// Workbooks
// ---------------------------------------------------------------------------------------------

#[test]
fn the_form_reads_the_same_in_every_format() {
    for (form, xlsx) in [
        ("official", "official.xlsx"),
        ("numbers", "numbers_with_formats.xlsx"),
    ] {
        let expected = read(xlsx);
        assert_eq!(expected.format, Some(FileFormat::Xlsx));
        let others = OTHERS.map(|(extension, format)| (format!("{form}.{extension}"), format));
        let second = ("official_by_sheetjs.xls".to_owned(), FileFormat::Xls);
        let second = Some(second).filter(|_| form == "official");
        for (name, format) in others.into_iter().chain(second) {
            let file = read(&name);
            assert_eq!(file.format, Some(format), "{name}");
            assert_same(&name, &said(&file.items), &said(&expected.items));
            assert_eq!(unplaced(&file.items), [""; 0], "{name}");
            assert_eq!(file.damaged, expected.damaged, "{name}");
            assert!(
                file.items.iter().all(|item| item.has_spans),
                "{name}: merges"
            );
            let cells = |file: &CollectedFile| file.items[0].content.place.clone().unwrap().cell;
            assert_eq!(cells(&file), cells(&expected), "{name}");
        }
    }
}

#[test]
fn a_sheet_shows_the_same_in_every_format() {
    let expected = sheets("seen.xlsx");
    let content = |grid: &Grid| -> Vec<(String, String)> {
        let cells = grid.cells.iter();
        cells
            .map(|(cell, content)| (cell.to_string(), content.text.clone()))
            .collect()
    };
    for (extension, _) in OTHERS {
        let name = format!("seen.{extension}");
        let book = sheets(&name);
        assert_eq!(book.sheets.len(), 2, "{name}");
        for (grid, expected) in book.sheets.iter().zip(&expected.sheets) {
            // SheetJS writes neither struck fonts nor hidden rows.
            let by_sheetjs = extension == "xlsb";
            if !by_sheetjs {
                assert_eq!(content(grid), content(expected), "{name}");
                assert_eq!(grid.struck, expected.struck, "{name}");
                assert_eq!(grid.hidden_rows, expected.hidden_rows, "{name}");
            }
            assert_eq!(grid.hidden_columns, expected.hidden_columns, "{name}");
            // S14: notes of an xls are not read.
            let notes: Vec<_> = grid
                .remarks
                .iter()
                .map(|one| (one.range, &one.text))
                .collect();
            let wanted = expected.remarks.iter().map(|one| (one.range, &one.text));
            let wanted: Vec<_> = wanted.filter(|_| extension != "xls").collect();
            assert_eq!(notes, wanted, "{name}");
            assert_eq!(grid.merges, expected.merges, "{name}");
            assert_eq!(grid.visibility, expected.visibility, "{name}");
            for (cell, content) in &expected.cells {
                let other = &grid.cells[cell];
                // LibreOffice keeps TRUE as the number 1 in ods.
                let truth = matches!(content.stored, Stored::Bool(_));
                let same = other.stored == content.stored || (truth && extension == "ods");
                assert!(same, "{name} {cell}: {:?}", other.stored);
            }
        }
        let told = |book: &Workbook| -> Vec<(Damage, Vec<CellRef>)> {
            let damaged = book.damaged.iter();
            damaged
                .map(|damaged| (damaged.kind.clone(), damaged.cells.clone()))
                .collect()
        };
        assert_eq!(told(&book), told(&expected), "{name}");
        assert!(book.modified.is_some(), "{name}");
    }
    let grid = &expected.sheets[0];
    assert_eq!(grid.struck.len(), 2);
    assert_eq!(grid.remarks.len(), 1);
    for (cell, shown) in [
        ("B1", "一行目\n二行目"),
        ("B2", "　先頭 と  間"),
        ("B3", "(累計) 145件"),
        ("B5", "令和6年3月31日"),
        ("B7", "—"),
        ("B8", ""),
        ("B10", "145件"),
        ("B11", "#DIV/0!"),
        ("B14", "令和5年度"),
        ("B15", "①3校　②4回　㈱甲 〜 −"),
        ("B21", ""),
        ("B22", "13件"),
    ] {
        assert_eq!(text(grid, cell), shown, "{cell}");
    }
    assert_eq!(expected.sheets[1].visibility, Visibility::Hidden);
    assert_eq!(
        expected.damaged.len(),
        2,
        "a dash for a number, and nothing for a number"
    );
}

#[test]
fn the_extension_is_never_believed() {
    for content in [
        "official.xlsx",
        "official.xls",
        "official.ods",
        "official.xlsb",
        "text.csv",
    ] {
        let expected = read(content);
        for name in [
            "総務課.xls",
            "総務課.xlsx",
            "総務課",
            "総務課.csv",
            "総務課.ods",
        ] {
            let book = workbook(name, bytes(content), &Limits::default()).unwrap();
            assert_eq!(Some(book.format), expected.format, "{content} as {name}");
            assert_eq!(book.sheets[0].source.file, name);
        }
    }
}

/// calamine tells no merges and no displayed texts of ods; its numbers and words are ours.
#[test]
fn a_second_reader_finds_the_same_values_in_ods() {
    for name in ["official.ods", "numbers.ods", "seen.ods"] {
        let book = sheets(name);
        let mut other: calamine::Ods<_> = calamine::open_workbook(fixture(name)).unwrap();
        for grid in &book.sheets {
            #[expect(clippy::disallowed_methods, reason = "files of our own")]
            let range = other.worksheet_range(&grid.source.sheet).unwrap();
            let (top, left) = range.start().unwrap();
            let mut count = 0;
            for (row, column, value) in range.used_cells() {
                let cell = CellRef::new(top + row as u32, left + column as u32);
                let own = grid.cells.get(&cell);
                match (value, own) {
                    (Data::String(text), _) if grid.struck.contains_key(&cell) => {
                        assert_eq!(*text, grid.struck[&cell].raw, "{name} {cell}");
                    }
                    (Data::String(text), Some(own)) => assert_eq!(*text, own.text, "{name} {cell}"),
                    (Data::Float(value), Some(own)) if *own.text != *"" => {
                        assert_eq!(own.stored, Stored::Number(*value), "{name} {cell}");
                    }
                    // What does not show, dates and errors: told in another way by each.
                    (Data::Float(_), None) => {
                        let told = book.damaged.iter().any(|one| one.cells.contains(&cell));
                        assert!(told, "{name} {cell}");
                    }
                    (value, own) => assert!(own.is_some(), "{name} {cell} {value:?}"),
                }
                count += 1;
            }
            assert!(count >= grid.cells.len(), "{name}");
        }
    }
}

// ---------------------------------------------------------------------------------------------
// Tidy tables
// ---------------------------------------------------------------------------------------------

#[test]
fn the_tidy_tables_say_what_the_form_says() {
    let mut expected = said(&read("official.xlsx").items);
    let (kpis, texts) = (read("kpi.csv"), read("text.csv"));
    for (name, file) in [("kpi.csv", &kpis), ("text.csv", &texts)] {
        assert_eq!(file.format, Some(FileFormat::Csv));
        assert_eq!(unplaced(&file.items), [""; 0], "{name}");
        for item in &file.items {
            assert_eq!(item.year.get(), Some(&FiscalYear(2023)), "{name}");
            assert_eq!(item.half.get(), Some(&Half::Second), "{name}");
        }
    }
    let (mut of_kpis, mut of_texts) = (said(&kpis.items), said(&texts.items));
    for ((of_kpis, of_texts), expected) in of_kpis.iter_mut().zip(&mut of_texts).zip(&mut expected)
    {
        for key in ["number", "priority", "title", "lead", "related"] {
            assert_eq!(of_kpis[key], expected[key], "kpi.csv {key}");
        }
        let kpis = expected["kpis"].as_array_mut().unwrap();
        // Notes are texts: each stands in the other table with its KPI's name.
        let noted = kpis.iter().filter(|kpi| !kpi["note"].is_null());
        let noted: Vec<Value> = noted
            .map(|kpi| [&kpi["name"], &kpi["note"]].into_iter().cloned().collect())
            .collect();
        let found = of_texts["kpis"].as_array().unwrap().iter();
        let found: Vec<Value> = found
            .map(|kpi| [&kpi["name"], &kpi["note"]].into_iter().cloned().collect())
            .collect();
        assert_eq!(found, noted);
        for kpi in kpis.iter_mut() {
            kpi["note"] = Value::Null;
        }
        assert_same("kpi.csv", of_kpis["kpis"].as_array().unwrap(), kpis);
        of_texts["kpis"] = Value::Null;
        expected["kpis"] = Value::Null;
    }
    assert_same("text.csv", &of_texts, &expected);
}

#[test]
fn a_value_of_a_tidy_table_stands_in_the_cell_of_its_number() {
    let file = read("kpi.csv");
    let kpi = &file.items[0].kpis[1];
    assert_eq!(kpi.name.text(), "電子申請のサービス数");
    let actual = kpi.year(FiscalYear(2023)).unwrap().actual.as_ref().unwrap();
    assert_eq!(actual.text(), "(累計)\n145件");
    let place = actual.place.as_ref().unwrap().to_string();
    assert_eq!(place, "kpi.csv「CSV」!N12");
    let words = kpi.year(FiscalYear(2022)).unwrap().target.as_ref().unwrap();
    assert_eq!(words.place.as_ref().unwrap().cell.to_string(), "N11");
    let milestone = file.items[1].kpis[0].year(FiscalYear(2022)).unwrap();
    let place = milestone.actual.as_ref().unwrap().place.clone().unwrap();
    assert!(
        place.cell.to_string().starts_with('S'),
        "words stand in 原文: {place}"
    );
}

#[test]
fn tidy_tables_are_read_in_every_encoding_and_with_both_separators() {
    for name in ["kpi.csv", "text.csv"] {
        let expected = said(&read(name).items);
        let text = String::from_utf8(bytes(name)).unwrap();
        let text = text.trim_start_matches('\u{FEFF}').replace('—', "―");
        let dash = serde_json::to_string(&expected).unwrap().replace('—', "―");
        let expected: Vec<Value> = serde_json::from_str(&dash).unwrap();
        let tabs = tabbed(&text);
        let wide = |text: &str, unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(unit).collect()
        };
        let cp932 = SHIFT_JIS.encode(&text);
        assert!(!cp932.2, "every character is in CP932");
        for (what, bytes) in [
            ("UTF-8", text.clone().into_bytes()),
            (
                "UTF-8 with BOM",
                [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            ),
            ("CP932", cp932.0.into_owned()),
            (
                "UTF-16LE",
                [&b"\xFF\xFE"[..], &wide(&tabs, u16::to_le_bytes)].concat(),
            ),
            (
                "UTF-16BE",
                [&b"\xFE\xFF"[..], &wide(&tabs, u16::to_be_bytes)].concat(),
            ),
            ("UTF-16LE without BOM", wide(&tabs, u16::to_le_bytes)),
            ("line feeds alone", text.replace("\r\n", "\n").into_bytes()),
        ] {
            let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{what} {name}"));
            fs::write(&path, bytes).unwrap();
            let file = collected_file(name, &path, &default_layout(), &Limits::default());
            assert_eq!(file.outcome, Outcome::Read, "{what}");
            assert_same(what, &said(&file.items), &expected);
        }
        let garbled = workbook(name, b"\x82,\xFF\n".to_vec(), &Limits::default());
        assert!(matches!(garbled, Err(ReadError::Unsupported(_))));
    }
}

/// The table as Excel writes it as "Unicode テキスト".
fn tabbed(text: &str) -> String {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b'\t')
        .from_writer(Vec::new());
    for record in reader.records() {
        writer.write_record(&record.unwrap()).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// A form that was saved as CSV has lost its merges and nothing else that its cells say.
#[test]
fn a_form_saved_as_csv_is_read_as_a_form() {
    let book = sheets("official.xlsx");
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    let grid = &book.sheets[0];
    let last = *grid.cells.keys().next_back().unwrap();
    for row in 0..=last.row {
        let fields = (0..20).map(|column| grid.text(CellRef::new(row, column)).unwrap_or(""));
        writer.write_record(fields).unwrap();
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("form.csv");
    fs::write(&path, writer.into_inner().unwrap()).unwrap();
    let file = collected_file("form.csv", &path, &default_layout(), &Limits::default());
    let (found, expected) = (said(&file.items), said(&read("official.xlsx").items));
    assert_eq!(found.len(), 1);
    for key in [
        "number",
        "title",
        "lead",
        "content",
        "kpis",
        "status",
        "assessment",
        "action",
    ] {
        assert_same(key, &[found[0][key].clone()], &[expected[0][key].clone()]);
    }
    assert!(!file.items[0].has_spans);
}

// ---------------------------------------------------------------------------------------------
// The program
// ---------------------------------------------------------------------------------------------

/// Codes and items of what `check` finds in files, the form being the plan as well.
fn found(files: &[&str]) -> Vec<String> {
    let plan = fixture("official.xlsx");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_torimatome"))
        .args(["check", "--period", "R5下", "--format", "json", "--plan"])
        .arg(plan)
        .args(files.iter().map(|file| fixture(file)))
        .output()
        .unwrap();
    let document: Value = serde_json::from_slice(&run.stdout)
        .unwrap_or_else(|_| panic!("{files:?}: {}", String::from_utf8_lossy(&run.stderr)));
    let findings = document["findings"].as_array().unwrap().iter();
    let mut told: Vec<String> = findings
        .map(|finding| format!("{} {}", finding["code"].as_str().unwrap(), finding["item"]))
        .collect();
    told.sort();
    told
}

/// Every finding of the form in xlsx is one in any other format, and no other but S14 is.
#[test]
fn the_checks_find_the_same_in_every_format() {
    let expected = found(&["rich_text_inline.xlsx"]);
    assert!(expected.len() > 5, "{expected:?}");
    for name in ["official.xls", "official.ods", "official.xlsb"] {
        let mut told = found(&[name]);
        let plain = told
            .iter()
            .filter(|finding| finding.starts_with("S14"))
            .count();
        assert_eq!(plain, 1, "{name}");
        told.retain(|finding| !finding.starts_with("S14"));
        assert_eq!(told, expected, "{name}");
    }
    let mut told = found(&["kpi.csv", "text.csv"]);
    told.retain(|finding| !finding.starts_with("S14"));
    assert_eq!(told, expected, "the tidy tables together");
}
