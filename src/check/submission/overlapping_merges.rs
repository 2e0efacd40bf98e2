//! S19
//!
//! Excel saves no merged cells that overlap, and each program that opens them keeps others: within
//! the form an entry may have been meant for another field than the one it was read as.

use super::{at_place, every_return};
use crate::check::damage::about_previous;
use crate::check::sidecar::sidecars;
use crate::model::{Book, CellRange, CellRef, Finding, Level, Rule, Sidecar, When};

/// How many overlaps are told in words.
const TOLD: usize = 3;

pub(in crate::check) static RULE: Rule = Rule {
    code: "S19",
    name: "overlapping_merges",
    level: Level::Warning,
    when: When::Both,
    title: "セルの結合の重なり",
    why: "重なった結合は、開くソフトによって残るものが異なり、記載が別の欄のものになるおそれがあります。",
    remedy: "Excelで開き、重なっている結合を解除してから、配布した様式のとおりに結合し直して提出してください。",
    example: "別のソフトで作られたファイルで、セルの結合「A11:C12」と「C11:D11」が重なっている。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found: Vec<Finding> = sidecars(book)
        .filter_map(|sidecar| of_sheet(book, sidecar))
        .collect();
    let before = book.previous.iter().flat_map(|before| &before.overlaps);
    found.extend(before.map(|place| {
        let message = "前回の集約版に、重なっているセルの結合があります。重なった結合は、ないものとして読みました。";
        about_previous(&RULE, place, &[place.cell], message.to_owned())
    }));
    found
}

fn of_sheet(book: &Book, sidecar: &Sidecar) -> Option<Finding> {
    let overlaps = &sidecar.overlaps;
    let first = overlaps.first.first()?;
    let told = overlaps.first.iter().take(TOLD);
    let told: Vec<String> = told
        .map(|one| format!("「{}」が「{}」", one.left_out, one.kept))
        .collect();
    let more = match overlaps.count - told.len() {
        0 => String::new(),
        more => format!("（ほか{more}か所）"),
    };
    let message = format!(
        "セルの結合{}と重なっています{more}。重なった結合は、ないものとして読みました。",
        told.join("、")
    );
    let mut finding = at_place(book, &RULE, &sidecar.place(first.left_out.first), message);
    let cells = overlaps.first.iter().map(|one| one.left_out.first);
    finding.cells = cells.collect();
    // Outside the form nothing can have been read as something else.
    let form = form_on(book, sidecar);
    let mut left_out = overlaps.first.iter().map(|one| one.left_out);
    if !left_out.any(|range| form.is_some_and(|form| meet(form, range))) {
        finding.level = Level::Info;
    }
    Some(finding)
}

/// The rectangle around all fields of the forms on a sheet.
fn form_on(book: &Book, sidecar: &Sidecar) -> Option<CellRange> {
    let here = every_return(book).filter(|(_, own)| own.sheet.source == sidecar.source);
    let fields = here.flat_map(|(_, own)| own.sheet.fields());
    let cells = fields.filter_map(|field| Some(CellRange::from(field.place?.cell)));
    cells.reduce(|one, other| CellRange {
        first: CellRef {
            row: one.first.row.min(other.first.row),
            column: one.first.column.min(other.first.column),
        },
        last: CellRef {
            row: one.last.row.max(other.last.row),
            column: one.last.column.max(other.last.column),
        },
    })
}

/// Tells whether two ranges have a cell in common.
fn meet(one: CellRange, other: CellRange) -> bool {
    let rows = one.first.row <= other.last.row && other.first.row <= one.last.row;
    let columns = one.first.column <= other.last.column && other.first.column <= one.last.column;
    rows && columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};
    use crate::check::sidecar::fixture::beside;

    #[test]
    fn fires() {
        let book = beside().overlap("C11:D12", "A12:C13").of_clean();
        assert_eq!(found(&RULE, &book), ["S19 C11"]);
        let finding = check(&book).remove(0);
        let told = "セルの結合「C11:D12」が「A12:C13」と重なっています。重なった結合は、ないものとして読みました。";
        assert_eq!(finding.message, told);
        assert_eq!(finding.department.as_deref(), Some("総務課"));
    }

    #[test]
    fn fires_once_a_sheet_and_only_hints_outside_the_form() {
        let many = (40..=44).fold(beside(), |beside, row| {
            beside.overlap(&format!("B{row}:C{row}"), &format!("A{row}:B{row}"))
        });
        let book = many.of_clean();
        assert_eq!(found(&RULE, &book), ["S19 B40,B41,B42,B43,B44 info"]);
        let message = check(&book).remove(0).message;
        let told = "セルの結合「B40:C40」が「A40:B40」、「B41:C41」が「A41:B41」、「B42:C42」が「A42:B42」と重なっています（ほか2か所）。";
        assert!(message.starts_with(told), "{message}");
    }

    #[test]
    fn fires_on_the_previous_workbook() {
        let mut book = beside().overlap("C11:D12", "A12:C13").of_clean();
        let place = book.files[0].sidecars.remove(0).place(CellRef::new(10, 2));
        book.previous.as_mut().unwrap().overlaps.push(place);
        assert_eq!(found(&RULE, &book), ["S19 C11"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        let other = beside().hidden_rows(22, 22, &["A22"]).of_clean();
        assert!(found(&RULE, &other).is_empty());
    }
}
