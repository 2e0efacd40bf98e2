//! xls behind the gate: calamine reads the values of a workbook stream that was walked before.
//!
//! A compound file may claim anything: chains that run in circles, sheets as large as the memory, a
//! cell in the last column. What reaches calamine is a new compound file with the one stream that
//! the walk has passed, the declared extents taken out. The walk also tells what calamine does not:
//! each cell's number format, whether it is struck out, and which rows and columns are hidden.

mod compound;
mod globals;
mod records;
mod sheet;
mod texts;

use std::io::Cursor;

use calamine::{Data, DataRef, Range, Reader, Xls};

use crate::model::{
    ActiveKind, CellRange, CellRef, Damage, Damaged, FileFormat, Grid, Visibility, Workbook,
};

use super::active::Found;
use super::beside::{Mark, runs};
use super::budget::Budget;
use super::error::{Format, Problem, ReadError};
use super::limits::{Limits, fits_a_cell};
use super::names;
use super::sheet::{Flaw, disjoint};
use super::styles::Palette;
use super::xlsx::{Disguised, Flaws, MACRO_SHEET, by_kind, disguise, seen};

use compound::Compound;
use globals::Globals;
use sheet::{Content, Walk, Walked};
use texts::Marks;

/// The stream of Excel 97–2003, and that of Excel 95.
const STREAMS: [&str; 2] = ["Workbook", "Book"];
const SUMMARIES: [&str; 2] = ["\u{5}SummaryInformation", "\u{5}DocumentSummaryInformation"];
/// A UTF-16 unit takes three bytes of UTF-8 at most.
const BYTES_OF_UNIT: usize = 3;
/// A summary holds some dozens of words.
const LONGEST_SUMMARY: usize = 1 << 20;

/// Reads a workbook from the bytes of a compound file.
pub(super) fn workbook(name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Workbook, ReadError> {
    let budget = Budget::new(limits);
    // The stream, the file around it, and what calamine reads of that.
    budget.take((bytes.len() as u64).saturating_mul(4))?;
    let (stream_name, mut stream, summaries, mut active) = streams(&bytes)?;
    drop(bytes);
    let mut globals = Globals::read(&stream, limits)?;
    active.append(std::mem::take(&mut globals.active));
    let walked = sheet::sheets(&mut stream, &globals, limits)?;
    // calamine gives each cell of the rectangle a value, and each shared text as often as it stands
    // in a cell.
    let value = size_of::<Data>() as u64;
    for walked in &walked {
        budget.take(walked.area().saturating_mul(value))?;
        for length in walked.shared(globals.lengths.as_deref()) {
            budget.cells(
                1,
                length.min(stream.len()).saturating_mul(2 * BYTES_OF_UNIT),
            )?;
        }
    }
    let given_up = || ReadError::broken("", Problem::Reader);
    let mut checked = vec![(stream_name, stream.as_slice())];
    let summaries = summaries.iter();
    checked.extend(summaries.map(|(name, summary)| (*name, summary.as_slice())));
    let file = compound::around(&checked);
    drop(stream);
    let mut reader = Xls::new(Cursor::new(file)).map_err(|_| given_up())?;
    let from_1904 = reader.has_1904_epoch();
    let known = reader.workbook_properties().unwrap_or_default();
    let mut named = Vec::new();
    for (name, stands_for) in reader.defined_names() {
        names::add(&mut named, name, stands_for);
    }
    let mut workbook = Workbook {
        format: FileFormat::Xls,
        sheets: Vec::with_capacity(walked.len()),
        modified: known.modified,
        properties: known.custom_properties.into_iter().collect(),
        damaged: Vec::new(),
        active: active.finish(),
    };
    let listed = reader.sheets_metadata().to_vec();
    if listed.len() != walked.len() {
        return Err(ReadError::broken("", Problem::Disagreement));
    }
    let mut names: Vec<&str> = listed.iter().map(|sheet| sheet.name.as_str()).collect();
    names.sort_unstable();
    if let Some(twin) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        let twins = Problem::SheetTwins(twin[0].to_owned());
        return Err(ReadError::broken("", twins));
    }
    let palette = Palette::new(globals.styles, from_1904);
    let marks = globals.marks;
    for (entry, mut walked) in listed.iter().zip(walked) {
        let mut grid = Grid::new(name, &entry.name);
        if entry.visible != calamine::SheetVisible::Visible {
            grid.visibility = Visibility::Hidden;
        }
        if entry.typ == calamine::SheetType::WorkSheet {
            let range = rectangle(&mut reader, &entry.name).ok_or_else(given_up)?;
            let merges = reader.merge_cells_by_sheet_name(&entry.name);
            let merges = merges.map_err(|_| given_up())?;
            let told = cells(&range, &mut walked, &palette, marks.as_ref(), &mut grid)?;
            disjoint(merges.iter().filter_map(merged).collect()).fill(&mut grid);
            walked.beside.fill(&mut grid, limits);
            workbook.damaged.extend(by_kind(&grid, told.0, told.1));
        } else if entry.typ != calamine::SheetType::ChartSheet {
            let place = grid.place(CellRef::new(0, 0));
            workbook.damaged.push(Damaged {
                kind: Damage::Other,
                cells: vec![place.cell],
                place,
                reason: MACRO_SHEET.to_owned(),
            });
        }
        workbook.sheets.push(grid);
    }
    names::hand_out(named, &mut workbook.sheets);
    Ok(workbook)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the walk has bounded the rectangle around all cells of the file"
)]
fn rectangle(reader: &mut Xls<Cursor<Vec<u8>>>, name: &str) -> Option<Range<Data>> {
    reader.worksheet_range(name).ok()
}

