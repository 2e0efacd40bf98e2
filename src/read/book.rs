//! The parts of a workbook around its sheets: relations, sheet list, properties.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

use quick_xml::XmlVersion;
use quick_xml::events::Event;

use crate::model::Visibility;

use super::active::Found;
use super::error::{Problem, ReadError};
use super::limited::Limited;
use super::limits::Limits;
use super::names::{self, CellName};
use super::package::Package;
use super::xml::Walk;

/// A relation of a part to another one of the package.
#[derive(Debug)]
pub(super) struct Relation {
    /// Its identifier within the part.
    pub(super) id: String,
    /// What the other part is: the last word of the relation's type.
    pub(super) kind: String,
    /// The other part's name; `None` when it lies outside the package.
    pub(super) target: Option<String>,
    /// What it names outside the package.
    pub(super) external: Option<String>,
}

/// Reads the relations of a part; none if the part has no relations.
pub(super) fn relations(
    package: &mut Package<'_>,
    of: &str,
    limits: &Limits,
) -> Result<Vec<Relation>, ReadError> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let slash = if folder.is_empty() { "" } else { "/" };
    let part = format!("{folder}{slash}_rels/{file}.rels");
    if !package.has(&part) {
        return Ok(Vec::new());
    }
    let bytes = package.part(&part)?;
    let mut walk = Walk::new(&part, &bytes, limits)?;
    let mut relations = Vec::new();
    loop {
        match walk.next()? {
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == "Relationship" =>
            {
                let get = |name| walk.attribute(&element, name);
                let kind = get("Type")?.unwrap_or_default();
                let target = get("Target")?.unwrap_or_default();
                let external = get("TargetMode")?.as_deref() == Some("External");
                relations.push(Relation {
                    id: get("Id")?.unwrap_or_default(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: match external {
                        true => None,
                        false => resolve(folder, &target),
                    },
                    external: external.then_some(target),
                });
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// The name of a part from the folder of the part that names it; nothing above the package.
fn resolve(folder: &str, target: &str) -> Option<String> {
    let (base, target) = match target.strip_prefix('/') {
        Some(absolute) => ("", absolute),
        None => (folder, target),
    };
    let mut path: Vec<&str> = base.split('/').filter(|name| !name.is_empty()).collect();
    for name in target.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                path.pop()?;
            }
            name => path.push(name),
        }
    }
    Some(path.join("/"))
}

/// A sheet as the workbook lists it.
#[derive(Debug)]
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) relation: String,
    pub(super) visibility: Visibility,
}

/// What the workbook's own part says.
#[derive(Debug, Default)]
pub(super) struct BookPart {
    pub(super) sheets: Vec<SheetEntry>,
    pub(super) from_1904: bool,
    /// The names that it defines and that run by themselves.
    pub(super) active: Found,
    /// The names of cells.
    pub(super) names: Vec<CellName>,
}

/// Reads the list of sheets and the date system.
pub(super) fn book(part: &str, bytes: &[u8], limits: &Limits) -> Result<BookPart, ReadError> {
    let mut walk = Walk::new(part, bytes, limits)?;
    let mut book = BookPart::default();
    let mut in_list = false;
    loop {
        match walk.next()? {
            Event::Start(element)
                if walk.depth() == 1 && element.local_name().as_ref() != "workbook" =>
            {
                return Err(walk.broken(Problem::MissingPart));
            }
            Event::Start(element) if element.local_name().as_ref() == "definedName" => {
                let name = walk.attribute(&element, "name")?.unwrap_or_default();
                book.active.of_name(&name);
                let stands_for = walk.text()?;
                names::add(&mut book.names, &name, stands_for.trim());
            }
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "sheets" => in_list = true,
                "workbookPr" if book.sheets.is_empty() => {
                    let flag = walk.attribute(&element, "date1904")?;
                    book.from_1904 = matches!(flag.as_deref(), Some("1" | "true" | "on"));
                }
                "sheet" if in_list => {
                    let state = walk.attribute(&element, "state")?;
                    book.sheets.push(SheetEntry {
                        name: walk.attribute(&element, "name")?.unwrap_or_default(),
                        relation: walk.attribute(&element, "id")?.unwrap_or_default(),
                        visibility: match state.as_deref() {
                            Some("hidden" | "veryHidden") => Visibility::Hidden,
                            Some(_) | None => Visibility::Visible,
                        },
                    });
                    if book.sheets.len() > limits.sheets {
                        return Err(ReadError::over(Limited::Sheets, limits.sheets as u64, None));
                    }
                }
                "definedName" => {
                    if let Some(name) = walk.attribute(&element, "name")? {
                        book.active.of_name(&name);
                    }
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "sheets" => in_list = false,
            Event::Eof => break,
            _ => {}
        }
    }
    if book.sheets.is_empty() {
        return Err(walk.broken(Problem::MissingPart));
    }
    book.distinct(part)?;
    Ok(book)
}

impl BookPart {
    /// Refuses two sheets of one name.
    pub(super) fn distinct(&self, part: &str) -> Result<(), ReadError> {
        let mut names: Vec<String> = self.sheets.iter().map(|s| s.name.to_lowercase()).collect();
        names.sort_unstable();
        match names.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(twin) => Err(ReadError::broken(
                part,
                Problem::SheetTwins(twin[0].clone()),
            )),
            None => Ok(()),
        }
    }
}

/// Reads the workbook's own modification stamp; a damaged property part says nothing.
pub(super) fn modified(part: &str, bytes: &[u8], limits: &Limits) -> Option<String> {
    stamp(part, bytes, "modified", limits)
}

/// Reads the text of the first element of a name.
pub(super) fn stamp(part: &str, bytes: &[u8], name: &str, limits: &Limits) -> Option<String> {
    let mut walk = Walk::new(part, bytes, limits).ok()?;
    let mut inside = false;
    loop {
        match walk.next().ok()? {
            Event::Start(element) => inside = element.local_name().as_ref() == name,
            Event::Text(text) if inside => {
                let text = text.xml_content(XmlVersion::Implicit1_0);
                return Some(text.trim().to_owned());
            }
            Event::End(_) => inside = false,
            Event::Eof => return None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_resolve_against_the_folder_and_never_leave_the_package() {
        for (folder, target, expected) in [
            (
                "xl",
                "worksheets/sheet1.xml",
                Some("xl/worksheets/sheet1.xml"),
            ),
            (
                "xl",
                "/xl/worksheets/sheet1.xml",
                Some("xl/worksheets/sheet1.xml"),
            ),
            ("xl", "../docProps/core.xml", Some("docProps/core.xml")),
            ("", "./xl/workbook.xml", Some("xl/workbook.xml")),
            ("xl", "../../etc/passwd", None),
        ] {
            assert_eq!(resolve(folder, target).as_deref(), expected, "{target}");
        }
    }

    #[test]
    fn sheets_come_in_order_with_their_state() {
        let text = br#"<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets>
            <sheet name="A&amp;B" sheetId="9" r:id="rId3"/>
            <sheet name="b" sheetId="2" state="veryHidden" r:id="rId1"/></sheets></workbook>"#;
        let book = book("w", text, &Limits::default()).unwrap();
        assert!(book.from_1904);
        let sheets: Vec<_> = book
            .sheets
            .iter()
            .map(|s| (s.name.as_str(), s.relation.as_str(), s.visibility))
            .collect();
        assert_eq!(
            sheets,
            [
                ("A&B", "rId3", Visibility::Visible),
                ("b", "rId1", Visibility::Hidden)
            ]
        );
    }
}
