//! What `write` writes is a sound package and reads back cell for cell.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use crate::parts::parts;
use crate::soundness::faults;
use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use torimatome::model::*;
use torimatome::write::{Edition, Extent, Stamp, WriteError, Written, workbook};

const STAMP: Stamp = Stamp {
    year: 2024,
    month: 6,
    day: 1,
};
const MISSING: &str = "FFFFE699";
const QUESTION: &str = "FFFCE4D6";

/// Texts that have broken workbooks before.
const UGLY: [&str; 16] = [
    "<r><t>a</t></r></si><si><r><t>EVIL</t></r>",
    "<r><oops></r>",
    "<r>_x000D_ &amp; _x0041_</r>",
    "=cmd|' /C calc'!A0",
    "+1",
    "-2",
    "@SUM(A1)",
    "_x000D_",
    "a_x0009_b_xZZZZ_",
    " 前後に空白 \n",
    "\t表\tタブ",
    "制御\u{1}文字\u{1B}[31m\u{FFFE}",
    "改行\r\nとCR\rと\n終わり",
    "https://www.example.jp/kaikaku/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "𠮷野家①㈱ か\u{3099} ﾊﾝｶｸ",
    "{\"a\": '&<>\"'}",
];

/// Places fields on the lines of one column of a sheet, as a return would have them.
struct Places {
    source: Arc<Source>,
    row: u32,
}

impl Places {
    fn new(file: &str, sheet: &str) -> Self {
        let source = Arc::new(Source {
            file: file.to_owned(),
            sheet: sheet.to_owned(),
        });
        Self { source, row: 0 }
    }

    fn next(&mut self) -> Option<Place> {
        self.row += 1;
        Some(Place {
            source: Arc::clone(&self.source),
            cell: CellRef::new(self.row, 2),
        })
    }

    fn text(&mut self, text: &str) -> Text {
        Text::from_raw(Some(text), self.next())
    }

    fn value(&mut self, text: &str) -> Field<Measure> {
        if text.is_empty() {
            return Field::blank(self.next());
        }
        Field::unreadable(text, self.next())
    }
}

fn blank_sheet(number: u32) -> ItemSheet {
    let mut at = Places::new("企画政策課.xlsx", &number.to_string());
    let departments = Departments {
        lead: vec!["企画政策課".to_owned()],
        related: Vec::new(),
    };
    ItemSheet {
        source: Arc::clone(&at.source),
        year: Field::known(FiscalYear(2023), "令和5年度の実施状況", at.next()),
        half: Field::blank(None),
        number: Field::known(number, number.to_string(), at.next()),
        priority: at.text(""),
        title: at.text(""),
        departments: Field::known(departments, "企画政策課", at.next()),
        content: at.text(""),
        effects: at.text(""),
        schedule: Vec::new(),
        schedule_notes: Vec::new(),
        has_spans: true,
        kpis: Vec::new(),
        status: Vec::new(),
        marks: Vec::new(),
        axes: Vec::new(),
        further_grades: Vec::new(),
        grade: Field::blank(at.next()),
        comment: at.text(""),
        action: at.text(""),
        footnotes: Vec::new(),
        unplaced: Vec::new(),
        missing_blocks: Vec::new(),
        readings: Vec::new(),
        anchor: CellRef::new(0, 0),
    }
}

fn phase(from: u16, to: u16, text: Text) -> Phase {
    Phase {
        from: FiscalYear(from),
        to: FiscalYear(to),
        text,
    }
}

