//! Footnotes: `※1 用語…説明`.

use crate::model::text::mark_number;

/// Leaders that part a term from its explanation; a single `・` belongs to words.
const LEADERS: [(char, usize); 7] = [
    ('…', 1),
    ('‥', 1),
    ('⋯', 1),
    ('・', 3),
    ('･', 3),
    ('.', 3),
    ('．', 3),
];

/// Splits a cell into its footnotes: mark (`※1`), term and text.
///
/// A footnote begins on every line that begins with a numbered mark; other lines go on with the one
/// before. Text before the first mark is given with an empty mark, so that nothing is lost.
///
/// ```
/// # use torimatome::parse::footnotes;
/// let read = footnotes("（※１）生成AI…人工知能の総称");
/// assert_eq!(read, [("※1".to_owned(), Some("生成AI".to_owned()), "人工知能の総称".to_owned())]);
/// ```
pub fn footnotes(text: &str) -> Vec<(String, Option<String>, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (marked(line), found.last_mut()) {
            (Some((mark, rest)), None) => found.push((mark, rest.to_owned())),
            (Some((mark, rest)), Some(_)) if mark != "※" => found.push((mark, rest.to_owned())),
            (Some(_) | None, Some((_, body))) => {
                body.push('\n');
                body.push_str(line);
            }
            (None, None) if line.trim().is_empty() => {}
            (None, None) => found.push((String::new(), line.to_owned())),
        }
    }
    found
        .into_iter()
        .map(|(mark, body)| {
            let (term, text) = parted(body.trim());
            (mark, term, text)
        })
        .collect()
}

/// The mark that begins a line, in any width, in brackets or not, and the rest of the line.
fn marked(line: &str) -> Option<(String, &str)> {
    let line = line.trim_start();
    let (bracket, rest) = match line.strip_prefix(['(', '（', '[', '［']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, line),
    };
    let rest = rest.strip_prefix('※')?;
    let (mark, rest) = match mark_number(rest) {
        Some((number, rest)) => (format!("※{number}"), rest),
        None => ("※".to_owned(), rest),
    };
    let rest = match rest.trim_start().strip_prefix([')', '）', ']', '］']) {
        Some(behind) if bracket => behind,
        Some(_) | None => rest,
    };
    Some((mark, rest))
}

/// Parts term and text at the first leader.
fn parted(body: &str) -> (Option<String>, String) {
    for (at, c) in body.char_indices() {
        let Some((_, least)) = LEADERS.iter().find(|(leader, _)| *leader == c) else {
            continue;
        };
        let rest = body[at..].trim_start_matches(c);
        let run = (body.len() - at - rest.len()) / c.len_utf8();
        if run < *least {
            continue;
        }
        let term = body[..at].trim();
        let text = rest.trim();
        return match term {
            "" => (None, text.to_owned()),
            term => (Some(term.to_owned()), text.to_owned()),
        };
    }
    (None, body.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(mark: &str, term: Option<&str>, text: &str) -> (String, Option<String>, String) {
        (mark.to_owned(), term.map(str::to_owned), text.to_owned())
    }

    #[test]
    fn mark_term_and_text_in_every_spelling() {
        for text in [
            "※1 LoGoフォーム…電子申請のツール。",
            "※１　LoGoフォーム……電子申請のツール。",
            "(※1)LoGoフォーム・・・電子申請のツール。",
            "（※１） LoGoフォーム...電子申請のツール。",
            "※ 1 LoGoフォーム ‥ 電子申請のツール。",
        ] {
            let expected = note("※1", Some("LoGoフォーム"), "電子申請のツール。");
            assert_eq!(footnotes(text), [expected], "{text}");
        }
    }

    #[test]
    fn only_a_leader_parts_the_term() {
        let ppp = "※2 PPP(パブリック・プライベート・パートナーシップ)…連携…すること";
        let term = "PPP(パブリック・プライベート・パートナーシップ)";
        assert_eq!(footnotes(ppp), [note("※2", Some(term), "連携…すること")]);
        assert_eq!(
            footnotes("※3 生成AI：人工知能の総称"),
            [note("※3", None, "生成AI：人工知能の総称")]
        );
        assert_eq!(footnotes("※4 …説明"), [note("※4", None, "説明")]);
        assert_eq!(footnotes("※12"), [note("※12", None, "")]);
    }

    #[test]
    fn several_footnotes_of_a_cell_are_split_at_lines() {
        let text = "※1 就業体験…体験（※2）を\nいう。\n※なお書き\n\n※２ 職場体験…学習活動";
        assert_eq!(
            footnotes(text),
            [
                note("※1", Some("就業体験"), "体験（※2）を\nいう。\n※なお書き"),
                note("※2", Some("職場体験"), "学習活動"),
            ]
        );
        assert_eq!(
            footnotes("注)\n※1 a…b"),
            [note("", None, "注)"), note("※1", Some("a"), "b")]
        );
        assert_eq!(footnotes("※用語…説明"), [note("※", Some("用語"), "説明")]);
        let figure = "※1,000m＝1kmとして換算";
        let rest = figure.trim_start_matches('※');
        assert_eq!(footnotes(figure), [note("※", None, rest)]);
        assert_eq!(footnotes(" \n"), []);
    }
}
