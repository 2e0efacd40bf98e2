//! Tells a text that only holds a place (仮の記載) from one that reports.
//!
//! 「確認中です」 holds a place; 「内容を調査中の案件を整理しました」 reports. What decides is not the word
//! but that nothing else is said: the word is the whole clause, the whole bracket, or all that is
//! said of a figure (件数は確認中). What cannot be told apart passes.

#[cfg(test)]
pub(super) mod cases;
mod form_words;
mod stand_in;

use crate::model::text::nfkc;

/// What was not known yet: alone in a clause or a bracket it holds a place.
const UNKNOWN: [&str; 14] = [
    "調査中",
    "確認中",
    "集計中",
    "照会中",
    "精査中",
    "算定中",
    "算出中",
    "要確認",
    "未確認",
    "未集計",
    "未入力",
    "未記入",
    "ダミー",
    "仮入力",
];
/// The same of what is to come: where the text looks ahead it is an honest answer.
const OPEN: [&str; 2] = ["未定", "未確定"];
/// What will be done later.
const LATER: [&str; 4] = ["後日", "後ほど", "のちほど", "追って"];
/// Filling in the sheet: nobody else is told of that.
const FILL_IN: [&str; 8] = [
    "記入",
    "記載",
    "入力",
    "追記",
    "差し替え",
    "差替え",
    "差替",
    "加筆",
];
/// Telling somebody: of a sheet only where nothing is said to be told.
const TELL: [&str; 6] = ["報告", "提出", "回答", "連絡", "お知らせ", "確認"];
/// How a clause about the future ends.
const FUTURE: [&str; 11] = [
    "",
    "る",
    "ます",
    "する",
    "します",
    "いたします",
    "予定",
    "する予定",
    "とします",
    "させていただきます",
    "願います",
];
/// How a clause that states something ends.
const STATES: [&str; 9] = [
    "です",
    "である",
    "でございます",
    "となります",
    "となっています",
    "となっている",
    "とします",
    "とする",
    "のため",
];
/// Figures and facts that the sheet asks for.
const FIGURES: [&str; 16] = [
    "件数",
    "実績",
    "実績値",
    "数値",
    "数",
    "人数",
    "回数",
    "金額",
    "額",
    "値",
    "率",
    "結果",
    "効果",
    "詳細",
    "内訳",
    "内容",
];
/// Words that stand before and say nothing.
const ADVERBS: [&str; 4] = ["現在", "ただいま", "目下", "まだ"];
/// Our own people, who look it up.
const COLLEAGUES: [&str; 8] = [
    "担当課",
    "関係課",
    "所管課",
    "主管課",
    "各課",
    "原課",
    "担当者",
    "担当",
];

/// The lines of an entry that only hold a place. `ahead` tells that the text is about the future,
/// `aim` is what the department set out to do: where that is a survey, 調査中 is a report.
pub(in crate::check) fn placeholders<'t>(text: &'t str, ahead: bool, aim: &str) -> Vec<&'t str> {
    let lines: Vec<(&str, String)> = text.lines().map(|line| (line, normal(line))).collect();
    let normal_lines: Vec<&str> = lines.iter().map(|(_, line)| line.as_str()).collect();
    let whole = normal_lines.join(" ");
    if stand_in::is_nothing_else(&whole) || OPEN.contains(&stated(&clause(&whole))) {
        return vec![text.trim()];
    }
    if form_words::is_example(&whole) {
        return text.trim().lines().take(1).collect();
    }
    let aim = normal(aim);
    let lines = lines.into_iter().filter(|(_, line)| {
        let parts = brackets(line);
        let of_form = form_words::instructs(&parts);
        let open = stand_in::is_in(line) || is_marked_todo(line);
        of_form || open || has_clause(&parts, ahead, &aim)
    });
    lines.map(|(line, _)| line.trim()).collect()
}

/// Half-width digits and letters, one kind of white space.
fn normal(text: &str) -> String {
    nfkc(text)
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect()
}

/// A clause without white space, bullets and closing marks.
fn clause(text: &str) -> String {
    let bare: String = text.chars().filter(|c| *c != ' ').collect();
    let bare =
        bare.trim_start_matches(|c: char| "・•●○◎■□◆◇▪→⇒※-.)".contains(c) || c.is_ascii_digit());
    bare.trim_end_matches(['。', '、', ',', '.', '…', '・', '!'])
        .to_owned()
}