/// Four years, 8 KPIs (the last without a value), 40 status rows, and every ugly text.
fn ugly_sheet(number: u32) -> ItemSheet {
    let mut at = Places::new("企画政策課.xlsx", &format!("ugly{number}"));
    let pick = |at: usize| UGLY[at % UGLY.len()];
    let mut sheet = blank_sheet(number);
    sheet.priority = at.text(UGLY[0]);
    sheet.title = at.text(UGLY[1]);
    sheet.content = at.text(&"ABC half-width 123. ".repeat(120));
    sheet.effects = at.text(UGLY[13]);
    for row in 0..UGLY.len() {
        sheet.schedule.push(Activity {
            name: at.text(pick(row)),
            phases: vec![
                phase(2022, 2023, at.text(pick(row + 1))),
                phase(2025, 2025, at.text(pick(row + 2))),
            ],
        });
    }
    sheet.schedule_notes = vec![at.text(UGLY[3]), at.text(&"■施設\n".repeat(60))];
    for row in 0..8 {
        let mut value = |text| Some(at.value(if row == 7 { "" } else { text }));
        let years = (2022..=2025).map(|year| KpiYear {
            year: FiscalYear(year),
            actual: value(pick(row + usize::from(year))),
            target: value(pick(row)),
        });
        let years = years.collect();
        sheet.kpis.push(Kpi {
            name: at.text(pick(row + 5)),
            baseline: Field::unreadable(pick(row + 6), at.next()),
            years,
            notes: vec![at.text(pick(row + 9))],
        });
    }
    for row in 0..40 {
        let many = if row == 3 { 300 } else { 1 };
        sheet.status.push(StatusRow {
            plan: at.text(if row % 5 == 4 { "—" } else { pick(row) }),
            first_half: at.text(&"長い文章が続きます。".repeat(many)),
            second_half: at.text(pick(row + 1)),
        });
    }
    sheet.grade = Field::unreadable(UGLY[2], at.next());
    sheet.comment = at.text(&UGLY.join("\n"));
    sheet.action = at.text(&"あ".repeat(20_000));
    sheet.footnotes = vec![Footnote {
        mark: "※1".to_owned(),
        term: None,
        text: String::new(),
        cell: at.text("※1 LoGoフォーム…<r>様式</r>"),
    }];
    sheet
}

/// What the cell of the KPI without a value says.
fn name_of_the_last_kpi() -> String {
    format!("改行\nとCR\nと\n終わり\n{}", UGLY[13])
}

fn item(official: ItemSheet) -> BookItem {
    let returned = Return {
        sheet: official.clone(),
        modified: None,
        departments: vec!["企画政策課".to_owned()],
        named: None,
        answers: Vec::new(),
    };
    BookItem {
        plan: official.clone(),
        index: None,
        previous: None,
        returns: vec![returned],
        chosen: Some(0),
        joined: Joined::default(),
        superseded: Vec::new(),
        other_period: Vec::new(),
        misnumbered: Vec::new(),
        official,
        matches: Vec::new(),
        twins: BTreeMap::new(),
        closed: false,
    }
}

fn book(items: Vec<BookItem>) -> Book {
    let file = CollectedFile {
        name: "企画政策課.xlsx".to_owned(),
        outcome: Outcome::Read,
        format: Some(FileFormat::Xlsx),
        properties: None,
        modified: None,
        items: Vec::new(),
        others: Vec::new(),
        damaged: Vec::new(),
        active: Vec::new(),
        sidecars: Vec::new(),
    };
    Book {
        period: Period {
            year: FiscalYear(2023),
            half: Half::Second,
        },
        cover: Cover {
            plan: Some("小千谷市行政改革実施計画".to_owned()),
            issued: Some("令和6年6月".to_owned()),
            issuer: Some("小千谷市行政改革推進委員会 幹事会".to_owned()),
            ..Cover::default()
        },
        years: vec![FiscalYear(2022), FiscalYear(2023), FiscalYear(2024)],
        plan_files: vec!["計画.xlsx".to_owned()],
        previous: None,
        items,
        listed_only: Vec::new(),
        strangers: Vec::new(),
        departments: vec![("企画政策課".to_owned(), Submission::Returned)],
        files: vec![file],
        origins: BTreeMap::new(),
        layout: toml::from_str(include_str!("../templates/ojiya-r4.toml")).unwrap(),
        thresholds: Thresholds::default(),
        kpi_settings: Vec::new(),
    }
}

fn finding(code: &'static str, level: Level, place: Option<Place>) -> Finding {
    Finding {
        code,
        level,
        item: place.is_some().then_some(1),
        department: Some("企画政策課".to_owned()),
        cells: place.iter().map(|place| place.cell).collect(),
        place,
        file: None,
        found: Some(UGLY[0].to_owned()),
        expected: Some("「145件」".to_owned()),
        message: "実績値が違います。".to_owned(),
        remedy: "確かめて記入してください。".to_owned(),
        acknowledged: None,
        change: None,
        beside: Vec::new(),
        asked: None,
    }
}

