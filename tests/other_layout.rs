//! Another city's layout: four years, one column of results, values side by side, two grades.

use std::fs;

use crate::program;
use crate::program::{folder, root, run};
use serde_json::{Value, json};
use torimatome::model::{Cell, CellRange, CellRef, FiscalYear, Grid, ItemSheet, Located, Stored};

const JOB: &str = "samples/hoshikawa-r5";
const LAYOUT: &str = "templates/hoshikawa-r4.toml";

fn exported() -> Value {
    run(&["export", JOB, "--format", "json", "-o", "-"])
        .ends_with(1)
        .json()
}

/// The item of a number.
fn item(document: &Value, number: u64) -> &Value {
    let mut items = document["items"].as_array().unwrap().iter();
    items.find(|item| item["number"] == number).unwrap()
}

#[test]
fn the_plan_has_four_years_and_every_value_its_own_column() {
    let document = exported();
    assert_eq!(document["city"], "星川市");
    assert_eq!(document["plan_years"], json!(["R4", "R5", "R6", "R7"]));
    assert_eq!(
        document["period"],
        json!({"fiscal_year": "R5", "half": "second"})
    );
    let kpi = &item(&document, 1)["kpis"][0];
    assert_eq!(kpi["name"], "オンライン予約ができる施設数");
    assert_eq!(kpi["baseline"]["raw"], "R3年度：3施設");
    assert_eq!(kpi["baseline"]["as_of"], "R3");
    let raw = |year: usize, of: &str| kpi["years"][year][of]["raw"].clone();
    let targets: Vec<Value> = (0..4).map(|year| raw(year, "target")).collect();
    assert_eq!(
        targets,
        ["6", "10", "14", "18"].map(|count| json!(format!("(累計)\n{count}施設")))
    );
    let actuals: Vec<Value> = (0..4).map(|year| raw(year, "actual")).collect();
    assert_eq!(
        actuals,
        [
            json!("(累計)\n6施設"),
            json!("(累計)\n11施設"),
            Value::Null,
            Value::Null
        ]
    );
    // A dash in the column of baselines is an explicit none, and no word of the name.
    let baseline = &item(&document, 2)["kpis"][0]["baseline"];
    assert_eq!(
        (&baseline["raw"], &baseline["measure"]["kind"]),
        (&json!("—"), &json!("none"))
    );
}

#[test]
fn heads_and_values_are_read_however_a_department_returns_them() {
    let document = exported();
    // The years within the heads of the values.
    let typed = &item(&document, 3)["kpis"][0]["years"][1];
    assert_eq!(typed["target"]["raw"], "885g");
    assert_eq!(typed["actual"]["raw"], "899g");
    // The actual left of the target, the years without their merge, units only in the format.
    let loose = &item(&document, 4)["kpis"][1]["years"];
    assert_eq!(loose[1]["actual"]["raw"], "2施設");
    assert_eq!(loose[1]["target"]["raw"], "2施設");
    assert_eq!(loose[2]["actual"]["raw"], Value::Null);
    assert_eq!(loose[2]["target"]["raw"], "3施設");
}

#[test]
fn the_one_column_of_results_is_the_second_half() {
    let document = exported();
    for number in 1..=5 {
        for row in item(&document, number)["status"].as_array().unwrap() {
            assert_eq!(row["first_half"], Value::Null);
        }
    }
    assert_eq!(
        item(&document, 5)["status"][1],
        json!({"plan": null, "first_half": null,
               "second_half": "■期限を設けた補助金\n・地域活動費\n・文化団体運営費"})
    );
    let findings = document["findings"].as_array().unwrap();
    for code in ["N02", "T04", "P11"] {
        assert!(!findings.iter().any(|one| one["code"] == code), "{code}");
    }
}

#[test]
fn every_axis_has_its_grade_and_its_vocabulary() {
    let document = exported();
    assert_eq!(
        item(&document, 3)["assessment"]["grades"],
        json!([
            {"axis": "進捗", "raw": "B やや遅れ", "mark": "B", "label": "やや遅れ"},
            {"axis": "達成", "raw": "C 目標をやや下回る", "mark": "C", "label": "目標をやや下回る"},
        ])
    );
    assert_eq!(
        item(&document, 3)["assessment"]["grade"],
        json!({"raw": "B やや遅れ", "mark": "B", "label": "やや遅れ"})
    );
    assert_eq!(
        item(&document, 2)["assessment"]["grades"][1],
        json!({"axis": "達成", "raw": null, "mark": null, "label": null})
    );
    // A form with one grade says nothing of axes.
    let first = run(&["export", "samples/ojiya-r5", "--format", "json", "-o", "-"]).ends_with(1);
    assert_eq!(first.json()["items"][0]["assessment"].get("grades"), None);
}

