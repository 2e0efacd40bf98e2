//! xlsb behind the gate: the records of its parts, read by ourselves.
//!
//! calamine passes over cells in their short form, over errors of formulas and over rich texts, and
//! tells neither merged cells nor number formats: what it does not know it drops in silence. The
//! records themselves are plain ([MS-XLSB] 2.1.4).

mod cells;
mod notes;
mod parts;
mod records;

use std::collections::BTreeMap;

use crate::model::{ActiveKind, CellRef, Damage, Damaged, FileFormat, Grid, Workbook};

use super::active::is_macro;
use super::book;
use super::contents::MainPart;
use super::error::{Problem, ReadError};
use super::limits::Limits;
use super::names;
use super::package::Package;
use super::sheet::disjoint;
use super::sidecar::Sidecars;
use super::styles::{Palette, Styles};
use super::xlsx::{MACRO_SHEET, by_kind};

use cells::Sheet;

pub(super) use notes::notes;

/// Reads a workbook of which the package was checked.
pub(super) fn workbook(
    name: &str,
    mut package: Package<'_>,
    main: MainPart,
    limits: &Limits,
) -> Result<Workbook, ReadError> {
    let budget = package.budget();
    let listed = parts::book(&main.name, &package.part(&main.name)?, limits)?;
    let relations = book::relations(&mut package, &main.name, limits)?;
    let by_kind_of = |kind: &str| {
        let found = relations.iter().find(|relation| relation.kind == kind);
        found.and_then(|relation| relation.target.clone())
    };
    let styles = match by_kind_of("styles") {
        Some(part) => parts::styles(&part, &package.part(&part)?, limits)?,
        None => Styles::default(),
    };
    let texts = match by_kind_of("sharedStrings") {
        Some(part) => parts::texts(&part, &package.part(&part)?, &styles)?,
        None => Vec::new(),
    };
    let mut active = listed.active;
    active.of_book(&relations, &mut package, limits);
    let mut sidecars = Sidecars::new(by_kind_of("person"), limits);
    let modified = match main.properties.filter(|part| package.has(part)) {
        Some(part) => book::modified(&part, &package.part(&part)?, limits),
        None => None,
    };
    let palette = Palette::new(styles, listed.from_1904);
    let mut workbook = Workbook {
        format: FileFormat::Xlsb,
        sheets: Vec::with_capacity(listed.sheets.len()),
        modified,
        properties: match main.custom.filter(|part| package.has(part)) {
            Some(part) => names::properties(&part, &package.part(&part)?, limits),
            None => BTreeMap::new(),
        },
        damaged: Vec::new(),
        active: Vec::new(),
    };
    let mut left = limits.cells;
    let mut seen = BTreeMap::new();
    for entry in listed.sheets {
        let relation = relations.iter().find(|r| r.id == entry.relation);
        let target = relation.and_then(|r| Some((r.kind.as_str(), r.target.as_deref()?)));
        let Some((kind, part)) = target else {
            return Err(ReadError::broken(&entry.name, Problem::MissingPart));
        };
        let mut grid = Grid::new(name, &entry.name);
        grid.visibility = entry.visibility;
        match kind {
            "worksheet" => {
                if seen.insert(part.to_lowercase(), ()).is_some() {
                    return Err(ReadError::broken(part, Problem::Twins));
                }
                let bytes = package.part(part)?;
                let book = cells::Book {
                    texts: &texts,
                    palette: &palette,
                    limits,
                    budget: &budget,
                };
                let mut sheet = Sheet::read(part, &bytes, &entry.name, &book, left)?;
                let own = book::relations(&mut package, part, limits);
                if let Ok(own) = &own {
                    active.of_sheet(&entry.name, own, &[]);
                }
                sheet.beside.remarks = sidecars.remarks(&mut package, own, limits);
                left -= sheet.count;
                grid.cells = sheet.cells;
                disjoint(sheet.merges).fill(&mut grid);
                sheet.beside.fill(&mut grid, limits);
                let damaged = by_kind(&grid, sheet.flaws, sheet.disguised);
                workbook.damaged.extend(damaged);
            }
            "chartsheet" => {}
            kind if is_macro(kind) => active.add(ActiveKind::Macro, None, &entry.name),
            _ => workbook.damaged.push(foreign(&grid)),
        }
        workbook.sheets.push(grid);
    }
    workbook.active = active.finish();
    Ok(workbook)
}

fn foreign(grid: &Grid) -> Damaged {
    let place = grid.place(CellRef::new(0, 0));
    Damaged {
        kind: Damage::Other,
        cells: vec![place.cell],
        place,
        reason: MACRO_SHEET.to_owned(),
    }
}
