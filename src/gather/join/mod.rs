//! Several returns of one item put together: what one leaves blank another may fill.
//!
//! Of each field the preferred return that fills it counts, with its own place; what another says
//! against it is noted, not judged.

mod frame;
mod kpis;
mod lists;
mod pick;
mod status;

#[cfg(test)]
mod tests;

use crate::model::text::label_key;
use crate::model::{
    Blanked, Choice, Conflict, FieldName, ItemSheet, KpiMatch, Place, Return, kpi_matches,
};

use frame::Tops;
use pick::{Picker, same_grade};

/// What returns are together.
pub(super) struct Together {
    pub sheet: ItemSheet,
    pub conflicts: Vec<Conflict>,
    pub blanked: Vec<Blanked>,
    /// The returns that say exactly what the joined sheet says.
    pub equal: Vec<usize>,
    /// Places of fields → places of the fields that were taken in their stead.
    pub twins: Vec<(Place, Place)>,
}

/// A return that is joined with others.
struct Part<'a> {
    /// Its index among the item's returns.
    at: usize,
    sheet: &'a ItemSheet,
    hands: &'a [String],
    kpis: Vec<KpiMatch>,
    /// Whether it has the cells of a whole form, so that what is blank could have been filled.
    is_whole: bool,
    /// Where its blocks begin, such that their rows can be compared with the first return's.
    tops: Tops,
}

/// Joins the returns of an item, the first being the preferred; there is at least one.
pub(super) fn join(
    plan: &ItemSheet,
    returns: &[Return],
    order: &[usize],
    between: impl Fn(&Return, &Return) -> Choice,
) -> Together {
    let parts: Vec<Part<'_>> = order
        .iter()
        .map(|at| part(plan, &returns[*at], *at, &returns[order[0]].sheet))
        .collect();
    let mut picker = Picker::new(&parts);
    let sheet = sheet(&mut picker, &parts);
    Together {
        conflicts: picker.conflicts(returns, between),
        blanked: picker.blanked(),
        equal: picker.equal(),
        twins: picker.twins,
        sheet,
    }
}

fn part<'a>(plan: &ItemSheet, returned: &'a Return, at: usize, first: &ItemSheet) -> Part<'a> {
    let sheet = &returned.sheet;
    let cells = [
        sheet.grade.place.is_some(),
        sheet.comment.place.is_some(),
        sheet.action.place.is_some(),
    ];
    Part {
        at,
        sheet,
        hands: &returned.departments,
        kpis: kpi_matches(&plan.kpis, &sheet.kpis),
        is_whole: cells.iter().all(|cell| *cell),
        tops: Tops::new(first, sheet),
    }
}

fn sheet(picker: &mut Picker<'_, '_>, parts: &[Part<'_>]) -> ItemSheet {
    use FieldName::{Action, Comment, Content, Departments, Effects, Number, Priority, Title};
    let first = parts[0].sheet;
    let mut sheet = first.clone();
    for part in &parts[1..] {
        if sheet.year.is_blank() {
            sheet.year = part.sheet.year.clone();
        }
        if sheet.half.is_blank() {
            sheet.half = part.sheet.half.clone();
        }
        sheet.unplaced.extend(part.sheet.unplaced.iter().cloned());
        let missing = &part.sheet.missing_blocks;
        let is_missing =
            |label: &String| missing.iter().any(|one| label_key(one) == label_key(label));
        sheet.missing_blocks.retain(is_missing);
    }
    // Where one has lost its merges, nothing can be said of the spans of all.
    let schedules = parts.iter().map(|part| part.sheet);
    let spans: Vec<bool> = schedules
        .filter(|sheet| !sheet.schedule.is_empty())
        .map(|sheet| sheet.has_spans)
        .collect();
    sheet.has_spans = !spans.is_empty() && spans.iter().all(|has| *has);
    sheet.number = picker.single(Number, PartialEq::eq, |sheet| &sheet.number);
    sheet.priority = picker.single(Priority, PartialEq::eq, |sheet| &sheet.priority);
    sheet.title = picker.single(Title, PartialEq::eq, |sheet| &sheet.title);
    sheet.departments = picker.single(Departments, PartialEq::eq, |sheet| &sheet.departments);
    sheet.content = picker.single(Content, PartialEq::eq, |sheet| &sheet.content);
    sheet.effects = picker.single(Effects, PartialEq::eq, |sheet| &sheet.effects);
    sheet.schedule = lists::schedule(picker, parts);
    let notes = lists::notes(picker, parts, |sheet| &sheet.schedule_notes);
    sheet.schedule_notes = notes;
    sheet.kpis = kpis::kpis(picker, parts);
    sheet.status = status::status(picker, parts);
    sheet.grade = picker.single(FieldName::Grade, same_grade, |sheet| &sheet.grade);
    for (axis, grade) in (1..).zip(&mut sheet.further_grades) {
        *grade = picker.single(FieldName::FurtherGrade { axis }, same_grade, |sheet| {
            sheet.grades().nth(axis).unwrap_or(&sheet.grade)
        });
    }
    sheet.comment = picker.single(Comment, PartialEq::eq, |sheet| &sheet.comment);
    sheet.action = picker.single(Action, PartialEq::eq, |sheet| &sheet.action);
    sheet.footnotes = lists::footnotes(picker, parts);
    sheet
}
