//! A number with the words before it: a label or a stage.

use crate::model::{Measure, Milestone, Quantity};

use super::date::dated;
use super::glyph::{enclosed, is_balanced, is_close, is_japanese, is_open};
use super::number::Number;
use super::words::{Joint, Words};

/// A word that ends so names what is counted; set apart from its number it is still a label.
const MEASURED: [&str; 8] = ["数", "率", "額", "量", "計", "割合", "平均", "時間"];
/// Before a number these say that it is not the value itself.
const NOT_THE_VALUE: [&str; 18] = [
    "超",
    "増",
    "減",
    "増加",
    "減少",
    "残り",
    "残",
    "あと",
    "プラス",
    "不足",
    "うち",
    "ほか",
    "他",
    "年比",
    "年度比",
    "月比",
    "期比",
    "差",
];
const LONGEST_LABEL: usize = 40;

/// Reads the one number of a narrowed text together with every word around it.
pub(super) fn counted(text: &str, number: &Number) -> Option<Measure> {
    let mut words = Words::default();
    let unit = words.behind(&text[number.range.end..])?;
    let (lead, joint) = words.before(&text[..number.range.start])?;
    let mut quantity = Quantity {
        value: number.value,
        unit: unit.into(),
        qualifier: words.qualifier,
        bound: words.bound,
        label: None,
    };
    if lead.is_empty() {
        return Some(Measure::Quantity(quantity));
    }
    // `Err:502` is what LibreOffice shows for an error.
    let foreign = quantity.unit.is_empty() && !lead.chars().any(is_japanese);
    // （仮）3件 and (目標)3件 say that the number is not the value.
    let aside = enclosed(lead).is_some();
    if foreign || aside || !is_phrase(lead) || NOT_THE_VALUE.iter().any(|word| lead.ends_with(word))
    {
        return None;
    }
    let measured = MEASURED.iter().any(|word| lead.ends_with(word));
    let stage = match joint {
        Joint::Colon => None,
        Joint::Gap if measured || is_date(lead) => None,
        Joint::Gap => Some((lead, None)),
        Joint::Direct => lead
            .rsplit_once(char::is_whitespace)
            .map(|(stage, label)| (stage.trim_end(), Some(label))),
    };
    let (stage, label) = match stage {
        Some((stage, label)) => (Some(stage), label),
        None => (None, Some(lead)),
    };
    quantity.label = label.map(Into::into);
    Some(match stage {
        Some(stage) => Measure::Milestone(Milestone {
            text: stage.into(),
            quantity: Some(quantity),
        }),
        None => Measure::Quantity(quantity),
    })
}

/// Tells whether words are short and plain enough for a label or a stage.
pub(super) fn is_phrase(text: &str) -> bool {
    let plain = text.chars().all(|c| {
        is_japanese(c)
            || c.is_ascii_alphanumeric()
            || c.is_whitespace()
            || is_open(c)
            || is_close(c)
            || "、,，・･/-−－‐–—―~〜～→⇒&＆:.ﾞﾟ々〆ヶ".contains(c)
    });
    let ends = text
        .chars()
        .next_back()
        .is_some_and(|c| is_japanese(c) || c.is_ascii_alphanumeric() || is_close(c));
    let starts = text
        .chars()
        .next()
        .is_some_and(|c| is_japanese(c) || c.is_ascii_alphanumeric() || is_open(c));
    plain
        && starts
        && ends
        && text.chars().any(is_japanese_letter_or_date)
        && text.chars().count() <= LONGEST_LABEL
        && is_balanced(text)
}

fn is_japanese_letter_or_date(c: char) -> bool {
    (is_japanese(c) && !matches!(c, 'ー' | 'ｰ')) || c.is_ascii_alphanumeric()
}

fn is_date(text: &str) -> bool {
    dated(text).is_some_and(|length| {
        let rest = text[length..].trim();
        ["", "末", "現在", "時点", "末現在", "末時点", "実績"].contains(&rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::measure;

    #[test]
    fn words_before_a_number_are_a_label_or_a_stage() {
        for (text, stage, label, value) in [
            ("利用率12%", "", "利用率", 12),
            ("利用率 12%", "", "利用率", 12),
            ("計6件", "", "計", 6),
            ("締結済件数:12件", "", "締結済件数", 12),
            ("締結済件数：\n12件", "", "締結済件数", 12),
            ("延べ人数 800人", "", "人数", 800),
            ("累計導入数：3件", "", "導入数", 3),
            ("利用者数（延べ）800人", "", "利用者数", 800),
            ("延長3km", "", "延長", 3),
            ("参加者延800人", "", "参加者", 800),
            ("延利用者800人", "", "利用者", 800),
            ("契約3件", "", "契約", 3),
            ("遅延3件", "", "遅延", 3),
            ("延べ床面積1,200㎡", "", "延べ床面積", 1200),
            ("R6.3.31現在 12件", "", "R6.3.31現在", 12),
            ("サーバー3台", "", "サーバー", 3),
            ("選定\n6件", "選定", "", 6),
            ("選定 6件", "選定", "", 6),
            ("選定（6件）", "選定", "", 6),
            ("選定\n(累計)6件", "選定", "", 6),
            ("選定 計6件", "選定", "計", 6),
            ("第2期計画策定 1件", "第2期計画策定", "", 1),
            ("随時\n3件", "随時", "", 3),
        ] {
            let read = measure(text);
            let quantity = read
                .as_ref()
                .and_then(Measure::quantity)
                .unwrap_or_else(|| panic!("{text}"));
            let found = match &read {
                Some(Measure::Milestone(milestone)) => milestone.text.as_str(),
                Some(_) | None => "",
            };
            assert_eq!(found, stage, "{text}");
            assert_eq!(quantity.label.as_deref().unwrap_or(""), label, "{text}");
            assert_eq!(quantity.value, value.into(), "{text}");
        }
    }

    #[test]
    fn numbers_that_are_not_the_value_are_refused() {
        for text in [
            "前年比5%",
            "うち3件",
            "超3件",
            "（仮）3件",
            "(目標)3件",
            "残り3件",
            "プラス3件",
            "+3件",
            "±0",
            "×3",
            "≧3件",
            "3件増",
            "5%減",
            "3/5件",
            "1/2",
            "3件（うち新規1件）",
            "3件（見込み）",
            "(145件)",
            "(5)",
            "前年比 ▲5%",
            "延べ800人（累計）",
            "約10件以上",
            "20%以上50%未満",
            "10:30",
            "3件 達成",
            "6件\n選定",
            "3施設で実施",
        ] {
            assert_eq!(measure(text), None, "{text}");
        }
    }
}
