use std::sync::Arc;

use serde_json::Value as Json;

use super::*;
use crate::model::{
    Activity, AsOf, Baseline, Bound, Departments, Field, FiscalYear, Footnote, Grade, Half, Kpi,
    KpiYear, Level, Measure, Milestone, Part, Phase, Place, Qualifier, Quantity, Rule, Source,
    StatusRow, Text, When,
};

const R4: FiscalYear = FiscalYear(2022);
const R5: FiscalYear = FiscalYear(2023);
const R6: FiscalYear = FiscalYear(2024);
pub(super) const AT: Period = Period {
    year: R5,
    half: Half::Second,
};

/// A rule for reports; it finds nothing by itself.
pub(super) static CUMULATIVE_DECREASE: Rule = Rule {
    code: "K03",
    name: "cumulative_decrease",
    level: Level::Error,
    when: When::Both,
    title: "累計値の減少",
    why: "",
    remedy: "",
    example: "",
    check: |_| Vec::new(),
};

fn text(raw: &str) -> Text {
    Text::from_raw(Some(raw), None)
}

fn blank() -> Text {
    Text::blank(None)
}

pub(super) fn number(value: &str, unit: &str) -> Quantity {
    Quantity {
        value: value.parse().unwrap(),
        unit: unit.into(),
        qualifier: None,
        bound: None,
        label: None,
    }
}

pub(super) fn measure(raw: &str, measure: Measure) -> Option<Field<Measure>> {
    Some(Field::known(measure, raw, None))
}

pub(super) fn year(
    year: FiscalYear,
    actual: Option<Field<Measure>>,
    target: Option<Field<Measure>>,
) -> KpiYear {
    KpiYear {
        year,
        actual,
        target,
    }
}

/// Three KPIs in which every kind of measure occurs.
pub(super) fn kpis() -> Vec<Kpi> {
    let cumulative = Quantity {
        qualifier: Some(Qualifier::Cumulative),
        ..number("145.50", "件")
    };
    let bounded = Quantity {
        bound: Some(Bound::LessThan),
        label: Some("利用率".into()),
        ..number("-0.10", "")
    };
    let visits = Quantity {
        label: Some("学校訪問".into()),
        ..number("3", "校")
    };
    let parts = vec![
        Part {
            mark: "①".into(),
            measure: Some(Measure::Quantity(visits)),
        },
        Part {
            mark: "②".into(),
            measure: None,
        },
    ];
    let stage = |text: &str, quantity| {
        Measure::Milestone(Milestone {
            text: text.into(),
            quantity,
        })
    };
    let baseline = |raw: &str, as_of, measure| Field::known(Baseline { as_of, measure }, raw, None);
    vec![
        Kpi {
            name: text("サービス数"),
            baseline: baseline(
                "R3年度：30件",
                Some(AsOf::Year(FiscalYear(2021))),
                Measure::Quantity(number("30", "件")),
            ),
            years: vec![
                year(
                    R4,
                    measure("(累計)\n145.5件", Measure::Quantity(cumulative.clone())),
                    None,
                ),
                year(
                    R5,
                    measure("利用率△0.1未満", Measure::Quantity(bounded)),
                    measure("—", Measure::Nothing(crate::model::Nothing::Dash)),
                ),
                year(
                    R6,
                    Some(Field::blank(None)),
                    measure("(随時)", Measure::AsNeeded),
                ),
            ],
            notes: vec![text("内訳A"), text("内訳B")],
        },
        Kpi {
            name: text("参加回数"),
            baseline: baseline(
                "R4.3.31現在：(累計)145.5件",
                Some(AsOf::Date(2022, 3, Some(31))),
                Measure::Quantity(cumulative),
            ),
            years: vec![
                year(
                    R4,
                    measure("①学校訪問3校 ②", Measure::Compound(parts)),
                    measure("検討", stage("検討", None)),
                ),
                year(
                    R5,
                    measure("選定\n6件", stage("選定", Some(number("6", "件")))),
                    Some(Field::unreadable("3件か4件", None)),
                ),
            ],
            notes: Vec::new(),
        },
        Kpi {
            name: text("職員数"),
            baseline: Field::unreadable("別紙のとおり", None),
            years: Vec::new(),
            notes: Vec::new(),
        },
    ]
}

