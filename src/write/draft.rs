//! A sheet before it is written: bands of cells, laid on rows, with heights and page breaks.

mod headed;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::height::{self, MAX_ROW_PIXELS};
use crate::model::{CellRange, CellRef, FieldName, Place};

use super::WriteError;
use super::figure::Figure;
use super::page::{self, BreakCost};
use super::style::{BOTTOM, Down, Dress, Fill, LEFT, Line, RIGHT, Styles, TOP};
use super::text::Canvas;

/// A break that is made only where nothing else helps.
pub(super) const NEVER: BreakCost = 10_000;
/// A break in a text that no page can hold.
const IN_TEXT: BreakCost = 40;
/// How high the rows are that such a text is cut into: a few lines.
const SLICE: u32 = 80;

/// A cell to be drawn.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// The first column.
    pub column: u16,
    /// How many columns it spans.
    pub columns: u16,
    /// The storey of the band it begins on.
    pub storey: usize,
    /// How many storeys it spans.
    pub storeys: usize,
    /// The text.
    pub text: String,
    /// The number of which the text is what a person sees.
    pub figure: Option<Figure>,
    /// The dress.
    pub dress: Dress,
    /// What the cell is called in an error.
    pub field: String,
    /// The places its text came from.
    pub origins: Vec<Place>,
    /// An entry of the period that nobody returned.
    pub missing: bool,
    /// The sheet and the cell it leads to.
    pub link: Option<(String, CellRef)>,
    /// The field of the item that it is.
    pub entry: Option<FieldName>,
    /// The number format by which a number that is typed into it shows.
    pub code: Option<String>,
    /// The bytes of its text that are underlined, in order.
    pub underlined: Vec<Range<usize>>,
}

impl Piece {
    /// A cell of one storey.
    pub(super) fn new(
        column: u16,
        columns: u16,
        dress: Dress,
        field: &str,
        text: impl Into<String>,
    ) -> Self {
        Self {
            column,
            columns,
            storey: 0,
            storeys: 1,
            text: text.into(),
            figure: None,
            dress,
            field: field.replace('\n', ""),
            origins: Vec::new(),
            missing: false,
            link: None,
            entry: None,
            code: None,
            underlined: Vec::new(),
        }
    }

    /// Makes the cell a number of our own counting, or an exact one of the book.
    pub(super) fn figure(mut self, figure: Figure) -> Self {
        self.text.clone_from(&figure.text);
        self.figure = Some(figure);
        self
    }

    /// Says what the cell is called in an error.
    pub(super) fn named(mut self, field: &str) -> Self {
        self.field = field.replace('\n', "");
        self
    }

    /// Puts the cell on storeys of its band.
    pub(super) fn on(mut self, storey: usize, storeys: usize) -> Self {
        (self.storey, self.storeys) = (storey, storeys);
        self
    }

    /// Puts the cell on one of the two storeys of a value, which a dotted line divides.
    pub(super) fn storey(mut self, storey: usize) -> Self {
        let between = if storey == 0 { BOTTOM } else { TOP };
        self.dress.lines[between] = Line::Dotted;
        self.on(storey, 1)
    }

    /// Says where the text came from.
    pub(super) fn from(mut self, place: Option<&Place>) -> Self {
        self.origins.extend(place.cloned());
        self
    }

    /// Says which field of the item it is.
    pub(super) fn of(mut self, entry: FieldName) -> Self {
        self.entry = Some(entry);
        self
    }

    /// Marks an entry that nobody returned.
    pub(super) fn missing_if(mut self, missing: bool) -> Self {
        self.missing = missing;
        self
    }

    /// Underlines stretches of the text, which is one that a cell can hold as it is.
    pub(super) fn underlined(mut self, stretches: Vec<Range<usize>>) -> Self {
        self.underlined = stretches;
        self
    }

    /// Makes the cell a link.
    pub(super) fn to(mut self, sheet: &str, cell: CellRef) -> Self {
        self.link = Some((sheet.to_owned(), cell));
        self
    }
}

