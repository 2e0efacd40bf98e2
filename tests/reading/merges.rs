//! Merges that were lost or added: a text is where it belongs, in each field it covers, or told.

use super::form::*;

#[test]
fn where_all_merges_are_lost_only_the_spans_of_phases_are() {
    tried(
        "all",
        &[Unmerge("A1:L24")],
        &[
            "-計画 研修への参加 R4-R6実施",
            "-計画 職員の派遣 R4-R5検討 R6-R6実施",
            "+計画 研修への参加 R4-R4実施",
            "+計画 職員の派遣 R4-R4検討 R6-R6実施",
        ],
    );
    tried(
        "of labels",
        &[Unmerge("A1:B5"), Unmerge("D1"), Unmerge("A6:L7")],
        &[],
    );
}

#[test]
fn a_value_in_the_second_cell_of_a_former_merge_is_the_same_value() {
    for (what, gone, at, text) in [
        ("number's line", "F1", "G1", "3 人材の育成"),
        ("title", "C2", "D2", "研修の充実"),
        ("activity", "A8", "B8", "研修への参加"),
        ("name", "A14", "B14", "派遣者数\nR3年度：1人"),
        ("actual", "G12", "H12", "8人"),
        ("target", "J13", "L13", "10人"),
        ("Plan", "A18", "C18", "研修を開く。"),
        ("first half", "E18", "F18", "二度開いた。"),
        ("second half", "I19", "K19", "もう一人を送った。"),
        ("grade", "A21", "B21", "○ 概ね計画どおり"),
        ("comment", "D21", "E21", "おおむね進んだ。"),
        ("action", "A23", "B23", "次の年も続ける。"),
    ] {
        let phases = if what == "activity" { "" } else { "A8:A9" };
        let mut done = vec![Unmerge("A1:C5"), Unmerge("F1"), Unmerge("A12:L23")];
        if phases.is_empty() {
            done.push(Unmerge("A8"));
        }
        done.extend([Clear(gone), Add(at, text)]);
        tried(what, &done, &[]);
    }
    tried(
        "a grade that the vocabulary does not know, beside a blank cell: a comment",
        &[Unmerge("A21:L21"), Clear("A21:L21"), Add("B21", "順調")],
        &[
            "-評価 ○ 概ね計画どおり",
            "-コメント おおむね進んだ。",
            "+評価 ",
            "+コメント 順調",
        ],
    );
}

#[test]
fn a_result_merged_over_two_columns_is_read_as_each_and_told() {
    tried(
        "both halves",
        &[Clear("I18"), Merge("E18", "E18:L18")],
        &[
            "-状況 研修を開く。|二度開いた。|三度開いた。",
            "+状況 研修を開く。|二度開いた。|二度開いた。",
            "=E18 各2",
        ],
    );
    tried(
        "Plan and first half",
        &[Clear("E19"), Merge("A19", "A19:H19")],
        &[
            "-状況 二人を送る。|一人を送った。|もう一人を送った。",
            "+状況 二人を送る。|二人を送る。|もう一人を送った。",
            "=A19 各2",
        ],
    );
    tried(
        "the whole width: a remark",
        &[Clear("E19:L19"), Merge("A19", "A19:L19")],
        &[
            "-状況 二人を送る。|一人を送った。|もう一人を送った。",
            "*A19 二人を送る。",
        ],
    );
    tried(
        "both halves, blank",
        &[Clear("E18:L18"), Add("E18:L18", "")],
        &[
            "-状況 研修を開く。|二度開いた。|三度開いた。",
            "+状況 研修を開く。||",
        ],
    );
}

#[test]
fn a_result_merged_over_two_rows_is_each_row_s_and_told() {
    tried(
        "first half of two rows",
        &[Clear("E19"), Merge("E18", "E18:H19")],
        &[
            "-状況 二人を送る。|一人を送った。|もう一人を送った。",
            "+状況 二人を送る。|二度開いた。|もう一人を送った。",
            "=E18 各2",
        ],
    );
    tried(
        "Plan of two rows",
        &[Clear("A19"), Merge("A18", "A18:D19")],
        &[
            "-状況 二人を送る。|一人を送った。|もう一人を送った。",
            "+状況 研修を開く。|一人を送った。|もう一人を送った。",
            "=A18 各2",
        ],
    );
}