#[test]
fn the_document_keeps_the_published_schema() {
    let schema = fs::read(root().join("templates/torimatome-1.schema.json")).unwrap();
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&exported())
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn the_merged_workbook_says_what_the_job_says() {
    let merged = folder("other-layout").join("集約版.xlsx");
    let merged = merged.to_str().unwrap();
    run(&["merge", JOB, "-o", merged]).ends_with(1);
    let args = [
        "export", merged, "--layout", LAYOUT, "--format", "json", "-o", "-",
    ];
    let of_book = run(&args).ends_with(0).json();
    let of_job = exported();
    assert_eq!(of_job["items"].as_array().unwrap().len(), 5);
    for key in ["items", "city", "plan", "plan_years", "period"] {
        assert_eq!(of_book[key], of_job[key], "{key}");
    }
}

#[test]
fn texts_as_csv_keep_the_axes_and_are_read_back() {
    let tables = folder("other-layout-csv").join("表");
    let args = ["export", JOB, "--format", "csv", "-o"];
    run(&[&args[..], &[tables.to_str().unwrap()]].concat()).ends_with(1);
    let texts = tables.join("text.csv");
    let said = fs::read_to_string(&texts).unwrap();
    assert!(said.contains("評価区分（進捗）") && said.contains("評価区分（達成）"));
    assert!(said.contains("実施結果【D】") && !said.contains("上半期"));
    let texts = texts.to_str().unwrap();
    let args = [
        "export", texts, "--layout", LAYOUT, "--format", "json", "-o", "-",
    ];
    let (again, before) = (run(&args).ends_with(0).json(), exported());
    for number in 1..=5 {
        for part in ["assessment", "status", "action"] {
            assert_eq!(
                item(&again, number)[part],
                item(&before, number)[part],
                "{number} {part}"
            );
        }
    }
}

#[test]
fn no_title_speaks_of_a_half() {
    let page = run(&["check", JOB, "--format", "html", "-o", "-"]).ends_with(1);
    assert!(
        page.text()
            .contains("星川市第3次行財政改革推進計画 実績評価シート 令和5年度")
    );
    assert!(!page.text().contains("令和5年度 下半期"));
}

/// A sheet of the other layout, drawn row by row on a grid of twenty columns.
struct Sheet {
    grid: Grid,
    row: u32,
}

impl Sheet {
    /// Cells from the left: a text and how many columns it is merged over.
    fn row(&mut self, cells: &[(&str, u32)]) {
        let mut column = 0;
        for (text, columns) in cells {
            let first = CellRef::new(self.row, column);
            let range = CellRange::new(first, CellRef::new(self.row, column + columns - 1));
            if !text.is_empty() {
                let (text, stored) = ((*text).to_owned(), Stored::Text);
                self.grid.cells.insert(first, Cell { text, stored });
            }
            if *columns > 1 {
                self.grid.merges.insert(first, range);
            }
            column += columns;
        }
        self.row += 1;
    }
}

/// The upper part of a form: header and schedule.
fn begun() -> Sheet {
    let grid = Grid::new("財政課.xlsx", "No.9");
    let mut sheet = Sheet { grid, row: 0 };
    sheet.row(&[("政策の柱", 2), ("柱2", 10), ("担当課", 2), ("財政課", 6)]);
    sheet.row(&[
        ("整理番号", 2),
        ("9", 1),
        ("主要事業名", 2),
        ("基金の管理", 15),
    ]);
    sheet.row(&[("事業の概要", 2), ("・基金を管理する", 18)]);
    sheet.row(&[("目指す姿", 2), ("・安定した財政", 18)]);
    sheet.row(&[("四か年の工程", 20)]);
    sheet.row(&[
        ("実施内容", 4),
        ("R4年度", 4),
        ("R5年度", 4),
        ("R6年度", 4),
        ("R7年度", 4),
    ]);
    sheet.row(&[("運用", 4), ("実施", 16)]);
    sheet
}

const NO_KPIS: [[&str; 4]; 0] = [];

