//! What the targets share: the stages behind the reader, and limits that keep a run short.

use std::sync::LazyLock;

use torimatome::model::{Layout, Located, Workbook};
use torimatome::read::Limits;
use torimatome::{locate, parse};

/// The embedded layout, read once.
pub static LAYOUT: LazyLock<Layout> = LazyLock::new(torimatome::default_layout);

/// Limits of a size that the fuzzer reaches.
pub fn limits() -> Limits {
    Limits {
        file: 1 << 20,
        part: 4 << 20,
        total: 8 << 20,
        cells: 20_000,
        sheets: 50,
        merges: 2_000,
        styles: 5_000,
        ..Limits::default()
    }
}

/// Takes a workbook that was read through the stages that look for forms in it.
pub fn through(book: &Workbook, layout: &Layout) {
    for grid in &book.sheets {
        match locate::locate(grid, layout) {
            Located::Forms(forms) => {
                for form in &forms {
                    let item = parse::item(form, grid, layout);
                    assert!(item.unplaced.len() <= grid.cells.len());
                }
            }
            Located::Tidy(table) => {
                parse::tidy(&table, grid, layout);
            }
            Located::Index(form) => {
                parse::index(&form, grid);
            }
            Located::Cover => {
                parse::cover(grid, layout);
            }
            Located::Instruction
            | Located::Own
            | Located::Report
            | Located::Empty
            | Located::Unknown => {}
        }
    }
}
