//! Tidy tables as departments edit them: what agrees is said once, what contradicts or fits nowhere
//! is left over, and nothing is guessed.

use torimatome::model::{
    FiscalYear, Half, ItemSheet, Located, Measure, TidyField, TidyKind, TidyStorey, Value,
};
use torimatome::read::{Limits, workbook};
use torimatome::{default_layout, locate, parse};

const KPI: &str = "市,期,年度,西暦年度,取組番号,重点項目,取組項目,主管課,関係課,数値目標,内訳,区分,時点,値,単位,修飾,条件,種別,原文";

fn located(text: &str) -> (Located, torimatome::model::Grid) {
    let book = workbook("kpi.csv", text.as_bytes().to_vec(), &Limits::default()).unwrap();
    let grid = book.sheets.into_iter().next().unwrap();
    (locate::locate(&grid, &default_layout()), grid)
}

fn items(text: &str) -> Vec<ItemSheet> {
    match located(text) {
        (Located::Tidy(table), grid) => parse::tidy(&table, &grid, &default_layout()),
        (other, _) => panic!("no tidy table: {other:?}"),
    }
}

/// A table of values of one KPI of item 1: 年度, 内訳, 区分, 時点, 値, 単位, 修飾, 条件, 種別, 原文.
fn values(rows: &[&str]) -> ItemSheet {
    let mut text = format!("{KPI}\n");
    for row in rows {
        let (year, rest) = row.split_once(',').unwrap();
        text.push_str(&format!(
            "甲市,R5下,{year},,1,重点,取組,総務課,全課,件数,{rest}\n"
        ));
    }
    let mut items = items(&text);
    assert_eq!(items.len(), 1);
    items.remove(0)
}

/// The actual of R5: what it says, and whether it could be read.
fn actual(item: &ItemSheet) -> (String, bool) {
    let values = item.kpis[0].year(FiscalYear(2023)).unwrap();
    let field = values.actual.as_ref().unwrap();
    (field.text().to_owned(), field.get().is_some())
}

/// What is left over, each with its cell.
fn left(item: &ItemSheet) -> Vec<String> {
    let cells = item.unplaced.iter();
    cells
        .map(|text| format!("{} {}", text.place.as_ref().unwrap().cell, text.text()))
        .collect()
}

#[test]
fn a_value_without_its_text_is_put_together_from_its_cells() {
    for (row, raw) in [
        ("R5,,実績値,,145,件,,,,", "145件"),
        ("R5,,実績値,,145,件,累計,,,", "(累計)145件"),
        ("R5,,実績値,,800,人,延べ,,数量,", "延べ800人"),
        ("R5,,実績値,,20,%,,未満,,", "20%未満"),
        ("R5,,実績値,,1200,人,,約,,", "約1200人"),
        ("R5,,実績値,,,,,,随時,", "随時"),
        ("R5,,実績値,,,,,,なし,", "なし"),
        ("令和5年度,,実績値,,\"1,200\",人,,,,", "1,200人"),
        ("R5,,実績値,,,,,,空欄,", ""),
    ] {
        let item = values(&[row]);
        assert_eq!(actual(&item), (raw.to_owned(), !raw.is_empty()), "{row}");
        assert_eq!(left(&item), [""; 0], "{row}");
    }
    let item = values(&["R5,①,実績値,,3,校,,,,", "R5,②,実績値,,4,回,,,,"]);
    assert_eq!(actual(&item), ("①3校\n②4回".to_owned(), true));
    let Some(Measure::Compound(parts)) = item.kpis[0].years[0].actual.as_ref().unwrap().get()
    else {
        panic!("{:?}", item.kpis)
    };
    assert_eq!(parts.len(), 2);
    let item = values(&[",,基準値,R3,30,件,,,,"]);
    let baseline = item.kpis[0].baseline.get().unwrap();
    assert_eq!(baseline.as_of.unwrap().to_string(), "R3");
}

