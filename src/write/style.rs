//! Every format of a workbook, each made once and derived from one base.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::model::Look;
use crate::model::height::Face;

use super::WriteError;

/// The Windows character set of Japanese fonts.
const SHIFT_JIS_CHARSET: u8 = 128;

/// The family of ゴシック (ECMA-376 Part 1, 18.8.18).
pub(super) const GOTHIC: u8 = 3;

/// The grey of what the office alone reads.
const FAINT: Color = Color::RGB(0x0080_8080);

/// How a cell is dressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dress {
    /// Set in the font of labels.
    pub label: bool,
    /// The size in tenths of a point.
    pub size: u32,
    /// Where the text stands between left and right.
    pub across: Across,
    /// Where the text stands between top and bottom.
    pub down: Down,
    /// With thin borders all round.
    pub border: bool,
    /// The shading.
    pub fill: Fill,
    /// Letters stacked from top to bottom.
    pub stacked: bool,
    /// The border's lines, where they are not thin: top, bottom, left, right.
    pub lines: [Line; 4],
    /// The arrow behind the text.
    pub arrow: Arrow,
    /// Can be filled in where the sheet is protected.
    pub open: bool,
    /// In grey: read by the office, and by nobody else.
    pub faint: bool,
}

/// A line of a border.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Line {
    /// As the cell has it: thin, or none.
    #[default]
    Plain,
    /// Between the two storeys of a value.
    Dotted,
    /// Around a block.
    Heavy,
}

/// Sides of a cell, as [`Dress::lines`] counts them.
pub(super) const TOP: usize = 0;
pub(super) const BOTTOM: usize = 1;
pub(super) const LEFT: usize = 2;
pub(super) const RIGHT: usize = 3;

/// How a phase of the 年次計画 points to its end: by the cell's number format (ECMA-376 Part 1,
/// 18.8.31), never by its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Arrow {
    /// Not at all.
    #[default]
    None,
    /// A line that fills the rest of the cell, with a head: `検討 ────▶`. The text stands on one line.
    Line,
    /// A head behind the last word of a text of several lines.
    Head,
}

impl Arrow {
    /// What stands behind the text at the least.
    pub(super) fn shown(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Line => " ──▶",
            Self::Head => " ▶",
        }
    }

    fn code(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            // The character behind the star is repeated as often as the cell has room.
            Self::Line => Some(r#"@" "*─"▶""#),
            Self::Head => Some(r#"@" ▶""#),
        }
    }
}

/// Where a text stands between left and right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Across {
    /// At the left.
    Left,
    /// In the middle.
    Centre,
}

/// Where a text stands between top and bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Down {
    /// At the top.
    Top,
    /// In the middle.
    Centre,
}

/// The shading of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fill {
    /// None.
    Paper,
    /// That of labels.
    Label,
    /// That of block headings.
    Heading,
    /// That of cells with a question.
    Question,
    /// That of missing entries.
    Missing,
    /// That of cells to be filled in.
    Entry,
}

/// The workbook's formats; each thread that writes sheets has a set of its own.
#[derive(Clone)]
pub(super) struct Styles {
    base: Format,
    text_font: String,
    label_font: String,
    text_size: u32,
    label_size: u32,
    fills: BTreeMap<Fill, Color>,
    made: BTreeMap<Dress, Format>,
}

impl Styles {
    /// Prepares the formats of a layout's look.
    pub(super) fn new(look: &Look) -> Result<Self, WriteError> {
        let mut fills = BTreeMap::new();
        for (fill, value) in [
            (Fill::Label, &look.label_fill),
            (Fill::Heading, &look.heading_fill),
            (Fill::Question, &look.question_fill),
            (Fill::Missing, &look.missing_fill),
            (Fill::Entry, &look.entry_fill),
        ] {
            fills.insert(fill, colour(value)?);
        }
        for font in [&look.text_font, &look.label_font] {
            let plain = font
                .chars()
                .all(|c| !c.is_control() && c != '\u{FFFE}' && c != '\u{FFFF}');
            if !plain || !(1..=31).contains(&font.encode_utf16().count()) {
                let value = font.chars().filter(|c| !c.is_control()).collect();
                return Err(WriteError::Font { value });
            }
        }
        let (text_size, label_size) = (tenths(look.text_size), tenths(look.label_size));
        let styles = Self {
            base: face_of(Format::new(), &look.text_font, text_size),
            text_font: look.text_font.clone(),
            label_font: look.label_font.clone(),
            text_size,
            label_size,
            fills,
            made: BTreeMap::new(),
        };
        Ok(styles)
    }

    /// Leaves out the shading of what is missing or asked, whatever a sheet would shade.
    pub(super) fn without_questions(mut self) -> Self {
        self.fills.remove(&Fill::Missing);
        self.fills.remove(&Fill::Question);
        self
    }

    /// The format of the workbook's Normal style, which every other is derived from.
    pub(super) fn base(&self) -> &Format {
        &self.base
    }

    /// The measures of the Normal style's font.
    pub(super) fn base_face(&self) -> Face {
        Face::new(&self.text_font, f64::from(self.text_size) / 10.0)
    }

