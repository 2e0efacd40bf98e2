//! One strict walk over a sheet: addresses, what a cell may hold, merged ranges, what is hidden.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

mod blank;
mod cell;
mod flaw;
mod hidden;
mod merges;

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use quick_xml::events::{BytesStart, Event};

use crate::model::{ActiveKind, Bands, CellRange, CellRef, LAST_COLUMN, LAST_ROW};

use super::error::{Problem, ReadError};
use super::limited::Limited;
use super::limits::Limits;
use super::rich::SharedTexts;
use super::xml::Walk;

use blank::Blanks;
use cell::{Kind, content};
use hidden::Row;

pub(super) use cell::{Rich, Spelled};
pub(super) use flaw::Flaw;
pub(super) use merges::{Merges, disjoint};

/// 1,000 links: beyond that the cells of links are not told, only where the links lead.
const MOST_LINKS: usize = 1_000;

/// 100 formulas that do more than calculate.
const MOST_ACTIVE: usize = 100;

/// How many elements are open in a row: sheet, block, row.
const IN_ROW: usize = 3;

/// What the walk found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The address of every cell element that the reader behind gets to see, in order.
    pub(super) addresses: Vec<CellRef>,
    /// How many cell elements there are.
    pub(super) cells: usize,
    /// Cells with a format and nothing else: the reader behind need not see them.
    pub(super) blanks: Blanks,
    /// Cells that must not be read, by their number in that order.
    pub(super) flaws: BTreeMap<usize, Flaw>,
    /// How many cells hold a value.
    pub(super) filled: usize,
    /// The runs of texts in which they matter, by the cell's number.
    pub(super) rich: BTreeMap<usize, Rich>,
    /// How values are spelled of which the reader makes less, by the cell's number.
    pub(super) spelled: BTreeMap<usize, Spelled>,
    /// Merged ranges of more than one cell.
    pub(super) merges: Merges,
    /// Rows that do not show.
    pub(super) hidden_rows: Bands,
    /// Columns that do not show.
    pub(super) hidden_columns: Bands,
    /// Cells with a link, by the relation that says where it leads.
    pub(super) links: Vec<(CellRef, String)>,
    /// Cells with a formula that does more than calculate.
    pub(super) formulas: Vec<(CellRef, ActiveKind, String)>,
    /// A declared extent that is none, to be blanked out: nothing depends on it.
    pub(super) bad_extent: Option<Range<usize>>,
}

impl Scan {
    /// About how many bytes of memory it takes.
    pub(super) fn size(&self) -> u64 {
        let cells = self.addresses.capacity() * size_of::<CellRef>() + self.blanks.size();
        let merges = self.merges.kept.len() * size_of::<(CellRef, CellRange)>();
        (cells + 2 * merges) as u64
    }
}

