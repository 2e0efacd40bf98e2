//! The KPIs of a form: names, baselines and values, also where several stand in one cell.

use std::collections::BTreeMap;

use crate::model::{
    Baseline, CellRef, Field, FiscalYear, Form, Kpi, KpiSlot, KpiYear, Layout, Measure, ReadAs,
    Reading, Slot, Storeys, Text,
};

use super::item::Cells;
use super::storey::{Storey, both, own};
use super::{baseline, measure, split_name};

/// What a KPI block says.
#[derive(Default)]
pub(super) struct Kpis {
    /// The KPIs with their notes.
    pub(super) kpis: Vec<Kpi>,
    /// Notes above the first KPI, and values of which nobody can tell where they belong.
    pub(super) unplaced: Vec<Text>,
    /// How cells were read that are merged over several values.
    pub(super) readings: Vec<Reading>,
}

/// Reads the KPIs and the notes below each.
pub(super) fn kpis(form: &Form, cells: &Cells<'_>, layout: &Layout) -> Kpis {
    let mut found = Kpis::default();
    let shared = shared(form, cells, layout, &mut found);
    for slot in &form.kpis {
        let note = match slot {
            KpiSlot::Note(cell) => *cell,
            KpiSlot::Kpi {
                name,
                baseline,
                baseline_head,
                years,
                uncertain,
                storeys,
            } => {
                let (name_field, own_baseline) = name_and_baseline(*name, cells);
                let mut kpi = Kpi {
                    name: name_field,
                    baseline: own_baseline,
                    years: years_of(years, cells, &shared),
                    notes: Vec::new(),
                };
                let apart = cells.text(*baseline);
                let has_column = layout.item.baseline_columns > 0;
                if has_column && kpi.baseline.is_blank() && apart.place.is_some() {
                    kpi.baseline = Field::blank(apart.place.clone());
                }
                if !apart.is_blank() {
                    // Where the layout has the column, a value in it needs no words to be one.
                    let read = match has_column && kpi.baseline.is_blank() {
                        true => Some(baseline_field(apart.text().to_owned(), &apart)),
                        false => baseline_apart(&kpi, &apart, cells.text(*baseline_head)),
                    };
                    match read {
                        Some(field) => kpi.baseline = field,
                        None => found.unplaced.push(apart),
                    }
                }
                for year in &mut kpi.years {
                    if let Some(cell) = both_storeys(year, &kpi.name, *storeys) {
                        let value = |storey| name_of(&(0, year.year, storey), layout);
                        let names = [Storey::Actual, Storey::Target].map(value);
                        found.readings.push(Reading {
                            cell,
                            read_as: ReadAs::Each(names.to_vec()),
                        });
                    }
                }
                // Without values and without a merge that tells, only a baseline makes it a KPI.
                let dated = |baseline: &Baseline| baseline.as_of.is_some();
                if !uncertain || kpi.baseline.get().is_some_and(dated) {
                    found.kpis.push(kpi);
                    continue;
                }
                *name
            }
        };
        match found.kpis.last_mut() {
            Some(kpi) => kpi.notes.push(cells.text(Some(note))),
            None => found.unplaced.push(cells.text(Some(note))),
        }
    }
    found.kpis.shrink_to_fit();
    found
}

fn name_and_baseline(cell: CellRef, cells: &Cells<'_>) -> (Text, Field<Baseline>) {
    let cell = cells.text(Some(cell));
    let (name, raw) = split_name(cell.text());
    let name = Text::from_raw(Some(&name), cell.place.clone());
    let baseline = match raw {
        Some(raw) => baseline_field(raw, &cell),
        None => Field::blank(cell.place),
    };
    (name, baseline)
}

fn baseline_field(raw: String, cell: &Text) -> Field<Baseline> {
    match baseline(&raw) {
        Some(value) => Field::known(value, raw, cell.place.clone()),
        None => Field::unreadable(raw, cell.place.clone()),
    }
}

/// The baseline of a cell of its own, as it would be typed below the name: with the words of its
/// column's head where it is a bare value.
fn baseline_apart(kpi: &Kpi, cell: &Text, head: Text) -> Option<Field<Baseline>> {
    let typed = cell.text().trim();
    let head: String = head.text().split_whitespace().collect();
    let name = kpi.name.text();
    let mut ways = vec![typed.to_owned()];
    if !head.is_empty() {
        ways.push(format!("{head}：{typed}"));
    }
    let below_name = |raw: &String| {
        let read = split_name(&format!("{name}\n{raw}"));
        kpi.baseline.is_blank() && read == (name.to_owned(), Some(raw.clone()))
    };
    let raw = ways.into_iter().find(below_name)?;
    Some(baseline_field(raw, cell))
}

/// What is to be done with a cell that is merged over several values.
enum Verdict {
    /// It says the actual and the target of a year: the actual first.
    Both(Box<[(Measure, String); 2]>),
    /// It says the same of each.
    Each,
    /// Nobody can tell which of the values it is.
    Undecided,
}

/// Where a value stands in the form.
type Value = (usize, FiscalYear, Storey);

