//! What the marks of a form supply where its labels are silent; the labels always win.

use crate::model::{BookItem, CollectedFile, FormId, ItemSheet, Value};

/// Gives the sheets without a 取組番号 the one that their marks tell, if the form is of this plan; the
/// raw text stays blank, so that it can be told where the number came from.
pub(super) fn supply_numbers(file: &mut CollectedFile, plan: &str) {
    let only = match (&file.properties, file.items.len()) {
        (Some(known), 1) if known.items.len() == 1 => known.items.first().copied(),
        (Some(_) | None, _) => None,
    };
    for sheet in file
        .items
        .iter_mut()
        .filter(|sheet| sheet.number.is_blank())
    {
        if let Some(number) = of_marks(sheet, plan).or(only) {
            sheet.number.value = Value::Known(number);
        }
    }
}

/// The number that the marks of a sheet agree on.
fn of_marks(sheet: &ItemSheet, plan: &str) -> Option<u32> {
    let is_own = |id: &&FormId| id.plan == plan && id.item > 0;
    let ids = sheet.marks.iter().filter_map(|mark| mark.id.as_ref());
    let mut numbers = ids.filter(is_own).map(|id| id.item);
    let first = numbers.next()?;
    numbers.all(|number| number == first).then_some(first)
}

/// Takes out the returns for which a form was sent back that has come again, filled in otherwise: it
/// began with what they say. A return that was changed since is none of them.
pub(super) fn supersede(item: &mut BookItem) {
    if item.returns.iter().all(|one| one.answers.is_empty()) {
        return;
    }
    let fingerprints: Vec<String> = item
        .returns
        .iter()
        .map(|returned| returned.sheet.fingerprint())
        .collect();
    let is_answered = |at: usize| {
        let others = item.returns.iter().zip(&fingerprints);
        others
            .filter(|(_, mark)| **mark != fingerprints[at])
            .any(|(other, _)| other.answers.contains(&fingerprints[at]))
    };
    let answered: Vec<bool> = (0..fingerprints.len()).map(is_answered).collect();
    // Nobody answers everybody: then nothing is known of the order.
    if answered.iter().all(|answered| *answered) {
        return;
    }
    let returns = std::mem::take(&mut item.returns);
    for (returned, answered) in returns.into_iter().zip(answered) {
        match answered {
            true => item.superseded.push(returned),
            false => item.returns.push(returned),
        }
    }
}
