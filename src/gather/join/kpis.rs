//! The 数値目標 put together.

use std::collections::BTreeMap;

use super::Part;
use super::frame::Block;
use super::lists::{aligned, members, note_face};
use super::pick::Picker;
use crate::model::lines::{Face, List, lines};
use crate::model::text::name_key;
use crate::model::{Field, FieldName, FiscalYear, Kpi, KpiYear, Measure, Text};

/// 数値目標等: KPIs are one where they are the same KPI of the plan, else where their names say so.
pub(super) fn kpis(picker: &mut Picker<'_, '_>, parts: &[Part<'_>]) -> Vec<Kpi> {
    let lines = aligned(
        parts,
        true,
        |sheet| &sheet.kpis,
        |part, at, kpi| {
            let pair = part.kpis.iter().find(|pair| pair.returned == Some(at));
            let name = name_key(kpi.name.text());
            Face {
                planned: pair.and_then(|pair| pair.plan),
                cells: vec![name.clone()],
                key: name,
                slot: part.tops.slot(Block::Kpis, &[kpi.name.place.as_ref()]),
            }
        },
    );
    let lines = lines.iter().enumerate();
    lines
        .map(|(at, line)| {
            let kpis = line.members.iter();
            let kpis: Vec<(usize, &Kpi)> = kpis
                .map(|(part, row)| (*part, &parts[*part].sheet.kpis[*row]))
                .collect();
            picker.absent(FieldName::KpiName { kpi: at }, &members(line));
            kpi(picker, parts, at, &kpis)
        })
        .collect()
}

fn kpi(picker: &mut Picker<'_, '_>, parts: &[Part<'_>], at: usize, kpis: &[(usize, &Kpi)]) -> Kpi {
    let names: Vec<(usize, &Text)> = kpis.iter().map(|(part, kpi)| (*part, &kpi.name)).collect();
    let baselines: Vec<_> = kpis
        .iter()
        .map(|(part, kpi)| (*part, &kpi.baseline))
        .collect();
    let name = picker.field(FieldName::KpiName { kpi: at }, PartialEq::eq, &names);
    let baseline = picker.field(FieldName::Baseline { kpi: at }, PartialEq::eq, &baselines);
    // A year that has two columns in one sheet has two in the joined one.
    let mut years: Vec<(FiscalYear, usize)> = Vec::new();
    let mut values: BTreeMap<(FiscalYear, usize), Vec<(usize, &KpiYear)>> = BTreeMap::new();
    for (part, kpi) in kpis {
        let mut seen: BTreeMap<FiscalYear, usize> = BTreeMap::new();
        for one in &kpi.years {
            let count = seen.entry(one.year).or_insert(0);
            let key = (one.year, *count);
            *count += 1;
            if !values.contains_key(&key) {
                years.push(key);
            }
            values.entry(key).or_default().push((*part, one));
        }
    }
    let in_order = kpis.first().is_none_or(|(_, kpi)| {
        let years = kpi.years.iter().map(|one| one.year);
        years.is_sorted()
    });
    if in_order {
        years.sort();
    }
    let years = years.into_iter().map(|key| {
        let year = key.0;
        let of_year = values.get(&key).map_or(&[][..], Vec::as_slice);
        let actual = FieldName::Actual { kpi: at, year };
        let target = FieldName::Target { kpi: at, year };
        KpiYear {
            year,
            actual: storey(picker, actual, of_year, |one| &one.actual),
            target: storey(picker, target, of_year, |one| &one.target),
        }
    });
    Kpi {
        name,
        baseline,
        years: years.collect(),
        notes: kpi_notes(picker, parts, at, kpis),
    }
}

fn storey(
    picker: &mut Picker<'_, '_>,
    name: FieldName,
    values: &[(usize, &KpiYear)],
    storey: fn(&KpiYear) -> &Option<Field<Measure>>,
) -> Option<Field<Measure>> {
    let fields = values.iter();
    let fields: Vec<(usize, &Field<Measure>)> = fields
        .filter_map(|(part, one)| Some((*part, storey(one).as_ref()?)))
        .collect();
    (!fields.is_empty()).then(|| picker.field(name, PartialEq::eq, &fields))
}

fn kpi_notes(
    picker: &mut Picker<'_, '_>,
    parts: &[Part<'_>],
    at: usize,
    kpis: &[(usize, &Kpi)],
) -> Vec<Text> {
    let lists = kpis.iter().map(|(part, kpi)| List {
        hands: parts[*part].hands,
        by_name: false,
        faces: kpi
            .notes
            .iter()
            .map(|note| note_face(note, below(kpi, note)))
            .collect(),
    });
    let lines = lines(lists);
    let mut joined = Vec::with_capacity(lines.len());
    for (line, row) in lines.iter().enumerate() {
        let fields = row.members.iter();
        // Members are counted among the returns that have the KPI.
        let fields: Vec<(usize, &Text)> = fields
            .map(|(member, note)| (kpis[*member].0, &kpis[*member].1.notes[*note]))
            .collect();
        let name = FieldName::KpiNote { kpi: at, line };
        joined.push(picker.field(name, PartialEq::eq, &fields));
        let members: Vec<usize> = fields.iter().map(|(part, _)| *part).collect();
        picker.absent(name, &members);
    }
    joined
}

/// How far a note stands below its KPI.
fn below(kpi: &Kpi, note: &Text) -> Option<i64> {
    let row = |text: &Text| Some(i64::from(text.place.as_ref()?.cell.row));
    Some(row(note)? - row(&kpi.name)?)
}
