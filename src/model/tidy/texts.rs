//! The rows of `text.csv`: a row a text.

use super::super::{ItemSheet, Layout, Text, TidyField};

use super::rows::{Origin, TidyCell, TidyValue};

/// The rows of an item; a blank text has none.
pub(super) fn rows(origin: &Origin<'_>, layout: &Layout) -> Vec<Vec<TidyCell>> {
    let texts = texts(origin.item).into_iter();
    let said = texts.filter(|(_, _, cell)| !cell.text.is_empty());
    let rows = said.map(|(field, number, cell)| {
        vec![
            TidyCell::new(origin.city),
            TidyCell::new(origin.period.as_str()),
            TidyCell::year(origin.year),
            origin.number(),
            TidyCell::at(field.name(layout), cell.place.as_ref()),
            TidyCell::new(number.to_string()).says(Some(TidyValue::Whole(number))),
            cell,
        ]
    });
    rows.collect()
}

/// The texts in the order of the sheet, each with its field and its row there.
fn texts(item: &ItemSheet) -> Vec<(TidyField, u32, TidyCell)> {
    let mut texts = vec![
        (TidyField::Priority, 1, TidyCell::of(&item.priority)),
        (TidyField::Title, 1, TidyCell::of(&item.title)),
    ];
    let place = item.departments.place.as_ref();
    match item.departments.get() {
        Some(known) => {
            let named = |names: &[String]| TidyCell::at(names.join("、"), place);
            texts.push((TidyField::Lead, 1, named(&known.lead)));
            texts.push((TidyField::Related, 1, named(&known.related)));
        }
        None => texts.push((
            TidyField::Lead,
            1,
            TidyCell::at(item.departments.text(), place),
        )),
    }
    texts.push((TidyField::Content, 1, TidyCell::of(&item.content)));
    texts.push((TidyField::Effects, 1, TidyCell::of(&item.effects)));
    for (row, activity) in (1..).zip(&item.schedule) {
        texts.push((TidyField::Activity, row, TidyCell::of(&activity.name)));
        for phase in &activity.phases {
            let field = TidyField::Phase(phase.from, phase.to);
            texts.push((field, row, TidyCell::of(&phase.text)));
        }
    }
    let numbered = |field: &TidyField, notes: &[Text]| {
        let notes = (1..).zip(notes);
        let cells = notes.map(|(row, note)| (field.clone(), row, TidyCell::of(note)));
        cells.collect::<Vec<_>>()
    };
    texts.extend(numbered(&TidyField::ScheduleNote, &item.schedule_notes));
    for kpi in &item.kpis {
        let field = TidyField::KpiNote(kpi.name.text().to_owned());
        texts.extend(numbered(&field, &kpi.notes));
    }
    for (row, status) in (1..).zip(&item.status) {
        texts.push((TidyField::Plan, row, TidyCell::of(&status.plan)));
        texts.push((TidyField::FirstHalf, row, TidyCell::of(&status.first_half)));
        texts.push((
            TidyField::SecondHalf,
            row,
            TidyCell::of(&status.second_half),
        ));
    }
    for (axis, grade) in item.grades().enumerate() {
        let cell = TidyCell::at(grade.text(), grade.place.as_ref());
        texts.push((TidyField::Grade(axis), 1, cell));
    }
    texts.push((TidyField::Comment, 1, TidyCell::of(&item.comment)));
    texts.push((TidyField::Action, 1, TidyCell::of(&item.action)));
    // Several footnotes of one cell are one text.
    let cells = item.footnote_cells();
    texts.extend(
        (1..)
            .zip(cells)
            .map(|(row, cell)| (TidyField::Footnote, row, TidyCell::of(cell))),
    );
    texts
}
