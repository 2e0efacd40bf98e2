//! N05

use super::names::{Named, named};
use super::{Sought, is_undecided, missing, planned_kpis, required};
use crate::check::quote;
use crate::model::{Book, Field, Finding, FiscalYear, ItemSheet, Kpi, Level, Measure, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "N05",
    name: "target_blank",
    level: Level::Warning,
    when: When::Both,
    title: "目標値未記入",
    why: "目標値がなければ、実績が目標に届いたかどうかを示すことができません。",
    remedy: "計画の目標値を記入してください。計画にも目標値がない場合は、企画担当課に相談してください。",
    example: "計画のR6年度の目標値は「(累計)100件」だが、票では空欄である。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found: Vec<Named<'_>> = Vec::new();
    for (item, sheet) in required(book) {
        for (kpi, plan) in planned_kpis(item, sheet) {
            for year in &book.years {
                let planned = target(plan, *year).filter(|target| !target.is_blank());
                let field = target(kpi, *year);
                let label = book.layout.labels.target_of(*year);
                if field.is_some_and(|target| !target.is_blank())
                    || !is_due(book, sheet, *year, planned.is_some())
                    || is_undecided(item, field, &label)
                {
                    continue;
                }
                let message = match planned {
                    Some(planned) => {
                        format!(
                            "計画にある目標値{}が記入されていません。",
                            quote(planned.text())
                        )
                    }
                    None => "目標値が記入されていません（計画にもありません）。".to_owned(),
                };
                let sought = Sought::Column(label);
                let both = (item, sheet);
                let one = missing(&RULE, book, both, field, &sought, &message);
                found.extend(one.map(|finding| {
                    let finding = Finding {
                        // One message where the column is missing, not one a KPI.
                        expected: field.and(planned).and_then(Field::said),
                        ..finding
                    };
                    (finding, kpi.name.text())
                }));
            }
        }
    }
    named(found)
}

fn target(kpi: &Kpi, year: FiscalYear) -> Option<&Field<Measure>> {
    kpi.year(year)?.target.as_ref()
}

/// Tells whether a target is required: from the reporting year on, and wherever the plan has one;
/// once the item is cancelled, of no later year.
fn is_due(book: &Book, sheet: &ItemSheet, year: FiscalYear, planned: bool) -> bool {
    if year > book.period.year {
        return !sheet.is_cancelled();
    }
    planned || year == book.period.year
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found, undecided};

    #[test]
    fn fires() {
        // Nobody told of a field without a cell.
        let mut untold = undecided();
        untold.items[0].returns[0].sheet.readings.clear();
        assert_eq!(found(&RULE, &untold), ["N05 A1"]);
        let lost = clean().put("J13", "");
        let finding = check(&lost.book()).remove(0);
        assert_eq!(finding.expected.as_deref(), Some("(累計)100件"));
        let never_set = clean().both("G13", "").both("J13", "").both("J15", "");
        assert_eq!(found(&RULE, &never_set.book()), ["N05 G13,J13,J15"]);
        assert_eq!(found(&RULE, &clean().put("D13", "").book()), ["N05 D13"]);
        // One year without its head is told by its neighbours, two are not.
        assert_eq!(found(&RULE, &clean().without("G13").book()), ["N05 G13"]);
        let no_column = clean().without("J13").put("J15", "").without("G13");
        assert_eq!(found(&RULE, &no_column.book()), ["N05 A1", "N05 A1"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &undecided()).is_empty());
        assert!(found(&RULE, &clean().both("D13", "").book()).is_empty());
        assert!(found(&RULE, &clean().both("J13", "—").book()).is_empty());
        let cancelled = clean().put("A30", "取組中止").put("J13", "");
        assert!(found(&RULE, &cancelled.book()).is_empty());
    }
}
