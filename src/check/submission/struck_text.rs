//! S12
//!
//! The model has the text without the struck words, so a cell of which nothing is left is blank to
//! every other rule. Where an entry is required there, its N rule says so as well: that something
//! is missing is what matters, and this finding says which words went. Cells of which nothing is
//! left are told together, an item at a time: a crossed-out sheet is one cause.

use std::collections::BTreeMap;

use super::{at_place, every_return};
use crate::check::quote;
use crate::check::sidecar::sidecars;
use crate::model::{Book, CellRef, Finding, Level, Rule, Sidecar, Struck, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S12",
    name: "struck_text",
    level: Level::Warning,
    when: When::Both,
    title: "取消線のある記載",
    why: "取消線で消された語は取り込まないため、残すつもりの語まで消えていないか確かめる必要があります。",
    remedy: "取消線の引かれた部分を削除し、残す内容だけにして提出してください。",
    example: "実績値のセルの「12件」に取消線が引かれ、続けて「13件」と書かれている。",
    check,
};

/// How many of the struck texts a message quotes.
const QUOTED: usize = 5;

fn check(book: &Book) -> Vec<Finding> {
    let read = |sidecar: &&Sidecar| {
        every_return(book).any(|(_, returned)| returned.sheet.source == sidecar.source)
    };
    let mut found = Vec::new();
    for sidecar in sidecars(book).filter(read) {
        let mut whole: BTreeMap<Option<u32>, (Finding, Vec<&Struck>)> = BTreeMap::new();
        for (cell, struck) in &sidecar.struck {
            let finding = told(book, sidecar, *cell, struck);
            if !struck.is_whole() {
                found.push(finding);
                continue;
            }
            let (first, all) = whole
                .entry(finding.item)
                .or_insert_with(|| (finding, Vec::new()));
            first.cells.push(*cell);
            all.push(struck);
        }
        found.extend(
            whole
                .into_values()
                .map(|(first, all)| together(first, &all)),
        );
    }
    found
}

/// A cell with struck words.
fn told(book: &Book, sidecar: &Sidecar, cell: CellRef, struck: &Struck) -> Finding {
    let words: Vec<String> = struck.words.iter().map(|word| quote(word)).collect();
    let words = words.join("、");
    let message = match struck.is_whole() {
        true => format!("取消線で消された{words}は取り込まず、空欄として扱いました。"),
        false => format!(
            "取消線で消された{words}を除いて、{}と読み取りました。",
            quote(&struck.kept)
        ),
    };
    Finding {
        found: Some(struck.raw.clone()),
        ..at_place(book, &RULE, &sidecar.place(cell), message)
    }
}

/// The cells of an item of which nothing is left.
fn together(mut first: Finding, all: &[&Struck]) -> Finding {
    let count = all.len();
    if count < 2 {
        return first;
    }
    let raw: Vec<&str> = all.iter().map(|struck| struck.raw.as_str()).collect();
    let quoted: Vec<String> = raw.iter().take(QUOTED).map(|raw| quote(raw)).collect();
    let more = match count.saturating_sub(QUOTED) {
        0 => String::new(),
        more => format!("、ほか{more}か所"),
    };
    first.message = format!(
        "取消線で消された{count}か所の記載は取り込まず、空欄として扱いました：{}{more}",
        quoted.join("、")
    );
    first.found = Some(raw.join("\n"));
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::findings;
    use crate::check::fixture::{clean, found};
    use crate::check::sidecar::fixture::beside;

    #[test]
    fn fires() {
        let book = beside().struck("G12", "12件", "13件").of_clean();
        assert_eq!(found(&RULE, &book), ["S12 G12"]);
        let finding = check(&book).remove(0);
        let message = "取消線で消された「12件」を除いて、「13件」と読み取りました。";
        assert_eq!(finding.message, message);
        assert_eq!(finding.found.as_deref(), Some("12件13件"));
    }

    #[test]
    fn fires_once_an_item_for_what_is_struck_wholly_beside_what_is_missing() {
        let blank = clean().put("G12", "").put("I24", "").book();
        let struck = beside().struck("G12", "12件", "").struck("I24", "一覧", "");
        let book = struck.struck("A33", "※1 甲", "乙").of(blank);
        let all = findings(&book, &BTreeMap::new());
        let told = all.iter().map(|one| (one.code, one.cells.len()));
        let expected = [("N04", 1), ("S12", 2), ("S12", 1), ("P10", 1)];
        let told: Vec<(&str, usize)> = told.filter(|one| expected.contains(one)).collect();
        assert_eq!(told[..3], expected[..3]);
        let message =
            "取消線で消された2か所の記載は取り込まず、空欄として扱いました：「12件」、「一覧」";
        assert!(all.iter().any(|one| one.message == message));
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        assert!(found(&RULE, &beside().hidden_rows(24, 24, &["I24"]).of_clean()).is_empty());
    }
}