fn office(findings: &[Finding]) -> Edition<'_> {
    let rules = &[];
    Edition::Office {
        findings,
        rules,
        data_sheet: false,
    }
}

fn write(book: &Book, findings: &[Finding]) -> Written {
    workbook(book, office(findings), Extent::Whole, STAMP).unwrap()
}

type ReadSheet = (
    String,
    BTreeMap<CellRef, String>,
    BTreeMap<CellRef, f64>,
    Vec<CellRange>,
);

/// Every text, every number and every merge that calamine streams from the workbook, by sheet.
fn read_back(bytes: &[u8]) -> Vec<ReadSheet> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let merges = workbook.merge_cells_by_sheet_name(&name).unwrap();
        let merges = merges.iter().map(|merge| {
            let corner = |(row, column): (u32, u32)| CellRef::new(row, column);
            CellRange::new(corner(merge.start), corner(merge.end))
        });
        let mut merges: Vec<CellRange> = merges.collect();
        merges.sort();
        let (mut cells, mut numbers) = (BTreeMap::new(), BTreeMap::new());
        let mut reader = workbook.worksheet_cells_reader(&name).unwrap();
        while let Some(cell) = reader.next_cell().unwrap() {
            let (row, column) = cell.get_position();
            let value = Data::from(cell.get_value().clone());
            if let Data::Float(number) = value {
                numbers.insert(CellRef::new(row, column), number);
                continue;
            }
            let Data::String(text) = value else {
                assert_eq!(value, Data::Empty, "{name}!{row},{column} is no text");
                continue;
            };
            let old = cells.insert(CellRef::new(row, column), text);
            assert_eq!(old, None);
        }
        sheets.push((name, cells, numbers, merges));
    }
    sheets
}

fn assert_reads_back(written: &Written) {
    let read = read_back(&written.bytes);
    assert_eq!(read.len(), written.sheets.len());
    for ((name, cells, numbers, merges), wanted) in read.iter().zip(&written.sheets) {
        assert_eq!(name, &wanted.name);
        assert_eq!(numbers, &wanted.numbers);
        let mut texts = wanted.cells.clone();
        texts.retain(|cell, _| !numbers.contains_key(cell));
        assert_eq!(cells, &texts);
        let mut wanted = wanted.merges.clone();
        wanted.sort();
        assert_eq!(merges, &wanted);
    }
}

/// The colour a cell is shaded with.
fn shade(parts: &BTreeMap<String, String>, sheet: usize, cell: CellRef) -> Option<String> {
    let xml = &parts[&format!("xl/worksheets/sheet{sheet}.xml")];
    let tag = xml.split(&format!("<c r=\"{cell}\"")).nth(1)?;
    let style = number(tag.split('>').next()?, "s")?;
    let styles = &parts["xl/styles.xml"];
    let formats = styles.split("<cellXfs").nth(1)?;
    let fill = number(formats.split("<xf ").nth(style + 1)?, "fillId")?;
    let fills = styles.split("<fills").nth(1)?;
    let fill = fills
        .split("<fill>")
        .nth(fill + 1)?
        .split("</fill>")
        .next()?;
    let rgb = fill.split("fgColor rgb=\"").nth(1)?;
    Some(rgb.split('"').next()?.to_owned())
}

fn number(tag: &str, attribute: &str) -> Option<usize> {
    let value = tag.split(&format!("{attribute}=\"")).nth(1)?;
    value.split('"').next()?.parse().ok()
}

fn cell_of(written: &Written, sheet: usize, text: &str) -> CellRef {
    let cells = &written.sheets[sheet].cells;
    let found = cells.iter().find(|(_, written)| *written == text);
    *found.unwrap_or_else(|| panic!("no cell says {text}")).0
}

fn range_of(written: &Written, sheet: usize, cell: CellRef) -> CellRange {
    let merges = &written.sheets[sheet].merges;
    let found = merges.iter().find(|merge| merge.first == cell);
    found.copied().unwrap_or(cell.into())
}

fn size(range: CellRange) -> (u32, u32) {
    (range.rows(), range.columns())
}

