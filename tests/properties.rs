//! What holds whatever a sheet says: nothing is lost, nothing depends on order, nothing panics.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use torimatome::gather::{self, Parts};
use torimatome::model::*;
use torimatome::read::{Limits, ReadError, workbook};
use torimatome::write::Stamp;
use torimatome::{
    check, default_layout, export, export_items, locate, merged, official_book, official_workbook,
    parse, write,
};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const STAMP: Stamp = Stamp {
    year: 2024,
    month: 4,
    day: 1,
};
const YEARS: [&str; 3] = ["R4", "R5", "R6"];

/// Texts that have broken programs before.
const UGLY: [&str; 28] = [
    "<r>太字</r>",
    "<r><t>a</t></r></si><si><r><t>b</t></r>",
    "=1+1",
    "+1",
    "-2",
    "@SUM(A1)",
    "'引用",
    "_x000D_",
    "a_x0009_b_xZZZZ_x0041_",
    " 前後に空白 ",
    "　全角の空白　",
    "\n行の前後に改行\n",
    "改行\n\n\nだけ",
    "\tタブ\tの表",
    "制御\u{1}文字\u{1B}[31m\u{FFFE}",
    "\u{7F}\u{85}\u{9F}",
    "𠮷野家 葛\u{E0100}城 か\u{3099} ﾊﾝｶｸ",
    "👨\u{200D}👩\u{200D}👧 🏳\u{FE0F}",
    "\u{202E}逆さ\u{202C}\u{200B}\u{FEFF}",
    "#REF!",
    "{\"a\": '&<>\"'} &amp; ]]>",
    "https://www.example.jp/kaikaku?a=1&b=2",
    "1,234",
    "2023-04-01",
    "TRUE",
    "—",
    "R5年度",
    "※1 用語…説明\n※2 …",
];

/// Values as KPI cells hold them.
const VALUES: [&str; 16] = [
    "(累計)\n145件",
    "（累計） １４５件",
    "延べ1,116人",
    "2人以上",
    "随時",
    "—",
    "－",
    "検討",
    "選定 6件",
    "①3校\n②4回",
    "0",
    "50台以下",
    "1.5億円",
    "約12.30%",
    "1,395時間/年",
    "\n",
];

const DEPARTMENTS: [&str; 4] = [
    "総務課",
    "企画政策課\n(全課)",
    "市民課、税務課 （関係課）",
    "",
];
const GRADES: [&str; 5] = [
    "◎ 計画どおり",
    "〇概ね計画どおり",
    "取組中止とする",
    "Ａ",
    "",
];

fn text() -> impl Strategy<Value = String> {
    let long = (
        select(&["あ", "長い文。", "word ", "行\n", "①"][..]),
        1..3000usize,
    );
    let long = long.prop_map(|(word, length)| word.chars().cycle().take(length).collect());
    prop_oneof![
        3 => select(&UGLY[..]).prop_map(str::to_owned),
        2 => "[ぁ-んァ-ヶ一-龥、。 \n]{1,60}",
        1 => "\\PC{1,20}",
        1 => long,
        1 => Just(String::new()),
    ]
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(&VALUES[..]).prop_map(str::to_owned),
        1 => text(),
        2 => Just(String::new()),
    ]
}

/// The texts of one item's form.
#[derive(Clone, Debug)]
struct Item {
    header: [String; 4],
    departments: &'static str,
    schedule: Vec<(String, [String; 3])>,
    notes: Vec<String>,
    kpis: Vec<(String, [[String; 2]; 3], String)>,
    /// Whether the KPIs' names are merged over both storeys, as in the official layout.
    tall_names: bool,
    status: Vec<[String; 3]>,
    grade: String,
    comment: String,
    action: String,
    footnote: String,
}

fn three<T: Strategy + Clone>(one: T) -> [T; 3] {
    [one.clone(), one.clone(), one]
}

fn item() -> impl Strategy<Value = Item> {
    let grade = prop_oneof![select(&GRADES[..]).prop_map(str::to_owned), text()];
    let name = (
        text(),
        select(&["", "\nR3年度：30件", "（R4.3.31：0か所）", "\n基準値なし"][..]),
    );
    let name = name.prop_map(|(name, baseline)| name + baseline);
    let years = three([value().boxed(), value().boxed()]);
    let kpi = (name, years, prop_oneof![Just(String::new()), text()]);
    let footnote = prop_oneof![
        Just(String::new()),
        text().prop_map(|text| format!("※1 {text}"))
    ];
    let header = [
        text().boxed(),
        text().boxed(),
        text().boxed(),
        text().boxed(),
    ];
    let schedule = prop::collection::vec((text(), three(text().boxed())), 0..4);
    (
        (
            header,
            select(&DEPARTMENTS[..]),
            schedule,
            prop::collection::vec(text(), 0..2),
        ),
        (prop::collection::vec(kpi, 0..4), any::<bool>()),
        prop::collection::vec(three(text().boxed()), 0..4),
        (grade, text(), text(), footnote),
    )
        .prop_map(
            |((header, departments, schedule, notes), (kpis, tall_names), status, rest)| Item {
                header,
                departments,
                schedule,
                notes,
                kpis,
                tall_names,
                status,
                grade: rest.0,
                comment: rest.1,
                action: rest.2,
                footnote: rest.3,
            },
        )
}

