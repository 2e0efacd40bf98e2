//! How far the rules of judgement can be trusted: short cases in prose, each with what the rule
//! should say of it, written to workbooks and read through every stage.
//!
//! `tests/corpus/README.md` tells how the cases came about. `recorded.toml` names the cases that a
//! rule gets wrong; any change, for better or worse, fails here until it is recorded.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use serde::Deserialize;
use torimatome::gather::{self, Parts};
use torimatome::model::*;
use torimatome::read::Limits;
use torimatome::{check, collected_file, default_layout, official_book};

const DEPARTMENT: &str = "総務課";
/// What the files of a set are called; the first files were written before the rules, the others
/// when they were done.
const SETS: [(&str, &[&str]); 6] = [
    (
        "development",
        &["k07", "k10", "k11", "k13", "h04", "h05", "t05"],
    ),
    ("held_out", &["held_out"]),
    ("held_out_2", &["held_out_2"]),
    ("held_out_3", &["held_out_3"]),
    ("held_out_4", &["held_out_4"]),
    ("held_out_5", &["held_out_5"]),
];

/// The rules of judgement; in a case of one, the others are silent too.
const JUDGING: [&str; 7] = ["K07", "K10", "K11", "K13", "H04", "H05", "T05"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    rule: String,
    expected: Expected,
    /// Name and baseline, actual and target of R4 and of R5, target of R6, a note.
    #[serde(default)]
    kpis: Vec<Vec<String>>,
    /// Plan, first half, second half.
    #[serde(default)]
    rows: Vec<[String; 3]>,
    #[serde(default = "grade")]
    grade: String,
    #[serde(default = "comment")]
    comment: String,
    #[serde(default = "action")]
    action: String,
    /// Other rules of judgement that rightly speak of this case.
    #[serde(default)]
    also: Vec<String>,
}

fn grade() -> String {
    "○ 概ね計画どおり".to_owned()
}

fn comment() -> String {
    "おおむね予定に沿って進めました。".to_owned()
}

fn action() -> String {
    "引き続き取り組みます。".to_owned()
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Expected {
    /// A finding at the rule's own level.
    Fires,
    /// A finding of level info.
    Info,
    /// No finding.
    Silent,
}

/// The cases that a rule gets wrong, by name.
#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Wrong {
    /// It accuses, or at the wrong level.
    #[serde(default, rename = "false")]
    falsely: Vec<String>,
    /// It should have spoken.
    #[serde(default)]
    missed: Vec<String>,
    /// It accuses in a case of another rule.
    #[serde(default)]
    stray: Vec<String>,
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

fn cases(files: &[&str]) -> Vec<Case> {
    let read = |file: &&str| {
        let text = fs::read_to_string(folder().join(format!("{file}.toml"))).unwrap();
        let corpus: Corpus = toml::from_str(&text).unwrap();
        corpus.case
    };
    files.iter().flat_map(read).collect()
}

/// What of a sheet is filled in.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Plan,
    Previous,
    Returned,
}

/// Rows from the top of a sheet, each divided among twelve columns.
struct Drawing<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
}

impl Drawing<'_> {
    fn row(&mut self, cells: &[(&str, u16)]) {
        let mut column = 0;
        for (text, columns) in cells {
            let last = column + columns - 1;
            let (row, format) = (self.row, Format::new());
            if *columns > 1 {
                self.sheet
                    .merge_range(row, column, row, last, text, &format)
                    .unwrap();
            } else {
                self.sheet.write_string(row, column, *text).unwrap();
            }
            column = last + 1;
        }
        self.row += 1;
    }
}