#[test]
fn ugly_texts_survive_and_every_part_is_well_formed() {
    let mut book = book(vec![item(ugly_sheet(1)), item(blank_sheet(2))]);
    book.cover.plan = Some("計画 & <r>R&D</r> \u{1}".to_owned());
    let action = book.items[0].official.action.place.clone();
    let findings = [
        finding("K01", Level::Error, action),
        finding("S01", Level::Error, None),
    ];
    let written = write(&book, &findings);
    assert_eq!(faults(&written.bytes), Vec::<String>::new());
    assert_reads_back(&written);
    for ugly in &UGLY[..11] {
        let mut texts = written.sheets[2].cells.values();
        assert!(texts.any(|text| text == ugly), "{ugly}");
    }
    assert!(!written.sheets[2].substituted.is_empty());
}

#[test]
fn no_formula_no_foreign_font_and_no_author_is_written() {
    let book = book(vec![item(ugly_sheet(1))]);
    let parts = parts(&write(&book, &[]).bytes);
    for (name, xml) in &parts {
        assert!(!xml.contains("<f>"), "{name}");
        if !name.contains("theme") {
            assert!(
                !xml.contains("Calibri") && !xml.contains("Tahoma"),
                "{name}"
            );
        }
        assert!(
            !name.contains("externalLink") && !name.contains("vba"),
            "{name}"
        );
        assert!(!xml.contains("TargetMode=\"External\""), "{name}");
    }
    assert!(parts["xl/sharedStrings.xml"].contains("ＭＳ 明朝"));
    let core = &parts["docProps/core.xml"];
    assert!(core.contains("<dc:creator></dc:creator>"));
    assert!(core.contains("2024-06-01T00:00:00Z"));
    assert!(core.contains("小千谷市行政改革実施計画 進捗管理票 令和5年度 下半期"));
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let book = book(vec![item(ugly_sheet(1)), item(blank_sheet(2))]);
    assert_eq!(write(&book, &[]).bytes, write(&book, &[]).bytes);
}

#[test]
fn rows_are_never_higher_than_excel_allows() {
    let written = write(&book(vec![item(ugly_sheet(1))]), &[]);
    let parts = parts(&written.bytes);
    let rows = parts["xl/worksheets/sheet3.xml"].split(" ht=\"").skip(1);
    for row in rows {
        let height: f64 = row.split('"').next().unwrap().parse().unwrap();
        assert!(height > 0.0 && height <= 409.5, "{height}");
    }
    let long = cell_of(&written, 2, &"長い文章が続きます。".repeat(300));
    let rows = range_of(&written, 2, long).rows();
    assert!(rows > 1, "3,000 characters need more than one row");
    for column in [0, 8] {
        let beside = range_of(&written, 2, CellRef::new(long.row, column));
        assert_eq!(size(beside), (rows, 4));
    }
}

/// The rows, counted from 0, that begin a page.
fn page_breaks(xml: &str) -> Vec<u32> {
    let breaks = xml.split("<brk ").skip(1);
    let rows = breaks.filter_map(|tag| u32::try_from(number(tag, "id")?).ok());
    rows.collect()
}

#[test]
fn pages_begin_between_rows_that_belong_together() {
    let mut sheet = ugly_sheet(1);
    sheet.action = Text::from_raw(Some("短い文章"), None);
    let written = write(&book(vec![item(sheet)]), &[]);
    let parts = parts(&written.bytes);
    let xml = &parts["xl/worksheets/sheet3.xml"];
    let breaks = page_breaks(xml);
    assert!(breaks.len() > 3);
    let headings = ["年次計画", "令和5年度の実施状況", "取組全体の評価【Check】"];
    for row in breaks {
        for merge in &written.sheets[2].merges {
            // Two rows fit on a page; what flows over more is higher than one.
            let cut = merge.first.row < row && row <= merge.last.row;
            assert!(!cut || merge.rows() > 2, "{merge} is cut at row {row}");
        }
        for heading in headings {
            assert_ne!(cell_of(&written, 2, heading).row + 1, row, "{heading}");
        }
    }
}

