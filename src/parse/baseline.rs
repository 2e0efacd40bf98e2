//! The name cell of a KPI: the name, and the baseline that follows it.

use crate::model::{AsOf, Baseline, FiscalYear, Measure};

use super::fold::{circled, fold_width, unbracket};
use super::measure::{digits, measure};

/// How far behind a date a colon may stand: `R4.3.31現在締結済件数:12件`.
const LABEL_BEFORE_COLON: usize = 24;
/// Words that say nothing but that a baseline follows.
const BASELINE_WORDS: [&str; 3] = ["基準値", "基準", "現状値"];
/// Words between a date and its value.
const AS_OF_WORDS: [&str; 8] = [
    "実績値",
    "実績",
    "末現在",
    "末時点",
    "現在",
    "時点",
    "末",
    "値",
];

/// Splits a KPI's cell into its name and the raw text of its baseline.
///
/// The baseline begins at the date or year it was taken, or at 基準値, on a new line, after white
/// space, in brackets or right behind the name; or it is a quantity alone on the last line. A year
/// within the name is not one: a colon or a value must follow. Raw text is kept as typed, brackets
/// included, only white space around it is not.
pub fn split_name(text: &str) -> (String, Option<String>) {
    let mut previous: Option<char> = None;
    for (at, c) in text.char_indices() {
        let Some(before) = previous.replace(c) else {
            continue;
        };
        let breaks = before.is_whitespace() || matches!(c, '(' | '（' | '【' | '［' | '[' | '〔');
        let rest = &text[at..];
        let starts_date = matches!(c, 'R' | 'Ｒ' | 'H' | 'Ｈ' | '令' | '平' | '基' | '現');
        if c.is_whitespace() || (!breaks && !starts_date) {
            continue;
        }
        let new_line = before == '\n';
        let round = matches!(c, '(' | '（');
        if is_baseline(rest, breaks) || (new_line && !round && is_bare_quantity(rest)) {
            let name = text[..at].trim();
            if !name.is_empty() {
                return (name.to_owned(), Some(rest.trim().to_owned()));
            }
        }
    }
    (text.trim().to_owned(), None)
}

/// Tells whether a text is a baseline from its first character on.
fn is_baseline(text: &str, after_break: bool) -> bool {
    let folded = fold_width(text);
    let folded = folded.trim_start_matches('(');
    if let Some(rest) = BASELINE_WORDS
        .iter()
        .find_map(|word| folded.strip_prefix(word))
    {
        return rest.starts_with([':', ' ', '\n', ')']);
    }
    let Some((_, rest)) = as_of(folded) else {
        return false;
    };
    let colon = rest.chars().take(LABEL_BEFORE_COLON).any(|c| c == ':');
    colon || (after_break && baseline(text).is_some_and(|read| is_value(&read.measure)))
}

/// Behind a date without a colon only a number makes a baseline; words may belong to the name.
fn is_value(measure: &Measure) -> bool {
    match measure {
        Measure::Quantity(_) | Measure::Compound(_) | Measure::Nothing => true,
        Measure::AsNeeded | Measure::Milestone(_) => false,
    }
}

fn is_bare_quantity(text: &str) -> bool {
    !text.contains('\n')
        && match measure(text) {
            Some(Measure::Quantity(quantity)) => {
                !quantity.unit.is_empty() && quantity.label.is_none()
            }
            Some(Measure::Compound(_)) => true,
            Some(Measure::AsNeeded | Measure::Milestone(_) | Measure::Nothing) | None => false,
        }
}

/// Reads the text of a baseline: `R3年度：0か所`, `R4.3.31現在締結済件数:12件`, `基準値：30件`.
pub fn baseline(raw: &str) -> Option<Baseline> {
    let folded = fold_width(raw.trim());
    let mut rest = unbracket_loosely(&folded);
    for word in BASELINE_WORDS {
        if let Some(after) = rest.strip_prefix(word) {
            rest = after.trim_start_matches([':', ' ', '\n', '(', ')']);
        }
    }
    let (as_of, after) = match as_of(rest) {
        Some((as_of, after)) => (Some(as_of), after),
        None => (None, rest),
    };
    let value = if as_of.is_some() {
        value_behind_date(after)
    } else {
        after
    };
    let measure = measure(value.trim())?;
    Some(Baseline { as_of, measure })
}

/// `(R3年度 250時間/年)` and `(R3年度:30件` alike lose their outer brackets.
fn unbracket_loosely(folded: &str) -> &str {
    match unbracket(folded) {
        same if same == folded && folded.starts_with('(') && folded.ends_with(')') => {
            folded[1..folded.len() - 1].trim()
        }
        inner => inner,
    }
}

