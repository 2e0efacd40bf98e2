//! K12

use rust_decimal::Decimal;

use super::pace::pace;
use super::{Row, in_each_running_row};
use crate::check::{finding, quote};
use crate::model::{Book, Direction, Finding, Kind, Level, Meaning, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "K12",
    name: "last_target_out_of_reach",
    level: Level::Info,
    when: When::YearEnd,
    title: "最終目標の達成困難",
    why: "最終年度の目標に、これまでの進み方では届きません。残る年度に必要な伸びが、これまでで最も大きい年度の伸びの2倍を超えるときに知らせます。",
    remedy: "最終年度の目標に届く見通しを確かめ、必要な場合は、改善事項に今後の進め方を記入してください。",
    example: "R6年度の目標値は「(累計)100件」だが、R5年度の実績値は「(累計)40件」で、これまでの伸びは多い年度でも6件。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    in_each_running_row(book, in_row)
}

fn in_row(row: &Row<'_>) -> Vec<Finding> {
    let semantics = row.semantics();
    let parts = semantics.parts.iter();
    parts
        .filter_map(|(mark, meaning)| of_part(row, mark, meaning))
        .collect()
}

fn of_part(row: &Row<'_>, mark: &str, meaning: &Meaning) -> Option<Finding> {
    let targets = row.targets();
    let mut known = targets.iter().rev();
    let aim = known.find(|known| known.measure.amount(mark).is_some())?;
    let last = aim.year.filter(|year| *year > row.reporting)?;
    let target = aim.measure.amount(mark)?;
    let pace = pace(row, mark, meaning, (last, target))?;
    let pace = pace.is_out_of_reach(row, mark, meaning).then_some(pace)?;
    let actual = row.actual()?;
    let unit = match (meaning.kind, target.unit.as_str()) {
        (Kind::Rate, "%" | "％") => "ポイント",
        (Kind::Rate | Kind::Number | Kind::AsNeeded | Kind::Milestone | Kind::Unknown, unit) => {
            unit
        }
    };
    let shown = |number: Decimal| format!("{}{unit}", number.round_dp(1).normalize());
    let (move_on, moved) = match meaning.direction?.value {
        Direction::More => ("増やす", "増えた"),
        Direction::Less => ("減らす", "減った"),
    };
    let so_far = match pace.best > Decimal::ZERO {
        true => format!("これまで最も{moved}年度でも{}です", shown(pace.best)),
        false => format!("これまで{moved}年度がありません"),
    };
    let message = format!(
        "{}は、{}の実績値{}から{}の目標値{}まで、1年に{}（あわせて{}）{move_on}必要がありますが、{so_far}。",
        row.name(),
        row.reporting.short(),
        quote(&actual.part(mark)),
        last.short(),
        quote(&aim.part(mark)),
        shown(pace.needed),
        shown(pace.gap)
    );
    Some(Finding {
        found: Some(actual.text.to_owned()),
        ..finding(&RULE, row.item, actual.place.clone(), message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    /// A KPI of which a line says the baseline, actual and target of R4 and R5, R6's target.
    fn book(line: &str) -> Book {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let sheet = clean().both("A16", &format!("利用件数\n{}", cells[0]));
        let sheet = sheet.both("D16", cells[1]).both("D17", cells[2]);
        let sheet = sheet.put("G16", cells[3]).both("G17", cells[4]);
        sheet.both("J17", cells[5]).book()
    }

    #[test]
    fn fires() {
        for line in [
            "R3年度：30件 | (累計)34件 | (累計)50件 | (累計)40件 | (累計)70件 | (累計)100件",
            "R3年度：0件 | (累計)0件 | (累計)1件 | (累計)0件 | (累計)2件 | (累計)3件",
            "R3年度：30件 | (累計)31件 | | (累計)32件 | | (累計)40件",
            "R3年度：12件 | (累計)1件 | (累計)2件 | (累計)2件 | (累計)7件 | (累計)12件",
            "R3年度：40% | 41% | 45% | 42% | 50% | 60%",
            "R3年度：20% | 19% | 15%以下 | 18% | 12%以下 | 10%以下",
        ] {
            assert_eq!(found(&RULE, &book(line)), ["K12 G16"], "{line}");
        }
        let told = |line| check(&book(line)).remove(0).message;
        assert_eq!(
            told("R3年度：30件 | (累計)34件 | | (累計)40件 | (累計)70件 | (累計)100件"),
            "「利用件数」は、R5年度の実績値「(累計)40件」からR6年度の目標値「(累計)100件」まで、1年に60件（あわせて\
             60件）増やす必要がありますが、これまで最も増えた年度でも6件です。"
        );
        let none = told("R3年度：40% | 40% | 45% | 39% | 50% | 60%");
        assert!(none.ends_with("1年に21ポイント（あわせて21ポイント）増やす必要がありますが、これまで増えた年度がありません。"));
    }

    #[test]
    fn stays_silent() {
        for line in [
            "R3年度：30件 | (累計)67件 | (累計)40件 | (累計)80件 | (累計)85件 | (累計)100件",
            "R3年度：30件 | (累計)34件 | (累計)34件 | (累計)40件 | (累計)40件 | (累計)100件",
            "R3年度：0件 | (累計)0件 | | (累計)0件 | | (累計)1件",
            "R3年度：0件 | (累計)0件 | | (累計)4件 | (累計)5件 | (累計)12件",
            "R3年度：12件 | (累計)2件 | (累計)2件 | (累計)6件 | (累計)7件 | (累計)12件",
            "R3年度：30件 | (累計)31件 | | (累計)100件 | (累計)110件 | (累計)100件",
            "R3年度：30件 | 34件 | 50件 | 40件 | 70件 | 100件",
            "R3年度：40% | 41% | 45% | 42% | 50% | 50%",
            "R3年度：延べ800人 | 延べ500人 | 延べ800人 | 延べ700人 | 延べ800人 | 延べ800人",
            " | 41% | 45% | 42% | 50% | 60%",
            "R3年度：30件 | (累計)34件 | (累計)50件 | (累計)40件 | (累計)70件 | (随時)",
        ] {
            assert!(found(&RULE, &book(line)).is_empty(), "{line}");
        }
        let line = "R3年度：30件 | (累計)34件 | (累計)50件 | (累計)40件 | (累計)70件 | (累計)100件";
        let mut autumn = book(line);
        autumn.period.half = crate::model::Half::First;
        assert!(found(&RULE, &autumn).is_empty());
    }
}