#[test]
fn a_kpi_without_values_is_two_storeys_high_and_a_note_is_one_row() {
    let written = write(&book(vec![item(ugly_sheet(1))]), &[]);
    let kpi = cell_of(&written, 2, &name_of_the_last_kpi());
    assert_eq!(size(range_of(&written, 2, kpi)), (2, 3));
    let note = CellRef::new(kpi.row + 2, 0);
    assert_eq!(size(range_of(&written, 2, note)), (1, 12));
}

#[test]
fn blank_blocks_get_blank_rows() {
    let written = write(&book(vec![item(blank_sheet(1))]), &[]);
    assert_reads_back(&written);
    let kpi = cell_of(&written, 2, "数値目標等\n【基準値】");
    let below = CellRef::new(kpi.row + 2, 0);
    assert_eq!(size(range_of(&written, 2, below)), (2, 3));
    let plan = cell_of(&written, 2, "取組目標\n【Plan】");
    let below = CellRef::new(plan.row + 1, 0);
    assert_eq!(size(range_of(&written, 2, below)), (1, 4));
    let check = cell_of(&written, 2, "取組全体の評価【Check】");
    assert_eq!(check.row, plan.row + 2);
}

#[test]
fn findings_shade_their_cell_and_link_to_it() {
    let mut items = vec![item(ugly_sheet(1)), item(blank_sheet(2))];
    let official = items[0].official.clone();
    let returned = Places::new("総務課/戻り.xlsx", "票").next().unwrap();
    let title = official.title.place.clone().unwrap();
    items[0].twins.insert(returned.clone(), title);
    let missing = official.kpis[7].years[1].actual.clone().unwrap().place;
    let findings = [
        finding("N04", Level::Error, missing),
        finding("P01", Level::Warning, Some(returned)),
        finding("T01", Level::Info, official.effects.place.clone()),
        Finding {
            acknowledged: Some("電話で確認済み".to_owned()),
            ..finding("K03", Level::Error, official.content.place.clone())
        },
        Finding {
            item: Some(2),
            place: Places::new("総務課.xlsx", "様式外").next(),
            ..finding("S05", Level::Warning, None)
        },
        finding("S01", Level::Error, None),
    ];
    let written = write(&book(items), &findings);
    let parts = parts(&written.bytes);
    let kpi = cell_of(&written, 2, &name_of_the_last_kpi());
    let actual = CellRef::new(kpi.row, 5);
    assert_eq!(shade(&parts, 3, actual).as_deref(), Some(MISSING));
    let title = cell_of(&written, 2, UGLY[1]);
    assert_eq!(shade(&parts, 3, title).as_deref(), Some(QUESTION));
    for quiet in [UGLY[13], &"ABC half-width 123. ".repeat(120)] {
        let quiet = cell_of(&written, 2, quiet);
        assert_eq!(shade(&parts, 3, quiet), None);
    }
    let report = written.sheets.len() - 1;
    let links = &parts[&format!("xl/worksheets/sheet{report}.xml")];
    for target in [
        format!("location=\"'取組1'!{actual}\""),
        format!("location=\"'取組1'!{title}\""),
        "location=\"'取組2'!A1\"".to_owned(),
    ] {
        assert!(links.contains(&target), "{target}");
    }
    assert_eq!(links.matches("<hyperlink ").count(), 5);
    assert!(links.contains("<autoFilter ref=\"A2:N8\""));
    let known = "実績値が違います。\n（了解済み：電話で確認済み）";
    cell_of(&written, report - 1, known);
}

