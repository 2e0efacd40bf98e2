//! What would run, fetch or lead elsewhere; none of it reaches the output.

use std::io::{Cursor, Read as _};

use crate::Expected::ReadAndTold;
use crate::{Case, SHEET, case, changed, miniature, program, with};

/// The form with relations more, of the workbook or of its sheet, and with other parts.
fn linked(of_book: bool, relation: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let part = if of_book {
        "xl/_rels/workbook.xml.rels"
    } else {
        "xl/worksheets/_rels/sheet1.xml.rels"
    };
    let mut parts = miniature::parts_of(&miniature::form());
    let relations = parts.iter().find(|(name, _)| name == part);
    let relations = relations.map_or(
        "<Relationships></Relationships>".to_owned(),
        |(_, bytes)| String::from_utf8(bytes.clone()).unwrap(),
    );
    let relations = relations.replace("</Relationships>", &format!("{relation}</Relationships>"));
    parts.retain(|(name, _)| name != part);
    parts.push((part.to_owned(), relations.into_bytes()));
    for (name, text) in more {
        parts.retain(|(own, _)| own != name);
        parts.push(((*name).to_owned(), text.as_bytes().to_vec()));
    }
    miniature::package(&parts)
}

fn relation(kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"z1\" Type=\"/relationships/{kind}\" Target=\"{target}\"/>")
}

fn outside(kind: &str, target: &str) -> String {
    format!(
        "<Relationship Id=\"z1\" Type=\"/relationships/{kind}\" Target=\"{target}\" TargetMode=\"External\"/>"
    )
}

fn formula(text: &str) -> Vec<u8> {
    crate::actual(&format!(
        "<c r=\"E11\" t=\"str\"><f>{text}</f><v>145件</v></c>"
    ))
}

fn sheet_with(element: &str) -> String {
    let parts = miniature::parts_of(&miniature::form());
    let (_, bytes) = parts.iter().find(|(name, _)| name == SHEET).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    text.replace("</worksheet>", &format!("{element}</worksheet>"))
}

pub fn cases() -> Vec<Case> {
    let told = |words: &'static str| ReadAndTold("145件", "S17", words);
    let link = sheet_with("<hyperlinks><hyperlink ref=\"B2\" r:id=\"z1\"/></hyperlinks>");
    let linked_cell =
        |target: &str| linked(false, &outside("hyperlink", target), &[(SHEET, &link)]);
    let external = |inside: &str| {
        linked(
            true,
            &relation("externalLink", "externalLinks/externalLink1.xml"),
            &[
                ("xl/externalLinks/externalLink1.xml", inside),
                (
                    "xl/externalLinks/_rels/externalLink1.xml.rels",
                    &format!(
                        "<Relationships>{}</Relationships>",
                        outside("externalLinkPath", "file:///C:/予算.xlsx")
                    ),
                ),
            ],
        )
    };
    vec![
        case(
            "macros",
            linked(
                true,
                &relation("vbaProject", "vbaProject.bin"),
                &[("xl/vbaProject.bin", "x")],
            ),
            told("マクロ"),
        ),
        case(
            "macros that no relation names",
            with(&[("xl/vbaProject.bin", b"x")]),
            told("マクロ"),
        ),
        case(
            "a name that runs by itself",
            changed("xl/workbook.xml", |text| {
                text.replace("</sheets>", "</sheets><definedNames><definedName name=\"_xlnm.Auto_Open\">取組1!$A$1</definedName></definedNames>")
            }),
            told("Auto_Open"),
        ),
        case(
            "a link to another workbook",
            external("<externalLink><externalBook r:id=\"z1\"/></externalLink>"),
            told("file:///C:/予算.xlsx"),
        ),
        case(
            "a link that starts a program",
            external(
                "<externalLink><ddeLink ddeService=\"cmd\" ddeTopic=\"/C calc\"/></externalLink>",
            ),
            told("DDE"),
        ),
        case(
            "an object by a link",
            external("<externalLink><oleLink progId=\"x\"/></externalLink>"),
            told("埋め込まれた"),
        ),
        case("a formula of DDE", formula("cmd|'/C calc'!A0"), told("DDE")),
        case(
            "a formula that fetches",
            formula("_xlfn.WEBSERVICE(\"http://example.jp/\")"),
            told("外部から取り込む数式"),
        ),
        case(
            "a formula that calls a program",
            formula("CALL(\"kernel32\",\"WinExec\",\"JCJ\",\"calc\",0)"),
            told("プログラムを呼び出す数式"),
        ),
        case(
            "connections",
            linked(
                true,
                &relation("connections", "connections.xml"),
                &[("xl/connections.xml", "<connections/>")],
            ),
            told("外部データ"),
        ),
        case(
            "an embedded object",
            linked(
                false,
                &relation("oleObject", "../embeddings/o.bin"),
                &[("xl/embeddings/o.bin", "x")],
            ),
            told("埋め込まれた"),
        ),
        case(
            "a control that is a program",
            linked(
                false,
                &relation("control", "../activeX/a.xml"),
                &[("xl/activeX/a.xml", "<x/>")],
            ),
            told("ActiveX"),
        ),
        case(
            "a link of a script",
            linked_cell("javascript:alert(1)"),
            told("javascript:alert(1)"),
        ),
        case(
            "a link to a shared folder",
            linked_cell("file://///server/share/a.exe"),
            told("server/share"),
        ),
        case(
            "a link to a page",
            linked_cell("https://www.city.example.jp/"),
            told("Webサイトやメールへのリンク"),
        ),
        case(
            "a sheet of macros",
            {
                let listed = changed("xl/workbook.xml", |text| {
                    text.replace(
                        "</sheets>",
                        "<sheet name=\"Macro1\" sheetId=\"9\" r:id=\"z1\"/></sheets>",
                    )
                });
                let (_, book) = miniature::parts_of(&listed)
                    .into_iter()
                    .find(|(name, _)| name == "xl/workbook.xml")
                    .unwrap();
                linked(
                    true,
                    &relation("xlMacrosheet", "macrosheets/sheet1.xml"),
                    &[
                        (
                            "xl/macrosheets/sheet1.xml",
                            "<xm:macrosheet xmlns:xm=\"x\"/>",
                        ),
                        ("xl/workbook.xml", std::str::from_utf8(&book).unwrap()),
                    ],
                )
            },
            told("マクロ「Macro1」"),
        ),
    ]
}

/// Merging all of them gives a workbook in which nothing acts: our own links and no formula.
#[test]
fn nothing_that_acts_reaches_the_merged_workbook() {
    let job = program::folder("hostile-merged");
    miniature::job(&job, "");
    let all = cases().into_iter().chain(crate::cells::cases());
    for (number, case) in all.enumerate() {
        let crate::Made::Bytes(bytes) = case.made else {
            continue;
        };
        std::fs::write(job.join(format!("回収/{number:03}.xlsx")), bytes).unwrap();
    }
    let output = job.join("集約版.xlsx");
    let path = output.to_str().unwrap();
    program::run(&["merge", job.to_str().unwrap(), "-o", path]).ends_with(1);
    let bytes = std::fs::read(&output).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().to_lowercase();
        for word in [
            "vba",
            "external",
            "embeddings",
            "activex",
            "connections",
            "macrosheets",
        ] {
            assert!(!name.contains(word), "{name}");
        }
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        assert!(!text.contains("TargetMode"), "{name} leads outside");
        assert!(
            !text.contains("<f>") && !text.contains("<f "),
            "{name} has a formula"
        );
        assert!(
            !text.contains("ddeLink") && !text.contains("Auto_Open</"),
            "{name}"
        );
    }
}
