//! The 数値目標 block: name and baseline on the left, actual and target a year on the right.
//!
//! Two storeys are told apart by where they stand, never by what is filled: the storey of the
//! upper head is the row the name begins in, the lower one is below it. One blank storey leaves
//! the other where it is. A cell that is merged over several values is in the place of each.

use crate::model::{CellRange, CellRef, FiscalYear, KpiArrangement, KpiSlot, Slot, Storeys};

use super::blocks::{Block, Blocks};
use super::columns::Columns;
use super::labels::Kind;
use super::lost::{is_baseline, is_figures, is_sentence};
use super::repeated;
use super::sheet::Area;

/// A line that says a baseline and nothing else is no longer.
const LONGEST_BASELINE: usize = 40;

/// What a column of the block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Name,
    /// The baselines, where they have a column of their own.
    Baseline,
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
    baseline_head: Slot,
    /// The first row below the heads.
    first: u32,
    /// Whether there are heads of actuals, and of targets.
    heads: [bool; 2],
}

pub(super) fn locate(area: &mut Area<'_>, blocks: &Blocks) -> Vec<KpiSlot> {
    let Some(block) = &blocks.kpi else {
        return Vec::new();
    };
    let build = build(block);
    repeated::claim(area, block);
    let starts = starts(area, &build, block);
    let tall = starts.iter().any(|start| start.name.rows() > 1);
    let mut slots = Vec::new();
    for (at, start) in starts.iter().enumerate() {
        let next = starts.get(at + 1);
        let end = next.map_or(block.last, |next| next.name.first.row - 1);
        if block.lost_below && !is_certain(area, &build, start.name, end) {
            break;
        }
        // Where other names are merged over both storeys, one of a single row has lost the other.
        let end = if tall && is_cut(area, &build, start, end) {
            start.name.first.row
        } else {
            end
        };
        slots.push(place_row(area, &build, start, end, slots.is_empty()));
    }
    while block.lost_below
        && let Some(KpiSlot::Note(cell)) = slots.last()
    {
        area.release(*cell);
        slots.pop();
    }
    slots
}

/// Tells whether a row can be none of a block whose heading is lost: a note, or a KPI with two
/// storeys whose values are no sentences.
fn is_certain(area: &Area<'_>, build: &Build, name: CellRange, end: u32) -> bool {
    let last = if name.rows() > 1 { name.last.row } else { end };
    let rows = area.rows(name.first.row, last).into_iter();
    let values: Vec<CellRef> = rows
        .flat_map(|row| area.row(row))
        .filter(|cell| is_value(build, *cell))
        .collect();
    let text = |cell: &CellRef| area.grid.text(*cell).unwrap_or("");
    let sentence = values.iter().any(|cell| is_sentence(text(cell)));
    let storeys = build.storeys == Storeys::One || last > name.first.row;
    values.is_empty() || (!sentence && storeys)
}

/// Tells whether a name of one row has values beside it and none below.
fn is_cut(area: &Area<'_>, build: &Build, start: &Start, end: u32) -> bool {
    let has_values = |row: u32| area.row(row).iter().any(|cell| is_value(build, *cell));
    let upper = start.name.first.row;
    let below = area.rows(upper + 1, end);
    start.name.rows() == 1
        && start.baseline.is_none()
        && has_values(upper)
        && !below.into_iter().any(has_values)
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
            (Kind::Baseline, _) => What::Baseline,
            (Kind::Actual, Storeys::One) => What::Actual(hit.year?),
            (Kind::Target, Storeys::One) => What::Target(hit.year?),
            (Kind::Actual | Kind::Target, _) => What::Year(hit.year?),
            _ => return None,
        };
        Some((what, hit.range))
    }));
    Build {
        columns,
        storeys,
        baseline_head: block.label(Kind::Baseline).map(|hit| hit.cell()),
        first: block.first,
        heads: [Kind::Actual, Kind::Target].map(|kind| block.label(kind).is_some()),
    }
}

