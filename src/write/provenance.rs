//! 出典: which file, sheet and cell every field came from, and how.
//!
//! A plan of a thousand items makes some seventy thousand rows, so no draft is held: the rows of some
//! items are made side by side, written in order and forgotten.

mod rows;

use rayon::prelude::*;
use rust_xlsxwriter::Worksheet;

use crate::model::height::Face;
use crate::model::{Book, BookItem, CellRange, CellRef, LAST_ROW, height};

use super::marks::Marks;
use super::page::{Header, Paper};
use super::style::{Across, Down, Dress, Fill, Styles};
use super::text::Canvas;
use super::{Extent, WriteError, WrittenSheet};

use rows::Row;

/// Heads and widths in pixels; together one page of A4 on its side at some 85 %.
const COLUMNS: [(&str, u32); 7] = [
    ("取組\n番号", 44),
    ("欄", 352),
    ("内容（はじめの部分）", 316),
    ("元ファイル", 190),
    ("シート", 90),
    ("セル", 56),
    ("取り込み方", 210),
];
/// The rows that repeat on each page: the title and the heads.
const HEAD_ROWS: u32 = 2;
/// In larger plans only an item's first row is a link: Excel follows at most 65,530 a sheet, and
/// each costs as much as a row.
const MOST_LINKED: usize = 200;
/// The rows of 64 items are held at a time.
const AT_A_TIME: usize = 64;
/// The least height of a row in pixels.
const LEAST: u32 = 21;

/// What stands before it.
pub(super) struct Before<'d> {
    /// The name that was kept for the sheet.
    pub name: &'d str,
    /// The name that was kept for the data sheet, where there is to be one.
    pub data: Option<&'d str>,
    /// The names of the item sheets, in the order of the book's items.
    pub items: Vec<&'d str>,
    /// Where every place shows.
    pub marks: &'d Marks,
    /// The paper.
    pub paper: Paper,
    /// How much of the book the workbook holds.
    pub extent: Extent<'d>,
}

/// Writes the sheet.
pub(super) fn write(
    book: &Book,
    before: &Before<'_>,
    sheet: &mut Worksheet,
    styles: &mut Styles,
) -> Result<WrittenSheet, WriteError> {
    let name = before.name;
    let base = styles.base().clone();
    sheet.set_name(name)?;
    // Formats belong to the columns and lines to the grid: a format a cell costs more than its text.
    for (column, (_, pixels)) in (0..).zip(COLUMNS) {
        sheet.set_column_width_pixels(column, pixels)?;
        sheet.set_column_format(column, styles.format(dress(column, styles)))?;
    }
    let mut writer = Writer {
        canvas: Canvas::new(sheet, &base, name),
        row: 0,
        left_out: 0,
    };
    writer.head(book, name, styles)?;
    let linked = book.items.len() <= MOST_LINKED;
    let face = styles.face(dress(0, styles));
    let sheets = before.items.iter().copied();
    let items: Vec<(&BookItem, &str)> = book.items.iter().zip(sheets).collect();
    for some in items.chunks(AT_A_TIME) {
        let made = some.par_iter().map(|(item, sheet)| {
            let rows = rows::of_item(book, item, sheet, before.marks).into_iter();
            rows.map(|row| (height_of(&row, &face), row))
                .collect::<Vec<(u32, Row<'_>)>>()
        });
        for rows in made.collect::<Vec<_>>() {
            for (at, (high, row)) in rows.iter().enumerate() {
                writer.write(row, *high, linked || at == 0, styles)?;
            }
        }
    }
    if before.extent.sums_up() {
        for row in rows::outside(book) {
            writer.write(&row, height_of(&row, &face), false, styles)?;
        }
    }
    writer.end(before.extent, styles)?;
    let last = CellRef::new(writer.row - 1, COLUMNS.len() as u32 - 1);
    let header = Header {
        font: &book.layout.look.text_font,
        left: book.cover.plan.as_deref().unwrap_or(&book.layout.document),
        right: name,
    };
    let sheet = writer.canvas.sheet();
    before.paper.set_up(sheet, last, &header)?;
    sheet.set_screen_gridlines(true).set_print_gridlines(true);
    sheet.set_repeat_rows(0, HEAD_ROWS - 1)?;
    sheet.set_freeze_panes(HEAD_ROWS, 0)?;
    let bottom = last.row.max(HEAD_ROWS);
    sheet.autofilter(HEAD_ROWS - 1, 0, bottom, super::text::column(last))?;
    Ok(writer.canvas.finish())
}

/// The dress of a column below the heads.
fn dress(column: u16, styles: &Styles) -> Dress {
    Dress {
        across: match column {
            0 | 4 | 5 => Across::Centre,
            _ => Across::Left,
        },
        down: Down::Centre,
        ..styles.plain(-15)
    }
}

/// The pixels that a row needs.
fn height_of(row: &Row<'_>, face: &Face) -> u32 {
    let texts = row.texts.iter().zip(COLUMNS);
    let high = texts.map(
        |(text, (_, pixels))| match height::is_one_line(text, pixels, face) {
            true => LEAST,
            false => height::height(text, pixels, face),
        },
    );
    let high = high.max().unwrap_or(LEAST);
    high.clamp(LEAST, height::MAX_ROW_PIXELS)
}

struct Writer<'w> {
    canvas: Canvas<'w>,
    row: u32,
    /// Rows for which Excel's grid has no room.
    left_out: u32,
}

