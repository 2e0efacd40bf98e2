//! The rows of `text.csv` into the texts of an item.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::text::{fold, name_key};
use crate::model::{
    Activity, Field, FiscalYear, Footnote, ItemSheet, Kpi, Layout, Phase, StatusRow, Text,
    TidyColumn as Column, TidyField,
};
use crate::parse::{footnotes, grade};

use super::row::Row;
use super::{both, read};

/// The texts of an item by field and row.
#[derive(Default)]
struct Texts {
    by_field: BTreeMap<(TidyField, u32), Text>,
    /// KPIs with notes, by their names' keys, with the cells that name them.
    kpis: Vec<(String, Text)>,
    known_kpis: BTreeSet<String>,
}

/// Reads the texts of an item; what contradicts, or is in no field, is left in its row.
pub(super) fn texts(rows: &mut [Row<'_>], item: &mut ItemSheet, layout: &Layout) {
    let mut found = Texts::default();
    for row in rows {
        reporting_year(row, item);
        found.take(row, layout);
    }
    let mut one = |field: TidyField| {
        let text = found.by_field.remove(&(field, 1));
        text.unwrap_or_else(|| Field::blank(None))
    };
    item.priority = one(TidyField::Priority);
    item.title = one(TidyField::Title);
    item.content = one(TidyField::Content);
    item.effects = one(TidyField::Effects);
    item.comment = one(TidyField::Comment);
    item.action = one(TidyField::Action);
    let mut grade_of = |axis| {
        let text = one(TidyField::Grade(axis));
        read(text, |text| Some(grade(text, layout, axis)))
    };
    let mut grades = (0..layout.axes.len().max(1)).map(&mut grade_of);
    item.grade = grades.next().unwrap_or_else(|| Field::blank(None));
    item.further_grades = grades.collect();
    item.axes = layout.axis_names();
    item.departments = both(&one(TidyField::Lead), &one(TidyField::Related));
    item.schedule_notes = found.every(&TidyField::ScheduleNote);
    item.schedule = found.schedule();
    item.has_spans = !item.schedule.is_empty();
    item.status = found.status();
    item.kpis = found.noted_kpis();
    let notes = found.every(&TidyField::Footnote);
    item.footnotes = notes.iter().flat_map(cell_footnotes).collect();
}

/// 年度 is the reporting year, which 期 tells too.
fn reporting_year(row: &mut Row<'_>, item: &mut ItemSheet) {
    let text = row.peek(Column::Year);
    if item.year.is_blank()
        && let Some(year) = FiscalYear::parse(text.text())
    {
        item.year = Field::known(year, text.text(), text.place.clone());
    }
    let known = item.year.get().copied();
    row.drop_if(Column::Year, |text| {
        known.is_some() && FiscalYear::parse(text) == known
    });
}

impl Texts {
    fn take(&mut self, row: &mut Row<'_>, layout: &Layout) {
        let number = fold(row.text(Column::Row));
        let number = match number.as_str() {
            "" => Some(1),
            number => number.parse().ok().filter(|number| *number > 0),
        };
        let field = TidyField::parse(row.text(Column::Field), layout);
        let (Some(number), Some(field)) = (number, field) else {
            return;
        };
        let (field, number) = if let TidyField::KpiNote(kpi) = field {
            let key = name_key(&kpi);
            if self.known_kpis.insert(key.clone()) {
                let place = row.peek(Column::Field).place;
                let name = Text::of_words(kpi.into(), place);
                self.kpis.push((key.clone(), name));
            }
            (TidyField::KpiNote(key), number)
        } else if field.has_rows() {
            (field, number)
        } else {
            (field, 1)
        };
        let key = (field, number);
        let said = fold(row.text(Column::Text));
        match self.by_field.get(&key) {
            Some(known) if !known.is_blank() => {
                if !said.is_empty() && fold(known.text()) != said {
                    return;
                }
            }
            Some(_) | None => {
                self.by_field.insert(key, row.peek(Column::Text));
            }
        }
        for column in [Column::Field, Column::Row, Column::Text] {
            row.take(column);
        }
    }

    /// The texts of every row of a field, in order; blank ones left out.
    fn every(&mut self, field: &TidyField) -> Vec<Text> {
        let rows = (field.clone(), 0)..=(field.clone(), u32::MAX);
        let rows = self.by_field.range(rows);
        let filled = rows.filter(|(_, text)| !text.is_blank());
        filled.map(|(_, text)| text.clone()).collect()
    }

    fn schedule(&self) -> Vec<Activity> {
        let mut activities: BTreeMap<u32, Activity> = BTreeMap::new();
        for ((field, row), text) in &self.by_field {
            let phase = field.phase();
            if phase.is_none() && *field != TidyField::Activity {
                continue;
            }
            let activity = activities.entry(*row).or_insert_with(|| Activity {
                name: Field::blank(None),
                phases: Vec::new(),
            });
            match phase {
                Some((from, to)) if !text.is_blank() => {
                    let text = text.clone();
                    activity.phases.push(Phase { from, to, text });
                }
                Some(_) => {}
                None => activity.name = text.clone(),
            }
        }
        activities.into_values().collect()
    }

    fn status(&self) -> Vec<StatusRow> {
        let columns = [TidyField::Plan, TidyField::FirstHalf, TidyField::SecondHalf];
        let of_status = |(field, _): &&(TidyField, u32)| columns.contains(field);
        let rows = self.by_field.keys().filter(of_status);
        let rows: BTreeSet<u32> = rows.map(|(_, row)| *row).collect();
        let text = |field: &TidyField, row: u32| {
            let text = self.by_field.get(&(field.clone(), row)).cloned();
            text.unwrap_or_else(|| Field::blank(None))
        };
        let [plan, first_half, second_half] = &columns;
        rows.into_iter()
            .map(|row| StatusRow {
                plan: text(plan, row),
                first_half: text(first_half, row),
                second_half: text(second_half, row),
            })
            .collect()
    }

    /// KPIs of which nothing is known here but their notes.
    fn noted_kpis(&mut self) -> Vec<Kpi> {
        let kpis = std::mem::take(&mut self.kpis).into_iter();
        kpis.map(|(key, name)| Kpi {
            name,
            baseline: Field::blank(None),
            years: Vec::new(),
            notes: self.every(&TidyField::KpiNote(key)),
        })
        .collect()
    }
}

fn cell_footnotes(cell: &Text) -> Vec<Footnote> {
    footnotes(cell.text())
        .into_iter()
        .map(|(mark, term, text)| Footnote {
            mark,
            term,
            text,
            cell: cell.clone(),
        })
        .collect()
}
