//! S13
//!
//! What stands in hidden rows and columns of a form is read like the rest: a row that was filtered
//! out or folded up would otherwise be missing, and a hidden KPI would look deleted. So nothing is
//! lost, and what is published although nobody saw it is named here. Labels are no content: a
//! template may hide the columns of another half. A hidden sheet is not read.

use super::{at_place, entries, every_return, other_sheets};
use crate::check::quote;
use crate::check::sidecar::sidecars;
use crate::model::{Book, CellRef, Finding, HiddenBand, Level, OtherKind, Rule, Sidecar, When};

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
    let mut found: Vec<Finding> = other_sheets(book, OtherKind::HiddenForm)
        .map(|sheet| {
            let message = format!(
                "非表示のシート{}に記載があります。取り込んでいません。",
                quote(&sheet.place.source.sheet)
            );
            let mut finding = at_place(book, &RULE, &sheet.place, message);
            finding.found = Some(sheet.excerpt.clone());
            finding
        })
        .collect();
    for sidecar in sidecars(book) {
        let bands = sidecar.hidden.iter();
        found.extend(bands.filter_map(|band| in_band(book, sidecar, band)));
    }
    found
}

/// A cell and what it says.
type Told<'a> = (CellRef, &'a str);

/// What stands in hidden rows or columns of a sheet with forms.
fn in_band(book: &Book, sidecar: &Sidecar, band: &HiddenBand) -> Option<Finding> {
    let (mut fields, mut strays) = (Vec::<Told<'_>>::new(), Vec::<Told<'_>>::new());
    let here = every_return(book).filter(|(_, own)| own.sheet.source == sidecar.source);
    for (_, returned) in here {
        let entries = entries(&returned.sheet).into_iter();
        let all = entries.map(|entry| (entry.raw, entry.place));
        fields.extend(all.filter_map(|(raw, place)| Some((place?.cell, raw?))));
        let unplaced = returned.sheet.unplaced.iter();
        strays.extend(unplaced.filter_map(|text| Some((text.place.as_ref()?.cell, text.text()))));
    }
    for told in [&mut fields, &mut strays] {
        told.retain(|(cell, raw)| band.cells.contains(cell) && !raw.trim().is_empty());
        told.sort_unstable();
        told.dedup_by_key(|(cell, _)| *cell);
    }
    let what = match (fields.is_empty(), strays.is_empty()) {
        (true, true) => return None,
        (false, true) => "欄の記載として読み取っています。",
        (true, false) => "様式の欄ではないため、取り込んでいません。",
        (false, false) => "欄の記載は読み取り、欄でない場所の記載は取り込んでいません。",
    };
    let mut all = [fields, strays].concat();
    all.sort_unstable();
    all.dedup_by_key(|(cell, _)| *cell);
    let (first, words) = *all.first()?;
    let message = format!(
        "非表示の{}に記載があります（{}か所、最初の記載{}）。{what}",
        band.lines,
        all.len(),
        quote(words)
    );
    let mut finding = at_place(book, &RULE, &sidecar.place(first), message);
    finding.cells = all.iter().map(|(cell, _)| *cell).collect();
    let words: Vec<&str> = all.iter().map(|(_, words)| *words).collect();
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
    }
}
