//! Where each form of a sheet begins and ends: several may stand below or beside each other.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::model::text::fold;
use crate::model::{CellRef, Grid, Layout};

use super::labels::{HEADER, Hit, Kind};
use super::near;
use super::sheet::in_rows;

/// A sheet with fewer labels is no form; one with as many is, even without its 取組番号 label.
const LABELS_OF_A_FORM: usize = 4;
/// So many labels of a header begin a form whose 取組番号 label is gone.
const LABELS_OF_A_HEADER: usize = 2;

/// The part of a sheet that one form has.
pub(super) struct Part {
    /// The cell that the form begins at.
    pub(super) anchor: CellRef,
    pub(super) rows: RangeInclusive<u32>,
    pub(super) columns: RangeInclusive<u32>,
}

/// Finds the parts of a sheet, each with one form.
pub(super) fn parts(grid: &Grid, layout: &Layout, hits: &[Hit], index: &[u32]) -> Vec<Part> {
    let anchors = anchors(grid, hits, index);
    // Forms one below the other begin in different rows; forms side by side share theirs.
    let bands: Vec<&[CellRef]> = anchors.chunk_by(|one, next| one.row == next.row).collect();
    let rows: Vec<CellRef> = bands.iter().map(|band| band[0]).collect();
    let tops: Vec<u32> = (0..rows.len())
        .map(|at| top(grid, layout, hits, &rows, at))
        .collect();
    let mut parts = Vec::with_capacity(anchors.len());
    for (at, band) in bands.iter().enumerate() {
        let last_row = tops.get(at + 1).map_or(u32::MAX, |next| next - 1);
        for (anchor, columns) in side_by_side(hits, band, tops[at]..=last_row) {
            parts.push(Part {
                anchor,
                rows: tops[at]..=last_row,
                columns,
            });
        }
    }
    parts
}

/// The cells that each form on the sheet begins at: its 取組番号 label, or its topmost label.
fn anchors(grid: &Grid, hits: &[Hit], index: &[u32]) -> Vec<CellRef> {
    let hits: Vec<Hit> = hits
        .iter()
        .filter(|hit| index.binary_search(&hit.cell().row).is_err() && hit.kind != Kind::Heading)
        .copied()
        .collect();
    let cells: BTreeSet<CellRef> = hits.iter().map(Hit::cell).collect();
    if cells.len() < LABELS_OF_A_FORM {
        return Vec::new();
    }
    let headers = headers(&hits);
    let mut anchors: Vec<CellRef> = Vec::new();
    let mut known: BTreeSet<Kind> = BTreeSet::new();
    for (at, header) in headers.iter().enumerate() {
        let Some(begin) = header.first().map(Hit::cell) else {
            continue;
        };
        let of = |kind: Kind| header.iter().filter(move |hit| hit.kind == kind);
        let kinds: BTreeSet<Kind> = header.iter().map(|hit| hit.kind).collect();
        let again = known.intersection(&kinds).count();
        let numbered = kinds.contains(&Kind::Number);
        let begins = again >= LABELS_OF_A_HEADER || numbered && known.contains(&Kind::Number);
        let below = headers.get(at + 1).and_then(|next| next.first());
        if begins
            && let Some(above) = anchors.last()
            && is_continued(grid, &hits, *above, header, below.map(Hit::cell))
        {
            continue;
        }
        if begins || anchors.is_empty() {
            known.clear();
        } else if numbered {
            // The first labels of this form stand above its number.
            anchors.pop();
        }
        known.extend(&kinds);
        if numbered {
            anchors.extend(of(Kind::Number).map(Hit::cell));
        } else if (begins || anchors.is_empty()) && index.is_empty() {
            anchors.push(begin);
        }
    }
    if anchors.is_empty() && index.is_empty() {
        anchors.extend(hits.first().map(Hit::cell));
    }
    anchors
}

/// The labels of headers, those together between which no label of a block stands.
fn headers(hits: &[Hit]) -> Vec<Vec<Hit>> {
    let mut headers: Vec<Vec<Hit>> = Vec::new();
    let mut open = false;
    for cell in hits.chunk_by(|one, other| one.cell() == other.cell()) {
        let own = cell.iter().filter(|hit| HEADER.contains(&hit.kind));
        let own: Vec<Hit> = own.copied().collect();
        match headers.last_mut() {
            _ if own.is_empty() => open = false,
            Some(header) if open => header.extend(own),
            Some(_) | None => {
                headers.push(own);
                open = true;
            }
        }
    }
    headers
}

