//! Any bytes as a file, and any texts as the parts of a package.
//!
//! A package that the fuzzer changes fails its checksum and goes no further: so bytes that are no
//! file of their own are taken as parts, a zero byte between them, and packed with right checksums.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use torimatome::read::workbook;
use torimatome_fuzz::{LAYOUT, limits, through};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The parts that the fuzzer writes, in its order.
const PARTS: [&str; 8] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/drawings/drawing1.xml",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
    "docProps/core.xml",
];
const WORKBOOK: &[u8] =
    b"<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"r0\"/></sheets></workbook>";

fn relations(list: &[(&str, &str)]) -> Vec<u8> {
    let list = list.iter().enumerate();
    let list: String = list
        .map(|(at, (kind, target))| {
            format!("<Relationship Id=\"r{at}\" Type=\"{OFFICE}/{kind}\" Target=\"/{target}\"/>")
        })
        .collect();
    format!("<Relationships>{list}</Relationships>").into_bytes()
}

fn package(data: &[u8]) -> Vec<u8> {
    let mut parts: Vec<(&str, Vec<u8>)> = vec![
        (
            "_rels/.rels",
            relations(&[("officeDocument", PARTS[3]), ("core-properties", PARTS[7])]),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[
                ("worksheet", PARTS[0]),
                ("sharedStrings", PARTS[1]),
                ("styles", PARTS[2]),
            ]),
        ),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            relations(&[
                ("drawing", PARTS[4]),
                ("comments", PARTS[5]),
                ("vmlDrawing", PARTS[6]),
            ]),
        ),
    ];
    let mut given = data.split(|byte| *byte == 0);
    for name in PARTS {
        let part = given.next().unwrap_or_default();
        let empty: &[u8] = match name {
            "xl/workbook.xml" => WORKBOOK,
            "xl/sharedStrings.xml" => b"<sst/>",
            "xl/styles.xml" => b"<styleSheet/>",
            _ => b"<x/>",
        };
        parts.push((name, if part.is_empty() { empty } else { part }.to_vec()));
    }
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name, stored).expect("a part begins");
        writer.write_all(&bytes).expect("a part is written");
    }
    writer.finish().expect("a package ends").into_inner()
}

fuzz_target!(|data: &[u8]| {
    let file = [&b"PK"[..], b"\xD0\xCF", b"%P", b"\xFF\xFE"];
    let bytes = match file.iter().any(|start| data.starts_with(start)) {
        true => data.to_vec(),
        false => package(data),
    };
    if let Ok(book) = workbook("総務課.xlsx", bytes, &limits()) {
        through(&book, &LAYOUT);
    }
});
