//! K09

use super::{Known, Row, in_each_running_row};
use crate::check::finding;
use crate::model::{Book, Counting, Direction, Finding, Level, Meaning, Quantity, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "K09",
    name: "target_eased",
    level: Level::Info,
    when: When::Both,
    title: "目標値の後退",
    why: "後の年度の目標値が前の年度より達しやすくなっており、書き誤りのおそれがあります。",
    remedy: "計画の目標値に書き誤りがないか確かめ、誤りであれば企画担当課に知らせてください。",
    example: "R4年度の目標値は「3人」、R5年度の目標値は「2人以上」。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    in_each_running_row(book, in_row)
}

fn in_row(row: &Row<'_>) -> Vec<Finding> {
    let semantics = row.semantics();
    let targets = row.targets();
    let mut found = Vec::new();
    for (mark, meaning) in &semantics.parts {
        let known = targets.iter().filter(|target| row.is_planned(target.year));
        let amounts = known.filter_map(|known| Some((known, known.measure.amount(mark)?)));
        let amounts: Vec<(&Known<'_>, &Quantity)> = amounts.collect();
        for pair in amounts.windows(2) {
            let [(before, earlier), (after, later)] = pair else {
                continue;
            };
            let Some(how) = eased(meaning, earlier, later) else {
                continue;
            };
            let message = format!(
                "{}の{how}：{}、{}",
                row.name(),
                before.told_with_year(mark),
                after.told_with_year(mark)
            );
            found.push(Finding {
                found: Some(after.text.to_owned()),
                ..finding(&RULE, row.item, after.place.clone(), message)
            });
        }
    }
    found
}

/// How a later target is easier than the one before, in words; a cumulative one never falls,
/// whichever way it should go.
fn eased(meaning: &Meaning, earlier: &Quantity, later: &Quantity) -> Option<String> {
    if !later.counts_like(earlier) {
        return None;
    }
    let falls = later.value < earlier.value;
    let cumulative = meaning.counting.map(|counting| counting.value) == Some(Counting::Cumulative);
    if cumulative && falls {
        return Some("累計の目標値が前の年度より減っています".to_owned());
    }
    let direction = meaning.direction?;
    let (eased, how) = match direction.value {
        Direction::More => (falls, "低く"),
        Direction::Less => (later.value > earlier.value, "高く"),
    };
    let reason = direction.by.reason();
    let good = match direction.value {
        Direction::More => "多い",
        Direction::Less => "少ない",
    };
    eased.then(|| {
        format!("目標値が前の年度より{how}なっています（{reason}、{good}ほどよいものとみました）")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Fixture, clean, found};

    fn planned(baseline: &str, targets: [&str; 3]) -> Fixture {
        let sheet = clean().both("A16", &format!("利用件数\n{baseline}"));
        let sheet = sheet.both("D17", targets[0]).both("G17", targets[1]);
        sheet.both("J17", targets[2])
    }

    #[test]
    fn fires() {
        for (baseline, targets, cells) in [
            ("R3年度：2件", ["3件", "2件以上", "2件以上"], "G17"),
            ("R3年度：5件", ["20件", "30件", "10件"], "J17"),
            ("", ["(累計)40件", "(累計)85件", "(累計)80件"], "J17"),
            ("", ["(累計)40件", "—", "(累計)30件"], "J17"),
            ("", ["20%以下", "15%以下", "18%以下"], "J17"),
            (
                "",
                ["①3校 ②4回以上", "①3校 ②5回以上", "①3校 ②4回以上"],
                "J17",
            ),
        ] {
            let book = planned(baseline, targets).book();
            assert_eq!(found(&RULE, &book), [format!("K09 {cells}")], "{targets:?}");
        }
        let message = |targets| check(&planned("", targets).book()).remove(0).message;
        assert_eq!(
            message(["10%以下", "12%以下", ""]),
            "「利用件数」の目標値が前の年度より高くなっています（目標値に「以下」などとあるため、少ないほどよいものと\
             みました）：R4年度の目標値「10%以下」、R5年度の目標値「12%以下」"
        );
        assert_eq!(
            message(["(累計)9件", "(累計)8件", ""]),
            "「利用件数」の累計の目標値が前の年度より減っています：R4年度の目標値「(累計)9件」、R5年度の目標値\
             「(累計)8件」"
        );
        // The department's slip in the target is P06; the plan's targets rise.
        let slip = clean().put("J13", "(累計)10件").book();
        assert!(found(&RULE, &slip).is_empty());
    }

    #[test]
    fn stays_silent() {
        for (baseline, targets) in [
            ("R3年度：2件", ["2件", "2件以上", "2件"]),
            ("R3年度：100件", ["80件", "60件", "40件"]),
            ("R3年度：100件", ["80件", "80件", "70件"]),
            ("", ["30件", "20件", "10件"]),
            ("", ["3件", "2人", "2人"]),
            ("", ["(累計)40件", "8件", "9件"]),
            ("", ["(随時)", "3件", "—"]),
            ("", ["検討", "3件", "実施"]),
        ] {
            let book = planned(baseline, targets).book();
            assert!(found(&RULE, &book).is_empty(), "{targets:?}");
        }
        let cancelled = planned("", ["(累計)9件", "(累計)8件", ""]).put("A30", "取組中止");
        assert!(found(&RULE, &cancelled.book()).is_empty());
        let added = clean()
            .put("A16", "満足度")
            .put("D17", "3点以上")
            .put("G17", "2点以上");
        assert!(found(&RULE, &added.book()).is_empty());
    }
}
