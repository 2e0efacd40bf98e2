//! K08

use super::{Row, in_each_row, is_number};
use crate::check::{finding, quote};
use crate::model::{Book, Finding, Level, Measure, Place, Rule, When};

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
    let targets = row.targets();
    let numbers = || targets.iter().filter(|(_, target)| is_number(target));
    let baseline = row.baseline().filter(|baseline| is_number(baseline));
    let mut found = Vec::new();
    if let (Some((_, target)), Some(baseline)) = (numbers().next(), baseline) {
        found.extend(differs(
            row,
            ("目標値", target),
            ("基準値", baseline),
            row.name_place(),
        ));
    }
    for (year, actual, field) in row.actuals() {
        let same_year = numbers().find(|(target, _)| *target == year);
        let target = same_year
            .or_else(|| numbers().next())
            .map(|(_, target)| ("目標値", *target));
        let basis = target.or_else(|| baseline.map(|baseline| ("基準値", baseline)));
        if let Some(basis) = basis.filter(|_| is_number(actual)) {
            found.extend(differs(row, basis, ("実績値", actual), field.place.clone()));
        }
    }
    found
}

/// The marks of a value's parts, in an order of their own.
fn marks(measure: &Measure) -> Vec<&str> {
    let Measure::Compound(parts) = measure else {
        return Vec::new();
    };
    let mut marks: Vec<&str> = parts.iter().map(|part| part.mark.as_str()).collect();
    marks.sort_unstable();
    marks
}

fn differs(
    row: &Row<'_>,
    (label, one): (&str, &Measure),
    (found_label, other): (&str, &Measure),
    place: Option<Place>,
) -> Option<Finding> {
    let told = |marks: Vec<&str>| match marks.is_empty() {
        true => "内訳なし".to_owned(),
        false => marks.concat(),
    };
    if marks(one) == marks(other) {
        return None;
    }
    let (expected, got) = (told(marks(one)), told(marks(other)));
    let message = format!(
        "①②などの内訳が異なります：{label}{}、{found_label}{}",
        quote(&expected),
        quote(&got)
    );
    Some(Finding {
        found: Some(got),
        expected: Some(expected),
        ..finding(&RULE, row.item, place, message)
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
