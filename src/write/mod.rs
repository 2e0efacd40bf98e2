//! The merged workbook in the official layout, the check report, the catalogue and the differences of
//! two workbooks, as bytes.
//!
//! Sheets are drafted first (which cell stands where, how high its row is), so that a finding can be
//! shown in the cell it is about; then they are written, every text through `text` alone.

mod axes;
mod catalogue;
mod changes;
mod cover;
mod data;
mod draft;
mod drafts;
mod edition;
mod error;
mod figure;
mod findings;
mod form;
mod index;
mod item;
mod kpi_columns;
mod kpis;
mod marks;
mod name;
mod page;
mod provenance;
mod report;
mod schedule;
mod sheet;
mod status;
mod style;
mod submission;
mod summary;
mod text;

use std::collections::BTreeMap;

use rayon::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use crate::model::{Book, CellRange, CellRef, SET_PROPERTY};

use drafts::Drafts;
use style::Styles;

pub use catalogue::catalogue;
pub use changes::changes;
pub use edition::{Edition, Extent};
pub use error::WriteError;
pub use form::{Issue, handout};
pub use report::report;

/// The creation date that the workbook bears; no clock is read, so the same inputs give the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The year.
    pub year: u16,
    /// The month.
    pub month: u8,
    /// The day.
    pub day: u8,
}

/// How hard a workbook is compressed, of 9: the level above which it takes longer and hardly shrinks.
const COMPRESSION: u8 = 4;

/// A workbook that was written, and what is in it.
#[derive(Clone, Debug)]
pub struct Written {
    /// The xlsx file.
    pub bytes: Vec<u8>,
    /// Every text and every merge, to be compared with what is read back.
    pub sheets: Vec<WrittenSheet>,
}

/// A sheet that was written.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenSheet {
    /// The sheet's name.
    pub name: String,
    /// Every cell with a text; of a number, what shows.
    pub cells: BTreeMap<CellRef, String>,
    /// The cells that hold a number.
    pub numbers: BTreeMap<CellRef, f64>,
    /// Every merged range, in the order of writing.
    pub merges: Vec<CellRange>,
    /// Cells in which a character that no cell can hold was replaced by a visible one.
    pub substituted: Vec<CellRef>,
}

/// Writes the merged workbook: cover, index and an item a sheet, and for the office the KPIs, how the
/// items were graded, who has returned, what was found and where it came from; or one of its volumes.
///
/// # Errors
///
/// A text too long for a cell, a layout that cannot be drawn, or a fault of the library; nothing is
/// lost in silence and nothing touches the disk.
pub fn workbook(
    book: &Book,
    edition: Edition<'_>,
    extent: Extent<'_>,
    stamp: Stamp,
) -> Result<Written, WriteError> {
    let mut styles = Styles::new(&book.layout.look)?;
    match edition {
        Edition::Office { .. } => {}
        Edition::Public { .. } | Edition::Plan => styles = styles.without_questions(),
    }
    let drafts = Drafts::new(book, edition, extent, &styles)?;
    let mut properties = properties(&title(book, edition, extent));
    if let Some(set) = extent.set() {
        properties = properties.set_custom_property(SET_PROPERTY, set);
    }
    let mut workbook = begin_with(properties, &styles, stamp)?;
    let drawn = drafts.in_order(book);
    let before = drafts.before_provenance();
    let data = before.as_ref().and_then(|before| before.data);
    let count = drawn.len() + usize::from(before.is_some()) + usize::from(data.is_some());
    for _ in 0..count {
        workbook.add_worksheet();
    }
    let (new, behind) = workbook.worksheets_mut().split_at_mut(drawn.len());
    let (sheets, lists) = rayon::join(
        || sheet::write_all(&drawn, book, &drafts.marks, new, &styles),
        || lists(book, before.as_ref(), behind, &styles),
    );
    let mut sheets = sheets?;
    sheets.extend(lists?);
    drafts.complete(&mut workbook)?;
    // Large in a large plan, and the library is about to hold everything once more.
    let (bytes, ()) = rayon::join(|| saved(workbook), || drop(drafts));
    let bytes = bytes?;
    Ok(Written { bytes, sheets })
}

/// The bytes of a workbook, which is taken down.
fn saved(mut workbook: Workbook) -> Result<Vec<u8>, WriteError> {
    let bytes = workbook.save_to_buffer()?;
    // A sheet has some hundred thousand pieces of memory; they are given back side by side.
    let sheets = workbook.worksheets_mut().par_iter_mut();
    sheets.for_each(|sheet| *sheet = Worksheet::new());
    Ok(bytes)
}

/// Writes the long lists of which no draft is held: where everything came from, and the data.
fn lists(
    book: &Book,
    before: Option<&provenance::Before<'_>>,
    new: &mut [Worksheet],
    styles: &Styles,
) -> Result<Vec<WrittenSheet>, WriteError> {
    let mut styles = styles.clone();
    let mut written = Vec::new();
    let mut new = new.iter_mut();
    let Some(before) = before else {
        return Ok(written);
    };
    if let Some(sheet) = new.next() {
        written.push(provenance::write(book, before, sheet, &mut styles)?);
    }
    if let (Some(name), Some(sheet)) = (before.data, new.next()) {
        written.push(data::write(book, name, &before.paper, sheet, &mut styles)?);
    }
    Ok(written)
}

fn begin(title: &str, styles: &Styles, stamp: Stamp) -> Result<Workbook, WriteError> {
    begin_with(properties(title), styles, stamp)
}

fn begin_with(
    properties: DocProperties,
    styles: &Styles,
    stamp: Stamp,
) -> Result<Workbook, WriteError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(COMPRESSION);
    let face = styles.base_face();
    workbook.set_default_format(
        styles.base(),
        face.pitch().ceil() as u32,
        default_column(face.digit()),
    )?;
    let Stamp { year, month, day } = stamp;
    let date = ExcelDateTime::from_ymd(year, month, day);
    let date = date.map_err(|_| WriteError::Date { year, month, day })?;
    workbook.set_properties(&properties.set_creation_datetime(&date));
    Ok(workbook)
}

fn properties(title: &str) -> DocProperties {
    let (title, _) = text::clean(title);
    DocProperties::new().set_title(title)
}

/// The pixels of a new column where a digit is so wide; the library knows these and no others.
fn default_column(digit: u32) -> u32 {
    match digit {
        0..=6 => 56,
        7 => 64,
        8 => 72,
        9 | 10 => 80,
        11 => 96,
        12 => 104,
        _ => 120,
    }
}

fn title(book: &Book, edition: Edition<'_>, extent: Extent<'_>) -> String {
    let plan = book.cover.plan.as_deref().unwrap_or("");
    if let Edition::Plan = edition {
        return plan.to_owned();
    }
    let period = book.period;
    let document = &book.layout.document;
    let period = book.layout.period_words(period);
    let mark = edition.mark().unwrap_or("");
    let volume = extent.volume().label().unwrap_or_default();
    let title = format!("{plan} {document} {period} {mark}");
    let title = format!("{} {volume}", title.trim());
    title.trim().to_owned()
}
