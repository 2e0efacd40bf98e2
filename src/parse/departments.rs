//! Departments: `総務課、企画政策課(全課)` → lead and related.

use crate::model::Departments;
use crate::model::text::{AnyWidthDigit, is_blank, is_dash, strip_marks};

use super::glyph::{is_close, is_open, leading_bracket};

/// Words that head the names when a label was typed into the cell.
const LEAD_LABELS: [&str; 4] = ["主管課", "担当課", "所管課", "主担当課"];
const RELATED_LABELS: [&str; 2] = ["関係課", "関連課"];
/// Words between two names.
const JOINTS: [&str; 5] = ["及び", "および", "並びに", "ならびに", "と"];
/// Endings of a department's name.
const ENDINGS: [&str; 13] = [
    "課",
    "室",
    "局",
    "部",
    "署",
    "係",
    "班",
    "館",
    "所",
    "院",
    "園",
    "校",
    "センター",
];

/// Reads 主管課 and 関係課; `None` where no 主管課 is named.
///
/// Names are parted by `、 ， ,`, a slash, or a line break, and by white space or `・` where what precedes
/// ends like a department's name: こども・若者課 and `総 務 課` stay whole. What stands in brackets is
/// related; a phrase with を in it (公の施設を所管する全課) is kept as one unless `、` parts it.
///
/// ```
/// # use torimatome::parse::departments;
/// let read = departments("総務課、企画政策課(全課)").unwrap();
/// assert_eq!(read.lead, ["総務課", "企画政策課"]);
/// assert_eq!(read.related, ["全課"]);
/// ```
pub fn departments(text: &str) -> Option<Departments> {
    let text = strip_marks(text);
    if text.contains('。') {
        return None;
    }
    let mut outside = String::new();
    let mut related = Vec::new();
    let mut rest = without_label(text.trim(), &LEAD_LABELS);
    while let Some(at) = rest.find(is_open) {
        outside.push_str(&rest[..at]);
        let (inner, behind) = match leading_bracket(&rest[at..]) {
            Some(split) => split,
            // A bracket that was never closed holds the rest.
            None => (rest[at..].trim_start_matches(is_open), ""),
        };
        related.extend(names(without_label(inner.trim(), &RELATED_LABELS)));
        outside.push('\n');
        rest = behind;
    }
    outside.push_str(rest);
    let (lead, named) = match RELATED_LABELS
        .iter()
        .find_map(|label| outside.split_once(label))
    {
        Some((lead, named)) => (lead, named.trim_start_matches([':', '：'])),
        None => (outside.as_str(), ""),
    };
    let lead = names(lead);
    related.extend(names(named));
    (!lead.is_empty()).then_some(Departments { lead, related })
}

/// Takes `主管課：` or `主管課(関係課)：` off; 主管課 alone with no colon could be a name.
fn without_label<'a>(text: &'a str, labels: &[&str]) -> &'a str {
    for label in labels {
        let Some(rest) = text.strip_prefix(label) else {
            continue;
        };
        let behind = match leading_bracket(rest) {
            Some((inner, behind)) if RELATED_LABELS.contains(&inner.trim()) => behind,
            Some(_) | None => rest,
        };
        if let Some(names) = behind.trim_start().strip_prefix([':', '：', '＝', '=']) {
            return names.trim_start();
        }
        // A gap is enough behind 関係課; 主管課 could be a name with others behind it.
        let gap = behind.starts_with(char::is_whitespace);
        if gap && RELATED_LABELS.contains(label) {
            return behind.trim_start();
        }
    }
    text
}

fn names(text: &str) -> Vec<String> {
    let text = without_joints(text);
    text.split([
        '、', '，', ',', '､', '/', '／', ';', '；', '\n', '\r', '|', '｜', '&', '＆',
    ])
    .flat_map(|piece| {
        if piece.contains('を') {
            return vec![plain(piece)];
        }
        parted(piece)
    })
    .filter(|name| name.chars().any(char::is_alphanumeric) && !is_dash(name))
    .collect()
}

