//! Every limit on both sides: what is just allowed is read, one more is refused by name.

use std::fs;
use std::path::Path;

use crate::miniature::package;
use torimatome::job;
use torimatome::model::{RemarkKind, Workbook};
use torimatome::read::{self, Limited, Limits, ReadError, workbook};

const SHEET: &str = "xl/worksheets/sheet1.xml";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package of the fewest parts around a sheet's rows and what stands behind them.
fn parts(rows: &str, behind: &str) -> Vec<(String, Vec<u8>)> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |inner: String| format!("<Relationships>{inner}</Relationships>");
    let of_book = relation("r1", "worksheet", "worksheets/sheet1.xml")
        + &relation("r2", "worksheet", "worksheets/sheet2.xml")
        + &relation("r3", "styles", "styles.xml");
    [
        (
            "_rels/.rels",
            relations(relation("r1", "officeDocument", "xl/workbook.xml")),
        ),
        ("xl/_rels/workbook.xml.rels", relations(of_book)),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"一\" r:id=\"r1\"/><sheet name=\"二\" r:id=\"r2\"/></sheets></workbook>".to_owned(),
        ),
        (
            "xl/styles.xml",
            "<styleSheet><cellXfs><xf/><xf/><xf/></cellXfs></styleSheet>".to_owned(),
        ),
        (
            SHEET,
            format!("<worksheet><sheetData>{rows}</sheetData>{behind}</worksheet>"),
        ),
        (
            "xl/worksheets/sheet2.xml",
            "<worksheet><sheetData/></worksheet>".to_owned(),
        ),
    ]
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .to_vec()
}

fn size(parts: &[(String, Vec<u8>)], name: &str) -> u64 {
    let part = parts.iter().find(|(own, _)| own == name).unwrap();
    part.1.len() as u64
}

fn read_with(bytes: &[u8], set: impl Fn(&mut Limits)) -> Result<Workbook, ReadError> {
    let mut limits = Limits::default();
    set(&mut limits);
    workbook("総務課.xlsx", bytes.to_vec(), &limits)
}

/// Reads with a limit that is just enough, and with one less.
#[track_caller]
fn edge(bytes: &[u8], what: Limited, enough: u64, set: impl Fn(&mut Limits, u64)) {
    let read = read_with(bytes, |limits| set(limits, enough));
    assert!(read.is_ok(), "{what:?} {enough}: {:?}", read.err());
    let error = read_with(bytes, |limits| set(limits, enough - 1)).unwrap_err();
    let ReadError::OverLimit {
        what: told, limit, ..
    } = &error
    else {
        panic!("{what:?} {enough}: {error:?}");
    };
    assert_eq!((*told, *limit), (what, enough - 1));
    assert!(error.reason().contains("上限"), "{}", error.reason());
    if let Some((key, _)) = what.key() {
        assert!(error.advice().contains(key), "{}", error.advice());
    }
}

#[test]
fn the_package_is_read_up_to_its_limits() {
    let parts = parts("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", "");
    let bytes = package(&parts);
    edge(
        &bytes,
        Limited::Entries,
        parts.len() as u64,
        |limits, most| {
            limits.entries = most as usize;
        },
    );
    let longest = parts.iter().map(|(_, bytes)| bytes.len()).max().unwrap() as u64;
    edge(&bytes, Limited::Part, longest, |limits, most| {
        limits.part = most
    });
    let all: usize = parts.iter().map(|(_, bytes)| bytes.len()).sum();
    edge(&bytes, Limited::Total, all as u64, |limits, most| {
        limits.total = most
    });
}

#[test]
fn a_part_unpacks_up_to_its_ratio_and_small_parts_at_any() {
    let blanks = " ".repeat(200_000);
    let parts = parts("", &blanks);
    let bytes = package(&parts);
    let length = size(&parts, SHEET);
    let at_ratio_one = |grace: u64| {
        let set = |limits: &mut Limits| (limits.ratio, limits.ratio_grace) = (1, grace);
        read_with(&bytes, set)
    };
    assert!(at_ratio_one(length).is_ok());
    let refused = at_ratio_one(length - 1).unwrap_err();
    assert_eq!(refused, over_ratio(1));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let packed = archive.by_name(SHEET).unwrap().compressed_size();
    edge_of_ratio(&bytes, length.div_ceil(packed));
}

fn over_ratio(limit: u64) -> ReadError {
    ReadError::OverLimit {
        what: Limited::Ratio,
        limit,
        part: Some(SHEET.to_owned()),
    }
}

