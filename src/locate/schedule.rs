//! The 年次計画: an activity a row, its phases across the years, free notes.

use crate::model::text::fold;
use crate::model::{CellRef, FiscalYear, ScheduleSlot};

use super::blocks::{Block, Blocks};
use super::columns::Columns;
use super::labels::Kind;
use super::sheet::Area;

pub(super) fn locate(area: &mut Area<'_>, blocks: &Blocks) -> Vec<ScheduleSlot> {
    let Some(block) = &blocks.schedule else {
        return Vec::new();
    };
    let columns = columns(block);
    let mut slots: Vec<ScheduleSlot> = Vec::new();
    for row in area.rows(block.first, block.last) {
        let cells = cells_of_row(area, &columns, row);
        let heads = &[Kind::Activity, Kind::ScheduleYear];
        if area.claim_heading(row, Kind::Schedule)
            || cells.is_empty()
            || area.claim_heads(&cells, heads)
        {
            continue;
        }
        if let [only] = cells[..]
            && area.is_footnote(only)
        {
            continue;
        }
        for cell in place_row(area, &columns, row, &cells, &mut slots) {
            area.claim(cell);
        }
    }
    // Where the next block's heading is lost, a line at the end may as well be that block's.
    while block.lost_below
        && let Some(ScheduleSlot::Note(cell)) = slots.last()
    {
        area.release(*cell);
        slots.pop();
    }
    slots
}

/// `None` is the activity's column, `Some` a year's.
fn columns(block: &Block) -> Columns<Option<FiscalYear>> {
    let heads = block.labels.iter().filter(|hit| hit.kind != Kind::Schedule);
    Columns::of(heads.map(|hit| {
        (
            hit.year.filter(|_| hit.kind == Kind::ScheduleYear),
            hit.range,
        )
    }))
}

fn cells_of_row(area: &Area<'_>, columns: &Columns<Option<FiscalYear>>, row: u32) -> Vec<CellRef> {
    let mut cells = area.row(row);
    cells.retain(|cell| columns.at(cell.column).is_some());
    cells
}

/// Makes slots of a row's cells, and gives the cells it found a place for.
fn place_row(
    area: &Area<'_>,
    columns: &Columns<Option<FiscalYear>>,
    row: u32,
    cells: &[CellRef],
    slots: &mut Vec<ScheduleSlot>,
) -> Vec<CellRef> {
    let mut placed = Vec::with_capacity(cells.len());
    // What stands beside the table's columns, or behind the name in its column, is a phase whose
    // year has lost its head.
    let mut all = area.row(row).into_iter();
    let beside = all.any(|cell| columns.at(cell.column).is_none());
    let of_name = cells
        .iter()
        .filter(|cell| columns.at(cell.column) == Some(0));
    let headless = beside || of_name.count() > 1;
    let mut name = None;
    let mut phases = Vec::new();
    let mut notes = Vec::new();
    for cell in cells {
        let Some((first, last)) = columns.span(area.range(*cell)) else {
            continue;
        };
        match (columns.get(first).what, columns.get(last).what) {
            // A second text beside the activity's name is in no field.
            (None, None) if name.is_some() => continue,
            (None, None) => name = Some(*cell),
            (Some(from), Some(to)) => phases.push((*cell, from.min(to), from.max(to))),
            // From the activity's column into the years: a note across the table.
            (None, Some(_)) | (Some(_), None) => notes.push(*cell),
        }
        placed.push(*cell);
    }
    phases.sort_by_key(|(_, from, _)| *from);
    // An edited head of the KPI block below, whose heading is lost: no phase says its own year.
    let says_its_year = |(cell, year, _): &(CellRef, FiscalYear, FiscalYear)| {
        let text = fold(area.grid.text(*cell).unwrap_or(""));
        let mut ends = text.char_indices().map(|(at, _)| &text[at..]);
        ends.any(|end| {
            FiscalYear::prefix(end).is_some_and(|(said, rest)| said == *year && rest.contains('【'))
        })
    };
    if name.is_none() && phases.iter().any(says_its_year) {
        return Vec::new();
    }
    let anchor = area.merges.anchor(columns.cell(0, row));
    if name.is_none() && anchor.row < row {
        // The activity's cell is merged downwards over this row: its phases go on.
        let above = slots.iter_mut().rev().find_map(|slot| match slot {
            ScheduleSlot::Activity { name, phases } if *name == anchor => Some(phases),
            ScheduleSlot::Activity { .. } | ScheduleSlot::Note(_) => None,
        });
        if let Some(above) = above {
            above.append(&mut phases);
        }
    }
    match (name, phases.as_slice()) {
        (Some(name), []) if !headless => notes.push(name),
        (None, [(only, _, _)]) if !headless => notes.push(*only),
        (None, []) => {}
        (name, _) => {
            let name = name.unwrap_or(anchor);
            slots.push(ScheduleSlot::Activity { name, phases });
        }
    }
    notes.sort();
    slots.extend(notes.into_iter().map(ScheduleSlot::Note));
    placed
}
