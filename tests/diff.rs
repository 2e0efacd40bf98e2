//! `diff`: what two workbooks in the official layout say differently.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{expect_file, folder, root, run, run_in, sample_copy};
use crate::{parts, program};

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The sample's merged workbook, and the same with some of its texts replaced.
fn two(name: &str, replaced: &[(&str, &str)]) -> (PathBuf, PathBuf) {
    let folder = folder(name);
    let (before, after) = (
        folder.join("直す前 の集約版.xlsx"),
        folder.join("集約版.xlsx"),
    );
    run(&["merge", program::SAMPLE, "-o", path(&before)]).ends_with(1);
    let mut parts = parts::parts(&fs::read(&before).unwrap());
    let strings = parts.get_mut("xl/sharedStrings.xml").unwrap();
    for (from, to) in replaced {
        assert!(strings.contains(from), "{from}");
        *strings = strings.replace(from, to);
    }
    fs::write(&after, parts::package(&parts)).unwrap();
    (before, after)
}

const REPLACED: [(&str, &str); 4] = [
    ("<t>企画政策課 (全課)</t>", "<t>企画政策課 （全課）</t>"),
    ("<t>令和6年6月</t>", "<t>令和6年7月</t>"),
    ("（累計）\n１４５件", "(累計)\n154件"),
    ("１，３９５時間／年", ""),
];

#[test]
fn what_differs_is_told_by_item_and_field() {
    let (before, after) = two("diff-told", &REPLACED);
    let told = run(&["diff", path(&before), path(&after)]).ends_with(0);
    expect_file("tests/golden/diff/told.txt", told.text());
    assert_eq!(told.stderr, "");
    let again = run(&["diff", path(&after), path(&before)]).ends_with(0);
    assert!(
        again.text().contains("[-154-]{+１４５+}"),
        "{}",
        again.text()
    );
}

#[test]
fn the_two_samples_of_one_plan_differ_in_what_was_returned_and_the_plan_in_nothing() {
    let told = run(&[
        "diff",
        "samples/ojiya-r5/前回.xlsx",
        "samples/ojiya-r5/計画.xlsx",
    ]);
    let told = told.ends_with(0);
    assert!(told.text().contains("削除"), "{}", told.text());
    assert!(!told.text().contains("目標値"), "{}", told.text());
}

#[test]
fn equal_workbooks_say_so_in_every_format() {
    let (before, after) = two("diff-equal", &[]);
    let told = run(&["diff", path(&before), path(&after)]).ends_with(0);
    assert!(
        told.text()
            .ends_with("違いはありません（取組7件を比べました）。\n")
    );
    let csv = run(&["diff", path(&before), path(&after), "--format", "csv"]).ends_with(0);
    assert_eq!(csv.text().lines().count(), 1);
    let home = before.parent().unwrap();
    let args = ["diff", path(&before), path(&after), "--format", "xlsx"];
    run_in(home, &args).ends_with(0);
    let strings = parts::parts(&fs::read(home.join("前回からの変更点.xlsx")).unwrap());
    assert!(strings["xl/sharedStrings.xml"].contains("違いはありません。"));
}

#[test]
fn the_table_and_the_workbook_hold_the_whole_texts() {
    let long = format!("窓口の{}手続", "見直しと".repeat(750));
    let replaced = [("（累計）\n１４５件", long.as_str())];
    let (before, after) = two("diff-whole", &replaced);
    let table = run(&["diff", path(&before), path(&after), "--format", "csv"]).ends_with(0);
    let csv = table
        .stdout
        .strip_prefix(b"\xEF\xBB\xBF")
        .expect("a mark for Excel");
    let mut reader = csv::Reader::from_reader(csv);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (&rows[0][4], &rows[0][5], &rows[0][6]),
        ("変更", "（累計）\n１４５件", &*long)
    );
    assert_eq!((&rows[0][8], &rows[0][11]), ("取組1", "取組1"));
    let target = before.with_file_name("変更点.xlsx");
    let args = [
        "diff",
        path(&before),
        path(&after),
        "--format",
        "xlsx",
        "-o",
        path(&target),
    ];
    let told = run(&args).ends_with(0);
    assert!(
        told.text().starts_with("変更点 1件（変更 1件）\n"),
        "{}",
        told.text()
    );
    let bytes = fs::read(&target).unwrap();
    run(&args).ends_with(0);
    assert_eq!(
        bytes,
        fs::read(&target).unwrap(),
        "the same inputs, the same bytes"
    );
    let limits = torimatome::read::Limits::default();
    let book = torimatome::read::workbook("変更点.xlsx", bytes, &limits).unwrap();
    let cells = book.sheets[0].cells.iter();
    let later = cells.filter(|(cell, _)| cell.column == 6 && cell.row >= 2);
    let text: String = later.map(|(_, cell)| cell.text.as_str()).collect();
    assert_eq!(text, long);
}

