//! What may stand behind a number as its unit.

use super::glyph::is_japanese;

/// Counters without a number: a cell that says only 件 has lost its number.
const COUNTERS: [&str; 24] = [
    "件",
    "件数",
    "人",
    "人数",
    "名",
    "回",
    "回数",
    "校",
    "社",
    "台",
    "か所",
    "箇所",
    "カ所",
    "ヶ所",
    "ケ所",
    "円",
    "千円",
    "時間",
    "日",
    "団体",
    "施設",
    "世帯",
    "ポイント",
    "時間/年",
];
/// What was done to the counted, not what was counted: `3施設整備`.
const DEEDS: &[&str] = &[
    "実施", "策定", "作成", "設置", "導入", "整備", "開催", "検討", "決定", "選定", "締結", "開始",
    "完了", "終了", "予定", "達成", "参加", "改修", "建設", "開館", "更新", "公表", "公開", "運用",
    "運営", "確保", "育成", "配置", "採用", "改訂", "改定", "統合", "廃止", "中止", "調査", "見込",
    "中", "済", "前", "後", "弱", "強", "余", "比", "差", "超過", "不足",
];
/// Words that make the number before them an ordinal: `2次計画`.
const ORDINALS: [char; 6] = ['次', '期', '号', '番', '階', '丁'];
/// Digits in kanji; behind figures they would change the value.
const NUMERALS: &str = "〇一二三四五六七八九十百千万億兆";
/// Of the words in 目 those that count; the others number: `2回目`.
const COUNTED_BY_ITEM: [&str; 4] = ["項目", "種目", "品目", "科目"];
const LONGEST: usize = 10;
const LONGEST_WORD: usize = 8;
const MOST_KANJI: usize = 5;

/// Reads a unit as typed, without the white space around its slash; empty is a unit too.
///
/// What looks like a phrase is refused, for its number would be read out of a sentence.
pub(super) fn unit(text: &str) -> Option<String> {
    let unit = text.split('/').map(str::trim).collect::<Vec<_>>().join("/");
    if unit.is_empty() {
        return Some(unit);
    }
    if unit.chars().count() > LONGEST || unit.starts_with(|c| NUMERALS.contains(c)) {
        return None;
    }
    let words = unit.strip_prefix('/').unwrap_or(&unit);
    let (what, per) = match words.split_once('/') {
        Some((what, per)) => (what, Some(per)),
        None => (words, None),
    };
    (is_word(what) && per.is_none_or(is_word)).then_some(unit)
}

/// Tells whether a text is a counter and nothing else.
pub(super) fn is_counter(text: &str) -> bool {
    COUNTERS.contains(&text)
}

/// Tells whether a text counts in words or with a stand-in: `三件`, `数十人`, `若干名`, `O件`.
pub(super) fn is_worded_count(text: &str) -> bool {
    let rest = text.strip_prefix("若干").unwrap_or(text);
    let rest = rest.trim_start_matches(|c: char| {
        c == '数' || c.is_ascii_alphanumeric() || NUMERALS.contains(c)
    });
    rest.len() < text.len() && (rest.is_empty() || is_counter(rest))
}

fn is_word(word: &str) -> bool {
    if matches!(word, "%" | "%ポイント" | "‰" | "℃" | "°C") {
        return true;
    }
    if word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let letters = word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '²' | '³'));
        return letters && word.len() <= LONGEST_WORD;
    }
    // 17時 is a time of day.
    word != "時" && is_japanese_word(word)
}

fn is_japanese_word(word: &str) -> bool {
    let count = word.chars().count();
    let square = |c: char| ('\u{3300}'..='\u{33FF}').contains(&c);
    let mark = |c: char| matches!(c, 'ﾞ' | 'ﾟ');
    let known = word.chars().all(|c| is_japanese(c) || square(c) || mark(c));
    let hiragana = word
        .chars()
        .all(|c| !('ぁ'..='ん').contains(&c) || matches!(c, 'か' | 'つ' | 'こ'));
    let kanji = word.chars().filter(|c| is_kanji(*c)).count();
    let ordinal = count > 1 && word.starts_with(ORDINALS);
    let changed = word.contains(['増', '減']);
    let deed = DEEDS.iter().any(|deed| word.ends_with(deed));
    let ordinal = ordinal || word.ends_with('目') && !COUNTED_BY_ITEM.contains(&word);
    (1..=LONGEST_WORD).contains(&count)
        && known
        && hiragana
        && kanji <= MOST_KANJI
        && !ordinal
        && !changed
        && !deed
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_the_office_are_read() {
        for (text, expected) in [
            ("", ""),
            ("件", "件"),
            ("か所", "か所"),
            ("か月", "か月"),
            ("回/月", "回/月"),
            ("ヶ所", "ヶ所"),
            ("ｹ所", "ｹ所"),
            ("時間/年", "時間/年"),
            ("時間 / 年", "時間/年"),
            ("/年", "/年"),
            ("%", "%"),
            ("%ポイント", "%ポイント"),
            ("ポイント", "ポイント"),
            ("プロジェクト", "プロジェクト"),
            ("㎡", "㎡"),
            ("m2", "m2"),
            ("t-CO2/年", "t-CO2/年"),
            ("kWh", "kWh"),
            ("小中学校", "小中学校"),
            ("項目", "項目"),
        ] {
            assert_eq!(unit(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn phrases_are_no_units() {
        for text in [
            "施設で実施",
            "施設整備",
            "G基地局整備",
            "次計画",
            "件増",
            "%減",
            "人弱",
            "%台",
            "件 実施",
            "百人",
            "千円",
            "/",
            "件/",
            "/5件",
            "件。",
            "～",
            "年前",
            "番目",
            "人/日/年",
            "…",
            "件!",
        ] {
            assert_eq!(unit(text), None, "{text}");
        }
    }

    #[test]
    fn counts_in_words_are_told_from_words() {
        for text in [
            "三件",
            "十か所",
            "O件",
            "XX件",
            "数件",
            "数十人",
            "若干名",
            "一",
        ] {
            assert!(is_worded_count(text), "{text}");
        }
        for text in ["一部実施", "件", "数値化", "三者協議", ""] {
            assert!(!is_worded_count(text), "{text}");
        }
    }
}
