//! Sheet names that every Excel accepts.

use std::collections::BTreeSet;

use crate::model::text::fold;

/// Excel's limit for a sheet's name, in UTF-16 units.
const LONGEST: usize = 31;

/// Gives out sheet names, each once.
#[derive(Debug, Default)]
pub(super) struct SheetNames {
    taken: BTreeSet<String>,
}

impl SheetNames {
    /// Makes a name safe and different from all before it.
    ///
    /// Japanese Excel refuses the full-width twins of the forbidden characters too, keeps 履歴 and
    /// History for itself, and takes Ａ and A for the same name.
    pub(super) fn safe_sheet_name(&mut self, wanted: &str) -> String {
        let cleaned: String = wanted.chars().map(replace).collect();
        let cleaned = cleaned.trim();
        let base = match fold(cleaned).to_lowercase().as_str() {
            "" => "シート".to_owned(),
            "history" | "履歴" => format!("{cleaned}_"),
            _ => cleaned.to_owned(),
        };
        let mut name = cut(&base, LONGEST);
        let mut count = 2;
        while !self.taken.insert(fold(&name).to_lowercase()) {
            let suffix = format!("({count})");
            name = cut(&base, LONGEST - suffix.len()) + &suffix;
            count += 1;
        }
        name
    }
}

fn replace(c: char) -> char {
    match c {
        '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'' => '_',
        '［' | '］' | '：' | '＊' | '？' | '／' | '＼' | '￥' | '＇' | '’' => '_',
        '\u{FFFE}' | '\u{FFFF}' => '_',
        c if c.is_control() => '_',
        c => c,
    }
}

fn cut(text: &str, units: usize) -> String {
    let mut left = units;
    text.chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= left;
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect::<String>()
        .trim_end()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(wanted: &str) -> String {
        SheetNames::default().safe_sheet_name(wanted)
    }

    #[test]
    fn forbidden_characters_are_replaced() {
        assert_eq!(name("R5/上[1]:*?\\'"), "R5_上_1______");
        assert_eq!(name("Ｒ５／上：？’￥"), "Ｒ５_上____");
        assert_eq!(name("取\u{1}組\u{FFFE}"), "取_組_");
    }

    #[test]
    fn reserved_and_blank_names_are_avoided() {
        assert_eq!(name("History"), "History_");
        assert_eq!(name("履歴"), "履歴_");
        assert_eq!(name("　"), "シート");
    }

    #[test]
    fn names_are_cut_at_31_units() {
        assert_eq!(name(&"あ".repeat(40)).encode_utf16().count(), 31);
        assert_eq!(name(&"𠮷".repeat(40)).encode_utf16().count(), 30);
    }

    #[test]
    fn twins_by_width_and_case_are_told_apart() {
        let mut names = SheetNames::default();
        assert_eq!(names.safe_sheet_name("A1"), "A1");
        assert_eq!(names.safe_sheet_name("ａ１"), "ａ１(2)");
        let long = "い".repeat(31);
        assert_eq!(names.safe_sheet_name(&long), long);
        assert_eq!(
            names.safe_sheet_name(&long),
            format!("{}(2)", "い".repeat(28))
        );
    }
}