/// What follows the date's own words: up to a colon they are a label.
fn value_behind_date(after: &str) -> &str {
    let first_value = after.find(|c: char| c.is_ascii_digit() || circled(c).is_some());
    if let Some(colon) = after.find(':')
        && first_value.is_none_or(|value| colon < value)
    {
        return &after[colon + 1..];
    }
    let mut rest = after.trim_start();
    for word in AS_OF_WORDS {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest.trim_start_matches([')', ' ', '\n', '、', ','])
}

/// Reads a fiscal year or a date that begins a folded text.
fn as_of(folded: &str) -> Option<(AsOf, &str)> {
    let (year, rest) = FiscalYear::prefix(folded)?;
    let said_year = folded[..folded.len() - rest.len()].ends_with("年度");
    if said_year {
        return Some((AsOf::Year(year), rest));
    }
    for (separator, end) in [(".", ""), ("/", ""), ("年", "月")] {
        let month = rest.strip_prefix(separator).and_then(digits);
        let Some((month, after)) = month.filter(|(month, _)| (1..=12).contains(month)) else {
            continue;
        };
        let Some(after) = after.strip_prefix(end) else {
            continue;
        };
        let month = u8::try_from(month).ok()?;
        let (day_separator, day_end) = if end.is_empty() {
            (separator, "")
        } else {
            ("", "日")
        };
        let day = after
            .strip_prefix(day_separator)
            .and_then(digits)
            .filter(|(day, after)| (1..=31).contains(day) && after.starts_with(day_end));
        return Some(match day {
            Some((day, after)) => {
                let day = u8::try_from(day).ok();
                (AsOf::Date(year.0, month, day), &after[day_end.len()..])
            }
            None => (AsOf::Date(year.0, month, None), after),
        });
    }
    if let Some(rest) = rest.strip_prefix('年') {
        return Some((AsOf::Year(year), rest));
    }
    rest.starts_with([':', ' '])
        .then_some((AsOf::Year(year), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_baselines_are_told_apart() {
        for (text, name, raw) in [
            ("施設数\nR3年度：0か所", "施設数", Some("R3年度：0か所")),
            ("施設数 R3年度：0か所", "施設数", Some("R3年度：0か所")),
            ("施設数R3年度：0か所", "施設数", Some("R3年度：0か所")),
            (
                "施設数\n【R3年度：0か所】",
                "施設数",
                Some("【R3年度：0か所】"),
            ),
            (
                "施設数（Ｒ３年度：０か所）",
                "施設数",
                Some("（Ｒ３年度：０か所）"),
            ),
            (
                "協定件数(防災協定除く)\nR4.3.31現在締結済件数:12件",
                "協定件数(防災協定除く)",
                Some("R4.3.31現在締結済件数:12件"),
            ),
            (
                "システム\n(電子決裁)の導入\nR3年度：0件",
                "システム\n(電子決裁)の導入",
                Some("R3年度：0件"),
            ),
            (
                "参加回数\nR3年度：①学校訪問2校、\n②就職説明会等4回",
                "参加回数",
                Some("R3年度：①学校訪問2校、\n②就職説明会等4回"),
            ),
            (
                "R5年度採用者数\nR3年度：3人",
                "R5年度採用者数",
                Some("R3年度：3人"),
            ),
            (
                "令和4年度以降の新規協定数",
                "令和4年度以降の新規協定数",
                None,
            ),
            ("新規協定数 R4年度以降", "新規協定数 R4年度以降", None),
            ("施設数\n基準値：30件", "施設数", Some("基準値：30件")),
            (
                "施設数\n(R3年度 250時間/年)",
                "施設数",
                Some("(R3年度 250時間/年)"),
            ),
            ("施設数\n30件", "施設数", Some("30件")),
            ("委託仕様書の作成", "委託仕様書の作成", None),
            ("検討対象\n(6施設)", "検討対象\n(6施設)", None),
        ] {
            let expected = (name.to_owned(), raw.map(str::to_owned));
            assert_eq!(split_name(text), expected, "{text}");
        }
    }

    #[test]
    fn baselines_with_their_dates() {
        for (raw, as_of, value) in [
            ("R3年度：0か所", Some("R3"), "0か所"),
            ("Ｒ３年度：０か所", Some("R3"), "0か所"),
            ("R3年度：250時間/年", Some("R3"), "250時間/年"),
            ("R3年度：延べ800人", Some("R3"), "延べ800人"),
            ("R4.3.31現在締結済件数:12件", Some("R4.3.31"), "12件"),
            ("令和４年３月31日現在：５件", Some("R4.3.31"), "5件"),
            ("2022/3/31:5件", Some("R4.3.31"), "5件"),
            ("H31.4.30：5件", Some("H31.4.30"), "5件"),
            ("令和３年度実績：３０件", Some("R3"), "30件"),
            ("令和3年度末 30件", Some("R3"), "30件"),
            ("(R3年度 250時間/年)", Some("R3"), "250時間/年"),
            ("【R3年度：30件】", Some("R3"), "30件"),
            ("基準値：30件", None, "30件"),
            ("30件", None, "30件"),
            (
                "R3年度：①学校訪問2校、②就職説明会等4回",
                Some("R3"),
                "①学校訪問2校②就職説明会等4回",
            ),
            ("R3年度：—", Some("R3"), "—"),
        ] {
            let read = baseline(raw).unwrap_or_else(|| panic!("{raw}"));
            assert_eq!(
                read.as_of.map(|as_of| as_of.to_string()).as_deref(),
                as_of,
                "{raw}"
            );
            assert_eq!(Some(read.measure), measure(value), "{raw}");
        }
        for raw in [
            "",
            "R3年度：",
            "R3年度：2～3件",
            "R3年度：約束した件数は3件と4件",
        ] {
            assert_eq!(baseline(raw), None, "{raw}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_cell_panics_and_no_character_is_lost(text in "[R３3年度：:0件\\n ()（【】①校名.]{0,24}") {
            let (name, raw) = split_name(&text);
            let squeeze = |text: &str| text.split_whitespace().collect::<String>();
            let joined = format!("{name}{}", raw.clone().unwrap_or_default());
            proptest::prop_assert_eq!(squeeze(&joined), squeeze(&text));
            let _ = raw.map(|raw| baseline(&raw));
        }

        #[test]
        fn a_split_cell_splits_again_the_same(text in "[R３3年度：:0件\\n ()（【】①校名.]{0,24}") {
            let (name, raw) = split_name(&text);
            if let Some(raw) = raw {
                let again = split_name(&format!("{name}\n{raw}"));
                proptest::prop_assert_eq!(again, (name, Some(raw)));
            }
        }
    }
}
