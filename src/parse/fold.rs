//! Folding of widths before a grammar reads: letters, digits and signs, nothing else.
//!
//! NFKC would turn `①３校` into `13校`; here circled digits, kana and units stay as they are.

/// Makes full-width letters, digits, signs, brackets and spaces half-width; brackets become round.
pub(super) fn fold_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '【' | '［' | '〔' | '[' => '(',
            '】' | '］' | '〕' | ']' => ')',
            '\u{3000}' | '\t' | '\u{a0}' => ' ',
            '\r' => '\n',
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '−' => '-',
            '▲' | '△' => '▲',
            c => c,
        })
        .collect()
}

/// Takes off one pair of brackets around the whole of a folded text.
pub(super) fn unbracket(folded: &str) -> &str {
    let inner = folded
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    match inner {
        Some(inner) if !inner.contains(['(', ')']) => inner.trim(),
        Some(_) | None => folded,
    }
}

/// The value of a circled digit, ① to ⑳.
pub(super) fn circled(c: char) -> Option<u32> {
    ('①'..='⑳').contains(&c).then(|| c as u32 - '①' as u32 + 1)
}

/// The circled digit of a number.
pub(super) fn circle(number: u32) -> Option<char> {
    (1..=20)
        .contains(&number)
        .then(|| char::from_u32('①' as u32 + number - 1))
        .flatten()
}