/// A sheet that is drawn row by row, each row divided among twelve columns.
struct Drawing {
    grid: Grid,
    row: u32,
}

impl Drawing {
    fn row(&mut self, cells: &[(&str, u32)]) {
        let mut column = 0;
        for (text, columns) in cells {
            let range = CellRange::new(
                CellRef::new(self.row, column),
                CellRef::new(self.row, column + columns - 1),
            );
            put(&mut self.grid, range.first, text);
            if *columns > 1 {
                self.grid.merges.insert(range.first, range);
            }
            column += columns;
        }
        self.row += 1;
    }
}

/// What the reader promises of a cell: one kind of line break, no white space alone.
fn put(grid: &mut Grid, cell: CellRef, text: &str) {
    if !text.trim().is_empty() {
        let (text, stored) = (shown(text), Stored::Text);
        grid.cells.insert(cell, Cell { text, stored });
    }
}

fn draw(file: &str, number: usize, item: &Item) -> Grid {
    let grid = Grid::new(file, &format!("取組{number}"));
    let mut sheet = Drawing { grid, row: 0 };
    let number = number.to_string();
    let [priority, title, content, effects] = &item.header;
    sheet.row(&[
        ("取組番号", 2),
        (&number, 1),
        ("重点項目", 2),
        (priority, 7),
    ]);
    sheet.row(&[("取組項目", 2), (title, 10)]);
    sheet.row(&[("主管課\n(関係課)", 2), (item.departments, 10)]);
    sheet.row(&[("実施内容", 2), (content, 10)]);
    sheet.row(&[("期待される効果", 2), (effects, 10)]);
    sheet.row(&[("年次計画", 12)]);
    let heads = |what: &str| YEARS.map(|year| format!("{year}年度{what}"));
    let years = heads("");
    sheet.row(&[
        ("実施項目", 3),
        (&years[0], 3),
        (&years[1], 3),
        (&years[2], 3),
    ]);
    for (name, phases) in &item.schedule {
        sheet.row(&[(name, 3), (&phases[0], 3), (&phases[1], 3), (&phases[2], 3)]);
    }
    for note in &item.notes {
        sheet.row(&[(note, 12)]);
    }
    let (actuals, targets) = (heads("\n【実績値】"), heads("\n【目標値】"));
    sheet.row(&[
        ("数値目標等\n【基準値】", 3),
        (&actuals[0], 3),
        (&actuals[1], 3),
        (&actuals[2], 3),
    ]);
    sheet.row(&[
        ("", 3),
        (&targets[0], 3),
        (&targets[1], 3),
        (&targets[2], 3),
    ]);
    for (name, values, note) in &item.kpis {
        let upper = CellRef::new(sheet.row, 0);
        for (storey, name) in [name.as_str(), ""].into_iter().enumerate() {
            let value = |year: &[String; 2]| (year[storey].clone(), 3);
            let cells = [
                vec![(name.to_owned(), 3)],
                values.iter().map(value).collect(),
            ]
            .concat();
            let cells: Vec<(&str, u32)> = cells
                .iter()
                .map(|(text, span)| (text.as_str(), *span))
                .collect();
            sheet.row(&cells);
        }
        if item.tall_names {
            sheet.grid.merges.remove(&CellRef::new(upper.row + 1, 0));
            let lower = CellRef::new(upper.row + 1, 2);
            sheet
                .grid
                .merges
                .insert(upper, CellRange::new(upper, lower));
        }
        if !note.is_empty() {
            sheet.row(&[(note, 12)]);
        }
    }
    sheet.row(&[("令和5年度の実施状況", 12)]);
    sheet.row(&[
        ("取組目標\n【Plan】", 4),
        ("上半期の取組結果\n【Do】", 4),
        ("下半期の取組結果\n【Do】", 4),
    ]);
    for row in &item.status {
        sheet.row(&[(&row[0], 4), (&row[1], 4), (&row[2], 4)]);
    }
    sheet.row(&[("取組全体の評価【Check】", 12)]);
    sheet.row(&[(&item.grade, 3), (&item.comment, 9)]);
    sheet.row(&[("改善事項・今後の進め方【Action】", 12)]);
    sheet.row(&[(&item.action, 12)]);
    sheet.row(&[(&item.footnote, 12)]);
    sheet.grid
}

fn items_of(grid: &Grid, layout: &Layout) -> Vec<ItemSheet> {
    parse::items(locate::locate(grid, layout).forms(), grid, layout)
}

fn collected(name: &str, items: Vec<ItemSheet>) -> CollectedFile {
    CollectedFile {
        name: name.to_owned(),
        outcome: Outcome::Read,
        format: Some(FileFormat::Xlsx),
        modified: None,
        properties: None,
        items,
        others: Vec::new(),
        damaged: Vec::new(),
        active: Vec::new(),
        sidecars: Vec::new(),
    }
}

