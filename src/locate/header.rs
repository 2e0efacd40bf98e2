//! The header: a label, and its value to the right.

use crate::model::{CellRef, Slot};

use super::blocks::Blocks;
use super::labels::{Hit, Kind};
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
        let cell = right_of(area, label, &blocks.header);
        Some(area.claim(cell))
    };
    Header {
        number: value(Kind::Number),
        priority: value(Kind::Priority),
        title: value(Kind::Title),
        departments: value(Kind::Departments),
        content: value(Kind::Content),
        effects: value(Kind::Effects),
    }
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
