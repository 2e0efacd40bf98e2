//! Whether any way to read the year's texts agrees with the table.

use rust_decimal::Decimal;

use super::about::last_actuals;
use super::belongs::Wanted;
use super::count::{adds_up, is_countable, spoken_unit};
use super::role::Role;
use super::subject::Subject;
use super::told::{Piece, Told, told};
use crate::check::kpi::{Row, quantities, quantity_of};
use crate::model::{CellRef, ItemSheet, Measure, Qualifier, Quantity};

/// Two ways to a value that do not meet.
pub(in crate::check) struct Reading {
    /// The mark of the part, empty for the whole.
    pub(in crate::check) mark: String,
    /// How the table has it: `1,395−1,257＝138時間`.
    pub(in crate::check) table: String,
    /// How the texts have it: `上半期134時間＋下半期5時間＝139時間`.
    pub(in crate::check) prose: String,
    /// The value of the table.
    pub(in crate::check) shown: String,
    /// The value of the texts.
    pub(in crate::check) named: String,
    /// The cells of the texts.
    pub(in crate::check) cells: Vec<CellRef>,
}

/// Names of what is there at a time: who joins and who leaves is not told in one number.
const STOCKS: [&str; 10] = [
    "登録者",
    "会員",
    "加入",
    "人口",
    "世帯",
    "残高",
    "職員数",
    "保有",
    "現在",
    "団員",
];
const AVERAGES: [&str; 9] = [
    "平均",
    "割合",
    "比率",
    "率",
    "満足度",
    "順位",
    "指数",
    "当たり",
    "あたり",
];

/// A value that the table allows, and how it comes about.
struct Allowed {
    value: Decimal,
    how: String,
    /// Whether the texts should come to it; else they may.
    expected: bool,
    /// Whether one count may tell it.
    told: bool,
}

/// The values of a KPI whose texts contradict the table in every reading.
pub(in crate::check) fn disagreement(row: &Row<'_>, sheet: &ItemSheet) -> Vec<Reading> {
    let name = row.kpi.name.text();
    let told_of = AVERAGES
        .iter()
        .chain(&STOCKS)
        .any(|word| name.contains(word));
    let actual = row
        .kpi
        .year(row.reporting)
        .and_then(|year| year.actual.as_ref()?.get());
    let (false, Some(actual)) = (told_of, actual) else {
        return Vec::new();
    };
    let subjects = subjects(row, actual);
    let whole = Subject::of(name);
    let mut found = Vec::new();
    for (at, (mark, quantity)) in quantities(actual).into_iter().enumerate() {
        let unit = spoken_unit(quantity).filter(|unit| adds_up(unit));
        let Some(unit) = unit.filter(|_| quantity.bound.is_none()) else {
            continue;
        };
        let label = subjects.as_ref().and_then(|subjects| subjects.get(at));
        let Some(subject) = label.or(whole.as_ref()) else {
            continue;
        };
        let mut rivals = rivals(row, sheet, &unit);
        if let (Some(subjects), Some(_)) = (&subjects, label) {
            let others = subjects
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at);
            rivals.extend(others.map(|(_, subject)| subject.clone()));
        }
        let wanted = Wanted {
            subject,
            rivals: &rivals,
            unit: &unit,
            year: row.reporting,
            labelled: label.is_some(),
        };
        let told = told(sheet, &wanted);
        found.extend(contradiction(row, mark, quantity, &unit, &told));
    }
    found
}

/// The labels of a compound's parts, in its order; `None` unless every part has one.
fn subjects(row: &Row<'_>, actual: &Measure) -> Option<Vec<Subject>> {
    let Measure::Compound(parts) = actual else {
        return None;
    };
    let baseline = row.baseline().map(|baseline| baseline.measure);
    let targets = row.targets();
    let known = targets.iter().map(|target| target.measure);
    let known: Vec<&Measure> = baseline.into_iter().chain(known).chain([actual]).collect();
    let label = |mark: &str| {
        let mut labels = known
            .iter()
            .filter_map(|measure| quantity_of(measure, mark)?.label.as_ref());
        labels.next().and_then(|label| Subject::of(label))
    };
    parts.iter().map(|part| label(&part.mark)).collect()
}

/// The other KPIs of the sheet that are counted in a unit.
fn rivals(row: &Row<'_>, sheet: &ItemSheet, unit: &str) -> Vec<Subject> {
    let others = sheet.kpis.iter().filter(|kpi| !std::ptr::eq(*kpi, row.kpi));
    let counted = others.filter(|kpi| {
        let values = kpi
            .years
            .iter()
            .flat_map(|year| [&year.actual, &year.target]);
        let mut measures = values.filter_map(|value| value.as_ref()?.get());
        measures.any(|measure| {
            let mut quantities = quantities(measure).into_iter();
            quantities.any(|(_, quantity)| spoken_unit(quantity).as_deref() == Some(unit))
        })
    });
    counted
        .filter_map(|kpi| Subject::of(kpi.name.text()))
        .collect()
}

