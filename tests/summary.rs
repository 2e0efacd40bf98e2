//! The sheets that sum the merged workbook up: counts, charts and sparklines say what the model says.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use torimatome::model::*;
use torimatome::parse;
use torimatome::read::{Limits, workbook};
use torimatome::write::Stamp;
use torimatome::{check, collected_file, default_layout, export, merged, write};

const STAMP: Stamp = Stamp {
    year: 2024,
    month: 4,
    day: 1,
};
const YEARS: [FiscalYear; 3] = [FiscalYear(2022), FiscalYear(2023), FiscalYear(2024)];
const NUMBERS: &str = "グラフ用の数値";

fn text(text: &str) -> Text {
    Text::from_raw(Some(text), None)
}

fn field<T>(raw: &str, read: impl Fn(&str) -> Option<T>) -> Field<T> {
    match (raw, read(raw)) {
        ("", _) => Field::blank(None),
        (raw, Some(value)) => Field::known(value, raw, None),
        (raw, None) => Field::unreadable(raw, None),
    }
}

/// A KPI of R4 to R6: actual and target of each year, as typed.
fn kpi(name: &str, baseline: &str, years: [[&str; 2]; 3]) -> Kpi {
    let years = YEARS.into_iter().zip(years);
    Kpi {
        name: text(name),
        baseline: field(baseline, parse::baseline),
        years: years
            .map(|(year, [actual, target])| KpiYear {
                year,
                actual: Some(field(actual, parse::measure)),
                target: Some(field(target, parse::measure)),
            })
            .collect(),
        notes: Vec::new(),
    }
}

fn grade(raw: &str, rank: Option<usize>, cancelled: bool) -> Field<Grade> {
    let grade = Grade {
        mark: None,
        label: Some(raw.to_owned()),
        by_mark: None,
        by_label: rank,
        cancelled,
    };
    Field::known(grade, raw, None)
}

/// An item as its leads returned it.
fn item(number: u32, priority: &str, leads: &[&str], kpis: Vec<Kpi>) -> BookItem {
    let source = Arc::new(Source {
        file: "回収.xlsx".to_owned(),
        sheet: format!("取組{number}"),
    });
    let lead: Vec<String> = leads.iter().map(|lead| (*lead).to_owned()).collect();
    let mut sheet = ItemSheet::blank(source, CellRef::new(0, 0));
    sheet.number = Field::known(number, number.to_string(), None);
    sheet.priority = text(priority);
    sheet.title = text(&format!("取組の名称その{number}"));
    let raw = lead.join("、");
    let related = Vec::new();
    sheet.departments = Field::known(Departments { lead, related }, raw, None);
    sheet.year = Field::known(FiscalYear(2023), "令和5年度の実施状況", None);
    sheet.kpis = kpis;
    let returned = Return {
        sheet: sheet.clone(),
        modified: None,
        departments: leads
            .iter()
            .take(1)
            .map(|lead| (*lead).to_owned())
            .collect(),
        named: None,
        answers: Vec::new(),
    };
    BookItem {
        plan: sheet.clone(),
        index: None,
        previous: None,
        returns: vec![returned],
        chosen: Some(0),
        joined: Joined::default(),
        superseded: Vec::new(),
        other_period: Vec::new(),
        misnumbered: Vec::new(),
        official: sheet,
        matches: Vec::new(),
        twins: BTreeMap::new(),
        closed: false,
    }
}

fn graded(mut item: BookItem, grade: Field<Grade>) -> BookItem {
    item.official.grade = grade;
    item
}

fn book(items: Vec<BookItem>) -> Book {
    let mut departments: Vec<(String, Submission)> = Vec::new();
    for lead in items.iter().flat_map(BookItem::lead) {
        if !departments.iter().any(|(name, _)| name == lead) {
            departments.push((lead.clone(), Submission::Returned));
        }
    }
    Book {
        period: Period {
            year: FiscalYear(2023),
            half: Half::Second,
        },
        cover: Cover {
            plan: Some("小千谷市行政改革実施計画".to_owned()),
            ..Cover::default()
        },
        years: YEARS.to_vec(),
        plan_files: vec!["計画.xlsx".to_owned()],
        previous: None,
        items,
        listed_only: Vec::new(),
        strangers: Vec::new(),
        departments,
        files: Vec::new(),
        origins: BTreeMap::new(),
        layout: default_layout(),
        thresholds: Thresholds::default(),
        kpi_settings: Vec::new(),
    }
}

