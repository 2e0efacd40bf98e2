//! `kpi.csv` and `text.csv`, the tidy tables: one cell, one value, as 総務省
//! 「統計表における機械判読可能なデータの表記方法の統一ルール」 asks.
//!
//! Which columns, rows and words they have is said once, in `model`; the same tables may be collected in
//! place of a form.

mod encode;

use crate::model::{Layout, TidyCell, TidyKind, TidySource, tidy_rows};

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
    let table = |kind: TidyKind| {
        let rows = tidy_rows(kind, sources, layout);
        written(kind, rows, encoding, guard)
    };
    Ok(TidyTables {
        kpis: table(TidyKind::Kpis)?,
        texts: table(TidyKind::Texts)?,
    })
}

fn written(
    kind: TidyKind,
    rows: impl Iterator<Item = Vec<TidyCell>>,
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
