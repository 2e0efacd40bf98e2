//! One sheet of a workbook: its cells, its paper, and what is set up beside them.

use std::cmp::Reverse;

use rayon::prelude::*;
use rust_xlsxwriter::{Workbook, Worksheet};

use crate::model::Book;

use super::draft::Draft;
use super::marks::Marks;
use super::page::{Header, Paper};
use super::style::Styles;
use super::text::{self, Canvas};
use super::{WriteError, WrittenSheet};

/// What is set up beside the cells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// No header but a mark, and no page number.
    Cover,
    /// Pages begin where the draft says.
    Item,
    /// Rows at the top repeat on each page.
    List(u32),
    /// Rows at the top repeat on each page and stay in sight; pages begin where the draft says.
    Table(u32),
    /// A list with a filter and frozen rows.
    Report(u32),
}

/// A sheet to be written.
pub(super) struct Sheet<'d> {
    /// What stands on it.
    pub draft: &'d Draft,
    /// How it is printed.
    pub paper: Paper,
    /// What is set up beside its cells.
    pub kind: Kind,
    /// Under which number its findings are kept, where they show on it.
    pub marked: Option<usize>,
    /// What its pages bear at the top right; its name where it is empty.
    pub right: String,
}

impl Sheet<'_> {
    /// Writes it behind the sheets that there are.
    pub(super) fn write(
        &self,
        book: &Book,
        marks: &Marks,
        workbook: &mut Workbook,
        styles: &mut Styles,
    ) -> Result<WrittenSheet, WriteError> {
        self.onto(book, marks, workbook.add_worksheet(), styles)
    }

    /// Writes it onto a new sheet.
    pub(super) fn onto(
        &self,
        book: &Book,
        marks: &Marks,
        sheet: &mut Worksheet,
        styles: &mut Styles,
    ) -> Result<WrittenSheet, WriteError> {
        let draft = self.draft;
        let base = styles.base().clone();
        sheet.set_name(&draft.name)?;
        let mut canvas = Canvas::new(sheet, &base, &draft.name);
        let fill = |cell| self.marked.and_then(|at| marks.fill(at, cell));
        draft.write(&mut canvas, styles, &fill)?;
        let header = Header {
            font: &book.layout.look.text_font,
            left: book.cover.plan.as_deref().unwrap_or(&book.layout.document),
            right: if self.right.is_empty() {
                &draft.name
            } else {
                &self.right
            },
        };
        let (sheet, last) = (canvas.sheet(), draft.last());
        if let Some(fill) = self.marked.and_then(|at| marks.tab(at)) {
            sheet.set_tab_color(styles.colour(fill));
        }
        self.paper.set_up(sheet, last, &header)?;
        let height = self.paper.height_of(draft.columns.iter().sum());
        match self.kind {
            Kind::Cover => {
                self.paper.leave_the_mark_alone(sheet, header.font);
            }
            Kind::Item => {
                sheet.set_page_breaks(&draft.page_breaks(height))?;
            }
            Kind::List(rows) => {
                sheet.set_repeat_rows(0, rows - 1)?;
                sheet.set_page_breaks(&draft.page_breaks_below(rows, height))?;
            }
            Kind::Table(rows) => {
                let breaks = draft.page_breaks_below(rows, height);
                sheet.set_repeat_rows(0, rows - 1)?;
                sheet.set_freeze_panes(rows, 0)?;
                sheet.set_page_breaks(&breaks)?;
            }
            Kind::Report(rows) => {
                sheet.set_repeat_rows(0, rows - 1)?;
                sheet.set_freeze_panes(rows, 0)?;
                let bottom = last.row.max(rows);
                sheet.autofilter(rows - 1, 0, bottom, text::column(last))?;
            }
        }
        Ok(canvas.finish())
    }
}

/// Writes sheets side by side, each onto a new one.
pub(super) fn write_all(
    sheets: &[Sheet<'_>],
    book: &Book,
    marks: &Marks,
    new: &mut [Worksheet],
    styles: &Styles,
) -> Result<Vec<WrittenSheet>, WriteError> {
    let mut pairs: Vec<(usize, (&Sheet<'_>, &mut Worksheet))> =
        sheets.iter().zip(new).enumerate().collect();
    // The largest first, so that none is written alone at the end.
    pairs.sort_by_key(|(_, (sheet, _))| Reverse(sheet.draft.cells.len()));
    let written = pairs.into_par_iter().with_max_len(1).map_init(
        || styles.clone(),
        |styles, (at, (sheet, new))| (at, sheet.onto(book, marks, new, styles)),
    );
    let mut written: Vec<(usize, Result<WrittenSheet, WriteError>)> = written.collect();
    written.sort_by_key(|(at, _)| *at);
    written.into_iter().map(|(_, written)| written).collect()
}
