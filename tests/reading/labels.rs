//! Label cells that were edited: read as the label they were where that is plain, and named.

use super::form::*;

#[test]
fn the_healthy_form_is_read_without_a_remark() {
    tried("nothing", &[], &[]);
}

#[test]
fn a_word_that_was_added_to_a_label_is_named() {
    for (at, text, label) in [
        ("A1", "※取組番号", "取組番号"),
        ("A1", "取組番号（変更不可）", "取組番号"),
        ("D1", "①重点項目", "重点項目"),
        ("A2", "■ 取組項目", "取組項目"),
        ("A3", "※主管課", "主管課(関係課)"),
        ("A3", "主管課（関係課）※必ず記入", "主管課(関係課)"),
        ("A4", "（１）実施内容", "実施内容"),
        ("A5", "期待される効果\n（箇条書きで記入）", "期待される効果"),
        ("A6", "年次計画（変更しないでください）", "年次計画"),
        ("A7", "実施項目（任意）", "実施項目"),
        (
            "A10",
            "数値目標等【基準値】※変更不可",
            "数値目標等【基準値】",
        ),
        ("G10", "R5年度\n【実績値】（必須）", "R5年度【実績値】"),
        ("G11", "※R5年度【目標値】", "R5年度【目標値】"),
        (
            "A16",
            "令和5年度の実施状況（記入してください）",
            "令和5年度の実施状況",
        ),
        (
            "A17",
            "取組目標【Plan】（記入してください）",
            "取組目標【Plan】",
        ),
        (
            "A17",
            "取組目標【Plan】を記入してください",
            "取組目標【Plan】",
        ),
        (
            "I17",
            "下半期の取組結果【Do】\n※200字以内",
            "下半期の取組結果【Do】",
        ),
        (
            "A20",
            "【必須】取組全体の評価【Check】",
            "取組全体の評価【Check】",
        ),
        (
            "A20",
            "取組全体の評価【Check】※◎○△から選択",
            "取組全体の評価【Check】",
        ),
        (
            "A22",
            "改善事項・今後の進め方【Action】（年度末のみ）",
            "改善事項・今後の進め方【Action】",
        ),
    ] {
        tried(text, &[Say(at, text)], &[&format!("={at} {label}")]);
        let unmerged = [Say(at, text), Unmerge("A1:B5"), Unmerge("D1")];
        tried(text, &unmerged, &[&format!("={at} {label}")]);
    }
}

#[test]
fn a_mistyped_label_is_named() {
    for (at, text, label) in [
        ("A1", "取組番合", "取組番号"),
        ("A1", "取組号番", "取組番号"),
        ("D1", "重点項日", "重点項目"),
        ("A2", "取組項日", "取組項目"),
        ("A2", "取り組項目", "取組項目"),
        ("A3", "主管課（関係科）", "主管課(関係課)"),
        ("A4", "実施内用", "実施内容"),
        ("A4", "実 施 内 用：", "実施内容"),
        ("A5", "期侍される効果", "期待される効果"),
        ("A5", "期待される効", "期待される効果"),
        ("A6", "年次計面", "年次計画"),
        ("A7", "実施頁目", "実施項目"),
        ("A10", "数値目樣等【基準値】", "数値目標等【基準値】"),
        ("D10", "R4年度【実積値】", "R4年度【実績値】"),
        ("J11", "Ｒ６年度［目標植］", "R6年度【目標値】"),
        ("A16", "令和5年度の実施情況", "令和5年度の実施状況"),
        ("A17", "取組日標【Plan】", "取組目標【Plan】"),
        ("A17", "取組目標【Plam】", "取組目標【Plan】"),
        ("E17", "上半期の取組結課【Do】", "上半期の取組結果【Do】"),
        ("I17", "下半期の取り組結果【Do】", "下半期の取組結果【Do】"),
        ("A20", "取組全休の評価【Check】", "取組全体の評価【Check】"),
        ("A20", "取組全体の評価【Chek】", "取組全体の評価【Check】"),
        (
            "A22",
            "改善事項・今後の進め万【Action】",
            "改善事項・今後の進め方【Action】",
        ),
        (
            "A22",
            "改善事頃・今後の進め方【Acton】",
            "改善事項・今後の進め方【Action】",
        ),
    ] {
        tried(text, &[Say(at, text)], &[&format!("={at} {label}")]);
    }
}

