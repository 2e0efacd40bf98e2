//! The one way of a text into a workbook, and the record of what was written.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use rust_xlsxwriter::{Format, FormatUnderline, Url, Worksheet};

use crate::model::text::{printable, with_line_breaks};
use crate::model::{CellRange, CellRef};

use super::figure::Figure;
use super::{WriteError, WrittenSheet};

/// Excel's limit for a cell's text, in UTF-16 units.
pub(super) const LONGEST: usize = 32_767;

/// How many links a sheet may have; Excel repairs one that has more.
const MOST_LINKS: usize = 65_530;

/// A sheet that is being written; remembers every cell, so nothing is written over.
pub(super) struct Canvas<'w> {
    sheet: &'w mut Worksheet,
    base: &'w Format,
    written: WrittenSheet,
    /// Only asked for what it holds, never iterated.
    taken: HashSet<(u32, u32)>,
    links: usize,
}

impl<'w> Canvas<'w> {
    /// Begins a sheet; `base` is the format of runs.
    pub(super) fn new(sheet: &'w mut Worksheet, base: &'w Format, name: &str) -> Self {
        let written = WrittenSheet {
            name: name.to_owned(),
            cells: BTreeMap::new(),
            numbers: BTreeMap::new(),
            merges: Vec::new(),
            substituted: Vec::new(),
        };
        Self {
            sheet,
            base,
            written,
            taken: HashSet::new(),
            links: 0,
        }
    }

    /// Writes a text into a cell or into a merged range; `field` names it in an error.
    pub(super) fn put(
        &mut self,
        range: CellRange,
        text: &str,
        format: &Format,
        field: &str,
    ) -> Result<(), WriteError> {
        self.take(range)?;
        let CellRange { first, last } = range;
        let (text, substituted) = self.checked(first, text, field)?;
        if first != last {
            self.sheet
                .merge_range(first.row, column(first), last.row, column(last), "", format)?;
            self.written.merges.push(range);
        }
        self.carry(first, &text, format)?;
        if substituted {
            self.written.substituted.push(first);
        }
        if !text.is_empty() {
            self.written.cells.insert(first, text);
        }
        Ok(())
    }

    /// Writes a number into a cell or into a merged range; what shows of it is remembered.
    pub(super) fn put_figure(
        &mut self,
        range: CellRange,
        figure: &Figure,
        format: &Format,
    ) -> Result<(), WriteError> {
        self.take(range)?;
        let CellRange { first, last } = range;
        let format = format.clone().set_num_format(&figure.code);
        if first != last {
            self.sheet.merge_range(
                first.row,
                column(first),
                last.row,
                column(last),
                "",
                &format,
            )?;
            self.written.merges.push(range);
        }
        let (row, column) = (first.row, column(first));
        self.sheet
            .write_number_with_format(row, column, figure.value, &format)?;
        self.written.cells.insert(first, figure.text.clone());
        self.written.numbers.insert(first, figure.value);
        Ok(())
    }

    /// Writes a text into a cell of a column that has its format: for sheets of very many rows, in
    /// which every cell is written once by construction. A blank text is not written.
    pub(super) fn put_plain(
        &mut self,
        cell: CellRef,
        text: &str,
        field: &str,
    ) -> Result<(), WriteError> {
        let (text, substituted) = self.checked(cell, text, field)?;
        if text.is_empty() {
            return Ok(());
        }
        let (row, column) = (cell.row, column(cell));
        if is_markup(&text) {
            let escaped = escape_escapes(&text);
            let runs = [(self.base, escaped.as_str())];
            self.sheet.write_rich_string(row, column, &runs)?;
        } else {
            self.sheet.write_string(row, column, text.as_str())?;
        }
        if substituted {
            self.written.substituted.push(cell);
        }
        self.written.cells.insert(cell, text);
        Ok(())
    }

    /// Writes a number like [`Canvas::put_plain`] a text; the format is that of the number as it is.
    pub(super) fn put_plain_figure(
        &mut self,
        cell: CellRef,
        figure: &Figure,
        format: &Format,
    ) -> Result<(), WriteError> {
        let (row, column) = (cell.row, column(cell));
        self.sheet
            .write_number_with_format(row, column, figure.value, format)?;
        self.written.cells.insert(cell, figure.text.clone());
        self.written.numbers.insert(cell, figure.value);
        Ok(())
    }

    /// Makes a cell that was put a link to a cell of this workbook, while Excel opens one more.
    pub(super) fn link(
        &mut self,
        cell: CellRef,
        sheet: &str,
        target: CellRef,
        format: &Format,
    ) -> Result<(), WriteError> {
        if self.links == MOST_LINKS {
            return Ok(());
        }
        self.links += 1;
        let text = self.written.cells.get(&cell).cloned().unwrap_or_default();
        let anchor = format!("'{}'!{target}", sheet.replace('\'', "''"));
        let url = Url::new(format!("internal:{anchor}")).set_text(&anchor);
        self.sheet
            .write_url_with_format(cell.row, column(cell), url, format)?;
        // The link wrote its own text; the cell's comes back the one safe way.
        self.carry(cell, &text, format)
    }

