//! Stage two: which cell is which field. Labels, merges and blocks; values are not read.
//!
//! Positions never count. A form is found by its labels, a block reaches from its heading to the
//! next block's, and a table's columns are told by its header cells. What is left over is listed:
//! no cell with content is dropped.

mod assessment;
mod blocks;
mod columns;
mod header;
mod index;
mod kpi;
mod labels;
mod merges;
mod schedule;
mod sheet;
mod status;
mod tidy;

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::model::text::label_key;
use crate::model::{CellRef, Form, Grid, Layout, Located};

use blocks::Blocks;
use labels::{Hit, Kind};
use merges::Merges;
use sheet::Area;

/// A sheet with fewer labels is no form; one with as many is, even without its 取組番号 label.
const LABELS_OF_A_FORM: usize = 4;

/// Locates the forms, the index or the cover on a sheet.
pub fn locate(grid: &Grid, layout: &Layout) -> Located {
    if grid.cells.is_empty() {
        return Located::Empty;
    }
    if is_instruction(&grid.source.sheet, layout) {
        return Located::Instruction;
    }
    if is_report(&grid.source.sheet, layout) {
        return Located::Report;
    }
    if let Some(table) = tidy::locate(grid) {
        return Located::Tidy(table);
    }
    let merges = Merges::of(grid);
    let hits = labels::scan(grid, layout, &merges);
    let index = index::header_row(&hits);
    let anchors = anchors(&hits, index);
    if !anchors.is_empty() {
        return Located::Forms(forms(grid, layout, &merges, &hits, &anchors));
    }
    if let Some(row) = index {
        return Located::Index(index::locate(grid, &merges, &hits, row));
    }
    if label_key(&grid.source.sheet) == label_key(&layout.sheets.cover) {
        return Located::Cover;
    }
    Located::Unknown
}

fn is_instruction(sheet: &str, layout: &Layout) -> bool {
    let key = label_key(sheet);
    layout
        .sheets
        .instructions
        .iter()
        .any(|word| key.contains(&label_key(word)))
}

/// Sheets that the merged workbook adds for the office list items but are no forms.
fn is_report(sheet: &str, layout: &Layout) -> bool {
    let key = label_key(sheet);
    [&layout.sheets.submission, &layout.sheets.findings]
        .iter()
        .any(|name| label_key(name) == key)
}

/// The cells that each form on the sheet begins at: its 取組番号 label, or its topmost label.
fn anchors(hits: &[Hit], index: Option<u32>) -> Vec<CellRef> {
    let hits: Vec<&Hit> = hits
        .iter()
        .filter(|hit| Some(hit.cell().row) != index && hit.kind != Kind::Heading)
        .collect();
    let cells: BTreeSet<CellRef> = hits.iter().map(|hit| hit.cell()).collect();
    if cells.len() < LABELS_OF_A_FORM {
        return Vec::new();
    }
    let numbers = hits.iter().filter(|hit| hit.kind == Kind::Number);
    let mut anchors: Vec<CellRef> = numbers.map(|hit| hit.cell()).collect();
    if anchors.is_empty() && index.is_none() {
        anchors.extend(hits.first().map(|hit| hit.cell()));
    }
    anchors
}

fn forms(
    grid: &Grid,
    layout: &Layout,
    merges: &Merges,
    hits: &[Hit],
    anchors: &[CellRef],
) -> Vec<Form> {
    // Forms one below the other begin in different rows; forms side by side share theirs.
    let bands: Vec<&[CellRef]> = anchors.chunk_by(|one, next| one.row == next.row).collect();
    let rows: Vec<CellRef> = bands.iter().map(|band| band[0]).collect();
    let tops: Vec<u32> = (0..rows.len()).map(|at| top(hits, &rows, at)).collect();
    let mut forms = Vec::with_capacity(anchors.len());
    for (at, band) in bands.iter().enumerate() {
        let last_row = tops.get(at + 1).map_or(u32::MAX, |next| next - 1);
        for (anchor, columns) in side_by_side(hits, band, tops[at]..=last_row) {
            let mut area = Area::new(grid, merges, hits, tops[at]..=last_row, columns);
            forms.push(form(&mut area, layout, anchor));
        }
    }
    forms
}

