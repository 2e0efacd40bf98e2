//! S05

use super::every_return;
use crate::check::{finding, quote};
use crate::model::{Book, Finding, Level, Rule, When};

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

fn check(book: &Book) -> Vec<Finding> {
    every_return(book)
        .flat_map(|(item, returned)| {
            returned.sheet.unplaced.iter().map(move |cell| {
                let message = format!("様式の欄でない場所に記載があります：{}", quote(cell.text()));
                let mut finding = finding(&RULE, item, cell.place.clone(), message);
                finding.found.clone_from(&cell.raw);
                finding
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};
    use crate::model::{CellRef, Place, Text};

    #[test]
    fn fires() {
        let mut book = clean().book();
        let sheet = &mut book.items[0].returns[0].sheet;
        let place = Place {
            source: sheet.source.clone(),
            cell: CellRef::new(11, 13),
        };
        sheet
            .unplaced
            .push(Text::from_raw(Some("再提出予定"), Some(place)));
        assert_eq!(found(&RULE, &book), ["S05 N12"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
    }
}
