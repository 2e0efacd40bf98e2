//! 脚注: `※1 用語…説明`.

use crate::model::text::AnyWidthDigit;

/// What stands between term and explanation.
const LEADERS: [&str; 5] = ["……", "…", "‥", "・・・", "..."];

/// Reads the footnotes of a cell: mark, term, explanation; a new one begins at a line with `※n`.
pub fn footnotes(text: &str) -> Vec<(String, Option<String>, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (mark(line), found.last_mut()) {
            (Some((mark, rest)), _) => found.push((mark, rest.trim().to_owned())),
            (None, Some((_, body))) => {
                body.push('\n');
                body.push_str(line);
            }
            (None, None) => {}
        }
    }
    found
        .into_iter()
        .map(|(mark, body)| {
            let (term, text) = split_term(body.trim_end());
            (mark, term, text)
        })
        .collect()
}

/// Reads `※1`, `(※１)` at the start of a line, and gives the rest.
fn mark(line: &str) -> Option<(String, &str)> {
    let line = line.trim_start();
    let inner = line.strip_prefix(['(', '（']).unwrap_or(line);
    let rest = inner.strip_prefix('※')?.trim_start();
    let end = rest
        .find(|c: char| c.nfkc_digit().is_none())
        .unwrap_or(rest.len());
    let number: String = rest[..end]
        .chars()
        .filter_map(AnyWidthDigit::nfkc_digit)
        .map(|digit| digit.to_string())
        .collect();
    let rest = &rest[end..];
    let rest = if inner.len() < line.len() {
        rest.strip_prefix([')', '）']).unwrap_or(rest)
    } else {
        rest
    };
    (!number.is_empty()).then(|| (format!("※{number}"), rest))
}

fn split_term(body: &str) -> (Option<String>, String) {
    let first = LEADERS
        .iter()
        .filter_map(|leader| Some((body.find(leader)?, leader.len())))
        .min_by_key(|(at, length)| (*at, usize::MAX - length));
    match first {
        Some((at, length)) if !body[..at].trim().is_empty() => (
            Some(body[..at].trim().to_owned()),
            body[at + length..].trim().to_owned(),
        ),
        Some(_) | None => (None, body.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(mark: &str, term: Option<&str>, text: &str) -> (String, Option<String>, String) {
        (mark.to_owned(), term.map(str::to_owned), text.to_owned())
    }

    #[test]
    fn a_term_ends_at_the_first_leader() {
        assert_eq!(
            footnotes("※1 RPA(Robotic)…操作…を自動化"),
            [one("※1", Some("RPA(Robotic)"), "操作…を自動化")]
        );
        assert_eq!(
            footnotes("※１　用語……説明"),
            [one("※1", Some("用語"), "説明")]
        );
        assert_eq!(
            footnotes("(※2)用語・・・説明"),
            [one("※2", Some("用語"), "説明")]
        );
        assert_eq!(
            footnotes("※3 用語のない説明"),
            [one("※3", None, "用語のない説明")]
        );
    }

    #[test]
    fn several_footnotes_may_share_a_cell() {
        assert_eq!(
            footnotes("※1 甲…あ\nい\n※2 乙…う"),
            [one("※1", Some("甲"), "あ\nい"), one("※2", Some("乙"), "う")]
        );
        assert_eq!(footnotes("※注意"), []);
    }
}
