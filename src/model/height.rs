//! How high a text stands: no spreadsheet library knows the height of wrapped text in merged cells.
//!
//! Excel and LibreOffice break lines a little differently, and printers differ again, so every
//! estimate here errs on the side of a line too many.

mod advance;

use unicode_linebreak::linebreaks;
use unicode_width::UnicodeWidthChar;

use super::{Layout, Look, PageSetup};

/// Points of one pixel at 96 dots an inch, the unit in which Excel stores heights on the screen.
pub const POINTS_PER_PIXEL: f64 = 0.75;
/// The highest row of Excel, 409.5 points, in pixels (Microsoft: Excel specifications and limits).
pub const MAX_ROW_PIXELS: u32 = 546;
/// A4 in millimetres (ISO 216).
pub const A4: (f64, f64) = (210.0, 297.0);
/// What a cell keeps free on its left and right together: two pixels each and the grid line.
const CELL_PADDING: f64 = 5.0;
/// How much of the width is relied on; screen and printer metrics differ by driver.
const RELIABLE: f64 = 0.97;
/// What a cell keeps free above and below its lines together.
const VERTICAL_PADDING: f64 = 3.0;

/// The measures of a font at a size, in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Face {
    full: f64,
    pitch: f64,
    digit: f64,
    /// Of a proportional font the widths from U+0020 on; a fixed one sets them at half the size.
    advances: Option<&'static [u16; 95]>,
}

impl Face {
    /// Takes the measures of a font by its name and its size in points.
    pub fn new(font: &str, points: f64) -> Self {
        let full = points / POINTS_PER_PIXEL;
        let is = |names: &[&str]| names.iter().any(|name| font.starts_with(name));
        let fixed = is(&[
            "BIZ UD明朝",
            "BIZ UDMincho",
            "BIZ UDゴシック",
            "BIZ UDGothic",
        ]) || is(&["ＭＳ ", "MS "]) && !font.contains(['Ｐ', 'P']);
        let tall = is(&["游", "Yu ", "メイリオ", "Meiryo"]);
        let advances = match () {
            () if fixed => None,
            () if is(&["BIZ UDPゴシック", "BIZ UDPGothic"]) => Some(&advance::BIZ_UDP_GOTHIC),
            () if is(&["BIZ UDP明朝", "BIZ UDPMincho"]) => Some(&advance::BIZ_UDP_MINCHO),
            () => Some(&advance::WIDEST),
        };
        // Excel's own default widths give the digits of fonts that were not measured: 72 pixels, 8 a
        // digit, at 11 points of 游 and ＭＳ Ｐ.
        let digit = match advances {
            None => 0.5,
            Some(_) if is(&["游", "Yu ", "ＭＳ ", "MS "]) => 0.54,
            Some(table) if is(&["BIZ "]) => f64::from(table[usize::from(b'0' - b' ')]) / 1000.0,
            Some(_) => 0.62,
        };
        Self {
            full,
            digit: full * digit,
            advances,
            // Excel sets ＭＳ fonts at some 1.2 and 游 at some 1.7 of their size; LibreOffice without
            // ＭＳ fonts falls back on Noto CJK at 1.45, of which the last line needs less.
            pitch: full * if tall { 1.75 } else { 1.42 },
        }
    }

    /// The widest digit in whole pixels: the unit of column widths (ECMA-376 Part 1, 18.3.1.13).
    pub fn digit(&self) -> u32 {
        self.digit.round().max(1.0) as u32
    }

    /// The height of one line.
    pub fn pitch(&self) -> f64 {
        self.pitch
    }

    /// How many lines a cell so many pixels high holds.
    pub fn most_lines(&self, pixels: u32) -> usize {
        ((f64::from(pixels) - VERTICAL_PADDING) / self.pitch) as usize
    }

    /// How many full-width characters a line holds in a cell so many pixels wide.
    pub fn line_length(&self, pixels: u32) -> usize {
        (room(pixels, self) / self.full) as usize
    }

    fn width(&self, c: char) -> f64 {
        let ascii = u32::from(c).checked_sub(0x20);
        let table = self.advances.zip(ascii);
        if let Some(wide) = table.and_then(|(table, at)| table.get(at as usize)) {
            return self.full * f64::from(*wide) / 1000.0;
        }
        // An accented letter of a proportional font may be as wide as any other of its letters.
        let narrow = match self.advances {
            Some(_) if !is_half_width_kana(c) => 0.75,
            Some(_) | None => 0.5,
        };
        match c {
            '\t' => self.full,
            // Ambiguous characters (①, ※, →, Greek) are as wide as kanji in Japanese fonts; of a
            // proportional one the kana are narrower, which is left as a margin.
            c => match UnicodeWidthChar::width_cjk(c).unwrap_or(0) {
                0 => 0.0,
                1 => self.full * narrow,
                _ => self.full,
            },
        }
    }
}

/// ｡ to ﾟ, at half the size in every Japanese font.
fn is_half_width_kana(c: char) -> bool {
    ('\u{FF61}'..='\u{FF9F}').contains(&c)
}

