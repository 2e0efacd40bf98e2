//! A sheet as a person sees it: sparse, with absolute addresses, no meaning yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Active, Bands, CellRange, CellRef, FileFormat, Hidden, Overlaps, Place, Remark, Sidecar,
    Source, Struck,
};

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
    /// Merged ranges that are not among them, for they overlap one of them.
    pub overlaps: Overlaps,
    /// Rows that do not show: hidden, folded up, filtered out or without height.
    pub hidden_rows: Bands,
    /// Columns that do not show.
    pub hidden_columns: Bands,
    /// Cells with struck-out words; `cells` holds their texts without them, and no cell of which
    /// nothing is left.
    pub struck: BTreeMap<CellRef, Struck>,
    /// What is said or drawn beside the cells, in order of cells.
    pub remarks: Vec<Remark>,
    /// The names that the workbook gives to cells of the sheet, in order of names.
    pub names: Vec<(String, CellRef)>,
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
            overlaps: Overlaps::default(),
            hidden_rows: Bands::default(),
            hidden_columns: Bands::default(),
            struck: BTreeMap::new(),
            remarks: Vec::new(),
            names: Vec::new(),
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

    /// The hidden rows or columns because of which nothing of a cell shows. A merged cell shows as
    /// long as one of its rows and one of its columns do.
    pub fn hides(&self, cell: CellRef) -> Option<Hidden> {
        if self.hidden_rows.is_empty() && self.hidden_columns.is_empty() {
            return None;
        }
        let CellRange { first, last } = self.range(cell);
        let rows = self.hidden_rows.around(first.row, last.row);
        let columns = || self.hidden_columns.around(first.column, last.column);
        rows.map(|rows| Hidden::Rows(*rows.start(), *rows.end()))
            .or_else(|| columns().map(|range| Hidden::Columns(*range.start(), *range.end())))
    }

    /// What a cell reader does not see of this sheet.
    pub fn sidecar(&self) -> Sidecar {
        let (mut hidden, mut dates) = (BTreeMap::new(), BTreeMap::new());
        for (cell, content) in &self.cells {
            hidden.extend(self.hides(*cell).map(|by| (*cell, by)));
            if let Stored::Date(serial) = content.stored {
                dates.insert(*cell, serial);
            }
        }
        Sidecar {
            hidden,
            struck: self.struck.clone(),
            dates,
            overlaps: self.overlaps.clone(),
            ..Sidecar::of_remarks(&self.source, &self.remarks)
        }
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
    /// The properties that are the workbook's own (`docProps/custom.xml`), by name.
    pub properties: BTreeMap<String, String>,
    /// What could not be read of single cells as it is stored.
    pub damaged: Vec<Damaged>,
    /// What could act when the file is opened, in order.
    pub active: Vec<Active>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_merged_cell_shows_as_long_as_a_part_of_it_does() {
        let mut grid = Grid::new("総務課.xlsx", "取組1");
        let merged = CellRange::parse("B2:D3").unwrap();
        grid.merges.insert(merged.first, merged);
        let hides = |grid: &Grid, cell: &str| {
            let by = grid.hides(CellRef::parse(cell).unwrap());
            by.map(|by| by.to_string())
        };
        assert_eq!(hides(&grid, "B2"), None);
        grid.hidden_rows = Bands::new(vec![1..=1]);
        assert_eq!(hides(&grid, "B2"), None);
        assert_eq!(hides(&grid, "A2").as_deref(), Some("2行目"));
        grid.hidden_rows = Bands::new(vec![1..=2]);
        assert_eq!(hides(&grid, "B2").as_deref(), Some("2～3行目"));
        grid.hidden_rows = Bands::default();
        grid.hidden_columns = Bands::new(vec![0..=2]);
        assert_eq!(hides(&grid, "B2"), None);
        assert_eq!(hides(&grid, "C9").as_deref(), Some("A～C列"));
    }
}
