//! The command line as it is used and misused: exit codes, streams, help and messages.

use std::fs;
use std::path::Path;

use crate::program::{
    SAMPLE, command, expect_file, files_below, finish, folder, root, run, run_in, sample_copy,
};

const COMMANDS: [&str; 9] = [
    "init", "forms", "check", "return", "merge", "export", "diff", "rollover", "explain",
];

/// Lines of fenced blocks, with the language of the block, without their indent.
fn fenced(text: &str) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let mut language = None;
    for line in text.lines() {
        let line = line.trim_start();
        match (line.strip_prefix("```"), &language) {
            (Some(_), Some(_)) => language = None,
            (Some(name), None) => language = Some(name.to_owned()),
            (None, Some(name)) => lines.push((name.clone(), line.to_owned())),
            (None, None) => {}
        }
    }
    lines
}

/// Commands that a page prints to be run; a synopsis is none.
fn commands(page: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let mut found = Vec::new();
    for (_, line) in fenced(&text) {
        let rest = line
            .strip_prefix("cargo run --release -- ")
            .or_else(|| line.strip_prefix("torimatome "));
        let Some(rest) = rest else { continue };
        if rest.contains(['[', '<', '…', '|']) {
            continue;
        }
        let rest = rest.split(" #").next().unwrap();
        assert!(
            !rest.contains(['"', '\'', '\\', '$']),
            "{page}: {line} needs a shell"
        );
        found.push(rest.split_whitespace().map(str::to_owned).collect());
    }
    found
}

