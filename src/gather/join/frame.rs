//! Where a form's blocks begin: rows of two returns can be compared by their places only where both
//! are copies of one form, or their blocks are of one height.

use crate::model::{CellRef, ItemSheet, Place};

/// A block of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Schedule,
    Kpis,
    Status,
}

const BLOCKS: [Block; 3] = [Block::Schedule, Block::Kpis, Block::Status];

/// Where each block begins; `None` where its rows cannot be compared with the first return's.
pub(super) struct Tops([Option<i64>; 3]);

impl Tops {
    pub(super) fn new(first: &ItemSheet, sheet: &ItemSheet) -> Self {
        let copied = are_copies(first, sheet);
        Self(BLOCKS.map(|block| {
            let (wanted, own) = (frame(first, block), frame(sheet, block));
            if let (Some((top, bottom)), Some((own_top, own_bottom))) = (wanted, own)
                && bottom - top == own_bottom - own_top
            {
                return Some(own_top);
            }
            let top = wanted.map_or(row(first.anchor), |(top, _)| top);
            copied.then(|| row(sheet.anchor) + top - row(first.anchor))
        }))
    }

    /// How far below its block's begin a row stands: the row of the first of its cells.
    pub(super) fn slot(&self, block: Block, cells: &[Option<&Place>]) -> Option<i64> {
        let at = BLOCKS.iter().position(|one| *one == block)?;
        let cell = cells.iter().flatten().next()?.cell;
        Some(row(cell) - self.0[at]?)
    }
}

fn row(cell: CellRef) -> i64 {
    i64::from(cell.row)
}

/// The rows of the cells that stand above and below a block.
fn frame(sheet: &ItemSheet, block: Block) -> Option<(i64, i64)> {
    let of = |place: &Option<Place>| place.as_ref().map(|place| row(place.cell));
    let effects = || of(&sheet.effects.place);
    let kpi = || of(&sheet.kpis.first()?.name.place);
    // The year may stand in the block's heading, or in a title on top of the form.
    let status = || of(&sheet.year.place).filter(|row| effects().is_some_and(|top| top < *row));
    let grade = || of(&sheet.grade.place).or_else(|| of(&sheet.comment.place));
    let (top, bottom) = match block {
        Block::Schedule => (effects()?, kpi()?),
        Block::Kpis => (kpi()?, status()?),
        Block::Status => (status()?, grade()?),
    };
    (top < bottom).then_some((top, bottom))
}

/// Tells whether two sheets are copies of one form: every cell that both have stands at the same
/// place below the anchor.
fn are_copies(one: &ItemSheet, other: &ItemSheet) -> bool {
    fn cells(sheet: &ItemSheet) -> [Option<(i64, i64)>; 7] {
        let fields = [
            &sheet.title.place,
            &sheet.departments.place,
            &sheet.content.place,
            &sheet.effects.place,
            &sheet.grade.place,
            &sheet.comment.place,
            &sheet.action.place,
        ];
        fields.map(|place| {
            let cell = place.as_ref()?.cell;
            let column = i64::from(cell.column) - i64::from(sheet.anchor.column);
            Some((row(cell) - row(sheet.anchor), column))
        })
    }
    let pairs = cells(one).into_iter().zip(cells(other));
    let both: Vec<_> = pairs
        .filter_map(|(one, other)| Some((one?, other?)))
        .collect();
    both.len() >= 4 && both.iter().all(|(one, other)| one == other)
}
