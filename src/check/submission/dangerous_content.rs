//! S17

use std::collections::BTreeMap;

use super::{at_place, department_of};
use crate::check::{finding_outside, quote};
use crate::model::{
    Active, ActiveKind, Book, CellRef, CollectedFile, Finding, Level, Place, Rule, Source, When,
};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S17",
    name: "dangerous_content",
    level: Level::Warning,
    when: When::Both,
    title: "危険な中身",
    why: "ファイルを開いた人のパソコンで、意図しないプログラムが動いたり、外部に接続したりするおそれがあります。取りまとめでは実行も接続もせず、集約版にも引き継ぎません。",
    remedy: "意図して入れたものか提出元に確かめ、不要であれば取り除き、xlsx形式で保存し直して提出してください。",
    example: "マクロの入った「総務課.xlsm」や、ほかのブックを参照する数式の入ったファイルが提出された。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let all = book.files.iter().map(|file| of_file(book, file));
    all.flatten().collect()
}

/// Those of a file in one finding, and those in cells by sheet and kind.
fn of_file(book: &Book, file: &CollectedFile) -> Vec<Finding> {
    let mut whole: BTreeMap<ActiveKind, Vec<&str>> = BTreeMap::new();
    let mut cells: BTreeMap<(&str, ActiveKind), Vec<(CellRef, &Active)>> = BTreeMap::new();
    for active in &file.active {
        match (&active.at, active.kind) {
            (Some((sheet, cell)), kind) if kind != ActiveKind::PlainLink => {
                let own = cells.entry((sheet, kind)).or_default();
                own.push((*cell, active));
            }
            (Some(_) | None, kind) => whole.entry(kind).or_default().push(&active.what),
        }
    }
    let plain = whole.remove(&ActiveKind::PlainLink);
    let in_file = |message: String, level: Level| Finding {
        level,
        file: Some(file.name.clone()),
        department: department_of(book, &file.name),
        ..finding_outside(&RULE, None, message)
    };
    let mut found = Vec::new();
    if !whole.is_empty() {
        let kinds = whole.iter().map(|(kind, what)| named(*kind, what));
        let kinds: Vec<String> = kinds.collect();
        let message = format!("「{}」に{}が含まれています。", file.name, kinds.join("、"));
        found.push(in_file(message, Level::Warning));
    }
    if let Some(what) = plain {
        let links = named(ActiveKind::PlainLink, &what);
        let name = &file.name;
        let message = format!("「{name}」に{links}があります。集約版には文字だけが載ります。");
        found.push(in_file(message, Level::Info));
    }
    for ((sheet, kind), own) in cells {
        let (file, sheet) = (file.name.clone(), sheet.to_owned());
        let source = Source { file, sheet }.into();
        let what: Vec<&str> = own.iter().map(|(_, active)| active.what.as_str()).collect();
        let cell = own[0].0;
        let place = Place { source, cell };
        let message = format!("セルに{}が入っています。", named(kind, &what));
        found.push(Finding {
            cells: own.iter().map(|(cell, _)| *cell).collect(),
            found: Some(what[0].to_owned()),
            ..at_place(book, &RULE, &place, message)
        });
    }
    found
}

/// A kind with what it leads to: `ほかのブックへのリンク「a.xlsx」ほか2件`.
fn named(kind: ActiveKind, what: &[&str]) -> String {
    let name = kind.label();
    let said: Vec<&&str> = what.iter().filter(|what| !what.is_empty()).collect();
    match said.as_slice() {
        [] => name.to_owned(),
        [one] => name.to_owned() + &quote(one),
        [first, rest @ ..] => format!("{name}{}ほか{}件", quote(first), rest.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::active::{OF_BOOK, OF_SHEET, SHEET, relation, with_parts};
    use crate::check::fixture::{clean, found};

    const ALL: &str = "Relationships";

    #[test]
    fn fires() {
        let sheets = relation("vbaProject", "vbaProject.bin") + &relation("connections", "c.xml");
        let book = with_parts(&[(OF_BOOK, ALL, &sheets), ("xl/vbaProject.bin", "", "x")]);
        assert_eq!(found(&RULE, &book), ["S17"]);
        let told = &check(&book)[0];
        let expected = "「総務課.xlsx」にマクロ、外部データへの接続が含まれています。";
        assert_eq!(told.message, expected);
        assert_eq!(told.department.as_deref(), Some("総務課"));
        let link = relation("externalLink", "l/1.xml");
        let target = relation("externalLinkPath", "file:///a/予算.xlsx");
        let parts = [
            (OF_BOOK, ALL, link.as_str()),
            ("xl/l/1.xml", "externalLink", ""),
            ("xl/l/_rels/1.xml.rels", ALL, &target),
        ];
        let told = check(&with_parts(&parts)).remove(0);
        assert!(
            told.message.contains("リンク「file:///a/予算.xlsx」が"),
            "{}",
            told.message
        );
    }

    #[test]
    fn fires_at_the_cells_of_formulas_and_links() {
        let dde = "<row r=\"60\"><c r=\"B60\"><f>cmd|'/C calc'!A0</f><v>1</v></c></row>";
        let links = "<hyperlinks><hyperlink ref=\"C2\" r:id=\"xhyperlink\"/></hyperlinks>";
        let target = relation("hyperlink", "javascript:alert(1)");
        let parts = [
            (SHEET, "sheetData", dde),
            (SHEET, "worksheet", links),
            (OF_SHEET, ALL, target.as_str()),
        ];
        let book = with_parts(&parts);
        assert_eq!(found(&RULE, &book), ["S17 C2", "S17 B60"]);
        let target = relation("hyperlink", "https://example.jp/");
        let parts = [
            (SHEET, "worksheet", links),
            (OF_SHEET, ALL, target.as_str()),
        ];
        assert_eq!(found(&RULE, &with_parts(&parts)), ["S17 info"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        assert!(found(&RULE, &with_parts(&[])).is_empty());
        let sum = "<row r=\"60\"><c r=\"B60\"><f>SUM(A1:A3)</f><v>1</v></c></row>";
        assert!(found(&RULE, &with_parts(&[(SHEET, "sheetData", sum)])).is_empty());
    }
}
