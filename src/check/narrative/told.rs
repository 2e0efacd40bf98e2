//! What the year's Do texts tell of one value of a KPI.

use rust_decimal::Decimal;

use super::belongs::{Belongs, Wanted, belongs};
use super::count::{Count, MOST, counts};
use super::role::{Role, words};
use super::sentence::Sentence;
use crate::model::text::is_dash;
use crate::model::{CellRef, Half, ItemSheet};

/// A count that is the KPI's.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) value: Decimal,
    /// As it was typed: `134時間`.
    pub(super) text: String,
    pub(super) role: Role,
    /// Whether its sentence says that it is the half's own: 下半期は, 更に.
    pub(super) of_half: bool,
    /// Whether it is told as a state, and may be the year's so far: 18回となりました.
    pub(super) state: bool,
    sentence: usize,
    lead: Option<usize>,
    bracket: Bracket,
}

/// How a count stands to a bracket.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Bracket {
    Outside,
    /// In a bracket that follows another count: 98件(預金71件.
    OfCount,
    /// In another bracket.
    Other,
}

/// What the texts of both halves tell.
#[derive(Default)]
pub(super) struct Told {
    /// Whether the results stand in two columns, one a half.
    pub(super) split: bool,
    /// First and second half; all is in the second where they stand in one column.
    pub(super) halves: [Vec<Piece>; 2],
    /// Whether there is a count that may be the KPI's or not, or parts that do not make their total.
    pub(super) doubtful: bool,
    /// Whether a count is of a narrower thing, so that the texts do not tell all.
    pub(super) in_part: bool,
    /// The cells of the pieces.
    pub(super) cells: Vec<CellRef>,
}

/// Units of places and hosts: one visit is one occasion.
const PLACES: &str = "校 社 か所 会場 団体 大学";
const TOOK_PART: &str = "参加 出席 出展 訪問 開催 実施";
const OF_HALF: &str = "下半期 後半 新たに 更に さらに 追加 加え";
const STATES: &str = "となり となっ に達し に上り でした であった";
/// Words that tell people from attendances.
const HEADS: &str = "実人数 実人員 実数 実参加";

/// Gathers what the sheet's Do texts tell; `results` are their sentences ([`super::results`]).
pub(super) fn told(sheet: &ItemSheet, results: &[[Vec<Sentence>; 2]], wanted: &Wanted<'_>) -> Told {
    let mut told = Told {
        split: sheet
            .status
            .iter()
            .any(|row| row.first_half.place.is_some()),
        ..Told::default()
    };
    let mut plan = "";
    for (row, [first, second]) in sheet.status.iter().zip(results) {
        let supplementary = row.plan.is_blank();
        match row.plan.text() {
            text if is_dash(text) => plan = "",
            text if !supplementary => plan = text,
            _ => {}
        }
        let halves = [
            (Half::First, &row.first_half, first),
            (Half::Second, &row.second_half, second),
        ];
        for (at, (half, text, sentences)) in halves.into_iter().enumerate() {
            let found = in_text(sentences, half, plan, wanted);
            told.doubtful |= found.doubtful || supplementary && !found.pieces.is_empty();
            told.in_part |= found.in_part;
            if let (Some(place), false) = (&text.place, found.pieces.is_empty()) {
                told.cells.push(place.cell);
            }
            told.halves[at].extend(found.pieces);
        }
    }
    told
}

#[derive(Default)]
struct Found {
    pieces: Vec<Piece>,
    doubtful: bool,
    in_part: bool,
}

fn in_text(sentences: &[Sentence], half: Half, plan: &str, wanted: &Wanted<'_>) -> Found {
    let mut found = Found::default();
    let all = counts(sentences, wanted.unit, wanted.year);
    found.doubtful = all.len() >= MOST;
    for count in all.iter().filter(|_| all.len() < MOST) {
        let sentence = sentences
            .get(count.sentence)
            .map_or("", |one| one.text.as_str());
        let told_again = half == Half::Second && sentence.contains("上半期");
        if bracket(count, sentence, &all) == Bracket::OfCount {
            continue;
        }
        let mixed = words(HEADS).any(|word| sentence.contains(word));
        let belongs = belongs(count, sentences, plan, wanted);
        match belongs {
            Belongs::No => {}
            Belongs::Yes | Belongs::InPart if !told_again && !mixed => {
                found.pieces.push(piece(count, sentences, &all));
                found.in_part |= belongs == Belongs::InPart;
            }
            Belongs::Yes | Belongs::InPart | Belongs::Perhaps => found.doubtful = true,
        }
    }
    if wanted.labelled && wanted.unit == "回" && found.pieces.is_empty() && !found.doubtful {
        found.pieces = places(sentences, wanted);
    }
    without_parts(&mut found);
    found
}