/// The ratio is told as it is set, whichever of its two counts refuses the part.
fn edge_of_ratio(bytes: &[u8], enough: u64) {
    edge(bytes, Limited::Ratio, enough, |limits, most| {
        (limits.ratio, limits.ratio_grace) = (most, 1000);
    });
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    // 40 MiB of blanks in 40 kB: the limit of the part alone would let it through.
    let bytes = package(&parts("", &" ".repeat(40 << 20)));
    let error = read_with(&bytes, |_| {}).unwrap_err();
    assert_eq!(error, over_ratio(read::RATIO));
    // 10 MiB of memory are enough to see it: no more than the grace and a step are unpacked.
    let small = read_with(&bytes, |limits| limits.memory = 10 << 20).unwrap_err();
    assert_eq!(small, error);
}

#[test]
fn sheets_are_walked_up_to_their_limits() {
    let row =
        "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>あいう</v></c><c r=\"B1\"/><c r=\"C1\"/></row>";
    let merges = "<mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A3:B3\"/></mergeCells>";
    let bytes = package(&parts(row, merges));
    edge(&bytes, Limited::Sheets, 2, |limits, most| {
        limits.sheets = most as usize
    });
    edge(&bytes, Limited::Cells, 3, |limits, most| {
        limits.cells = most as usize
    });
    edge(&bytes, Limited::Merges, 2, |limits, most| {
        limits.merges = most as usize
    });
    edge(&bytes, Limited::Styles, 3, |limits, most| {
        limits.styles = most as usize
    });
    let nested = package(&parts("", "<a><b><c></c></b></a>"));
    edge(&nested, Limited::Depth, 4, |limits, most| {
        limits.depth = most as usize
    });
    let long = "x".repeat(500);
    let bytes = package(&parts("", &format!("<a>{long}</a>")));
    edge(&bytes, Limited::Token, 500, |limits, most| {
        limits.token = most as usize
    });
    let flaws =
        "<row r=\"1\"><c r=\"A1\" t=\"?\"><v>1</v></c><c r=\"B1\" t=\"?\"><v>1</v></c></row>";
    let bytes = package(&parts(flaws, ""));
    edge(&bytes, Limited::Damaged, 2, |limits, most| {
        limits.damaged = most as usize
    });
}

#[test]
fn memory_is_counted_before_it_is_taken() {
    let cells: String = (1..=200)
        .map(|row| {
            format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"str\"><v>あいうえお</v></c></row>")
        })
        .collect();
    let bytes = package(&parts(&cells, ""));
    let fits = |memory: u64| read_with(&bytes, |limits| limits.memory = memory).is_ok();
    let (mut low, mut high) = (0, 1 << 20);
    while low + 1 < high {
        let middle = (low + high) / 2;
        match fits(middle) {
            true => high = middle,
            false => low = middle,
        }
    }
    // The part and its copy, the addresses, and each cell with its text.
    let least = 2 * size(&parts(&cells, ""), SHEET) + 200 * (128 + 15);
    assert!(
        (least..least + 10_000).contains(&high),
        "{high} for {least}"
    );
    edge(&bytes, Limited::Memory, high, |limits, most| {
        limits.memory = most
    });
}

#[test]
fn one_text_in_very_many_cells_is_refused_and_not_copied() {
    // A text of 30,000 characters in 65,000 cells would take five gigabytes.
    let long = "あ".repeat(30_000);
    let row = |number: u32| {
        let cells = "<c t=\"s\"><v>0</v></c>".repeat(250);
        format!("<row r=\"{number}\">{cells}</row>")
    };
    let mut parts = parts(&(1..=260).map(row).collect::<String>(), "");
    let texts = format!("<sst><si><t>{long}</t></si></sst>");
    parts.push(("xl/sharedStrings.xml".to_owned(), texts.into_bytes()));
    let relations = String::from_utf8(parts[1].1.clone()).unwrap();
    let more = format!(
        "<Relationship Id=\"r9\" Type=\"{OFFICE}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
    );
    parts[1].1 = relations.replace("</Relationships>", &more).into_bytes();
    let error = read_with(&package(&parts), |limits| limits.memory = 100 << 20).unwrap_err();
    assert!(
        matches!(
            error,
            ReadError::OverLimit {
                what: Limited::Memory,
                ..
            }
        ),
        "{error:?}"
    );
}

