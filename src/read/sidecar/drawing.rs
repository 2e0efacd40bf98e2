//! What is drawn over a sheet (`drawing1.xml`, ECMA-376 Part 1, 20.5): shapes with their texts,
//! arrows and lines, pictures and charts, each with the cells it lies over.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

use quick_xml::events::{BytesStart, Event};

use crate::model::text::printable;
use crate::model::{CellRange, CellRef, LAST_COLUMN, LAST_ROW, Remark, RemarkKind};
use crate::read::error::ReadError;
use crate::read::limits::Limits;
use crate::read::xml::{Walk, append};

/// What a drawing holds.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) remarks: Vec<Remark>,
    /// SmartArt: the relation to the part with its words, and the cells it lies over.
    pub(super) diagrams: Vec<(String, CellRange)>,
}

/// Reads a drawing.
pub(super) fn read(part: &str, bytes: &[u8], limits: &Limits) -> Result<Drawn, ReadError> {
    let mut walk = Walk::new(part, bytes, limits)?;
    let mut drawn = Drawn::default();
    let mut anchor = Anchor::default();
    // Of contents for newer and older programs one counts; whether it was found yet.
    let mut alternatives: Vec<bool> = Vec::new();
    loop {
        let event = walk.next()?;
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => anchor = Anchor::default(),
                "from" => anchor.from = corner(&mut walk)?,
                "to" => anchor.to = Some(corner(&mut walk)?),
                "AlternateContent" => alternatives.push(false),
                "Choice" | "Fallback" => match alternatives.last_mut() {
                    Some(true) => drop(walk.text()?),
                    Some(found) => *found = true,
                    None => {}
                },
                name @ ("sp" | "cxnSp" | "pic" | "graphicFrame" | "contentPart") => {
                    let shape = shape(&mut walk, name)?;
                    anchor.shapes.push(shape);
                }
                _ => {}
            },
            Event::Empty(element) if element.local_name().as_ref() == "contentPart" => {
                anchor.shapes.push(Shape::new("contentPart"));
            }
            Event::End(element) => match element.local_name().as_ref() {
                "AlternateContent" => {
                    alternatives.pop();
                }
                "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => {
                    std::mem::take(&mut anchor).finish(&mut drawn);
                }
                _ => {}
            },
            Event::Eof => return Ok(drawn),
            _ => {}
        }
    }
}

/// Reads the words of a SmartArt.
pub(super) fn diagram(part: &str, bytes: &[u8], limits: &Limits) -> Result<String, ReadError> {
    let mut walk = Walk::new(part, bytes, limits)?;
    let mut words = Words::default();
    loop {
        let event = walk.next()?;
        if event == Event::Eof {
            return Ok(printable(words.text.trim()));
        }
        words.take(&event);
    }
}

/// A place on the sheet: a cell, and whether it lies behind the cell's upper and left edge.
#[derive(Clone, Copy, Debug, Default)]
struct Corner {
    cell: CellRef,
    right_of_edge: bool,
    below_edge: bool,
}

fn corner(walk: &mut Walk<'_>) -> Result<Corner, ReadError> {
    let outer = walk.depth() - 1;
    let mut corner = Corner::default();
    while walk.depth() > outer {
        let Event::Start(element) = walk.next()? else {
            continue;
        };
        let number = walk.text()?.trim().parse::<i64>().unwrap_or(0);
        let within = |last: u32| u32::try_from(number.clamp(0, last.into())).unwrap_or(0);
        match element.local_name().as_ref() {
            "col" => corner.cell.column = within(LAST_COLUMN),
            "row" => corner.cell.row = within(LAST_ROW),
            "colOff" => corner.right_of_edge = number > 0,
            "rowOff" => corner.below_edge = number > 0,
            _ => {}
        }
    }
    Ok(corner)
}

/// What is drawn at one place: a shape, or a group of them.
#[derive(Debug, Default)]
struct Anchor {
    from: Corner,
    to: Option<Corner>,
    shapes: Vec<Shape>,
}

impl Anchor {
    fn finish(self, drawn: &mut Drawn) {
        let range = self.range();
        for shape in self.shapes {
            drawn
                .diagrams
                .extend(shape.diagram.clone().map(|id| (id, range)));
            drawn.remarks.extend(shape.remark(range));
        }
    }

