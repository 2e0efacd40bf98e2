//! An item's form: its sheet as the merged workbook has it, with an ID, and room to write.

use crate::model::height::MAX_ROW_PIXELS;
use crate::model::{
    Book, Field, FieldName, HandoutItem, ItemSheet, Label, Layout, Measure, Period,
};

use super::super::WriteError;
use super::super::draft::{Band, Draft, NEVER, Piece};
use super::super::item::Drawing;
use super::super::style::{Across, Down, Dress, Fill, Styles};
use super::code;
use super::identity::Identity;

/// How high the rows that stay in sight may be together, so that the form below can be read.
const HEAD: u32 = 220;
/// The least height of a value that is to be filled in, in pixels.
const VALUE: u32 = 30;

/// Lays out a form.
pub(super) fn draft(
    book: &Book,
    item: &HandoutItem,
    name: &str,
    identity: &Identity,
    styles: &Styles,
) -> Result<Draft, WriteError> {
    let drawing = Drawing::new(book, &item.sheet, styles);
    let above = above(book, item, identity, styles);
    let mut draft = drawing.draft(name, Some(above))?;
    let row = footnote_to_add(&item.sheet, book.layout.item.columns, styles);
    draft.add(row, styles);
    for placed in &mut draft.cells {
        let Some(entry) = placed.piece.entry else {
            continue;
        };
        let is_new_note = is_footnote_to_add(&item.sheet, entry);
        if !item.open.contains(&entry) && !is_new_note {
            continue;
        }
        placed.piece.dress.open = true;
        placed.piece.dress.fill = Fill::Entry;
        placed.piece.code = code_of(&item.sheet, entry);
        if placed.piece.text.is_empty() {
            let range = placed.range;
            let rows = range.first.row as usize..=range.last.row as usize;
            let height: u32 = draft.rows[rows].iter().map(|(height, _)| height).sum();
            let wanted = lines(entry).map_or(VALUE, |lines| drawing.lines_height(lines));
            if let Some((last, _)) = draft.rows.get_mut(range.last.row as usize) {
                *last = (*last + wanted.saturating_sub(height)).min(MAX_ROW_PIXELS);
            }
        }
    }
    Ok(draft)
}

/// The title with the period, and the ID with what is to be known of a shared item.
fn above(book: &Book, item: &HandoutItem, identity: &Identity, styles: &Styles) -> Band {
    let columns = book.layout.item.columns;
    let right = (columns * 5 / 12).max(1);
    let title = Dress {
        label: true,
        down: Down::Centre,
        ..styles.plain(15)
    };
    let small = Dress {
        across: Across::Centre,
        down: Down::Centre,
        faint: true,
        ..styles.plain(-25)
    };
    let words = match item.shared[..] {
        [] => String::new(),
        _ => format!(
            "共管：{}（どちらか一つの課から提出してください）",
            item.shared.join("、")
        ),
    };
    let id = identity.of(item.number).in_cell(&words);
    let heading = heading(&book.layout, book.period, book.cover.plan.as_deref());
    let pieces = vec![
        Piece::new(0, columns - right, title, "題名", heading),
        Piece::new(columns - right, right, small, "様式ID", id),
    ];
    Band::new(NEVER, pieces).at_least(24)
}

/// The form's own title, in the spelling of the layout that names year and half.
pub(super) fn heading(layout: &Layout, period: Period, plan: Option<&str>) -> String {
    let half = layout.has_halves();
    let spellings = layout.labels.heading.spellings();
    let suits = |spelling: &&String| spelling.contains("{half}") == half && spelling.contains('{');
    let named = |spelling: &&String| plan.is_some() || !spelling.contains("{name}");
    let found = spellings.iter().filter(suits).find(named);
    let spelling = found.map_or(layout.labels.heading.plain(), String::as_str);
    let label = Label::from(vec![spelling.to_owned()]);
    label
        .written(period.year)
        .replace("{half}", period.half.label())
        .replace("{name}", plan.unwrap_or(""))
}

/// A blank row in which a footnote can be added.
fn footnote_to_add(sheet: &ItemSheet, columns: u16, styles: &Styles) -> Band {
    let line = sheet.footnote_cells().count();
    let piece = Piece::new(0, columns, styles.text(), "脚注", "");
    Band::new(NEVER, vec![piece.of(FieldName::Footnote { line })])
}

fn is_footnote_to_add(sheet: &ItemSheet, entry: FieldName) -> bool {
    let line = sheet.footnote_cells().count();
    entry == FieldName::Footnote { line }
}

/// The rows that stay in sight: down to the item's title, or to the form's own where these are high.
pub(super) fn head_rows(draft: &Draft) -> u32 {
    let bottom = |name: FieldName| {
        let mut cells = draft.cells.iter();
        let placed = cells.find(|placed| placed.piece.entry == Some(name))?;
        Some(placed.range.last.row + 1)
    };
    let height = |rows: u32| -> u32 {
        let rows = draft.rows.iter().take(rows as usize);
        rows.map(|(height, _)| height).sum()
    };
    let wanted = [FieldName::Title, FieldName::Number].map(bottom);
    let mut rows = wanted.into_iter().flatten().chain([1]);
    rows.find(|rows| height(*rows) <= HEAD).unwrap_or(0)
}

/// How many lines an entry has room for at least; none for a value.
fn lines(entry: FieldName) -> Option<u32> {
    match entry {
        FieldName::FirstHalf { .. } | FieldName::SecondHalf { .. } => Some(5),
        FieldName::Plan { .. } => Some(3),
        FieldName::Comment | FieldName::Action => Some(6),
        FieldName::ScheduleNote { .. } | FieldName::KpiNote { .. } | FieldName::Footnote { .. } => {
            Some(2)
        }
        FieldName::Grade
        | FieldName::FurtherGrade { .. }
        | FieldName::Actual { .. }
        | FieldName::Number
        | FieldName::Priority
        | FieldName::Title
        | FieldName::Departments
        | FieldName::Content
        | FieldName::Effects
        | FieldName::Activity { .. }
        | FieldName::Phase { .. }
        | FieldName::KpiName { .. }
        | FieldName::Baseline { .. }
        | FieldName::Target { .. } => None,
    }
}

/// The number format of an actual whose target tells its notation.
fn code_of(sheet: &ItemSheet, entry: FieldName) -> Option<String> {
    let FieldName::Actual { kpi, year } = entry else {
        return None;
    };
    let target = target(sheet, kpi, year)?;
    code::code(target.get()?, target.text())
}

/// The target beside an actual.
pub(super) fn target(
    sheet: &ItemSheet,
    kpi: usize,
    year: crate::model::FiscalYear,
) -> Option<&Field<Measure>> {
    let target = sheet.kpis.get(kpi)?.year(year)?.target.as_ref();
    target.filter(|target| !target.is_blank())
}
