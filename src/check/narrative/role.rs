//! What the words around a number make of it.

use crate::model::FiscalYear;
use crate::model::text::fold;

/// What a count is to the value it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Role {
    /// So many were done.
    Done,
    /// 計, 合計: its parts stand beside it.
    Total,
    /// 年間: the year as a whole.
    Year,
    /// 累計, これまでに: since the plan began.
    Cumulative,
    /// うち: a part of what was counted already.
    Share,
    /// 目標, 予定: not done.
    Aim,
    /// Of another year.
    Aside,
    /// Understood in part: 各, ずつ, 約, など, ranges, changes, words for digits.
    Unclear,
}

/// So many characters before and behind a number are looked at.
const BEFORE: usize = 80;
const BEHIND: usize = 60;
/// Directly before a number: rough, one for each, what is left.
const UNCLEAR_BEFORE: &str = "約 およそ おおよそ 概ね おおむね ほぼ 最大 最低 週 月 × x 残り あと 残る ▲ △ \
    当たり あたり たり 全 済みの 済の 平均";
/// Directly behind a number and its unit: the same.
const UNCLEAR_BEHIND: &str = "程度 ほど 前後 以上 以下 以内 未満 超 を超 余 弱 強 近く あまり くらい ぐらい ずつ \
    当たり あたり につき ごと 毎 目 のうち の内 中 など 等 ほか をはじめ の増 の減 増加 減少 増と 減と 増の 減の \
    多い 多く 少な / ~ に加え に分け シリーズ コース 連続 の計画";
/// What begins like a word of the list and is another.
const CLEAR_BEHIND: &str = "中学 中旬 中心 強化 余裕 目的 目標 超過勤務 等級";
/// Anywhere in the clause: the count is not the whole.
const UNCLEAR_BESIDE: &str = "除く 除い 除き 重複 それぞれ 各 毎月 毎週 隔月 × 主に 例えば 時点 現在 引き続き 連続 平均 当たり あたり";
/// Words that end in 計 and add nothing up.
const NO_TOTALS: &str = "集計 統計 設計 会計 推計 家計 時計";
const TOTALS: &str = "計 合わせて あわせて 合わせ あわせ 総数 全体";
const WHOLE_YEAR: &str = "年間 通年 年度合計 1年 今年度 本年度";
const SINCE_THE_START: &str = "累計 これまで 通算 以来";
const OTHER_YEARS: &str = "前年 昨年 前回 過年度 従来 当初";
const TO_COME: &str = "次年度 来年度 翌年度 今後 来年 将来";
const AIMS_BEFORE: &str = "目標 目標値 定員";
const AIMS_BEHIND: &str = "の目標 を目標 を目指 を目途 が目標 の予定 を予定 (予定 を見込 の見込";
/// Words between a number and the word that says what it is.
const BETWEEN: &str = "新たに 更に さらに 延べ のべ で は に の";

/// Tells the role from the words of the sentence before the number and behind its unit.
pub(super) fn role(before: &str, after: &str, year: FiscalYear) -> Role {
    let (before, after) = (last(before, BEFORE), first(after, BEHIND));
    let clause = before.rsplit(['、', '\n', ';', ',']).next().unwrap_or("");
    let rest = after.split(['、', '\n', ';']).next().unwrap_or("");
    let behind = rest.trim_start_matches([' ', ')', '」']);
    let ends = |text: &str, list| words(list).any(|word| text.ends_with(word));
    let holds = |text: &str, list| words(list).any(|word| text.contains(word));
    let mut near = clause.trim_end_matches([' ', '(', ')', ':']);
    for word in words(BETWEEN) {
        near = near.trim_end_matches(word);
    }
    if is_unclear(before, clause, behind)
        || holds(clause, UNCLEAR_BESIDE)
        || holds(rest, UNCLEAR_BESIDE)
    {
        Role::Unclear
    } else if ends(near, AIMS_BEFORE) || is_to_come(clause, behind, rest) {
        Role::Aim
    } else if holds(clause, OTHER_YEARS) || names_another_year(clause, year) {
        Role::Aside
    } else if ends(near, SINCE_THE_START) {
        Role::Cumulative
    } else if ends(near, WHOLE_YEAR) {
        Role::Year
    } else if ends(near, TOTALS) && !ends(near, NO_TOTALS) {
        Role::Total
    } else if before.contains("うち") {
        Role::Share
    } else {
        Role::Done
    }
}

fn is_unclear(before: &str, clause: &str, behind: &str) -> bool {
    let near = clause.trim_end();
    // 2~3件, 2、3件, 2・3件
    let earlier = before.trim_end_matches(['~', '、', '・', '-', ',']);
    let ranged = earlier.len() < before.len() && earlier.ends_with(|c: char| c.is_ascii_digit());
    // 3件増 and 3件減, but not 3件増やした.
    let changed = behind
        .strip_prefix(['増', '減'])
        .is_some_and(|rest| !rest.starts_with(['や', 'ら', 'え', '設', '築']));
    let rough = words(UNCLEAR_BEHIND).any(|word| behind.starts_with(word));
    let clear = words(CLEAR_BEHIND).any(|word| behind.starts_with(word));
    let so_many = words(UNCLEAR_BEFORE).any(|word| near.ends_with(word));
    ranged || changed || rough && !clear || so_many || follows_a_count(near)
}

/// Tells whether a number and its unit stand directly before: 1日2回, 4校3人, 3年間で9件.
fn follows_a_count(before: &str) -> bool {
    let number = before.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = &before[number.len()..];
    let date = ["年度", "年", "月", "日", "期"].contains(&unit);
    let word = |c: char| c.is_alphabetic() && !"をはがにでとのもへや".contains(c);
    let short = (1..=3).contains(&unit.chars().count());
    let years = unit.starts_with("年間") || unit.starts_with("か年") || unit.starts_with("カ年");
    !number.is_empty() && (years || short && !date && unit.chars().all(word))
}

/// Tells whether a count is one that is expected; 予定どおり says that it came about.
fn is_to_come(clause: &str, behind: &str, rest: &str) -> bool {
    let hoped = ["予定", "見込"].iter().any(|word| {
        let mut found = rest.match_indices(word);
        found.any(|(at, _)| !rest[at + word.len()..].starts_with(['ど', '通']))
    });
    hoped
        || words(AIMS_BEHIND).any(|word| behind.starts_with(word))
        || words(TO_COME).any(|word| clause.contains(word))
}

/// Tells whether a fiscal year other than this is named.
pub(super) fn names_another_year(text: &str, year: FiscalYear) -> bool {
    let folded = fold(text);
    let mut named = folded.match_indices("年度").filter_map(|(at, word)| {
        let end = at + word.len();
        // 令和 and two digits are the longest spelling in use.
        let start = folded[..at]
            .char_indices()
            .rev()
            .take(4)
            .map(|(start, _)| start);
        start
            .filter_map(|start| FiscalYear::parse(&folded[start..end]))
            .last()
    });
    named.any(|named| named != year)
}

/// The words of a list.
pub(super) fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split_whitespace()
}

fn last(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().take(count).last();
    start.map_or(text, |(start, _)| &text[start..])
}

fn first(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count);
    end.map_or(text, |(end, _)| &text[..end])
}
