//! T03

use std::collections::BTreeSet;

use super::encodable::{Known, Reach, limited};
use super::entries::entries;
use crate::check::{at_all, finding, returned};
use crate::model::{Book, Finding, ItemSheet, Level, Place, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "T03",
    name: "unencodable",
    level: Level::Info,
    when: When::Both,
    title: "機種依存文字",
    why: "ほかのシステムやホームページへ移すと、別の文字に変わったり失われたりします。",
    remedy: "「㈱」は「(株)」のように、どの機器でも表示できる文字に置き換えられないか確かめてください。",
    example: "改善事項に「㈱」や「Ⅲ」、絵文字が使われている。",
    check,
};

/// How many characters of a kind are named.
const NAMED: usize = 8;

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut known = Known::default();
    for (item, sheet) in returned(book) {
        let mut seen = BTreeSet::new();
        let mut named = [(Reach::Lost, Vec::new()), (Reach::Extension, Vec::new())];
        let mut places: Vec<&Place> = Vec::new();
        for (text, place) in written(sheet) {
            for (reach, shown) in limited(text, &mut known) {
                places.push(place);
                let all = named.iter_mut().find(|(kind, _)| *kind == reach);
                if let (Some((_, all)), true) = (all, seen.insert(shown.clone())) {
                    all.push(format!("「{shown}」（{}）", place.cell));
                }
            }
        }
        let Some(first) = places.first() else {
            continue;
        };
        let [(_, lost), (_, extension)] = &named;
        let lost = told(lost, "は、ほかのシステムへ移すと失われます。");
        let extension = told(extension, "は、環境によって正しく表示されません。");
        let place = Some((*first).clone());
        let finding = finding(&RULE, item, place, format!("{lost}{extension}"));
        found.push(at_all(finding, places));
    }
    found
}

/// What the department wrote: entries and footnotes.
fn written(sheet: &ItemSheet) -> Vec<(&str, &Place)> {
    let entries = entries(sheet).into_iter();
    let notes = sheet.footnotes.iter();
    let notes = notes.filter_map(|note| Some((note.cell.text(), note.cell.place.as_ref()?)));
    let mut all: Vec<_> = entries
        .map(|entry| (entry.text, entry.place))
        .chain(notes)
        .collect();
    // Several footnotes share a cell.
    all.dedup_by_key(|(_, place)| *place);
    all
}

fn told(named: &[String], what: &str) -> String {
    match named.len().saturating_sub(NAMED) {
        _ if named.is_empty() => String::new(),
        0 => format!("{}{what}", named.join("、")),
        more => format!("{}ほか{more}字{what}", named[..NAMED].join("、")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let book = clean().put("D30", "㈱小千谷と𠮷田さんの第Ⅲ期です。");
        let book = book.put("A32", "㈱小千谷と続けます🌸").book();
        assert_eq!(found(&RULE, &book), ["T03 D30,A32"]);
        let message = check(&book).remove(0).message;
        let told = "「𠮷」（D30）、「🌸」（A32）は、ほかのシステムへ移すと失われます。\
            「㈱」（D30）、「Ⅲ」（D30）は、環境によって正しく表示されません。";
        assert_eq!(message, told);
        let many = clean()
            .put("E22", "㈱㈲№℡㍻㎡ⅠⅡⅢⅣ")
            .put("A33", "※1 窓口業務…✓");
        let message = check(&many.book()).remove(0).message;
        assert!(message.contains("「Ⅱ」（E22）ほか2字は、"), "{message}");
        assert!(message.starts_with("「✓」（A33）は"), "{message}");
    }

    #[test]
    fn stays_silent() {
        assert_eq!(found(&RULE, &clean().book()), [""; 0]);
        for (cell, text) in [
            ("E22", "①窓口 ②郵送　…〜～—－10％→20％"),
            ("E22", "ｵﾝﾗｲﾝ申請を\t拡充\nしました。"),
            ("E22", "申請を\u{A0}拡充\u{200B}しました。\u{FEFF}"),
            ("C2", "㈱小千谷との連携"),
            ("A12", "第Ⅲ期の件数\nR3年度：30件"),
        ] {
            let book = clean().put(cell, text).book();
            assert_eq!(found(&RULE, &book), [""; 0], "{text}");
        }
    }
}
