//! The gate of xlsx and xlsm: only parts that were checked reach the reader behind it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};
use std::sync::{Arc, OnceLock};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::model::{ActiveKind, FileFormat, Remark, Visibility};

use super::active::{Found, is_macro};
use super::book::{self, Relation, SheetEntry};
use super::budget::Budget;
use super::contents::MainPart;
use super::error::{Problem, ReadError};
use super::limited::Limited;
use super::limits::Limits;
use super::names::{self, CellName};
use super::package::Package;
use super::rich::SharedTexts;
use super::sheet::{self, Scan};
use super::sidecar::Sidecars;
use super::styles::Styles;

const ROOT_RELATIONS: &[u8] = br#"<Relationships><Relationship Id="r" Type="/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// 1,100 sheets are unpacked at a time where they are walked side by side: a merged workbook of 1,000
/// items, whose largest sheets are its last.
const GROUP: usize = 1_100;

/// A sheet that passed the gate.
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) visibility: Visibility,
    /// `None` for a sheet without cells of its own, such as a chart.
    pub(super) scan: Option<Scan>,
    /// What is said and drawn beside the cells.
    pub(super) remarks: Vec<Remark>,
    /// The sheet is of a kind that is not read.
    pub(super) foreign: bool,
}

/// What passed the gate: an archive of checked parts, and what was read on the way.
pub(super) struct Passed {
    pub(super) format: FileFormat,
    pub(super) archive: Vec<u8>,
    pub(super) sheets: Vec<Checked>,
    pub(super) styles: Styles,
    pub(super) texts: SharedTexts,
    pub(super) from_1904: bool,
    pub(super) modified: Option<String>,
    /// The names of cells.
    pub(super) names: Vec<CellName>,
    /// The properties that are the workbook's own.
    pub(super) properties: BTreeMap<String, String>,
    /// What could act in the file.
    pub(super) active: Found,
    /// What is left of the memory.
    pub(super) budget: Arc<Budget>,
}

/// Unpacks and checks every part that is used, each once; with several lanes, sheets side by side.
pub(super) fn gate(
    mut package: Package<'_>,
    main: MainPart,
    limits: &Limits,
    lanes: usize,
) -> Result<Passed, ReadError> {
    let MainPart {
        name: main,
        properties,
        custom,
    } = main;
    let listed = book::book(&main, &package.part(&main)?, limits)?;
    let relations = book::relations(&mut package, &main, limits)?;
    let by_kind = |kind: &str| {
        let found = relations.iter().find(|relation| relation.kind == kind);
        found.and_then(|relation| relation.target.clone())
    };
    let styles = match by_kind("styles") {
        Some(part) => Styles::read(&part, &package.part(&part)?, limits)?,
        None => Styles::default(),
    };
    let format = match by_kind("vbaProject") {
        Some(_) => FileFormat::Xlsm,
        None => FileFormat::Xlsx,
    };
    let budget = package.budget();
    let mut archive = Archive::new(package.packed());
    archive.add("_rels/.rels", ROOT_RELATIONS)?;
    let texts = match by_kind("sharedStrings") {
        Some(part) => {
            let bytes = package.part(&part)?;
            budget.take(bytes.len() as u64)?;
            archive.add("xl/sharedStrings.xml", &bytes)?;
            SharedTexts::read(&part, &bytes, styles.strike(), limits)?
        }
        None => SharedTexts::none(styles.strike()),
    };
    let mut sidecars = Sidecars::new(by_kind("person"), limits);
    let mut active = listed.active;
    active.of_book(&relations, &mut package, limits);
    // The first of two that have one name counts.
    let by_id = relations
        .iter()
        .rev()
        .map(|relation| (&*relation.id, relation));
    let by_id: BTreeMap<&str, &Relation> = by_id.collect();
    let mut sheets: Vec<Checked> = Vec::with_capacity(listed.sheets.len());
    let mut parts = BTreeSet::new();
    let mut left = limits.cells;
    for group in listed.sheets.chunks(if lanes > 1 { GROUP } else { 1 }) {
        let mut members = Vec::with_capacity(group.len());
        for entry in group {
            let relation = by_id.get(&*entry.relation);
            let Some(Relation {
                kind,
                target: Some(part),
                ..
            }) = relation
            else {
                return Err(ReadError::broken(&entry.name, Problem::MissingPart));
            };
            if kind == "worksheet" && !parts.insert(part.to_lowercase()) {
                return Err(ReadError::broken(part, Problem::Twins));
            }
            members.push(Listed { entry, kind, part });
        }
        let walked = walked(&members, &mut package, left, &texts, limits)?;
        for (sheet, walked) in members.into_iter().zip(walked) {
            let mut checked = sheet.checked();
            if is_macro(sheet.kind) {
                active.add(ActiveKind::Macro, None, &checked.name);
            }
            if let Some((mut bytes, scan)) = walked {
                let mut scan = scan?;
                let over = || ReadError::over(Limited::Cells, limits.cells as u64, None);
                left = left.checked_sub(scan.cells).ok_or_else(over)?;
                budget.take(scan.size())?;
                if let Some(extent) = scan.bad_extent.take() {
                    bytes[extent].fill(b' ');
                }
                let name = format!("xl/worksheets/{}.xml", sheets.len());
                archive.add_pieces(&name, &scan.blanks.without(&bytes))?;
                drop(bytes);
                let own = book::relations(&mut package, sheet.part, limits);
                if let Ok(own) = &own {
                    active.of_sheet(&checked.name, own, &scan.links);
                }
                for (cell, kind, text) in scan.formulas.drain(..) {
                    active.add(kind, Some((&checked.name, cell)), &text);
                }
                checked.scan = Some(scan);
                checked.remarks = sidecars.remarks(&mut package, own, limits);
            }
            sheets.push(checked);
        }
    }
    archive.add(
        "xl/workbook.xml",
        list(&sheets, "<workbook><sheets>", "</sheets></workbook>", |n| {
            format!("<sheet name=\"{n}\" sheetId=\"{n}\" r:id=\"r{n}\"/>")
        })
        .as_bytes(),
    )?;
    archive.add("xl/_rels/workbook.xml.rels", list(&sheets, "<Relationships>", "</Relationships>", |n| {
        format!("<Relationship Id=\"r{n}\" Type=\"/relationships/worksheet\" Target=\"worksheets/{n}.xml\"/>")
    }).as_bytes())?;
    let modified = match properties.filter(|part| package.has(part)) {
        Some(part) => book::modified(&part, &package.part(&part)?, limits),
        None => None,
    };
    let properties = match custom.filter(|part| package.has(part)) {
        Some(part) => names::properties(&part, &package.part(&part)?, limits),
        None => BTreeMap::new(),
    };
    Ok(Passed {
        format,
        archive: archive.finish()?,
        sheets,
        styles,
        texts,
        from_1904: listed.from_1904,
        modified,
        names: listed.names,
        properties,
        active,
        budget,
    })
}

