use proptest::prelude::*;

use super::*;

/// A measure in one line: what the table of accepted texts compares.
fn shown(measure: &Measure) -> String {
    match measure {
        Measure::Quantity(quantity) => number(quantity),
        Measure::Compound(parts) => parts
            .iter()
            .map(|part| {
                format!(
                    "{}{}",
                    part.mark,
                    part.measure.as_ref().map_or("·".to_owned(), shown)
                )
            })
            .collect(),
        Measure::AsNeeded => "随時".to_owned(),
        Measure::Nothing => "なし".to_owned(),
        Measure::Milestone(Milestone {
            text,
            quantity: None,
        }) => format!("<{text}>"),
        Measure::Milestone(Milestone {
            text,
            quantity: Some(quantity),
        }) => {
            format!("<{text}>{}", number(quantity))
        }
    }
}

fn number(quantity: &Quantity) -> String {
    let words = [
        quantity.label.clone().map(|label| format!("{label}=")),
        Some(format!("{}|{}", quantity.value, quantity.unit)),
        quantity
            .qualifier
            .map(|qualifier| format!(" {}", qualifier.label())),
        quantity.bound.map(|bound| format!(" {}", bound.code())),
    ];
    words.into_iter().flatten().collect()
}

#[test]
fn accepted_texts() {
    for (text, expected) in [
        ("0か所", "0|か所"),
        ("20件", "20|件"),
        ("729人", "729|人"),
        ("1,257時間/年", "1257|時間/年"),
        ("１，２５７時間／年", "1257|時間/年"),
        ("(累計)\n145件", "145|件 累計"),
        ("（累計）１４５件", "145|件 累計"),
        ("(累計) 145件", "145|件 累計"),
        ("【累計】145件", "145|件 累計"),
        ("累計145件", "145|件 累計"),
        ("累計：145件", "145|件 累計"),
        ("145件（累計）", "145|件 累計"),
        ("145件\n累計", "145|件 累計"),
        ("延べ800人", "800|人 延べ"),
        ("のべ 800人", "800|人 延べ"),
        ("(延べ)1,116人", "1116|人 延べ"),
        ("延べ人数 800人", "人数=800|人 延べ"),
        ("2人以上", "2|人 at_least"),
        ("２人以上", "2|人 at_least"),
        ("2人(以上)", "2|人 at_least"),
        ("20%未満", "20|% less_than"),
        ("10日以内", "10|日 at_most"),
        ("30分以下", "30|分 at_most"),
        ("100件超", "100|件 more_than"),
        ("約1,200人", "1200|人 about"),
        ("10件程度", "10|件 about"),
        ("概ね10件", "10|件 about"),
        ("(累計) 3件以上", "3|件 累計 at_least"),
        ("①3校\n②4回", "①3|校②4|回"),
        ("①３校　②４回", "①3|校②4|回"),
        ("(1)3校 (2)4回", "①3|校②4|回"),
        ("1）3校 2）4回", "①3|校②4|回"),
        (
            "①学校訪問2校、②就職説明会等4回",
            "①学校訪問=2|校②就職説明会等=4|回",
        ),
        ("①学校訪問 2校 ②—", "①学校訪問=2|校②なし"),
        ("①3校\n②", "①3|校②·"),
        ("(累計)①3校②4回", "①3|校 累計②4|回 累計"),
        ("(随時)", "随時"),
        ("（随時）", "随時"),
        ("随 時", "随時"),
        ("実施", "<実施>"),
        ("調整・検討", "<調整・検討>"),
        ("方針決定", "<方針決定>"),
        ("サービス開始", "<サービス開始>"),
        ("選定\n6件", "<選定>6|件"),
        ("選定 6件", "<選定>6|件"),
        ("令和6年3月策定", "<令和6年3月策定>"),
        ("R6年度開館", "<R6年度開館>"),
        ("第2期計画策定", "<第2期計画策定>"),
        ("—", "なし"),
        ("－", "なし"),
        ("-", "なし"),
        ("ー", "なし"),
        ("なし", "なし"),
        ("該当なし", "なし"),
        ("▲5.2%", "-5.2|%"),
        ("▲５．２％", "-5.2|%"),
        ("△3", "-3|"),
        ("−5件", "-5|件"),
        ("－5件", "-5|件"),
        ("1.5億円", "150000000|円"),
        ("10千円", "10000|円"),
        ("1億2,000万円", "120000000|円"),
        ("3万5千人", "35000|人"),
        ("145", "145|"),
        ("0", "0|"),
        ("0.10", "0.1|"),
        ("145 件", "145|件"),
        ("利用率12%", "利用率=12|%"),
        ("計6件", "計=6|件"),
        ("締結済件数:12件", "締結済件数=12|件"),
        ("年3回", "年=3|回"),
    ] {
        let found = measure(text).map(|measure| shown(&measure));
        assert_eq!(found.as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn refused_texts() {
    for text in [
        "",
        " ",
        "2～3%",
        "10〜20件",
        "10-20件",
        "3/5件",
        "12,34件",
        "1,2345",
        "1.2.3",
        "3件増",
        "前年度より3件増",
        "5件と2件",
        "3件、4件",
        "12件(うち新規2件)",
        "#REF!",
        "#DIV/0!",
        "集計が間に合わないため、後日報告します。",
        "計 ①3校 ②4回",
        "約",
        "？",
        "1:2",
        "99999999999999999999999999999999件",
        "第3回目を4月に開催し参加者は20人でした",
    ] {
        assert_eq!(measure(text), None, "{text}");
    }
}

#[test]
fn the_public_document_s_figures_are_all_read() {
    for text in [
        "0か所",
        "2か所",
        "10件",
        "(累計)\n67件",
        "(累計)\n85件",
        "1,395時間/年",
        "(累計)\n0件",
        "選定\n6件",
        "検討",
        "情報収集",
        "調整・検討",
        "方針決定",
        "1件",
        "(随時)",
        "実施",
        "4件",
        "①7校\n②4回",
        "1,116人",
        "延べ800人",
        "2人以上",
        "—",
    ] {
        assert!(measure(text).is_some(), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,40}") {
        let _ = measure(&text);
    }

    #[test]
    fn a_written_quantity_reads_back(
        value in -1_000_000_000i64..1_000_000_000,
        scale in 0u32..4,
        unit in prop::sample::select(vec!["件", "人", "か所", "時間/年", "%", "円", ""]),
        before in prop::sample::select(vec!["", "(累計)\n", "延べ", "約"]),
    ) {
        let value = rust_decimal::Decimal::new(value, scale).normalize();
        let read = measure(&format!("{before}{value}{unit}"));
        let Some(Measure::Quantity(quantity)) = read else { panic!("{before}{value}{unit}") };
        prop_assert_eq!(quantity.value, value);
        prop_assert_eq!(quantity.unit, unit);
    }
}