fn draw(sheet: &mut Worksheet, number: usize, case: &Case, stage: Stage) {
    sheet.set_name(format!("取組{number}")).unwrap();
    let mut rows = Drawing { sheet, row: 0 };
    let number = number.to_string();
    rows.row(&[
        ("取組番号", 2),
        (&number, 1),
        ("重点項目", 2),
        ("1 行政の見直し", 7),
    ]);
    rows.row(&[("取組項目", 2), (&format!("取組その{number}"), 10)]);
    rows.row(&[("主管課\n(関係課)", 2), (DEPARTMENT, 10)]);
    rows.row(&[("実施内容", 2), ("計画に沿って進めます。", 10)]);
    rows.row(&[("期待される効果", 2), ("行政が良くなります。", 10)]);
    rows.row(&[("年次計画", 12)]);
    rows.row(&[("実施項目", 3), ("R4年度", 3), ("R5年度", 3), ("R6年度", 3)]);
    rows.row(&[("取組の推進", 3), ("実施", 9)]);
    let heads = |what: &str| ["R4", "R5", "R6"].map(|year| format!("{year}年度\n【{what}】"));
    let (actuals, targets) = (heads("実績値"), heads("目標値"));
    rows.row(&[
        ("数値目標等\n【基準値】", 3),
        (&actuals[0], 3),
        (&actuals[1], 3),
        (&actuals[2], 3),
    ]);
    rows.row(&[
        ("", 3),
        (&targets[0], 3),
        (&targets[1], 3),
        (&targets[2], 3),
    ]);
    for kpi in &case.kpis {
        let text = |at: usize, stages: &[Stage]| {
            let shown = stages.contains(&stage);
            kpi.get(at).filter(|_| shown).map_or("", String::as_str)
        };
        let (all, r4, r5) = (
            [Stage::Plan, Stage::Previous, Stage::Returned],
            [Stage::Previous, Stage::Returned],
            [Stage::Returned],
        );
        rows.row(&[
            (text(0, &all), 3),
            (text(1, &r4), 3),
            (text(3, &r5), 3),
            ("", 3),
        ]);
        rows.row(&[
            ("", 3),
            (text(2, &all), 3),
            (text(4, &all), 3),
            (text(5, &all), 3),
        ]);
        let note = text(6, &r5);
        if !note.is_empty() {
            rows.row(&[(note, 12)]);
        }
    }
    let year = if stage == Stage::Previous {
        "令和4年度"
    } else {
        "令和5年度"
    };
    rows.row(&[(&format!("{year}の実施状況"), 12)]);
    rows.row(&[
        ("取組目標\n【Plan】", 4),
        ("上半期の取組結果\n【Do】", 4),
        ("下半期の取組結果\n【Do】", 4),
    ]);
    let filled = stage == Stage::Returned;
    if filled && case.rows.is_empty() {
        rows.row(&[
            ("取組を進めます。", 4),
            ("取組を進めました。", 4),
            ("取組を続けました。", 4),
        ]);
    }
    for row in case.rows.iter().filter(|_| filled) {
        rows.row(&[(&row[0], 4), (&row[1], 4), (&row[2], 4)]);
    }
    if !filled {
        rows.row(&[("", 4), ("", 4), ("", 4)]);
    }
    let entry = |text: &str| {
        if filled {
            text.to_owned()
        } else {
            String::new()
        }
    };
    rows.row(&[("取組全体の評価【Check】", 12)]);
    rows.row(&[(&entry(&case.grade), 3), (&entry(&case.comment), 9)]);
    rows.row(&[("改善事項・今後の進め方【Action】", 12)]);
    rows.row(&[(&entry(&case.action), 12)]);
}

/// A workbook with a sheet for each case.
fn workbook(cases: &[Case], stage: Stage) -> Vec<u8> {
    let mut book = Workbook::new();
    for (at, case) in cases.iter().enumerate() {
        draw(book.add_worksheet(), at + 1, case, stage);
    }
    book.save_to_buffer().unwrap()
}

/// The book of a set's cases; case n is item n + 1.
fn book(set: &str, cases: &[Case]) -> Book {
    let (layout, limits) = (default_layout(), Limits::default());
    let official =
        |name: &str, stage| official_book(name, workbook(cases, stage), &layout, &limits).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("corpus-{set}"));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("総務課.xlsx");
    fs::write(&path, workbook(cases, Stage::Returned)).unwrap();
    gather::book(Parts {
        period: Period::parse("R5下").unwrap(),
        plan: official("計画.xlsx", Stage::Plan),
        previous: Some(official("前回.xlsx", Stage::Previous)),
        files: vec![collected_file("総務課.xlsx", &path, &layout, &limits)],
        cover: Cover {
            years: [2022, 2023, 2024].map(FiscalYear).to_vec(),
            ..Cover::default()
        },
        aliases: Vec::new(),
        prefer: Prefer::Newest,
        layout: default_layout(),
        thresholds: Thresholds::default(),
        kpi_settings: Vec::new(),
    })
}

