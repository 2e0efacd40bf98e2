//! Compounds: `①3校 ②4回`, also with marks typed as `(1)`, `1)`, `１．` or `(ア)`.

use super::glyph::{is_close, is_open};
use super::words::leading_qualifier;
use crate::model::{Measure, Part, Qualifier};

/// Ranges of marks that are one character, with the number of their first.
const MARKS: [(char, char, u32); 12] = [
    ('①', '⑳', 1),
    ('⒈', '⒛', 1),
    ('➀', '➉', 1),
    ('➊', '➓', 1),
    ('⓫', '⓴', 11),
    ('㈠', '㈩', 1),
    ('㊀', '㊉', 1),
    ('㉑', '㉟', 21),
    ('㊱', '㊿', 36),
    ('⑴', '⒇', 1),
    ('❶', '❿', 1),
    ('⓵', '⓾', 1),
];

/// A mark found in a text: its number and its bytes.
struct Mark {
    number: u32,
    start: usize,
    end: usize,
}

/// Splits a narrowed text at its marks and reads every part with `single`.
///
/// `None`: no compound. `Some(None)`: marks, but not readable part by part.
pub(super) fn compound(
    text: &str,
    single: impl Fn(&str) -> Option<Measure>,
) -> Option<Option<Measure>> {
    let (qualifier, body) = match leading_qualifier(text) {
        Some((qualifier, rest)) => {
            let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
            (Some(qualifier), rest)
        }
        None => (None, text),
    };
    let mut marks = one_character_marks(body);
    if marks.is_empty() {
        marks = typed_marks(body);
    }
    let first = marks.first()?;
    if first.start > 0 {
        return Some(None);
    }
    Some(parts(body, &marks, qualifier, single).map(Measure::Compound))
}

fn parts(
    body: &str,
    marks: &[Mark],
    qualifier: Option<Qualifier>,
    single: impl Fn(&str) -> Option<Measure>,
) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        let next = marks.get(index + 1).map(|next| next.start);
        let content = &body[mark.end..next.unwrap_or(body.len())];
        // ①②合わせて3校 names two parts with one number.
        if content.is_empty() && next.is_some() {
            return None;
        }
        let circled = circled(mark.number)?;
        if parts.iter().any(|part| part.mark == circled) {
            return None;
        }
        let separator = |c: char| c.is_whitespace() || "、,，;；・･/".contains(c);
        let content = content
            .trim_end_matches(separator)
            .trim_start_matches(|c: char| c.is_whitespace() || c == ':');
        let measure = match content {
            "" => None,
            content => Some(qualified(single(content)?, qualifier)?),
        };
        parts.push(Part {
            mark: circled.into(),
            measure,
        });
    }
    Some(parts)
}

/// A qualifier before the first mark speaks of every part.
fn qualified(measure: Measure, qualifier: Option<Qualifier>) -> Option<Measure> {
    let Measure::Quantity(mut quantity) = measure else {
        return Some(measure);
    };
    if let (Some(own), Some(common)) = (quantity.qualifier, qualifier)
        && own != common
    {
        return None;
    }
    quantity.qualifier = quantity.qualifier.or(qualifier);
    Some(Measure::Quantity(quantity))
}

fn one_character_marks(text: &str) -> Vec<Mark> {
    let number = |c: char| {
        MARKS
            .iter()
            .find(|(first, last, _)| (*first..=*last).contains(&c))
            .map(|(first, _, number)| number + (c as u32 - *first as u32))
    };
    text.char_indices()
        .filter_map(|(start, c)| {
            let end = start + c.len_utf8();
            number(c).map(|number| Mark { number, start, end })
        })
        .collect()
}

/// How a mark is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `(1)`, `1)`, `【1】`
    Figure,
    /// `1.`, `1、` before anything but a figure, for `1.3校` is a number.
    Point,
    /// `(ア)`, `ア)`
    Kana,
    /// `(a)`, `b)`
    Letter,
}

const KANA: &str = "アイウエオカキクケコサシスセソ";
const HALF_KANA: &str = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿ";
const LETTERS: &str = "abcdefghijklmno";

/// Marks that were typed, all in the style of the first.
fn typed_marks(text: &str) -> Vec<Mark> {
    let styles = [Style::Figure, Style::Point, Style::Kana, Style::Letter];
    let marks = styles.into_iter().map(|style| marks_of(text, style));
    marks
        .into_iter()
        .find(|marks| !marks.is_empty())
        .unwrap_or_default()
}

/// They must begin the text and count 1, 2, 3 with content behind each.
fn marks_of(text: &str, style: Style) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let expected = marks.len() as u32 + 1;
        let before = text[..at].chars().next_back();
        let free = match style {
            Style::Point => before.is_none_or(char::is_whitespace),
            Style::Figure | Style::Kana | Style::Letter => {
                !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.')
            }
        };
        if depth == 0
            && free
            && let Some(length) = typed_mark(&text[at..], expected, style)
        {
            marks.push(Mark {
                number: expected,
                start: at,
                end: at + length,
            });
            at += length;
            continue;
        }
        if marks.is_empty() {
            return marks;
        }
        if is_open(c) {
            depth += 1;
        } else if is_close(c) {
            depth -= 1;
        }
        at += c.len_utf8();
    }
    let has_content = |mark: &Mark| {
        let rest = &text[mark.end..];
        !rest.trim().is_empty()
    };
    let least = if style == Style::Figure { 1 } else { 2 };
    if marks.len() >= least && marks.last().is_some_and(has_content) {
        return marks;
    }
    Vec::new()
}

