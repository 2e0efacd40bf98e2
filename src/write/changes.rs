//! 前回からの変更点: what two workbooks say differently as a workbook for the committee, a row a
//! field, with what differs underlined as in a table of old and new wordings.

use std::ops::Range;

use crate::model::height::{self, Face, MAX_ROW_PIXELS};
use crate::model::wording::{share, stretches};
use crate::model::{Comparison, Difference, DifferenceKind, Layout, PageSetup};

use super::draft::{Band, Draft, Piece};
use super::page::{Header, Paper};
use super::style::{Across, Down, Dress, Styles};
use super::text::{self, Canvas, LONGEST, column};
use super::{Stamp, WriteError, Written, begin};

const TITLE: &str = "前回からの変更点";
const PAGE: PageSetup = PageSetup {
    margins: [10.0, 10.0, 16.0, 14.0],
    header_margin: 8.0,
    landscape: true,
};
/// Heads and widths in pixels; together one page of A4 on its side at some 90 %.
const COLUMNS: [(&str, u32); 7] = [
    ("取組\n番号", 40),
    ("取組項目", 132),
    ("主管課", 84),
    ("欄", 164),
    ("区分", 60),
    ("前", 340),
    ("後", 340),
];
/// The rows that repeat on each page: the title and the heads.
const HEAD_ROWS: u32 = 2;
/// Texts less alike than this differ as wholes: nothing of them is underlined.
const UNLIKE: f64 = 0.3;

/// Writes the differences.
///
/// # Errors
///
/// A layout whose fonts or colours cannot be used, or a fault of the library.
pub fn changes(
    comparison: &Comparison,
    layout: &Layout,
    stamp: Stamp,
) -> Result<Written, WriteError> {
    let mut styles = Styles::new(&layout.look)?;
    let paper = Paper::new(&PAGE);
    let mut workbook = begin(TITLE, &styles, stamp)?;
    let draft = draft(comparison, &styles);
    let base = styles.base().clone();
    let sheet = workbook.add_worksheet();
    sheet.set_name(&draft.name)?;
    let mut canvas = Canvas::new(sheet, &base, &draft.name);
    draft.write(&mut canvas, &mut styles, &|_| None)?;
    let (sheet, last) = (canvas.sheet(), draft.last());
    let header = Header {
        font: &layout.look.text_font,
        left: comparison.after.plan.as_deref().unwrap_or(&layout.document),
        right: TITLE,
    };
    paper.set_up(sheet, last, &header)?;
    sheet.set_repeat_rows(0, HEAD_ROWS - 1)?;
    sheet.set_freeze_panes(HEAD_ROWS, 0)?;
    let bottom = last.row.max(HEAD_ROWS);
    sheet.autofilter(HEAD_ROWS - 1, 0, bottom, column(last))?;
    let sheets = vec![canvas.finish()];
    let bytes = workbook.save_to_buffer()?;
    Ok(Written { bytes, sheets })
}

fn draft(comparison: &Comparison, styles: &Styles) -> Draft {
    let all = COLUMNS.len() as u16;
    let mut draft = Draft::new(TITLE, COLUMNS.map(|(_, width)| width).to_vec());
    let title = Dress {
        label: true,
        size: 140,
        down: Down::Centre,
        ..styles.plain(0)
    };
    let words = format!("{TITLE}　{}", comparison.counted());
    let piece = Piece::new(0, all, title, "題名", words);
    draft.add(Band::new(0, vec![piece]).at_least(34), styles);
    let head = Dress {
        size: 90,
        ..styles.label()
    };
    let heads = (0..).zip(COLUMNS).map(|(column, (name, _))| {
        let words = match name {
            "前" => format!("前：{}", comparison.before.label()),
            "後" => format!("後：{}", comparison.after.label()),
            name => name.to_owned(),
        };
        Piece::new(column, 1, head, name, words)
    });
    draft.add(Band::new(0, heads.collect()).at_least(36), styles);
    for one in &comparison.differences {
        for band in bands(one, styles) {
            draft.add(band, styles);
        }
    }
    let note = match comparison.differences.is_empty() {
        true => "違いはありません。",
        false => "下線は、前と後で違う部分です。全文が入れ替わった欄には引いていません。",
    };
    let note = Piece::new(0, all, styles.plain(-15), "注", note);
    draft.add(Band::new(0, vec![note]).at_least(24), styles);
    draft
}

/// A difference's row; texts higher than a row can be go on in rows below it, which repeat what they
/// are about so that a filter keeps them together.
fn bands(one: &Difference, styles: &Styles) -> Vec<Band> {
    let dress = Dress {
        border: true,
        ..styles.plain(-15)
    };
    let face = styles.face(dress);
    let number = one.number.map_or_else(String::new, |one| one.to_string());
    let short = [
        number.as_str(),
        one.title.as_str(),
        one.lead.as_str(),
        one.field.as_str(),
        one.kind.label(),
    ];
    let [before, after] = one.texts().map(|text| text::clean(text).0);
    let lines = underlined(one.kind, &before, &after);
    let long = [&before, &after];
    let parts = [5, 6].map(|at: usize| parts(long[at - 5], COLUMNS[at].1, &face));
    let rows = parts.iter().map(Vec::len).max().unwrap_or(1);
    let row = |row: usize| {
        let heads = (0..).zip(short).map(|(column, text)| {
            let across = match column {
                0 | 4 => Across::Centre,
                _ => Across::Left,
            };
            let dress = Dress { across, ..dress };
            Piece::new(column, 1, dress, COLUMNS[usize::from(column)].0, text)
        });
        let mut pieces: Vec<Piece> = heads.collect();
        for (side, column) in (0..).zip([5, 6]) {
            let part = parts[side].get(row).cloned().unwrap_or(0..0);
            let text = long[side][part.clone()].trim_end_matches('\n');
            let lines = lines[side].iter();
            let within = lines.filter_map(|line| {
                let (from, to) = (line.start.max(part.start), line.end.min(part.end));
                let (from, to) = (from - part.start.min(from), to.max(part.start) - part.start);
                let to = to.min(text.len());
                (from < to).then_some(from..to)
            });
            let name = COLUMNS[usize::from(column)].0;
            pieces.push(Piece::new(column, 1, dress, name, text).underlined(within.collect()));
        }
        Band::new(0, pieces).at_least(20)
    };
    (0..rows.max(1)).map(row).collect()
}

