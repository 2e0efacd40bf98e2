//! A plan prepared as a table: out of a workbook, into one, and told where it is wrong.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{Run, SAMPLE, files_below, folder, root, run, run_in};
use serde_json::Value;

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The sample's plan as tables, and what the workbook says.
fn tables(home: &Path, more: &[&str]) -> PathBuf {
    let tables = home.join("計画 の表");
    let plan = root().join(SAMPLE).join("計画.xlsx");
    let args = [
        "export",
        text(&plan),
        "--format",
        "csv",
        "-o",
        text(&tables),
    ];
    run(&[&args, more].concat()).ends_with(0);
    tables
}

fn said(workbook: &Path) -> Value {
    run(&["export", text(workbook), "--format", "json", "-o", "-"])
        .ends_with(0)
        .json()
}

/// Puts another text into a table, which is UTF-8 and must have the first one.
fn changed(table: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(table).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(table, text.replacen(from, to, 1)).unwrap();
}

fn init(home: &Path, tables: &Path) -> Run {
    let args = [
        "init",
        "新しい案件",
        "--period",
        "R5下",
        "--plan",
        text(tables),
    ];
    run_in(home, &args)
}

#[test]
fn a_plan_goes_through_tables_and_comes_back_as_it_was() {
    for (name, more, twins) in [
        ("plan-utf8", &[][..], false),
        ("plan-cp932", &["--encoding", "cp932"][..], true),
    ] {
        let home = folder(name);
        let tables = tables(&home, more);
        init(&home, &tables).ends_with(0);
        let taken = said(&home.join("新しい案件/計画.xlsx"));
        let planned = said(&root().join(SAMPLE).join("計画.xlsx"));
        let (taken, mut planned) = (taken["items"].to_string(), planned["items"].to_string());
        if twins {
            // CP932 has other characters for these, which look the same.
            planned = planned
                .replace('—', "―")
                .replace('〜', "～")
                .replace('−', "－");
        }
        assert_eq!(taken, planned, "{name}");
    }
}

