//! What a cell reader does not see of a sheet: struck words, remarks, hidden rows and columns.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::cell::column_letters;
use super::{CellRange, CellRef, Overlaps, Place, Source};

/// 見え消し: a cell with words that were struck out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struck {
    /// The whole text as it shows, struck words included.
    pub raw: String,
    /// The struck words, piece by piece.
    pub words: Vec<String>,
    /// The text without them; empty where nothing is left.
    pub kept: String,
}

impl Struck {
    /// Takes the struck words out of a text that comes in runs; `None` where no word is struck.
    ///
    /// A line break is never struck: a line of which nothing is left goes with its break, and any
    /// other break stays where a person sees it.
    pub fn from_runs<'a>(runs: impl IntoIterator<Item = (&'a str, bool)>) -> Option<Self> {
        let mut raw = String::new();
        let mut words = vec![String::new()];
        let mut kept: Vec<String> = Vec::new();
        let mut line = Line::default();
        for (run, struck) in runs {
            raw.push_str(run);
            for c in run.chars() {
                if !struck && words.last().is_some_and(|piece| !piece.is_empty()) {
                    words.push(String::new());
                }
                if let (true, Some(piece)) = (struck, words.last_mut()) {
                    piece.push(c);
                }
                match (c, struck) {
                    ('\n', _) => kept.extend(std::mem::take(&mut line).kept()),
                    (c, true) => line.struck |= !c.is_whitespace(),
                    // The gap behind what was struck at the line's beginning goes with it.
                    (c, false) if line.struck && line.text.is_empty() && c.is_whitespace() => {}
                    (c, false) => line.text.push(c),
                }
            }
        }
        kept.extend(line.kept());
        let words = words.iter().map(|piece| piece.trim());
        let words: Vec<String> = words
            .filter(|piece| !piece.is_empty())
            .map(str::to_owned)
            .collect();
        let kept = kept.join("\n");
        (!words.is_empty()).then_some(Self { raw, words, kept })
    }

    /// Tells whether nothing is left of the text.
    pub fn is_whole(&self) -> bool {
        self.kept.trim().is_empty()
    }
}

/// A line of a text while struck words are taken out of it.
#[derive(Default)]
struct Line {
    text: String,
    struck: bool,
}

impl Line {
    fn kept(self) -> Option<String> {
        if !self.struck {
            return Some(self.text);
        }
        let text = self.text.trim_end();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// Something that is said or drawn on a sheet beside its cells.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The cells it belongs to or lies over; A1 where it does not say.
    pub range: CellRange,
    /// What it is.
    pub kind: RemarkKind,
    /// Who said it, where that is known.
    pub author: Option<String>,
    /// What it says, line breaks as `\n`; empty where it says nothing.
    pub text: String,
}

/// What a remark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkKind {
    /// メモ: a note on a cell, also one that Excel calls a comment.
    Note,
    /// コメント: a comment of a conversation, or an answer in it.
    Comment,
    /// テキストボックス
    TextBox,
    /// 図形, SmartArt included.
    Shape,
    /// ボタンやチェックボックス of a form; a box in front of the text tells whether it is ticked.
    Control,
    /// 矢印: an arrow, a pentagon that points, or a line with a head.
    Arrow,
    /// 線: a line without a head.
    Line,
    /// 画像, ink included: what it shows cannot be read.
    Picture,
    /// グラフ
    Chart,
    /// A part with remarks that could not be read; the text is a sentence that says so.
    Unread,
}

/// Rows or columns of a sheet as ranges, in order, none touching the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bands(Vec<RangeInclusive<u32>>);

impl Bands {
    /// Puts ranges in order and joins those that touch.
    ///
    /// ```
    /// # use torimatome::model::Bands;
    /// let bands = Bands::new(vec![7..=9, 1..=2, 3..=3]);
    /// assert_eq!(bands.iter().collect::<Vec<_>>(), [&(1..=3), &(7..=9)]);
    /// ```
    pub fn new(mut ranges: Vec<RangeInclusive<u32>>) -> Self {
        ranges.retain(|range| !range.is_empty());
        ranges.sort_unstable_by_key(|range| *range.start());
        let mut joined: Vec<RangeInclusive<u32>> = Vec::new();
        for range in ranges {
            match joined.last_mut() {
                Some(last) if *range.start() <= last.end().saturating_add(1) => {
                    *last = *last.start()..=*last.end().max(range.end());
                }
                Some(_) | None => joined.push(range),
            }
        }
        Self(joined)
    }

    /// The range that holds all of the rows or columns from one to another.
    pub fn around(&self, first: u32, last: u32) -> Option<&RangeInclusive<u32>> {
        let after = self.0.partition_point(|range| *range.start() <= first);
        let range = self.0.get(after.checked_sub(1)?)?;
        (last <= *range.end()).then_some(range)
    }

    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ranges in order.
    pub fn iter(&self) -> impl Iterator<Item = &RangeInclusive<u32>> {
        self.0.iter()
    }
}