#[test]
fn a_cell_that_contradicts_the_text_beside_it_is_left_over() {
    for (row, rest) in [
        ("R5,,実績値,,145,件,,,数量,145件", ""),
        ("R5,,実績値,,145.0,件数,,,quantity,145件", ""),
        ("R5,,実績値,,150,件,,,数量,145件", "N2 150"),
        ("R5,,実績値,,145,人,,,数量,145件", "O2 人"),
        ("R5,,実績値,,145,件,累計,,数量,145件", "P2 累計"),
        ("R5,,実績値,,145,件,,以上,数量,145件", "Q2 以上"),
        ("R5,,実績値,,145,件,,,随時,145件", "R2 随時"),
        ("R5,,実績値,R3,145,件,,,,145件", "M2 R3"),
        ("R5,①,実績値,,145,件,,,,145件", "K2 ①"),
        ("R5,,実績値,,145,件,,,,(随時)", "N2 145、件"),
    ] {
        let item = values(&[row]);
        let expected: Vec<&str> = Some(rest)
            .filter(|rest| !rest.is_empty())
            .into_iter()
            .collect();
        assert_eq!(left(&item), expected, "{row}");
        assert!(actual(&item).1, "{row}");
    }
    let item = values(&["R5,,実績値,,145,件,,,,145件", "R5,,実績値,,150,件,,,,150件"]);
    assert_eq!(left(&item), ["N3 150、150件"]);
    let item = values(&["R5,,実績値,,145,件,,,,145件", "R5,,実績値,,145,件,,,,145件"]);
    assert_eq!(left(&item), [""; 0], "twice the same is said once");
}

#[test]
fn a_row_that_cannot_be_placed_is_left_over_whole() {
    let item = values(&[
        "R5,,実績,,145,件,,,,",
        ",,実績値,,145,件,,,,",
        "5年度,,目標値,,1,件,,,,",
    ]);
    assert_eq!(
        left(&item),
        [
            "C2 R5、件数、実績、145、件",
            "J3 件数、実績値、145、件",
            "C4 5年度、件数、目標値、1、件"
        ]
    );
    assert!(item.kpis.is_empty());
}

#[test]
fn ragged_rows_and_strange_columns_lose_nothing() {
    let text = format!(
        "数値目標の一覧\n{KPI},備考\n甲市,R5下,R5,2023,1,重点,取組,総務課,全課,件数,,実績値,,145,件\n\
         甲市,R5下,R5,2023,1,重点,取組,総務課,全課,回数,,実績値,,3,回,,,,3回,要確認,欄外\n\
         乙市,R5下,R6,2023,1,別の重点,取組,総務課,全課,件数,,目標値,,5,件\n\
         甲市,R5下,,,1,重点,取組,総務課,全課,件数,,目標値,,9\n"
    );
    let items = items(&text);
    assert_eq!(items.len(), 1);
    assert_eq!(
        left(&items[0]),
        [
            "A1 数値目標の一覧",
            "T4 要確認、欄外",
            "A5 乙市、2023、別の重点",
            "J6 件数、目標値、9",
        ]
    );
    let kpi = &items[0].kpis[0];
    let values = |year| kpi.year(FiscalYear(year)).unwrap();
    assert_eq!(values(2023).actual.as_ref().unwrap().text(), "145件");
    assert_eq!(values(2024).target.as_ref().unwrap().text(), "5件");
    assert!(values(2024).actual.as_ref().unwrap().place.is_none());
}

#[test]
fn items_and_periods_are_told_apart() {
    let text = "取組番号,期,欄,本文\n1,R5下,取組項目,窓口\n取組２,R5下,取組項目,施設\n１,R5下,実施内容,相談\n1,R5上,取組項目,窓口\n,R5下,取組項目,番号なし\n七,来年,取組項目,読めない\n";
    let items = items(text);
    let told: Vec<_> = items
        .iter()
        .map(|item| {
            let number = match &item.number.value {
                Value::Known(number) => number.to_string(),
                Value::Blank => "空欄".to_owned(),
                Value::Unreadable => item.number.text().to_owned(),
            };
            let half = item.half.get().map(|half| half.label()).unwrap_or_default();
            (number, half, item.title.text(), item.anchor.to_string())
        })
        .collect();
    let expected = [
        ("1", "下半期", "窓口", "A2"),
        ("2", "下半期", "施設", "A3"),
        ("1", "上半期", "窓口", "A5"),
        ("空欄", "下半期", "番号なし", "A6"),
        ("七", "", "読めない", "A7"),
    ];
    let expected = expected.map(|(a, b, c, d)| (a.to_owned(), b, c, d.to_owned()));
    assert_eq!(told, expected);
    assert_eq!(items[0].content.text(), "相談");
    assert_eq!(items[0].half.get(), Some(&Half::Second));
    assert_eq!(left(&items[4]), ["B7 来年"]);
}

