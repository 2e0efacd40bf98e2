//! N10

use super::placeholder::placeholders;
use crate::check::text::entries::{Kind, entries};
use crate::check::{finding, is_error_value, kpis, quote, returned};
use crate::model::{Book, Field, Finding, Kpi, Level, Measure, Rule, Value, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "N10",
    name: "placeholder_left",
    level: Level::Warning,
    when: When::Both,
    title: "仮の記載",
    why: "仮に置いた言葉や記号が、そのまま公表資料に載ります。",
    remedy: "確定した内容に書き換え、確定していない場合はその旨を文で記入してください。",
    example: "上半期の取組結果に「申請件数は確認中です。」や「●件」が残っている。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, sheet) in returned(book) {
        let mut add = |label: &str, lines: &[&str], place, raw: &str| {
            if lines.is_empty() {
                return;
            }
            let quoted: Vec<String> = lines.iter().take(3).map(|line| quote(line)).collect();
            let message = format!("{label}に仮の記載が残っています：{}", quoted.join("、"));
            found.push(Finding {
                found: Some(raw.to_owned()),
                ..finding(&RULE, item, Some(place), message)
            });
        };
        for (kpi, _) in kpis(item, sheet) {
            let reported = kpi.year(book.period.year);
            let actual = reported.and_then(|values| values.actual.as_ref());
            let Some(actual) = actual.filter(|actual| is_placeholder(kpi, actual)) else {
                continue;
            };
            if let Some(place) = &actual.place {
                let text = actual.text();
                add("実績値", &[text], place.clone(), text);
            }
        }
        for entry in entries(sheet) {
            let ahead = matches!(entry.kind, Kind::Plan | Kind::Action);
            let lines = placeholders(entry.text, ahead, entry.aim);
            let label = entry.kind.label(&book.layout);
            add(label, &lines, entry.place.clone(), entry.text);
        }
    }
    found
}

/// Tells whether an actual only holds a place; then nothing else need be said of it. Where the KPI
/// itself is a survey, 調査中 is a stage of it.
pub(in crate::check) fn is_placeholder(kpi: &Kpi, actual: &Field<Measure>) -> bool {
    let words = match &actual.value {
        Value::Blank => false,
        Value::Unreadable => !is_error_value(actual.text()),
        Value::Known(Measure::Milestone(stage)) => stage.quantity.is_none(),
        Value::Known(
            Measure::Quantity(_) | Measure::Compound(_) | Measure::AsNeeded | Measure::Nothing(_),
        ) => false,
    };
    let targets = kpi.years.iter().filter_map(|values| values.target.as_ref());
    let aims: Vec<&str> = targets.map(Field::text).chain([kpi.name.text()]).collect();
    words && !placeholders(actual.text(), false, &aims.join(" ")).is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::placeholder::cases::{HOLD_A_PLACE, REPORT};
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        let silent: Vec<&str> = HOLD_A_PLACE
            .into_iter()
            .filter(|text| found(&RULE, &clean().put("E22", text).book()) != ["N10 E22"])
            .collect();
        assert_eq!(silent, [""; 0]);
        let cells = [("G12", "集計中"), ("D30", "確認中です。"), ("A32", "未定")];
        for (cell, text) in cells {
            let book = clean().put(cell, text).book();
            assert_eq!(found(&RULE, &book), [format!("N10 {cell}")], "{text}");
        }
    }

    #[test]
    fn stays_silent() {
        let accused: Vec<&str> = REPORT
            .into_iter()
            .filter(|text| !found(&RULE, &clean().put("E22", text).book()).is_empty())
            .collect();
        assert_eq!(accused, [""; 0]);
        for (cell, text) in [("C4", "調査中"), ("A32", "開催日（未定）"), ("G12", "多数")]
        {
            let book = clean().put(cell, text).book();
            assert_eq!(found(&RULE, &book), [""; 0], "{text}");
        }
        let survey = clean()
            .put("A22", "施設を調査します。")
            .put("E22", "調査中");
        assert_eq!(found(&RULE, &survey.book()), [""; 0]);
    }
}
