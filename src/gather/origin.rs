//! Whose file it is: told by the items in it, and by its name only where these leave a choice.

use super::aliases::Aliases;
use crate::model::text::name_key;
use crate::model::{BookItem, CollectedFile};

/// The departments a file may be from.
///
/// These are the leads that all its items have in common, else the leads of any of them; the name
/// of the file or of a folder above it decides among several, and is all there is for a file
/// without a known item.
pub(super) fn departments(
    file: &CollectedFile,
    items: &[BookItem],
    leads: &[String],
    aliases: &Aliases,
) -> Vec<String> {
    let lists: Vec<&[String]> = file
        .items
        .iter()
        .filter_map(|sheet| {
            let at = super::position(items, *sheet.number.get()?)?;
            Some(items[at].lead())
        })
        .collect();
    let named: Vec<String> = leads
        .iter()
        .filter(|lead| aliases.is_named(&file.name, lead))
        .cloned()
        .collect();
    let has = |list: &[String], lead: &str| list.iter().any(|one| name_key(one) == name_key(lead));
    let common: Vec<String> = leads
        .iter()
        .filter(|lead| !lists.is_empty() && lists.iter().all(|list| has(list, lead)))
        .cloned()
        .collect();
    let any: Vec<String> = leads
        .iter()
        .filter(|lead| lists.iter().any(|list| has(list, lead)))
        .cloned()
        .collect();
    let candidates = if common.is_empty() { any } else { common };
    let both: Vec<String> = candidates
        .iter()
        .filter(|lead| named.contains(lead))
        .cloned()
        .collect();
    match (candidates.is_empty(), both.is_empty()) {
        (true, _) => named,
        (false, true) => candidates,
        (false, false) => both,
    }
}
