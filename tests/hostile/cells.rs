//! Cells that are written so that a reader may take them for something else.

use crate::Expected::{Read, ReadAndTold, Told};
use crate::{Case, actual, case};

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

/// The actual twice in the sheet.
fn twice() -> Vec<u8> {
    actual("<c r=\"E11\"><v>41</v></c><c r=\"E11\"><v>42</v></c>")
}

pub fn cases() -> Vec<Case> {
    let unreadable = || Told("S10", "セルを読み取れません");
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
            formula("A1", "t=\"str\"", "<![CDATA[145件]]>"),
            unreadable(),
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
            ReadAndTold("1,5", "K01", "数値として読み取れません"),
        ),
        case(
            "a number in sixteens",
            number("0x10"),
            ReadAndTold("0x10", "K01", "数値として読み取れません"),
        ),
        case(
            "two signs",
            number("--1"),
            ReadAndTold("--1", "K01", "数値として読み取れません"),
        ),
        case(
            "eighteen digits",
            number("123456789012345678"),
            ReadAndTold("1.23457E+17", "K01", "数値として読み取れません"),
        ),
        case(
            "the date serial 60",
            cell("s=\"1\"", "<v>60</v>"),
            Read("60"),
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
        case("a text with a tab", words("&#9;145件"), Read("\t145件")),
        case("a full-width formula", words("＝1"), Read("＝1")),
    ]
}