fn gathered(plan: OfficialBook, files: Vec<CollectedFile>) -> Book {
    gather::book(Parts {
        period: Period::parse("R5下").unwrap(),
        plan,
        previous: None,
        files,
        cover: Cover {
            plan: Some("見本市行政改革実施計画".to_owned()),
            years: [2022, 2023, 2024].map(FiscalYear).to_vec(),
            ..Cover::default()
        },
        aliases: Vec::new(),
        prefer: Prefer::Newest,
        layout: default_layout(),
        thresholds: Thresholds::default(),
        kpi_settings: Vec::new(),
    })
}

fn findings(book: &Book) -> Vec<Finding> {
    check::findings(book, &BTreeMap::new())
}

/// So many cases, unless `PROPTEST_CASES` asks for more.
fn cases(count: u32) -> ProptestConfig {
    let asked = std::env::var_os("PROPTEST_CASES");
    let asked = asked.and_then(|asked| asked.to_str()?.parse().ok());
    ProptestConfig::with_cases(asked.unwrap_or(count))
}

/// The sample's plan, and the sheets of its returns as grids.
fn sample() -> (OfficialBook, Vec<Grid>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/ojiya-r5");
    let bytes = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let limits = Limits::default();
    let plan = official_book("計画.xlsx", bytes("計画.xlsx"), &default_layout(), &limits).unwrap();
    let mut grids = Vec::new();
    for name in ["企画政策課.xlsx", "建設課.xlsx", "総務課.xlsx"] {
        let book = workbook(name, bytes(&format!("回収/{name}")), &limits).unwrap();
        grids.extend(
            book.sheets
                .into_iter()
                .filter(|grid| grid.source.sheet != "記入要領"),
        );
    }
    (plan, grids)
}

/// A plan of one item, number 1.
fn plan_of_one() -> OfficialBook {
    OfficialBook {
        file: "計画.xlsx".to_owned(),
        items: items_of(&draw("計画.xlsx", 1, &an_item()), &default_layout()),
        ..OfficialBook::default()
    }
}

/// An item with plan fields and nothing entered.
fn an_item() -> Item {
    let text = || "計画の文".to_owned();
    let value = || [String::new(), "(累計)\n10件".to_owned()];
    let kpi = (
        "件数\nR3年度：3件".to_owned(),
        [value(), value(), value()],
        String::new(),
    );
    Item {
        header: [text(), text(), text(), text()],
        departments: "総務課",
        schedule: vec![(text(), ["検討".to_owned(), text(), String::new()])],
        notes: Vec::new(),
        kpis: vec![kpi],
        tall_names: true,
        status: Vec::new(),
        grade: String::new(),
        comment: String::new(),
        action: String::new(),
        footnote: String::new(),
    }
}

/// Every text of a return that the merged workbook shows, and every text of a finding.
fn told(book: &Book, findings: &[Finding]) -> String {
    let official: Vec<&ItemSheet> = book.items.iter().map(|item| &item.official).collect();
    let mut told = export_items(&official, book).unwrap();
    for finding in findings {
        told.push_str(&finding.message);
        told.push_str(finding.found.as_deref().unwrap_or(""));
    }
    told
}

/// Cells that a person can type into and that are empty: outside the area, free; inside, not covered.
fn empty_cells(grid: &Grid) -> Vec<CellRef> {
    let last = grid.cells.keys().map(|cell| cell.column).max().unwrap_or(0);
    let bottom = grid.cells.keys().map(|cell| cell.row).max().unwrap_or(0);
    let mut empty = Vec::new();
    for row in 0..bottom + 4 {
        for column in 0..last + 4 {
            let cell = CellRef::new(row, column);
            let covered = grid
                .merges
                .values()
                .any(|range| range.first != cell && range.contains(cell));
            if !covered && !grid.cells.contains_key(&cell) {
                empty.push(cell);
            }
        }
    }
    empty
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn what_was_returned_can_be_merged_and_reads_back_the_same(
        items in prop_oneof![2 => prop::collection::vec(item(), 1..4), 1 => prop::collection::vec(item(), 4..=12)]
    ) {
        let layout = default_layout();
        let book = book_of(&items, items.len());
        let bytes = merged(&book, &findings(&book), STAMP);
        prop_assert!(bytes.is_ok(), "{}\n{}", bytes.unwrap_err(), difference(&book));
        let again = official_book("集約版.xlsx", bytes.unwrap(), &layout, &Limits::default()).unwrap();
        prop_assert_eq!(again.items.len(), items.len());
        for (item, read) in items.iter().zip(&again.items) {
            for (wanted, found) in [
                (&item.header[2], &read.content),
                (&item.comment, &read.comment),
                (&item.action, &read.action),
            ] {
                // What begins with ※1 is a footnote wherever it stands.
                let footnote = read.footnotes.iter().any(|note| note.cell.text() == shown(wanted));
                prop_assert!(shown(wanted) == found.text() || footnote, "{wanted:?} became {found:?}");
            }
        }
    }
}

