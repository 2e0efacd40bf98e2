//! S07

use super::returns::{blanked, conflict, mistyped, unlike};
use super::{owner, strangers};
use crate::model::{Book, BookItem, Finding, Level, Rule, When};

pub(in crate::check) static RULE: Rule = Rule {
    code: "S07",
    name: "duplicate_different",
    level: Level::Error,
    when: When::Both,
    title: "重複提出（内容相違）",
    why: "同じ取組の票が二つあり、内容が異なるため、どちらが正しいか分かりません。",
    remedy: "主管課の間で正しい内容を確かめ、一つの票にまとめて提出してください。",
    example: "取組5の実績値が、総務課の票では「8件」、企画政策課の票では「9件」である。",
    check,
};

fn check(book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    for item in book.items.iter().filter(|item| item.returns.len() > 1) {
        found.extend(of_item(book, item));
    }
    found
}

/// The contradictions among an item's returns. One cause, one message: the fields of two items
/// always differ, so a return of another item is told as a whole.
fn of_item(book: &Book, item: &BookItem) -> Vec<Finding> {
    let mut found = Vec::new();
    let chosen = item.chosen.and_then(|at| item.returns.get(at));
    let of_chosen = chosen.and_then(|chosen| owner(book, item, &chosen.sheet));
    for stranger in strangers(item) {
        let sheet = &stranger.sheet;
        match owner(book, item, sheet) {
            Some(owner) => found.push(mistyped(&RULE, item, owner, sheet)),
            None if of_chosen.is_none() => found.push(unlike(&RULE, item, sheet)),
            None => {}
        }
    }
    let joined = &item.joined;
    if let (Some(owner), Some(chosen)) = (of_chosen, chosen) {
        if !found.is_empty() || !joined.conflicts.is_empty() {
            found.push(mistyped(&RULE, item, owner, &chosen.sheet));
        }
        return found;
    }
    let conflicts = joined.conflicts.iter();
    found.extend(conflicts.map(|one| conflict(&RULE, book, item, one)));
    let blank = joined.blanked.iter();
    found.extend(blank.filter_map(|one| blanked(&RULE, book, item, one)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{clean, found, returned_as, returned_twice};

    #[test]
    fn fires() {
        let book = returned_twice("G12", "(累計)146件");
        assert_eq!(found(&RULE, &book), ["S07 G12"]);
        assert_eq!(
            check(&book).remove(0).message,
            "票によって数値目標1 R5年度【実績値】「オンライン申請サービス数」の記載が異なります：\
             「(累計)145件」（総務課.xlsx「取組1」!G12、保存日時の記録なし、こちらを採用）、\
             「(累計)146件」（総務課_2.xlsx「取組1」!G12、保存日時の記録なし）。\
             採用したのは、保存日時の記録がなく、ファイル名の順で先のためです。"
        );
    }

    #[test]
    fn fires_once_for_copies_of_another_content() {
        let other = || clean().put("G12", "(累計)146件");
        let book = returned_as(&[
            ("1.xlsx", None, clean()),
            ("2.xlsx", Some("2024-04-12T02:00:00Z"), other()),
            ("3.xlsx", None, other()),
        ]);
        assert_eq!(found(&RULE, &book), ["S07 G12"]);
        let message = check(&book).remove(0).message;
        for part in [
            "146件」（2.xlsx「取組1」!G12、2024年4月12日 11:00保存、こちらを採用）",
            "保存日時の記録があるため",
        ] {
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn fires_once_where_the_number_was_mistyped_or_the_title_is_another() {
        for (in_plan, expected) in [(true, "S07 C1"), (false, "S07 C2")] {
            let mut book = returned_twice("C2", "組織の構築");
            let mut other = clean().plan("C2", "組織の構築").plan("C1", "2").book();
            other.items[0].returns.clear();
            other.items[0].chosen = None;
            if in_plan {
                book.items.push(other.items.remove(0));
            }
            assert_eq!(found(&RULE, &book), [expected]);
            let message = check(&book).remove(0).message;
            for title in ["「組織の構築」", "「行政手続のデジタル化の推進」"]
            {
                assert!(message.contains(title), "{message}");
            }
        }
    }

    #[test]
    fn tells_what_a_later_return_leaves_blank() {
        let book = returned_as(&[
            ("1.xlsx", Some("2024-04-01T00:00:00Z"), clean()),
            (
                "2.xlsx",
                Some("2024-04-12T00:00:00Z"),
                clean().put("D30", "").put("A32", ""),
            ),
        ]);
        assert_eq!(found(&RULE, &book), ["S07 D30,A32 info"]);
        let message = check(&book).remove(0).message;
        for part in [
            "2.xlsx「取組1」（2024年4月12日 9:00保存）では空欄",
            "「引き続き拡充します。」（1.xlsx「取組1」!A32、空欄は2.xlsx「取組1」!A32）",
        ] {
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn stays_silent() {
        assert!(found(&RULE, &clean().book()).is_empty());
        assert!(found(&RULE, &returned_twice("A32", "引き続き 拡充します。")).is_empty());
    }
}
