//! Addresses: absolute, zero-based inside, `A1` outside.

use std::fmt;

/// The last row of Excel's grid, zero-based (ECMA-376 Part 1, 18.3.1.73).
pub const LAST_ROW: u32 = 1_048_575;
/// The last column of Excel's grid, zero-based: XFD.
pub const LAST_COLUMN: u32 = 16_383;

/// One cell's absolute address; ordered by row, then column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column.
    pub column: u32,
}

impl CellRef {
    /// Makes an address from zero-based row and column.
    ///
    /// ```
    /// # use torimatome::model::CellRef;
    /// assert_eq!(CellRef::new(23, 8).to_string(), "I24");
    /// ```
    pub const fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// Reads an address in `A1` notation, with or without `$`; nothing outside Excel's grid.
    pub fn parse(text: &str) -> Option<Self> {
        let (mut letters, mut digits) = (0, 0);
        let (mut column, mut row) = (0u32, 0u32);
        for byte in text.bytes() {
            match byte {
                // The last five bits of a letter are its number, in capitals and small ones.
                letter @ (b'A'..=b'Z' | b'a'..=b'z') if digits == 0 && letters < 3 => {
                    column = column * 26 + u32::from(letter & 0x1F);
                    letters += 1;
                }
                b'$' => {}
                digit @ b'0'..=b'9' if letters > 0 && digits < 7 => {
                    row = row * 10 + u32::from(digit - b'0');
                    digits += 1;
                }
                _ => return None,
            }
        }
        let inside = (1..=LAST_ROW + 1).contains(&row) && column <= LAST_COLUMN + 1;
        inside.then(|| Self::new(row - 1, column - 1))
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), self.row + 1)
    }
}

/// The letters of a zero-based column: `A`, `AB`.
pub(super) fn column_letters(column: u32) -> String {
    let mut letters = Vec::with_capacity(3);
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A rectangle of cells, both corners inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRange {
    /// The top-left cell.
    pub first: CellRef,
    /// The bottom-right cell.
    pub last: CellRef,
}

impl CellRange {
    /// Makes a rectangle from two corners, in any order.
    pub fn new(a: CellRef, b: CellRef) -> Self {
        Self {
            first: CellRef::new(a.row.min(b.row), a.column.min(b.column)),
            last: CellRef::new(a.row.max(b.row), a.column.max(b.column)),
        }
    }

    /// Reads `A1:C5` or `A1`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            Some((a, b)) => Some(Self::new(CellRef::parse(a)?, CellRef::parse(b)?)),
            None => CellRef::parse(text).map(Self::from),
        }
    }

    /// Tells whether the cell lies inside.
    pub fn contains(&self, cell: CellRef) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.column..=self.last.column).contains(&cell.column)
    }

    /// The number of rows.
    pub fn rows(&self) -> u32 {
        self.last.row - self.first.row + 1
    }

    /// The number of columns.
    pub fn columns(&self) -> u32 {
        self.last.column - self.first.column + 1
    }
}

impl From<CellRef> for CellRange {
    fn from(cell: CellRef) -> Self {
        Self {
            first: cell,
            last: cell,
        }
    }
}

impl fmt::Display for CellRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            return write!(f, "{}", self.first);
        }
        write!(f, "{}:{}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_back_what_they_write() {
        for text in ["A1", "Z1", "AA10", "I24", "XFD1048576"] {
            assert_eq!(CellRef::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(CellRef::parse("$B$2"), Some(CellRef::new(1, 1)));
    }

    #[test]
    fn addresses_outside_the_grid_are_refused() {
        for text in [
            "",
            "A",
            "1",
            "A0",
            "XFE1",
            "A1048577",
            "ZZZZ1",
            "A99999999",
            "あ1",
        ] {
            assert_eq!(CellRef::parse(text), None, "{text}");
        }
    }

    #[test]
    fn ranges_are_put_in_order() {
        assert_eq!(CellRange::parse("C5:A1").unwrap().to_string(), "A1:C5");
        assert_eq!(CellRange::parse("B2").unwrap().to_string(), "B2");
    }
}
