//! K02

use std::collections::BTreeMap;

use super::{Known, Row, in_each_row, quantities};
use crate::check::finding;
use crate::model::{Book, Finding, Level, Quantity, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "K02",
    name: "unit_mismatch",
    level: Level::Error,
    when: When::Both,
    title: "単位の不一致",
    why: "実績値・目標値・基準値の単位が違うと、比べることができません。",
    remedy: "どの単位が正しいか確かめ、計画の単位にそろえて記入してください。",
    example: "目標値は「2か所」、実績値は「2件」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    in_each_row(book, in_row)
}

/// A quantity with a unit, the key of the unit, and the value that it is, or is a part of.
type Seen<'a> = (&'a Quantity, String, &'a Known<'a>);

fn in_row(row: &Row<'_>) -> Vec<Finding> {
    let mut known = row.targets();
    known.sort_by_key(|target| (target.year != Some(row.reporting), target.year));
    known.extend(row.baseline());
    known.extend(row.actuals());
    let mut by_mark: BTreeMap<&str, Vec<Seen<'_>>> = BTreeMap::new();
    for value in &known {
        for (mark, quantity) in quantities(value.measure) {
            if !quantity.unit.is_empty() {
                let seen = (quantity, quantity.unit_key(), value);
                by_mark.entry(mark).or_default().push(seen);
            }
        }
    }
    let marks = by_mark.into_iter();
    marks
        .flat_map(|(mark, seen)| odd_ones(row, mark, &seen))
        .collect()
}

/// The quantities whose unit is not that of most; of equals, the target's counts.
fn odd_ones(row: &Row<'_>, mark: &str, seen: &[Seen<'_>]) -> Vec<Finding> {
    let count = |one: &&Seen<'_>| seen.iter().filter(|other| other.1 == one.1).count();
    // Of equal maxima the last is taken: turned round, the first.
    let Some(usual) = seen.iter().rev().max_by_key(count) else {
        return Vec::new();
    };
    let odd = seen.iter().filter(|one| one.1 != usual.1);
    odd.map(|(_, _, odd)| {
        let message = format!(
            "単位が異なります：{}、{}",
            usual.2.told(mark),
            odd.told(mark)
        );
        Finding {
            found: Some(odd.text.to_owned()),
            expected: Some(usual.0.unit.to_string()),
            ..finding(&RULE, row.item, odd.place.clone(), message)
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        assert_eq!(
            found(&RULE, &clean().put("G12", "(累計)145人").book()),
            ["K02 G12"]
        );
        assert_eq!(
            found(&RULE, &clean().put("G14", "①7校 ②4人").book()),
            ["K02 G14"]
        );
        let pair = clean()
            .both("A16", "窓口数")
            .both("G16", "2件")
            .both("G17", "2か所");
        assert_eq!(found(&RULE, &pair.book()), ["K02 G16"]);
        let baseline = clean().both("A12", "オンライン申請サービス数\nR3年度：30人");
        assert_eq!(found(&RULE, &baseline.book()), ["K02 A12"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        assert!(found(&RULE, &clean().put("G12", "(累計)145").book()).is_empty());
        let twins = clean()
            .both("A16", "窓口数")
            .both("G16", "2箇所")
            .both("G17", "2か所");
        assert!(found(&RULE, &twins.book()).is_empty());
        assert!(found(&RULE, &clean().put("J12", "5人").book()).is_empty());
    }
}
