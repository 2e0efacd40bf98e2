//! The road: the few functions that call the stages in turn.

mod handouts;
mod official;
mod plan;
mod proof;
mod side_by_side;
mod volumes;

use std::path::Path;

use crate::job::JobError;
use crate::model::{
    Book, CollectedFile, Comparison, Cover, Damage, Damaged, Finding, FormProperties, Grid,
    ItemSheet, Layout, Located, OfficialBook, OtherKind, OtherSheet, Outcome, Remark, RemarkKind,
    Rule, Sidecar, Visibility, Workbook, is_own_note,
    text::{excerpt, is_blank},
};
use crate::read::{Limits, ReadError};
use crate::{check, export, job, locate, parse, read, write};

pub use handouts::handout;
pub use plan::{PlanFault, PlanPart, plan_of, plan_part, plan_workbook};
pub use side_by_side::{Step, collected_files};
pub use volumes::in_volumes;

/// The embedded layout description.
const DEFAULT_LAYOUT: &str = include_str!("../templates/ojiya-r4.toml");

/// How many characters of a sheet without a form are kept.
const MOST_WORDS: usize = 500;

/// Reads a layout description.
///
/// # Errors
/// The first mistake, with its line and with what to write instead.
pub fn layout(text: &str) -> Result<Layout, JobError> {
    job::layout(text)
}

/// The layout that is used where none is given.
#[expect(
    clippy::expect_used,
    reason = "embedded at build time; a test reads it"
)]
pub fn default_layout() -> Layout {
    layout(DEFAULT_LAYOUT).expect("the embedded layout is well-formed")
}

/// Reads a workbook in the official layout: a plan, last period's workbook or a merged one.
///
/// # Errors
/// What [`read::workbook`] says of the file.
pub fn official_book(
    name: &str,
    bytes: Vec<u8>,
    layout: &Layout,
    limits: &Limits,
) -> Result<OfficialBook, ReadError> {
    official::book(name, &bytes, layout, limits, |book, table, grid| {
        let items = parse::tidy(table, grid, layout);
        official::note_errors(book, grid, &items);
        book.items.extend(items);
    })
}

/// Reads one collected file; a file that cannot be read says so in its outcome.
pub fn collected_file(name: &str, path: &Path, layout: &Layout, limits: &Limits) -> CollectedFile {
    let bytes = read::load(path, limits);
    let workbook = bytes.and_then(|bytes| read::workbook(name, bytes, limits));
    file_of(name, workbook, layout)
}

fn file_of(name: &str, workbook: Result<Workbook, ReadError>, layout: &Layout) -> CollectedFile {
    match workbook {
        Ok(workbook) => forms_of(name, workbook, layout),
        Err(error) => unreadable(name, &error),
    }
}

fn unreadable(name: &str, error: &ReadError) -> CollectedFile {
    let (reason, advice) = (error.reason(), error.advice());
    CollectedFile::new(name, Outcome::Unreadable { reason, advice })
}

fn forms_of(name: &str, workbook: Workbook, layout: &Layout) -> CollectedFile {
    let mut items = Vec::new();
    let mut others = Vec::new();
    let mut sidecars = Vec::new();
    for grid in &workbook.sheets {
        let located = locate::locate(grid, layout);
        let visible = grid.visibility == Visibility::Visible;
        sidecars.extend(sidecar(grid, &located, visible));
        let kind = match (located, visible) {
            (Located::Forms(forms), true) => {
                items.extend(parse::items(&forms, grid, layout));
                continue;
            }
            (Located::Tidy(table), true) => {
                let found = parse::tidy(&table, grid, layout);
                if found.is_empty() {
                    let nothing = other_sheet(grid, OtherKind::Unknown);
                    others.extend(nothing.map(|sheet| OtherSheet { cells: 0, ..sheet }));
                }
                items.extend(found);
                continue;
            }
            (Located::Empty | Located::Own, _) => continue,
            (Located::Forms(_) | Located::Tidy(_), false) => OtherKind::HiddenForm,
            (Located::Unknown, false) => match locate::is_list(grid, layout) {
                true => OtherKind::HiddenList,
                false => OtherKind::HiddenText,
            },
            (_, false) => OtherKind::HiddenList,
            (Located::Instruction, true) => OtherKind::Instruction,
            (Located::Index(_) | Located::Cover | Located::Report, true) => OtherKind::FrontMatter,
            (Located::Unknown, true) => OtherKind::Unknown,
        };
        others.extend(other_sheet(grid, kind));
    }
    // Nothing is taken from a hidden sheet: how it shows and whether it is calculated is no matter.
    let hidden = |damaged: &Damaged| {
        let mut sheets = workbook.sheets.iter();
        sheets.any(|grid| {
            grid.source == damaged.place.source && grid.visibility == Visibility::Hidden
        })
    };
    let matters = |damaged: &Damaged| match damaged.kind {
        Damage::Uncalculated | Damage::Disguised { .. } => !hidden(damaged),
        Damage::Twice | Damage::Other => true,
    };
    let mut damaged = workbook.damaged;
    damaged.retain(matters);
    CollectedFile {
        name: name.to_owned(),
        outcome: Outcome::Read,
        format: Some(workbook.format),
        modified: workbook.modified,
        properties: FormProperties::of(&workbook.properties),
        items,
        others,
        damaged,
        active: workbook.active,
        sidecars,
    }
}