#[test]
fn a_job_works_with_tables_in_place_of_a_plan() {
    let home = folder("plan-in-job");
    let tables = tables(&home, &[]);
    let job = home.join("案件");
    let settings = "[period]\nfiscal_year = \"R5\"\nhalf = \"下半期\"\n[plan]\nfile = \"../計画 の表\"\nname = \"小千谷市行政改革実施計画\"\n";
    for (path, bytes) in files_below(&root().join(SAMPLE)) {
        let path = job.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let whole = run(&["export", text(&job), "--format", "json", "-o", "-"]).ends_with(1);
    fs::write(job.join("torimatome.toml"), settings).unwrap();
    fs::remove_file(job.join("計画.xlsx")).unwrap();
    let with_tables = run(&["export", text(&job), "--format", "json", "-o", "-"]).ends_with(1);
    assert_eq!(with_tables.json()["items"], whole.json()["items"]);
    let codes = |run: &Run| {
        let findings = run.json()["findings"].as_array().unwrap().clone();
        let code = |finding: &Value| {
            format!(
                "{} {} {}",
                finding["code"], finding["item"], finding["cell"]
            )
        };
        // The plan's list of items has wordings of its own, which no table holds.
        let codes = findings
            .iter()
            .map(code)
            .filter(|code| !code.contains("P02"));
        codes.collect::<Vec<String>>()
    };
    assert_eq!(codes(&with_tables), codes(&whole));
    // An output never takes the place of the tables.
    let refused = run(&["export", text(&job), "--format", "csv", "-o", text(&tables)]).ends_with(2);
    assert!(
        refused.stderr.contains("入力のファイルと同じ"),
        "{}",
        refused.stderr
    );
}

#[test]
fn one_table_is_a_plan_too() {
    let home = folder("plan-one-table");
    let tables = tables(&home, &[]);
    init(&home, &tables.join("kpi.csv")).ends_with(0);
    let plan = said(&home.join("新しい案件/計画.xlsx"));
    assert_eq!(plan["items"].as_array().unwrap().len(), 7);
    assert_eq!(plan["items"][1]["kpis"].as_array().unwrap().len(), 4);
    assert_eq!(plan["items"][1]["content"], Value::Null);
}

#[test]
fn a_table_typed_by_hand_needs_few_columns() {
    let home = folder("plan-by-hand");
    let tables = home.join("表");
    fs::create_dir(&tables).unwrap();
    let kpis = "取組番号,取組項目,主管課,数値目標,区分,年度,値,単位,修飾\n\
                1,窓口の改善,市民課,待ち時間,基準値,R3,24,分,\n\
                1,窓口の改善,市民課,待ち時間,目標値,R4,22,分,\n\
                1,窓口の改善,市民課,待ち時間,目標値,R5,20,分,\n\
                2,手続のデジタル化,総務課,手続数,目標値,R5,12,件,累計\n";
    let texts = "取組番号,欄,行,本文\n1,実施内容,,窓口を見直します。\n1,実施項目,1,研修\n1,年次計画 R4年度～R5年度,1,実施\n";
    fs::write(tables.join("数値.csv"), kpis).unwrap();
    fs::write(tables.join("文章.csv"), texts).unwrap();
    let made = init(&home, &tables).ends_with(0);
    assert!(made.text().contains("[plan] の name"), "{}", made.text());
    let plan = said(&home.join("新しい案件/計画.xlsx"));
    let first = &plan["items"][0];
    assert_eq!(first["title"], "窓口の改善");
    assert_eq!(first["lead"][0], "市民課");
    assert_eq!(first["content"], "窓口を見直します。");
    assert_eq!(first["schedule"][0]["phases"][0]["to"], "R5");
    assert_eq!(first["kpis"][0]["baseline"]["raw"], "R3年度：24分");
    assert_eq!(first["kpis"][0]["years"][1]["target"]["value"], 20);
    assert_eq!(
        plan["items"][1]["kpis"][0]["years"][1]["target"]["qualifier"],
        "累計"
    );
    assert_eq!(plan["plan_years"], serde_json::json!(["R4", "R5"]));
}

#[test]
fn a_mistake_names_its_file_line_and_column() {
    for (name, table, from, to, told) in [
        (
            "storey",
            "kpi.csv",
            "目標値",
            "目標",
            "kpi.csvの3行目のL列: 「区分」の「目標」",
        ),
        (
            "value",
            "kpi.csv",
            "基準値,R3,0,",
            "基準値,R3,ゼロ,",
            "kpi.csvの2行目のN列: 「値」の「ゼロ」",
        ),
        (
            "differs",
            "kpi.csv",
            "基準値,R3,0,",
            "基準値,R3,7,",
            "kpi.csvの2行目のN列: 「値」の「7」が、",
        ),
        (
            "year",
            "kpi.csv",
            "R4,2022,",
            "再来年,,",
            "kpi.csvの3行目のC列: 「年度」の「再来年」",
        ),
        (
            "number",
            "text.csv",
            ",1,重点項目,",
            ",壱番,重点項目,",
            "text.csvの2行目のD列: 「取組番号」の「壱番」",
        ),
        (
            "field",
            "text.csv",
            "実施内容",
            "内容の欄",
            "のE列: 「欄」の「内容の欄」",
        ),
        (
            "row",
            "text.csv",
            "実施内容,1,",
            "実施内容,一,",
            "のF列: 「行」の「一」",
        ),
        (
            "baseline",
            "kpi.csv",
            "0,か所,,,数量,R3年度：0か所",
            ",,,,,はじめは0か所",
            "kpi.csvの2行目のS列: 基準値の「はじめは0か所」",
        ),
        (
            "title",
            "text.csv",
            "取組項目,1,行政手続のデジタル化の推進",
            "取組項目,1,行政手続のデジタル化",
            "text.csvの3行目のG列: 「行政手続のデジタル化」が、kpi.csvの2行目のG列の「行政手続のデジタル化の推進」と違います",
        ),
    ] {
        let home = folder(&format!("plan-mistake-{name}"));
        let tables = tables(&home, &[]);
        changed(&tables.join(table), from, to);
        let refused = init(&home, &tables).ends_with(2);
        assert!(refused.stderr.contains(told), "{name}: {}", refused.stderr);
        assert!(refused.stderr.trim_end().ends_with("ください。"));
        assert!(!home.join("新しい案件").exists(), "{name}");
    }
}

#[test]
fn a_table_without_heading_and_a_kpi_twice_are_told() {
    let home = folder("plan-stray");
    let tables = tables(&home, &[]);
    let kpi = tables.join("kpi.csv");
    changed(
        &kpi,
        "原文\r\n",
        "原文\r\n,,,,,,,,,,,,,,,,,,,欄外のメモ\r\n",
    );
    let refused = init(&home, &tables).ends_with(2);
    assert!(
        refused.stderr.contains("kpi.csvの2行目の"),
        "{}",
        refused.stderr
    );

    let again = folder("plan-twice");
    let tables = self::tables(&again, &[]);
    fs::copy(tables.join("kpi.csv"), tables.join("kpi_写し.csv")).unwrap();
    let refused = init(&again, &tables).ends_with(2);
    assert!(
        refused.stderr.contains("一つにしてください"),
        "{}",
        refused.stderr
    );
    assert!(
        refused.stderr.contains("ほか"),
        "not all of them are listed"
    );

    let empty = again.join("空");
    fs::create_dir(&empty).unwrap();
    let refused = init(&again, &empty).ends_with(2);
    assert!(
        refused.stderr.contains("kpi.csv、text.csv"),
        "{}",
        refused.stderr
    );
    fs::remove_file(tables.join("kpi_写し.csv")).unwrap();
    let unnamed = run_in(&again, &["init", "期なし", "--plan", text(&tables)]).ends_with(2);
    assert!(unnamed.stderr.contains("--period"), "{}", unnamed.stderr);
    assert!(!again.join("期なし").exists());
}
