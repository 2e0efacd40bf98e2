//! Flipped bits and cuts in files of every format: the same content, a named error or a finding,
//! never another value in silence.
//!
//! `TORIMATOME_FLIPS=1000` sets how many bits are flipped in each file; without it there are fewer.

#![allow(
    clippy::print_stdout,
    reason = "the tally is shown where it is asked for"
)]

use std::fs;
use std::path::{Path, PathBuf};

use crate::miniature;
use torimatome::model::{CellRef, FileFormat, Workbook};
use torimatome::read::{self, Limits, ReadError, workbook};
use torimatome::{collected_file, default_layout};

/// What a workbook says: its sheets' cells and merged ranges, and what is told of single cells.
type Content = Vec<(String, CellRef, String)>;
type Read = dyn Fn(Vec<u8>) -> Result<Content, ReadError>;

fn fixture(name: &str) -> Vec<u8> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats");
    fs::read(fixtures.join(name)).unwrap()
}

fn content(book: &Workbook) -> Content {
    let mut content = Vec::new();
    for grid in &book.sheets {
        let sheet = &grid.source.sheet;
        let cells = grid.cells.iter();
        content.extend(cells.map(|(cell, one)| (sheet.clone(), *cell, one.text.clone())));
        let merges = grid.merges.values();
        content.extend(merges.map(|range| (sheet.clone(), range.first, range.to_string())));
    }
    let damaged = book.damaged.iter();
    content.extend(damaged.map(|one| (String::new(), one.place.cell, one.reason.clone())));
    content
}

fn whole(bytes: Vec<u8>) -> Result<Content, ReadError> {
    workbook("総務課", bytes, &Limits::default()).map(|book| content(&book))
}

/// A zip of returns, read as it is collected; the errors of its members are told one by one.
fn in_zip(bytes: Vec<u8>) -> Result<Content, ReadError> {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("回収.zip");
    fs::write(&path, bytes).unwrap();
    let limits = Limits::default();
    let collected = read::collect(&[path], &limits)?;
    let mut all = Vec::new();
    for file in &collected.files {
        all.extend(content(&file.workbook(&limits)?));
    }
    Ok(all)
}

/// Numbers that differ in every run would not tell what broke: these are the same in each.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

fn flips() -> usize {
    let told = std::env::var_os("TORIMATOME_FLIPS").unwrap_or_default();
    let told = told.to_str().unwrap_or_default();
    told.parse().unwrap_or(200)
}

/// What became of damaged copies.
#[derive(Debug, Default)]
struct Tally {
    same: usize,
    refused: usize,
    other: usize,
}

impl Tally {
    fn take(&mut self, read: Result<Content, ReadError>, expected: &Content) {
        match read {
            Ok(content) if content == *expected => self.same += 1,
            Ok(_) => self.other += 1,
            Err(error) => {
                assert!(error.reason().ends_with('。'), "{error:?}");
                assert!(error.advice().ends_with("ください。"), "{error:?}");
                self.refused += 1;
            }
        }
    }
}

fn flipped(name: &str, bytes: &[u8], read: &Read) -> Tally {
    let expected = read(bytes.to_vec()).unwrap();
    let mut chance = Chance(name.len() as u64 + 40);
    let mut tally = Tally::default();
    for _ in 0..flips() {
        let mut changed = bytes.to_vec();
        let at = chance.below(changed.len());
        changed[at] ^= 1 << chance.below(8);
        tally.take(read(changed), &expected);
    }
    println!("{name}: {tally:?}");
    tally
}

/// Every length by steps, and every one around the structures that a zip has at its ends.
fn cut(name: &str, bytes: &[u8], read: &Read) -> Tally {
    let expected = read(bytes.to_vec()).unwrap();
    let step = (bytes.len() / flips()).max(1);
    let mut lengths: Vec<usize> = (0..bytes.len()).step_by(step).collect();
    lengths.extend(bytes.len().saturating_sub(30)..bytes.len());
    for mark in [&b"PK\x03\x04"[..], b"PK\x01\x02", b"PK\x05\x06"] {
        let found = bytes
            .windows(4)
            .enumerate()
            .filter(|(_, four)| *four == mark);
        lengths.extend(found.map(|(at, _)| at));
    }
    let mut tally = Tally::default();
    for length in lengths {
        tally.take(read(bytes[..length].to_vec()), &expected);
    }
    println!("{name}: {tally:?}");
    tally
}