#[test]
fn a_value_merged_over_both_storeys_is_neither_unless_it_says_so() {
    let gone = "-目標 参加者数 [R3年度：5人] R4:6人/7人 R5:8人/9人 R6:/10人";
    tried(
        "one value",
        &[Clear("G13"), Merge("G12", "G12:I13")],
        &[
            gone,
            "+目標 参加者数 [R3年度：5人] R4:6人/7人 R5:場所なし/場所なし R6:/10人",
            "*G12 8人",
            "=G12 不明2",
        ],
    );
    for text in [
        "8人\n9人",
        "目標：9人\n実績：8人",
        "実績8人／目標9人",
        "8人（目標9人）",
    ] {
        let done = [Clear("G13"), Merge("G12", "G12:I13"), Say("G12", text)];
        tried(text, &done, &["=G12 各2"]);
    }
    tried(
        "a dash",
        &[Clear("J13"), Merge("J12", "J12:L13"), Say("J12", "—")],
        &[
            gone,
            "+目標 参加者数 [R3年度：5人] R4:6人/7人 R5:8人/9人 R6:—/—",
            "=J12 各2",
        ],
    );
    tried(
        "blank",
        &[Clear("G13"), Merge("G12", "G12:I13"), Say("G12", "")],
        &[
            gone,
            "+目標 参加者数 [R3年度：5人] R4:6人/7人 R5:/ R6:/10人",
        ],
    );
}

#[test]
fn a_value_merged_over_several_years_is_each_year_s_only_if_it_counts_nothing() {
    let gone = "-目標 参加者数 [R3年度：5人] R4:6人/7人 R5:8人/9人 R6:/10人";
    let merged = |text| [Clear("G13:L13"), Merge("D13", "D13:L13"), Say("D13", text)];
    tried(
        "a number",
        &merged("10人"),
        &[
            gone,
            "+目標 参加者数 [R3年度：5人] R4:6人/場所なし R5:8人/場所なし R6:/場所なし",
            "*D13 10人",
            "=D13 不明3",
        ],
    );
    tried(
        "a stage",
        &merged("検討"),
        &[
            gone,
            "+目標 参加者数 [R3年度：5人] R4:6人/検討 R5:8人/検討 R6:/検討",
            "=D13 各3",
        ],
    );
}

#[test]
fn merges_across_kpis_never_move_a_value_into_the_other() {
    tried(
        "the target of one and the actual of the next",
        &[Clear("G14"), Merge("G13", "G13:I14")],
        &[
            "-目標 参加者数 [R3年度：5人] R4:6人/7人 R5:8人/9人 R6:/10人",
            "-目標 派遣者数 [R3年度：1人] R4:2人/3人 R5:(累計)4人/(累計)5人 R6:/—",
            "+目標 参加者数 [R3年度：5人] R4:6人/7人 R5:8人/場所なし R6:/10人",
            "+目標 派遣者数 [R3年度：1人] R4:2人/3人 R5:場所なし/(累計)5人 R6:/—",
            "*G13 9人",
            "=G13 不明2",
        ],
    );
    tried(
        "the names of two: the second's values have no name",
        &[Clear("A14"), Merge("A12", "A12:C15")],
        &[
            "-目標 派遣者数 [R3年度：1人] R4:2人/3人 R5:(累計)4人/(累計)5人 R6:/—",
            "*D14 2人",
            "*G14 (累計)4人",
            "*D15 3人",
            "*G15 (累計)5人",
            "*J15 —",
        ],
    );
    tried(
        "a name and its first year",
        &[Clear("D12"), Clear("D13"), Merge("A12", "A12:F13")],
        &[
            "-目標 参加者数 [R3年度：5人] R4:6人/7人 R5:8人/9人 R6:/10人",
            "+目標 参加者数 [R3年度：5人] R4:/ R5:8人/9人 R6:/10人",
        ],
    );
}

