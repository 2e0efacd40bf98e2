use std::sync::Arc;

use super::*;
use crate::model::{
    Activity, CellRef, Cover, Departments, FiscalYear, Half, IndexRow, Kpi, KpiYear, Measure,
    Phase, Quantity, Source, StatusRow, Text,
};

fn layout() -> Layout {
    toml::from_str(include_str!("../../templates/ojiya-r4.toml")).unwrap()
}

fn text(raw: &str) -> Text {
    Text::from_raw(Some(raw), None)
}

fn measure(raw: &str) -> Option<Field<Measure>> {
    let digits: String = raw.chars().filter(char::is_ascii_digit).collect();
    Some(match digits.parse() {
        Ok(value) => {
            let quantity = Quantity {
                value,
                label: None,
                unit: "件".into(),
                qualifier: None,
                bound: None,
            };
            Field::known(Measure::Quantity(quantity), raw, None)
        }
        Err(_) if raw.is_empty() => Field::blank(None),
        Err(_) => Field::unreadable(raw, None),
    })
}

fn kpi(name: &str, actual: &str) -> Kpi {
    Kpi {
        name: text(name),
        baseline: Field::blank(None),
        years: vec![KpiYear {
            year: FiscalYear(2023),
            actual: measure(actual),
            target: measure("85件"),
        }],
        notes: Vec::new(),
    }
}

fn row(plan: &str, first_half: &str, second_half: &str) -> StatusRow {
    StatusRow {
        plan: text(plan),
        first_half: text(first_half),
        second_half: text(second_half),
    }
}

fn item(number: u32, title: &str) -> ItemSheet {
    let source = Source {
        file: "集約版.xlsx".to_owned(),
        sheet: format!("取組{number}"),
    };
    let lead = Departments {
        lead: vec!["総務課".to_owned()],
        related: Vec::new(),
    };
    ItemSheet {
        number: Field::known(number, number.to_string(), None),
        title: text(title),
        departments: Field::known(lead, "総務課", None),
        kpis: vec![kpi("研修の回数", "6件"), kpi("参加者数", "145件")],
        status: vec![
            row("研修を開く", "2回開いた。", "4回開いた。"),
            row("—", "—", "—"),
        ],
        ..ItemSheet::blank(Arc::new(source), CellRef::new(0, 0))
    }
}

fn book(items: Vec<ItemSheet>) -> OfficialBook {
    OfficialBook {
        file: "集約版.xlsx".to_owned(),
        items,
        ..OfficialBook::default()
    }
}

/// The differences in short: number, field, kind, before, after.
fn told(before: &OfficialBook, after: &OfficialBook) -> Vec<String> {
    let comparison = compare(before, after, &layout());
    let told = comparison.differences.iter().map(|one| {
        let number = one
            .number
            .map_or("-".to_owned(), |number| number.to_string());
        let texts = one.texts().map(|text| text.replace('\n', "/"));
        let [before, after] = texts;
        format!(
            "{number} {} {} {before} → {after}",
            one.field,
            one.kind.label()
        )
    });
    told.collect()
}

fn changed(change: impl Fn(&mut ItemSheet)) -> Vec<String> {
    let before = item(1, "人材の育成");
    let mut after = before.clone();
    change(&mut after);
    told(&book(vec![before]), &book(vec![after]))
}

#[test]
fn what_is_equal_differs_in_nothing() {
    assert_eq!(changed(|_| {}), [""; 0]);
    assert_eq!(told(&book(Vec::new()), &book(Vec::new())), [""; 0]);
    let line_breaks = changed(|item| item.status[0].plan = text("研修を開く\r\n"));
    assert_eq!(line_breaks, [""; 0]);
}

#[test]
fn values_are_told_by_kpi_year_and_storey() {
    assert_eq!(
        changed(|item| item.kpis[1].years[0].actual = measure("154件")),
        ["1 数値目標2 R5年度【実績値】「参加者数」 変更 145件 → 154件"]
    );
    assert_eq!(
        changed(|item| item.kpis[1].years[0].actual = measure("145 件")),
        ["1 数値目標2 R5年度【実績値】「参加者数」 表記のみ 145件 → 145 件"]
    );
    assert_eq!(
        changed(|item| item.kpis[0].years[0].target = measure("")),
        ["1 数値目標1 R5年度【目標値】「研修の回数」 削除 85件 → "]
    );
}

