//! N11

use std::collections::{BTreeMap, BTreeSet};

use super::marks::{Mark, by_number, is_remark, marks};
use crate::check::text::entries::texts;
use crate::check::{at_all, finding, quote, returned};
use crate::model::{Book, BookItem, Finding, Footnote, ItemSheet, Level, Place, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "N11",
    name: "footnote_mismatch",
    level: Level::Warning,
    when: When::Both,
    title: "脚注の不一致",
    why: "読み手が用語の説明を見つけられないか、何の説明か分からなくなります。",
    remedy: "本文の「※」の番号と脚注の番号が一対一になるように直してください。",
    example: "本文に「RPA(※2)」とあるが、脚注には「※1」の説明しかない。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let each = returned(book).flat_map(|(item, sheet)| {
        let unmatched = unmatched(item, sheet);
        unmatched.into_iter().chain(explained_twice(item, sheet))
    });
    each.collect()
}

/// Marks without an explanation and explanations without a mark: of one mistake, one finding.
fn unmatched(item: &BookItem, sheet: &ItemSheet) -> Option<Finding> {
    let notes = by_number(sheet);
    let mut used: BTreeMap<u32, Vec<&Place>> = BTreeMap::new();
    let mut known: BTreeSet<u32> = notes.keys().copied().collect();
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    for (text, place) in texts(sheet) {
        for mark in marks(text) {
            seen.insert(mark.number());
            match mark {
                Mark::Used(number) => used.entry(number).or_default().extend(place),
                Mark::Explained(number) => _ = known.insert(number),
                Mark::Perhaps(_) => {}
            }
        }
    }
    // The plan's words are printed, with their marks; the department may have left these out.
    let plan = texts(&item.plan).into_iter().map(|(text, _)| text);
    let explanations = sheet.footnotes.iter().map(|note| note.text.as_str());
    for text in plan.chain(explanations) {
        seen.extend(marks(text).into_iter().map(Mark::number));
    }
    used.retain(|number, _| !known.contains(number));
    let idle = notes.into_iter().filter(|(number, notes)| {
        !seen.contains(number) && !notes.iter().any(|note| is_remark(note))
    });
    let idle: Vec<(u32, Vec<&Footnote>)> = idle.collect();
    let names = |numbers: &mut dyn Iterator<Item = &u32>| {
        numbers
            .map(|number| format!("「※{number}」"))
            .collect::<String>()
    };
    let missing = names(&mut used.keys());
    let unused = names(&mut idle.iter().map(|(number, _)| number));
    let message = match (missing.is_empty(), unused.is_empty()) {
        (true, true) => return None,
        (false, true) => format!("本文の{missing}の説明がありません。"),
        (true, false) => format!("脚注{unused}は、本文で使われていません。"),
        (false, false) => {
            format!("本文の{missing}の説明がなく、脚注{unused}は本文で使われていません。")
        }
    };
    let of_notes = idle.iter().flat_map(|(_, notes)| notes);
    let of_notes = of_notes.filter_map(|note| note.cell.place.as_ref());
    let places: Vec<&Place> = used.values().flatten().copied().chain(of_notes).collect();
    Some(at(item, &places, message))
}

fn explained_twice<'a>(
    item: &'a BookItem,
    sheet: &'a ItemSheet,
) -> impl Iterator<Item = Finding> + 'a {
    by_number(sheet)
        .into_iter()
        .filter_map(move |(number, mut notes)| {
            notes.retain(|note| !is_remark(note));
            if notes.len() < 2 {
                return None;
            }
            let told: Vec<String> = notes.iter().map(|note| quote(note.cell.text())).collect();
            let message = format!(
                "脚注「※{number}」の説明が{}つあります：{}",
                notes.len(),
                told.join("、")
            );
            let places = notes.iter().filter_map(|note| note.cell.place.as_ref());
            Some(at(item, &places.collect::<Vec<_>>(), message))
        })
}

fn at(item: &BookItem, places: &[&Place], message: String) -> Finding {
    let first = places.first().map(|place| (*place).clone());
    at_all(finding(&RULE, item, first, message), places.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        for (cell, text, told) in [
            ("E22", "RPA(※2)を拡充しました。", "N11 E22"),
            ("E22", "AI（※1、３）を拡充しました。", "N11 E22"),
            ("A33", "", "N11 A8"),
            ("A33", "※2 窓口業務…証明書の交付など", "N11 A8,A33"),
            ("A34", "※2 RPA…自動化", "N11 A34"),
            ("A34", "※1 RPA…自動化", "N11 A33,A34"),
            ("A34", "※2 RPA…自動化\n※2 AI…人工知能", "N11 A34"),
        ] {
            let sheet = clean().put(cell, text).book();
            assert!(found(&RULE, &sheet).contains(&told.to_owned()), "{text}");
        }
        let renumbered = clean().put("A33", "※2 窓口業務…証明書の交付など");
        let message = check(&renumbered.book()).remove(0).message;
        let told = "本文の「※1」の説明がなく、脚注「※2」は本文で使われていません。";
        assert_eq!(message, told);
    }

    #[test]
    fn stays_silent() {
        for (cell, text) in [
            ("E22", "申請※1件を含む2件を拡充しました。"),
            ("E22", "拡充しました。※対象は市民"),
            ("E22", "拡充しました。\n※2 対象は市民"),
            ("A8", "窓口業務のデジタル化"),
            ("A34", "※対象は市民とする。"),
            ("E22", "延べ5,000m（※1,000m＝1km）を整備しました。"),
        ] {
            let sheet = clean().put(cell, text).book();
            assert_eq!(found(&RULE, &sheet), [""; 0], "{text}");
        }
        let chained = clean().put("A33", "※1 窓口業務…交付(※2)など");
        let chained = chained.put("A34", "※2 交付…手渡し").book();
        assert_eq!(found(&RULE, &chained), [""; 0]);
    }
}
