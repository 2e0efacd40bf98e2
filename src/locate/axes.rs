//! The 評価【Check】 with several grades: a label left of each, and the comment beside them or, where
//! there is no room, below.

use crate::model::text::label_key;
use crate::model::{CellRange, CellRef, ReadAs, Slot};

use super::blocks::Block;
use super::sheet::Area;

/// A longer text in the place of a label is none.
const LONGEST: usize = 20;

/// The grades of the axes and the comment.
#[derive(Default)]
pub(super) struct Axes {
    /// One slot an axis.
    pub(super) grades: Vec<Slot>,
    pub(super) comment: Slot,
    /// The labels that were not found, where the block itself was.
    pub(super) missing: Vec<String>,
    /// Labels that were told by their place.
    pub(super) readings: Vec<(CellRef, ReadAs)>,
}

pub(super) fn locate(area: &mut Area<'_>, block: Option<&Block>) -> Axes {
    let names: Vec<String> = area.layout.axis_names();
    let mut found = Axes {
        grades: vec![None; names.len()],
        ..Axes::default()
    };
    let Some(block) = block else {
        found.missing = names;
        return found;
    };
    let cells = cells(area, block);
    let mut labels = labels(area, &cells);
    if let Some((axis, range)) = by_place(area, &cells, &labels) {
        let read_as = ReadAs::Label(names[axis].clone());
        found.readings.push((range.first, read_as));
        labels[axis] = Some(range);
    }
    let known: Vec<CellRange> = labels.iter().flatten().copied().collect();
    for label in &known {
        area.claim(label.first);
    }
    let mut entries = known.clone();
    for (axis, label) in labels.iter().enumerate() {
        let Some(label) = label else {
            found.missing.push(names[axis].clone());
            continue;
        };
        let grade = right_of(area, *label, &cells, &known);
        entries.push(area.merges.range(grade));
        found.grades[axis] = Some(area.claim(grade));
    }
    let heading = block.labels.first().map(|hit| hit.range);
    found.comment = comment(area, heading, &entries, &cells).map(|cell| area.claim(cell));
    found
}

/// The cells of the block with content, footnotes aside.
fn cells(area: &Area<'_>, block: &Block) -> Vec<CellRef> {
    let last = if block.lost_below {
        block.first + area.layout.axes.len() as u32
    } else {
        block.last
    };
    let rows = area.rows(block.first, last.min(block.last)).into_iter();
    let cells = rows.flat_map(|row| area.row(row));
    cells.filter(|cell| !area.is_footnote(*cell)).collect()
}

/// The cell of each axis' label.
fn labels(area: &Area<'_>, cells: &[CellRef]) -> Vec<Option<CellRange>> {
    let says = |cell: CellRef| label_key(area.grid.text(cell).unwrap_or(""));
    let axes = area.layout.axes.iter();
    let label = |axis: &crate::model::Axis| {
        // A grade or a comment may say the same word: labels stand left of them.
        let cells = cells.iter().copied();
        let like_it = cells.filter(|cell| axis.label.matches(&says(*cell)).is_some());
        let cell = like_it.min_by_key(|cell| (cell.column, cell.row))?;
        Some(area.range(cell))
    };
    axes.map(label).collect()
}

/// The label of the one axis that was not found: in other words, where the others stand in a
/// column, and alone there.
fn by_place(
    area: &Area<'_>,
    cells: &[CellRef],
    labels: &[Option<CellRange>],
) -> Option<(usize, CellRange)> {
    let mut missing = (0..labels.len()).filter(|axis| labels[*axis].is_none());
    let axis = missing.next().filter(|_| missing.next().is_none())?;
    let column = labels.iter().flatten().next()?.first.column;
    let is_label = |cell: &CellRef| {
        let known = labels.iter().flatten().any(|label| label.first == *cell);
        let short = area
            .grid
            .text(*cell)
            .unwrap_or("")
            .chars()
            .nth(LONGEST)
            .is_none();
        cell.column == column && !known && short
    };
    let mut in_place = cells.iter().copied().filter(is_label);
    let only = in_place.next().filter(|_| in_place.next().is_none())?;
    // Where the labels stand beside each other, what is below the first may be the comment.
    let rows = labels
        .iter()
        .flatten()
        .filter(|label| label.first.column != column);
    (rows.count() == 0).then(|| (axis, area.range(only)))
}

/// The first cell with content right of a label and left of the next; where there is none, the cell
/// in which it would stand.
fn right_of(area: &Area<'_>, label: CellRange, cells: &[CellRef], labels: &[CellRange]) -> CellRef {
    let (row, first) = (label.first.row, label.last.column + 1);
    let next = labels
        .iter()
        .filter(|other| other.first.row == row && other.first.column >= first)
        .map(|other| other.first.column)
        .min();
    let place = area.merges.range(CellRef::new(row, first));
    let last = match next {
        Some(next) => next - 1,
        None => place.last.column,
    };
    let mut inside = cells.iter().copied();
    inside
        .find(|cell| cell.row == row && (first..=last).contains(&cell.column))
        .unwrap_or(place.first)
}

/// The comment: the first text beside the grades; below them where the heading is no wider than
/// they are. Where there is none, the cell in which it would stand.
fn comment(
    area: &Area<'_>,
    heading: Option<CellRange>,
    entries: &[CellRange],
    cells: &[CellRef],
) -> Slot {
    let first = entries.iter().map(|range| range.first.row).min()?;
    let last = entries.iter().map(|range| range.last.row).max()?;
    let left = entries.iter().map(|range| range.first.column).min()?;
    let edge = entries.iter().map(|range| range.last.column).max()?;
    let no_room =
        heading.is_some_and(|heading| heading.columns() > 1 && heading.last.column <= edge);
    let is_place = |cell: &&CellRef| match no_room {
        true => cell.row > last,
        false => (first..=last).contains(&cell.row) && cell.column > edge,
    };
    let expected = match no_room {
        true => CellRef::new(last + 1, left),
        false => CellRef::new(first, edge + 1),
    };
    let found = cells.iter().find(is_place).copied();
    Some(found.unwrap_or_else(|| area.merges.anchor(expected)))
}
