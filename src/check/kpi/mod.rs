//! K 数値目標: the KPI values themselves.

pub(super) mod breakdown_against_value;
pub(super) mod cumulative_decrease;
pub(super) mod digit_slip;
pub(super) mod future_actual;
pub(super) mod increase_against_text;
pub(super) mod last_target_out_of_reach;
pub(super) mod not_a_quantity;
mod pace;
pub(super) mod part_mismatch;
pub(super) mod qualifier_mismatch;
pub(super) mod same_as_last_year;
pub(super) mod target_eased;
pub(super) mod unit_mismatch;
pub(super) mod value_against_text;
pub(super) mod words_missing;

use crate::check::{kpis, quote, returned};
use crate::model::{
    Book, BookItem, Field, Finding, FiscalYear, ItemSheet, Kpi, KpiSetting, KpiValues, Measure,
    Place, Quantity, Semantics,
};

/// A returned KPI as it will be published: the return's actuals, the plan's targets and baseline.
pub(super) struct Row<'a> {
    /// The item it belongs to.
    pub(super) item: &'a BookItem,
    /// The KPI as it was returned.
    pub(super) kpi: &'a Kpi,
    /// The plan's KPI, unless the return added this one.
    plan: Option<&'a Kpi>,
    /// The KPI in the previous workbook.
    previous: Option<&'a Kpi>,
    /// What the office says of it.
    setting: Option<&'a KpiSetting>,
    /// The reporting year.
    pub(super) reporting: FiscalYear,
}

/// A value of a KPI that was understood.
#[derive(Clone)]
pub(super) struct Known<'a> {
    /// 基準値, 目標値 or 実績値.
    label: &'static str,
    /// Its year; `None` for the baseline.
    year: Option<FiscalYear>,
    /// The value.
    pub(super) measure: &'a Measure,
    /// The value as it was typed.
    text: &'a str,
    /// Its cell of the return.
    place: Option<Place>,
}

impl Known<'_> {
    /// The value, or a part of it, in words: `目標値「(累計)85件」`.
    fn told(&self, mark: &str) -> String {
        format!("{}{}", self.label, quote(&self.part(mark)))
    }

    /// The value, or a part of it, with its year in words: `R5年度の目標値「(累計)85件」`.
    fn told_with_year(&self, mark: &str) -> String {
        let year = self.year.map_or(String::new(), |year| year.short());
        let of = if year.is_empty() { "" } else { "の" };
        format!("{year}{of}{}", self.told(mark))
    }

    /// The value as it was typed, or a part of it in words: `②4回`.
    fn part(&self, mark: &str) -> String {
        let part = Some(mark).filter(|mark| !mark.is_empty());
        match part.and_then(|mark| quantity_of(self.measure, mark)) {
            None => self.text.to_owned(),
            Some(quantity) => {
                let bound = quantity.bound.map_or("", |bound| bound.label());
                let qualifier = quantity.qualifier.map_or("", |word| word.label());
                let value = quantity.value.normalize();
                format!("{mark}{qualifier}{value}{}{bound}", quantity.unit)
            }
        }
    }
}

/// The KPIs of one return.
pub(super) fn rows<'a>(
    book: &'a Book,
    item: &'a BookItem,
    sheet: &'a ItemSheet,
) -> impl Iterator<Item = Row<'a>> {
    kpis(item, sheet).map(move |(kpi, plan)| Row {
        item,
        kpi,
        plan,
        previous: item.published(kpi, plan),
        setting: book.kpi_setting(item.number(), plan.unwrap_or(kpi).name.text()),
        reporting: book.period.year,
    })
}

