//! What comes under the name of a workbook.

use crate::Expected::{Read, Refused, Told};
use crate::{Case, Made, case, miniature};

fn ole(names: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(1536, 0);
    for (place, name) in names.iter().enumerate() {
        for (at, unit) in name.encode_utf16().enumerate() {
            bytes[1024 + 128 * place + 2 * at..][..2].copy_from_slice(&unit.to_le_bytes());
        }
    }
    bytes
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(
        crate::program::root()
            .join("tests/fixtures/formats")
            .join(name),
    )
    .unwrap()
}

pub fn cases() -> Vec<Case> {
    let named = |file: &'static str, case: Case| Case { file, ..case };
    let shell = |name: &'static str, command: &'static str, words: &'static str| Case {
        made: Made::Shell(command),
        ..case(name, Vec::new(), Refused(words))
    };
    let mut cases = vec![
        shell("a named pipe", "mkfifo \"$1\"", "通常のファイルではありません"),
        shell("a link to an endless device", "ln -s /dev/zero \"$1\"", "通常のファイルではありません"),
        shell("a link to nothing", "ln -s nothing \"$1\"", "見つかりません"),
        shell("a file of two gigabytes", "truncate -s 2G \"$1\"", "大きすぎます（上限 64MB）"),
        case("an empty file", Vec::new(), Refused("空です")),
        case("one byte", b"P".to_vec(), Refused("文章（テキスト）")),
        case("a page", b"<html><table><tr><td>1</td></tr></table></html>".to_vec(), Refused("HTML")),
        case("a pdf", b"%PDF-1.7\n1 0 obj".to_vec(), Refused("PDF")),
        case("an owner file", b"\x06user\0\0\0".to_vec(), Refused("Excelのブックではありません")),
        case("a password", ole(&["EncryptionInfo", "EncryptedPackage"]), Refused("パスワード")),
        case("a picture", b"\x89PNG\r\n\x1A\n".to_vec(), Refused("画像")),
        case("noise", (0..5000u32).map(|n| ((n * 7919) >> 3) as u8).collect(), Refused("ではありません")),
        case("the end of a zip alone", b"PK\x05\x06".to_vec(), Refused("ZIPの中に")),
        case("a document of Word", crate::with(&[(
            "_rels/.rels",
            br#"<Relationships><Relationship Id="r" Type="/officeDocument" Target="word/document.xml"/></Relationships>"#,
        )]), Refused("Word")),
        named("総務課.xls", case("an xlsx called xls", miniature::form(), Read("145件"))),
        named("総務課.xlsb", case("an xlsx called xlsb", miniature::form(), Read("145件"))),
        named("総務課.ods", case("an xlsx called ods", miniature::form(), Read("145件"))),
        named("総務課.csv", case("an xlsx called csv", miniature::form(), Read("145件"))),
        case("a csv called xlsx", b"a,b\n1,2\n".to_vec(), Told("S04", "見出しが見つかりません")),
        named("総務課.xls", case("a password called xls", ole(&["EncryptedPackage"]), Refused("パスワード"))),
    ];
    let whole = miniature::form();
    for (name, part) in [("cut at a tenth", 10), ("cut at the half", 2)] {
        let cut = whole[..whole.len() / part].to_vec();
        cases.push(case(name, cut, Refused("壊れています")));
    }
    cases.push(case(
        "cut by one byte",
        whole[..whole.len() - 1].to_vec(),
        Refused("壊れています"),
    ));
    let old = fixture("official.xls");
    for (name, length) in [
        ("an xls cut in its header", 300),
        ("an xls cut at the half", old.len() / 2),
    ] {
        cases.push(case(
            name,
            old[..length].to_vec(),
            Refused("Excelのブックではありません"),
        ));
    }
    cases
}
