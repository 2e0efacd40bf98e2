//! K 数値目標: the KPI values themselves.

pub(super) mod cumulative_decrease;
pub(super) mod future_actual;
pub(super) mod not_a_quantity;
pub(super) mod part_mismatch;
pub(super) mod qualifier_mismatch;
pub(super) mod unit_mismatch;

use crate::check::{kpis, returned};
use crate::model::{
    Baseline, Book, BookItem, Field, Finding, FiscalYear, ItemSheet, Kpi, Measure, Place, Quantity,
};

/// A returned KPI as it will be published: the return's actuals, the plan's targets and baseline.
pub(super) struct Row<'a> {
    /// The item it belongs to.
    pub(super) item: &'a BookItem,
    /// The KPI as it was returned.
    pub(super) kpi: &'a Kpi,
    /// The plan's KPI, unless the return added this one.
    plan: Option<&'a Kpi>,
    /// The reporting year.
    pub(super) reporting: FiscalYear,
}

/// A value that was understood, and its field of the return.
type Known<'a, T> = (FiscalYear, &'a T, &'a Field<T>);

/// The KPIs of one return.
pub(super) fn rows<'a>(
    book: &Book,
    item: &'a BookItem,
    sheet: &'a ItemSheet,
) -> impl Iterator<Item = Row<'a>> {
    let reporting = book.period.year;
    kpis(item, sheet).map(move |(kpi, plan)| Row {
        item,
        kpi,
        plan,
        reporting,
    })
}

/// What the function finds in every KPI of every return.
fn in_each_row(book: &Book, find: fn(&Row<'_>) -> Vec<Finding>) -> Vec<Finding> {
    returned(book)
        .flat_map(|(item, sheet)| rows(book, item, sheet))
        .flat_map(|row| find(&row))
        .collect()
}

impl<'a> Row<'a> {
    /// The plan's target of a year, or the return's where the plan has none.
    pub(super) fn target(&self, year: FiscalYear) -> Option<&'a Field<Measure>> {
        let target = |kpi: &'a Kpi| kpi.year(year)?.target.as_ref();
        let planned = self.plan.and_then(target);
        planned
            .filter(|target| !target.is_blank())
            .or_else(|| target(self.kpi))
    }

    /// The targets that were understood, in order of years.
    pub(super) fn targets(&self) -> Vec<(FiscalYear, &'a Measure)> {
        let years = self.kpi.years.iter().map(|values| values.year);
        years
            .filter_map(|year| Some((year, self.target(year)?.get()?)))
            .collect()
    }

    /// The actuals up to the reporting year that were understood; later ones are a finding of
    /// their own.
    pub(super) fn actuals(&self) -> Vec<Known<'a, Measure>> {
        let due = self
            .kpi
            .years
            .iter()
            .filter(|values| values.year <= self.reporting);
        due.filter_map(|values| {
            let field = values.actual.as_ref()?;
            Some((values.year, field.get()?, field))
        })
        .collect()
    }

    /// The plan's baseline, or the return's where the plan has none.
    pub(super) fn baseline(&self) -> Option<&'a Measure> {
        let planned = self.plan.map(|plan| &plan.baseline);
        let planned = planned.filter(|baseline| !baseline.is_blank());
        let baseline = planned.unwrap_or(&self.kpi.baseline).get();
        baseline.map(|baseline: &Baseline| &baseline.measure)
    }

    /// The cell of name and baseline.
    fn name_place(&self) -> Option<Place> {
        self.kpi.name.place.clone()
    }

    /// The return's cell of a target.
    fn target_place(&self, year: FiscalYear) -> Option<Place> {
        let target = self
            .kpi
            .year(year)
            .and_then(|values| values.target.as_ref());
        let place = target.and_then(|target| target.place.clone());
        place.or_else(|| self.name_place())
    }
}

/// The quantities a value holds, by the mark of their part; without a mark, the value is one.
pub(super) fn quantities(measure: &Measure) -> Vec<(&str, &Quantity)> {
    match measure {
        Measure::Compound(parts) => parts
            .iter()
            .filter_map(|part| Some((part.mark.as_str(), part.measure.as_ref()?.quantity()?)))
            .collect(),
        Measure::Quantity(_) | Measure::Milestone(_) | Measure::AsNeeded | Measure::Nothing => {
            measure
                .quantity()
                .map(|quantity| ("", quantity))
                .into_iter()
                .collect()
        }
    }
}

/// The quantity of a part, or of the whole where the mark is empty.
pub(super) fn quantity_of<'a>(measure: &'a Measure, mark: &str) -> Option<&'a Quantity> {
    let mut all = quantities(measure).into_iter();
    all.find(|(own, _)| *own == mark)
        .map(|(_, quantity)| quantity)
}

/// Tells whether two quantities can be compared; a unit that is absent may have been lost.
pub(super) fn units_agree(a: &Quantity, b: &Quantity) -> bool {
    a.unit.is_empty() || b.unit.is_empty() || a.unit_key() == b.unit_key()
}

/// Tells whether a value is a number or numbers.
fn is_number(measure: &Measure) -> bool {
    match measure {
        Measure::Quantity(_) | Measure::Compound(_) => true,
        Measure::AsNeeded | Measure::Milestone(_) | Measure::Nothing => false,
    }
}

/// A quantity in words, without its label: `(累計)145件`.
fn told(quantity: &Quantity) -> String {
    let qualifier = quantity.qualifier.map_or(String::new(), |qualifier| {
        format!("({})", qualifier.label())
    });
    let bound = quantity.bound.map_or("", |bound| bound.label());
    format!(
        "{qualifier}{}{}{bound}",
        quantity.value.normalize(),
        quantity.unit
    )
}
