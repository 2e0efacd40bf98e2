//! The rows of `kpi.csv`: a row a value, and a row a part of it.

use super::super::{AsOf, Field, FiscalYear, Kpi, Measure, Quantity, TIDY_KINDS, TidyStorey};

use super::rows::{Origin, TidyCell, TidyValue};

/// The rows of an item.
pub(super) fn rows(origin: &Origin<'_>) -> Vec<Vec<TidyCell>> {
    let mut rows = Vec::new();
    for kpi in &origin.item.kpis {
        rows.extend(of_kpi(origin, kpi));
    }
    rows
}

fn of_kpi(origin: &Origin<'_>, kpi: &Kpi) -> Vec<Vec<TidyCell>> {
    let known = kpi.baseline.get();
    let as_of = known.and_then(|baseline| baseline.as_of);
    let mut rows = of_value(&Value {
        origin,
        kpi,
        storey: TidyStorey::Baseline,
        year: as_of.map(AsOf::fiscal_year),
        as_of,
        measure: known.map(|baseline| &baseline.measure),
        met: None,
        raw: TidyCell::at(kpi.baseline.text(), kpi.baseline.place.as_ref()),
    });
    for values in &kpi.years {
        for (storey, field) in [
            (TidyStorey::Target, &values.target),
            (TidyStorey::Actual, &values.actual),
        ] {
            let Some(field) = field else { continue };
            let met = match storey {
                TidyStorey::Actual => origin.met(kpi, values.year),
                TidyStorey::Baseline | TidyStorey::Target => None,
            };
            rows.extend(of_value(&Value {
                origin,
                kpi,
                storey,
                year: Some(values.year),
                as_of: None,
                measure: Field::get(field),
                met,
                raw: TidyCell::at(field.text(), field.place.as_ref()),
            }));
        }
    }
    rows
}

/// A value of a KPI.
struct Value<'v> {
    origin: &'v Origin<'v>,
    kpi: &'v Kpi,
    storey: TidyStorey,
    year: Option<FiscalYear>,
    as_of: Option<AsOf>,
    measure: Option<&'v Measure>,
    met: Option<bool>,
    raw: TidyCell,
}

fn of_value(value: &Value<'_>) -> Vec<Vec<TidyCell>> {
    match value.measure {
        Some(Measure::Compound(parts)) => parts
            .iter()
            .map(|part| row(value, &part.mark, part.measure.as_ref()))
            .collect(),
        measure => vec![row(value, "", measure)],
    }
}

/// A row in the order of the table's columns.
fn row(value: &Value<'_>, part: &str, said: Option<&Measure>) -> Vec<TidyCell> {
    let item = value.origin.item;
    let departments = item.departments.get().cloned().unwrap_or_default();
    let by_department = |names: Vec<String>| {
        let place = item.departments.place.as_ref();
        TidyCell::at(names.join("、"), place)
    };
    let quantity = said.and_then(Measure::quantity);
    let of = |text: fn(&Quantity) -> String| {
        let place = value.raw.place.as_ref();
        TidyCell::at(quantity.map(text).unwrap_or_default(), place)
    };
    let western = value.year.map(|year| year.0.to_string());
    let year = TidyCell::year(value.year);
    vec![
        TidyCell::new(value.origin.city),
        TidyCell::new(value.origin.period.as_str()),
        year.clone(),
        TidyCell {
            text: western.unwrap_or_default(),
            ..year
        },
        value.origin.number(),
        TidyCell::of(&item.priority),
        TidyCell::of(&item.title),
        by_department(departments.lead),
        by_department(departments.related),
        TidyCell::of(&value.kpi.name),
        TidyCell::new(part),
        TidyCell::new(value.storey.label()).says(value.met.map(TidyValue::Met)),
        TidyCell::new(
            value
                .as_of
                .map(|as_of| as_of.to_string())
                .unwrap_or_default(),
        )
        .says(value.as_of.and_then(AsOf::day).map(TidyValue::Day)),
        of(|quantity| quantity.value.normalize().to_string())
            .says(quantity.map(|quantity| TidyValue::Number(quantity.value))),
        of(|quantity| quantity.unit.to_string()),
        of(|quantity| quantity.qualifier.map_or("", |one| one.label()).to_owned()),
        of(|quantity| quantity.bound.map_or("", |one| one.label()).to_owned()),
        TidyCell::new(kind(said, value.raw.text.is_empty())),
        TidyCell::at(value.raw.text.as_str(), value.raw.place.as_ref()),
    ]
}

/// 種別 in the table's words.
fn kind(said: Option<&Measure>, blank: bool) -> &'static str {
    let at = match said {
        Some(Measure::Quantity(_)) => 0,
        Some(Measure::Compound(_)) => 1,
        Some(Measure::AsNeeded) => 2,
        Some(Measure::Milestone(_)) => 3,
        Some(Measure::Nothing(_)) => 4,
        None if blank => 5,
        None => 6,
    };
    TIDY_KINDS[at][0]
}
