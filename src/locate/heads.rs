//! Where each table's heads stand, and those of them that are told by the others.
//!
//! Heads stand in one order beside each other. Where one of them is gone, or says something else,
//! and the others leave no doubt, the place tells it: its cell is the head, whatever it says.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::model::{CellRange, CellRef};

use super::blocks::Block;
use super::labels::{Hit, How, Kind};
use super::sheet::{Area, in_rows};
use super::years;

/// A head is short; a longer text in its place is none.
const LONGEST: usize = 20;
/// So far above its table the heading of a block may stand.
const NEAR: u32 = 2;

/// 年次計画: the row of 実施項目 with a year on its right; the band above it, if there is one.
pub(super) fn schedule(area: &Area<'_>) -> Option<Block> {
    let mut activities = area.all(Kind::Activity, rows(area));
    activities.dedup_by_key(|hit| hit.cell().row);
    for activity in activities {
        let rows = activity.range.first.row..=activity.range.last.row;
        let mut years = area.all(Kind::ScheduleYear, rows);
        years.retain(|year| year.cell().column > activity.cell().column);
        if !years.is_empty() {
            return schedule_of(area, activity, years::in_order(years));
        }
    }
    let rows: BTreeSet<u32> = area
        .hits
        .iter()
        .filter(|hit| hit.kind == Kind::ScheduleYear)
        .map(|hit| hit.cell().row)
        .collect();
    for row in rows {
        let years = area.all(Kind::ScheduleYear, row..=row);
        let rising = years.is_sorted_by(|one, next| one.year < next.year);
        if years.len() < 2 || !rising || !is_place_of_schedule(area, row) {
            continue;
        }
        let first = years.iter().map(|hit| hit.cell().column).min()?;
        if let Some(activity) = left_of(area, row..=row, first, Kind::Activity) {
            return schedule_of(area, activity, years);
        }
    }
    None
}

fn schedule_of(area: &Area<'_>, activity: Hit, years: Vec<Hit>) -> Option<Block> {
    let rows = activity.range.first.row..=activity.range.last.row;
    let gone = years::complete(area, &activity, &years, rows, Kind::ScheduleYear);
    let mut labels = vec![activity];
    labels.extend(years);
    labels.extend(gone);
    labels.extend(nearest_above(area, Kind::Schedule, activity.cell().row));
    Block::of(labels)
}

/// Years alone head a schedule right below its heading, or above the KPIs, which have heads of
/// their own.
fn is_place_of_schedule(area: &Area<'_>, row: u32) -> bool {
    let above = row.saturating_sub(NEAR)..=row;
    if !area.all(Kind::Schedule, above).is_empty() {
        return true;
    }
    let values = [area.first(Kind::Actual), area.first(Kind::Target)];
    let kpis = values.iter().flatten().map(|hit| hit.cell().row).min();
    let name = area.first(Kind::Kpi).map(|hit| hit.cell().row);
    kpis.is_some_and(|kpis| row < kpis) && name.is_none_or(|name| row < name)
}

/// 数値目標等: rows of 実績値 and 目標値 heads, with the name's head beside them.
pub(super) fn kpi(area: &Area<'_>) -> Option<Block> {
    // The two storeys of heads stand close together; what stands far below is a repeated head.
    let mut labels = Vec::new();
    for kind in [Kind::Actual, Kind::Target] {
        labels.extend(years::in_order(years::of_values(area, kind)));
    }
    let top = labels.iter().map(|hit: &Hit| hit.cell().row).min()?;
    let bands = years::bands(area, top);
    let mut labels = years::agreeing(labels);
    let bottom = labels.iter().map(|hit| hit.range.last.row).max()?;
    let first = labels.iter().map(|hit| hit.cell().column).min()?;
    let beside = |hit: &Hit| hit.range.first.row <= bottom && hit.range.last.row + 1 >= top;
    let baseline = area
        .all(Kind::Baseline, rows(area))
        .into_iter()
        .find(beside);
    let first = baseline.map_or(first, |head| head.cell().column.min(first));
    let name = area.all(Kind::Kpi, rows(area)).into_iter().find(beside);
    let heads = labels.clone();
    match name {
        // A heading across the years heads the block, and no column of it.
        Some(band) if band.range.last.column >= first => {
            labels.extend(left_of(area, top..=bottom, first, Kind::Kpi));
            let kind = Kind::KpiBand;
            labels.push(Hit { kind, ..band });
        }
        Some(name) => labels.push(name),
        None => labels.extend(left_of(area, top..=bottom, first, Kind::Kpi)),
    }
    labels.extend(baseline);
    // Where the years have a head of their own in one storey, the other is read by it.
    let of_a_year = [Kind::Actual, Kind::Target];
    let beside = labels.iter().filter(|hit| !of_a_year.contains(&hit.kind));
    let beside = beside.max_by_key(|hit| hit.range.last.column).copied();
    let gone = beside.and_then(|name| {
        let kind = heads.iter().min_by_key(|hit| hit.cell().row)?.kind;
        years::complete(area, &name, &heads, top..=bottom, kind)
    });
    labels.extend(gone);
    labels.extend(bands);
    Block::of(labels)
}

