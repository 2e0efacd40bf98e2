//! `kpi.csv` and `text.csv`, the tidy tables: one cell, one value, as 総務省
//! 「統計表における機械判読可能なデータの表記方法の統一ルール」 asks.
//!
//! Which columns and words they have is said once, in `model`; the same tables may be collected in
//! place of a form.

mod encode;
mod kpis;
mod texts;

use crate::model::{Cover, FiscalYear, ItemSheet, Layout, Period, Place, Text, TidyKind};

use super::ExportError;
use super::visible::guarded;

/// How the tables are encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 with a byte order mark, by which Excel recognises it.
    #[default]
    Utf8,
    /// CP932, the Windows form of Shift_JIS.
    Cp932,
}

/// What one job or one workbook says.
#[derive(Clone, Debug)]
pub struct TidySource<'b> {
    /// Its cover.
    pub cover: &'b Cover,
    /// The period it reports; `None` where it does not say.
    pub period: Option<Period>,
    /// Its items.
    pub items: Vec<&'b ItemSheet>,
}

/// The two tables, as files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TidyTables {
    /// `kpi.csv`
    pub kpis: Vec<u8>,
    /// `text.csv`
    pub texts: Vec<u8>,
}

/// Gives items as `kpi.csv` and `text.csv`; lines end with CRLF, texts keep their line breaks.
///
/// With `guard`, a text that Excel would take for a formula begins with `'`.
///
/// # Errors
/// [`ExportError::Unencodable`] for the first character that the encoding does not have;
/// [`ExportError::Csv`] if a row cannot be written.
pub fn tidy(
    sources: &[TidySource<'_>],
    layout: &Layout,
    encoding: Encoding,
    guard: bool,
) -> Result<TidyTables, ExportError> {
    let table = |kind, rows: fn(&Origin<'_>, &Layout) -> Vec<Vec<Cell>>| {
        let origins = sources.iter().flat_map(|source| {
            let items = source.items.iter();
            items.map(|item| Origin::new(source, item))
        });
        let rows = origins.flat_map(|origin| rows(&origin, layout));
        written(kind, rows, encoding, guard)
    };
    Ok(TidyTables {
        kpis: table(TidyKind::Kpis, kpis::rows)?,
        texts: table(TidyKind::Texts, texts::rows)?,
    })
}

/// An item and what it belongs to.
struct Origin<'b> {
    item: &'b ItemSheet,
    city: &'b str,
    period: String,
    year: Option<FiscalYear>,
}

impl<'b> Origin<'b> {
    fn new(source: &TidySource<'b>, item: &'b ItemSheet) -> Self {
        let period = source.period.map(Period::brief);
        let year = source.period.map(|period| period.year);
        Self {
            item,
            city: source.cover.city.as_deref().unwrap_or(""),
            period: period.unwrap_or_default(),
            year: year.or(item.year.get().copied()),
        }
    }

    fn number(&self) -> Cell {
        Cell::at(self.item.number.text(), self.item.number.place.as_ref())
    }
}

/// A cell of a table, and where its text came from.
struct Cell {
    text: String,
    place: Option<Place>,
}

impl Cell {
    fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            place: None,
        }
    }

    fn at(text: impl Into<String>, place: Option<&Place>) -> Self {
        Self {
            text: text.into(),
            place: place.cloned(),
        }
    }

    fn of(field: &Text) -> Self {
        Self::at(field.text(), field.place.as_ref())
    }
}

fn written(
    kind: TidyKind,
    rows: impl Iterator<Item = Vec<Cell>>,
    encoding: Encoding,
    guard: bool,
) -> Result<Vec<u8>, ExportError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(encode::begin(encoding));
    let headings = kind.columns().iter().map(|column| column.heading());
    let mut encoded = Vec::with_capacity(kind.columns().len());
    for heading in headings {
        encoded.push(encode::text(heading, encoding, None)?);
    }
    writer.write_record(&encoded)?;
    for row in rows {
        encoded.clear();
        for cell in row {
            let guarded = guard.then(|| guarded(&cell.text));
            let text = guarded.as_deref().unwrap_or(&cell.text);
            encoded.push(encode::text(text, encoding, cell.place.as_ref())?);
        }
        writer.write_record(&encoded)?;
    }
    writer
        .into_inner()
        .map_err(|error| ExportError::Csv(error.into_error().into()))
}
