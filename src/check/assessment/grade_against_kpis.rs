//! H03

use super::{attainment, met_or_without_target, told};
use crate::check::kpi::{Row, rows};
use crate::check::{finding, quote, returned};
use crate::model::{
    Attainment, Book, BookItem, Field, Finding, Grade, ItemSheet, Level, Rule, When,
};

pub(in crate::check) static RULE: Rule = Rule {
    code: "H03",
    name: "grade_against_kpis",
    level: Level::Warning,
    when: When::YearEnd,
    title: "評価と数値目標の不整合",
    why: "数値目標の結果と評価が食い違い、公表後に説明を求められます。",
    remedy: "評価区分と実績値を確かめ、食い違う理由があれば評価コメントに記入してください。",
    example: "目標値「10件」に実績値「0件」だが、評価は「◎ 計画どおり」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        let by_kpis = |(axis, _): &(usize, _)| book.layout.is_by_kpis(*axis);
        for (axis, field) in sheet.grades().enumerate().filter(by_kpis) {
            found.extend(against(book, item, sheet, axis, field));
        }
    }
    found
}

/// What the KPIs say against the grade of an axis that says how they came out.
fn against(
    book: &Book,
    item: &BookItem,
    sheet: &ItemSheet,
    axis: usize,
    field: &Field<Grade>,
) -> Option<Finding> {
    let lowest = book.layout.words(axis).len().saturating_sub(1);
    let grade = field.get().filter(|_| !sheet.is_cancelled());
    let rank = grade
        .and_then(|grade| grade.rank())
        .filter(|_| lowest > 0)?;
    let rows: Vec<Row<'_>> = rows(book, item, sheet).collect();
    let results: Vec<Attainment> = rows.iter().map(attainment).collect();
    let came_out = |met: bool| results.iter().any(|result| result.was_met() == Some(met));
    let all_met = came_out(true) && results.iter().all(met_or_without_target);
    let (met, what) = match rank {
        0 if came_out(false) => (false, "達していない数値目標があります"),
        _ if rank == lowest && all_met => (true, "目標値のある数値目標はすべて達しています"),
        _ => return None,
    };
    let listed = rows.iter().zip(&results);
    let listed = listed.filter(|(_, result)| result.was_met() == Some(met));
    let listed: Vec<String> = listed.map(|(row, result)| told(row, result)).collect();
    let name = match book.layout.axes.is_empty() {
        true => "評価".to_owned(),
        false => book.layout.grade_name(axis),
    };
    let grade = quote(field.text());
    let message = format!("{name}は{grade}ですが、{what}：{}", listed.join("、"));
    let mut finding = finding(&RULE, item, field.place.clone(), message);
    finding.found = field.said();
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Fixture, clean, found};
    use crate::model::{Direction, KpiSetting};

    const BEST: &str = "◎ 計画どおり";
    const LOWEST: &str = "△ あまり進まなかった";

    fn kpi(baseline: &str, targets: [&str; 2], actual: &str) -> Fixture {
        let sheet = clean().both("A16", &format!("利用件数\n{baseline}"));
        let sheet = sheet.both("G17", targets[0]).both("J17", targets[1]);
        sheet.put("G16", actual)
    }

    #[test]
    fn fires() {
        for sheet in [
            clean().put("G12", "(累計)84件"),
            clean().put("G14", "①7校 ②3回"),
            kpi("R3年度：0件", ["10件", "20件"], "9件"),
            kpi("", ["10件", "10件"], "9件"),
            kpi("R3年度：100件", ["80件", "60件"], "90件"),
            kpi("R3年度：2件", ["2件以上", "2件以上"], "1件"),
            kpi("R3年度：2件", ["5件未満", "5件未満"], "5件"),
        ] {
            let book = sheet.put("A30", BEST).book();
            assert_eq!(found(&RULE, &book), ["H03 A30"]);
        }
        let missed = kpi("R3年度：100件", ["80件", "60件"], "90件").put("A30", BEST);
        assert_eq!(
            check(&missed.book()).remove(0).message,
            "評価は「◎ 計画どおり」ですが、達していない数値目標があります：「利用件数」（目標値\
             「80件」、実績値「90件」、(100件 − 90件) ÷ (100件 − 80件) = 50.0%）"
        );
        for all_met in [
            clean(),
            kpi("", ["(随時)", "(随時)"], "3件"),
            kpi("", ["", "9件"], "3件"),
        ] {
            let book = all_met.put("A30", LOWEST).book();
            assert_eq!(found(&RULE, &book), ["H03 A30"]);
        }
    }

    #[test]
    fn stays_silent() {
        for sheet in [
            clean(),
            kpi("R3年度：100件", ["80件", "90件"], "75件"),
            kpi("R3年度：12件", ["2件", "2件"], "1件"),
            kpi("R3年度：12件", ["2件", "2件"], "3件"),
            kpi("R3年度：100件", ["80件", "60件"], "70件"),
            kpi("R3年度：0件", ["延べ10件", "延べ10件"], "9件"),
            kpi("R3年度：0件", ["(随時)", "(随時)"], "—"),
        ] {
            assert!(found(&RULE, &sheet.put("A30", BEST).book()).is_empty());
        }
        for sheet in [
            clean().put("G12", "(累計)1件"),
            kpi("", ["検討", "実施"], "検討"),
            kpi("", ["10件", "20件"], "10人"),
            clean().autumn(),
        ] {
            assert!(found(&RULE, &sheet.put("A30", LOWEST).book()).is_empty());
        }
        let mut set = kpi("", ["10件", "10件"], "9件").put("A30", BEST).book();
        set.kpi_settings.push(KpiSetting {
            item: 1,
            name: "利用 件数".to_owned(),
            counting: None,
            direction: Some(Direction::Less),
        });
        assert!(found(&RULE, &set).is_empty());
    }
}