/// 実施状況: a row with at least two of Plan, first half, second half; the band above it.
pub(super) fn status(area: &Area<'_>) -> Option<Block> {
    let kinds = [Kind::Plan, Kind::FirstHalf, Kind::SecondHalf];
    let found = area.hits.iter().filter(|hit| kinds.contains(&hit.kind));
    let mut found: Vec<&Hit> = found.collect();
    found.dedup_by_key(|hit| hit.cell().row);
    for head in found {
        let rows = head.range.first.row..=head.range.last.row;
        let of = |kind| area.all(kind, rows.clone()).first().copied();
        let mut heads = kinds.map(of);
        if !area.layout.has_halves() {
            heads = both(area, rows.clone(), heads);
        }
        if heads.iter().flatten().count() < 2 {
            continue;
        }
        let mut labels: Vec<Hit> = heads.iter().flatten().copied().collect();
        labels.extend(third(area, rows, heads));
        let heading = nearest_above(area, Kind::Status, head.cell().row);
        labels.extend(heading);
        let mut block = Block::of(labels)?;
        if heading.is_none() {
            block.top -= unknown_heading(area, head, block.top);
        }
        return Some(block);
    }
    None
}

/// Plan and result of a form without halves: one tells the other, which stands beside it.
fn both(area: &Area<'_>, rows: RangeInclusive<u32>, heads: [Option<Hit>; 3]) -> [Option<Hit>; 3] {
    match heads {
        [None, _, Some(result)] => {
            let plan = left_of(area, rows, result.cell().column, Kind::Plan);
            [plan, None, Some(result)]
        }
        [Some(plan), _, None] if plan.range.columns() > 1 => {
            let at = plan.range.last.column + 1;
            let place = area.merges.range(CellRef::new(*rows.start(), at));
            let columns = at..place.last.column + 1;
            let wide = place.first.column == at && place.columns() > 1;
            let result = told_by_place(area, rows, columns, wide, Kind::SecondHalf);
            [Some(plan), None, result.filter(|_| wide)]
        }
        _ => heads,
    }
}

/// The head that the two others tell; where there are no halves, two are all.
fn third(area: &Area<'_>, rows: RangeInclusive<u32>, heads: [Option<Hit>; 3]) -> Option<Hit> {
    match heads {
        _ if !area.layout.has_halves() => None,
        [None, Some(first), Some(_)] => left_of(area, rows, first.cell().column, Kind::Plan),
        [Some(plan), None, Some(second)] => {
            let between = plan.range.last.column + 1..second.cell().column;
            let merged = plan.range.columns() > 1;
            told_by_place(area, rows, between, merged, Kind::FirstHalf)
        }
        [Some(_), Some(first), None] if first.range.columns() > 1 => {
            let at = first.range.last.column + 1;
            let range = area.merges.range(CellRef::new(*rows.start(), at));
            let merged = range.columns() > 1;
            told_by_place(
                area,
                rows,
                at..range.last.column + 1,
                merged,
                Kind::SecondHalf,
            )
        }
        _ => None,
    }
}

/// The head left of a column, in the heads' rows: the only text there, at the form's edge, or the
/// blank place of one.
fn left_of(area: &Area<'_>, rows: RangeInclusive<u32>, first: u32, kind: Kind) -> Option<Hit> {
    let left = area.hits.iter().map(|hit| hit.cell().column).min()?;
    let head = told_by_place(area, rows, left..first, true, kind)?;
    (head.cell().column == left).then_some(head)
}

/// The head that stands in some columns, if it is the only text there; if there is none and a
/// blank one would be told, the blank place.
fn told_by_place(
    area: &Area<'_>,
    rows: RangeInclusive<u32>,
    columns: std::ops::Range<u32>,
    may_be_blank: bool,
    kind: Kind,
) -> Option<Hit> {
    if columns.is_empty() {
        return None;
    }
    let mut cells = area.rows(*rows.start(), *rows.end());
    let cells: Vec<CellRef> = cells
        .drain(..)
        .flat_map(|row| area.row(row))
        .filter(|cell| columns.contains(&cell.column))
        .collect();
    let range = match cells[..] {
        [only] => {
            let text = area.grid.text(only)?;
            let short = text.chars().nth(LONGEST).is_none();
            (short && !area.is_label(only)).then(|| area.range(only))?
        }
        [] if may_be_blank => {
            // A merge that is left tells how wide the head was.
            let first = CellRef::new(*rows.start(), columns.start);
            let left = area.merges.range(first);
            let merged = left.first == first && left.columns() > 1;
            let last = left.last.column.min(columns.end - 1);
            let last = if merged { last } else { columns.end - 1 };
            CellRange::new(first, CellRef::new(*rows.end(), last))
        }
        _ => return None,
    };
    Some(Hit::at(range, kind, How::Place))
}

/// A heading across the form: the leftmost cell that reads like it. A comment may quote its words.
pub(super) fn band(area: &Area<'_>, kind: Kind) -> Option<Block> {
    let hits = area.hits.iter().filter(|hit| hit.kind == kind);
    let leftmost = hits.min_by_key(|hit| (hit.cell().column, hit.cell().row));
    Block::of(vec![*leftmost?])
}

/// A line alone above the heads is their heading, in words that the layout does not know: it is
/// left over, and no note of the block above. Gives the rows it takes.
fn unknown_heading(area: &Area<'_>, head: &Hit, top: u32) -> u32 {
    let above = top.checked_sub(1).map(|row| area.row(row));
    let alone = above.is_some_and(|cells| match cells[..] {
        [only] => only.column <= head.cell().column,
        _ => false,
    });
    u32::from(alone)
}

/// The nearest heading of a kind above a table, with no label of another block between.
fn nearest_above(area: &Area<'_>, kind: Kind, row: u32) -> Option<Hit> {
    let heading = area.all(kind, area.first_row..=row).last().copied()?;
    let between = heading.range.last.row + 1..=row.saturating_sub(1);
    let parted = !between.is_empty() && !in_rows(&area.hits, &between).is_empty();
    (!parted).then_some(heading)
}

fn rows(area: &Area<'_>) -> RangeInclusive<u32> {
    area.first_row..=area.last_row
}
