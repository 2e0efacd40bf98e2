//! Grades: mark and words of the assessment, as the layout's vocabulary understands them.
//!
//! `△` is a grade here and a minus sign in a measure: the field decides, not the text.

use crate::model::text::{fold, strip_marks};
use crate::model::{Grade, GradeWord, Layout};

use super::glyph::{enclosed, leading_bracket, trailing_bracket};

/// Marks that offices use, whether or not this vocabulary has them.
const MARKS: &str = "◎○〇◯△▲▽▼×✕✖☓●■□◇◆☆★◉✓✔";

/// Reads the grade of an axis; what its vocabulary does not know has neither `by_mark` nor `by_label`.
///
/// A cell that shows several marks of the vocabulary is a list of choices, not a grade. A cancelled item
/// (取組中止) has no grade whatever mark stands beside it.
pub fn grade(text: &str, layout: &Layout, axis: usize) -> Grade {
    let words_of_axis = layout.words(axis);
    let text = strip_marks(text);
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{FE0E}' | '\u{FE0F}'))
        .collect();
    let text = text.trim();
    let folded = fold(text);
    let cancelled = layout
        .cancelled
        .iter()
        .map(|word| fold(word))
        .any(|word| !word.is_empty() && folded.contains(&word));
    let (mark, words) = match apart(text, words_of_axis) {
        Some((mark, words)) if !has_mark(words, words_of_axis) => (Some(mark), words),
        Some(_) | None => (None, text),
    };
    let label = (!words.is_empty()).then(|| words.to_owned());
    let key = fold(words.trim_end_matches('。'));
    let by_mark = mark.and_then(|mark| position(words_of_axis, |grade| is_mark(grade, mark)));
    let by_label = position(words_of_axis, |grade| grade.is_label(&key));
    Grade {
        mark: mark.map(str::to_owned),
        label,
        by_mark: by_mark.filter(|_| !cancelled),
        by_label: by_label.filter(|_| !cancelled),
        cancelled,
    }
}

/// Takes the mark and the words apart, in either order, the mark or the words in brackets or not.
fn apart<'a>(text: &'a str, grades: &[GradeWord]) -> Option<(&'a str, &'a str)> {
    if let Some((inner, rest)) = leading_bracket(text)
        && is_alone(inner, grades)
    {
        return Some((inner.trim(), words(rest)));
    }
    if let Some((head, inner)) = trailing_bracket(text)
        && is_alone(inner, grades)
    {
        return Some((inner.trim(), words(head)));
    }
    let length = prefix(text, grades)?;
    if length > 0 {
        return Some((text[..length].trim(), words(&text[length..])));
    }
    let at = text.char_indices().next_back()?.0;
    is_alone(&text[at..], grades).then(|| (&text[at..], words(&text[..at])))
}

/// The bytes of the mark that begins a text; 0 where it begins with none.
fn prefix(text: &str, grades: &[GradeWord]) -> Option<usize> {
    let first = text.chars().next()?;
    let known = text
        .char_indices()
        .take(4)
        .map(|(at, c)| at + c.len_utf8())
        .filter(|end| grades.iter().any(|grade| is_mark(grade, &text[..*end])))
        .filter(|end| is_set_apart(&text[..*end], &text[*end..]))
        .max();
    let symbol = MARKS.contains(first).then_some(first.len_utf8());
    known.or(symbol).or(Some(0))
}

/// A letter is a mark only where no letter follows it: `A 順調`, not `AI`.
fn is_set_apart(mark: &str, rest: &str) -> bool {
    let letter = |c: char| {
        fold(c.encode_utf8(&mut [0; 4]))
            .chars()
            .all(|c| c.is_ascii_alphanumeric())
    };
    !mark.ends_with(letter) || !rest.starts_with(letter)
}

fn is_alone(text: &str, grades: &[GradeWord]) -> bool {
    let text = text.trim();
    let mut chars = text.chars();
    let symbol = chars.next().is_some_and(|c| MARKS.contains(c)) && chars.next().is_none();
    symbol || grades.iter().any(|grade| is_mark(grade, text))
}

/// Tells whether words hold a mark: then the cell lists the choices.
fn has_mark(words: &str, grades: &[GradeWord]) -> bool {
    let symbol = |mark: &String| mark.starts_with(|c| MARKS.contains(c)) && words.contains(mark);
    let letter = words
        .split(|c: char| !c.is_alphanumeric())
        .any(|piece| grades.iter().any(|grade| is_mark(grade, piece)));
    letter || grades.iter().flat_map(spellings).any(symbol)
}

