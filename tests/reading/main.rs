//! Damaged forms, written as text, through locate and parse: a value is where it belongs or is
//! said to be out of place; it is never read into another field.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod blocks;
mod form;
mod labels;
mod merges;
mod properties;
mod typing;

use torimatome::model::{
    Cell, CellRange, CellRef, FiscalYear, Grid, Half, ItemSheet, Located, Stored,
};
use torimatome::{default_layout, locate, parse};

/// A small healthy form; `R` is a row, merged ranges in brackets behind a text.
const FORM: &[(&str, &str)] = &[
    ("A1", "取組番号"),
    ("C1", "7"),
    ("A2", "取組項目"),
    ("C2", "人材の育成"),
    ("A3:B3", "主管課(関係課)"),
    ("C3", "総務課"),
    ("A4:C4", "実施項目"),
    ("D4:F4", "R4年度"),
    ("G4:I4", "R5年度"),
    ("A5:C5", "研修への参加"),
    ("D5:I5", "実施"),
    ("A6:C7", "数値目標等【基準値】"),
    ("D6:F6", "R4年度【実績値】"),
    ("G6:I6", "R5年度【実績値】"),
    ("D7:F7", "R4年度【目標値】"),
    ("G7:I7", "R5年度【目標値】"),
    ("A8:C9", "参加者数\nR3年度：5人"),
    ("D8:F8", "6人"),
    ("D9:F9", "7人"),
    ("G8:I8", "8人"),
    ("G9:I9", "9人"),
    ("A10:C11", "派遣者数\nR3年度：1人"),
    ("D10:F10", "2人"),
    ("D11:F11", "3人"),
    ("A12:I12", "令和5年度の実施状況"),
    ("A13:C13", "取組目標【Plan】"),
    ("D13:F13", "上半期の取組結果【Do】"),
    ("G13:I13", "下半期の取組結果【Do】"),
    ("A14:C14", "研修を行う。"),
    ("D14:F14", "計画した。"),
    ("G14:I14", "行った。"),
    ("A15:I15", "取組全体の評価【Check】"),
    ("A16:C16", "○ 概ね計画どおり"),
    ("D16:I16", "おおむね進んだ。"),
    ("A17:I17", "改善事項・今後の進め方【Action】"),
    ("A18:I18", "続ける。"),
];

fn grid(cells: &[(String, String)]) -> Grid {
    let mut grid = Grid::new("総務課.xlsx", "取組7");
    for (at, text) in cells {
        let range = CellRange::parse(at).unwrap();
        if range.first != range.last {
            grid.merges.insert(range.first, range);
        }
        if !text.is_empty() {
            let cell = Cell {
                text: text.clone(),
                stored: Stored::Text,
            };
            grid.cells.insert(range.first, cell);
        }
    }
    grid
}

/// The form with some cells replaced by others; an empty address takes a cell away.
fn form(changes: &[(&str, &str, &str)]) -> Vec<(String, String)> {
    let mut cells: Vec<(String, String)> = FORM
        .iter()
        .map(|(at, text)| ((*at).to_owned(), (*text).to_owned()))
        .collect();
    for (was, at, text) in changes {
        cells.retain(|(known, _)| known != was);
        if !at.is_empty() {
            cells.push(((*at).to_owned(), (*text).to_owned()));
        }
    }
    cells
}

fn items(cells: &[(String, String)]) -> Vec<ItemSheet> {
    let layout = default_layout();
    let grid = grid(cells);
    match locate::locate(&grid, &layout) {
        Located::Forms(forms) => forms
            .iter()
            .map(|form| parse::item(form, &grid, &layout))
            .collect(),
        other @ (Located::Index(_)
        | Located::Tidy(_)
        | Located::Cover
        | Located::Instruction
        | Located::Own
        | Located::Report
        | Located::Empty
        | Located::Unknown) => panic!("no form: {other:?}"),
    }
}

fn item(changes: &[(&str, &str, &str)]) -> ItemSheet {
    items(&form(changes)).remove(0)
}

fn shift(cells: &[(String, String)], rows: u32, columns: u32) -> Vec<(String, String)> {
    let moved = |cell: CellRef| CellRef::new(cell.row + rows, cell.column + columns);
    cells
        .iter()
        .map(|(at, text)| {
            let range = CellRange::parse(at).unwrap();
            let range = CellRange::new(moved(range.first), moved(range.last));
            (range.to_string(), text.clone())
        })
        .collect()
}

fn unplaced(item: &ItemSheet) -> Vec<&str> {
    item.unplaced.iter().map(|field| field.text()).collect()
}

fn value(item: &ItemSheet, kpi: usize, year: u16) -> (String, String) {
    let values = item.kpis[kpi].year(FiscalYear(year)).unwrap();
    let text =
        |field: &Option<torimatome::model::Field<_>>| field.as_ref().unwrap().text().to_owned();
    (text(&values.actual), text(&values.target))
}

#[test]
fn the_healthy_form_is_read_whole() {
    let item = item(&[]);
    assert_eq!(unplaced(&item), [""; 0]);
    assert_eq!(value(&item, 0, 2023), ("8人".into(), "9人".into()));
    assert_eq!(item.kpis.len(), 2);
    assert_eq!(
        (item.comment.text(), item.action.text()),
        ("おおむね進んだ。", "続ける。")
    );
}

