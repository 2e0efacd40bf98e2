//! 表紙 and 取組項目一覧.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::text::name_key;
use crate::model::{Cover, Difference, FiscalYear, IndexRow, Layout, OfficialBook, Text};

use super::items::{WHOLE, difference};
use super::{kind, of_text, said};

type OfCover = fn(&Cover) -> Option<String>;
type OfRow = fn(&IndexRow) -> &Text;

/// What the covers say differently; a workbook without a cover says nothing.
pub(super) fn cover(before: &Cover, after: &Cover) -> Vec<Difference> {
    let has_none = |cover: &Cover| *cover == Cover::default();
    if has_none(before) || has_none(after) {
        return Vec::new();
    }
    let fields: [(&str, OfCover); 6] = [
        ("計画の名称", |cover| cover.plan.clone()),
        ("計画の年度", |cover| years(&cover.years)),
        ("対象の年度", |cover| Some(cover.fiscal_year?.long())),
        ("対象の半期", |cover| {
            Some(cover.half?.label().to_owned())
        }),
        ("発行年月", |cover| cover.issued.clone()),
        ("発行者", |cover| cover.issuer.clone()),
    ];
    let mut found = Vec::new();
    for (field, of) in fields {
        let [before, after] =
            [before, after].map(|cover| of(cover).map(|text| of_text(&text, None)));
        if let Some(kind) = kind(before.as_ref(), after.as_ref(), false) {
            found.push(Difference {
                number: None,
                title: "表紙".to_owned(),
                lead: String::new(),
                field: field.to_owned(),
                kind,
                before,
                after,
            });
        }
    }
    found
}

fn years(years: &[FiscalYear]) -> Option<String> {
    let (first, last) = (years.first()?, years.last()?);
    Some(format!("{}～{}", first.long(), last.long()))
}

/// What the lists of items say differently and the sheets do not: a title that was changed in both
/// places is told once.
pub(super) fn index(
    before: &OfficialBook,
    after: &OfficialBook,
    layout: &Layout,
    told: &[Difference],
) -> Vec<Difference> {
    // A workbook without a list, a department's return, says nothing of it.
    if before.index.is_empty() || after.index.is_empty() {
        return Vec::new();
    }
    let by_number = |rows: &'_ [IndexRow]| -> BTreeMap<u32, IndexRow> {
        rows.iter().map(|row| (row.number, row.clone())).collect()
    };
    let sheets = &after.items;
    let (before, after) = (by_number(&before.index), by_number(&after.index));
    let labels = &layout.labels;
    let fields: [(&str, OfRow); 3] = [
        (labels.priority.plain(), |row| &row.priority),
        (labels.title.plain(), |row| &row.title),
        (labels.lead.plain(), |row| &row.lead),
    ];
    let mut found = Vec::new();
    let numbers: BTreeSet<u32> = before.keys().chain(after.keys()).copied().collect();
    for number in numbers {
        let rows = [before.get(&number), after.get(&number)];
        let of_item = || told.iter().filter(|one| one.number == Some(number));
        // An item that only one workbook has is told as a whole.
        if rows.contains(&None) && of_item().any(|one| one.field == WHOLE) {
            continue;
        }
        for (label, field) in fields {
            let texts = rows.map(|row| row.map(field));
            let [one, other] = texts.map(|text| text.and_then(said));
            let Some(kind) = kind(one.as_ref(), other.as_ref(), false) else {
                continue;
            };
            let keys = texts.map(|text| name_key(text.map_or("", Text::text)));
            if of_item().any(|one| one.texts().map(name_key) == keys) {
                continue;
            }
            let [earlier, later] = rows;
            let row = later.or(earlier);
            let sheet = sheets.iter();
            let mut sheet = sheet.filter(|sheet| sheet.number.get() == Some(&number));
            let label = format!("{} {label}", layout.sheets.index);
            found.push(match sheet.next() {
                Some(sheet) => difference(sheet, label, kind, one, other),
                None => Difference {
                    number: Some(number),
                    title: row.map_or_else(String::new, |row| row.title.text().to_owned()),
                    lead: row.map_or_else(String::new, |row| row.lead.text().to_owned()),
                    field: label,
                    kind,
                    before: one,
                    after: other,
                },
            });
        }
    }
    found
}
