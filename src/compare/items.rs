//! Which item of one workbook is which item of the other.

use std::collections::{BTreeMap, VecDeque};

use crate::model::text::name_key;
use crate::model::{Difference, DifferenceKind, ItemSheet, Said};

use super::{of_text, said};

/// An item of the earlier workbook beside the same item of the later one.
pub(super) type Pair<'a> = (Option<&'a ItemSheet>, Option<&'a ItemSheet>);

/// The field of an item that only one of the workbooks has.
pub(super) const WHOLE: &str = "取組の票全体";

/// Pairs items: by number and title, then by number alone, then by title alone. The later workbook's
/// order counts; an item that is gone stands where its number belongs.
pub(super) fn pairs<'a>(before: &'a [ItemSheet], after: &'a [ItemSheet]) -> Vec<Pair<'a>> {
    let mut partner: Vec<Option<usize>> = vec![None; after.len()];
    let mut taken = vec![false; before.len()];
    for key in [by_both, by_number, by_title] {
        let mut free: BTreeMap<(u32, String), VecDeque<usize>> = BTreeMap::new();
        for (at, sheet) in before.iter().enumerate().filter(|(at, _)| !taken[*at]) {
            if let Some(key) = key(sheet) {
                free.entry(key).or_default().push_back(at);
            }
        }
        for (at, sheet) in after.iter().enumerate() {
            let found = key(sheet).filter(|_| partner[at].is_none());
            let found = found.and_then(|key| free.get_mut(&key)?.pop_front());
            if let Some(other) = found {
                partner[at] = Some(other);
                taken[other] = true;
            }
        }
    }
    let both = after.iter().zip(&partner);
    let mut pairs: Vec<Pair<'a>> = both
        .map(|(sheet, other)| (other.map(|at| &before[at]), Some(sheet)))
        .collect();
    let gone = before.iter().zip(&taken).filter(|(_, taken)| !**taken);
    pairs.extend(gone.map(|(sheet, _)| (Some(sheet), None)));
    pairs.sort_by_key(|(before, after)| {
        let sheet = after.or(*before);
        sheet.and_then(number).unwrap_or(u32::MAX)
    });
    pairs
}

fn by_both(sheet: &ItemSheet) -> Option<(u32, String)> {
    Some((number(sheet)?, by_title(sheet)?.1))
}

fn by_number(sheet: &ItemSheet) -> Option<(u32, String)> {
    Some((number(sheet)?, String::new()))
}

fn by_title(sheet: &ItemSheet) -> Option<(u32, String)> {
    let key = name_key(sheet.title.text());
    (!key.is_empty()).then_some((0, key))
}

fn number(sheet: &ItemSheet) -> Option<u32> {
    sheet.number.get().copied()
}

/// What is noted of an item that only one of the workbooks has.
pub(super) fn whole(sheet: &ItemSheet, is_gone: bool) -> Option<Difference> {
    let title = sheet.title.text().to_owned();
    let place = sheet.title.place.as_ref();
    let said = Some(of_text(&title, place.or(sheet.number.place.as_ref())));
    let field = WHOLE.to_owned();
    Some(match is_gone {
        true => difference(sheet, field, DifferenceKind::Removed, said, None),
        false => difference(sheet, field, DifferenceKind::Added, None, said),
    })
}

/// A difference of an item.
pub(super) fn difference(
    sheet: &ItemSheet,
    field: String,
    kind: DifferenceKind,
    before: Option<Said>,
    after: Option<Said>,
) -> Difference {
    let lead = match sheet.departments.get() {
        Some(departments) => departments.lead.join("、"),
        None => said(&sheet.departments).map_or_else(String::new, |said| said.text),
    };
    Difference {
        number: number(sheet),
        title: sheet.title.text().to_owned(),
        lead,
        field,
        kind,
        before,
        after,
    }
}