#[test]
fn kpis_are_paired_by_name_wherever_they_stand() {
    assert_eq!(changed(|item| item.kpis.reverse()), [""; 0]);
    assert_eq!(
        changed(|item| item.kpis[1] = kpi("延べ参加者数", "145件")),
        ["1 数値目標2 名称「延べ参加者数」 変更 参加者数 → 延べ参加者数"]
    );
    assert_eq!(
        changed(|item| item.kpis.insert(0, kpi("協定の締結", "3件"))),
        ["1 数値目標1 追加  → 協定の締結/R5年度【実績値】：3件/R5年度【目標値】：85件"]
    );
    assert_eq!(
        changed(|item| {
            item.kpis.remove(0);
        }),
        ["1 数値目標1 削除 研修の回数/R5年度【実績値】：6件/R5年度【目標値】：85件 → "]
    );
}

#[test]
fn rows_are_paired_by_what_they_say_wherever_they_stand() {
    let inserted = changed(|item| {
        item.status.insert(0, row("規程を改める", "", "改めた。"));
    });
    assert_eq!(
        inserted,
        [
            "1 実施状況1行目 取組目標【Plan】 追加  → 規程を改める",
            "1 実施状況1行目 下半期の取組結果【Do】 追加  → 改めた。",
        ]
    );
    assert_eq!(changed(|item| item.status.reverse()), [""; 0]);
    assert_eq!(
        changed(|item| item.status[0].second_half = text("5回開いた。")),
        ["1 実施状況1行目 下半期の取組結果【Do】 変更 4回開いた。 → 5回開いた。"]
    );
    assert_eq!(
        changed(|item| item.status.clear()).len(),
        6,
        "what is gone is told, dashes too"
    );
}

#[test]
fn phases_are_told_with_the_years_they_span() {
    let activity = |to: u16| Activity {
        name: text("研修"),
        phases: vec![Phase {
            from: FiscalYear(2022),
            to: FiscalYear(to),
            text: text("検討"),
        }],
    };
    let mut before = item(1, "人材の育成");
    before.schedule = vec![activity(2022)];
    let mut after = before.clone();
    after.schedule = vec![activity(2023), activity(2024)];
    after.schedule[1].name = text("規程");
    assert_eq!(
        told(&book(vec![before]), &book(vec![after])),
        [
            "1 年次計画 実施項目1 R4年度 変更 検討 → 検討（R4年度～R5年度）",
            "1 年次計画 実施項目2 追加  → 規程/R4年度～R6年度：検討",
        ]
    );
}

#[test]
fn items_are_paired_by_number_and_by_title() {
    let before = book(vec![
        item(1, "人材の育成"),
        item(2, "窓口の改善"),
        item(4, "広報"),
    ]);
    let after = book(vec![
        item(1, "人材の確保と育成"),
        item(3, "窓口の改善"),
        item(5, "財産の活用"),
    ]);
    assert_eq!(
        told(&before, &after),
        [
            "1 取組項目 変更 人材の育成 → 人材の確保と育成",
            "3 取組番号 変更 2 → 3",
            "4 取組の票全体 削除 広報 → ",
            "5 取組の票全体 追加  → 財産の活用",
        ]
    );
}

#[test]
fn the_cover_and_a_list_that_the_sheets_contradict_are_told() {
    let index = |title: &str| IndexRow {
        priority: text("組織"),
        number: 1,
        title: text(title),
        lead: text("総務課"),
    };
    let cover = |half, issued: &str| Cover {
        fiscal_year: Some(FiscalYear(2023)),
        half: Some(half),
        issued: Some(issued.to_owned()),
        ..Cover::default()
    };
    let mut before = book(vec![item(1, "人材の育成")]);
    before.index = vec![index("人材の育成")];
    before.cover = cover(Half::First, "令和5年11月");
    let mut after = before.clone();
    after.cover = cover(Half::Second, "令和6年6月");
    after.index = vec![index("人材の確保")];
    assert_eq!(
        told(&before, &after),
        [
            "- 対象の半期 変更 上半期 → 下半期",
            "- 発行年月 変更 令和5年11月 → 令和6年6月",
            "1 取組項目一覧 取組項目 変更 人材の育成 → 人材の確保",
        ]
    );
    let mut without_cover = after.clone();
    without_cover.cover = Cover::default();
    let title = "1 取組項目一覧 取組項目 変更 人材の育成 → 人材の確保";
    assert_eq!(told(&before, &without_cover), [title]);
    let mut row = index("広報");
    row.number = 9;
    without_cover.index.push(row);
    let unseen = told(&before, &without_cover);
    assert_eq!(unseen.len(), 4, "a row without a sheet is told: {unseen:?}");
    after.items = vec![item(1, "人材の確保")];
    let told = told(&before, &after);
    assert_eq!(told[2..], ["1 取組項目 変更 人材の育成 → 人材の確保"]);
}

#[test]
fn what_stands_outside_the_form_is_told() {
    let outside = changed(|item| item.unplaced.push(text("至急確認")));
    assert_eq!(outside, ["1 様式外の記載 追加  → 至急確認"]);
}
