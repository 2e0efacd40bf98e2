//! Proper names in a text, and whether two of them are one name, once mistyped.

use std::collections::BTreeMap;

use crate::model::text::strip_marks;
use crate::model::{ItemSheet, Place};

/// Where a name stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) struct Used {
    /// The cell.
    pub(in crate::check) place: Place,
    /// Whether the department entered it; else the plan has it.
    pub(in crate::check) entered: bool,
}

/// Names that begin alike and are compared with each other; where there are more, it is no prose.
const MOST_ALIKE: usize = 60;
/// A name is at most so long; what is longer is a sentence in brackets.
const LONGEST: usize = 40;
/// So many characters at either end of two names are the same.
const EDGE: usize = 2;
/// Characters that are put in or left out without making another name.
const SLIGHT: [char; 10] = ['・', '･', 'ー', '-', 'の', 'ヶ', 'ケ', 'ッ', '々', '='];
/// Characters of one reading or of one look that are typed for each other.
const CONFUSED: [[char; 2]; 26] = [
    ['険', '健'],
    ['門', '問'],
    ['括', '活'],
    ['徴', '微'],
    ['績', '積'],
    ['籍', '藉'],
    ['構', '講'],
    ['観', '勧'],
    ['復', '複'],
    ['暫', '漸'],
    ['載', '戴'],
    ['補', '捕'],
    ['検', '険'],
    ['網', '綱'],
    ['償', '賞'],
    ['還', '環'],
    ['裁', '栽'],
    ['待', '侍'],
    ['末', '未'],
    ['墓', '募'],
    ['適', '摘'],
    ['遂', '逐'],
    ['ケ', 'ヶ'],
    ['ヶ', 'が'],
    ['ー', '一'],
    ['工', 'エ'],
];

/// The names of a sheet that have so many characters, and where each stands.
pub(in crate::check) fn uses(sheet: &ItemSheet, least: usize) -> BTreeMap<String, Vec<Used>> {
    let planned = sheet.kpis.iter().map(|kpi| &kpi.name);
    let planned = planned.chain(sheet.schedule.iter().map(|activity| &activity.name));
    let planned = planned.chain([&sheet.title, &sheet.content, &sheet.effects]);
    let status = sheet.status.iter();
    let status = status.flat_map(|row| [&row.plan, &row.first_half, &row.second_half]);
    let notes = sheet.kpis.iter().flat_map(|kpi| &kpi.notes);
    let entered = status.chain(notes).chain([&sheet.comment, &sheet.action]);
    let all = planned.map(|text| (text, false));
    let mut uses: BTreeMap<String, Vec<Used>> = BTreeMap::new();
    for (text, entered) in all.chain(entered.map(|text| (text, true))) {
        let Some(place) = &text.place else {
            continue;
        };
        for name in names(text.text(), least) {
            let used = uses.entry(name).or_default();
            if !used.iter().any(|used| used.place == *place) {
                let place = place.clone();
                used.push(Used { place, entered });
            }
        }
    }
    uses
}

/// The pairs of names that are one name, once mistyped.
pub(in crate::check) fn drifted(uses: &BTreeMap<String, Vec<Used>>) -> Vec<(&String, &String)> {
    let mut alike: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for name in uses.keys() {
        let begins = name.chars().take(EDGE).collect();
        alike.entry(begins).or_default().push(name);
    }
    let mut pairs = Vec::new();
    for names in alike
        .into_values()
        .filter(|names| names.len() <= MOST_ALIKE)
    {
        for (at, one) in names.iter().enumerate() {
            let others = names[at + 1..]
                .iter()
                .filter(|other| are_drifted(one, other));
            pairs.extend(others.map(|other| (*one, *other)));
        }
    }
    pairs
}

/// The names of a text: quoted ones, and runs of kanji and katakana.
fn names(text: &str, least: usize) -> Vec<String> {
    let text = strip_marks(text);
    let has_length = |name: &str| (least..=LONGEST).contains(&name.chars().count());
    let mut found = Vec::new();
    for quoted in text.split(['「', '『']).skip(1) {
        let inner = quoted.split(['」', '』']).next().unwrap_or("");
        let plain = !inner.contains(['、', '。', ' ', '　', '\n']);
        if plain && inner.len() < quoted.len() && has_length(inner) {
            found.push(inner.to_owned());
        }
    }
    let runs = text
        .split(|c| !is_name(c))
        .map(|run| run.trim_matches(['・', '･']));
    found.extend(runs.filter(|run| has_length(run)).map(str::to_owned));
    found
}

fn is_name(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '々' | 'ァ'..='ヺ' | 'ー' | '・' | '･')
}

/// Tells whether two names differ by a slip of the pen and by nothing that means something.
fn are_drifted(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (long, short) = if one.len() >= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let head = long.iter().zip(&short).take_while(|(a, b)| a == b).count();
    let tail = long
        .iter()
        .rev()
        .zip(short.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let tail = tail.min(short.len() - head.min(short.len()));
    if head < EDGE || tail < EDGE {
        return false;
    }
    match (
        long.len() - short.len(),
        short.len().saturating_sub(head + tail),
    ) {
        (1, 0) => is_slight(&long, head),
        (0, 1) => CONFUSED
            .iter()
            .any(|pair| pair.contains(&long[head]) && pair.contains(&short[head])),
        (0, 2) => long[head] == short[head + 1] && long[head + 1] == short[head],
        (_, _) => false,
    }
}

/// Tells whether the character that one name has more is a mark, or repeats one beside it.
fn is_slight(long: &[char], at: usize) -> bool {
    let near = at.saturating_sub(2)..(at + 3).min(long.len());
    let repeated = near
        .filter(|other| *other != at)
        .any(|other| long[other] == long[at]);
    SLIGHT.contains(&long[at]) || repeated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_or_run_on() {
        let text = "窓口改革推進委員会(※1)で「まち・ひと交流拠点」と、しごと「です。ね」を決めた。";
        assert_eq!(names(text, 8), ["まち・ひと交流拠点", "窓口改革推進委員会"]);
        assert!(names("推進会議「", 3).contains(&"推進会議".to_owned()));
    }

    #[test]
    fn slips_are_told_from_other_names() {
        for (one, other) in [
            ("窓口改革推進委員会", "窓口改革推進員委員会"),
            (
                "小千谷市・ひと・まち・文化共創拠点",
                "小千谷市ひと・まち・文化共創拠点",
            ),
            ("地域コミュニティーセンター", "地域コミュニティセンター"),
            ("公共施設再編推進会議", "公共施設再編進推会議"),
            ("国民健康保険運営協議会", "国民健康保健運営協議会"),
        ] {
            assert!(
                are_drifted(one, other) && are_drifted(other, one),
                "{one} {other}"
            );
        }
        for (one, other) in [
            ("行政改革推進委員会", "行政改革推進委員会委員"),
            ("地域福祉推進会議", "地域福祉推進員会議"),
            ("電子証明書申請数", "電子証明書申請者数"),
            ("児童扶養手当支給事務", "児童扶養手当支払事務"),
            ("市立小学校連絡協議会", "市立中学校連絡協議会"),
            ("第一回推進会議開催", "第二回推進会議開催"),
            ("推進会議", "推進会議"),
            ("", ""),
        ] {
            assert!(
                !are_drifted(one, other) && !are_drifted(other, one),
                "{one} {other}"
            );
        }
    }
}
