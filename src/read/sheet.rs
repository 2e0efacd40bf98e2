//! One strict walk over a sheet: addresses, what a cell may hold, merged ranges.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

use std::collections::BTreeMap;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use crate::model::{CellRange, CellRef, Damage, LAST_COLUMN, LAST_ROW};

use super::error::{Limited, Problem, ReadError};
use super::limits::Limits;
use super::xml::Walk;

/// Why a single cell cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Flaw {
    /// The value is written in a way that programs read differently.
    Ambiguous,
    /// A formula whose result was never stored.
    Uncalculated,
    /// The cell stands in the sheet twice.
    Twice,
    /// The reader refuses the value.
    Refused,
    /// A number that is none, or too large.
    NotANumber,
}

impl Flaw {
    /// What it is to those who judge it.
    pub(super) fn damage(self) -> Damage {
        match self {
            Self::Uncalculated => Damage::Uncalculated,
            Self::Twice => Damage::Twice,
            Self::Ambiguous | Self::Refused | Self::NotANumber => Damage::Other,
        }
    }

    /// Says so in a Japanese sentence.
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Ambiguous => "セルの値の保存のされ方が正しくないため、読み取れません。",
            Self::Uncalculated => {
                "数式の計算結果が保存されていないため、値を読み取れません。Excelで開いて保存し直してください。"
            }
            Self::Twice => "同じセルが二つ保存されています。後の値は読み取っていません。",
            Self::Refused => "セルの値の種類が分からないため、読み取れません。",
            Self::NotANumber => "数値として扱えない値が保存されています。",
        }
    }
}

/// What the walk found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The address of every cell element, in order.
    pub(super) addresses: Vec<CellRef>,
    /// Cells that must not be read, by their number in that order.
    pub(super) flaws: BTreeMap<usize, Flaw>,
    /// How many cells hold a value.
    pub(super) filled: usize,
    /// Merged ranges of more than one cell that overlap no other.
    pub(super) merges: BTreeMap<CellRef, CellRange>,
    /// A declared extent that is none, to be blanked out: nothing depends on it.
    pub(super) bad_extent: Option<Range<usize>>,
}

/// Walks a sheet's part; `cells` is how many more cells the workbook may hold.
pub(super) fn scan(
    part: &str,
    bytes: &[u8],
    cells: usize,
    limits: &Limits,
) -> Result<Scan, ReadError> {
    let mut walk = Walk::new(part, bytes, limits)?;
    let mut scan = Scan::default();
    let mut merges = Vec::new();
    let mut prefix = String::new();
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
                        prefix = full.as_ref().trim_end_matches(own).to_owned();
                    }
                    "sheetData" => {
                        blocks += 1;
                        if walk.depth() != 2 {
                            return Err(walk.broken(Problem::CellBlock));
                        }
                        rows(&mut walk, &mut scan, cells, limits)?;
                    }
                    "dimension" => extent(&walk, &element, false, &mut scan)?,
                    other => outside(&walk, &element, other, &prefix, &mut merges, limits)?,
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
                    other => outside(&walk, &element, other, &prefix, &mut merges, limits)?,
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if blocks != 1 {
        return Err(walk.broken(Problem::CellBlock));
    }
    scan.merges = disjoint(merges);
    Ok(scan)
}