fn finding(code: &'static str, item: u32, department: &str) -> Finding {
    Finding {
        code,
        level: Level::Error,
        item: Some(item),
        department: Some(department.to_owned()),
        place: None,
        file: None,
        cells: Vec::new(),
        found: None,
        expected: None,
        message: "直してください。".to_owned(),
        remedy: String::new(),
        acknowledged: None,
        change: None,
        beside: Vec::new(),
        asked: None,
    }
}

/// The merged workbook, which was read back, and its parts by name.
struct Package {
    bytes: Vec<u8>,
    parts: BTreeMap<String, String>,
    sheets: Vec<Grid>,
}

fn package(book: &Book, findings: &[Finding]) -> Package {
    let rules = check::rules();
    let edition = write::Edition::Office {
        findings,
        rules,
        data_sheet: false,
    };
    let written = write::workbook(book, edition, write::Extent::Whole, STAMP).unwrap();
    let bytes = written.bytes;
    let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let mut xml = String::new();
        part.read_to_string(&mut xml).unwrap();
        parts.insert(part.name().unwrap().into_owned(), xml);
    }
    let read = workbook("集約版.xlsx", bytes.clone(), &Limits::default()).unwrap();
    for (sheet, grid) in written.sheets.iter().zip(&read.sheets) {
        let found = grid
            .cells
            .iter()
            .map(|(cell, content)| (*cell, content.text.clone()));
        assert!(sheet.cells == found.collect(), "{}", sheet.name);
    }
    Package {
        bytes,
        parts,
        sheets: read.sheets,
    }
}

impl Package {
    fn charts(&self) -> Vec<&String> {
        let parts = self.parts.iter();
        let charts = parts.filter(|(name, _)| name.starts_with("xl/charts/chart"));
        charts.map(|(_, xml)| xml).collect()
    }

    fn sheet(&self, name: &str) -> &Grid {
        let mut sheets = self.sheets.iter();
        sheets.find(|grid| grid.source.sheet == name).unwrap()
    }

    /// The texts of a sheet, a row a line, blank cells left out.
    fn lines(&self, name: &str) -> Vec<String> {
        let mut rows: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
        for (cell, content) in &self.sheet(name).cells {
            rows.entry(cell.row).or_default().push(&content.text);
        }
        rows.into_values().map(|texts| texts.join("|")).collect()
    }
}

/// What stands between each pair of tags.
fn between<'x>(xml: &'x str, tag: &str) -> Vec<&'x str> {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    let pieces = xml.split(open.as_str()).skip(1);
    pieces
        .map(|piece| piece.split(close.as_str()).next().unwrap())
        .collect()
}

fn quantities() -> Vec<Kpi> {
    vec![
        kpi(
            "オンライン申請の手続数",
            "R3年度：30件",
            [
                ["(累計)\n76件", "(累計)\n40件"],
                ["(累計)\n145件", "(累計)\n85件"],
                ["", "(累計)\n100件"],
            ],
        ),
        kpi(
            "学校訪問・説明会",
            "R3年度：①2校、②4回",
            [
                ["①3校\n②4回", "①3校\n②4回"],
                ["①7校\n②4.5回", "①3校\n②4回"],
                ["", ""],
            ],
        ),
        kpi(
            "計画の策定",
            "",
            [["検討", "検討"], ["実施", "実施"], ["", "実施"]],
        ),
    ]
}

