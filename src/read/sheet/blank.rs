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
    let length = rest.iter().take(LONGEST_ADDRESS + 1).position(|byte| *byte == b'"')?;
    let (address, rest) = rest.split_at(length);
    let cell = CellRef::parse(std::str::from_utf8(address).ok()?)?;
    if address.contains(&b'$') {
        return None;
    }
    let rest = rest.strip_prefix(b"\" s=\"")?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = rest[digits..].strip_prefix(b"\"")?;
    let rest = rest.strip_prefix(b" ").unwrap_or(rest).strip_prefix(b"/>")?;
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
