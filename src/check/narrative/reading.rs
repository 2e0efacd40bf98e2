//! Whether any way to read the year's texts agrees with the table.

use rust_decimal::Decimal;

use super::belongs::Wanted;
use super::count::{adds_up, spoken_unit};
use super::role::{Role, words};
use super::sentence::Sentence;
use super::subject::Subject;
use super::table::{Allowed, Table, grouped};
use super::told::{Piece, Told, told};
use crate::check::kpi::{Row, quantities, quantity_of};
use crate::model::{CellRef, ItemSheet, Measure, Quantity};

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
const STOCKS: &str = "登録者 会員 加入 人口 世帯 残高 職員数 保有 現在 団員";
/// Names of what does not add up over the year.
const AVERAGES: &str = "平均 割合 比率 率 満足度 順位 指数 当たり あたり";

/// The values of a KPI whose texts ([`super::results`]) contradict the table in every reading.
pub(in crate::check) fn disagreement(
    row: &Row<'_>,
    sheet: &ItemSheet,
    results: &[[Vec<Sentence>; 2]],
) -> Vec<Reading> {
    let name = row.kpi.name.text();
    let adds_not = words(AVERAGES)
        .chain(words(STOCKS))
        .any(|word| name.contains(word));
    let actual = row
        .kpi
        .year(row.reporting)
        .and_then(|year| year.actual.as_ref());
    let (false, Some(actual)) = (adds_not, actual.and_then(|actual| actual.get())) else {
        return Vec::new();
    };
    let labels = labels(row, actual);
    let whole = Subject::of(name);
    let mut found = Vec::new();
    for (mark, quantity) in quantities(actual) {
        let unit = spoken_unit(quantity).filter(|unit| adds_up(unit));
        let Some(unit) = unit.filter(|_| quantity.bound.is_none()) else {
            continue;
        };
        let label = labels.iter().find(|(own, _)| *own == mark);
        let label = label.map(|(_, subject)| subject);
        let Some(subject) = label.or(whole.as_ref()) else {
            continue;
        };
        let of_part = |(own, quantity): &(&str, &Quantity)| {
            *own != mark && spoken_unit(quantity).as_ref() == Some(&unit)
        };
        // Without labels nobody can tell two parts of one unit apart.
        if label.is_none() && quantities(actual).iter().any(of_part) {
            continue;
        }
        let others = labels
            .iter()
            .filter(|(own, _)| label.is_some() && *own != mark);
        let mut rivals = rivals(row, sheet, &unit);
        rivals.extend(others.map(|(_, subject)| subject.clone()));
        let wanted = Wanted {
            subject,
            rivals: &rivals,
            unit: &unit,
            year: row.reporting,
            labelled: label.is_some(),
        };
        let told = told(sheet, results, &wanted);
        let table = Table::of(row, mark, quantity, &unit);
        let Some((value, allowed, prose)) = contradiction(&told, &table, &unit) else {
            continue;
        };
        found.push(Reading {
            mark: mark.to_owned(),
            table: allowed.how.clone(),
            prose,
            shown: format!("{}{unit}", grouped(allowed.value)),
            named: format!("{}{unit}", grouped(value)),
            cells: told.cells,
        });
    }
    found
}

/// The labels of a compound's parts by their marks; none unless every part has one.
fn labels<'a>(row: &Row<'a>, actual: &'a Measure) -> Vec<(&'a str, Subject)> {
    let Measure::Compound(parts) = actual else {
        return Vec::new();
    };
    let baseline = row.baseline().map(|baseline| baseline.measure);
    let targets = row.targets();
    let targets = targets.iter().map(|target| target.measure);
    let known: Vec<&Measure> = baseline
        .into_iter()
        .chain(targets)
        .chain([actual])
        .collect();
    let labelled = parts.iter().map(|part| {
        let known = known
            .iter()
            .filter_map(|measure| quantity_of(measure, &part.mark));
        let mut labels = known.filter_map(|quantity| quantity.label.as_ref());
        Some((part.mark.as_str(), Subject::of(labels.next()?)?))
    });
    labelled.collect::<Option<Vec<_>>>().unwrap_or_default()
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

/// The value of the texts, the value of the table that they should come to, and how they came to
/// theirs; `None` where any reading agrees or what is told may not be all.
fn contradiction<'a>(
    told: &Told,
    table: &'a Table,
    unit: &str,
) -> Option<(Decimal, &'a Allowed, String)> {
    let [first, second] = &told.halves;
    if told.doubtful || first.is_empty() && second.is_empty() {
        return None;
    }
    let (piece, allowed, word) = match whole(told) {
        Whole::Unknown => return None,
        Whole::Sum(total) => return of_sum(told, table, total, unit),
        Whole::Year(piece) => (piece, table.expected(piece.value)?, "年間"),
        Whole::Cumulative(piece) => (piece, table.own()?, "累計"),
    };
    let near = (piece.value - allowed.value).abs() * Decimal::from(4) <= allowed.value;
    let differs = near && !table.agrees(piece.value);
    differs.then(|| (piece.value, allowed, format!("{word}{}", piece.text)))
}

fn of_sum<'a>(
    told: &Told,
    table: &'a Table,
    total: Decimal,
    unit: &str,
) -> Option<(Decimal, &'a Allowed, String)> {
    let [first, second] = &told.halves;
    // One count may tell the whole year, and two may both tell the year so far.
    let tells_the_year = |piece: &Piece| {
        let so_far = piece.state && !first.is_empty() && piece.value >= sum(first);
        !piece.of_half && (table.tells(piece.value) || so_far)
    };
    if table.agrees(total) || matches!(second.as_slice(), [piece] if tells_the_year(piece)) {
        return None;
    }
    let allowed = table.expected(total)?;
    let value = allowed.value;
    let near = total <= value * Decimal::TWO && value <= total * Decimal::TWO;
    let slip = total * Decimal::TEN == value || value * Decimal::TEN == total;
    let both = !first.is_empty() && !second.is_empty();
    let complete = both && !(told.in_part && total < value) || table.is_below(total);
    if !(near || slip) || !complete {
        return None;
    }
    let mut prose = format!("{}＝{}{unit}", in_words(told), grouped(total));
    if table.tells(sum(second)) {
        let only = if told.split {
            "下半期だけの"
        } else {
            "本文の"
        };
        prose.push_str(&format!("（表は{only}値と同じ）"));
    }
    Some((total, allowed, prose))
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
fn in_words(told: &Told) -> String {
    let names = match told.split {
        true => ["上半期", "下半期"],
        false => [""; 2],
    };
    let halves = names.into_iter().zip(&told.halves);
    let halves: Vec<(&str, &Vec<Piece>)> = halves.collect();
    let halves = halves.iter().filter(|(_, pieces)| !pieces.is_empty());
    let halves: Vec<String> = halves
        .map(|(half, pieces)| {
            let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
            format!("{half}{}", texts.join("＋"))
        })
        .collect();
    halves.join("＋")
}