#[test]
fn what_nobody_returned_is_shaded_as_far_as_it_is_due() {
    let mut at = Places::new("計画.xlsx", "取組1");
    let mut official = blank_sheet(1);
    let years = (2022..=2024).map(|year| KpiYear {
        year: FiscalYear(year),
        actual: None,
        target: Some(at.value("5件")),
    });
    let years = years.collect();
    official.kpis.push(Kpi {
        name: at.text("件数"),
        baseline: Field::blank(None),
        years,
        notes: Vec::new(),
    });
    let nobody = BookItem {
        returns: Vec::new(),
        chosen: None,
        ..item(official)
    };
    let due = Some(MISSING);
    for (half, closed, wanted) in [
        (Half::Second, false, [due; 5]),
        (Half::First, false, [None, due, due, None, None]),
        (Half::Second, true, [None; 5]),
    ] {
        let mut book = book(vec![BookItem {
            closed,
            ..nobody.clone()
        }]);
        book.period.half = half;
        let written = write(&book, &[]);
        let parts = parts(&written.bytes);
        let actual = CellRef::new(cell_of(&written, 2, "件数").row, 6);
        let status = cell_of(&written, 2, "取組目標\n【Plan】").row + 1;
        let check = cell_of(&written, 2, "取組全体の評価【Check】").row + 1;
        let cells = [
            actual,
            CellRef::new(status, 0),
            CellRef::new(status, 4),
            CellRef::new(status, 8),
            CellRef::new(check, 3),
        ];
        let shades = cells.map(|cell| shade(&parts, 3, cell));
        assert_eq!(shades.each_ref().map(Option::as_deref), wanted, "{half:?}");
        let other_year = CellRef::new(actual.row, 3);
        assert_eq!(shade(&parts, 3, other_year), None);
    }
}

#[test]
fn the_public_sees_no_shading_and_no_sheet_of_the_office() {
    let nobody = BookItem {
        returns: Vec::new(),
        chosen: None,
        ..item(ugly_sheet(1))
    };
    let mut book = book(vec![nobody, item(blank_sheet(2))]);
    // A name that Excel would take for a quoted one, and a header longer than any may be.
    book.layout.sheets.index = "一覧 's & (1)".to_owned();
    book.cover.plan = Some("計画＆&".repeat(90));
    let office = parts(&write(&book, &[]).bytes);
    assert!(office["xl/styles.xml"].contains(MISSING));
    for settled in [true, false] {
        let written = workbook(&book, Edition::Public { settled }, Extent::Whole, STAMP).unwrap();
        assert_reads_back(&written);
        assert_eq!(faults(&written.bytes), Vec::<String>::new());
        let names = written.sheets.iter().map(|sheet| sheet.name.as_str());
        let names = names.collect::<Vec<_>>();
        assert_eq!(names, ["表紙", "一覧 _s & (1)", "取組1", "取組2"]);
        assert!(!written.sheets[2].substituted.is_empty());
        let parts = parts(&written.bytes);
        let styles = &parts["xl/styles.xml"];
        assert!(!styles.contains(MISSING) && !styles.contains(QUESTION));
        for sheet in 1..=4 {
            let sheet = &parts[&format!("xl/worksheets/sheet{sheet}.xml")];
            let header = sheet.split("oddHeader>").nth(1).unwrap_or_default();
            assert_eq!(header.contains(UNSETTLED), !settled, "{header}");
        }
    }
}

#[test]
fn the_layout_says_whether_the_kpi_table_is_published() {
    let mut layout = book(Vec::new()).layout;
    let public = Edition::Public { settled: true };
    assert!(!public.has_kpi_table(&layout) && office(&[]).has_kpi_table(&layout));
    layout.publish = toml::from_str("kpi_table = true").unwrap();
    assert!(public.has_kpi_table(&layout));
    let text = include_str!("../templates/ojiya-r4.toml");
    let (without, _) = text.split_once("[publish]").unwrap();
    let old: Layout = toml::from_str(without).unwrap();
    assert!(!old.publish.kpi_table);
}

