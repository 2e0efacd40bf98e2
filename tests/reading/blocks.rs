//! Labels that are gone, blocks in another order, several forms on a sheet, rows torn apart.

use super::form::*;

#[test]
fn a_label_of_the_header_that_is_gone_is_told_by_its_neighbours() {
    for (at, label) in [
        ("A1", "取組番号"),
        ("D1", "重点項目"),
        ("A2", "取組項目"),
        ("A3", "主管課(関係課)"),
        ("A4", "実施内容"),
        ("A5", "期待される効果"),
    ] {
        tried(label, &[Say(at, "")], &[&format!("={at} なし→{label}")]);
    }
}

#[test]
fn a_label_that_is_gone_beside_another_is_not_told() {
    tried(
        "two lines without a label",
        &[Say("A3", ""), Say("A4", "")],
        &[
            "-主管課 総務課(全課)",
            "-実施内容 研修の機会を増やす。",
            "+主管課 ",
            "+実施内容 ",
            "*C3 総務課(全課)",
            "*C4 研修の機会を増やす。",
            "!主管課(関係課)",
            "!実施内容",
        ],
    );
    tried(
        "a memo on a line of its own beside a line without a label",
        &[Say("A4", ""), Insert(5, 1), Add("C5", "四月に直します")],
        &[
            "-実施内容 研修の機会を増やす。",
            "+実施内容 ",
            "*C4 研修の機会を増やす。",
            "*C5 四月に直します",
            "!実施内容",
        ],
    );
    tried(
        "label and entry are gone, and a memo stands in their row",
        &[Clear("A5:C5"), Add("D5", "提出は四月")],
        &[
            "-効果 職員の力が付く。",
            "+効果 ",
            "*D5 提出は四月",
            "!期待される効果",
        ],
    );
    tried(
        "a form without 重点項目, and a memo in the number's row",
        &[Clear("D1:F1"), Add("F1", "担当 山田")],
        &[
            "-重点項目 3 人材の育成",
            "+重点項目 ",
            "*F1 担当 山田",
            "!重点項目",
        ],
    );
    tried(
        "label and entry are gone, and a memo stands elsewhere",
        &[Cut(5, 1), Add("N4", "メモ")],
        &[
            "-効果 職員の力が付く。",
            "+効果 ",
            "*N4 メモ",
            "!期待される効果",
        ],
    );
}

#[test]
fn headings_across_the_form_may_be_gone() {
    tried("年次計画", &[Say("A6", "")], &[]);
    tried("年次計画, and its row", &[Cut(6, 1)], &[]);
    tried(
        "実施状況: nothing else names the year",
        &[Say("A16", "")],
        &["-年度 2023", "+年度 0"],
    );
}

#[test]
fn a_head_that_is_gone_is_told_by_the_heads_beside_it() {
    tried("実施項目", &[Say("A7", "")], &["=A7 なし→実施項目"]);
    tried(
        "実施項目 in other words",
        &[Say("A7", "取組の内訳")],
        &["=A7 実施項目"],
    );
    tried(
        "数値目標等",
        &[Say("A10", "")],
        &["=A10 なし→数値目標等【基準値】"],
    );
    tried(
        "数値目標等 in other words",
        &[Say("A10", "指標")],
        &["=A10 数値目標等【基準値】"],
    );
    tried(
        "取組目標",
        &[Say("A17", "")],
        &["=A17 なし→取組目標【Plan】"],
    );
    tried(
        "取組目標 in other words",
        &[Say("A17", "やること")],
        &["=A17 取組目標【Plan】"],
    );
    tried(
        "上半期の取組結果",
        &[Say("E17", "")],
        &["=E17 なし→上半期の取組結果【Do】"],
    );
    tried(
        "上半期の取組結果 in words that could be either half's",
        &[Say("E17", "止半期の取組結果【Do】")],
        &["=E17 上半期の取組結果【Do】"],
    );
    tried(
        "下半期の取組結果",
        &[Say("I17", "")],
        &["=I17 なし→下半期の取組結果【Do】"],
    );
    tried("a year of the upper heads", &[Say("G10", "")], &[]);
    tried("a row of heads", &[Clear("D11:L11")], &[]);
}

