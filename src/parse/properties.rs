//! Properties of the value grammars over generated texts.

use std::sync::LazyLock;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{baseline, departments, footnotes, grade, measure, split_name};
use crate::model::text::AnyWidthDigit;
use crate::model::{Bound, Layout, Measure, Qualifier, Quantity};

fn quantity() -> impl Strategy<Value = Quantity> {
    let unit = proptest::sample::select(vec![
        "",
        "件",
        "か所",
        "時間/年",
        "%",
        "人",
        "㎡",
        "t-CO2/年",
        "ポイント",
    ]);
    let label = proptest::sample::select(vec!["利用率", "締結済件数", "学校訪問"]);
    let qualifier = proptest::sample::select(vec![Qualifier::Cumulative, Qualifier::Total]);
    let bound = proptest::sample::select(vec![
        Bound::AtLeast,
        Bound::AtMost,
        Bound::LessThan,
        Bound::MoreThan,
        Bound::About,
    ]);
    (
        (-9_999_999_999_i64..9_999_999_999, 0u32..5),
        unit,
        proptest::option::of(label),
        proptest::option::of(qualifier),
        proptest::option::of(bound),
    )
        .prop_map(
            |((digits, scale), unit, label, qualifier, bound)| Quantity {
                value: Decimal::new(digits, scale),
                unit: unit.into(),
                qualifier,
                bound,
                label: label.map(Into::into),
            },
        )
}

fn grouped(value: Decimal) -> String {
    let text = value.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped = format!("{grouped}.{fraction}");
    }
    grouped
}

fn wide(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
            c => c,
        })
        .collect()
}

fn written(quantity: &Quantity, style: u8) -> String {
    let sign = match (quantity.value.is_sign_negative(), style % 3) {
        (false, _) => "",
        (true, 0) => "▲",
        (true, 1) => "△ ",
        (true, _) => "−",
    };
    let label = quantity
        .label
        .iter()
        .map(|label| format!("{label}:"))
        .collect::<String>();
    let qualifier = quantity
        .qualifier
        .map_or(String::new(), |qualifier| match style % 2 {
            0 => format!("({})\n", qualifier.label()),
            _ => format!("{}:", qualifier.label()),
        });
    let (about, bound) = match quantity.bound {
        Some(Bound::About) => ("約", ""),
        Some(bound) => ("", bound.label()),
        None => ("", ""),
    };
    let gap = if about.is_empty() || style % 3 == 1 {
        ""
    } else {
        " "
    };
    let (value, unit) = (grouped(quantity.value), &quantity.unit);
    format!("{label}{qualifier}{about}{gap}{sign}{value}{unit}{bound}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn a_written_quantity_reads_back(quantity in quantity(), style in 0u8..6) {
        let text = written(&quantity, style);
        let expected = Some(Measure::Quantity(quantity.clone()));
        prop_assert_eq!(measure(&text), expected.clone(), "{}", text);
        if quantity.unit != "t-CO2/年" {
            prop_assert_eq!(measure(&wide(&text)), expected, "{}", text);
        }
    }

    #[test]
    fn no_text_makes_the_grammars_panic(text in any::<String>()) {
        read_as_everything(&text);
    }

    #[test]
    fn no_mixture_of_our_words_makes_the_grammars_panic(text in mixture()) {
        read_as_everything(&text);
    }

    #[test]
    fn no_figure_is_lost_or_invented(text in mixture()) {
        if let Some(Measure::Quantity(quantity)) = measure(&text)
            && !text.contains(['※', '億', '万', '千'])
        {
            let label = quantity.label.unwrap_or_default();
            let read = format!("{label}{}{}", quantity.value, quantity.unit);
            prop_assert_eq!(figures(&text), figures(&read), "{:?}", text);
        }
    }
}

fn mixture() -> impl Strategy<Value = String> {
    let pieces = "3 12 １５ 1,257 0.5 , . : ： / ／ ▲ △ — － ー ～ ※1 … ・ 、 （ ） ( ) 【 】 ① ② (1) 2) 累計 延べ 約 \
        以上 程度 件 人 % 円 時間/年 か所 R3年度 R4.3.31 令和 年 年度 月 日 第 期 回目 億 万 千 百 随時 選定 \
        件数 なし 基準値 課 ◎ 中止 m2 CO2 R AI ﾞ \u{3099}";
    let mut pieces: Vec<&str> = pieces.split_whitespace().collect();
    pieces.extend([" ", "\n", "　"]);
    let piece = proptest::sample::select(pieces);
    proptest::collection::vec(piece, 0..7).prop_map(|pieces| pieces.concat())
}

/// The figures of a text but for zeros, which may lead a number.
fn figures(text: &str) -> String {
    let figures = text.chars().filter_map(|c| c.nfkc_digit());
    figures
        .filter(|figure| *figure > 0)
        .map(|figure| figure.to_string())
        .collect()
}

fn read_as_everything(text: &str) {
    static LAYOUT: LazyLock<Layout> =
        LazyLock::new(|| toml::from_str(include_str!("../../templates/ojiya-r4.toml")).unwrap());
    let _ = (measure(text), baseline(text), split_name(text));
    let _ = (departments(text), footnotes(text), grade(text, &LAYOUT, 0));
}