/// The rows of the 数値目標: name, baseline, target and actual of R5 alone.
fn kpis(sheet: &mut Sheet, rows: &[[&str; 4]]) {
    sheet.row(&[
        ("成果指標", 4),
        ("基準", 2),
        ("R4年度", 4),
        ("R5年度", 4),
        ("R6年度", 4),
    ]);
    let mut heads = vec![("", 4), ("", 2)];
    heads.extend([("目標", 2), ("実績", 2)].repeat(3));
    sheet.row(&heads);
    for [name, baseline, target, actual] in rows {
        let blank = ("", 2);
        sheet.row(&[
            (name, 4),
            (baseline, 2),
            blank,
            blank,
            (target, 2),
            (actual, 2),
            blank,
            blank,
        ]);
    }
}

fn results(sheet: &mut Sheet) {
    sheet.row(&[("令和5年度の実施計画と実施結果", 20)]);
    sheet.row(&[("実施計画【P】", 8), ("実施結果【D】", 12)]);
    sheet.row(&[("運用する。", 8), ("運用した。", 12)]);
}

fn read(sheet: &Sheet) -> ItemSheet {
    let layout = torimatome::layout(&fs::read_to_string(root().join(LAYOUT)).unwrap()).unwrap();
    let Located::Forms(forms) = torimatome::locate::locate(&sheet.grid, &layout) else {
        panic!("no form was found");
    };
    assert_eq!(forms.len(), 1);
    torimatome::parse::item(&forms[0], &sheet.grid, &layout)
}

#[test]
fn a_kpi_without_values_is_no_note_and_a_note_is_no_kpi() {
    let mut sheet = begun();
    kpis(
        &mut sheet,
        &[
            ["基金の残高", "R3年度：12億円", "13億円", "14億円"],
            ["運用益", "", "", ""],
        ],
    );
    sheet.row(&[("※残高は年度末の値である。", 18)]);
    kpis_below(&mut sheet);
    results(&mut sheet);
    sheet.row(&[("評価【C】", 20)]);
    sheet.row(&[("進捗", 2), ("B 計画どおり", 4), ("順調に進んだ。", 14)]);
    sheet.row(&[("達成", 2), ("A 目標を上回る", 4)]);
    let item = read(&sheet);
    let names: Vec<&str> = item.kpis.iter().map(|kpi| kpi.name.text()).collect();
    assert_eq!(names, ["基金の残高", "運用益", "貸付けの件数"]);
    assert_eq!(item.kpis[1].notes[0].text(), "※残高は年度末の値である。");
    let year = item.kpis[0].year(FiscalYear(2023)).unwrap();
    assert_eq!(year.target.as_ref().unwrap().text(), "13億円");
    assert_eq!(year.actual.as_ref().unwrap().text(), "14億円");
    // A blank baseline is missed where it should stand.
    let blank = item.kpis[1].baseline.place.as_ref().unwrap();
    assert_eq!(blank.cell.to_string(), "E11");
    assert!(item.unplaced.is_empty(), "{:?}", item.unplaced);
}

#[test]
fn a_value_that_says_what_a_head_says_is_a_value() {
    let mut sheet = begun();
    kpis(
        &mut sheet,
        &[["R5年度", "", "目標", "実績"], ["R6年度", "", "", ""]],
    );
    // Heads once more, as on top of a second page.
    kpis(&mut sheet, &[["実績", "", "5件", "6件"]]);
    results(&mut sheet);
    let item = read(&sheet);
    let names: Vec<&str> = item.kpis.iter().map(|kpi| kpi.name.text()).collect();
    assert_eq!(names, ["R5年度", "R6年度", "実績"]);
    let year = item.kpis[0].year(FiscalYear(2023)).unwrap();
    assert_eq!(year.target.as_ref().unwrap().text(), "目標");
    assert_eq!(year.actual.as_ref().unwrap().text(), "実績");
    assert!(item.unplaced.is_empty(), "{:?}", item.unplaced);
}

/// One more KPI, in a row that lost its merges.
fn kpis_below(sheet: &mut Sheet) {
    let blank = ("", 1);
    let mut cells = vec![("貸付けの件数", 1)];
    cells.extend([blank; 9]);
    cells.extend([("5件", 1), blank, ("6件", 1)]);
    sheet.row(&cells);
}

#[test]
fn a_head_of_the_results_in_other_words_is_told_by_the_one_beside_it() {
    for (plan, result) in [
        ("実施計画【P】", "令和五年の成果"),
        ("めあて", "実施結果【D】"),
    ] {
        let mut sheet = begun();
        kpis(&mut sheet, &NO_KPIS);
        sheet.row(&[("令和5年度の実施計画と実施結果", 20)]);
        sheet.row(&[(plan, 8), (result, 12)]);
        sheet.row(&[("運用する。", 8), ("運用した。", 12)]);
        let item = read(&sheet);
        assert_eq!(item.status[0].plan.text(), "運用する。", "{plan}");
        assert_eq!(item.status[0].second_half.text(), "運用した。", "{result}");
        assert_eq!(item.readings.len(), 1);
        assert!(item.unplaced.is_empty(), "{:?}", item.unplaced);
    }
}

