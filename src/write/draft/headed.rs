//! Tables whose head is drawn again on each page, where the sheet's own top rows cannot repeat.

use super::{Band, Draft, NEVER};
use crate::write::style::Styles;

impl Draft {
    /// Adds a table below its heading: on the page that was begun where it fits there, else on the
    /// next, and where no page holds it, on as many as it needs, each with its head. `below` are the
    /// pixels of what hangs on it.
    pub(in crate::write) fn add_table(
        &mut self,
        mut heading: Band,
        head: &Band,
        rows: Vec<Band>,
        (page, top, below): (u32, usize, u32),
        styles: &Styles,
    ) -> usize {
        let height = |band: &Band| self.heights(band, styles).iter().sum::<u32>();
        let above = height(&heading) + height(head);
        let whole = above + rows.iter().map(height).sum::<u32>() + below;
        let least = above + rows.first().map_or(0, height);
        let used: u32 = self.rows.iter().skip(top).map(|(height, _)| height).sum();
        let left = page.saturating_sub(used);
        let mut top = top;
        if used > 0 && (least > left || whole > left && whole <= page) {
            top = self.rows.len();
            heading.cost = 0;
        }
        self.add(heading, styles);
        self.add_headed(head, rows, (page, top), styles)
    }

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