fn spellings(grade: &GradeWord) -> impl Iterator<Item = &String> {
    std::iter::once(&grade.mark).chain(&grade.mark_synonyms)
}

fn is_mark(grade: &GradeWord, typed: &str) -> bool {
    let typed = fold(typed);
    !typed.is_empty() && spellings(grade).any(|mark| fold(mark) == typed)
}

fn words(text: &str) -> &str {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == ':' || c == '：');
    enclosed(text).unwrap_or(text)
}

fn position(grades: &[GradeWord], is: impl Fn(&GradeWord) -> bool) -> Option<usize> {
    grades.iter().position(is)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> Layout {
        toml::from_str(include_str!("../../templates/ojiya-r4.toml")).unwrap()
    }

    fn read(text: &str) -> (Option<String>, Option<String>, Option<usize>, Option<usize>) {
        let grade = grade(text, &layout(), 0);
        assert!(!grade.cancelled, "{text}");
        (grade.mark, grade.label, grade.by_mark, grade.by_label)
    }

    #[test]
    fn marks_and_words_are_read_in_every_dress() {
        for (text, mark, label, by_mark, by_label) in [
            ("◎ 計画どおり", "◎", "計画どおり", Some(0), Some(0)),
            ("◎　計画通り", "◎", "計画通り", Some(0), Some(0)),
            ("（◎）計画どおり", "◎", "計画どおり", Some(0), Some(0)),
            ("計画どおり（◎）", "◎", "計画どおり", Some(0), Some(0)),
            ("計画どおり ◎", "◎", "計画どおり", Some(0), Some(0)),
            ("◎（計画どおり）", "◎", "計画どおり", Some(0), Some(0)),
            ("◎：計画どおり。", "◎", "計画どおり。", Some(0), Some(0)),
            ("◎\n計画どおり", "◎", "計画どおり", Some(0), Some(0)),
            ("概ね計画どおり", "", "概ね計画どおり", None, Some(1)),
            ("おおむね計画通り", "", "おおむね計画通り", None, Some(1)),
            ("〇概ね計画どおり", "〇", "概ね計画どおり", Some(1), Some(1)),
            ("O 概ね計画どおり", "O", "概ね計画どおり", Some(1), Some(1)),
            ("○", "○", "", Some(1), None),
            (
                "△あまり進まなかった",
                "△",
                "あまり進まなかった",
                Some(2),
                Some(2),
            ),
            (
                "△ あまり進まなかった(※1)",
                "△",
                "あまり進まなかった",
                Some(2),
                Some(2),
            ),
            ("◎ 概ね計画どおり", "◎", "概ね計画どおり", Some(0), Some(1)),
            ("× 未着手", "×", "未着手", None, None),
            (
                "▲ あまり進まなかった",
                "▲",
                "あまり進まなかった",
                None,
                Some(2),
            ),
            ("OK", "", "OK", None, None),
            ("順調", "", "順調", None, None),
            ("", "", "", None, None),
        ] {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let expected = (some(mark), some(label), by_mark, by_label);
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_list_of_choices_is_no_grade() {
        for text in ["◎ ○ △", "◎計画どおり・○概ね計画どおり・△あまり進まなかった"]
        {
            assert_eq!(
                read(text),
                (None, Some(text.to_owned()), None, None),
                "{text}"
            );
        }
    }

    #[test]
    fn a_cancelled_item_has_no_grade() {
        let read = grade("導入検討の結果、取組中止とする", &layout(), 0);
        assert!(read.cancelled && read.mark.is_none() && read.rank().is_none());
        assert_eq!(
            read.label.as_deref(),
            Some("導入検討の結果、取組中止とする")
        );
        let read = grade("△ 取り組みを中止", &layout(), 0);
        assert!(read.cancelled && read.by_mark.is_none());
        assert_eq!(read.mark.as_deref(), Some("△"));
    }

    #[test]
    fn vocabularies_with_letters_are_read_too() {
        let mut layout = layout();
        for (grade, mark) in layout.grades.iter_mut().zip(["A", "B", "C"]) {
            grade.mark = mark.to_owned();
            grade.mark_synonyms.clear();
        }
        for (text, by_mark) in [
            ("A", Some(0)),
            ("Ｂ 概ね計画どおり", Some(1)),
            ("C：あまり進まなかった", Some(2)),
            ("AI導入", None),
            ("A・B・C", None),
        ] {
            assert_eq!(grade(text, &layout, 0).by_mark, by_mark, "{text}");
        }
    }
}
