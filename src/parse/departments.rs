//! 主管課 (関係課): who leads and who takes part.

use crate::model::Departments;

/// What departments are separated by; an office whose name holds ・ writes 、 between names.
const SEPARATORS: [char; 8] = ['、', '，', ',', '・', '･', '/', '／', '､'];
/// Words that only repeat the label.
const PREFIXES: [&str; 6] = ["主管課", "担当課", "関係課", "主管", "関係", "担当"];

/// Reads `企画政策課 (全課)`, `総務課、企画政策課(全課)`; `None` if nobody leads.
///
/// Related departments stand in brackets, and may be a phrase: 公の施設を所管する全課.
pub fn departments(text: &str) -> Option<Departments> {
    let mut departments = Departments::default();
    let mut rest = text;
    while let Some(open) = rest.find(['(', '（', '［', '[', '【']) {
        departments.lead.extend(names(&rest[..open]));
        let inside = rest[open..]
            .chars()
            .next()
            .map_or("", |c| &rest[open + c.len_utf8()..]);
        let close = inside.find([')', '）', '］', ']', '】']);
        let (related, after) = match close {
            Some(close) => {
                let closing = inside[close..].chars().next().map_or(0, char::len_utf8);
                (&inside[..close], &inside[close + closing..])
            }
            None => (inside, ""),
        };
        departments.related.extend(names(related));
        rest = after;
    }
    departments.lead.extend(names(rest));
    (!departments.lead.is_empty()).then_some(departments)
}

fn names(text: &str) -> Vec<String> {
    text.split(|c: char| SEPARATORS.contains(&c) || c.is_whitespace())
        .map(|name| {
            let bare = PREFIXES
                .iter()
                .find_map(|prefix| name.strip_prefix(prefix)?.strip_prefix([':', '：']));
            bare.unwrap_or(name).trim_matches([':', '：'])
        })
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_and_related_departments() {
        for (text, lead, related) in [
            ("企画政策課 (全課)", "企画政策課", "全課"),
            ("企画政策課（全課）", "企画政策課", "全課"),
            ("企画政策課\n(全課)", "企画政策課", "全課"),
            (
                "企画政策課(公の施設を所管する全課)",
                "企画政策課",
                "公の施設を所管する全課",
            ),
            ("総務課、企画政策課(全課)", "総務課|企画政策課", "全課"),
            ("総務課 企画政策課", "総務課|企画政策課", ""),
            ("総務課\n企画政策課", "総務課|企画政策課", ""),
            ("総務課・企画政策課／建設課", "総務課|企画政策課|建設課", ""),
            ("建設課（農林課、上下水道局", "建設課", "農林課|上下水道局"),
            ("主管課：総務課（関係課：全課）", "総務課", "全課"),
        ] {
            let found = departments(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (found.lead.join("|"), found.related.join("|")),
                (lead.to_owned(), related.to_owned()),
                "{text}"
            );
        }
        for text in ["", "  ", "(全課)", "、"] {
            assert_eq!(departments(text), None, "{text}");
        }
    }
}
