//! The 評価【Check】, grade and comment side by side, and the 改善事項【Action】 below its heading.

use crate::model::{CellRange, CellRef, ReadAs, Slot};

use super::axes;
use super::blocks::{Block, Blocks};
use super::lost::{is_grade, is_mark};
use super::sheet::Area;

/// So far below the last heading its entry may stand; farther down it is a line of its own.
const NEAR: u32 = 2;

/// The assessment's fields.
pub(super) struct Assessment {
    pub(super) grade: Slot,
    /// The grade's mark or words, where the other of the two stands in `grade`.
    pub(super) grade_beside: Slot,
    /// The grades of the second axis and of those behind it.
    pub(super) further_grades: Vec<Slot>,
    pub(super) comment: Slot,
    pub(super) action: Slot,
    /// Labels of axes that were not found.
    pub(super) missing: Vec<String>,
    /// Labels of axes that were told by their place.
    pub(super) readings: Vec<(CellRef, ReadAs)>,
}

pub(super) fn locate(area: &mut Area<'_>, blocks: &Blocks) -> Assessment {
    // A heading with the next label right below it leaves no row to its entries.
    let with_rows = |block: &&Block| block.first <= block.last;
    let block = blocks.check.as_ref().filter(with_rows);
    let by_axes = (!area.layout.axes.is_empty()).then(|| axes::locate(area, block));
    let [grade, grade_beside, comment] = match (&by_axes, block) {
        (Some(found), _) => [found.grades[0], None, found.comment],
        (None, Some(block)) => check(area, block),
        (None, None) => [None; 3],
    };
    let found = by_axes.unwrap_or_default();
    let action = blocks.action.as_ref().filter(with_rows);
    let action = action.and_then(|block| action_cell(area, block));
    Assessment {
        grade,
        grade_beside,
        further_grades: found.grades.into_iter().skip(1).collect(),
        comment,
        action,
        missing: found.missing,
        readings: found.readings,
    }
}

/// The first row below the heading that holds text other than a footnote, or a cell merged from
/// the block's left edge: blank as it is, it is the entry's, and text below it is not. Else the
/// row below the heading.
///
/// Where no heading ends the block, a text far below is none of it; where the next heading is lost,
/// only the row below this one is certain.
fn content_row(area: &Area<'_>, block: &Block, left: u32) -> u32 {
    let reach = match (block.lost_below, block.last == area.last_row) {
        (true, _) => block.first,
        (false, true) => block.first + NEAR,
        (false, false) => block.last,
    };
    let reach = block.last.min(reach);
    let with_text = area
        .rows(block.first, reach)
        .into_iter()
        .find(|row| area.row(*row).iter().any(|cell| !area.is_footnote(*cell)));
    // As wide as its heading, an entry may stand farther below.
    let width = block.labels.first().map(|hit| hit.range.last.column);
    let is_near = |range: &CellRange| {
        let as_wide = Some(range.last.column) == width && range.columns() > 1;
        range.first.row <= reach || as_wide && !block.lost_below
    };
    let merged = area
        .grid
        .merges
        .range(CellRef::new(block.first, 0)..=CellRef::new(block.last, u32::MAX))
        .map(|(_, range)| range)
        .find(|range| range.first.column == left && !area.is_footnote(range.first))
        .filter(|range| is_near(range))
        .map(|range| range.first.row);
    let rows = [with_text, merged].into_iter().flatten();
    rows.min().unwrap_or(block.first)
}

/// The grade, its other half and the comment.
fn check(area: &mut Area<'_>, block: &Block) -> [Slot; 3] {
    let left = block.left;
    let row = content_row(area, block, left);
    let cells = area.row(row);
    // Where the next heading is lost, a line alone may be that heading, or what stood below it.
    if let [only] = cells[..]
        && block.lost_below
        && only.column == left
        && !is_grade(area.grid.text(only).unwrap_or(""), area.layout)
    {
        return [None; 3];
    }
    let grade = grade(area, &cells, CellRef::new(row, left));
    let grade_last = area.range(grade).last.column;
    let is_entry = |cell: &&CellRef| cell.column > grade_last && !area.is_footnote(**cell);
    let mut entries = cells.iter().filter(is_entry).copied().peekable();
    let words = entries.next_if(|cell| is_split(area, block, grade, *cell, &cells));
    let beside = words.filter(|words| is_other_half(area, grade, *words));
    let last = words.map_or(grade_last, |words| area.range(words).last.column);
    let comment = entries.next();
    let comment = comment.unwrap_or_else(|| area.merges.anchor(CellRef::new(row, last + 1)));
    let beside = beside.map(|cell| area.claim(cell));
    [Some(area.claim(grade)), beside, Some(area.claim(comment))]
}

/// Tells whether the cell right beside the grade says a grade and cannot be the comment, for which
/// there is a place behind it: the grade was typed into two cells.
fn is_split(
    area: &Area<'_>,
    block: &Block,
    grade: CellRef,
    cell: CellRef,
    row: &[CellRef],
) -> bool {
    let text = area.grid.text(cell).unwrap_or("");
    let range = area.range(cell);
    let edge = block.labels.first().map(|hit| hit.range);
    let edge = edge.filter(|heading| heading.columns() > 1);
    let room = edge.is_some_and(|heading| range.last.column < heading.last.column);
    let followed = row.iter().any(|other| *other > cell);
    cell.column == area.range(grade).last.column + 1
        && (is_grade(text, area.layout) || is_mark(text, area.layout))
        && area.grid.text(grade).is_some()
        && (room || followed)
}

/// Tells whether of two cells one is the grade's mark and the other its words.
fn is_other_half(area: &Area<'_>, grade: CellRef, beside: CellRef) -> bool {
    let of = |cell: CellRef| {
        let text = area.grid.text(cell).unwrap_or("");
        (is_mark(text, area.layout), is_grade(text, area.layout))
    };
    matches!(
        (of(grade), of(beside)),
        ((true, _), (_, true)) | ((_, true), (true, _))
    )
}

/// The grade's cell: the leftmost; where the merge was lost and that one is blank, a grade of the
/// vocabulary may stand in the next.
fn grade(area: &Area<'_>, cells: &[CellRef], leftmost: CellRef) -> CellRef {
    let range = area.merges.range(leftmost);
    let beside = cells.first().filter(|cell| **cell > range.first);
    match beside.and_then(|cell| Some((*cell, area.grid.text(*cell)?))) {
        Some((cell, text)) if range.columns() == 1 && is_grade(text, area.layout) => cell,
        Some(_) | None => range.first,
    }
}

fn action_cell(area: &mut Area<'_>, block: &Block) -> Slot {
    let left = block.left;
    let row = content_row(area, block, left);
    let cell = area
        .row(row)
        .into_iter()
        .find(|cell| cell.column >= left && !area.is_footnote(*cell));
    let cell = cell.unwrap_or_else(|| area.merges.anchor(CellRef::new(row, left)));
    // ※1 用語…説明 in its place is a footnote, and the entry's own row is gone.
    (!area.explains(cell)).then(|| area.claim(cell))
}
