//! The sheets of an xlsx behind the gate: one after the other, or in lanes side by side.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Mutex;

use calamine::{Reader, Xlsx};
use rayon::prelude::*;

use crate::model::{CellRef, Damage, Damaged, Grid, Workbook};

use super::budget::Budget;
use super::error::{Problem, ReadError};
use super::gate::{Checked, Passed};
use super::limits::Limits;
use super::names;
use super::rich::SharedTexts;
use super::styles::Palette;
use super::xlsx::{Dress, MACRO_SHEET, by_kind, cells};

/// Reads a workbook of which the parts were checked, in so many lanes; `take` is given each sheet
/// with its number as soon as it is read.
pub(super) fn workbook<T: Send>(
    name: &str,
    passed: Passed,
    limits: &Limits,
    lanes: usize,
    take: &(impl Fn(usize, Grid) -> T + Sync),
) -> Result<(Workbook, Vec<T>), ReadError> {
    let lanes = lanes.clamp(1, passed.sheets.len().max(1));
    let palette = Palette::new(passed.styles, passed.from_1904);
    let book = Book {
        name,
        archive: &passed.archive,
        palette: &palette,
        texts: &passed.texts,
        names: names::by_sheet(passed.names),
        budget: &passed.budget,
        limits,
        lanes,
    };
    let waiting = Mutex::new(by_size(passed.sheets, lanes).into_iter());
    let side_by_side = (0..lanes).into_par_iter().with_max_len(1);
    let read = side_by_side.map(|_| book.lane(&waiting, take));
    let read: Vec<Result<Vec<Read<T>>, ReadError>> = read.collect();
    let read: Result<Vec<Vec<Read<T>>>, ReadError> = read.into_iter().collect();
    let mut sheets: Vec<Read<T>> = read?.into_iter().flatten().collect();
    sheets.sort_by_key(|sheet| sheet.number);
    let mut workbook = Workbook {
        format: passed.format,
        sheets: Vec::new(),
        modified: passed.modified,
        properties: passed.properties,
        damaged: Vec::new(),
        active: passed.active.finish(),
    };
    let taken = sheets.into_iter().map(|sheet| {
        let (damaged, taken) = sheet.outcome?;
        workbook.damaged.extend(damaged);
        Ok(taken)
    });
    let taken: Result<Vec<T>, ReadError> = taken.collect();
    Ok((workbook, taken?))
}

/// Sheets in the order of their reading: with several lanes the largest first, so that none is read
/// alone at the end.
fn by_size(sheets: Vec<Checked>, lanes: usize) -> Vec<(usize, Checked)> {
    let mut sheets: Vec<(usize, Checked)> = sheets.into_iter().enumerate().collect();
    if lanes > 1 {
        sheets.sort_by_key(|(_, sheet)| Reverse(cells_of(sheet)));
    }
    sheets
}

fn cells_of(sheet: &Checked) -> usize {
    sheet.scan.as_ref().map_or(0, |scan| scan.addresses.len())
}

/// What was made of a sheet, and what of it could not be read.
struct Read<T> {
    number: usize,
    outcome: Result<(Vec<Damaged>, T), ReadError>,
}

/// Sheets that no lane has taken yet.
type Waiting = Mutex<std::vec::IntoIter<(usize, Checked)>>;

/// What all sheets of a workbook share.
struct Book<'a> {
    name: &'a str,
    archive: &'a [u8],
    palette: &'a Palette,
    texts: &'a SharedTexts,
    names: BTreeMap<String, Vec<(String, CellRef)>>,
    budget: &'a Budget,
    limits: &'a Limits,
    lanes: usize,
}

impl Book<'_> {
    /// Reads one waiting sheet after the other with a reader of its own. A sheet that cannot be read
    /// stops none of several lanes: which of two is told must not depend on who came first.
    fn lane<T>(
        &self,
        waiting: &Waiting,
        take: &impl Fn(usize, Grid) -> T,
    ) -> Result<Vec<Read<T>>, ReadError> {
        let told = |_| ReadError::broken("", Problem::Reader);
        let mut reader = Xlsx::new(Cursor::new(self.archive)).map_err(told)?;
        let mut read = Vec::new();
        let next = || waiting.lock().ok()?.next();
        while let Some((number, checked)) = next() {
            let sheet = self.sheet(&mut reader, number, checked);
            let outcome = sheet.map(|(grid, damaged)| (damaged, take(number, grid)));
            let ends = outcome.is_err() && self.lanes == 1;
            read.push(Read { number, outcome });
            if ends {
                break;
            }
        }
        Ok(read)
    }

    fn sheet(
        &self,
        reader: &mut Xlsx<Cursor<&[u8]>>,
        number: usize,
        checked: Checked,
    ) -> Result<(Grid, Vec<Damaged>), ReadError> {
        let mut grid = Grid::new(self.name, &checked.name);
        grid.visibility = checked.visibility;
        grid.remarks = checked.remarks;
        grid.names = self.names.get(&checked.name).cloned().unwrap_or_default();
        let mut damaged = Vec::new();
        if checked.foreign {
            let place = grid.place(CellRef::new(0, 0));
            damaged.push(Damaged {
                kind: Damage::Other,
                cells: vec![place.cell],
                place,
                reason: MACRO_SHEET.to_owned(),
            });
        }
        if let Some(scan) = checked.scan {
            let dress = Dress {
                palette: self.palette,
                texts: self.texts,
                rich: &scan.rich,
                budget: self.budget,
            };
            let (flaws, disguised) = cells(reader, number, &scan, &dress, &mut grid, self.limits)?;
            scan.merges.fill(&mut grid);
            grid.hidden_rows = scan.hidden_rows;
            grid.hidden_columns = scan.hidden_columns;
            damaged.extend(by_kind(&grid, flaws, disguised));
        }
        Ok((grid, damaged))
    }
}
