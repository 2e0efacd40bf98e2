//! KPI values: text → [`Measure`].
//!
//! A text is taken apart before anything is folded, and what cannot be read for certain is not read:
//! an unreadable value is a question to the department, a wrong number is a false publication.

use crate::model::text::{fold, is_dash, states_nothing, strip_marks};
use crate::model::{Measure, Milestone, Nothing};

use super::compound::compound;
use super::glyph::{enclosed, is_open, narrow, trailing_bracket};
use super::number::numbers;
use super::quantity::{counted, is_phrase};
use super::unit::{is_counter, is_worded_count};
use super::words::{Words, leading_qualifier};

/// A longer text is a description, not a value.
const LONGEST: usize = 400;
const LONGEST_STAGE: usize = 30;
/// Endings of sentences; a stage is a noun.
const SENTENCE_ENDINGS: [&str; 6] = ["ます", "です", "ました", "でした", "ません", "ください"];

/// Reads what a KPI cell says; `None` where it says nothing that can be read for certain.
///
/// ```
/// # use torimatome::model::Measure;
/// # use torimatome::parse::measure;
/// let Some(Measure::Quantity(read)) = measure("（累計）\n１４５件") else { panic!() };
/// assert_eq!((read.value.to_string(), read.unit.as_str()), ("145".to_owned(), "件"));
/// assert_eq!(measure("2～3%"), None);
/// ```
pub fn measure(text: &str) -> Option<Measure> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let text = without_marks(&narrow(text))?;
    // A bullet before a single value says nothing.
    let text = text.trim().trim_start_matches(['・', '･']).trim_start();
    compound(text, single).unwrap_or_else(|| single(text))
}

/// Reads a text that is not divided by marks.
fn single(text: &str) -> Option<Measure> {
    let text = text.trim();
    let bare = enclosed(text).unwrap_or(text);
    let word = fold(bare);
    if is_dash(bare) {
        return Some(Measure::Nothing(Nothing::Dash));
    }
    if states_nothing(bare) {
        return Some(Measure::Nothing(Nothing::Stated));
    }
    if word == "随時" {
        return Some(Measure::AsNeeded);
    }
    let found = numbers(text)?;
    let [number] = found.as_slice() else {
        return found.is_empty().then(|| stage(bare)).flatten();
    };
    if let Some((head, inner)) = trailing_bracket(text)
        && number.range.start >= head.len()
    {
        return bracketed(head.trim(), inner.trim());
    }
    counted(text, number)
}

/// Reads `選定（6件）` and `（累計145件）`; a bare number in brackets may be a reference or a loss.
fn bracketed(head: &str, inner: &str) -> Option<Measure> {
    if head.is_empty() {
        leading_qualifier(inner)?;
        return single(inner);
    }
    if inner.starts_with(is_open) {
        return None;
    }
    let opened = format!("{head} {inner}");
    match numbers(&opened)?.as_slice() {
        [number] => counted(&opened, number),
        _ => None,
    }
}

/// Reads a stage without a quantity: `調整・検討`, `令和6年3月策定`.
fn stage(text: &str) -> Option<Measure> {
    let text = text.trim();
    let word = fold(text);
    let japanese = word.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let sentence = SENTENCE_ENDINGS.iter().any(|end| text.ends_with(end));
    let short = text.chars().count() <= LONGEST_STAGE;
    let lost = is_remnant(text) || is_worded_count(&word);
    (japanese && is_phrase(text) && short && !sentence && !lost).then(|| {
        Measure::Milestone(Milestone {
            text: text.into(),
            quantity: None,
        })
    })
}

/// Tells whether a text is what is left of a quantity that lost its number: `(累計) 件`, `件以上`.
fn is_remnant(text: &str) -> bool {
    if leading_qualifier(text).is_some() {
        return true;
    }
    let unit = Words::default().behind(text);
    let lead = Words::default().before(text);
    unit.is_some_and(|unit| unit.is_empty() || is_counter(&unit))
        || lead.is_some_and(|(lead, _)| lead.is_empty())
}