impl Look {
    /// The measures of texts, within what fonts can be set in.
    pub fn text_face(&self) -> Face {
        let tenths = (self.text_size.clamp(6.0, 72.0) * 10.0).round();
        Face::new(&self.text_font, tenths / 10.0)
    }
}

impl PageSetup {
    /// The printable width of the paper in pixels.
    pub fn width(&self) -> u32 {
        let paper = if self.landscape { A4.1 } else { A4.0 };
        pixels(paper - self.margins[0] - self.margins[1])
    }

    /// The printable height of the paper in pixels, less a little that printers differ by.
    pub fn height(&self) -> u32 {
        let paper = if self.landscape { A4.0 } else { A4.1 };
        pixels((paper - self.margins[2] - self.margins[3]) * 0.99)
    }
}

/// The pixels of a length on paper, at least one.
pub fn pixels(millimetres: f64) -> u32 {
    (millimetres / 25.4 * 96.0).max(1.0) as u32
}

impl Layout {
    /// The pixels of a drawing column of an item's sheet, no wider than its share of the paper.
    pub fn item_column(&self) -> u32 {
        let width = column_pixels(self.item.column_width, self.look.text_face().digit());
        width.min(self.page.width() / u32::from(self.item.columns.max(1)))
    }
}

/// The pixels of a column that is `width` characters of the default font wide.
///
/// ECMA-376 Part 1, 18.3.1.13: the stored width is
/// `trunc((characters × digit + 5) ÷ digit × 256) ÷ 256` and the pixels are
/// `trunc((256 × stored + trunc(128 ÷ digit)) ÷ 256 × digit)`, which is the sum below.
pub fn column_pixels(width: f64, digit: u32) -> u32 {
    (width.clamp(0.0, 255.0) * f64::from(digit)).round() as u32 + 5
}

/// The height in pixels that a text needs in a cell so many pixels wide.
pub fn height(text: &str, pixels: u32, face: &Face) -> u32 {
    let lines = lines(text, pixels, face).len().max(1);
    (lines as f64 * face.pitch + VERTICAL_PADDING).ceil() as u32
}

/// Tells whether a text surely stands on one line, without looking for its breaks.
pub fn is_one_line(text: &str, pixels: u32, face: &Face) -> bool {
    let room = (f64::from(pixels) - CELL_PADDING) * RELIABLE;
    text.chars().count() as f64 * face.full <= room && !text.contains('\n')
}

/// The lines a text breaks into; joined they are the text, line feeds stay at the ends.
pub fn lines<'t>(text: &'t str, pixels: u32, face: &Face) -> Vec<&'t str> {
    let room = room(pixels, face);
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split_inclusive('\n') {
        break_paragraph(text, start, start + paragraph.len(), room, face, &mut lines);
        start += paragraph.len();
    }
    if text.ends_with('\n') {
        lines.push("");
    }
    lines
}

/// The width of a cell that lines are filled to.
fn room(pixels: u32, face: &Face) -> f64 {
    ((f64::from(pixels) - CELL_PADDING) * RELIABLE).max(face.full)
}

/// Fills lines greedily at the opportunities of UAX #14, which keep 。 and ） from a line's start
/// and （ from its end; what has no opportunity (a long address) breaks anywhere.
fn break_paragraph<'t>(
    text: &'t str,
    start: usize,
    end: usize,
    room: f64,
    face: &Face,
    lines: &mut Vec<&'t str>,
) {
    let paragraph = &text[start..end];
    let mut line = start;
    let mut used = 0.0;
    let mut from = start;
    for (to, _) in linebreaks(paragraph.strip_suffix('\n').unwrap_or(paragraph)) {
        let to = start + to;
        let word = &text[from..to];
        let ink: f64 = width(word.trim_end_matches([' ', '\u{3000}']), face);
        if used > 0.0 && used + ink > room {
            lines.push(&text[line..from]);
            (line, used) = (from, 0.0);
        }
        if ink > room {
            for (at, c) in word.char_indices() {
                let wide = face.width(c);
                if used > 0.0 && used + wide > room {
                    lines.push(&text[line..from + at]);
                    (line, used) = (from + at, 0.0);
                }
                used += wide;
            }
        } else {
            used += width(word, face);
        }
        from = to;
    }
    lines.push(&text[line..end]);
}

fn width(text: &str, face: &Face) -> f64 {
    text.chars().map(|c| face.width(c)).sum()
}

