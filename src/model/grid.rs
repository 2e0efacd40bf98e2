//! A sheet as a person sees it: sparse, with absolute addresses, no meaning yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{CellRange, CellRef, FileFormat, Place, Source};

/// What a cell stores behind what it shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Stored {
    /// A text.
    Text,
    /// A number; the text is what its number format shows.
    Number(f64),
    /// A date or a time, as Excel's serial number.
    Date(f64),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error value such as `#REF!`.
    Error,
}

/// A cell with content.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What a person sees, line breaks as `\n`.
    pub text: String,
    /// What is stored.
    pub stored: Stored,
}

/// How a sheet's tab shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// An ordinary sheet.
    Visible,
    /// Hidden or very hidden.
    Hidden,
}

/// A sheet: its cells with content and its merged ranges.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The file and the sheet.
    pub source: Arc<Source>,
    /// Whether the tab shows.
    pub visibility: Visibility,
    /// Cells whose text is not white space alone, by address.
    pub cells: BTreeMap<CellRef, Cell>,
    /// Merged ranges of more than one cell, by their top-left cell.
    pub merges: BTreeMap<CellRef, CellRange>,
}

impl Grid {
    /// Makes an empty sheet.
    pub fn new(file: &str, sheet: &str) -> Self {
        Self {
            source: Arc::new(Source {
                file: file.to_owned(),
                sheet: sheet.to_owned(),
            }),
            visibility: Visibility::Visible,
            cells: BTreeMap::new(),
            merges: BTreeMap::new(),
        }
    }

    /// The text a person sees in a cell.
    pub fn text(&self, cell: CellRef) -> Option<&str> {
        self.cells.get(&cell).map(|cell| cell.text.as_str())
    }

    /// The merged range that begins at a cell, or the cell alone.
    pub fn range(&self, cell: CellRef) -> CellRange {
        self.merges
            .get(&cell)
            .copied()
            .unwrap_or_else(|| cell.into())
    }

    /// The full place of a cell.
    pub fn place(&self, cell: CellRef) -> Place {
        Place {
            source: Arc::clone(&self.source),
            cell,
        }
    }
}

/// Why a cell does not say what a person would take it to say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// A formula whose result was never stored; nothing is read.
    Uncalculated,
    /// A value that its number format does not show, or a number that it shows as a dash; what shows
    /// is read.
    Disguised {
        /// What is stored.
        stored: String,
        /// What shows; empty where nothing does.
        shown: String,
    },
    /// The cell stands in the sheet twice; the first value is read.
    Twice,
    /// Anything else for which nothing is read.
    Other,
}

/// Cells of one sheet that have the same damage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged {
    /// What is wrong.
    pub kind: Damage,
    /// The first of the cells.
    pub place: Place,
    /// All the cells, in order.
    pub cells: Vec<CellRef>,
    /// What is wrong, a Japanese sentence.
    pub reason: String,
}

impl Damaged {
    /// Tells whether a cell is one of these.
    pub fn contains(&self, place: &Place) -> bool {
        self.place.source == place.source && self.cells.contains(&place.cell)
    }
}

/// A workbook that was read: its sheets in order and what its properties say.
#[derive(Clone, Debug)]
pub struct Workbook {
    /// The format of its file.
    pub format: FileFormat,
    /// The sheets in tab order.
    pub sheets: Vec<Grid>,
    /// The workbook's own modification stamp (`dcterms:modified`), as written, `2024-04-12T02:00:00Z`.
    pub modified: Option<String>,
    /// What could not be read of single cells as it is stored.
    pub damaged: Vec<Damaged>,
}