#[test]
fn charts_and_sparklines_hold_the_numbers_of_the_model_and_refer_to_their_sheet_alone() {
    let book = book(vec![item(1, "一", &["総務課"], quantities())]);
    let package = package(&book, &[]);
    let series: Vec<Series> = book.items[0]
        .official
        .kpis
        .iter()
        .flat_map(Series::of)
        .collect();
    assert_eq!(series.len(), 3);
    let charts = package.charts();
    assert_eq!(charts.len(), 3);
    for (chart, series) in charts.iter().zip(&series) {
        for formula in between(chart, "c:f") {
            assert!(formula.starts_with(&format!("{NUMBERS}!$")), "{formula}");
        }
        let caches = between(chart, "c:numCache");
        let numbers = |cache: &str| -> Vec<(usize, String)> {
            let points = cache.split("<c:pt idx=\"").skip(1);
            let points = points.map(|point| {
                let (at, rest) = point.split_once('"').unwrap();
                (at.parse().unwrap(), between(rest, "c:v")[0].to_owned())
            });
            points.collect()
        };
        let wanted = |of: fn(&Point) -> Option<rust_decimal::Decimal>| -> Vec<(usize, String)> {
            let points = series.points.iter().enumerate();
            let points = points.filter_map(|(at, point)| Some((at, of(point)?)));
            points
                .map(|(at, number)| (at, number.normalize().to_string()))
                .collect()
        };
        assert_eq!(caches.len(), 2);
        assert_eq!(numbers(caches[0]), wanted(|point| point.actual));
        assert_eq!(numbers(caches[1]), wanted(|point| point.target));
        for typeface in chart.split("<a:latin typeface=\"").skip(1) {
            assert!(typeface.starts_with("ＭＳ ゴシック\""), "{typeface}");
        }
        assert!(chart.contains("基準値") && chart.contains("R6年度"));
    }
    let xml: Vec<&String> = package
        .parts
        .values()
        .filter(|xml| xml.contains("x14:sparkline ") || xml.contains("<x14:sparkline>"))
        .collect();
    assert_eq!(xml.len(), 1);
    let mut ranges = between(xml[0], "xm:f");
    ranges.sort_unstable();
    assert_eq!(
        ranges,
        ["F4:H4", "F6:H6", "F8:H8"].map(|range| format!("{NUMBERS}!{range}"))
    );
    let lines = package.lines(NUMBERS);
    assert_eq!(
        lines[3],
        "1|取組1　オンライン申請の手続数|件（累計）|実績値|30|76|145"
    );
    assert_eq!(
        lines[4],
        "1|取組1　オンライン申請の手続数|件（累計）|目標値|40|85|100"
    );
    assert_eq!(lines[7], "1|取組1　学校訪問・説明会②|回|実績値|4|4|4.5");
    // They are numbers to a spreadsheet.
    let numbers = package.parts.values();
    let numbers = numbers.filter(|xml| xml.contains("<c r=\"G8\"") && xml.contains("<v>4.5</v>"));
    assert_eq!(numbers.count(), 1);
}

#[test]
fn odd_numbers_stand_exactly_or_not_at_all() {
    let years = |actual, target| [[actual, target], [actual, target], ["", ""]];
    let kpis = vec![
        kpi("収支", "", years("▲5.25%", "0%")),
        kpi("基金", "", years("1.5億円", "1,234,567.5円")),
        kpi("長い数", "", years("1234567890123456件", "0.1件")),
    ];
    let package = package(&book(vec![item(1, "一", &["総務課"], kpis)]), &[]);
    let lines = package.lines(NUMBERS);
    let numbers = lines[3..]
        .iter()
        .map(|line| line.rsplit('|').next().unwrap());
    let wanted = ["▲5.25", "0", "150,000,000", "1,234,567.5", "実績値", "0.1"];
    assert_eq!(numbers.collect::<Vec<&str>>(), wanted);
}

#[test]
fn what_an_input_says_is_no_reference_of_a_chart() {
    let names = [
        "グラフ!A1:B2",
        "=[本.xlsx]Sheet1!$A$1",
        "'取組1'!A1",
        "=1+1",
    ];
    let kpis = names.map(|name| kpi(name, "1件", [["2!A1件", "3件"], ["4件", "5件"], ["", ""]]));
    let book = book(vec![item(1, "=A!B2", &["総務課"], kpis.to_vec())]);
    let package = package(&book, &[]);
    assert_eq!(package.charts().len(), 4);
    for chart in package.charts() {
        for formula in between(chart, "c:f") {
            assert!(formula.starts_with(&format!("{NUMBERS}!$")), "{formula}");
        }
    }
    for (name, xml) in &package.parts {
        assert!(
            !xml.contains("<f>") && !xml.contains("Calibri") || name.contains("theme"),
            "{name}"
        );
        assert!(!name.contains("externalLink"), "{name}");
    }
}

