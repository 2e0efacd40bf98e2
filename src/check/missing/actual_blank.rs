//! N04

use super::names::{Named, named};
use super::{Sought, is_undecided, missing, planned_kpis, required};
use crate::model::{Book, Field, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "N04",
    name: "actual_blank",
    level: Level::Error,
    when: When::YearEnd,
    title: "実績値未記入",
    why: "この年度の実績が公表資料で空欄になります。",
    remedy: "この年度の実績値を記入してください。実績がない場合は「0」と単位を、対象がない場合は「該当なし」を記入してください。",
    example: "令和5年度の年度末に、R5年度の実績値が空欄である。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let label = book.layout.labels.actual_of(book.period.year);
    let sought = Sought::Column(label.clone());
    let message = "実績値が記入されていません。";
    let mut found: Vec<Named<'_>> = Vec::new();
    for (item, sheet) in required(book) {
        for (kpi, _) in planned_kpis(item, sheet) {
            let values = kpi.year(book.period.year);
            let actual = values.and_then(|values| values.actual.as_ref());
            let blank = actual.is_none_or(Field::is_blank);
            if blank && !is_undecided(item, actual, &label) {
                let both = (item, sheet);
                let one = missing(&RULE, book, both, actual, &sought, message);
                found.extend(one.map(|one| (one, kpi.name.text())));
            }
        }
    }
    named(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found, undecided};

    #[test]
    fn fires() {
        // Nobody told of a field without a cell.
        let mut untold = undecided();
        untold.items[0].returns[0].sheet.readings.clear();
        assert_eq!(found(&RULE, &untold), ["N04 A1"]);
        let both = clean().put("G12", "").put("G14", "");
        assert_eq!(found(&RULE, &both.book()), ["N04 G12,G14"]);
        // One year without its head is told by its neighbours, two are not.
        assert_eq!(found(&RULE, &clean().without("G12").book()), ["N04 G12"]);
        let two = clean().without("G12").without("J12");
        assert_eq!(found(&RULE, &two.book()), ["N04 A1"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &undecided()).is_empty());
        for entered in ["—", "0件", "(随時)", "不明"] {
            let book = clean().put("G12", entered).book();
            assert!(found(&RULE, &book).is_empty(), "{entered}");
        }
        let autumn = clean().put("G12", "").autumn();
        assert!(found(&RULE, &autumn.book()).is_empty());
    }
}