/// What a case's own rule says of it.
fn outcome<'a>(findings: &'a [Finding], number: usize, case: &Case) -> (Expected, Vec<&'a str>) {
    let own = findings
        .iter()
        .filter(|finding| finding.item == u32::try_from(number).ok() && finding.code == case.rule);
    let own: Vec<&Finding> = own.collect();
    let rule = check::rule(&case.rule).unwrap();
    let level = own.iter().map(|finding| finding.level).min();
    let said = match level {
        None => Expected::Silent,
        Some(Level::Info) if rule.level == Level::Info && case.expected == Expected::Fires => {
            Expected::Fires
        }
        Some(Level::Info) => Expected::Info,
        Some(Level::Error | Level::Warning) => Expected::Fires,
    };
    (
        said,
        own.iter().map(|finding| finding.message.as_str()).collect(),
    )
}

/// What other rules of judgement say of a case.
fn strays<'a>(findings: &'a [Finding], number: usize, case: &Case) -> Vec<&'a Finding> {
    let of_case = findings
        .iter()
        .filter(|finding| finding.item == u32::try_from(number).ok());
    let others = of_case.filter(|finding| {
        let own = finding.code == case.rule || case.also.iter().any(|code| code == finding.code);
        JUDGING.contains(&finding.code) && !own
    });
    others.collect()
}

#[test]
fn the_rules_of_judgement_say_what_is_recorded() {
    let recorded = fs::read_to_string(folder().join("recorded.toml")).unwrap();
    let recorded: BTreeMap<String, BTreeMap<String, Wrong>> = toml::from_str(&recorded).unwrap();
    let mut found: BTreeMap<String, BTreeMap<String, Wrong>> = BTreeMap::new();
    for (set, files) in SETS {
        let cases = cases(files);
        let book = book(set, &cases);
        assert!(book.items.iter().all(|item| item.returned().is_some()));
        let findings = check::findings(&book, &BTreeMap::new());
        let mut counts: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
        let mut wrong: BTreeMap<String, Wrong> = BTreeMap::new();
        for (at, case) in cases.iter().enumerate() {
            if check::rule(&case.rule).is_none() {
                println!("{set} {}: {} is not there yet", case.rule, case.name);
                continue;
            }
            let (said, messages) = outcome(&findings, at + 1, case);
            let column = match (case.expected, said) {
                (Expected::Silent, Expected::Silent) => 3,
                (expected, said) if expected == said => 0,
                (_, Expected::Silent) => 2,
                (_, _) => 1,
            };
            counts.entry(&case.rule).or_default()[column] += 1;
            match column {
                1 => wrong
                    .entry(case.rule.clone())
                    .or_default()
                    .falsely
                    .push(case.name.clone()),
                2 => wrong
                    .entry(case.rule.clone())
                    .or_default()
                    .missed
                    .push(case.name.clone()),
                _ => {}
            }
            for stray in strays(&findings, at + 1, case) {
                println!(
                    "{set} {} {} STRAY: {}",
                    stray.code, case.name, stray.message
                );
                let wrong = wrong.entry(stray.code.to_owned()).or_default();
                wrong.stray.push(case.name.clone());
            }
            for message in messages {
                println!("{set} {} {}: {message}", case.rule, case.name);
            }
        }
        println!("\n{set}\nrule  true  false  missed  silent");
        for (rule, [right, falsely, missed, silent]) in counts {
            println!("{rule}   {right:4}  {falsely:5}  {missed:6}  {silent:6}");
        }
        println!("{wrong:#?}");
        found.insert(set.to_owned(), wrong);
    }
    assert_eq!(found, recorded);
}

#[test]
fn the_corpus_is_large_and_half_of_it_are_traps() {
    let all: Vec<Case> = SETS.iter().flat_map(|(_, files)| cases(files)).collect();
    let silent = all
        .iter()
        .filter(|case| case.expected == Expected::Silent)
        .count();
    assert!(all.len() >= 105, "{}", all.len());
    assert!(silent * 10 >= all.len() * 4, "{silent} of {}", all.len());
    for rule in JUDGING {
        let of_rule = all.iter().filter(|case| case.rule == rule);
        assert!(of_rule.count() >= 8, "{rule}");
    }
}
