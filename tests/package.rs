//! Every workbook that is written is a sound package, and what is unsound is found.

use std::fs;
use std::sync::OnceLock;

use crate::parts::{Parts, package, parts as parts_of};
use crate::program::{SAMPLE, folder, run};
use crate::soundness::faults;

/// The workbooks that the program writes of the sample.
fn written() -> &'static [(&'static str, Vec<u8>)] {
    static WRITTEN: OnceLock<Vec<(&str, Vec<u8>)>> = OnceLock::new();
    WRITTEN.get_or_init(|| {
        let folder = folder("package");
        let write = |name: &'static str, args: &[&str], status: i32| {
            let target = folder.join(format!("{name}.xlsx"));
            let target = target.to_str().unwrap();
            run(&[args, &["-o", target]].concat()).ends_with(status);
            (name, fs::read(target).unwrap())
        };
        vec![
            write("集約版", &["merge", SAMPLE], 1),
            write("公表用", &["merge", SAMPLE, "--publish", "--force"], 1),
            write("点検結果", &["check", SAMPLE, "--format", "xlsx"], 1),
            write("点検規則", &["explain", "--all", "--format", "xlsx"], 0),
        ]
    })
}

#[test]
fn every_workbook_is_sound() {
    for (name, bytes) in written() {
        assert_eq!(faults(bytes), Vec::<String>::new(), "{name}");
    }
}

/// A part, what is replaced in it, by what, and what must be said of it.
type Damage = (&'static str, &'static str, &'static str, &'static str);

const DAMAGES: [Damage; 25] = [
    (
        "xl/workbook.xml",
        "<calcPr",
        "<sheets/><calcPr",
        "stands too late",
    ),
    (
        "xl/workbook.xml",
        "<calcPr",
        "<unheardOf/><calcPr",
        "is unknown",
    ),
    (
        "xl/workbook.xml",
        "name=\"取組2\"",
        "name=\"取組1\"",
        "two sheets",
    ),
    (
        "xl/workbook.xml",
        "name=\"取組2\"",
        "name=\"取組/2\"",
        "no name for a sheet",
    ),
    (
        "xl/workbook.xml",
        ">取組2!$A",
        ">取組99!$A",
        "leads to 取組99",
    ),
    (
        "xl/workbook.xml",
        "localSheetId=\"3\"",
        "localSheetId=\"99\"",
        "not there",
    ),
    ("xl/workbook.xml", "</workbook>", "", "not well-formed"),
    (
        "xl/_rels/workbook.xml.rels",
        "sheet4.xml",
        "sheet99.xml",
        "which is not there",
    ),
    (
        "[Content_Types].xml",
        "/xl/worksheets/sheet4.xml",
        "/xl/worksheets/sheet99.xml",
        "content type",
    ),
    ("xl/styles.xml", "fontId=\"1\"", "fontId=\"99\"", "fontId"),
    (
        "xl/styles.xml",
        "<fonts count=\"",
        "<fonts count=\"9",
        "miscounted",
    ),
    (
        "xl/sharedStrings.xml",
        " uniqueCount=\"",
        " uniqueCount=\"9",
        "miscounted",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "<printOptions",
        "<cols/><printOptions",
        "cols stands too late",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "<row r=\"2\"",
        "<row r=\"3\"",
        "out of order",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "<c r=\"B1\"",
        "<c r=\"A1\"",
        "A1 is out of order",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "<c r=\"A1\" s=\"",
        "<c r=\"A1\" s=\"99",
        "A1 has no format",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "t=\"s\"><v>",
        "t=\"s\"><v>99999",
        "has no text",
    ),
    (
        "xl/worksheets/sheet3.xml",
        " ht=\"",
        " ht=\"9999",
        "too high",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "<mergeCell ref=\"A1:B1\"/>",
        "<mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A1:B1\"/>",
        "overlaps",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "<mergeCell ref=\"A1:B1\"/>",
        "<mergeCell ref=\"A1:C1\"/>",
        "covered and says something",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "<mergeCell ref=\"A1:B1\"/>",
        "<mergeCell ref=\"A1:A1\"/>",
        "one cell",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "</oddFooter>",
        "LONG</oddFooter>",
        "oddFooter is too long",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "<headerFooter>",
        "<drawing r:id=\"rId9\"/><headerFooter>",
        "relates to nothing",
    ),
    (
        "xl/worksheets/sheet2.xml",
        "location=\"'取組1'",
        "location=\"'取組99'",
        "a link leads to",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "<col min=\"1\"",
        "<col min=\"0\"",
        "columns",
    ),
];

#[test]
fn each_fault_is_found() {
    let (_, bytes) = &written()[0];
    let sound = parts_of(bytes);
    for (part, old, new, said) in DAMAGES {
        let mut damaged: Parts = sound.clone();
        let text = damaged.get_mut(part).unwrap();
        assert!(text.contains(old), "{part} holds no {old}");
        *text = text.replacen(old, &new.replace("LONG", &"長い".repeat(130)), 1);
        let found = faults(&package(&damaged));
        let told = found.iter().any(|fault| fault.contains(said));
        assert!(told, "{part}: {old} → {new}: {found:?}");
    }
}