#[test]
fn of_a_deleted_storey_s_twin_nobody_can_tell_which_it_is_and_it_is_never_the_next_kpi_s() {
    let item = item(&[
        ("A8:C9", "A9:C9", "参加者数\nR3年度：5人"),
        ("D8:F8", "D9:F9", "6人"),
        ("G8:I8", "G9:I9", "8人"),
        ("D9:F9", "D9:F9", "6人"),
        ("G9:I9", "G9:I9", "8人"),
    ]);
    assert_eq!(value(&item, 0, 2022), (String::new(), String::new()));
    assert_eq!(value(&item, 1, 2022), ("2人".into(), "3人".into()));
    assert_eq!(unplaced(&item), ["6人", "8人"]);
    let target = item.kpis[0].year(FiscalYear(2022)).unwrap().target.clone();
    assert_eq!(target.unwrap().place, None);
}

#[test]
fn both_storeys_in_one_cell_are_told_apart() {
    let item = item(&[
        ("D10:F10", "D10:F10", "(累計)\n2人\n(累計)\n3人"),
        ("D11:F11", "", ""),
    ]);
    assert_eq!(
        value(&item, 1, 2022),
        ("(累計)\n2人".into(), "(累計)\n3人".into())
    );
}

#[test]
fn heads_without_storeys_leave_the_values_over() {
    let item = item(&[
        ("D6:F6", "D6:F6", "R4年度"),
        ("G6:I6", "G6:I6", "R5年度"),
        ("D7:F7", "", ""),
        ("G7:I7", "", ""),
    ]);
    assert!(item.kpis.is_empty() && item.schedule.len() == 1);
    for text in ["6人", "7人", "8人", "9人", "2人", "3人"] {
        assert!(unplaced(&item).contains(&text), "{text}");
    }
}

#[test]
fn a_status_block_without_its_heads_is_no_note_of_the_kpi_above() {
    let item = item(&[
        ("A13:C13", "", ""),
        ("D13:F13", "", ""),
        ("G13:I13", "", ""),
    ]);
    assert!(item.kpis.iter().all(|kpi| kpi.notes.is_empty()));
    assert!(item.status.is_empty());
    for text in ["研修を行う。", "計画した。", "行った。"] {
        assert!(unplaced(&item).contains(&text), "{text}");
    }
}

#[test]
fn a_status_heading_in_other_words_is_left_over() {
    let item = item(&[("A12:I12", "A12:I12", "今年度やったこと")]);
    assert!(item.kpis.iter().all(|kpi| kpi.notes.is_empty()));
    assert_eq!(unplaced(&item), ["今年度やったこと"]);
}

#[test]
fn a_status_heading_may_name_the_half() {
    for text in [
        "令和5年度上半期の実施状況",
        "令和五年度の実施状況（上半期）",
    ] {
        let item = item(&[("A12:I12", "A12:I12", text)]);
        assert_eq!(item.year.get(), Some(&FiscalYear(2023)), "{text}");
        assert_eq!(item.half.get(), Some(&Half::First), "{text}");
    }
}

#[test]
fn a_title_of_another_year_than_the_status_block_is_left_over() {
    let item = item(&[("", "E1", "令和4年度 進捗管理票")]);
    assert_eq!(item.year.get(), Some(&FiscalYear(2023)));
    assert_eq!(unplaced(&item), ["令和4年度 進捗管理票"]);
}

#[test]
fn labels_in_another_case_are_labels() {
    let item = item(&[("A17:I17", "A17:I17", "改善事項・今後の進め方【ACTION】")]);
    assert_eq!(item.action.text(), "続ける。");
}

#[test]
fn a_comment_that_quotes_a_heading_is_a_comment() {
    let quoted = "改善事項・今後の進め方【Action】";
    let item = item(&[("D16:I16", "D16:I16", quoted)]);
    assert_eq!(
        (item.comment.text(), item.action.text()),
        (quoted, "続ける。")
    );
}

#[test]
fn an_action_that_begins_like_a_footnote_is_the_action_in_its_own_cell() {
    let item = item(&[
        ("A18:I18", "A18:I18", "※1 の課題を踏まえて進める。"),
        ("", "A19:I19", "※1 用語…説明"),
    ]);
    assert_eq!(item.action.text(), "※1 の課題を踏まえて進める。");
    assert_eq!(item.footnotes.len(), 1);
}

#[test]
fn footnotes_below_a_blank_action_are_no_action() {
    let item = item(&[("A18:I18", "A18:I18", ""), ("", "A19:I19", "※1 用語…説明")]);
    assert!(item.action.is_blank());
    assert_eq!(item.footnotes[0].mark, "※1");
}

#[test]
fn a_remark_below_a_kpi_is_its_note_and_one_below_all_blocks_is_left_over() {
    for remark in ["※対象は職員", "※1,000人を1千人とする。", "※２０２３年の値"]
    {
        let item = item(&[
            ("A10:C11", "A10:I10", remark),
            ("D10:F10", "", ""),
            ("D11:F11", "", ""),
            ("", "A20:I20", remark),
        ]);
        let notes = item.kpis.iter().flat_map(|kpi| &kpi.notes);
        let notes: Vec<&str> = notes.map(|note| note.text()).collect();
        assert_eq!(notes, [remark]);
        assert!(item.footnotes.is_empty());
        assert_eq!(unplaced(&item), [remark]);
    }
}

#[test]
fn forms_side_by_side_are_two_items() {
    let mut cells = form(&[]);
    let mut other = shift(
        &form(&[("C1", "C1", "8"), ("A18:I18", "A18:I18", "やめる。")]),
        0,
        12,
    );
    cells.append(&mut other);
    let items = items(&cells);
    let numbers: Vec<_> = items
        .iter()
        .map(|item| item.number.get().copied())
        .collect();
    assert_eq!(numbers, [Some(7), Some(8)]);
    assert_eq!(
        (items[0].action.text(), items[1].action.text()),
        ("続ける。", "やめる。")
    );
    assert!(items.iter().all(|item| item.unplaced.is_empty()));
    assert_eq!(value(&items[1], 0, 2023), ("8人".into(), "9人".into()));
}
