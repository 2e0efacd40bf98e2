//! Sheets that are read side by side say what they say one after the other, whoever comes first.

use std::fs;

use torimatome::read::{Limits, sheets, workbook};

use crate::miniature::{package, parts_of};
use crate::program::{files_below, root};

#[test]
fn sheets_side_by_side_are_those_read_one_after_the_other() {
    let mut tried = 0;
    for folder in ["samples", "tests/fixtures"] {
        for (path, bytes) in files_below(&root().join(folder)) {
            let name = path.to_string_lossy();
            let Ok(mut whole) = workbook(&name, bytes.clone(), &Limits::default()) else {
                continue;
            };
            let read = sheets(&name, &bytes, &Limits::default(), |number, grid| {
                (number, format!("{grid:?}"))
            });
            let (rest, grids) = read.unwrap();
            let one_by_one = std::mem::take(&mut whole.sheets);
            let one_by_one = one_by_one.iter().map(|grid| format!("{grid:?}"));
            let one_by_one: Vec<(usize, String)> = one_by_one.enumerate().collect();
            assert_eq!(grids, one_by_one, "{name}");
            assert_eq!(format!("{rest:?}"), format!("{whole:?}"), "{name}");
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}

/// The sample's plan with something else in place of the first cell of its fourth and ninth sheet.
fn spoilt(cell: &str) -> Vec<u8> {
    let plan = fs::read(root().join("samples/ojiya-r5/計画.xlsx")).unwrap();
    let mut parts = parts_of(&plan);
    for (name, bytes) in &mut parts {
        if ["xl/worksheets/sheet4.xml", "xl/worksheets/sheet9.xml"].contains(&name.as_str()) {
            let text = String::from_utf8(std::mem::take(bytes)).unwrap();
            let (head, tail) = text.split_once("<c r=\"A1\"").unwrap();
            let (own, rest) = tail.split_once('>').unwrap();
            let rest = match own.ends_with('/') {
                true => rest,
                false => rest.split_once("</c>").unwrap().1,
            };
            *bytes = format!("{head}{cell}{rest}").into_bytes();
        }
    }
    package(&parts)
}

#[test]
fn of_two_sheets_that_cannot_be_read_the_first_is_told() {
    let long = "長".repeat(40_000);
    let long = format!("<c r=\"A1\" t=\"inlineStr\"><is><t>{long}</t></is></c>");
    // The walk before the reader refuses the one, the reader behind it the other.
    for cell in ["<c r=\"$A1\"/>", &long] {
        let plan = spoilt(cell);
        let alone = workbook("計画.xlsx", plan.clone(), &Limits::default());
        let alone = alone.unwrap_err();
        for _ in 0..20 {
            let read = sheets("計画.xlsx", &plan, &Limits::default(), |_, _| ());
            assert_eq!(read.unwrap_err(), alone);
        }
    }
}
