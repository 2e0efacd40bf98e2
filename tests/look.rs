//! What the eye sees of an item's sheet and no cell's text says: arrows, frames, links, tabs.

use std::fs;
use std::sync::LazyLock;

use crate::parts::{Parts, parts};
use crate::program::{folder, run};
use torimatome::model::{CellRef, Grid};
use torimatome::read::{Limits, workbook};

/// The parts of the sample's merged workbook, and its sheets as they are read.
struct Merged {
    parts: Parts,
    sheets: Vec<Grid>,
}

static MERGED: LazyLock<Merged> = LazyLock::new(|| {
    let target = folder("look").join("集約版.xlsx");
    run(&["merge", "samples/ojiya-r5", "-o", target.to_str().unwrap()]).ends_with(1);
    let bytes = fs::read(&target).unwrap();
    let parts = parts(&bytes);
    let sheets = workbook("集約版.xlsx", bytes, &Limits::default()).unwrap();
    Merged {
        parts,
        sheets: sheets.sheets,
    }
});

impl Merged {
    fn at(&self, sheet: &str) -> usize {
        let mut sheets = self.sheets.iter();
        sheets.position(|grid| grid.source.sheet == sheet).unwrap()
    }

    fn xml(&self, sheet: &str) -> &str {
        &self.parts[&format!("xl/worksheets/sheet{}.xml", self.at(sheet) + 1)]
    }

    /// The cells of a sheet that say a text.
    fn cells(&self, sheet: &str, text: &str) -> Vec<CellRef> {
        let grid = &self.sheets[self.at(sheet)];
        let said = grid.cells.iter().filter(|(_, cell)| cell.text == text);
        said.map(|(cell, _)| *cell).collect()
    }

    /// The `xf` element of a cell.
    fn format(&self, sheet: &str, cell: CellRef) -> &str {
        let tag = self.xml(sheet).split(&format!("<c r=\"{cell}\"")).nth(1);
        let style = number(tag.unwrap().split('>').next().unwrap(), "s").unwrap();
        let formats = self.parts["xl/styles.xml"].split("<cellXfs").nth(1);
        formats.unwrap().split("<xf ").nth(style + 1).unwrap()
    }

    /// The number format of a cell.
    fn code(&self, sheet: &str, cell: CellRef) -> Option<String> {
        let id = number(self.format(sheet, cell), "numFmtId")?;
        let styles = &self.parts["xl/styles.xml"];
        let codes = styles.split("<numFmts").nth(1)?;
        let code = codes
            .split(&format!("numFmtId=\"{id}\" formatCode=\""))
            .nth(1)?;
        Some(code.split('"').next()?.replace("&quot;", "\""))
    }

    /// The lines of a cell: left, right, top, bottom.
    fn lines(&self, sheet: &str, cell: CellRef) -> [String; 4] {
        let id = number(self.format(sheet, cell), "borderId").unwrap();
        let borders = self.parts["xl/styles.xml"]
            .split("<borders")
            .nth(1)
            .unwrap();
        let border = borders.split("<border>").nth(id + 1).unwrap();
        ["left", "right", "top", "bottom"].map(|side| {
            let line = border.split(&format!("<{side} style=\"")).nth(1);
            line.map_or("", |line| line.split('"').next().unwrap())
                .to_owned()
        })
    }
}

fn number(tag: &str, attribute: &str) -> Option<usize> {
    let value = tag.split(&format!("{attribute}=\"")).nth(1)?;
    value.split('"').next()?.parse().ok()
}

#[test]
fn phases_point_to_their_end_by_format_and_say_only_their_words() {
    let phases = MERGED.cells("取組1", "検討");
    assert_eq!(phases.len(), 2);
    for cell in phases {
        assert_eq!(MERGED.code("取組1", cell).as_deref(), Some(r#"@" "*─"▶""#));
        assert!(!MERGED.format("取組1", cell).contains("wrapText"));
        assert_eq!(MERGED.sheets[MERGED.at("取組1")].range(cell).columns(), 6);
    }
    // A phase of several lines has no room for a line behind it: it wraps and points all the same.
    let sheet = &MERGED.sheets[MERGED.at("取組3")];
    let wrapped = sheet
        .cells
        .iter()
        .filter(|(cell, _)| MERGED.code("取組3", **cell).as_deref() == Some(r#"@" ▶""#));
    let wrapped: Vec<_> = wrapped.collect();
    assert!(!wrapped.is_empty());
    for (cell, _) in wrapped {
        assert!(MERGED.format("取組3", *cell).contains("wrapText"));
    }
    for text in ["▶", "─"] {
        assert!(!MERGED.parts["xl/sharedStrings.xml"].contains(text));
    }
}

#[test]
fn storeys_are_divided_by_a_fine_line_and_blocks_are_framed() {
    let [upper, ..] = MERGED.cells("取組1", "R5年度\n【実績値】")[..] else {
        panic!("no head of actuals")
    };
    let lower = MERGED.cells("取組1", "R5年度\n【目標値】")[0];
    assert_eq!(
        MERGED.lines("取組1", upper),
        ["thin", "thin", "medium", "hair"]
    );
    assert_eq!(
        MERGED.lines("取組1", lower),
        ["thin", "thin", "hair", "thin"]
    );
    let number = MERGED.cells("取組1", "取組番号")[0];
    assert_eq!(
        MERGED.lines("取組1", number),
        ["medium", "thin", "medium", "thin"]
    );
    let heading = MERGED.cells("取組1", "令和5年度の実施状況")[0];
    assert_eq!(
        MERGED.lines("取組1", heading),
        ["medium", "medium", "medium", "thin"]
    );
}

#[test]
fn index_and_items_lead_to_each_other() {
    for number in 1..=7 {
        let item = format!("取組{number}");
        let listed = MERGED.cells("取組項目一覧", &number.to_string())[0];
        let there = format!("<hyperlink ref=\"{listed}\" location=\"'{item}'!A1\"");
        assert!(MERGED.xml("取組項目一覧").contains(&there), "{there}");
        let back = format!("<hyperlink ref=\"C1\" location=\"'取組項目一覧'!{listed}\"");
        assert!(MERGED.xml(&item).contains(&back), "{back}");
    }
}

#[test]
fn tabs_tell_what_is_missing_and_what_is_to_be_asked() {
    let tab = |sheet: &str| {
        let xml = MERGED.xml(sheet);
        let colour = xml.split("<tabColor rgb=\"").nth(1);
        colour.map(|colour| colour.split('"').next().unwrap().to_owned())
    };
    // Item 2 lacks an entry, item 3 has questions, item 4 is as it should be.
    assert_eq!(tab("取組2").as_deref(), Some("FFFFE699"));
    assert_eq!(tab("取組3").as_deref(), Some("FFFCE4D6"));
    assert_eq!(tab("取組4"), None);
    assert_eq!(tab("表紙"), None);
}
