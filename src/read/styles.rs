//! How cells are dressed: number formats, and fonts as far as they strike words out.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

use std::collections::BTreeMap;
use std::sync::OnceLock;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::error::ReadError;
use super::limited::Limited;
use super::limits::Limits;
use super::number_format::{NumberFormat, builtin};
use super::rich::is_on;
use super::xml::Walk;

/// What a workbook's styles say of its cells.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// Number formats that are defined: identifiers and codes.
    codes: Vec<(u32, String)>,
    /// Whether each font is struck through.
    fonts: Vec<bool>,
    /// Each cell format's number format and font.
    cells: Vec<(u32, usize)>,
}

impl Styles {
    /// Reads number formats and struck fonts, and checks the rest; fills and borders are of no use
    /// here.
    pub(super) fn read(part: &str, bytes: &[u8], limits: &Limits) -> Result<Self, ReadError> {
        let mut walk = Walk::new(part, bytes, limits)?;
        let mut styles = Self::default();
        let (mut in_cells, mut in_fonts) = (false, false);
        let mut records = 0usize;
        loop {
            let event = walk.next_with_attributes()?;
            let open = matches!(event, Event::Start(_));
            match event {
                Event::Start(element) | Event::Empty(element) => {
                    let name = element.local_name();
                    let is_cell = in_cells && name.as_ref() == "xf";
                    if !is_cell {
                        walk.check_attributes(&element)?;
                    }
                    match name.as_ref() {
                        "numFmt" if !in_cells => {
                            let id = walk.attribute(&element, "numFmtId")?;
                            let id = id.and_then(|id| id.parse().ok()).unwrap_or(0);
                            let code = walk.attribute(&element, "formatCode")?;
                            styles.codes.push((id, code.unwrap_or_default()));
                            records += 1;
                        }
                        "fonts" => in_fonts = open,
                        "font" if in_fonts => {
                            styles.fonts.push(false);
                            records += 1;
                        }
                        "strike" if in_fonts => {
                            if let Some(font) = styles.fonts.last_mut() {
                                *font = is_on(&walk, &element)?;
                            }
                        }
                        "cellXfs" => in_cells = open,
                        "xf" => {
                            records += 1;
                            if is_cell {
                                styles.cells.push(cell(&walk, &element)?);
                            }
                        }
                        _ => {}
                    }
                    if records > limits.styles {
                        return Err(walk.over(Limited::Styles, limits.styles));
                    }
                }
                Event::End(element) => match element.local_name().as_ref() {
                    "cellXfs" => in_cells = false,
                    "fonts" => in_fonts = false,
                    _ => {}
                },
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    }

    /// Adds a number format.
    pub(super) fn add_code(&mut self, id: u32, code: String) {
        self.codes.push((id, code));
    }

    /// Adds the next font.
    pub(super) fn add_font(&mut self, struck: bool) {
        self.fonts.push(struck);
    }

    /// Adds the next cell format.
    pub(super) fn add_cell(&mut self, code: u32, font: usize) {
        self.cells.push((code, font));
    }

    /// How many records there are.
    pub(super) fn records(&self) -> usize {
        self.codes.len() + self.fonts.len() + self.cells.len()
    }

    /// Tells whether a font strikes words out.
    pub(super) fn is_struck(&self, font: usize) -> bool {
        self.fonts.get(font).copied().unwrap_or(false)
    }

    /// Tells whether any font strikes words out.
    pub(super) fn strike(&self) -> bool {
        self.fonts.contains(&true)
    }
}

/// A cell format's number format and font; its attributes are read and checked in one go.
fn cell(walk: &Walk<'_>, element: &BytesStart<'_>) -> Result<(u32, usize), ReadError> {
    let (mut code, mut font) = (None, None);
    for attribute in walk.attributes(element) {
        let attribute = attribute?;
        // The first of two that have one local name counts.
        let number = match attribute.key.local_name().as_ref() {
            "numFmtId" if code.is_none() => &mut code,
            "fontId" if font.is_none() => &mut font,
            _ => continue,
        };
        let text = attribute.normalized_value(XmlVersion::Implicit1_0);
        let text = text.map_err(|_| walk.malformed())?;
        *number = Some(text.parse::<u32>().unwrap_or(0));
    }
    let font = usize::try_from(font.unwrap_or(0)).unwrap_or(usize::MAX);
    Ok((code.unwrap_or(0), font))
}

/// The cell formats of a workbook; a number format is read when a cell first needs it.
pub(super) struct Palette {
    /// Each cell format's place in `formats`, and whether its font is struck through.
    cells: Vec<(usize, bool)>,
    formats: Vec<(String, OnceLock<NumberFormat>)>,
    general: NumberFormat,
    pub(super) from_1904: bool,
}

impl Palette {
    pub(super) fn new(styles: Styles, from_1904: bool) -> Self {
        let codes: BTreeMap<u32, String> = styles.codes.into_iter().collect();
        let mut places = BTreeMap::new();
        let mut read = Vec::new();
        let cells = styles.cells.into_iter().map(|(id, font)| {
            let place = *places.entry(id).or_insert_with(|| {
                let code = codes.get(&id).cloned();
                read.push((
                    code.unwrap_or_else(|| builtin(id).to_owned()),
                    OnceLock::new(),
                ));
                read.len() - 1
            });
            (place, styles.fonts.get(font).copied().unwrap_or(false))
        });
        Self {
            cells: cells.collect(),
            formats: read,
            general: NumberFormat::new(""),
            from_1904,
        }
    }

    /// The number format of a cell format.
    pub(super) fn format(&self, style: usize) -> &NumberFormat {
        let place = self.cells.get(style).map(|(place, _)| *place);
        match place.and_then(|place| self.formats.get(place)) {
            Some((code, format)) => format.get_or_init(|| NumberFormat::new(code)),
            None => &self.general,
        }
    }

    /// Tells whether a cell format strikes its words out.
    pub(super) fn strikes(&self, style: usize) -> bool {
        self.cells.get(style).is_some_and(|(_, struck)| *struck)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_format_is_struck_as_its_font_is() {
        let text = br#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0&quot;x&quot;"/></numFmts>
            <fonts count="3"><font><sz val="11"/></font><font><strike/></font><font><strike val="0"/></font></fonts>
            <cellStyleXfs><xf numFmtId="0" fontId="1"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="1" applyFont="1"/>
            <xf fontId="2"/><xf fontId="9"/></cellXfs>
            <dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>"#;
        let styles = Styles::read("s", text, &Limits::default()).unwrap();
        assert!(styles.strike());
        let palette = Palette::new(styles, false);
        let struck: Vec<bool> = (0..5).map(|style| palette.strikes(style)).collect();
        assert_eq!(struck, [false, true, false, false, false]);
        assert_eq!(palette.format(1).number(5.0, false).text, "5x");
        assert_eq!(palette.format(0).number(5.0, false).text, "5");
    }
}
