//! Lines for a terminal that is so many half-width columns wide.

use unicode_linebreak::linebreaks;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns that a text takes where ambiguous characters are as wide as kanji, as in the console
/// of a Japanese Windows.
pub(super) fn columns(text: &str) -> usize {
    text.width_cjk()
}

/// The text filled up to a number of columns.
pub(super) fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(columns(text));
    format!("{text}{}", " ".repeat(missing))
}

/// The text in lines of at most `width` columns, each ended: the first behind `first`, the others
/// behind as many blanks as `hanging` says. Without a width it is one line.
///
/// Lines break where UAX #14 lets them, so that 。 and ） never begin one; a word longer than a line
/// breaks anywhere.
pub(super) fn wrapped(text: &str, first: &str, hanging: usize, width: Option<usize>) -> String {
    let mut line = first.to_owned();
    let Some(width) = width else {
        line.push_str(text);
        return format!("{}\n", line.trim_end());
    };
    let room = width.max(hanging + LEAST);
    let mut lines = String::new();
    let mut used = columns(first);
    let mut start = used;
    let mut from = 0;
    for (to, _) in linebreaks(text) {
        let word = &text[from..to];
        from = to;
        if used > start && used + columns(word.trim_end()) > room {
            end(&mut lines, &mut line, hanging);
            (used, start) = (hanging, hanging);
        }
        for c in word.chars() {
            let wide = c.width_cjk().unwrap_or(0);
            if used > start && used + wide > room && c != ' ' {
                end(&mut lines, &mut line, hanging);
                (used, start) = (hanging, hanging);
            }
            line.push(c);
            used += wide;
        }
    }
    lines.push_str(line.trim_end());
    lines.push('\n');
    lines
}

/// The columns a line has beside its indent, however narrow the terminal is.
const LEAST: usize = 20;

fn end(lines: &mut String, line: &mut String, hanging: usize) {
    lines.push_str(line.trim_end());
    lines.push('\n');
    *line = " ".repeat(hanging);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_characters_take_two_columns() {
        assert_eq!(columns("総務課.xlsx「1」"), 16);
        assert_eq!((columns("■①→"), columns("\u{3099}")), (6, 0));
        assert_eq!(padded("累計", 6), "累計  ");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let text = "計画の目標値を記入してください。計画にも目標値がない場合は、企画担当課に相談してください。".repeat(5);
        for width in [40, 79, 120] {
            let lines = wrapped(&text, "      → ", 8, Some(width));
            assert!(lines.lines().all(|line| columns(line) <= width), "{lines}");
            assert!(
                lines
                    .lines()
                    .skip(1)
                    .all(|line| line.starts_with("        "))
            );
            let joined: String = lines.lines().map(str::trim_start).collect();
            assert_eq!(joined, format!("→ {text}"));
            for line in lines.lines().map(str::trim_start) {
                assert!(!line.starts_with(['。', '、', '」']), "{lines}");
            }
        }
    }

    #[test]
    fn a_word_longer_than_a_line_breaks_anywhere() {
        let word = "a".repeat(100);
        let lines = wrapped(&word, "  ", 4, Some(42));
        assert_eq!(lines.lines().map(columns).collect::<Vec<_>>(), [42, 42, 26]);
        assert_eq!(wrapped("あ", "", 0, Some(1)), "あ\n");
        assert_eq!(wrapped("", "      ", 6, Some(79)), "\n");
    }

    #[test]
    fn without_a_width_a_text_is_one_line() {
        let text = "あ".repeat(100);
        assert_eq!(wrapped(&text, "  ", 4, None), format!("  {text}\n"));
    }
}