/// A book of so many items, all returned: these, over and over.
fn book_of(items: &[Item], count: usize) -> Book {
    let layout = default_layout();
    let drawn = (1..=count).zip(items.iter().cycle());
    let read: Vec<ItemSheet> = drawn
        .flat_map(|(number, item)| items_of(&draw("計画.xlsx", number, item), &layout))
        .collect();
    assert_eq!(read.len(), count);
    let plan = OfficialBook {
        file: "計画.xlsx".to_owned(),
        items: read.clone(),
        ..OfficialBook::default()
    };
    gathered(plan, vec![collected("総務課.xlsx", read)])
}

/// The item with every text cut where a large plan would take too long in a test.
fn brief(item: Item) -> Item {
    let cut = |text: String| text.chars().take(60).collect::<String>();
    let three = |texts: [String; 3]| texts.map(cut);
    let kpi = |(name, values, note): (String, [[String; 2]; 3], String)| {
        (name, values.map(|year| year.map(cut)), cut(note))
    };
    let schedule = item.schedule.into_iter();
    Item {
        header: item.header.map(cut),
        schedule: schedule
            .map(|(name, phases)| (cut(name), three(phases)))
            .collect(),
        notes: item.notes.into_iter().map(cut).collect(),
        kpis: item.kpis.into_iter().map(kpi).collect(),
        status: item.status.into_iter().map(three).collect(),
        grade: cut(item.grade),
        comment: cut(item.comment),
        action: cut(item.action),
        footnote: cut(item.footnote),
        ..item
    }
}

/// What a workbook says of cover, index and items.
fn said_by(bytes: &[u8], book: &Book) -> (String, Vec<(u32, [String; 3])>, String) {
    let limits = Limits::default();
    let read = official_book("集約版.xlsx", bytes.to_vec(), &book.layout, &limits).unwrap();
    assert!(read.items.iter().all(|item| item.unplaced.is_empty()));
    let row = |row: &IndexRow| {
        let texts = [&row.priority, &row.title, &row.lead];
        (row.number, texts.map(|text| text.text().to_owned()))
    };
    let items = read.items.iter().collect::<Vec<_>>();
    (
        format!("{:?}", read.cover),
        read.index.iter().map(row).collect(),
        export_items(&items, book).unwrap(),
    )
}

/// The merged workbook, which must say what the book says.
fn sound(book: &Book, findings: &[Finding]) -> Vec<u8> {
    let bytes = merged(book, findings, STAMP);
    let bytes = bytes.unwrap_or_else(|error| panic!("{error}\n{}", difference(book)));
    let wanted: Vec<&ItemSheet> = book.items.iter().map(|item| &item.official).collect();
    let (_, index, items) = said_by(&bytes, book);
    assert!(
        items == export_items(&wanted, book).unwrap(),
        "{}",
        difference(book)
    );
    assert_eq!(index.len(), book.items.len());
    bytes
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn a_plan_is_published_as_it_is_merged_and_the_same_each_time(
        items in prop::collection::vec(item(), 1..8),
    ) {
        let book = book_of(&items, items.len());
        let findings = findings(&book);
        let office = sound(&book, &findings);
        prop_assert!(office == sound(&book, &findings), "the merged workbooks differ");
        let office = said_by(&office, &book);
        for settled in [true, false] {
            let edition = write::Edition::Public { settled };
            let public = official_workbook(&book, edition, STAMP).unwrap();
            prop_assert!(said_by(&public, &book) == office, "settled: {settled}");
            let again = official_workbook(&book, edition, STAMP).unwrap();
            prop_assert!(public == again);
        }
    }
}

proptest! {
    #![proptest_config(cases(1))]

    #[test]
    fn a_plan_of_very_many_items_is_published_as_it_is_merged(
        items in prop::collection::vec(item().prop_map(brief), 5), count in 100..=150usize,
    ) {
        let book = book_of(&items, count);
        let public = official_workbook(&book, write::Edition::Public { settled: true }, STAMP).unwrap();
        prop_assert!(said_by(&public, &book) == said_by(&sound(&book, &[]), &book));
    }
}

/// The layout of a made-up city: values side by side, two grades, no halves.
fn other_layout() -> Layout {
    torimatome::layout(include_str!("../templates/hoshikawa-r4.toml")).unwrap()
}

/// What an item would be, had it been read from a form of another layout.
fn in_layout(mut item: ItemSheet, layout: &Layout) -> ItemSheet {
    item.axes = layout.axis_names();
    let comment = item.comment.text().to_owned();
    item.grade = graded(item.grade.text(), layout, 0);
    item.further_grades = vec![graded(&comment, layout, 1)];
    for row in &mut item.status {
        row.first_half = Text::blank(None);
    }
    // A row of no text is no row, and one of a footnote alone is a footnote.
    item.status.retain(|row| {
        let texts = [&row.plan, &row.second_half];
        let mut texts = texts.into_iter().filter(|text| !text.is_blank());
        let alone = |text: &Text| text.text().trim_start().starts_with('※');
        match (texts.next(), texts.next()) {
            (Some(only), None) => !alone(only),
            (Some(_), Some(_)) => true,
            (None, _) => false,
        }
    });
    item
}

