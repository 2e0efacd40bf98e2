//! The 数値目標 block: name and baseline on the left, actual and target a year on the right.
//!
//! Two storeys are told apart by where they stand, never by what is filled: the storey of the
//! upper head is the row the name begins in, the lower one is below it. One blank storey leaves
//! the other where it is.

use crate::model::{CellRange, CellRef, FiscalYear, KpiSlot, Slot};

use super::blocks::{Block, Blocks};
use super::columns::Columns;
use super::labels::Kind;
use super::sheet::Area;

/// What a column of the block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Name,
    /// A year, both storeys of it.
    Year(FiscalYear),
    /// A year's actual or target alone, in a layout with one storey.
    Actual(FiscalYear),
    Target(FiscalYear),
}

/// How the block is built.
struct Build {
    columns: Columns<What>,
    storeys: Storeys,
}

/// Which storey is above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Storeys {
    ActualAbove,
    TargetAbove,
    /// Actual and target stand side by side.
    One,
}

pub(super) fn locate(area: &mut Area<'_>, blocks: &Blocks) -> Vec<KpiSlot> {
    let Some(block) = &blocks.kpi else {
        return Vec::new();
    };
    let build = build(block);
    claim_repeated_heads(area, block);
    let starts = starts(area, &build, block);
    let mut slots = Vec::new();
    for (at, start) in starts.iter().enumerate() {
        let end = starts
            .get(at + 1)
            .map_or(block.last, |next| next.first.row - 1);
        slots.push(place_row(area, &build, *start, end, slots.is_empty()));
    }
    slots
}

fn build(block: &Block) -> Build {
    let row = |kind| block.label(kind).map(|hit| hit.cell().row);
    let storeys = match (row(Kind::Actual), row(Kind::Target)) {
        (Some(actual), Some(target)) if actual == target => Storeys::One,
        (Some(actual), Some(target)) if target < actual => Storeys::TargetAbove,
        (Some(_) | None, Some(_) | None) => Storeys::ActualAbove,
    };
    let columns = Columns::of(block.labels.iter().filter_map(|hit| {
        let what = match (hit.kind, storeys) {
            (Kind::Kpi, _) => What::Name,
            (Kind::Actual, Storeys::One) => What::Actual(hit.year?),
            (Kind::Target, Storeys::One) => What::Target(hit.year?),
            (Kind::Actual | Kind::Target, _) => What::Year(hit.year?),
            _ => return None,
        };
        Some((what, hit.range))
    }));
    Build { columns, storeys }
}

/// Heads repeated after a page break are labels too.
fn claim_repeated_heads(area: &mut Area<'_>, block: &Block) {
    for kind in [Kind::Kpi, Kind::Actual, Kind::Target] {
        for hit in area.all(kind, block.first..=block.last) {
            area.claim(hit.cell());
        }
    }
}

/// The cells that begin a row of the block: names, notes, and blank name cells merged over storeys.
fn starts(area: &Area<'_>, build: &Build, block: &Block) -> Vec<CellRange> {
    let mut starts = Vec::new();
    let name = build
        .columns
        .iter()
        .position(|column| column.what == What::Name);
    for row in area.rows(block.first, block.last) {
        let cells = area.row(row);
        let named = cells
            .iter()
            .find(|cell| build.columns.at(cell.column) == name && name.is_some());
        if let Some(cell) = named {
            let alone = cells.len() == 1;
            if !(alone && area.is_footnote(*cell)) {
                starts.push(area.range(*cell));
            }
            continue;
        }
        let Some(name) = name else { continue };
        let anchor = area.merges.range(build.columns.cell(name, row));
        let blank_name = anchor.rows() > 1 && area.grid.text(anchor.first).is_none();
        if blank_name && starts.last() != Some(&anchor) {
            starts.push(anchor);
            continue;
        }
        // A text across several years and nothing on its left: a note.
        if let [only] = cells[..]
            && anchor.rows() == 1
            && build
                .columns
                .span(area.range(only))
                .is_some_and(|(first, last)| first < last)
        {
            starts.push(area.range(only));
        }
    }
    starts
}

