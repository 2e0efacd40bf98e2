//! P09

use super::difference_told;
use super::wording::is_small;
use crate::check::{finding, quote, returned};
use crate::model::{Book, BookItem, Finding, ItemSheet, KpiMatch, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "P09",
    name: "kpi_name_differs",
    level: Level::Warning,
    when: When::Both,
    title: "数値目標の名称の相違",
    why: "数値目標の名称は計画で定めたもので、集約版には計画の名称が載ります。",
    remedy: "数値目標の名称を計画のとおりに直してください。",
    example: "計画は「オンライン申請のサービス数」、票は「オンライン申請サービス数」。",
    check,
};

/// A longer difference is not told in words.
const LONGEST: usize = 20;

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        let pairs = item.matches.iter();
        found.extend(pairs.filter_map(|pair| differs(item, sheet, pair)));
    }
    found
}

fn differs(item: &BookItem, sheet: &ItemSheet, pair: &KpiMatch) -> Option<Finding> {
    let returned = sheet.kpis.get(pair.returned?)?;
    let (plan, name) = (
        item.plan.kpis.get(pair.plan?)?.name.text(),
        returned.name.text(),
    );
    if !pair.renamed || !is_small(plan, name) {
        return None;
    }
    let both = format!("計画{}、提出{}", quote(plan), quote(name));
    let difference = difference_told(plan, name);
    // Two small differences would be told as one long one.
    let difference = match difference.chars().count() <= LONGEST {
        true => format!("（{difference}）"),
        false => String::new(),
    };
    let message = format!("数値目標の名称が計画と少し異なります：{both}{difference}");
    Some(Finding {
        found: Some(name.to_owned()),
        expected: Some(plan.to_owned()),
        ..finding(&RULE, item, returned.name.place.clone(), message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};
    use crate::check::plan::kpi_set_differs;
    use crate::model::text::name_key;

    /// A book in which the second KPI's name was changed, paired by likeness.
    fn book(plan: &str, returned: &str) -> Book {
        let baseline = "\nR3年度：①2校 ②4回";
        let book = clean().plan("A14", &format!("{plan}{baseline}"));
        let mut book = book.put("A14", &format!("{returned}{baseline}")).book();
        let pairs = [0, 1].map(|at| KpiMatch {
            returned: Some(at),
            plan: Some(at),
            renamed: at == 1 && name_key(plan) != name_key(returned),
        });
        book.items[0].matches = pairs.to_vec();
        book
    }

    #[test]
    fn fires() {
        for (plan, returned) in [
            ("学校訪問の参加回数", "学校訪問への参加回数"),
            ("相談窓口を置くか所数", "相談窓口を置く箇所数"),
            (
                "窓口改革推進委員会の開催回数",
                "窓口改革推進員委員会の開催回数",
            ),
        ] {
            let book = book(plan, returned);
            assert_eq!(found(&RULE, &book), ["P09 A14"], "{returned}");
            assert!(
                found(&kpi_set_differs::RULE, &book).is_empty(),
                "{returned}"
            );
        }
        assert_eq!(
            check(&book("学校訪問等の回数", "学校訪問の回数"))
                .remove(0)
                .message,
            "数値目標の名称が計画と少し異なります：計画「学校訪問等の回数」、提出「学校訪問の回数」\
             （「等」がない）"
        );
    }

    #[test]
    fn stays_silent() {
        for (plan, returned) in [
            ("学校訪問の回数", "学校訪問の参加者数"),
            ("R5年度の新規採用職員数", "R6年度の新規採用職員数"),
        ] {
            let book = book(plan, returned);
            assert!(found(&RULE, &book).is_empty(), "{returned}");
            assert_eq!(
                found(&kpi_set_differs::RULE, &book),
                ["P04 A14"],
                "{returned}"
            );
        }
        for same in ["学校訪問等(※1)の回数", "学校訪問 等の回数"] {
            let book = book("学校訪問等の回数", same);
            assert!(found(&RULE, &book).is_empty(), "{same}");
            assert!(found(&kpi_set_differs::RULE, &book).is_empty(), "{same}");
        }
    }
}
