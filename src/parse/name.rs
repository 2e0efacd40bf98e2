//! A KPI's name cell: the name, and the baseline behind it.
//!
//! `raw` is the whole text that follows the name as it was typed, without surrounding white space:
//! name, line break and raw, written into one cell, read back as the same name and raw.

use crate::model::Measure;
use crate::model::text::strip_marks;

use super::baseline::{Heading, LEADS, baseline};
use super::date::as_of;
use super::glyph::{enclosed, is_open, is_tilde, leading_bracket, narrow, trailing_bracket};
use super::measure::measure;
use super::words::Joint;

/// A name cell with more places that look like a date is no name cell.
const MOST_CANDIDATES: usize = 64;

/// Splits a KPI's name cell into the name and the raw baseline behind it.
///
/// The baseline begins at its date or year, or at a word like 基準値, on a new line, after white space
/// or in brackets; a year of the name's own stays in the name unless a colon or a value follows it.
///
/// ```
/// # use torimatome::parse::split_name;
/// let (name, raw) = split_name("R5年度採用者数\nR3年度：3人");
/// assert_eq!((name.as_str(), raw.as_deref()), ("R5年度採用者数", Some("R3年度：3人")));
/// ```
pub fn split_name(text: &str) -> (String, Option<String>) {
    let (joined, set_apart): (Vec<_>, Vec<_>) = candidates(text)
        .take(MOST_CANDIDATES)
        .partition(|(_, start)| *start == Start::Joined);
    for (at, start) in set_apart.into_iter().chain(joined) {
        let (name, raw) = (text[..at].trim(), text[at..].trim());
        if begins_baseline(&text[at..], start) && reads_back(name, raw) {
            return (name.to_owned(), Some(raw.to_owned()));
        }
    }
    (text.trim().to_owned(), None)
}

/// Tells whether name, line break and raw, written into one cell, would be cut there again.
fn reads_back(name: &str, raw: &str) -> bool {
    let cell = format!("{name}\n{raw}");
    let mut set_apart = candidates(&cell)
        .take(MOST_CANDIDATES)
        .filter(|(_, start)| *start != Start::Joined);
    let first = set_apart.find(|(at, start)| begins_baseline(&cell[*at..], *start));
    first.is_some_and(|(at, _)| cell[at..] == *raw)
}

/// How a candidate stands in its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    /// On a new line.
    Line,
    /// After white space within a line.
    Space,
    /// At an opening bracket.
    Bracket,
    /// Right behind the name, its line break lost.
    Joined,
}

/// Places where a baseline could begin, from the left: only where a date or an announcing word stands.
fn candidates(text: &str) -> impl Iterator<Item = (usize, Start)> {
    let mut before: Option<char> = None;
    let mut broken = false;
    let places = text.char_indices().filter_map(move |(at, c)| {
        let gap = before.is_none_or(char::is_whitespace);
        let after_open = before.is_some_and(is_open);
        broken = gap && (broken || before == Some('\n'));
        before = Some(c);
        let start = match c {
            c if c.is_whitespace() => return None,
            c if is_open(c) => Start::Bracket,
            _ if broken => Start::Line,
            _ if gap => Start::Space,
            'R' | 'Ｒ' | 'H' | 'Ｈ' | '令' | '平' | '基' if !after_open => Start::Joined,
            _ => return None,
        };
        (!text[..at].trim().is_empty()).then_some((at, start))
    });
    places.filter(move |(at, start)| {
        let head: String = text[*at..].chars().take(40).collect();
        let head = narrow(&head);
        let head = head.trim_start_matches(|c: char| is_open(c) || c.is_whitespace());
        let announced = LEADS.iter().any(|lead| head.starts_with(lead));
        as_of(head).is_some() || announced || *start == Start::Line && is_dated_value(&text[*at..])
    })
}

fn begins_baseline(rest: &str, start: Start) -> bool {
    let text = strip_marks(&narrow(rest));
    let text = text.trim();
    if start != Start::Bracket {
        return is_baseline(text, start);
    }
    match leading_bracket(text) {
        Some((inner, rest)) if rest.trim().is_empty() => is_baseline(inner.trim(), start),
        Some(_) => is_baseline(text, start),
        None => false,
    }
}

