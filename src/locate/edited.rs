//! Labels of a form that were edited: the one label that is missing, where it should stand.
//!
//! What a cell says is not enough: it must be near the missing label, and stand where that label
//! stands in a form: among the heads of its table, in the header's column of labels, or alone on
//! its line between the blocks. Where two cells could be the label, neither is.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::CellRef;

use super::labels::{HEADER, Hit, How, Kind, kinds};
use super::near;
use super::sheet::Area;

/// The heads of each table that may be edited; of a year's heads there are several.
const TABLES: [&[Kind]; 3] = [
    &[Kind::Activity, Kind::ScheduleYear],
    &[Kind::Kpi, Kind::Baseline, Kind::Actual, Kind::Target],
    &[Kind::Plan, Kind::FirstHalf, Kind::SecondHalf],
];
/// So far from its table a heading may stand.
const NEAR: u32 = 2;

/// Takes in the labels that were edited.
pub(super) fn complete(area: &mut Area<'_>) {
    activity(area);
    for kinds in TABLES {
        for hit in heads(area, kinds) {
            area.add(hit);
        }
    }
    // The row of 取組番号 may be found by 取組番号 alone, and 重点項目 by its row.
    for found in [header, header, headings] {
        for hit in found(area) {
            area.add(hit);
        }
    }
}

/// 実施項目 in the words of 実施内容: at the form's edge, right below 年次計画, with nothing but rising
/// years on its right.
fn activity(area: &mut Area<'_>) {
    let left = area.hits.iter().map(|hit| hit.cell().column).min();
    let mut contents = area.all(Kind::Content, area.first_row..=area.last_row);
    contents.retain(|hit| Some(hit.cell().column) == left);
    let heads_years = |hit: &&Hit| {
        let row = hit.cell().row;
        let Some(above) = row.checked_sub(1) else {
            return false;
        };
        let years = area.all(Kind::ScheduleYear, row..=row);
        let bands = area.all(Kind::Schedule, row.saturating_sub(NEAR)..=above);
        let activities = area.all(Kind::Activity, row..=row);
        !bands.is_empty()
            && activities.is_empty()
            && !years.is_empty()
            && years.is_sorted_by(|one, next| one.year < next.year)
            && area.row(row).len() == years.len() + 1
    };
    let heads: Vec<Hit> = contents.iter().filter(heads_years).copied().collect();
    if let [only] = heads[..] {
        area.retype(only, Kind::Activity);
    }
}

fn hit(area: &Area<'_>, cell: CellRef, wanted: &[Kind]) -> Option<Hit> {
    let (kind, found) = near::label_of(area.grid.text(cell)?, wanted, area.layout)?;
    Some(Hit {
        kind,
        range: area.range(cell),
        year: found.year,
        half: found.half,
        how: How::Edited,
    })
}

/// Tells whether a table has such a label for every year.
fn is_of_a_year(kind: Kind) -> bool {
    matches!(kind, Kind::ScheduleYear | Kind::Actual | Kind::Target)
}

/// Drops the labels of which there are two, though a form has but one.
fn only_ones(found: Vec<Hit>) -> Vec<Hit> {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for hit in &found {
        *counts.entry(hit.kind).or_default() += 1;
    }
    let sure = |hit: &&Hit| is_of_a_year(hit.kind) || counts[&hit.kind] == 1;
    found.iter().filter(sure).copied().collect()
}

/// A label of the header with its entry behind it in the same cell, and nothing beside it.
fn joined(area: &Area<'_>, cell: CellRef, row: &[CellRef], wanted: &[Kind]) -> Option<Hit> {
    let text = area.grid.text(cell)?;
    let next = row.iter().find(|other| **other > cell);
    if next.is_some_and(|next| !area.is_label(*next)) {
        return None;
    }
    let kinds = kinds(area.layout);
    let mut of_wanted = kinds.iter().filter(|(kind, _)| wanted.contains(kind));
    let (kind, _) = of_wanted.find(|(_, label)| label.entry_behind(text).is_some())?;
    Some(Hit::at(area.range(cell), *kind, How::Joined))
}

