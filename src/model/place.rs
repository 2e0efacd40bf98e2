//! Where a value came from.

use std::fmt;
use std::sync::Arc;

use super::CellRef;

/// A sheet of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// The file's path below the folder it was collected in, with `/`.
    pub file: String,
    /// The sheet's name.
    pub sheet: String,
}

/// A cell of a sheet of a file; shown as Excel shows it: `総務課.xlsx「取組7」!E12`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The sheet.
    pub source: Arc<Source>,
    /// The cell; of a merged range, its top-left cell.
    pub cell: CellRef,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}「{}」!{}",
            self.source.file, self.source.sheet, self.cell
        )
    }
}
