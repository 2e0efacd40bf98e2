//! Whether the previous workbook is the first half of the year that is collected.

use super::text::is_dash;
use super::{Book, Half, OfficialBook};

impl Book {
    /// Tells whether the previous workbook is this year's first half; a layout without halves has
    /// none.
    ///
    /// A cover that names no half is a year's; then no second half may say anything yet.
    pub fn follows_autumn(&self) -> bool {
        let Some(previous) = self.previous.as_ref() else {
            return false;
        };
        if !self.layout.has_halves() {
            return false;
        }
        let sheets = || previous.items.iter();
        let of_sheets = || sheets().find_map(|sheet| sheet.year.get().copied());
        let year = previous.cover.fiscal_year.or_else(of_sheets);
        let of_sheets = || sheets().find_map(|sheet| sheet.half.get().copied());
        let half = previous.cover.half.or_else(of_sheets);
        let first = match half {
            Some(half) => half == Half::First,
            None => !has_second_half(previous),
        };
        year == Some(self.period.year) && first
    }
}

fn has_second_half(book: &OfficialBook) -> bool {
    let mut rows = book.items.iter().flat_map(|sheet| &sheet.status);
    rows.any(|row| !row.second_half.is_blank() && !is_dash(row.second_half.text()))
}
