//! Cells with a format and nothing else: in a form most of a merged range, in a bloated one a hundred
//! thousand. They are checked like all others and cut out before the sheet is read a second time.

use std::ops::Range;

use crate::model::CellRef;

/// `XFD1048576`
const LONGEST_ADDRESS: usize = 10;

/// A blank cell at the beginning of what is left of a part, if it is spelled as Excel, LibreOffice and
/// the common libraries spell it (`<c r="B7" s="12"/>`): where it stands, and its length in bytes.
///
/// No other spelling is taken: what is left out here is walked event by event.
pub(super) fn spelled(left: &[u8]) -> Option<(CellRef, usize)> {
    let rest = left.strip_prefix(b"<c r=\"")?;
    let length = rest
        .iter()
        .take(LONGEST_ADDRESS + 1)
        .position(|byte| *byte == b'"')?;
    let (address, rest) = rest.split_at(length);
    let cell = CellRef::parse(std::str::from_utf8(address).ok()?)?;
    if address.contains(&b'$') {
        return None;
    }
    let rest = rest.strip_prefix(b"\" s=\"")?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = rest[digits..].strip_prefix(b"\"")?;
    // openpyxl says of a blank cell that it is a number.
    let rest = rest.strip_prefix(b" t=\"n\"").unwrap_or(rest);
    let rest = rest
        .strip_prefix(b" ")
        .unwrap_or(rest)
        .strip_prefix(b"/>")?;
    Some((cell, left.len() - rest.len()))
}

/// The stretches of a part that hold blank cells.
#[derive(Debug, Default)]
pub(in crate::read) struct Blanks {
    stretches: Vec<Range<usize>>,
    /// The last one of a row, as long as a cell without an address may follow it.
    open: Option<(CellRef, Range<usize>)>,
}

impl Blanks {
    /// Notes a blank cell that says where it stands.
    pub(super) fn add(&mut self, cell: CellRef, span: Range<usize>) {
        self.open = Some((cell, span));
    }

    /// Nothing depends on the last blank cell: it is cut.
    pub(super) fn settle(&mut self) {
        let Some((_, span)) = self.open.take() else {
            return;
        };
        match self.stretches.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            Some(_) | None => self.stretches.push(span),
        }
    }

    /// The next cell stands beside the last blank one: that one stays.
    pub(super) fn keep(&mut self) -> Option<CellRef> {
        self.open.take().map(|(cell, _)| cell)
    }

    /// About how many bytes of memory they take.
    pub(super) fn size(&self) -> usize {
        self.stretches.capacity() * size_of::<Range<usize>>()
    }

    /// What is left of the part without them.
    pub(in crate::read) fn without<'b>(&self, bytes: &'b [u8]) -> Vec<&'b [u8]> {
        let mut left = Vec::with_capacity(self.stretches.len() + 1);
        let mut from = 0;
        for stretch in &self.stretches {
            left.push(&bytes[from..stretch.start]);
            from = stretch.end;
        }
        left.push(&bytes[from..]);
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::error::{Problem, ReadError};
    use crate::read::limits::Limits;
    use crate::read::rich::SharedTexts;
    use crate::read::sheet::{Scan, scan};

    #[test]
    fn blank_cells_are_known_by_their_usual_spelling() {
        for (text, cell, length) in [
            ("<c r=\"B3\" s=\"2\" t=\"n\" />", CellRef::new(2, 1), 24),
            ("<c r=\"A1\" s=\"0\"/><c", CellRef::new(0, 0), 17),
            (
                "<c r=\"XFD1048576\" s=\"12\" />",
                CellRef::new(1_048_575, 16_383),
                27,
            ),
        ] {
            assert_eq!(spelled(text.as_bytes()), Some((cell, length)), "{text}");
        }
    }

    #[test]
    fn every_other_spelling_is_left_to_the_walk() {
        for text in [
            "",
            "<c r=\"A1\" s=\"1",
            "<c r=\"A1\" s=\"1\"/",
            "<c r=\"A1\" s=\"1\">",
            "<c r=\"A1\" s=\"1\"></c>",
            "<c r=\"A1\"/>",
            "<c s=\"1\" r=\"A1\"/>",
            "<c r='A1' s='1'/>",
            "<c  r=\"A1\" s=\"1\"/>",
            "<x:c r=\"A1\" s=\"1\"/>",
            "<c r=\"A1\" s=\"1\" t=\"s\"/>",
            "<c r=\"A1\" s=\"1\" s=\"2\"/>",
            "<c r=\"A1\" s=\"1\" r=\"C9\"/>",
            "<c r=\"A1\" s=\"-1\"/>",
            "<c r=\"A1\" s=\"&#49;\"/>",
            "<c r=\"$A$1\" s=\"1\"/>",
            "<c r=\"A0\" s=\"1\"/>",
            "<c r=\"XFE1\" s=\"1\"/>",
            "<c r=\"A1048577\" s=\"1\"/>",
            "<c r=\"A4294967297\" s=\"1\"/>",
            " <c r=\"A1\" s=\"1\"/>",
        ] {
            assert_eq!(spelled(text.as_bytes()), None, "{text}");
        }
    }

    fn walked(rows: &str, cells: usize) -> Result<(Scan, String), ReadError> {
        let text = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        let texts = SharedTexts::none(false);
        let scan = scan("s", text.as_bytes(), cells, &texts, &Limits::default())?;
        let left = scan.blanks.without(text.as_bytes()).concat();
        let left = String::from_utf8(left).unwrap();
        Ok((scan, left))
    }

    #[test]
    fn blank_cells_are_the_same_however_they_are_spelled() {
        let rows = "<row r=\"2\">B2B3</row><row r=\"3\"> B4\n<c r=\"B3\"><v>1</v></c>B5<c><v>2</v></c>\
            <!-- x -->B6 </row>";
        let spell = |cell: &str| {
            (2..7).fold(rows.to_owned(), |rows, number| {
                let column = char::from(b'A' + number);
                let row = if number < 4 { 2 } else { 3 };
                let own = cell.replace("A1", &format!("{column}{row}"));
                rows.replace(&format!("B{number}B"), &format!("{own}B"))
                    .replace(&format!("B{number}<"), &format!("{own}<"))
                    .replace(&format!("B{number}\n"), &format!("{own}\n"))
                    .replace(&format!("B{number} "), &format!("{own} "))
            })
        };
        let (usual, left) = walked(&spell("<c r=\"A1\" s=\"7\"/>"), 99).unwrap();
        let (other, other_left) = walked(&spell("<c s=\"7\" r=\"A1\"/>"), 99).unwrap();
        assert_eq!(usual.cells, 7);
        assert_eq!(usual.cells, other.cells);
        assert_eq!(usual.addresses, other.addresses);
        // The one before a cell without an address stays.
        let kept = "<c r=\"F3\" s=\"7\"/>";
        assert_eq!(left.matches("s=\"7\"").count(), 1);
        assert_eq!(
            left.replace(kept, ""),
            other_left.replace("<c s=\"7\" r=\"F3\"/>", "")
        );
    }

    #[test]
    fn blank_cells_count_towards_the_limit() {
        let rows = "<row><c r=\"A1\" s=\"1\"/><c r=\"B1\" s=\"1\"/><c r=\"C1\" s=\"1\"/></row>";
        assert!(walked(rows, 3).is_ok());
        assert!(matches!(walked(rows, 2), Err(ReadError::OverLimit { .. })));
        let outside = walked("<c r=\"A1\" s=\"1\"/>", 9).unwrap_err();
        assert_eq!(outside, ReadError::broken("s", Problem::CellBlock));
    }
}
