//! Widths, white space and brackets of one cell, taken character by character.
//!
//! Compatibility folding is kept away from values: it makes `①３校` into `13校`. Only what a keyboard
//! in the wrong mode produces is narrowed here; everything else stays as it was typed.

use unicode_normalization::char::compose;

const OPENING: &str = "(（[［【〔「『〈《<＜{｛〖〘〚≪«⟨⟪｟⦅❨❲";
const CLOSING: &str = ")）]］】〕」』〉》>＞}｝〗〙〛≫»⟩⟫｠⦆❩❳";

/// Narrows full-width digits, letters and `/ % . , : =`, writes an era's sign out, and makes white
/// space one kind.
///
/// Line breaks stay; characters without width go; a detached voicing mark joins its kana.
pub(super) fn narrow(text: &str) -> String {
    let mut narrowed = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{200B}'..='\u{200F}'
            | '\u{2060}'
            | '\u{FEFF}'
            | '\u{FE0E}'
            | '\u{FE0F}'
            | '\u{AD}'
            | '\r' => {}
            '\u{3099}' | '\u{309A}' => match narrowed.pop() {
                Some(last) => match compose(last, c) {
                    Some(joined) => narrowed.push(joined),
                    None => narrowed.extend([last, c]),
                },
                None => narrowed.push(c),
            },
            // Eras in one character.
            '㋿' => narrowed.push_str("令和"),
            '㍻' => narrowed.push_str("平成"),
            '㍼' => narrowed.push_str("昭和"),
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                narrowed.push(char::from_u32(c as u32 - 0xFEE0).unwrap_or(c));
            }
            '／' | '％' | '．' | '，' | '：' | '＝' => {
                narrowed.push(char::from_u32(c as u32 - 0xFEE0).unwrap_or(c));
            }
            '\n' => narrowed.push('\n'),
            c if c.is_whitespace() => narrowed.push(' '),
            c => narrowed.push(c),
        }
    }
    narrowed
}

/// Tells whether a character opens a bracket of any shape and width.
pub(super) fn is_open(c: char) -> bool {
    OPENING.contains(c)
}

/// Tells whether a character closes a bracket of any shape and width.
pub(super) fn is_close(c: char) -> bool {
    CLOSING.contains(c)
}

/// Tells whether a character is one of the tildes that ranges are written with.
pub(super) fn is_tilde(c: char) -> bool {
    matches!(c, '~' | '〜' | '～' | '˜' | '∼')
}

/// Tells whether a character is kanji, kana or a letter of another script than Latin.
pub(super) fn is_japanese(c: char) -> bool {
    c.is_alphabetic() && !c.is_ascii()
}

/// Splits `(累計)145件` into what is inside the leading bracket and what follows it.
///
/// Openers and closers of different shapes pair up, for `（累計)` is typed often enough.
pub(super) fn leading_bracket(text: &str) -> Option<(&str, &str)> {
    let first = text.chars().next().filter(|c| is_open(*c))?;
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        if is_open(c) {
            depth += 1;
        } else if is_close(c) {
            depth -= 1;
        }
        if depth == 0 {
            return Some((&text[first.len_utf8()..at], &text[at + c.len_utf8()..]));
        }
    }
    None
}

/// Splits `145件（累計）` into what precedes the trailing bracket and what is inside it.
pub(super) fn trailing_bracket(text: &str) -> Option<(&str, &str)> {
    let last = text.chars().next_back().filter(|c| is_close(*c))?;
    let mut depth = 0;
    for (at, c) in text.char_indices().rev() {
        if is_close(c) {
            depth += 1;
        } else if is_open(c) {
            depth -= 1;
        }
        if depth == 0 {
            let inner = &text[at + c.len_utf8()..text.len() - last.len_utf8()];
            return Some((&text[..at], inner));
        }
    }
    None
}

/// What is inside the one pair of brackets that encloses the whole text.
pub(super) fn enclosed(text: &str) -> Option<&str> {
    let (inner, rest) = leading_bracket(text.trim())?;
    rest.is_empty().then_some(inner.trim())
}

/// Tells whether every bracket of a text has its partner.
pub(super) fn is_balanced(text: &str) -> bool {
    let mut depth = 0i32;
    for c in text.chars() {
        if is_open(c) {
            depth += 1;
        } else if is_close(c) {
            depth -= 1;
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keyboard_widths_are_narrowed() {
        for (text, expected) in [
            ("①３校　②４回", "①3校 ②4回"),
            ("１，２５７時間／年", "1,257時間/年"),
            ("ＡＩ：５０％", "AI:50%"),
            ("㍻３１年度＝㋿元年度", "平成31年度=令和元年度"),
            ("（累計）㎡ｹ所", "（累計）㎡ｹ所"),
            ("延へ\u{3099}８００人", "延べ800人"),
            ("\u{3099}", "\u{3099}"),
            ("a\r\nb\u{200B}", "a\nb"),
        ] {
            assert_eq!(narrow(text), expected, "{text}");
        }
    }

    #[test]
    fn brackets_pair_across_widths_and_nest() {
        assert_eq!(leading_bracket("（累計)145件"), Some(("累計", "145件")));
        assert_eq!(trailing_bracket("a(b(c)）"), Some(("a", "b(c)")));
        assert_eq!(enclosed("【R3年度：5件】"), Some("R3年度：5件"));
        for text in ["", "(a", "a)", "(a)(b)", "a"] {
            assert_eq!(enclosed(text), None, "{text}");
        }
        assert!(is_balanced("a（b）") && !is_balanced("a)(") && !is_balanced("(a"));
    }
}
