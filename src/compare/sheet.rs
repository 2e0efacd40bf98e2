//! Two sheets of one item, from top to bottom.

use std::collections::BTreeSet;

use crate::model::likeness::content_key;
use crate::model::lines::{Face, List, lines};
use crate::model::text::{is_dash, name_key};
use crate::model::{
    Activity, Field, FieldName, FiscalYear, Grade, ItemSheet, Phase, Said, StatusRow, Text,
};

use super::{Differences, Of, kpis, of_text, said};

/// Notes every difference of two sheets. `years` are the reporting years of the covers.
pub(super) fn compare(found: &mut Differences<'_>, years: [Option<FiscalYear>; 2]) {
    let (before, after) = (found.before, found.after);
    found.field(FieldName::Number, &before.number, &after.number);
    found.field(FieldName::Priority, &before.priority, &after.priority);
    found.field(FieldName::Title, &before.title, &after.title);
    let departments = (&before.departments, &after.departments);
    found.field(FieldName::Departments, departments.0, departments.1);
    found.field(FieldName::Content, &before.content, &after.content);
    found.field(FieldName::Effects, &before.effects, &after.effects);
    schedule(found);
    let notes = (&before.schedule_notes, &after.schedule_notes);
    texts(found, notes.0, notes.1, |line| FieldName::ScheduleNote {
        line,
    });
    kpis::compare(found);
    reporting_year(found, years);
    status(found);
    grades(found);
    found.field(FieldName::Comment, &before.comment, &after.comment);
    found.field(FieldName::Action, &before.action, &after.action);
    let cells = |sheet: &ItemSheet| -> Vec<Text> { sheet.footnote_cells().cloned().collect() };
    let (old, new) = (cells(before), cells(after));
    texts(found, &old, &new, |line| FieldName::Footnote { line });
    unplaced(found);
}

/// Rows of two lists that are one row; rows of one list alone stand among them in order.
pub(super) fn rows(before: Vec<Face>, after: Vec<Face>, by_name: bool) -> Vec<[Option<usize>; 2]> {
    let lists = [after, before].map(|faces| List {
        hands: &[],
        by_name,
        faces,
    });
    let row = |members: &[(usize, usize)], list: usize| {
        let mut members = members.iter();
        Some(members.find(|(part, _)| *part == list)?.1)
    };
    let lines = lines(lists);
    let both = lines.iter();
    both.map(|line| [row(&line.members, 1), row(&line.members, 0)])
        .collect()
}

pub(super) fn face(key: String) -> Face {
    Face {
        planned: None,
        cells: vec![key.clone()],
        key,
        slot: None,
    }
}

/// Texts of a list, each paired with the one that says the same or nearly the same.
pub(super) fn texts(
    found: &mut Differences<'_>,
    before: &[Text],
    after: &[Text],
    name: impl Fn(usize) -> FieldName,
) {
    let faces = |texts: &[Text]| {
        let texts = texts.iter();
        texts.map(|text| face(content_key(text.text()))).collect()
    };
    for pair in rows(faces(before), faces(after), true) {
        let [old, new] = pair;
        let (at, of) = numbered(pair);
        let (old, new) = (old.map(|at| &before[at]), new.map(|at| &after[at]));
        found.either(name(at), of, old, new);
    }
}

/// By which sheet a row is counted: the later one, if it has the row.
pub(super) fn numbered(pair: [Option<usize>; 2]) -> (usize, Of) {
    match pair {
        [_, Some(after)] => (after, Of::After),
        [before, None] => (before.unwrap_or(0), Of::Before),
    }
}

/// 年次計画: activities by name, their phases by the years they begin in.
fn schedule(found: &mut Differences<'_>) {
    let (before, after) = (&found.before.schedule, &found.after.schedule);
    let faces = |activities: &[Activity]| {
        let activities = activities.iter();
        activities
            .map(|activity| face(name_key(activity.name.text())))
            .collect()
    };
    for pair in rows(faces(before), faces(after), true) {
        let (row, of) = numbered(pair);
        let name = FieldName::Activity { row };
        let [old, new] = [pair[0].map(|at| &before[at]), pair[1].map(|at| &after[at])];
        let (Some(old), Some(new)) = (old, new) else {
            let label = found.label(name, of);
            found.note(label, old.and_then(whole), new.and_then(whole), false);
            continue;
        };
        found.field(name, &old.name, &new.name);
        let phases = old.phases.iter().chain(&new.phases);
        let years: BTreeSet<FiscalYear> = phases.map(|phase| phase.from).collect();
        for year in years {
            let of_year = |activity: &Activity| {
                let mut phases = activity.phases.iter();
                phases.find(|phase| phase.from == year).and_then(phase)
            };
            let label = found.label(FieldName::Phase { row, year }, of);
            found.note(label, of_year(old), of_year(new), false);
        }
    }
}

