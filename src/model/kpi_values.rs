//! The values of one KPI, put together from plan, return and previous workbook.

use std::collections::BTreeSet;

use super::{Baseline, Field, FiscalYear, Kpi, Measure};

/// A KPI as it will be published: the plan's baseline and targets, the return's actuals.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiValues<'a> {
    /// The plan's name of it, or the return's where the return added it.
    pub name: &'a str,
    /// 基準値
    pub baseline: Option<&'a Field<Baseline>>,
    /// One element a year that any of the sheets names, in order.
    pub years: Vec<YearValues<'a>>,
}

/// The values of a year; `None` where no sheet has such a storey.
#[derive(Clone, Debug, PartialEq)]
pub struct YearValues<'a> {
    /// The fiscal year.
    pub year: FiscalYear,
    /// 実績値
    pub actual: Option<&'a Field<Measure>>,
    /// 目標値
    pub target: Option<&'a Field<Measure>>,
}

impl<'a> KpiValues<'a> {
    /// Puts together one KPI: what the plan leaves open is the return's, an actual of an earlier
    /// year that the return leaves open is the previous workbook's.
    pub fn of(
        plan: Option<&'a Kpi>,
        returned: Option<&'a Kpi>,
        previous: Option<&'a Kpi>,
        reporting: FiscalYear,
    ) -> Self {
        let baselines = [plan, returned].map(|kpi| kpi.map(|kpi| &kpi.baseline));
        let names = [plan, returned].map(|kpi| kpi.map(|kpi| kpi.name.text()));
        let sheets = [plan, returned, previous].into_iter().flatten();
        let years: BTreeSet<FiscalYear> = sheets
            .flat_map(|kpi| kpi.years.iter().map(|values| values.year))
            .collect();
        let values = |year| {
            let target = |kpi: Option<&'a Kpi>| kpi?.year(year)?.target.as_ref();
            let actual = |kpi: Option<&'a Kpi>| kpi?.year(year)?.actual.as_ref();
            let published = previous.filter(|_| year < reporting);
            YearValues {
                year,
                actual: first_said([actual(returned), actual(published)]),
                target: first_said([target(plan), target(returned)]),
            }
        };
        Self {
            name: names.into_iter().flatten().next().unwrap_or(""),
            baseline: first_said(baselines),
            years: years.into_iter().map(values).collect(),
        }
    }

    /// The values of a year.
    pub fn year(&self, year: FiscalYear) -> Option<&YearValues<'a>> {
        self.years.iter().find(|values| values.year == year)
    }

    /// The targets that were understood, in order of years.
    pub fn targets(&self) -> impl Iterator<Item = (FiscalYear, &'a Measure)> {
        let years = self.years.iter();
        years.filter_map(|values| Some((values.year, values.target?.get()?)))
    }

    /// The actuals that were understood, in order of years.
    pub fn actuals(&self) -> impl Iterator<Item = (FiscalYear, &'a Measure)> {
        let years = self.years.iter();
        years.filter_map(|values| Some((values.year, values.actual?.get()?)))
    }

    /// The baseline's value, where it was understood.
    pub fn start(&self) -> Option<&'a Measure> {
        Some(&self.baseline?.get()?.measure)
    }
}

/// The first field in which something was entered, else the first there is.
fn first_said<T>(fields: [Option<&Field<T>>; 2]) -> Option<&Field<T>> {
    let [one, other] = fields;
    [one, other]
        .into_iter()
        .flatten()
        .find(|field| !field.is_blank())
        .or(one)
        .or(other)
}
