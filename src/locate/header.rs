//! The header: a label, and its value to the right.

use crate::model::text::fold;
use crate::model::{CellRef, Slot};

use super::blocks::Blocks;
use super::labels::{HEADER, Hit, How};
use super::sheet::Area;

/// The header's fields.
pub(super) struct Header {
    pub(super) number: Slot,
    pub(super) priority: Slot,
    pub(super) title: Slot,
    pub(super) departments: Slot,
    pub(super) content: Slot,
    pub(super) effects: Slot,
}

pub(super) fn locate(area: &mut Area<'_>, blocks: &Blocks) -> Header {
    let mut value = |kind| {
        let label = blocks.header.iter().find(|hit| hit.kind == kind)?;
        let cell = match label.how {
            How::Joined => label.cell(),
            How::Words | How::Edited | How::Place => right_of(area, label, &blocks.header),
        };
        Some(area.claim(cell))
    };
    let values = HEADER.map(&mut value);
    claim_repeated(area, blocks, values);
    let [number, priority, title, departments, content, effects] = values;
    Header {
        number,
        priority,
        title,
        departments,
        content,
        effects,
    }
}

/// Accounts for labels that stand a second time, as on top of a second page, with the same value.
fn claim_repeated(area: &mut Area<'_>, blocks: &Blocks, values: [Slot; 6]) {
    let is_first = |hit: &Hit| blocks.header.iter().any(|first| first.cell() == hit.cell());
    let again: Vec<Hit> = area
        .hits
        .iter()
        .filter(|hit| HEADER.contains(&hit.kind) && !is_first(hit))
        .copied()
        .collect();
    for hit in again {
        let known = HEADER.iter().position(|kind| *kind == hit.kind);
        let known = known.and_then(|at| area.grid.text(values[at]?)).map(fold);
        let beside = beside(area, &hit);
        let says = beside.and_then(|cell| area.grid.text(cell)).map(fold);
        if let Some(cell) = beside.filter(|_| known == says) {
            area.repeat(&[hit.cell()], &[hit.kind]);
            area.claim(cell);
        }
    }
}

/// The cell with content right of a label.
fn beside(area: &Area<'_>, label: &Hit) -> Option<CellRef> {
    let (row, next) = (label.cell().row, label.range.last.column + 1);
    let cells = CellRef::new(row, next)..=CellRef::new(row, u32::MAX);
    let mut cells = area.grid.cells.range(cells).map(|(cell, _)| *cell);
    cells.find(|cell| area.is_open(*cell))
}

/// The first cell with content right of a label and left of the next label in the label's rows;
/// where there is none, the cell in which it would stand.
fn right_of(area: &Area<'_>, label: &Hit, labels: &[Hit]) -> CellRef {
    let rows = label.range.first.row..=label.range.last.row;
    let first = label.range.last.column + 1;
    let next_label = labels
        .iter()
        .filter(|other| rows.contains(&other.cell().row) && other.cell().column >= first)
        .map(|other| other.cell().column)
        .min()
        .unwrap_or(u32::MAX);
    for row in rows {
        let beside = area
            .row(row)
            .into_iter()
            .find(|cell| (first..next_label).contains(&cell.column));
        if let Some(cell) = beside {
            return cell;
        }
    }
    area.merges
        .anchor(CellRef::new(label.range.first.row, first))
}