pub(super) fn sheet() -> ItemSheet {
    ItemSheet {
        source: Arc::new(Source {
            file: "総務課.xlsx".to_owned(),
            sheet: "取組7".to_owned(),
        }),
        year: Field::known(R5, "令和5年度の実施状況", None),
        half: Field::blank(None),
        number: Field::known(7, "７", None),
        priority: text("1 変化に対応した\n行政"),
        title: text("RPA(※1)の活用"),
        departments: Field::known(
            Departments {
                lead: vec!["総務課".to_owned(), "企画政策課".to_owned()],
                related: vec!["全課".to_owned()],
            },
            "総務課、企画政策課(全課)",
            None,
        ),
        content: text("・\"引用\"と\\"),
        effects: blank(),
        schedule: vec![Activity {
            name: text("検証"),
            phases: vec![Phase {
                from: R4,
                to: R5,
                text: text("検討"),
            }],
        }],
        schedule_notes: vec![text("自由な記載")],
        has_spans: true,
        kpis: kpis(),
        status: vec![
            StatusRow {
                plan: text("目標"),
                first_half: text("結果\n二行目"),
                second_half: blank(),
            },
            StatusRow {
                plan: text("—"),
                first_half: blank(),
                second_half: blank(),
            },
        ],
        marks: Vec::new(),
        axes: Vec::new(),
        further_grades: Vec::new(),
        grade: Field::known(
            Grade {
                mark: None,
                label: Some("概ね計画どおり".to_owned()),
                by_mark: None,
                by_label: Some(1),
                cancelled: false,
            },
            "概ね計画どおり",
            None,
        ),
        comment: text("進んだ。"),
        action: blank(),
        footnotes: vec![Footnote {
            mark: "※1".to_owned(),
            term: Some("RPA".to_owned()),
            text: "自動化の技術".to_owned(),
            cell: text("※1 RPA…自動化の技術"),
        }],
        unplaced: Vec::new(),
        missing_blocks: Vec::new(),
        readings: Vec::new(),
        anchor: CellRef::new(0, 0),
    }
}

pub(super) fn cover() -> Cover {
    Cover {
        city: Some("小千谷市".to_owned()),
        plan: Some("小千谷市行政改革実施計画".to_owned()),
        years: vec![R4, R5, R6],
        ..Cover::default()
    }
}

pub(super) fn finding(code: &'static str, level: Level, cells: &[&str]) -> Finding {
    let cells: Vec<CellRef> = cells.iter().filter_map(|at| CellRef::parse(at)).collect();
    Finding {
        code,
        level,
        item: Some(7),
        department: Some("総務課".to_owned()),
        place: cells.first().map(|cell| Place {
            source: sheet().source,
            cell: *cell,
        }),
        file: None,
        cells,
        found: Some("=76件".to_owned()),
        expected: Some("(累計)\n67件".to_owned()),
        message: "実績値「=76件」が計画と異なります。".to_owned(),
        remedy: "確かめてください。".to_owned(),
        acknowledged: None,
        change: None,
        beside: Vec::new(),
        asked: None,
    }
}

fn findings() -> Vec<Finding> {
    let unreadable = Finding {
        item: None,
        department: None,
        file: Some("壊れた.xlsx".to_owned()),
        found: None,
        expected: None,
        acknowledged: Some("再提出を依頼済み".to_owned()),
        ..finding("S03", Level::Warning, &[])
    };
    vec![
        finding("P10", Level::Error, &["E25", "H25"]),
        unreadable,
        Finding {
            cells: Vec::new(),
            ..finding("T01", Level::Info, &["A1"])
        },
    ]
}