#[test]
fn a_head_that_is_gone_and_lost_its_merge_is_told_where_it_leaves_no_doubt() {
    tried(
        "取組目標",
        &[Say("A17", ""), Unmerge("A17:L19")],
        &["=A17 なし→取組目標【Plan】"],
    );
    tried(
        "上半期の取組結果: where its column begins cannot be told",
        &[Say("E17", ""), Unmerge("A17:L19")],
        &[
            "-状況 研修を開く。|二度開いた。|三度開いた。",
            "-状況 二人を送る。|一人を送った。|もう一人を送った。",
            "+状況 研修を開く。||三度開いた。",
            "+状況 二人を送る。||もう一人を送った。",
            "*E18 二度開いた。",
            "*E19 一人を送った。",
        ],
    );
    tried(
        "下半期の取組結果",
        &[Say("I17", ""), Unmerge("A17:L19")],
        &[
            "-状況 研修を開く。|二度開いた。|三度開いた。",
            "-状況 二人を送る。|一人を送った。|もう一人を送った。",
            "+状況 研修を開く。|二度開いた。|",
            "+状況 二人を送る。|一人を送った。|",
            "*I18 三度開いた。",
            "*I19 もう一人を送った。",
        ],
    );
}

#[test]
fn a_table_whose_heads_are_gone_is_left_over_whole() {
    tried(
        "年次計画",
        &[Cut(6, 2)],
        &[
            "-計画 研修への参加 R4-R6実施",
            "-計画 職員の派遣 R4-R5検討 R6-R6実施",
            "*A6 研修への参加",
            "*D6 実施",
            "*A7 職員の派遣",
            "*D7 検討",
            "*J7 実施",
            "!年次計画",
        ],
    );
    let kpis = [
        "*A10 参加者数R3年度：5人",
        "*D10 6人",
        "*G10 8人",
        "*D11 7人",
        "*G11 9人",
        "*J11 10人",
        "*A12 派遣者数R3年度：1人",
        "*D12 2人",
        "*G12 (累計)4人",
        "*D13 3人",
        "*G13 (累計)5人",
        "*J13 —",
    ];
    let gone = [
        "-目標 参加者数 [R3年度：5人] R4:6人/7人 R5:8人/9人 R6:/10人",
        "-目標 派遣者数 [R3年度：1人] R4:2人/3人 R5:(累計)4人/(累計)5人 R6:/—",
    ];
    let missing = ["!数値目標等【基準値】"];
    tried(
        "数値目標等: no row of the schedule",
        &[Cut(10, 2)],
        &[&gone[..], &kpis, &missing].concat(),
    );
    tried(
        "数値目標等, without merges",
        &[Cut(10, 2), Unmerge("A10:L13")],
        &[&gone[..], &kpis, &missing].concat(),
    );
    let status = [
        "-状況 研修を開く。|二度開いた。|三度開いた。",
        "-状況 二人を送る。|一人を送った。|もう一人を送った。",
    ];
    let left = [
        "*A16 研修を開く。",
        "*E16 二度開いた。",
        "*I16 三度開いた。",
        "*A17 二人を送る。",
        "*E17 一人を送った。",
        "*I17 もう一人を送った。",
        "!取組目標【Plan】",
    ];
    let year = ["-年度 2023"];
    let none = ["+年度 0"];
    tried(
        "実施状況: no KPI, no note",
        &[Cut(16, 2)],
        &[&year[..], &status, &none, &left].concat(),
    );
    tried(
        "実施状況, without merges",
        &[Cut(16, 2), Unmerge("A12:L17")],
        &[&year[..], &status, &none, &left].concat(),
    );
}

#[test]
fn results_in_few_words_are_no_kpis_where_their_heads_are_gone() {
    tried(
        "実施状況",
        &[
            Say("A18", "—"),
            Say("E18", ""),
            Say("I18", ""),
            Say("E19", "一人派遣"),
            Say("I19", "二人派遣"),
            Cut(16, 2),
        ],
        &[
            "-年度 2023",
            "-状況 研修を開く。|二度開いた。|三度開いた。",
            "-状況 二人を送る。|一人を送った。|もう一人を送った。",
            "+年度 0",
            "*A16 —",
            "*A17 二人を送る。",
            "*E17 一人派遣",
            "*I17 二人派遣",
            "!取組目標【Plan】",
        ],
    );
}

