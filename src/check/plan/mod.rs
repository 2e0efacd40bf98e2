//! P 計画整合: the return against the approved plan and what was published before.

mod added;
pub(super) mod baseline_differs;
pub(super) mod departments_differ;
pub(super) mod first_half_changed;
pub(super) mod kpi_name_differs;
pub(super) mod kpi_set_differs;
pub(super) mod listed_without_sheet;
pub(super) mod past_actual_differs;
pub(super) mod priority_differs;
pub(super) mod schedule_differs;
mod status_rows;
pub(super) mod target_differs;
pub(super) mod text_differs;
pub(super) mod title_differs;
mod together;
mod wording;

use std::collections::BTreeMap;

use crate::check::{finding, quote};
use crate::model::text::{excerpt, fold, is_dash, name_key, strip_marks};
use crate::model::{
    Activity, BookItem, Field, Finding, FiscalYear, Level, Measure, Part, Phase, Place, Quantity,
    Rule,
};

/// How far a value is from the one it should repeat; ordered by gravity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// They mean the same.
    Same,
    /// The numbers agree, but one has lost its unit or its words: nobody can know.
    Unknowable,
    /// They differ.
    Different,
}

/// Compares two values by what they mean.
fn measures(expected: &Measure, found: &Measure) -> Likeness {
    match (expected, found) {
        (Measure::Quantity(a), Measure::Quantity(b)) => quantities(a, b),
        (Measure::Compound(a), Measure::Compound(b)) => parts(a, b),
        (Measure::Milestone(a), Measure::Milestone(b)) if fold(&a.text) == fold(&b.text) => {
            match (&a.quantity, &b.quantity) {
                (Some(a), Some(b)) => quantities(a, b),
                (a, b) if a == b => Likeness::Same,
                (Some(_) | None, _) => Likeness::Different,
            }
        }
        // A dash and words say the same nothing.
        (Measure::Nothing(_), Measure::Nothing(_)) => Likeness::Same,
        (a, b) if a == b => Likeness::Same,
        (
            Measure::Quantity(_)
            | Measure::Compound(_)
            | Measure::AsNeeded
            | Measure::Milestone(_)
            | Measure::Nothing(_),
            _,
        ) => Likeness::Different,
    }
}

fn quantities(expected: &Quantity, found: &Quantity) -> Likeness {
    fn lacks<T: PartialEq>(bare: Option<T>, full: Option<T>) -> bool {
        bare.is_none() || bare == full
    }
    // A number whose unit was lost may have lost its other words with it.
    fn is_bare(bare: &Quantity, full: &Quantity) -> bool {
        bare.unit.is_empty()
            && lacks(bare.qualifier, full.qualifier)
            && lacks(bare.bound, full.bound)
    }
    if expected.value != found.value {
        return Likeness::Different;
    }
    let words = |quantity: &Quantity| (quantity.unit_key(), quantity.qualifier, quantity.bound);
    if words(expected) == words(found) {
        return Likeness::Same;
    }
    match is_bare(found, expected) || is_bare(expected, found) {
        true => Likeness::Unknowable,
        false => Likeness::Different,
    }
}

fn parts(expected: &[Part], found: &[Part]) -> Likeness {
    if expected.len() != found.len() {
        return Likeness::Different;
    }
    let compared = expected.iter().map(|part| {
        let twin = found.iter().find(|twin| twin.mark == part.mark);
        match (&part.measure, twin.map(|twin| &twin.measure)) {
            (Some(a), Some(Some(b))) => measures(a, b),
            (None, Some(None)) => Likeness::Same,
            (Some(_) | None, _) => Likeness::Different,
        }
    });
    compared.max().unwrap_or(Likeness::Same)
}

/// Compares two fields; what is not understood is compared as text, and a dash says no more than
/// a blank.
fn fields(expected: Option<&Field<Measure>>, found: &Field<Measure>) -> Likeness {
    let known = expected.and_then(Field::get);
    let text = expected.map_or("", Field::text);
    match (known, found.get()) {
        (Some(expected), Some(found)) => measures(expected, found),
        (None, Some(Measure::Nothing(_))) if text.is_empty() => Likeness::Same,
        (Some(_) | None, _) => match fold(text) == fold(found.text()) {
            true => Likeness::Same,
            false => Likeness::Different,
        },
    }
}

