//! The lists of an item sheet put together: which row is which, then field by field.

use std::collections::BTreeMap;

use super::Part;
use super::frame::Block;
use super::pick::{Picker, is_same};
use crate::model::likeness::content_key;
use crate::model::lines::{Face, Line, List, lines};
use crate::model::text::name_key;
use crate::model::{Activity, FieldName, Footnote, ItemSheet, Phase, Text};

/// The rows of one list, the same row of every return together.
pub(super) fn aligned<'a, T: 'a>(
    parts: &[Part<'a>],
    by_name: bool,
    rows: impl Fn(&'a ItemSheet) -> &'a [T],
    face: impl Fn(&Part<'a>, usize, &'a T) -> Face,
) -> Vec<Line<'a>> {
    let lists = parts.iter().map(|part| {
        let rows = rows(part.sheet).iter().enumerate();
        List {
            hands: part.hands,
            by_name,
            faces: rows.map(|(at, row)| face(part, at, row)).collect(),
        }
    });
    lines(lists)
}

pub(super) fn members(line: &Line<'_>) -> Vec<usize> {
    line.members.iter().map(|(part, _)| *part).collect()
}

/// Notes of one list.
pub(super) fn notes(
    picker: &mut Picker<'_, '_>,
    parts: &[Part<'_>],
    notes: fn(&ItemSheet) -> &Vec<Text>,
) -> Vec<Text> {
    let lines = aligned(
        parts,
        false,
        |sheet| notes(sheet),
        |part, _, note| {
            note_face(
                note,
                part.tops.slot(Block::Schedule, &[note.place.as_ref()]),
            )
        },
    );
    let mut joined = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let fields = line.members.iter();
        let fields: Vec<(usize, &Text)> = fields
            .map(|(part, row)| (*part, &notes(parts[*part].sheet)[*row]))
            .collect();
        let name = FieldName::ScheduleNote { line: at };
        joined.push(picker.field(name, PartialEq::eq, &fields));
        picker.absent(name, &members(line));
    }
    joined
}

pub(super) fn note_face(note: &Text, slot: Option<i64>) -> Face {
    let key = content_key(note.text());
    Face {
        planned: None,
        cells: vec![key.clone()],
        key,
        slot,
    }
}

/// 年次計画: activities by name, their phases by the years they begin in.
pub(super) fn schedule(picker: &mut Picker<'_, '_>, parts: &[Part<'_>]) -> Vec<Activity> {
    let lines = aligned(
        parts,
        true,
        |sheet| &sheet.schedule,
        |part, _, activity| {
            let key = name_key(activity.name.text());
            Face {
                planned: None,
                cells: vec![key.clone()],
                key,
                slot: part
                    .tops
                    .slot(Block::Schedule, &[activity.name.place.as_ref()]),
            }
        },
    );
    let mut joined = Vec::with_capacity(lines.len());
    for (row, line) in lines.iter().enumerate() {
        let activities = line.members.iter();
        let activities: Vec<(usize, &Activity)> = activities
            .map(|(part, row)| (*part, &parts[*part].sheet.schedule[*row]))
            .collect();
        let names = activities.iter();
        let names: Vec<(usize, &Text)> = names
            .map(|(part, activity)| (*part, &activity.name))
            .collect();
        let name = FieldName::Activity { row };
        joined.push(Activity {
            name: picker.field(name, PartialEq::eq, &names),
            phases: phases(picker, row, &activities),
        });
        picker.absent(name, &members(line));
    }
    joined
}

/// A phase that lies in another's years says something else of them, or was cut off from it.
fn phases(
    picker: &mut Picker<'_, '_>,
    row: usize,
    activities: &[(usize, &Activity)],
) -> Vec<Phase> {
    let mut joined: Vec<(usize, Phase)> = Vec::new();
    for (part, activity) in activities {
        let own = joined.len();
        for phase in &activity.phases {
            let covers = |(_, known): &&mut (usize, Phase)| {
                known.from == phase.from || known.from <= phase.from && phase.from <= known.to
            };
            let Some((taken, known)) = joined[..own].iter_mut().find(covers) else {
                joined.push((*part, phase.clone()));
                continue;
            };
            let year = known.from;
            let name = FieldName::Phase { row, year };
            if known.from == phase.from {
                let fields = [(*taken, &known.text), (*part, &phase.text)];
                let from = if known.text.is_blank() { *part } else { *taken };
                let text = picker.field(name, PartialEq::eq, &fields);
                if from == *part {
                    (*taken, known.to) = (*part, phase.to);
                }
                known.text = text;
            } else if !phase.text.is_blank()
                && !is_same(name, PartialEq::eq, &known.text, &phase.text)
            {
                picker.contradict(name, (*taken, &known.text), (*part, &phase.text));
            }
        }
    }
    joined.sort_by_key(|(_, phase)| phase.from);
    joined.into_iter().map(|(_, phase)| phase).collect()
}

/// 脚注, cell by cell: a cell of which every footnote is known adds nothing.
pub(super) fn footnotes(picker: &mut Picker<'_, '_>, parts: &[Part<'_>]) -> Vec<Footnote> {
    let mut joined: Vec<(usize, Footnote)> = Vec::new();
    let mut known: BTreeMap<Identity, usize> = BTreeMap::new();
    let mut members: BTreeMap<Identity, Vec<usize>> = BTreeMap::new();
    for (part, one) in parts.iter().enumerate() {
        let before = known.clone();
        let same_cell = |a: &Footnote, b: &Footnote| a.cell.place.is_some() && a.cell == b.cell;
        for cell in one.sheet.footnotes.chunk_by(same_cell) {
            let twins = cell.iter().map(|note| before.get(&identity(note)).copied());
            let twins: Vec<Option<usize>> = twins.collect();
            let all_known = twins.iter().all(Option::is_some);
            for (note, twin) in cell.iter().zip(twins) {
                members.entry(identity(note)).or_default().push(part);
                let Some(line) = twin.filter(|_| all_known) else {
                    known.entry(identity(note)).or_insert(joined.len());
                    joined.push((part, note.clone()));
                    continue;
                };
                let (taken, first) = &joined[line];
                if footnote_key(first) != footnote_key(note) {
                    let name = FieldName::Footnote { line };
                    picker.contradict(name, (*taken, &first.cell), (part, &note.cell));
                }
            }
        }
    }
    for (line, (_, note)) in joined.iter().enumerate() {
        let members = members.get(&identity(note));
        picker.absent(
            FieldName::Footnote { line },
            members.map_or(&[][..], Vec::as_slice),
        );
    }
    joined.into_iter().map(|(_, note)| note).collect()
}

/// What a footnote explains: its mark or, without a number, what it says.
type Identity = (String, String, String);

fn identity(note: &Footnote) -> Identity {
    match note.mark.trim_start_matches('※').is_empty() {
        true => footnote_key(note),
        false => (note.mark.clone(), String::new(), String::new()),
    }
}

fn footnote_key(note: &Footnote) -> Identity {
    let term = note.term.as_deref().unwrap_or("");
    (
        note.mark.clone(),
        content_key(term),
        content_key(&note.text),
    )
}