/// Takes out footnote marks; `None` where a mark's number cannot be told from the value: `※16件`.
fn without_marks(text: &str) -> Option<String> {
    for (at, mark) in text.match_indices('※') {
        let rest = &text[at + mark.len()..];
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let ends = behind
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '）'));
        if behind.len() == rest.len() || !ends {
            return None;
        }
    }
    Some(strip_marks(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    #[test]
    fn quantities_are_exact_with_their_unit() {
        for (text, value, unit) in [
            ("0か所", "0", "か所"),
            ("１，２５７時間／年", "1257", "時間/年"),
            ("1,257\n時間/年", "1257", "時間/年"),
            ("145", "145", ""),
            ("145 件", "145", "件"),
            ("145件。", "145", "件"),
            ("・145件", "145", "件"),
            ("145件(※1)", "145", "件"),
            ("145件※1", "145", "件"),
            ("12.5％", "12.5", "%"),
            ("▲5.2%", "-5.2", "%"),
            ("△3", "-3", ""),
            ("△ 1,000件", "-1000", "件"),
            ("-5", "-5", ""),
            ("−5件", "-5", "件"),
            ("－５件", "-5", "件"),
            ("1億2,000万円", "120000000", "円"),
            ("10千円", "10000", "円"),
            ("1.5億円", "150000000", "円"),
            ("3百万円", "3000000", "円"),
            ("2ヶ所", "2", "ヶ所"),
            ("2箇所", "2", "箇所"),
            ("30㎡", "30", "㎡"),
            ("5ＧＢ", "5", "GB"),
        ] {
            let Some(Measure::Quantity(quantity)) = measure(text) else {
                panic!("{text}");
            };
            let value: Decimal = value.parse().unwrap();
            assert_eq!(
                (quantity.value, quantity.unit.as_str()),
                (value, unit),
                "{text}"
            );
            assert_eq!(
                (quantity.qualifier, quantity.bound, quantity.label),
                (None, None, None)
            );
        }
    }

    #[test]
    fn nothing_and_as_needed_are_entries_of_their_own() {
        for text in [
            "—",
            "－",
            "-",
            "ー",
            "―",
            "‐",
            "−",
            "─",
            "(—)",
            "なし",
            "無し",
            "該当なし",
            "該当無し",
            "特になし",
            "該当なし。",
            "ﾅｼ",
            "該当ナシ",
            "⁃",
            "（なし）",
            "該 当 な し",
        ] {
            let is_dash = text
                .chars()
                .all(|c| is_dash(&c.to_string()) || "()".contains(c));
            let how = if is_dash {
                Nothing::Dash
            } else {
                Nothing::Stated
            };
            assert_eq!(measure(text), Some(Measure::Nothing(how)), "{text}");
        }
        for text in ["随時", "(随時)", "（随時）", "【随時】", "随 時", "(随時）"]
        {
            assert_eq!(measure(text), Some(Measure::AsNeeded), "{text}");
        }
    }

    #[test]
    fn stages_are_words_with_dates_and_ordinals_at_most() {
        for text in [
            "実施",
            "検討",
            "調整・検討",
            "方針決定",
            "情報収集",
            "検討→実施",
            "調整\n検討",
            "未実施",
            "令和6年3月策定",
            "第2期計画策定",
            "R6年度開館",
            "R4～R6年度策定",
            "4月1日開始",
            "3回目の開催",
            "CO2削減",
            "一部実施",
            "検討（庁内）",
            "令和6年3月31日",
        ] {
            let expected = Milestone {
                text: text.into(),
                quantity: None,
            };
            assert_eq!(measure(text), Some(Measure::Milestone(expected)), "{text}");
        }
        let Some(Measure::Milestone(read)) = measure("（ＲＰＡ導入）") else {
            panic!("not a stage");
        };
        assert_eq!(read.text, "RPA導入");
    }

    #[test]
    fn what_cannot_be_read_for_certain_is_not_read() {
        for text in [
            "",
            " ",
            "\n",
            "#REF!",
            "#N/A",
            "#DIV/0!",
            "#VALUE!",
            "Err:502",
            "12,34",
            "2～3%",
            "2件～",
            "3件、4回",
            "3件4回",
            "145件\n(85件)",
            "R5策定",
            "AI3件",
            "5G基地局整備",
            "2次計画",
            "○",
            "○○件",
            "●件",
            "XX",
            "O件",
            "XX件",
            "TODO",
            "N/A",
            "A",
            "件",
            "か所",
            "(累計)",
            "件以上",
            "以上",
            "件（累計）",
            "累計 件",
            "約",
            "三件",
            "数件",
            "十か所",
            "一",
            "5百人",
            "※16件",
            "※3件",
            "選定※16件",
            "=A1",
            "実施しました",
            "？",
            "検討を行い、方針を決定した。",
            "図書館等複合施設の開館に向けて関係団体との調整を進め基本的な方針を決定",
        ] {
            assert_eq!(measure(text), None, "{text}");
        }
        assert_eq!(measure(&"(".repeat(30_000)), None);
        assert_eq!(measure(&"(累計".repeat(100)), None);
    }
}
