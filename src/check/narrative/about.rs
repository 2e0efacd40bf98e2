//! Which KPI a sentence of an assessment speaks of, and what the table says of it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::count::{counts, is_countable, spoken_unit};
use super::sentence::{Sentence, sentences};
use super::statement::speaks_of;
use super::subject::Subject;
use crate::check::kpi::{Row, quantity_of};
use crate::check::quote;
use crate::model::text::name_key;
use crate::model::{Field, FiscalYear, Quantity};

/// Words that speak of all the KPIs at once.
const ALL: [&str; 6] = [
    "全ての",
    "すべての",
    "全て",
    "すべて",
    "いずれの",
    "いずれも",
];

/// The KPIs of whose targets a sentence speaks: the one it names, all of them where it says so, or
/// the only one where it names no other topic.
pub(in crate::check) fn spoken_of<'a, 'b>(rows: &'b [Row<'a>], sentence: &str) -> Vec<&'b Row<'a>> {
    let topic = sentence.split("目標").next().unwrap_or("");
    let has_topic = topic.contains(['は', 'が']) || topic.contains("ついて");
    if ALL.iter().any(|word| sentence.contains(word)) && !has_topic {
        return rows.iter().collect();
    }
    let subjects: Vec<Option<Subject>> = rows
        .iter()
        .map(|row| Subject::of(row.kpi.name.text()))
        .collect();
    let named = |own: &Option<Subject>| own.as_ref().is_some_and(|own| own.is_named(sentence));
    let full = |own: &Option<Subject>| own.as_ref().is_some_and(|own| own.is_fully_named(sentence));
    let hinted =
        |own: &Option<Subject>| own.as_ref().is_some_and(|own| own.coverage(sentence) >= 50);
    let count =
        |is: &dyn Fn(&Option<Subject>) -> bool| subjects.iter().filter(|own| is(own)).count();
    let (in_full, in_part) = (count(&full), count(&hinted));
    let mut judged = rows.iter().zip(&subjects);
    let only = match (in_full, in_part) {
        (1, _) => judged.find(|(_, own)| full(own)),
        (0, 1) => judged.find(|(_, own)| named(own)),
        (0, 0) if rows.len() == 1 && !has_topic => judged.next(),
        (_, _) => None,
    };
    let of_topic = |own: &Option<Subject>| own.as_ref().is_some_and(|own| speaks_of(sentence, own));
    only.filter(|(_, own)| of_topic(own))
        .map(|(row, _)| row)
        .into_iter()
        .collect()
}

/// A KPI with its target and actual of the reporting year, as a message quotes them.
pub(in crate::check) fn figures(row: &Row<'_>) -> String {
    let year = row.kpi.year(row.reporting);
    let actual = year.and_then(|values| values.actual.as_ref());
    format!(
        "{}（目標値{}、実績値{}）",
        quote(row.kpi.name.text()),
        quote(row.target(row.reporting).map_or("", Field::text)),
        quote(actual.map_or("", Field::text))
    )
}

/// Tells whether a sentence names a count that is neither target nor actual: it may speak of a
/// target of its own.
pub(in crate::check) fn names_other_counts(
    sentence: &str,
    actual: &Quantity,
    target: &Quantity,
    year: FiscalYear,
) -> bool {
    let Some(unit) = spoken_unit(actual) else {
        return false;
    };
    let counts = counts(&sentences(sentence), &unit, year);
    let own = [actual.value, target.value];
    counts.iter().any(|count| !own.contains(&count.value))
}

/// The values of a unit that sentences name.
pub(in crate::check) fn values_of(
    sentences: &[Sentence],
    unit: &str,
    year: FiscalYear,
) -> BTreeSet<Decimal> {
    let counts = counts(sentences, unit, year);
    counts.into_iter().map(|count| count.value).collect()
}

/// Last year's values of a KPI or of a part: as they were published, and as they were returned.
pub(in crate::check) fn last_actuals<'a>(
    row: &Row<'a>,
    mark: &'a str,
) -> impl Iterator<Item = &'a Quantity> + use<'a> {
    let last = FiscalYear(row.reporting.0.saturating_sub(1));
    let key = name_key(row.kpi.name.text());
    let published = row.item.previous.iter().flat_map(|sheet| &sheet.kpis);
    let mut published = published.filter(move |kpi| name_key(kpi.name.text()) == key);
    let kpis = published.next().into_iter().chain([row.kpi]);
    let actuals = kpis.filter_map(move |kpi| kpi.year(last)?.actual.as_ref()?.get());
    let quantities = actuals.filter_map(move |measure| quantity_of(measure, mark));
    quantities.filter(|quantity| is_countable(quantity))
}

/// The values that a table shows of a KPI, what lies between them and its actual, and how much of
/// each was reached in percent.
pub(in crate::check) fn values_in_table(row: &Row<'_>, actual: &Quantity) -> BTreeSet<Decimal> {
    let own = row.kpi.years.iter();
    let own = own.filter_map(|year| year.actual.as_ref()?.get());
    let targets = row.targets();
    let targets = targets.iter().map(|target| target.measure);
    let baseline = row.baseline();
    let baseline = baseline.iter().map(|baseline| baseline.measure);
    let all = own.chain(targets).chain(baseline);
    let all = all.filter_map(|one| quantity_of(one, ""));
    let all = all.chain(last_actuals(row, ""));
    let all: BTreeSet<Decimal> = all.map(|quantity| quantity.value).collect();
    let mut values = all.clone();
    for value in all {
        values.extend(actual.value.checked_sub(value).map(|between| between.abs()));
        let share = actual.value.checked_mul(Decimal::ONE_HUNDRED);
        let share = share.and_then(|share| share.checked_div(value));
        let share = share.unwrap_or_default();
        values.extend([share.round(), share.round_dp(1), share.trunc()]);
    }
    values
}