/// The filled cells that stand for several values, each with what is to be done with it.
fn shared(
    form: &Form,
    cells: &Cells<'_>,
    layout: &Layout,
    found: &mut Kpis,
) -> BTreeMap<CellRef, Verdict> {
    let mut values: BTreeMap<CellRef, Vec<Value>> = BTreeMap::new();
    let mut orders = Vec::new();
    for (at, slot) in form.kpis.iter().enumerate() {
        let KpiSlot::Kpi { years, storeys, .. } = slot else {
            orders.push(Storeys::One);
            continue;
        };
        orders.push(*storeys);
        for (year, actual, target) in years {
            for (slot, storey) in [(actual, Storey::Actual), (target, Storey::Target)] {
                if let Some(cell) = slot {
                    values.entry(*cell).or_default().push((at, *year, storey));
                }
            }
        }
    }
    values.retain(|cell, values| values.len() > 1 && !cells.text(Some(*cell)).is_blank());
    let mut verdicts = BTreeMap::new();
    for (cell, values) in values {
        let text = cells.text(Some(cell));
        let tall = cells.rows(cell) > 1;
        let verdict = verdict(text.text(), &values, orders[values[0].0], tall);
        let names = || values.iter().map(|value| name_of(value, layout)).collect();
        let read_as = match verdict {
            Verdict::Both(_) | Verdict::Each => ReadAs::Each(names()),
            Verdict::Undecided => {
                found.unplaced.push(text.clone());
                ReadAs::Undecided(names())
            }
        };
        let told = Reading {
            cell: text,
            read_as,
        };
        found.readings.push(told);
        verdicts.insert(cell, verdict);
    }
    verdicts
}

fn name_of((_, year, storey): &Value, layout: &Layout) -> String {
    match storey {
        Storey::Actual => layout.labels.actual_of(*year),
        Storey::Target => layout.labels.target_of(*year),
    }
}

/// A cell that is not merged over both storeys stands for one that was deleted, or for its twin.
fn verdict(text: &str, values: &[Value], order: Storeys, tall: bool) -> Verdict {
    let one_kpi = values.iter().all(|(at, _, _)| *at == values[0].0);
    let one_storey = values.iter().all(|(_, _, storey)| *storey == values[0].2);
    let one_year = values.iter().all(|(_, year, _)| *year == values[0].1);
    if one_kpi
        && one_year
        && let Some(both) = both(text, order)
    {
        return Verdict::Both(Box::new(both));
    }
    let same = match measure(text) {
        Some(Measure::Nothing(_) | Measure::AsNeeded) => tall || one_storey,
        // A stage over several years is each year's, as in the schedule.
        Some(Measure::Milestone(stage)) => one_kpi && one_storey && stage.quantity.is_none(),
        Some(Measure::Quantity(_) | Measure::Compound(_)) | None => false,
    };
    if same {
        Verdict::Each
    } else {
        Verdict::Undecided
    }
}

fn years_of(
    years: &[(FiscalYear, Slot, Slot)],
    cells: &Cells<'_>,
    shared: &BTreeMap<CellRef, Verdict>,
) -> Vec<KpiYear> {
    let value = |slot: Slot, storey: Storey| {
        let cell = slot?;
        let place = || cells.text(Some(cell)).place;
        Some(match shared.get(&cell) {
            None | Some(Verdict::Each) => cells.field(slot, |text| own(text, storey)),
            Some(Verdict::Undecided) => Field::blank(None),
            Some(Verdict::Both(both)) => {
                let (value, raw) = match storey {
                    Storey::Actual => &both[0],
                    Storey::Target => &both[1],
                };
                Field::known(value.clone(), raw.clone(), place())
            }
        })
    };
    let years = years.iter().map(|(year, actual, target)| KpiYear {
        year: *year,
        actual: value(*actual, Storey::Actual),
        target: value(*target, Storey::Target),
    });
    years.collect()
}

/// Sees to both storeys of a year: a cell that was deleted is a blank value at the KPI's name, and
/// two values typed into the upper cell are the two storeys' values. Gives that cell.
fn both_storeys(year: &mut KpiYear, name: &Text, order: Storeys) -> Option<Text> {
    if order == Storeys::One {
        return None;
    }
    let (Some(actual), Some(target)) = (&mut year.actual, &mut year.target) else {
        let blank = || Some(Field::blank(name.place.clone()));
        year.actual = year.actual.take().or_else(blank);
        year.target = year.target.take().or_else(blank);
        return None;
    };
    let (upper, lower) = match order {
        Storeys::TargetAbove => (&*target, &*actual),
        Storeys::ActualAbove | Storeys::One => (&*actual, &*target),
    };
    if !lower.is_blank() || upper.is_blank() || upper.get().is_some() {
        return None;
    }
    let [(above, first), (below, second)] = both(upper.text(), order)?;
    let cell = Text::from_raw(Some(upper.text()), upper.place.clone());
    *actual = Field::known(above, first, cell.place.clone());
    *target = Field::known(below, second, cell.place.clone());
    Some(cell)
}
