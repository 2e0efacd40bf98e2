//! The number format of an entry: a number that is typed alone shows, and is read, with its unit.

use crate::model::text::fold;
use crate::model::{Measure, Qualifier, Quantity};

/// Units of which there is no half: others may be typed with decimals or with `%`, and a number
/// format would round or scale what was typed.
const COUNTERS: [&str; 26] = [
    "件",
    "人",
    "か所",
    "回",
    "校",
    "団体",
    "社",
    "台",
    "冊",
    "世帯",
    "戸",
    "施設",
    "事業",
    "講座",
    "組",
    "項目",
    "種類",
    "本",
    "課",
    "地区",
    "日",
    "店",
    "店舗",
    "箇所",
    "名",
    "事業所",
];

/// The number format that a target asks of its actual; `None` where a bare number could be
/// misunderstood.
pub(super) fn code(target: &Measure, raw: &str) -> Option<String> {
    let Measure::Quantity(quantity) = target else {
        return None;
    };
    let Quantity {
        value,
        unit,
        qualifier,
        bound: _,
        label: None,
    } = quantity
    else {
        return None;
    };
    // A scale (億, 千) is part of the unit as typed: the number in the text is another one.
    let is_plain = fold(raw).replace(',', "").contains(&value.to_string());
    let counts = COUNTERS.iter().any(|counter| *counter == fold(unit));
    if !is_plain || !counts || value.normalize().scale() > 0 {
        return None;
    }
    let lead = match qualifier {
        Some(Qualifier::Cumulative) => "\"(累計) \"",
        Some(Qualifier::Total) => "\"延べ\"",
        None => "",
    };
    Some(format!("{lead}#,##0\"{unit}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(value: &str, unit: &str, qualifier: Option<Qualifier>) -> Measure {
        Measure::Quantity(Quantity {
            value: value.parse().unwrap(),
            unit: unit.into(),
            qualifier,
            bound: None,
            label: None,
        })
    }

    #[test]
    fn counts_get_the_notation_of_their_target() {
        let cumulative = Some(Qualifier::Cumulative);
        for (target, raw, expected) in [
            (
                quantity("85", "件", cumulative),
                "(累計)\n85件",
                "\"(累計) \"#,##0\"件\"",
            ),
            (
                quantity("1200", "人", Some(Qualifier::Total)),
                "延べ1,200人",
                "\"延べ\"#,##0\"人\"",
            ),
            (quantity("2", "か所", None), "２か所", "#,##0\"か所\""),
        ] {
            assert_eq!(code(&target, raw).as_deref(), Some(expected), "{raw}");
        }
    }

    #[test]
    fn what_may_be_typed_otherwise_gets_none() {
        for (target, raw) in [
            (quantity("20", "%", None), "20%"),
            (quantity("150000000", "円", None), "1.5億円"),
            (quantity("1257", "時間/年", None), "1,257時間/年"),
            (quantity("30000", "人", None), "3万人"),
            (quantity("2.5", "人", None), "2.5人"),
            (quantity("85", "", None), "85"),
            (Measure::AsNeeded, "(随時)"),
            (Measure::Nothing(crate::model::Nothing::Dash), "—"),
        ] {
            assert_eq!(code(&target, raw), None, "{raw}");
        }
    }
}
