//! Where small wording ends and another name begins.

use crate::model::text::name_key;

/// Words that only join others.
const JOINTS: [&str; 12] = [
    "及び",
    "および",
    "並びに",
    "ならびに",
    "の",
    "と",
    "に",
    "へ",
    "を",
    "で",
    "や",
    "等",
];
/// Spellings of か所.
const PLACES: [&str; 5] = ["箇所", "ヶ所", "カ所", "ヵ所", "個所"];

/// Tells whether two names of a KPI differ in small wording only (P09): in marks, joining words and
/// the spelling of か所, or in one or two characters of a name five times as long. Then digits are
/// the same, and so is the end, which says what is counted. Anything else is a likely rename (P04).
pub(super) fn is_small(plan: &str, returned: &str) -> bool {
    let (plan, returned) = (plain(plan), plain(returned));
    if without_joints(&plan) == without_joints(&returned) {
        return true;
    }
    let digits = |name: &str| -> String { name.chars().filter(char::is_ascii_digit).collect() };
    let end = |name: &str| -> Vec<char> { name.chars().rev().take(2).collect() };
    let edits = strsim::damerau_levenshtein(&plan, &returned);
    digits(&plan) == digits(&returned)
        && end(&plan) == end(&returned)
        && edits <= 2
        && edits * 5 <= plan.chars().count()
}

/// A name without case and without marks.
fn plain(name: &str) -> String {
    let mut name = name_key(name).to_lowercase();
    for place in PLACES {
        name = name.replace(place, "か所");
    }
    name.retain(char::is_alphanumeric);
    name
}

fn without_joints(name: &str) -> String {
    JOINTS
        .iter()
        .fold(name.to_owned(), |name, word| name.replace(word, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_wording_leaves_the_name_what_it_is() {
        for (plan, returned) in [
            ("学校訪問の参加回数", "学校訪問への参加回数"),
            ("人材の確保及び育成の件数", "人材の確保と育成の件数"),
            ("学校訪問、就職説明会等の回数", "学校訪問・就職説明会の回数"),
            ("相談窓口を置くか所数", "相談窓口を置く箇所数"),
            (
                "研修参加者数(オンライン研修を含む)",
                "研修参加者数 オンライン研修を含む",
            ),
            ("研修参加者数", "研修への参加者数"),
            (
                "窓口改革推進委員会の開催回数",
                "窓口改革推進員委員会の開催回数",
            ),
            ("AI-OCRの導入業務数", "aiocrの導入業務数"),
            ("行政手続のオンライン化件数", "行政手続きのオンライン化件数"),
        ] {
            assert!(is_small(plan, returned), "{plan} {returned}");
            assert!(is_small(returned, plan), "{returned} {plan}");
        }
    }

    #[test]
    fn another_name_is_no_small_wording() {
        for (plan, returned) in [
            ("学校訪問の回数", "学校訪問の参加者数"),
            ("研修参加者数", "研修参加率"),
            ("オンライン申請の利用件数", "オンライン申請の利用者数"),
            ("R5年度の新規採用職員数", "R6年度の新規採用職員数"),
            ("第2期計画の策定件数", "第3期計画の策定件数"),
            ("件数", "人数"),
            ("相談窓口数", "相談件数"),
            ("協定の締結数", "協定の検証数"),
        ] {
            assert!(!is_small(plan, returned), "{plan} {returned}");
        }
    }
}
