//! Beside the road: what two workbooks in the official layout say differently, item by item and
//! field by field.
//!
//! Items are paired by number and title, KPIs by name, and rows by what they say before where they
//! stand, so that a row put in between changes nothing else. Nothing is judged here, and nothing
//! that either workbook says is passed over.

mod front;
mod items;
mod kpis;
mod sheet;

use crate::model::likeness::content_key;
use crate::model::text::with_line_breaks;
use crate::model::{
    Comparison, Difference, DifferenceKind, Field, FieldName, ItemSheet, Layout, OfficialBook,
    Place, Said, Side,
};

/// Compares an earlier workbook with a later one.
pub fn compare(before: &OfficialBook, after: &OfficialBook, layout: &Layout) -> Comparison {
    let years = [before.cover.fiscal_year, after.cover.fiscal_year];
    let mut of_items = Vec::new();
    for pair in items::pairs(&before.items, &after.items) {
        match pair {
            (Some(before), Some(after)) => {
                let mut of_item = Differences::new(before, after, layout);
                sheet::compare(&mut of_item, years);
                of_items.extend(of_item.found);
            }
            (Some(gone), None) => of_items.extend(items::whole(gone, true)),
            (None, Some(new)) => of_items.extend(items::whole(new, false)),
            (None, None) => {}
        }
    }
    of_items.extend(front::index(before, after, layout, &of_items));
    of_items.sort_by_key(|one| one.number.unwrap_or(u32::MAX));
    let mut differences = front::cover(&before.cover, &after.cover);
    differences.extend(of_items);
    let side = |book: &OfficialBook| Side::new(&book.file, &book.cover, book.items.len());
    Comparison {
        before: side(before),
        after: side(after),
        differences,
    }
}

/// What was found of two sheets of one item.
struct Differences<'a> {
    before: &'a ItemSheet,
    after: &'a ItemSheet,
    layout: &'a Layout,
    found: Vec<Difference>,
}

/// Which of the two sheets counts the rows in a field's name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Before,
    After,
}

impl<'a> Differences<'a> {
    fn new(before: &'a ItemSheet, after: &'a ItemSheet, layout: &'a Layout) -> Self {
        Self {
            before,
            after,
            layout,
            found: Vec::new(),
        }
    }

    /// What a field is called, by the rows of one of the sheets.
    fn label(&self, name: FieldName, of: Of) -> String {
        match of {
            Of::Before => name.label(self.layout, self.before),
            Of::After => name.label(self.layout, self.after),
        }
    }

    /// Notes a field that differs, by the later sheet's rows.
    fn field<T: PartialEq>(&mut self, name: FieldName, before: &Field<T>, after: &Field<T>) {
        self.either(name, Of::After, Some(before), Some(after));
    }

    /// Notes a field that differs or that only one of the sheets has.
    fn either<T: PartialEq>(
        &mut self,
        name: FieldName,
        of: Of,
        before: Option<&Field<T>>,
        after: Option<&Field<T>>,
    ) {
        let same = match (before.and_then(Field::get), after.and_then(Field::get)) {
            (Some(before), Some(after)) => before == after,
            (Some(_) | None, _) => false,
        };
        let before = before.and_then(said);
        let after = after.and_then(said);
        let label = self.label(name, of);
        self.note(label, before, after, same);
    }

    /// Notes what two workbooks say of one thing, if it differs; `same` tells whether they mean the
    /// same.
    fn note(&mut self, field: String, before: Option<Said>, after: Option<Said>, same: bool) {
        let Some(kind) = kind(before.as_ref(), after.as_ref(), same) else {
            return;
        };
        self.found
            .push(items::difference(self.after, field, kind, before, after));
    }
}

/// What a field says; nothing where it is blank.
fn said<T>(field: &Field<T>) -> Option<Said> {
    if field.is_blank() {
        return None;
    }
    Some(of_text(field.text(), field.place.as_ref()))
}

fn of_text(text: &str, place: Option<&Place>) -> Said {
    Said {
        text: text.to_owned(),
        place: place.cloned(),
    }
}

/// In which way two texts differ; not at all where a person sees the same.
fn kind(before: Option<&Said>, after: Option<&Said>, same: bool) -> Option<DifferenceKind> {
    let (before, after) = match (before, after) {
        (None, None) => return None,
        (None, Some(_)) => return Some(DifferenceKind::Added),
        (Some(_), None) => return Some(DifferenceKind::Removed),
        (Some(before), Some(after)) => (&before.text, &after.text),
    };
    let seen = |text: &str| with_line_breaks(text).trim_end().to_owned();
    if seen(before) == seen(after) {
        return None;
    }
    if same || content_key(before) == content_key(after) {
        return Some(DifferenceKind::Spelling);
    }
    Some(DifferenceKind::Changed)
}

#[cfg(test)]
mod tests;
