//! Buttons, check boxes and labels of a form (`vmlDrawing1.vml`, ECMA-376 Part 4, 19.4).
//!
//! Excel writes these parts in a dialect that is often no well-formed XML, and the notes' own boxes
//! stand in them as well; so the few words that matter are looked for in the text.

use quick_xml::escape::unescape;

use crate::model::text::printable;
use crate::model::{CellRange, CellRef, LAST_COLUMN, LAST_ROW, Remark, RemarkKind};

/// The words on controls, with a box that tells whether it is ticked where the control is one.
pub(super) fn controls(part: &str) -> Vec<Remark> {
    part.split("<v:shape ")
        .skip(1)
        .filter_map(control)
        .collect()
}

/// What a control or its twin in a drawing says, without the box in front and without gaps.
pub(super) fn words(remark: &Remark) -> String {
    let words = remark.text.trim_start_matches(['☑', '☐']);
    words.split_whitespace().collect()
}

fn control(shape: &str) -> Option<Remark> {
    let kind = between(shape, "ObjectType=\"", "\"")?;
    if kind == "Note" {
        return None;
    }
    let (_, text) = between(shape, "<v:textbox", "</v:textbox>")?.split_once('>')?;
    let text = plain(text);
    if text.is_empty() {
        return None;
    }
    let ticked = between(shape, "<x:Checked>", "</x:Checked>").is_some_and(|it| it.trim() == "1");
    let state = match (kind, ticked) {
        ("Checkbox" | "Radio", true) => "☑",
        ("Checkbox" | "Radio", false) => "☐",
        _ => "",
    };
    Some(Remark {
        range: range(shape),
        kind: RemarkKind::Control,
        author: None,
        text: format!("{state}{text}"),
    })
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(from)?;
    rest.split_once(to).map(|(found, _)| found)
}

/// A text without its tags, on one line.
fn plain(markup: &str) -> String {
    let mut text = String::new();
    for piece in markup.split('<') {
        let outside = piece.split_once('>').map_or(piece, |(_, outside)| outside);
        text.push_str(outside);
    }
    let text = unescape(&text).map_or_else(|_| text.clone(), |text| text.into_owned());
    let words: Vec<&str> = text.split_whitespace().collect();
    printable(&words.join(" "))
}

/// `<x:Anchor>`: column, offset, row, offset of the upper left corner, then of the lower right.
fn range(shape: &str) -> CellRange {
    let anchor = between(shape, "<x:Anchor>", "</x:Anchor>").unwrap_or_default();
    let numbers: Vec<u32> = anchor
        .split(',')
        .map(|number| number.trim().parse().unwrap_or(0))
        .collect();
    let at = |at: usize, last: u32| numbers.get(at).copied().unwrap_or(0).min(last);
    let first = CellRef::new(at(2, LAST_ROW), at(0, LAST_COLUMN));
    let last = CellRef::new(at(6, LAST_ROW), at(4, LAST_COLUMN));
    match numbers.len() {
        8 => CellRange::new(first, last),
        _ => first.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(shapes: &str) -> Vec<String> {
        let controls = controls(&format!("<xml xmlns:v=\"v\">{shapes}</xml>"));
        let told = controls.iter();
        told.map(|one| format!("{} {}", one.range, one.text))
            .collect()
    }

    fn shape(kind: &str, text: &str, rest: &str) -> String {
        format!(
            "<v:shape id=\"_x0000_s1025\" type=\"#_x0000_t201\"><v:textbox style='x'>{text}</v:textbox>\
             <x:ClientData ObjectType=\"{kind}\"><x:Anchor>\n 3, 10, 7, 2, 5, 1, 8, 0</x:Anchor>{rest}</x:ClientData></v:shape>"
        )
    }

    #[test]
    fn controls_say_what_is_on_them_and_whether_they_are_ticked() {
        let font = "<div style='text-align:left'><font face=\"游ゴシック\">概ね<br>計画 &amp; 実施</font></div>";
        let shapes = shape("Checkbox", font, "<x:Checked>1</x:Checked>")
            + &shape("Radio", "遅れ", "")
            + &shape("Button", "送信", "")
            + &shape("Drop", " ", "")
            + &shape("Note", "<div>メモ</div>", "");
        let expected = ["D8:F9 ☑概ね計画 & 実施", "D8:F9 ☐遅れ", "D8:F9 送信"];
        assert_eq!(told(&shapes), expected);
    }

    #[test]
    fn nothing_breaks_on_broken_parts() {
        let whole = shape("Label", "甲", "");
        for cut in (0..whole.len()).filter(|cut| whole.is_char_boundary(*cut)) {
            assert!(told(&whole[..cut]).len() <= 1);
        }
        let odd = whole
            .replace("7, 2", "99999999, x")
            .replace("甲", "甲 &bogus; 乙");
        assert_eq!(told(&odd), ["D9:F1048576 甲 &bogus; 乙"]);
    }
}
