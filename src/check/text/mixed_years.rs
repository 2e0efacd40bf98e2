//! T02

use super::entries::{Entry, Kind, entries};
use super::years::{Notation, notations};
use crate::check::{at_all, finding, quote, returned};
use crate::model::{Book, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "T02",
    name: "mixed_years",
    level: Level::Info,
    when: When::Both,
    title: "年度表記の混在",
    why: "一つの票の中で年度の書き方がそろわず、読み手が同じ年度と気付きにくくなります。",
    remedy: "年度の書き方を一つにそろえてください。",
    example: "上半期の取組結果に「R5年度」、改善事項に「令和6年度」とある。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        let mut firsts: Vec<(Notation, String, Entry<'_>)> = Vec::new();
        for entry in entries(sheet) {
            // Notes belong to the tables, of which the heads are the layout's.
            if entry.kind == Kind::Note {
                continue;
            }
            for (notation, words) in notations(entry.text) {
                if !firsts.iter().any(|(known, _, _)| *known == notation) {
                    firsts.push((notation, words, entry));
                }
            }
        }
        let [(_, _, first), _, ..] = firsts.as_slice() else {
            continue;
        };
        let told = firsts.iter().map(|(_, words, entry)| {
            let cell = entry.place.cell;
            format!("{}（{cell}）", quote(words))
        });
        let told: Vec<String> = told.collect();
        let message = format!("年度の書き方が混ざっています：{}", told.join("、"));
        let finding = finding(&RULE, item, Some(first.place.clone()), message);
        let places = firsts.iter().map(|(_, _, entry)| entry.place);
        found.push(at_all(finding, places));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let sheet = clean().put("E22", "R5年度は6件を拡充しました。");
        let era = sheet.clone().put("A32", "令和６年度も拡充します。").book();
        assert_eq!(found(&RULE, &era), ["T02 E22,A32"]);
        let message = check(&era).remove(0).message;
        let told = "年度の書き方が混ざっています：「R5年度」（E22）、「令和６年度」（A32）";
        assert_eq!(message, told);
        let western = sheet.put("D30", "2023年度はおおむね進みました。");
        assert_eq!(found(&RULE, &western.book()), ["T02 E22,D30"]);
    }

    #[test]
    fn stays_silent() {
        for (one, other) in [
            ("R5年度は拡充しました。", "Ｒ６年度も拡充します。"),
            ("R5年度は拡充しました。", "5年度も来年度も拡充します。"),
            ("R5年度は拡充しました。", "2023年4月に始めました。"),
            (
                "R5年度は拡充しました。",
                "「令和5年度版手引」を配布します。",
            ),
            ("令和5年度は拡充しました。", "平成30年度から続けます。"),
            (
                "令和5年度（2023年度）は拡充しました。",
                "令和6年度も続けます。",
            ),
        ] {
            let book = clean().put("E22", one).put("A32", other).book();
            assert_eq!(found(&RULE, &book), [""; 0], "{other}");
        }
        let in_table = clean().put("A32", "令和6年度も拡充します。").book();
        assert_eq!(found(&RULE, &in_table), [""; 0]);
    }
}
