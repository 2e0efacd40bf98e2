//! The blocks of a form: where each begins and how far it reaches.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::model::{CellRange, CellRef, FiscalYear, Half, Layout};

use super::columns::Columns;
use super::labels::{Hit, Kind};
use super::sheet::Area;

/// A block: its labels, and the rows that are its content.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// The label cells that head it.
    pub(super) labels: Vec<Hit>,
    /// The row of its topmost label.
    pub(super) top: u32,
    /// The first row of content.
    pub(super) first: u32,
    /// The last row of content.
    pub(super) last: u32,
}

impl Block {
    fn of(labels: Vec<Hit>) -> Option<Self> {
        let top = labels.iter().map(|hit| hit.range.first.row).min()?;
        let bottom = labels.iter().map(|hit| hit.range.last.row).max()?;
        Some(Self {
            labels,
            top,
            first: bottom + 1,
            last: bottom,
        })
    }

    /// The heads of the block's columns, where it is a table.
    fn heads(&self) -> impl Iterator<Item = ((), CellRange)> {
        let heads = self.labels.iter().filter(|hit| hit.kind.heads_a_column());
        heads.map(|hit| ((), hit.range))
    }

    /// The block's label of a kind.
    pub(super) fn label(&self, kind: Kind) -> Option<Hit> {
        self.labels.iter().find(|hit| hit.kind == kind).copied()
    }
}

/// The blocks of one form, whatever order they stand in.
pub(super) struct Blocks {
    pub(super) header: Vec<Hit>,
    pub(super) schedule: Option<Block>,
    pub(super) kpi: Option<Block>,
    pub(super) status: Option<Block>,
    pub(super) check: Option<Block>,
    pub(super) action: Option<Block>,
    header_top: u32,
}

/// What a title on the sheet says of the period.
pub(super) struct Heading {
    pub(super) year: Option<(FiscalYear, CellRef)>,
    pub(super) half: Option<(Half, CellRef)>,
}

impl Blocks {
    /// Finds the blocks by their labels.
    pub(super) fn find(area: &Area<'_>) -> Self {
        let mut header = Vec::new();
        for kind in [
            Kind::Number,
            Kind::Priority,
            Kind::Title,
            Kind::Departments,
            Kind::Content,
            Kind::Effects,
        ] {
            header.extend(area.first(kind));
        }
        header.sort_by_key(Hit::cell);
        let mut blocks = Self {
            header_top: header
                .iter()
                .map(|hit| hit.cell().row)
                .min()
                .unwrap_or(area.first_row),
            header,
            schedule: schedule(area),
            kpi: kpi(area),
            status: status(area),
            check: band(area, Kind::Check),
            action: band(area, Kind::Action),
        };
        blocks.set_ends(area);
        blocks
    }

    /// A block reaches to the row above the next one's topmost label.
    ///
    /// Labels of a block that could not be found whole end the block above all the same: what
    /// stands below them is left over, never taken for more of that block.
    fn set_ends(&mut self, area: &Area<'_>) {
        let last_row = area.last_row;
        let mut tops: BTreeSet<u32> = self.iter().map(|block| block.top).collect();
        tops.insert(self.header_top);
        tops.extend(self.lone_labels(area).iter().map(|hit| hit.cell().row));
        for block in [
            &mut self.schedule,
            &mut self.kpi,
            &mut self.status,
            &mut self.check,
            &mut self.action,
        ] {
            let Some(block) = block else { continue };
            let next = tops.range(block.first..).next();
            block.last = next.map_or(last_row, |top| top - 1);
        }
    }

    /// Labels of blocks that were not found whole.
    fn lone_labels(&self, area: &Area<'_>) -> Vec<Hit> {
        let mut kinds = Vec::new();
        if self.schedule.is_none() {
            kinds.extend([Kind::Schedule, Kind::Activity]);
        }
        if self.kpi.is_none() {
            kinds.push(Kind::Kpi);
        }
        if self.status.is_none() {
            kinds.extend([Kind::Status, Kind::Plan, Kind::FirstHalf, Kind::SecondHalf]);
        }
        let hits = area.hits.iter().filter(|hit| kinds.contains(&hit.kind));
        hits.copied().collect()
    }

