//! Which returns of an item are its own, and which of them count before the others.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::likeness::{alike, content_key};
use crate::model::text::name_key;
use crate::model::{Choice, ItemSheet, Prefer, Return};

/// The returns that are the item's own, the preferred first.
///
/// A return under the item's number that bears another title is a stranger: it counts only where no
/// return bears the plan's title, or one near it, or none. `titles` are those of the whole plan.
pub(super) fn order(
    plan: &ItemSheet,
    titles: &BTreeSet<String>,
    returns: &[Return],
    prefer: Prefer,
) -> Vec<usize> {
    let title = name_key(plan.title.text());
    let key = |at: usize| name_key(returns[at].sheet.title.text());
    let of_another = |key: &str| key != title && titles.contains(key);
    let is_own = |key: &str| {
        let known = key.is_empty() || title.is_empty() || alike(key, &title);
        known && !of_another(key)
    };
    let kept = |wanted: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let all = 0..returns.len();
        all.filter(|at| wanted(&key(*at))).collect()
    };
    let own = kept(&is_own);
    if !own.is_empty() {
        return preferred(returns, own, prefer);
    }
    let mut strangers = kept(&|key| !of_another(key));
    if strangers.is_empty() {
        strangers = (0..returns.len()).collect();
    }
    let strangers = preferred(returns, strangers, prefer);
    let first = strangers.first().map(|at| key(*at));
    let same = strangers.into_iter().filter(|at| Some(key(*at)) == first);
    same.collect()
}

/// Puts returns in order: as preferred, then as they came; one without a stamp comes last.
fn preferred(returns: &[Return], mut order: Vec<usize>, prefer: Prefer) -> Vec<usize> {
    match prefer {
        Prefer::Newest => order.sort_by_key(|at| std::cmp::Reverse(returns[*at].moment())),
        Prefer::First => {}
        Prefer::Last => order.reverse(),
    }
    order
}

/// Why a return counts before another that comes after it in the order.
pub(super) fn between(prefer: Prefer, one: &Return, other: &Return) -> Choice {
    match (prefer, one.moment(), other.moment()) {
        (Prefer::First, _, _) => Choice::First,
        (Prefer::Last, _, _) => Choice::Last,
        (Prefer::Newest, Some(one), Some(other)) if one == other => Choice::SameStamp,
        (Prefer::Newest, Some(_), Some(_)) => Choice::Newest,
        (Prefer::Newest, Some(_), None) => Choice::Stamped,
        (Prefer::Newest, None, Some(_) | None) => Choice::NoStamp,
    }
}

/// Returns with equal content together, each group in order of preference.
pub(super) fn copies(returns: &[Return], order: &[usize]) -> Vec<Vec<usize>> {
    if returns.len() < 2 {
        return Vec::new();
    }
    let others = (0..returns.len()).filter(|at| !order.contains(at));
    let mut groups: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for at in order.iter().copied().chain(others) {
        let content = content(&returns[at].sheet);
        groups.entry(content).or_default().push(at);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    groups.sort();
    groups
}

/// Everything a sheet says, field by field.
fn content(sheet: &ItemSheet) -> Vec<String> {
    let fields = sheet.fields().into_iter();
    let filled = fields.filter_map(|field| {
        let key = content_key(field.raw?);
        Some(format!("{:?} {key}", field.name))
    });
    filled.collect()
}
