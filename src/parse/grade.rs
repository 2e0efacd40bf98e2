//! 評価区分: mark and words, in the layout's vocabulary. △ is a grade here, never a minus.

use crate::model::text::fold;
use crate::model::{Grade, Layout};

/// Reads a grade: what was typed, and what the layout's vocabulary makes of it.
pub fn grade(text: &str, layout: &Layout) -> Grade {
    let text = text.trim();
    let (mark, words) = split_mark(text, layout);
    let label = words.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '(' | ')' | '（' | '）' | ':' | '：')
    });
    let folded = fold(label);
    let by_label = layout.grades.iter().position(|word| word.is_label(&folded));
    Grade {
        by_mark: mark.as_ref().and_then(|mark| rank(mark, layout)),
        mark,
        label: (!label.is_empty()).then(|| label.to_owned()),
        by_label,
        cancelled: by_label.is_none()
            && layout
                .cancelled
                .iter()
                .any(|word| folded.contains(&fold(word))),
    }
}

/// Takes a mark of the vocabulary, bare or in brackets, off the front.
fn split_mark<'a>(text: &'a str, layout: &Layout) -> (Option<String>, &'a str) {
    let open = text.trim_start_matches(['(', '（']);
    let bracketed = open.len() < text.len();
    for mark in marks(layout) {
        let Some(rest) = open.strip_prefix(mark) else {
            continue;
        };
        // A letter that begins a word is no mark: `A` of `AI`.
        let runs_on = mark.chars().all(char::is_alphanumeric)
            && rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        if runs_on {
            continue;
        }
        let rest = if bracketed {
            rest.trim_start_matches([')', '）'])
        } else {
            rest
        };
        return (Some(mark.to_owned()), rest);
    }
    (None, text)
}

fn marks(layout: &Layout) -> impl Iterator<Item = &str> {
    let all = layout
        .grades
        .iter()
        .flat_map(|word| std::iter::once(&word.mark).chain(&word.mark_synonyms));
    all.map(String::as_str).filter(|mark| !mark.is_empty())
}

fn rank(mark: &str, layout: &Layout) -> Option<usize> {
    layout.grades.iter().position(|word| {
        word.mark == mark || word.mark_synonyms.iter().any(|synonym| synonym == mark)
    })
}