fn outside(
    walk: &Walk<'_>,
    element: &BytesStart<'_>,
    name: &str,
    prefix: &str,
    merges: &mut Vec<CellRange>,
    limits: &Limits,
) -> Result<(), ReadError> {
    match name {
        // Anchors of controls have rows of another namespace; a row of the sheet's own is lost.
        "row" if element.name().as_ref().strip_suffix("row") == Some(prefix) => {
            Err(walk.broken(Problem::CellBlock))
        }
        "mergeCell" => {
            if merges.len() == limits.merges {
                return Err(walk.over(Limited::Merges, limits.merges));
            }
            let range = walk.attribute(element, "ref")?;
            let range = range.as_deref().and_then(CellRange::parse);
            merges.extend(range.filter(|range| range.first != range.last));
            Ok(())
        }
        _ => Ok(()),
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

/// The rows up to the end of the block; a cell without an address stands right of the last one.
fn rows(
    walk: &mut Walk<'_>,
    scan: &mut Scan,
    cells: usize,
    limits: &Limits,
) -> Result<(), ReadError> {
    let (mut row, mut column) = (0u32, 0u32);
    loop {
        let (element, open) = match walk.next()? {
            Event::Start(element) => (element, true),
            Event::Empty(element) => (element, false),
            Event::End(element) => match element.local_name().as_ref() {
                "row" => {
                    (row, column) = (row + 1, 0);
                    continue;
                }
                _ => return Ok(()),
            },
            Event::Text(text) if text.trim().is_empty() => continue,
            Event::Comment(_) | Event::PI(_) => continue,
            _ => return Err(walk.broken(Problem::CellBlock)),
        };
        let name = element.local_name();
        let at = walk.depth() - usize::from(open);
        match (name.as_ref(), at) {
            ("row", 2) => {
                if let Some(number) = walk.attribute(&element, "r")? {
                    row = row_number(&number)
                        .ok_or_else(|| walk.broken(Problem::Address(number.clone())))?;
                }
                if !open {
                    (row, column) = (row + 1, 0);
                }
            }
            ("c", 3) => {
                let (mut address, mut kind) = (None, Kind::Number);
                for attribute in element.attributes().with_checks(false).flatten() {
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
                if scan.addresses.len() == cells {
                    return Err(ReadError::over(Limited::Cells, limits.cells as u64, None));
                }
                let number = scan.addresses.len();
                scan.addresses.push(cell);
                if open {
                    let content = content(walk, kind)?;
                    let counts = content.filled && content.flaw.is_none();
                    scan.filled += usize::from(counts);
                    scan.flaws.extend(content.flaw.map(|flaw| (number, flaw)));
                }
            }
            _ => return Err(walk.broken(Problem::CellBlock)),
        }
    }
}

fn row_number(text: &str) -> Option<u32> {
    let digits = (1..=7).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let number: u32 = text.parse().ok().filter(|_| digits)?;
    (1..=LAST_ROW + 1).contains(&number).then(|| number - 1)
}

/// The type of a cell, as far as its reading differs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    SharedText,
    Text,
    InlineText,
}

impl Kind {
    fn of(text: &str) -> Self {
        match text {
            "s" => Self::SharedText,
            "str" | "d" => Self::Text,
            "inlineStr" | "is" => Self::InlineText,
            _ => Self::Number,
        }
    }
}

struct Content {
    filled: bool,
    flaw: Option<Flaw>,
}

/// What stands between a cell's tags; exactly what the reader behind takes for its value.
fn content(walk: &mut Walk<'_>, kind: Kind) -> Result<Content, ReadError> {
    let mut content = Content {
        filled: false,
        flaw: None,
    };
    let (mut values, mut formula) = (0, false);
    loop {
        match walk.next()? {
            Event::Start(child) => match child.local_name().as_ref() {
                "v" => {
                    values += 1;
                    value(walk, kind, &mut content)?;
                }
                "f" => {
                    formula = true;
                    skip(walk)?;
                }
                "is" => {
                    values += 1;
                    content.filled = true;
                    skip(walk)?;
                }
                "c" | "row" | "sheetData" => return Err(walk.broken(Problem::CellBlock)),
                _ => {
                    content.flaw = Some(Flaw::Ambiguous);
                    skip(walk)?;
                }
            },
            Event::Empty(child) => match child.local_name().as_ref() {
                "v" => values += 1,
                "is" => (values, content.filled) = (values + 1, true),
                "f" => formula = true,
                "c" | "row" | "sheetData" => return Err(walk.broken(Problem::CellBlock)),
                _ => content.flaw = Some(Flaw::Ambiguous),
            },
            Event::End(_) => break,
            Event::Text(text) if text.trim().is_empty() => {}
            Event::Comment(_) | Event::PI(_) => {}
            _ => content.flaw = Some(Flaw::Ambiguous),
        }
    }
    if values > 1 {
        content.flaw = Some(Flaw::Ambiguous);
    }
    // The result of a formula may be an empty text, but no empty number.
    let number = matches!(kind, Kind::Number | Kind::SharedText);
    let empty = values == 0 || (number && !content.filled && content.flaw.is_none());
    if formula && empty {
        content.flaw = Some(Flaw::Uncalculated);
    }
    Ok(content)
}

/// Text and nothing else; an index into the shared texts is digits and nothing else.
fn value(walk: &mut Walk<'_>, kind: Kind, content: &mut Content) -> Result<(), ReadError> {
    let mut texts = 0;
    loop {
        match walk.next()? {
            Event::Text(text) => {
                texts += 1;
                let digits = text.bytes().all(|b| b.is_ascii_digit()) && text.len() <= 9;
                if (kind == Kind::SharedText && !digits) || (kind != Kind::Text && texts > 1) {
                    content.flaw = Some(Flaw::Ambiguous);
                }
                // The reader passes over a value that stands beside an inline text.
                content.filled |= kind != Kind::InlineText && !text.trim().is_empty();
            }
            Event::GeneralRef(_) if kind == Kind::Text => content.filled = true,
            Event::Comment(_) if kind == Kind::Text => {}
            Event::End(_) => return Ok(()),
            Event::Start(_) => {
                content.flaw = Some(Flaw::Ambiguous);
                skip(walk)?;
            }
            Event::Eof => return Err(walk.malformed()),
            _ => content.flaw = Some(Flaw::Ambiguous),
        }
    }
}

/// Passes over an element that was just opened; no cell hides in it.
fn skip(walk: &mut Walk<'_>) -> Result<(), ReadError> {
    let outer = walk.depth() - 1;
    while walk.depth() > outer {
        if let Event::Start(element) | Event::Empty(element) = walk.next()? {
            let name = element.local_name();
            if matches!(name.as_ref(), "c" | "row" | "sheetData") {
                return Err(walk.broken(Problem::CellBlock));
            }
        }
    }
    Ok(())
}

/// Merged ranges that overlap none before them, from the top; what overlaps is left out.
pub(super) fn disjoint(mut ranges: Vec<CellRange>) -> BTreeMap<CellRef, CellRange> {
    ranges.sort_unstable();
    let mut kept = BTreeMap::new();
    // Ranges that may still reach this row, by first column; those that ended are dropped late.
    let mut reaching: BTreeMap<u32, CellRange> = BTreeMap::new();
    for range in ranges {
        let overlaps = loop {
            let nearest = reaching.range(..=range.last.column).next_back();
            match nearest.map(|(column, other)| (*column, *other)) {
                Some((column, other)) if other.last.row < range.first.row => {
                    reaching.remove(&column);
                }
                Some((_, other)) => break other.last.column >= range.first.column,
                None => break false,
            }
        };
        if !overlaps {
            reaching.insert(range.first.column, range);
            kept.insert(range.first, range);
        }
    }
    kept
}
