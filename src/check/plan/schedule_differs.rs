//! P07

use super::added::Added;
use super::{activity_pairs, activity_told, by_year, with_merges};
use crate::check::{anchor, finding, is_absent, quote, returned};
use crate::model::text::name_key;
use crate::model::{
    Activity, Book, BookItem, Finding, FiscalYear, ItemSheet, Level, Phase, Place, Rule, When,
};

pub(in crate::check) static RULE: Rule = Rule {
    code: "P07",
    name: "schedule_differs",
    level: Level::Warning,
    when: When::Both,
    title: "年次計画の相違",
    why: "年次計画は計画で定めたもので、票で変えることはできません。",
    remedy: "年次計画を計画のとおりに直してください。変更が必要な場合は、企画担当課に相談してください。",
    example: "計画は「R4～R5 検討、R6 実施」、票は「R4 検討、R5～R6 実施」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let label = book.layout.labels.schedule.plain();
    returned(book)
        .flat_map(|(item, sheet)| of_sheet(item, sheet, label))
        .collect()
}

fn of_sheet(item: &BookItem, sheet: &ItemSheet, label: &str) -> Vec<Finding> {
    if sheet.schedule.is_empty() && !item.plan.schedule.is_empty() {
        let message = match is_absent(sheet, label) {
            true => format!("「{label}」の欄が様式に見つかりません。"),
            false => "年次計画が記入されていません。".to_owned(),
        };
        return vec![finding(&RULE, item, Some(anchor(sheet)), message)];
    }
    let mut found = Vec::new();
    let mut lost: Vec<Place> = Vec::new();
    for (plan, activity) in activity_pairs(&item.plan.schedule, &sheet.schedule) {
        let told = match (plan, activity) {
            (Some(plan), Some(activity)) => {
                let (repaired, cells) = if sheet.has_spans {
                    (activity.clone(), Vec::new())
                } else {
                    with_merges(plan, activity)
                };
                lost.extend(cells);
                changed(item, plan, &repaired)
            }
            (Some(plan), None) => {
                let message = format!("実施項目{}がありません。", quote(plan.name.text()));
                Some(finding(&RULE, item, Some(anchor(sheet)), message))
            }
            (None, Some(activity)) => Some(Added::activity(activity).told(&RULE, item, sheet)),
            (None, None) => None,
        };
        found.extend(told);
    }
    if !lost.is_empty() {
        found.push(merges_lost(item, lost));
    }
    found
}

fn changed(item: &BookItem, plan: &Activity, activity: &Activity) -> Option<Finding> {
    let same_name = name_key(plan.name.text()) == name_key(activity.name.text());
    let (planned, said) = (by_year(plan), by_year(activity));
    if same_name && planned == said {
        return None;
    }
    let other = |phase: &&Phase| {
        let years = (phase.from.0..=phase.to.0).map(FiscalYear);
        let mut years = years.filter(|year| said.contains_key(year));
        years.any(|year| planned.get(&year) != said.get(&year))
    };
    let phases = activity.phases.iter().filter(other);
    let mut places: Vec<Place> = phases
        .filter_map(|phase| phase.text.place.clone())
        .collect();
    if !same_name || places.is_empty() {
        places.extend(activity.name.place.clone());
    }
    let (plan, found) = (activity_told(plan), activity_told(activity));
    let (planned, said) = (quote(&plan), quote(&found));
    let message = format!("年次計画が計画と異なります：計画{planned}、提出{said}");
    Some(Finding {
        found: Some(found),
        expected: Some(plan),
        ..at_all(item, places, message)
    })
}

fn merges_lost(item: &BookItem, places: Vec<Place>) -> Finding {
    let message = "年次計画で、複数年度にわたるセルの結合が失われたものと思われます。".to_owned();
    Finding {
        level: Level::Info,
        remedy: "計画のとおり、期間のセルを結合し直してください。".to_owned(),
        ..at_all(item, places, message)
    }
}

fn at_all(item: &BookItem, places: Vec<Place>, message: String) -> Finding {
    crate::check::at_all(
        finding(&RULE, item, places.first().cloned(), message),
        &places,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let cases = [
            (clean().put("J8", "検討"), "P07 J8"),
            (clean().put("G8", "実施"), "P07 G8"),
            (clean().put("J8", ""), "P07 D8"),
            (clean().put("A9", "電子申請の拡充"), "P07 A9"),
            (clean().put("A9", ""), "P07 A1"),
            (clean().plan("A9", ""), "P07 A9,D9"),
            (clean().without_merges(), "P07 D8,D9 info"),
        ];
        for (sheet, expected) in cases {
            assert_eq!(found(&RULE, &sheet.book()), [expected]);
        }
        let message = check(&clean().plan("A9", "").book()).remove(0).message;
        let told = "計画にない実施項目「オンライン申請の拡充」があります：R4～R6「実施」";
        assert_eq!(message, told);
        let both = clean().without_merges().put("J8", "検討").book();
        assert_eq!(found(&RULE, &both), ["P07 J8", "P07 D8,D9 info"]);
    }

    #[test]
    fn stays_silent() {
        for (cell, text) in [
            ("J8", "実　施"),
            ("G8", "検討"),
            ("A9", "オンライン申請(※1)の拡充"),
        ] {
            assert!(
                found(&RULE, &clean().put(cell, text).book()).is_empty(),
                "{cell}"
            );
        }
    }
}