fn piece(count: &Count, sentences: &[Sentence], all: &[Count]) -> Piece {
    let sentence = sentences.get(count.sentence);
    let text = sentence.map_or("", |one| one.text.as_str());
    let after = text.get(count.range.end..).unwrap_or("");
    let rest = after.split(['、', '\n']).next().unwrap_or("");
    Piece {
        value: count.value,
        text: count.text(sentences).to_owned(),
        role: count.role,
        of_half: words(OF_HALF).any(|word| text.contains(word)),
        state: words(STATES).any(|word| rest.contains(word)),
        sentence: count.sentence,
        lead: sentence.and_then(|one| one.lead),
        bracket: bracket(count, text, all),
    }
}

fn bracket(count: &Count, text: &str, all: &[Count]) -> Bracket {
    let before = text.get(..count.range.start).unwrap_or("");
    let open = before.matches('(').count() > before.matches(')').count();
    let Some(opening) = before.rfind('(').filter(|_| open) else {
        return Bracket::Outside;
    };
    let counted = before[..opening].trim_end().len();
    let mut own = all.iter().filter(|other| other.sentence == count.sentence);
    match own.any(|other| other.range.end == counted) {
        true => Bracket::OfCount,
        false => Bracket::Other,
    }
}

/// Places taken for occasions: `大学1校、専門学校1校の就職説明会に参加`.
fn places(sentences: &[Sentence], wanted: &Wanted<'_>) -> Vec<Piece> {
    let named = |count: &Count| {
        let text = sentences
            .get(count.sentence)
            .map_or("", |one| one.text.as_str());
        let took_part = words(TOOK_PART).any(|verb| text.contains(verb));
        count.role == Role::Done && took_part && wanted.subject.is_named(text)
    };
    let by_unit = words(PLACES).map(|unit| {
        let mut counts = counts(sentences, unit, wanted.year);
        counts.retain(named);
        counts
    });
    let by_unit: Vec<Vec<Count>> = by_unit.filter(|counts| !counts.is_empty()).collect();
    match by_unit.as_slice() {
        [counts] => counts
            .iter()
            .map(|count| piece(count, sentences, counts))
            .collect(),
        [] | [..] => Vec::new(),
    }
}

/// Takes out what another count of the text holds already: parts in brackets, before 計 and in the
/// list below.
fn without_parts(found: &mut Found) {
    let all = std::mem::take(&mut found.pieces);
    let mut dropped = vec![false; all.len()];
    for (at, piece) in all.iter().enumerate() {
        match piece.bracket {
            Bracket::Other if piece.lead.is_none() => found.doubtful = true,
            Bracket::Other | Bracket::OfCount | Bracket::Outside => {}
        }
        let earlier = |other: &usize| *other < at && all[*other].sentence == piece.sentence;
        let listed = |other: &usize| all[*other].lead == Some(piece.sentence);
        let beside =
            |other: &usize| *other != at && piece.lead.is_some() && all[*other].lead == piece.lead;
        let (totals, in_list) = (piece.role == Role::Total, piece.lead.is_some());
        let is_part = |other: &usize| match (totals, in_list) {
            (true, true) => beside(other),
            (true, false) => earlier(other) || listed(other),
            (false, _) => listed(other),
        };
        let parts: Vec<usize> = (0..all.len()).filter(is_part).collect();
        let sum: Decimal = parts.iter().map(|part| all[*part].value).sum();
        found.doubtful |= !parts.is_empty() && sum != piece.value;
        parts.into_iter().for_each(|part| dropped[part] = true);
    }
    let kept = all.into_iter().zip(dropped).filter(|(_, dropped)| !dropped);
    found.pieces = kept.map(|(piece, _)| piece).collect();
}
