//! 系列: the numbers of a KPI that can stand on one axis; nothing is converted and nothing is guessed.

use rust_decimal::Decimal;

use super::{Field, Kpi, Measure, Qualifier, Quantity};

/// Numbers of one unit over the columns of a KPI: the baseline's, then one a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The part's mark, `①`; empty where the KPI has no parts.
    pub mark: String,
    /// The unit as it was typed first.
    pub unit: String,
    /// What the numbers count, where all say the same.
    pub qualifier: Option<Qualifier>,
    /// Whether some numbers say 累計 or 延べ and others do not.
    pub qualifiers_differ: bool,
    /// Whether the units differ, so that no axis can hold them.
    pub units_differ: bool,
    /// One element a column.
    pub points: Vec<Point>,
}

/// The numbers of a column; a gap where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// The actual; of the first column, the baseline.
    pub actual: Option<Decimal>,
    /// The target.
    pub target: Option<Decimal>,
}

impl Series {
    /// Gives the series of a KPI, one a part. Stages (選定 6件) are texts and stand in no series.
    pub fn of(kpi: &Kpi) -> Vec<Self> {
        let numbers = numbers(kpi);
        let mut marks: Vec<&str> = numbers.iter().map(|number| number.mark).collect();
        marks.sort_unstable();
        marks.dedup();
        let columns = kpi.years.len() + 1;
        marks
            .into_iter()
            .map(|mark| of_part(mark, &numbers, columns))
            .collect()
    }

    /// Every number that stands in it.
    pub fn numbers(&self) -> impl Iterator<Item = Decimal> {
        let points = self.points.iter();
        points
            .flat_map(|point| [point.actual, point.target])
            .flatten()
    }

    /// Tells whether there is anything to compare.
    pub fn is_drawn(&self) -> bool {
        self.numbers().count() > 1 && !self.units_differ
    }
}

/// A number and where it stands.
struct Number<'k> {
    mark: &'k str,
    column: usize,
    is_target: bool,
    quantity: &'k Quantity,
}

/// Every number of a KPI: column 0 is the baseline's, then one a year.
fn numbers(kpi: &Kpi) -> Vec<Number<'_>> {
    let mut numbers = Vec::new();
    if let Some(baseline) = kpi.baseline.get() {
        collect(&baseline.measure, 0, false, &mut numbers);
    }
    for (column, year) in (1..).zip(&kpi.years) {
        for (field, is_target) in [(&year.actual, false), (&year.target, true)] {
            if let Some(measure) = field.as_ref().and_then(Field::get) {
                collect(measure, column, is_target, &mut numbers);
            }
        }
    }
    numbers
}

fn collect<'k>(
    measure: &'k Measure,
    column: usize,
    is_target: bool,
    numbers: &mut Vec<Number<'k>>,
) {
    let mut add = |mark, quantity| {
        numbers.push(Number {
            mark,
            column,
            is_target,
            quantity,
        });
    };
    match measure {
        Measure::Quantity(quantity) => add("", quantity),
        Measure::Compound(parts) => {
            for part in parts {
                if let Some(Measure::Quantity(quantity)) = &part.measure {
                    add(&part.mark, quantity);
                }
            }
        }
        Measure::AsNeeded | Measure::Milestone(_) | Measure::Nothing(_) => {}
    }
}

