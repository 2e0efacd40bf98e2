//! Parts that one program reads in one way and another in another.

use crate::Expected::{Read, ReadAndTold, Refused};
use crate::{Case, SHEET, case, changed, with};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The form's sheet with a change.
fn sheet(change: impl FnOnce(String) -> String) -> Vec<u8> {
    changed(SHEET, change)
}

/// The form's sheet with rows more.
fn rows(more: &str) -> Vec<u8> {
    sheet(|text| text.replace("</sheetData>", &format!("{more}</sheetData>")))
}

fn behind(more: &str) -> Vec<u8> {
    sheet(|text| text.replace("</sheetData>", &format!("</sheetData>{more}")))
}

fn doctype(declaration: &str) -> Vec<u8> {
    sheet(|text| text.replace(HEAD, &format!("{HEAD}{declaration}")))
}

fn texts(change: impl FnOnce(String) -> String) -> Vec<u8> {
    changed("xl/sharedStrings.xml", change)
}

fn count(number: &str) -> Vec<u8> {
    texts(|text| {
        let begin = text.find("uniqueCount=\"").unwrap() + "uniqueCount=\"".len();
        let end = begin + text[begin..].find('"').unwrap();
        format!("{}{number}{}", &text[..begin], &text[end..])
    })
}

fn book(change: impl FnOnce(String) -> String) -> Vec<u8> {
    changed("xl/workbook.xml", change)
}

fn nested(depth: usize) -> Vec<u8> {
    behind(&format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth)))
}

fn merges(count: u32, overlapping: bool) -> Vec<u8> {
    let merge = |number: u32| {
        let row = 1000 + number;
        let last = row + u32::from(overlapping);
        format!("<mergeCell ref=\"H{row}:J{last}\"/>")
    };
    let more: String = (0..count).map(merge).collect();
    sheet(|text| text.replace("</mergeCells>", &format!("{more}</mergeCells>")))
}

/// Rows of numbers; the numbers differ, so that no ratio is reached.
fn numbers(count: u32, row: &dyn Fn(u32) -> String) -> Vec<u8> {
    rows(&(0..count).map(row).collect::<String>())
}

fn sheets(count: usize) -> Vec<u8> {
    let more: String = (2..=count)
        .map(|number| format!("<sheet name=\"s{number}\" sheetId=\"{number}\" r:id=\"rId1\"/>"))
        .collect();
    book(|text| text.replace("</sheets>", &format!("{more}</sheets>")))
}

