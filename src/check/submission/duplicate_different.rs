//! S07

use super::{Entry, differences, groups, named, owner};
use crate::check::{anchor, finding, quote};
use crate::model::{Book, BookItem, Finding, ItemSheet, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S07",
    name: "duplicate_different",
    level: Level::Error,
    when: When::Both,
    title: "重複提出（内容相違）",
    why: "同じ取組の票が二つあり、内容が異なるため、どちらが正しいか分かりません。",
    remedy: "主管課の間で正しい内容を確かめ、一つの票にまとめて提出してください。",
    example: "取組5の実績値が、総務課の票では「8件」、企画政策課の票では「9件」である。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for item in &book.items {
        let groups = groups(item);
        let Some((chosen, others)) = groups.split_first().filter(|(_, rest)| !rest.is_empty())
        else {
            continue;
        };
        let owners = groups.iter().map(|group| owner(book, item, group[0]));
        let owners: Vec<Option<&BookItem>> = owners.collect();
        for (group, owner) in groups.iter().zip(&owners) {
            found.extend(owner.map(|owner| mistyped(item, owner, group[0])));
        }
        if owners[0].is_some() {
            continue;
        }
        for (group, owner) in others.iter().zip(&owners[1..]) {
            if owner.is_none() {
                found.extend(of_pair(item, chosen[0], group[0]));
            }
        }
    }
    found
}

/// One cause, one message: the fields of two items always differ.
fn mistyped(item: &BookItem, owner: &BookItem, sheet: &ItemSheet) -> Finding {
    let place = sheet.number.place.clone().unwrap_or_else(|| anchor(sheet));
    let message = format!(
        "{}の取組番号は「{}」ですが、取組項目名は取組{}と同じ{}です（取組{}は{}）。取組番号の誤りと思われます。",
        named(sheet),
        item.number(),
        owner.number(),
        quote(sheet.title.text()),
        item.number(),
        quote(item.plan.title.text())
    );
    Finding {
        found: sheet.number.raw.clone(),
        expected: Some(owner.number().to_string()),
        remedy: "取組番号を計画で確かめ、正しい番号に直して提出し直してください。".to_owned(),
        ..finding(&RULE, item, Some(place), message)
    }
}

fn of_pair(item: &BookItem, chosen: &ItemSheet, other: &ItemSheet) -> Vec<Finding> {
    let differences = differences(chosen, other).into_iter();
    let told = differences.map(|(label, one, two)| {
        let message = format!(
            "二つの票で{label}が異なります：{}（{}、こちらを採用）、{}（{}）",
            value(one.as_ref()),
            address(one.as_ref(), chosen),
            value(two.as_ref()),
            address(two.as_ref(), other)
        );
        let place = one.as_ref().and_then(|entry| entry.place.cloned());
        let place = place.unwrap_or_else(|| anchor(chosen));
        Finding {
            found: one.and_then(|entry| entry.raw.map(str::to_owned)),
            ..finding(&RULE, item, Some(place), message)
        }
    });
    told.collect()
}

fn value(entry: Option<&Entry<'_>>) -> String {
    entry
        .and_then(|entry| entry.raw)
        .map_or_else(|| "空欄".to_owned(), quote)
}

fn address(entry: Option<&Entry<'_>>, sheet: &ItemSheet) -> String {
    entry
        .and_then(|entry| entry.place)
        .map_or_else(|| anchor(sheet).to_string(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found, returned_twice};
    use crate::model::Field;

    #[test]
    fn fires() {
        let book = returned_twice("G12", "(累計)146件");
        assert_eq!(found(&RULE, &book), ["S07 G12"]);
        let message = check(&book).remove(0).message;
        for part in [
            "145件",
            "146件",
            "総務課.xlsx「取組1」!G12",
            "農林課.xlsx「取組1」!G12",
        ] {
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn fires_once_for_copies_of_another_content() {
        let mut book = returned_twice("G12", "(累計)146件");
        let copy = book.items[0].returns[1].clone();
        book.items[0].returns.push(copy);
        assert_eq!(check(&book).len(), 1);
    }

    #[test]
    fn fires_once_where_the_number_was_mistyped() {
        for chosen in [0, 1] {
            let mut book = returned_twice("C2", "組織の構築");
            book.items[0].returns[1].sheet.comment = Field::blank(None);
            let mut other = clean().plan("C2", "組織の構築").plan("C1", "2").book();
            other.items[0].returns.clear();
            other.items[0].chosen = None;
            book.items.push(other.items.remove(0));
            book.items[0].chosen = Some(chosen);
            assert_eq!(found(&RULE, &book), ["S07 C1"]);
            let finding = check(&book).remove(0);
            assert_eq!(finding.expected.as_deref(), Some("2"));
            for title in ["「組織の構築」", "「行政手続のデジタル化の推進」"]
            {
                assert!(finding.message.contains(title), "{}", finding.message);
            }
        }
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        assert!(found(&RULE, &returned_twice("A32", "引き続き 拡充します。")).is_empty());
    }
}
