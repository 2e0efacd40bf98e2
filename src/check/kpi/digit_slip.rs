//! K07

use rust_decimal::Decimal;

use super::{Row, rows};
use crate::check::{finding, returned};
use crate::model::{Book, Finding, Level, Qualifier, Quantity, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "K07",
    name: "digit_slip",
    level: Level::Warning,
    when: When::Both,
    title: "桁違いの疑い",
    why: "前年度の実績値とも目標値とも桁が違い、書き誤りのおそれがあります。",
    remedy: "実績値の桁と単位を確かめ、正しい場合は、その理由を評価コメントなどに記入してください。",
    example: "R4年度の実績値は「67件」、目標値は「85件」、R5年度の実績値は「1450件」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let factor = Decimal::from(book.thresholds.digit_slip_factor);
    returned(book)
        .flat_map(|(item, sheet)| rows(book, item, sheet))
        .flat_map(|row| in_row(&row, factor, book.period.is_year_end()))
        .collect()
}

fn in_row(row: &Row<'_>, factor: Decimal, year_end: bool) -> Vec<Finding> {
    let before = row.past_actual(row.last_year());
    let target = row.known_target(row.reporting);
    let (Some(actual), Some(before), Some(target)) = (row.actual(), before, target) else {
        return Vec::new();
    };
    let marks = actual.measure.marks().into_iter();
    let slips = marks.filter_map(|mark| {
        let number = actual.measure.amount(mark)?;
        let [last, aim] = [&before, &target].map(|known| times(known.measure.amount(mark), number));
        let times = [last?, aim?];
        let up = times.iter().all(|times| *times >= factor);
        let tenth = Decimal::ONE.checked_div(factor)?;
        let down = times.iter().all(|times| *times <= tenth);
        // Half a year's number may well be a small part of a year's, and a cumulative number that
        // falls is K03.
        let falls = number.qualifier == Some(Qualifier::Cumulative);
        let slipped = up || (down && year_end && !falls);
        slipped.then_some(())?;
        let limit = if up { "倍以上" } else { "分の1以下" };
        let message = format!(
            "{}の{}は、{}の{}、{}の{}です（どちらも{factor}{limit}）。",
            row.name(),
            actual.told_with_year(mark),
            before.told_with_year(mark),
            multiple(times[0]),
            target.told_with_year(mark),
            multiple(times[1])
        );
        Some(Finding {
            found: Some(actual.text.to_owned()),
            ..finding(&RULE, row.item, actual.place.clone(), message)
        })
    });
    slips.collect()
}

/// A number as a multiple of another that counts alike; both above zero.
fn times(basis: Option<&Quantity>, number: &Quantity) -> Option<Decimal> {
    let basis = basis.filter(|basis| number.counts_like(basis))?;
    let sound = basis.value > Decimal::ZERO && number.value > Decimal::ZERO;
    number.value.checked_div(basis.value).filter(|_| sound)
}

/// A multiple in words: `21.6倍`, of less than one `9%`.
fn multiple(times: Decimal) -> String {
    let (shown, unit) = match times >= Decimal::ONE {
        true => (times, "倍"),
        false => (times.saturating_mul(Decimal::ONE_HUNDRED), "%"),
    };
    format!("{}{unit}", shown.round_dp(1).normalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    /// A KPI of which a line says last year's actual, this year's target and actual.
    fn book(line: &str) -> Book {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let sheet = clean().both("A16", "利用件数").both("D16", cells[0]);
        sheet.both("G17", cells[1]).put("G16", cells[2]).book()
    }

    #[test]
    fn fires() {
        let slip = clean().put("G12", "(累計)1450件");
        assert_eq!(found(&RULE, &slip.book()), ["K07 G12"]);
        for line in [
            "67件 | 85件 | 1450件",
            "67件 | 85件 | 6件",
            "1件 | 1件 | 10件",
            "0.5% | 0.5% | 5%",
            "①3校 ②4回 | ①3校 ②4回 | ①3校 ②40回",
            "延べ800人 | 延べ800人 | 延べ80人",
        ] {
            assert_eq!(found(&RULE, &book(line)), ["K07 G16"], "{line}");
        }
        let told = |line| check(&book(line)).remove(0).message;
        assert_eq!(
            told("67件 | 85件 | 1450件"),
            "「利用件数」のR5年度の実績値「1450件」は、R4年度の実績値「67件」の21.6倍、R5年度の目標値「85件」の\
             17.1倍です（どちらも10倍以上）。"
        );
        assert!(told("67件 | 85件 | 6件").ends_with("の7.1%です（どちらも10分の1以下）。"));
        let mut tuned = book("67件 | 85件 | 500件");
        assert!(found(&RULE, &tuned).is_empty());
        tuned.thresholds.digit_slip_factor = 5;
        assert_eq!(found(&RULE, &tuned), ["K07 G16"]);
    }

    #[test]
    fn stays_silent() {
        for line in [
            "67件 | 85件 | 145件",
            "10件 | 85件 | 145件",
            "0件 | 10件 | 120件",
            " | 10件 | 120件",
            "10件 | — | 120件",
            "10件 | 10件 | 0件",
            "10件 | 10件 | 120人",
            "10件 | (累計)10件 | 120件",
            "(累計)67件 | (累計)85件 | (累計)6件",
            "(随時) | (随時) | 120件",
            "検討 | 10件 | 120件",
        ] {
            assert!(found(&RULE, &book(line)).is_empty(), "{line}");
        }
        let half = clean().both("A16", "利用件数").both("D16", "67件");
        let half = half.both("G17", "85件").put("G16", "6件").autumn();
        assert!(found(&RULE, &half.book()).is_empty());
    }
}
