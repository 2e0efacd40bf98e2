//! S04

use super::{at_place, other_sheets};
use crate::check::quote;
use crate::model::{Book, FileFormat, Finding, Level, OtherKind, OtherSheet, Rule, TidyKind, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S04",
    name: "form_not_found",
    level: Level::Warning,
    when: When::Both,
    title: "様式が見つからない",
    why: "このシートの記載は、進捗管理票として取り込まれていません。",
    remedy: "進捗管理票であれば、配布した様式に記入し直して提出してください。",
    example: "「取組番号」などの見出しのないシートに、取組の結果が書かれている。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let unknown = other_sheets(book, OtherKind::Unknown).map(|sheet| match sheet.cells {
        0 => harmless(book, sheet, "何も記載されていません"),
        _ if is_csv(book, sheet) => no_tidy_table(book, sheet),
        _ => {
            let message = format!(
                "シート{}に進捗管理票の様式が見つかりません（記載のあるセル {}個、最初の記載{}）。",
                quote(&sheet.place.source.sheet),
                sheet.cells,
                quote(&sheet.excerpt)
            );
            let mut finding = at_place(book, &RULE, &sheet.place, message);
            finding.found = Some(sheet.excerpt.clone());
            finding
        }
    });
    let instructions = other_sheets(book, OtherKind::Instruction)
        .map(|sheet| harmless(book, sheet, "説明や記入例とみて、取り込んでいません"));
    unknown.chain(instructions).collect()
}

fn is_csv(book: &Book, sheet: &OtherSheet) -> bool {
    let mut files = book.files.iter();
    let file = files.find(|file| file.name == sheet.place.source.file);
    file.is_some_and(|file| file.format == Some(FileFormat::Csv))
}

fn no_tidy_table(book: &Book, sheet: &OtherSheet) -> Finding {
    let message = format!(
        "CSVに、取り込める表の見出しが見つかりません（記載のある欄 {}個、最初の記載{}）。",
        sheet.cells,
        quote(&sheet.excerpt)
    );
    let headings = |kind: TidyKind| {
        let columns = kind.columns().iter().map(|column| column.heading());
        columns.collect::<Vec<_>>().join("、")
    };
    let mut finding = at_place(book, &RULE, &sheet.place, message);
    finding.found = Some(sheet.excerpt.clone());
    finding.expected = Some(headings(TidyKind::Kpis));
    finding.remedy = format!(
        "配布した様式（.xlsx）で提出するか、見出しを「{}」（数値目標）または「{}」（文章）にして提出し直してください。",
        headings(TidyKind::Kpis),
        headings(TidyKind::Texts)
    );
    finding
}

fn harmless(book: &Book, sheet: &OtherSheet, what: &str) -> Finding {
    let message = format!("シート{}は{what}。", quote(&sheet.place.source.sheet));
    let mut finding = at_place(book, &RULE, &sheet.place, message);
    finding.level = Level::Info;
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found, with_other};

    #[test]
    fn fires() {
        assert_eq!(found(&RULE, &with_other(OtherKind::Unknown)), ["S04 B2"]);
        let instruction = with_other(OtherKind::Instruction);
        assert_eq!(found(&RULE, &instruction), ["S04 B2 info"]);
    }

    #[test]
    fn fires_on_a_csv_with_the_headings_that_are_expected() {
        let book = clean().with_file("備品.csv", "備品,数\n机,3\n".as_bytes());
        let book = book.book();
        assert_eq!(found(&RULE, &book), ["S04 A1"]);
        let finding = check(&book).remove(0);
        for word in ["取組番号", "原文", "本文"] {
            assert!(finding.remedy.contains(word), "{}", finding.remedy);
        }
    }

    #[test]
    fn stays_silent() {
        for kind in [
            OtherKind::FrontMatter,
            OtherKind::HiddenList,
            OtherKind::HiddenForm,
            OtherKind::HiddenText,
        ] {
            assert!(found(&RULE, &with_other(kind)).is_empty(), "{kind:?}");
        }
    }
}