/// Tells whether a line is a value with its date behind it: `30件（R3年度末）`.
fn is_dated_value(text: &str) -> bool {
    let text = narrow(text);
    let text = text.trim();
    let dated = trailing_bracket(text).and_then(|(_, inner)| as_of(inner.trim()));
    let begins = text.starts_with(|c: char| c.is_ascii_digit() || is_open(c));
    begins && dated.is_some() && baseline(text).is_some_and(|read| read.as_of.is_some())
}

fn is_baseline(text: &str, start: Start) -> bool {
    let Some(heading) = Heading::read(text) else {
        return start == Start::Line && is_dated_value(text);
    };
    let rest = heading.rest.trim();
    // 協定数（R4年度）の件数: a year in brackets belongs to the name unless figures follow it.
    let aside = text.starts_with(is_open) && !heading.announced;
    match heading.joint {
        Joint::Colon => true,
        Joint::Gap | Joint::Direct if start == Start::Joined => false,
        Joint::Gap if aside => leads_to_value(rest, Start::Space),
        Joint::Gap => leads_to_value(rest, start),
        Joint::Direct => match measure(rest) {
            Some(Measure::Quantity(quantity)) => quantity
                .label
                .is_none_or(|label| !has_figures(&label) && rest.contains(':')),
            Some(Measure::Compound(_) | Measure::AsNeeded | Measure::Nothing(_)) => true,
            // H30～R2平均：5件 is no single baseline, but it is one, and a question to the department.
            Some(Measure::Milestone(_)) | None => is_span(rest),
        },
    }
}

/// Tells whether a text, its first line or its first word is a value; a stage must be all of it.
fn leads_to_value(text: &str, start: Start) -> bool {
    let line = text.lines().next().unwrap_or("");
    let word = text.split_whitespace().next().unwrap_or("");
    is_value(text, start != Start::Space) || is_value(line, false) || is_value(word, false)
}

fn is_value(text: &str, stage: bool) -> bool {
    let read = measure(text).or_else(|| measure(enclosed(text)?));
    match read {
        Some(Measure::Quantity(quantity)) => {
            !quantity.label.is_some_and(|label| has_figures(&label))
        }
        Some(Measure::Compound(_) | Measure::AsNeeded | Measure::Nothing(_)) => true,
        Some(Measure::Milestone(_)) => stage,
        None => false,
    }
}

fn is_span(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or("");
    line.starts_with(is_tilde) && line.contains(':')
}

