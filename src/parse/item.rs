//! A located form, field by field, into the typed item sheet.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::text::fold;
use crate::model::{
    Activity, Carrier, CellRef, Field, Footnote, Form, FormId, FormMark, Grid, ItemSheet, Label,
    Layout, Phase, ReadAs, Reading, ScheduleSlot, Slot, StatusRow, StatusSlot, Text,
};

use super::kpi::kpis;
use super::{departments, footnotes, grade};

/// Parses every form of a sheet.
pub fn items(forms: &[Form], grid: &Grid, layout: &Layout) -> Vec<ItemSheet> {
    let items = forms.iter().map(|form| item(form, grid, layout));
    items.collect()
}

/// Parses every field of a form.
pub fn item(form: &Form, grid: &Grid, layout: &Layout) -> ItemSheet {
    let cells = Cells { grid };
    let kpis = kpis(form, &cells, layout);
    let (schedule, schedule_notes) = schedule(form, &cells);
    let mut unplaced: Vec<Text> = form
        .unplaced
        .iter()
        .map(|cell| cells.text(Some(*cell)))
        .collect();
    unplaced.extend(kpis.unplaced);
    let edited = form.readings.iter().map(|(cell, read_as)| Reading {
        cell: cells.text(Some(*cell)),
        read_as: read_as.clone(),
    });
    let mut readings: Vec<Reading> = edited.collect();
    readings.extend(kpis.readings);
    readings.extend(shared_results(form, &cells, layout));
    let labels = &layout.labels;
    // A label whose own cell is the field's holds the entry behind its words.
    let entry = |slot: Slot, label: &Label| {
        let text = cells.text(slot);
        let joined = form.readings.iter().any(|(cell, _)| Some(*cell) == slot);
        match label.entry_behind(text.text()).filter(|_| joined) {
            Some(behind) => Text::from_raw(Some(behind), text.place.clone()),
            None => text,
        }
    };
    ItemSheet {
        source: Arc::clone(&grid.source),
        year: known_label(form.year, &cells),
        half: known_label(form.half, &cells),
        number: cells.read(entry(form.number, &labels.number), item_number),
        priority: entry(form.priority, &labels.priority),
        title: entry(form.title, &labels.title),
        departments: cells.read(entry(form.departments, &labels.departments), departments),
        content: entry(form.content, &labels.content),
        effects: entry(form.effects, &labels.effects),
        has_spans: has_spans(form, grid),
        schedule,
        schedule_notes,
        kpis: kpis.kpis,
        status: form
            .status
            .iter()
            .map(|row| StatusRow {
                plan: cells.text(row.plan),
                first_half: cells.text(row.first_half),
                second_half: cells.text(row.second_half),
            })
            .collect(),
        grade: cells.read(whole_grade(form, &cells), |text| {
            Some(grade(text, layout, 0))
        }),
        axes: layout.axis_names(),
        further_grades: (1..)
            .zip(&form.further_grades)
            .map(|(axis, slot)| cells.field(*slot, |text| Some(grade(text, layout, axis))))
            .collect(),
        comment: cells.text(form.comment),
        action: cells.text(form.action),
        footnotes: form
            .footnotes
            .iter()
            .flat_map(|cell| cell_footnotes(*cell, &cells))
            .collect(),
        unplaced,
        missing_blocks: form.missing.clone(),
        readings,
        marks: marks(form, &cells),
        anchor: form.anchor,
    }
}

/// Reads fields out of a sheet.
pub(super) struct Cells<'a> {
    grid: &'a Grid,
}

impl Cells<'_> {
    /// The text of a cell.
    pub(super) fn text(&self, slot: Slot) -> Text {
        let raw = slot.and_then(|cell| self.grid.text(cell));
        Text::from_raw(raw, slot.map(|cell| self.grid.place(cell)))
    }

    /// How many rows a cell is merged over.
    pub(super) fn rows(&self, cell: CellRef) -> u32 {
        self.grid.range(cell).rows()
    }

    /// What a cell's text is read as.
    pub(super) fn field<T>(&self, slot: Slot, read: impl Fn(&str) -> Option<T>) -> Field<T> {
        self.read(self.text(slot), read)
    }

    fn read<T>(&self, text: Text, read: impl Fn(&str) -> Option<T>) -> Field<T> {
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
    let known = [
        "",
        "No",
        "No.",
        "NO",
        "NO.",
        "no",
        "no.",
        "取組",
        "取組番号",
        "取組番号:",
        "取組No",
        "取組No.",
        "番号",
        "第",
        "#",
        "(",
    ]
    .contains(&prefix);
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    let tail = ["", ".", ")", "号", "番", ".0"].contains(&&digits[end..]);
    (known && tail)
        .then(|| digits[..end].parse().ok())
        .flatten()
}

/// The 評価区分 with its mark and its words, which may stand in two cells.
fn whole_grade(form: &Form, cells: &Cells<'_>) -> Text {
    let text = cells.text(form.grade);
    let beside = cells.text(form.grade_beside);
    if beside.is_blank() {
        return text;
    }
    let whole = format!("{} {}", text.text().trim(), beside.text().trim());
    Text::from_raw(Some(&whole), text.place)
}

fn schedule(form: &Form, cells: &Cells<'_>) -> (Vec<Activity>, Vec<Text>) {
    let mut activities = Vec::with_capacity(form.schedule.len());
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

/// What says which form it is: what is printed on it, and the name of its number's cell.
fn marks(form: &Form, cells: &Cells<'_>) -> Vec<FormMark> {
    let printed = form.ids.iter().map(|cell| {
        let cell = cells.text(Some(*cell));
        FormMark {
            carrier: Carrier::Printed,
            id: FormId::of_cell(cell.text()),
            cell,
        }
    });
    let of_number = |cell: &CellRef| form.number.is_none_or(|number| number == *cell);
    let names = cells.grid.names.iter().filter_map(|(name, cell)| {
        let (id, field) = FormId::of_name(name)?;
        (field == "number" && of_number(cell)).then(|| FormMark {
            carrier: Carrier::Name,
            id: Some(id),
            cell: Text::of_words(name.into(), Some(cells.grid.place(*cell))),
        })
    });
    printed.chain(names).collect()
}

/// The results that are merged over two columns, or over several rows, and were read as each.
fn shared_results(form: &Form, cells: &Cells<'_>, layout: &Layout) -> Vec<Reading> {
    let labels = [
        &layout.labels.plan,
        &layout.labels.first_half,
        &layout.labels.second_half,
    ];
    let name = |at: usize| labels[at].plain().replace('\n', "");
    let slots = |row: &StatusSlot| [row.plan, row.first_half, row.second_half];
    let mut fields: BTreeMap<CellRef, Vec<String>> = BTreeMap::new();
    for row in &form.status {
        for (at, cell) in slots(row).into_iter().enumerate() {
            if let Some(cell) = cell {
                fields.entry(cell).or_default().push(name(at));
            }
        }
    }
    fields.retain(|_, names| names.len() > 1);
    let shared = fields.into_iter().map(|(cell, names)| Reading {
        cell: cells.text(Some(cell)),
        read_as: ReadAs::Each(names),
    });
    shared.filter(|reading| !reading.cell.is_blank()).collect()
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
            ("⑦", 7),
            ("№７", 7),
            ("取組No.7", 7),
            ("\u{200B}０７\u{3000}", 7),
        ] {
            assert_eq!(item_number(text), Some(number), "{text}");
        }
        for text in ["", "一", "1-2", "1、2", "約1", "99999999999"] {
            assert_eq!(item_number(text), None, "{text}");
        }
    }
}
