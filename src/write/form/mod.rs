//! 配布様式: a lead department's forms as a workbook, to be filled in with Excel.
//!
//! A form is the item's sheet of the merged workbook, with an ID above it. What is to be filled in now
//! is unlocked and coloured; everything else is protected, without a password. The 記入要領 stands
//! first, the lists of the drop-downs on a hidden sheet behind.

mod asked;
mod choices;
mod code;
mod entries;
mod guide;
mod identity;
mod questions;
mod sheet;

use rust_xlsxwriter::{ProtectionOptions, Workbook};

use crate::model::{Book, Handout, HandoutItem, Notice, Question, Rule, SentBack};

use super::draft::Draft;
use super::marks::Marks;
use super::name::SheetNames;
use super::page::Paper;
use super::sheet::{Kind, Sheet};
use super::style::Styles;
use super::{Stamp, WriteError, Written, begin_with, text};

use choices::Choices;
use identity::Identity;
use questions::Questions;

/// What a workbook of forms is made of.
#[derive(Clone, Copy)]
pub struct Issue<'b> {
    /// The book, for its layout, period and cover.
    pub book: &'b Book,
    /// The forms of a department.
    pub handout: &'b Handout,
    /// What the office says in its forms.
    pub notice: &'b Notice,
    /// The rules by which what comes back is checked.
    pub rules: &'b [&'static Rule],
    /// What is asked of the department, where the forms are sent back.
    pub sent: Option<&'b SentBack>,
}

/// Writes the forms of a department, and gives what is asked in them.
///
/// # Errors
///
/// A text too long for a cell, a layout that cannot be drawn, or a fault of the library.
pub fn handout(issue: Issue<'_>, stamp: Stamp) -> Result<(Written, Vec<Question>), WriteError> {
    let (book, handout) = (issue.book, issue.handout);
    let mut styles = Styles::new(&book.layout.look)?;
    let paper = Paper::new(&book.layout.page);
    let identity = Identity::new(book, handout, issue.sent);
    let mut names = SheetNames::default();
    let asked_name = issue.sent.map(|_| names.safe_sheet_name(questions::NAME));
    let guide_name = names.safe_sheet_name(guide::name(&book.layout));
    let items = handout.items.iter();
    let items: Vec<(&HandoutItem, String)> = items
        .map(|item| {
            let wanted = book.layout.sheets.item_name(item.number);
            (item, names.safe_sheet_name(&wanted))
        })
        .collect();
    let guide = guide::draft(issue, &guide_name, &items, &identity, &paper, &styles);
    let mut forms = Vec::with_capacity(items.len());
    for (item, name) in &items {
        forms.push(sheet::draft(book, item, name, &identity, &styles)?);
    }
    let drafts: Vec<&Draft> = forms.iter().collect();
    let findings = issue.sent.map_or(&[][..], |sent| &sent.findings);
    let marks = Marks::new(book, findings, &drafts, questions::numbers(handout));
    let asked = issue
        .sent
        .map(|sent| (sent, Questions::new(sent, &marks, &drafts, issue.rules)));
    let sheet_names: Vec<&str> = items.iter().map(|(_, name)| name.as_str()).collect();
    let mut workbook = begin_with(identity.properties(book), &styles, stamp)?;
    let mut sheets = Vec::new();
    let department = &handout.department;
    if let (Some((sent, asked)), Some(name)) = (&asked, asked_name) {
        let look = (&identity, &paper, &styles);
        let list = asked.draft(&name, book, (sent, issue.notice), &sheet_names, look);
        let kind = Kind::Table(questions::HEAD_ROWS);
        let written = part(&list, paper, department, kind, None);
        sheets.push(written.write(book, &marks, &mut workbook, &mut styles)?);
        protect(&mut workbook, &list)?;
    }
    if !items.is_empty() {
        let written = part(&guide, paper, department, Kind::Item, None);
        sheets.push(written.write(book, &marks, &mut workbook, &mut styles)?);
        protect(&mut workbook, &guide)?;
    }
    let mut choices = Choices::default();
    for (at, ((item, _), draft)) in items.iter().zip(&forms).enumerate() {
        let right = format!("{} {}", book.layout.labels.number.plain(), item.number);
        let marked = issue.sent.map(|_| at);
        let written = part(draft, paper, &right, Kind::Item, marked);
        sheets.push(written.write(book, &marks, &mut workbook, &mut styles)?);
        identity.name_cells(&mut workbook, item, draft, book.period)?;
        to_be_filled_in(&mut workbook, book, item, draft, &mut choices)?;
        protect(&mut workbook, draft)?;
    }
    if let Some((_, asked)) = &asked {
        asked.annotate(&mut workbook, &sheet_names, &styles)?;
    }
    sheets.extend(choices.write(&mut workbook, &styles)?);
    let bytes = workbook.save_to_buffer()?;
    let questions = asked.map_or_else(Vec::new, |(_, asked)| asked.told());
    Ok((Written { bytes, sheets }, questions))
}

fn part<'d>(
    draft: &'d Draft,
    paper: Paper,
    right: &str,
    kind: Kind,
    marked: Option<usize>,
) -> Sheet<'d> {
    Sheet {
        draft,
        paper,
        kind,
        marked,
        right: right.to_owned(),
    }
}

/// Says at every entry what is expected, and keeps the head of the form in sight.
fn to_be_filled_in(
    workbook: &mut Workbook,
    book: &Book,
    item: &HandoutItem,
    draft: &Draft,
    choices: &mut Choices,
) -> Result<(), WriteError> {
    let sheet = workbook.worksheet_from_name(&draft.name)?;
    let mut first = None;
    for placed in &draft.cells {
        let entry = placed.piece.entry.filter(|_| placed.piece.dress.open);
        let Some(entry) = entry else { continue };
        let (from, to) = (placed.range.first, placed.range.last);
        first.get_or_insert(from);
        let validation = entries::validation(book, item, entry, choices)?;
        sheet.add_data_validation(
            from.row,
            text::column(from),
            to.row,
            text::column(to),
            &validation,
        )?;
    }
    let head = sheet::head_rows(draft);
    sheet.set_freeze_panes(head, 0)?;
    if let Some(cell) = first {
        let column = text::column(cell);
        sheet.set_selection(cell.row, column, cell.row, column)?;
    }
    Ok(())
}

/// Protects a sheet against slips, not against anybody: there is no password, and rows and columns
/// can be made larger.
fn protect(workbook: &mut Workbook, draft: &Draft) -> Result<(), WriteError> {
    let options = ProtectionOptions {
        format_rows: true,
        format_columns: true,
        ..ProtectionOptions::new()
    };
    let sheet = workbook.worksheet_from_name(&draft.name)?;
    sheet.protect_with_options(&options);
    Ok(())
}
