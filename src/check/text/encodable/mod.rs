//! Where a character goes beyond what other programs of an office can hold.
//!
//! They keep texts in CP932, the Windows form of Shift_JIS: what it lacks becomes a 〓 or a question
//! mark there. CP932 holds JIS X 0208, which every system has, and the extensions of NEC and IBM
//! (㈱, Ⅲ, 髙), which not all have. The WHATWG table of Shift_JIS is CP932; in which part of it a
//! character stands is told by the first byte of its code.

use std::collections::BTreeMap;

use encoding_rs::SHIFT_JIS;
use unicode_normalization::char::compose;

use crate::model::text::cp932_twin;

/// How far a character reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// It is lost in every program that keeps CP932.
    Lost,
    /// CP932 has it by an extension of NEC or IBM: some systems lack it.
    Extension,
    /// Every system has it.
    Everywhere,
}

/// How far the characters reach that were asked for: a code is looked for in a long table.
#[derive(Debug, Default)]
pub(super) struct Known(BTreeMap<char, Reach>);

impl Known {
    fn reach(&mut self, c: char) -> Reach {
        *self.0.entry(c).or_insert_with(|| reach(c))
    }
}

/// The characters of a text that do not reach everywhere, as they are to be shown.
pub(super) fn limited(text: &str, known: &mut Known) -> Vec<(Reach, String)> {
    let mut found: Vec<(Reach, String)> = Vec::new();
    let mut before = None;
    for c in text.chars() {
        let last = before.replace(c);
        if let Some(base) = last.filter(|_| is_joined(c)) {
            // か with a dakuten of its own is が; a variant of a kanji is a character of its own.
            if compose(base, c).is_none() {
                found.pop_if(|(_, shown)| shown.ends_with(base));
                found.push((Reach::Lost, format!("{base}{c}")));
            }
            continue;
        }
        match known.reach(c) {
            Reach::Everywhere => {}
            // What does not show is not missed.
            Reach::Lost if is_invisible(c) => {}
            reach @ (Reach::Lost | Reach::Extension) => found.push((reach, c.to_string())),
        }
    }
    found
}

/// Tells how far a character reaches. The circled numbers to ⑳ count as reaching everywhere: the
/// form itself parts its values with them.
fn reach(c: char) -> Reach {
    if matches!(c, '①'..='⑳') || c.is_ascii() {
        return Reach::Everywhere;
    }
    let mut buffer = [0; 4];
    let (bytes, _, lost) = SHIFT_JIS.encode(cp932_twin(c).encode_utf8(&mut buffer));
    match bytes[..] {
        _ if lost => Reach::Lost,
        // Row 13 of NEC; NEC's selection of IBM's extension; IBM's extension itself.
        [0x87 | 0xED | 0xEE | 0xFA..=0xFC, _] => Reach::Extension,
        _ => Reach::Everywhere,
    }
}

/// Marks that are set onto the character before them: accents, and the selectors of variants.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{3099}' | '\u{309A}' | '\u{FE00}'..='\u{FE0F}')
        || matches!(c, '\u{E0100}'..='\u{E01EF}')
}

fn is_invisible(c: char) -> bool {
    let blank = c.is_whitespace() || c.is_control();
    blank
        || matches!(
            c,
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_reach_as_far_as_their_code() {
        let everywhere = "漢字かなカナｶﾅAＡ0０。、〜～—―－−‐…※☆○●◎△→①⑳≒≡∠∪　\t\n鴎邊";
        for c in everywhere.chars() {
            assert_eq!(reach(c), Reach::Everywhere, "{c}");
        }
        for c in "㈱㈲№℡㍻㎡㎞ⅠⅢⅲ髙﨑德彅纊∑".chars() {
            assert_eq!(reach(c), Reach::Extension, "{c}");
        }
        for c in "𠮷鷗㉑❶✓☑•–🌸㋿é한们♡\u{A0}".chars() {
            assert_eq!(reach(c), Reach::Lost, "{c}");
        }
    }

    #[test]
    fn what_is_joined_is_one_character() {
        let shown = |text: &str| -> Vec<String> {
            limited(text, &mut Known::default())
                .into_iter()
                .map(|(_, shown)| shown)
                .collect()
        };
        assert_eq!(shown("葛\u{E0100}城市"), ["葛\u{E0100}"]);
        assert_eq!(shown("か\u{3099}んばる"), [""; 0]);
        assert_eq!(shown("☀\u{FE0F}晴れ"), ["☀\u{FE0F}"]);
        assert_eq!(shown("カ\u{309A}"), ["カ\u{309A}"]);
        assert_eq!(shown("第Ⅲ期\u{200B}"), ["Ⅲ"]);
        let unseen = "\u{FEFF}窓口\u{A0}と\u{200B}郵送\u{3000}で\u{2060}受付\u{AD}\u{2003}中";
        assert_eq!(shown(unseen), [""; 0]);
    }
}