/// What is underlined of both texts.
fn underlined(kind: DifferenceKind, before: &str, after: &str) -> [Vec<Range<usize>>; 2] {
    let is_partial = match kind {
        DifferenceKind::Changed | DifferenceKind::Spelling => true,
        DifferenceKind::Added | DifferenceKind::Removed => false,
    };
    if !is_partial {
        return [Vec::new(), Vec::new()];
    }
    let stretches = stretches(before, after, kind == DifferenceKind::Spelling);
    if share(&stretches) < UNLIKE {
        return [Vec::new(), Vec::new()];
    }
    let changed = || stretches.iter().filter(|stretch| !stretch.same);
    [
        changed().map(|stretch| stretch.before.clone()).collect(),
        changed().map(|stretch| stretch.after.clone()).collect(),
    ]
}

/// The parts of a text that a row each can hold.
fn parts(text: &str, width: u32, face: &Face) -> Vec<Range<usize>> {
    let most = (f64::from(MAX_ROW_PIXELS - 8) / face.pitch()) as usize;
    let mut parts = Vec::new();
    let mut start = 0;
    for lines in height::lines(text, width, face).chunks(most.max(1)) {
        let end = start + lines.iter().map(|line| line.len()).sum::<usize>();
        let mut units = 0;
        for (at, c) in text[start..end].char_indices() {
            // A line of blanks can be longer than its width tells.
            if units + c.len_utf16() > LONGEST {
                let cut = parts.last().map_or(0, |part: &Range<usize>| part.end);
                parts.push(cut.max(start)..start + at);
                units = 0;
            }
            units += c.len_utf16();
        }
        let from = parts.last().map_or(0, |part| part.end).max(start);
        parts.push(from..end);
        start = end;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CellRef, Cover, Said, Side};

    fn layout() -> Layout {
        toml::from_str(include_str!("../../templates/ojiya-r4.toml")).unwrap()
    }

    fn comparison(before: &str, after: &str) -> Comparison {
        let said = |text: &str| {
            Some(Said {
                text: text.to_owned(),
                place: None,
            })
        };
        Comparison {
            before: Side::new("前回.xlsx", &Cover::default(), 1),
            after: Side::new("今回.xlsx", &Cover::default(), 1),
            differences: vec![Difference {
                number: Some(1),
                title: "窓口".to_owned(),
                lead: "総務課".to_owned(),
                field: "評価コメント".to_owned(),
                kind: DifferenceKind::Changed,
                before: said(before),
                after: said(after),
            }],
        }
    }

    /// What stands in a column below the heads, and what of it is underlined.
    fn column(comparison: &Comparison, column: u32) -> (String, String) {
        let styles = Styles::new(&layout().look).unwrap();
        let draft = draft(comparison, &styles);
        let (mut text, mut lines) = (String::new(), String::new());
        for placed in &draft.cells {
            let CellRef { row, column: own } = placed.range.first;
            if own == column && row >= HEAD_ROWS {
                text.push_str(&placed.piece.text);
                for line in &placed.piece.underlined {
                    lines.push_str(&placed.piece.text[line.clone()]);
                }
            }
        }
        (text, lines)
    }

    #[test]
    fn what_differs_is_underlined_in_both_columns() {
        let comparison = comparison("参加者は20人でした。", "参加者は延べ25人でした。");
        let (before, old) = column(&comparison, 5);
        assert_eq!(
            (before.as_str(), old.as_str()),
            ("参加者は20人でした。", "20")
        );
        let (after, new) = column(&comparison, 6);
        assert_eq!(
            (after.as_str(), new.as_str()),
            ("参加者は延べ25人でした。", "延べ25")
        );
    }

    #[test]
    fn a_text_of_many_rows_keeps_every_character_and_every_line() {
        let sentence = "庁内の研修を開き、職員の意識を改めました。";
        let before = sentence.repeat(100);
        let after = before
            .replacen("研修", "講座", 99)
            .replacen("講座", "研修", 1);
        let comparison = comparison(&before, &after);
        let (text, lines) = column(&comparison, 5);
        assert_eq!((text, lines), (before, "研修".repeat(98)));
        let (text, lines) = column(&comparison, 6);
        assert_eq!((text, lines), (after, "講座".repeat(98)));
    }

    #[test]
    fn texts_that_share_little_are_not_underlined() {
        let comparison = comparison("窓口を見直した。", "庁内研修を延べ8回開き、意識を改めた。");
        assert_eq!(column(&comparison, 6).1, "");
    }
}