fn of_part(mark: &str, numbers: &[Number<'_>], columns: usize) -> Series {
    let of_part = || numbers.iter().filter(|number| number.mark == mark);
    // The baseline may be a stock, or counted otherwise: the years say what the axis is.
    let years = || of_part().filter(|number| number.column > 0);
    let with_unit = |number: &&Number<'_>| !number.quantity.unit.is_empty();
    let first = years().find(with_unit).or_else(|| years().next());
    let first = first.or_else(|| of_part().next());
    // A unit that is absent may have been lost.
    let same_unit =
        |number: &Number<'_>| first.is_some_and(|first| number.quantity.same_unit(first.quantity));
    let qualifier = first.and_then(|number| number.quantity.qualifier);
    // A cumulative target below the baseline counts anew: the baseline is a stock beside it.
    let counts_anew = |start: &Quantity| {
        let mut targets = years().filter(|number| number.is_target);
        qualifier == Some(Qualifier::Cumulative)
            && start.qualifier.is_none()
            && targets.any(|target| target.quantity.value < start.value)
    };
    let qualifiers_differ = years().any(|number| number.quantity.qualifier != qualifier);
    let mut points = vec![Point::default(); columns];
    let drawn = |number: &&Number<'_>| {
        same_unit(number) && (number.column > 0 || !counts_anew(number.quantity))
    };
    for number in of_part().filter(drawn) {
        let Some(point) = points.get_mut(number.column) else {
            continue;
        };
        let value = if number.is_target {
            &mut point.target
        } else {
            &mut point.actual
        };
        *value = Some(number.quantity.value);
    }
    Series {
        mark: mark.to_owned(),
        unit: first.map_or(String::new(), |number| number.quantity.unit.to_string()),
        qualifier: qualifier.filter(|_| !qualifiers_differ),
        qualifiers_differ,
        units_differ: years().any(|number| !same_unit(number)),
        points,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::semantics::tests::kpi;

    /// A KPI of R4 to R6 of which only the actuals were entered.
    fn actuals(actuals: [&str; 3]) -> Vec<Series> {
        Series::of(&kpi("名称", "", actuals.map(|actual| [actual, ""])))
    }

    #[test]
    fn a_missing_value_is_a_gap_and_the_unit_has_spellings() {
        let found = actuals(["2箇所", "", "4か所"]);
        let actuals: Vec<Option<Decimal>> =
            found[0].points.iter().map(|point| point.actual).collect();
        assert_eq!(actuals, [None, Some(2.into()), None, Some(4.into())]);
        assert!(found[0].is_drawn() && found[0].unit == "箇所");
    }

    #[test]
    fn numbers_of_different_units_stand_on_no_axis() {
        let found = actuals(["2件", "3人", ""]);
        assert!(found[0].units_differ && !found[0].is_drawn());
        let alone = actuals(["2件", "", ""]);
        assert!(!alone[0].is_drawn());
    }

    #[test]
    fn a_number_that_lost_its_unit_stands_on_the_others_axis() {
        let found = actuals(["2", "3件", "4"]);
        assert!(found[0].is_drawn() && found[0].unit == "件");
        assert_eq!(found[0].numbers().count(), 3);
    }

    #[test]
    fn a_stock_stands_not_before_numbers_that_count_anew() {
        let start = |baseline| {
            let values = ["(累計)2件", "(累計)5件", "(累計)9件"].map(|value| [value, value]);
            Series::of(&kpi("名称", baseline, values))[0].points[0].actual
        };
        assert_eq!(start("12件"), None);
        assert_eq!(start("1件"), Some(1.into()));
    }

    #[test]
    fn parts_have_a_series_each_and_stages_have_none() {
        let parts = Series::of(&kpi(
            "名称",
            "2校",
            [["①3校\n②4回", ""], ["選定\n6件", ""], ["", ""]],
        ));
        let marks: Vec<&str> = parts.iter().map(|part| part.mark.as_str()).collect();
        // The stage 選定 6件 is no number of the KPI; the baseline is one, beside the parts'.
        assert_eq!(marks, ["", "①", "②"]);
        assert!(parts.iter().all(|part| !part.is_drawn()));
        assert_eq!(actuals(["検討", "実施", "(随時)"]).len(), 0);
    }

    #[test]
    fn what_the_numbers_count_is_told_only_where_all_agree() {
        let agreed = actuals(["(累計)\n5件", "", ""]);
        assert_eq!(agreed[0].qualifier, Some(Qualifier::Cumulative));
        let mixed = actuals(["(累計)\n5件", "5件", ""]);
        assert_eq!(
            (mixed[0].qualifier, mixed[0].qualifiers_differ),
            (None, true)
        );
    }
}