/// The workbook's stream with its name, the summaries', which may be missing, and what else could
/// act in the file.
type Streams = (&'static str, Vec<u8>, Vec<(&'static str, Vec<u8>)>, Found);

fn streams(bytes: &[u8]) -> Result<Streams, ReadError> {
    let broken = || ReadError::broken("", Problem::Package);
    let file = Compound::open(bytes).ok_or_else(broken)?;
    let Some(name) = STREAMS.into_iter().find(|name| file.has(name)) else {
        return Err(ReadError::Unsupported(if file.has("WordDocument") {
            Format::Word
        } else if file.has("PowerPoint Document") {
            Format::PowerPoint
        } else {
            Format::Unknown
        }));
    };
    let content = file.stream(name).ok_or_else(broken)?;
    let summaries = SUMMARIES.into_iter().filter_map(|name| {
        let summary = file.stream(name)?;
        (summary.len() <= LONGEST_SUMMARY).then_some((name, summary))
    });
    Ok((name, content, summaries.collect(), active(&file)))
}

/// Macros and objects, by the names of their storages ([MS-XLS] 2.1.7).
fn active(file: &Compound<'_>) -> Found {
    let mut found = Found::default();
    for name in file.names() {
        match name {
            "_VBA_PROJECT_CUR" | "_VBA_PROJECT" => found.add(ActiveKind::Macro, None, ""),
            "Ctls" => found.add(ActiveKind::Embedded, None, "ActiveX"),
            name if name.starts_with("MBD") => found.add(ActiveKind::Embedded, None, ""),
            _ => {}
        }
    }
    found
}

/// Puts the cells of the walk into the sheet, with the values that calamine read.
fn cells(
    range: &Range<Data>,
    walked: &mut Walked,
    palette: &Palette,
    marks: Option<&Marks>,
    grid: &mut Grid,
) -> Result<(Flaws, Disguised), ReadError> {
    let (mut flaws, mut disguised) = (Flaws::new(), Disguised::new());
    let disagreement = || ReadError::broken(&grid.source.sheet, Problem::Disagreement);
    if range.used_cells().count() != walked.filled {
        return Err(disagreement());
    }
    for (cell, walk) in &walked.cells {
        if !walk.filled {
            flaws.insert(*cell, Flaw::Uncalculated);
            continue;
        }
        let value = range.get_value((cell.row, cell.column));
        let value = value.filter(|value| **value != Data::Empty);
        let value = borrowed(value.ok_or_else(disagreement)?);
        let style = usize::from(walk.format);
        match seen(&value, palette.format(style), palette.from_1904) {
            Ok(shown) => {
                let runs = shown.as_ref().and_then(|shown| {
                    let marks = marks_of(walk, marks)?;
                    let text = if let DataRef::SharedString(text) = value {
                        text
                    } else {
                        &shown.text
                    };
                    runs(text, marks, palette.strikes(style))
                });
                if let Some(runs) = runs {
                    walked.beside.struck.push((*cell, runs));
                } else {
                    let other = disguise(&value, shown.as_ref());
                    disguised.extend(other.map(|other| (*cell, other)));
                }
                if let Some(shown) = shown {
                    fits_a_cell(&shown.text, &grid.source.sheet, *cell)?;
                    grid.cells.insert(*cell, shown);
                }
            }
            Err(flaw) => {
                flaws.insert(*cell, flaw);
            }
        }
    }
    Ok((flaws, disguised))
}

/// The marks of a cell's text; `None` where it may have some that are not known.
fn marks_of<'a>(walk: &Walk, marks: Option<&'a Marks>) -> Option<&'a [Mark]> {
    match walk.content {
        Content::Plain => Some(&[]),
        Content::Shared(number) => Some(marks?.get(&number).map_or(&[], Vec::as_slice)),
        Content::Rich => None,
    }
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Empty => DataRef::Empty,
        Data::Int(value) => DataRef::Int(*value),
        Data::Float(value) => DataRef::Float(*value),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(value) => DataRef::Bool(*value),
        Data::DateTime(value) => DataRef::DateTime(*value),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
    }
}

/// A merged range of more than one cell; a reversed one is left out.
fn merged(range: &calamine::Dimensions) -> Option<CellRange> {
    let first = CellRef::new(range.start.0, range.start.1);
    let last = CellRef::new(range.end.0, range.end.1);
    let forward = first.row <= last.row && first.column <= last.column;
    (forward && first != last).then(|| CellRange::new(first, last))
}
