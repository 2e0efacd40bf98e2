//! What an assessment states of a KPI: its value, or how it stands to its target.

use super::count::{Count, counts};
use super::role::Role;
use super::sentence::{Sentence, sentences};
use super::subject::Subject;
use crate::model::FiscalYear;

/// Words that state a result.
const RESULTS: [&str; 9] = [
    "実績",
    "累計",
    "となり",
    "となっ",
    "でした",
    "に達し",
    "に上り",
    "にとどま",
    "であり",
];
/// What may stand between a topic and its value.
const FILLERS: [&str; 16] = [
    "令和",
    "年度",
    "累計",
    "延べ",
    "合計",
    "年間",
    "今年度",
    "本年度",
    "実績値",
    "実績",
    "計",
    "で",
    "は",
    "、",
    "(",
    ")",
];
/// Heads of a topic that stand for the KPI.
const HEADS: [&str; 8] = [
    "実績",
    "実績値",
    "件数",
    "回数",
    "人数",
    "数値",
    "累計",
    "合計",
];

/// The one count that a sentence states as a KPI's value, as it was typed; sentences that state
/// several, a part, a change or another year's value state none.
pub(in crate::check) fn stated_value(
    text: &str,
    subject: &Subject,
    rivals: &[Subject],
    unit: &str,
    year: FiscalYear,
) -> Vec<(Count, String)> {
    let sentences = sentences(text);
    let all = counts(&sentences, unit, year);
    let stated = all.iter().filter(|count| {
        let alone = all
            .iter()
            .filter(|other| other.sentence == count.sentence)
            .count()
            == 1;
        let plain = match count.role {
            Role::Done | Role::Total | Role::Year | Role::Cumulative => true,
            Role::Share | Role::Aim | Role::Aside | Role::Unclear => false,
        };
        let sentence = sentences.get(count.sentence);
        alone && plain && sentence.is_some_and(|one| states(one, count, subject, rivals))
    });
    stated
        .map(|count| (count.clone(), count.text(&sentences).to_owned()))
        .collect()
}

fn states(sentence: &Sentence, count: &Count, subject: &Subject, rivals: &[Subject]) -> bool {
    let before = &sentence.text[..count.range.start];
    let result = RESULTS.iter().any(|word| sentence.text.contains(word));
    let Some((topic, between)) = topic(before) else {
        return false;
    };
    let own = subject.coverage(topic);
    let other = rivals
        .iter()
        .map(|rival| rival.coverage(topic))
        .max()
        .unwrap_or(0);
    let head = topic
        .rsplit(['の', 'に', 'た', 'る', 'な'])
        .next()
        .unwrap_or(topic);
    let is_head = HEADS.contains(&head) || subject.shares(head);
    result && is_filler(between) && subject.is_named(topic) && own > other && is_head
}

/// The words of the clause before its last は or が, and what stands behind.
fn topic(before: &str) -> Option<(&str, &str)> {
    let at = before.rfind(['は', 'が'])?;
    let (topic, between) = (&before[..at], &before[at + 'は'.len_utf8()..]);
    let start = topic
        .rfind(['、', '\n', '。'])
        .map_or(0, |at| at + '、'.len_utf8());
    Some((topic.get(start..)?, between))
}

fn is_filler(between: &str) -> bool {
    let mut rest = between.trim();
    while !rest.is_empty() {
        let filler = FILLERS.iter().find_map(|word| rest.strip_prefix(word));
        let digit = || rest.strip_prefix(|c: char| c.is_ascii_digit() || c == 'R' || c == ' ');
        let Some(shorter) = filler.or_else(digit) else {
            return false;
        };
        rest = shorter;
    }
    true
}

/// How a sentence says that a target and its value stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Claim {
    /// 目標を達成しました
    Reached,
    /// 目標を達成できませんでした
    Missed,
    /// 目標を上回りました
    Above,
    /// 目標を下回りました
    Below,
}

const REACHED: [&str; 7] = [
    "達成しました",
    "達成した",
    "達成でき",
    "達成することができ",
    "達成し、",
    "に達しました",
    "クリアし",
];
const MISSED: [&str; 12] = [
    "達成できません",
    "達成できな",
    "達成できず",
    "達成することができません",
    "達成することができな",
    "達成しません",
    "達成には至",
    "達成に至",
    "届きません",
    "届かな",
    "届かず",
    "及びません",
];
const ABOVE: [&str; 3] = ["上回", "超え", "超過"];
const BELOW: [&str; 1] = ["下回"];
/// Words that make a claim conditional, partial, of another time or of another thing.
const HEDGES: [&str; 40] = [
    "ため",
    "に向け",
    "へ向け",
    "べく",
    "よう",
    "見込",
    "予定",
    "次年度",
    "来年度",
    "翌年度",
    "今後",
    "概ね",
    "おおむね",
    "ほぼ",
    "一部",
    "おそれ",
    "恐れ",
    "可能性",
    "れば",
    "なら",
    "場合",
    "前年",
    "昨年",
    "最終",
    "中間",
    "まで",
    "ながら",
    "ものの",
    "一方",
    "期待",
    "目指",
    "時点",
    "半数",
    "割",
    "以外",
    "除",
    "だけ",
    "のみ",
    "必要",
    "課題",
];

/// Reads what a sentence claims of a target; `None` where it claims nothing for certain.
pub(in crate::check) fn claim(sentence: &str, year: FiscalYear) -> Option<Claim> {
    let at = sentence.find("目標")?;
    let hedged = HEDGES.iter().any(|word| sentence.contains(word));
    if hedged || super::role::names_another_year(sentence, year) {
        return None;
    }
    let rest = &sentence[at..];
    let says = |words: &[&str]| words.iter().any(|word| rest.contains(word));
    let found = [
        (says(&MISSED), Claim::Missed),
        (says(&REACHED) && !says(&MISSED), Claim::Reached),
        (says(&ABOVE), Claim::Above),
        (says(&BELOW), Claim::Below),
    ];
    let mut claims = found
        .into_iter()
        .filter(|(says, _)| *says)
        .map(|(_, claim)| claim);
    let claim = claims.next();
    if claims.next().is_some() { None } else { claim }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_read_only_where_they_are_certain() {
        for (text, expected) in [
            ("移住相談件数は、目標を達成しました", Some(Claim::Reached)),
            ("目標を達成することができました", Some(Claim::Reached)),
            ("目標を達成できませんでした", Some(Claim::Missed)),
            ("目標に届きませんでした", Some(Claim::Missed)),
            ("目標値を大きく上回る結果となりました", Some(Claim::Above)),
            ("目標値を下回りました", Some(Claim::Below)),
            ("目標を達成するため、相談会を増やしました", None),
            ("目標の達成に向け、連携を深めました", None),
            ("目標を概ね達成しました", None),
            ("前年度を上回りました", None),
            ("一部の目標を達成しました", None),
            ("令和6年度に目標を達成する見込みです", None),
            ("目標を設定しました", None),
            ("目標を達成したものの、届かなかったものもありました", None),
        ] {
            assert_eq!(claim(text, FiscalYear(2023)), expected, "{text}");
        }
    }
}
