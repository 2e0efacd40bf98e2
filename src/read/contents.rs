//! What a package holds, by its parts.

use super::book;
use super::error::{Format, Problem, ReadError};
use super::limits::Limits;
use super::package::Package;

/// The parts by which a reader finds all others.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MainPart {
    /// The workbook's own part.
    pub(super) name: String,
    /// The part with the document's properties.
    pub(super) properties: Option<String>,
    /// The part with the properties that are the workbook's own.
    pub(super) custom: Option<String>,
}

/// A package that holds a workbook.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Contents {
    /// xlsx or xlsm.
    Xml(MainPart),
    /// xlsb.
    Binary(MainPart),
    /// ods.
    OpenDocument,
}

/// Tells what a package holds; says of other packages what they are.
pub(super) fn contents(package: &mut Package<'_>, limits: &Limits) -> Result<Contents, ReadError> {
    let relations = book::relations(package, "", limits)?;
    let target = |kind: &str| {
        let found = relations.iter().find(|relation| relation.kind == kind);
        found.and_then(|relation| relation.target.clone())
    };
    let Some(name) = target("officeDocument") else {
        return without_relations(package);
    };
    let lower = name.to_lowercase();
    for (folder, format) in [("word/", Format::Word), ("ppt/", Format::PowerPoint)] {
        if lower.starts_with(folder) {
            return Err(ReadError::Unsupported(format));
        }
    }
    let main = MainPart {
        name,
        properties: target("core-properties"),
        custom: target("custom-properties"),
    };
    Ok(if lower.ends_with(".bin") {
        Contents::Binary(main)
    } else {
        Contents::Xml(main)
    })
}

fn without_relations(package: &mut Package<'_>) -> Result<Contents, ReadError> {
    if package.has("mimetype") {
        let kind = package.part("mimetype")?;
        let kind = kind.trim_ascii();
        if kind.ends_with(b"opendocument.spreadsheet")
            || kind.ends_with(b"opendocument.spreadsheet-template")
        {
            return Ok(Contents::OpenDocument);
        }
        return Err(ReadError::Unsupported(Format::Document));
    }
    if package.has("Index/Document.iwa") || package.has("Index.zip") {
        return Err(ReadError::Unsupported(Format::Iwork));
    }
    if package.has_folder("xl/") {
        return Err(ReadError::broken("_rels/.rels", Problem::MissingPart));
    }
    let typed = package.has("[Content_Types].xml");
    let format = if typed { Format::Unknown } else { Format::Zip };
    Err(ReadError::Unsupported(format))
}
