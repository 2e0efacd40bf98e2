//! Stage two: which cell is which field. Labels, merges and blocks; values are not read.
//!
//! Positions never count. A form is found by its labels, a block reaches from its heading to the
//! next block's, and a table's columns are told by its header cells. Labels that were edited or are
//! gone are told by what stands around them, and named; where that leaves a doubt, nothing is read.
//! What is left over is listed: no cell with content is dropped.

mod assessment;
mod axes;
mod blocks;
mod columns;
mod edited;
mod header;
mod heads;
mod index;
mod kpi;
mod labels;
mod lists;
mod lost;
mod merges;
mod near;
mod own;
mod repeated;
mod schedule;
mod sheet;
mod split;
mod status;
mod tidy;
mod years;

use crate::model::text::label_key;
use crate::model::{CellRef, Form, Grid, Layout, Located};

pub use lists::is_list;

use blocks::Blocks;
use labels::Kind;
use merges::Merges;
use sheet::Area;

/// Locates the forms, the index or the cover on a sheet.
pub fn locate(grid: &Grid, layout: &Layout) -> Located {
    if grid.cells.is_empty() {
        return Located::Empty;
    }
    if own::is_own(grid) {
        return Located::Own;
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
    let index = index::header_rows(&hits);
    let parts = split::parts(grid, layout, &hits, &index);
    if !parts.is_empty() {
        let forms = parts.into_iter().map(|part| {
            let mut area = Area::new(grid, layout, &merges, &hits, part.rows, part.columns);
            form(&mut area, part.anchor)
        });
        return Located::Forms(forms.collect());
    }
    if !index.is_empty() {
        return Located::Index(index::locate(grid, &merges, &hits, &index));
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
    let mut reports = layout.sheets.reports().into_iter();
    reports.any(|name| label_key(name) == key)
}

fn form(area: &mut Area<'_>, anchor: CellRef) -> Form {
    edited::complete(area);
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
    let ids = own::claim_ids(area);
    let mut missing = blocks.missing(area);
    missing.extend(assessment.missing);
    let mut readings = blocks.readings(area);
    readings.extend(assessment.readings);
    let year = blocks.status_year(area).or(heading.year);
    let number = blocks.header.iter().find(|hit| hit.kind == Kind::Number);
    Form {
        anchor: number.map_or(anchor, |hit| hit.cell()),
        year,
        half: blocks.status_half(area).or(heading.half),
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
        grade_beside: assessment.grade_beside,
        further_grades: assessment.further_grades,
        comment: assessment.comment,
        action: assessment.action,
        footnotes,
        ids,
        missing,
        unplaced: area.unclaimed(),
        readings,
    }
}

/// Cells of their own, below a block, that begin with `※1`; beside the form they count as well.
///
/// What begins with a `※` alone may as well be a word to the office: it is left over and told.
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
