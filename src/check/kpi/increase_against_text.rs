//! K10

use super::rows;
use crate::check::narrative::{Reading, disagreement, results};
use crate::check::{finding, quote, returned};
use crate::model::{Book, CellRef, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "K10",
    name: "increase_against_text",
    level: Level::Warning,
    when: When::YearEnd,
    title: "記述との突合（増分）",
    why: "取組結果に書かれた件数と実績値の増加が合わないと、どちらかが誤って公表されます。",
    remedy: "取組結果の件数と実績値のどちらが正しいか確かめ、合うように直してください。数え方が違う場合は、その旨を記入してください。",
    example: "取組結果の記述は上半期134時間と下半期5時間の計139時間だが、実績値の増加は1,395−1,257＝138時間。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        let results = results(sheet);
        for row in rows(book, item, sheet) {
            let actual = row
                .kpi
                .year(row.reporting)
                .and_then(|year| year.actual.as_ref());
            let place = actual.and_then(|actual| actual.place.clone());
            for reading in disagreement(&row, sheet, &results) {
                let message = message(row.kpi.name.text(), &reading);
                found.push(Finding {
                    beside: reading.cells,
                    found: Some(reading.shown),
                    expected: Some(reading.named),
                    ..finding(&RULE, item, place.clone(), message)
                });
            }
        }
    }
    found
}

fn message(name: &str, reading: &Reading) -> String {
    let cells: Vec<String> = reading.cells.iter().map(CellRef::to_string).collect();
    format!(
        "{}{}の実績値と、取組結果の記述から数えた値が合いません：表「{}」、記述（{}）「{}」",
        quote(name),
        reading.mark,
        reading.table,
        cells.join("、"),
        reading.prose
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Fixture, clean, found};

    fn told(first: &str, second: &str) -> Fixture {
        let sheet = clean().both("A16", "出前講座の開催回数\nR3年度：8回");
        let sheet = sheet.both("D16", "10回").put("G16", "12回");
        sheet
            .put("A22", "出前講座を開きます。")
            .put("E22", first)
            .put("I22", second)
    }

    #[test]
    fn fires() {
        let book = told(
            "出前講座を5回開催しました。",
            "出前講座を６回開催しました。",
        )
        .book();
        assert_eq!(found(&RULE, &book), ["K10 G16"]);
        let sheet = clean().put("E22", "オンライン申請を40件拡充しました。");
        let book = sheet
            .put("I22", "オンライン申請を39件拡充しました。")
            .book();
        assert_eq!(found(&RULE, &book), ["K10 G12"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        for (first, second) in [
            ("出前講座を5回開催しました。", "出前講座を7回開催しました。"),
            (
                "出前講座を5回開催しました。",
                "出前講座は年間12回となりました。",
            ),
            (
                "出前講座を5回開催しました。",
                "出前講座を6回ほど開催しました。",
            ),
            (
                "出前講座の打合せを5回行いました。",
                "出前講座を6回開催しました。",
            ),
            ("出前講座を5回開催しました。", "出前講座を続けました。"),
            ("", ""),
        ] {
            assert!(
                found(&RULE, &told(first, second).book()).is_empty(),
                "{first}{second}"
            );
        }
        let autumn = told("出前講座を5回開催しました。", "出前講座を6回開催しました。").autumn();
        assert!(found(&RULE, &autumn.book()).is_empty());
    }
}
