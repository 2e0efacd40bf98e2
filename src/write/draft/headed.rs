//! Tables whose head is drawn again on each page, where the sheet's own top rows cannot repeat.

use super::{Band, Draft, NEVER};
use crate::write::style::Styles;

impl Draft {
    /// Adds rows under a head, which is drawn again where a page of so many pixels is full. `top` is
    /// the row with which the page began; given back is that of the last page.
    pub(in crate::write) fn add_headed(
        &mut self,
        head: &Band,
        rows: Vec<Band>,
        (page, top): (u32, usize),
        styles: &Styles,
    ) -> usize {
        let again = Band {
            cost: 0,
            ..head.clone()
        };
        let sum = |heights: &[u32]| heights.iter().sum::<u32>();
        let mut top = top;
        let mut next = Some(head.clone());
        for mut row in rows {
            let mut needed = sum(&self.heights(&row, styles));
            if let Some(head) = &next {
                needed += sum(&self.heights(head, styles));
            }
            let used: u32 = self.rows.iter().skip(top).map(|(height, _)| height).sum();
            if used + needed > page && self.rows.len() > top {
                top = self.rows.len();
                next = Some(again.clone());
            }
            if let Some(head) = next.take() {
                self.add(head, styles);
                row.cost = NEVER;
            }
            self.add(row, styles);
        }
        top
    }
}
