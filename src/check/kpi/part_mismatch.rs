//! K08

use super::{Known, Row, in_each_row, is_number};
use crate::check::finding;
use crate::model::{Book, Finding, Level, Measure, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "K08",
    name: "part_mismatch",
    level: Level::Error,
    when: When::Both,
    title: "内訳番号の不一致",
    why: "①②の内訳がそろっていないと、どの値とどの値を比べるのか分かりません。",
    remedy: "計画と同じ①②の内訳で記入してください。",
    example: "目標値は「①3校 ②4回」、実績値は「①7校」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    in_each_row(book, in_row)
}

fn in_row(row: &Row<'_>) -> Vec<Finding> {
    let is_number = |value: &Known<'_>| is_number(value.measure);
    let mut targets = row.targets();
    targets.retain(is_number);
    let baseline = row.baseline().filter(is_number);
    let mut found = Vec::new();
    if let (Some(target), Some(baseline)) = (targets.first(), &baseline) {
        found.extend(differs(row, target, baseline));
    }
    for actual in row.actuals().iter().filter(|actual| is_number(actual)) {
        let same_year = targets.iter().find(|target| target.year == actual.year);
        let basis = same_year.or(targets.first()).or(baseline.as_ref());
        found.extend(basis.and_then(|basis| differs(row, basis, actual)));
    }
    found
}

/// The marks of a value's parts, in an order of their own: `①②`.
fn marks(measure: &Measure) -> String {
    let Measure::Compound(parts) = measure else {
        return "内訳なし".to_owned();
    };
    let mut marks: Vec<&str> = parts.iter().map(|part| part.mark.as_str()).collect();
    marks.sort_unstable();
    marks.concat()
}

fn differs(row: &Row<'_>, one: &Known<'_>, other: &Known<'_>) -> Option<Finding> {
    let (expected, got) = (marks(one.measure), marks(other.measure));
    if expected == got {
        return None;
    }
    let message = format!(
        "①②などの内訳が異なります：{}、{}",
        one.told(""),
        other.told("")
    );
    Some(Finding {
        found: Some(got),
        expected: Some(expected),
        ..finding(&RULE, row.item, other.place.clone(), message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        for text in ["①7校", "11回", "①7校 ②4回 ③1社"] {
            let book = clean().put("G14", text).book();
            assert_eq!(found(&RULE, &book), ["K08 G14"], "{text}");
        }
        let by_baseline = clean().both("D15", "").both("G15", "").both("J15", "");
        assert_eq!(
            found(&RULE, &by_baseline.put("G14", "11回").book()),
            ["K08 G14"]
        );
        let baseline = clean().both("A14", "学校訪問等の回数\nR3年度：6回").book();
        assert_eq!(found(&RULE, &baseline), ["K08 A14"]);
    }

    #[test]
    fn stays_silent() {
        for text in ["①7校 ②4回", "①7 ②4", "—", "(随時)", "", "検討"] {
            assert!(
                found(&RULE, &clean().put("G14", text).book()).is_empty(),
                "{text}"
            );
        }
    }
}