fn graded(text: &str, layout: &Layout, axis: usize) -> Field<Grade> {
    if text.trim().is_empty() {
        return Field::blank(None);
    }
    Field::known(parse::grade(text, layout, axis), text, None)
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn another_layout_is_written_and_reads_back_the_same(
        items in prop::collection::vec(item(), 1..4)
    ) {
        let (first, layout) = (default_layout(), other_layout());
        let items = items.iter().enumerate();
        let read = items.flat_map(|(at, item)| items_of(&draw("計画.xlsx", at + 1, item), &first));
        let read: Vec<ItemSheet> = read.map(|item| in_layout(item, &layout)).collect();
        let plan = OfficialBook {
            file: "計画.xlsx".to_owned(),
            items: read.clone(),
            ..OfficialBook::default()
        };
        let mut book = gathered(plan, vec![collected("総務課.xlsx", read)]);
        book.layout = layout;
        let bytes = merged(&book, &findings(&book), STAMP);
        prop_assert!(bytes.is_ok(), "{}\n{}", bytes.unwrap_err(), difference(&book));
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn a_word_typed_anywhere_is_in_the_workbook_or_in_a_finding(
        sheet in any::<Index>(),
        words in prop::collection::vec((any::<Index>(), "[ぁ-ん]{2}[0-9]{0,3}[a-z]{4}件?", 1..4usize), 1..6),
    ) {
        let (plan, mut grids) = sample();
        let sheet = sheet.index(grids.len());
        let mut typed = BTreeMap::new();
        for (at, word, neighbours) in words {
            let empty = empty_cells(&grids[sheet]);
            let first = at.index(empty.len());
            for (count, cell) in empty.into_iter().skip(first).take(neighbours).enumerate() {
                let word = format!("{word}{}", ["a", "b", "c"][count]);
                put(&mut grids[sheet], cell, &word);
                typed.insert(cell, word);
            }
        }
        let source = Arc::clone(&grids[sheet].source);
        let layout = default_layout();
        let files = grids.iter().map(|grid| collected(&grid.source.file, items_of(grid, &layout)));
        let book = gathered(plan, files.collect());
        let findings = findings(&book);
        let told = told(&book, &findings);
        for (cell, word) in &typed {
            let named = findings.iter().any(|finding| {
                let here = finding.place.as_ref().is_some_and(|place| place.source == source);
                here && finding.cells.contains(cell)
            });
            let sheet = &source.sheet;
            prop_assert!(named || told.contains(word.as_str()), "{sheet}!{cell} was dropped of {typed:?}");
        }
    }
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn the_order_of_files_changes_nothing(
        order in Just((0..10usize).collect::<Vec<_>>()).prop_shuffle(),
        stamps in prop::collection::vec(select(&[None, Some("2024-04-10T00:00:00Z"), Some("2024-04-12")][..]), 10),
    ) {
        let (plan, grids) = sample();
        let layout = default_layout();
        // One file a sheet, so that there is something to shuffle; three of them again, in part or
        // with another text.
        let file = |at: &usize| {
            let mut grid = grids[at % grids.len()].clone();
            let name = format!("{}_{at}.xlsx", grid.source.file.trim_end_matches(".xlsx"));
            grid.source = Arc::new(Source { file: name.clone(), sheet: grid.source.sheet.clone() });
            if *at >= grids.len() {
                let cells: Vec<CellRef> = grid.cells.keys().copied().collect();
                let lower = &cells[cells.len() * 3 / 4..];
                grid.cells.remove(&lower[*at % lower.len()]);
                let text = lower.iter().rev().find_map(|cell| grid.cells.get(cell));
                let text = text.map(|cell| format!("{}（追記）", cell.text));
                put(&mut grid, lower[lower.len() - 1], &text.unwrap_or_default());
            }
            CollectedFile {
                modified: stamps[*at].map(str::to_owned),
                ..collected(&name, items_of(&grid, &layout))
            }
        };
        let result = |order: &[usize]| {
            let book = gathered(plan.clone(), order.iter().map(file).collect());
            let findings = findings(&book);
            let json = export::findings_json(&book.cover, Some(book.period), &findings, book.period);
            (json.unwrap(), merged(&book, &findings, STAMP).unwrap())
        };
        let sorted: Vec<usize> = (0..10).collect();
        let (sorted, shuffled) = (result(&sorted), result(&order));
        prop_assert_eq!(&sorted.0, &shuffled.0);
        prop_assert!(sorted.0.contains("S07"), "nothing was returned twice");
        prop_assert!(sorted.1 == shuffled.1, "the workbooks differ");
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn parts_of_a_return_together_are_the_whole(
        whole in item(),
        shares in prop::collection::vec(0..3u8, 60),
        leads in select(&["総務課、企画政策課", "総務課"][..]),
        stamps in three(select(&[None, Some("2024-04-10T00:00:00Z"), Some("2024-04-12")][..])),
    ) {
        let whole = distinct(whole, leads);
        let layout = default_layout();
        let mut plan = plan_of_one();
        plan.items = items_of(&draw("計画.xlsx", 1, &whole), &layout);
        let file = |name: &str, item: &Item, stamp: Option<&str>| CollectedFile {
            modified: stamp.map(str::to_owned),
            ..collected(name, items_of(&draw(name, 1, item), &layout))
        };
        let alone = gathered(plan.clone(), vec![file("総務課.xlsx", &whole, None)]);
        let part = |who: u8| share(&whole, &shares, who);
        let parts = vec![
            file("総務課.xlsx", &part(0), stamps[0]),
            file("企画政策課.xlsx", &part(1), stamps[1]),
        ];
        let joined = gathered(plan, parts);
        let official = |book: &Book| export_items(&[&book.items[0].official], book).unwrap();
        prop_assert_eq!(official(&joined), official(&alone));
        prop_assert!(joined.items[0].joined.conflicts.is_empty(), "{:?}", joined.items[0].joined.conflicts);
        let findings = findings(&joined);
        prop_assert!(!findings.iter().any(|finding| finding.code == "S07" && finding.level == Level::Error));
        // What a finding is about stands on the sheet that it names.
        let mut known: BTreeSet<Place> = BTreeSet::new();
        let item = &joined.items[0];
        for sheet in item.returns.iter().map(|one| &one.sheet).chain([&item.plan]) {
            let source = sheet.source.clone();
            known.insert(Place { source, cell: sheet.anchor });
            known.extend(sheet.fields().iter().filter_map(|field| field.place.cloned()));
            known.extend(sheet.unplaced.iter().filter_map(|text| text.place.clone()));
        }
        for finding in &findings {
            for cell in &finding.cells {
                let source = finding.place.as_ref().unwrap().source.clone();
                prop_assert!(known.contains(&Place { source, cell: *cell }), "{finding:?}");
            }
        }
        // What is told of an entry stands at a cell that bears it.
        for field in joined.items[0].official.fields() {
            let (Some(raw), Some(place)) = (field.raw, field.place) else { continue };
            let source = &place.source.file;
            let drawn = match source.as_str() {
                "計画.xlsx" => draw(source, 1, &whole),
                "総務課.xlsx" => draw(source, 1, &part(0)),
                _ => draw(source, 1, &part(1)),
            };
            let cell = drawn.text(place.cell).unwrap_or("");
            prop_assert!(cell.contains(raw) || raw.contains(cell) && !cell.is_empty(), "{:?}", field);
        }
        prop_assert!(merged(&joined, &findings, STAMP).is_ok());
    }
}

/// Gives every entry words of its own, so that none can be taken for another or for a label; the
/// plan's fields stay short.
fn distinct(item: Item, leads: &'static str) -> Item {
    let word = |at: usize, kind: &str, text: &str| match shown(text).is_empty() {
        true => String::new(),
        false => format!(
            "{kind}{} {}",
            "いろはにほへとちりぬるを".chars().nth(at).unwrap(),
            shown(text)
        ),
    };
    let kpis = item
        .kpis
        .into_iter()
        .enumerate()
        .map(|(at, (_, values, note))| {
            let name = format!(
                "指標{}の件数\nR3年度：{}件",
                ["甲", "乙", "丙", "丁"][at],
                at + 3
            );
            (name, values, word(at, "指標の注", &note))
        });
    let status = item.status.iter().enumerate().map(|(at, row)| {
        [
            word(at, "目標", &row[0]),
            word(at, "上半期に行ったこと", &row[1]),
            word(at, "下半期に行ったこと", &row[2]),
        ]
    });
    let notes = item.notes.iter().enumerate();
    Item {
        departments: leads,
        notes: notes.map(|(at, note)| word(at, "計画の注", note)).collect(),
        kpis: kpis.collect(),
        tall_names: true,
        status: status.collect(),
        comment: word(0, "評価の理由", &item.comment),
        action: word(0, "次に行うこと", &item.action),
        footnote: item.footnote.replace('\n', " "),
        ..an_item()
    }
}

/// What one of two fills of an item: each entry is the one's, the other's, or both theirs.
fn share(whole: &Item, shares: &[u8], who: u8) -> Item {
    let mut shares = shares.iter().cycle();
    let mut mine = |text: &str| match shares.next() {
        Some(share) if *share == 2 || *share == who => text.to_owned(),
        Some(_) | None => String::new(),
    };
    let kpis = whole.kpis.iter().map(|(name, values, note)| {
        let values = values
            .each_ref()
            .map(|[actual, target]| [mine(actual), target.clone()]);
        (name.clone(), values, mine(note))
    });
    let kpis = kpis.collect();
    Item {
        kpis,
        notes: whole.notes.iter().map(|note| mine(note)).collect(),
        status: whole
            .status
            .iter()
            .map(|row| row.each_ref().map(|text| mine(text)))
            .collect(),
        grade: mine(&whole.grade),
        comment: mine(&whole.comment),
        action: mine(&whole.action),
        footnote: mine(&whole.footnote),
        ..whole.clone()
    }
}

/// Anything that a form could be mistaken for: labels, years, values, at any place, merged or not.
fn scattered() -> impl Strategy<Value = Grid> {
    let label = select(&LABELS[..]).prop_map(str::to_owned);
    let said = prop_oneof![4 => label, 2 => value(), 1 => text()];
    let cell = ((0..40u32, 0..14u32), (1..3u32, 1..5u32), said);
    prop::collection::vec(cell, 0..80).prop_map(|cells| {
        let mut grid = Grid::new("何か.xlsx", "Sheet1");
        let mut taken = BTreeSet::new();
        for ((row, column), (rows, columns), text) in cells {
            let covered = || {
                let rows = row..row + rows;
                rows.flat_map(move |row| {
                    (column..column + columns).map(move |column| (row, column))
                })
            };
            if covered().any(|cell| taken.contains(&cell)) {
                continue;
            }
            taken.extend(covered());
            let first = CellRef::new(row, column);
            put(&mut grid, first, &text);
            if rows * columns > 1 {
                let last = CellRef::new(row + rows - 1, column + columns - 1);
                grid.merges.insert(first, CellRange::new(first, last));
            }
        }
        grid
    })
}

const LABELS: [&str; 27] = [
    "取組番号",
    "重点項目",
    "取組項目",
    "主管課\n(関係課)",
    "実施内容",
    "期待される効果",
    "年次計画",
    "実施項目",
    "R4年度",
    "令和5年度",
    "2024年度",
    "R99年度",
    "数値目標等\n【基準値】",
    "R4年度\n【実績値】",
    "R5年度\n【実績値】",
    "R4年度\n【目標値】",
    "R5年度\n【目標値】",
    "実績値",
    "令和5年度の実施状況",
    "取組目標\n【Plan】",
    "上半期の取組結果\n【Do】",
    "下半期の取組結果\n【Do】",
    "取組全体の評価【Check】",
    "改善事項・今後の進め方【Action】",
    "令和5年度 上半期 進捗管理票",
    "1",
    "7",
];

#[test]
fn an_actual_has_a_place_where_the_plan_has_no_column_for_it() {
    let number = |at: usize| format!("{at}件");
    let value = |at: usize| [number(at), number(at + 10)];
    let kpi = (
        "件数\nR3年度：3件".to_owned(),
        [value(1), value(2), value(3)],
        String::new(),
    );
    let item = Item {
        kpis: vec![kpi],
        ..an_item()
    };
    let drawn = draw("総務課.xlsx", 1, &item);
    let layout = default_layout();
    for gone in [
        "R5年度\n【実績値】",
        "R5年度\n【目標値】",
        "R6年度",
        "【実績値】",
    ] {
        let mut plan = draw("計画.xlsx", 1, &item);
        plan.cells
            .retain(|_, cell| !(cell.text.contains(gone) && cell.text.contains('【')));
        assert!(plan.cells.len() < drawn.cells.len());
        let plan = OfficialBook {
            items: items_of(&plan, &layout),
            ..plan_of_one()
        };
        let book = gathered(
            plan,
            vec![collected("総務課.xlsx", items_of(&drawn, &layout))],
        );
        let bytes = merged(&book, &findings(&book), STAMP);
        let bytes = bytes.unwrap_or_else(|error| panic!("{gone}: {error}\n{}", difference(&book)));
        let read = official_book("集約版.xlsx", bytes, &layout, &Limits::default()).unwrap();
        let actuals = read.items[0].kpis[0]
            .years
            .iter()
            .map(|year| year.actual.as_ref().unwrap().text());
        assert_eq!(actuals.collect::<Vec<_>>(), ["1件", "2件", "3件"], "{gone}");
    }
}

#[test]
fn a_heading_with_the_next_form_right_below_it_has_no_entries() {
    let mut grid = Grid::new("総務課.xlsx", "Sheet1");
    let rows = [
        "取組番号",
        "取組項目",
        "実施内容",
        "取組全体の評価【Check】",
        "取組番号",
        "取組項目",
    ];
    for (row, label) in (0..).zip(rows) {
        put(&mut grid, CellRef::new(row, 0), label);
        if !label.ends_with('】') {
            put(&mut grid, CellRef::new(row, 1), &row.to_string());
        }
    }
    put(
        &mut grid,
        CellRef::new(6, 0),
        "改善事項・今後の進め方【Action】",
    );
    let items = items_of(&grid, &default_layout());
    assert_eq!(items.len(), 2);
    assert!(items[0].grade.is_blank() && items[0].comment.is_blank());
    assert_eq!(items[1].number.get(), Some(&4));
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn labels_anywhere_are_read_without_a_panic(grid in scattered()) {
        let items = items_of(&grid, &default_layout());
        let mut numbered = items.clone();
        for (number, item) in (1..).zip(&mut numbered) {
            item.number = Field::known(number, number.to_string(), item.number.place.clone());
        }
        for items in [items, numbered] {
            let book = gathered(plan_of_one(), vec![collected("何か.xlsx", items)]);
            let findings = findings(&book);
            let result = merged(&book, &findings, STAMP);
            // An entry that reads like a label is refused when it is read back, not lost.
            let ambiguous = || LABELS.iter().any(|label| told(&book, &[]).contains(&quoted(label)));
            prop_assert!(result.is_ok() || ambiguous(), "{}\n{}", result.unwrap_err(), difference(&book));
        }
    }

    #[test]
    fn arbitrary_bytes_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), magic in 0..3usize) {
        let magic: &[u8] = [&b""[..], b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"][magic];
        let read = workbook("何か.xlsx", [magic, &bytes].concat(), &Limits::default());
        prop_assert!(is_told(read.as_ref()));
    }

    #[test]
    fn damaged_workbooks_are_read_or_refused_without_a_panic(
        damage in prop::collection::vec((any::<Index>(), any::<u8>()), 0..4),
        cut in prop_oneof![3 => Just(None), 1 => any::<Index>().prop_map(Some)],
    ) {
        let mut bytes = a_workbook().to_vec();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let read = workbook("何か.xlsx", bytes, &Limits::default());
        prop_assert!(is_told(read.as_ref()));
    }

    #[test]
    fn damaged_parts_are_read_or_refused_without_a_panic(
        part in any::<Index>(),
        damage in prop::collection::vec((any::<Index>(), 0..12usize, select(&XML[..])), 1..6),
    ) {
        let read = workbook("何か.xlsx", with_damage(part, &damage), &Limits::default());
        prop_assert!(is_told(read.as_ref()));
        for grid in read.map(|book| book.sheets).unwrap_or_default() {
            items_of(&grid, &default_layout());
        }
    }
}

/// A text as JSON has it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// Pieces that turn one XML into another.
const XML: [&str; 16] = [
    "",
    "<",
    ">",
    "\"",
    "/",
    "&",
    "&#x0;",
    "&lt;",
    "<c r=\"XFD1048576\"><v>1</v></c>",
    "<row r=\"0\">",
    "</row>",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    "-1",
    "99999999999999999999",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "<t>",
];

/// A refusal names what is wrong and what to do.
fn is_told(read: Result<&Workbook, &ReadError>) -> bool {
    read.err().is_none_or(|error| {
        error.reason().ends_with('。') && error.advice().ends_with("ください。")
    })
}

fn a_workbook() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/ojiya-r5");
        std::fs::read(folder.join("回収/総務課.xlsx")).unwrap()
    })
}

