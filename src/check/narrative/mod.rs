//! What prose says, for the rules that hold text against the table.
//!
//! Sentences ([`sentences`]), the counts in them ([`counts`]) and what they speak of ([`Subject`]).
//! Prose cannot be read for certain: each reader tells what it did not understand, and a rule that
//! meets such a thing stays silent.

mod about;
mod belongs;
mod breakdown;
mod count;
mod name;
mod reading;
mod role;
mod sentence;
mod statement;
mod subject;
mod table;
mod told;

pub(super) use about::{
    figures, last_actuals, names_other_counts, spoken_of, values_in_table, values_of,
};
pub(super) use breakdown::{Breakdown, breakdown};
pub(super) use count::spoken_unit;
pub(super) use name::{Used, drifted, uses};
pub(super) use reading::{Reading, disagreement};
pub(super) use sentence::{Sentence, results, sentences};
pub(super) use statement::{Claim, claim, stated_value};
pub(super) use subject::Subject;
pub(super) use table::grouped;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use proptest::sample::select;

    use super::count::counts;
    use super::role::Role;
    use super::sentences;
    use crate::check::findings;
    use crate::check::fixture::clean;
    use crate::model::FiscalYear;

    /// Pieces of which prose about counts is made, whole or broken.
    const PIECES: &[&str] = &[
        "6",
        "１０",
        "1,2",
        "99999999999999999999",
        "0.5",
        "件",
        "校",
        "回",
        "人",
        " ",
        "\n",
        "、",
        "。",
        "(",
        "）",
        "・",
        "①",
        "※1",
        "■",
        "「",
        "」",
        "：",
        "〜",
        "うち",
        "約",
        "計",
        "累計",
        "年間",
        "第",
        "目",
        "各",
        "ずつ",
        "目標",
        "を",
        "は",
        "の",
        "が",
        "達成しました",
        "上回る",
        "令和4年度",
        "R6年度",
        "内訳",
        "三",
        "億",
        "オンライン申請",
        "学校訪問",
        "サービス",
        "推進委員会",
        "推進員委員会",
        "新しい窓口",
        "拡充しました",
        "参加",
        "\u{200B}",
        "𠮷",
        "か\u{3099}",
    ];

    fn prose() -> impl Strategy<Value = String> {
        prop::collection::vec(select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_prose_is_too_much_for_the_rules(texts in [prose(), prose(), prose(), prose()]) {
            let [first, second, comment, actual] = texts;
            let sheet = clean().put("E22", &first).put("I22", &second).put("D30", &comment);
            let book = sheet.put("A32", &second).put("G12", &actual).book();
            findings(&book, &BTreeMap::new());
        }
    }

    #[test]
    fn a_text_of_too_many_counts_is_given_up() {
        for text in ["申請を1件、", "・申請1件\n"] {
            let sentences = sentences(&text.repeat(5_000));
            let counts = counts(&sentences, "件", FiscalYear(2023));
            assert_eq!(counts.len(), 200);
            assert!(counts.iter().all(|count| count.role == Role::Unclear));
        }
    }
}
