//! Where a finding shows on the sheets that are written.

use std::collections::BTreeMap;

use crate::model::{Book, BookItem, CellRef, Finding, Level, Place};

use super::draft::Draft;
use super::style::Fill;

/// Findings by the cells they show in.
pub(super) struct Marks {
    names: Vec<String>,
    items: BTreeMap<u32, usize>,
    cells: BTreeMap<Place, (usize, CellRef)>,
    fills: BTreeMap<(usize, CellRef), Fill>,
    tabs: BTreeMap<usize, Fill>,
}

impl Marks {
    /// Finds the cell of every finding on the drafts; where a place shows on two of them, the first
    /// counts. `items` are the drafts of items by number.
    pub(super) fn new(
        book: &Book,
        findings: &[Finding],
        drafts: &[&Draft],
        items: BTreeMap<u32, usize>,
    ) -> Self {
        let mut cells = BTreeMap::new();
        for (at, draft) in drafts.iter().enumerate() {
            for placed in &draft.cells {
                for place in &placed.piece.origins {
                    let first = (at, placed.range.first);
                    cells.entry(place.clone()).or_insert(first);
                }
            }
        }
        for (returned, official) in book.items.iter().flat_map(|item| &item.twins) {
            if let Some(cell) = cells.get(official).copied() {
                cells.entry(returned.clone()).or_insert(cell);
            }
        }
        let mut marks = Self {
            names: drafts.iter().map(|draft| draft.name.clone()).collect(),
            items,
            cells,
            fills: BTreeMap::new(),
            tabs: BTreeMap::new(),
        };
        marks.tabs = marks.open_items(book);
        for finding in findings
            .iter()
            .filter(|finding| finding.acknowledged.is_none())
        {
            let Some(fill) = shade(finding) else { continue };
            let item = finding.item.and_then(|number| marks.items.get(&number));
            if let Some(at) = item.copied() {
                let old = marks.tabs.entry(at).or_insert(fill);
                *old = fill.max(*old);
            }
            for cell in marks.cells_of(finding) {
                let old = marks.fills.entry(cell).or_insert(fill);
                *old = fill.max(*old);
            }
        }
        marks
    }

    /// The colour of an item's tab: something is missing, something is to be asked, or nothing is left.
    pub(super) fn tab(&self, draft: usize) -> Option<Fill> {
        self.tabs.get(&draft).copied()
    }

    /// Items that nobody has returned are missing whole.
    fn open_items(&self, book: &Book) -> BTreeMap<usize, Fill> {
        let open = |item: &&BookItem| book.standing(item).is_open();
        let open = book.items.iter().filter(open);
        let at = open.filter_map(|item| self.items.get(&item.number()));
        at.map(|at| (*at, Fill::Missing)).collect()
    }

    /// The shading of a draft's cell, where a finding shows in it.
    pub(super) fn fill(&self, draft: usize, cell: CellRef) -> Option<Fill> {
        self.fills.get(&(draft, cell)).copied()
    }

    /// Where the report's row of a finding leads: its first cell, else its item's sheet.
    pub(super) fn target(&self, finding: &Finding) -> Option<(String, CellRef)> {
        let found = self.cells_of(finding).into_iter().next();
        let sheet = finding.item.and_then(|number| self.items.get(&number));
        let (at, cell) = found.or_else(|| Some((*sheet?, CellRef::new(0, 0))))?;
        Some((self.names.get(at)?.clone(), cell))
    }

    /// The sheet and the cell in which the text of a place shows.
    pub(super) fn shown(&self, place: &Place) -> Option<(&str, CellRef)> {
        let (at, cell) = self.cells.get(place)?;
        Some((self.names.get(*at)?, *cell))
    }

    /// The drafts and the cells in which a finding shows.
    pub(super) fn cells_of(&self, finding: &Finding) -> Vec<(usize, CellRef)> {
        let Some(place) = &finding.place else {
            return Vec::new();
        };
        let others = finding.cells.iter().filter(|cell| **cell != place.cell);
        std::iter::once(&place.cell)
            .chain(others)
            .filter_map(|cell| {
                let place = Place {
                    source: place.source.clone(),
                    cell: *cell,
                };
                self.cells.get(&place).copied()
            })
            .collect()
    }
}

/// Missing entries are shaded in one way, what is wrong or doubtful in another.
fn shade(finding: &Finding) -> Option<Fill> {
    match finding.level {
        Level::Error | Level::Warning if finding.code.starts_with('N') => Some(Fill::Missing),
        Level::Error | Level::Warning => Some(Fill::Question),
        Level::Info => None,
    }
}
