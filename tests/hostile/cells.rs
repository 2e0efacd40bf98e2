//! Cells that are written so that a reader may take them for something else.

use crate::Expected::{Read, ReadAndTold, Refused, Told};
use crate::{Case, SHEET, actual, case, changed, miniature};

/// The year's actual as a cell with these attributes and this content.
fn cell(attributes: &str, content: &str) -> Vec<u8> {
    actual(&format!("<c r=\"E11\" {attributes}>{content}</c>"))
}

fn number(text: &str) -> Vec<u8> {
    cell("", &format!("<v>{text}</v>"))
}

fn formula(text: &str, kind: &str, value: &str) -> Vec<u8> {
    cell(kind, &format!("<f>{text}</f><v>{value}</v>"))
}

fn words(text: &str) -> Vec<u8> {
    cell(
        "t=\"inlineStr\"",
        &format!("<is><t xml:space=\"preserve\">{text}</t></is>"),
    )
}

/// The form with a part changed once more.
fn also(form: &[u8], part: &str, change: impl FnOnce(String) -> String) -> Vec<u8> {
    let mut parts = miniature::parts_of(form);
    let (_, bytes) = parts.iter_mut().find(|(name, _)| name == part).unwrap();
    *bytes = change(String::from_utf8(bytes.clone()).unwrap()).into_bytes();
    miniature::package(&parts)
}

/// A number that shows as a date.
fn dated(serial: &str) -> Vec<u8> {
    let form = cell("s=\"1\"", &format!("<v>{serial}</v>"));
    also(&form, "xl/styles.xml", |text| {
        let formats = text.find("<cellXfs").unwrap();
        let second = formats + text[formats..].rfind("<xf numFmtId=\"0\"").unwrap();
        let (before, behind) = text.split_at(second);
        assert!(before.matches("<xf ").count() > 1, "{text}");
        before.to_owned() + &behind.replacen("numFmtId=\"0\"", "numFmtId=\"14\"", 1)
    })
}

fn from_1904(form: &[u8]) -> Vec<u8> {
    also(form, "xl/workbook.xml", |text| {
        assert!(text.contains("<workbookPr "), "{text}");
        text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ")
    })
}