pub fn cases() -> Vec<Case> {
    let malformed = || Refused("部品の書き方が正しくありません");
    let block = || Refused("セルの並びが正しくありません");
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let fetched = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>";
    let wide = || {
        let parts = crate::miniature::parts_of(&crate::miniature::form());
        let (_, bytes) = parts.iter().find(|(name, _)| name == SHEET).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        let text = text.replace("UTF-8", "UTF-16");
        let units = "\u{FEFF}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .collect::<Vec<_>>();
        units
            .into_iter()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    vec![
        case("billion laughs", doctype(laughs), Refused("DOCTYPE")),
        case(
            "an entity from outside",
            doctype(fetched),
            Refused("DOCTYPE"),
        ),
        case(
            "a document type alone",
            doctype("<!DOCTYPE worksheet>"),
            Refused("DOCTYPE"),
        ),
        case("an unknown entity", behind("<a>&nbsp;</a>"), malformed()),
        case(
            "a million nested elements",
            nested(1_000_000),
            Refused("入れ子が深すぎます（上限 100段）"),
        ),
        case("ninety nested elements", nested(90), Read("145件")),
        case(
            "a text of two million bytes",
            behind(&format!("<a>{}</a>", "xy".repeat(1_000_000))),
            Refused("長すぎる文字列"),
        ),
        case(
            "a count of 2^63-1",
            count("9223372036854775807"),
            Refused("文字列の数"),
        ),
        case(
            "a count of 10^10",
            count("10000000000"),
            Refused("文字列の数"),
        ),
        case("a count of 10^8", count("100000000"), Refused("文字列の数")),
        case(
            "a shared formula of 2^40",
            rows(
                "<row r=\"90\"><c r=\"A90\"><f t=\"shared\" si=\"1099511627776\">1</f><v>1</v></c></row>",
            ),
            malformed(),
        ),
        case(
            "a shared formula of 10^8",
            rows("<row r=\"90\"><c r=\"A90\"><f t=\"shared\" si=\"100000000\"/><v>1</v></c></row>"),
            malformed(),
        ),
        case(
            "a shared formula",
            rows("<row r=\"90\"><c r=\"A90\"><f t=\"shared\" si=\"7\"/><v>1</v></c></row>"),
            ReadAndTold("145件", "S05", "様式"),
        ),
        case(
            "a cell in the last corner",
            rows("<row r=\"1048576\"><c r=\"XFD1048576\"><v>7</v></c></row>"),
            ReadAndTold("145件", "S05", "様式"),
        ),
        case(
            "a stray cell in Z1048576",
            rows("<row r=\"1048576\"><c r=\"Z1048576\"><v>7</v></c></row>"),
            ReadAndTold("145件", "S05", "様式"),
        ),
        case(
            "a format in the last corner",
            rows("<row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>"),
            Read("145件"),
        ),
        case(
            "five thousand rows and a value in XFD",
            numbers(5_000, &|row| match row {
                0 => "<row r=\"100\"><c r=\"XFD100\"><v>7</v></c></row>".to_owned(),
                row => format!("<row r=\"{0}\"><c r=\"A{0}\" s=\"1\"/></row>", row + 100),
            }),
            ReadAndTold("145件", "S05", "様式"),
        ),
        case(
            "five thousand rows and a cell in XFD",
            numbers(5_000, &|row| {
                format!("<row r=\"{0}\"><c r=\"XFD{0}\" s=\"1\"/></row>", row + 100)
            }),
            Read("145件"),
        ),
        case(
            "the cell ZZZZZZZ1",
            rows("<row r=\"90\"><c r=\"ZZZZZZZ1\"><v>1</v></c></row>"),
            Refused("「ZZZZZZZ1」はシートにないセル番地"),
        ),
        case(
            "the cell A99999999999999999999",
            rows("<row r=\"90\"><c r=\"A99999999999999999999\"><v>1</v></c></row>"),
            Refused("セル番地"),
        ),
        case(
            "the cell A4294967297",
            rows("<row r=\"90\"><c r=\"A4294967297\"><v>1</v></c></row>"),
            Refused("「A4294967297」"),
        ),
        case(
            "the cell XFE1",
            rows("<row r=\"90\"><c r=\"XFE90\"><v>1</v></c></row>"),
            Refused("「XFE90」"),
        ),
        case(
            "the cell A1048577",
            rows("<row r=\"1048577\"><c r=\"A1048577\"><v>1</v></c></row>"),
            Refused("セル番地"),
        ),
        case(
            "seventeen thousand columns",
            rows(&format!(
                "<row r=\"90\">{}</row>",
                "<c s=\"1\"/>".repeat(17_000)
            )),
            Refused("セル番地"),
        ),
        case(
            "more rows than a sheet has",
            rows(&"<row><c><v>1</v></c></row>".repeat(1_100_000)),
            Refused("セル番地"),
        ),
        case(
            "a reversed extent",
            sheet(|text| text.replace("<dimension ref=\"A1:E19\"/>", "<dimension ref=\"C5:A1\"/>")),
            Read("145件"),
        ),
        case(
            "a reversed merge",
            sheet(|text| text.replace("</mergeCells>", "<mergeCell ref=\"K9:H3\"/></mergeCells>")),
            Read("145件"),
        ),
        case(
            "ten thousand overlapping merges",
            merges(10_000, true),
            ReadAndTold("145件", "S19", "「H1001:J1002」が「H1000:J1001」"),
        ),
        case(
            "a merge over the year's values",
            sheet(|text| {
                text.replace("</mergeCells>", "<mergeCell ref=\"C11:E11\"/></mergeCells>")
            }),
            ReadAndTold("145件", "S19", "「C11:E11」が「A11:C12」"),
        ),
        case(
            "a merge twice",
            sheet(|text| {
                text.replace("</mergeCells>", "<mergeCell ref=\"A11:C12\"/></mergeCells>")
            }),
            Read("145件"),
        ),
        case(
            "five hundred thousand merges",
            merges(500_000, false),
            Read("145件"),
        ),
        case(
            "a second block of cells",
            behind("<sheetData><row r=\"99\"><c r=\"A99\"><v>1</v></c></row></sheetData>"),
            block(),
        ),
        case(
            "a row behind the cells",
            behind("<row r=\"99\"><c r=\"A99\"><v>1</v></c></row>"),
            block(),
        ),
        case(
            "a choice of contents",
            rows("<mc:AlternateContent><row r=\"90\"/></mc:AlternateContent>"),
            block(),
        ),
        case(
            "a misspelt block of cells",
            sheet(|text| text.replace("sheetData", "sheetDatb")),
            block(),
        ),
        case(
            "a sheet in UTF-16",
            with(&[(SHEET, &wide())]),
            Refused("UTF-8"),
        ),
        case(
            "an attribute twice",
            sheet(|text| text.replace("<c r=\"E11\"", "<c r=\"E11\" r=\"C9\"")),
            malformed(),
        ),
        case(
            "a tag that does not end",
            sheet(|text| text.replace("</worksheet>", "")),
            malformed(),
        ),
        case(
            "two roots",
            sheet(|text| text + "<worksheet/>"),
            malformed(),
        ),
        case(
            "text behind the root",
            sheet(|text| text + "x"),
            malformed(),
        ),
        case(
            "two sheets of one name",
            book(|text| {
                text.replace("</sheets>", "<sheet name=\"取組１\" sheetId=\"9\" r:id=\"rId1\"/><sheet name=\"取組1\" sheetId=\"9\" r:id=\"rId1\"/></sheets>")
            }),
            Refused("同じ名前のシート"),
        ),
        case(
            "one part for two sheets",
            book(|text| {
                text.replace(
                    "</sheets>",
                    "<sheet name=\"b\" sheetId=\"9\" r:id=\"rId1\"/></sheets>",
                )
            }),
            Refused("同じ名前の部品"),
        ),
        case(
            "ten thousand sheets",
            sheets(10_000),
            Refused("シートが多すぎます（上限 1000枚）"),
        ),
        case(
            "a sheet of an unknown state",
            book(|text| text.replace("<sheet name", "<sheet state=\"strange\" name")),
            Read("145件"),
        ),
        case(
            "eleven million cells",
            numbers(11_000, &|row| {
                format!("<row r=\"{}\">{}</row>", row + 100, "<c/>".repeat(1_000))
            }),
            Refused("セルが多すぎます（上限 10000000個）"),
        ),
        case(
            "a million empty cells",
            numbers(1_000, &|row| {
                format!("<row r=\"{}\">{}</row>", row + 100, "<c/>".repeat(1_000))
            }),
            Read("145件"),
        ),
    ]
}
