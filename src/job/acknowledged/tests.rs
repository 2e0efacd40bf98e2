use std::sync::Arc;

use super::*;
use crate::model::{Level, Place, Source};

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

fn finding() -> Finding {
    let source = Source {
        file: "総務課.xlsx".to_owned(),
        sheet: "取組5".to_owned(),
    };
    let cells = ["E24", "H24"].map(|cell| CellRef::parse(cell).unwrap());
    Finding {
        code: "K03",
        level: Level::Error,
        item: Some(5),
        department: Some("総務課".to_owned()),
        place: Some(Place {
            source: Arc::new(source),
            cell: cells[0],
        }),
        file: None,
        cells: cells.to_vec(),
        found: Some("(累計)\n\"12\"件".to_owned()),
        expected: None,
        message: "累計が減っています。".to_owned(),
        remedy: String::new(),
        acknowledged: None,
        change: None,
        beside: Vec::new(),
        asked: None,
    }
}

/// The reason that a finding gets in a period.
fn reason(finding: Finding, text: &str, at: &str) -> Option<String> {
    let entries = acknowledged(text).unwrap();
    let mut findings = [finding];
    acknowledge(&mut findings, &entries, period(at));
    let [finding] = findings;
    finding.acknowledged
}

#[test]
fn an_entry_reads_back_as_it_was_written() {
    let entry = Acknowledgement::of(&finding(), "統合による「減」\\", period("R5下"));
    let other = Acknowledgement {
        item: None,
        file: None,
        sheet: None,
        cells: Vec::new(),
        value: None,
        ..entry.clone()
    };
    let text = format!("{}\n{}", entry.to_toml(), other.to_toml());
    assert_eq!(acknowledged(&text).unwrap(), [entry, other]);
    assert!(toml::from_str::<toml::Table>(&text).is_ok(), "{text}");
}

#[test]
fn a_finding_is_accepted_until_it_changes_or_the_period_ends() {
    let text = Acknowledgement::of(&finding(), "統合", period("R5下")).to_toml();
    assert_eq!(reason(finding(), &text, "R5下").as_deref(), Some("統合"));
    assert_eq!(reason(finding(), &text, "R5上").as_deref(), Some("統合"));
    assert_eq!(reason(finding(), &text, "R6上"), None);
    let mut fewer = finding();
    fewer.cells.truncate(1);
    assert_eq!(reason(fewer, &text, "R5下").as_deref(), Some("統合"));

    let change = |change: fn(&mut Finding)| {
        let mut finding = finding();
        change(&mut finding);
        reason(finding, &text, "R5下")
    };
    assert_eq!(change(|f| f.found = Some("13件".to_owned())), None);
    assert_eq!(change(|f| f.found = None), None);
    assert_eq!(change(|f| f.code = "K06"), None);
    assert_eq!(change(|f| f.item = Some(6)), None);
    assert_eq!(change(|f| f.cells.push(CellRef::new(0, 0))), None);
    assert_eq!(change(|f| f.cells = vec![CellRef::new(0, 0)]), None);
    let moved = change(|f| f.place = None);
    assert_eq!(
        moved.as_deref(),
        Some("統合"),
        "another file, the same value"
    );
}

#[test]
fn an_entry_by_hand_needs_no_quotation_marks_around_its_keys() {
    let rest = "理由 = \"統合\"\n期限 = \"R5\"\n";
    for about in [
        "取組番号 = 5\nセル = \"E24、H24\"",
        "取組番号 = \"5\"\nセル = [\"$E$24\", \"H24\"]\n値 = \"(累計)\\r\\n\\\"12\\\"件\"",
        "取組番号 = 5\nファイル = \"総務課.xlsx\"",
    ] {
        let text = format!("[[確認済み]]\n規則 = \"K03\"\n{about}\n{rest}");
        assert!(reason(finding(), &text, "R5下").is_some(), "{about}");
    }
    for about in [
        "",
        "取組番号 = 5\nシート = \"取組6\"",
        "取組番号 = 5\nセル = \"E24\"",
    ] {
        let text = format!("[[確認済み]]\n規則 = \"K03\"\n{about}\n{rest}");
        assert_eq!(reason(finding(), &text, "R5下"), None, "{about}");
    }
}

#[test]
fn an_unreadable_file_is_accepted_by_its_name() {
    let unreadable = Finding {
        code: "S03",
        item: None,
        place: None,
        file: Some("壊れた.xlsx".to_owned()),
        cells: Vec::new(),
        found: None,
        ..finding()
    };
    let text = Acknowledgement::of(&unreadable, "再提出を依頼済み", period("R5下")).to_toml();
    assert!(reason(unreadable.clone(), &text, "R5下").is_some());
    let another = Finding {
        file: Some("別の.xlsx".to_owned()),
        ..unreadable
    };
    assert_eq!(reason(another, &text, "R5下"), None);
}

#[test]
fn a_limit_is_a_period_a_year_or_a_date() {
    for (written, expected) in [
        ("\"R5上\"", "R5上半期"),
        ("\"令和5年度末\"", "R5下半期"),
        ("\"R5\"", "R5下半期"),
        ("2024-03-31", "R5下半期"),
        ("2023-09-30", "R5上半期"),
        ("2023-12-01", "R5下半期"),
    ] {
        let text = format!("[[確認済み]]\n規則=\"K03\"\n理由=\"a\"\n期限={written}\n");
        let entries = acknowledged(&text).unwrap();
        assert_eq!(entries[0].until.to_string(), expected, "{written}");
    }
    assert_eq!(acknowledged("").unwrap(), []);
}

#[test]
fn mistakes_are_named_with_their_line_and_what_to_write() {
    let head = "# 了解済み\n[[確認済み]]\n規則 = \"K03\"\n";
    for (text, expected) in [
        (
            "期限 = \"R5下\"\n",
            "の2行目：[確認済み]に「理由」がありません。\
             「理由 = \"担当課に確認済み\"」のように書いてください。",
        ),
        (
            "理由 = \"a\"\n",
            "の2行目：[確認済み]に「期限」がありません。\
             「期限 = \"R5下半期\"」のように書いてください。",
        ),
        (
            "理由 = \"a\"\n期限 = \"当分の間\"\n",
            "の5行目：「期限」の値「当分の間」は使えません。\
             「期限」には「R5下半期」のような期を書いてください。",
        ),
        (
            "取組番 = 3\n",
            "の4行目：[確認済み]に「取組番」という項目はありません。\
             「取組番号」の書き間違いでないか確かめてください。",
        ),
        (
            "取組番号 = \"七\"\n",
            "の4行目：「取組番号」の値「七」は使えません。\
             「取組番号」には取組の番号を書いてください。",
        ),
        (
            "セル = \"24E\"\n",
            "の4行目：「セル」の値「24E」は使えません。\
             「セル」には「E24」のようなセルの番地を書いてください。",
        ),
        (
            "理由 = \"a\"\n期限 = \"R5下\"\n[確認]\n",
            "の6行目：[確認]という見出しはありません。\
             「[[確認済み]]」の書き間違いでないか確かめてください。",
        ),
    ] {
        let error = acknowledged(&format!("{head}{text}")).unwrap_err();
        assert_eq!(error.to_string(), format!("{ACKNOWLEDGED}{expected}"));
    }
    let error = acknowledged("規則 = \"K03\"\n").unwrap_err();
    assert_eq!(
        error.to_string(),
        "確認済み.tomlの1行目：「規則」は[[確認済み]]の項目です。\
         「[[確認済み]]」の見出しの下に移してください。"
    );
}