fn validate(document: &str) {
    let schema: Json = serde_json::from_str(&schema()).unwrap();
    let document: Json = serde_json::from_str(document).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

fn refused(document: &str) -> bool {
    let schema: Json = serde_json::from_str(&schema()).unwrap();
    let document: Json = serde_json::from_str(document).unwrap();
    !jsonschema::draft202012::is_valid(&schema, &document)
}

#[test]
fn an_item_of_every_kind_is_written_as_promised() {
    let written = json(&cover(), Some(AT), &[&sheet()], &findings(), AT).unwrap();
    let golden = include_str!("golden.json").replace("\r\n", "\n");
    assert_eq!(written, golden, "written:\n{written}");
}

#[test]
fn decimals_leave_with_all_their_digits_and_no_more() {
    for (value, written) in [
        ("0.10", "0.1"),
        ("100", "100"),
        ("100.00", "100"),
        ("-0.0", "0"),
        ("-5.20", "-5.2"),
        ("12345678901234567.89", "12345678901234567.89"),
        ("0.0000000000000000001", "0.0000000000000000001"),
    ] {
        let mut sheet = sheet();
        sheet.kpis.truncate(1);
        sheet.kpis[0].years = vec![year(
            R5,
            None,
            measure(value, Measure::Quantity(number(value, ""))),
        )];
        let json = json(&cover(), Some(AT), &[&sheet], &[], AT).unwrap();
        let expected = format!(
            "\"kind\": \"quantity\",\n                \"value\": {written},\n                \"unit\": null"
        );
        assert!(json.contains(&expected), "{value}: {json}");
    }
}

#[test]
fn what_is_written_fulfils_the_schema() {
    validate(&json(&cover(), Some(AT), &[&sheet()], &findings(), AT).unwrap());
    validate(&findings_json(&cover(), Some(AT), &findings(), AT).unwrap());
    let unread = ItemSheet {
        number: Field::unreadable("七", None),
        grade: Field::unreadable("優", None),
        departments: Field::blank(None),
        ..sheet()
    };
    validate(&json(&Cover::default(), None, &[&unread], &[], AT).unwrap());
}

#[test]
fn the_schema_refuses_what_was_not_promised() {
    let written = json(&cover(), Some(AT), &[&sheet()], &findings(), AT).unwrap();
    for (promised, broken) in [
        ("\"kind\": \"quantity\"", "\"kind\": \"number\""),
        ("\"value\": 145.5", "\"value\": \"145.5\""),
        ("\"value\": 145.5", "\"betrag\": 145.5"),
        (
            "\"kind\": \"as_needed\"",
            "\"kind\": \"as_needed\", \"extra\": 1",
        ),
        ("\"text\": \"検討\"", "\"text\": \"検討\", \"extra\": 1"),
        ("\"label\": \"②\"", "\"label\": \"②\", \"extra\": 1"),
        ("\"as_of\": \"R3\"", "\"as_of\": \"R3\", \"extra\": 1"),
        ("\"measure\": {", "\"measure\": { \"raw\": null,"),
        ("\"half\": \"second\"", "\"half\": \"下半期\""),
        ("\"torimatome/1\"", "\"torimatome/2\""),
        ("\"cell\": \"E25\"", "\"cell\": \"5E\""),
        ("\"year\": \"R4\"", "\"year\": \"R4年度\""),
    ] {
        assert!(written.contains(promised), "{promised}");
        assert!(refused(&written.replace(promised, broken)), "{broken}");
    }
}

#[test]
fn findings_alone_are_the_same_object_without_items() {
    let alone = findings_json(&cover(), Some(AT), &findings(), AT).unwrap();
    let whole = json(&cover(), Some(AT), &[&sheet()], &findings(), AT).unwrap();
    let mut whole: Json = serde_json::from_str(&whole).unwrap();
    assert!(whole.as_object_mut().unwrap().remove("items").is_some());
    assert_eq!(serde_json::from_str::<Json>(&alone).unwrap(), whole);
}

#[test]
fn no_object_names_a_key_twice() {
    let written = json(&cover(), Some(AT), &[&sheet()], &findings(), AT).unwrap();
    let read: Json = serde_json::from_str(&written).unwrap();
    let again = serde_json::to_string_pretty(&read).unwrap();
    assert_eq!(again.lines().count(), written.lines().count());
}