/// Files whose every byte that counts is held by a checksum.
fn checked() -> Vec<(&'static str, Vec<u8>, &'static Read)> {
    vec![
        ("form.xlsx", miniature::form(), &whole),
        ("seen.xlsx", fixture("seen.xlsx"), &whole),
        ("official.xlsb", fixture("official.xlsb"), &whole),
        ("official.ods", fixture("official.ods"), &whole),
        ("mac.zip", fixture("mac.zip"), &in_zip),
    ]
}

#[test]
fn a_flipped_bit_gives_the_same_content_or_a_named_error() {
    for (name, bytes, read) in checked() {
        let tally = flipped(name, &bytes, read);
        assert_eq!(tally.other, 0, "{name}: {tally:?}");
        assert!(tally.refused > 0 && tally.same > 0, "{name}: {tally:?}");
    }
}

#[test]
fn a_copy_that_broke_off_is_refused_at_every_length() {
    for (name, bytes, read) in checked() {
        let tally = cut(name, &bytes, read);
        // A zip may end in a comment or in nothing that counts.
        assert_eq!((tally.other, tally.same), (0, 0), "{name}: {tally:?}");
    }
}

/// Nobody can see a flipped bit in these as such: S14 says so of each of them.
#[test]
fn files_without_a_checksum_never_break_the_reader() {
    for (name, length) in [("official.xls", usize::MAX), ("kpi.csv", 3_000)] {
        let mut bytes = fixture(name);
        let rest = bytes.iter().take(length).rposition(|byte| *byte == b'\n');
        if bytes.len() > length {
            bytes.truncate(rest.unwrap() + 1);
        }
        let tally = flipped(name, &bytes, &whole);
        assert!(tally.same + tally.other > flips() / 4, "{name}: {tally:?}");
    }
}

/// The columns of a table of KPIs: 値 and 原文.
const VALUE: usize = 13;
const RAW: usize = 18;

/// The table with another last digit in a field; nothing where it has none.
fn with_digit(records: &[csv::StringRecord], row: usize, column: usize) -> Option<Vec<u8>> {
    let field = records[row].get(column)?;
    let at = field.rfind(|c: char| c.is_ascii_digit())?;
    let mut bytes = field.as_bytes().to_vec();
    bytes[at] ^= 1;
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for (number, record) in records.iter().enumerate() {
        let fields = record.iter().enumerate().map(|(place, field)| {
            let changed = (number, place) == (row, column);
            if changed {
                bytes.as_slice()
            } else {
                field.as_bytes()
            }
        });
        writer.write_record(fields).unwrap();
    }
    Some(writer.into_inner().unwrap())
}

#[test]
fn a_digit_that_changed_in_a_table_contradicts_what_stands_beside_it() {
    let layout = default_layout();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kpi.csv");
    let unplaced = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        let file = collected_file("kpi.csv", &path, &layout, &Limits::default());
        assert_eq!(file.format, Some(FileFormat::Csv));
        let cells = file.items.iter().map(|item| item.unplaced.len());
        cells.sum::<usize>()
    };
    let table = fixture("kpi.csv");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table.as_slice());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let heads = [VALUE, RAW].map(|column| records[0].get(column));
    assert_eq!(heads, [Some("値"), Some("原文")]);
    let before = unplaced(&table);
    let mut tried = 0;
    for row in (1..records.len()).filter(|row| !records[*row][VALUE].is_empty()) {
        for column in [VALUE, RAW] {
            let changed = with_digit(&records, row, column).unwrap();
            assert!(unplaced(&changed) > before, "{:?} {column}", records[row]);
            tried += 1;
        }
    }
    assert!(tried > 50, "{tried}");
}

#[test]
fn an_old_workbook_that_broke_off_is_refused_or_read_whole() {
    for name in ["official.xls", "seen.xls"] {
        let tally = cut(name, &fixture(name), &whole);
        assert_eq!(tally.other, 0, "{name}: {tally:?}");
        assert!(tally.refused > tally.same, "{name}: {tally:?}");
    }
}