#[test]
fn the_sheets_stand_in_order_and_are_no_forms() {
    let book = book(vec![item(1, "一", &["総務課"], quantities())]);
    let package = package(&book, &[]);
    let names: Vec<&str> = package
        .sheets
        .iter()
        .map(|grid| grid.source.sheet.as_str())
        .collect();
    let wanted = "表紙 取組項目一覧 取組1 数値目標総括表 グラフ グラフ用の数値 評価集計 提出状況 点検結果 出典";
    assert_eq!(names.join(" "), wanted);
    let layout = default_layout();
    for grid in &package.sheets[3..] {
        let located = torimatome::locate::locate(grid, &layout);
        assert!(matches!(located, Located::Report), "{}", grid.source.sheet);
    }
}

#[test]
fn the_charts_of_a_merged_workbook_that_comes_back_are_no_remark_of_a_department() {
    let book = book(vec![item(1, "一", &["総務課"], quantities())]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("集約版.xlsx");
    std::fs::write(&path, package(&book, &[]).bytes).unwrap();
    let file = collected_file("集約版.xlsx", &path, &book.layout, &Limits::default());
    assert_eq!(file.items.len(), 1);
    let remarks = file.sidecars.iter().flat_map(|sidecar| &sidecar.remarks);
    assert_eq!(remarks.count(), 0);
}

#[test]
fn plans_without_kpis_of_one_item_and_of_six_hundred_kpis_are_summed_up() {
    let nothing = package(&book(vec![item(1, "", &["総務課"], Vec::new())]), &[]);
    assert_eq!(nothing.charts().len(), 0);
    assert!(nothing.lines("グラフ")[1].contains("図にできる数値目標はありません。"));
    assert!(nothing.lines("数値目標総括表")[4].contains("数値目標は定められていません。"));
    let empty = package(&book(Vec::new()), &[]);
    assert!(empty.lines("数値目標総括表")[3].contains("取組はありません。"));

    let kpis = |number: u32| -> Vec<Kpi> {
        let of = |at: u32| {
            let value = format!("{}件", number * 10 + at);
            let years = [
                [value.as_str(), "50件"],
                [value.as_str(), "60件"],
                ["", "70件"],
            ];
            kpi(&format!("目標{number}-{at}"), "R3年度：5件", years)
        };
        (1..=4).map(of).collect()
    };
    let items = (1..=151).map(|number| {
        let (priority, lead) = (format!("重点{}", number % 5), format!("課{}", number % 20));
        item(number, &priority, &[lead.as_str()], kpis(number))
    });
    let large = book(items.collect());
    let package = package(&large, &[]);
    assert_eq!(
        package.charts().len(),
        600,
        "more no office PC opens with ease"
    );
    assert!(package.lines("グラフ")[1].contains("604図のうち600図を示しています。"));
    assert_eq!(package.lines(NUMBERS).len(), 3 + 604 * 2);
    assert!(package.bytes.len() < 4 << 20, "{}", package.bytes.len());
}

#[test]
fn the_same_inputs_give_the_same_bytes_and_read_back() {
    let mut plain = quantities();
    plain.truncate(1);
    let book = book(vec![item(1, "一", &["総務課"], plain)]);
    assert!(merged(&book, &[], STAMP).unwrap() == merged(&book, &[], STAMP).unwrap());
}

/// Five items: of two leads, cancelled, of an unknown grade, of none, and not returned.
fn assessed() -> Book {
    let both = &["企画政策課", "総務課"];
    let missed = || vec![kpi("件数", "", [["", ""], ["4件", "5件"], ["", ""]])];
    let mut late = item(5, "二", &["総務課"], missed());
    late.chosen = None;
    late.returns.clear();
    late.official.kpis[0].years[1].actual = Some(Field::blank(None));
    let mut unknown = item(3, "二", &["企画政策課"], quantities());
    unknown.official.grade = Field::unreadable("優", None);
    let mut closed = item(6, "二", &["総務課"], missed());
    (closed.closed, closed.chosen) = (true, None);
    closed.returns.clear();
    book(vec![
        graded(
            item(1, "一", both, quantities()),
            grade("◎ 計画どおり", Some(0), false),
        ),
        graded(
            item(2, "一", &["総務課"], missed()),
            grade("取組中止とする", None, true),
        ),
        unknown,
        item(4, "二", &["総務課"], missed()),
        late,
        closed,
    ])
}

#[test]
fn an_item_counts_once_and_once_for_each_lead() {
    let tally = Tally::of(&assessed());
    let axis = &tally.axes[0];
    assert_eq!(
        axis.heads,
        [
            "◎ 計画どおり",
            "○ 概ね計画どおり",
            "△ あまり進まなかった",
            "取組中止",
            "選択肢外",
            "未記入",
            "未提出"
        ]
    );
    let rows = |rows: &[Row<GradeCounts>]| -> Vec<String> {
        let rows = rows.iter();
        rows.map(|row| format!("{} {:?}", row.name, row.counts.columns()))
            .collect()
    };
    assert_eq!(
        rows(&axis.priorities),
        ["一 [1, 0, 0, 1, 0, 0, 0]", "二 [0, 0, 0, 1, 1, 1, 1]"]
    );
    assert_eq!(
        rows(&axis.departments),
        [
            "企画政策課 [1, 0, 0, 0, 1, 0, 0]",
            "総務課 [1, 0, 0, 2, 0, 1, 1]"
        ]
    );
    assert_eq!(axis.total.columns(), [1, 0, 0, 2, 1, 1, 1]);
    assert_eq!(axis.total.total(), 6);
    let kpis = tally.kpis.unwrap();
    assert_eq!(kpis.total.columns(), [4, 1, 3, 2]);
    let reasons: Vec<String> = kpis
        .reasons
        .iter()
        .map(|(reason, count)| format!("{count} {reason}"))
        .collect();
    assert_eq!(
        reasons,
        [
            "2 目標値又は実績値が数値でなく言葉で示されているため",
            "1 実績値が空欄のため"
        ]
    );
}

#[test]
fn before_the_year_is_over_nothing_is_missing_and_nothing_is_judged() {
    let mut book = assessed();
    book.period.half = Half::First;
    let tally = Tally::of(&book);
    assert_eq!(tally.kpis, None);
    assert_eq!(tally.axes[0].heads[5], "記入前");
    let lines = package(&book, &[]).lines("数値目標総括表");
    assert!(lines.iter().any(|line| line.contains("年度末に判定")));
    assert!(
        !lines
            .iter()
            .any(|line| line.contains("判定不能") || line.contains("未達成"))
    );
}

#[test]
fn shares_are_rounded_half_up() {
    let share_of = |part, whole| share(part, whole).map(|share| share.to_string());
    assert_eq!(share_of(1, 16), Some("6.3".to_owned()));
    assert_eq!(share_of(0, 3), Some("0.0".to_owned()));
    assert_eq!(share_of(0, 0), None);
}

#[test]
fn workbook_and_page_count_alike() {
    let book = assessed();
    let tally = Tally::of(&book);
    let lines = package(&book, &[]).lines("評価集計");
    let page = export::report_html(&book, &[], &[], &[]);
    let section = page
        .split("id=\"tally\"")
        .nth(1)
        .unwrap()
        .split("</section>")
        .next()
        .unwrap();
    let shown: Vec<String> = between(section, "tr")
        .iter()
        .map(|row| plain(row))
        .collect();
    let mut wanted = Vec::new();
    let axis = &tally.axes[0];
    let total = Row {
        name: "全体".to_owned(),
        counts: axis.total.clone(),
    };
    for row in axis
        .priorities
        .iter()
        .chain(&axis.departments)
        .chain([&total])
    {
        wanted.push((row.name.clone(), "項目数", row.counts.columns()));
    }
    let kpis = tally.kpis.as_ref().unwrap();
    let total = Row {
        name: "全体".to_owned(),
        counts: kpis.total,
    };
    for row in kpis.priorities.iter().chain([&total]) {
        wanted.push((row.name.clone(), "目標数", row.counts.columns().to_vec()));
    }
    for (name, kind, counts) in wanted {
        let sum: usize = counts.iter().sum();
        let counted: Vec<String> = counts.iter().chain([&sum]).map(usize::to_string).collect();
        let line = format!("{name}|{kind}|{}", counted.join("|"));
        assert!(lines.contains(&line), "{line}\n{lines:#?}");
        let shares: Vec<String> = counts
            .iter()
            .chain([&sum])
            .map(|count| format!("{}%", share(*count, sum).unwrap()))
            .collect();
        let line = format!("割合|{}", shares.join("|"));
        assert!(lines.contains(&line), "{line}\n{lines:#?}");
        let cells = counts
            .iter()
            .zip(&shares)
            .map(|(count, share)| format!("|{count} {share}"));
        let row = format!("{name}{}|{sum}", cells.collect::<String>());
        assert!(shown.contains(&row), "{row}\n{shown:#?}");
    }
    for (reason, count) in &kpis.reasons {
        assert!(lines.contains(&format!("{reason}|{count}")));
        assert!(shown.contains(&format!("{reason}|{count}")));
    }
    // What is said of a single KPI is counted in the sums.
    let table = package(&book, &[]).lines("数値目標総括表").join("\n");
    for (label, count) in KpiCounts::HEADS.iter().zip(kpis.total.columns()) {
        let said = table
            .split(['|', '\n'])
            .filter(|cell| cell == label)
            .count();
        assert_eq!(said, count, "{label}");
        let mark = format!("の達成状況：{label}（");
        assert_eq!(page.matches(&mark).count(), count, "{label}");
    }
}

/// The cells of a row of a page, without tags.
fn plain(row: &str) -> String {
    let mut text = String::new();
    for piece in row.split('<') {
        let (tag, words) = piece.split_once('>').unwrap_or(("", piece));
        if matches!(tag.split(' ').next(), Some("td" | "th")) && !text.is_empty() {
            text.push('|');
        }
        text.push_str(words);
    }
    text
}

#[test]
fn what_is_missing_and_what_must_go_back_is_told_apart_everywhere() {
    let both = &["企画政策課", "総務課"];
    let mut shared = item(4, "一", both, Vec::new());
    let mut other = shared.returns[0].clone();
    other.departments = vec!["総務課".to_owned()];
    shared.returns.push(other);
    let mut book = book(vec![
        item(1, "一", &["企画政策課"], Vec::new()),
        item(2, "一", &["企画政策課"], Vec::new()),
        item(3, "一", &["企画政策課"], Vec::new()),
        shared,
        item(5, "一", &["総務課"], Vec::new()),
        item(6, "一", &["総務課"], Vec::new()),
    ]);
    book.items[5].chosen = None;
    book.items[5].returns.clear();
    book.items[5].closed = true;
    let accepted = Finding {
        acknowledged: Some("了解".to_owned()),
        ..finding("K01", 1, "企画政策課")
    };
    let doubtful = Finding {
        level: Level::Warning,
        ..finding("K03", 1, "企画政策課")
    };
    let findings = [
        accepted,
        doubtful,
        finding("N04", 2, "企画政策課"),
        finding("N04", 3, "企画政策課"),
        finding("K03", 3, "企画政策課"),
        finding("N06", 4, "総務課"),
        finding("S02", 6, "総務課"),
    ];
    let standings = Standings::of(&book, &findings);
    let states: Vec<&str> = book
        .items
        .iter()
        .map(|item| standings.item(item).label())
        .collect();
    assert_eq!(
        states,
        [
            "提出済",
            "一部未記入",
            "差戻し",
            "一部未記入",
            "提出済",
            "該当なし"
        ]
    );
    let lines = package(&book, &findings).lines("提出状況");
    let rows = [
        "1|取組の名称その1|提出済|提出済|—",
        "2|取組の名称その2|一部未記入|一部未記入|—",
        "3|取組の名称その3|差戻し|差戻し|—",
        "4|取組の名称その4|一部未記入|提出済|一部未記入",
        "5|取組の名称その5|提出済|—|提出済",
        "6|取組の名称その6|該当なし|—|該当なし",
    ];
    for row in rows {
        assert!(lines.contains(&row.to_owned()), "{row}\n{lines:#?}");
    }
    let summary = "取組 6項目のうち、提出済 2項目、一部未記入 2項目、差戻し 1項目、該当なし 1項目";
    assert!(lines.contains(&summary.to_owned()));
    assert!(
        lines.iter().any(|line| line.ends_with("|2／4|2／3")),
        "{lines:#?}"
    );
    let page = export::report_html(&book, &findings, &[], &[]);
    let shown = page.replace("<span>", "").replace("</span>", "");
    assert!(shown.contains("提出済の取組（ほかに一部未記入 2、差戻し 1、該当なし 1）"));
    for (number, class) in [(1, "returned"), (2, "incomplete"), (3, "back")] {
        let title = format!("title=\"取組の名称その{number}：");
        let square = page
            .split("class=\"square ")
            .find(|square| square.contains(&title));
        assert!(square.unwrap().starts_with(class), "{number}");
    }
    assert!(page.contains(">2／4<") && page.contains(">2／3<"));
}
