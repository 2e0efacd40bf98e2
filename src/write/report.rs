//! The check report as a workbook of its own: 点検結果 to work through, and 提出状況.

use std::collections::BTreeMap;

use crate::model::{Book, Finding, PageSetup, Rule, Standings};

use super::findings::{self, HEAD_ROWS};
use super::marks::Marks;
use super::name::SheetNames;
use super::page::Paper;
use super::sheet::{Kind, Sheet};
use super::style::Styles;
use super::{Stamp, WriteError, Written, begin, submission};

/// The margins are smaller than the official form's: the list is wide.
const PAGE: PageSetup = PageSetup {
    margins: [10.0, 10.0, 16.0, 14.0],
    header_margin: 8.0,
    landscape: true,
};

/// Writes the check report: what was found, a row a finding, and who has returned what.
///
/// The items are not in this workbook, so nothing in it is a link.
///
/// # Errors
///
/// A text too long for a cell, a layout that cannot be drawn, or a fault of the library.
pub fn report(
    book: &Book,
    findings: &[Finding],
    rules: &[&'static Rule],
    stamp: Stamp,
) -> Result<Written, WriteError> {
    let mut styles = Styles::new(&book.layout.look)?;
    let paper = Paper::new(&PAGE);
    let mut names = SheetNames::default();
    let list = names.safe_sheet_name(&book.layout.sheets.findings);
    let matrix = names.safe_sheet_name(&book.layout.sheets.submission);
    let list = findings::draft(book, findings, rules, &list, None, &styles);
    let standings = Standings::of(book, findings);
    let matrix = submission::draft(book, &standings, &matrix, &[], &paper, &styles);
    let no_items = Marks::new(book, &[], &[], BTreeMap::new());
    let mut workbook = begin(&title(book), &styles, stamp)?;
    let mut sheets = Vec::new();
    for (draft, kind) in [(&list, Kind::Report(HEAD_ROWS)), (&matrix, Kind::Item)] {
        let sheet = Sheet {
            draft,
            paper,
            kind,
            marked: None,
            right: String::new(),
        };
        sheets.push(sheet.write(book, &no_items, &mut workbook, &mut styles)?);
    }
    if let Some(ticked) = findings::Ticked::new(&list, findings) {
        ticked.add(&mut workbook)?;
    }
    let bytes = workbook.save_to_buffer()?;
    Ok(Written { bytes, sheets })
}

fn title(book: &Book) -> String {
    let plan = book.cover.plan.as_deref().unwrap_or("");
    let name = &book.layout.sheets.findings;
    format!("{plan} {name} {}", book.period).trim().to_owned()
}
