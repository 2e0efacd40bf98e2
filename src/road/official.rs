//! What could not be read of a plan or a previous workbook as it is stored.

use std::sync::Arc;

use crate::model::{Damage, Damaged, Grid, ItemSheet, OfficialBook, Place, Stored, Workbook};

/// Notes what is damaged on a sheet that counts: what the reader told, and error values in fields.
pub(super) fn note(book: &mut OfficialBook, workbook: &Workbook, grid: &Grid, items: &[ItemSheet]) {
    let told = workbook.damaged.iter();
    let told = told.filter(|damaged| Arc::ptr_eq(&damaged.place.source, &grid.source));
    book.damaged.extend(told.cloned());
    let fields = items.iter().flat_map(ItemSheet::fields);
    let errors = fields.filter_map(|field| error_value(grid, field.place?));
    book.damaged.extend(errors);
    let overlap = grid.overlaps.first.first();
    let overlap = overlap.map(|overlap| grid.place(overlap.left_out.first));
    book.overlaps.extend(overlap);
}

fn error_value(grid: &Grid, place: &Place) -> Option<Damaged> {
    let cell = grid.cells.get(&place.cell)?;
    (cell.stored == Stored::Error).then(|| Damaged {
        kind: Damage::Other,
        place: place.clone(),
        cells: vec![place.cell],
        reason: format!("数式の結果がエラー値「{}」になっています。", cell.text),
    })
}
