//! S08

use crate::check::{anchor, finding};
use crate::model::{Book, BookItem, Finding, ItemSheet, Level, Period, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S08",
    name: "other_period",
    level: Level::Error,
    when: When::Both,
    title: "年度・期の異なる様式",
    why: "別の年度や期の票のため、取り込んでいません。",
    remedy: "今回配布した様式に記入し、提出し直してください。",
    example: "令和5年度の取りまとめに、令和4年度の進捗管理票が提出された。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    book.items
        .iter()
        .flat_map(|item| {
            let sheets = item.other_period.iter().map(|returned| &returned.sheet);
            sheets.map(move |sheet| stale(book.period, item, sheet))
        })
        .collect()
}

fn stale(period: Period, item: &BookItem, sheet: &ItemSheet) -> Finding {
    let year = sheet.year.get().copied();
    let half = sheet.half.get().copied();
    let place = match year {
        Some(year) if year != period.year => sheet.year.place.clone(),
        Some(_) | None => sheet.half.place.clone(),
    };
    let mut said = year.map_or(String::new(), |year| year.long());
    said.push_str(half.map_or("", |half| half.label()));
    let due = format!("{}{}", period.year.long(), period.half.label());
    let message = format!("「{said}」の様式です（今回は「{due}」）。");
    let place = place.unwrap_or_else(|| anchor(sheet));
    Finding {
        found: Some(said),
        expected: Some(due),
        ..finding(&RULE, item, Some(place), message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        for heading in ["令和4年度の実施状況", "令和5年度上半期の実施状況"] {
            let book = clean().put("A20", heading).book();
            assert_eq!(found(&RULE, &book), ["S08 A20"], "{heading}");
        }
        let title = clean().put("A35", "令和5年度 上半期 進捗管理票").book();
        assert_eq!(found(&RULE, &title), ["S08 A35"]);
    }

    #[test]
    fn stays_silent() {
        for heading in ["令和5年度下半期の実施状況", "実施状況", ""] {
            let book = clean().put("A20", heading).book();
            assert!(found(&RULE, &book).is_empty(), "{heading}");
        }
    }
}
