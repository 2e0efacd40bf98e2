//! xls, ods and csv.

use std::io::Write;

use crate::Expected::{Read, Refused, Told};
use crate::{Case, case, miniature, program};

const SPACES: &str = concat!(
    r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" "#,
    r#"xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" "#,
    r#"xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" "#,
);

/// The form as an ods, with more rows behind it; `end` is what ends the part.
fn ods_with(more: &str, end: &str) -> Vec<u8> {
    let mut rows = String::new();
    let texts = |row: u32| {
        let column = |letter: char| {
            let address = format!("{letter}{row}");
            let cells = miniature::FORM.iter();
            let found = cells.clone().find(|(own, _)| *own == address);
            let text = found.map_or("", |(_, text)| text);
            let lines: String = text
                .lines()
                .map(|line| format!("<text:p>{line}</text:p>"))
                .collect();
            match text.is_empty() {
                true => "<table:table-cell/>".to_owned(),
                false => format!(
                    "<table:table-cell office:value-type=\"string\">{lines}</table:table-cell>"
                ),
            }
        };
        ('A'..='E').map(column).collect::<String>()
    };
    for row in 1..=16 {
        rows += &format!("<table:table-row>{}</table:table-row>", texts(row));
    }
    let content = format!(
        "<office:document-content {SPACES}><office:body><office:spreadsheet><table:table table:name=\"取組1\">{rows}{more}{end}"
    );
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_str()),
    ] {
        writer
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn ods(more: &str) -> Vec<u8> {
    ods_with(
        more,
        "</table:table></office:spreadsheet></office:body></office:document-content>",
    )
}

fn repeated(columns: &str, rows: &str, text: &str) -> Vec<u8> {
    ods(&format!(
        "<table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell table:number-columns-repeated=\"{columns}\" office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell></table:table-row>"
    ))
}

fn old() -> Vec<u8> {
    std::fs::read(program::root().join("tests/fixtures/formats/official.xls")).unwrap()
}

/// An old workbook with one of its cells moved to a corner.
fn moved() -> Vec<u8> {
    let mut bytes = old();
    let at = bytes
        .windows(4)
        .position(|at| at == [0xFD, 0, 10, 0])
        .unwrap();
    bytes[at + 4..at + 6].fill(0xFF);
    bytes[at + 6] = 0xFF;
    bytes
}

fn encrypted() -> Vec<u8> {
    let mut bytes = old();
    let at = bytes
        .windows(4)
        .position(|at| at == [0x42, 0, 2, 0])
        .unwrap();
    bytes[at] = 0x2F;
    bytes
}

pub fn cases() -> Vec<Case> {
    let named = |file: &'static str, case: Case| Case { file, ..case };
    let long = "あ".repeat(30_000);
    vec![
        named("総務課.ods", case("a form as ods", ods(""), Read("145件"))),
        named(
            "総務課.ods",
            case(
                "an ods that ends in a table",
                ods_with("", ""),
                Refused("書き方が正しくありません"),
            ),
        ),
        named(
            "総務課.ods",
            case(
                "ninety million repeated cells",
                repeated("9000", "10000", "x"),
                Refused("セルが多すぎます（上限 10000000個）"),
            ),
        ),
        named(
            "総務課.ods",
            case(
                "a long text in a hundred thousand cells",
                repeated("100", "1000", &long),
                Refused("メモリー"),
            ),
        ),
        named(
            "総務課.ods",
            case(
                "a text repeated 2^31 times",
                repeated("1", "2147483648", "x"),
                Refused("セルが多すぎます"),
            ),
        ),
        named(
            "総務課.ods",
            case(
                "a text repeated 2^63 times",
                repeated("9223372036854775808", "1", "x"),
                Refused("セルが多すぎます"),
            ),
        ),
        named(
            "総務課.ods",
            case(
                "empty rows without end",
                ods(
                    "<table:table-row table:number-rows-repeated=\"2147483648\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
                ),
                Read("145件"),
            ),
        ),
        named(
            "総務課.xls",
            case(
                "an xls with a cell in a corner",
                moved(),
                Refused("間のセルが多すぎます"),
            ),
        ),
        named(
            "総務課.xls",
            case("an encrypted xls", encrypted(), Refused("パスワード")),
        ),
        named(
            "総務課.csv",
            case(
                "a quote that never ends",
                b"a,b\n\"1,2\n".to_vec(),
                Refused("引用符"),
            ),
        ),
        named(
            "総務課.csv",
            case(
                "a table of eleven million fields",
                ",1".repeat(11_000_000).into_bytes(),
                Refused("「XFE1」はシートにないセル番地"),
            ),
        ),
        named(
            "総務課.csv",
            case(
                "a table of ten thousand cells",
                "1,2,3,4,5,6,7,8,9,10\n".repeat(1_000).into_bytes(),
                Told("S04", "見出しが見つかりません"),
            ),
        ),
        named(
            "総務課.csv",
            case(
                "a table of nothing known",
                b"a,b\n1,2\n".to_vec(),
                Told("S04", "見出しが見つかりません"),
            ),
        ),
    ]
}