    /// The font of notes, which no format reaches.
    pub(super) fn note_font(&self) -> &str {
        &self.label_font
    }

    /// The measures of a dress.
    pub(super) fn face(&self, dress: Dress) -> Face {
        Face::new(self.font(dress), f64::from(dress.size) / 10.0)
    }

    /// The colour of a shading.
    pub(super) fn colour(&self, fill: Fill) -> Color {
        self.fills.get(&fill).copied().unwrap_or_default()
    }

    /// The format of a dress.
    pub(super) fn format(&mut self, dress: Dress) -> &Format {
        if !self.made.contains_key(&dress) {
            let format = self.make(dress);
            self.made.insert(dress, format);
        }
        self.made.get(&dress).unwrap_or(&self.base)
    }

    /// A label: shaded, centred.
    pub(super) fn label(&self) -> Dress {
        Dress {
            label: true,
            size: self.label_size,
            across: Across::Centre,
            down: Down::Centre,
            border: true,
            fill: Fill::Label,
            stacked: false,
            lines: [Line::Plain; 4],
            arrow: Arrow::None,
            open: false,
            faint: false,
        }
    }

    /// A block's heading band.
    pub(super) fn heading(&self) -> Dress {
        Dress {
            fill: Fill::Heading,
            ..self.label()
        }
    }

    /// A long text, from the top left.
    pub(super) fn text(&self) -> Dress {
        Dress {
            label: false,
            size: self.text_size,
            across: Across::Left,
            down: Down::Top,
            border: true,
            fill: Fill::Paper,
            stacked: false,
            lines: [Line::Plain; 4],
            arrow: Arrow::None,
            open: false,
            faint: false,
        }
    }

    /// A short text, at the left of the middle.
    pub(super) fn middle(&self) -> Dress {
        Dress {
            down: Down::Centre,
            ..self.text()
        }
    }

    /// A value, in the middle.
    pub(super) fn centred(&self) -> Dress {
        Dress {
            across: Across::Centre,
            ..self.middle()
        }
    }

    /// A text without borders, smaller or larger than texts by so many tenths of a point.
    pub(super) fn plain(&self, tenths: i32) -> Dress {
        Dress {
            size: self.text_size.saturating_add_signed(tenths).max(60),
            border: false,
            ..self.text()
        }
    }

    fn font(&self, dress: Dress) -> &str {
        if dress.label {
            &self.label_font
        } else {
            &self.text_font
        }
    }

    fn make(&self, dress: Dress) -> Format {
        let mut format = face_of(self.base.clone(), self.font(dress), dress.size)
            .set_align(match dress.across {
                Across::Left => FormatAlign::Left,
                Across::Centre => FormatAlign::Center,
            })
            .set_align(match dress.down {
                Down::Top => FormatAlign::Top,
                Down::Centre => FormatAlign::VerticalCenter,
            });
        // A text that wraps leaves no room for a line behind it.
        if dress.arrow != Arrow::Line {
            format = format.set_text_wrap();
        }
        if let Some(code) = dress.arrow.code() {
            format = format.set_num_format(code);
        }
        if dress.border {
            let [top, bottom, left, right] = dress.lines.map(border);
            format = format
                .set_border_top(top)
                .set_border_bottom(bottom)
                .set_border_left(left)
                .set_border_right(right);
        }
        if let Some(colour) = self.fills.get(&dress.fill) {
            format = format.set_background_color(*colour);
        }
        if dress.open {
            format = format.set_unlocked();
        }
        if dress.faint {
            format = format.set_font_color(FAINT);
        }
        if dress.stacked {
            // 270 is the library's word for stacked letters, stored as 255.
            format = format.set_rotation(270);
        }
        format
    }
}

fn border(line: Line) -> FormatBorder {
    match line {
        Line::Plain => FormatBorder::Thin,
        Line::Dotted => FormatBorder::Hair,
        Line::Heavy => FormatBorder::Medium,
    }
}

fn face_of(format: Format, font: &str, tenths: u32) -> Format {
    // Families of ECMA-376 Part 1, 18.8.18: 1 roman (明朝), 3 modern (ゴシック).
    let family = if font.contains("明朝") || font.contains("Mincho") {
        1
    } else {
        3
    };
    format
        .set_font_name(font)
        .set_font_size(f64::from(tenths) / 10.0)
        .set_font_family(family)
        .set_font_charset(SHIFT_JIS_CHARSET)
}

fn tenths(points: f64) -> u32 {
    (points.clamp(6.0, 72.0) * 10.0).round() as u32
}

fn colour(value: &str) -> Result<Color, WriteError> {
    let digits = value.strip_prefix('#').unwrap_or(value);
    let six = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    match u32::from_str_radix(digits, 16) {
        Ok(rgb) if six => Ok(Color::RGB(rgb)),
        Ok(_) | Err(_) => Err(WriteError::Colour {
            value: value.chars().filter(|c| !c.is_control()).collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_six_digits() {
        assert!(colour("D9E2F3").is_ok());
        assert!(colour("#d9e2f3").is_ok());
        for value in ["", "D9E2F", "D9E2F33", "+9E2F3", "赤"] {
            assert!(colour(value).is_err(), "{value}");
        }
    }
}