/// What a value should repeat: the plan or the previous workbook.
struct Basis<'a> {
    /// 計画 or 前回の公表版.
    name: &'static str,
    /// What it says.
    text: &'a str,
}

/// A finding about a value that does not repeat what it should.
fn value_differs(
    rule: &Rule,
    item: &BookItem,
    place: Option<Place>,
    label: &str,
    basis: &Basis<'_>,
    found: &str,
    likeness: Likeness,
) -> Option<Finding> {
    let name = basis.name;
    let both = format!("{name}{}、提出{}", quote(basis.text), quote(found));
    let message = match likeness {
        Likeness::Same => return None,
        Likeness::Unknowable => {
            format!("{label}の単位などの表記が一方にしかなく、{name}と同じか分かりません：{both}")
        }
        Likeness::Different if basis.text.is_empty() => {
            format!("{name}にない{label}{}が記入されています。", quote(found))
        }
        Likeness::Different => format!("{label}が{name}と異なります：{both}"),
    };
    let mut finding = finding(rule, item, place, message);
    finding.found = Some(found.to_owned());
    finding.expected = Some(basis.text.to_owned()).filter(|text| !text.is_empty());
    if likeness == Likeness::Unknowable {
        finding.level = Level::Info;
        finding.remedy =
            format!("{name}のとおり、単位や「累計」などの表記も付けて記入してください。");
    }
    Some(finding)
}

/// The characters in which two texts differ, folded, without what they share at both ends.
fn differing(expected: &str, found: &str) -> (String, String) {
    let expected: Vec<char> = name_key(expected).chars().collect();
    let found: Vec<char> = name_key(found).chars().collect();
    let shared =
        |pairs: &mut dyn Iterator<Item = (&char, &char)>| pairs.take_while(|(a, b)| a == b).count();
    let head = shared(&mut expected.iter().zip(&found));
    let (expected, found) = (&expected[head..], &found[head..]);
    let tail = shared(&mut expected.iter().rev().zip(found.iter().rev()));
    let middle = |text: &[char]| text[..text.len() - tail].iter().collect();
    (middle(expected), middle(found))
}

/// Says in which characters two texts differ: `「適」が「対」`.
fn difference_told(expected: &str, found: &str) -> String {
    match differing(expected, found) {
        (gone, new) if new.is_empty() => format!("「{gone}」がない"),
        (gone, new) if gone.is_empty() => format!("「{new}」が加わっている"),
        (gone, new) => format!("「{gone}」が「{new}」になっている"),
    }
}

/// How many characters are quoted on either side of a difference.
const AROUND: usize = 12;
/// How many characters of a difference are quoted.
const QUOTED: usize = 60;

/// Two texts as typed but on one line, each shortened to where they differ.
pub(super) fn around_difference(expected: &str, found: &str) -> (String, String) {
    let texts = [expected, found].map(pieces);
    let [one, other] = &texts;
    let same = |(a, b): &(&(String, String), &(String, String))| a.0 == b.0;
    let head = one.iter().zip(other).take_while(same).count();
    let tail = one[head..].iter().rev().zip(other[head..].iter().rev());
    let tail = tail.take_while(same).count();
    let shortened = |text: &[(String, String)]| {
        let from = head.saturating_sub(AROUND);
        let to = (text.len() - tail + AROUND).min(text.len());
        let to = to.min(from + AROUND + QUOTED);
        let middle: String = text[from..to]
            .iter()
            .map(|(_, typed)| typed.as_str())
            .collect();
        let dots = |cut: bool| if cut { "…" } else { "" };
        format!("{}{middle}{}", dots(from > 0), dots(to < text.len()))
    };
    (shortened(one), shortened(other))
}

