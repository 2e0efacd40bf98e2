//! Notes and drawn objects of an ods, each with what it says.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

use quick_xml::events::{BytesStart, Event};

use crate::model::text::printable;
use crate::model::{CellRange, CellRef, Remark, RemarkKind};
use crate::read::error::ReadError;
use crate::read::xml::Walk;

use super::paragraph::{Paragraphs, skip};
use super::styles::Styles;

/// Elements of a cell or a sheet that are neither said nor drawn.
const NOTHING: [&str; 3] = ["cell-range-source", "detective", "forms"];

/// Reads a note or a drawn object up to its end if it was opened; `cell` is what it is anchored to.
/// Nothing for what is neither.
pub(super) fn read(
    walk: &mut Walk<'_>,
    element: &BytesStart<'_>,
    open: bool,
    cell: CellRef,
    styles: &Styles,
) -> Result<Option<Remark>, ReadError> {
    let name = element.local_name().as_ref().to_owned();
    if NOTHING.contains(&name.as_str()) {
        if open {
            skip(walk)?;
        }
        return Ok(None);
    }
    let style = walk.attribute(element, "style-name")?;
    let end = walk.attribute(element, "end-cell-address")?;
    let mut object = Object {
        kind: kind(&name, style.is_some_and(|style| styles.points(&style))),
        author: None,
        said: Paragraphs::default(),
    };
    if open {
        object.inside(walk, styles)?;
    }
    let end = end.as_deref().and_then(end_of);
    Ok(Some(Remark {
        range: CellRange::new(cell, end.unwrap_or(cell)),
        kind: object.kind,
        author: object.author,
        text: printable(&object.said.text()).trim().to_owned(),
    }))
}

struct Object {
    kind: RemarkKind,
    author: Option<String>,
    said: Paragraphs,
}

impl Object {
    fn inside(&mut self, walk: &mut Walk<'_>, styles: &Styles) -> Result<(), ReadError> {
        let outer = walk.depth() - 1;
        let mut in_author = false;
        let mut other = |walk: &mut Walk<'_>, _: &BytesStart<'_>| skip(walk);
        while walk.depth() > outer {
            match walk.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "p" | "h" => self.said.read(walk, styles, false, &mut other)?,
                    // What stands in for an object, and what describes it, is not seen.
                    "desc" | "title" | "table" => skip(walk)?,
                    name => {
                        in_author = name == "creator";
                        self.narrow(walk, &element)?;
                    }
                },
                Event::Empty(element) => self.narrow(walk, &element)?,
                Event::Text(text) if in_author => {
                    let name = text.trim().to_owned();
                    self.author = Some(name).filter(|name| !name.is_empty());
                }
                Event::End(_) => in_author = false,
                Event::Eof => return Err(walk.malformed()),
                _ => {}
            }
        }
        Ok(())
    }

    /// A frame is what it holds, and a shape what its outline is called.
    fn narrow(&mut self, walk: &Walk<'_>, element: &BytesStart<'_>) -> Result<(), ReadError> {
        match (element.local_name().as_ref(), self.kind) {
            ("object" | "object-ole", RemarkKind::TextBox) => self.kind = RemarkKind::Chart,
            ("image", RemarkKind::TextBox) if self.said.count() == 0 => {
                self.kind = RemarkKind::Picture;
            }
            ("enhanced-geometry", RemarkKind::Shape) => {
                let outline = walk.attribute(element, "type")?.unwrap_or_default();
                let points = ["arrow", "Arrow", "pentagon-right", "homePlate", "chevron"];
                if points.iter().any(|word| outline.contains(word)) {
                    self.kind = RemarkKind::Arrow;
                }
            }
            (_, _) => {}
        }
        Ok(())
    }
}

/// What an element is before it is known what it holds.
fn kind(name: &str, pointed: bool) -> RemarkKind {
    match (name, pointed) {
        ("annotation", _) => RemarkKind::Note,
        ("line" | "connector" | "measure", true) => RemarkKind::Arrow,
        ("line" | "connector" | "measure", false) => RemarkKind::Line,
        ("control", _) => RemarkKind::Control,
        ("frame", _) => RemarkKind::TextBox,
        (_, _) => RemarkKind::Shape,
    }
}

/// The cell of an address such as `$取組1.E12`.
fn end_of(address: &str) -> Option<CellRef> {
    CellRef::parse(address.rsplit_once('.').map_or(address, |(_, cell)| cell))
}
