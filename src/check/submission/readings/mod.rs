//! S05: cells that are not as the distributed form has them, and how they were read.

use super::every_return;
use crate::check::{finding, quote};
use crate::model::text::is_dash;
use crate::model::{
    Book, BookItem, Finding, ItemSheet, Label, Level, Place, ReadAs, Reading, Rule, Text,
};

const LABELS: &str = "読み方が違っている場合は、見出しを配布した様式のとおりに直してください。";
const ONE_CELL: &str = "それぞれの欄に分けて記入してください。";

/// What is to be told of how the returned forms were read.
pub(super) fn findings(rule: &Rule, book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, returned) in every_return(book) {
        let sheet = &returned.sheet;
        found.extend(labels(rule, item, sheet));
        found.extend(gone(rule, item, sheet));
        let readings = sheet.readings.iter();
        found.extend(readings.filter_map(|reading| each(rule, book, item, reading)));
    }
    found
}

/// Why a cell without a place is no field, where the form's reader knows.
pub(super) fn undecided(sheet: &ItemSheet, cell: &Text) -> Option<String> {
    let same = |reading: &&Reading| reading.cell.place == cell.place;
    let reading = sheet.readings.iter().find(same)?;
    let ReadAs::Undecided(names) = &reading.read_as else {
        return None;
    };
    let which = if names.len() == 2 {
        "どちら"
    } else {
        "どれ"
    };
    Some(format!(
        "{}の{which}の値か分からないため、読み取っていません：{}",
        quoted(names),
        quote(cell.text())
    ))
}

/// What a department can do where one cell holds what belongs into several.
pub(super) fn remedy_of_one_cell() -> String {
    ONE_CELL.to_owned()
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| quote(name)).collect();
    match &names[..] {
        [one, other] => format!("{one}と{other}"),
        all => all.concat(),
    }
}

/// One finding about cells of a sheet, in their order.
fn about(
    rule: &Rule,
    item: &BookItem,
    cells: &[&Text],
    message: String,
    remedy: &str,
) -> Option<Finding> {
    let places: Vec<&Place> = cells
        .iter()
        .filter_map(|cell| cell.place.as_ref())
        .collect();
    let first = places.first().map(|place| (*place).clone());
    let mut finding = finding(rule, item, Some(first?), message);
    finding.cells = places.iter().map(|place| place.cell).collect();
    finding.level = Level::Info;
    remedy.clone_into(&mut finding.remedy);
    Some(finding)
}

/// The labels in other words.
fn labels(rule: &Rule, item: &BookItem, sheet: &ItemSheet) -> Option<Finding> {
    let readings = sheet.readings.iter();
    let edited: Vec<(&Text, &String)> = readings
        .filter_map(|reading| match &reading.read_as {
            ReadAs::Label(label) => Some((&reading.cell, label)),
            ReadAs::Found(_) | ReadAs::Each(_) | ReadAs::Undecided(_) => None,
        })
        .collect();
    let told: Vec<String> = edited
        .iter()
        .map(|(cell, label)| format!("{}を{}", quote(cell.text()), quote(label)))
        .collect();
    let cells: Vec<&Text> = edited.iter().map(|(cell, _)| *cell).collect();
    let message = format!("見出し{}として読みました。", told.join("、"));
    let mut finding = about(rule, item, &cells, message, LABELS)?;
    finding.found = cells.first().and_then(|cell| cell.said());
    Some(finding)
}

/// The labels that are gone.
fn gone(rule: &Rule, item: &BookItem, sheet: &ItemSheet) -> Option<Finding> {
    let readings = sheet.readings.iter();
    let (cells, names): (Vec<&Text>, Vec<String>) = readings
        .filter_map(|reading| match &reading.read_as {
            ReadAs::Found(label) => Some((&reading.cell, label.clone())),
            ReadAs::Label(_) | ReadAs::Each(_) | ReadAs::Undecided(_) => None,
        })
        .unzip();
    let message = format!(
        "見出し{}がないため、周りの見出しから欄の位置を判断しました。",
        quoted(&names)
    );
    about(rule, item, &cells, message, LABELS)
}

