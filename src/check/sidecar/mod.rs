//! What a cell reader does not see of the returned sheets, as the rules look at it.

#[cfg(test)]
pub(super) mod fixture;

use std::ops::RangeInclusive;

use crate::model::{
    Book, CollectedFile, Field, ItemSheet, Place, Remark, RemarkKind, Sidecar, StatusRow, Text,
};

/// 1950-01-01 as a serial number: no sheet of a plan means a date before it, but a count that was
/// given a date's format shows one.
const EARLIEST_DATE: f64 = 18_264.0;

/// The rows of heads above the first entry of a 年次計画.
const HEAD_ROWS: u32 = 2;

/// What was told of the sheets of the collected files.
pub(super) fn sidecars(book: &Book) -> impl Iterator<Item = &Sidecar> {
    book.files.iter().flat_map(|file| &file.sidecars)
}

/// Tells whether a cell lies in hidden rows or columns, so that a rule of its own reports it.
pub(super) fn is_hidden(book: &Book, place: &Place) -> bool {
    of(book, place).is_some_and(|sidecar| sidecar.hidden.contains_key(&place.cell))
}

/// The serial number of a cell that shows a date or a time.
pub(super) fn serial(book: &Book, place: &Place) -> Option<f64> {
    of(book, place)?.dates.get(&place.cell).copied()
}

/// Tells whether a cell shows a date that nobody means: its format turned a number into one.
pub(super) fn shows_early_date(book: &Book, place: Option<&Place>) -> bool {
    let serial = place.and_then(|place| serial(book, place));
    serial.is_some_and(|serial| serial < EARLIEST_DATE)
}

/// Tells whether something is drawn that says nothing in words, or a line or an arrow, which says
/// something by where it stands.
pub(super) fn is_drawn(remark: &Remark) -> bool {
    match remark.kind {
        RemarkKind::Arrow | RemarkKind::Line => true,
        RemarkKind::Shape | RemarkKind::TextBox => remark.text.is_empty(),
        RemarkKind::Note
        | RemarkKind::Comment
        | RemarkKind::Control
        | RemarkKind::Picture
        | RemarkKind::Chart
        | RemarkKind::Unread => false,
    }
}

/// The rows of a sheet's 年次計画, its heads included: from above its first entry to the next
/// block's first entry.
pub(super) fn schedule_rows(sheet: &ItemSheet) -> Option<RangeInclusive<u32>> {
    fn row<T>(field: &Field<T>) -> Option<u32> {
        field.place.as_ref().map(|place| place.cell.row)
    }
    let names = sheet.schedule.iter().map(|activity| &activity.name);
    let phases = sheet.schedule.iter().flat_map(|activity| &activity.phases);
    let texts = names.chain(phases.map(|phase| &phase.text));
    let rows: Vec<u32> = texts.chain(&sheet.schedule_notes).filter_map(row).collect();
    let (first, last) = (*rows.iter().min()?, *rows.iter().max()?);
    let kpis = sheet.kpis.iter().filter_map(|kpi| row(&kpi.name));
    let status = |text: fn(&StatusRow) -> &Text| {
        sheet
            .status
            .iter()
            .filter_map(move |status| row(text(status)))
    };
    let below = kpis
        .chain(status(|status| &status.plan))
        .chain(row(&sheet.grade))
        .chain(row(&sheet.comment))
        .chain(row(&sheet.action));
    let next = below.filter(|row| *row > last).min();
    let end = next.map_or(last + 1, |next| next - 1);
    Some(first.saturating_sub(HEAD_ROWS)..=end)
}

fn of<'a>(book: &'a Book, place: &Place) -> Option<&'a Sidecar> {
    let own = |file: &CollectedFile| file.name.cmp(&place.source.file);
    let at = book.files.binary_search_by(own).ok()?;
    let mut sidecars = book.files[at].sidecars.iter();
    sidecars.find(|sidecar| sidecar.source == place.source)
}
