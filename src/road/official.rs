//! A workbook in the official layout, and what could not be read of it as it is stored.

use std::sync::Arc;

use crate::model::{
    Damage, Damaged, Grid, ItemSheet, Layout, Located, OfficialBook, Place, SET_PROPERTY, Stored,
    Tidy, UNSETTLED, Visibility, Volume, Workbook, text::label_key,
};
use crate::read::{self, Limits, ReadError};
use crate::{locate, parse};

/// Reads what stands on the visible sheets of a workbook; of its tidy tables `take` makes what it will.
pub(super) fn book(
    name: &str,
    bytes: &[u8],
    layout: &Layout,
    limits: &Limits,
    mut take: impl FnMut(&mut OfficialBook, &Tidy, &Grid),
) -> Result<OfficialBook, ReadError> {
    let mut book = OfficialBook {
        file: name.to_owned(),
        ..OfficialBook::default()
    };
    let (workbook, sheets) = read::sheets(name, bytes, &limits.of_official(), |_, grid| {
        let located = locate::locate(&grid, layout);
        let items = parse::items(located.forms(), &grid, layout);
        (grid, located, items)
    })?;
    let count = sheets.len();
    for (grid, located, items) in sheets {
        if grid.visibility == Visibility::Hidden {
            let name = (!items.is_empty()).then(|| grid.source.sheet.clone());
            book.hidden.extend(name);
            continue;
        }
        match located {
            Located::Forms(_) => {}
            Located::Tidy(table) => take(&mut book, &table, &grid),
            Located::Index(form) => book.index = parse::index(&form, &grid),
            Located::Cover => {
                let texts = || grid.cells.values().map(|cell| cell.text.trim());
                book.unsettled |= texts().any(|text| text == UNSETTLED);
                let mut volumes = texts().filter_map(Volume::parse);
                book.volume = volumes.next().unwrap_or(book.volume);
                book.cover = parse::cover(&grid, layout);
            }
            // A damaged label makes a form unknown.
            Located::Empty | Located::Unknown => {}
            Located::Instruction | Located::Own => continue,
            Located::Report => {
                let name = label_key(&grid.source.sheet);
                book.for_office |= name == label_key(&layout.sheets.findings);
                continue;
            }
        }
        note(&mut book, &workbook, &grid);
        note_errors(&mut book, &grid, &items);
        book.items.extend(items);
    }
    book.set = workbook.properties.get(SET_PROPERTY).cloned();
    limits.allow_sheets(count, book.items.len())?;
    Ok(book)
}

/// Notes what the reader told of a sheet that counts.
fn note(book: &mut OfficialBook, workbook: &Workbook, grid: &Grid) {
    let told = workbook.damaged.iter();
    let told = told.filter(|damaged| Arc::ptr_eq(&damaged.place.source, &grid.source));
    book.damaged.extend(told.cloned());
    let overlap = grid.overlaps.first.first();
    let overlap = overlap.map(|overlap| grid.place(overlap.left_out.first));
    book.overlaps.extend(overlap);
}

/// Notes the error values in the fields of items.
pub(super) fn note_errors(book: &mut OfficialBook, grid: &Grid, items: &[ItemSheet]) {
    let fields = items.iter().flat_map(ItemSheet::fields);
    let errors = fields.filter_map(|field| error_value(grid, field.place?));
    book.damaged.extend(errors);
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
