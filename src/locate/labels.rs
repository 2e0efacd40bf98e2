//! Finding label cells by what they say, in any spelling the layout knows.

use crate::model::text::label_key;
use crate::model::{CellRange, CellRef, FiscalYear, Grid, Half, Label, Layout};

use super::merges::Merges;

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

impl Kind {
    /// Tells whether the label heads a column of a table.
    pub(super) fn heads_a_column(self) -> bool {
        match self {
            Self::Activity
            | Self::ScheduleYear
            | Self::Kpi
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

/// A cell that reads like a label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) kind: Kind,
    pub(super) range: CellRange,
    pub(super) year: Option<FiscalYear>,
    pub(super) half: Option<Half>,
}

impl Hit {
    pub(super) fn cell(&self) -> CellRef {
        self.range.first
    }
}

fn kinds(layout: &Layout) -> [(Kind, &Label); 20] {
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
        let key = label_key(&content.text);
        for (kind, label) in kinds {
            if let Some(found) = label.matches(&key) {
                let range = grid.range(*cell);
                hits.push(Hit {
                    kind,
                    range,
                    year: found.year,
                    half: found.half,
                });
            }
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
        let key = label_key(&struck.raw);
        found.extend(kinds.iter().filter_map(|(kind, label)| {
            let label = label.matches(&key)?;
            Some(Hit {
                kind: *kind,
                range: grid.range(*cell),
                year: label.year,
                half: label.half,
            })
        }));
    }
    found
}
