//! P04

use super::added::Added;
use super::together;
use super::wording::is_small;
use crate::check::{anchor, finding, is_absent, quote, returned};
use crate::model::{Book, BookItem, Finding, ItemSheet, Kpi, KpiMatch, Level, Rule, When};

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
            let message = match is_absent(sheet, &label) {
                true => format!("「{label}」の欄が様式に見つかりません。"),
                false => format!("「{label}」の欄に、計画の数値目標が一つもありません。"),
            };
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
        // Small wording is P09.
        (Some(plan), Some(returned)) if is_small(plan.name.text(), returned.name.text()) => {
            return None;
        }
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
        (None, Some(added)) => return Some(Added::kpi(added).told(&RULE, item, sheet)),
        (None, None) => return None,
    };
    let name = |kpi: &Kpi| kpi.name.said();
    let place = returned.and_then(|kpi| kpi.name.place.clone());
    let finding = Finding {
        found: returned.and_then(name),
        expected: plan.and_then(name),
        ..finding(&RULE, item, place.or_else(|| Some(anchor(sheet))), message)
    };
    let lost = plan.filter(|_| returned.is_none());
    let told = lost.and_then(|lost| together::told(&finding, sheet, lost));
    Some(told.unwrap_or(finding))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let lost = clean().cleared("A14:L15").book();
        assert_eq!(found(&RULE, &lost), ["P04 A1"]);
        assert_eq!(
            found(&RULE, &clean().put("A16", "満足度").book()),
            ["P04 A16"]
        );
        let added = clean().put("A16", "満足度");
        let added = added.put("G16", "3点").put("G17", "4点").book();
        assert_eq!(found(&RULE, &added), ["P04 A16,G16,G17"]);
        let finding = check(&added).remove(0);
        assert_eq!(
            finding.message,
            "計画にない数値目標「満足度」があります：R5年度の実績値「3点」、R5年度の目標値「4点」"
        );
        let said = "満足度：R5年度の実績値「3点」、R5年度の目標値「4点」";
        assert_eq!(finding.found.as_deref(), Some(said));
        let none = clean().cleared("A12:L19").book();
        assert_eq!(found(&RULE, &none), ["P04 A1"]);
    }

    #[test]
    fn fires_on_two_names_in_one_cell_and_asks_to_part_them() {
        let both = "オンライン申請サービス数\nR3年度：30件\n学校訪問等の回数\nR3年度：①2校 ②4回";
        let book = clean().cleared("A14:L15").put("A12", both).book();
        assert_eq!(found(&RULE, &book), ["P04 A12"]);
        let finding = check(&book).remove(0);
        let told = "計画にある数値目標「学校訪問等の回数」が、「オンライン申請サービス数」と一つのセルに記入されています。";
        assert_eq!(finding.message, told);
        assert!(finding.remedy.contains("分け"));
    }

    #[test]
    fn fires_on_values_without_a_name() {
        let book = clean().put("G16", "3点").book();
        assert_eq!(found(&RULE, &book), ["P04 G16"]);
        let message = check(&book).remove(0).message;
        let told = "計画にない、名称のない数値目標があります：R5年度の実績値「3点」";
        assert_eq!(message, told);
    }

    #[test]
    fn fires_once_on_a_rename() {
        let renamed = clean().put("A14", "学校訪問の参加者数\nR3年度：①2校 ②4回");
        assert_eq!(found(&RULE, &renamed.book()), ["P04 A14"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
    }
}
