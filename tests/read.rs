//! Whole workbooks through the reader: what it must read, and what it must refuse.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Format, Workbook as Writer};
use torimatome::model::{
    Active, ActiveKind, CellRef, Damage, Damaged, Grid, RemarkKind, Stored, Visibility, Workbook,
};
use torimatome::read::{Format as Kind, Limited, Limits, Problem, ReadError, workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEET: &str = "xl/worksheets/sheet1.xml";

fn read(bytes: Vec<u8>) -> Result<Workbook, ReadError> {
    workbook("総務課.xlsx", bytes, &Limits::default())
}

fn text<'a>(grid: &'a Grid, cell: &str) -> Option<&'a str> {
    grid.text(CellRef::parse(cell).unwrap())
}

fn stored<'a>(grid: &'a Grid, cell: &str) -> &'a Stored {
    &grid.cells[&CellRef::parse(cell).unwrap()].stored
}

/// Damaged cells in words.
fn told(damaged: &Damaged) -> String {
    let cells: Vec<String> = damaged.cells.iter().map(ToString::to_string).collect();
    let what = match &damaged.kind {
        Damage::Uncalculated => "計算されていない".to_owned(),
        Damage::Disguised { stored, shown } => format!("「{stored}」は「{shown}」と見える"),
        Damage::Twice => "二つある".to_owned(),
        Damage::Other => damaged.reason.clone(),
    };
    format!("{} {what}", cells.join(","))
}

/// A package of the usual parts around one sheet.
struct Parts(Vec<(String, Vec<u8>)>);

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
}

fn relations(inner: &str) -> String {
    format!("<Relationships>{inner}</Relationships>")
}

fn sheets(inner: &str) -> String {
    format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{inner}</sheets></workbook>"#)
}

impl Parts {
    /// Around the rows of a sheet.
    fn rows(rows: &str) -> Self {
        let sheet =
            format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#);
        Self::sheet(&sheet)
    }

