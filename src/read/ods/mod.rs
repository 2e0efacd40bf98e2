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

use crate::model::{FileFormat, Grid, Visibility, Workbook};

use super::book;
use super::error::ReadError;
use super::limits::Limits;
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
    if package.has(MANIFEST) {
        let manifest = package.part(MANIFEST)?;
        if manifest.windows(ENCRYPTED.len()).any(|at| at == ENCRYPTED) {
            return Err(ReadError::Password);
        }
    }
    let modified = match package.has(META) {
        true => book::stamp(META, &package.part(META)?, "date", limits),
        false => None,
    };
    let content = package.part(CONTENT)?;
    let tables = tables::tables(CONTENT, &content, limits, &package.budget())?;
    let mut workbook = Workbook {
        format: FileFormat::Ods,
        sheets: Vec::with_capacity(tables.len()),
        modified,
        damaged: Vec::new(),
    };
    for table in tables {
        let mut grid = Grid::new(name, &table.name);
        if table.hidden {
            grid.visibility = Visibility::Hidden;
        }
        grid.cells = table.cells;
        grid.merges = disjoint(table.merges);
        table.beside.fill(&mut grid, limits);
        workbook
            .damaged
            .extend(by_kind(&grid, table.flaws, table.disguised));
        workbook.sheets.push(grid);
    }
    Ok(workbook)
}
