//! S08

use super::named;
use crate::check::{anchor, finding};
use crate::model::{
    Book, BookItem, Finding, FiscalYear, Half, ItemSheet, Level, Return, Rule, When,
};

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
    let items = book.items.iter();
    items
        .flat_map(|item| {
            let returns = item.other_period.iter();
            returns.map(move |returned| stale(book, item, returned))
        })
        .collect()
}

fn stale(book: &Book, item: &BookItem, returned: &Return) -> Finding {
    let period = book.period;
    let sheet = &returned.sheet;
    let year = sheet.year.get().copied();
    let half = sheet.half.get().copied();
    let place = match (returned.named, year) {
        (Some(_), _) => None,
        (None, Some(year)) if year != period.year => sheet.year.place.clone(),
        (None, Some(_) | None) => sheet.half.place.clone(),
    };
    let half_due = book.layout.has_halves().then_some(period.half);
    let due = words(Some(period.year), half_due);
    let said = words(year, half);
    let (said, message) = match returned.named {
        Some(named) => {
            let said = words(Some(named.year), half.or(named.half));
            let message = format!(
                "票に年度の記載がないため、{}「{}」から「{said}」の様式とみなしました（今回は「{due}」）。",
                named.told.label(),
                sheet.source.file
            );
            (said, message)
        }
        None => {
            let name = named(sheet);
            let message = format!("{name}は「{said}」の様式です（今回は「{due}」）。");
            (said, message)
        }
    };
    let place = place.unwrap_or_else(|| anchor(sheet));
    let mut finding = Finding {
        found: Some(said),
        expected: Some(due),
        ..finding(&RULE, item, Some(place), message)
    };
    if item.chosen.is_some() {
        superfluous(&mut finding, sheet);
    }
    finding
}

/// The item came on the right form too: nothing is missing, and the office puts the file away.
fn superfluous(finding: &mut Finding, sheet: &ItemSheet) {
    finding.level = Level::Warning;
    finding
        .message
        .push_str("今回の様式の票は別に提出され、取り込んでいます。");
    finding.remedy = format!(
        "必要な記載がないことを確かめ、回収フォルダから「{}」を除いてください。",
        sheet.source.file
    );
}

fn words(year: Option<FiscalYear>, half: Option<Half>) -> String {
    let year = year.map_or(String::new(), FiscalYear::long);
    format!("{year}{}", half.map_or("", Half::label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found, returned_as};

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
    fn fires_where_only_a_name_tells_the_year_and_says_so() {
        for (file, told) in [
            (
                "R4下_総務課.xlsx",
                "ファイル名「R4下_総務課.xlsx」から「令和4年度下半期」",
            ),
            (
                "令和4年度/総務課.xlsx",
                "フォルダ名「令和4年度/総務課.xlsx」から「令和4年度」",
            ),
        ] {
            let unsaid = clean().put("A20", "実施状況");
            let book = returned_as(&[(file, None, unsaid)]);
            assert_eq!(found(&RULE, &book), ["S08 A1"]);
            let message = check(&book).remove(0).message;
            assert!(message.contains(told), "{message}");
        }
    }

    #[test]
    fn beside_the_right_form_it_is_the_office_s_to_put_away() {
        let old = clean().put("A20", "令和5年度上半期の実施状況");
        let book = returned_as(&[("総務課.xlsx", None, clean()), ("古い.xlsx", None, old)]);
        assert_eq!(found(&RULE, &book), ["S08 A20 warning"]);
        assert!(check(&book)[0].remedy.contains("「古い.xlsx」を除いて"));
    }

    #[test]
    fn stays_silent() {
        for heading in ["令和5年度下半期の実施状況", "実施状況", ""] {
            let book = clean().put("A20", heading).book();
            assert!(found(&RULE, &book).is_empty(), "{heading}");
        }
        let silent = [
            ("R4下_総務課.xlsx", clean()),
            ("R5下_総務課.xlsx", clean().put("A20", "実施状況")),
            // The autumn's file, filled in again.
            ("R5上_総務課.xlsx", clean().put("A20", "実施状況")),
        ];
        for (file, sheet) in silent {
            let book = returned_as(&[(file, None, sheet)]);
            assert!(found(&RULE, &book).is_empty(), "{file}");
        }
    }
}
