//! What the year's Do texts tell of one value of a KPI.

use rust_decimal::Decimal;

use super::count::{Count, counts};
use super::role::Role;
use super::sentence::{Sentence, sentences};
use super::subject::Subject;
use crate::model::text::is_dash;
use crate::model::{CellRef, FiscalYear, ItemSheet, Text};

/// Whose counts are looked for.
pub(super) struct Wanted<'a> {
    /// The KPI, or the label of its part.
    pub(super) subject: &'a Subject,
    /// What else on the sheet is counted in the unit.
    pub(super) rivals: &'a [Subject],
    /// The unit as prose names it.
    pub(super) unit: &'a str,
    /// The reporting year.
    pub(super) year: FiscalYear,
    /// Whether the subject is the label of a part: a place then stands for an occasion.
    pub(super) labelled: bool,
}

/// A count that is the KPI's.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) value: Decimal,
    /// As it was typed: `134時間`.
    pub(super) text: String,
    pub(super) role: Role,
    /// Whether its sentence says that it is the half's own: 下半期は, 更に.
    pub(super) of_half: bool,
    sentence: usize,
    lead: Option<usize>,
    bracketed: bool,
}

/// What the texts of both halves tell.
#[derive(Default)]
pub(super) struct Told {
    /// First and second half.
    pub(super) halves: [Vec<Piece>; 2],
    /// Values that may belong to the KPI or not.
    pub(super) doubtful: Vec<Decimal>,
    /// Whether the parts that a text lists for a total do not make it.
    pub(super) muddled: bool,
    /// The cells of the pieces.
    pub(super) cells: Vec<CellRef>,
}

/// Verbs of what has not come about.
const NOT_DONE: [&str; 18] = [
    "協議",
    "検討",
    "調整",
    "準備",
    "打診",
    "照会",
    "依頼",
    "断念",
    "中止",
    "延期",
    "廃止",
    "辞退",
    "取消",
    "却下",
    "見送",
    "募集",
    "予算",
    "申し出",
];
/// Units that count things that happen or are there; what they count stands beside them.
const MEASURES: [&str; 14] = [
    "時間", "円", "分", "m", "km", "㎡", "m2", "ha", "t", "トン", "kg", "kWh", "L", "枚",
];
/// Units of places and hosts: one visit is one occasion.
const PLACES: [&str; 6] = ["校", "社", "か所", "会場", "団体", "大学"];
const TOOK_PART: [&str; 6] = ["参加", "出席", "出展", "訪問", "開催", "実施"];

/// Gathers what the sheet's Do texts tell.
pub(super) fn told(sheet: &ItemSheet, wanted: &Wanted<'_>) -> Told {
    let mut told = Told::default();
    let mut plan = "";
    for row in &sheet.status {
        let supplementary = row.plan.is_blank();
        if !supplementary {
            plan = if is_dash(row.plan.text()) {
                ""
            } else {
                row.plan.text()
            };
        }
        for (half, text) in [&row.first_half, &row.second_half].into_iter().enumerate() {
            let found = in_text(text, plan, supplementary, wanted);
            told.doubtful.extend(found.doubtful);
            told.muddled |= found.muddled;
            if let (Some(place), false) = (&text.place, found.pieces.is_empty()) {
                told.cells.push(place.cell);
            }
            told.halves[half].extend(found.pieces);
        }
    }
    told
}

#[derive(Default)]
struct Found {
    pieces: Vec<Piece>,
    doubtful: Vec<Decimal>,
    muddled: bool,
}

