//! The 取組項目一覧: one table whose header is a row of labels.

use std::collections::BTreeSet;

use crate::model::{CellRef, Grid, IndexForm, Slot};

use super::columns::Columns;
use super::labels::{Hit, Kind};
use super::merges::Merges;

/// The row that heads an index: 取組番号 and 取組項目 side by side, and 重点項目 or 主管課 too.
pub(super) fn header_row(hits: &[Hit]) -> Option<u32> {
    let of_row = |row: u32, kind: Kind| {
        hits.iter()
            .any(|hit| hit.kind == kind && hit.cell().row == row)
    };
    hits.iter()
        .filter(|hit| hit.kind == Kind::Number)
        .map(|hit| hit.cell().row)
        .find(|row| {
            of_row(*row, Kind::Title) && (of_row(*row, Kind::Lead) || of_row(*row, Kind::Priority))
        })
}

pub(super) fn locate(grid: &Grid, merges: &Merges, hits: &[Hit], row: u32) -> IndexForm {
    let kinds = [Kind::Priority, Kind::Number, Kind::Title, Kind::Lead];
    let heads: Vec<&Hit> = hits
        .iter()
        .filter(|hit| hit.cell().row == row && kinds.contains(&hit.kind))
        .collect();
    let columns = Columns::of(heads.iter().map(|hit| (hit.kind, hit.range)));
    let mut claimed: BTreeSet<CellRef> = heads.iter().map(|hit| hit.cell()).collect();
    let first = heads
        .iter()
        .map(|hit| hit.range.last.row + 1)
        .max()
        .unwrap_or(row + 1);
    let number = columns
        .iter()
        .position(|column| column.what == Kind::Number);
    let below = CellRef::new(first, 0);
    let mut rows = Vec::new();
    for cell in grid.cells.range(below..).map(|(cell, _)| *cell) {
        if columns.at(cell.column) != number || merges.covers(cell) {
            continue;
        }
        let slots = kinds.map(|kind| slot(&columns, merges, kind, cell.row));
        claimed.extend(slots.iter().flatten());
        rows.push(slots);
    }
    let unplaced = grid.cells.range(below..).map(|(cell, _)| *cell);
    IndexForm {
        rows,
        unplaced: unplaced.filter(|cell| !claimed.contains(cell)).collect(),
    }
}

fn slot(columns: &Columns<Kind>, merges: &Merges, kind: Kind, row: u32) -> Slot {
    let at = columns.iter().position(|column| column.what == kind)?;
    Some(merges.anchor(columns.cell(at, row)))
}