fn place_row(
    area: &mut Area<'_>,
    build: &Build,
    name: CellRange,
    end: u32,
    first: bool,
) -> KpiSlot {
    area.claim(name.first);
    let spans_years = build
        .columns
        .span(name)
        .is_some_and(|(from, to)| from < to || build.columns.get(from).what != What::Name);
    if spans_years {
        return KpiSlot::Note(name.first);
    }
    let merged = name.rows() > 1;
    let last = if merged { name.last.row.min(end) } else { end };
    let value_rows: Vec<u32> = area
        .rows(name.first.row, last)
        .into_iter()
        .filter(|row| area.row(*row).iter().any(|cell| is_value(build, *cell)))
        .collect();
    let two_storeys = build.storeys != Storeys::One;
    if value_rows.is_empty() && !merged && !first && two_storeys && end == name.first.row {
        // The next row of the block begins right below: there is no second storey here.
        return KpiSlot::Note(name.first);
    }
    let uncertain = value_rows.is_empty() && !merged && !first;
    let upper = name.first.row;
    let lower = lower_row(area, build, name, &value_rows);
    // The next name may begin where the lower storey should be: then it was deleted.
    let lower = (lower <= last.max(name.last.row)).then_some(lower);
    KpiSlot::Kpi {
        name: name.first,
        years: years(area, build, upper, lower),
        uncertain,
        two_storeys,
    }
}

fn is_value(build: &Build, cell: CellRef) -> bool {
    build
        .columns
        .at(cell.column)
        .is_some_and(|at| build.columns.get(at).what != What::Name)
}

/// The row of the lower storey: the first row with values below the name's own, else the row in
/// which a merged range of the name's rows begins, else the last of them.
fn lower_row(area: &Area<'_>, build: &Build, name: CellRange, value_rows: &[u32]) -> u32 {
    let upper = name.first.row;
    if let Some(row) = value_rows.iter().find(|row| **row > upper) {
        return *row;
    }
    for row in upper + 1..=name.last.row {
        for column in build
            .columns
            .iter()
            .filter(|column| column.what != What::Name)
        {
            let range = area.merges.range(CellRef::new(row, column.first));
            if range.first.row == row && (range.rows() > 1 || name.rows() == 2) {
                return row;
            }
        }
    }
    name.last.row.max(upper + 1)
}

fn years(
    area: &mut Area<'_>,
    build: &Build,
    upper: u32,
    lower: Option<u32>,
) -> Vec<(FiscalYear, Slot, Slot)> {
    let mut years: Vec<(FiscalYear, Slot, Slot)> = Vec::new();
    for at in 0..build.columns.iter().count() {
        match build.columns.get(at).what {
            What::Name => {}
            What::Year(year) => {
                let above = value(area, build, at, upper);
                let below = lower.map(|lower| value(area, build, at, lower));
                years.push(match build.storeys {
                    Storeys::TargetAbove => (year, below, Some(above)),
                    Storeys::ActualAbove | Storeys::One => (year, Some(above), below),
                });
            }
            What::Actual(year) => {
                let cell = value(area, build, at, upper);
                entry(&mut years, year).1 = Some(cell);
            }
            What::Target(year) => {
                let cell = value(area, build, at, upper);
                entry(&mut years, year).2 = Some(cell);
            }
        }
    }
    years
}

fn entry(
    years: &mut Vec<(FiscalYear, Slot, Slot)>,
    year: FiscalYear,
) -> &mut (FiscalYear, Slot, Slot) {
    let at = years
        .iter()
        .position(|(known, _, _)| *known == year)
        .unwrap_or_else(|| {
            years.push((year, None, None));
            years.len() - 1
        });
    &mut years[at]
}

/// The value cell of a column in a storey's row, with content or without.
fn value(area: &mut Area<'_>, build: &Build, at: usize, row: u32) -> CellRef {
    let filled = area
        .row(row)
        .into_iter()
        .find(|cell| build.columns.at(cell.column) == Some(at));
    let cell = filled.unwrap_or_else(|| {
        let expected = build.columns.cell(at, row);
        // A cell merged over both storeys is the upper one's; the lower one is blank below it. So
        // is one merged over several years the first one's.
        let anchor = area.merges.anchor(expected);
        if anchor.row == row && build.columns.at(anchor.column) == Some(at) {
            anchor
        } else {
            expected
        }
    });
    area.claim(cell)
}
