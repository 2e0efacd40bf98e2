//! T06

use super::entries::{Kind, entries};
use crate::check::{finding, returned};
use crate::model::height::lines;
use crate::model::{Book, Finding, ItemDrawing, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "T06",
    name: "too_tall",
    level: Level::Warning,
    when: When::Both,
    title: "印刷範囲に収まらない",
    why: "1ページに収まらない長い文は、ページの境目で文字が切れて印刷されるおそれがあります。",
    remedy: "要点にしぼって短くするか、行を分けて記入してください。",
    example: "下半期の取組結果が60行あり、48行までしか入らない1ページに収まらない。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let face = book.layout.look.text_face();
    let most = face.most_lines(book.layout.page.height());
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        for entry in entries(sheet) {
            let columns = columns(&book.layout.item, entry.kind);
            let width = u32::from(columns) * book.layout.item_column();
            let count = lines(entry.text, width, &face).len();
            if count <= most {
                continue;
            }
            let label = entry.kind.label(&book.layout);
            let message = format!(
                "{label}は約{count}行あり、集約版の1ページ（{most}行まで）に収まりません。"
            );
            let (over, length) = (count - most, face.line_length(width));
            let remedy = format!(
                "{over}行（1行は全角{length}字）ほど短くするか、行を分けて記入してください。"
            );
            found.push(Finding {
                remedy,
                ..finding(&RULE, item, Some(entry.place.clone()), message)
            });
        }
    }
    found
}

/// The drawing columns of an entry in the merged workbook.
fn columns(item: &ItemDrawing, kind: Kind) -> u16 {
    match kind {
        Kind::Plan => item.status_widths()[0],
        Kind::FirstHalf => item.status_widths()[1],
        Kind::SecondHalf => item.status_widths()[2],
        Kind::Comment => item.comment_columns(),
        Kind::Note | Kind::Action => item.columns,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let listed = vec!["・説明会"; 49].join("\n");
        let book = clean().put("I22", &listed).book();
        assert_eq!(found(&RULE, &book), ["T06 I22"]);
        let finding = check(&book).remove(0);
        let told = "下半期の取組結果は約49行あり、集約版の1ページ（48行まで）に収まりません。";
        assert_eq!(finding.message, told);
        let remedy = "1行（1行は全角14字）ほど短くするか、行を分けて記入してください。";
        assert_eq!(finding.remedy, remedy);
        let long = "説明会を開催しました。".repeat(66);
        for (cell, told) in [("A22", "T06 A22"), ("E22", "T06 E22")] {
            assert_eq!(found(&RULE, &clean().put(cell, &long).book()), [told]);
        }
    }

    #[test]
    fn stays_silent() {
        let listed = vec!["・説明会"; 48].join("\n");
        let long = "説明会を開催しました。".repeat(66);
        for (cell, text) in [
            ("I22", &listed),
            ("D30", &long),
            ("A32", &long),
            ("C4", &long),
        ] {
            let book = clean().put(cell, text).book();
            assert_eq!(found(&RULE, &book), [""; 0], "{cell}");
        }
    }
}