fn in_text(text: &Text, plan: &str, supplementary: bool, wanted: &Wanted<'_>) -> Found {
    let sentences = sentences(text.text());
    let mut found = Found::default();
    for count in counts(&sentences, wanted.unit, wanted.year) {
        match belongs(&count, &sentences, plan, wanted) {
            Belongs::No => {}
            Belongs::Yes if !supplementary => found.pieces.push(piece(&count, &sentences)),
            Belongs::Yes | Belongs::Perhaps => found.doubtful.push(count.value),
        }
    }
    if wanted.labelled
        && wanted.unit == "回"
        && found.pieces.is_empty()
        && found.doubtful.is_empty()
    {
        found.pieces = places(&sentences, wanted);
    }
    without_parts(&mut found);
    found
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Belongs {
    Yes,
    No,
    Perhaps,
}

fn belongs(count: &Count, sentences: &[Sentence], plan: &str, wanted: &Wanted<'_>) -> Belongs {
    let Some(sentence) = sentences.get(count.sentence) else {
        return Belongs::No;
    };
    let lead = sentence.lead.and_then(|lead| sentences.get(lead));
    let context = lead.map_or(String::new(), |lead| lead.text.clone()) + &sentence.text;
    let subject = wanted.subject;
    let strongest = |text: &str| {
        wanted
            .rivals
            .iter()
            .map(|rival| rival.coverage(text))
            .max()
            .unwrap_or(0)
    };
    let named = subject.is_named(&context);
    let (own, other) = match named {
        true => (subject.coverage(&context), strongest(&context)),
        false if wanted.rivals.iter().any(|rival| rival.is_named(&context)) => return Belongs::No,
        false => (subject.coverage(plan), strongest(plan)),
    };
    if !named && !subject.is_named(plan) {
        let hint = subject.coverage(&context).max(own) >= 30;
        return if hint { Belongs::Perhaps } else { Belongs::No };
    }
    if other > own {
        return Belongs::No;
    }
    match count.role {
        Role::Share | Role::Aim | Role::Aside => return Belongs::No,
        Role::Unclear => return Belongs::Perhaps,
        Role::Done | Role::Total | Role::Year | Role::Cumulative => {}
    }
    if other == own {
        return Belongs::Perhaps;
    }
    let before = &sentence.text[..count.range.start];
    let after = &sentence.text[count.range.end..];
    if let Some(label) = label(before).filter(|label| measures_itself(label)) {
        return if subject.shares(label) {
            Belongs::Perhaps
        } else {
            Belongs::No
        };
    }
    let rest = after.split(['、', '\n']).next().unwrap_or("");
    if NOT_DONE
        .iter()
        .any(|verb| rest.contains(verb) && !subject.says(verb))
    {
        return Belongs::Perhaps;
    }
    let things = things(before, after);
    let measured = MEASURES.contains(&wanted.unit);
    let own_thing = things.is_empty() || things.iter().any(|thing| subject.shares(thing));
    match measured || own_thing || lead.is_some() {
        true => Belongs::Yes,
        false => Belongs::Perhaps,
    }
}

/// The words that a number stands to as a list's value: `申請書読取数：997件`.
fn label(before: &str) -> Option<&str> {
    let before = before.trim_end_matches([' ', ':', '…', '→']);
    let start = before
        .rfind(['、', '。', '(', ' ', '\n', ':', '・'])
        .map_or(0, |at| {
            at + before[at..].chars().next().map_or(0, char::len_utf8)
        });
    Some(&before[start..]).filter(|label| !label.is_empty())
}

fn measures_itself(label: &str) -> bool {
    label.ends_with(['数', '率', '額', '量'])
}

/// The nouns that a count counts: before を, は, が or も, and behind の.
fn things<'a>(before: &'a str, after: &'a str) -> Vec<&'a str> {
    let clause = before.rsplit(['、', '\n', '(', ')']).next().unwrap_or("");
    let mut things = Vec::new();
    if let Some(at) = clause.rfind(['を', 'は', 'が', 'も']) {
        let topic = &clause[..at];
        let place = topic.ends_with(['に', 'で', 'と']) || topic.ends_with(['期', '度', '月']);
        let start = topic.rfind(['を', 'は', 'が', 'に', 'で']).unwrap_or(0);
        if !place && !topic.is_empty() {
            things.push(&topic[start..]);
        }
    }
    if let Some(rest) = after.strip_prefix('の') {
        let end = rest.find(['、', 'を', 'は', 'が', 'に', 'で', 'と', 'も', '\n', ')']);
        things.push(&rest[..end.unwrap_or(rest.len())]);
    }
    things
}

fn piece(count: &Count, sentences: &[Sentence]) -> Piece {
    let sentence = sentences.get(count.sentence);
    let text = sentence.map_or("", |one| one.text.as_str());
    let before = text.get(..count.range.start).unwrap_or("");
    let depth = before.matches('(').count() > before.matches(')').count();
    let of_half = ["下半期", "後半", "新たに", "更に", "さらに", "追加", "加え"];
    Piece {
        value: count.value,
        text: count.text(sentences).to_owned(),
        role: count.role,
        of_half: of_half.iter().any(|word| text.contains(word)),
        sentence: count.sentence,
        lead: sentence.and_then(|one| one.lead),
        bracketed: depth,
    }
}

/// Places taken for occasions: `大学1校、専門学校1校の就職説明会に参加`.
fn places(sentences: &[Sentence], wanted: &Wanted<'_>) -> Vec<Piece> {
    let named = |count: &Count| {
        let text = sentences
            .get(count.sentence)
            .map_or("", |one| one.text.as_str());
        let took_part = TOOK_PART.iter().any(|verb| text.contains(verb));
        count.role == Role::Done && took_part && wanted.subject.is_named(text)
    };
    let mut by_unit = PLACES.iter().map(|unit| {
        let mut counts = counts(sentences, unit, wanted.year);
        counts.retain(named);
        counts
    });
    let by_unit: Vec<Vec<Count>> = by_unit
        .by_ref()
        .filter(|counts| !counts.is_empty())
        .collect();
    match by_unit.as_slice() {
        [counts] => counts.iter().map(|count| piece(count, sentences)).collect(),
        [] | [..] => Vec::new(),
    }
}

/// Takes out what another count of the text holds already: parts in brackets, before 計 and in the
/// list below.
fn without_parts(found: &mut Found) {
    let all = std::mem::take(&mut found.pieces);
    let sum = |pieces: &[&Piece]| pieces.iter().map(|piece| piece.value).sum::<Decimal>();
    let mut dropped = vec![false; all.len()];
    for (at, piece) in all.iter().enumerate() {
        let earlier = |other: &usize| *other < at && all[*other].sentence == piece.sentence;
        if piece.bracketed && (0..at).any(|other| earlier(&other) && !all[other].bracketed) {
            dropped[at] = true;
            continue;
        }
        let listed = |other: &usize| all[*other].lead == Some(piece.sentence);
        let beside =
            |other: &usize| *other != at && piece.lead.is_some() && all[*other].lead == piece.lead;
        let parts: Vec<usize> = match piece.role {
            Role::Total if piece.lead.is_some() => (0..all.len()).filter(beside).collect(),
            Role::Total => (0..all.len())
                .filter(|other| earlier(other) || listed(other))
                .collect(),
            Role::Done
            | Role::Year
            | Role::Cumulative
            | Role::Share
            | Role::Aim
            | Role::Aside
            | Role::Unclear => (0..all.len()).filter(listed).collect(),
        };
        let made: Vec<&Piece> = parts.iter().map(|part| &all[*part]).collect();
        if !parts.is_empty() && sum(&made) != piece.value {
            found.muddled = true;
        }
        parts.into_iter().for_each(|part| dropped[part] = true);
    }
    let kept = all.into_iter().zip(dropped).filter(|(_, dropped)| !dropped);
    found.pieces = kept.map(|(piece, _)| piece).collect();
}
