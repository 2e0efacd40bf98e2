//! The proof of a workbook: what was written is read back, and must say what was to be written.

use rayon::prelude::*;

use crate::model::text::fold;
use crate::model::{Book, ItemSheet, Text, Workbook};
use crate::read::{Limits, SHEETS_AROUND};
use crate::{locate, parse, read, write};

use super::{MergeError, export_items};

/// Gives the bytes of a workbook that holds a book's items and reads back as them.
pub(super) fn same_again(book: &Book, written: write::Written) -> Result<Vec<u8>, MergeError> {
    let limits = Limits {
        sheets: book.items.len() + SHEETS_AROUND,
        ..unlimited()
    };
    let name = &book.layout.document;
    let again = read::workbook(name, written.bytes.clone(), &limits)
        .map_err(|error| MergeError::ReadBack(error.reason()))?;
    same_cells(&written, &again)?;
    let items: Vec<&ItemSheet> = book.items.iter().map(|item| &item.official).collect();
    same_sheets(&items, book, &again)?;
    Ok(written.bytes)
}

/// Gives the bytes of a workbook without items that reads back cell for cell.
pub(super) fn read_back(written: write::Written) -> Result<Vec<u8>, MergeError> {
    let again = read::workbook("点検結果", written.bytes.clone(), &unlimited())
        .map_err(|error| MergeError::ReadBack(error.reason()))?;
    same_cells(&written, &again)?;
    Ok(written.bytes)
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
fn same_cells(written: &write::Written, again: &Workbook) -> Result<(), MergeError> {
    let differs = |what: String| Err(MergeError::ReadBack(what));
    if written.sheets.len() != again.sheets.len() {
        return differs(format!(
            "{}/{} sheets",
            again.sheets.len(),
            written.sheets.len()
        ));
    }
    for (sheet, grid) in written.sheets.iter().zip(&again.sheets) {
        if sheet.name != grid.source.sheet {
            return differs(grid.source.sheet.clone());
        }
        let wanted = sheet
            .cells
            .iter()
            .filter(|(_, text)| !text.trim().is_empty());
        let mut found = grid.cells.iter();
        for (cell, text) in wanted {
            match found.next() {
                Some((at, content)) if at == cell && content.text == *text => {}
                Some(_) | None => return differs(format!("{}!{cell}", sheet.name)),
            }
        }
        if let Some((cell, _)) = found.next() {
            return differs(format!("{}!{cell}", sheet.name));
        }
    }
    Ok(())
}

/// The items that are read back are the items that were written, place aside.
fn same_sheets(wanted: &[&ItemSheet], book: &Book, again: &Workbook) -> Result<(), MergeError> {
    let items_of = |grid| {
        parse::items(
            locate::locate(grid, &book.layout).forms(),
            grid,
            &book.layout,
        )
    };
    let items: Vec<ItemSheet> = again.sheets.par_iter().flat_map_iter(items_of).collect();
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
    let pairs = wanted.par_iter().zip(&items);
    match pairs.find_first(differs) {
        Some((_, read)) => Err(MergeError::ReadBack(read.source.sheet.clone())),
        None => Ok(()),
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
    let name = &book.layout.document;
    let again = read::workbook(name, written.bytes.clone(), &limits)
        .map_err(|error| MergeError::ReadBack(error.reason()))?;
    same_cells(&written, &again)?;
    let wanted: Vec<ItemSheet> = items.iter().map(|item| read_again(&item.sheet)).collect();
    same_sheets(&wanted.iter().collect::<Vec<_>>(), book, &again)?;
    Ok(written.bytes)
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
