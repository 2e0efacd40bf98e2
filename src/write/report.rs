//! The check report as a workbook of its own: 点検結果 to work through, and 提出状況.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DataValidation, Format, Workbook, Worksheet,
};

use crate::model::{Book, CellRef, Finding, PageSetup, Rule, Standings};

use super::findings::{self, HEAD_ROWS, Part};
use super::marks::Marks;
use super::name::SheetNames;
use super::page::Paper;
use super::sheet::{Kind, Sheet};
use super::style::Styles;
use super::{Stamp, WriteError, Written, begin, submission};

/// What can be said of a finding in 対応.
const DONE: [&str; 3] = ["済", "対応中", "対応不要"];
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
    if !findings.is_empty() {
        to_be_ticked_off(&mut workbook, findings, list.last())?;
    }
    let bytes = workbook.save_to_buffer()?;
    Ok(Written { bytes, sheets })
}

fn title(book: &Book) -> String {
    let plan = book.cover.plan.as_deref().unwrap_or("");
    let name = &book.layout.sheets.findings;
    format!("{plan} {name} {}", book.period).trim().to_owned()
}

/// 対応 offers what can be said; what is done fades.
fn to_be_ticked_off(
    workbook: &mut Workbook,
    found: &[Finding],
    last: CellRef,
) -> Result<(), WriteError> {
    let columns = findings::columns(found, false);
    let done = columns.iter().position(|(part, _, _)| *part == Part::Done);
    let Some(done) = done.and_then(|at| u32::try_from(at).ok()) else {
        return Ok(());
    };
    let sheet: &mut Worksheet = workbook.worksheet_from_index(0)?;
    let first = CellRef::new(HEAD_ROWS, done);
    let (row, column) = (first.row, super::text::column(first));
    let offered = DataValidation::new()
        .allow_list_strings(&DONE)?
        // Offered, not demanded: an office has words of its own.
        .show_error_message(false);
    sheet.add_data_validation(row, column, last.row, column, &offered)?;
    let letters = first.to_string();
    let letters = letters.trim_end_matches(|c: char| c.is_ascii_digit());
    let formula = format!(
        "=OR(${letters}{n}=\"{}\",${letters}{n}=\"{}\")",
        DONE[0],
        DONE[2],
        n = row + 1
    );
    let faded = Format::new().set_font_color(Color::RGB(0x0080_8080));
    let condition = ConditionalFormatFormula::new()
        .set_rule(formula.as_str())
        .set_format(faded);
    sheet.add_conditional_format(row, 0, last.row, super::text::column(last), &condition)?;
    Ok(())
}