/// Cells beside one another, one or more storeys high; a storey is what the reader takes for a row.
#[derive(Clone, Debug)]
pub(super) struct Band {
    /// The cells.
    pub pieces: Vec<Piece>,
    /// How many storeys it has.
    pub storeys: usize,
    /// The least height of a storey in pixels.
    pub least: u32,
    /// What a page break above it costs.
    pub cost: BreakCost,
    /// What a page break between its storeys costs.
    pub within: BreakCost,
}

impl Band {
    /// A band of one storey.
    pub(super) fn new(cost: BreakCost, pieces: Vec<Piece>) -> Self {
        Self {
            pieces,
            storeys: 1,
            least: 0,
            cost,
            within: NEVER,
        }
    }

    /// A blank row.
    pub(super) fn blank(cost: BreakCost, pixels: u32) -> Self {
        Self {
            least: pixels,
            ..Self::new(cost, Vec::new())
        }
    }

    /// Gives the storeys a least height.
    pub(super) fn at_least(mut self, pixels: u32) -> Self {
        self.least = pixels;
        self
    }
}

/// A cell with its place on the sheet.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// Where it stands.
    pub range: CellRange,
    /// What it is.
    pub piece: Piece,
}

/// A sheet laid out.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The sheet's name.
    pub name: String,
    /// Widths of the columns in pixels.
    pub columns: Vec<u32>,
    /// Heights of the rows in pixels, and the cost of a break above each.
    pub rows: Vec<(u32, BreakCost)>,
    /// The cells, from top to bottom.
    pub cells: Vec<Placed>,
    /// How high a page is in pixels; a band that is higher is cut finely, so that it fills pages.
    page: u32,
}

impl Draft {
    /// Begins a sheet.
    pub(super) fn new(name: &str, columns: Vec<u32>) -> Self {
        Self {
            name: name.to_owned(),
            columns,
            rows: Vec::new(),
            cells: Vec::new(),
            page: u32::MAX,
        }
    }

    /// Says how high a page is.
    pub(super) fn on_pages(mut self, pixels: u32) -> Self {
        self.page = pixels;
        self
    }

    /// Adds a band below; a storey higher than a row can be flows over several rows, and every
    /// cell of it is merged over the same rows and begins at their top.
    pub(super) fn add(&mut self, band: Band, styles: &Styles) {
        let heights = self.heights(&band, styles);
        let mut tops = Vec::with_capacity(heights.len() + 1);
        for (storey, height) in heights.iter().enumerate() {
            tops.push(self.rows.len() as u32);
            let (highest, within) = if *height > self.page {
                (SLICE, IN_TEXT)
            } else {
                (MAX_ROW_PIXELS, NEVER)
            };
            let parts = height.div_ceil(highest).max(1);
            for part in 0..parts {
                let cost = match (storey, part) {
                    (0, 0) => band.cost,
                    (_, 0) => band.within,
                    (_, _) => within,
                };
                self.rows.push((height.div_ceil(parts).max(1), cost));
            }
        }
        tops.push(self.rows.len() as u32);
        for mut piece in band.pieces {
            let column = u32::from(piece.column);
            let bottom = (piece.storey + piece.storeys).min(tops.len() - 1);
            let first = CellRef::new(tops[piece.storey.min(bottom - 1)], column);
            let right = column + u32::from(piece.columns.max(1)) - 1;
            let spanned = heights.iter().skip(piece.storey).take(piece.storeys);
            if spanned.max().is_some_and(|height| *height > MAX_ROW_PIXELS) {
                piece.dress.down = Down::Top;
            }
            let range = CellRange::new(first, CellRef::new(tops[bottom] - 1, right));
            self.cells.push(Placed { range, piece });
        }
    }

    /// Draws a heavy frame around everything from a row to the last one laid out.
    pub(super) fn frame(&mut self, first: usize) {
        let (top, bottom) = (first as u32, self.rows.len() as u32);
        let right = self.columns.len().max(1) as u32 - 1;
        for Placed { range, piece } in &mut self.cells {
            if range.first.row < top || !piece.dress.border {
                continue;
            }
            let lines = &mut piece.dress.lines;
            for (side, outer) in [
                (TOP, range.first.row == top),
                (BOTTOM, range.last.row + 1 == bottom),
                (LEFT, range.first.column == 0),
                (RIGHT, range.last.column == right),
            ] {
                if outer {
                    lines[side] = Line::Heavy;
                }
            }
        }
    }