    fn iter(&self) -> impl Iterator<Item = &Block> {
        [
            &self.schedule,
            &self.kpi,
            &self.status,
            &self.check,
            &self.action,
        ]
        .into_iter()
        .flatten()
    }

    /// Every cell that heads a field or a block.
    pub(super) fn label_cells(&self) -> Vec<CellRef> {
        self.header
            .iter()
            .chain(self.iter().flat_map(|block| &block.labels))
            .map(Hit::cell)
            .collect()
    }

    /// The form's own columns: from its leftmost label to the last column of its widest table.
    ///
    /// Where heads lost their merge that is a guess; a merged range that begins in the form and
    /// covers the last head tells better. The cell right of a header's label is always inside.
    pub(super) fn columns(&self, area: &Area<'_>) -> RangeInclusive<u32> {
        let of_blocks = || self.iter().flat_map(|block| &block.labels);
        let labels = self.header.iter().chain(of_blocks());
        let first = labels.map(|hit| hit.cell().column).min().unwrap_or(0);
        let last_columns = || {
            self.iter()
                .filter_map(|block| Columns::of(block.heads()).last())
        };
        let Some(last_head) = last_columns().map(|column| column.first).max() else {
            return first..=u32::MAX;
        };
        let bands = of_blocks().map(|hit| hit.range.last.column);
        let guess = last_columns().map(|column| column.last).chain(bands).max();
        let ranges = area.merged_ranges();
        let across = ranges.filter(|range| {
            (first..=last_head).contains(&range.first.column) && range.last.column >= last_head
        });
        let across = across.map(|range| range.last.column).max();
        let edge = [guess, across].into_iter().flatten().min();
        let beside = self.header.iter().map(|hit| hit.range.last.column + 1);
        first..=beside.chain(edge).fold(last_head, u32::max)
    }

    /// The first row below the header's labels.
    pub(super) fn header_end(&self) -> u32 {
        self.header
            .iter()
            .map(|hit| hit.range.last.row + 1)
            .max()
            .unwrap_or(0)
    }

    /// The year that the status heading names.
    pub(super) fn status_year(&self) -> Option<(FiscalYear, CellRef)> {
        let hit = self.status.as_ref()?.label(Kind::Status)?;
        Some((hit.year?, hit.cell()))
    }

    /// The half that the status heading names.
    pub(super) fn status_half(&self) -> Option<(Half, CellRef)> {
        let hit = self.status.as_ref()?.label(Kind::Status)?;
        Some((hit.half?, hit.cell()))
    }

    /// Accounts for the titles on the sheet that nothing else took, and reads their period. A
    /// title that names another year than the status heading is left over.
    pub(super) fn heading(&self, area: &mut Area<'_>) -> Heading {
        let mut heading = Heading {
            year: None,
            half: None,
        };
        let left: BTreeSet<CellRef> = area.unclaimed().into_iter().collect();
        for hit in area.all(Kind::Heading, area.first_row..=area.last_row) {
            let contradicts = hit
                .year
                .is_some_and(|year| self.status_year().is_some_and(|(status, _)| status != year));
            if !left.contains(&hit.cell()) || contradicts {
                continue;
            }
            area.claim(hit.cell());
            heading.year = heading.year.or(hit.year.map(|year| (year, hit.cell())));
            heading.half = heading.half.or(hit.half.map(|half| (half, hit.cell())));
        }
        heading
    }

    /// The labels that were not found, as the layout writes them.
    pub(super) fn missing(&self, layout: &Layout) -> Vec<String> {
        let labels = &layout.labels;
        let header = |kind| self.header.iter().any(|hit| hit.kind == kind);
        let found = [
            (header(Kind::Number), &labels.number),
            (header(Kind::Priority), &labels.priority),
            (header(Kind::Title), &labels.title),
            (header(Kind::Departments), &labels.departments),
            (header(Kind::Content), &labels.content),
            (header(Kind::Effects), &labels.effects),
            (self.schedule.is_some(), &labels.schedule),
            (self.kpi.is_some(), &labels.kpi),
            (self.status.is_some(), &labels.plan),
            (self.check.is_some(), &labels.check),
            (self.action.is_some(), &labels.action),
        ];
        found
            .into_iter()
            .filter(|(found, _)| !found)
            .map(|(_, label)| label.plain().replace('\n', ""))
            .collect()
    }
}

