//! What a finding is about, by its name, a KPI's or a Plan's first words: one finding for all of which
//! the same is said.

use crate::model::Finding;
use crate::model::text::excerpt;

/// A finding and the name of the KPI, or the Plan, that it is about.
pub(super) type Named<'a> = (Finding, &'a str);

/// How many names a message holds, and how many characters of each.
const MOST: usize = 4;
const LENGTH: usize = 40;

/// Makes one finding of those that say the same of one sheet, with the names in front and all the
/// cells; one that has no cell is about a column, and names none.
pub(super) fn named(found: Vec<Named<'_>>) -> Vec<Finding> {
    let mut groups: Vec<(Finding, Vec<&str>)> = Vec::new();
    for (finding, name) in found {
        // The findings of an item follow each other.
        let same = groups
            .iter_mut()
            .rev()
            .take_while(|(kept, _)| kept.item == finding.item)
            .find(|(kept, _)| says_the_same(kept, &finding));
        match same {
            Some((kept, names)) => {
                kept.cells.extend(finding.cells);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            None => groups.push((finding, vec![name])),
        }
    }
    groups.into_iter().map(with_names).collect()
}

fn says_the_same(one: &Finding, other: &Finding) -> bool {
    fn key(finding: &Finding) -> impl PartialEq + '_ {
        (
            finding.item,
            finding.place.as_ref().map(|place| &place.source),
            (&finding.message, &finding.found, &finding.expected),
        )
    }
    key(one) == key(other)
}

fn with_names((mut finding, mut names): (Finding, Vec<&str>)) -> Finding {
    names.retain(|name| !name.trim().is_empty());
    // 「…」の欄が様式に見つかりません。
    let of_a_column = finding.message.starts_with('「');
    if names.is_empty() || of_a_column {
        return finding;
    }
    let more = names.len().saturating_sub(MOST);
    let quoted: Vec<String> = names
        .iter()
        .take(MOST)
        .map(|name| format!("「{}」", excerpt(name, LENGTH)))
        .collect();
    let rest = match more {
        0 => String::new(),
        more => format!("ほか{more}件"),
    };
    finding.message = format!("{}{rest}の{}", quoted.concat(), finding.message);
    finding
}
