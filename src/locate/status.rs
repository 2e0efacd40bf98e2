//! The 実施状況: Plan, first half, second half, a row an activity; rows are never joined.

use crate::model::{CellRef, StatusSlot};

use super::blocks::Blocks;
use super::columns::Columns;
use super::labels::Kind;
use super::sheet::Area;

pub(super) fn locate(area: &mut Area<'_>, blocks: &Blocks) -> Vec<StatusSlot> {
    let Some(block) = &blocks.status else {
        return Vec::new();
    };
    let heads = block.labels.iter().filter(|hit| hit.kind != Kind::Status);
    let columns = Columns::of(heads.map(|hit| (hit.kind, hit.range)));
    let columns = match area.layout.has_halves() {
        true => columns.without_doubt(),
        false => columns,
    };
    let mut slots = Vec::new();
    for row in area.rows(block.first, block.last) {
        let cells = cells_of_row(area, &columns, row);
        let heads = &[Kind::Plan, Kind::FirstHalf, Kind::SecondHalf];
        if area.claim_heading(row, Kind::Status)
            || cells.is_empty()
            || area.claim_heads(&cells, heads)
        {
            continue;
        }
        slots.push(slot(area, &columns, row, &cells));
    }
    slots
}

/// The cells of a row that lie in the table; one merged over the whole width is a remark, not a Plan.
fn cells_of_row(area: &Area<'_>, columns: &Columns<Kind>, row: u32) -> Vec<CellRef> {
    let count = columns.iter().count();
    let mut cells = area.row(row);
    cells.retain(|cell| {
        let whole_width = columns.span(area.range(*cell)) == Some((0, count - 1)) && count > 1;
        columns.at(cell.column).is_some() && !whole_width && !is_alone_and_footnote(area, *cell)
    });
    cells
}

fn is_alone_and_footnote(area: &Area<'_>, cell: CellRef) -> bool {
    area.is_footnote(cell) && area.row(cell.row).len() == 1
}

fn slot(area: &mut Area<'_>, columns: &Columns<Kind>, row: u32, cells: &[CellRef]) -> StatusSlot {
    let mut of = |kind: Kind| {
        let at = columns.iter().position(|column| column.what == kind)?;
        let cell = cells
            .iter()
            .find(|cell| columns.at(cell.column) == Some(at))
            .copied()
            .unwrap_or_else(|| blank_cell(area, columns, at, row));
        Some(area.claim(cell))
    };
    StatusSlot {
        plan: of(Kind::Plan),
        first_half: of(Kind::FirstHalf),
        second_half: of(Kind::SecondHalf),
    }
}

/// Where a blank entry would stand, or the entry that is merged over its place.
fn blank_cell(area: &Area<'_>, columns: &Columns<Kind>, at: usize, row: u32) -> CellRef {
    let expected = columns.cell(at, row);
    let range = area.merges.range(expected);
    // A remark across the whole table is no entry of any column, and a head is none either.
    let whole_width = columns.span(range) == Some((0, columns.iter().count() - 1));
    let in_table = columns.at(range.first.column).is_some();
    if in_table && !whole_width && !area.is_label(range.first) {
        range.first
    } else {
        expected
    }
}