/// A heading across the form: the leftmost cell that reads like it. A comment may quote its words.
fn band(area: &Area<'_>, kind: Kind) -> Option<Block> {
    let hits = area.hits.iter().filter(|hit| hit.kind == kind);
    let leftmost = hits.min_by_key(|hit| (hit.cell().column, hit.cell().row));
    Block::of(vec![*leftmost?])
}

/// 年次計画: the row of 実施項目 with a year on its right; the band above it, if there is one.
fn schedule(area: &Area<'_>) -> Option<Block> {
    let years_beside = |hit: &Hit| {
        let rows = hit.range.first.row..=hit.range.last.row;
        let mut years = area.all(Kind::ScheduleYear, rows);
        years.retain(|year| year.cell().column > hit.cell().column);
        years
    };
    for activity in area.all(Kind::Activity, area.first_row..=area.last_row) {
        let years = years_beside(&activity);
        if years.is_empty() {
            continue;
        }
        let mut labels = vec![activity];
        labels.extend(years);
        labels.extend(nearest_above(area, Kind::Schedule, activity.cell().row));
        return Block::of(labels);
    }
    None
}

/// 数値目標等: rows of 実績値 and 目標値 heads, with the name's head beside them.
fn kpi(area: &Area<'_>) -> Option<Block> {
    let rows = area.first_row..=area.last_row;
    let top = [area.first(Kind::Actual), area.first(Kind::Target)]
        .into_iter()
        .flatten()
        .map(|hit| hit.cell().row)
        .min()?;
    // The two storeys of heads stand close together; what stands far below is a repeated head.
    let mut labels = Vec::new();
    for kind in [Kind::Actual, Kind::Target] {
        let all = area.all(kind, rows.clone());
        let Some(row) = all.first().map(|hit| hit.cell().row) else {
            continue;
        };
        labels.extend(all.into_iter().filter(|hit| hit.cell().row == row));
    }
    let bottom = labels.iter().map(|hit| hit.range.last.row).max()?;
    let name = area
        .all(Kind::Kpi, rows)
        .into_iter()
        .find(|hit| hit.range.first.row <= bottom && hit.range.last.row + 1 >= top);
    labels.extend(name);
    Block::of(labels)
}

/// 実施状況: a row with at least two of Plan, first half, second half; the band above it.
fn status(area: &Area<'_>) -> Option<Block> {
    for plan in area.all(Kind::Plan, area.first_row..=area.last_row) {
        let rows = plan.range.first.row..=plan.range.last.row;
        let mut labels = vec![plan];
        labels.extend(area.all(Kind::FirstHalf, rows.clone()).first());
        labels.extend(area.all(Kind::SecondHalf, rows).first());
        if labels.len() < 2 {
            continue;
        }
        let heading = nearest_above(area, Kind::Status, plan.cell().row);
        labels.extend(heading);
        let mut block = Block::of(labels)?;
        if heading.is_none() {
            block.top -= unknown_heading(area, &plan, block.top);
        }
        return Some(block);
    }
    None
}

/// A line alone above the heads is their heading, in words that the layout does not know: it is
/// left over, and no note of the block above. Gives the rows it takes.
fn unknown_heading(area: &Area<'_>, plan: &Hit, top: u32) -> u32 {
    let above = top.checked_sub(1).map(|row| area.row(row));
    let alone = above.is_some_and(|cells| match cells[..] {
        [only] => only.column == plan.cell().column,
        _ => false,
    });
    u32::from(alone)
}

fn nearest_above(area: &Area<'_>, kind: Kind, row: u32) -> Option<Hit> {
    area.all(kind, area.first_row..=row).last().copied()
}
