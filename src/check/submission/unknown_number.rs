//! S09

use crate::check::{anchor, filled, finding_outside, joined, quote};
use crate::model::text::name_key;
use crate::model::{Book, Finding, Level, Return, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S09",
    name: "unknown_number",
    level: Level::Error,
    when: When::Both,
    title: "計画にない取組番号",
    why: "計画のどの取組の票か分からないため、取り込んでいません。",
    remedy: "取組番号を計画で確かめ、正しい番号を記入してください。",
    example: "計画は取組1から7までだが、取組番号が「17」と記入されている。",
    check,
};

/// So many blocks a form of ours never lacks at once.
const FOREIGN: usize = 4;

fn check(book: &Book) -> Vec<Finding> {
    book.strangers
        .iter()
        .map(|returned| stranger(book, returned))
        .collect()
}

fn stranger(book: &Book, returned: &Return) -> Finding {
    let sheet = &returned.sheet;
    let number = &sheet.number;
    if number.is_blank() && sheet.missing_blocks.len() >= FOREIGN {
        return foreign(returned);
    }
    let mut message = match (number.is_blank(), number.get()) {
        (true, _) => "取組番号が記入されていません。".to_owned(),
        (false, Some(known)) if book.listed_only.iter().any(|row| row.number == *known) => {
            return in_index_only(returned, *known);
        }
        (false, Some(known)) => format!("取組番号「{known}」は計画にありません。"),
        (false, None) => format!("取組番号{}を読み取れません。", quote(number.text())),
    };
    let title = filled(&sheet.title).map(name_key);
    let likely = book
        .items
        .iter()
        .find(|item| title.is_some() && filled(&item.plan.title).map(name_key) == title);
    if let Some(item) = likely {
        message.push_str(&format!("取組項目名は取組{}と同じです。", item.number()));
    }
    let leads = sheet.departments.get().map_or(&[][..], |names| &names.lead);
    let place = number.place.clone().unwrap_or_else(|| anchor(sheet));
    Finding {
        item: number.get().copied(),
        department: joined(leads).or_else(|| joined(&returned.departments)),
        found: number.said(),
        expected: likely.map(|item| item.number().to_string()),
        ..finding_outside(&RULE, Some(place), message)
    }
}

/// A sheet without a number that lacks most headings is another form altogether.
fn foreign(returned: &Return) -> Finding {
    let sheet = &returned.sheet;
    let leads = sheet.departments.get().map_or(&[][..], |names| &names.lead);
    let headings = sheet.missing_blocks.iter();
    let headings: Vec<String> = headings.map(|name| quote(name)).collect();
    let message = format!(
        "今回の様式の見出しのうち{}が見つからないため、別の様式とみて取り込んでいません。",
        headings.concat()
    );
    Finding {
        department: joined(leads).or_else(|| joined(&returned.departments)),
        remedy: "今回配布した様式に記入し直してください。ほかの計画や団体のファイルであれば、回収のフォルダから除いてください。"
            .to_owned(),
        ..finding_outside(&RULE, Some(anchor(sheet)), message)
    }
}

/// The plan lists the item and has no sheet of it: that is not for the department to mend.
fn in_index_only(returned: &Return, number: u32) -> Finding {
    let place = returned.sheet.number.place.clone();
    let message = format!(
        "取組番号「{number}」は計画の取組項目一覧にありますが、計画に票がないため、取り込んでいません。"
    );
    Finding {
        item: Some(number),
        remedy: "計画に取組の票を加えてから、もう一度点検してください。".to_owned(),
        ..finding_outside(&RULE, place, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    #[test]
    fn fires() {
        for number in ["17", "七", ""] {
            let book = clean().put("C1", number).book();
            assert_eq!(found(&RULE, &book), ["S09 C1"], "{number}");
            let finding = check(&book).remove(0);
            assert_eq!(finding.expected.as_deref(), Some("1"));
            assert_eq!(finding.department.as_deref(), Some("総務課"));
        }
    }

    #[test]
    fn tells_another_form_by_the_headings_that_it_lacks() {
        let book = clean().put("C1", "").cleared("A7:L32").book();
        let finding = check(&book).remove(0);
        assert!(finding.message.contains("別の様式"), "{}", finding.message);
    }

    #[test]
    fn accuses_nobody_where_the_plan_has_lost_the_sheet() {
        let index = ["1 構築", "17", "窓口の見直し", "総務課"];
        let book = clean().put("C1", "17").with_index(index).book();
        let finding = check(&book).remove(0);
        assert_eq!((finding.item, finding.department), (Some(17), None));
        assert!(finding.remedy.starts_with("計画に取組の票を加えて"));
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
    }
}
