//! S05

use super::{every_return, leftover, readings};
use crate::check::sidecar::is_hidden;
use crate::check::{at_all, finding, has_column, kpis, quote, returned};
use crate::model::{
    Book, BookItem, Field, Finding, Kpi, KpiYear, Level, Measure, Rule, Text, When,
};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S05",
    name: "unplaced_entry",
    level: Level::Warning,
    when: When::Both,
    title: "様式外の記載",
    why: "様式のどの欄でもない場所の記載は、集約版に載りません。",
    remedy: "必要な内容であれば該当する欄へ移し、不要であれば削除してください。",
    example: "表の右の余白に「4月に再提出予定」と書かれている。",
    check,
};

const NOTE: &str = "用語の説明であれば「※1 用語…説明」のように番号から書き始め、そのほかの内容であれば該当する欄へ移してください。不要であれば削除してください。";

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, returned) in every_return(book) {
        let sheet = &returned.sheet;
        // S13.
        let shown = |cell: &&Text| !cell.place.iter().any(|at| is_hidden(book, at));
        let cells = sheet.unplaced.iter().filter(shown);
        let told = |cell: &&Text| readings::undecided(sheet, cell).is_some();
        let (merged, mut cells): (Vec<&Text>, Vec<&Text>) = cells.partition(told);
        found.extend(leftover::told_at_once(&RULE, book, item, sheet, &mut cells));
        for cell in merged.into_iter().chain(cells) {
            let merged = readings::undecided(sheet, cell);
            let is_note = sheet.beside_footnotes() == Some(cell);
            let remedy = match (&merged, is_note) {
                (Some(_), _) => Some(readings::remedy_of_one_cell()),
                (None, true) => Some(NOTE.to_owned()),
                (None, false) => None,
            };
            let place = match is_note {
                true => "脚注の欄に、「※1」のような番号で始まらない",
                false => "様式の欄でない場所に",
            };
            let message =
                merged.unwrap_or_else(|| format!("{place}記載があります：{}", quote(cell.text())));
            let mut finding = finding(&RULE, item, cell.place.clone(), message);
            finding.remedy = remedy.unwrap_or(finding.remedy);
            finding.found = cell.said();
            found.push(finding);
        }
    }
    found.extend(readings::findings(&RULE, book));
    for (item, sheet) in returned(book) {
        for (kpi, plan) in kpis(item, sheet) {
            let Some(plan) = plan else { continue };
            let years = kpi.years.iter();
            found.extend(years.filter_map(|values| column_too_many(item, plan, kpi, values)));
        }
    }
    found
}

/// What stands in a year column that the plan does not have, or that stands there twice.
fn column_too_many(item: &BookItem, plan: &Kpi, kpi: &Kpi, values: &KpiYear) -> Option<Finding> {
    let planned = plan.year(values.year);
    let taken = has_column(plan, kpi, values);
    let actual_lost = planned.is_none_or(|planned| planned.actual.is_none());
    let lost = [
        ("実績値", &values.actual, !taken || actual_lost),
        ("目標値", &values.target, !taken),
    ];
    let lost: Vec<(&str, &Field<Measure>)> = lost
        .into_iter()
        .filter_map(|(storey, field, lost)| Some((storey, field.as_ref().filter(|_| lost)?)))
        .filter(|(_, field)| !field.is_blank())
        .collect();
    let (_, first) = lost.first()?;
    let why = match planned {
        None => "計画にない年度です",
        Some(_) if !taken => "同じ年度の欄が二つあります",
        Some(_) => "計画にない欄です",
    };
    let told = |quoted: fn(&str) -> String| -> String {
        let values = lost.iter();
        let values: Vec<String> = values
            .map(|(storey, field)| format!("{storey}{}", quoted(field.text())))
            .collect();
        values.join("、")
    };
    let message = format!(
        "数値目標{}の「{}」の欄の記載は、集約版に載りません（{why}）：{}",
        quote(kpi.name.text()),
        values.year.short(),
        told(quote)
    );
    let finding = finding(&RULE, item, first.place.clone(), message);
    let places = lost.iter().filter_map(|(_, field)| field.place.as_ref());
    let mut finding = at_all(finding, places);
    finding.found = Some(told(|text| format!("「{text}」")));
    "年度の見出しを様式のとおりに直し、正しい年度の欄に記入してください。"
        .clone_into(&mut finding.remedy);
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Fixture, clean, found};
    use crate::model::FiscalYear;

    #[test]
    fn fires() {
        let book = clean().put("N12", "再提出予定").book();
        assert_eq!(found(&RULE, &book), ["S05 N12"]);
        for (cell, is_note) in [("A34", true), ("D34", false), ("A40", false)] {
            let told = check(&clean().put(cell, "4月に再開します。").book()).remove(0);
            assert_eq!(told.cells[0].to_string(), cell);
            assert_eq!(told.message.contains("脚注の欄に"), is_note, "{cell}");
        }
    }

    #[test]
    fn fires_on_year_columns_that_the_plan_does_not_have() {
        let typed = |sheet: Fixture| sheet.put("J12", "(累計)150件").book();
        let mut twice = typed(clean());
        for kpi in &mut twice.items[0].returns[0].sheet.kpis {
            kpi.years[2].year = FiscalYear(2023);
        }
        let [actual, target] = ["実績値", "目標値"].map(|word| format!("R8年度\n【{word}】"));
        let stranger = typed(clean().put("J10", &actual).put("J11", &target));
        for (book, why) in [(twice, "二つ"), (stranger, "計画にない年度")] {
            let told = found(&RULE, &book);
            assert_eq!(told, ["S05 J12,J13", "S05 J15"], "{why}");
            let message = check(&book).remove(0).message;
            let values = "実績値「(累計)150件」、目標値「(累計)100件」";
            for part in [why, values, "オンライン申請サービス数"] {
                assert!(message.contains(part), "{message}");
            }
            let targets = found(&crate::check::plan::target_differs::RULE, &book);
            assert!(targets.is_empty(), "{targets:?}");
        }
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
    }
}
