//! T07

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::entries::{Entry, entries};
use crate::check::{at_all, finding, quote, returned};
use crate::model::text::fold;
use crate::model::{Book, BookItem, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "T07",
    name: "copied_text",
    level: Level::Info,
    when: When::Both,
    title: "他の取組の記載と同文",
    why: "別の取組の記載を写したまま、この取組の結果が書かれていないおそれがあります。",
    remedy: "それぞれの取組の内容になっているか確かめてください。",
    example: "取組2と取組5の改善事項に、同じ長い文が記入されている。",
    check,
};

/// A text with the item it stands in.
type Said<'a> = (&'a BookItem, Entry<'a>);

fn check(book: &Book) -> Vec<Finding> {
    // Few texts occur twice: of all others nothing but a digest is kept.
    let mut said: Vec<(u64, Said<'_>)> = Vec::new();
    for (item, sheet) in returned(book) {
        let accounts = entries(sheet).into_iter();
        for entry in accounts.filter(|entry| entry.kind.is_account()) {
            let text = fold(entry.text);
            if text.chars().count() >= book.thresholds.copied_text_length {
                said.push((digest(&text), (item, entry)));
            }
        }
    }
    said.sort_by_key(|(digest, _)| *digest);
    let alike = said.chunk_by(|one, other| one.0 == other.0);
    let repeated = alike.filter(|same| same.len() > 1).flatten();
    let mut by_text: BTreeMap<String, Vec<Said<'_>>> = BTreeMap::new();
    for (_, said) in repeated {
        by_text.entry(fold(said.1.text)).or_default().push(*said);
    }
    // What two items share is one finding, however many texts it is.
    let mut shared: BTreeMap<Vec<u32>, Vec<Vec<Said<'_>>>> = BTreeMap::new();
    for mut same in by_text.into_values() {
        same.dedup_by_key(|(item, _)| item.number());
        if same.len() > 1 {
            let items = same.iter().map(|(item, _)| item.number());
            shared.entry(items.collect()).or_default().push(same);
        }
    }
    shared
        .into_values()
        .filter_map(|texts| told(book, &texts))
        .collect()
}

fn digest(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Tells of the last item's texts, which the items before it have too.
fn told(book: &Book, texts: &[Vec<Said<'_>>]) -> Option<Finding> {
    let (&(item, first), before) = texts.first()?.split_last()?;
    let others = before.iter().map(|(other, entry)| {
        let (label, place) = (entry.kind.label(&book.layout), entry.place);
        format!("取組{}の{label}（{place}）", other.number())
    });
    let others: Vec<String> = others.collect();
    let message = format!(
        "取組{}の{}が、{}と同じ文です：{}",
        item.number(),
        first.kind.label(&book.layout),
        others.join("、"),
        quote(first.text)
    );
    let last = texts.iter().filter_map(|same| same.last());
    let finding = finding(&RULE, item, Some(first.place.clone()), message);
    Some(Finding {
        found: Some(first.text.to_owned()),
        ..at_all(finding, last.map(|(_, entry)| entry.place))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Fixture, clean, found};

    const LONG: &str = "関係課との打合せを重ね、窓口での手続の流れを見直しました。\
        見直した流れは手引にまとめ、全ての課の職員に配布し、説明会を開催しました。";

    fn second() -> Fixture {
        clean().both("C1", "2").both("C2", "組織の構築")
    }

    #[test]
    fn fires() {
        let book = clean()
            .put("D30", LONG)
            .and(second().put("A32", LONG))
            .book();
        assert_eq!(found(&RULE, &book), ["T07 A32"]);
        let finding = check(&book).remove(0);
        assert_eq!(finding.item, Some(2));
        let told = "取組2の改善事項・今後の進め方が、取組1の評価のコメント（総務課.xlsx「取組1」!D30）と同じ文です：";
        assert!(finding.message.starts_with(told), "{}", finding.message);
        let more = format!("{LONG}今後も続けます。");
        let one = clean().put("E22", LONG).put("A32", &more);
        let two = second().put("E22", LONG).put("A32", &more);
        assert_eq!(found(&RULE, &one.and(two).book()), ["T07 E22,A32"]);
    }

    #[test]
    fn stays_silent() {
        let short = &LONG[..57];
        let plan = second().put("A22", LONG).put("C4", LONG);
        for (one, two) in [
            (clean(), second()),
            (clean().put("D30", short), second().put("D30", short)),
            (clean().put("D30", LONG), second()),
            (clean().put("A22", LONG).put("C4", LONG), plan),
            (clean().put("D30", LONG).put("A32", LONG), second()),
        ] {
            assert_eq!(found(&RULE, &one.and(two).book()), [""; 0]);
        }
    }
}