/// What a cell reader does not see of a sheet: all of it where a form was read, else the remarks
/// alone, for the cells of such a sheet are told of as a whole. Of a sheet that is told to hold
/// guidance or a hidden form, nothing more is said.
fn sidecar(grid: &Grid, located: &Located, visible: bool) -> Option<Sidecar> {
    let mut sidecar = match (located, visible) {
        (Located::Forms(_), true) => grid.sidecar(),
        (Located::Forms(_), false) | (Located::Instruction | Located::Own, true) => return None,
        // The charts of a merged workbook are this program's own.
        (Located::Report, _) => {
            let mut remarks = grid.remarks.clone();
            remarks.retain(|remark| remark.kind != RemarkKind::Chart);
            Sidecar::of_remarks(&grid.source, &remarks)
        }
        (Located::Instruction | Located::Own, false)
        | (
            Located::Index(_)
            | Located::Tidy(_)
            | Located::Cover
            | Located::Empty
            | Located::Unknown,
            _,
        ) => Sidecar::of_remarks(&grid.source, &grid.remarks),
    };
    // What we asked on a form that was sent back is no answer.
    let is_ours = |remark: &Remark| remark.kind == RemarkKind::Note && is_own_note(&remark.text);
    sidecar.remarks.retain(|remark| !is_ours(remark));
    (!sidecar.is_empty()).then_some(sidecar)
}

fn other_sheet(grid: &Grid, kind: OtherKind) -> Option<OtherSheet> {
    let (cell, first) = grid.cells.iter().next()?;
    Some(OtherSheet {
        place: grid.place(*cell),
        kind,
        excerpt: excerpt(&first.text, 40),
        words: words(grid),
        cells: grid.cells.len(),
    })
}

/// The texts of a sheet up to a limit, a line each.
fn words(grid: &Grid) -> String {
    let mut words = String::new();
    for cell in grid.cells.values().filter(|cell| !is_blank(&cell.text)) {
        if !words.is_empty() {
            words.push('\n');
        }
        words.push_str(cell.text.trim());
        if let Some((end, _)) = words.char_indices().nth(MOST_WORDS) {
            words.truncate(end);
            words.push('…');
            break;
        }
    }
    words
}

/// Why no merged workbook could be made.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// The workbook could not be written.
    #[error(transparent)]
    Write(#[from] write::WriteError),
    /// The workbook was written and read back, and said something else.
    #[error(
        "書き出した内容を読み直したところ、元の内容と一致しませんでした（{0}）。出力は行っていません。この表示を添えて、開発者に知らせてください。"
    )]
    ReadBack(String),
}

/// Writes the merged workbook and reads it back: what comes out is what went in, or an error.
///
/// # Errors
/// [`MergeError::Write`] if a text cannot be carried; [`MergeError::ReadBack`] if the result reads
/// differently, which is a defect of the program.
pub fn merged(
    book: &Book,
    findings: &[Finding],
    stamp: write::Stamp,
) -> Result<Vec<u8>, MergeError> {
    let edition = write::Edition::Office {
        findings,
        rules: check::rules(),
        data_sheet: false,
    };
    official_workbook(book, edition, stamp)
}

/// Writes an edition of the workbook in the official layout and reads it back.
///
/// # Errors
/// As [`merged`].
pub fn official_workbook(
    book: &Book,
    edition: write::Edition<'_>,
    stamp: write::Stamp,
) -> Result<Vec<u8>, MergeError> {
    let written = write::workbook(book, edition, write::Extent::Whole, stamp)?;
    proof::same_again(book, written)
}

/// Writes the check report as a workbook of its own, and reads it back.
///
/// # Errors
/// As [`merged`].
pub fn report(
    book: &Book,
    findings: &[Finding],
    stamp: write::Stamp,
) -> Result<Vec<u8>, MergeError> {
    proof::read_back(write::report(book, findings, check::rules(), stamp)?)
}

/// Writes the catalogue of rules as a workbook, and reads it back.
///
/// # Errors
/// As [`merged`].
pub fn catalogue(
    rules: &[&'static Rule],
    layout: &Layout,
    stamp: write::Stamp,
) -> Result<Vec<u8>, MergeError> {
    proof::read_back(write::catalogue(rules, layout, stamp)?)
}

/// Writes the differences of two workbooks as a workbook, and reads it back.
///
/// # Errors
/// As [`merged`].
pub fn changes(
    comparison: &Comparison,
    layout: &Layout,
    stamp: write::Stamp,
) -> Result<Vec<u8>, MergeError> {
    proof::read_back(write::changes(comparison, layout, stamp)?)
}

/// Gives items as JSON under a book's cover and period, without findings.
///
/// # Errors
/// What [`export::json`] says.
pub fn export_items(items: &[&ItemSheet], book: &Book) -> Result<String, export::ExportError> {
    let cover: &Cover = &book.cover;
    export::json(cover, Some(book.period), items, &[], book.period)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_layout_is_well_formed() {
        let layout = default_layout();
        assert_eq!(layout.id, "ojiya-r4");
    }
}
