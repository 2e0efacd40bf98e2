//! Folding of texts for comparison; folded text is never written back.

mod normal;
mod printable;

pub use normal::nfkc;
pub use printable::{printable, with_line_breaks};

/// Look-alikes of the dash that NFKC leaves alone.
const DASHES: [char; 18] = [
    '‐', '‑', '‒', '–', '—', '―', '−', '－', '─', '━', 'ー', 'ｰ', '﹣', '﹘', '⁃', '➖', '⸺', '⸻',
];
/// Look-alikes of the tilde.
const TILDES: [char; 6] = ['〜', '～', '˜', '∼', '∿', '〰'];
/// Brackets of every shape that labels are dressed in.
const BRACKETS: &[char] = &[
    '(', ')', '[', ']', '{', '}', '【', '】', '「', '」', '『', '』', '〔', '〕', '〈', '〉', '《',
    '》', '<', '>', '［', '］', '｛', '｝', '〖', '〗', '〘', '〙', '〚', '〛', '≪', '≫', '«', '»',
    '⟨', '⟩', '⟪', '⟫', '⦅', '⦆', '❨', '❩', '❲', '❳', '“', '”', '"', '〝', '〟',
];

/// Tells whether a text is a dash and nothing else: an explicit "none" or a filler.
pub fn is_dash(text: &str) -> bool {
    let mut count = 0;
    for c in text.chars().filter(|c| !is_space(*c)) {
        if c != '-' && !DASHES.contains(&c) {
            return false;
        }
        count += 1;
    }
    count > 0
}

/// Tells whether a character is one of the dashes, or the long vowel that stands in for one.
pub fn is_dash_char(c: char) -> bool {
    c == '-' || DASHES.contains(&c)
}

/// The character by which CP932 has what JIS X 0208 has by another: `—` is `―` there, `〜` is `～`.
pub fn cp932_twin(c: char) -> char {
    match c {
        '—' => '―',
        '〜' => '～',
        '‖' => '∥',
        '−' => '－',
        '¢' => '￠',
        '£' => '￡',
        '¬' => '￢',
        c => c,
    }
}

/// Tells whether a character shows nothing: white space, and what has no shape of its own:
/// characters without width, marks of direction, and the selectors that choose between shapes of
/// one character.
pub fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(
            c,
            '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{3164}' | '\u{FFA0}'
        )
        || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Tells whether a text shows nothing: white space and characters without width alone.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_space)
}

/// What is written where there is nothing to report.
const NOTHING: [&str; 21] = [
    "ナシ",
    "該当ナシ",
    "特にナシ",
    "なし",
    "無し",
    "無",
    "該当なし",
    "該当無し",
    "該当無",
    "特になし",
    "特に無し",
    "実績なし",
    "実績無し",
    "対象なし",
    "対象無し",
    "該当せず",
    "該当ありません",
    "該当はありません",
    "該当事項なし",
    "報告事項なし",
    "実績はありません",
];
/// Tells whether a text states that there is nothing to report: `該当なし`, `特になし。`; a dash does
/// not.
pub fn states_nothing(text: &str) -> bool {
    let folded = fold(text);
    let bare = folded.trim_start_matches(['・', '(', '「', '【']);
    NOTHING.contains(&bare.trim_end_matches(['。', '.', ')', '」', '】']))
}

/// Folds a text for comparison: NFKC, no white space and nothing without a shape, one dash and one
/// tilde.
///
/// ```
/// # use torimatome::model::text::fold;
/// assert_eq!(fold("Ｒ５ 年度"), "R5年度");
/// ```
pub fn fold(text: &str) -> String {
    let normal = nfkc(text);
    if normal.chars().all(is_plain) {
        return normal;
    }
    let mut folded = String::with_capacity(normal.len());
    for c in normal.chars() {
        match c {
            c if is_plain(c) => folded.push(c),
            c if is_space(c) => {}
            c if DASHES.contains(&c) => folded.push('-'),
            c if TILDES.contains(&c) => folded.push('~'),
            c => folded.push(c),
        }
    }
    folded
}

