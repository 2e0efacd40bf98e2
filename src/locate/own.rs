//! What this program prints on the forms that it gives out: the 様式ID, and the sheets beside them.

use crate::model::{CellRef, FormId, Grid};

use super::sheet::Area;

/// Accounts for the cells that read like a 様式ID, wherever in the form's part they stand.
pub(super) fn claim_ids(area: &mut Area<'_>) -> Vec<CellRef> {
    let cells = area.unclaimed().into_iter();
    let ids: Vec<CellRef> = cells
        .filter(|cell| area.grid.text(*cell).is_some_and(FormId::begins))
        .collect();
    for cell in &ids {
        area.claim(*cell);
    }
    ids
}

/// Tells whether a sheet is one of ours beside the forms, and says what it said when it was written:
/// the check code of its ID covers every word on it.
pub(super) fn is_own(grid: &Grid) -> bool {
    let ids = |text: &&str| FormId::begins(text);
    let texts = grid.cells.values().map(|cell| cell.text.as_str());
    let (ids, words): (Vec<&str>, Vec<&str>) = texts.partition(ids);
    let [line] = ids[..] else { return false };
    let id = FormId::of_line(line, &words.join("\n"));
    id.is_some_and(|id| id.item == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, Period, Stored};

    fn sheet(texts: &[&str]) -> Grid {
        let mut grid = Grid::new("総務課.xlsx", "記入要領");
        for (row, text) in (0..).zip(texts) {
            let cell = Cell {
                text: (*text).to_owned(),
                stored: Stored::Text,
            };
            grid.cells.insert(CellRef::new(row, 0), cell);
        }
        grid
    }

    #[test]
    fn a_sheet_of_ours_is_known_until_a_word_on_it_changes() {
        let id = FormId {
            period: Period::parse("R5下").unwrap(),
            item: 0,
            plan: "a1b2".to_owned(),
        };
        let printed = id.printed("記入要領\n空欄にしない");
        assert!(is_own(&sheet(&["記入要領", "空欄にしない", &printed])));
        assert!(!is_own(&sheet(&["記入要領", "取組3は該当なし", &printed])));
        assert!(!is_own(&sheet(&["記入要領", &printed])));
        assert!(!is_own(&sheet(&["記入要領", "空欄にしない"])));
        let of_item = FormId { item: 3, ..id }.printed("記入要領");
        assert!(!is_own(&sheet(&["記入要領", &of_item])));
    }
}
