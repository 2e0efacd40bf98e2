//! S13

use super::{at_place, other_sheets};
use crate::check::quote;
use crate::model::{Book, Finding, Level, OtherKind, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S13",
    name: "hidden_content",
    level: Level::Warning,
    when: When::Both,
    title: "非表示の行・列・シートの記載",
    why: "隠れている記載は提出した人も気づきにくく、古い内容が残っていることがあります。現在の版で調べるのは非表示のシートだけで、非表示の行や列は調べていません。",
    remedy: "必要な内容であれば再表示して提出し、不要であれば削除してください。",
    example: "非表示のシートに、前年度の進捗管理票が残っている。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    other_sheets(book, OtherKind::HiddenForm)
        .map(|sheet| {
            let message = format!(
                "非表示のシート{}に記載があります。取り込んでいません。",
                quote(&sheet.place.source.sheet)
            );
            let mut finding = at_place(book, &RULE, &sheet.place, message);
            finding.found = Some(sheet.excerpt.clone());
            finding
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{found, with_other};

    #[test]
    fn fires() {
        assert_eq!(found(&RULE, &with_other(OtherKind::HiddenForm)), ["S13 B2"]);
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &with_other(OtherKind::HiddenList)).is_empty());
    }
}
