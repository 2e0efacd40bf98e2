//! S05: what is left over in a form of which a block has lost its heading: one finding, not one a
//! cell.

use std::ops::RangeInclusive;

use crate::check::{finding, is_absent, quote};
use crate::model::{
    Book, BookItem, CellRef, FieldName, Finding, ItemSheet, NamedField, Place, Rule, Text,
};

const REMEDY: &str = "見出しを配布した様式のとおりに直してください。";

/// The rows and columns in which the form of a sheet stands.
struct Extent {
    rows: RangeInclusive<u32>,
    columns: RangeInclusive<u32>,
}

impl Extent {
    /// From the form's anchor to the last of its fields; to the sheet's end where the headings that
    /// stand last are gone.
    fn of(book: &Book, sheet: &ItemSheet) -> Self {
        // A footnote counts beside the form as well.
        let is_inside = |field: &NamedField<'_>| !matches!(field.name, FieldName::Footnote { .. });
        let fields = sheet.fields().into_iter().filter(is_inside);
        let mut last = sheet.anchor;
        for cell in fields.filter_map(|field| Some(field.place?.cell)) {
            last = CellRef::new(last.row.max(cell.row), last.column.max(cell.column));
        }
        let labels = &book.layout.labels;
        let open = [&labels.check, &labels.action];
        let last_row = match open.iter().any(|label| is_absent(sheet, label.plain())) {
            true => u32::MAX,
            false => last.row,
        };
        Self {
            rows: sheet.anchor.row..=last_row,
            columns: sheet.anchor.column..=last.column,
        }
    }

    fn contains(&self, place: &Place) -> bool {
        self.rows.contains(&place.cell.row) && self.columns.contains(&place.cell.column)
    }
}

/// The headings of blocks that were not found on a sheet.
fn headings<'a>(book: &Book, sheet: &'a ItemSheet) -> Vec<&'a String> {
    let labels = &book.layout.labels;
    let blocks = [
        &labels.schedule,
        &labels.kpi,
        &labels.plan,
        &labels.check,
        &labels.action,
    ];
    let key = |text: &str| -> String { text.split_whitespace().collect() };
    let is_block = |name: &&String| blocks.iter().any(|label| key(label.plain()) == key(name));
    sheet.missing_blocks.iter().filter(is_block).collect()
}

/// Takes what stands inside the form out of the cells that were left over, where a block's heading
/// was not found, and tells of all of it at once.
pub(super) fn told_at_once(
    rule: &Rule,
    book: &Book,
    item: &BookItem,
    sheet: &ItemSheet,
    cells: &mut Vec<&Text>,
) -> Option<Finding> {
    let names = headings(book, sheet);
    if names.is_empty() || cells.is_empty() {
        return None;
    }
    let extent = Extent::of(book, sheet);
    let is_inside = |cell: &&Text| {
        let place = cell.place.as_ref();
        place.is_some_and(|place| extent.contains(place))
    };
    let (mut inside, beside): (Vec<&Text>, Vec<&Text>) = cells.iter().copied().partition(is_inside);
    *cells = beside;
    inside.sort_by_key(|cell| cell.place.as_ref().map(|place| place.cell));
    let first = inside.first()?;
    let names: Vec<String> = names.into_iter().map(|name| quote(name)).collect();
    let count = match inside.len() {
        1 => String::new(),
        count => format!("など{count}か所"),
    };
    let message = format!(
        "見出し{}が見つからず、どの欄の記載か判断できないため、読み取っていません：{}{count}",
        names.concat(),
        quote(first.text())
    );
    let mut finding = finding(rule, item, first.place.clone(), message);
    let places = inside.iter().filter_map(|cell| cell.place.as_ref());
    finding.cells = places.map(|place| place.cell).collect();
    let texts: Vec<&str> = inside.iter().map(|cell| cell.text()).collect();
    finding.found = Some(texts.join(" / "));
    REMEDY.clone_into(&mut finding.remedy);
    Some(finding)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::{clean, found};
    use crate::check::submission::unplaced_entry::RULE;

    #[test]
    fn what_a_lost_block_leaves_over_is_told_at_once_and_what_stands_beside_the_form_apart() {
        let lost = clean().cleared("A21:L21").put("N12", "再提出予定").book();
        let told = found(&RULE, &lost);
        assert_eq!(told, ["S05 N12", "S05 A20,A22,E22,I22,A23,I24"]);
        let finding = (RULE.check)(&lost).remove(0);
        for part in ["「取組目標【Plan】」", "「令和5年度の実施状況」など6か所"]
        {
            assert!(finding.message.contains(part), "{}", finding.message);
        }
        let texts = "令和5年度の実施状況 / 申請を拡充します。 / 6件を拡充しました。 / 8件を拡充しました。 / — / ・対象の一覧";
        assert_eq!(finding.found.as_deref(), Some(texts));
        // The heading that stands last leaves over what stands below all the fields.
        let action = clean().put("A31", "").book();
        assert_eq!(found(&RULE, &action), ["S05 A32"]);
        assert!((RULE.check)(&action)[0].message.contains("改善事項"));
    }
}
