//! The blocks of a form: where each begins and how far it reaches.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::model::{CellRange, CellRef, FiscalYear, Half, ReadAs};

use super::columns::Columns;
use super::heads;
use super::labels::{HEADER, Hit, How, Kind, written};
use super::lost;
use super::sheet::Area;

/// A block: its labels, and the rows that are its content.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// The label cells that head it.
    pub(super) labels: Vec<Hit>,
    /// The row of its topmost label.
    pub(super) top: u32,
    /// The column of its leftmost label.
    pub(super) left: u32,
    /// The first row of content.
    pub(super) first: u32,
    /// The last row of content.
    pub(super) last: u32,
    /// Whether a block that should follow was not found: what is below may be that block's.
    pub(super) lost_below: bool,
}

impl Block {
    /// Makes a block of its labels; its content begins below them.
    pub(super) fn of(labels: Vec<Hit>) -> Option<Self> {
        let top = labels.iter().map(|hit| hit.range.first.row).min()?;
        let left = labels.iter().map(|hit| hit.cell().column).min()?;
        let bottom = labels.iter().map(|hit| hit.range.last.row).max()?;
        Some(Self {
            labels,
            top,
            left,
            first: bottom + 1,
            last: bottom,
            lost_below: false,
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
        let mut header: Vec<Hit> = HEADER
            .into_iter()
            .filter_map(|kind| area.first(kind))
            .collect();
        header.sort_by_key(Hit::cell);
        let mut blocks = Self {
            header_top: header
                .iter()
                .map(|hit| hit.cell().row)
                .min()
                .unwrap_or(area.first_row),
            header,
            schedule: heads::schedule(area),
            kpi: heads::kpi(area),
            status: heads::status(area),
            check: heads::band(area, Kind::Check),
            action: heads::band(area, Kind::Action),
        };
        blocks.set_ends(area);
        if blocks.check.is_none() {
            blocks.check = lost::check(area, &blocks);
            blocks.set_ends(area);
        }
        let top = blocks.iter().map(|block| block.top).min();
        lost::header(area, &mut blocks.header, top.unwrap_or(area.last_row));
        lost::set_ends(area, &mut blocks);
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
            let below = block.first.max(block.top + 1);
            let next = tops.range(below..).next();
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
        self.in_order().into_iter().flatten()
    }

    /// The blocks in the layout's order.
    pub(super) fn in_order(&self) -> [&Option<Block>; 5] {
        [
            &self.schedule,
            &self.kpi,
            &self.status,
            &self.check,
            &self.action,
        ]
    }

    fn labels(&self) -> impl Iterator<Item = &Hit> {
        let of_blocks = self.iter().flat_map(|block| &block.labels);
        self.header.iter().chain(of_blocks)
    }

    /// The labels that are not as the layout writes them, and what they were taken for.
    pub(super) fn readings(&self, area: &Area<'_>) -> Vec<(CellRef, ReadAs)> {
        let labels = self.labels().chain(area.repeated());
        let edited = labels.filter(|hit| hit.how != How::Words);
        let mut readings: Vec<(CellRef, ReadAs)> = edited
            .map(|hit| {
                let kind = if hit.kind == Kind::KpiBand {
                    Kind::Kpi
                } else {
                    hit.kind
                };
                let label = written(area.layout, kind, hit.year);
                let says = area.grid.text(hit.cell()).is_some();
                let read_as = match (hit.how, says) {
                    (How::Place, false) => ReadAs::Found(label),
                    (How::Words | How::Edited | How::Joined | How::Place, _) => {
                        ReadAs::Label(label)
                    }
                };
                (hit.cell(), read_as)
            })
            .collect();
        // What was told by its content has no label at all.
        let check = self.check.iter().filter(|block| block.labels.is_empty());
        readings.extend(check.map(|block| {
            let label = written(area.layout, Kind::Check, None);
            (CellRef::new(block.first, block.left), ReadAs::Found(label))
        }));
        readings.sort_by_key(|(cell, _)| *cell);
        readings
    }

    /// Every cell that heads a field or a block.
    pub(super) fn label_cells(&self) -> Vec<CellRef> {
        self.labels().map(Hit::cell).collect()
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
    pub(super) fn status_year(&self, area: &Area<'_>) -> Option<(FiscalYear, CellRef)> {
        let hit = self.status_heading(area)?;
        Some((hit.year?, hit.cell()))
    }

    /// The half that the status heading names.
    pub(super) fn status_half(&self, area: &Area<'_>) -> Option<(Half, CellRef)> {
        let hit = self.status_heading(area)?;
        Some((hit.half?, hit.cell()))
    }

    /// The status heading; it tells the period also where its table was not found.
    fn status_heading(&self, area: &Area<'_>) -> Option<Hit> {
        match &self.status {
            Some(block) => block.label(Kind::Status),
            None => area.first(Kind::Status),
        }
    }

    /// Accounts for the titles on the sheet that nothing else took, and reads their period. A
    /// title that names another year than the status heading is left over, and so is a year that
    /// heads a column.
    pub(super) fn heading(&self, area: &mut Area<'_>) -> Heading {
        let mut heading = Heading {
            year: None,
            half: None,
        };
        let left: BTreeSet<CellRef> = area.unclaimed().into_iter().collect();
        let heads = heads_of_columns(area);
        let status_year = self.status_year(area).map(|(year, _)| year);
        for hit in area.all(Kind::Heading, area.first_row..=area.last_row) {
            let contradicts = hit
                .year
                .is_some_and(|year| status_year.is_some_and(|status| status != year));
            if !left.contains(&hit.cell()) || contradicts || heads.contains(&hit.cell()) {
                continue;
            }
            area.claim(hit.cell());
            heading.year = heading.year.or(hit.year.map(|year| (year, hit.cell())));
            heading.half = heading.half.or(hit.half.map(|half| (half, hit.cell())));
        }
        heading
    }

    /// The labels that were not found, as the layout writes them.
    pub(super) fn missing(&self, area: &Area<'_>) -> Vec<String> {
        let of_header = HEADER.map(|kind| (kind, self.header.iter().any(|hit| hit.kind == kind)));
        let of_blocks = [
            (Kind::Schedule, self.schedule.is_some()),
            (Kind::Kpi, self.kpi.is_some()),
            (Kind::Plan, self.status.is_some()),
            (Kind::Check, self.check.is_some()),
            (Kind::Action, self.action.is_some()),
        ];
        of_header
            .into_iter()
            .chain(of_blocks)
            .filter(|(_, found)| !found)
            .map(|(kind, _)| written(area.layout, kind, None))
            .collect()
    }
}

/// The years that head columns beside others, not the titles that they read like: a table may not
/// have been found, but its years are none of the form's.
fn heads_of_columns(area: &Area<'_>) -> BTreeSet<CellRef> {
    let heads = area.hits.iter().filter(|hit| hit.kind.heads_a_column());
    let mut heads: Vec<CellRef> = heads.map(Hit::cell).collect();
    heads.dedup();
    let rows = heads.chunk_by(|one, next| one.row == next.row);
    rows.filter(|row| row.len() > 1)
        .flatten()
        .copied()
        .collect()
}