/// What begins a row of the block.
struct Start {
    /// The cell of the name, of a note, or a blank name cell merged over storeys.
    name: CellRange,
    /// A cell below the name that says its baseline and nothing else.
    baseline: Slot,
}

/// The cells that begin a row of the block: names, notes, and blank name cells merged over storeys.
fn starts(area: &Area<'_>, build: &Build, block: &Block) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    let start = |name: CellRange| Start {
        name,
        baseline: None,
    };
    let name = build
        .columns
        .iter()
        .position(|column| column.what == What::Name);
    for row in area.rows(block.first, block.last) {
        let cells = area.row(row);
        // A value behind the name's own cell has lost the head of its year.
        let is_name = |cell: &&CellRef| {
            let at = build.columns.at(cell.column);
            let behind = at.is_some_and(|at| cell.column > build.columns.get(at).first);
            let text = area.grid.text(**cell).unwrap_or("");
            at == name && name.is_some() && !(behind && is_figures(text))
        };
        let named = cells.iter().find(is_name);
        if let Some(cell) = named {
            let alone = cells.len() == 1;
            match starts.last_mut() {
                _ if alone && area.is_footnote(*cell) => {}
                Some(above) if is_baseline_of(area, build, above, *cell) => {
                    above.baseline = Some(*cell);
                }
                Some(_) | None => starts.push(start(area.range(*cell))),
            }
            continue;
        }
        let Some(name) = name else { continue };
        let anchor = area.merges.range(build.columns.cell(name, row));
        let blank_name = anchor.rows() > 1 && area.grid.text(anchor.first).is_none();
        if blank_name && starts.last().map(|above| above.name) != Some(anchor) {
            starts.push(start(anchor));
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
            starts.push(start(area.range(only)));
            continue;
        }
        // In a table of one storey, values without a name beside them are a row all the same.
        let alone = anchor.rows() == 1 && area.grid.text(anchor.first).is_none();
        let has_values = cells.iter().any(|cell| is_value(build, *cell));
        if build.storeys == Storeys::One && alone && has_values {
            starts.push(start(anchor));
        }
    }
    starts
}

/// Tells whether a cell below a name, in the name's lower storey, is the baseline that the name
/// lacks.
fn is_baseline_of(area: &Area<'_>, build: &Build, above: &Start, cell: CellRef) -> bool {
    let text = |cell: CellRef| area.grid.text(cell).unwrap_or("");
    let lower = build.storeys != Storeys::One
        && above.name.rows() == 1
        && above.name.first.row + 1 == cell.row
        && above.baseline.is_none();
    let line = text(cell).trim();
    lower
        && !line.contains('\n')
        && line.chars().nth(LONGEST_BASELINE).is_none()
        && is_baseline(line)
        && !text(above.name.first).lines().any(is_baseline)
}

fn place_row(area: &mut Area<'_>, build: &Build, start: &Start, end: u32, first: bool) -> KpiSlot {
    let name = start.name;
    area.claim(name.first);
    let merged = name.rows() > 1;
    let last = if merged { name.last.row.min(end) } else { end };
    let value_rows: Vec<u32> = area
        .rows(name.first.row, last)
        .into_iter()
        .filter(|row| area.row(*row).iter().any(|cell| is_value(build, *cell)))
        .collect();
    let span = build.columns.span(name);
    let spans_years =
        span.is_some_and(|(from, to)| from < to || build.columns.get(from).what != What::Name);
    // A name that was merged over the first years still has values behind it; a note has none.
    let beside = value_rows.iter().any(|row| *row <= name.last.row);
    if spans_years && !beside {
        return KpiSlot::Note(name.first);
    }
    let two_storeys = build.storeys != Storeys::One;
    let alone = value_rows.is_empty() && start.baseline.is_none();
    if alone && !merged && !first && two_storeys && end == name.first.row {
        // The next row of the block begins right below: there is no second storey here.
        return KpiSlot::Note(name.first);
    }
    let upper = name.first.row;
    let lower = lower_row(area, build, name, &value_rows);
    // The next name may begin where the lower storey should be: then it was deleted.
    let lower = (lower <= last.max(name.last.row)).then_some(lower);
    let baseline = start.baseline.or_else(|| baseline(area, build, upper));
    if let Some(cell) = baseline {
        area.claim(cell);
    }
    let head = build.baseline_head.filter(|_| start.baseline.is_none());
    KpiSlot::Kpi {
        name: name.first,
        baseline,
        baseline_head: head.filter(|_| baseline.is_some()),
        years: years(area, build, upper, lower),
        uncertain: alone && !merged && !first && could_be_note(area, build, name, baseline),
        storeys: build.storeys,
    }
}

