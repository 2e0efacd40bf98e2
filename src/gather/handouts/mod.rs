//! 配布様式: each lead department's items, filled in as far as the plan and earlier collections go.

mod open;
mod sent_back;

use crate::model::text::fold;
use crate::model::{
    Book, BookItem, Field, Footnote, Handout, HandoutItem, ItemSheet, Kpi, Measure, Period,
    StatusRow,
};

use super::official;

use open::open_fields;

pub use sent_back::sent_back;

/// Blank rows of the 実施状況 below those that are filled in.
const ROWS_TO_ADD: usize = 2;
/// Rows of the 実施状況 at least; where the 年次計画 has more activities, one for each.
const LEAST_ROWS: usize = 3;

/// The forms of every lead department that owes something, in the order of the plan.
pub fn handouts(book: &Book) -> Vec<Handout> {
    let of = |department: &String| {
        let own = |item: &&BookItem| !item.closed && item.is_led_by(department);
        let items = book.items.iter().filter(own);
        Handout {
            department: department.clone(),
            items: items.map(|item| blank_form(book, item)).collect(),
        }
    };
    let departments = book.departments.iter().map(|(name, _)| of(name));
    departments
        .filter(|handout| !handout.items.is_empty())
        .collect()
}

/// The form of an item that nobody has filled in yet.
fn blank_form(book: &Book, item: &BookItem) -> HandoutItem {
    let mut sheet = official::sheet(&item.plan, None, &[], &book.years);
    let autumn = autumn(book, item);
    for (kpi, plan) in sheet.kpis.iter_mut().zip(&item.plan.kpis) {
        let before = item.published(plan, None);
        carry_actuals(kpi, before, plan, book.period);
        if let Some(before) = before.filter(|_| autumn.is_some()) {
            kpi.notes.clone_from(&before.notes);
        }
    }
    let notes = [item.previous.as_deref(), Some(&item.plan)];
    let notes = notes.into_iter().flatten();
    let notes = notes.map(|sheet| &sheet.schedule_notes);
    if let Some(notes) = notes.into_iter().find(|notes| !notes.is_empty()) {
        sheet.schedule_notes.clone_from(notes);
    }
    sheet.footnotes = footnotes(item, autumn);
    sheet.status = status(book, item, autumn);
    let open = open_fields(book, item, &sheet, autumn.is_some());
    HandoutItem {
        number: item.number(),
        shared: shared(item),
        sheet,
        open,
    }
}

/// The item's lead departments, where there are several.
fn shared(item: &BookItem) -> Vec<String> {
    match item.lead() {
        [] | [_] => Vec::new(),
        leads => leads.to_vec(),
    }
}

/// The item as it was collected in this year's autumn.
fn autumn<'b>(book: &Book, item: &'b BookItem) -> Option<&'b ItemSheet> {
    let is_after = book.period.is_year_end() && book.follows_autumn();
    item.previous.as_deref().filter(|_| is_after)
}

/// The actuals of earlier years, as published, else as the plan's workbook has them. What the
/// autumn says of the reporting year is no year's value and stays behind.
fn carry_actuals(kpi: &mut Kpi, published: Option<&Kpi>, plan: &Kpi, period: Period) {
    let earlier = kpi.years.iter_mut();
    for values in earlier.filter(|values| values.year < period.year) {
        let actual = |kpi: &Kpi| kpi.year(values.year)?.actual.clone();
        let said = |field: &Field<Measure>| !field.is_blank();
        let known = published.and_then(actual).filter(said);
        values.actual = known
            .or_else(|| actual(plan).filter(said))
            .or_else(|| values.actual.clone());
    }
}

/// The autumn's footnotes; of an earlier year's only those that the plan's own texts refer to.
fn footnotes(item: &BookItem, autumn: Option<&ItemSheet>) -> Vec<Footnote> {
    if let Some(autumn) = autumn {
        return autumn.footnotes.clone();
    }
    let plan = &item.plan;
    let fields = plan.fields().into_iter();
    let of_plan = fields.filter(|field| field.name.is_of_plan());
    let texts: Vec<String> = of_plan.filter_map(|field| Some(fold(field.raw?))).collect();
    let used = |note: &&Footnote| {
        let mark = fold(&note.mark);
        texts.iter().any(|text| refers(text, &mark))
    };
    let known = [item.previous.as_deref(), Some(plan)];
    let mut known = known.into_iter().flatten().map(|sheet| {
        let notes = sheet.footnotes.iter().filter(used);
        notes.cloned().collect::<Vec<Footnote>>()
    });
    known.find(|notes| !notes.is_empty()).unwrap_or_default()
}

/// Tells whether a text has a mark: `※1` is not in `※12`.
fn refers(text: &str, mark: &str) -> bool {
    text.match_indices(mark).any(|(at, _)| {
        let behind = text[at + mark.len()..].chars().next();
        behind.is_none_or(|c| !c.is_ascii_digit())
    })
}

/// The rows of the 実施状況: at year-end as the autumn left them, else the aims that the plan's
/// workbook has for this year; and blank rows to add activities in.
fn status(book: &Book, item: &BookItem, autumn: Option<&ItemSheet>) -> Vec<StatusRow> {
    let year = item.plan.year.get().copied();
    let is_of_year = year.is_none_or(|year| year == book.period.year);
    let mut rows: Vec<StatusRow> = match autumn {
        Some(autumn) => {
            let rows = autumn.status.iter();
            let says = |row: &&StatusRow| !row.plan.is_blank() || !row.first_half.is_blank();
            let rows = rows.filter(says);
            let rows = rows.map(|row| StatusRow {
                second_half: Field::blank(None),
                ..row.clone()
            });
            rows.collect()
        }
        None if is_of_year => {
            let aims = item.plan.status.iter();
            let aims = aims.filter(|row| !row.plan.is_blank());
            aims.map(|row| StatusRow {
                plan: row.plan.clone(),
                ..blank_row()
            })
            .collect()
        }
        None => Vec::new(),
    };
    add_blank_rows(&mut rows, item.plan.schedule.len());
    rows
}

/// Adds rows in which activities can be added.
fn add_blank_rows(rows: &mut Vec<StatusRow>, activities: usize) {
    let least = activities.max(LEAST_ROWS);
    let count = (rows.len() + ROWS_TO_ADD).max(least);
    rows.resize_with(count, blank_row);
}

fn blank_row() -> StatusRow {
    StatusRow {
        plan: Field::blank(None),
        first_half: Field::blank(None),
        second_half: Field::blank(None),
    }
}
