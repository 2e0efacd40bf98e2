//! K06

use super::{Row, in_each_running_row};
use crate::check::finding;
use crate::model::{Book, Finding, Level, Measure, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "K06",
    name: "same_as_last_year",
    level: Level::Info,
    when: When::Both,
    title: "前年度と同じ実績値",
    why: "目標値が変わったのに実績値が前年度と同じで、前年度の値を写したままになっているおそれがあります。",
    remedy: "前年度の値を写したままでないか確かめ、変わりがなかった場合はそのまま提出してください。",
    example: "目標値は「20件」から「30件」に変わったが、実績値はどちらの年度も「24件」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    in_each_running_row(book, in_row)
}

fn in_row(row: &Row<'_>) -> Vec<Finding> {
    same(row).into_iter().collect()
}

/// A value that repeats last year's: not where it is zero, and not where it is the year's target,
/// for then the number explains itself.
fn same(row: &Row<'_>) -> Option<Finding> {
    let last = row.last_year();
    let (before, actual) = (row.past_actual(last)?, row.actual()?);
    let (aim, target) = (row.known_target(last)?, row.known_target(row.reporting)?);
    let stays = is_same(before.measure, actual.measure)?;
    let moved = !is_same(aim.measure, target.measure)?;
    let reached = is_same(target.measure, actual.measure) == Some(true);
    if !stays || !moved || reached || is_zero(actual.measure) {
        return None;
    }
    let message = format!(
        "{}の実績値が前年度と同じです：{}、{}（目標値は「{}」から「{}」に変わっています）",
        row.name(),
        before.told_with_year(""),
        actual.told_with_year(""),
        aim.part(""),
        target.part("")
    );
    Some(Finding {
        found: Some(actual.text.to_owned()),
        ..finding(&RULE, row.item, actual.place, message)
    })
}

/// Tells whether two values are the same numbers; `None` where they are not numbers that count
/// alike, part by part.
fn is_same(one: &Measure, other: &Measure) -> Option<bool> {
    let (marks, others) = (one.marks(), other.marks());
    if marks.len() != others.len() {
        return None;
    }
    let mut same = true;
    for mark in marks {
        let (one, other) = (one.amount(mark)?, other.amount(mark)?);
        if !one.counts_like(other) {
            return None;
        }
        same &= one.value == other.value && one.bound == other.bound;
    }
    Some(same)
}

fn is_zero(measure: &Measure) -> bool {
    let mut marks = measure.marks().into_iter();
    marks.all(|mark| {
        measure
            .amount(mark)
            .is_some_and(|amount| amount.value.is_zero())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Fixture, clean, found};

    fn kpi(actuals: [&str; 2], targets: [&str; 2]) -> Fixture {
        let sheet = clean().both("A16", "利用件数").both("D16", actuals[0]);
        let sheet = sheet.both("D17", targets[0]).both("G17", targets[1]);
        sheet.put("G16", actuals[1])
    }

    #[test]
    fn fires() {
        assert_eq!(
            found(&RULE, &clean().put("G12", "(累計)67件").book()),
            ["K06 G12"]
        );
        assert_eq!(
            found(&RULE, &clean().put("G14", "①3校 ②4回").book()),
            [""; 0]
        );
        for (actuals, targets) in [
            (["24件", "24件"], ["20件", "30件"]),
            (["24件", "24件"], ["30件", "20件以上"]),
            (["①2校 ②4回", "①2校 ②4回"], ["①2校 ②4回", "①3校 ②4回"]),
            (["40%", "40.0%"], ["45%", "50%"]),
        ] {
            let book = kpi(actuals, targets).book();
            assert_eq!(found(&RULE, &book), ["K06 G16"], "{actuals:?}");
        }
        let published = kpi(["24件", "24件"], ["20件", "30件"])
            .put("D16", "")
            .book();
        assert_eq!(found(&RULE, &published), ["K06 G16"]);
        assert_eq!(
            check(&published).remove(0).message,
            "「利用件数」の実績値が前年度と同じです：R4年度の実績値「24件」、R5年度の実績値「24件」（目標値は「20件」\
             から「30件」に変わっています）"
        );
    }

    #[test]
    fn stays_silent() {
        for (actuals, targets) in [
            (["24件", "25件"], ["20件", "30件"]),
            (["24件", "24件"], ["20件", "20件"]),
            (["0件", "0件"], ["—", "2件"]),
            (["0件", "0件"], ["1件", "2件"]),
            (["17件", "17件"], ["10件", "17件"]),
            (["24件", "24件"], ["", "30件"]),
            (["24件", "24人"], ["20件", "30件"]),
            (["24件", "(累計)24件"], ["20件", "30件"]),
            (["1件", "1件"], ["(随時)", "(随時)"]),
            (["—", "—"], ["1件", "2件"]),
            (["検討", "検討"], ["検討", "実施"]),
            (["", ""], ["1件", "2件"]),
        ] {
            let book = kpi(actuals, targets).book();
            assert!(found(&RULE, &book).is_empty(), "{actuals:?} {targets:?}");
        }
        let repeated = || kpi(["24件", "24件"], ["20件", "30件"]);
        let cancelled = repeated().put("A30", "取組中止");
        assert!(found(&RULE, &cancelled.book()).is_empty());
        let disputed = repeated().previous("D16", "20件");
        assert!(found(&RULE, &disputed.book()).is_empty());
    }
}
