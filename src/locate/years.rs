//! The years that head a table's columns: one that is gone, and two storeys that name two years.

use std::ops::RangeInclusive;

use crate::model::{CellRange, CellRef, FiscalYear};

use super::labels::{Hit, How, Kind};
use super::sheet::Area;

/// No plan has more years; a row with more is none of ours to put in order.
const MOST_YEARS: usize = 60;

/// Takes in the head of the one year that lacks among years that follow each other, where its
/// place leaves no doubt: between its neighbours, or beside them and as wide as they are.
pub(super) fn complete(
    area: &Area<'_>,
    name: &Hit,
    heads: &[Hit],
    rows: RangeInclusive<u32>,
    kind: Kind,
) -> Option<Hit> {
    let mut columns: Vec<(FiscalYear, CellRange)> = heads
        .iter()
        .filter_map(|hit| Some((hit.year?, hit.range)))
        .collect();
    columns.sort_by_key(|(_, range)| range.first.column);
    columns.dedup_by_key(|(_, range)| range.first.column);
    let widths: Vec<u32> = columns.iter().map(|(_, range)| range.columns()).collect();
    let width = *widths.first()?;
    let even = widths.iter().all(|one| *one == width);
    let place = |from: u32, to: u32, year: u16| {
        let free = from < to && is_head_or_blank(area, rows.clone(), from..=to - 1);
        free.then(|| place_of(area, rows.clone(), from, to - 1, kind, FiscalYear(year)))
    };
    let mut gaps = columns.windows(2).filter_map(|pair| {
        let ((one, left), (next, right)) = (pair[0], pair[1]);
        let between = left.last.column + 1..right.first.column;
        match next.0.checked_sub(one.0)? {
            1 => None,
            2 => Some(place(between.start, between.end, one.0 + 1)),
            _ => Some(None),
        }
    });
    let first_gap = gaps.next();
    if first_gap.is_some() {
        return first_gap.filter(|_| gaps.next().is_none()).flatten();
    }
    drop(gaps);
    let ((first, left), (last, right)) = (*columns.first()?, *columns.last()?);
    if columns.len() < 2 || !even || width == 1 {
        return None;
    }
    let before = name.range.last.column + 1;
    if before + width == left.first.column {
        return place(before, left.first.column, first.0.checked_sub(1)?);
    }
    let behind = right.last.column + 1;
    let next = area.merges.range(CellRef::new(*rows.start(), behind));
    let as_wide = next.first.column == behind && next.columns() == width;
    as_wide.then(|| place(behind, behind + width, last.0 + 1))?
}

/// Tells whether some columns hold nothing in the heads' rows but perhaps one text that is no label.
fn is_head_or_blank(
    area: &Area<'_>,
    rows: RangeInclusive<u32>,
    columns: RangeInclusive<u32>,
) -> bool {
    let cells = area.rows(*rows.start(), *rows.end()).into_iter();
    let cells = cells.flat_map(|row| area.row(row));
    let cells: Vec<CellRef> = cells
        .filter(|cell| columns.contains(&cell.column))
        .collect();
    match cells[..] {
        [] => true,
        [only] => !area.is_label(only),
        _ => false,
    }
}

fn place_of(
    area: &Area<'_>,
    rows: RangeInclusive<u32>,
    from: u32,
    to: u32,
    kind: Kind,
    year: FiscalYear,
) -> Hit {
    let cells = area.rows(*rows.start(), *rows.end()).into_iter();
    let mut cells = cells.flat_map(|row| area.row(row));
    let head = cells.find(|cell| (from..=to).contains(&cell.column));
    let row = head.map_or(*rows.start(), |cell| cell.row);
    let range = CellRange::new(CellRef::new(row, from), CellRef::new(row, to));
    let range = head.map_or(range, |cell| CellRange::new(cell, range.last));
    Hit {
        year: Some(year),
        ..Hit::at(range, kind, How::Place)
    }
}

/// The years that stand right above the heads of actuals and targets, in a row of their own.
pub(super) fn bands(area: &Area<'_>, top: u32) -> Vec<Hit> {
    let Some(row) = top.checked_sub(1) else {
        return Vec::new();
    };
    area.all(Kind::KpiYear, row..=row)
}