/// The cell of a KPI's baseline in a column of its own.
fn baseline(area: &Area<'_>, build: &Build, upper: u32) -> Slot {
    let at = build
        .columns
        .iter()
        .position(|column| column.what == What::Baseline)?;
    let filled = |cell: &CellRef| build.columns.at(cell.column) == Some(at);
    let blank = || {
        let place = area.merges.anchor(build.columns.cell(at, upper));
        (area.layout.item.baseline_columns > 0 && place.row >= build.first).then_some(place)
    };
    area.row(upper).into_iter().find(filled).or_else(blank)
}

/// Tells whether a row without values could as well be a note. Where the layout itself has one
/// storey, a name as wide as its head is a name; without merges, a sentence is a note.
fn could_be_note(area: &Area<'_>, build: &Build, name: CellRange, baseline: Slot) -> bool {
    let drawn_so = area.layout.item.kpi_arrangement == KpiArrangement::Columns;
    if build.storeys != Storeys::One || !drawn_so {
        return true;
    }
    let says = |cell: CellRef| area.grid.text(cell);
    let head = build
        .columns
        .iter()
        .find(|column| column.what == What::Name);
    let as_wide = head.is_some_and(|head| {
        name.columns() > 1 && (head.first, head.last) == (name.first.column, name.last.column)
    });
    let text = says(name.first).unwrap_or("");
    let like_a_note = is_sentence(text) || text.starts_with(['※', '*', '＊', '(', '（', '注']);
    !as_wide && like_a_note && baseline.and_then(says).is_none()
}

fn is_value(build: &Build, cell: CellRef) -> bool {
    build
        .columns
        .at(cell.column)
        .is_some_and(|at| is_of_a_year(build.columns.get(at).what))
}

fn is_of_a_year(what: What) -> bool {
    match what {
        What::Year(_) | What::Actual(_) | What::Target(_) => true,
        What::Name | What::Baseline => false,
    }
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
            .filter(|column| is_of_a_year(column.what))
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
            What::Name | What::Baseline => {}
            What::Year(year) => {
                let above = Some(value(area, build, at, upper));
                let below = lower.map(|lower| value(area, build, at, lower));
                years.push(match (below, build.heads, build.storeys) {
                    // One storey is gone: what is left is the one that has heads, if only one has.
                    (None, [true, false], _) => (year, above, None),
                    (None, [false, true], _) => (year, None, above),
                    (None, _, _) => (year, above, above),
                    (Some(_), _, Storeys::TargetAbove) => (year, below, above),
                    (Some(_), _, Storeys::ActualAbove | Storeys::One) => (year, above, below),
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

/// The value cell of a column in a storey's row, with content or without: its own, or the one that
/// is merged over it.
fn value(area: &mut Area<'_>, build: &Build, at: usize, row: u32) -> CellRef {
    let of_column = |cell: &CellRef| build.columns.at(cell.column) == Some(at);
    let own = area.row(row).into_iter().find(of_column);
    let cell = own.unwrap_or_else(|| {
        let expected = build.columns.cell(at, row);
        let anchor = area.merges.anchor(expected);
        let column = build.columns.at(anchor.column);
        let of_a_year = column.is_some_and(|at| is_of_a_year(build.columns.get(at).what));
        // A head that is merged over the first storey is no value.
        if of_a_year && anchor.row >= build.first {
            anchor
        } else {
            expected
        }
    });
    area.claim(cell)
}
