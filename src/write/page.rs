//! Paper: margins, headers and footers, and where pages begin.

use rust_xlsxwriter::{IgnoreError, Worksheet};

use crate::model::{CellRef, PageSetup};

use super::WriteError;

/// What a page break above a row costs; the cheapest way to the fewest pages is taken.
pub(super) type BreakCost = u32;

/// A4 in Excel's list of papers (ECMA-376 Part 1, 18.3.1.63).
const A4_PAPER: u8 = 9;
/// What a page costs beside its breaks.
const PAGE: BreakCost = 100;
/// Excel's limit for a header or a footer.
const HEADER_LONGEST: usize = 255;
/// What of it the text at the right may take, so that a mark always has its place.
const RIGHT_LONGEST: usize = 60;

/// How a sheet is printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paper {
    setup: PageSetup,
    /// The word in the middle above every page.
    mark: Option<&'static str>,
}

impl Paper {
    /// The layout's paper.
    pub(super) fn new(setup: &PageSetup) -> Self {
        Self {
            setup: *setup,
            mark: None,
        }
    }

    /// The same paper, with a word above every page.
    pub(super) fn marked(self, mark: Option<&'static str>) -> Self {
        Self { mark, ..self }
    }

    /// The same paper, laid on its side.
    pub(super) fn lying(self) -> Self {
        let setup = PageSetup {
            landscape: true,
            ..self.setup
        };
        Self { setup, ..self }
    }

    /// The printable width in pixels.
    pub(super) fn width(&self) -> u32 {
        self.setup.width()
    }

    /// The printable height in pixels.
    pub(super) fn height(&self) -> u32 {
        self.setup.height()
    }

    /// The printable height in pixels of a sheet so wide, which is printed one page wide.
    pub(super) fn height_of(&self, wide: u32) -> u32 {
        let room = u64::from(self.height()) * u64::from(wide.max(self.width()));
        u32::try_from(room / u64::from(self.width().max(1))).unwrap_or(u32::MAX)
    }

    /// Sets a sheet up: A4, one page wide, centred, header and footer.
    pub(super) fn set_up(
        &self,
        sheet: &mut Worksheet,
        last: CellRef,
        header: &Header<'_>,
    ) -> Result<(), WriteError> {
        let [left, right, top, bottom] = self.setup.margins.map(inches);
        let header_margin = inches(self.setup.header_margin);
        sheet.set_paper_size(A4_PAPER);
        if self.setup.landscape {
            sheet.set_landscape();
        }
        sheet
            .set_margins(left, right, top, bottom, header_margin, header_margin)
            .set_print_fit_to_pages(1, 0)
            .set_print_center_horizontally(true)
            .set_screen_gridlines(false)
            .set_header(header.text(self.mark))
            .set_footer("&C&P / &N");
        let column = super::text::column(last);
        sheet.set_print_area(0, 0, last.row, column)?;
        // Figures stand as texts so that they read back as they were typed.
        sheet.ignore_error_range(0, 0, last.row, column, IgnoreError::NumberStoredAsText)?;
        Ok(())
    }

    /// Leaves above and below the pages of a sheet nothing but the mark.
    pub(super) fn leave_the_mark_alone(&self, sheet: &mut Worksheet, font: &str) {
        let mark = self.mark.map(|mark| middle(font, mark));
        sheet.set_header(mark.unwrap_or_default()).set_footer("");
    }
}

/// What stands above a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header<'t> {
    /// The font.
    pub font: &'t str,
    /// At the left.
    pub left: &'t str,
    /// At the right.
    pub right: &'t str,
}

impl Header<'_> {
    /// The header's code; its texts are cut where the whole would be too long for Excel.
    fn text(&self, mark: Option<&str>) -> String {
        let style = format!("&\"{},標準\"&9 ", plain(self.font));
        let middle = mark.map(|mark| middle(self.font, mark)).unwrap_or_default();
        let right = cut(&escape(self.right), RIGHT_LONGEST);
        let taken = [&style, &style, &middle, &right].map(|code| units(code));
        let rest = HEADER_LONGEST.saturating_sub(taken.iter().sum::<usize>() + 4);
        let left = cut(&escape(self.left), rest);
        format!("&L{style}{left}{middle}&R{style}{right}")
    }
}

