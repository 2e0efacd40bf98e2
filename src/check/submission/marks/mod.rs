//! The marks of the returned forms beside what is written on them.

use crate::check::{anchor, finding, finding_outside, quote};
use crate::model::{
    Book, BookItem, CollectedFile, Finding, FormMark, Level, Return, Rule, plan_code,
};

use super::{department_of, every_return};

/// What the marks of a return say otherwise than its labels.
pub(super) fn of_sheet(
    rule: &Rule,
    book: &Book,
    item: &BookItem,
    returned: &Return,
) -> Vec<Finding> {
    let sheet = &returned.sheet;
    let mut found = Vec::new();
    let changed = sheet.marks.iter().filter(|mark| mark.id.is_none());
    found.extend(changed.map(|mark| rewritten(rule, item, mark)));
    let number = item.number();
    if sheet.number.raw.is_none() && sheet.number.get().is_some() {
        let message =
            format!("取組番号が記入されていないため、様式の印から取組{number}の票とみなしました。");
        let place = sheet.number.place.clone().unwrap_or_else(|| anchor(sheet));
        found.push(Finding {
            level: Level::Info,
            expected: Some(number.to_string()),
            remedy: "取組番号を記入してください。".to_owned(),
            ..finding(rule, item, Some(place), message)
        });
    }
    let code = plan_code(book.cover.plan.as_deref(), &book.layout);
    // One mark speaks for all: they were made together.
    let known = sheet
        .marks
        .iter()
        .find_map(|mark| Some((mark, mark.id.as_ref()?)));
    let Some((mark, id)) = known else {
        return found;
    };
    let carrier = mark.carrier.label();
    if id.plan != code {
        let message = format!("{carrier}が、今の計画と様式の定義で配布したものと異なります。");
        found.push(Finding {
            level: Level::Info,
            found: mark.cell.said(),
            remedy: "今回配布した様式か確かめてください。配布の後に計画の名称や様式の見出しを変えたときは、そのままで構いません。".to_owned(),
            ..finding(rule, item, mark.cell.place.clone(), message)
        });
        return found;
    }
    if id.item != number {
        let message = format!(
            "{carrier}は取組{}の様式のものですが、取組番号は「{number}」と記入されています。",
            id.item
        );
        let place = sheet.number.place.clone().unwrap_or_else(|| anchor(sheet));
        found.push(Finding {
            found: Some(number.to_string()),
            expected: Some(id.item.to_string()),
            ..finding(rule, item, Some(place), message)
        });
    }
    if id.period != book.period {
        let message = told_period(book, carrier, &book.layout.period_words(id.period));
        let mut told = finding(rule, item, mark.cell.place.clone(), message);
        // Another year's form bears another year's targets and results, whatever its heading says.
        if id.period.year != book.period.year {
            told.level = Level::Error;
        }
        found.push(told);
    }
    found
}

/// What a file's properties say otherwise than its sheets; where the sheets bear an ID, these tell.
pub(super) fn of_file(rule: &Rule, book: &Book, file: &CollectedFile) -> Option<Finding> {
    let period = file.properties.as_ref()?.period?;
    let own = |(_, returned): &(&BookItem, &Return)| returned.sheet.source.file == file.name;
    let mut returns = every_return(book).filter(own).peekable();
    let (_, first) = *returns.peek()?;
    let told = returns.any(|(_, returned)| !returned.sheet.marks.is_empty());
    if period == book.period || told {
        return None;
    }
    let words = book.layout.period_words(period);
    let message = told_period(book, "ファイルの文書情報", &words);
    Some(Finding {
        department: department_of(book, &file.name),
        ..finding_outside(rule, Some(anchor(&first.sheet)), message)
    })
}

fn told_period(book: &Book, carrier: &str, said: &str) -> String {
    let due = book.layout.period_words(book.period);
    format!("{carrier}は「{said}」の様式のものですが、「{due}」の票として記入されています。")
}

fn rewritten(rule: &Rule, item: &BookItem, mark: &FormMark) -> Finding {
    let message = format!(
        "{}が書き換えられています：{}",
        mark.carrier.label(),
        quote(mark.cell.text())
    );
    Finding {
        found: mark.cell.said(),
        remedy:
            "様式IDの欄を配布した様式のとおりに戻し、必要な内容は該当する欄に記入してください。"
                .to_owned(),
        ..finding(rule, item, mark.cell.place.clone(), message)
    }
}