impl Writer<'_> {
    fn head(&mut self, book: &Book, name: &str, styles: &mut Styles) -> Result<(), WriteError> {
        let period = book.layout.period_words(book.period);
        let title = format!("{name}（{period}）　どの欄の記載が、どのファイルのどのセルから来たか");
        let dress = Dress {
            label: true,
            size: 140,
            down: Down::Centre,
            ..styles.plain(0)
        };
        self.line(34)?;
        self.whole(&title, dress, styles)?;
        let head = Dress {
            size: 90,
            ..styles.label()
        };
        self.line(36)?;
        for (column, (text, _)) in (0..).zip(COLUMNS) {
            let cell = CellRef::new(self.row, column);
            self.canvas
                .put(cell.into(), text, styles.format(head), text)?;
        }
        self.row += 1;
        Ok(())
    }

    fn write(
        &mut self,
        row: &Row<'_>,
        high: u32,
        linked: bool,
        styles: &mut Styles,
    ) -> Result<(), WriteError> {
        if self.row >= LAST_ROW {
            self.left_out += 1;
            return Ok(());
        }
        self.line(high)?;
        for (column, text) in (0..).zip(&row.texts) {
            let cell = CellRef::new(self.row, u32::from(column));
            let head = COLUMNS[usize::from(column)].0;
            let dress = Dress {
                fill: row.fill,
                ..dress(column, styles)
            };
            match (column, row.target) {
                (0, Some((sheet, target))) if linked => {
                    self.canvas
                        .put(cell.into(), text, styles.format(dress), head)?;
                    self.canvas
                        .link(cell, sheet, target, styles.format(dress))?;
                }
                _ if row.fill != Fill::Paper => {
                    self.canvas
                        .put(cell.into(), text, styles.format(dress), head)?;
                }
                _ => self.canvas.put_plain(cell, text, head)?,
            }
        }
        self.row += 1;
        Ok(())
    }

    /// Says what could not be listed, that there is nothing, or where the items' own rows are.
    fn end(&mut self, extent: Extent<'_>, styles: &mut Styles) -> Result<(), WriteError> {
        let text = match (self.left_out, self.row) {
            (0, _) if !extent.has_items() => "各取組の出典は、分冊にあります。".to_owned(),
            (0, HEAD_ROWS) => "計画に取組がありません。".to_owned(),
            (0, _) => return Ok(()),
            (count, _) => format!("行数の上限のため、このほか{count}行を載せていません。"),
        };
        self.line(30)?;
        self.whole(&text, styles.middle(), styles)
    }

    fn line(&mut self, pixels: u32) -> Result<(), WriteError> {
        let row = self.row;
        self.canvas.sheet().set_row_height_pixels(row, pixels)?;
        Ok(())
    }

    /// A text over all columns.
    fn whole(&mut self, text: &str, dress: Dress, styles: &mut Styles) -> Result<(), WriteError> {
        let last = CellRef::new(self.row, COLUMNS.len() as u32 - 1);
        let range = CellRange::new(CellRef::new(self.row, 0), last);
        self.canvas.put(range, text, styles.format(dress), "題名")?;
        self.row += 1;
        Ok(())
    }
}