/// A text in the comment on the grade, the actual as it is.
fn comment(text: &str) -> Vec<u8> {
    changed(SHEET, |sheet| {
        let begin = sheet.find("<c r=\"B17\"").unwrap();
        let end = begin + sheet[begin..].find("</c>").unwrap() + "</c>".len();
        let cell = format!("<c r=\"B17\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        format!("{}{cell}{}", &sheet[..begin], &sheet[end..])
    })
}

/// The actual twice in the sheet.
fn twice() -> Vec<u8> {
    actual("<c r=\"E11\"><v>41</v></c><c r=\"E11\"><v>42</v></c>")
}

pub fn cases() -> Vec<Case> {
    let unreadable = || Told("S10", "セルを正しく読み取れません");
    let not_a_number = || Told("S10", "数値として扱えない値");
    let long = "あ".repeat(32_767);
    vec![
        case("a number", number("42"), Read("42")),
        case("a number in CDATA", number("<![CDATA[42]]>"), unreadable()),
        case("a number with a reference", number("&#52;2"), unreadable()),
        case(
            "a number with a comment",
            number("4<!-- x -->2"),
            unreadable(),
        ),
        case(
            "the text number -1",
            cell("t=\"s\"", "<v>-1</v>"),
            unreadable(),
        ),
        case(
            "the text number abc",
            cell("t=\"s\"", "<v>abc</v>"),
            unreadable(),
        ),
        case(
            "the text number +1",
            cell("t=\"s\"", "<v>+1</v>"),
            unreadable(),
        ),
        case(
            "the text number of nobody",
            cell("t=\"s\"", "<v>99999</v>"),
            unreadable(),
        ),
        case(
            "the text number with blanks",
            cell("t=\"s\"", "<v> 1 </v>"),
            unreadable(),
        ),
        case(
            "a result in CDATA",
            formula("A1", "t=\"str\"", "<![CDATA[145]]>件"),
            Read("145件"),
        ),
        case("two values", cell("", "<v>41</v><v>42</v>"), unreadable()),
        case(
            "two kinds of value",
            cell("t=\"inlineStr\"", "<is><t>41</t></is><v>42</v>"),
            unreadable(),
        ),
        case(
            "the same cell twice",
            twice(),
            ReadAndTold("41", "S10", "同じセルが二つ"),
        ),
        case(
            "a formula without a result",
            cell("", "<f>SUM(D11)</f>"),
            Told("S16", "計算結果が保存されていません"),
        ),
        case(
            "an error of Excel",
            cell("t=\"e\"", "<v>#REF!</v>"),
            ReadAndTold("#REF!", "S10", "#REF!"),
        ),
        case(
            "a spilled error",
            cell("t=\"e\"", "<v>#SPILL!</v>"),
            ReadAndTold("#SPILL!", "S10", "#SPILL!"),
        ),
        case(
            "an error that waits",
            cell("t=\"e\"", "<v>#GETTING_DATA</v>"),
            ReadAndTold("#GETTING_DATA", "S10", "#GETTING_DATA"),
        ),
        case(
            "an error of tomorrow",
            cell("t=\"e\"", "<v>#NEWER!</v>"),
            ReadAndTold("#NEWER!", "S16", "#NEWER!"),
        ),
        case(
            "an unknown type",
            cell("t=\"riddle\"", "<v>1</v>"),
            unreadable(),
        ),
        case(
            "an extension in the cell",
            cell("", "<v>42</v><extLst/>"),
            unreadable(),
        ),
        case("the truth 2", cell("t=\"b\"", "<v>2</v>"), unreadable()),
        case("not a number", number("NaN"), not_a_number()),
        case("without end", number("INF"), not_a_number()),
        case("too large", number("1e309"), not_a_number()),
        case(
            "four hundred digits",
            number(&"9".repeat(400)),
            not_a_number(),
        ),
        case(
            "a decimal comma",
            number("1,5"),
            ReadAndTold("1,5", "S10", "数値でない文字"),
        ),
        case(
            "a number in sixteens",
            number("0x10"),
            ReadAndTold("0x10", "S10", "数値でない文字"),
        ),
        case(
            "two signs",
            number("--1"),
            ReadAndTold("--1", "S10", "数値でない文字"),
        ),
        case(
            "eighteen digits",
            number("123456789012345678"),
            ReadAndTold("1.23457E+17", "S15", "中身は「123456789012345678」"),
        ),
        case(
            "a decimal comma in what says it is a number",
            cell("t=\"n\"", "<v>1,5</v>"),
            unreadable(),
        ),
        case(
            "sixteen digits of a fraction",
            number("0.1234567890123456"),
            Read("0.123456789"),
        ),
        case(
            "the date serial 0",
            dated("0"),
            ReadAndTold("1900/1/0", "S15", "日付の表示形式"),
        ),
        case(
            "the date serial 60",
            dated("60"),
            ReadAndTold("1900/2/29", "S15", "日付の表示形式"),
        ),
        case(
            "the date serial -1",
            dated("-1"),
            ReadAndTold("-1", "S15", "「########」と表示"),
        ),
        case(
            "the date serial 2958466",
            dated("2958466"),
            ReadAndTold("2958466", "S15", "「########」と表示"),
        ),
        case(
            "the date serial 1e300",
            dated("1e300"),
            ReadAndTold("1E+300", "S15", "「########」と表示"),
        ),
        case(
            "a date that counts from 1904",
            from_1904(&dated("43554")),
            ReadAndTold("2023/3/31", "S15", "日付の表示形式"),
        ),
        case(
            "a text of 32,768 characters",
            words(&"あ".repeat(32_768)),
            Refused("32,767文字を超えています"),
        ),
        case(
            "an escaped NUL in a comment",
            comment("おおむね_x0000_進みました。"),
            ReadAndTold("145件", "T03", "「␀」"),
        ),
        case(
            "a control character in a comment",
            comment("おおむね_x0007_進みました。"),
            ReadAndTold("145件", "T03", "「␇」"),
        ),
        case(
            "half a character in a comment",
            comment("おおむね_xD800_進みました。"),
            ReadAndTold("145件", "T03", "「\u{FFFD}」"),
        ),
        case(
            "a NUL as it is",
            comment("おおむね\0進みました。"),
            ReadAndTold("145件", "T03", "「␀」"),
        ),
        case(
            "a text of 32,767 characters",
            words(&long),
            Read(Box::leak(long.clone().into_boxed_str())),
        ),
        case(
            "half a character",
            words("145件_xD800_"),
            Read("145件\u{FFFD}"),
        ),
        case(
            "an escaped break",
            words("(累計)_x000A_145件"),
            Read("(累計)\n145件"),
        ),
        case(
            "an escaped NUL",
            words("145件_x0000_"),
            ReadAndTold("145件␀", "K01", "数値として読み取れません"),
        ),
        case(
            "an escape that is text",
            words("_x005F_x000D_"),
            Read("_x000D_"),
        ),
        case(
            "markup of the shared texts",
            words("&lt;r&gt;&lt;t&gt;a&lt;/t&gt;&lt;/r&gt;"),
            Read("<r><t>a</t></r>"),
        ),
        case(
            "a text that begins a formula",
            words("=cmd|'/C calc'!A0"),
            Read("=cmd|'/C calc'!A0"),
        ),
        case("a text with a plus", words("+1"), Read("+1")),
        case("a text with an at", words("@SUM(1)"), Read("@SUM(1)")),
        case("a text with a minus", words("-2"), Read("-2")),
        case(
            "a text that begins with a carriage return",
            words("&#13;145件"),
            Read("\n145件"),
        ),
        case("a text with a tab", words("&#9;145件"), Read("\t145件")),
        case("a full-width formula", words("＝1"), Read("＝1")),
    ]
}
