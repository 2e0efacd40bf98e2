//! T04

use super::entries::{Kind, entries};
use crate::check::{finding, quote, returned};
use crate::model::text::fold;
use crate::model::{Book, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "T04",
    name: "repeated_half",
    level: Level::Warning,
    when: When::Both,
    title: "上半期と下半期が同文",
    why: "上半期の記載を写したまま、下半期の結果が書かれていないおそれがあります。",
    remedy: "下半期に行ったことを記入し、同じ結果であればその旨を記入してください。",
    example: "上半期と下半期の取組結果が、どちらも「説明会を3回開催しました。」である。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        let entries = entries(sheet);
        // The second half of a row stands right behind its first half.
        for pair in entries.windows(2) {
            let [first, second] = pair else { continue };
            // One cell merged over both halves is written once.
            let halves = first.kind == Kind::FirstHalf
                && second.kind == Kind::SecondHalf
                && first.place != second.place
                && first.place.cell.row == second.place.cell.row;
            let text = fold(first.text);
            let long = text.chars().count() >= book.thresholds.repeated_half_length;
            if !halves || !long || text != fold(second.text) {
                continue;
            }
            let message = format!(
                "下半期の取組結果が、上半期と同じ文です：{}",
                quote(second.text)
            );
            found.push(Finding {
                found: Some(second.text.to_owned()),
                ..finding(&RULE, item, Some(second.place.clone()), message)
            });
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
        let sheet = clean().put("E22", "説明会を3回開催しました。");
        for again in ["説明会を3回開催しました。", "説明会を\n３回 開催しました。"]
        {
            let book = sheet.clone().put("I22", again).book();
            assert_eq!(found(&RULE, &book), ["T04 I22"], "{again}");
        }
        let mut strict = clean()
            .put("E22", "実施した。")
            .put("I22", "実施した。")
            .book();
        assert_eq!(found(&RULE, &strict), [""; 0]);
        strict.thresholds.repeated_half_length = 5;
        assert_eq!(found(&RULE, &strict), ["T04 I22"]);
    }

    #[test]
    fn stays_silent() {
        assert_eq!(found(&RULE, &clean().book()), [""; 0]);
        for (first, second) in [
            ("—", "—"),
            ("説明会を3回開催しました。", "説明会を4回開催しました。"),
            ("説明会を3回開催しました。", "同上"),
            ("説明会を3回開催しました。", "上半期に同じ"),
            ("説明会を3回開催しました。", ""),
        ] {
            let book = clean().put("E22", first).put("I22", second).book();
            assert_eq!(found(&RULE, &book), [""; 0], "{second}");
        }
        let mut merged = clean().put("E22", "説明会を3回開催しました。").book();
        let row = &mut merged.items[0].returns[0].sheet.status[0];
        row.second_half = row.first_half.clone();
        assert_eq!(found(&RULE, &merged), [""; 0], "one cell over both halves");
        let other_row = clean().put("I24", "6件を拡充しました。＋");
        let other_row = other_row.put("E22", "6件を拡充しました。＋");
        assert_eq!(found(&RULE, &other_row.book()), [""; 0]);
    }
}
