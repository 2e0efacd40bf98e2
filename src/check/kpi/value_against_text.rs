//! K11

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Row, rows};
use crate::check::narrative::{
    Sentence, Subject, results, sentences, spoken_unit, stated_value, values_in_table, values_of,
};
use crate::check::{finding, quote, returned};
use crate::model::{Book, Finding, ItemSheet, Level, Rule, Text, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "K11",
    name: "value_against_text",
    level: Level::Warning,
    when: When::YearEnd,
    title: "記述との突合（総数）",
    why: "評価や改善事項に書かれた値と実績値が違うと、どちらかが誤って公表されます。",
    remedy: "記述の値と実績値のどちらが正しいか確かめ、合うように直してください。",
    example: "実績値は「(累計)145件」だが、評価コメントは「累計154件となりました」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        let assessment = [&sheet.comment, &sheet.action];
        let assessment = assessment.map(|text| (text, sentences(text.text())));
        for row in rows(book, item, sheet) {
            found.extend(in_row(&row, sheet, &assessment));
        }
    }
    found
}

fn in_row(
    row: &Row<'_>,
    sheet: &ItemSheet,
    assessment: &[(&Text, Vec<Sentence>); 2],
) -> Vec<Finding> {
    let actual = row
        .kpi
        .year(row.reporting)
        .and_then(|year| year.actual.as_ref());
    let quantity = actual.and_then(|actual| actual.get()?.quantity());
    let (Some(actual), Some(quantity)) = (actual, quantity.filter(|own| own.bound.is_none()))
    else {
        return Vec::new();
    };
    let Some(unit) = spoken_unit(quantity) else {
        return Vec::new();
    };
    let named = |sentences: &Vec<Sentence>| values_of(sentences, &unit, row.reporting);
    let assessed = assessment.iter().map(|(_, sentences)| named(sentences));
    let assessed: BTreeSet<Decimal> = assessed.flatten().collect();
    // Most assessments name no value at all.
    if assessed.is_empty() || assessed.contains(&quantity.value) {
        return Vec::new();
    }
    let Some(subject) = Subject::of(row.kpi.name.text()) else {
        return Vec::new();
    };
    let others = sheet.kpis.iter().filter(|kpi| !std::ptr::eq(*kpi, row.kpi));
    let rivals: Vec<Subject> = others
        .filter_map(|kpi| Subject::of(kpi.name.text()))
        .collect();
    let mut allowed = values_in_table(row, quantity);
    let notes = row.kpi.notes.iter().map(|note| sentences(note.text()));
    let told = results(sheet).into_iter().flatten().chain(notes);
    allowed.extend(told.flat_map(|sentences| named(&sentences)));
    let mut found = Vec::new();
    for (text, sentences) in assessment {
        for (count, typed) in stated_value(sentences, &subject, &rivals, &unit, row.reporting) {
            if allowed.contains(&count.value) {
                continue;
            }
            let message = format!(
                "{}の値が表と記述とで異なります：表の実績値{}、記述{}",
                quote(row.kpi.name.text()),
                quote(actual.text()),
                quote(&typed)
            );
            found.push(Finding {
                found: Some(typed),
                expected: actual.said(),
                ..finding(&RULE, row.item, text.place.clone(), message)
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let comment = "オンライン申請サービス数は累計154件となりました。";
        assert_eq!(
            found(&RULE, &clean().put("D30", comment).book()),
            ["K11 D30"]
        );
        let action = "オンライン申請の実績は１６０件でした。";
        assert_eq!(
            found(&RULE, &clean().put("A32", action).book()),
            ["K11 A32"]
        );
    }

    #[test]
    fn stays_silent() {
        for comment in [
            "オンライン申請サービス数は累計145件となりました。",
            "オンライン申請サービス数は、78件の増加となりました。",
            "オンライン申請サービス数は78件となりました。",
            "オンライン申請サービス数の実績は、目標の85件を上回りました。",
            "オンライン申請サービス数は約150件となりました。",
            "オンライン申請サービス数は令和6年度に200件となる見込みです。",
            "窓口の混雑は160件となりました。",
            "オンライン申請の説明会は160件となりました。",
            "オンライン申請は160人となりました。",
        ] {
            assert!(
                found(&RULE, &clean().put("D30", comment).book()).is_empty(),
                "{comment}"
            );
        }
    }
}
