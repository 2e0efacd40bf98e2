//! Finding label cells by what they say, in any spelling the layout knows.

use crate::model::text::label_key;
use crate::model::{CellRange, CellRef, FiscalYear, Grid, Half, Label, Layout};

use super::merges::Merges;
use super::near;

/// Labels are short; a longer text is never one.
const LONGEST: usize = 80;

/// What a label heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Number,
    Priority,
    Title,
    Departments,
    Lead,
    Content,
    Effects,
    Schedule,
    Activity,
    ScheduleYear,
    Kpi,
    /// 数値目標等 across the whole block, above its heads.
    KpiBand,
    /// A year above the heads of its actual and its target.
    KpiYear,
    Baseline,
    Actual,
    Target,
    Status,
    Plan,
    FirstHalf,
    SecondHalf,
    Check,
    Action,
    Heading,
}

/// The labels of a form's header, in the layout's order.
pub(super) const HEADER: [Kind; 6] = [
    Kind::Number,
    Kind::Priority,
    Kind::Title,
    Kind::Departments,
    Kind::Content,
    Kind::Effects,
];

impl Kind {
    /// Tells whether the label heads a column of a table.
    pub(super) fn heads_a_column(self) -> bool {
        match self {
            Self::Activity
            | Self::ScheduleYear
            | Self::Kpi
            | Self::Baseline
            | Self::Actual
            | Self::Target
            | Self::Plan
            | Self::FirstHalf
            | Self::SecondHalf => true,
            Self::Number
            | Self::Priority
            | Self::Title
            | Self::Departments
            | Self::Lead
            | Self::Content
            | Self::Effects
            | Self::Schedule
            | Self::KpiBand
            | Self::KpiYear
            | Self::Status
            | Self::Check
            | Self::Action
            | Self::Heading => false,
        }
    }

    /// Tells whether the label stands in a form's head: above its blocks.
    pub(super) fn stands_on_top(self) -> bool {
        match self {
            Self::Number
            | Self::Priority
            | Self::Title
            | Self::Departments
            | Self::Lead
            | Self::Content
            | Self::Effects
            | Self::Heading => true,
            Self::Schedule
            | Self::Activity
            | Self::ScheduleYear
            | Self::Kpi
            | Self::KpiBand
            | Self::KpiYear
            | Self::Baseline
            | Self::Actual
            | Self::Target
            | Self::Status
            | Self::Plan
            | Self::FirstHalf
            | Self::SecondHalf
            | Self::Check
            | Self::Action => false,
        }
    }
}

/// How a label was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// By its words, in a spelling of the layout.
    Words,
    /// By its words, though they were edited.
    Edited,
    /// By its words, though its entry stands behind them in the same cell.
    Joined,
    /// By its place; its cell is blank or says something else.
    Place,
}

/// A cell that reads like a label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) kind: Kind,
    pub(super) range: CellRange,
    pub(super) year: Option<FiscalYear>,
    pub(super) half: Option<Half>,
    pub(super) how: How,
}

impl Hit {
    /// Makes a hit of a label that was known otherwise than by its words.
    pub(super) fn at(range: CellRange, kind: Kind, how: How) -> Self {
        Self {
            kind,
            range,
            year: None,
            half: None,
            how,
        }
    }

    pub(super) fn cell(&self) -> CellRef {
        self.range.first
    }
}

/// The label as the layout writes it, on one line.
pub(super) fn written(layout: &Layout, kind: Kind, year: Option<FiscalYear>) -> String {
    let labels = kinds(layout);
    if let (Kind::Actual | Kind::Target, Some(year)) = (kind, year) {
        return match kind == Kind::Actual {
            true => layout.labels.actual_of(year),
            false => layout.labels.target_of(year),
        };
    }
    let label = labels.iter().find(|(of, _)| *of == kind);
    let text = label.map_or_else(String::new, |(_, label)| match year {
        Some(year) => label.written(year),
        None => label.plain().to_owned(),
    });
    text.replace('\n', "")
}

/// Every kind of label with its spellings.
pub(super) fn kinds(layout: &Layout) -> [(Kind, &Label); 22] {
    let labels = &layout.labels;
    [
        (Kind::Number, &labels.number),
        (Kind::Priority, &labels.priority),
        (Kind::Title, &labels.title),
        (Kind::Departments, &labels.departments),
        (Kind::Lead, &labels.lead),
        (Kind::Content, &labels.content),
        (Kind::Effects, &labels.effects),
        (Kind::Schedule, &labels.schedule),
        (Kind::Activity, &labels.activity),
        (Kind::ScheduleYear, &labels.schedule_year),
        (Kind::Kpi, &labels.kpi),
        (Kind::KpiYear, &labels.kpi_year),
        (Kind::Baseline, &labels.baseline),
        (Kind::Actual, &labels.actual),
        (Kind::Target, &labels.target),
        (Kind::Status, &labels.status),
        (Kind::Plan, &labels.plan),
        (Kind::FirstHalf, &labels.first_half),
        (Kind::SecondHalf, &labels.second_half),
        (Kind::Check, &labels.check),
        (Kind::Action, &labels.action),
        (Kind::Heading, &labels.heading),
    ]
}

/// Finds every cell that reads like a label, once for each label it may be, in order of cells.
pub(super) fn scan(grid: &Grid, layout: &Layout, merges: &Merges) -> Vec<Hit> {
    let kinds = kinds(layout);
    let mut hits = Vec::new();
    for (cell, content) in &grid.cells {
        if content.text.len() > LONGEST * 3 || merges.covers(*cell) {
            continue;
        }
        let range = grid.range(*cell);
        let before = hits.len();
        hits.extend(read(&kinds, &content.text, range, How::Words));
        if hits.len() == before
            && let Some(bare) = near::without_additions(&content.text, layout)
        {
            hits.extend(read(&kinds, bare, range, How::Edited));
        }
    }
    let struck = struck_labels(grid, &kinds, &hits);
    if !struck.is_empty() {
        hits.extend(struck);
        hits.sort_by_key(Hit::cell);
    }
    hits
}

/// Labels of which words are struck out, read with these words: the block below is still there.
fn struck_labels(grid: &Grid, kinds: &[(Kind, &Label)], hits: &[Hit]) -> Vec<Hit> {
    let mut found = Vec::new();
    for (cell, struck) in &grid.struck {
        let known = hits.binary_search_by_key(cell, Hit::cell).is_ok();
        if known || struck.raw.len() > LONGEST * 3 {
            continue;
        }
        found.extend(read(kinds, &struck.raw, grid.range(*cell), How::Words));
    }
    found
}

fn read(
    kinds: &[(Kind, &Label)],
    text: &str,
    range: CellRange,
    how: How,
) -> impl Iterator<Item = Hit> {
    let key = label_key(text);
    kinds.iter().filter_map(move |(kind, label)| {
        let found = label.matches(&key)?;
        Some(Hit {
            kind: *kind,
            range,
            year: found.year,
            half: found.half,
            how,
        })
    })
}
