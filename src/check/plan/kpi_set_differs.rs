//! P04

use crate::check::{anchor, finding, quote, returned};
use crate::model::{Book, BookItem, CellRef, Finding, ItemSheet, Kpi, KpiMatch, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "P04",
    name: "kpi_set_differs",
    level: Level::Error,
    when: When::Both,
    title: "数値目標の過不足",
    why: "数値目標は計画で定めたもので、票で増やしたり減らしたりすることはできません。",
    remedy: "数値目標を計画のとおりに直してください。変更が必要な場合は、企画担当課に相談してください。",
    example: "計画にある数値目標「相談窓口数」が票にない。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let label: String = book.layout.labels.kpi.plain().split_whitespace().collect();
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        if sheet.kpis.is_empty() && !item.plan.kpis.is_empty() {
            let message = format!("「{label}」の欄に、計画の数値目標が一つも見つかりません。");
            found.push(finding(&RULE, item, Some(anchor(sheet)), message));
            continue;
        }
        found.extend(
            item.matches
                .iter()
                .filter_map(|pair| mismatch(item, sheet, pair)),
        );
    }
    found
}

fn mismatch(item: &BookItem, sheet: &ItemSheet, pair: &KpiMatch) -> Option<Finding> {
    let returned = pair.returned.and_then(|at| sheet.kpis.get(at));
    let plan = pair.plan.and_then(|at| item.plan.kpis.get(at));
    let message = match (plan, returned) {
        (Some(_), Some(_)) if !pair.renamed => return None,
        (Some(plan), Some(returned)) => format!(
            "数値目標の名称が計画と異なります（名称を変えたものと思われます）：計画{}、提出{}",
            quote(plan.name.text()),
            quote(returned.name.text())
        ),
        (Some(plan), None) => {
            format!(
                "計画にある数値目標{}が見つかりません。",
                quote(plan.name.text())
            )
        }
        (None, Some(returned)) => {
            format!(
                "計画にない数値目標{}があります。",
                quote(returned.name.text())
            )
        }
        (None, None) => return None,
    };
    let name = |kpi: &Kpi| kpi.name.raw.clone();
    let place = returned.and_then(|kpi| kpi.name.place.clone());
    let mut finding = Finding {
        found: returned.and_then(name),
        expected: plan.and_then(name),
        ..finding(&RULE, item, place.or_else(|| Some(anchor(sheet))), message)
    };
    if let (None, Some(added)) = (plan, returned) {
        finding.cells.extend(entries(added));
    }
    Some(finding)
}

/// The cells of what an added KPI says; the merged workbook has no place for it.
fn entries(kpi: &Kpi) -> impl Iterator<Item = CellRef> {
    let values = kpi
        .years
        .iter()
        .flat_map(|year| [&year.actual, &year.target]);
    let values = values.flatten().filter(|value| !value.is_blank());
    let values = values.filter_map(|value| value.place.as_ref());
    let notes = kpi.notes.iter().filter_map(|note| note.place.as_ref());
    values.chain(notes).map(|place| place.cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        assert_eq!(found(&RULE, &clean().put("A14", "").book()), ["P04 A1"]);
        assert_eq!(
            found(&RULE, &clean().put("A16", "満足度").book()),
            ["P04 A16"]
        );
        let added = clean()
            .put("A16", "満足度")
            .put("G16", "3点")
            .put("G17", "4点");
        assert_eq!(found(&RULE, &added.book()), ["P04 A16,G16,G17"]);
        let none = clean().put("A12", "").put("A14", "").book();
        assert_eq!(found(&RULE, &none), ["P04 A1"]);
    }

    #[test]
    fn fires_once_on_a_rename() {
        let mut book = clean()
            .put("A14", "学校訪問の回数\nR3年度：①2校 ②4回")
            .book();
        book.items[0].matches.truncate(1);
        book.items[0].matches.push(KpiMatch {
            returned: Some(1),
            plan: Some(1),
            renamed: true,
        });
        assert_eq!(found(&RULE, &book), ["P04 A14"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
    }
}
