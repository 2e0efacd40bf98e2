//! S11
//!
//! What has words is quoted, once a sheet. What is drawn over the 年次計画 stands for phases: it is
//! counted and named. What else has no words, pictures and charts among it, is worth a look (info)
//! and no more; it is named once a sheet.

use super::remarks::{in_words, over_schedules, without_words};
use crate::check::sidecar::sidecars;
use crate::model::{Book, Finding, Level, Remark, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S11",
    name: "text_outside_cells",
    level: Level::Warning,
    when: When::Both,
    title: "図形・コメント内の記載",
    why: "セルの外にある記載は、集約版に載りません。",
    remedy: "集約版に必要な内容であれば該当する欄に記入し、不要であれば削除してください。",
    example: "実績値のセルのコメントに「うち3件は見込み」と書かれている。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for sidecar in sidecars(book) {
        let mut rest: Vec<&Remark> = sidecar.remarks.iter().collect();
        found.extend(over_schedules(&RULE, book, sidecar, &mut rest));
        let (says, silent): (Vec<&Remark>, Vec<&Remark>) =
            rest.into_iter().partition(|remark| !remark.text.is_empty());
        found.extend(in_words(&RULE, book, sidecar, &says));
        found.extend(without_words(&RULE, book, sidecar, &silent));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found};
    use crate::check::sidecar::fixture::beside;
    use crate::model::RemarkKind;

    fn messages(book: &Book) -> Vec<String> {
        check(book).into_iter().map(|one| one.message).collect()
    }

    #[test]
    fn fires() {
        let note = beside()
            .remark(RemarkKind::Note, "G12", "うち3件は\n見込み")
            .by("山田");
        let book = note
            .remark(RemarkKind::TextBox, "L2:M4", "別紙参照")
            .of_clean();
        assert_eq!(found(&RULE, &book), ["S11 L2", "S11 G12"]);
        assert_eq!(
            messages(&book),
            [
                "セルのメモ（山田）に記載があります：「うち3件は 見込み」",
                "テキストボックス（L2:M4）に記載があります：「別紙参照」",
            ]
        );
    }

    #[test]
    fn fires_once_for_equal_words() {
        let twice = beside().remark(RemarkKind::Shape, "L2", "済");
        let book = twice.remark(RemarkKind::Shape, "L5:M6", "済").of_clean();
        assert_eq!(found(&RULE, &book), ["S11 L2,L5"]);
        assert_eq!(
            messages(&book),
            ["図形（L2、L5:M6）に記載があります：「済」"]
        );
    }

    #[test]
    fn fires_on_what_is_drawn_over_the_schedule() {
        let arrow = beside().remark(RemarkKind::Arrow, "D8:F8", "検討");
        let two = arrow.remark(RemarkKind::Arrow, "G9:J9", "");
        // A frame around the whole form is no phase.
        let frame = two.remark(RemarkKind::Shape, "A1:L33", "");
        let book = frame.remark(RemarkKind::Picture, "L1:M3", "").of_clean();
        assert_eq!(found(&RULE, &book), ["S11 D8,G9", "S11 A1,L1 info"]);
        assert_eq!(
            messages(&book),
            [
                "年次計画の上に矢印が2個描かれています（D8:F8「検討」、G9:J9）。",
                "シートに図形が1個、画像が1個あります（A1:L33、L1:M3）。表している内容は読み取れず、集約版に載りません。",
            ]
        );
        let bar = beside().remark(RemarkKind::Shape, "D8:G8", "");
        let bar = bar.remark(RemarkKind::Line, "G9:J9", "").of_clean();
        assert!(messages(&bar)[0].contains("矢印や図形が2個"));
    }

    #[test]
    fn fires_on_parts_that_could_not_be_read() {
        let lost = beside().remark(RemarkKind::Unread, "A1", "読み取れません。");
        let book = lost.of_clean();
        assert_eq!(messages(&book), ["読み取れません。"]);
        assert_eq!(found(&RULE, &book), ["S11 A1"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        assert!(found(&RULE, &beside().struck("G12", "12件", "13件").of_clean()).is_empty());
    }
}