/// A sheet as the workbook lists it, and the part that holds it.
struct Listed<'a> {
    entry: &'a SheetEntry,
    kind: &'a str,
    part: &'a str,
}

impl Listed<'_> {
    fn checked(&self) -> Checked {
        let known = matches!(self.kind, "worksheet" | "chartsheet") || is_macro(self.kind);
        Checked {
            name: self.entry.name.clone(),
            visibility: self.entry.visibility,
            scan: None,
            remarks: Vec::new(),
            foreign: !known,
        }
    }
}

/// The part of a sheet, and what the walk over it found.
type Walked = (Vec<u8>, Result<Scan, ReadError>);

/// Unpacks the parts of sheets that have cells of their own, the largest first, and walks them side
/// by side while the next ones are unpacked; what was found comes in the order of the sheets.
fn walked(
    sheets: &[Listed<'_>],
    package: &mut Package<'_>,
    left: usize,
    texts: &SharedTexts,
    limits: &Limits,
) -> Result<Vec<Option<Walked>>, ReadError> {
    let of_cells = sheets.iter().enumerate();
    let mut by_size: Vec<(usize, &str)> = of_cells
        .filter(|(_, sheet)| sheet.kind == "worksheet")
        .map(|(at, sheet)| (at, sheet.part))
        .collect();
    by_size.sort_by_key(|(_, part)| Reverse(package.size(part)));
    let alone = by_size.len() == 1;
    let walked: Vec<OnceLock<Walked>> = sheets.iter().map(|_| OnceLock::new()).collect();
    let walk = |at: usize, part: &str, bytes: Vec<u8>| {
        let scan = sheet::scan(part, &bytes, left, texts, limits);
        // Each sheet is walked once.
        let _ = walked[at].set((bytes, scan));
    };
    let walk = &walk;
    rayon::in_place_scope(|scope| {
        for (at, part) in by_size {
            let bytes = package.part(part)?;
            package.budget().take(bytes.len() as u64)?;
            match alone {
                true => walk(at, part, bytes),
                false => scope.spawn(move |_| walk(at, part, bytes)),
            }
        }
        Ok(())
    })?;
    Ok(walked.into_iter().map(OnceLock::into_inner).collect())
}

fn list(sheets: &[Checked], head: &str, foot: &str, line: impl Fn(usize) -> String) -> String {
    let lines = sheets.iter().enumerate();
    let lines = lines.filter(|(_, sheet)| sheet.scan.is_some());
    let lines: String = lines.map(|(number, _)| line(number)).collect();
    format!("{head}{lines}{foot}")
}

/// An archive in memory that holds parts as they are.
pub(super) struct Archive {
    writer: ZipWriter<Cursor<Vec<u8>>>,
}

impl Archive {
    pub(super) fn new(packed: usize) -> Self {
        // Parts of a form unpack to about eight times their packed size.
        let bytes = Vec::with_capacity(packed.saturating_mul(8).min(1 << 20));
        Self {
            writer: ZipWriter::new(Cursor::new(bytes)),
        }
    }

    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), ReadError> {
        self.add_pieces(name, &[bytes])
    }

    /// Adds a part that is put together of pieces.
    pub(super) fn add_pieces(&mut self, name: &str, pieces: &[&[u8]]) -> Result<(), ReadError> {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let started = self.writer.start_file(name, stored).is_ok();
        let mut pieces = pieces.iter();
        if started && pieces.all(|piece| self.writer.write_all(piece).is_ok()) {
            return Ok(());
        }
        Err(ReadError::broken(name, Problem::Reader))
    }

    pub(super) fn finish(self) -> Result<Vec<u8>, ReadError> {
        let finished = self.writer.finish();
        let cursor = finished.map_err(|_| ReadError::broken("", Problem::Package))?;
        Ok(cursor.into_inner())
    }
}
