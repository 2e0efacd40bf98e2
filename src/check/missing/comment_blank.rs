//! N07

use super::text_missing;
use crate::check::{quote, returned};
use crate::model::{Book, Finding, Level, Rule, Text, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "N07",
    name: "comment_blank",
    level: Level::Error,
    when: When::YearEnd,
    title: "評価コメント未記入",
    why: "評価の理由が公表資料で空欄になります。",
    remedy: "その評価とした理由を記入してください。",
    example: "評価区分は「○ 概ね計画どおり」だが、評価コメントが空欄である。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let label = &book.layout.labels.check;
    let mut found = text_missing(
        &RULE,
        book,
        label,
        "評価コメントが記入されていません。",
        |sheet| &sheet.comment,
    );
    for finding in &mut found {
        if let Some(text) = beside(book, finding) {
            finding.message = format!(
                "評価コメントの欄は空欄ですが、同じ行の欄でないセルに記載があります：{}",
                quote(text.text())
            );
            "評価コメントであれば、評価コメントの欄に移してください。"
                .clone_into(&mut finding.remedy);
        }
    }
    found
}

/// What stands in no field in the row of the blank one: merged cells that were moved leave it there.
fn beside<'b>(book: &'b Book, finding: &Finding) -> Option<&'b Text> {
    let blank = finding.place.as_ref()?;
    let mut sheets = returned(book);
    let (_, sheet) = sheets.find(|(item, _)| Some(item.number()) == finding.item)?;
    let of_field = sheet.comment.place.as_ref() == Some(blank);
    let mut texts = sheet.unplaced.iter().filter(|_| of_field);
    texts.find(|text| {
        let place = text.place.as_ref();
        place.is_some_and(|at| at.source == blank.source && at.cell.row == blank.cell.row)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        assert_eq!(found(&RULE, &clean().put("D30", "").book()), ["N07 D30"]);
        assert_eq!(found(&RULE, &clean().without("D30").book()), ["N07 D30"]);
    }

    #[test]
    fn denies_no_comment_that_stands_beside_its_field() {
        let moved = clean()
            .put("D30", "")
            .put("N30", "計画に沿って進めました。");
        let told = check(&moved.book()).remove(0).message;
        assert!(told.ends_with("「計画に沿って進めました。」"), "{told}");
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        let autumn = clean().put("D30", "").autumn();
        assert!(found(&RULE, &autumn.book()).is_empty());
        let closed = clean().put("D30", "").closed();
        assert!(found(&RULE, &closed.book()).is_empty());
    }
}
