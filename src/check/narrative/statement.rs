//! What an assessment states of a KPI: its value, or how it stands to its target.

use super::count::{Count, counts};
use super::role::{Role, names_another_year, words};
use super::sentence::Sentence;
use super::subject::Subject;
use crate::model::FiscalYear;

/// Words that state a result.
const RESULTS: &str = "実績 累計 となり となっ でした に達し に上り にとどま であり";
/// What may stand between a topic and its value.
const FILLERS: &str = "令和 年度 累計 延べ 合計 年間 今年度 本年度 実績値 実績 計 で は 、 ( )";

/// The one count that a sentence states as a KPI's value, as it was typed; sentences that state
/// several, a part, a change or another year's value state none.
pub(in crate::check) fn stated_value(
    sentences: &[Sentence],
    subject: &Subject,
    rivals: &[Subject],
    unit: &str,
    year: FiscalYear,
) -> Vec<(Count, String)> {
    let all = counts(sentences, unit, year);
    let stated = all.iter().filter(|count| {
        let of_sentence = all.iter().filter(|other| other.sentence == count.sentence);
        let alone = of_sentence.filter(|other| is_plain(other)).count() == 1;
        let sentence = sentences.get(count.sentence);
        let states = |one: &Sentence| states(one, count, subject, rivals);
        alone && is_plain(count) && sentence.is_some_and(states)
    });
    stated
        .map(|count| (count.clone(), count.text(sentences).to_owned()))
        .collect()
}

fn is_plain(count: &Count) -> bool {
    match count.role {
        Role::Done | Role::Total | Role::Year | Role::Cumulative => true,
        Role::Share | Role::Aim | Role::Aside | Role::Unclear => false,
    }
}

fn states(sentence: &Sentence, count: &Count, subject: &Subject, rivals: &[Subject]) -> bool {
    let before = &sentence.text[..count.range.start];
    let result = words(RESULTS).any(|word| sentence.text.contains(word));
    let Some((topic, between)) = topic(before) else {
        return false;
    };
    let own = subject.coverage(topic);
    let other = rivals
        .iter()
        .map(|rival| rival.coverage(topic))
        .max()
        .unwrap_or(0);
    let named = subject.is_named(topic) && subject.covers(topic);
    result && is_filler(between) && named && own > other
}

/// The words of the clause before its last は or が, and what stands behind.
fn topic(before: &str) -> Option<(&str, &str)> {
    let at = before.rfind(['は', 'が'])?;
    let (topic, between) = (&before[..at], &before[at + 'は'.len_utf8()..]);
    let topic = topic.rsplit(['、', '\n', '。']).next().unwrap_or(topic);
    Some((topic, between))
}