/// The edited heads of a table: beside heads that are whole, none of which is theirs.
fn heads(area: &Area<'_>, kinds: &[Kind]) -> Vec<Hit> {
    let mut known: BTreeMap<u32, Vec<Kind>> = BTreeMap::new();
    for hit in area.hits.iter().filter(|hit| kinds.contains(&hit.kind)) {
        let last = hit.range.last.row.min(hit.cell().row + NEAR);
        for row in hit.cell().row..=last {
            known.entry(row).or_default().push(hit.kind);
        }
    }
    let mut found = Vec::new();
    for (row, known) in known {
        let missing = |kind: &Kind| is_of_a_year(*kind) || !known.contains(kind);
        let wanted: Vec<Kind> = kinds.iter().copied().filter(missing).collect();
        let cells = area.row(row).into_iter();
        let cells = cells.filter(|cell| !area.is_label(*cell));
        found.extend(cells.filter_map(|cell| hit(area, cell, &wanted)));
    }
    only_ones(found)
}

/// The edited labels of the header: in its column of labels, or in the row of the item's number,
/// and between the labels that stand before and behind them in the layout.
fn header(area: &Area<'_>) -> Vec<Hit> {
    let whole: Vec<Hit> = HEADER.iter().filter_map(|kind| area.first(*kind)).collect();
    let known = |kind: &Kind| whole.iter().any(|hit| hit.kind == *kind);
    let wanted: Vec<Kind> = HEADER.into_iter().filter(|kind| !known(kind)).collect();
    let rows = whole.iter().map(|hit| hit.cell().row);
    let (Some(first), Some(last)) = (rows.clone().min(), rows.clone().max()) else {
        return Vec::new();
    };
    if wanted.is_empty() || whole.len() < 2 {
        return Vec::new();
    }
    let columns: BTreeSet<u32> = whole.iter().map(|hit| hit.cell().column).collect();
    let top: BTreeSet<u32> = whole
        .iter()
        .filter(|hit| matches!(hit.kind, Kind::Number | Kind::Priority))
        .map(|hit| hit.cell().row)
        .collect();
    let first = first.saturating_sub(NEAR).max(area.first_row);
    let mut found = Vec::new();
    for row in area.rows(first, (last + NEAR).min(area.last_row)) {
        let cells = area.row(row);
        for cell in cells.iter().copied() {
            let in_place = columns.contains(&cell.column) || top.contains(&row);
            if in_place
                && !area.is_label(cell)
                && let Some(hit) =
                    hit(area, cell, &wanted).or_else(|| joined(area, cell, &cells, &wanted))
                && is_in_order(&hit, &whole)
            {
                found.push(hit);
            }
        }
    }
    only_ones(found)
}

/// Tells whether a label of the header stands behind those before it in the layout, and before
/// those behind it.
fn is_in_order(hit: &Hit, whole: &[Hit]) -> bool {
    whole.iter().all(|other| {
        let side = |kind: Kind| HEADER.iter().position(|one| *one == kind);
        (side(other.kind) < side(hit.kind)) == (other.cell() < hit.cell())
    })
}

/// The edited headings of blocks: alone on their line, right above their table or below it.
fn headings(area: &Area<'_>) -> Vec<Hit> {
    let missing = |kind: Kind| area.first(kind).is_none();
    let rows_of = |kinds: &[Kind]| {
        let heads = area.hits.iter().filter(|hit| kinds.contains(&hit.kind));
        heads.map(|hit| hit.cell().row).collect::<BTreeSet<u32>>()
    };
    let (years, results) = (rows_of(TABLES[0]), rows_of(TABLES[2]));
    let above =
        |heads: &BTreeSet<u32>, row: u32| heads.range(row + 1..=row + NEAR).next().is_some();
    let is_on_its_side = |kind: Kind, row: u32| {
        let (check, action) = (area.first(Kind::Check), area.first(Kind::Action));
        if kind == Kind::Check {
            return action.is_none_or(|action| row < action.cell().row);
        }
        check.is_none_or(|check| check.cell().row < row)
    };
    let below_results = |row: u32| results.first().is_none_or(|first| *first < row);
    let mut kinds = Vec::new();
    for kind in [Kind::Schedule, Kind::Status, Kind::Check, Kind::Action] {
        if missing(kind) {
            kinds.push(kind);
        }
    }
    let left = area.hits.iter().map(|hit| hit.cell().column).min();
    if kinds.is_empty() || left.is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for row in area.rows(area.first_row, area.last_row) {
        let [only] = area.row(row)[..] else { continue };
        if Some(only.column) != left || area.is_label(only) {
            continue;
        }
        let wanted: Vec<Kind> = kinds
            .iter()
            .copied()
            .filter(|kind| {
                if *kind == Kind::Schedule {
                    return above(&years, row);
                }
                if *kind == Kind::Status {
                    return above(&results, row);
                }
                below_results(row) && is_on_its_side(*kind, row)
            })
            .collect();
        found.extend(hit(area, only, &wanted));
    }
    only_ones(found)
}