/// 非表示の行・列: hidden rows or columns from one to another, zero-based; shown as a person says it:
/// `5～7行目`, `K列`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hidden {
    /// Rows.
    Rows(u32, u32),
    /// Columns.
    Columns(u32, u32),
}

impl fmt::Display for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Rows(first, last) if first == last => write!(f, "{}行目", first + 1),
            Self::Rows(first, last) => write!(f, "{}～{}行目", first + 1, last + 1),
            Self::Columns(first, last) if first == last => write!(f, "{}列", column_letters(first)),
            Self::Columns(first, last) => {
                write!(f, "{}～{}列", column_letters(first), column_letters(last))
            }
        }
    }
}

/// 欄外: what a cell reader does not see of a sheet that was collected.
#[derive(Clone, Debug, PartialEq)]
pub struct Sidecar {
    /// The sheet.
    pub source: Arc<Source>,
    /// Cells with content of which nothing shows, and the rows or columns that hide them.
    pub hidden: BTreeMap<CellRef, Hidden>,
    /// Cells with struck-out words.
    pub struck: BTreeMap<CellRef, Struck>,
    /// What is said or drawn beside the cells, in order of cells.
    pub remarks: Vec<Remark>,
    /// Cells that show a date or a time, with the serial number that is stored.
    pub dates: BTreeMap<CellRef, f64>,
    /// Merged ranges that lie over others.
    pub overlaps: Overlaps,
}

impl Sidecar {
    /// Makes the sidecar of a sheet of which nothing but the remarks counts.
    pub fn of_remarks(source: &Arc<Source>, remarks: &[Remark]) -> Self {
        Self {
            source: Arc::clone(source),
            hidden: BTreeMap::new(),
            struck: BTreeMap::new(),
            remarks: remarks.to_vec(),
            dates: BTreeMap::new(),
            overlaps: Overlaps::default(),
        }
    }

    /// Tells whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.hidden.is_empty()
            && self.struck.is_empty()
            && self.remarks.is_empty()
            && self.dates.is_empty()
            && self.overlaps.count == 0
    }

    /// The full place of a cell of the sheet.
    pub fn place(&self, cell: CellRef) -> Place {
        Place {
            source: Arc::clone(&self.source),
            cell,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn struck(runs: &[(&str, bool)]) -> Option<(String, Vec<String>)> {
        let struck = Struck::from_runs(runs.iter().copied())?;
        Some((struck.kept, struck.words))
    }

    /// Runs, the text that is kept, the words that are struck.
    type Case = (
        &'static [(&'static str, bool)],
        &'static str,
        &'static [&'static str],
    );

    #[test]
    fn struck_words_are_taken_out_and_line_breaks_stay() {
        let cases: [Case; 11] = [
            (&[("12件", true), ("　13件", false)], "13件", &["12件"]),
            (
                &[("　甲 ", false), ("乙", true), ("\n　丙", false)],
                "　甲\n　丙",
                &["乙"],
            ),
            (&[("12件", true), ("13件", false)], "13件", &["12件"]),
            (&[("12件", true), ("\n13件", false)], "13件", &["12件"]),
            (&[("12件\n", true), ("13件", false)], "13件", &["12件"]),
            (&[("12件", true)], "", &["12件"]),
            (
                &[("甲", false), ("\n乙\n", true), ("丙", false)],
                "甲\n丙",
                &["乙"],
            ),
            (
                &[("甲", false), ("乙", true), ("\n\n丙", false)],
                "甲\n\n丙",
                &["乙"],
            ),
            (
                &[("実施", true), ("検討", false), ("中", true)],
                "検討",
                &["実施", "中"],
            ),
            (&[("甲", true), ("乙", true)], "", &["甲乙"]),
            (
                &[("・", false), ("旧", true), ("新", false)],
                "・新",
                &["旧"],
            ),
        ];
        for (runs, kept, words) in cases {
            let expected = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(struck(runs), Some((kept.to_owned(), expected)), "{runs:?}");
        }
    }

    #[test]
    fn a_struck_space_is_no_struck_word() {
        for runs in [&[("13件", false), (" \n", true)][..], &[("", true)], &[]] {
            assert_eq!(struck(runs), None, "{runs:?}");
        }
    }

    #[test]
    fn bands_are_found_by_what_lies_wholly_inside() {
        let bands = Bands::new(vec![4..=6, 10..=12, 7..=7, 11..=15]);
        for (first, last, expected) in [
            (4, 7, Some(4..=7)),
            (5, 5, Some(4..=7)),
            (3, 5, None),
            (7, 8, None),
            (8, 8, None),
            (10, 15, Some(10..=15)),
            (0, 0, None),
        ] {
            assert_eq!(bands.around(first, last).cloned(), expected, "{first}");
        }
    }

    #[test]
    fn rows_and_columns_are_told_as_a_person_says_them() {
        for (hidden, expected) in [
            (Hidden::Rows(4, 4), "5行目"),
            (Hidden::Rows(4, 6), "5～7行目"),
            (Hidden::Columns(10, 10), "K列"),
            (Hidden::Columns(25, 27), "Z～AB列"),
        ] {
            assert_eq!(hidden.to_string(), expected);
        }
    }
}