/// What the function finds in every KPI of every return, except where the item is cancelled: there
/// the numbers stand still.
fn in_each_running_row(book: &Book, find: fn(&Row<'_>) -> Vec<Finding>) -> Vec<Finding> {
    returned(book)
        .filter(|(item, sheet)| !item.closed && !sheet.is_cancelled())
        .flat_map(|(item, sheet)| rows(book, item, sheet))
        .flat_map(|row| find(&row))
        .collect()
}

/// What the function finds in every KPI of every return.
fn in_each_row(book: &Book, find: fn(&Row<'_>) -> Vec<Finding>) -> Vec<Finding> {
    returned(book)
        .flat_map(|(item, sheet)| rows(book, item, sheet))
        .flat_map(|row| find(&row))
        .collect()
}

impl<'a> Row<'a> {
    /// The KPI's name as it was returned, quoted.
    fn name(&self) -> String {
        quote(self.kpi.name.text())
    }

    /// The KPI's values, put together.
    pub(super) fn values(&self) -> KpiValues<'a> {
        KpiValues::of(self.plan, Some(self.kpi), self.previous, self.reporting)
    }

    /// What the KPI means.
    pub(super) fn semantics(&self) -> Semantics {
        Semantics::of(&self.values(), self.setting)
    }

    /// The reporting year's actual, where it was understood.
    fn actual(&self) -> Option<Known<'a>> {
        let mut actuals = self.actuals().into_iter();
        actuals.find(|actual| actual.year == Some(self.reporting))
    }

    /// The actual of an earlier year: the return's, else the published one; none where the two
    /// differ, which is a finding of its own.
    fn past_actual(&self, year: FiscalYear) -> Option<Known<'a>> {
        let own = self
            .kpi
            .year(year)
            .and_then(|values| values.actual.as_ref());
        let published = self
            .previous
            .and_then(|kpi| kpi.year(year)?.actual.as_ref());
        let own = own.filter(|actual| !actual.is_blank());
        let published = published.filter(|actual| !actual.is_blank());
        if own
            .zip(published)
            .is_some_and(|(own, published)| own.get() != published.get())
        {
            return None;
        }
        let actual = own.or(published)?;
        Some(Known {
            label: "実績値",
            year: Some(year),
            measure: actual.get()?,
            text: actual.text(),
            place: actual.place.clone(),
        })
    }

    /// The year before the reporting year.
    fn last_year(&self) -> FiscalYear {
        FiscalYear(self.reporting.0.saturating_sub(1))
    }

    /// Tells whether the plan itself has a target of a year.
    fn is_planned(&self, year: Option<FiscalYear>) -> bool {
        let planned = year.and_then(|year| self.plan?.year(year)?.target.as_ref());
        planned.is_some_and(|target| !target.is_blank())
    }

    /// The target of a year, where it was understood.
    fn known_target(&self, year: FiscalYear) -> Option<Known<'a>> {
        let mut targets = self.targets().into_iter();
        targets.find(|target| target.year == Some(year))
    }

    /// The plan's target of a year, or the return's where the plan has none.
    pub(super) fn target(&self, year: FiscalYear) -> Option<&'a Field<Measure>> {
        let target = |kpi: &'a Kpi| kpi.year(year)?.target.as_ref();
        let planned = self.plan.and_then(target);
        planned
            .filter(|target| !target.is_blank())
            .or_else(|| target(self.kpi))
    }

    /// Tells whether a year's value should be a number: its target is one or, without a target that
    /// says something, the baseline.
    pub(super) fn expects_number(&self, year: FiscalYear) -> bool {
        let target = self.target(year).filter(|target| !target.is_blank());
        let says_nothing = |measure: &Measure| matches!(measure, Measure::Nothing(_));
        let example = match target {
            Some(target) if !target.get().is_some_and(says_nothing) => target.get(),
            Some(_) | None => self.baseline().map(|baseline| baseline.measure),
        };
        example.is_some_and(is_number)
    }

    /// The targets that were understood, in order of years.
    pub(super) fn targets(&self) -> Vec<Known<'a>> {
        let known = self.kpi.years.iter().filter_map(|values| {
            let target = self.target(values.year)?;
            let place = values.target.as_ref().and_then(|own| own.place.clone());
            Some(Known {
                label: "目標値",
                year: Some(values.year),
                measure: target.get()?,
                text: target.text(),
                place: place.or_else(|| self.kpi.name.place.clone()),
            })
        });
        known.collect()
    }

    /// The actuals up to the reporting year that were understood; later ones are a finding of
    /// their own.
    fn actuals(&self) -> Vec<Known<'a>> {
        let years = self.kpi.years.iter();
        let due = years.filter(|values| values.year <= self.reporting);
        let known = due.filter_map(|values| {
            let actual = values.actual.as_ref()?;
            Some(Known {
                label: "実績値",
                year: Some(values.year),
                measure: actual.get()?,
                text: actual.text(),
                place: actual.place.clone(),
            })
        });
        known.collect()
    }

    /// The plan's baseline, or the return's where the plan has none.
    pub(super) fn baseline(&self) -> Option<Known<'a>> {
        let planned = self.plan.map(|plan| &plan.baseline);
        let planned = planned.filter(|baseline| !baseline.is_blank());
        let baseline = planned.unwrap_or(&self.kpi.baseline);
        Some(Known {
            label: "基準値",
            year: None,
            measure: &baseline.get()?.measure,
            text: baseline.text(),
            place: self.kpi.name.place.clone(),
        })
    }
}

/// The quantities a value holds, by the mark of their part; without a mark, the value is one.
pub(super) fn quantities(measure: &Measure) -> Vec<(&str, &Quantity)> {
    match measure {
        Measure::Compound(parts) => parts
            .iter()
            .filter_map(|part| Some((part.mark.as_str(), part.measure.as_ref()?.quantity()?)))
            .collect(),
        Measure::Quantity(_) | Measure::Milestone(_) | Measure::AsNeeded | Measure::Nothing(_) => {
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
        Measure::AsNeeded | Measure::Milestone(_) | Measure::Nothing(_) => false,
    }
}
