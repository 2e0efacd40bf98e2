//! Texts in Unicode's compatibility form (NFKC).

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::is_plain;

/// A text in NFKC: half-width digits and letters, full-width katakana.
pub fn nfkc(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut rest = text;
    // Most of a text is normal as it is, and normalising is what costs. No settled character joins
    // the one before it; what is not settled may join the settled one before it.
    while let Some(at) = rest.find(|c| !is_settled(c)) {
        let before = rest[..at].chars().next_back().map_or(0, char::len_utf8);
        let length = rest[at..].find(is_settled).unwrap_or(rest.len() - at);
        normal.push_str(&rest[..at - before]);
        let piece = &rest[at - before..at + length];
        match is_nfkc_quick(piece.chars()) {
            IsNormalized::Yes => normal.push_str(piece),
            IsNormalized::No | IsNormalized::Maybe => normal.extend(piece.nfkc()),
        }
        rest = &rest[at + length..];
    }
    normal.push_str(rest);
    normal
}

/// Tells whether a character is normal (NFKC) as it is and joins none before it.
fn is_settled(c: char) -> bool {
    c.is_ascii() || is_plain(c) || matches!(c, '々' | '〇' | '「'..='】' | '・' | 'ー')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_normalised_wherever_it_stands() {
        // Between them nothing is assigned.
        let assigned = (0..0x3_4000).chain(0xE_0000..0xE_0200);
        for c in assigned.filter_map(char::from_u32) {
            for mark in ["", "\u{3099}", "\u{1161}"] {
                let text = format!("か{c}{mark}は{c}");
                let whole: String = text.nfkc().collect();
                assert_eq!(nfkc(&text), whole, "{text}");
            }
        }
    }

    #[test]
    fn settled_characters_join_none_before_them() {
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            if is_settled(c) {
                assert_eq!(is_nfkc_quick([c].into_iter()), IsNormalized::Yes, "{c}");
            }
        }
    }
}