    /// Around a sheet's whole part.
    fn sheet(sheet: &str) -> Self {
        let texts =
            format!(r#"<sst xmlns="{MAIN}" uniqueCount="1"><si><t>共有の文字列</t></si></sst>"#);
        let of_book = relation("rId1", "worksheet", "worksheets/sheet1.xml")
            + &relation("rId2", "sharedStrings", "sharedStrings.xml");
        Self(Vec::new())
            .with(
                "_rels/.rels",
                relations(&relation("rId1", "officeDocument", "xl/workbook.xml")),
            )
            .with(
                "xl/workbook.xml",
                sheets(r#"<sheet name="票" sheetId="1" r:id="rId1"/>"#),
            )
            .with("xl/_rels/workbook.xml.rels", relations(&of_book))
            .with("xl/sharedStrings.xml", texts)
            .with(SHEET, sheet)
    }

    fn with(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        match self.0.iter_mut().find(|(own, _)| own == name) {
            Some((_, own)) => *own = bytes,
            None => self.0.push((name.to_owned(), bytes)),
        }
        self
    }

    fn zip(self, method: CompressionMethod) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(method);
        for (name, bytes) in self.0 {
            writer.start_file(name, options).unwrap();
            writer.write_all(&bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn read(self) -> Result<Workbook, ReadError> {
        read(self.zip(CompressionMethod::Deflated))
    }

    fn problem(self) -> Problem {
        problem(self.read())
    }
}

fn problem(result: Result<Workbook, ReadError>) -> Problem {
    match result {
        Err(ReadError::Broken { problem, .. }) => problem,
        other => panic!("expected a broken file, got {other:?}"),
    }
}

fn limited(result: Result<Workbook, ReadError>) -> Limited {
    match result {
        Err(ReadError::OverLimit { what, .. }) => what,
        other => panic!("expected a limit, got {other:?}"),
    }
}

#[test]
fn a_workbook_reads_as_a_person_sees_it() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("取組1 & <2>").unwrap();
    let format = |code: &str| Format::new().set_num_format(code);
    sheet.write(0, 0, "見出し\n二行目").unwrap();
    sheet.write(1, 0, "　 \n").unwrap();
    sheet.write(2, 0, 145).unwrap();
    for (row, value, code) in [
        (3, 145, r##""(累計) "#,##0"件""##),
        (4, 45382, r#"[$-411]ggge"年"m"月"d"日""#),
        (5, 0, r#"0"件";-0"件";"—""#),
        (6, 7, ";;;"),
    ] {
        sheet
            .write_with_format(row, 0, value, &format(code))
            .unwrap();
    }
    sheet
        .write_with_format(7, 0, "5", &format(r#""第"@"号""#))
        .unwrap();
    sheet.write(8, 0, true).unwrap();
    sheet.write(9, 0, "_x0041_<r>①³𠮷").unwrap();
    sheet
        .merge_range(10, 0, 12, 3, "結合", &Format::new())
        .unwrap();
    let hidden = writer.add_worksheet().set_name("裏").unwrap();
    hidden.set_very_hidden(true);
    let book = read(writer.save_to_buffer().unwrap()).unwrap();

    assert_eq!(book.sheets.len(), 2);
    let grid = &book.sheets[0];
    assert_eq!(grid.source.sheet, "取組1 & <2>");
    assert_eq!(grid.source.file, "総務課.xlsx");
    for (cell, expected) in [
        ("A1", Some("見出し\n二行目")),
        ("A2", None),
        ("A3", Some("145")),
        ("A4", Some("(累計) 145件")),
        ("A5", Some("令和6年3月31日")),
        ("A6", Some("—")),
        ("A7", None),
        ("A8", Some("第5号")),
        ("A9", Some("TRUE")),
        ("A10", Some("_x0041_<r>①³𠮷")),
        ("A11", Some("結合")),
        ("B11", None),
    ] {
        assert_eq!(text(grid, cell), expected, "{cell}");
    }
    assert_eq!(*stored(grid, "A4"), Stored::Number(145.0));
    assert_eq!(*stored(grid, "A5"), Stored::Date(45382.0));
    assert_eq!(*stored(grid, "A9"), Stored::Bool(true));
    let merged = grid.range(CellRef::new(10, 0));
    assert_eq!(merged.to_string(), "A11:D13");
    assert_eq!(grid.merges.len(), 1);
    assert_eq!(book.sheets[1].visibility, Visibility::Hidden);
    let told: Vec<String> = book.damaged.iter().map(told).collect();
    assert_eq!(
        told,
        ["A6 「0」は「—」と見える", "A7 「7」は「」と見える"],
        "what shows is not what is stored"
    );
    assert!(book.modified.unwrap().ends_with('Z'));
}

#[test]
fn every_kind_of_cell_is_read_or_told() {
    let book = Parts::rows(concat!(
        r#"<row r="1"><c r="A1" t="s"><v>0</v></c>"#,
        r#"<c r="B1" t="inlineStr"><is><r><t>太</t></r><r><t xml:space="preserve">字 </t></r><rPh><t>フト</t></rPh></is></c>"#,
        "<c r=\"C1\" t=\"str\"><f>A1&amp;\"x\"</f><v>結果 &amp; 値_x000D_\n</v></c>",
        r#"<c r="D1" t="e"><v>#SPILL!</v></c><c r="E1" t="e"><v>#REF!</v></c>"#,
        r#"<c t="b"><v>0</v></c><c r="G1" t="d"><v>2024-03-31</v></c></row>"#,
        r#"<row r="2"><c r="A2"><f>1+1</f></c><c r="B2" t="s"><v>-1</v></c>"#,
        r#"<c r="C2"><v>4<!-- x -->2</v></c><c r="D2"><v><![CDATA[42]]></v></c>"#,
        r#"<c r="E2" t="s"><v>7</v></c><c r="F2" t="n"><v>1,5</v></c><c r="G2"><v>1e999</v></c>"#,
        r#"<c r="H2"><v>1</v><v>2</v></c><c r="I2"><v>9</v><extLst><ext/></extLst></c>"#,
        r#"<c r="J2"><v>9</v></c><c r="J2"><v>8</v></c></row>"#,
    ));
    let book = book.read().unwrap();
    let grid = &book.sheets[0];
    for (cell, expected) in [
        ("A1", Some("共有の文字列")),
        ("B1", Some("太字 ")),
        ("C1", Some("結果 & 値\n")),
        ("D1", Some("#SPILL!")),
        ("E1", Some("#REF!")),
        ("F1", Some("FALSE")),
        ("G1", Some("2024-03-31")),
        ("J2", Some("9")),
    ] {
        assert_eq!(text(grid, cell), expected, "{cell}");
    }
    assert_eq!(grid.cells.len(), 8, "damaged cells have no value");
    assert_eq!(*stored(grid, "D1"), Stored::Error);
    assert_eq!(*stored(grid, "G1"), Stored::Date(45382.0));
    let told: Vec<String> = book.damaged.iter().map(told).collect();
    assert_eq!(
        told,
        [
            "B2,C2,D2,H2,I2 セルの値の保存のされ方が正しくないため、読み取れません。",
            "A2 計算されていない",
            "J2 二つある",
            "E2,F2 セルの値の種類が分からないため、読み取れません。",
            "G2 数値として扱えない値が保存されています。",
        ]
    );
}

#[test]
fn a_formula_without_a_result_is_told_however_it_is_stored() {
    let book = Parts::rows(concat!(
        r#"<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v></v></c>"#,
        r#"<c r="C1"><f t="shared" si="0"/><v/></c><c r="D1"><f>1</f><v> </v></c>"#,
        r#"<c r="E1"><f>1+1</f><v>2</v></c><c r="F1" t="str"><f>""</f><v></v></c>"#,
        r#"<c r="G1"><v/></c></row>"#,
    ));
    let book = book.read().unwrap();
    let told: Vec<String> = book.damaged.iter().map(told).collect();
    assert_eq!(told, ["A1,B1,C1,D1 計算されていない"]);
    assert_eq!(book.sheets[0].cells.len(), 1);
}

#[test]
fn a_value_that_does_not_show_is_told_with_what_is_stored() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    let format = |code: &str| Format::new().set_num_format(code);
    for (row, value, code) in [
        (0, 0.0, r#"0"人";;"#),
        (1, 0.0, r#"0"人";;"#),
        (2, 145.5, ";;;"),
        (3, 3.0, r#"0"件";-0"件";"—""#),
        (4, -1.0, r#"0;"-";0"#),
    ] {
        let format = format(code);
        sheet.write_with_format(row, 0, value, &format).unwrap();
    }
    sheet
        .write_with_format(5, 0, "隠した文", &format(";;;"))
        .unwrap();
    let book = read(writer.save_to_buffer().unwrap()).unwrap();
    let told: Vec<String> = book.damaged.iter().map(told).collect();
    assert_eq!(
        told,
        [
            "A5 「-1」は「-」と見える",
            "A1,A2 「0」は「」と見える",
            "A3 「145.5」は「」と見える",
            "A6 「隠した文」は「」と見える",
        ]
    );
}

/// A sheet with a drawing of so many text boxes beside its one cell.
fn with_text_boxes(count: usize) -> Parts {
    let shape = "<xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col></xdr:from><xdr:sp><xdr:txBody>\
        <a:p><a:r><a:t>甲</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>";
    let drawing = format!(
        r#"<xdr:wsDr xmlns:xdr="x" xmlns:a="a">{}</xdr:wsDr>"#,
        shape.repeat(count)
    );
    Parts::rows(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#)
        .with(
            "xl/worksheets/_rels/sheet1.xml.rels",
            relations(&relation("rId1", "drawing", "../drawings/drawing1.xml")),
        )
        .with("xl/drawings/drawing1.xml", drawing)
}

fn remarks(grid: &Grid) -> Vec<(RemarkKind, &str)> {
    let remarks = grid.remarks.iter();
    remarks.map(|one| (one.kind, one.text.as_str())).collect()
}

#[test]
fn what_stands_beside_the_cells_never_refuses_them() {
    let read_with = |parts: Parts, limits: &Limits| {
        let bytes = parts.zip(CompressionMethod::Deflated);
        let book = workbook("総務課.xlsx", bytes, limits).unwrap();
        assert_eq!(text(&book.sheets[0], "A1"), Some("1"));
        book
    };
    let limits = Limits::default();
    let book = read_with(with_text_boxes(2), &limits);
    let box_ = (RemarkKind::Shape, "甲");
    assert_eq!(remarks(&book.sheets[0]), [box_, box_]);

    let few = Limits {
        remarks: 1,
        ..Limits::default()
    };
    let book = read_with(with_text_boxes(3), &few);
    let told = remarks(&book.sheets[0]);
    assert_eq!(
        (told.len(), told[0], told[1].0),
        (2, box_, RemarkKind::Unread)
    );

    // A part that unpacks to far more than it holds, and parts cut off anywhere.
    let bomb = Limits {
        ratio: 2,
        ratio_grace: 4096,
        ..Limits::default()
    };
    let book = read_with(with_text_boxes(5_000), &bomb);
    let told = remarks(&book.sheets[0]);
    assert_eq!((told.len(), told[0].0), (1, RemarkKind::Unread));
    let whole = with_text_boxes(1).0.pop().unwrap().1;
    for cut in (0..whole.len()).step_by(11) {
        let parts = with_text_boxes(1).with("xl/drawings/drawing1.xml", &whole[..cut]);
        let book = read_with(parts, &limits);
        let told = remarks(&book.sheets[0]);
        assert_eq!((told.len(), told[0].0), (1, RemarkKind::Unread), "{cut}");
    }
    let mut lost = with_text_boxes(1);
    lost.0.pop();
    let told = read_with(lost, &limits);
    assert_eq!(remarks(&told.sheets[0])[0].0, RemarkKind::Unread);
}

#[test]
fn a_run_without_a_font_of_its_own_is_struck_as_its_cell_is() {
    let styles = format!(
        r#"<styleSheet xmlns="{MAIN}"><fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>"#
    );
    let runs = "<is><r><t>旧</t></r><r><rPr><b/></rPr><t>新</t></r></is>";
    let rows = format!(
        r#"<row r="1"><c r="A1" s="1" t="inlineStr">{runs}</c><c r="B1" s="0" t="inlineStr">{runs}</c><c r="C1" s="1"><v>5</v></c><c r="D1" s="1"/></row>"#
    );
    let of_book = relation("rId1", "worksheet", "worksheets/sheet1.xml")
        + &relation("rId2", "sharedStrings", "sharedStrings.xml")
        + &relation("rId3", "styles", "styles.xml");
    let parts = Parts::rows(&rows)
        .with("xl/_rels/workbook.xml.rels", relations(&of_book))
        .with("xl/styles.xml", styles);
    let book = parts.read().unwrap();
    let grid = &book.sheets[0];
    let shown = ["A1", "B1", "C1"].map(|cell| text(grid, cell));
    assert_eq!(shown, [Some("新"), Some("旧新"), None]);
    let struck: Vec<(String, &str)> = grid
        .struck
        .iter()
        .map(|(cell, struck)| (cell.to_string(), struck.raw.as_str()))
        .collect();
    assert_eq!(struck, [("A1".to_owned(), "旧新"), ("C1".to_owned(), "5")]);
}

#[test]
fn two_far_cells_cost_nothing() {
    let book = Parts::rows(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#,
    );
    let book = book.read().unwrap();
    assert_eq!(book.sheets[0].cells.len(), 2);
    assert_eq!(text(&book.sheets[0], "XFD1048576"), Some("2"));
}

#[test]
fn cells_outside_the_sheet_are_refused_with_their_address() {
    for cell in [
        "XFE1",
        "A1048577",
        "A4294967297",
        "ZZZZZZZ1",
        "A99999999999999999999",
        "A0",
        "1A",
    ] {
        let rows = format!(r#"<row><c r="{cell}"><v>1</v></c></row>"#);
        let expected = Problem::Address(cell.to_owned());
        assert_eq!(Parts::rows(&rows).problem(), expected);
    }
}

#[test]
fn rows_that_would_be_lost_are_refused() {
    let row = r#"<row r="1"><c r="A1"><v>1</v></c></row>"#;
    for inner in [
        "<sheetData/><sheetData/>".to_owned(),
        String::new(),
        format!("<sheetDate>{row}</sheetDate>"),
        format!("<sheetData/>{row}"),
        format!("<a><sheetData>{row}</sheetData></a>"),
        format!("<sheetData><row>{row}</row></sheetData>"),
        r#"<sheetData><c r="A1"><v>1</v></c></sheetData>"#.to_owned(),
        format!("<sheetData><row><c><x>{row}</x></c></row></sheetData>"),
    ] {
        let sheet = format!("<worksheet>{inner}</worksheet>");
        assert_eq!(
            Parts::sheet(&sheet).problem(),
            Problem::CellBlock,
            "{inner}"
        );
    }
}

#[test]
fn merges_that_overlap_or_make_no_sense_are_left_out() {
    let refs = [
        "A1:B2", "B2:C3", "D4", "F9:E8", "ZZZZ1:A1", "", "A3:A9", "A5:C5", "A2:Z2",
    ];
    let merges: String = refs
        .iter()
        .map(|text| format!(r#"<mergeCell ref="{text}"/>"#))
        .collect();
    let book = Parts::sheet(&format!(
        r#"<worksheet><dimension ref="C5:A1"/><sheetData/><mergeCells>{merges}</mergeCells></worksheet>"#
    ));
    let book = book.read().unwrap();
    let kept: Vec<String> = book.sheets[0]
        .merges
        .values()
        .map(ToString::to_string)
        .collect();
    assert_eq!(kept, ["A1:B2", "A3:A9", "E8:F9"]);
    let overlaps = &book.sheets[0].overlaps;
    let told: Vec<String> = overlaps
        .first
        .iter()
        .map(|one| format!("{} over {}", one.left_out, one.kept))
        .collect();
    let expected = ["A2:Z2 over A1:B2", "B2:C3 over A1:B2", "A5:C5 over A3:A9"];
    assert_eq!(told, expected);
    assert_eq!(overlaps.count, 3);
}

#[test]
fn parts_that_programs_read_differently_are_refused() {
    let parts = || Parts::rows(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
    assert!(parts().read().is_ok());
    let doctype = "<!DOCTYPE x><worksheet><sheetData/></worksheet>";
    assert_eq!(parts().with(SHEET, doctype).problem(), Problem::Doctype);
    let twice = r#"<worksheet><sheetData><row><c r="A2" r="C9"/></row></sheetData></worksheet>"#;
    assert_eq!(parts().with(SHEET, twice).problem(), Problem::Malformed);
    for count in ["100000000", "9223372036854775807"] {
        let texts = format!(r#"<sst uniqueCount="{count}"><si><t>x</t></si></sst>"#);
        let parts = parts().with("xl/sharedStrings.xml", texts);
        assert_eq!(parts.problem(), Problem::TextCount);
    }
    let wide: Vec<u8> = "\u{FEFF}<worksheet/>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(parts().with(SHEET, wide).problem(), Problem::NotUtf8);
    let twins = sheets(r#"<sheet name="A" r:id="rId1"/><sheet name="a" r:id="rId1"/>"#);
    let expected = Problem::SheetTwins("a".to_owned());
    assert_eq!(parts().with("xl/workbook.xml", twins).problem(), expected);
    let twin = parts().with("XL/Worksheets/sheet1.xml", "<worksheet/>");
    assert_eq!(twin.problem(), Problem::Twins);
    let mut lost = parts();
    lost.0.retain(|(name, _)| name != "xl/workbook.xml");
    assert_eq!(lost.problem(), Problem::MissingPart);
}

fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for at in 0..bytes.len().saturating_sub(from.len()) {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
        }
    }
    bytes
}

#[test]
fn entries_of_one_name_or_of_two_are_refused() {
    let parts = Parts::rows("").with(
        "xl/worksheets/sheet2.xml",
        "<worksheet><sheetData/></worksheet>",
    );
    let bytes = parts.zip(CompressionMethod::Stored);
    // The writer refuses equal names, so the second sheet is renamed in the bytes.
    let renamed = replace(&bytes, b"worksheets/sheet2.xml", b"worksheets/sheet1.xml");
    assert_eq!(problem(read(renamed)), Problem::Twins);
    // The local header alone says another name than the directory: its name comes first.
    let at = bytes
        .windows(SHEET.len())
        .position(|w| w == SHEET.as_bytes())
        .unwrap();
    let mut torn = bytes.clone();
    torn[at] = b'y';
    assert_eq!(problem(read(torn)), Problem::Layout);
}

#[test]
fn a_changed_byte_in_a_stored_part_is_seen() {
    let parts = Parts::rows(r#"<row r="1"><c r="A1"><v>145</v></c></row>"#);
    let bytes = parts.zip(CompressionMethod::Stored);
    assert!(read(bytes.clone()).is_ok());
    let changed = replace(&bytes, b"<v>145", b"<v>146");
    assert_ne!(changed, bytes);
    assert_eq!(problem(read(changed)), Problem::Checksum);
}

fn sample() -> Vec<u8> {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    for row in 0..40 {
        sheet.write(row, 0, format!("取組{row}")).unwrap();
        sheet.write(row, 1, row * 7).unwrap();
    }
    writer.save_to_buffer().unwrap()
}

#[test]
fn bombs_run_into_the_limits() {
    let blanks = |count: usize| {
        let rows = "<row/>\n".repeat(count);
        format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
    };
    assert_eq!(
        limited(Parts::sheet(&blanks(2 << 20)).read()),
        Limited::Ratio
    );
    let long = "あ".repeat(400_000);
    let long = format!(r#"<row r="1"><c r="A1" t="str"><v>{long}</v></c></row>"#);
    assert_eq!(limited(Parts::rows(&long).read()), Limited::Token);
    let (open, close) = ("<a>".repeat(200), "</a>".repeat(200));
    let deep = format!("<worksheet><sheetData/>{open}{close}</worksheet>");
    assert_eq!(limited(Parts::sheet(&deep).read()), Limited::Depth);
    let small = Limits {
        cells: 3,
        part: 4096,
        ..Limits::default()
    };
    let cells = Parts::rows("<row><c/><c/><c/><c/></row>").zip(CompressionMethod::Deflated);
    assert_eq!(limited(workbook("x", cells, &small)), Limited::Cells);
    let part = Parts::sheet(&blanks(1000)).zip(CompressionMethod::Deflated);
    assert_eq!(limited(workbook("x", part, &small)), Limited::Part);
}

#[test]
fn a_text_that_no_cell_can_hold_is_refused_with_its_place() {
    let row = |text: &str| {
        format!(r#"<row r="3"><c r="B3" t="inlineStr"><is><t>{text}</t></is></c></row>"#)
    };
    // Excel counts UTF-16 units: 𠮷 is two.
    let longest = format!("{}{}", "𠮷".repeat(16_000), "あ".repeat(767));
    let book = Parts::rows(&row(&longest)).read().unwrap();
    assert_eq!(text(&book.sheets[0], "B3"), Some(longest.as_str()));
    let error = Parts::rows(&row(&format!("{longest}い")))
        .read()
        .unwrap_err();
    let reason = error.reason();
    for word in ["「票」", "B3", "32768文字", "32,767文字"] {
        assert!(reason.contains(word), "{reason}");
    }
    assert!(matches!(error, ReadError::LongText { units: 32_768, .. }));
}

#[test]
fn other_files_under_the_name_of_a_workbook_say_what_they_are() {
    let mut encrypted = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    encrypted.resize(1024, 0);
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(encrypted).unwrap_err(), ReadError::Password);
    assert_eq!(read(Vec::new()).unwrap_err(), ReadError::Empty);
    let plain = |name: &str, text: &str| {
        Parts(vec![(name.to_owned(), text.into())]).zip(CompressionMethod::Stored)
    };
    let main = |part: &str| {
        plain(
            "_rels/.rels",
            &relations(&relation("r", "officeDocument", part)),
        )
    };
    for (bytes, kind) in [
        (
            b"<html><body><table></table></body></html>".to_vec(),
            Kind::Html,
        ),
        ("総務課の回答です。".into(), Kind::Text),
        (
            plain("mimetype", "application/vnd.oasis.opendocument.text"),
            Kind::Document,
        ),
        (plain("Index/Document.iwa", "x"), Kind::Iwork),
        (plain("[Content_Types].xml", "<Types/>"), Kind::Unknown),
        (plain("総務課/取組1.txt", "x"), Kind::Zip),
        (main("word/document.xml"), Kind::Word),
        (main("ppt/presentation.xml"), Kind::PowerPoint),
    ] {
        assert_eq!(read(bytes).unwrap_err(), ReadError::Unsupported(kind));
    }
}

#[test]
fn macro_sheets_are_told_and_the_rest_is_read() {
    let listed = sheets(r#"<sheet name="Macro1" r:id="rId9"/><sheet name="票" r:id="rId1"/>"#);
    let of_book = relation("rId1", "worksheet", "/xl/worksheets/sheet1.xml")
        + &relation("rId9", "xlMacrosheet", "macrosheets/sheet1.xml");
    let book = Parts::rows("<row><c><v>1</v></c></row>")
        .with("xl/workbook.xml", listed)
        .with("xl/_rels/workbook.xml.rels", relations(&of_book))
        .read()
        .unwrap();
    assert_eq!(text(&book.sheets[1], "A1"), Some("1"));
    assert!(book.damaged.is_empty());
    let macros = Active::of_file(ActiveKind::Macro, "Macro1");
    assert_eq!(book.active, [macros]);
}

#[test]
fn nothing_is_lost_between_the_parts_and_the_cells() {
    let bytes = sample();
    let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut sheet = String::new();
    archive
        .by_name(SHEET)
        .unwrap()
        .read_to_string(&mut sheet)
        .unwrap();
    let book = read(bytes.clone()).unwrap();
    assert_eq!(sheet.matches("<v>").count(), book.sheets[0].cells.len());
}

#[test]
fn parts_with_a_prefix_on_every_element_are_read() {
    let sheet = r#"<x:worksheet xmlns:x="m"><x:sheetData><x:row r="3"><x:c r="B3" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="B3:C4"/></x:mergeCells></x:worksheet>"#;
    let texts = r#"<x:sst xmlns:x="m"><x:si><x:t>接頭辞</x:t></x:si></x:sst>"#;
    let parts = Parts::sheet(sheet).with("xl/sharedStrings.xml", texts);
    let book = parts.read().unwrap();
    assert_eq!(text(&book.sheets[0], "B3"), Some("接頭辞"));
    assert_eq!(book.sheets[0].merges.len(), 1);
}

#[test]
fn cells_without_an_address_stand_beside_the_cell_before_blank_or_not() {
    // Each of four cells says where it stands or not, and holds a value or not.
    for kinds in 0..256_u32 {
        let (mut row, mut expected) = (String::new(), Vec::new());
        let mut column = 0;
        for at in 0..4 {
            let kind = (kinds >> (2 * at)) & 3;
            let (says, holds) = (kind & 1 == 1, kind & 2 == 2);
            // One that says so leaves a column out.
            column += u32::from(says);
            let address = CellRef::new(4, column);
            let said = if says {
                format!(" r=\"{address}\"")
            } else {
                String::new()
            };
            row += &match holds {
                true => format!("<c{said} s=\"1\"><v>{at}</v></c>"),
                false => format!("<c{said} s=\"1\"/>"),
            };
            if holds {
                expected.push((address, at.to_string()));
            }
            column += 1;
        }
        let book = Parts::rows(&format!(r#"<row r="5">{row}</row>"#)).read();
        let cells = book.unwrap().sheets.remove(0).cells.into_iter();
        let found: Vec<(CellRef, String)> = cells.map(|(at, cell)| (at, cell.text)).collect();
        assert_eq!(found, expected, "{row}");
    }
}

#[test]
fn a_hundred_thousand_formatted_blanks_are_no_content() {
    let blanks: String = (1..=1000)
        .map(|row| format!(r#"<row r="{row}">{}</row>"#, r#"<c s="5"/>"#.repeat(100)))
        .collect();
    for blanks in [blanks.replace("<c ", "<c r=\"B9\" "), blanks] {
        let book = Parts::rows(&blanks).read().unwrap();
        assert!(book.sheets[0].cells.is_empty() && book.damaged.is_empty());
    }
}