#[test]
fn texts_are_placed_by_the_names_of_the_layout_and_by_rows() {
    let text = "取組番号\t欄\t行\t本文\n1\t取組目標【Plan】\t1\t計画\n1\t上半期取組結果【Do】\t１\t上の結果\n1\t下半期の取組結果\t3\t補足\n\
        1\t評価区分\t\t◎ 計画どおり\n1\t主管課(関係課)\t\t総務課(全課)\n1\t年次計画R4年度〜R6年度\t2\t実施\n1\t実施項目\t2\t窓口の試行\n\
        1\t感想\t1\tよかった\n1\t取組目標【Plan】\t一\t数でない行\n1\t実施内容\t1\t甲\n1\t実施内容\t2\t乙\n1\t実施内容\t1\t甲\n1\t数値目標の注記：件数\t1\t注\n1\t脚注\t1\t※1 窓口…受付\n1\t取組目標【Plan】\n";
    let items = items(text);
    let [item] = items.as_slice() else {
        panic!("{items:?}")
    };
    assert_eq!(item.status.len(), 2);
    assert_eq!(item.status[0].plan.text(), "計画");
    assert_eq!(item.status[0].first_half.text(), "上の結果");
    assert_eq!(item.status[1].second_half.text(), "補足");
    assert!(item.status[1].plan.is_blank() && item.status[1].plan.place.is_none());
    assert_eq!(item.grade.get().unwrap().by_label, Some(0));
    assert_eq!(item.departments.get().unwrap().related, ["全課"]);
    let [activity] = item.schedule.as_slice() else {
        panic!("{:?}", item.schedule)
    };
    assert_eq!(activity.name.text(), "窓口の試行");
    let phase = &activity.phases[0];
    assert_eq!((phase.from, phase.to), (FiscalYear(2022), FiscalYear(2024)));
    assert!(item.has_spans);
    assert_eq!(item.content.text(), "甲");
    assert_eq!(item.footnotes[0].term.as_deref(), Some("窓口"));
    assert_eq!(item.kpis[0].name.text(), "件数");
    assert_eq!(item.kpis[0].notes[0].text(), "注");
    assert_eq!(
        left(item),
        [
            "B9 感想、1、よかった",
            "B10 取組目標【Plan】、一、数でない行",
            "B12 実施内容、2、乙"
        ]
    );
}

#[test]
fn every_name_that_is_written_is_read_back() {
    let layout = default_layout();
    let (r4, r6) = (FiscalYear(2022), FiscalYear(2024));
    for field in [
        TidyField::Priority,
        TidyField::Title,
        TidyField::Lead,
        TidyField::Related,
        TidyField::Content,
        TidyField::Effects,
        TidyField::Activity,
        TidyField::Phase(r4, r4),
        TidyField::Phase(r4, r6),
        TidyField::ScheduleNote,
        TidyField::KpiNote("件数(※1)".to_owned()),
        TidyField::Plan,
        TidyField::FirstHalf,
        TidyField::SecondHalf,
        TidyField::Grade(0),
        TidyField::Comment,
        TidyField::Action,
        TidyField::Footnote,
    ] {
        let name = field.name(&layout);
        assert!(!name.contains('\n'), "{name:?}");
        assert_eq!(TidyField::parse(&name, &layout), Some(field), "{name}");
    }
    for text in [
        "",
        "年次計画",
        "年次計画 R6年度～R4年度",
        "年次計画 四年",
        "数値目標の注記",
        "備考",
    ] {
        assert_eq!(TidyField::parse(text, &layout), None, "{text}");
    }
    for storey in [TidyStorey::Baseline, TidyStorey::Target, TidyStorey::Actual] {
        assert_eq!(TidyStorey::parse(storey.label()), Some(storey));
    }
}

#[test]
fn tables_with_other_headings_are_no_tidy_tables() {
    for text in [
        "番号,担当\n1,総務課\n",
        "取組番号,重点項目,取組項目,主管課\n1,甲,乙,丙\n",
        "取組番号,数値目標,区分\n1,件数,実績値\n",
        "取組番号,欄\n1,取組項目\n",
    ] {
        assert!(!matches!(located(text).0, Located::Tidy(_)), "{text}");
    }
    let (Located::Tidy(table), _) = located("本文,備考,欄,取組番号\n窓口,x,取組項目,1\n")
    else {
        panic!("the order of columns is free")
    };
    assert_eq!(table.kind, TidyKind::Texts);
    assert_eq!(table.columns.len(), 3);
}