#[test]
fn the_submission_sheet_tells_who_returned_what() {
    let mut late = item(blank_sheet(2));
    late.chosen = None;
    late.other_period = std::mem::take(&mut late.returns);
    let mut missing = item(blank_sheet(3));
    missing.chosen = None;
    missing.returns.clear();
    let lead = Departments {
        lead: vec!["企画政策課".to_owned(), "税務課".to_owned()],
        related: Vec::new(),
    };
    missing.plan.departments = Field::known(lead.clone(), "", None);
    let mut shared = item(blank_sheet(4));
    shared.plan.departments = Field::known(lead, "", None);
    let mut book = book(vec![item(blank_sheet(1)), late, missing, shared]);
    let unreadable = ("税務課".to_owned(), Submission::Unreadable);
    book.departments.push(unreadable);
    book.files.push(CollectedFile {
        name: "税務課.xlsx".to_owned(),
        outcome: Outcome::Unreadable {
            reason: "パスワードが設定されています。".to_owned(),
            advice: "解除してください。".to_owned(),
        },
        ..book.files[0].clone()
    });
    let written = write(&book, &[]);
    let at = written.sheets.len() - 3;
    let cells = &written.sheets[at].cells;
    let head = cell_of(&written, at, "状況");
    let row = |below: u32| {
        let cell = |column| cells.get(&CellRef::new(head.row + below, column));
        [2, 3, 4].map(|column| cell(column).map_or("", String::as_str))
    };
    assert_eq!(row(1), ["提出済", "提出済", "—"]);
    assert_eq!(row(2), ["様式違い", "様式違い", "—"]);
    assert_eq!(row(3), ["読取不可", "未提出", "読取不可"]);
    assert_eq!(row(4), ["提出済", "提出済", "他課提出"]);
    assert_eq!(row(5), ["", "2／4", "1／2"]);
    cell_of(&written, at, "1、2（様式違い）、4");
    cell_of(
        &written,
        at,
        "パスワードが設定されています。解除してください。",
    );
    let summary = "取組 4項目のうち、提出済 2項目、様式違い 1項目、読取不可 1項目";
    cell_of(&written, at, summary);
}

#[test]
fn covers_name_the_half_in_autumn_only() {
    let mut book = book(vec![item(blank_sheet(1))]);
    cell_of(&write(&book, &[]), 0, "《令和5年度》");
    book.period.half = Half::First;
    let written = write(&book, &[]);
    cell_of(&written, 0, "《令和5年度 上半期》");
    cell_of(&written, 0, "(令和4年度～令和6年度)");
}

#[test]
fn indexes_use_the_plans_wording_and_merge_priorities() {
    let mut items: Vec<BookItem> = (1..=3).map(|number| item(blank_sheet(number))).collect();
    for (item, priority) in items.iter_mut().zip(["一", "一", "二"]) {
        item.official.title = Text::from_raw(Some("票の題名"), None);
        item.index = Some(IndexRow {
            priority: Text::from_raw(Some(priority), None),
            number: item.number(),
            title: Text::from_raw(Some("一覧の題名"), None),
            lead: Text::from_raw(Some("総務課\n企画政策課"), None),
        });
    }
    let written = write(&book(items), &[]);
    let index = &written.sheets[1];
    assert!(index.cells.values().all(|text| text != "票の題名"));
    assert!(index.merges.contains(&CellRange::parse("A3:A4").unwrap()));
    assert_eq!(index.cells[&CellRef::new(4, 0)], "二");
    let links = &parts(&written.bytes)["xl/worksheets/sheet2.xml"];
    assert!(links.contains("<hyperlink ref=\"B5\" location=\"'取組3'!A1\""));
}

#[test]
fn a_priority_that_goes_on_on_the_next_page_begins_anew_there() {
    let mut items: Vec<BookItem> = (1..=40).map(|number| item(blank_sheet(number))).collect();
    for (at, item) in items.iter_mut().enumerate() {
        let priority = if at < 15 { "一" } else { "二" };
        item.official.priority = Text::from_raw(Some(priority), None);
    }
    let written = write(&book(items), &[]);
    let index = &written.sheets[1];
    let breaks = page_breaks(&parts(&written.bytes)["xl/worksheets/sheet2.xml"]);
    assert!(!breaks.is_empty());
    for row in &breaks {
        let cut = |merge: &&CellRange| merge.first.row < *row && *row <= merge.last.row;
        assert_eq!(index.merges.iter().find(cut), None, "at row {row}");
        assert_eq!(index.cells[&CellRef::new(*row, 0)], "二", "at row {row}");
    }
    let said: Vec<&String> = (2..42)
        .filter_map(|row| index.cells.get(&CellRef::new(row, 0)))
        .collect();
    assert_eq!(said.len(), breaks.len() + 2);
}

