//! S14

use super::department_of;
use crate::check::finding_outside;
use crate::model::{Book, CollectedFile, FileFormat, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S14",
    name: "plain_format",
    level: Level::Info,
    when: When::Both,
    title: "簡易な読取り",
    why: "この形式のファイルには、読み取っても確かめられないものがあります。値と文章は取り込んでいます。",
    remedy: "Excelで開き、［名前を付けて保存］で「Excel ブック (*.xlsx)」として保存し直して提出してください。",
    example: "以前からの様式が「総務課.xls」のまま提出されている。",
    check,
};

/// A table is a form of its own: nobody need save it as another.
const TABLE: &str = "行の数と値が、送り主のものと同じであることを確かめてください。";

fn check(book: &Book) -> Vec<Finding> {
    let plain = |file: &CollectedFile| {
        let (name, unseen) = unseen(file.format?)?;
        let message = format!(
            "「{}」は{name}のため、{unseen}を確かめられません。",
            file.name
        );
        let mut finding = finding_outside(&RULE, None, message);
        finding.file = Some(file.name.clone());
        finding.department = department_of(book, &file.name);
        finding.found = Some(name.to_owned());
        finding.expected = Some("Excel ブック（.xlsx）".to_owned());
        if file.format == Some(FileFormat::Csv) {
            finding.expected = None;
            TABLE.clone_into(&mut finding.remedy);
        }
        Some(finding)
    };
    book.files.iter().filter_map(plain).collect()
}

/// The format's name, and what is not seen in it.
fn unseen(format: FileFormat) -> Option<(&'static str, &'static str)> {
    match format {
        FileFormat::Xls => Some((
            "Excel 97-2003 ブック（.xls）",
            "コメント、図形の中の文字、ファイルの破損",
        )),
        FileFormat::Xlsb => Some(("Excel バイナリ ブック（.xlsb）", "コメントの中の文字")),
        FileFormat::Ods => Some((
            "OpenDocument スプレッドシート（.ods）",
            "名前を付けた書式による取消線、一部の図形の種類",
        )),
        FileFormat::Csv => Some(("CSV（文字だけの表）", "ファイルの破損")),
        FileFormat::Xlsx | FileFormat::Xlsm => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};

    fn returned_as(format: FileFormat) -> Book {
        let mut book = clean().book();
        book.files[0].format = Some(format);
        book
    }

    #[test]
    fn fires() {
        for (format, word) in [
            (FileFormat::Xls, "破損"),
            (FileFormat::Xlsb, "バイナリ"),
            (FileFormat::Ods, "OpenDocument"),
            (FileFormat::Csv, "破損"),
        ] {
            let book = returned_as(format);
            assert_eq!(found(&RULE, &book), ["S14"], "{format:?}");
            let finding = check(&book).remove(0);
            assert!(finding.message.contains(word), "{}", finding.message);
            assert_eq!(finding.file.as_deref(), Some("総務課.xlsx"));
            assert_eq!(finding.department.as_deref(), Some("総務課"));
        }
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        assert!(found(&RULE, &returned_as(FileFormat::Xlsm)).is_empty());
        let unread = clean().with_file("総務課.xls", b"\xD0\xCF\x11\xE0").book();
        assert!(found(&RULE, &unread).is_empty(), "S03 tells of it");
    }
}