/// Cuts a text into pieces of at most so many lines; a line feed at a cut is the cut.
pub fn pieces(text: &str, pixels: u32, face: &Face, most: usize) -> Vec<String> {
    let lines = lines(text, pixels, face);
    if lines.is_empty() {
        return vec![String::new()];
    }
    let cuts = lines.chunks(most.max(1)).map(|chunk| {
        let piece = chunk.concat();
        piece.strip_suffix('\n').unwrap_or(&piece).to_owned()
    });
    cuts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mincho() -> Face {
        Face::new("ＭＳ 明朝", 10.5)
    }

    /// Room for exactly ten full-width characters of 14 pixels.
    const TEN: u32 = 150;

    fn broken(text: &str) -> Vec<&str> {
        lines(text, TEN, &mincho())
    }

    #[test]
    fn full_width_counts_twice_half_width() {
        assert_eq!(broken(&"あ".repeat(10)).len(), 1);
        assert_eq!(broken(&"あ".repeat(11)).len(), 2);
        assert_eq!(broken(&"ｱ".repeat(20)).len(), 1);
        assert_eq!(broken(&"ｱ".repeat(21)).len(), 2);
    }

    #[test]
    fn letters_of_proportional_fonts_have_their_own_widths() {
        let wide = |font: &str, text: &str| {
            let width = width(text, &Face::new(font, 7.5));
            (width * 100.0).round() / 1000.0
        };
        assert_eq!(wide("BIZ UDPゴシック", "W"), 0.98);
        assert_eq!(wide("BIZ UDPゴシック", "i"), 0.32);
        assert_eq!(wide("BIZ UDP明朝", "a"), 0.62);
        for unknown in ["游ゴシック", "ＭＳ Ｐ明朝", "メイリオ"] {
            assert_eq!(wide(unknown, "W"), 0.98, "{unknown}");
            assert_eq!(wide(unknown, "あｱ"), 1.5, "{unknown}");
        }
        for fixed in ["ＭＳ 明朝", "MS Gothic", "BIZ UDゴシック", "BIZ UD明朝"] {
            assert_eq!(wide(fixed, "Wiｱé"), 2.0, "{fixed}");
        }
    }

    #[test]
    fn digits_give_the_columns_of_excel() {
        let digit = |font: &str, points| Face::new(font, points).digit();
        assert_eq!(digit("ＭＳ 明朝", 10.5), 7);
        assert_eq!(digit("游ゴシック", 11.0), 8);
        assert_eq!(digit("ＭＳ Ｐゴシック", 11.0), 8);
        assert_eq!(digit("BIZ UDPゴシック", 11.0), 11);
    }

    #[test]
    fn ambiguous_characters_count_as_full_width() {
        assert_eq!(broken(&"◎".repeat(11)).len(), 2);
        assert_eq!(broken(&"①".repeat(11)).len(), 2);
    }

    #[test]
    fn punctuation_never_begins_a_line() {
        assert_eq!(
            broken("あいうえおかきくけこ。さ"),
            ["あいうえおかきくけ", "こ。さ"]
        );
        assert_eq!(
            broken("あいうえおかきくけ（さ）"),
            ["あいうえおかきくけ", "（さ）"]
        );
    }

    #[test]
    fn words_without_an_opportunity_break_anywhere() {
        let word = "a".repeat(45);
        assert_eq!(
            broken(&word),
            ["a".repeat(20), "a".repeat(20), "a".repeat(5)]
        );
        let address = "https://www.example.jp/gyosei/kaikaku/shinchoku/r5.html";
        assert_eq!(broken(address).concat(), address);
        assert!(broken(address).iter().all(|line| line.len() <= 20));
    }

    #[test]
    fn line_feeds_and_blank_lines_count() {
        assert_eq!(broken("あ\n\nい"), ["あ\n", "\n", "い"]);
        assert_eq!(broken("あ\n"), ["あ\n", ""]);
        assert_eq!(height("", TEN, &mincho()), height("あ", TEN, &mincho()));
    }

    #[test]
    fn heights_grow_by_the_line() {
        let one = height("あ", TEN, &mincho());
        let three = height("あ\nい\nう", TEN, &mincho());
        assert_eq!(three - one, 40);
        assert_eq!(Face::new("ＭＳ 明朝", 10.5).pitch().round(), 20.0);
    }

    #[test]
    fn the_highest_row_holds_so_many_lines() {
        let most = mincho().most_lines(MAX_ROW_PIXELS);
        let text = |lines: usize| vec!["あ"; lines].join("\n");
        assert_eq!(most, 27);
        assert!(height(&text(most), TEN, &mincho()) <= MAX_ROW_PIXELS);
        assert!(height(&text(most + 1), TEN, &mincho()) > MAX_ROW_PIXELS);
        assert_eq!(mincho().line_length(TEN), 10);
    }

    #[test]
    fn columns_measure_as_excel_does() {
        assert_eq!(column_pixels(8.43, 7), 64);
        assert_eq!(column_pixels(7.0, mincho().digit()), 54);
    }

    #[test]
    fn pieces_lose_nothing_but_the_line_feed_at_a_cut() {
        let text = "あ\n".repeat(5) + &"い".repeat(25);
        let pieces = pieces(&text, TEN, &mincho(), 2);
        assert!(pieces.iter().all(|piece| broken(piece).len() <= 2));
        assert_eq!(pieces.concat().replace('\n', ""), text.replace('\n', ""));
    }
}
