//! The sheets of an xlsx behind the gate: one after the other, or in lanes side by side.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::Cursor;

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
    let palette = Palette::new(passed.styles, passed.from_1904);
    let book = Book {
        name,
        archive: &passed.archive,
        palette: &palette,
        texts: &passed.texts,
        names: names::by_sheet(passed.names),
        budget: &passed.budget,
        limits,
    };
    let lanes = dealt(passed.sheets, lanes).into_par_iter();
    let read: Vec<Result<Vec<Read<T>>, ReadError>> =
        lanes.map(|sheets| book.lane(sheets, take)).collect();
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
        workbook.damaged.extend(sheet.damaged);
        sheet.taken
    });
    let taken = taken.collect();
    Ok((workbook, taken))
}

/// Deals sheets to lanes: the next largest to the lane that has the least to do.
fn dealt(sheets: Vec<Checked>, lanes: usize) -> Vec<Vec<(usize, Checked)>> {
    let mut sheets: Vec<(usize, Checked)> = sheets.into_iter().enumerate().collect();
    if lanes > 1 {
        sheets.sort_by_key(|(_, sheet)| Reverse(cells_of(sheet)));
    }
    let mut dealt: Vec<(usize, Vec<(usize, Checked)>)> = Vec::new();
    dealt.resize_with(lanes.max(1), Default::default);
    for (number, sheet) in sheets {
        if let Some((cells, lane)) = dealt.iter_mut().min_by_key(|(cells, _)| *cells) {
            *cells += 1 + cells_of(&sheet);
            lane.push((number, sheet));
        }
    }
    dealt.retain(|(_, lane)| !lane.is_empty());
    dealt.into_iter().map(|(_, lane)| lane).collect()
}

fn cells_of(sheet: &Checked) -> usize {
    sheet.scan.as_ref().map_or(0, |scan| scan.addresses.len())
}

/// What was made of a sheet.
struct Read<T> {
    number: usize,
    damaged: Vec<Damaged>,
    taken: T,
}

/// What all sheets of a workbook share.
struct Book<'a> {
    name: &'a str,
    archive: &'a [u8],
    palette: &'a Palette,
    texts: &'a SharedTexts,
    names: BTreeMap<String, Vec<(String, CellRef)>>,
    budget: &'a Budget,
    limits: &'a Limits,
}

impl Book<'_> {
    /// Reads the sheets of a lane with a reader of its own.
    fn lane<T>(
        &self,
        sheets: Vec<(usize, Checked)>,
        take: &impl Fn(usize, Grid) -> T,
    ) -> Result<Vec<Read<T>>, ReadError> {
        let told = |_| ReadError::broken("", Problem::Reader);
        let mut reader = Xlsx::new(Cursor::new(self.archive)).map_err(told)?;
        let mut read = Vec::with_capacity(sheets.len());
        for (number, checked) in sheets {
            let (grid, damaged) = self.sheet(&mut reader, number, checked)?;
            read.push(Read {
                number,
                damaged,
                taken: take(number, grid),
            });
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
