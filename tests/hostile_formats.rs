//! Damaged and hostile xls, xlsb and ods: refused or read, never a panic, never without end.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use torimatome::model::{CellRef, Damage, Grid, RemarkKind, Stored, Visibility, Workbook};
use torimatome::read::{Limited, Limits, Problem, ReadError, workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn fixture(name: &str) -> Vec<u8> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats");
    fs::read(fixtures.join(name)).unwrap()
}

fn read(bytes: Vec<u8>) -> Result<Workbook, ReadError> {
    workbook("総務課", bytes, &Limits::default())
}

fn content(book: &Workbook) -> Vec<(String, CellRef, String)> {
    let sheets = book.sheets.iter();
    sheets
        .flat_map(|grid| {
            let cells = grid.cells.iter();
            cells.map(|(cell, content)| (grid.source.sheet.clone(), *cell, content.text.clone()))
        })
        .collect()
}

/// A package again with one of its parts changed.
fn with_part(package: &[u8], part: &str, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut change = Some(change);
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        if name.ends_with('/') {
            continue;
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name == part {
            bytes = change.take().unwrap()(bytes);
        }
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(&bytes).unwrap();
    }
    assert!(change.is_none(), "there is a part {part}");
    writer.finish().unwrap().into_inner()
}

/// Numbers that differ in every run would not tell what broke: these are the same in each.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

// ---------------------------------------------------------------------------------------------
// xls
// ---------------------------------------------------------------------------------------------

#[test]
fn an_xls_that_asks_for_a_password_says_so() {
    let mut bytes = fixture("official.xls");
    // CODEPAGE stands in every workbook; as FILEPASS it says that all behind it is encrypted.
    let at = bytes
        .windows(4)
        .position(|at| at == [0x42, 0, 2, 0])
        .unwrap();
    bytes[at] = 0x2F;
    assert_eq!(read(bytes).unwrap_err(), ReadError::Password);
}

#[test]
fn far_cells_and_false_extents_of_an_xls_reserve_no_memory() {
    let whole = fixture("official.xls");
    // DIMENSIONS: rows and columns as large as their fields.
    let mut bytes = whole.clone();
    let mut changed = 0;
    for at in 0..bytes.len() - 18 {
        if bytes[at..at + 4] == [0, 2, 14, 0] {
            bytes[at + 8..at + 12].fill(0xFF);
            bytes[at + 14..at + 16].fill(0xFF);
            changed += 1;
        }
    }
    assert!(changed >= 2, "{changed}");
    let found = content(&read(bytes).unwrap());
    assert_eq!(found, content(&read(whole.clone()).unwrap()));
    // LABELSST: a cell of the first column moved to the last row and the last column.
    let mut bytes = whole;
    let at = bytes
        .windows(4)
        .position(|at| at == [0xFD, 0, 10, 0])
        .unwrap();
    bytes[at + 4..at + 6].fill(0xFF);
    bytes[at + 6] = 0xFF;
    match read(bytes.clone()) {
        Err(ReadError::OverLimit { what, .. }) => assert_eq!(what, Limited::Rectangle),
        other => panic!("{other:?}"),
    }
    bytes[at + 7] = 1;
    match read(bytes) {
        Err(ReadError::Broken { problem, .. }) => {
            assert_eq!(problem, Problem::Address("SR65536".to_owned()));
        }
        other => panic!("{other:?}"),
    }
}

// ---------------------------------------------------------------------------------------------
// xlsb
// ---------------------------------------------------------------------------------------------

const BINARY_SHEET: &str = "xl/worksheets/sheet1.bin";

#[test]
fn records_of_an_xlsb_that_make_no_sense_never_escape() {
    let whole = fixture("seen.xlsb");
    let mut chance = Chance(6);
    for _ in 0..200 {
        let changed = with_part(&whole, BINARY_SHEET, |mut part| {
            for _ in 0..3 {
                let at = chance.below(part.len());
                part[at] = chance.below(256) as u8;
            }
            part
        });
        assert_ne!(read(changed).err(), given_up());
    }
    for length in [0, 1, 50, 100, 500] {
        let cut = with_part(&whole, BINARY_SHEET, |mut part| {
            part.truncate(length);
            part
        });
        assert!(read(cut).is_err(), "{length}");
    }
}