fn is_filler(between: &str) -> bool {
    let mut rest = between.trim();
    while !rest.is_empty() {
        let filler = words(FILLERS).find_map(|word| rest.strip_prefix(word));
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

/// A claim ends its sentence or its clause; 目標を達成した施設 claims nothing.
const REACHED: &str = "達成しました 達成できました 達成することができました 達成した。 達成できた。 達成することができた。 達成。 \
    達成し、 達成でき、 達成することができ、 達しました クリアしました";
const MISSED: &str = "達成できませんでした 達成できなかった 達成できず 達成することができませんでした 達成することができなかった \
    達成しませんでした 達成しなかった 達成には至りませんでした 達成に至りませんでした 達成には至らなかった 達成に至らなかった \
    届きませんでした 届かなかった 届かず 及びませんでした 及ばなかった 未達成。 未達成となりました 未達。";
const ABOVE: &str = "上回りました 上回った。 上回る 上回り、 上回って 上回ることができました 上回ることができた。 \
    超えました 超えた。 超える 超え、 超えて 超えることができました 超えることができた。";
const BELOW: &str = "下回りました 下回った。 下回る 下回り、 下回って 下回ることとなりました";
/// Words that make a claim conditional, partial, of another time or of another thing.
const HEDGES: &str = "ため に向け へ向け べく よう 見込 予定 次年度 来年度 翌年度 今後 概ね おおむね ほぼ 一部 おそれ 恐れ \
    可能性 れば なら 場合 前年 昨年 最終 中間 まで ながら ものの 一方 期待 目指 時点 半数 割 以外 除 だけ のみ 必要 課題 \
    上半期 下半期 前期 後期 四半期 月間 単月 とは 難し";
/// Words of a topic that say nothing of what it is.
const NEUTRAL: &str = "令和 今年度 本年度 年度 取組 実績 結果 全体 数値 年間 については に関しては としては ついて \
    では には は が も の に で いずれ 全て すべて ともに 大きく 大幅に";
/// So many characters may stand between the target and what became of it.
const APART: usize = 20;

/// Reads what a sentence claims of a target; `None` where it claims nothing for certain.
pub(in crate::check) fn claim(sentence: &str, year: FiscalYear) -> Option<Claim> {
    let hedged = words(HEDGES).any(|word| sentence.contains(word));
    let month = |(at, _): (usize, &str)| sentence[..at].ends_with(|c: char| c.is_ascii_digit());
    let of_month = sentence.match_indices('月').any(month);
    if hedged || of_month || names_another_year(sentence, year) {
        return None;
    }
    let sentence = format!("{sentence}。");
    let (_, rest) = sentence.split_once("目標")?;
    let says = |list: &str| {
        let found = words(list).filter_map(|word| Some((rest.find(word)?, word.len())));
        let mut claimed = found.filter(|(at, length)| {
            let (between, behind) = (&rest[..*at], &rest[at + length..]);
            let apart = between.chars().count() > APART || between.contains(['、', '。']);
            let share = between.contains(|c: char| c.is_ascii_digit());
            !apart && !share && !between.ends_with('未') && !behind.starts_with("こと")
        });
        claimed.next().is_some()
    };
    let found = [
        (says(MISSED), Claim::Missed),
        (says(REACHED), Claim::Reached),
        (says(ABOVE), Claim::Above),
        (says(BELOW), Claim::Below),
    ];
    let mut claims = found.into_iter().filter(|(says, _)| *says);
    match (claims.next(), claims.next()) {
        (Some((_, claim)), None) => Some(claim),
        (Some(_) | None, Some(_) | None) => None,
    }
}

/// Tells whether everything that a sentence says of its target speaks of a subject: its topics, and
/// the words before 目標. Causes (〜により、) are no topics.
pub(in crate::check) fn speaks_of(sentence: &str, subject: &Subject) -> bool {
    let before = sentence.split("目標").next().unwrap_or("");
    let cut = before.rfind(['、', 'は', 'が', 'も']);
    let (head, owner) = before.split_at(cut.map_or(0, |at| at + '、'.len_utf8()));
    let is_topic = |piece: &&str| piece.ends_with(['は', 'が', 'も']) || piece.ends_with("ついて");
    let mut topics = head.split('、').filter(is_topic);
    let cause = ["により", "から", "て", "で"]
        .iter()
        .any(|word| owner.ends_with(word));
    let own = cause || is_neutral(owner);
    own && topics.all(|topic| is_neutral(topic) || subject.is_meant(topic))
}

/// Tells whether words name nothing: 今年度は, 実績が. That no other year is named is known before.
fn is_neutral(text: &str) -> bool {
    let mut rest = text.trim();
    while !rest.is_empty() {
        let word = words(NEUTRAL).find_map(|word| rest.strip_prefix(word));
        let digit = || rest.strip_prefix(|c: char| c.is_ascii_digit() || c == 'R');
        let Some(shorter) = word.or_else(digit) else {
            return false;
        };
        rest = shorter;
    }
    true
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
            ("目標を達成した施設を公表しました", None),
            ("数値目標は未達成。", Some(Claim::Missed)),
            ("目標を達成。", Some(Claim::Reached)),
            ("目標の90%を達成しました", None),
            ("目標を上回ることができた", Some(Claim::Above)),
            ("目標を上回ることはできませんでした", None),
            ("目標を見直し、参加者が定員を上回りました", None),
            ("目標を達成したものの、届かなかったものもありました", None),
        ] {
            assert_eq!(claim(text, FiscalYear(2023)), expected, "{text}");
        }
    }
}
