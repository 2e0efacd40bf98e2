//! The 取組項目一覧: one table whose header is a row of labels.

use std::collections::BTreeSet;

use crate::model::{CellRef, Grid, IndexForm, Slot};

use super::columns::Columns;
use super::labels::{Hit, Kind};
use super::merges::Merges;
use super::sheet::in_rows;

/// The rows that head an index, more than one where they are repeated on every page: 取組番号 and
/// 取組項目 side by side, and 重点項目 or 主管課 too.
pub(super) fn header_rows(hits: &[Hit]) -> Vec<u32> {
    let rows = hits.chunk_by(|one, other| one.cell().row == other.cell().row);
    rows.filter(|row| {
        let has = |kind: Kind| row.iter().any(|hit| hit.kind == kind);
        has(Kind::Number) && has(Kind::Title) && (has(Kind::Lead) || has(Kind::Priority))
    })
    .map(|row| row[0].cell().row)
    .collect()
}

pub(super) fn locate(grid: &Grid, merges: &Merges, hits: &[Hit], header: &[u32]) -> IndexForm {
    let kinds = [Kind::Priority, Kind::Number, Kind::Title, Kind::Lead];
    let first = header.first().copied().unwrap_or(0);
    let labels = |row: u32| {
        let hits = in_rows(hits, &(row..=row)).iter();
        hits.filter(|hit| kinds.contains(&hit.kind))
    };
    let heads: Vec<&Hit> = labels(first).collect();
    let columns = Columns::of(heads.iter().map(|hit| (hit.kind, hit.range)));
    let all = header.iter().flat_map(|row| labels(*row));
    let mut claimed: BTreeSet<CellRef> = all.map(Hit::cell).collect();
    let below = heads.iter().map(|hit| hit.range.last.row + 1).max();
    let below = CellRef::new(below.unwrap_or(first + 1), 0);
    let number = columns
        .iter()
        .position(|column| column.what == Kind::Number);
    let mut rows = Vec::new();
    for cell in grid.cells.range(below..).map(|(cell, _)| *cell) {
        let head = header.binary_search(&cell.row).is_ok();
        if head || columns.at(cell.column) != number || merges.covers(cell) {
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
