//! S20

use super::dated;
use crate::check::{anchor, finding, quote};
use crate::model::likeness::content_key;
use crate::model::{Book, BookItem, Finding, ItemSheet, Level, Return, Rule, Text, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S20",
    name: "superseded_return",
    level: Level::Info,
    when: When::Both,
    title: "返却した様式での再提出",
    why: "返却した様式に記入して出し直されたため、元の票は取り込んでいません。",
    remedy: "どの票が出し直されたかの確認に使いますので、元のファイルは回収フォルダに残してください。",
    example: "「総務課.xlsx」の取組7について返却した様式が、記入し直されて「総務課_返却.xlsx」として提出された。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for item in &book.items {
        for old in &item.superseded {
            let message = format!(
                "返却した様式で出し直されたため、{}は取り込んでいません。",
                dated(old)
            );
            found.push(finding(&RULE, item, Some(anchor(&old.sheet)), message));
            found.extend(left_behind(item, old));
        }
    }
    found
}

/// What stood beside the fields of the old form and is nowhere on the new one: the form that was sent
/// back has no place for it.
fn left_behind(item: &BookItem, old: &Return) -> Vec<Finding> {
    let said: Vec<String> = item
        .returns
        .iter()
        .flat_map(|one| texts(&one.sheet))
        .collect();
    let kept = |text: &&Text| {
        let key = content_key(text.text());
        key.is_empty() || said.iter().any(|said| said.contains(&key))
    };
    let unplaced = old.sheet.unplaced.iter().filter(|text| !kept(text));
    let told = unplaced.map(|text| {
        let message = format!(
            "出し直す前の票の、様式の欄でない場所の記載が、出し直された票にありません：{}",
            quote(text.text())
        );
        Finding {
            found: text.said(),
            remedy: "必要な内容であれば、出し直された票の該当する欄に書き加えるよう課に確かめてください。"
                .to_owned(),
            ..finding(&RULE, item, text.place.clone(), message)
        }
    });
    told.collect()
}

/// Everything that a sheet says, by the keys of its texts.
fn texts(sheet: &ItemSheet) -> Vec<String> {
    let fields = sheet.fields().into_iter();
    let fields = fields.filter_map(|field| field.raw.map(content_key));
    let unplaced = sheet.unplaced.iter().map(|text| content_key(text.text()));
    fields.chain(unplaced).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Fixture, clean, found, returned_as};

    /// The second return answers the form that was sent back for the first.
    fn answered(first: Fixture, second: Fixture) -> Book {
        let mut book = returned_as(&[("1.xlsx", None, first), ("2.xlsx", None, second)]);
        let old = book.items[0].returns.remove(0);
        book.items[0].superseded.push(old);
        book.items[0].chosen = Some(0);
        book
    }

    #[test]
    fn fires() {
        let answer = || clean().put("G12", "(累計)146件");
        assert_eq!(found(&RULE, &answered(clean(), answer())), ["S20 A1"]);
        let lost = answered(clean().put("N12", "5月に再開します。"), answer());
        assert_eq!(found(&RULE, &lost), ["S20 A1", "S20 N12"]);
        let told = check(&lost).remove(1);
        assert!(told.message.ends_with("「5月に再開します。」"));
        assert!(check(&lost)[0].remedy.contains("残してください"));
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        let moved = clean().put("D30", "進みました。5月に再開します。");
        let moved = answered(clean().put("N12", "5月に再開します。"), moved);
        assert_eq!(found(&RULE, &moved), ["S20 A1"]);
    }
}
