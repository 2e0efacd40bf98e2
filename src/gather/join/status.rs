//! The 実施状況 put together.

use super::Part;
use super::frame::Block;
use super::lists::{aligned, members};
use super::pick::Picker;
use crate::model::likeness::{alike, content_key};
use crate::model::lines::{Face, Line, apart};
use crate::model::text::is_dash;
use crate::model::{Field, FieldName, StatusRow, Text};

/// 実施状況. A row that one department fills with dashes another may fill with words.
pub(super) fn status(picker: &mut Picker<'_, '_>, parts: &[Part<'_>]) -> Vec<StatusRow> {
    let lines = aligned(
        parts,
        false,
        |sheet| &sheet.status,
        |part, _, row| {
            let fields = [&row.plan, &row.first_half, &row.second_half];
            let places = fields.map(|field| field.place.as_ref());
            let cells = fields.map(|field| content_key(field.text())).to_vec();
            let named = is_named(row).then(|| cells[0].clone());
            Face {
                planned: None,
                key: named.unwrap_or_default(),
                cells,
                slot: part.tops.slot(Block::Status, &places),
            }
        },
    );
    let mut joined = Vec::with_capacity(lines.len());
    for (row, line) in lines.iter().enumerate() {
        let (rows, rivals) = rows_of(parts, line);
        let mut pick = |name: FieldName, field: fn(&StatusRow) -> &Text| {
            let of = |(part, row)| (part, field(row));
            let fields: Vec<(usize, &Text)> =
                rows.iter().map(|(part, row)| of((*part, row))).collect();
            let picked = picker.field(name, PartialEq::eq, &fields);
            let filled = fields.iter().find(|(_, field)| !field.is_blank());
            let taken = filled.or(fields.first()).map_or(0, |(part, _)| *part);
            for (part, rival) in &rivals {
                picker.against(name, (taken, &picked), (*part, field(rival)));
            }
            picked
        };
        let names = [
            FieldName::Plan { row },
            FieldName::FirstHalf { row },
            FieldName::SecondHalf { row },
        ];
        let whole = StatusRow {
            plan: pick(names[0], |row| &row.plan),
            first_half: pick(names[1], |row| &row.first_half),
            second_half: pick(names[2], |row| &row.second_half),
        };
        let cells = [&whole.plan, &whole.first_half, &whole.second_half];
        let filled = names.iter().zip(cells).find(|(_, field)| !field.is_blank());
        if let Some((name, _)) = filled {
            picker.absent(*name, &members(line));
        }
        joined.push(whole);
    }
    joined
}

/// A row of a return, by the return's place in the order.
type Member = (usize, StatusRow);

/// The rows of a line, and those of another Plan: these contradict the others and fill nothing.
fn rows_of(parts: &[Part<'_>], line: &Line<'_>) -> (Vec<Member>, Vec<Member>) {
    let row = |(part, row): &(usize, usize)| (*part, parts[*part].sheet.status[*row].clone());
    let mut rows: Vec<Member> = line.members.iter().map(row).collect();
    yield_fillers(parts, &mut rows);
    let key = |row: &StatusRow| is_named(row).then(|| content_key(row.plan.text()));
    let first = rows.iter().find_map(|(_, row)| key(row));
    let is_rival = |row: &StatusRow| {
        let pair = first.as_ref().zip(key(row));
        pair.is_some_and(|(first, own)| !alike(first, &own))
    };
    rows.into_iter().partition(|(_, row)| !is_rival(row))
}

/// Blanks the dashes of a filler row where another department says something.
fn yield_fillers(parts: &[Part<'_>], rows: &mut [Member]) {
    let speakers: Vec<&[String]> = rows
        .iter()
        .filter(|(_, row)| !is_filler(row))
        .map(|(part, _)| parts[*part].hands)
        .collect();
    for (part, row) in rows {
        let hands = parts[*part].hands;
        let mut others = speakers.iter();
        if is_filler(row) && others.any(|other| apart(hands, other)) {
            for field in [&mut row.plan, &mut row.first_half, &mut row.second_half] {
                *field = Field::blank(field.place.clone());
            }
        }
    }
}

/// Tells whether a row has a Plan that is more than a dash.
fn is_named(row: &StatusRow) -> bool {
    !row.plan.is_blank() && !is_dash(row.plan.text())
}

/// Tells whether a row says nothing but dashes.
fn is_filler(row: &StatusRow) -> bool {
    let fields = [&row.plan, &row.first_half, &row.second_half];
    let mut fields = fields.iter();
    fields.all(|field| field.is_blank() || is_dash(field.text()))
}
