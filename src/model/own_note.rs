//! The notes that this program puts on a form that is sent back: no content of the department's.

use super::form_id::code;
use super::text::fold;

/// What the last line of such a note begins with.
const SIGNED: &str = "確認票 ";

/// What the reader of a note is told of that line.
const EXPLAINED: &str = "（このメモの照合番号です。消さずに残してください）";

/// The words of a note with a check code over them, by which they are known again.
pub fn signed_note(words: &str) -> String {
    format!("{words}\n{SIGNED}{}{EXPLAINED}", code(&[&fold(words)]))
}

/// Tells whether a note is one of ours and says what it said when it was written.
pub fn is_own_note(text: &str) -> bool {
    let Some((words, last)) = text.trim_end().rsplit_once('\n') else {
        return false;
    };
    let check = last.trim().strip_prefix(SIGNED);
    check.is_some_and(|check| {
        let check = check.strip_suffix(EXPLAINED).unwrap_or(check);
        check.trim() == code(&[&fold(words)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_notes_are_known_until_somebody_writes_in_them() {
        let note = signed_note("【N03】記入されていません。\n→ 記入してください。");
        assert!(is_own_note(&note));
        assert!(is_own_note(&note.replace("\n", "\r\n")));
        assert!(is_own_note(&note.replace(EXPLAINED, "")));
        assert!(!is_own_note(
            &note.replace("記入してください", "記入済みです")
        ));
        assert!(!is_own_note(&format!("{note}\n5月に提出します")));
        assert!(!is_own_note("うち3件は見込み"));
        assert!(!is_own_note(""));
    }
}