/// A cell that stands for several fields and was read as each of them; a dash says nothing.
fn each(rule: &Rule, book: &Book, item: &BookItem, reading: &Reading) -> Option<Finding> {
    let ReadAs::Each(names) = &reading.read_as else {
        return None;
    };
    if is_dash(reading.cell.text()) {
        return None;
    }
    let (first, rest) = names.split_first()?;
    let told = if rest.iter().all(|name| name == first) {
        let (field, rows) = (quote(first), names.len());
        format!("{field}の欄が{rows}行にわたって結合されているため、それぞれの行")
    } else {
        let mut names = names.clone();
        names.dedup();
        let fields = quoted(&names);
        format!("{fields}が一つのセルに記入されているため、それぞれの欄")
    };
    let text = quote(reading.cell.text());
    let message = format!("{told}の記載として読みました：{text}");
    let mut finding = about(rule, item, &[&reading.cell], message, ONE_CELL)?;
    finding.found = reading.cell.said();
    let written = |label: &Label| label.plain().replace('\n', "");
    let plan = written(&book.layout.labels.plan);
    // An aim and a result are two things; what is both is probably neither.
    if names.contains(&plan) && names.iter().any(|name| *name != plan) {
        finding.level = rule.level;
    }
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};
    use crate::check::submission::unplaced_entry::RULE;
    use crate::model::CellRef;

    fn with(cells: &[(&str, &str, ReadAs)]) -> Book {
        let mut book = clean().book();
        let sheet = &mut book.items[0].returns[0].sheet;
        for (at, text, read_as) in cells {
            let place = Place {
                source: sheet.source.clone(),
                cell: CellRef::parse(at).unwrap(),
            };
            let cell = Text::from_raw(Some(text), Some(place));
            if let ReadAs::Undecided(_) = read_as {
                sheet.unplaced.push(cell.clone());
            }
            let read_as = read_as.clone();
            sheet.readings.push(Reading { cell, read_as });
        }
        book
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn labels_are_named_once_a_sheet() {
        let label = |text: &str| ReadAs::Label(text.to_owned());
        let book = with(&[
            ("A1", "取組番合", label("取組番号")),
            ("A3", "※主管課", label("主管課(関係課)")),
            ("A20", "", ReadAs::Found("取組目標【Plan】".to_owned())),
        ]);
        assert_eq!(found(&RULE, &book), ["S05 A1,A3 info", "S05 A20 info"]);
        let told: Vec<String> = findings(&RULE, &book)
            .into_iter()
            .map(|finding| finding.message)
            .collect();
        assert_eq!(
            told,
            [
                "見出し「取組番合」を「取組番号」、「※主管課」を「主管課(関係課)」として読みました。",
                "見出し「取組目標【Plan】」がないため、周りの見出しから欄の位置を判断しました。",
            ]
        );
    }

    #[test]
    fn merged_cells_are_told_with_what_they_were_read_as() {
        let halves = names(&["上半期の取組結果【Do】", "下半期の取組結果【Do】"]);
        let rows = names(&["上半期の取組結果【Do】"; 2]);
        let plan = names(&["取組目標【Plan】", "上半期の取組結果【Do】"]);
        let values = names(&["R5年度【実績値】", "R5年度【目標値】"]);
        let book = with(&[
            ("E22", "通年で行った。", ReadAs::Each(halves.clone())),
            ("E23", "二つとも行った。", ReadAs::Each(rows)),
            ("A24", "行う。", ReadAs::Each(plan)),
            ("E25", "—", ReadAs::Each(halves)),
            ("G12", "85件", ReadAs::Undecided(values)),
        ]);
        assert_eq!(
            found(&RULE, &book),
            ["S05 G12", "S05 A24", "S05 E22 info", "S05 E23 info"]
        );
        let told: Vec<String> = (RULE.check)(&book)
            .into_iter()
            .map(|finding| finding.message)
            .collect();
        for message in [
            "「上半期の取組結果【Do】」と「下半期の取組結果【Do】」が一つのセルに記入されているため、それぞれの欄の記載として読みました：「通年で行った。」",
            "「上半期の取組結果【Do】」の欄が2行にわたって結合されているため、それぞれの行の記載として読みました：「二つとも行った。」",
            "「R5年度【実績値】」と「R5年度【目標値】」のどちらの値か分からないため、読み取っていません：「85件」",
        ] {
            assert!(
                told.iter().any(|one| one == message),
                "{message}\n{told:#?}"
            );
        }
    }
}
