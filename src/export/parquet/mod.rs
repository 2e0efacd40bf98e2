//! The tidy tables as Parquet: the same rows as `kpi.csv` and `text.csv`, with real types, each as a
//! file of a folder that is partitioned as Hive does it.
//!
//! Numbers are decimals, days are dates, a fiscal year is a number beside its label; what is blank in
//! the CSV is null. Written are the columns one by one: the rows of one workbook are all that is held.

mod columns;
mod partition;
mod write;

pub use partition::partition;

use crate::model::{Layout, TidyKind, TidySource};

use super::ExportError;

/// The two tables of one job or one workbook, as files.
#[derive(Clone, Debug, PartialEq)]
pub struct ParquetTables {
    /// The rows of `kpi.csv`.
    pub kpis: Vec<u8>,
    /// The rows of `text.csv`.
    pub texts: Vec<u8>,
    /// What the types cannot hold, each as a sentence: it is null there, never rounded.
    pub unfit: Vec<String>,
}

/// Gives what one job or one workbook says as Parquet files.
///
/// # Errors
/// [`ExportError::Parquet`] if a column cannot be written.
pub fn tidy_parquet(
    source: &TidySource<'_>,
    layout: &Layout,
) -> Result<ParquetTables, ExportError> {
    let mut unfit = Vec::new();
    let mut table = |kind: TidyKind| write::table(kind, source, layout, &mut unfit);
    Ok(ParquetTables {
        kpis: table(TidyKind::Kpis)?,
        texts: table(TidyKind::Texts)?,
        unfit,
    })
}