fn has_clause((outside, inside): &Parts, ahead: bool, aim: &str) -> bool {
    let open: &[&str] = if ahead { &[] } else { &OPEN };
    let holds = |text: &str| {
        let clause = clause(text);
        let stated = stated(&clause);
        let is_unknown = || {
            let said = figure(adverb(stated));
            let survey = |word: &str| aim.contains(word.trim_end_matches('中'));
            UNKNOWN.contains(&said) && !survey(said) || open.contains(&said)
        };
        // What is taken away stands before the word.
        let mut words = UNKNOWN.iter().chain(open);
        let ends = words.any(|word| stated.ends_with(word));
        ends && is_unknown() || is_later(&clause)
    };
    inside
        .iter()
        .any(|text| holds(text) || stand_in::is_nothing_else(text))
        || outside.split(['。', '!']).any(holds)
}

/// What stands outside and inside of a line's brackets.
type Parts = (String, Vec<String>);

/// Parts a line into what stands outside and inside of brackets.
fn brackets(line: &str) -> Parts {
    let (mut outside, mut inside) = (String::new(), Vec::new());
    let mut open: Option<String> = None;
    for c in line.chars() {
        match (c, &mut open) {
            ('(' | '[' | '【' | '〔' | '<', None) => open = Some(String::new()),
            (')' | ']' | '】' | '〕' | '>', Some(text)) => {
                inside.push(std::mem::take(text));
                open = None;
            }
            (c, Some(text)) => text.push(c),
            (c, None) => outside.push(c),
        }
    }
    outside.extend(open);
    (outside, inside)
}

/// What a clause states: 確認中です → 確認中.
fn stated(clause: &str) -> &str {
    let mut ends = STATES.iter().filter_map(|end| clause.strip_suffix(end));
    ends.next().unwrap_or(clause)
}

/// Takes away what says nothing: 現在担当課に確認中 → 確認中.
fn adverb(said: &str) -> &str {
    let said = said.trim_start_matches('、');
    let mut rest = ADVERBS.iter().filter_map(|word| said.strip_prefix(word));
    let rest = rest.next().unwrap_or(said).trim_start_matches('、');
    let asked = COLLEAGUES.iter().find_map(|who| {
        rest.strip_prefix(who)?
            .strip_prefix(['に', 'へ', 'で', 'が'])
    });
    asked.unwrap_or(rest)
}

/// Takes away the figure that is spoken of: 申請件数は確認中 → 確認中.
fn figure(said: &str) -> &str {
    let is_figure = |name: &str| {
        let name = name.trim_end_matches(['等', ':']);
        FIGURES.iter().any(|figure| name.ends_with(figure)) && !name.contains('を')
    };
    for link in ["については", "に関しては", "は", ":"] {
        if let Some((name, rest)) = said.split_once(link) {
            return if is_figure(name) { adverb(rest) } else { said };
        }
    }
    let word = UNKNOWN
        .iter()
        .chain(&OPEN)
        .find(|word| said.ends_with(**word));
    let name = word.and_then(|word| said.strip_suffix(word));
    match name {
        Some(name) if FIGURES.contains(&name) => &said[name.len()..],
        Some(_) | None => said,
    }
}

/// 後日; 後日記入します; 実績は追って報告; never 後日配信 or 結果を後日報告.
fn is_later(clause: &str) -> bool {
    let later = LATER.iter().find(|word| clause.contains(**word));
    let Some((before, rest)) = later.and_then(|word| clause.split_once(word)) else {
        return false;
    };
    let rest = rest.trim_start_matches('、');
    let rest = rest.strip_suffix("です").unwrap_or(rest);
    let does = |verbs: &[&str]| {
        let mut ends = verbs.iter().filter_map(|verb| rest.strip_prefix(verb));
        ends.any(|end| FUTURE.contains(&end))
    };
    let alone = adverb(before.trim_end_matches('、')).is_empty();
    let of_figure = before.ends_with('は') && figure(clause) != clause;
    let on_sheet = does(&FILL_IN) && (before.ends_with(['は', 'を']) || alone);
    on_sheet || ((alone || of_figure) && (rest.is_empty() || does(&TELL)))
}

/// TODO: and TBD as an author leaves them; a TODOリスト is a thing.
fn is_marked_todo(line: &str) -> bool {
    ["TODO", "TBD", "FIXME"].iter().any(|word| {
        line.match_indices(word).any(|(at, _)| {
            let (before, after) = (&line[..at], &line[at + word.len()..]);
            let starts = before
                .chars()
                .next_back()
                .is_none_or(|c| !c.is_alphanumeric());
            let named = ["リスト", "アプリ", "管理"]
                .iter()
                .any(|name| after.trim_start().starts_with(name));
            let ends = after.chars().next().is_none_or(|c| !c.is_alphanumeric());
            starts && ends && !named
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_judged(text in "([○●〇XｘX*？件人年月日第0０%、。（）() \n]|確認中|後日|記入|は|TODO|未定){0,12}") {
            for line in super::placeholders(&text, false, "") {
                prop_assert!(text.contains(line));
            }
        }
    }
}