/// Runs a page's commands one after the other where the samples and their layouts lie as in the
/// sources.
fn run_as_printed(page: &str, least: usize) {
    let home = folder(&format!("printed-{page}"));
    for part in ["samples", "templates"] {
        for (path, bytes) in files_below(&root().join(part)) {
            let path = home.join(part).join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    fs::create_dir(home.join("target")).unwrap();
    let commands = commands(page);
    assert!(
        commands.len() >= least,
        "{page} prints too few commands: {commands:?}"
    );
    for args in commands {
        let about_the_sample = args.iter().any(|arg| arg.starts_with("samples/"));
        let run = run_in(&home, &args).ends_with(i32::from(about_the_sample));
        let output = args
            .iter()
            .position(|arg| arg == "-o")
            .map(|at| args[at + 1].as_str());
        match output {
            Some("-") | None => assert!(!run.stdout.is_empty(), "{args:?}"),
            Some(folder) if args.contains(&"csv".to_owned()) && args[0] == "export" => {
                for table in ["kpi.csv", "text.csv"] {
                    assert!(home.join(folder).join(table).is_file(), "{args:?}");
                }
            }
            Some(folder) if args.contains(&"parquet".to_owned()) && args[0] == "export" => {
                for table in ["kpi", "text"] {
                    assert!(home.join(folder).join(table).is_dir(), "{args:?}");
                }
            }
            Some(file) => assert!(home.join(file).is_file(), "{args:?}"),
        }
    }
}

#[test]
fn commands_of_the_readme_run_as_printed() {
    run_as_printed("README.md", 4);
}

#[test]
fn commands_of_the_japanese_readme_run_as_printed() {
    run_as_printed("README.ja.md", 4);
}

#[test]
fn commands_of_the_sample_s_readme_run_as_printed() {
    run_as_printed("samples/ojiya-r5/README.md", 1);
    run_as_printed("samples/hoshikawa-r5/README.md", 1);
}

#[test]
fn settings_printed_in_the_japanese_readme_are_understood() {
    let text = fs::read_to_string(root().join("README.ja.md")).unwrap();
    let lines = fenced(&text);
    let toml: String = lines
        .iter()
        .filter(|(language, _)| language == "toml")
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    assert!(
        toml.contains("[period]") && toml.contains("[rules]"),
        "{toml}"
    );
    let codes: Vec<&str> = torimatome::check::rules()
        .iter()
        .map(|rule| rule.code)
        .collect();
    torimatome::job::parse(&toml, Path::new("."), &codes).unwrap();
}

#[test]
fn the_exit_status_is_0_without_errors_1_with_and_2_when_nothing_was_done() {
    let job = sample_copy("exit-status");
    run(&["check", job.to_str().unwrap()]).ends_with(1);
    let settings = job.join("torimatome.toml");
    let mut text = fs::read_to_string(&settings).unwrap();
    text.push_str("\n[rules]\nP10 = \"off\"\nP06 = \"warning\"\nN03 = \"info\"\nN08 = \"off\"\nP05 = \"off\"\n");
    fs::write(&settings, text).unwrap();
    let check = run(&["check", job.to_str().unwrap()]).ends_with(0);
    assert!(check.text().contains("P06") && !check.text().contains("P10"));
    run(&["merge", job.to_str().unwrap()]).ends_with(0);
    fs::remove_file(job.join("計画.xlsx")).unwrap();
    let check = run(&["check", job.to_str().unwrap()]).ends_with(2);
    assert!(check.stderr.contains("実施計画のファイルが見つかりません"));
}

#[test]
fn what_could_not_be_done_leaves_everything_as_it_was() {
    let job = sample_copy("left-alone");
    fs::write(job.join("前の出力.xlsx"), "前の出力").unwrap();
    fs::write(job.join("計画.xlsx"), "壊れたファイル").unwrap();
    let before = files_below(&job);
    let path = |name: &str| job.join(name).to_str().unwrap().to_owned();
    let job_path = job.to_str().unwrap();
    for target in ["前の出力.xlsx", "新しい出力.xlsx", "ないフォルダ/出力.xlsx"] {
        run(&["merge", job_path, "-o", &path(target)]).ends_with(2);
    }
    let plan = root().join(SAMPLE).join("計画.xlsx");
    let plan = plan.to_str().unwrap();
    for target in ["前回.xlsx", "回収/総務課.xlsx", "回収/出力.xlsx", "回収"] {
        let run = run(&["merge", job_path, "--plan", plan, "-o", &path(target)]).ends_with(2);
        assert!(run.stderr.contains("別の"), "{target}: {}", run.stderr);
    }
    assert!(before == files_below(&job));
}

#[test]
fn a_collection_that_is_not_there_is_called_by_its_name() {
    let job = sample_copy("cli-no-collection");
    fs::remove_dir_all(job.join("回収")).unwrap();
    for command in ["check", "return"] {
        let refused = run(&[command, job.to_str().unwrap()]).ends_with(2);
        for words in ["回収のフォルダが見つかりません", "[collect]"] {
            assert!(refused.stderr.contains(words), "{}", refused.stderr);
        }
    }
}

#[test]
fn a_second_merge_replaces_the_first_and_says_so() {
    let target = folder("replaced").join("集約版.xlsx");
    let args = ["merge", SAMPLE, "-o", target.to_str().unwrap()];
    let first = run(&args).ends_with(1);
    assert!(
        first
            .text()
            .ends_with(&format!("集約版を書き出しました: {}\n", target.display()))
    );
    let second = run(&args).ends_with(1);
    assert!(
        second
            .text()
            .ends_with(&format!("集約版を置き換えました: {}\n", target.display()))
    );
}

#[test]
fn one_broken_return_is_named_and_the_others_are_merged() {
    let job = sample_copy("broken-return");
    fs::write(job.join("回収/総務課.xlsx"), b"PK\x03\x04 cut off").unwrap();
    fs::write(job.join("回収/~$総務課.xlsx"), "Excel").unwrap();
    let merge = run(&["merge", job.to_str().unwrap()]).ends_with(1);
    assert!(merge.text().contains("S03") && merge.text().contains("総務課.xlsx"));
    assert!(merge.text().contains("N03") && merge.text().contains("企画政策課.xlsx"));
    assert!(
        merge.text().contains("~$総務課.xlsx"),
        "what was passed over is told"
    );
    assert!(job.join("進捗管理票_R5下半期.xlsx").is_file());
}

#[test]
fn a_folder_in_place_of_a_command_means_merge() {
    let job = sample_copy("dropped");
    let dropped = run(&[job.to_str().unwrap()]).ends_with(1);
    assert!(dropped.text().contains("集約版を書き出しました"));
    assert!(job.join("進捗管理票_R5下半期.xlsx").is_file());
    let here = run_in(&job, &["merge"]).ends_with(1);
    assert!(here.text().contains("集約版を置き換えました"));
}

#[test]
fn files_replace_the_collected_folder_and_need_no_job() {
    let all = run(&["check", SAMPLE]).ends_with(1);
    let one = run(&["check", SAMPLE, "samples/ojiya-r5/回収/建設課.xlsx"]).ends_with(1);
    assert!(!all.text().contains("S01") && one.text().contains("S01"));
    let empty = folder("no-job");
    let sample = root().join(SAMPLE);
    let path = |name: &str| sample.join(name).to_str().unwrap().to_owned();
    let (plan, previous, returns) = (path("計画.xlsx"), path("前回.xlsx"), path("回収"));
    let args = [
        "check",
        "--plan",
        &plan,
        "--previous",
        &previous,
        "--period",
        "R5下",
        &returns,
    ];
    assert_eq!(run_in(&empty, &args).ends_with(1).text(), all.text());
    let without = run_in(&empty, &["check"]).ends_with(2);
    assert!(without.stderr.contains("--plan") && without.stderr.contains("ください。"));
}

#[test]
fn a_dash_puts_the_document_alone_on_the_standard_output() {
    let merge = run(&["merge", SAMPLE, "-o", "-"]).ends_with(1);
    let target = folder("dash").join("集約版.xlsx");
    run(&["merge", SAMPLE, "-o", target.to_str().unwrap()]).ends_with(1);
    assert!(merge.stdout == fs::read(target).unwrap());
    assert!(merge.stderr.contains("N03"));
    let json = run(&["export", SAMPLE, "--format", "json", "-o", "-"]).ends_with(1);
    assert_eq!(
        (json.json()["format"].as_str(), json.stderr.as_str()),
        (Some("torimatome/1"), "")
    );
    let csv = run(&["check", SAMPLE, "--format", "csv"]).ends_with(1);
    assert_eq!(csv.stderr, "");
    let rows = csv::Reader::from_reader(&csv.stdout[3..])
        .into_records()
        .count();
    assert!(
        csv.stdout.starts_with("\u{FEFF}".as_bytes()) && rows > 15,
        "{rows} rows"
    );
    let dashed = run(&["check", SAMPLE, "--format", "csv", "-o", "-"]).ends_with(1);
    assert!(dashed.stdout == csv.stdout && dashed.stderr.is_empty());
}

#[test]
fn colour_is_for_terminals_unless_it_is_asked_for() {
    let escapes = |args: &[&str]| {
        run(&[&["check", SAMPLE], args].concat())
            .text()
            .contains('\u{1B}')
    };
    assert!(!escapes(&[]) && !escapes(&["--color", "auto"]) && !escapes(&["--color", "never"]));
    assert!(escapes(&["--color", "always"]));
    let mut plain = command(root());
    plain.env("NO_COLOR", "1").args(["check", SAMPLE]);
    assert!(!finish(plain.output()).text().contains('\u{1B}'));
    let target = folder("colour").join("点検結果.txt");
    run(&["check", SAMPLE, "-o", target.to_str().unwrap()]).ends_with(1);
    let written = fs::read_to_string(target).unwrap();
    let shown = run(&["check", SAMPLE]);
    assert_eq!(written.strip_prefix('\u{FEFF}'), Some(shown.text()));
}

#[test]
fn the_period_is_understood_in_every_spelling() {
    let findings = |period: &str| {
        let args = ["check", SAMPLE, "--format", "json", "--period", period];
        run(&args).ends_with(1).stdout
    };
    let year_end = run(&["check", SAMPLE, "--format", "json"])
        .ends_with(1)
        .stdout;
    for period in [
        "R5下",
        "令和5年度下半期",
        "R5-H2",
        "2023-H2",
        "Ｒ５下",
        "令和５年度　下半期",
    ] {
        assert!(findings(period) == year_end, "{period}");
    }
    let autumn = findings("R5上");
    assert!(autumn != year_end);
    for period in ["令和5年度上半期", "R5-H1", "2023-H1"] {
        assert!(findings(period) == autumn, "{period}");
    }
    for period in ["R5", "下", "5下", "R5中", "R0下", ""] {
        let run = run(&["check", SAMPLE, "--period", period]).ends_with(2);
        assert!(
            run.stderr.contains("ください。") || run.stderr.contains("値がありません"),
            "{period}"
        );
    }
}

#[test]
fn rules_are_explained() {
    let one = run(&["explain", "K03"]).ends_with(0);
    let rule = torimatome::check::rule("K03").unwrap();
    for text in [rule.code, rule.title, rule.why, rule.remedy, rule.example] {
        assert!(one.text().contains(text), "{text}");
    }
    for spelling in ["k03", "Ｋ０３", "ｋ０３", "K3", "k3", "Ｋ３"] {
        assert_eq!(
            run(&["explain", spelling]).ends_with(0).text(),
            one.text(),
            "{spelling}"
        );
    }
    let list = run(&["explain"]).ends_with(0);
    let all = run(&["explain", "--all"]).ends_with(0);
    for rule in torimatome::check::rules() {
        assert!(list.text().contains(&format!("{}  ", rule.code)));
        assert!(all.text().contains(rule.why), "{}", rule.code);
    }
    let near = run(&["explain", "k33"]).ends_with(2);
    assert!(
        near.stderr
            .contains("規則「k33」はありません。「K03」（累計値の減少）でしょうか。")
    );
    run(&["explain", "K03", "--all"]).ends_with(2);
}

#[test]
fn mistakes_on_the_command_line_are_told_in_japanese() {
    let cases: [(&[&str], &str); 18] = [
        (&["rollover", "x.xlsx"], "torimatome rollover --help"),
        (
            &["chekc"],
            "「chekc」というコマンドはありません。「check」でしょうか。",
        ),
        (&["集約"], "「集約」というコマンドはありません。"),
        (
            &["check", "--colr", "never"],
            "「--colr」という指定はありません。「--color」でしょうか。",
        ),
        (&["check", "-x"], "「-x」という指定はありません。"),
        (
            &["check", "--color", "blue"],
            "「--color <色>」に「blue」は指定できません。",
        ),
        (
            &["check", "--format", "yaml"],
            "次のどれかを指定してください: text、json、csv",
        ),
        (
            &["check", "--period"],
            "「--period <期>」に値がありません。",
        ),
        (
            &["check", "--threads", "two"],
            "「--threads <数>」の値「two」を読み取れません。1以上の数を、半角の数字で指定してください。",
        ),
        (
            &["merge", "--split", "0"],
            "「--split <取組数>」の値「0」を読み取れません。1以上の数を、半角の数字で指定してください。",
        ),
        (
            &["check", "--threads", "0"],
            "--threads には1以上の数を指定してください。",
        ),
        (
            &["export", "--format", "json"],
            "「--output <出力先>」の指定が必要です。",
        ),
        (
            &["check", "--period", "R5下", "--period", "R5下"],
            "「--period <期>」は一度だけ指定してください。",
        ),
        (&["merge", "--force"], "「--publish」の指定が必要です。"),
        (
            &["explain", "K03", "K04"],
            "「K04」という指定はありません。",
        ),
        (
            &["check", "ないフォルダ"],
            "指定されたファイルまたはフォルダが見つかりません: ないフォルダ。",
        ),
        (&["check", "src"], "案件フォルダが見つかりません（src）。"),
        (
            &["export", "samples", "--format", "json", "-o", "-"],
            "案件フォルダが見つかりません（samples）。",
        ),
    ];
    for (args, message) in cases {
        let run = run(args).ends_with(2);
        assert!(run.stderr.contains(message), "{args:?}: {}", run.stderr);
        assert!(run.stdout.is_empty(), "{args:?}");
        assert_eq!(
            english(&run.stderr, args),
            Vec::<String>::new(),
            "{args:?}: {}",
            run.stderr
        );
    }
}

#[test]
fn settings_that_do_not_exist_name_the_nearest_that_do() {
    let job = sample_copy("settings");
    let settings = job.join("torimatome.toml");
    let sound = fs::read_to_string(&settings).unwrap();
    let cases = [
        (
            sound.replace("fiscal_year", "fiscal_yaer"),
            "「fiscal_yaer」",
            "「fiscal_year」の書き間違い",
        ),
        (
            format!("{sound}\n[colect]\nfolder = \"回収\"\n"),
            "[colect]",
            "「[collect]」の書き間違い",
        ),
        (
            format!("{sound}\n[rules]\nK33 = \"off\"\n"),
            "「K33」",
            "「K03」の書き間違い",
        ),
        (
            format!("{sound}\n[rules]\nK03 = \"of\"\n"),
            "「of」",
            "「off」",
        ),
        (sound.replace("下半期\"", "夏\""), "「夏」", "上半期"),
    ];
    for (text, wrong, right) in cases {
        assert_ne!(text, sound);
        fs::write(&settings, text).unwrap();
        let run = run(&["check", job.to_str().unwrap()]).ends_with(2);
        assert!(
            run.stderr.contains(wrong) && run.stderr.contains(right),
            "{}",
            run.stderr
        );
        assert!(
            run.stderr.contains("行目"),
            "the line is told: {}",
            run.stderr
        );
    }
}

#[test]
fn the_version_is_told() {
    for option in ["-V", "--version"] {
        let run = run(&[option]).ends_with(0);
        assert_eq!(
            run.text(),
            concat!("torimatome ", env!("CARGO_PKG_VERSION"), "\n")
        );
    }
}

#[test]
fn help_is_japanese_and_as_expected() {
    let help = run(&["--help"]).ends_with(0);
    assert_eq!(run(&["-h"]).ends_with(0).text(), help.text());
    let without: [&str; 0] = [];
    let bare = run(&without).ends_with(2);
    assert_eq!((bare.stderr.as_str(), bare.stdout.len()), (help.text(), 0));
    let mut texts = vec![("torimatome", help)];
    for command in COMMANDS {
        texts.push((command, run(&[command, "--help"]).ends_with(0)));
    }
    for (name, help) in &texts {
        assert_eq!(english(help.text(), &[]), Vec::<String>::new(), "{name}");
        assert!(
            help.text().contains("使い方: torimatome") && help.stderr.is_empty(),
            "{name}"
        );
        expect_file(&format!("tests/golden/help/{name}.txt"), help.text());
    }
}

/// English words that are neither names of things nor what was typed: none should be left.
fn english(text: &str, typed: &[&str]) -> Vec<String> {
    const NAMES: [&str; 23] = [
        "torimatome",
        "toml",
        "auto",
        "always",
        "never",
        "text",
        "json",
        "csv",
        "xlsx",
        "html",
        "parquet",
        "utf",
        "BOM",
        "cp932",
        "Excel",
        "CPU",
        "R5",
        "2023",
        "H2",
        "K03",
        "plan",
        "period",
        "file",
    ];
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    text.split(|c| !is_word(c))
        .filter(|word| !word.starts_with('-'))
        .flat_map(|word| word.split('-'))
        .filter(|word| word.chars().filter(char::is_ascii_alphabetic).count() > 1)
        .filter(|word| !NAMES.contains(word) && !COMMANDS.contains(word))
        .filter(|word| !typed.iter().any(|typed| typed.contains(word)))
        .map(str::to_owned)
        .collect()
}