/// The columns of each form of a band. A second 取組番号 in a row begins a form only if enough
/// labels stand below it.
fn side_by_side(
    hits: &[Hit],
    band: &[CellRef],
    rows: RangeInclusive<u32>,
) -> Vec<(CellRef, RangeInclusive<u32>)> {
    let labels_from = |first: u32, next: u32| {
        let inside =
            |cell: &CellRef| rows.contains(&cell.row) && (first..next).contains(&cell.column);
        let cells: BTreeSet<CellRef> = hits.iter().map(Hit::cell).filter(inside).collect();
        cells.len()
    };
    let mut starts: Vec<CellRef> = Vec::new();
    for (at, anchor) in band.iter().enumerate() {
        let next = band.get(at + 1).map_or(u32::MAX, |next| next.column);
        if at == 0 || labels_from(anchor.column, next) >= LABELS_OF_A_FORM {
            starts.push(*anchor);
        }
    }
    let columns = |at: usize| {
        let first = if at == 0 { 0 } else { starts[at].column };
        first..=starts.get(at + 1).map_or(u32::MAX, |next| next.column - 1)
    };
    (0..starts.len())
        .map(|at| (starts[at], columns(at)))
        .collect()
}

/// The row that a form begins in: its 取組番号, or what stands on top of it. The form above ends
/// with the last label of its blocks, or with one that this form has itself.
fn top(hits: &[Hit], anchors: &[CellRef], at: usize) -> u32 {
    let anchor = anchors[at];
    let Some(above) = at.checked_sub(1).map(|above| anchors[above]) else {
        return 0;
    };
    let next = anchors.get(at + 1).map_or(u32::MAX, |next| next.row);
    let from = |row: u32| hits.partition_point(|hit| hit.cell().row < row);
    let (between, own) = (
        &hits[from(above.row + 1)..from(anchor.row)],
        &hits[from(anchor.row)..from(next)],
    );
    let mut own: BTreeSet<Kind> = own.iter().map(|hit| hit.kind).collect();
    own.remove(&Kind::Heading);
    // A cell may read like two labels: R4年度 heads a column, and is a title as well.
    between
        .chunk_by(|hit, other| hit.cell() == other.cell())
        .rev()
        .take_while(|cell| {
            let mut kinds = cell.iter().map(|hit| hit.kind);
            kinds.all(|kind| kind.stands_on_top() && !own.contains(&kind))
        })
        .last()
        .map_or(anchor.row, |cell| cell[0].cell().row)
}

fn form(area: &mut Area<'_>, layout: &Layout, anchor: CellRef) -> Form {
    let blocks = Blocks::find(area);
    for cell in blocks.label_cells() {
        area.claim(cell);
    }
    area.keep_to(blocks.columns(area));
    let header = header::locate(area, &blocks);
    let schedule = schedule::locate(area, &blocks);
    let kpis = kpi::locate(area, &blocks);
    let status = status::locate(area, &blocks);
    let assessment = assessment::locate(area, &blocks);
    let heading = blocks.heading(area);
    let footnotes = footnotes(area, &blocks);
    let year = blocks.status_year().or(heading.year);
    Form {
        anchor,
        year,
        half: blocks.status_half().or(heading.half),
        number: header.number,
        priority: header.priority,
        title: header.title,
        departments: header.departments,
        content: header.content,
        effects: header.effects,
        schedule,
        kpis,
        status,
        grade: assessment.grade,
        comment: assessment.comment,
        action: assessment.action,
        footnotes,
        missing: blocks.missing(layout),
        unplaced: area.unclaimed(),
    }
}

/// Cells of their own, below a block, that begin with `※1`; beside the form they count as well.
fn footnotes(area: &mut Area<'_>, blocks: &Blocks) -> Vec<CellRef> {
    area.keep_to(0..=u32::MAX);
    let mut found = Vec::new();
    for row in area.rows(blocks.header_end(), area.last_row) {
        for cell in area.row(row) {
            if area.is_footnote(cell) {
                found.push(area.claim(cell));
            }
        }
    }
    found
}
