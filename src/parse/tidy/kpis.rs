//! The rows of `kpi.csv` into KPIs.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::text::{fold, name_key};
use crate::model::{
    Baseline, Field, FiscalYear, Kpi, KpiYear, Measure, Place, Text, TidyColumn as Column,
    TidyStorey,
};
use crate::parse::{baseline, measure};

use super::agree::{composed, read_as_of, take_agreeing};
use super::read;
use super::row::Row;

/// What announces a baseline without a date.
const BASELINE: &str = "基準値";

/// The rows of one value: several where it has parts.
#[derive(Default)]
struct Entry {
    rows: Vec<usize>,
    /// 年度 of a baseline, which its 時点 tells more exactly.
    base_year: Option<FiscalYear>,
}

/// The entries of a KPI by storey and year; a baseline has none.
struct Entries {
    name: Text,
    by_storey: BTreeMap<(TidyStorey, Option<FiscalYear>), Entry>,
}

/// Reads the KPIs of an item in order of their first rows; what contradicts is left in its row.
pub(super) fn kpis(rows: &mut [Row<'_>]) -> Vec<Kpi> {
    let mut found: Vec<Entries> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut years = BTreeSet::new();
    for (number, row) in rows.iter_mut().enumerate() {
        let Some((key, storey, year)) = identity(row) else {
            continue;
        };
        let name = row.take(Column::Kpi);
        row.take(Column::Storey);
        let base_year = named_year(row).filter(|_| storey == TidyStorey::Baseline);
        row.drop_if(Column::Year, |text| same_year(text, year));
        row.drop_if(Column::WesternYear, |text| same_year(text, year));
        let at = *known.entry(key).or_insert_with(|| {
            found.push(Entries {
                name,
                by_storey: BTreeMap::new(),
            });
            found.len() - 1
        });
        years.extend(year);
        let entry = found[at].by_storey.entry((storey, year)).or_default();
        entry.rows.push(number);
        entry.base_year = entry.base_year.or(base_year);
    }
    found
        .into_iter()
        .map(|entries| kpi(entries, &years, rows))
        .collect()
}

/// What a row is about; `None` where it does not say, and all of it is left.
fn identity(row: &Row<'_>) -> Option<(String, TidyStorey, Option<FiscalYear>)> {
    let name = row.text(Column::Kpi);
    let storey = TidyStorey::parse(row.text(Column::Storey))?;
    let year = match storey {
        TidyStorey::Baseline => None,
        TidyStorey::Target | TidyStorey::Actual => Some(named_year(row)?),
    };
    (!name.is_empty()).then(|| (name_key(name), storey, year))
}

fn named_year(row: &Row<'_>) -> Option<FiscalYear> {
    let western = || FiscalYear::parse(row.text(Column::WesternYear));
    FiscalYear::parse(row.text(Column::Year)).or_else(western)
}

/// Tells whether a year's cell says what is known; a baseline's year is that of its 時点 or none.
fn same_year(text: &str, year: Option<FiscalYear>) -> bool {
    match year {
        Some(year) => FiscalYear::parse(text) == Some(year),
        None => FiscalYear::parse(text).is_some(),
    }
}

fn kpi(entries: Entries, years: &BTreeSet<FiscalYear>, rows: &mut [Row<'_>]) -> Kpi {
    let Entries {
        name,
        mut by_storey,
    } = entries;
    let baseline = match by_storey.remove(&(TidyStorey::Baseline, None)) {
        Some(entry) => base(&entry, rows),
        None => Field::blank(None),
    };
    let mut storey = |storey, year| match by_storey.remove(&(storey, Some(year))) {
        Some(entry) => value(&entry, rows),
        None => Field::blank(None),
    };
    let years = years.iter().map(|year| KpiYear {
        year: *year,
        actual: Some(storey(TidyStorey::Actual, *year)),
        target: Some(storey(TidyStorey::Target, *year)),
    });
    let years = years.collect();
    Kpi {
        name,
        baseline,
        years,
        notes: Vec::new(),
    }
}

fn value(entry: &Entry, rows: &mut [Row<'_>]) -> Field<Measure> {
    let (raw, typed) = raw(entry, rows, false);
    let field = read(raw, measure);
    if typed {
        for row in &entry.rows {
            take_agreeing(&mut rows[*row], field.get(), None);
        }
    }
    field
}

fn base(entry: &Entry, rows: &mut [Row<'_>]) -> Field<Baseline> {
    let (raw, typed) = raw(entry, rows, true);
    let field = read(raw, baseline);
    let known = field.get();
    for row in &entry.rows {
        let as_of = known.and_then(|known| known.as_of);
        match typed {
            true => take_agreeing(&mut rows[*row], known.map(|known| &known.measure), as_of),
            false => rows[*row].drop_if(Column::AsOf, |text| read_as_of(text) == as_of),
        }
    }
    field
}

/// The text of a value: its 原文, which its rows repeat, else what their other cells say. And
/// whether it is a 原文, with which the other cells are still to be compared.
fn raw(entry: &Entry, rows: &mut [Row<'_>], is_baseline: bool) -> (Text, bool) {
    let typed = entry.rows.iter().map(|row| rows[*row].peek(Column::Raw));
    let first = typed.clone().find(|text| !text.is_blank());
    let place = place(entry, rows);
    if let Some(first) = first {
        let key = fold(first.text());
        for row in &entry.rows {
            rows[*row].drop_if(Column::Raw, |text| fold(text) == key);
        }
        // The number's cell is the place, where there is one: it is what will be corrected.
        return (Text { place, ..first }, true);
    }
    let mut said: Vec<String> = Vec::new();
    let mut once = BTreeSet::new();
    let as_of = entry.rows.first().map(|row| rows[*row].peek(Column::AsOf));
    for row in &entry.rows {
        let part = composed(&mut rows[*row]);
        if !part.is_empty() && once.insert(part.clone()) {
            said.push(part);
        }
    }
    let mut said = said.join("\n");
    if is_baseline && !said.is_empty() {
        let as_of = as_of.filter(|as_of| !as_of.is_blank());
        let as_of = as_of.map(|as_of| as_of.text().trim().to_owned());
        let year = || entry.base_year.map(FiscalYear::short);
        // Below the name in the form's cell, a baseline is told by its date or by this word.
        let begins = as_of.or_else(year).unwrap_or_else(|| BASELINE.to_owned());
        said = format!("{begins}：{said}");
    }
    (Text::from_raw(Some(&said), place), false)
}

/// The cell of the number; that of the 原文 where the number is none.
fn place(entry: &Entry, rows: &[Row<'_>]) -> Option<Place> {
    let row = &rows[*entry.rows.first()?];
    let (value, raw) = (row.peek(Column::Value), row.peek(Column::Raw));
    let first = if value.is_blank() && (!raw.is_blank() || value.place.is_none()) {
        raw
    } else {
        value
    };
    first.place
}
