//! S10

use super::{at_place, entries};
use crate::check::{finding, is_error_value, quote, returned};
use crate::model::{Book, Finding, Level, Place, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S10",
    name: "error_value",
    level: Level::Error,
    when: When::Both,
    title: "数式のエラー値",
    why: "数式の参照先が失われるなどして、正しい値が分かりません。",
    remedy: "数式を直すか、正しい値を直接記入してください。",
    example: "実績値のセルに「#REF!」と表示されている。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut told: Vec<&Place> = Vec::new();
    for (item, sheet) in returned(book) {
        for entry in entries(sheet) {
            let (Some(raw), Some(place)) = (entry.raw, entry.place) else {
                continue;
            };
            if !is_error_value(raw) || told.contains(&place) {
                continue;
            }
            told.push(place);
            let message = format!("数式がエラー値{}になっています。", quote(raw.trim()));
            let mut finding = finding(&RULE, item, Some(place.clone()), message);
            finding.found = Some(raw.to_owned());
            found.push(finding);
        }
    }
    for (place, reason) in book.files.iter().flat_map(|file| &file.damaged) {
        if !told.contains(&place) {
            let message = format!("セルを読み取れません：{reason}");
            found.push(at_place(book, &RULE, place, message));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let mut book = clean().put("G12", "#REF!").put("D30", "#N/A").book();
        assert_eq!(found(&RULE, &book), ["S10 G12", "S10 D30"]);
        let mut place = book.items[0].returns[0].sheet.title.place.clone().unwrap();
        book.files[0]
            .damaged
            .push((place.clone(), "#SPILL!".to_owned()));
        place.cell.row = 11;
        place.cell.column = 6;
        book.files[0].damaged.push((place, "#REF!".to_owned()));
        assert_eq!(found(&RULE, &book), ["S10 C2", "S10 G12", "S10 D30"]);
    }

    #[test]
    fn stays_silent() {
        let book = clean().put("D30", "#REF!を直しました。").book();
        assert!(found(&RULE, &book).is_empty());
    }
}