fn has_figures(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::baseline;
    use proptest::prelude::*;

    #[test]
    fn names_and_baselines_are_split() {
        for (text, name, raw) in [
            ("窓口数\nR3年度：0か所", "窓口数", "R3年度：0か所"),
            ("窓口数　R3年度：0か所", "窓口数", "R3年度：0か所"),
            ("窓口数 R3年度 0か所", "窓口数", "R3年度 0か所"),
            ("窓口数\nR3年度 未実施", "窓口数", "R3年度 未実施"),
            ("窓口数\nR3年度0か所", "窓口数", "R3年度0か所"),
            ("窓口数（R3年度：0か所）", "窓口数", "（R3年度：0か所）"),
            ("窓口数\n【R3年度：0か所】", "窓口数", "【R3年度：0か所】"),
            ("窓口数R3年度：0か所", "窓口数", "R3年度：0か所"),
            (
                "窓口数\n【基準値】R3年度：0か所",
                "窓口数",
                "【基準値】R3年度：0か所",
            ),
            ("窓口数\n【基準値】0か所", "窓口数", "【基準値】0か所"),
            ("窓口数\n基準値：30件", "窓口数", "基準値：30件"),
            ("窓口数\n【R3年度】5件", "窓口数", "【R3年度】5件"),
            ("窓口数[R3年度]\n5件", "窓口数", "[R3年度]\n5件"),
            ("窓口数\nR3年度　実績なし", "窓口数", "R3年度　実績なし"),
            ("窓口数\nR3年度(決算)：5件", "窓口数", "R3年度(決算)：5件"),
            ("窓口数\nH30～R2平均：5件", "窓口数", "H30～R2平均：5件"),
            ("窓口数\nR3年度：", "窓口数", "R3年度："),
            ("窓口数\n30件（R3年度末）", "窓口数", "30件（R3年度末）"),
            ("窓口数\n㋿３年度：30件", "窓口数", "㋿３年度：30件"),
            ("窓口数\nR3年度＝30件", "窓口数", "R3年度＝30件"),
            ("窓口数\n基準値30件", "窓口数", "基準値30件"),
            (
                "窓口数\nR3年度（2021年度）：30件",
                "窓口数",
                "R3年度（2021年度）：30件",
            ),
            (
                "窓口数 R2年度 5件　R3年度 6件",
                "窓口数",
                "R2年度 5件　R3年度 6件",
            ),
            (
                "採用者数（R5年度）\nR3年度：3人",
                "採用者数（R5年度）",
                "R3年度：3人",
            ),
            (
                "窓口数\n基準値（R3年度：5件）",
                "窓口数",
                "基準値（R3年度：5件）",
            ),
            (
                "窓口数\n基準値(R3年度)：30件",
                "窓口数",
                "基準値(R3年度)：30件",
            ),
            ("窓口数\nR3年度（30件）", "窓口数", "R3年度（30件）"),
            (
                "削減効果\n(R3年度 250時間/年)",
                "削減効果",
                "(R3年度 250時間/年)",
            ),
            (
                "協定件数(防災協定除く)\nR4.3.31現在締結済件数:12件",
                "協定件数(防災協定除く)",
                "R4.3.31現在締結済件数:12件",
            ),
            (
                "件数\n令和３年度実績：３０件",
                "件数",
                "令和３年度実績：３０件",
            ),
            (
                "件数\nR3年度：調査中。\n後日報告",
                "件数",
                "R3年度：調査中。\n後日報告",
            ),
            (
                "件数\nR2年度：5件\nR3年度：6件",
                "件数",
                "R2年度：5件\nR3年度：6件",
            ),
            (
                "R5年度採用者数\nR3年度：3人",
                "R5年度採用者数",
                "R3年度：3人",
            ),
            (
                "新規 R5年度採用者数\nR3年度：3人",
                "新規 R5年度採用者数",
                "R3年度：3人",
            ),
            (
                "新規\nR5年度 件数\nR3年度：3人",
                "新規\nR5年度 件数",
                "R3年度：3人",
            ),
            (
                "学校訪問、\n説明会 \n R3年度：①2校、②4回",
                "学校訪問、\n説明会",
                "R3年度：①2校、②4回",
            ),
        ] {
            assert_eq!(
                split_name(text),
                (name.to_owned(), Some(raw.to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn a_years_name_stays_in_the_name() {
        for text in [
            "",
            "令和4年度以降の新規協定数",
            "新規協定数（R4年度）",
            "新規協定数（R4年度）の件数",
            "件数\nR3年度",
            "新規協定数（R4年度～R6年度）",
            "新規協定数\n(令和4年度以降)",
            "新規 R5年度採用者数",
            "研修参加者数 R5年度 目標件数",
            "基準値超過件数",
            "件数\n基準値超過の件数",
            "窓口数（R3年度：5か所）の増加",
            "窓口数(R3年度",
            "研修参加者数(オンライン研修を含む)",
        ] {
            assert_eq!(split_name(text), (text.to_owned(), None), "{text}");
        }
    }

    #[test]
    fn a_hostile_cell_takes_no_time() {
        for text in [
            "R3 ".repeat(10_000),
            "(".repeat(30_000),
            "(R3".repeat(10_000),
        ] {
            let (name, _) = split_name(&text);
            assert!(!name.is_empty());
            assert_eq!(baseline(&text), None);
        }
    }

    fn pieces() -> impl Strategy<Value = String> {
        let piece = proptest::sample::select(vec![
            "件数",
            "窓口数",
            "R3年度",
            "R5年度",
            "令和4年",
            "R4.3.31",
            "現在",
            "実績",
            "：",
            ":",
            " ",
            "\n",
            "　",
            "(",
            ")",
            "【",
            "】",
            "基準値",
            "3人",
            "①2校",
            "—",
            "未実施",
            "※1",
            "12",
            "の",
        ]);
        proptest::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn name_line_break_and_raw_read_back(text in pieces()) {
            let (name, raw) = split_name(&text);
            if let Some(raw) = raw {
                let written = format!("{name}\n{raw}");
                prop_assert_eq!(split_name(&written), (name, Some(raw)), "{}", written);
            } else {
                prop_assert_eq!(name, text.trim());
            }
        }
    }
}
