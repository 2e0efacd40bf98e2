//! 表紙 and 取組項目一覧.

use std::collections::BTreeMap;

use crate::model::text::name_key;
use crate::model::{Cover, Difference, FiscalYear, IndexRow, Layout, Text};

use super::{kind, of_text, said};

type OfCover = fn(&Cover) -> Option<String>;
type OfRow = fn(&IndexRow) -> &Text;

/// What the covers say differently; a workbook without a cover says nothing.
pub(super) fn cover(before: &Cover, after: &Cover) -> Vec<Difference> {
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
    before: &[IndexRow],
    after: &[IndexRow],
    layout: &Layout,
    told: &[Difference],
) -> Vec<Difference> {
    // A workbook without a list, a department's return, says nothing of it.
    if before.is_empty() || after.is_empty() {
        return Vec::new();
    }
    let by_number = |rows: &'_ [IndexRow]| -> BTreeMap<u32, IndexRow> {
        rows.iter().map(|row| (row.number, row.clone())).collect()
    };
    let (before, after) = (by_number(before), by_number(after));
    let labels = &layout.labels;
    let fields: [(&str, OfRow); 3] = [
        (labels.priority.plain(), |row| &row.priority),
        (labels.title.plain(), |row| &row.title),
        (labels.lead.plain(), |row| &row.lead),
    ];
    let mut found = Vec::new();
    // Items that only one workbook has are told by their sheets.
    for (number, (before, after)) in both(&before, &after) {
        for (label, field) in fields {
            let texts = [field(before), field(after)];
            let [one, other] = texts.map(said);
            let Some(kind) = kind(one.as_ref(), other.as_ref(), false) else {
                continue;
            };
            let keys = texts.map(|text| name_key(text.text()));
            let of_item = told.iter().filter(|one| one.number == Some(number));
            let mut of_item = of_item.map(|one| one.texts().map(name_key));
            if of_item.any(|told| told == keys) {
                continue;
            }
            found.push(Difference {
                number: Some(number),
                title: after.title.text().to_owned(),
                lead: after.lead.text().to_owned(),
                field: format!("{} {label}", layout.sheets.index),
                kind,
                before: one,
                after: other,
            });
        }
    }
    found
}

fn both<'a>(
    before: &'a BTreeMap<u32, IndexRow>,
    after: &'a BTreeMap<u32, IndexRow>,
) -> impl Iterator<Item = (u32, (&'a IndexRow, &'a IndexRow))> {
    let rows = after.iter();
    rows.filter_map(|(number, after)| Some((*number, (before.get(number)?, after))))
}
