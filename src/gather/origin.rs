//! Whose file it is: told by the items in it, and by its name only where these leave a choice.

use super::aliases::Aliases;
use crate::model::text::name_key;
use crate::model::{BookItem, CollectedFile, FileOrigin, Told};

/// The departments a file may be from, and what told.
///
/// These are the leads that all its items have in common, else the leads of any of them; the name
/// of the file or of a folder above it decides among several, and is all there is for a file
/// without a known item. Where no name decides, the mark of the department it was made for does.
pub(super) fn of_file(
    file: &CollectedFile,
    items: &[BookItem],
    leads: &[String],
    aliases: &Aliases,
) -> FileOrigin {
    let lists: Vec<&[String]> = file
        .items
        .iter()
        .filter_map(|sheet| {
            let numbered = || super::position(items, *sheet.number.get()?);
            let at = super::owner(items, sheet).or_else(numbered)?;
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
    let by_name = |departments: Vec<String>| {
        let name = file.name.rsplit('/').next().unwrap_or("");
        let in_name = |department: &String| aliases.is_named(name, department);
        let told = match departments.iter().all(in_name) {
            true => Told::FileName,
            false => Told::Folder,
        };
        FileOrigin { departments, told }
    };
    let by_items = |departments| FileOrigin {
        departments,
        told: Told::Sheet,
    };
    if candidates.is_empty() {
        return by_name(named);
    }
    if !both.is_empty() && both.len() < candidates.len() {
        return by_name(both);
    }
    let marked = file.properties.as_ref();
    let marked = marked.and_then(|known| known.department.as_deref());
    let own = candidates.iter().find(|lead| {
        let same = |marked| name_key(marked) == name_key(lead);
        marked.is_some_and(same)
    });
    match own.filter(|_| candidates.len() > 1) {
        Some(own) => FileOrigin {
            departments: vec![own.clone()],
            told: Told::Mark,
        },
        None => by_items(candidates),
    }
}