/// Writes 、 for 及び and と between two names: `総務課及び企画政策課`, `総務課と建設課`.
fn without_joints(text: &str) -> String {
    let mut parted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let joint = JOINTS.iter().find_map(|joint| rest.strip_prefix(joint));
        let between = |behind: &str| {
            let ends = |text: &str| ENDINGS.iter().any(|ending| text.ends_with(ending));
            let name: String = behind.chars().take_while(|c| c.is_alphanumeric()).collect();
            ends(parted.trim_end()) && ends(&name) && !name.contains('を')
        };
        match joint {
            Some(behind) if between(behind.trim_start()) => {
                parted.push('、');
                rest = behind;
            }
            Some(_) | None => {
                parted.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    parted
}

/// Parts a piece at white space and `・`, but only behind something that ends like a name.
fn parted(piece: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut name = String::new();
    for c in piece.chars() {
        let dot = matches!(c, '・' | '･');
        let whole = ENDINGS.iter().any(|ending| name.ends_with(ending));
        match c {
            c if (dot || c.is_whitespace()) && whole => found.push(std::mem::take(&mut name)),
            c if c.is_whitespace() => {}
            _ if dot && name.is_empty() => {}
            c => name.push(c),
        }
    }
    found.push(name);
    found.iter().map(|name| plain(name)).collect()
}

/// A name without white space and without brackets that lost their partner.
fn plain(name: &str) -> String {
    let shown = |c: &char| !is_blank(c.encode_utf8(&mut [0; 4])) || is_selector(*c);
    let name: String = name.chars().filter(|c| shown(c) && !is_close(*c)).collect();
    without_number(&name).to_owned()
}

/// A selector belongs to the kanji before it.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// A name without the number by which it was listed: `①総務課`, `１．総務課`.
fn without_number(name: &str) -> &str {
    let circled = name.trim_start_matches(|c| matches!(c, '①'..='⑳' | '⑴'..='⒇'));
    let figures = circled.trim_start_matches(|c: char| c.nfkc_digit().is_some());
    if figures.len() == circled.len() {
        return circled;
    }
    figures
        .strip_prefix(['.', '．', ')', '）'])
        .unwrap_or(circled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lead_and_related_in_every_spelling() {
        for (text, lead, related) in [
            ("企画政策課 (全課)", "企画政策課", "全課"),
            ("企画政策課（全課）", "企画政策課", "全課"),
            ("企画政策課\n(全課)", "企画政策課", "全課"),
            ("企画政策課［全課］", "企画政策課", "全課"),
            ("企画政策課（全課", "企画政策課", "全課"),
            ("企画政策課", "企画政策課", ""),
            ("企 画 政 策 課", "企画政策課", ""),
            ("総務課 企画政策課", "総務課|企画政策課", ""),
            ("総務課\n企画政策課", "総務課|企画政策課", ""),
            ("総務課、企画政策課(全課)", "総務課|企画政策課", "全課"),
            ("総務課・企画政策課", "総務課|企画政策課", ""),
            ("総務課／企画政策課", "総務課|企画政策課", ""),
            ("総務課，企画政策課,建設課", "総務課|企画政策課|建設課", ""),
            ("こども・若者課、総務課", "こども・若者課|総務課", ""),
            (
                "総務課(税務課、市民課・ガス水道局)",
                "総務課",
                "税務課|市民課|ガス水道局",
            ),
            (
                "企画政策課(公の施設を所管する全課)",
                "企画政策課",
                "公の施設を所管する全課",
            ),
            (
                "企画政策課（観光・商工 を所管する課、建設課）",
                "企画政策課",
                "観光・商工を所管する課|建設課",
            ),
            (
                "総務課（全課）、企画政策課（建設課）",
                "総務課|企画政策課",
                "全課|建設課",
            ),
            ("主管課：総務課", "総務課", ""),
            ("主管課（関係課）：総務課（全課）", "総務課", "全課"),
            ("主管課：総務課　関係課：全課", "総務課", "全課"),
            ("総務課（関係課：全課）", "総務課", "全課"),
            ("・総務課", "総務課", ""),
            ("総務課(※1)", "総務課", ""),
            ("総務課 全課)", "総務課|全課", ""),
            ("総務課（—）", "総務課", ""),
            ("総務課及び企画政策課", "総務課|企画政策課", ""),
            ("総務課 並びに 企画政策課", "総務課|企画政策課", ""),
            ("総務課と企画政策課（全課）", "総務課|企画政策課", "全課"),
            ("総務課＆企画政策課｜建設課", "総務課|企画政策課|建設課", ""),
            ("まちと暮らし課", "まちと暮らし課", ""),
            (
                "総務課(学校と公民館を所管する課)",
                "総務課",
                "学校と公民館を所管する課",
            ),
            ("こども課とくらし", "こども課とくらし", ""),
            ("①総務課 ②企画政策課", "総務課|企画政策課", ""),
            ("１．総務課", "総務課", ""),
            ("2課、3課", "2課|3課", ""),
            ("総務課（関係課 全課）", "総務課", "全課"),
            ("\u{200B}総務課\u{FEFF}", "総務課", ""),
            ("葛\u{E0100}城課", "葛\u{E0100}城課", ""),
            ("総務課≪全課≫", "総務課", "全課"),
        ] {
            let list = |text: &str| -> Vec<String> {
                text.split('|')
                    .filter(|name| !name.is_empty())
                    .map(str::to_owned)
                    .collect()
            };
            let expected = Departments {
                lead: list(lead),
                related: list(related),
            };
            assert_eq!(departments(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn texts_that_name_no_lead_are_refused() {
        for text in [
            "",
            " ",
            "—",
            "(全課)",
            "、",
            "総務課が担当します。",
            "主管課：",
        ] {
            assert_eq!(departments(text), None, "{text}");
        }
    }
}