#[test]
fn phases_that_share_a_year_lose_nothing() {
    let mut sheet = blank_sheet(1);
    let text = |text| Text::from_raw(Some(text), None);
    sheet.schedule.push(Activity {
        name: text("活動"),
        phases: vec![
            phase(2022, 2023, text("検討")),
            phase(2023, 2024, text("実施")),
            phase(2022, 2022, text("準備")),
        ],
    });
    let written = write(&book(vec![item(sheet)]), &[]);
    let row = cell_of(&written, 2, "活動").row;
    let cells = &written.sheets[2].cells;
    assert_eq!(cells[&CellRef::new(row, 3)], "検討\n準備");
    assert_eq!(cells[&CellRef::new(row, 9)], "実施");
    let first = range_of(&written, 2, CellRef::new(row, 3));
    assert_eq!(first.columns(), 6);
}

#[test]
fn texts_too_long_for_a_cell_are_refused_by_name() {
    let mut sheet = blank_sheet(7);
    sheet.action = Text::from_raw(Some(&"あ".repeat(32_768)), None);
    let result = workbook(&book(vec![item(sheet)]), office(&[]), Extent::Whole, STAMP);
    let Err(WriteError::TooLong {
        sheet,
        field,
        units,
        ..
    }) = result
    else {
        panic!("{result:?}");
    };
    assert_eq!((sheet.as_str(), units), ("取組7", 32_768));
    assert_eq!(field, "改善事項・今後の進め方【Action】");
}

#[test]
fn long_findings_go_on_below_and_lose_nothing() {
    let message = "長い説明が続きます。".repeat(5_000);
    let long = Finding {
        message: message.clone(),
        ..finding("S07", Level::Error, None)
    };
    let written = write(&book(vec![item(blank_sheet(1))]), &[long]);
    assert_reads_back(&written);
    let report = &written.sheets[written.sheets.len() - 2];
    let column = |wanted: u32| {
        let cells = report.cells.iter();
        let cells = cells.filter(move |(cell, _)| cell.column == wanted && cell.row > 1);
        cells.map(|(_, text)| text.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(column(6).concat(), message);
    assert!(column(0).len() > 10);
    assert!(column(0).iter().all(|number| *number == "1"));
}

#[test]
fn layouts_that_cannot_be_drawn_are_refused() {
    let try_with = |change: fn(&mut Layout)| {
        let mut book = book(vec![item(blank_sheet(1))]);
        change(&mut book.layout);
        workbook(&book, office(&[]), Extent::Whole, STAMP).unwrap_err()
    };
    let error = try_with(|layout| layout.item.kpi_columns = 11);
    assert!(matches!(error, WriteError::TooManyYears { columns: 1, .. }));
    let error = try_with(|layout| layout.item.status_columns = vec![5, 4, 4]);
    assert!(matches!(error, WriteError::Columns { .. }));
    let error = try_with(|layout| layout.look.label_fill = "灰色".to_owned());
    assert!(matches!(error, WriteError::Colour { .. }));
    let error = try_with(|layout| layout.look.text_font = "ＭＳ\u{1}明朝".to_owned());
    assert!(matches!(error, WriteError::Font { .. }));
    let stamp = Stamp { month: 13, ..STAMP };
    let error = workbook(&book(vec![]), office(&[]), Extent::Whole, stamp).unwrap_err();
    assert!(matches!(error, WriteError::Date { month: 13, .. }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_reads_back(texts in prop::collection::vec(
        prop_oneof![
            any::<String>(),
            "(<r>|_x00|0D_|</r>|&|\n|\r| |あ|=|\u{1}|\u{FFFF}|<|>){0,12}",
            "<r>[<>&_x0-9A-F \n]{0,20}</r>",
        ],
        9,
    )) {
        let mut at = Places::new("x.xlsx", "x");
        let mut sheet = blank_sheet(1);
        sheet.priority = at.text(&texts[0]);
        sheet.title = at.text(&texts[1]);
        sheet.content = at.text(&texts[2]);
        sheet.status = vec![StatusRow {
            plan: at.text(&texts[3]),
            first_half: at.text(&texts[4]),
            second_half: at.text(&texts[5]),
        }];
        sheet.comment = at.text(&texts[6]);
        sheet.action = at.text(&texts[7]);
        sheet.schedule_notes = vec![at.text(&texts[8])];
        let written = write(&book(vec![item(sheet)]), &[]);
        assert_reads_back(&written);
        assert_eq!(faults(&written.bytes), Vec::<String>::new());
    }
}