/// Walks a sheet's part; `cells` is how many more cells the workbook may hold.
pub(super) fn scan(
    part: &str,
    bytes: &[u8],
    cells: usize,
    texts: &SharedTexts,
    limits: &Limits,
) -> Result<Scan, ReadError> {
    let mut walk = Walk::new(part, bytes, limits)?;
    let mut scan = Scan::default();
    let mut around = Around::default();
    let mut blocks = 0;
    loop {
        match walk.next()? {
            Event::Start(element) => {
                let name = element.local_name();
                match name.as_ref() {
                    own if walk.depth() == 1 => {
                        if own != "worksheet" {
                            return Err(walk.broken(Problem::CellBlock));
                        }
                        let full = element.name();
                        full.as_ref()
                            .trim_end_matches(own)
                            .clone_into(&mut around.prefix);
                    }
                    "sheetData" => {
                        blocks += 1;
                        if walk.depth() != 2 {
                            return Err(walk.broken(Problem::CellBlock));
                        }
                        scan.hidden_rows =
                            Bands::new(rows(&mut walk, &mut scan, cells, texts, limits)?);
                    }
                    "dimension" => extent(&walk, &element, false, &mut scan)?,
                    other => around.take(&walk, &element, other, limits)?,
                }
            }
            Event::Empty(element) => {
                let name = element.local_name();
                match name.as_ref() {
                    "sheetData" => {
                        blocks += 1;
                        if walk.depth() != 1 {
                            return Err(walk.broken(Problem::CellBlock));
                        }
                    }
                    "dimension" => extent(&walk, &element, true, &mut scan)?,
                    other => around.take(&walk, &element, other, limits)?,
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if blocks != 1 {
        return Err(walk.broken(Problem::CellBlock));
    }
    scan.merges = disjoint(around.merges);
    scan.links = around.links;
    scan.hidden_columns = Bands::new(around.hidden);
    Ok(scan)
}

/// What stands around the rows.
#[derive(Default)]
struct Around {
    /// The namespace's prefix of the sheet's own elements.
    prefix: String,
    merges: Vec<CellRange>,
    hidden: Vec<RangeInclusive<u32>>,
    links: Vec<(CellRef, String)>,
}

impl Around {
    fn take(
        &mut self,
        walk: &Walk<'_>,
        element: &BytesStart<'_>,
        name: &str,
        limits: &Limits,
    ) -> Result<(), ReadError> {
        match name {
            // Anchors of controls have rows of another namespace; a row of the sheet's own is lost.
            "row" if element.name().as_ref().strip_suffix("row") == Some(&*self.prefix) => {
                return Err(walk.broken(Problem::CellBlock));
            }
            "hyperlink" if self.links.len() < MOST_LINKS => {
                let range = walk.attribute(element, "ref")?;
                let range = range.as_deref().and_then(CellRange::parse);
                let id = walk.attribute(element, "id")?;
                let link = range.zip(id).map(|(range, id)| (range.first, id));
                self.links.extend(link);
            }
            "col" => self.hidden.extend(hidden::columns(walk, element)?),
            "mergeCell" => {
                if self.merges.len() == limits.merges {
                    return Err(walk.over(Limited::Merges, limits.merges));
                }
                let range = walk.attribute(element, "ref")?;
                let range = range.as_deref().and_then(CellRange::parse);
                self.merges
                    .extend(range.filter(|range| range.first != range.last));
            }
            _ => {}
        }
        Ok(())
    }
}

fn extent(
    walk: &Walk<'_>,
    element: &BytesStart<'_>,
    whole: bool,
    scan: &mut Scan,
) -> Result<(), ReadError> {
    let text = walk.attribute(element, "ref")?.unwrap_or_default();
    let (first, last) = text.split_once(':').unwrap_or((&text, &text));
    let forward = match (CellRef::parse(first), CellRef::parse(last)) {
        (Some(a), Some(b)) => a.row <= b.row && a.column <= b.column && !text.contains('$'),
        (Some(_), None) | (None, Some(_)) | (None, None) => false,
    };
    match (forward, whole) {
        (true, _) => Ok(()),
        (false, true) => {
            scan.bad_extent = Some(walk.span());
            Ok(())
        }
        (false, false) => Err(walk.malformed()),
    }
}

/// The rows up to the end of the block, and which of them do not show; a cell without an address
/// stands right of the last one.
fn rows(
    walk: &mut Walk<'_>,
    scan: &mut Scan,
    cells: usize,
    texts: &SharedTexts,
    limits: &Limits,
) -> Result<Vec<RangeInclusive<u32>>, ReadError> {
    let (mut row, mut column) = (0u32, 0u32);
    let mut hidden: Vec<RangeInclusive<u32>> = Vec::new();
    let over = || ReadError::over(Limited::Cells, limits.cells as u64, None);
    loop {
        if walk.depth() == IN_ROW
            && let Some(cell) = walk.pass(blank::spelled)
        {
            if scan.cells == cells {
                return Err(over());
            }
            scan.cells += 1;
            column = cell.column + 1;
            scan.blanks.settle();
            scan.blanks.add(cell, walk.span());
            continue;
        }
        let (element, open) = match walk.next_with_attributes()? {
            Event::Start(element) => (element, true),
            Event::Empty(element) => (element, false),
            Event::End(element) => match element.local_name().as_ref() {
                "row" => {
                    scan.blanks.settle();
                    (row, column) = (row + 1, 0);
                    continue;
                }
                _ => return Ok(hidden),
            },
            Event::Text(text) if text.trim().is_empty() => continue,
            Event::Comment(_) | Event::PI(_) => continue,
            _ => return Err(walk.broken(Problem::CellBlock)),
        };
        let name = element.local_name();
        let at = walk.depth() - usize::from(open);
        match (name.as_ref(), at) {
            ("row", 2) => {
                let own = Row::of(walk, &element)?;
                if let Some(number) = own.number {
                    row = row_number(&number)
                        .ok_or_else(|| walk.broken(Problem::Address(number.clone())))?;
                }
                if own.hidden {
                    hide(&mut hidden, row);
                }
                if !open {
                    (row, column) = (row + 1, 0);
                }
            }
            ("c", IN_ROW) => {
                let (mut address, mut kind) = (None, Kind::Number);
                for attribute in walk.attributes(&element) {
                    let attribute = attribute?;
                    match attribute.key.as_ref() {
                        "r" => {
                            let text = attribute.value.as_ref();
                            let cell = CellRef::parse(text).filter(|_| !text.contains('$'));
                            let bad = || walk.broken(Problem::Address(text.to_owned()));
                            address = Some(cell.ok_or_else(bad)?);
                        }
                        "t" => kind = Kind::of(attribute.value.as_ref()),
                        _ => {}
                    }
                }
                let cell = address.unwrap_or(CellRef::new(row, column));
                if cell.row > LAST_ROW || cell.column > LAST_COLUMN {
                    return Err(walk.broken(Problem::Address(cell.to_string())));
                }
                column = cell.column + 1;
                if scan.cells == cells {
                    return Err(over());
                }
                scan.cells += 1;
                if address.is_some() {
                    scan.blanks.settle();
                } else {
                    // The reader behind counts on from the cell before.
                    scan.addresses.extend(scan.blanks.keep());
                }
                if address.is_some() && !open {
                    scan.blanks.add(cell, walk.span());
                    continue;
                }
                let number = scan.addresses.len();
                scan.addresses.push(cell);
                if open {
                    let content = content(walk, kind, texts)?;
                    let counts = content.filled && content.flaw.is_none();
                    scan.filled += usize::from(counts);
                    scan.flaws.extend(content.flaw.map(|flaw| (number, flaw)));
                    scan.rich.extend(content.rich.map(|rich| (number, rich)));
                    let spelled = content.spelled.map(|spelled| (number, spelled));
                    scan.spelled.extend(spelled);
                    let active = content.active.map(|(kind, text)| (cell, kind, text));
                    if scan.formulas.len() < MOST_ACTIVE {
                        scan.formulas.extend(active);
                    }
                }
            }
            _ => return Err(walk.broken(Problem::CellBlock)),
        }
    }
}

/// Adds a row to the hidden ones; most follow the one before.
fn hide(hidden: &mut Vec<RangeInclusive<u32>>, row: u32) {
    match hidden.last_mut() {
        Some(last) if last.end() + 1 == row => *last = *last.start()..=row,
        Some(_) | None => hidden.push(row..=row),
    }
}

fn row_number(text: &str) -> Option<u32> {
    let digits = (1..=7).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let number: u32 = text.parse().ok().filter(|_| digits)?;
    (1..=LAST_ROW + 1).contains(&number).then(|| number - 1)
}
