//! データ（数値目標）: the rows of `kpi.csv` as a sheet, one cell one value, with true numbers.
//!
//! As the 出典 it holds no draft: a row is made, written and forgotten.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Worksheet};

use crate::model::{
    Book, CellRef, LAST_ROW, TidyCell, TidyColumn, TidyKind, TidySource, height, tidy_rows,
};

use super::figure::Figure;
use super::page::{Header, Paper};
use super::style::{Across, Down, Dress, Styles};
use super::text::{Canvas, column};
use super::{WriteError, WrittenSheet};

const KIND: TidyKind = TidyKind::Kpis;
/// The row that repeats on each page and stays in sight: a table for machines has no title.
const HEAD_ROWS: u32 = 1;
/// The least height of a row in pixels.
const LEAST: u32 = 20;

/// Writes the sheet.
pub(super) fn write(
    book: &Book,
    name: &str,
    paper: &Paper,
    sheet: &mut Worksheet,
    styles: &mut Styles,
) -> Result<WrittenSheet, WriteError> {
    let base = styles.base().clone();
    sheet.set_name(name)?;
    let columns = KIND.columns();
    for (at, one) in (0..).zip(columns) {
        sheet.set_column_width_pixels(at, pixels(*one))?;
        sheet.set_column_format(at, &format(*one, styles))?;
    }
    let mut canvas = Canvas::new(sheet, &base, name);
    let head = Dress {
        size: 90,
        ..styles.label()
    };
    for (at, one) in (0..).zip(columns) {
        let cell = CellRef::new(0, at);
        let text = one.heading();
        canvas.put(cell.into(), text, styles.format(head), text)?;
    }
    let sources = [TidySource::of_book(book)];
    let mut numbers = Numbers {
        format: format(TidyColumn::Value, styles),
        made: BTreeMap::new(),
    };
    let face = styles.face(dress(styles));
    let mut last = 0;
    // More rows than a sheet has are not a plan's: a KPI takes some seven.
    let rows = tidy_rows(KIND, &sources, &book.layout).take(LAST_ROW as usize);
    for (row, cells) in (HEAD_ROWS..).zip(rows) {
        last = row;
        let raw = columns.iter().zip(&cells);
        let raw = raw.filter(|(one, _)| is_wrapped(**one));
        let high = raw.map(|(one, cell)| height::height(&cell.text, pixels(*one), &face));
        let high = high.max().unwrap_or(LEAST);
        let high = high.clamp(LEAST, height::MAX_ROW_PIXELS);
        canvas.sheet().set_row_height_pixels(row, high)?;
        for ((at, one), cell) in (0..).zip(columns).zip(&cells) {
            let target = CellRef::new(row, at);
            match figure(*one, cell) {
                Some(figure) => {
                    let format = numbers.format(&figure.code);
                    canvas.put_plain_figure(target, &figure, format)?;
                }
                None => canvas.put_plain(target, &cell.text, one.heading())?,
            }
        }
    }
    let last = CellRef::new(last.max(HEAD_ROWS), columns.len() as u32 - 1);
    let header = Header {
        font: &book.layout.look.text_font,
        left: book.cover.plan.as_deref().unwrap_or(&book.layout.document),
        right: name,
    };
    let sheet = canvas.sheet();
    paper.set_up(sheet, last, &header)?;
    sheet.set_screen_gridlines(true).set_print_gridlines(true);
    sheet.set_repeat_rows(0, HEAD_ROWS - 1)?;
    sheet.set_freeze_panes(HEAD_ROWS, 0)?;
    sheet.autofilter(HEAD_ROWS - 1, 0, last.row, column(last))?;
    Ok(canvas.finish())
}

/// The number that a cell of a column of numbers says; a text where it says none that Excel keeps.
fn figure(column: TidyColumn, cell: &TidyCell) -> Option<Figure> {
    if !column.is_number() {
        return None;
    }
    let number: Decimal = cell.text.parse().ok()?;
    Figure::plain(number)
}

fn dress(styles: &Styles) -> Dress {
    Dress {
        across: Across::Left,
        down: Down::Centre,
        ..styles.plain(-15)
    }
}

/// The format of a column below its head: lines are the grid's.
fn format(column: TidyColumn, styles: &mut Styles) -> Format {
    let format = styles.format(dress(styles)).clone();
    match is_wrapped(column) {
        true => format,
        false => format.unset_text_wrap(),
    }
}

/// Tells whether its texts have lines; the others are one line high, and cut where they are long.
fn is_wrapped(column: TidyColumn) -> bool {
    matches!(column, TidyColumn::Raw | TidyColumn::Text)
}

/// The formats of numbers by their codes; a copy a cell would cost more than the cell.
struct Numbers {
    format: Format,
    made: BTreeMap<String, Format>,
}

impl Numbers {
    fn format(&mut self, code: &str) -> &Format {
        let base = &self.format;
        let made = self.made.entry(code.to_owned());
        made.or_insert_with(|| {
            let right = rust_xlsxwriter::FormatAlign::Right;
            base.clone().set_align(right).set_num_format(code)
        })
    }
}

fn pixels(column: TidyColumn) -> u32 {
    match column {
        TidyColumn::City | TidyColumn::Part | TidyColumn::Row => 60,
        TidyColumn::Period | TidyColumn::Year => 48,
        TidyColumn::WesternYear
        | TidyColumn::Number
        | TidyColumn::Storey
        | TidyColumn::Bound
        | TidyColumn::Kind => 64,
        TidyColumn::AsOf | TidyColumn::Unit | TidyColumn::Qualifier | TidyColumn::Field => 72,
        TidyColumn::Value => 80,
        TidyColumn::Lead | TidyColumn::Related => 110,
        TidyColumn::Raw => 130,
        TidyColumn::Priority | TidyColumn::Title => 180,
        TidyColumn::Kpi | TidyColumn::Text => 240,
    }
}