    /// Underlines stretches of the text of a cell that was put.
    pub(super) fn underline(
        &mut self,
        cell: CellRef,
        stretches: &[Range<usize>],
        format: &Format,
    ) -> Result<(), WriteError> {
        let Some(text) = self.written.cells.get(&cell) else {
            return Ok(());
        };
        let lined = format.clone().set_underline(FormatUnderline::Single);
        let mut runs: Vec<(&Format, String)> = Vec::new();
        let mut at = 0;
        for stretch in stretches {
            for (to, format) in [(stretch.start, format), (stretch.end, &lined)] {
                if let Some(run) = text.get(at..to).filter(|run| !run.is_empty()) {
                    runs.push((format, escape_escapes(run)));
                    at = to;
                }
            }
        }
        if let Some(run) = text.get(at..).filter(|run| !run.is_empty()) {
            runs.push((format, escape_escapes(run)));
        }
        let runs: Vec<(&Format, &str)> = runs.iter().map(|(one, run)| (*one, &**run)).collect();
        self.sheet
            .write_rich_string_with_format(cell.row, column(cell), &runs, format)?;
        Ok(())
    }

    /// The sheet itself, for its set-up.
    pub(super) fn sheet(&mut self) -> &mut Worksheet {
        self.sheet
    }

    /// Ends the sheet and gives the record.
    pub(super) fn finish(self) -> WrittenSheet {
        self.written
    }

    /// Makes a text such as a cell can hold, or refuses it.
    fn checked(
        &self,
        cell: CellRef,
        text: &str,
        field: &str,
    ) -> Result<(String, bool), WriteError> {
        let (text, substituted) = clean(text);
        let units = text.encode_utf16().count();
        if units > LONGEST {
            return Err(WriteError::TooLong {
                sheet: self.written.name.clone(),
                cell: cell.to_string(),
                field: field.to_owned(),
                units,
            });
        }
        Ok((text, substituted))
    }

    /// Writes a clean text as a typed string: never a formula, never a link, never markup.
    fn carry(&mut self, cell: CellRef, text: &str, format: &Format) -> Result<(), WriteError> {
        let (row, column) = (cell.row, column(cell));
        if is_markup(text) {
            let escaped = escape_escapes(text);
            self.sheet.write_rich_string_with_format(
                row,
                column,
                &[(self.base, &escaped)],
                format,
            )?;
        } else {
            self.sheet
                .write_string_with_format(row, column, text, format)?;
        }
        Ok(())
    }

    fn take(&mut self, range: CellRange) -> Result<(), WriteError> {
        for row in range.first.row..=range.last.row {
            for column in range.first.column..=range.last.column {
                if !self.taken.insert((row, column)) {
                    return Err(WriteError::Overlap {
                        sheet: self.written.name.clone(),
                        range: range.to_string(),
                    });
                }
            }
        }
        Ok(())
    }
}

/// The column as the library counts; the drawing never leaves the first few hundred.
pub(super) fn column(cell: CellRef) -> u16 {
    u16::try_from(cell.column).unwrap_or(u16::MAX)
}

/// Makes a text such as a cell can hold, and tells whether anything but line breaks was replaced.
pub(super) fn clean(text: &str) -> (String, bool) {
    let broken = with_line_breaks(text);
    let clean = printable(&broken);
    let substituted = clean != broken;
    (clean, substituted)
}

/// Tells whether the library would take a text for its own markup. One run of rich text is escaped
/// by it instead, all but `_x`, which it leaves to us.
fn is_markup(text: &str) -> bool {
    text.starts_with("<r>") && text.ends_with("</r>")
}

/// Escapes `_xHHHH_`, which readers would turn into a character (ECMA-376 Part 1, 22.9.2.19).
fn escape_escapes(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = &text.as_bytes()[at..];
        let is_escape = rest.len() >= 7
            && rest.starts_with(b"_x")
            && rest[2..6].iter().all(u8::is_ascii_hexdigit)
            && rest[6] == b'_';
        escaped.push_str(if is_escape { "_x005F" } else { "" });
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_become_one_kind() {
        assert_eq!(clean("a\r\nb\rc\nd"), ("a\nb\nc\nd".to_owned(), false));
    }

    #[test]
    fn control_characters_become_visible() {
        assert_eq!(clean("\0a\u{1B}\u{7F}"), ("␀a␛␡".to_owned(), true));
        assert_eq!(clean("\u{FFFF}\u{80}\t"), ("��\t".to_owned(), true));
        assert_eq!(
            clean("①　𠮷 か\u{3099}"),
            ("①　𠮷 か\u{3099}".to_owned(), false)
        );
    }

    #[test]
    fn literal_escapes_are_escaped() {
        assert_eq!(escape_escapes("a_x000D_b"), "a_x005F_x000D_b");
        assert_eq!(escape_escapes("_x00_x0041_"), "_x00_x005F_x0041_");
        assert_eq!(escape_escapes("_x12あ_"), "_x12あ_");
    }
}