#[test]
fn what_stands_beside_the_cells_is_told_beyond_its_limit() {
    let mut parts = parts("", "");
    let relation = format!(
        "<Relationships><Relationship Id=\"r\" Type=\"{OFFICE}/comments\" Target=\"/xl/comments1.xml\"/></Relationships>"
    );
    let note = |cell: &str| {
        format!("<comment ref=\"{cell}\" authorId=\"0\"><text><t>{cell}</t></text></comment>")
    };
    let notes = format!(
        "<comments><authors><author>a</author></authors><commentList>{}{}</commentList></comments>",
        note("A1"),
        note("A2")
    );
    parts.push((
        "xl/worksheets/_rels/sheet1.xml.rels".to_owned(),
        relation.into(),
    ));
    parts.push(("xl/comments1.xml".to_owned(), notes.into()));
    let bytes = package(&parts);
    let kinds = |most: usize| {
        let book = read_with(&bytes, |limits| limits.remarks = most).unwrap();
        let remarks = book.sheets[0].remarks.iter().map(|remark| remark.kind);
        remarks.collect::<Vec<_>>()
    };
    assert_eq!(kinds(2), [RemarkKind::Note, RemarkKind::Note]);
    assert_eq!(kinds(1), [RemarkKind::Note, RemarkKind::Unread]);
}

/// The limits with their keys in torimatome.toml, their defaults there, and the unit's name.
fn table() -> Vec<(&'static str, u64, &'static str)> {
    let mut rows: Vec<(&str, u64, &str)> = [
        (Limited::File, read::FILE_BYTES),
        (Limited::Entries, read::ENTRIES as u64),
        (Limited::Part, read::PART_BYTES),
        (Limited::Total, read::TOTAL_BYTES),
        (Limited::Ratio, read::RATIO),
        (Limited::Token, read::TOKEN_BYTES as u64),
        (Limited::Depth, read::DEPTH as u64),
        (Limited::Sheets, read::SHEETS as u64),
        (Limited::Cells, read::CELLS as u64),
        (Limited::Merges, read::MERGES as u64),
        (Limited::Styles, read::STYLES as u64),
        (Limited::Damaged, read::DAMAGED as u64),
        (Limited::Memory, read::MEMORY_BYTES),
        (Limited::Seconds, read::SECONDS),
    ]
    .into_iter()
    .map(|(what, limit)| {
        let (key, unit) = what.key().unwrap();
        let name = match unit {
            1 => "",
            1024 => " KiB",
            _ => " MiB",
        };
        assert_eq!(limit % unit, 0, "{key}");
        (key, limit / unit, name)
    })
    .collect();
    rows.push(("ratio_grace_mib", read::RATIO_GRACE >> 20, " MiB"));
    rows.push(("remarks", read::REMARKS as u64, ""));
    rows
}

#[test]
fn the_security_page_tells_every_limit_as_it_is() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("SECURITY.md"));
    let page = page.unwrap();
    let told: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    let rows = table();
    assert_eq!(told.len(), rows.len());
    for (key, limit, unit) in rows {
        let row = told
            .iter()
            .find(|line| line.starts_with(&format!("| `{key}` |")));
        let row = row.unwrap_or_else(|| panic!("{key} is not told"));
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        assert_eq!(cells[2].replace(',', ""), format!("{limit}{unit}"), "{key}");
        assert!(cells[3].len() > 10, "{key} has no reason");
    }
    let longest = format!("{} characters", read::LONGEST_TEXT);
    assert!(page.replace(',', "").contains(&longest));
}

#[test]
fn every_limit_can_be_set_and_a_misspelt_one_is_told() {
    let settings = |line: &str| {
        format!("[period]\nfiscal_year = \"R5\"\nhalf = \"下半期\"\n[limits]\n{line}\n")
    };
    for (key, _, _) in table() {
        let parsed = job::parse(&settings(&format!("{key} = 7")), Path::new("."), &[]);
        let limits = parsed.unwrap().limits;
        assert_ne!(limits, job::Limits::default(), "{key}");
        for wrong in ["0", "\"7\"", "-1", "1.5"] {
            let parsed = job::parse(&settings(&format!("{key} = {wrong}")), Path::new("."), &[]);
            assert!(parsed.is_err(), "{key} = {wrong}");
        }
        let misspelt = format!("{}x = 7", key);
        let error = job::parse(&settings(&misspelt), Path::new("."), &[]).unwrap_err();
        assert!(
            error
                .to_string()
                .contains(&format!("「{key}」の書き間違い")),
            "{error}"
        );
    }
}
