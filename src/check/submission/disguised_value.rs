//! S15
//!
//! A value of a KPI that shows a date where a count is expected counts too, and any that shows a
//! date before 1950: programs that save a workbook anew take formats such as `G/標準"件"` for a date's.

use super::at_damaged;
use crate::check::damage::damaged;
use crate::check::kpi::rows;
use crate::check::sidecar::{serial, shows_early_date};
use crate::check::{finding, quote, returned};
use crate::model::{Book, Damage, Field, Finding, Level, Measure, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S15",
    name: "disguised_value",
    level: Level::Warning,
    when: When::Both,
    title: "表示と中身の相違",
    why: "画面に見えるものと保存されている値が異なり、どちらを載せるべきか分かりません。",
    remedy: "正しい内容を確かめ、セルの表示形式を「標準」にして、見えるとおりの内容を記入し直してください。",
    example: "実績値のセルに0が保存されているが、表示形式のため「—」と表示されている。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for damaged in damaged(book) {
        let Damage::Disguised { stored, shown } = &damaged.kind else {
            continue;
        };
        let shows = match shown.is_empty() {
            true => "何も表示されていません".to_owned(),
            false => format!("{}と表示されています", quote(shown)),
        };
        let message = format!("セルの中身は{}ですが、{shows}。", quote(stored));
        found.push(Finding {
            found: Some(stored.clone()),
            ..at_damaged(book, &RULE, damaged, message)
        });
    }
    found.extend(dates(book));
    found
}

/// The values of KPIs that show a date in place of a count.
fn dates(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        for row in rows(book, item, sheet) {
            for values in &row.kpi.years {
                let counts = row.expects_number(values.year);
                let fields = [&values.actual, &values.target].into_iter().flatten();
                let dates = fields.filter_map(|field| date(book, field, counts));
                found.extend(dates.map(|(field, stored)| {
                    let shown = quote(field.text());
                    let message = format!("日付の表示形式のため{shown}と表示されていますが、セルの中身は「{stored}」です。");
                    Finding {
                        found: Some(stored),
                        ..finding(&RULE, item, field.place.clone(), message)
                    }
                }));
            }
        }
    }
    found
}

/// What a field stores that shows a date, where nobody can mean one.
fn date<'a>(
    book: &Book,
    field: &'a Field<Measure>,
    counts: bool,
) -> Option<(&'a Field<Measure>, String)> {
    let place = field.place.as_ref()?;
    let serial = serial(book, place)?;
    (counts || shows_early_date(book, Some(place))).then(|| (field, serial.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::findings;
    use crate::check::fixture::{clean, found};
    use crate::check::sidecar::fixture::beside;

    fn disguised(stored: &str, shown: &str) -> Damage {
        Damage::Disguised {
            stored: stored.to_owned(),
            shown: shown.to_owned(),
        }
    }

    #[test]
    fn fires() {
        let blank = clean().put("G12", "").put("G14", "");
        let book = blank.damaged(&["G12", "G14"], disguised("145", "")).book();
        assert_eq!(found(&RULE, &book), ["S15 G12,G14"]);
        let message = check(&book).remove(0).message;
        let told = "セルの中身は「145」ですが、何も表示されていません。";
        assert_eq!(message, told);
        let all = findings(&book, &std::collections::BTreeMap::new());
        let codes: Vec<&str> = all.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["S15"], "one cause, one message");
        let dash = clean()
            .put("G12", "—")
            .damaged(&["G12"], disguised("0", "—"));
        let message = check(&dash.book()).remove(0).message;
        let told = "セルの中身は「0」ですが、「—」と表示されています。";
        assert_eq!(message, told);
    }

    #[test]
    fn fires_on_a_date_where_a_count_is_expected() {
        let sheet = clean()
            .put("G12", "明治33年1月4日")
            .put("J13", "明治33年1月5日");
        let dates = beside().date("G12", 4.0).date("J13", 5.0);
        let book = dates.of(sheet.book());
        assert_eq!(found(&RULE, &book), ["S15 G12", "S15 J13"]);
        let all = findings(&book, &std::collections::BTreeMap::new());
        let codes: Vec<&str> = all.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["S15", "S15"], "one cause, one message");
        let told =
            "日付の表示形式のため「明治33年1月4日」と表示されていますが、セルの中身は「4」です。";
        assert_eq!(all[0].message, told);
        let late = clean().put("G12", "2023/3/15").book();
        assert_eq!(
            found(&RULE, &beside().date("G12", 45_000.0).of(late)),
            ["S15 G12"]
        );
    }

    #[test]
    fn stays_silent() {
        let stage = clean()
            .both("G13", "検討")
            .both("A12", "検討")
            .put("G12", "2023/3/15");
        let book = beside()
            .date("G12", 45_000.0)
            .date("D30", 45_000.0)
            .of(stage.book());
        assert!(found(&RULE, &book).is_empty());
        assert!(found(&RULE, &clean().put("G12", "—").book()).is_empty());
        let twice = clean().damaged(&["G12"], Damage::Twice).book();
        assert!(found(&RULE, &twice).is_empty());
    }
}