/// The characters that count of a text, each folded and as typed; marks of footnotes do not.
fn pieces(text: &str) -> Vec<(String, String)> {
    let text = strip_marks(text);
    let pieces = text.chars().map(|c| (fold(&c.to_string()), c.to_string()));
    pieces.filter(|(folded, _)| !folded.is_empty()).collect()
}

/// An activity of the plan beside the return's.
type ActivityPair<'a> = (Option<&'a Activity>, Option<&'a Activity>);

/// Pairs activities by name; a name that was changed, by its row.
fn activity_pairs<'a>(plan: &'a [Activity], returned: &'a [Activity]) -> Vec<ActivityPair<'a>> {
    let key = |activity: &Activity| name_key(activity.name.text());
    let mut rest: Vec<Option<&Activity>> = returned.iter().map(Some).collect();
    let mut pairs: Vec<ActivityPair<'_>> = Vec::new();
    for activity in plan {
        let wanted = Some(key(activity));
        let twin = rest.iter_mut().find(|other| other.map(key) == wanted);
        pairs.push((Some(activity), twin.and_then(Option::take)));
    }
    for (pair, other) in pairs.iter_mut().zip(&mut rest) {
        if pair.1.is_none() {
            pair.1 = other.take();
        }
    }
    pairs.extend(rest.into_iter().flatten().map(|added| (None, Some(added))));
    pairs
}

/// Gives a return's phases the years that the plan's merged cells span, where only the first of
/// them is left; and the cells of these phases.
fn with_merges(plan: &Activity, activity: &Activity) -> (Activity, Vec<Place>) {
    let mut repaired = activity.clone();
    let mut cells = Vec::new();
    for phase in &mut repaired.phases {
        let wide = plan.phases.iter().find(|wide| {
            let same = fold(wide.text.text()) == fold(phase.text.text());
            same && wide.from == phase.from && wide.to > phase.to
        });
        let Some(wide) = wide else { continue };
        let taken = |other: &Phase| other.from > wide.from && other.from <= wide.to;
        if !activity.phases.iter().any(taken) {
            phase.to = wide.to;
            cells.extend(phase.text.place.clone());
        }
    }
    (repaired, cells)
}

/// What an activity says of each year, folded; a dash says nothing.
fn by_year(activity: &Activity) -> BTreeMap<FiscalYear, String> {
    let mut said = BTreeMap::new();
    for phase in &activity.phases {
        if !is_dash(phase.text.text()) {
            let years = (phase.from.0..=phase.to.0).map(FiscalYear);
            said.extend(years.map(|year| (year, fold(without_arrow(phase.text.text())))));
        }
    }
    said
}

/// A phase without the arrow that points to its end: some programs show it as a part of the text.
fn without_arrow(text: &str) -> &str {
    let bare = text.trim_end_matches(['▶', '►', '→', '⇒', '➡']);
    match bare.len() == text.len() {
        true => text,
        false => bare.trim_end_matches(|c: char| c.is_whitespace() || "─━—―－-".contains(c)),
    }
}

/// The years of a phase: `R4～R5`.
fn years(phase: &Phase) -> String {
    match phase.from == phase.to {
        true => phase.from.to_string(),
        false => format!("{}～{}", phase.from, phase.to),
    }
}

/// An activity in words: `窓口のデジタル化 R4～R5 検討、R6 実施`.
fn activity_told(activity: &Activity) -> String {
    let phases = activity.phases.iter().map(|phase| {
        let text = excerpt(phase.text.text(), 40);
        format!("{} {text}", years(phase))
    });
    let phases: Vec<String> = phases.collect();
    let name = excerpt(activity.name.text(), 40);
    format!("{name} {}", phases.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differing_characters_are_told() {
        for (expected, found, told) in [
            (
                "変化に適応した行政",
                "変化に対応した行政",
                "「適」が「対」になっている",
            ),
            (
                "窓口改革推進委員会",
                "窓口改革推進員委員会",
                "「員」が加わっている",
            ),
            ("組織の構築", "組織構築", "「の」がない"),
        ] {
            assert_eq!(difference_told(expected, found), told);
        }
    }
}
