//! T05

use crate::check::narrative::{Used, drifted, uses};
use crate::check::{finding, returned};
use crate::model::{Book, BookItem, CellRef, Finding, ItemSheet, Level, Place, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "T05",
    name: "name_drift",
    level: Level::Info,
    when: When::Both,
    title: "名称の揺れ",
    why: "同じものの名称が一つの取組の中で異なると、別のものと受け取られます。",
    remedy: "同じものを指す場合は、正しい名称にそろえて記入してください。",
    example: "「窓口改革推進委員会」と「窓口改革推進員委員会」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let least = book.thresholds.name_length;
    let sheets = returned(book);
    sheets
        .flat_map(|(item, sheet)| in_sheet(item, sheet, least))
        .collect()
}

fn in_sheet(item: &BookItem, sheet: &ItemSheet, least: usize) -> Vec<Finding> {
    let uses = uses(sheet, least);
    let pairs = drifted(&uses);
    let told = pairs
        .into_iter()
        .filter_map(|(one, other)| told(item, (one, &uses[one]), (other, &uses[other])));
    told.collect()
}

/// A name and where it stands.
type Use<'a> = (&'a String, &'a Vec<Used>);

/// Tells of the rarer name where it stands; of both where they are as frequent.
fn told(item: &BookItem, one: Use<'_>, other: Use<'_>) -> Option<Finding> {
    let key = |own: Use<'_>| (std::cmp::Reverse(own.1.len()), own.1.first().cloned());
    let (usual, rare) = if key(one) <= key(other) {
        (one, other)
    } else {
        (other, one)
    };
    let entered = |own: Use<'_>| -> Vec<Place> {
        let entered = own.1.iter().filter(|used| used.entered);
        entered.map(|used| used.place.clone()).collect()
    };
    let mut places = entered(rare);
    if usual.1.len() == rare.1.len() || places.is_empty() {
        places.extend(entered(usual));
    }
    places.sort();
    let quoted = |own: Use<'_>| {
        let cells: Vec<String> = own
            .1
            .iter()
            .map(|used| used.place.cell.to_string())
            .collect();
        format!("「{}」（{}）", own.0, cells.join("、"))
    };
    let message = format!(
        "よく似た名称が混在しています：{}、{}",
        quoted(usual),
        quoted(rare)
    );
    let cells: Vec<CellRef> = places.iter().map(|place| place.cell).collect();
    Some(Finding {
        found: Some(rare.0.clone()),
        expected: Some(usual.0.clone()),
        cells,
        ..finding(&RULE, item, Some(places.first()?.clone()), message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let sheet = clean().put("E22", "窓口改革推進委員会を設置しました。6件です。");
        let both = sheet.put("I22", "窓口改革推進員委員会を8件開きました。");
        assert_eq!(found(&RULE, &both.book()), ["T05 E22,I22"]);
        let plan = clean().both("A8", "窓口改革推進委員会の設置");
        let plan = plan.put("D30", "窓口改革推進員委員会を設置しました。");
        assert_eq!(found(&RULE, &plan.book()), ["T05 D30"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        for text in [
            "行政改革推進委員会委員を選びました。",
            "推進員委員会を開きました。",
            "行政改革推進委員長を選びました。",
        ] {
            let sheet = clean().put("E22", "行政改革推進委員会と推進委員会を開きました。");
            assert!(
                found(&RULE, &sheet.put("I22", text).book()).is_empty(),
                "{text}"
            );
        }
    }
}
