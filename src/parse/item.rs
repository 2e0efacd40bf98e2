//! A located form, field by field, into the typed item sheet.

use std::sync::Arc;

use crate::model::text::fold;
use crate::model::{
    Activity, Baseline, CellRef, Field, FiscalYear, Footnote, Form, Grid, ItemSheet, Kpi, KpiSlot,
    KpiYear, Layout, Measure, Phase, ScheduleSlot, Slot, StatusRow, Text,
};

use super::{baseline, departments, footnotes, grade, measure, split_name};

/// Parses every field of a form.
pub fn item(form: &Form, grid: &Grid, layout: &Layout) -> ItemSheet {
    let cells = Cells { grid };
    let (kpis, stray_notes) = kpis(form, &cells);
    let (schedule, schedule_notes) = schedule(form, &cells);
    let mut unplaced: Vec<Text> = form
        .unplaced
        .iter()
        .map(|cell| cells.text(Some(*cell)))
        .collect();
    unplaced.extend(stray_notes);
    ItemSheet {
        source: Arc::clone(&grid.source),
        year: known_label(form.year, &cells),
        half: known_label(form.half, &cells),
        number: cells.field(form.number, item_number),
        priority: cells.text(form.priority),
        title: cells.text(form.title),
        departments: cells.field(form.departments, departments),
        content: cells.text(form.content),
        effects: cells.text(form.effects),
        has_spans: has_spans(form, grid),
        schedule,
        schedule_notes,
        kpis,
        status: form
            .status
            .iter()
            .map(|row| StatusRow {
                plan: cells.text(row.plan),
                first_half: cells.text(row.first_half),
                second_half: cells.text(row.second_half),
            })
            .collect(),
        grade: cells.field(form.grade, |text| Some(grade(text, layout))),
        comment: cells.text(form.comment),
        action: cells.text(form.action),
        footnotes: form
            .footnotes
            .iter()
            .flat_map(|cell| cell_footnotes(*cell, &cells))
            .collect(),
        unplaced,
        missing_blocks: form.missing.clone(),
        anchor: form.anchor,
    }
}

/// Reads fields out of a sheet.
struct Cells<'a> {
    grid: &'a Grid,
}

impl Cells<'_> {
    fn text(&self, slot: Slot) -> Text {
        let raw = slot.and_then(|cell| self.grid.text(cell));
        Text::from_raw(raw, slot.map(|cell| self.grid.place(cell)))
    }

    fn field<T>(&self, slot: Slot, read: impl Fn(&str) -> Option<T>) -> Field<T> {
        let text = self.text(slot);
        let Some(raw) = text.raw else {
            return Field::blank(text.place);
        };
        match read(&raw) {
            Some(value) => Field::known(value, raw, text.place),
            None => Field::unreadable(raw, text.place),
        }
    }
}

fn known_label<T: Copy>(found: Option<(T, CellRef)>, cells: &Cells<'_>) -> Field<T> {
    match found {
        Some((value, cell)) => {
            let text = cells.text(Some(cell));
            let place = text.place.clone();
            Field::known(value, text.text(), place)
        }
        None => Field::blank(None),
    }
}

/// Reads an item's number: `1`, `１`, `No.1`, `取組1`.
pub(super) fn item_number(text: &str) -> Option<u32> {
    let folded = fold(text);
    let digits = folded.trim_start_matches(|c: char| !c.is_ascii_digit());
    let prefix = &folded[..folded.len() - digits.len()];
    let known = ["", "No", "No.", "NO", "NO.", "no.", "取組", "第", "#", "("].contains(&prefix);
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    let tail = ["", ".", ")", "号", "番", ".0"].contains(&&digits[end..]);
    (known && tail)
        .then(|| digits[..end].parse().ok())
        .flatten()
}

fn schedule(form: &Form, cells: &Cells<'_>) -> (Vec<Activity>, Vec<Text>) {
    let mut activities = Vec::new();
    let mut notes = Vec::new();
    for slot in &form.schedule {
        match slot {
            ScheduleSlot::Note(cell) => notes.push(cells.text(Some(*cell))),
            ScheduleSlot::Activity { name, phases } => activities.push(Activity {
                name: cells.text(Some(*name)),
                phases: phases
                    .iter()
                    .map(|(cell, from, to)| Phase {
                        from: *from,
                        to: *to,
                        text: cells.text(Some(*cell)),
                    })
                    .collect(),
            }),
        }
    }
    (activities, notes)
}

fn has_spans(form: &Form, grid: &Grid) -> bool {
    form.schedule.iter().any(|slot| match slot {
        ScheduleSlot::Activity { phases, .. } => phases
            .iter()
            .any(|(cell, from, to)| from < to && grid.range(*cell).columns() > 1),
        ScheduleSlot::Note(_) => false,
    })
}

