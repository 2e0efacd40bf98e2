//! A text as a cell can hold it: one kind of line break, and nothing that no cell can hold.

use std::borrow::Cow;

/// A text with every kind of line break as `\n`: those of Windows and old Macs, Word's soft break,
/// and Unicode's own.
pub fn with_line_breaks(text: &str) -> Cow<'_, str> {
    const BREAKS: [char; 5] = ['\r', '\u{B}', '\u{85}', '\u{2028}', '\u{2029}'];
    match !is_settled(text) && text.contains(BREAKS) {
        true => text.replace("\r\n", "\n").replace(BREAKS, "\n").into(),
        false => text.into(),
    }
}

/// A text as a cell can hold it: line breaks as `\n`, control characters as their pictures,
/// noncharacters as U+FFFD.
pub fn printable(text: &str) -> String {
    if is_settled(text) {
        return text.to_owned();
    }
    let text = with_line_breaks(text);
    if text.chars().all(|c| picture(c) == c) {
        return text.into_owned();
    }
    text.chars().map(picture).collect()
}

/// Tells by its bytes that a text holds nothing which a cell cannot: no control character but line
/// feeds and tabs, and no character that begins like U+0080, U+2028 or U+FFFE.
fn is_settled(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.all(|byte| match byte {
        b'\n' | b'\t' => true,
        0x7F | 0xC2 | 0xE2 | 0xEF => false,
        byte => byte >= 0x20,
    })
}

fn picture(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        '\0'..='\u{1F}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}'),
        '\u{7F}' => '\u{2421}',
        '\u{80}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_settled_by_its_bytes_stays_as_it_is() {
        for c in '\0'..=char::MAX {
            let text = format!("あ{c}い");
            let replaced: String = text.chars().map(picture).collect();
            let same = with_line_breaks(&text) == text && replaced == text;
            assert!(same || !is_settled(&text), "{c:?}");
            if is_settled(&text) {
                assert_eq!(printable(&text), text);
            }
        }
        assert!(is_settled(
            "（一行目\n二\t行目）".trim_matches(['（', '）'])
        ));
        assert!(!is_settled("①\u{2028}"));
    }
}