    /// The cells that lead to a sheet each, by the sheet's name.
    pub(super) fn links(&self) -> BTreeMap<&str, CellRef> {
        let links = self.cells.iter().filter_map(|placed| {
            let (sheet, _) = placed.piece.link.as_ref()?;
            Some((sheet.as_str(), placed.range.first))
        });
        links.collect()
    }

    /// The pixels of some columns together.
    pub(super) fn width(&self, column: u16, columns: u16) -> u32 {
        let first = usize::from(column);
        self.columns
            .iter()
            .skip(first)
            .take(usize::from(columns))
            .sum()
    }

    fn heights(&self, band: &Band, styles: &Styles) -> Vec<u32> {
        let mut heights = vec![band.least; band.storeys.max(1)];
        let needs = |piece: &Piece| {
            let face = styles.face(piece.dress);
            if piece.dress.stacked {
                let letters = piece.text.chars().count() as f64;
                return (letters * face.pitch()).ceil() as u32 + 8;
            }
            let width = self.width(piece.column, piece.columns);
            match piece.dress.arrow.shown() {
                "" => height::height(&piece.text, width, &face),
                arrow => height::height(&format!("{}{arrow}", piece.text), width, &face),
            }
        };
        for piece in band.pieces.iter().filter(|piece| piece.storeys == 1) {
            if let Some(height) = heights.get_mut(piece.storey) {
                *height = (*height).max(needs(piece));
            }
        }
        for piece in band.pieces.iter().filter(|piece| piece.storeys > 1) {
            let end = (piece.storey + piece.storeys).min(heights.len());
            let spanned = &mut heights[piece.storey.min(end)..end];
            let short = needs(piece).saturating_sub(spanned.iter().sum());
            let each = short.div_ceil(spanned.len().max(1) as u32);
            for height in spanned {
                *height += each;
            }
        }
        heights
    }

    /// Writes the sheet; `fill` shades cells by their address.
    pub(super) fn write(
        &self,
        canvas: &mut Canvas<'_>,
        styles: &mut Styles,
        fill: &dyn Fn(CellRef) -> Option<Fill>,
    ) -> Result<(), WriteError> {
        for (column, pixels) in self.columns.iter().enumerate() {
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            canvas.sheet().set_column_width_pixels(column, *pixels)?;
        }
        for (row, (pixels, _)) in self.rows.iter().enumerate() {
            let pixels = (*pixels).min(MAX_ROW_PIXELS);
            canvas.sheet().set_row_height_pixels(row as u32, pixels)?;
        }
        for Placed { range, piece } in &self.cells {
            let mut dress = piece.dress;
            if piece.missing {
                dress.fill = Fill::Missing;
            }
            dress.fill = fill(range.first).unwrap_or(dress.fill);
            let mut format = styles.format(dress).clone();
            if let Some(code) = &piece.code {
                format = format.set_num_format(code);
            }
            let format = &format;
            if let Some(figure) = &piece.figure {
                canvas.put_figure(*range, figure, format)?;
                continue;
            }
            canvas.put(*range, &piece.text, format, &piece.field)?;
            if !piece.underlined.is_empty() {
                canvas.underline(range.first, &piece.underlined, format)?;
            }
            if let Some((sheet, target)) = &piece.link {
                canvas.link(range.first, sheet, *target, format)?;
            }
        }
        Ok(())
    }

    /// The rows above which a page begins, where a page is so many pixels high.
    pub(super) fn page_breaks(&self, pixels: u32) -> Vec<u32> {
        page::breaks(&self.rows, pixels)
    }

    /// The same where the first rows repeat on each page.
    pub(super) fn page_breaks_below(&self, heads: u32, pixels: u32) -> Vec<u32> {
        let (repeated, rows) = self.rows.split_at((heads as usize).min(self.rows.len()));
        let taken = repeated.iter().map(|(height, _)| height).sum();
        let breaks = page::breaks(rows, pixels.saturating_sub(taken));
        breaks.into_iter().map(|row| row + heads).collect()
    }

    /// The last row and column, zero-based.
    pub(super) fn last(&self) -> CellRef {
        let rows = self.rows.len().max(1) as u32;
        CellRef::new(rows - 1, self.columns.len().max(1) as u32 - 1)
    }
}