#[test]
fn of_one_storey_alone_the_heads_must_tell_which_it_is() {
    let gone = "-目標 派遣者数 [R3年度：1人] R4:2人/3人 R5:(累計)4人/(累計)5人 R6:/—";
    tried(
        "the actuals' row is deleted",
        &[Cut(14, 1)],
        &[
            gone,
            "+目標 派遣者数 [R3年度：1人] R4:場所なし/場所なし R5:場所なし/場所なし R6:場所なし/場所なし",
            "*D14 3人",
            "*G14 (累計)5人",
            "*J14 —",
            "=D14 不明2",
            "=G14 不明2",
            "=J14 不明2",
        ],
    );
    tried(
        "the targets' row is deleted",
        &[Cut(15, 1)],
        &[
            gone,
            "+目標 派遣者数 [R3年度：1人] R4:場所なし/場所なし R5:場所なし/場所なし R6:/",
            "*D14 2人",
            "*G14 (累計)4人",
            "=D14 不明2",
            "=G14 不明2",
        ],
    );
    // Values without a head of the other storey are the values of theirs.
    let rows = [Cut(15, 1), Cut(13, 1)];
    let actuals = [
        "-目標 参加者数 [R3年度：5人] R4:6人/7人 R5:8人/9人 R6:/10人",
        gone,
        "+目標 参加者数 [R3年度：5人] R4:6人/ R5:8人/ R6:/",
        "+目標 派遣者数 [R3年度：1人] R4:2人/ R5:(累計)4人/ R6:/",
    ];
    tried("actuals", &[&rows[..], &[Cut(11, 1)]].concat(), &actuals);
    let targets = [
        "-目標 参加者数 [R3年度：5人] R4:6人/7人 R5:8人/9人 R6:/10人",
        gone,
        "+目標 参加者数 [R3年度：5人] R4:/7人 R5:/9人 R6:/10人",
        "+目標 派遣者数 [R3年度：1人] R4:/3人 R5:/(累計)5人 R6:/—",
    ];
    let rows = [Cut(14, 1), Cut(12, 1), Cut(10, 1)];
    tried("targets", &rows, &targets);
}

#[test]
fn both_storeys_may_be_typed_into_one_cell() {
    for text in ["8人\n9人", "実績：8人\n目標：9人", "目標値 9人\n実績値 8人"] {
        tried(text, &[Say("G12", text), Say("G13", "")], &["=G12 各2"]);
    }
    tried(
        "two values of which neither is named",
        &[Say("G12", "8人 9人"), Say("G13", "")],
        &[
            "-目標 参加者数 [R3年度：5人] R4:6人/7人 R5:8人/9人 R6:/10人",
            "+目標 参加者数 [R3年度：5人] R4:6人/7人 R5:8人 9人?/ R6:/10人",
        ],
    );
    tried(
        "the target's word on the actual",
        &[Say("G12", "目標：9人"), Say("G13", "")],
        &[
            "-目標 参加者数 [R3年度：5人] R4:6人/7人 R5:8人/9人 R6:/10人",
            "+目標 参加者数 [R3年度：5人] R4:6人/7人 R5:目標：9人?/ R6:/10人",
        ],
    );
}