#[test]
fn several_mistyped_labels_are_each_named() {
    tried(
        "every label of the header's column but one",
        &[
            Say("A1", "取組番合"),
            Say("A3", "※主管課"),
            Say("A4", "実施内用"),
            Say("A17", "取組日標"),
        ],
        &[
            "=A1 取組番号",
            "=A3 主管課(関係課)",
            "=A4 実施内容",
            "=A17 取組目標【Plan】",
        ],
    );
}

#[test]
fn a_short_or_doubtful_label_is_left_over_with_its_entry() {
    tried(
        "主管課 is one character from other words",
        &[Say("A3", "主幹課")],
        &[
            "-主管課 総務課(全課)",
            "+主管課 ",
            "*A3 主幹課",
            "*C3 総務課(全課)",
            "!主管課(関係課)",
        ],
    );
    tried(
        "取組目項 could be 取組項目 as well as 取組目標",
        &[Say("A2", "取組目項")],
        &[
            "-取組項目 研修の充実",
            "+取組項目 ",
            "*A2 取組目項",
            "*C2 研修の充実",
            "!取組項目",
        ],
    );
    tried(
        "a label in quite other words",
        &[Say("A4", "何をするか")],
        &[
            "-実施内容 研修の機会を増やす。",
            "+実施内容 ",
            "*A4 何をするか",
            "*C4 研修の機会を増やす。",
            "!実施内容",
        ],
    );
    tried(
        "label and entry in one cell, and another entry beside it",
        &[Say("A2", "取組項目：研修の充実"), Say("C2", "研修の拡充")],
        &[
            "-取組項目 研修の充実",
            "+取組項目 ",
            "*A2 取組項目：研修の充実",
            "*C2 研修の拡充",
            "!取組項目",
        ],
    );
}

#[test]
fn label_and_entry_in_one_cell_are_both_read() {
    for (at, text, gone, label) in [
        ("A1", "取組番号：７", "C1", "取組番号"),
        ("D1", "重点項目：3 人材の育成", "F1", "重点項目"),
        ("A2", "取組項目：研修の充実", "C2", "取組項目"),
        ("A2", "【取組項目】\n研修の充実", "C2", "取組項目"),
        ("A3", "主管課(関係課)：総務課(全課)", "C3", "主管課(関係課)"),
        ("A4", "実施内容 ： 研修の機会を増やす。", "C4", "実施内容"),
        (
            "A5",
            "期待される効果\n職員の力が付く。",
            "C5",
            "期待される効果",
        ),
    ] {
        tried(
            text,
            &[Say(at, text), Clear(gone)],
            &[&format!("={at} {label}")],
        );
        let merged = [
            Say(at, text),
            Clear(gone),
            Merge(at, &format!("{at}:{gone}")),
        ];
        tried(text, &merged, &[&format!("={at} {label}")]);
    }
}

#[test]
fn an_entry_that_is_near_a_label_stays_an_entry() {
    tried(
        "while the label stands",
        &[Say("C2", "取組番合"), Say("A18", "取組目標")],
        &[
            "-取組項目 研修の充実",
            "-状況 研修を開く。|二度開いた。|三度開いた。",
            "+取組項目 取組番合",
            "+状況 取組目標|二度開いた。|三度開いた。",
        ],
    );
    tried(
        "where the label does not belong",
        &[Say("A4", "何をするか"), Say("A8", "実施内用")],
        &[
            "-実施内容 研修の機会を増やす。",
            "-計画 研修への参加 R4-R6実施",
            "+実施内容 ",
            "+計画 実施内用 R4-R6実施",
            "*A4 何をするか",
            "*C4 研修の機会を増やす。",
            "!実施内容",
        ],
    );
}

