//! The 評価【Check】, grade and comment side by side, and the 改善事項【Action】 below its heading.

use crate::model::{CellRef, Slot};

use super::blocks::{Block, Blocks};
use super::sheet::Area;

/// The assessment's fields.
pub(super) struct Assessment {
    pub(super) grade: Slot,
    pub(super) comment: Slot,
    pub(super) action: Slot,
}

pub(super) fn locate(area: &mut Area<'_>, blocks: &Blocks) -> Assessment {
    let (grade, comment) = match &blocks.check {
        Some(block) => check(area, block),
        None => (None, None),
    };
    let action = blocks.action.as_ref().map(|block| action(area, block));
    Assessment {
        grade,
        comment,
        action,
    }
}

/// The first row below the heading that holds text and is not a footnote; else the row below it.
fn content_row(area: &Area<'_>, block: &Block) -> u32 {
    area.rows(block.first, block.last)
        .into_iter()
        .find(|row| area.row(*row).iter().any(|cell| !area.is_footnote(*cell)))
        .unwrap_or(block.first)
}

fn check(area: &mut Area<'_>, block: &Block) -> (Slot, Slot) {
    let row = content_row(area, block);
    let left = block
        .labels
        .iter()
        .map(|hit| hit.cell().column)
        .min()
        .unwrap_or(0);
    let grade = area.merges.anchor(CellRef::new(row, left));
    let grade_last = area.range(grade).last.column;
    let cells = area.row(row);
    let is_comment = |cell: &&CellRef| cell.column > grade_last && !area.is_footnote(**cell);
    let comment = cells.iter().find(is_comment).copied();
    let comment = comment.unwrap_or_else(|| area.merges.anchor(CellRef::new(row, grade_last + 1)));
    (Some(area.claim(grade)), Some(area.claim(comment)))
}

fn action(area: &mut Area<'_>, block: &Block) -> CellRef {
    let row = content_row(area, block);
    let left = block
        .labels
        .iter()
        .map(|hit| hit.cell().column)
        .min()
        .unwrap_or(0);
    let cell = area
        .row(row)
        .into_iter()
        .find(|cell| cell.column >= left && !area.is_footnote(*cell));
    let cell = cell.unwrap_or_else(|| area.merges.anchor(CellRef::new(row, left)));
    area.claim(cell)
}