#[test]
fn an_assessment_without_its_heading_is_no_result() {
    tried(
        "the heading",
        &[Say("A20", "")],
        &["=A21 なし→取組全体の評価【Check】"],
    );
    tried(
        "the heading and its row",
        &[Cut(20, 1)],
        &["=A20 なし→取組全体の評価【Check】"],
    );
    tried(
        "the heading, where the grade is none of the vocabulary",
        &[Say("A20", ""), Say("A21", "順調")],
        &[
            "-評価 ○ 概ね計画どおり",
            "-コメント おおむね進んだ。",
            "+評価 ",
            "+コメント ",
            "*A21 順調",
            "*D21 おおむね進んだ。",
            "!取組全体の評価【Check】",
        ],
    );
    tried(
        "the heading, where the grade is blank",
        &[Say("A20", ""), Say("A21", "")],
        &[
            "-評価 ○ 概ね計画どおり",
            "-コメント おおむね進んだ。",
            "+評価 ",
            "+コメント ",
            "*D21 おおむね進んだ。",
            "!取組全体の評価【Check】",
        ],
    );
    tried(
        "the heading, in other words, without merges",
        &[Say("A20", "備考"), Unmerge("A20:L23")],
        &["*A20 備考", "=A21 なし→取組全体の評価【Check】"],
    );
    tried(
        "the heading, in other words, where the grade is none of the vocabulary",
        &[Say("A20", "備考"), Say("A21", "順調"), Unmerge("A20:L23")],
        &[
            "-評価 ○ 概ね計画どおり",
            "-コメント おおむね進んだ。",
            "+評価 ",
            "+コメント ",
            "*A20 備考",
            "*A21 順調",
            "*D21 おおむね進んだ。",
            "!取組全体の評価【Check】",
        ],
    );
    tried(
        "the heading of what comes next",
        &[Say("A22", "")],
        &[
            "-改善 次の年も続ける。",
            "+改善 ",
            "*A23 次の年も続ける。",
            "!改善事項・今後の進め方【Action】",
        ],
    );
    tried(
        "the heading of what comes next, below a blank assessment without merges",
        &[
            Say("A22", ""),
            Say("A21", ""),
            Say("D21", ""),
            Unmerge("A20:L23"),
        ],
        &[
            "-評価 ○ 概ね計画どおり",
            "-コメント おおむね進んだ。",
            "-改善 次の年も続ける。",
            "+評価 ",
            "+コメント ",
            "+改善 ",
            "*A23 次の年も続ける。",
            "!改善事項・今後の進め方【Action】",
        ],
    );
}

#[test]
fn blocks_in_another_order_are_the_same_form() {
    tried("assessment first", &[Move(20, 4, 6)], &[]);
    tried("the schedule last", &[Move(6, 4, 24)], &[]);
    tried("KPIs below the results", &[Move(10, 6, 20)], &[]);
    tried(
        "KPIs below the results, and a label mistyped",
        &[Say("A17", "取組日標"), Move(10, 6, 20)],
        &["=A11 取組目標【Plan】"],
    );
    tried("the header below the tables", &[Move(1, 5, 20)], &[]);
}

#[test]
fn two_forms_on_a_sheet_are_two_items() {
    let one = form(&[]);
    for (what, done) in [
        ("healthy", vec![]),
        ("the number's label mistyped", vec![Say("A1", "取組番合")]),
        ("the number's label gone", vec![Say("A1", "")]),
        (
            "the first row's labels both mistyped",
            vec![Say("A1", "取組番合"), Say("D1", "重点項日")],
        ),
    ] {
        let second = [vec![Say("C1", "8"), Say("A23", "やめる。")], done].concat();
        let other = form(&second);
        for (above, below, numbers) in [(&one, &other, [7, 8]), (&other, &one, [8, 7])] {
            let mut cells = above.clone();
            cells.extend(shifted(below, 25, 0));
            let items = items(&cells);
            let read: Vec<u32> = items
                .iter()
                .filter_map(|item| item.number.get().copied())
                .collect();
            assert_eq!(read, numbers, "{what}");
            conserved(what, &cells, &items);
            for item in &items {
                assert!(item.unplaced.is_empty(), "{what}: {:?}", item.unplaced);
                let action = if item.number.get() == Some(&8) {
                    "やめる。"
                } else {
                    "次の年も続ける。"
                };
                assert_eq!(item.action.text(), action, "{what}");
                assert_eq!(item.kpis.len(), 2, "{what}");
            }
        }
    }
}