#[test]
fn a_mistyped_year_is_told_by_the_other_storey() {
    tried(
        "the same year twice in the upper heads",
        &[Say("J10", "R5年度\n【実績値】")],
        &["=J10 R6年度【実績値】"],
    );
    tried(
        "a year out of order in the lower heads",
        &[Say("D11", "R14年度\n【目標値】")],
        &["=D11 R4年度【目標値】"],
    );
    tried(
        "one in each row",
        &[
            Say("J10", "R5年度\n【実績値】"),
            Say("D11", "R14年度\n【目標値】"),
        ],
        &["=J10 R6年度【実績値】", "=D11 R4年度【目標値】"],
    );
    tried(
        "the same one in both rows",
        &[
            Say("G10", "R4年度\n【実績値】"),
            Say("G11", "R4年度\n【目標値】"),
        ],
        &["=G10 R5年度【実績値】", "=G11 R5年度【目標値】"],
    );
    tried("in the schedule", &[Say("D7", "R5年度")], &["=D7 R4年度"]);
}

#[test]
fn years_that_nothing_puts_in_order_head_no_column() {
    let [d, j] = ["D10", "J10"].map(|at| Say(at, "R5年度\n【実績値】"));
    let [d2, j2] = ["D11", "J11"].map(|at| Say(at, "R5年度\n【目標値】"));
    tried(
        "one year three times",
        &[d, j, d2, j2],
        &[
            "-目標 参加者数 [R3年度：5人] R4:6人/7人 R5:8人/9人 R6:/10人",
            "-目標 派遣者数 [R3年度：1人] R4:2人/3人 R5:(累計)4人/(累計)5人 R6:/—",
            "*A10 数値目標等【基準値】",
            "*D10 R5年度【実績値】",
            "*G10 R5年度【実績値】",
            "*J10 R5年度【実績値】",
            "*D11 R5年度【目標値】",
            "*G11 R5年度【目標値】",
            "*J11 R5年度【目標値】",
            "*A12 参加者数R3年度：5人",
            "*D12 6人",
            "*G12 8人",
            "*D13 7人",
            "*G13 9人",
            "*J13 10人",
            "*A14 派遣者数R3年度：1人",
            "*D14 2人",
            "*G14 (累計)4人",
            "*D15 3人",
            "*G15 (累計)5人",
            "*J15 —",
            "!数値目標等【基準値】",
        ],
    );
}

#[test]
fn the_activities_head_may_say_what_the_header_says_of_the_contents() {
    let words = [Say("A7", "取組内容")];
    tried("取組内容", &words, &["=A7 実施項目"]);
    let both = [Say("A4", "取組内容"), Say("A7", "取組内容")];
    tried("取組内容 twice", &both, &["=A7 実施項目"]);
}

#[test]
fn results_may_be_called_by_the_short_names_of_the_halves() {
    let short = [Say("E17", "上期の結果"), Say("I17", "下期の結果")];
    let item = items(&form(&short)).remove(0);
    assert_eq!(differences(&item), [""; 0]);
    assert!(item.unplaced.is_empty());
}

#[test]
fn no_year_that_heads_a_column_is_the_form_s() {
    let long = "何をどの年度に行うかを書く欄です。記入してください。";
    for heading in ["令和5年度の実施状況", "実施状況", ""] {
        let done = [
            Clear("A6:L6"),
            Say("A7", long),
            Say("A16", heading),
            Say("E17", "やったこと"),
            Say("I17", "やったこと"),
        ];
        let item = items(&form(&done)).remove(0);
        assert!(item.schedule.is_empty() && item.status.is_empty());
        let year = item.year.get().map(|year| year.0);
        assert_eq!(year, heading.starts_with("令和").then_some(2023));
        let left = |text: &str| item.unplaced.iter().any(|cell| cell.text() == text);
        assert!(left("R4年度") && left("R6年度"), "{heading}");
    }
}