/// As much of an escaped text as so many units hold.
fn cut(text: &str, longest: usize) -> String {
    let mut cut = String::new();
    for c in text.chars() {
        if units(&cut) + c.len_utf16() > longest {
            // Half of a doubled & would begin a code.
            if cut.chars().rev().take_while(|c| *c == '&').count() % 2 == 1 {
                cut.pop();
            }
            break;
        }
        cut.push(c);
    }
    cut
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A word in the middle, large and red.
fn middle(font: &str, word: &str) -> String {
    format!("&C&\"{},太字\"&16&KC00000 {word}", plain(font))
}

/// A font's name without the signs of header codes.
fn plain(font: &str) -> String {
    font.replace(['"', '&'], "")
}

fn escape(text: &str) -> String {
    let (text, _) = super::text::clean(text);
    text.replace(['\n', '\t'], " ").replace('&', "&&")
}

fn inches(millimetres: f64) -> f64 {
    millimetres / 25.4
}

/// How many breaks Excel keeps in a sheet; pages behind the last of them begin where they are full.
const MOST_BREAKS: usize = 1_023;

/// The rows above which a page begins: as few pages as can be, then the cheapest breaks.
///
/// A row higher than a page has one to itself and runs on.
pub(super) fn breaks(rows: &[(u32, BreakCost)], page: u32) -> Vec<u32> {
    // best[n]: the least cost of the first n rows, and the row its last page begins with.
    let mut best: Vec<(u64, usize)> = vec![(0, 0)];
    for end in 1..=rows.len() {
        let mut height = 0;
        let mut least = (u64::MAX, end - 1);
        for begin in (0..end).rev() {
            height += rows[begin].0;
            if height > page && begin + 1 < end {
                break;
            }
            let above = if begin == 0 { 0 } else { rows[begin].1 };
            let cost = best[begin].0 + u64::from(above + PAGE);
            if cost < least.0 {
                least = (cost, begin);
            }
        }
        best.push(least);
    }
    let mut breaks = Vec::new();
    let mut end = rows.len();
    while end > 0 {
        let begin = best[end].1;
        if begin > 0 {
            breaks.push(begin as u32);
        }
        end = begin;
    }
    breaks.reverse();
    breaks.truncate(MOST_BREAKS);
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::draft::NEVER;

    #[test]
    fn a_sheet_that_fits_is_not_broken() {
        assert_eq!(breaks(&[(40, 0), (50, 0)], 100), [0u32; 0]);
    }

    #[test]
    fn headings_stay_with_their_first_row() {
        let rows = [(40, 0), (40, 20), (20, 5), (20, NEVER), (20, 20)];
        assert_eq!(breaks(&rows, 100), [2]);
    }

    #[test]
    fn the_break_between_blocks_is_preferred() {
        let rows = [(30, 0), (30, 0), (30, 20), (30, 20)];
        assert_eq!(breaks(&rows, 100), [1]);
    }

    #[test]
    fn what_cannot_stay_together_is_broken_all_the_same() {
        let rows = [(60, 0), (60, NEVER), (300, NEVER), (60, NEVER)];
        assert_eq!(breaks(&rows, 100), [1, 2, 3]);
    }

    #[test]
    fn no_sheet_has_more_breaks_than_excel_keeps() {
        let rows = [(100, 0); 1_025];
        let kept = breaks(&rows, 100);
        assert_eq!((kept.len(), kept.last()), (1_023, Some(&1_023)));
    }

    #[test]
    fn headers_escape_and_stay_short() {
        let header = Header {
            font: "ＭＳ 明朝",
            left: &"A&B".repeat(200),
            right: "取組番号 1",
        };
        for mark in [None, Some("未確定")] {
            let text = header.text(mark);
            assert!(text.encode_utf16().count() <= 255);
            assert_eq!(text.contains("&KC00000 未確定&R"), mark.is_some());
            assert!(text.ends_with("取組番号 1"));
            let right = &"長い見出し".repeat(60);
            let text = Header { right, ..header }.text(mark);
            assert!(text.encode_utf16().count() <= 255);
            assert_eq!(text.contains("未確定&R"), mark.is_some());
        }
        let text = header.text(None);
        assert!(text.starts_with("&L&\"ＭＳ 明朝,標準\"&9 A&&BA&&B"));
        assert!(text.ends_with("取組番号 1"));
        let user = text
            .split("&R")
            .next()
            .unwrap()
            .rsplit("9 ")
            .next()
            .unwrap();
        assert_eq!(user.matches('&').count() % 2, 0);
    }
}