#[test]
fn a_baseline_may_stand_in_a_cell_of_its_own() {
    tried(
        "below the name",
        &[
            Unmerge("A12"),
            Say("A12", "参加者数"),
            Add("A13", "R3年度：5人"),
        ],
        &[],
    );
    tried(
        "below the name, merged across",
        &[
            Merge("A12", "A12:C12"),
            Say("A12", "参加者数"),
            Add("A13:C13", "R3年度：5人"),
        ],
        &[],
    );
    let column = |head: &'static str| {
        vec![
            Merge("A10", "A10:B11"),
            Add("C10:C11", head),
            Merge("A12", "A12:B13"),
            Merge("A14", "A14:B15"),
            Say("A12", "参加者数"),
            Say("A14", "派遣者数"),
        ]
    };
    let with = |head, cells: [&'static str; 2]| {
        let [one, other] = cells;
        [
            column(head),
            vec![Add("C12:C13", one), Add("C14:C15", other)],
        ]
        .concat()
    };
    tried(
        "in a column of its own",
        &with("基準値", ["R3年度：5人", "R3年度：1人"]),
        &[],
    );
    tried(
        "in a column of its own, bare: with the words of its head",
        &with("【基準値】\n(R3年度)", ["5人", "1人"]),
        &[
            "-目標 参加者数 [R3年度：5人] R4:6人/7人 R5:8人/9人 R6:/10人",
            "-目標 派遣者数 [R3年度：1人] R4:2人/3人 R5:(累計)4人/(累計)5人 R6:/—",
            "+目標 参加者数 [【基準値】(R3年度)：5人] R4:6人/7人 R5:8人/9人 R6:/10人",
            "+目標 派遣者数 [【基準値】(R3年度)：1人] R4:2人/3人 R5:(累計)4人/(累計)5人 R6:/—",
        ],
    );
    tried(
        "in a column of its own, unreadable",
        &with(
            "基準値",
            ["R3年度：5人", "別紙のとおり、この計画の前の年の値とする。"],
        ),
        &[
            "-目標 派遣者数 [R3年度：1人] R4:2人/3人 R5:(累計)4人/(累計)5人 R6:/—",
            "+目標 派遣者数 [基準値：別紙のとおり、この計画の前の年の値とする。] R4:2人/3人 R5:(累計)4人/(累計)5人 R6:/—",
        ],
    );
    tried(
        "a name that begins with a year is the next KPI's name",
        &[
            Unmerge("A12:L15"),
            Say("A12", "参加者数"),
            Say("A14", "R4年度からの派遣者数"),
        ],
        &[
            "-目標 参加者数 [R3年度：5人] R4:6人/7人 R5:8人/9人 R6:/10人",
            "-目標 派遣者数 [R3年度：1人] R4:2人/3人 R5:(累計)4人/(累計)5人 R6:/—",
            "+目標 参加者数 [] R4:6人/7人 R5:8人/9人 R6:/10人",
            "+目標 R4年度からの派遣者数 [] R4:2人/3人 R5:(累計)4人/(累計)5人 R6:/—",
        ],
    );
}

#[test]
fn kpi_headings_may_stand_above_the_heads() {
    tried(
        "数値目標等 as a band, its column without a head",
        &[
            Insert(10, 1),
            Clear("A11"),
            Add("A10:L10", "数値目標等【基準値】"),
        ],
        &["=A11 なし→数値目標等【基準値】"],
    );
}

#[test]
fn a_grade_in_two_cells_is_one_grade_and_no_comment() {
    let split = |mark, words| [Clear("A21"), Add("A21", mark), Add("B21:C21", words)];
    tried("mark and words", &split("○", "概ね計画どおり"), &[]);
    let turned = ["-評価 ○ 概ね計画どおり", "+評価 概ね計画どおり ○"];
    tried("words and mark", &split("概ね計画どおり", "○"), &turned);
    let mut blank = split("○", "概ね計画どおり").to_vec();
    blank.push(Say("D21", ""));
    let no_comment = ["-コメント おおむね進んだ。", "+コメント "];
    tried("no comment", &blank, &no_comment);
    let twice = split("○ 概ね計画どおり", "計画どおり");
    tried("two grades", &twice, &["*B21 計画どおり"]);
}

#[test]
fn a_comment_in_the_words_of_a_grade_is_a_comment() {
    let changed = ["-コメント おおむね進んだ。", "+コメント 計画どおり"];
    let words = Say("D21", "計画どおり");
    tried("in its cell", &[words], &changed);
    let unmerged = [
        Unmerge("A20:L21"),
        Clear("A21:L21"),
        Add("A21", "○ 概ね計画どおり"),
        Add("B21", "計画どおり"),
    ];
    tried("without merges", &unmerged, &changed);
}
