//! Words of the form that were left in an entry: its example and its instructions.
//!
//! 「（例）防災訓練の実施」 is the form's own; 「例年どおり実施」 and 「記入例を配布」 report.

use super::{Parts, clause};

/// How an example of the form is headed.
const EXAMPLES: [&str; 4] = ["記入例", "記載例", "入力例", "例"];
/// What an instruction tells to do.
const DO: [&str; 4] = ["記入", "記載", "入力", "選択"];
/// How it asks.
const ASK: [&str; 4] = ["してください", "して下さい", "をお願いします", "願います"];

/// Tells whether an entry begins with the heading of an example: （例）, 記入例：, 【例1】.
pub(super) fn is_example(text: &str) -> bool {
    let text = text
        .trim_start()
        .trim_start_matches(['※', '・'])
        .trim_start();
    let opened = text.strip_prefix(['(', '[', '【', '〔', '<', '〈', '《']);
    let inside = opened.unwrap_or(text);
    let Some((word, rest)) = EXAMPLES
        .iter()
        .find_map(|word| Some((*word, inside.strip_prefix(word)?)))
    else {
        return false;
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let Some(next) = rest.chars().next() else {
        return word != "例";
    };
    match next {
        ')' | ']' | '】' | '〕' | '>' | '〉' | '》' | ':' => true,
        next => opened.is_none() && word != "例" && next.is_whitespace(),
    }
}

/// Tells whether a line that is parted by its brackets, or a bracket in it, tells how to fill in the
/// form and nothing else.
pub(super) fn instructs((outside, inside): &Parts) -> bool {
    let is_instruction = |text: &str| {
        let clause = clause(text);
        let asked = ASK.iter().find_map(|ask| clause.strip_suffix(ask));
        let of_form = asked.is_some_and(|asked| DO.iter().any(|word| asked.ends_with(word)));
        of_form && !clause.contains(['「', '」', '『', '』'])
    };
    let sentences = outside
        .split(['。', '!'])
        .filter(|one| !one.trim().is_empty());
    inside.iter().any(|text| is_instruction(text))
        || sentences.clone().count() == 1 && sentences.clone().all(is_instruction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_told_by_their_heading() {
        for text in [
            "(例)訓練",
            "例)訓練",
            "【例】訓練",
            "例:訓練",
            "記入例",
            "(記入例) 訓練",
            "記載例 訓練",
            "<例1>訓練",
            "※記入例:訓練",
        ] {
            assert!(is_example(text), "{text}");
        }
        for text in [
            "例年どおり実施",
            "例えば訓練",
            "先進事例の調査",
            "例",
            "記入例を配布",
            "例規集の整備",
            "(例年の訓練)",
            "訓練(例)",
            "例1件",
        ] {
            assert!(!is_example(text), "{text}");
        }
    }
}
