//! The plan: read from a workbook or from tidy tables, and written as a workbook of its own.

use crate::gather::{self, Clash};
use crate::model::{
    Book, Cover, Grid, ItemSheet, Kpi, Layout, OfficialBook, Text, Tidy, TidyColumn, Volume,
};
use crate::read::{Limits, ReadError};
use crate::{parse, write};

use super::{MergeError, official, official_workbook};

/// What one file says of a plan.
#[derive(Clone, Debug, Default)]
pub struct PlanPart {
    /// What stands in it in the official layout.
    pub book: OfficialBook,
    /// What its tidy tables say of the items.
    tables: Vec<ItemSheet>,
    /// 市, where a table names it.
    city: Option<String>,
    /// What must be put right in its tables.
    faults: Vec<PlanFault>,
}

/// What must be put right in a plan's tables before it can be worked with: nothing of a plan is
/// guessed or left out.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanFault {
    /// A cell is not what its column holds.
    Unreadable(TidyColumn, Text),
    /// A cell says something else than another one of its item, or stands in no column.
    Left(Option<TidyColumn>, Text),
    /// A baseline that could not be told from its KPI's name, with which it shares a cell.
    Baseline(Text),
    /// Two cells say different things of one field.
    Clash(Clash),
}

impl PlanFault {
    /// The cell that is to be put right.
    pub fn cell(&self) -> &Text {
        match self {
            Self::Unreadable(_, cell) | Self::Left(_, cell) | Self::Baseline(cell) => cell,
            Self::Clash(clash) => &clash.other,
        }
    }
}

/// Reads one file of a plan: a workbook in the official layout, or tidy tables.
///
/// # Errors
/// What [`crate::read::workbook`] says of the file.
pub fn plan_part(
    name: &str,
    bytes: Vec<u8>,
    layout: &Layout,
    limits: &Limits,
) -> Result<PlanPart, ReadError> {
    let mut part = PlanPart::default();
    let take = |_: &mut OfficialBook, table: &Tidy, grid: &Grid| part.take(table, grid, layout);
    let book = official::book(name, &bytes, layout, limits, take)?;
    Ok(PlanPart { book, ..part })
}

impl PlanPart {
    fn take(&mut self, table: &Tidy, grid: &Grid, layout: &Layout) {
        let mistakes = parse::tidy_mistakes(table, grid, layout);
        let rows: Vec<u32> = mistakes
            .iter()
            .filter_map(|mistake| Some(mistake.cell.place.as_ref()?.cell.row))
            .collect();
        let unreadable = mistakes
            .into_iter()
            .map(|mistake| PlanFault::Unreadable(mistake.column, mistake.cell));
        self.faults.extend(unreadable);
        for mut sheet in parse::tidy(table, grid, layout) {
            let left = std::mem::take(&mut sheet.unplaced).into_iter();
            // A row that cannot be understood is left as a whole; its first mistake tells of it.
            let told = |cell: &Text| {
                let place = cell.place.as_ref();
                place.is_some_and(|place| rows.contains(&place.cell.row))
            };
            let left = left.filter(|cell| !told(cell)).map(|cell| {
                let place = cell.place.as_ref();
                let column = place.map(|place| place.cell.column);
                let mut columns = table.columns.iter();
                let known = columns.find(|(_, at)| Some(*at) == column);
                PlanFault::Left(known.map(|(column, _)| *column), cell)
            });
            self.faults.extend(left);
            if layout.item.baseline_columns == 0 {
                self.faults
                    .extend(sheet.kpis.iter().filter_map(hidden_baseline));
            }
            self.tables.push(sheet);
        }
        self.city = self.city.take().or(parse::tidy_city(table, grid));
    }
}

/// A KPI's name and baseline that would be read otherwise out of one cell.
fn hidden_baseline(kpi: &Kpi) -> Option<PlanFault> {
    let (name, base) = (kpi.name.text().trim(), kpi.baseline.text().trim());
    let cell = format!("{name}\n{base}");
    let (read_name, read_base) = parse::split_name(cell.trim());
    if (read_name.as_str(), read_base.as_deref().unwrap_or("")) == (name, base) {
        return None;
    }
    let place = kpi.baseline.place.clone().or(kpi.name.place.clone());
    let text = if base.is_empty() { name } else { base };
    Some(PlanFault::Baseline(Text::from_raw(Some(text), place)))
}

/// Puts the files of a plan together; `file` is what the plan is called.
pub fn plan_of(file: &str, parts: Vec<PlanPart>) -> (OfficialBook, Vec<PlanFault>) {
    let mut books = Vec::with_capacity(parts.len());
    let (mut tables, mut faults) = (Vec::new(), Vec::new());
    let mut city = None;
    for part in parts {
        books.push(part.book);
        tables.extend(part.tables);
        faults.extend(part.faults);
        city = city.or(part.city);
    }
    let (mut plan, clashes) = gather::plan_of_tables(file, tables);
    faults.extend(clashes.into_iter().map(PlanFault::Clash));
    for book in books {
        plan.items.extend(book.items);
        plan.index.extend(book.index);
        plan.damaged.extend(book.damaged);
        plan.overlaps.extend(book.overlaps);
        plan.hidden.extend(book.hidden);
        plan.volumes.extend(book.volumes);
        if book.volume != Volume::Whole {
            plan.volume = book.volume;
        }
        if book.cover != Cover::default() {
            plan.cover = book.cover;
        }
    }
    plan.cover.city = plan.cover.city.or(city);
    (plan, faults)
}

/// Writes the book of a plan as a workbook in the official layout, its plan fields alone, and reads
/// it back.
///
/// # Errors
/// As [`super::merged`].
pub fn plan_workbook(plan: &Book, stamp: write::Stamp) -> Result<Vec<u8>, MergeError> {
    official_workbook(plan, write::Edition::Plan, stamp)
}