/// The workbook with one part's text damaged and its package sound.
fn with_damage(part: Index, damage: &[(Index, usize, &str)]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(a_workbook())).unwrap();
    let damaged = part.index(archive.len());
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        if at == damaged {
            let mut chars: Vec<char> = text.chars().collect();
            for (at, gone, piece) in damage {
                let at = at.index(chars.len() + 1);
                let end = (at + gone).min(chars.len());
                chars.splice(at..end, piece.chars());
            }
            text = chars.into_iter().collect();
        }
        out.start_file(file.name().unwrap(), SimpleFileOptions::default())
            .unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The first line in which what is read back differs from what was to be written.
fn difference(book: &Book) -> String {
    let (findings, rules) = (&findings(book), check::rules());
    let edition = write::Edition::Office {
        findings,
        rules,
        data_sheet: false,
    };
    let Ok(written) = write::workbook(book, edition, write::Extent::Whole, STAMP) else {
        return "not written".to_owned();
    };
    let again = workbook("集約版.xlsx", written.bytes, &Limits::default()).unwrap();
    let read: Vec<ItemSheet> = again
        .sheets
        .iter()
        .flat_map(|grid| items_of(grid, &book.layout))
        .collect();
    let wanted = book
        .items
        .iter()
        .map(|item| &item.official)
        .collect::<Vec<_>>();
    let wanted = export_items(&wanted, book).unwrap();
    let found = export_items(&read.iter().collect::<Vec<_>>(), book).unwrap();
    let unplaced: Vec<&str> = read
        .iter()
        .flat_map(|item| &item.unplaced)
        .map(Text::text)
        .collect();
    let same = wanted
        .lines()
        .zip(found.lines())
        .take_while(|(wanted, found)| wanted == found);
    let at = same.count().saturating_sub(3);
    let part = |text: &str| text.lines().skip(at).take(8).collect::<Vec<_>>().join("\n");
    let (wanted, found) = (part(&wanted), part(&found));
    format!("wanted\n{wanted}\nfound\n{found}\nunplaced {unplaced:?}")
}

/// What a cell shows of a text: what no cell can hold is replaced by a visible sign.
fn shown(text: &str) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    let visible = |c: char| match c {
        '\n' | '\t' => c,
        '\u{2028}' | '\u{2029}' => '\n',
        '\0'..='\u{1F}' => char::from_u32(0x2400 + c as u32).unwrap(),
        '\u{7F}' => '␡',
        '\u{80}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
        c => c,
    };
    text.chars().map(visible).collect()
}