#[test]
fn a_form_torn_by_a_page_break_is_one_item() {
    let header = [
        Add("A20:B20", "取組番号"),
        Add("C20", "7"),
        Add("D20:E20", "重点項目"),
        Add("F20:L20", "3 人材の育成"),
        Add("A21:B21", "取組項目"),
        Add("C21:L21", "研修の充実"),
    ];
    let heads = [
        Add("A22:L22", "令和5年度の実施状況（つづき）"),
        Add("A23:D23", "取組目標\n【Plan】"),
        Add("E23:H23", "上半期の取組結果\n【Do】"),
        Add("I23:L23", "下半期の取組結果\n【Do】"),
        Add("A24:D24", "三人目を送る。"),
        Add("E24:H24", "送った。"),
    ];
    let row = "+状況 三人目を送る。|送った。|";
    tried(
        "header and heads repeated",
        &[&[Insert(20, 5)], &header[..], &heads[..]].concat(),
        &[row, "=A22 令和5年度の実施状況"],
    );
    let other = [
        &[Insert(20, 5)],
        &header[..],
        &heads[..],
        &[Say("C20", "8")],
    ]
    .concat();
    let cells = form(&other);
    let items = items(&cells);
    assert_eq!(items.len(), 2, "another number is another item");
    conserved("another number", &cells, &items);
}

#[test]
fn heads_repeated_within_a_table_are_labels_and_its_rows_go_on() {
    tried(
        "results",
        &[
            Insert(19, 2),
            Add("A19:L19", "令和5年度の実施状況"),
            Add("A20:D20", "取組目標\n【Plan】"),
            Add("E20:H20", "上半期の取組結果\n【Do】"),
            Add("I20:L20", "下半期の取組結果\n【Do】"),
        ],
        &[],
    );
    tried(
        "KPIs",
        &[
            Insert(14, 2),
            Add("A14:C15", "数値目標等\n【基準値】"),
            Add("D14:F14", "R4年度\n【実績値】"),
            Add("G14:I14", "R5年度\n【実績値】"),
            Add("J14:L14", "R6年度\n【実績値】"),
            Add("D15:F15", "R4年度\n【目標値】"),
            Add("G15:I15", "R5年度\n【目標値】"),
            Add("J15:L15", "R6年度\n【目標値】"),
        ],
        &[],
    );
    tried(
        "KPIs, between the storeys of one of them",
        &[
            Unmerge("A14"),
            Insert(15, 2),
            Add("A15:C16", "数値目標等\n【基準値】"),
            Add("D15:F15", "R4年度\n【実績値】"),
            Add("G15:I15", "R5年度\n【実績値】"),
            Add("D16:F16", "R4年度\n【目標値】"),
            Add("G16:I16", "R5年度\n【目標値】"),
        ],
        &[],
    );
    tried(
        "the schedule",
        &[
            Insert(9, 2),
            Add("A9:L9", "年次計画（続き）"),
            Add("A10:C10", "実施項目"),
            Add("D10:F10", "R4年度"),
            Add("G10:I10", "R5年度"),
            Add("J10:L10", "R6年度"),
        ],
        &["=A9 年次計画"],
    );
}

#[test]
fn blank_rows_within_tables_change_nothing() {
    for (what, above) in [
        ("activities", 9),
        ("KPIs", 14),
        ("results", 19),
        ("heads and results", 18),
        ("results and assessment", 20),
        ("heading and grade", 21),
    ] {
        tried(what, &[Insert(above, 1)], &[]);
        tried(what, &[Insert(above, 1), Unmerge("A12:L23")], &[]);
    }
    tried(
        "lines far below the form are none of it, though the answer is blank and has no merge",
        &[
            Say("A23", ""),
            Clear("A24:L24"),
            Unmerge("A20:L23"),
            Add("A26", "問い合わせ先 企画課"),
        ],
        &[
            "-改善 次の年も続ける。",
            "-脚注 ※1 派遣…よその職場で働くこと",
            "+改善 ",
            "*A26 問い合わせ先 企画課",
        ],
    );
}
