//! Texts of the inputs are shown, never obeyed: by a terminal, by Excel, by the reading direction.

/// Shows what a person would not see as its code (`<U+001B>`); line breaks stay.
///
/// Shown are control characters, marks that turn the reading direction, and characters without
/// width that make two different names look the same. Joiners and variation selectors stay: names
/// of persons need them.
pub(super) fn visible(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && is_unseen(c) {
            shown.push_str(&format!("<U+{:04X}>", c as u32));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Shows a text on one line, what a person would not see by its code: nothing in it can steer a
/// terminal.
pub fn on_one_line(text: &str) -> String {
    let text = visible(text);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.join(" ").trim().to_owned()
}

/// As [`visible`], and with a leading `'` where Excel would take the text for a formula.
pub(super) fn guarded(text: &str) -> String {
    let shown = visible(text);
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0') => format!("'{shown}"),
        Some(_) | None => shown,
    }
}

fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{00AD}'
                | '\u{034F}'
                | '\u{061C}'
                | '\u{115F}'
                | '\u{1160}'
                | '\u{180E}'
                | '\u{200B}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{2069}'
                | '\u{3164}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{FFFE}'
                | '\u{FFFF}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unseen_characters_are_shown_by_their_code() {
        for (text, shown) in [
            ("総務課", "総務課"),
            ("一行目\r\n二行目", "一行目\n二行目"),
            ("\u{1b}[31m赤", "<U+001B>[31m赤"),
            ("\u{9b}31m", "<U+009B>31m"),
            ("a\tb\rc", "a<U+0009>b<U+000D>c"),
            ("総務\u{202e}課", "総務<U+202E>課"),
            ("総務\u{200b}課", "総務<U+200B>課"),
            ("総務\u{e0061}課\u{3164}", "総務<U+E0061>課<U+3164>"),
            ("葛\u{e0100}城市", "葛\u{e0100}城市"),
        ] {
            assert_eq!(visible(text), shown, "{text:?}");
        }
        assert_eq!(on_one_line("(累計)\n 145件\n"), "(累計) 145件");
    }

    #[test]
    fn texts_that_begin_like_a_formula_get_a_quote() {
        for (text, shown) in [
            ("=1+1", "'=1+1"),
            ("+81", "'+81"),
            ("-5件", "'-5件"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'<U+0009>=1"),
            ("\r=1", "'<U+000D>=1"),
            ("\n=1", "'\n=1"),
            ("\r\n=1", "'\n=1"),
            ("件=1", "件=1"),
            ("—", "—"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), shown, "{text:?}");
        }
    }
}