#[test]
fn an_axis_in_other_words_is_told_by_its_place() {
    let mut sheet = begun();
    kpis(&mut sheet, &NO_KPIS);
    results(&mut sheet);
    sheet.row(&[("評価【C】", 20)]);
    sheet.row(&[("進み具合", 2), ("C やや遅れ", 4), ("遅れた。", 14)]);
    sheet.row(&[("達成度", 2), ("B 目標どおり", 4)]);
    sheet.row(&[("次年度に向けて【A】", 20)]);
    sheet.row(&[("続ける。", 20)]);
    let item = read(&sheet);
    assert_eq!(item.grade.get().unwrap().rank(), Some(2));
    assert_eq!(item.further_grades[0].get().unwrap().rank(), Some(1));
    assert_eq!(item.comment.text(), "遅れた。");
    let told: Vec<&str> = item.readings.iter().map(|one| one.cell.text()).collect();
    assert_eq!(told, ["進み具合"]);
}

#[test]
fn a_comment_stands_below_grades_that_take_the_whole_width() {
    let mut sheet = begun();
    kpis(&mut sheet, &NO_KPIS);
    results(&mut sheet);
    sheet.row(&[("評価【C】", 20)]);
    sheet.row(&[("進捗", 2), ("B 計画どおり", 8), ("達成", 2), ("", 8)]);
    sheet.row(&[("計画のとおり進んだ。", 20)]);
    sheet.row(&[("次年度に向けて【A】", 20)]);
    sheet.row(&[("続ける。", 20)]);
    let item = read(&sheet);
    assert_eq!(item.grade.text(), "B 計画どおり");
    assert!(item.further_grades[0].is_blank() && item.further_grades[0].place.is_some());
    assert_eq!(item.comment.text(), "計画のとおり進んだ。");
    assert!(item.unplaced.is_empty(), "{:?}", item.unplaced);
}

#[test]
fn what_stands_beside_no_axis_is_left_over_and_told() {
    let mut sheet = begun();
    kpis(&mut sheet, &NO_KPIS);
    results(&mut sheet);
    sheet.row(&[("評価【C】", 20)]);
    sheet.row(&[("B 計画どおり", 6), ("順調に進んだ。", 14)]);
    let item = read(&sheet);
    assert!(item.grades().all(|grade| grade.is_blank()));
    assert!(item.missing_blocks.contains(&"進捗".to_owned()));
    let left: Vec<&str> = item.unplaced.iter().map(|text| text.text()).collect();
    assert_eq!(left, ["B 計画どおり", "順調に進んだ。"]);
}

/// A job's folder whose layout has one text replaced, and what the program says of it.
fn checked_with(name: &str, text: &str, by: &str) -> program::Run {
    let layout = fs::read_to_string(root().join(LAYOUT)).unwrap();
    assert!(layout.contains(text), "{text}");
    let file = folder(name).join("様式.toml");
    fs::write(&file, layout.replace(text, by)).unwrap();
    run(&["check", JOB, "--layout", file.to_str().unwrap()])
}

#[test]
fn a_mistake_in_the_layout_is_told_before_anything_is_done() {
    for (text, by, expected) in [
        (
            "axis_columns = 3",
            "axis_colums = 3",
            "[item]に「axis_colums」という項目はありません。「axis_columns」の書き間違いでないか確かめてください。",
        ),
        (
            "status_columns = [14, 22]",
            "status_columns = [14, 21]",
            "実施状況の列数の合計が35で、票全体の36列と合いません。合計が36になるように直してください。",
        ),
    ] {
        let run = checked_with("layout-mistake", text, by).ends_with(2);
        assert!(run.stdout.is_empty());
        let layout = fs::read_to_string(root().join(LAYOUT)).unwrap();
        let line = layout[..layout.find(text).unwrap()].matches('\n').count() + 1;
        let said = format!("様式.toml: 様式の定義の{line}行目：{expected}");
        assert!(run.stderr.contains(&said), "{}", run.stderr);
    }
}

#[test]
fn a_sound_layout_is_used_as_usual() {
    let given = checked_with("layout-sound", "text_size = 9.5", "text_size = 10").ends_with(1);
    let usual = run(&["check", JOB]).ends_with(1);
    assert_eq!(given.text(), usual.text());
}