/// Tells whether a character folds to itself wherever it stands: most of a text does.
fn is_plain(c: char) -> bool {
    matches!(c, '!'..='~' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿' | '、' | '。')
}

/// The key of a label: folded, in one case, without brackets, colons and footnote marks.
///
/// ```
/// # use torimatome::model::text::label_key;
/// assert_eq!(label_key("主 管 課（関係課）："), "主管課関係課");
/// ```
pub fn label_key(text: &str) -> String {
    let mut key = fold(&strip_marks(text));
    match key.chars().all(is_plain) {
        true => key.make_ascii_lowercase(),
        false => key = key.to_lowercase(),
    }
    let is_japanese = |c: char| !c.is_ascii() && is_plain(c);
    key.retain(|c| is_japanese(c) || c != ':' && !BRACKETS.contains(&c));
    key
}

/// The key of a name or a title: folded, without footnote marks; brackets count.
pub fn name_key(text: &str) -> String {
    fold(&strip_marks(text))
}

/// Takes footnote marks out of a text: `RPA(※1)の活用` → `RPAの活用`.
///
/// Marks are `※` with a number, alone or in brackets.
pub fn strip_marks(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('※') {
        let after = &rest[at + '※'.len_utf8()..];
        let digits: usize = after
            .chars()
            .take_while(|c| c.nfkc_digit().is_some())
            .map(char::len_utf8)
            .sum();
        if digits == 0 {
            kept.push_str(&rest[..at + '※'.len_utf8()]);
            rest = after;
            continue;
        }
        let before = &rest[..at];
        let behind = &after[digits..];
        let opened = before.strip_suffix(['(', '（']);
        let closed = behind.strip_prefix([')', '）']);
        match (opened, closed) {
            (Some(before), Some(behind)) => {
                kept.push_str(before);
                rest = behind;
            }
            (Some(_), None) | (None, Some(_)) | (None, None) => {
                kept.push_str(before);
                rest = behind;
            }
        }
    }
    kept.push_str(rest);
    kept
}

/// The number of a footnote's mark and what follows it, from behind its `※`: `1 用語…説明`.
///
/// A figure of which the number is only the beginning is no mark: ※1,000m, ※0.5日, ※2023年.
pub fn mark_number(behind: &str) -> Option<(u32, &str)> {
    let behind = behind.trim_start();
    let digits: Vec<u32> = behind
        .chars()
        .map_while(AnyWidthDigit::nfkc_digit)
        .collect();
    let number = match digits[..] {
        [one] => one,
        [ten, one] => 10 * ten + one,
        _ => return None,
    };
    let rest = behind.trim_start_matches(|c: char| c.nfkc_digit().is_some());
    let mut after = rest.chars();
    let part = after.next();
    let digits = after.take_while(|c| c.nfkc_digit().is_some()).count();
    let goes_on = match part {
        Some(',' | '，') => digits >= 3,
        Some('.' | '．') => digits > 0,
        Some(_) | None => false,
    };
    (number > 0 && !goes_on).then_some((number, rest))
}

/// A digit in any width.
pub trait AnyWidthDigit {
    /// The value of a half-width or full-width decimal digit; circled digits are none.
    fn nfkc_digit(self) -> Option<u32>;
}

impl AnyWidthDigit for char {
    fn nfkc_digit(self) -> Option<u32> {
        match self {
            '0'..='9' => Some(self as u32 - '0' as u32),
            '０'..='９' => Some(self as u32 - '０' as u32),
            _ => None,
        }
    }
}

/// The first words of a text, for quoting: one line, at most `limit` characters.
pub fn excerpt(text: &str, limit: usize) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    let line = line.join(" ");
    match line.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn labels_fold_to_one_key() {
        for label in [
            "取組番号",
            "取 組 番 号",
            "取組番号：",
            "【取組番号】",
            "取組\n番号",
            "〖取組番号〗",
            "≪取組番号≫",
            "“取組番号”",
            "\u{200B}取組\u{AD}番号\u{FEFF}",
            "取組番号(※1)",
        ] {
            assert_eq!(label_key(label), "取組番号", "{label}");
        }
        for label in [
            "数値目標等【基準値】",
            "数値目標等 ［基準値］",
            "数値目標等\n[基準値]",
        ] {
            assert_eq!(label_key(label), "数値目標等基準値", "{label}");
        }
    }

    #[test]
    fn plain_characters_fold_to_themselves() {
        for c in (0..0x11_0000)
            .filter_map(char::from_u32)
            .filter(|c| is_plain(*c))
        {
            let alone: String = [c].into_iter().nfkc().collect();
            assert_eq!(alone, c.to_string());
            let kept = !is_space(c) && !TILDES.contains(&c) && !is_dash_char(c);
            assert!(kept || c == '-', "{c}");
        }
        assert_eq!(fold("は\u{309A}い、か\u{3099}"), "ぱい、が");
    }

    #[test]
    fn what_has_no_shape_is_no_difference() {
        for (one, other) in [
            ("葛\u{E0100}城", "葛城"),
            ("か\u{3099}ん", "がん"),
            ("ｶﾞｽ水道局", "ガス水道局"),
            ("\u{200B}\u{FEFF}総務\u{2060}課\u{A0}", "総務課"),
            ("☑\u{FE0F}", "☑"),
            ("㈱見本", "(株)見本"),
            ("第Ⅲ期", "第III期"),
            ("Ａ－Ｂ", "A⁃B"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
        assert!(is_blank("\u{200B}\u{3000}\u{A0}\n") && is_blank("") && !is_blank("·"));
    }

    #[test]
    fn marks_are_taken_out_and_other_brackets_stay() {
        assert_eq!(
            strip_marks("指定管理者制度(※1)の活用（※２）"),
            "指定管理者制度の活用"
        );
        assert_eq!(strip_marks("AI(人工知能)※3等"), "AI(人工知能)等");
        assert_eq!(strip_marks("※注意"), "※注意");
    }

    #[test]
    fn dashes_alone_are_an_explicit_none() {
        for text in ["—", "－", "-", "ー", "―", "‐", " − "] {
            assert!(is_dash(text), "{text}");
        }
        for text in ["", " ", "0", "サービス", "-5"] {
            assert!(!is_dash(text), "{text}");
        }
    }

    #[test]
    fn what_no_cell_can_hold_becomes_visible() {
        assert_eq!(printable("a\r\nb\rc\nd\t"), "a\nb\nc\nd\t");
        assert_eq!(printable("\0上\u{C}下\u{1B}\u{7F}"), "␀上␌下␛␡");
        assert_eq!(printable("\u{FFFF}\u{80}"), "��");
        let unchanged = "①　𠮷 か\u{3099} 葛\u{E0100}";
        assert_eq!(printable(unchanged), unchanged);
    }

    #[test]
    fn every_kind_of_line_break_becomes_one() {
        for text in [
            "甲\n乙",
            "甲\r\n乙",
            "甲\r乙",
            "甲\u{B}乙",
            "甲\u{85}乙",
            "甲\u{2028}乙",
        ] {
            assert_eq!(printable(text), "甲\n乙", "{text:?}");
        }
        assert_eq!(printable("甲\n\r\n\r乙\n"), "甲\n\n\n乙\n", "none is lost");
    }

    #[test]
    fn excerpts_are_one_line() {
        assert_eq!(excerpt("あいう\nえお", 10), "あいう えお");
        assert_eq!(excerpt("あいうえお", 3), "あいう…");
    }
}