/// The KPIs, and notes that stand above the first of them.
fn kpis(form: &Form, cells: &Cells<'_>) -> (Vec<Kpi>, Vec<Text>) {
    let mut kpis: Vec<Kpi> = Vec::new();
    let mut stray = Vec::new();
    for slot in &form.kpis {
        let note = match slot {
            KpiSlot::Note(cell) => *cell,
            KpiSlot::Kpi {
                name,
                years,
                uncertain,
                two_storeys,
            } => {
                let mut kpi = kpi(*name, years, cells);
                if *two_storeys {
                    kpi.years
                        .iter_mut()
                        .for_each(|year| both_storeys(year, &kpi.name));
                }
                // Without values and without a merge that tells, only a baseline makes it a KPI.
                if !uncertain
                    || kpi
                        .baseline
                        .get()
                        .is_some_and(|baseline| baseline.as_of.is_some())
                {
                    kpis.push(kpi);
                    continue;
                }
                *name
            }
        };
        match kpis.last_mut() {
            Some(kpi) => kpi.notes.push(cells.text(Some(note))),
            None => stray.push(cells.text(Some(note))),
        }
    }
    (kpis, stray)
}

fn kpi(name: CellRef, years: &[(FiscalYear, Slot, Slot)], cells: &Cells<'_>) -> Kpi {
    let cell = cells.text(Some(name));
    let (name, base) = split_name(cell.text());
    Kpi {
        name: Text::from_raw(Some(&name), cell.place.clone()),
        baseline: baseline_field(base, &cell),
        years: years
            .iter()
            .map(|(year, actual, target)| KpiYear {
                year: *year,
                actual: value(*actual, cells),
                target: value(*target, cells),
            })
            .collect(),
        notes: Vec::new(),
    }
}

/// Sees to both storeys of a year: a cell that was deleted is a blank value at the KPI's name, and
/// two values typed into the upper cell, one below the other, are the two storeys' values.
fn both_storeys(year: &mut KpiYear, name: &Text) {
    let (Some(actual), Some(target)) = (&mut year.actual, &mut year.target) else {
        let blank = || Some(Field::blank(name.place.clone()));
        year.actual = year.actual.take().or_else(blank);
        year.target = year.target.take().or_else(blank);
        return;
    };
    if !target.is_blank() || actual.is_blank() || actual.get().is_some() {
        return;
    }
    if let Some([(above, upper), (below, lower)]) = cut_in_two(actual.text()) {
        let place = actual.place.clone();
        *actual = Field::known(above, upper, place.clone());
        *target = Field::known(below, lower, place);
    }
}

/// Cuts lines into two values: in the middle if both halves can be read, else at the only place
/// where both sides can.
fn cut_in_two(text: &str) -> Option<[(Measure, String); 2]> {
    let lines: Vec<&str> = text.lines().collect();
    let cut = |at: usize| {
        let read = |lines: &[&str]| {
            let text = lines.join("\n");
            measure(&text).map(|value| (value, text))
        };
        Some([read(&lines[..at])?, read(&lines[at..])?])
    };
    let middle = lines.len() / 2;
    if lines.len().is_multiple_of(2)
        && let Some(halves) = cut(middle)
    {
        return Some(halves);
    }
    let mut cuts = (1..lines.len()).filter_map(cut);
    let only = cuts.next();
    only.filter(|_| cuts.next().is_none())
}

fn baseline_field(raw: Option<String>, cell: &Text) -> Field<Baseline> {
    let Some(raw) = raw else {
        return Field::blank(cell.place.clone());
    };
    match baseline(&raw) {
        Some(value) => Field::known(value, raw, cell.place.clone()),
        None => Field::unreadable(raw, cell.place.clone()),
    }
}

fn value(slot: Slot, cells: &Cells<'_>) -> Option<Field<Measure>> {
    slot.map(|cell| cells.field(Some(cell), measure))
}

fn cell_footnotes(cell: CellRef, cells: &Cells<'_>) -> Vec<Footnote> {
    let text = cells.text(Some(cell));
    footnotes(text.text())
        .into_iter()
        .map(|(mark, term, explanation)| Footnote {
            mark,
            term,
            text: explanation,
            cell: text.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn item_numbers_in_the_spellings_that_occur() {
        for (text, number) in [
            ("1", 1),
            ("１", 1),
            ("12", 12),
            ("No.3", 3),
            ("Ｎｏ．３", 3),
            ("取組4", 4),
            ("(5)", 5),
            ("6.0", 6),
        ] {
            assert_eq!(item_number(text), Some(number), "{text}");
        }
        for text in ["", "一", "1-2", "1、2", "約1", "99999999999"] {
            assert_eq!(item_number(text), None, "{text}");
        }
    }
}