fn contradiction<'a>(
    row: &Row<'a>,
    mark: &'a str,
    quantity: &Quantity,
    unit: &str,
    told: &Told,
) -> Option<Reading> {
    let [first, second] = &told.halves;
    if told.doubtful || first.is_empty() && second.is_empty() {
        return None;
    }
    let allowed = allowed(row, mark, quantity, unit);
    let agrees = |value: Decimal| allowed.iter().any(|allowed| allowed.value == value);
    let tells = |value: Decimal| {
        let mut told = allowed.iter().filter(|allowed| allowed.told);
        told.any(|allowed| allowed.value == value)
    };
    let expected = |value: Decimal| {
        let expected = allowed.iter().filter(|allowed| allowed.expected);
        expected.min_by_key(|allowed| (allowed.value - value).abs())
    };
    let (value, prose, table) = match whole(told) {
        Whole::Unknown => return None,
        Whole::Sum(total) => {
            // One count may tell the whole year, and two may both tell the year so far.
            let year = |piece: &Piece| {
                let so_far = piece.state && piece.value >= sum(first);
                !piece.of_half && (tells(piece.value) || so_far && !first.is_empty())
            };
            if agrees(total) || matches!(second.as_slice(), [piece] if year(piece)) {
                return None;
            }
            let table = expected(total)?;
            let near = total <= table.value * Decimal::TWO && table.value <= total * Decimal::TWO;
            let slip = total * Decimal::TEN == table.value || table.value * Decimal::TEN == total;
            let both = !first.is_empty() && !second.is_empty();
            let above = allowed.iter().all(|allowed| total > allowed.value);
            let incomplete = told.in_part && total < table.value;
            if !(near || slip) || !(both || above) || incomplete {
                return None;
            }
            (
                total,
                format!("{}＝{}{unit}", in_words(first, second), grouped(total)),
                table,
            )
        }
        Whole::Year(piece) => {
            let table = expected(piece.value)?;
            (piece.value, format!("年間{}", piece.text), table)
        }
        Whole::Cumulative(piece) => {
            let table = allowed
                .iter()
                .find(|allowed| allowed.value == quantity.value)?;
            (piece.value, format!("累計{}", piece.text), table)
        }
    };
    let near = (value - table.value).abs() * Decimal::from(4) <= table.value;
    let alone = !matches!(whole(told), Whole::Sum(_));
    if alone && (agrees(value) || !near) {
        return None;
    }
    Some(Reading {
        mark: mark.to_owned(),
        table: table.how.clone(),
        prose,
        shown: format!("{}{unit}", grouped(table.value)),
        named: format!("{}{unit}", grouped(value)),
        cells: told.cells.clone(),
    })
}

/// What the texts tell as a whole.
enum Whole<'a> {
    /// The counts of both halves, added up.
    Sum(Decimal),
    /// The year, in one count of the second half.
    Year(&'a Piece),
    /// The value since the plan began, in one count of the second half.
    Cumulative(&'a Piece),
    /// It cannot be told.
    Unknown,
}

fn whole(told: &Told) -> Whole<'_> {
    let [first, second] = &told.halves;
    let plain = |piece: &Piece| matches!(piece.role, Role::Done | Role::Total);
    let (whole, rest): (Vec<&Piece>, Vec<&Piece>) = second.iter().partition(|piece| !plain(piece));
    match whole.as_slice() {
        _ if !first.iter().all(plain) => Whole::Unknown,
        [] => Whole::Sum(sum(first) + sum(second)),
        [piece] if rest.len() < 2 => match piece.role {
            Role::Year => Whole::Year(piece),
            Role::Cumulative => Whole::Cumulative(piece),
            Role::Done | Role::Total | Role::Share | Role::Aim | Role::Aside | Role::Unclear => {
                Whole::Unknown
            }
        },
        [..] => Whole::Unknown,
    }
}

fn sum(pieces: &[Piece]) -> Decimal {
    pieces.iter().map(|piece| piece.value).sum()
}

/// `上半期134時間＋下半期5時間`
fn in_words(first: &[Piece], second: &[Piece]) -> String {
    let halves = [("上半期", first), ("下半期", second)];
    let halves = halves.iter().filter(|(_, pieces)| !pieces.is_empty());
    let halves: Vec<String> = halves
        .map(|(half, pieces)| {
            let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
            format!("{half}{}", texts.join("＋"))
        })
        .collect();
    halves.join("＋")
}

/// The values that the table allows for what was done in the year: the value itself, or what it
/// grew by. A cumulative value and one of so much a year grow; others are of the year.
fn allowed<'a>(row: &Row<'a>, mark: &'a str, actual: &Quantity, unit: &str) -> Vec<Allowed> {
    let cumulative = actual.qualifier == Some(Qualifier::Cumulative);
    let grows = cumulative || actual.unit_key().contains("/年");
    let mut found = vec![Allowed {
        value: actual.value,
        how: format!("{}{unit}", grouped(actual.value)),
        expected: !cumulative,
        told: true,
    }];
    let last = last_actuals(row, mark).map(|last| (last, grows));
    let baseline = row.baseline();
    let baseline = baseline.and_then(|baseline| quantity_of(baseline.measure, mark));
    let baseline = baseline.filter(|baseline| is_countable(baseline));
    for (start, expected) in last.chain(baseline.map(|baseline| (baseline, false))) {
        let value = actual.value - start.value;
        let then = grouped(start.value);
        found.push(Allowed {
            value,
            how: format!("{}−{then}＝{}{unit}", grouped(actual.value), grouped(value)),
            expected: expected && start.qualifier == actual.qualifier && value > Decimal::ZERO,
            told: expected,
        });
    }
    found
}

/// A number with grouping commas.
pub(in crate::check) fn grouped(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text.as_str(), ""), |(a, b)| (a, b));
    let (sign, digits) = whole
        .strip_prefix('-')
        .map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction}")
}
