//! T01

use super::entries::{Entry, entries};
use crate::check::{at_all, finding, quote, returned};
use crate::model::text::strip_marks;
use crate::model::{Book, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "T01",
    name: "mixed_widths",
    level: Level::Info,
    when: When::Both,
    title: "全角・半角の混在",
    why: "一つの票の中で数字や英字の書き方がそろわず、公表資料の検索でも見つからなくなります。",
    remedy: "数字と英字を、全角か半角のどちらかにそろえてください。",
    example: "上半期の取組結果に「１２件」、下半期の取組結果に「15件」とある。",
    check,
};

/// A run of digits or letters of one width, and where it stands.
type Run<'a> = (String, Entry<'a>);

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        let entries = entries(sheet);
        // Most sheets keep to half width.
        let is_full = |c| is_full_digit(c) || is_full_letter(c);
        if !entries.iter().any(|entry| entry.text.contains(is_full)) {
            continue;
        }
        let digits = [runs(&entries, is_full_digit), runs(&entries, is_half_digit)];
        let letters = [
            runs(&entries, is_full_letter),
            runs(&entries, is_half_letter),
        ];
        let digits = mixed("数字", &digits).filter(|_| !by_length(&digits));
        let letters = mixed("英字", &letters);
        let mixed: Vec<_> = [digits, letters].into_iter().flatten().collect();
        let Some((_, places)) = mixed.first() else {
            continue;
        };
        let told: Vec<&str> = mixed.iter().map(|(told, _)| told.as_str()).collect();
        let message = format!("全角と半角が混ざっています：{}", told.join("、"));
        let finding = finding(&RULE, item, Some(places[0].place.clone()), message);
        let cells = mixed.iter().flat_map(|(_, places)| places);
        found.push(at_all(finding, cells.map(|entry| entry.place)));
    }
    found
}

/// The first run of each width, quoted with its cell, where there are both.
fn mixed<'a>(what: &str, [full, half]: &[Vec<Run<'a>>; 2]) -> Option<(String, [Entry<'a>; 2])> {
    let ((wide, there), (narrow, here)) = (full.first()?, half.first()?);
    let (wide, narrow) = (quote(wide), quote(narrow));
    let (at, by) = (there.place.cell, here.place.cell);
    let told = format!("{what}は全角の{wide}（{at}）と半角の{narrow}（{by}）");
    Some((told, [*there, *here]))
}

/// The office's habit of setting single digits in full width and longer numbers in half width.
fn by_length([full, half]: &[Vec<Run<'_>>; 2]) -> bool {
    let single = |(run, _): &Run<'_>| run.chars().count() == 1;
    full.iter().all(single) && !half.iter().any(single)
}

fn runs<'a>(entries: &[Entry<'a>], is_part: fn(char) -> bool) -> Vec<Run<'a>> {
    let mut found = Vec::new();
    for entry in entries {
        let text = strip_marks(entry.text);
        let words = text.split_whitespace().filter(|word| !is_address(word));
        let runs = words.flat_map(|word| word.split(|c| !is_part(c)));
        let runs = runs.filter(|run| !run.is_empty());
        found.extend(runs.map(|run| (run.to_owned(), *entry)));
    }
    found
}

/// Addresses of pages and mail are in half width everywhere.
fn is_address(word: &str) -> bool {
    ["://", "www.", "@"].iter().any(|sign| word.contains(sign))
}

fn is_full_digit(c: char) -> bool {
    matches!(c, '０'..='９')
}

fn is_half_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_full_letter(c: char) -> bool {
    matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn is_half_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let book = clean().put("I22", "１２件を拡充しました。").book();
        assert_eq!(found(&RULE, &book), ["T01 E22,I22"]);
        let message = check(&book).remove(0).message;
        let told = "全角と半角が混ざっています：数字は全角の「１２」（I22）と半角の「6」（E22）";
        assert_eq!(message, told);
        let letters = clean()
            .put("D30", "RPAを使いました。")
            .put("A32", "ＡＩも使います。");
        assert_eq!(found(&RULE, &letters.book()), ["T01 D30,A32"]);
        let one_cell = clean().put("D30", "ＲＰＡとAIを使いました。").book();
        assert_eq!(found(&RULE, &one_cell), ["T01 D30"]);
    }

    #[test]
    fn stays_silent() {
        let by_length = clean().put("E22", "６件を拡充しました。");
        let by_length = by_length.put("I22", "12件を拡充しました。");
        assert_eq!(found(&RULE, &by_length.book()), [""; 0]);
        for (cell, text) in [
            ("C4", "１２の手続をデジタル化します。"),
            ("G12", "（累計）１４５件"),
            ("D30", "フォーム(※１)は①②とも進みました。"),
            ("D30", "５"),
        ] {
            let book = clean()
                .put("E22", "拡充しました。")
                .put("I22", "拡充した。");
            let book = book.put(cell, text).put("A32", "10件とします。").book();
            assert_eq!(found(&RULE, &book), [""; 0], "{text}");
        }
        let address = clean().put("D30", "ＡＩの手引は https://example.jp/ai にあります。");
        assert_eq!(found(&RULE, &address.book()), [""; 0]);
    }
}
