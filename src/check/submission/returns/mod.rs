//! What the messages say of several returns of one item: both values, both cells, both dates.

use std::collections::BTreeMap;

use super::{dated, named};
use crate::check::plan::around_difference;
use crate::check::{anchor, finding, quote};
use crate::model::text::excerpt;
use crate::model::{
    Blanked, Book, BookItem, Conflict, Entered, FieldName, Finding, ItemSheet, Level, NamedField,
    Rule,
};

/// Texts longer than this are quoted around where they differ.
const QUOTED: usize = 80;
/// So many of the other texts, of the returns with one text, and of the fields are told; more are
/// counted.
const TOLD: usize = 5;

/// A field that returns fill differently.
pub(super) fn conflict(rule: &Rule, book: &Book, item: &BookItem, conflict: &Conflict) -> Finding {
    let sheet = item.returned().unwrap_or(&item.plan);
    let label = conflict.field.label(&book.layout, sheet);
    let first = conflict.others.first().and_then(|group| group.first());
    let (taken, _) = quoted(
        &conflict.taken.raw,
        first.map_or("", |other| other.raw.as_str()),
    );
    let mut values = Vec::new();
    for group in conflict.others.iter().take(TOLD) {
        let raw = group.first().map_or("", |other| other.raw.as_str());
        let (_, other) = quoted(&conflict.taken.raw, raw);
        let places = group.iter().take(TOLD).map(|one| whence(item, one));
        let places: Vec<String> = places.collect();
        let more = more(group.len(), "件");
        values.push(format!("{other}（{}{more}）", places.join("、")));
    }
    let told = |chosen: &str| {
        format!(
            "票によって{label}の記載が異なります：{taken}（{}{chosen}）、{}{}。",
            whence(item, &conflict.taken),
            values.join("、"),
            more(conflict.others.len(), "通り")
        )
    };
    let reason = conflict.choice.reason();
    let message = format!("{}採用したのは、{reason}です。", told("、こちらを採用"));
    let place = conflict.taken.place.clone();
    let place = place.unwrap_or_else(|| anchor(&item.returns[conflict.taken.at].sheet));
    Finding {
        found: Some(conflict.taken.raw.clone()).filter(|raw| !raw.is_empty()),
        asked: Some(told("")),
        ..finding(rule, item, Some(place), message)
    }
}

/// Fields that a return leaves blank while another one's entries were taken.
pub(super) fn blanked(
    rule: &Rule,
    book: &Book,
    item: &BookItem,
    blanked: &Blanked,
) -> Option<Finding> {
    let sheet = item.returned()?;
    let fields = sheet.fields().into_iter();
    let fields: BTreeMap<FieldName, NamedField<'_>> =
        fields.map(|field| (field.name, field)).collect();
    let mut told = Vec::new();
    let mut places = Vec::new();
    for (name, blank) in &blanked.fields {
        let Some(field) = fields.get(name) else {
            continue;
        };
        places.extend(field.place.cloned());
        let mut whence: Vec<String> = field.place.iter().map(ToString::to_string).collect();
        whence.extend(blank.iter().map(|cell| format!("空欄は{cell}")));
        let label = name.label(&book.layout, sheet);
        let value = quote(field.raw.unwrap_or(""));
        told.push(format!("{label}{value}（{}）", whence.join("、")));
    }
    let first = places.first()?.clone();
    places.retain(|place| place.source == first.source);
    let count = told.len();
    told.truncate(TOLD);
    let message = format!(
        "{}では空欄ですが、{}の記載を採用しました：{}{}",
        dated(&item.returns[blanked.at]),
        dated(&item.returns[blanked.from]),
        told.join("、"),
        more(count, "欄")
    );
    Some(Finding {
        level: Level::Info,
        cells: places.into_iter().map(|place| place.cell).collect(),
        remedy: "削除した記載でないか確かめ、削除した場合は、採用した票からも除いて提出し直してください。"
            .to_owned(),
        ..finding(rule, item, Some(first), message)
    })
}

/// A return that bears the title of another item of the plan.
pub(super) fn mistyped(
    rule: &Rule,
    item: &BookItem,
    owner: &BookItem,
    sheet: &ItemSheet,
) -> Finding {
    let place = sheet.number.place.clone().unwrap_or_else(|| anchor(sheet));
    let message = format!(
        "{}の取組番号は「{}」ですが、取組項目名は取組{}と同じ{}です（取組{}は{}）。取組番号の誤りと思われます。",
        named(sheet),
        item.number(),
        owner.number(),
        quote(sheet.title.text()),
        item.number(),
        quote(item.plan.title.text())
    );
    Finding {
        found: sheet.number.said(),
        expected: Some(owner.number().to_string()),
        remedy: "取組番号を計画で確かめ、正しい番号に直して提出し直してください。".to_owned(),
        ..finding(rule, item, Some(place), message)
    }
}

/// A return that bears a title of its own beside one that bears the plan's.
pub(super) fn unlike(rule: &Rule, item: &BookItem, sheet: &ItemSheet) -> Finding {
    let place = sheet.title.place.clone().unwrap_or_else(|| anchor(sheet));
    let message = format!(
        "{}は取組番号が「{}」ですが、取組項目名が計画の{}ではなく{}のため、取り込んでいません。",
        named(sheet),
        item.number(),
        quote(item.plan.title.text()),
        quote(sheet.title.text())
    );
    Finding {
        found: sheet.title.said(),
        expected: item.plan.title.said(),
        remedy: "取組番号と取組項目名を計画で確かめ、正しい票を提出し直してください。".to_owned(),
        ..finding(rule, item, Some(place), message)
    }
}

/// The cell and the date of an entry.
fn whence(item: &BookItem, entered: &Entered) -> String {
    let returned = &item.returns[entered.at];
    let place = entered.place.as_ref().map(ToString::to_string);
    let place = place.unwrap_or_else(|| named(&returned.sheet));
    format!("{place}、{}", returned.saved())
}

/// Two texts in quotes; long ones around where they differ.
fn quoted(taken: &str, other: &str) -> (String, String) {
    let is_long = |text: &str| text.chars().count() > QUOTED;
    let (taken, other) = match is_long(taken) || is_long(other) {
        true => around_difference(taken, other),
        false => (excerpt(taken, QUOTED), excerpt(other, QUOTED)),
    };
    let quoted = |text: String| match text.is_empty() {
        true => "空欄".to_owned(),
        false => format!("「{text}」"),
    };
    (quoted(taken), quoted(other))
}

fn more(count: usize, unit: &str) -> String {
    match count.saturating_sub(TOLD) {
        0 => String::new(),
        more => format!("、ほか{more}{unit}"),
    }
}