#[test]
fn what_is_no_official_workbook_is_refused_and_nothing_is_written() {
    let home = folder("diff-refused");
    let job = sample_copy("diff-refused-job");
    let plan = job.join("計画.xlsx");
    let broken = home.join("議事録.xlsx");
    fs::write(&broken, "ただの文章").unwrap();
    let target = home.join("変更点.xlsx");
    for (before, after, said) in [
        (broken.as_path(), plan.as_path(), "議事録.xlsx"),
        (plan.as_path(), &home.join("ない.xlsx"), "見つかりません"),
        (plan.as_path(), job.as_path(), "はフォルダです"),
    ] {
        let args = [
            "diff",
            path(before),
            path(after),
            "--format",
            "xlsx",
            "-o",
            path(&target),
        ];
        let run = run(&args).ends_with(2);
        assert!(run.stderr.contains(said), "{}", run.stderr);
        assert!(run.stderr.contains("ください"), "{}", run.stderr);
        assert!(!target.exists());
    }
    let over = run(&[
        "diff",
        path(&plan),
        path(&plan),
        "--format",
        "xlsx",
        "-o",
        path(&plan),
    ]);
    assert!(over.ends_with(2).stderr.contains("入力のファイルと同じ"));
    let named = run(&["diff", path(&plan), path(&plan), "-o", path(&target)]).ends_with(2);
    assert!(named.stderr.contains("--format xlsx"), "{}", named.stderr);
}

#[test]
fn another_city_s_workbooks_are_compared_by_its_layout() {
    let layout = "templates/hoshikawa-r4.toml";
    let plan = "samples/hoshikawa-r5/計画.xlsx";
    let told = run(&["diff", plan, plan, "--layout", layout]).ends_with(0);
    assert!(told.text().contains("違いはありません"), "{}", told.text());
    assert!(root().join(plan).is_file());
}

#[test]
fn texts_that_a_cell_holds_only_with_care_are_written_and_read_back() {
    use torimatome::model::{Comparison, Cover, Difference, DifferenceKind, Said, Side};
    let long = "長".repeat(32_000);
    let odd = [
        "",
        "=1+1",
        "+1",
        "-1",
        "@a",
        "  前後の空白　",
        "\n",
        "改行\n\n二つ\n",
        "\t",
        "<r>x</r>",
        "<r><t>a</t></r>",
        "_x000D_",
        "_x0041__x0042_",
        "\u{1}\u{7F}\u{FFFF}",
        "https://example.jp/",
        "𠮷か\u{3099}",
        "&amp;<>\"'",
        "①3校",
        &long,
    ];
    let said = |text: &str| {
        let text = text.to_owned();
        (!text.is_empty()).then_some(Said { text, place: None })
    };
    let mut differences = Vec::new();
    for before in odd {
        for after in odd {
            let whole = format!("同じ始まり{after}");
            for (before, after) in [(before, after), (&*format!("同じ始まり{before}"), &*whole)]
            {
                differences.push(Difference {
                    number: Some(1),
                    title: before.chars().take(40).collect(),
                    lead: after.chars().take(40).collect(),
                    field: "評価コメント".to_owned(),
                    kind: DifferenceKind::Changed,
                    before: said(before),
                    after: said(after),
                });
            }
        }
    }
    let side = Side::new("集約版.xlsx", &Cover::default(), 1);
    let comparison = Comparison {
        before: side.clone(),
        after: side,
        differences,
    };
    let stamp = torimatome::write::Stamp {
        year: 2024,
        month: 4,
        day: 1,
    };
    let layout = torimatome::default_layout();
    // What was written is read back inside, cell for cell.
    torimatome::changes(&comparison, &layout, stamp).unwrap();
}