/// The bytes of `(2)` or `2)` with the expected number at the beginning of a text.
fn typed_mark(text: &str, expected: u32, style: Style) -> Option<usize> {
    let inner = text.strip_prefix(is_open).unwrap_or(text);
    let opened = inner.len() < text.len();
    let nth = |marks: &str| marks.chars().nth(expected as usize - 1);
    let rest = match style {
        Style::Figure | Style::Point => inner.strip_prefix(expected.to_string().as_str())?,
        Style::Kana => {
            let kana = [nth(KANA)?, nth(HALF_KANA)?];
            inner.strip_prefix(kana)?
        }
        Style::Letter => {
            let letter = nth(LETTERS)?;
            inner.strip_prefix([letter, letter.to_ascii_uppercase()])?
        }
    };
    if style == Style::Point {
        let rest = rest.strip_prefix(['.', '、'])?;
        let figure = rest.starts_with(|c: char| c.is_ascii_digit());
        return (!opened && !figure).then(|| text.len() - rest.len());
    }
    let rest = rest.strip_prefix(|c| matches!(c, ')' | '）') || opened && is_close(c))?;
    Some(text.len() - rest.len())
}

fn circled(number: u32) -> Option<String> {
    let (first, base) = match number {
        1..=20 => ('①', 1),
        21..=35 => ('㉑', 21),
        36..=50 => ('㊱', 36),
        _ => return None,
    };
    char::from_u32(first as u32 + number - base).map(String::from)
}

#[cfg(test)]
mod tests {
    use crate::model::Measure;
    use crate::parse::measure;

    fn shown(text: &str) -> Option<String> {
        let Measure::Compound(parts) = measure(text)? else {
            return None;
        };
        let shown = parts.iter().map(|part| {
            let measure = match &part.measure {
                Some(Measure::Quantity(quantity)) => format!(
                    "{}{}{}{}",
                    quantity.label.as_deref().unwrap_or(""),
                    quantity.qualifier.map_or("", |qualifier| qualifier.label()),
                    quantity.value,
                    quantity.unit
                ),
                Some(Measure::Milestone(milestone)) => milestone.text.to_string(),
                Some(Measure::AsNeeded) => "随時".to_owned(),
                Some(Measure::Nothing(_)) => "—".to_owned(),
                Some(Measure::Compound(_)) | None => "?".to_owned(),
            };
            format!("{}{measure}", part.mark)
        });
        Some(shown.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn parts_are_told_apart_before_digits_are_read() {
        for text in [
            "①3校\n②4回",
            "①３校　②４回",
            "①3校②4回",
            "①3校、②4回",
            "①：3校 ②：4回",
            "(1)3校 (2)4回",
            "（１）3校\n（２）4回",
            "1)3校 2)4回",
            "1）3校 2）4回",
            "1)3校2)4回",
            "⑴3校⑵4回",
            "❶3校 ❷4回",
            "1. 3校\n2. 4回",
            "１．　３校　２．　４回",
            "1、 3校 2、 4回",
            "【1】3校【2】4回",
            "［１］３校　［２］４回",
            "⒈3校⒉4回",
            "➀3校➁4回",
            "㈠3校㈡4回",
            "(ア)3校 (イ)4回",
            "（ｱ）３校\n（ｲ）４回",
            "a)3校 b)4回",
            "(Ａ)3校 (Ｂ)4回",
        ] {
            assert_eq!(shown(text).as_deref(), Some("①3校 ②4回"), "{text}");
        }
        for (text, expected) in [
            (
                "①学校訪問2校、②就職説明会等4回",
                "①学校訪問2校 ②就職説明会等4回",
            ),
            ("１．学校訪問3校\n２．説明会4回", "①学校訪問3校 ②説明会4回"),
            ("(累計)①3校②延べ4回", ""),
            ("(累計)\n①3校\n②4回", "①累計3校 ②累計4回"),
            ("①延べ3人 ②1,257時間/年", "①延べ3人 ②1257時間/年"),
            ("①3校\n②未実施", "①3校 ②未実施"),
            ("①— ②随時", "①— ②随時"),
            ("①3校 ②", "①3校 ②?"),
            ("① ②4回", "①? ②4回"),
            ("②4回", "②4回"),
            ("㉑3校㉒4校", "㉑3校 ㉒4校"),
            ("⑩3校⑪4校", "⑩3校 ⑪4校"),
            ("(1)令和6年3月策定 (2)3件", "①令和6年3月策定 ②3件"),
        ] {
            let expected = (!expected.is_empty()).then_some(expected);
            assert_eq!(shown(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn texts_that_are_not_readable_part_by_part_are_refused() {
        for text in [
            "学校訪問①3校②4回",
            "7校（①3校②4校）",
            "①3校①4回",
            "①②合わせて3校",
            "①3～4校 ②4回",
            "①3校 ②12,34回",
            "(1)3校 (3)4回",
            "1)3校 2)",
            "3件(1)",
            "(2)3件",
            "1)5件(うち2)",
            "1.3校 2.4回",
            "１．3校\n２．4回",
            "1、3校 2、4回",
            "(ア)3校",
            "(ア)3校 (ウ)4回",
            "(ア)3校 (2)4回",
            "A)3校",
        ] {
            assert_eq!(measure(text), None, "{text}");
        }
    }
}
