//! The proof of a workbook: what was written is read back, and must say what was to be written.

use rayon::prelude::*;

use crate::model::text::fold;
use crate::model::{Book, Grid, ItemSheet, Text};
use crate::read::{Limits, SHEETS_AROUND};
use crate::{locate, parse, read, write};

use super::{MergeError, export_items};

/// Gives the bytes of a workbook that holds a book's items and reads back as them.
pub(super) fn same_again(book: &Book, written: write::Written) -> Result<Vec<u8>, MergeError> {
    let limits = Limits {
        sheets: book.items.len() + SHEETS_AROUND,
        ..unlimited()
    };
    let items: Vec<&ItemSheet> = book.items.iter().map(|item| &item.official).collect();
    same_items(&items, book, written, &limits)
}

/// Gives the bytes of a workbook without items that reads back cell for cell.
pub(super) fn read_back(written: write::Written) -> Result<Vec<u8>, MergeError> {
    again("点検結果", &written, &unlimited(), |_| ())?;
    Ok(written.bytes)
}

/// Reads what was written, a sheet at a time, so that the workbook is never held twice; gives what
/// `take` makes of each sheet.
fn again<T: Send>(
    name: &str,
    written: &write::Written,
    limits: &Limits,
    take: impl Fn(&Grid) -> T + Sync,
) -> Result<Vec<T>, MergeError> {
    let sheets = read::sheets(name, &written.bytes, limits, |number, grid| {
        let sheet = written.sheets.get(number);
        let same = sheet.map_or_else(
            || Err(grid.source.sheet.clone()),
            |sheet| same_cells(sheet, &grid),
        );
        same.map(|()| take(&grid))
    });
    let (_, sheets) = sheets.map_err(|error| MergeError::ReadBack(error.reason()))?;
    let counts = (sheets.len(), written.sheets.len());
    let taken: Result<Vec<T>, String> = sheets.into_iter().collect();
    let taken = taken.map_err(MergeError::ReadBack)?;
    match counts {
        (found, wanted) if found == wanted => Ok(taken),
        (found, wanted) => Err(MergeError::ReadBack(format!("{found}/{wanted} sheets"))),
    }
}

/// Our own output may be as large as the plan makes it: the limits are for returned files.
fn unlimited() -> Limits {
    Limits {
        file: u64::MAX,
        entries: usize::MAX,
        part: u64::MAX,
        total: u64::MAX,
        ratio: u64::MAX,
        cells: usize::MAX,
        merges: usize::MAX,
        memory: u64::MAX,
        ..Limits::default()
    }
}

/// Every text that was written stands where it was written, and no other.
fn same_cells(sheet: &write::WrittenSheet, grid: &Grid) -> Result<(), String> {
    if sheet.name != grid.source.sheet {
        return Err(grid.source.sheet.clone());
    }
    let wanted = sheet
        .cells
        .iter()
        .filter(|(_, text)| !text.trim().is_empty());
    let mut found = grid.cells.iter();
    for (cell, text) in wanted {
        match found.next() {
            Some((at, content)) if at == cell && content.text == *text => {}
            Some(_) | None => return Err(format!("{}!{cell}", sheet.name)),
        }
    }
    match found.next() {
        Some((cell, _)) => Err(format!("{}!{cell}", sheet.name)),
        None => Ok(()),
    }
}

/// The items that are read back are the items that were written, place aside.
fn same_items(
    wanted: &[&ItemSheet],
    book: &Book,
    written: write::Written,
    limits: &Limits,
) -> Result<Vec<u8>, MergeError> {
    let layout = &book.layout;
    let items_of = |grid: &Grid| parse::items(locate::locate(grid, layout).forms(), grid, layout);
    let items = again(&layout.document, &written, limits, items_of)?;
    let items: Vec<ItemSheet> = items.into_iter().flatten().collect();
    if items.len() != wanted.len() {
        return Err(MergeError::ReadBack(format!(
            "{}/{} items",
            items.len(),
            wanted.len()
        )));
    }
    let differs = |(item, read): &(&&ItemSheet, &ItemSheet)| {
        let json = |sheet: &ItemSheet| export_items(&[sheet], book);
        let same = matches!((json(item), json(read)), (Ok(wanted), Ok(found)) if wanted == found);
        let known = |text: &Text| {
            let mut wanted = item.unplaced.iter();
            wanted.any(|other| fold(other.text()) == fold(text.text()))
        };
        !same || !read.unplaced.iter().all(known)
    };
    let write::Written { bytes, sheets } = written;
    let pairs = wanted.par_iter().zip(&items);
    // What was written is taken down meanwhile: in a large plan that takes as long.
    let (found, ()) = rayon::join(|| pairs.find_first(differs), || drop(sheets));
    match found {
        Some((_, read)) => Err(MergeError::ReadBack(read.source.sheet.clone())),
        None => Ok(bytes),
    }
}

/// Gives the bytes of a workbook of forms that reads back as what was filled in, and as nothing else.
pub(super) fn same_forms(
    issue: write::Issue<'_>,
    written: write::Written,
) -> Result<Vec<u8>, MergeError> {
    let book = issue.book;
    let items = &issue.handout.items;
    let limits = Limits {
        sheets: items.len() + SHEETS_AROUND,
        ..unlimited()
    };
    let wanted: Vec<ItemSheet> = items.iter().map(|item| read_again(&item.sheet)).collect();
    same_items(&wanted.iter().collect::<Vec<_>>(), book, written, &limits)
}

/// A sheet as it is read: rows in which nothing stands are none, and no footnote is without its mark.
fn read_again(sheet: &ItemSheet) -> ItemSheet {
    let mut sheet = sheet.clone();
    let footnotes = std::mem::take(&mut sheet.footnotes).into_iter();
    let (notes, others): (Vec<_>, Vec<_>) = footnotes.partition(|note| !note.mark.is_empty());
    sheet.footnotes = notes;
    sheet.unplaced = others.into_iter().map(|note| note.cell).collect();
    sheet.status.retain(|row| {
        let fields = [&row.plan, &row.first_half, &row.second_half];
        !fields.iter().all(|field| field.is_blank())
    });
    sheet
}