/// What a reader says that panicked.
fn given_up() -> Option<ReadError> {
    Some(ReadError::Broken {
        part: String::new(),
        problem: Problem::Reader,
    })
}

/// A part of an xlsb: types, lengths and bytes.
fn records(list: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut part = Vec::new();
    for (kind, data) in list {
        match u8::try_from(*kind) {
            Ok(kind) if kind < 0x80 => part.push(kind),
            _ => part.extend([(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8]),
        }
        let mut length = data.len();
        while length >= 0x80 {
            part.push((length & 0x7F) as u8 | 0x80);
            length >>= 7;
        }
        part.push(length as u8);
        part.extend(data);
    }
    part
}

fn numbers(list: &[u32]) -> Vec<u8> {
    list.iter()
        .flat_map(|number| number.to_le_bytes())
        .collect()
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = numbers(&[units.len() as u32]);
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

#[test]
fn struck_words_and_hidden_lines_of_an_xlsb_are_read() {
    let font = |struck: u8| (0x002B, [&[220, 0, struck << 3, 0][..], &[0; 12]].concat());
    let format = |font: u8| (0x002F, [&[0, 0, 0, 0, font, 0][..], &[0; 10]].concat());
    let styles = records(&[
        (0x0263, numbers(&[2])),
        font(0),
        font(1),
        (0x0264, Vec::new()),
        (0x0269, numbers(&[2])),
        format(0),
        format(1),
        (0x026A, Vec::new()),
    ]);
    // 「12件13件」: the first three characters in the struck font, the others in the plain one.
    let runs = [
        &[1][..],
        &wide("12件13件"),
        &numbers(&[2]),
        &[0, 0, 1, 0, 3, 0, 0, 0],
    ]
    .concat();
    let plain = [&[0][..], &wide("消した文")].concat();
    let texts = records(&[(0x009F, numbers(&[2, 2])), (0x0013, runs), (0x0013, plain)]);
    let hidden = (
        0,
        [&numbers(&[4, 0])[..], &[0, 0, 0, 0x10, 0, 0, 0, 0, 0]].concat(),
    );
    let columns = (0x003C, [&numbers(&[2, 3, 0, 0])[..], &[1, 0]].concat());
    let cell = |column: u32, style: u8, text: u32| {
        let head = [&numbers(&[column])[..], &[style, 0, 0, 0]].concat();
        (7, [head, numbers(&[text])].concat())
    };
    let sheet = records(&[
        columns,
        (0x0091, Vec::new()),
        hidden,
        cell(0, 0, 0),
        cell(1, 1, 1),
        cell(2, 0, 1),
        (0x0092, Vec::new()),
    ]);
    let made = with_part(&fixture("seen.xlsb"), BINARY_SHEET, |_| sheet);
    let made = with_part(&made, "xl/styles.bin", |_| styles);
    let made = with_part(&made, "xl/sharedStrings.bin", |_| texts);
    let empty = records(&[(0x0091, Vec::new()), (0x0092, Vec::new())]);
    let made = with_part(&made, "xl/worksheets/sheet2.bin", |_| empty);
    let book = read(made).unwrap();
    let grid = &book.sheets[0];
    assert_eq!(text(grid, "A5"), Some("13件"));
    assert_eq!(text(grid, "B5"), None);
    assert_eq!(text(grid, "C5"), Some("消した文"));
    let words: Vec<String> = grid
        .struck
        .values()
        .map(|one| one.words.join("|"))
        .collect();
    assert_eq!(words, ["12件", "消した文"]);
    assert_eq!(grid.hidden_rows.iter().collect::<Vec<_>>(), [&(4..=4)]);
    assert_eq!(grid.hidden_columns.iter().collect::<Vec<_>>(), [&(2..=3)]);
}

#[test]
fn every_kind_of_record_that_holds_a_cell_is_read() {
    let row = |number: u32| (0, [numbers(&[number, 0]), vec![0; 9]].concat());
    let cell =
        |kind: u16, column: u32, value: &[u8]| (kind, [&numbers(&[column, 0])[..], value].concat());
    let short = |kind: u16, value: &[u8]| (kind, [&numbers(&[0])[..], value].concat());
    let half = 0.5f64.to_le_bytes();
    let list = [
        (0x0091, Vec::new()),
        row(0),
        cell(6, 0, &wide("直接の文字")),
        short(13, &numbers(&[(145 << 2) | 2])),
        short(16, &half),
        short(17, &wide("短い形")),
        short(15, &[1]),
        short(14, &[0x17]),
        row(2),
        cell(8, 1, &wide("数式の文字")),
        cell(9, 2, &half),
        cell(10, 3, &[0]),
        cell(11, 4, &[0x07]),
        cell(0x3E, 5, &[&[1][..], &wide("装飾の文字"), &[0; 8]].concat()),
        cell(3, 6, &[0x2A]),
        cell(1, 7, &[]),
        (0x0092, Vec::new()),
        (0x00B0, numbers(&[2, 3, 1, 1])),
        (0x00B0, numbers(&[9, 8, 1, 1])),
    ];
    let made = with_part(&fixture("seen.xlsb"), BINARY_SHEET, |_| records(&list));
    let book = read(made).unwrap();
    let grid = &book.sheets[0];
    for (cell, expected) in [
        ("A1", "直接の文字"),
        ("B1", "145"),
        ("C1", "0.5"),
        ("D1", "短い形"),
        ("E1", "TRUE"),
        ("F1", "#REF!"),
        ("B3", "数式の文字"),
        ("C3", "0.5"),
        ("D3", "FALSE"),
        ("E3", "#DIV/0!"),
        ("F3", "装飾の文字"),
        ("G3", "#N/A"),
    ] {
        assert_eq!(
            grid.text(CellRef::parse(cell).unwrap()),
            Some(expected),
            "{cell}"
        );
    }
    assert_eq!(grid.cells.len(), 12);
    let merges: Vec<String> = grid.merges.values().map(ToString::to_string).collect();
    assert_eq!(merges, ["B3:B4"]);
    for (cells, problem) in [
        (cell(6, 16_384, &wide("外")), "外"),
        (cell(7, 0, &numbers(&[99_999])), "ない文字列"),
        (cell(6, 0, &numbers(&[0x7FFF_FFFF])), "長すぎる文字列"),
    ] {
        let list = [(0x0091, Vec::new()), row(0), cells, (0x0092, Vec::new())];
        let made = with_part(&fixture("seen.xlsb"), BINARY_SHEET, |_| records(&list));
        assert!(read(made).is_err(), "{problem}");
    }
}

// ---------------------------------------------------------------------------------------------
// ods
// ---------------------------------------------------------------------------------------------

const SPACES: &str = concat!(
    r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" "#,
    r#"xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" "#,
    r#"xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" "#,
    r#"xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" "#,
    r#"xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" "#,
    r#"xmlns:dc="http://purl.org/dc/elements/1.1/" "#,
    r#"xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0""#,
);

/// A package around the rows of a sheet.
fn ods(rows: &str) -> Vec<u8> {
    ods_of(&format!(
        r#"<table:table table:name="票">{rows}</table:table>"#
    ))
}

fn ods_of(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content {SPACES}><office:automatic-styles>\
         <style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>\
         <style:style style:name=\"T1\" style:family=\"text\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
         <style:style style:name=\"gr1\" style:family=\"graphic\"><style:graphic-properties draw:marker-end=\"矢印\"/></style:style>\
         </office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
    ] {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn text<'a>(grid: &'a Grid, cell: &str) -> Option<&'a str> {
    grid.text(CellRef::parse(cell).unwrap())
}

fn row(cells: &str) -> String {
    format!("<table:table-row>{cells}</table:table-row>")
}

fn shown(text: &str) -> String {
    format!(r#"<table:table-cell office:value-type="string">{text}</table:table-cell>"#)
}

#[test]
fn an_ods_that_ends_inside_a_table_is_refused_at_once() {
    let whole = fixture("official.ods");
    let mut length = 0;
    with_part(&whole, "content.xml", |part| {
        length = part.len();
        part
    });
    for cut in (0..length).step_by(length / 60) {
        let broken = with_part(&whole, "content.xml", |mut part| {
            part.truncate(cut);
            part
        });
        assert!(
            matches!(read(broken), Err(ReadError::Broken { .. })),
            "{cut}"
        );
    }
}

#[test]
fn changed_words_of_an_ods_never_escape() {
    let whole = fixture("seen.ods");
    let mut chance = Chance(8);
    let words = [
        "<",
        ">",
        "\"",
        "&",
        "9999999999",
        "-1",
        "/",
        "<text:p>",
        "</table:table-row>",
    ];
    let mut read_again = 0;
    for _ in 0..200 {
        let changed = with_part(&whole, "content.xml", |part| {
            let mut text = String::from_utf8(part).unwrap();
            for _ in 0..2 {
                let mut at = chance.below(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                let end = (at + 1..=text.len()).find(|end| text.is_char_boundary(*end));
                let word = words[chance.below(words.len())];
                text.replace_range(at..end.unwrap(), word);
            }
            text.into_bytes()
        });
        let result = read(changed);
        read_again += usize::from(result.is_ok());
        assert_ne!(result.err(), given_up());
    }
    assert!(read_again < 150, "{read_again}");
}

#[test]
fn bombs_and_repeats_of_an_ods_run_into_the_limits() {
    let limited = |bytes: Vec<u8>| match read(bytes) {
        Err(ReadError::OverLimit { what, .. }) => what,
        other => panic!("{other:?}"),
    };
    let ninety_million = r#"<table:table-row table:number-rows-repeated="90000"><table:table-cell table:number-columns-repeated="1000" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>"#;
    assert_eq!(limited(ods(ninety_million)), Limited::Cells);
    let endless = r#"<table:table-row table:number-rows-repeated="4294967296"><table:table-cell table:number-columns-repeated="9223372036854775807"><text:p>1</text:p></table:table-cell></table:table-row>"#;
    assert_eq!(limited(ods(endless)), Limited::Cells);
    let blanks = row(&shown(&format!(
        "<text:p>{}</text:p>",
        " ".repeat(20 << 20)
    )));
    assert_eq!(limited(ods(&blanks)), Limited::Ratio);
    let deep = row(&shown(&format!(
        "<text:p>{}</text:p>",
        "<text:span>".repeat(200) + &"</text:span>".repeat(200)
    )));
    assert_eq!(limited(ods(&deep)), Limited::Depth);
    let spaces = row(&shown(
        r#"<text:p>a<text:s text:c="4000000000"/>b</text:p>"#,
    ));
    assert!(matches!(
        read(ods(&spaces)),
        Err(ReadError::LongText { .. })
    ));
    // Blanks cost nothing, however often they are repeated.
    let blank = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    assert!(read(ods(blank)).unwrap().sheets[0].cells.is_empty());
}

#[test]
fn an_ods_is_read_as_a_person_sees_it() {
    let rows = [
        row(&[
            shown("<text:p>一行目</text:p><text:p/><text:p>三行目<text:line-break/>続き<text:tab/>右</text:p>"),
            shown("<draw:line draw:style-name=\"gr1\" table:end-cell-address=\"$票.C3\"/><text:p>  a <text:span> b</text:span>\n   c<text:s text:c=\"3\"/>d&amp;&#x3042; </text:p>"),
            shown("<text:p>取組<text:ruby><text:ruby-base>番号</text:ruby-base><text:ruby-text>ばんごう</text:ruby-text></text:ruby>です</text:p>"),
        ].concat()),
        row(&[
            r#"<table:table-cell office:value-type="float" office:value="145"><text:p>(累計) 145件</text:p></table:table-cell>"#,
            r#"<table:table-cell office:value-type="percentage" office:value="0.125"/>"#,
            r#"<table:table-cell office:value-type="date" office:date-value="2024-03-31"><text:p>令和6年3月31日</text:p></table:table-cell>"#,
            r#"<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>"#,
            r#"<table:table-cell table:formula="of:=[.A1]"/>"#,
            r#"<table:table-cell office:value-type="float" office:value="0"><text:p>—</text:p></table:table-cell>"#,
            r#"<table:table-cell office:value-type="float" office:value="7"><text:p/></table:table-cell>"#,
            r#"<table:table-cell office:value-type="float" office:value="NaN"><text:p>NaN</text:p></table:table-cell>"#,
        ].concat()),
        r#"<table:table-row table:visibility="filter" table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>同じ</text:p></table:table-cell><table:table-cell table:number-columns-repeated="3"/><table:table-cell><text:p>F列</text:p></table:table-cell></table:table-row>"#.to_owned(),
        row(&[
            r#"<table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="2" office:value-type="string"><text:p>結合</text:p></table:table-cell>"#,
            r#"<table:covered-table-cell office:value-type="string"><text:p>結合の下</text:p></table:covered-table-cell><table:covered-table-cell/>"#,
            r#"<table:table-cell office:value-type="string"><office:annotation><dc:creator>担当</dc:creator><text:p>メモの記載</text:p></office:annotation><text:p>本文<text:span text:style-name="T1">削除</text:span></text:p></table:table-cell>"#,
            r#"<table:table-cell><draw:frame><draw:text-box><text:p>図形の記載</text:p></draw:text-box></draw:frame><draw:custom-shape><text:p>矢印の記載</text:p><draw:enhanced-geometry draw:type="right-arrow"/></draw:custom-shape><draw:frame><draw:image/></draw:frame></table:table-cell>"#,
        ].concat()),
    ];
    let tables = format!(
        "<table:tracked-changes><table:cell-content-deletion><table:table-cell><text:p>消した記載</text:p></table:table-cell></table:cell-content-deletion></table:tracked-changes>\
         <table:table table:name=\"票\"><table:shapes><draw:custom-shape><text:p>浮いた図形</text:p></draw:custom-shape></table:shapes><table:table-column table:number-columns-repeated=\"9\"/><table:table-column table:visibility=\"collapse\"/><table:table-header-rows>{}</table:table-header-rows><table:table-row-group>{}{}{}</table:table-row-group></table:table>\
         <table:table table:name=\"裏\" table:style-name=\"ta2\">{}</table:table>",
        rows[0],
        rows[1],
        rows[2],
        rows[3],
        row(&shown("<text:p>隠れたシート</text:p>"))
    );
    let book = read(ods_of(&tables)).unwrap();
    let grid = &book.sheets[0];
    let expected = [
        ("A1", "一行目\n\n三行目\n続き\t右"),
        ("B1", "a b c   d&あ "),
        ("C1", "取組番号です"),
        ("A2", "(累計) 145件"),
        ("B2", "12.5%"),
        ("C2", "令和6年3月31日"),
        ("D2", "#REF!"),
        ("F2", "—"),
        ("A3", "同じ"),
        ("B3", "同じ"),
        ("F3", "F列"),
        ("A4", "同じ"),
        ("B4", "同じ"),
        ("F4", "F列"),
        ("A5", "結合"),
        ("B5", "結合の下"),
        ("D5", "本文"),
    ];
    let expected = expected.map(|(cell, text)| (cell.to_owned(), text.to_owned()));
    let found: Vec<(String, String)> = grid
        .cells
        .iter()
        .map(|(cell, content)| (cell.to_string(), content.text.clone()))
        .collect();
    assert_eq!(found, expected);
    let stored = |cell: &str| grid.cells[&CellRef::parse(cell).unwrap()].stored.clone();
    assert_eq!(stored("A2"), Stored::Number(145.0));
    assert_eq!(stored("C2"), Stored::Date(45382.0));
    assert_eq!(stored("D2"), Stored::Error);
    assert_eq!(
        grid.merges
            .values()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["A5:C6"]
    );
    let remarks: Vec<(String, RemarkKind, &str)> = grid
        .remarks
        .iter()
        .map(|one| (one.range.to_string(), one.kind, one.text.as_str()))
        .collect();
    let expected = [
        ("A1", RemarkKind::Shape, "浮いた図形"),
        ("B1:C3", RemarkKind::Arrow, ""),
        ("D5", RemarkKind::Note, "メモの記載"),
        ("E5", RemarkKind::TextBox, "図形の記載"),
        ("E5", RemarkKind::Arrow, "矢印の記載"),
        ("E5", RemarkKind::Picture, ""),
    ];
    assert_eq!(
        remarks,
        expected.map(|(range, kind, text)| (range.to_owned(), kind, text))
    );
    assert_eq!(grid.remarks[2].author.as_deref(), Some("担当"));
    assert_eq!(grid.struck.len(), 1);
    assert_eq!(grid.hidden_rows.iter().collect::<Vec<_>>(), [&(2..=3)]);
    assert_eq!(grid.hidden_columns.iter().collect::<Vec<_>>(), [&(9..=9)]);
    assert_eq!(book.sheets[1].visibility, Visibility::Hidden);
    let told: Vec<String> = book
        .damaged
        .iter()
        .map(|damaged| {
            let kind = match &damaged.kind {
                Damage::Uncalculated => "計算されていない",
                Damage::Disguised { .. } => "見た目と違う",
                Damage::Twice => "二つある",
                Damage::Other => "読めない",
            };
            format!("{} {kind}", damaged.cells[0])
        })
        .collect();
    assert_eq!(
        told,
        [
            "F2 見た目と違う",
            "G2 見た目と違う",
            "E2 計算されていない",
            "H2 読めない"
        ]
    );
    assert_eq!(text(&book.sheets[1], "A1"), Some("隠れたシート"));
}

#[test]
fn what_programs_read_differently_in_an_ods_is_refused() {
    let cell = shown("<text:p>1</text:p>");
    for (tables, why) in [
        (String::new(), "no sheet"),
        (
            format!(r#"<table:table table:name="票">{cell}</table:table>"#),
            "a cell outside a row",
        ),
        (
            format!(
                r#"<table:table table:name="票">{}</table:table><table:table table:name="票">{}</table:table>"#,
                row(&cell),
                row(&cell)
            ),
            "two sheets of one name",
        ),
        (
            format!(
                r#"<table:table table:name="票">{}</table:table>"#,
                row("文字")
            ),
            "words beside the cells",
        ),
        (
            format!(
                r#"<table:table table:name="票">{}</table:table>"#,
                row(r#"<table:table-cell table:number-columns-repeated="-1"/>"#)
            ),
            "a count that is none",
        ),
        (
            format!(
                r#"<table:table table:name="票">{}</table:table>"#,
                row(&format!(
                    r#"<table:table-cell table:number-columns-repeated="16384"/>{cell}"#
                ))
            ),
            "a cell right of the last column",
        ),
        (
            format!(
                r#"<table:table table:name="票">{}</table:table>"#,
                row(&format!(
                    r#"<table:table-cell><table:table table:name="中">{}</table:table></table:table-cell>"#,
                    row(&cell)
                ))
            ),
            "a sheet in a cell",
        ),
    ] {
        let result = read(ods_of(&tables));
        assert!(
            matches!(result, Err(ReadError::Broken { .. })),
            "{why}: {result:?}"
        );
    }
    let encrypted = with_part(&fixture("seen.ods"), "META-INF/manifest.xml", |part| {
        let text = String::from_utf8(part).unwrap();
        text.replace(
            "</manifest:manifest>",
            "<manifest:encryption-data/></manifest:manifest>",
        )
        .into_bytes()
    });
    assert_eq!(read(encrypted).unwrap_err(), ReadError::Password);
}
