//! S13
//!
//! What stands in hidden rows and columns of a form is read like the rest: a row that was filtered
//! out or folded up would otherwise be missing, and a hidden KPI would look deleted. So nothing is
//! lost, and what is published although nobody saw it is named here. Labels are no content: a
//! template may hide the columns of another half. A hidden sheet is not read.

use std::collections::BTreeMap;

use super::{at_place, every_return, other_sheets};
use crate::check::quote;
use crate::check::sidecar::sidecars;
use crate::model::text::is_dash;
use crate::model::{Book, CellRef, Finding, Hidden, Level, OtherKind, Rule, Sidecar, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S13",
    name: "hidden_content",
    level: Level::Warning,
    when: When::Both,
    title: "非表示の行・列・シートの記載",
    why: "隠れている記載は提出した人も気づきにくく、古い内容が残っていることがあります。",
    remedy: "必要な内容であれば再表示して提出し、不要であれば削除してください。",
    example: "非表示の行に、前年度の取組結果が残っている。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let forms = other_sheets(book, OtherKind::HiddenForm).map(|sheet| (sheet, Level::Warning));
    let texts = other_sheets(book, OtherKind::HiddenText).map(|sheet| (sheet, Level::Info));
    let sheets = forms.chain(texts).map(|(sheet, level)| {
        let message = format!(
            "非表示のシート{}に記載があります（記載のあるセル {}個、最初の記載{}）。取り込んでいません。",
            quote(&sheet.place.source.sheet),
            sheet.cells,
            quote(&sheet.excerpt)
        );
        let mut finding = at_place(book, &RULE, &sheet.place, message);
        (finding.level, finding.found) = (level, Some(sheet.words.clone()));
        finding
    });
    let hidden = sidecars(book).flat_map(|sidecar| of_sheet(book, sidecar));
    sheets.chain(hidden).collect()
}

/// A hidden cell: its address, what it says, whether it is a field.
type Told<'a> = (CellRef, &'a str, bool);

/// What stands in hidden rows or columns of a sheet with forms.
fn of_sheet(book: &Book, sidecar: &Sidecar) -> Vec<Finding> {
    let mut told: BTreeMap<CellRef, (&str, bool)> = BTreeMap::new();
    let here = every_return(book).filter(|(_, own)| own.sheet.source == sidecar.source);
    for (_, returned) in here {
        let fields = returned.sheet.fields().into_iter();
        // A KPI's name and its baseline share a cell.
        for (cell, words) in fields.filter_map(|entry| Some((entry.place?.cell, entry.raw?))) {
            told.entry(cell).or_insert((words, true));
        }
        for text in &returned.sheet.unplaced {
            let cell = text.place.as_ref().map(|place| place.cell);
            told.extend(cell.map(|cell| (cell, (text.text(), false))));
        }
    }
    told.retain(|_, (words, _)| !words.trim().is_empty() && !is_dash(words));
    let mut bands: BTreeMap<Hidden, Vec<Told<'_>>> = BTreeMap::new();
    for (cell, by) in &sidecar.hidden {
        let says = told.get(cell);
        let says = says.map(|(words, is_field)| (*cell, *words, *is_field));
        bands.entry(*by).or_default().extend(says);
    }
    let bands = bands.into_iter();
    bands
        .filter_map(|(by, all)| in_band(book, sidecar, by, &all))
        .collect()
}

fn in_band(book: &Book, sidecar: &Sidecar, by: Hidden, all: &[Told<'_>]) -> Option<Finding> {
    let (first, words, _) = *all.first()?;
    let fields = all.iter().filter(|(_, _, is_field)| *is_field).count();
    let what = match (fields, all.len() - fields) {
        (_, 0) => "欄の記載として読み取っています。",
        (0, _) => "様式の欄ではないため、取り込んでいません。",
        (_, _) => "欄の記載は読み取り、欄でない場所の記載は取り込んでいません。",
    };
    let message = format!(
        "非表示の{by}に記載があります（{}か所、最初の記載{}）。{what}",
        all.len(),
        quote(words)
    );
    let mut finding = at_place(book, &RULE, &sidecar.place(first), message);
    finding.cells = all.iter().map(|(cell, _, _)| *cell).collect();
    let words: Vec<&str> = all.iter().map(|(_, words, _)| *words).collect();
    finding.found = Some(words.join("\n"));
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{found, with_other};
    use crate::check::sidecar::fixture::beside;
    use crate::model::Text;

    #[test]
    fn fires() {
        assert_eq!(found(&RULE, &with_other(OtherKind::HiddenForm)), ["S13 B2"]);
        let draft = with_other(OtherKind::HiddenText);
        assert_eq!(found(&RULE, &draft), ["S13 B2 info"]);
        let finding = check(&draft).remove(0);
        let told = "「別紙」に記載があります（記載のあるセル 2個、最初の記載「案1」）";
        assert!(finding.message.contains(told));
        let words = finding.found;
        assert_eq!(words.as_deref(), Some("案1\n相談 476件"));
        let book = beside()
            .hidden_rows(22, 24, &["A22", "E22", "I24"])
            .of_clean();
        assert_eq!(found(&RULE, &book), ["S13 A22,E22,I24"]);
        let told = "非表示の22～24行目に記載があります（3か所、最初の記載「申請を拡充します。」）。欄の記載として読み取っています。";
        assert_eq!(check(&book)[0].message, told);
    }

    #[test]
    fn fires_alone_on_a_hidden_memo_beside_the_form() {
        let mut book = beside().hidden_columns("N1", &["N12"]).of_clean();
        let place = book.files[0].sidecars[0].place(CellRef::new(11, 13));
        let memo = Text::from_raw(Some("控え"), Some(place));
        book.items[0].returns[0].sheet.unplaced.push(memo);
        assert_eq!(found(&RULE, &book), ["S13 N12"]);
        assert!(check(&book)[0].message.ends_with("取り込んでいません。"));
        let told_twice = found(&super::super::unplaced_entry::RULE, &book);
        assert!(told_twice.is_empty(), "{told_twice:?}");
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &with_other(OtherKind::HiddenList)).is_empty());
        let labels = beside().hidden_columns("I1", &["I21"]).of_clean();
        assert!(found(&RULE, &labels).is_empty());
        let filler = beside().hidden_rows(23, 23, &["A23"]).of_clean();
        assert!(found(&RULE, &filler).is_empty());
    }
}
