//! ods behind the gate: our own strict walk of content.xml, to its end, gives what a person sees.
//!
//! calamine is not asked: of ods it tells neither merged cells nor displayed texts, it lets
//! furigana leak into values, and it does not end where the part breaks off inside a table. The
//! tests ask it as a second opinion.

mod cell;
mod paragraph;
mod remark;
mod row;
mod styles;
mod tables;

use std::collections::BTreeMap;

use crate::model::{ActiveKind, FileFormat, Grid, Visibility, Workbook};

use super::active::{Found, link};
use super::book;
use super::error::ReadError;
use super::limits::Limits;
use super::names;
use super::package::Package;
use super::sheet::disjoint;
use super::xlsx::by_kind;

const CONTENT: &str = "content.xml";
const META: &str = "meta.xml";
const MANIFEST: &str = "META-INF/manifest.xml";
/// Stands in the manifest beside each part that is encrypted.
const ENCRYPTED: &[u8] = b"encryption-data";

/// Reads a workbook of which the package was checked.
pub(super) fn workbook(
    name: &str,
    mut package: Package<'_>,
    limits: &Limits,
) -> Result<Workbook, ReadError> {
    let mut active = active(&package);
    if package.has(MANIFEST) {
        let manifest = package.part(MANIFEST)?;
        embedded(&manifest, &mut active);
        if manifest.windows(ENCRYPTED.len()).any(|at| at == ENCRYPTED) {
            return Err(ReadError::Password);
        }
    }
    let (modified, properties) = match package.has(META) {
        true => {
            let meta = package.part(META)?;
            let modified = book::stamp(META, &meta, "date", limits);
            (modified, names::user_defined(META, &meta, limits))
        }
        false => (None, BTreeMap::new()),
    };
    let content = package.part(CONTENT)?;
    linked(&content, &mut active);
    let tables = tables::tables(CONTENT, &content, limits, &package.budget())?;
    let mut workbook = Workbook {
        format: FileFormat::Ods,
        sheets: Vec::with_capacity(tables.len()),
        modified,
        properties,
        damaged: Vec::new(),
        active: Vec::new(),
    };
    for table in tables {
        let mut grid = Grid::new(name, &table.name);
        if table.hidden {
            grid.visibility = Visibility::Hidden;
        }
        grid.cells = table.cells;
        disjoint(table.merges).fill(&mut grid);
        table.beside.fill(&mut grid, limits);
        workbook
            .damaged
            .extend(by_kind(&grid, table.flaws, table.disguised));
        workbook.sheets.push(grid);
    }
    let named = names::of_ods(CONTENT, &content, limits);
    names::hand_out(named, &mut workbook.sheets);
    workbook.active = active.finish();
    Ok(workbook)
}

/// Folders of macros.
const MACROS: [&str; 2] = ["basic/", "scripts/"];
/// Stands in the content beside what leads elsewhere.
const HREF: &[u8] = b"xlink:href=\"";
const DDE: [&[u8]; 2] = [b"<table:dde-link", b"office:dde-application"];
const OTHER_BOOK: &[u8] = b"<table:table-source";

/// Macros, by the names of their parts; a list of libraries without a library holds none.
fn active(package: &Package<'_>) -> Found {
    let mut found = Found::default();
    let is_macro = |name: &str| {
        let below = MACROS.iter().any(|folder| name.starts_with(folder));
        let index = name.ends_with("/script-lc.xml") || name.ends_with("/script-lb.xml");
        below && !index && !name.ends_with('/')
    };
    if package.names().any(is_macro) {
        found.add(ActiveKind::Macro, None, "");
    }
    found
}

/// Objects of other programs, by what the manifest calls them; charts and formulas are drawn by the
/// program itself.
fn embedded(manifest: &[u8], found: &mut Found) {
    let text = String::from_utf8_lossy(manifest);
    for entry in text.split("file-entry").skip(1) {
        let entry = entry.split('>').next().unwrap_or_default();
        let object = entry.contains("full-path=\"Object");
        let own = entry.contains("opendocument.chart") || entry.contains("opendocument.formula");
        let whole = entry.contains("opendocument") && !own && entry.contains("/\"");
        if entry.contains("sun.star.oleobject") || (object && whole) {
            found.add(ActiveKind::Embedded, None, "");
        }
    }
}

/// Where the content leads. It is walked strictly elsewhere; here only words are looked for, and
/// where in the sheet they stand is not told.
fn linked(content: &[u8], found: &mut Found) {
    let has = |word: &[u8]| content.windows(word.len()).any(|at| at == word);
    if DDE.iter().any(|word| has(word)) {
        found.add(ActiveKind::Dde, None, "");
    }
    let other = has(OTHER_BOOK);
    let mut rest = content;
    while let Some(at) = rest.windows(HREF.len()).position(|at| at == HREF) {
        rest = &rest[at + HREF.len()..];
        let end = rest.iter().position(|byte| *byte == b'"');
        let target = String::from_utf8_lossy(&rest[..end.unwrap_or(0)]);
        // A link within the package or the sheet leads nowhere else.
        let inner =
            target.starts_with('#') || !target.contains([':', '\\']) && !target.contains("../");
        if inner {
            continue;
        }
        let mut kind = link(&target);
        if other && kind == ActiveKind::Link {
            kind = ActiveKind::ExternalLink;
        }
        found.add(kind, None, &target);
    }
}