/// A phase, with the years where it spans several.
fn phase(phase: &Phase) -> Option<Said> {
    let text = phase.text.text();
    let said = said(&phase.text)?;
    if phase.from == phase.to {
        return Some(said);
    }
    let years = format!("（{}～{}）", phase.from.short(), phase.to.short());
    Some(Said {
        text: format!("{text}{years}"),
        ..said
    })
}

/// An activity with all its phases, a line each.
fn whole(activity: &Activity) -> Option<Said> {
    let mut lines = vec![activity.name.text().to_owned()];
    for phase in activity.phases.iter().filter(|one| !one.text.is_blank()) {
        let years = match phase.from == phase.to {
            true => phase.from.short(),
            false => format!("{}～{}", phase.from.short(), phase.to.short()),
        };
        lines.push(format!("{years}：{}", phase.text.text()));
    }
    let text = lines.join("\n");
    let place = activity.name.place.as_ref();
    let place = place.or_else(|| activity.phases.first()?.text.place.as_ref());
    (!text.is_empty()).then(|| of_text(&text, place))
}

/// The year that the status block names, where it did not go on with the cover's.
fn reporting_year(found: &mut Differences<'_>, covers: [Option<FiscalYear>; 2]) {
    let sheets = [&found.before.year, &found.after.year];
    if covers.iter().all(Option::is_some) && sheets.map(|year| year.get().copied()) == covers {
        return;
    }
    let [before, after] = sheets.map(|year| {
        let known = year.get()?;
        Some(of_text(&known.long(), year.place.as_ref()))
    });
    // A heading that names no year is no change of it.
    if before.is_some() && after.is_some() {
        found.note("実施状況の年度".to_owned(), before, after, false);
    }
}

type OfRow = fn(&StatusRow) -> &Text;

/// 実施状況: rows by their Plan, else by what they say.
fn status(found: &mut Differences<'_>) {
    let (before, after) = (&found.before.status, &found.after.status);
    let faces = |rows: &[StatusRow]| rows.iter().map(status_face).collect();
    for pair in rows(faces(before), faces(after), false) {
        let (row, of) = numbered(pair);
        let fields: [(FieldName, OfRow); 3] = [
            (FieldName::Plan { row }, |row| &row.plan),
            (FieldName::FirstHalf { row }, |row| &row.first_half),
            (FieldName::SecondHalf { row }, |row| &row.second_half),
        ];
        for (name, field) in fields {
            let old = pair[0].map(|at| field(&before[at]));
            let new = pair[1].map(|at| field(&after[at]));
            found.either(name, of, old, new);
        }
    }
}

fn status_face(row: &StatusRow) -> Face {
    let cells = [&row.plan, &row.first_half, &row.second_half];
    let cells: Vec<String> = cells.map(|text| content_key(text.text())).into();
    let is_named = !row.plan.is_blank() && !is_dash(row.plan.text());
    Face {
        planned: None,
        key: match (is_named, cells.first()) {
            (true, Some(plan)) => plan.clone(),
            (true | false, _) => String::new(),
        },
        cells,
        slot: None,
    }
}

/// 評価区分: with a mark or without it, a grade is the same.
fn grades(found: &mut Differences<'_>) {
    let before: Vec<&Field<Grade>> = found.before.grades().collect();
    let after: Vec<&Field<Grade>> = found.after.grades().collect();
    for axis in 0..before.len().max(after.len()) {
        let name = match axis {
            0 => FieldName::Grade,
            axis => FieldName::FurtherGrade { axis },
        };
        let (old, new) = (before.get(axis).copied(), after.get(axis).copied());
        let grade = |field: Option<&Field<Grade>>| {
            let grade = field?.get()?;
            Some((grade.rank()?, grade.cancelled))
        };
        let same = grade(old).is_some() && grade(old) == grade(new);
        let label = found.label(name, Of::After);
        found.note(label, old.and_then(said), new.and_then(said), same);
    }
}

/// 様式外の記載: what stands where the form has no field.
fn unplaced(found: &mut Differences<'_>) {
    let (before, after) = (&found.before.unplaced, &found.after.unplaced);
    let faces = |texts: &[Text]| {
        let texts = texts.iter();
        texts.map(|text| face(content_key(text.text()))).collect()
    };
    for [old, new] in rows(faces(before), faces(after), true) {
        let old = old.and_then(|at| said(&before[at]));
        let new = new.and_then(|at| said(&after[at]));
        found.note("様式外の記載".to_owned(), old, new, false);
    }
}