/// The first row of heads of a kind that are of a year: of that which they name, or of the one
/// above them.
pub(super) fn of_values(area: &Area<'_>, kind: Kind) -> Vec<Hit> {
    let all = area.all(kind, area.first_row..=area.last_row);
    let rows = all.chunk_by(|one, next| one.cell().row == next.cell().row);
    let heads = rows.map(|row| {
        let bands = bands(area, row[0].cell().row);
        let heads = row.iter().map(|hit| under(&bands, *hit));
        let heads: Vec<Hit> = heads.filter(|hit| hit.year.is_some()).collect();
        heads
    });
    let mut heads = heads.filter(|heads| !heads.is_empty());
    heads.next().unwrap_or_default()
}

/// A head that names no year is of the year above it; where that one lost its merge, of the last
/// on its left.
fn under(bands: &[Hit], head: Hit) -> Hit {
    let above = bands
        .iter()
        .filter(|band| band.cell().column <= head.cell().column)
        .max_by_key(|band| band.cell().column)
        .filter(|band| band.range.columns() == 1 || band.range.last.column >= head.cell().column);
    Hit {
        year: head.year.or(above.and_then(|band| band.year)),
        ..head
    }
}

/// Heads of one row that name different years. Where all but one follow each other and that one
/// stands out of order, its place tells its year; a year that is named twice otherwise heads none.
pub(super) fn in_order(heads: Vec<Hit>) -> Vec<Hit> {
    let mut heads = heads;
    if heads.len() > MOST_YEARS {
        return heads;
    }
    heads.sort_by_key(|hit| hit.cell().column);
    if heads.is_sorted_by(|one, next| one.year < next.year) {
        return heads;
    }
    let offset = |at: usize| Some(i64::from(heads[at].year?.0) - at as i64);
    let agree = |base: i64| {
        (0..heads.len())
            .filter(move |at| offset(*at) == Some(base))
            .count()
    };
    let base = (0..heads.len())
        .filter_map(offset)
        .find(|base| agree(*base) + 1 == heads.len());
    if let Some(base) = base.filter(|_| heads.len() > 2) {
        let right = |at: usize| u16::try_from(base + at as i64).ok().map(FiscalYear);
        let corrected = heads.iter().enumerate().map(|(at, hit)| match right(at) {
            year if year == hit.year => *hit,
            year => Hit {
                year,
                how: How::Edited,
                ..*hit
            },
        });
        return corrected.collect();
    }
    let once = |hit: &&Hit| heads.iter().filter(|other| other.year == hit.year).count() == 1;
    heads.iter().filter(once).copied().collect()
}

/// Heads whose two storeys name one year. Where they name two, the storey counts whose years
/// follow each other; where neither or both do, the column has no year.
pub(super) fn agreeing(labels: Vec<Hit>) -> Vec<Hit> {
    let of = |kind: Kind| {
        let heads = labels.iter().filter(|hit| hit.kind == kind);
        let mut heads: Vec<Hit> = heads.copied().collect();
        heads.sort_by_key(|hit| hit.cell().column);
        heads
    };
    let follow = |heads: &[Hit]| {
        let years: Option<Vec<u16>> = heads.iter().map(|hit| Some(hit.year?.0)).collect();
        let years = years.unwrap_or_default();
        years.len() > 1 && years.is_sorted_by(|one, next| one + 1 == *next)
    };
    let (actuals, targets) = (of(Kind::Actual), of(Kind::Target));
    if actuals.first().map(|hit| hit.cell().row) == targets.first().map(|hit| hit.cell().row) {
        return labels;
    }
    if labels.len() > 2 * MOST_YEARS {
        return labels;
    }
    let right = match (follow(&actuals), follow(&targets)) {
        (true, false) => Some(Kind::Actual),
        (false, true) => Some(Kind::Target),
        (true, true) | (false, false) => None,
    };
    let twin = |hit: &Hit| {
        let others = if hit.kind == Kind::Actual {
            &targets
        } else {
            &actuals
        };
        let column = hit.cell().column;
        let twin = others.iter().find(|other| other.cell().column == column);
        twin.copied()
    };
    let agreed = labels.iter().filter_map(|hit| match twin(hit) {
        Some(other) if other.year != hit.year => {
            let right = right?;
            let corrected = Hit {
                year: other.year,
                how: How::Edited,
                ..*hit
            };
            Some(if hit.kind == right { *hit } else { corrected })
        }
        Some(_) | None => Some(*hit),
    });
    agreed.collect()
}