/// Tells whether a header repeats the one above, as on top of a second page: it says the same, the
/// form above has not come to its end, and the one below does not begin anew.
fn is_continued(
    grid: &Grid,
    hits: &[Hit],
    above: CellRef,
    header: &[Hit],
    next: Option<CellRef>,
) -> bool {
    let (Some(first), Some(last)) = (header.first(), header.last()) else {
        return false;
    };
    let at = |cell: CellRef| hits.partition_point(|hit| hit.cell() < cell);
    let upper = &hits[at(above)..at(first.cell())];
    let lower = &hits[at(last.cell())..next.map_or(hits.len(), at)];
    let ended = upper
        .iter()
        .any(|hit| matches!(hit.kind, Kind::Check | Kind::Action));
    let anew = lower.iter().any(|hit| hit.kind == Kind::Activity);
    let says = |hit: &Hit| {
        let row = hit.cell().row;
        let right = CellRef::new(row, hit.range.last.column + 1);
        let mut cells = grid.cells.range(right..=CellRef::new(row, u32::MAX));
        cells.next().map(|(_, cell)| fold(&cell.text))
    };
    let own_value = |hit: &Hit| {
        let known = upper.iter().find(|known| known.kind == hit.kind)?;
        let (known, own) = (says(known)?, says(hit)?);
        Some(known == own)
    };
    let same: Vec<bool> = header.iter().filter_map(own_value).collect();
    !ended && !anew && !same.is_empty() && same.iter().all(|same| *same)
}

/// The columns of each form of a band. A second 取組番号 in a row begins a form only if enough
/// labels stand below it.
fn side_by_side(
    hits: &[Hit],
    band: &[CellRef],
    rows: RangeInclusive<u32>,
) -> Vec<(CellRef, RangeInclusive<u32>)> {
    let labels_from = |first: u32, next: u32| {
        let inside = |cell: &CellRef| (first..next).contains(&cell.column);
        let cells = in_rows(hits, &rows).iter().map(Hit::cell);
        cells.filter(inside).collect::<BTreeSet<CellRef>>().len()
    };
    let mut starts: Vec<CellRef> = Vec::new();
    for (at, anchor) in band.iter().enumerate() {
        let next = band.get(at + 1).map_or(u32::MAX, |next| next.column);
        if at == 0 || labels_from(anchor.column, next) >= LABELS_OF_A_FORM {
            starts.push(*anchor);
        }
    }
    let columns = |at: usize| {
        let first = if at == 0 { 0 } else { starts[at].column };
        first..=starts.get(at + 1).map_or(u32::MAX, |next| next.column - 1)
    };
    (0..starts.len())
        .map(|at| (starts[at], columns(at)))
        .collect()
}

/// The row that a form begins in: its 取組番号, or what stands on top of it. The form above ends
/// with the last label of its blocks, or with one that this form has itself.
fn top(grid: &Grid, layout: &Layout, hits: &[Hit], anchors: &[CellRef], at: usize) -> u32 {
    let anchor = anchors[at];
    let Some(above) = at.checked_sub(1).map(|above| anchors[above]) else {
        return 0;
    };
    let next = anchors.get(at + 1).map_or(u32::MAX, |next| next.row);
    let from = |row: u32| hits.partition_point(|hit| hit.cell().row < row);
    let (between, own) = (
        &hits[from(above.row + 1)..from(anchor.row)],
        &hits[from(anchor.row)..from(next)],
    );
    let mut own: BTreeSet<Kind> = own.iter().map(|hit| hit.kind).collect();
    own.remove(&Kind::Heading);
    // A cell may read like two labels: R4年度 heads a column, and is a title as well.
    let top = between
        .chunk_by(|hit, other| hit.cell() == other.cell())
        .rev()
        .take_while(|cell| {
            let mut kinds = cell.iter().map(|hit| hit.kind);
            kinds.all(|kind| kind.stands_on_top() && !own.contains(&kind))
        })
        .last()
        .map_or(anchor.row, |cell| cell[0].cell().row);
    match own.contains(&Kind::Number) {
        true => top,
        false => edited_number(grid, layout, above.row, top),
    }
}

/// The row of an edited 取組番号 right above a form that lacks it; else the form's own top.
fn edited_number(grid: &Grid, layout: &Layout, above: u32, top: u32) -> u32 {
    let first = CellRef::new(top.saturating_sub(1).max(above + 1), 0);
    let cells = grid.cells.range(first..CellRef::new(top.max(first.row), 0));
    let is_number = |text: &str| near::label_of(text, &[Kind::Number], layout).is_some();
    let found = cells.into_iter().find(|(_, cell)| is_number(&cell.text));
    found.map_or(top, |(cell, _)| cell.row)
}
