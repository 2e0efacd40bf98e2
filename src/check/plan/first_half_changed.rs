//! P11

use super::status_rows::{Compared, Pair, fields, is_told, key, pairs};
use super::{added, around_difference};
use crate::check::{finding, quote, returned};
use crate::model::{Book, BookItem, Finding, ItemSheet, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "P11",
    name: "first_half_changed",
    level: Level::Warning,
    when: When::YearEnd,
    title: "上半期記載の変更",
    why: "上半期に取りまとめた取組目標や取組結果が、その後に変えられています。",
    remedy: "上半期の記載を取りまとめたときのとおりに直してください。訂正であれば、その旨を企画担当課に知らせてください。",
    example: "上半期の取りまとめでは「6件を拡充しました。」、今回の票の上半期の欄では「8件を拡充しました。」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    if !book.follows_autumn() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        let collected = item.previous.as_ref();
        let pairs = collected.map_or(Vec::new(), |collected| pairs(collected, sheet));
        for pair in pairs {
            found.extend(in_row(book, item, sheet, pair));
        }
    }
    found
}

fn in_row(book: &Book, item: &BookItem, sheet: &ItemSheet, pair: Pair<'_>) -> Vec<Finding> {
    match pair {
        (Some(before), Some(now)) => {
            let fields = fields(before, now).into_iter();
            let fields = fields.filter(|field| !is_told(book, field));
            fields.filter_map(|field| differs(item, &field)).collect()
        }
        (Some(row), None) => vec![added::gone_since_autumn(&RULE, item, sheet, row)],
        (None, Some(row)) => added::since_autumn(&RULE, item, row).into_iter().collect(),
        (None, None) => Vec::new(),
    }
}

/// What was left open in the autumn may be filled in; everything else stays as it was collected.
fn differs(item: &BookItem, field: &Compared<'_>) -> Option<Finding> {
    let Compared {
        label, before, now, ..
    } = field;
    let (old, new) = (key(before), key(now));
    if old.is_empty() || old == new {
        return None;
    }
    let (collected, said) = around_difference(before.text(), now.text());
    let both = format!("上半期の取りまとめ「{collected}」、今回の提出「{said}」");
    let message = match new.is_empty() {
        true => format!(
            "{label}が消されています：上半期の取りまとめ{}",
            quote(before.text())
        ),
        false if new.starts_with(&old) => format!("{label}の後ろに書き加えられています：{both}"),
        false => format!("{label}が、上半期に取りまとめたものと異なります：{both}"),
    };
    Some(Finding {
        found: now.said(),
        expected: before.said(),
        ..finding(&RULE, item, now.place.clone(), message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Fixture, clean, found};
    use crate::model::{Cover, FiscalYear, Half, OfficialBook};

    /// The book of a return whose first half was collected in the autumn.
    fn book(sheet: Fixture) -> Book {
        let mut book = sheet.book();
        let cover = Cover {
            fiscal_year: Some(FiscalYear(2023)),
            half: Some(Half::First),
            ..Cover::default()
        };
        book.previous = Some(OfficialBook {
            cover,
            ..OfficialBook::default()
        });
        book
    }

    #[test]
    fn fires() {
        for (text, cell) in [
            ("8件を拡充しました。", "E22"),
            ("6件を拡充しました。広報もしました。", "E22"),
            ("申請の受付を拡充します。", "A22"),
            ("—", "E22"),
        ] {
            let changed = book(clean().put(cell, text));
            assert_eq!(found(&RULE, &changed), [format!("P11 {cell}")], "{text}");
        }
        let added = clean()
            .put("A25", "広報を行います。")
            .put("E25", "載せました。");
        let added = check(&book(added)).remove(0);
        assert_eq!(
            (added.level, added.cells[0].to_string()),
            (Level::Info, "E25".into())
        );
        let gone = clean().previous("A25", "広報を行います。");
        assert_eq!(found(&RULE, &book(gone)), ["P11 A1"]);
        let told = |text| check(&book(clean().put("E22", text))).remove(0).message;
        assert!(told("8件を拡充しました。").ends_with(
            "上半期の取りまとめ「6件を拡充しました。」、今回の提出「8件を拡充しました。」"
        ));
        assert!(told("6件を拡充しました。広報も。").contains("の後ろに書き加えられています"));
    }

    #[test]
    fn stays_silent() {
        for sheet in [
            clean(),
            clean().put("E22", "６件を\n拡充しました。(※1)"),
            clean().previous("E22", "").previous("I22", ""),
            clean().put("E22", ""),
            clean().put("A22", ""),
            clean().put("E22", "#REF!"),
            clean().put("E24", "—").put("I24", "・別の一覧"),
            clean()
                .put("A25", "広報を行います。")
                .put("I25", "載せました。"),
            clean()
                .put("A25", "広報を行います。")
                .put("E25", "該当なし"),
        ] {
            assert!(found(&RULE, &book(sheet)).is_empty());
        }
        let changed = || book(clean().put("E22", "8件を拡充しました。"));
        let mut last_year = changed();
        last_year.previous = Some(OfficialBook::default());
        assert!(found(&RULE, &last_year).is_empty());
        assert!(found(&RULE, &clean().put("E22", "8件").book()).is_empty());
    }
}
