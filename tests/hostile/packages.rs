//! Zips that say what is not so.

use crate::Expected::{Read, Refused};
use crate::raw::{Entry, zip};
use crate::{Case, SHEET, case, changed, miniature, with};

fn entries() -> Vec<Entry> {
    let parts = miniature::parts_of(&miniature::form());
    parts
        .iter()
        .map(|(name, bytes)| Entry::stored(name, bytes))
        .collect()
}

/// The form with a change in the headers of an entry.
fn lying(name: &str, change: impl Fn(&mut Entry)) -> Vec<u8> {
    let mut entries = entries();
    change(entries.iter_mut().find(|entry| entry.name == name).unwrap());
    zip(&entries, false)
}

/// The form with an entry more.
fn with_entry(entry: Entry) -> Vec<u8> {
    let mut entries = entries();
    entries.push(entry);
    zip(&entries, false)
}

pub fn cases() -> Vec<Case> {
    let many = |count: usize| {
        let mut all = entries();
        all.extend((0..count).map(|number| Entry::stored(&format!("x/{number}"), b"")));
        zip(&all, false)
    };
    let overlapping = {
        let first = Entry::stored("a", b"x");
        let others = (0..2000).map(|number| Entry {
            name: format!("n{number}"),
            ..first.clone()
        });
        let all: Vec<Entry> = std::iter::once(first.clone()).chain(others).collect();
        zip(&all, true)
    };
    let sheet = Entry::stored(SHEET, b"<worksheet><sheetData/></worksheet>");
    vec![
        case("a form made by hand", zip(&entries(), false), Read("145件")),
        case(
            "ten gigabytes of blanks in a sheet",
            lying(SHEET, |entry| {
                *entry = Entry::blanks(SHEET, 10.0);
            }),
            Refused("大きくなりすぎる部品があります（上限 512MB）：xl/worksheets/sheet1.xml"),
        ),
        case(
            "ten gigabytes of blanks in a sheet that says it is small",
            lying(SHEET, |entry| {
                *entry = Entry {
                    size: 400 << 20,
                    ..Entry::blanks(SHEET, 10.0)
                };
            }),
            Refused("圧縮率が高すぎる部品があります（上限 200倍）：xl/worksheets/sheet1.xml"),
        ),
        case(
            "a gigabyte of blanks in the styles",
            lying("xl/styles.xml", |entry| {
                *entry = Entry::blanks("xl/styles.xml", 1.0);
            }),
            Refused("大きくなりすぎる部品があります（上限 512MB）：xl/styles.xml"),
        ),
        case(
            "a gigabyte in the shared texts",
            lying("xl/sharedStrings.xml", |entry| {
                *entry = Entry {
                    size: 400 << 20,
                    ..Entry::blanks("xl/sharedStrings.xml", 1.0)
                };
            }),
            Refused("圧縮率"),
        ),
        case(
            "a gigabyte in a picture",
            with_entry(Entry::blanks("xl/media/image1.png", 1.0)),
            Refused("大きくなりすぎる部品があります（上限 512MB）：xl/media/image1.png"),
        ),
        case(
            "ten gigabytes in a picture that says it is small",
            with_entry(Entry {
                size: 1,
                ..Entry::blanks("xl/media/image1.png", 10.0)
            }),
            // Nothing of a picture is unpacked.
            Read("145件"),
        ),
        case(
            "sixty thousand entries",
            many(60_000),
            Refused("部品が多すぎます（上限 10000個）"),
        ),
        case("a thousand entries", many(1_000), Read("145件")),
        case(
            "two thousand overlapping entries",
            overlapping,
            Refused("壊れています"),
        ),
        case(
            "a size that is too small",
            lying(SHEET, |entry| entry.size -= 1),
            Refused("壊れています"),
        ),
        case(
            "a size that is too large",
            lying(SHEET, |entry| entry.size += 1),
            Refused("壊れています"),
        ),
        case(
            "a wrong checksum",
            lying(SHEET, |entry| entry.crc ^= 1),
            Refused("保存された内容が変わっています"),
        ),
        case(
            "a sheet twice",
            with_entry(sheet.clone()),
            Refused("同じ名前の部品が二つ"),
        ),
        case(
            "a sheet twice but for case",
            with_entry(Entry {
                name: "xl/Worksheets/Sheet1.xml".to_owned(),
                local: "xl/Worksheets/Sheet1.xml".to_owned(),
                ..sheet.clone()
            }),
            Refused("同じ名前の部品が二つ"),
        ),
        case(
            "two names of one entry",
            lying(SHEET, |entry| entry.local = entry.local.replace('1', "2")),
            Refused("部品の並び"),
        ),
        case(
            "an encrypted part",
            lying(SHEET, |entry| entry.flags = 1),
            Refused("暗号化"),
        ),
        case(
            "a part packed by another method",
            lying(SHEET, |entry| entry.method = 12),
            Refused("特殊な方法"),
        ),
        case(
            "a name above the package",
            with_entry(Entry::stored("../../etc/passwd", b"x")),
            Refused("部品の名前がファイルの外を指しています：../../etc/passwd"),
        ),
        case(
            "a target above the package",
            changed("xl/_rels/workbook.xml.rels", |text| {
                text.replace("worksheets/sheet1.xml", "../../../etc/passwd")
            }),
            Refused("部品がありません"),
        ),
        case(
            "no workbook",
            changed("_rels/.rels", |text| {
                text.replace("xl/workbook.xml", "xl/w.xml")
            }),
            Refused("部品がありません"),
        ),
        case(
            "no sheet",
            changed("xl/_rels/workbook.xml.rels", |text| {
                text.replace("sheet1.xml", "sheet9.xml")
            }),
            Refused("部品がありません"),
        ),
        case(
            "ten gigabytes in one attribute",
            lying(SHEET, |entry| {
                *entry = Entry {
                    size: 400 << 20,
                    ..Entry::blanks_behind(SHEET, b"<worksheet a=\"", 10.0)
                };
            }),
            Refused("圧縮率"),
        ),
        case(
            "one shared text of four gigabytes",
            lying("xl/sharedStrings.xml", |entry| {
                *entry = Entry {
                    size: 400 << 20,
                    ..Entry::blanks_behind("xl/sharedStrings.xml", b"<sst><si><t>", 4.0)
                };
            }),
            Refused("圧縮率"),
        ),
        case(
            "a zip in a zip",
            {
                let inner = with(&[]);
                zip(
                    &[Entry::stored(
                        "課/票.xlsx",
                        &zip(&[Entry::stored("a.xlsx", &inner)], false),
                    )],
                    false,
                )
            },
            Refused("ZIPが入っています"),
        ),
    ]
}
