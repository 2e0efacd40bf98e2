//! The plan alone: out of tidy tables, and as a book in which nothing was returned.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::text::{fold, mark_number, name_key};
use crate::model::{
    Book, Cover, Field, Footnote, ItemSheet, Kpi, Layout, OfficialBook, Period, Prefer, Text,
    Thresholds,
};

use super::{Parts, official};

/// Two cells of a plan's tables that say different things of one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// What was taken.
    pub taken: Text,
    /// What says otherwise.
    pub other: Text,
}

/// Puts the items of a plan's tables together, of which one has the KPIs and another the texts.
///
/// Entries are no part of a plan and are left out; sheets without a number are passed over.
pub fn plan_of_tables(file: &str, sheets: Vec<ItemSheet>) -> (OfficialBook, Vec<Clash>) {
    let mut items: BTreeMap<u32, ItemSheet> = BTreeMap::new();
    let mut clashes = Vec::new();
    for sheet in sheets {
        let Some(number) = sheet.number.get().copied() else {
            continue;
        };
        let sheet = without_entries(sheet);
        match items.get_mut(&number) {
            Some(item) => join(item, sheet, &mut clashes),
            None => {
                items.insert(number, sheet);
            }
        }
    }
    let plan = OfficialBook {
        file: file.to_owned(),
        items: items.into_values().collect(),
        ..OfficialBook::default()
    };
    (plan, clashes)
}

/// A KPI of which a table says nothing but its notes is none of the plan's.
fn without_entries(mut sheet: ItemSheet) -> ItemSheet {
    let is_planned = |kpi: &Kpi| !kpi.years.is_empty() || !kpi.baseline.is_blank();
    sheet.kpis.retain(is_planned);
    sheet
}

fn join(item: &mut ItemSheet, other: ItemSheet, clashes: &mut Vec<Clash>) {
    one_of(&mut item.priority, other.priority, clashes);
    one_of(&mut item.title, other.title, clashes);
    one_of(&mut item.departments, other.departments, clashes);
    one_of(&mut item.content, other.content, clashes);
    one_of(&mut item.effects, other.effects, clashes);
    if item.schedule.is_empty() {
        item.schedule = other.schedule;
        item.has_spans = other.has_spans;
    } else if let (Some(taken), Some(second)) = (item.schedule.first(), other.schedule.first()) {
        clashes.push(Clash {
            taken: taken.name.clone(),
            other: second.name.clone(),
        });
    }
    for kpi in other.kpis {
        let key = name_key(kpi.name.text());
        let mut known = item.kpis.iter();
        match known.find(|known| name_key(known.name.text()) == key) {
            Some(known) => clashes.push(Clash {
                taken: known.name.clone(),
                other: kpi.name,
            }),
            None => item.kpis.push(kpi),
        }
    }
    if item.footnotes.is_empty() {
        item.footnotes = other.footnotes;
    }
}

/// Takes what fills a field; two fillings that differ are a clash.
fn one_of<T>(field: &mut Field<T>, other: Field<T>, clashes: &mut Vec<Clash>) {
    if other.is_blank() {
        return;
    }
    if field.is_blank() {
        *field = other;
    } else if fold(field.text()) != fold(other.text()) {
        clashes.push(Clash {
            taken: Text::from_raw(field.raw.as_deref(), field.place.clone()),
            other: Text::from_raw(other.raw.as_deref(), other.place),
        });
    }
}

/// Makes the book of a plan alone: of each item its plan fields show, and the footnotes that explain
/// their marks. With a previous workbook the book knows which items are closed.
pub fn plan_book(
    plan: OfficialBook,
    previous: Option<OfficialBook>,
    period: Period,
    cover: Cover,
    layout: Layout,
) -> Book {
    let mut book = super::book(Parts {
        period,
        plan,
        previous,
        files: Vec::new(),
        cover,
        prefer: Prefer::default(),
        aliases: Vec::new(),
        layout,
        thresholds: Thresholds::default(),
        kpi_settings: Vec::new(),
    });
    for item in &mut book.items {
        item.official = official::sheet(&item.plan, None, &[], &book.years);
        item.official.footnotes = explaining(&item.plan);
    }
    book
}

/// The footnotes of the marks in an item's plan fields; footnotes of one cell stay together.
fn explaining(plan: &ItemSheet) -> Vec<Footnote> {
    let header = [&plan.priority, &plan.title, &plan.content, &plan.effects];
    let activities = plan.schedule.iter().flat_map(|activity| {
        let phases = activity.phases.iter().map(|phase| &phase.text);
        std::iter::once(&activity.name).chain(phases)
    });
    let kpis = plan.kpis.iter().map(|kpi| &kpi.name);
    let texts = header.into_iter().chain(activities).chain(kpis);
    let used: BTreeSet<u32> = texts.flat_map(|text| marks(text.text())).collect();
    let is_used = |note: &Footnote| {
        let number = note.mark.strip_prefix('※').and_then(mark_number);
        number.is_some_and(|(number, _)| used.contains(&number))
    };
    let cells: Vec<&Text> = {
        let notes = plan.footnotes.iter().filter(|note| is_used(note));
        notes.map(|note| &note.cell).collect()
    };
    let notes = plan.footnotes.iter();
    let kept = notes.filter(|note| cells.contains(&&note.cell));
    kept.cloned().collect()
}

/// The numbers of the marks in a text: 1 of (※1), 1 and 2 of (※1、2).
fn marks(text: &str) -> Vec<u32> {
    const BETWEEN: [char; 6] = ['、', ',', '，', '・', '※', ' '];
    let mut numbers = Vec::new();
    for (_, behind) in text.match_indices('※').map(|(at, _)| text.split_at(at)) {
        let mut rest = behind;
        while let Some((number, behind)) = rest.strip_prefix(BETWEEN).and_then(mark_number) {
            numbers.push(number);
            rest = behind;
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_of_a_text_is_known() {
        assert_eq!(marks("RPA(※1)とAI(※2、3)の活用※10"), [1, 2, 3, 10]);
        assert!(marks("※のある行").is_empty());
    }
}
