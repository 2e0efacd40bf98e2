//! Lists for drop-downs: what a template keeps on hidden sheets is no content of a return.

use crate::model::text::{fold, is_blank};
use crate::model::{FiscalYear, Grid, Layout};

/// What names a list.
const NAMES: [&str; 6] = ["リスト", "一覧", "選択", "マスタ", "プルダウン", "list"];
/// A choice is no longer than this.
const LONGEST: usize = 16;

/// Tells whether a sheet is named like a list, or holds nothing but choices: grades, fiscal years
/// and plain words without a figure.
pub fn is_list(grid: &Grid, layout: &Layout) -> bool {
    let name = fold(&grid.source.sheet).to_lowercase();
    if name.starts_with('_') || NAMES.iter().any(|word| name.contains(word)) {
        return true;
    }
    let mut texts = grid.cells.values().map(|cell| cell.text.as_str());
    texts.all(|text| is_blank(text) || is_choice(text, layout))
}

fn is_choice(text: &str, layout: &Layout) -> bool {
    let text = fold(text);
    let year = FiscalYear::prefix(&text).is_some_and(|(_, rest)| rest.is_empty());
    let grade = layout.all_words().any(|grade| {
        let bare = text.strip_prefix(grade.mark.as_str()).unwrap_or(&text);
        grade.is_label(bare)
    });
    let plain = !text.contains(|c: char| c.is_numeric() || "。、:：=".contains(c));
    year || grade || plain && text.chars().nth(LONGEST).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, CellRef, Stored};

    fn told(name: &str, texts: &[&str]) -> bool {
        let mut grid = Grid::new("総務課.xlsx", name);
        for (row, text) in (0..).zip(texts) {
            let cell = Cell {
                text: (*text).to_owned(),
                stored: Stored::Text,
            };
            grid.cells.insert(CellRef::new(row, 0), cell);
        }
        is_list(&grid, &crate::default_layout())
    }

    #[test]
    fn lists_are_told_by_their_name_or_their_choices() {
        assert!(told(
            "Sheet2",
            &["◎ 計画どおり", "○　概ね計画どおり", "△", "取組中止"]
        ));
        assert!(told(
            "Sheet2",
            &["総務課", "企画政策課", "R4年度", "令和5年度"]
        ));
        for name in [
            "課リスト",
            "評価の一覧",
            "LIST",
            "_1",
            "選択肢",
            "所属マスタ",
        ] {
            assert!(told(name, &["取組1 下書き"]), "{name}");
        }
    }

    #[test]
    fn drafts_and_figures_are_no_list() {
        for text in ["取組1 下書き", "没案1", "相談 476件", "窓口を見直す。", "①"]
        {
            assert!(!told("下書き", &["総務課", text]), "{text}");
        }
        let long = "申請の受付の方法を改めたうえで利用の促進を図る";
        assert!(!told("下書き", &[long]));
    }
}
