//! The entries in which a department states 該当なし: filled in, though they say nothing.

use crate::model::{CellRef, ItemSheet, NamedField};

use super::super::draft::{Band, Piece};
use super::Sheet;

const HEADS: [&str; 3] = ["取組番号", "「該当なし」と記入された欄", "記載"];

impl Sheet<'_> {
    /// The head of the rows below.
    pub(super) fn stated_head(&self) -> Band {
        let pieces = self.spans().into_iter().zip(HEADS);
        let pieces = pieces.map(|((column, columns), head)| {
            Piece::new(column, columns, self.styles.label(), head, head)
        });
        Band::new(20, pieces.collect()).at_least(24)
    }

    /// A row for each such entry that the merged workbook shows.
    pub(super) fn stated(&self, names: &[String]) -> Vec<Band> {
        let mut bands = Vec::new();
        for (at, item) in self.book.items.iter().enumerate() {
            let sheet = &item.official;
            for field in sheet.stated_nothing() {
                bands.push(self.entry(sheet, &field, item.number(), names.get(at)));
            }
        }
        bands
    }

    fn entry(
        &self,
        sheet: &ItemSheet,
        field: &NamedField<'_>,
        number: u32,
        name: Option<&String>,
    ) -> Band {
        let label = field.name.label(&self.book.layout, sheet);
        let [first, second, third] = self.spans();
        let number = Piece::new(
            first.0,
            first.1,
            self.styles.centred(),
            HEADS[0],
            number.to_string(),
        );
        let number = match name {
            Some(name) => number.to(name, CellRef::new(0, 0)),
            None => number,
        };
        let text = self.styles.middle();
        let pieces = vec![
            number,
            Piece::new(second.0, second.1, text, HEADS[1], label),
            Piece::new(
                third.0,
                third.1,
                text,
                HEADS[2],
                field.raw.unwrap_or("").trim(),
            ),
        ];
        Band::new(10, pieces).at_least(24)
    }

    /// The columns of the three cells.
    fn spans(&self) -> [(u16, u16); 3] {
        [(0, 1), (1, 2), (3, self.columns - 3)]
    }
}