    /// The cells it lies over: not one of which it only touches the edge.
    fn range(&self) -> CellRange {
        let first = self.from.cell;
        let Some(to) = self.to else {
            return first.into();
        };
        let mut last = to.cell;
        if !to.right_of_edge && last.column > first.column {
            last.column -= 1;
        }
        if !to.below_edge && last.row > first.row {
            last.row -= 1;
        }
        CellRange::new(first, last)
    }
}

#[derive(Debug)]
struct Shape {
    kind: RemarkKind,
    /// The end of its line bears a head.
    head: bool,
    /// It is a line, or drawn freely: a head shows.
    open: bool,
    hidden: bool,
    text: String,
    diagram: Option<String>,
}

/// Reads a shape that was just opened.
fn shape(walk: &mut Walk<'_>, name: &str) -> Result<Shape, ReadError> {
    let outer = walk.depth() - 1;
    let mut shape = Shape::new(name);
    while walk.depth() > outer {
        let event = walk.next()?;
        match &event {
            Event::Start(element) if element.local_name().as_ref() == "txBody" => {
                shape.text = words(walk)?;
            }
            Event::Start(element) | Event::Empty(element) => shape.property(walk, element)?,
            _ => {}
        }
    }
    Ok(shape)
}

impl Shape {
    fn new(name: &str) -> Self {
        Self {
            kind: match name {
                "pic" | "contentPart" => RemarkKind::Picture,
                "cxnSp" => RemarkKind::Line,
                _ => RemarkKind::Shape,
            },
            head: false,
            open: name == "cxnSp",
            hidden: false,
            text: String::new(),
            diagram: None,
        }
    }

    fn property(&mut self, walk: &Walk<'_>, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let get = |name| walk.attribute(element, name);
        let on = |value: Option<String>| matches!(value.as_deref(), Some("1" | "true"));
        match element.local_name().as_ref() {
            "cNvPr" => self.hidden = on(get("hidden")?),
            "cNvSpPr" if on(get("txBox")?) => self.kind = RemarkKind::TextBox,
            "prstGeom" => {
                let form = get("prst")?.unwrap_or_default();
                if form.to_lowercase().contains("arrow")
                    || matches!(form.as_str(), "homePlate" | "chevron")
                {
                    self.kind = RemarkKind::Arrow;
                } else if form == "line" || form.contains("Connector") {
                    self.open = true;
                    if self.kind != RemarkKind::TextBox {
                        self.kind = RemarkKind::Line;
                    }
                }
            }
            "custGeom" => self.open = true,
            "headEnd" | "tailEnd" => {
                self.head |= get("type")?.is_some_and(|kind| kind != "none");
            }
            "graphicData" => {
                let of = get("uri")?.unwrap_or_default();
                if of.contains("/chart") {
                    self.kind = RemarkKind::Chart;
                }
            }
            "relIds" => self.diagram = get("dm")?,
            _ => {}
        }
        Ok(())
    }

    /// What there is to tell of it; a hidden shape without words is nothing to anybody, and the
    /// words of a SmartArt stand in a part of their own.
    fn remark(self, range: CellRange) -> Option<Remark> {
        let text = printable(self.text.trim());
        let nothing = text.is_empty() && self.hidden;
        (!nothing && self.diagram.is_none()).then_some(Remark {
            range,
            kind: match self.kind {
                RemarkKind::Line | RemarkKind::Shape if self.open && self.head => RemarkKind::Arrow,
                kind => kind,
            },
            author: None,
            text,
        })
    }
}

/// The words of a text body that was just opened.
fn words(walk: &mut Walk<'_>) -> Result<String, ReadError> {
    let outer = walk.depth() - 1;
    let mut words = Words::default();
    while walk.depth() > outer {
        words.take(&walk.next()?);
    }
    Ok(words.text)
}

/// The words of a text body: what stands in `t` itself, paragraphs and line breaks as `\n`.
#[derive(Default)]
struct Words {
    text: String,
    in_text: bool,
}

impl Words {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.local_name();
                let name = name.as_ref();
                self.in_text = name == "t" && matches!(event, Event::Start(_));
                if name == "br" || (name == "p" && !self.text.is_empty()) {
                    self.text.push('\n');
                }
            }
            Event::End(_) => self.in_text = false,
            text if self.in_text => append(&mut self.text, text),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
