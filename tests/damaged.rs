//! Folders in bad repair: what can be read is merged, what cannot is named, nothing is lost.
//!
//! Every case is a job folder below the target folder, made from the sample, and a run of the
//! program itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::parts;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use serde_json::Value;
use torimatome::model::{ItemSheet, OfficialBook};
use torimatome::read::Limits;
use torimatome::{default_layout, official_book};

/// The first bytes of a compound file with the stream names of an encrypted workbook.
fn encrypted() -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(1536, 0);
    for (at, name) in [(1024, "EncryptionInfo"), (1152, "EncryptedPackage")] {
        for (place, unit) in name.encode_utf16().enumerate() {
            bytes[at + 2 * place..][..2].copy_from_slice(&unit.to_le_bytes());
        }
    }
    bytes
}

fn sample(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("samples/ojiya-r5")
        .join(path)
}

/// The sample as a job folder of its own, under a name that holds spaces and Japanese.
fn job(name: &str) -> PathBuf {
    let job = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("damaged")
        .join(format!("案件 フォルダ　{name}"));
    let _ = fs::remove_dir_all(&job);
    fs::create_dir_all(job.join("回収")).unwrap();
    for file in ["torimatome.toml", "計画.xlsx", "前回.xlsx"] {
        fs::copy(sample(file), job.join(file)).unwrap();
    }
    for file in ["企画政策課.xlsx", "総務課.xlsx", "建設課.xlsx"] {
        let file = Path::new("回収").join(file);
        fs::copy(sample(file.to_str().unwrap()), job.join(&file)).unwrap();
    }
    job
}

fn run(args: &[&str], paths: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_torimatome"))
        .args(args)
        .args(paths)
        .output()
        .unwrap()
}

fn merge(job: &Path, output: &Path) -> Output {
    let output = output.to_str().unwrap();
    run(&["merge", "-o", output], &[job])
}

fn code(run: &Output) -> Option<i32> {
    run.status.code()
}

fn stderr(run: &Output) -> String {
    String::from_utf8(run.stderr.clone()).unwrap()
}

fn findings(job: &Path) -> Vec<Value> {
    let run = run(&["check", "--format", "json"], &[job]);
    let document: Value = serde_json::from_slice(&run.stdout).unwrap();
    document["findings"].as_array().unwrap().clone()
}

/// Code and file of the findings of some rules.
fn told(findings: &[Value], codes: &[&str]) -> Vec<(String, String)> {
    let word = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let mut told: Vec<(String, String)> = findings
        .iter()
        .map(|finding| (word(finding, "code"), word(finding, "file")))
        .filter(|(code, _)| codes.contains(&code.as_str()))
        .collect();
    told.sort();
    told
}

fn read_back(workbook: &Path) -> OfficialBook {
    let bytes = fs::read(workbook).unwrap();
    official_book("集約版", bytes, &default_layout(), &Limits::default()).unwrap()
}

/// Every file of a folder with its content.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let content = fs::read(&path).unwrap();
            found.push((path, content));
        }
    }
    found.sort();
    found
}

/// Runs `merge` that must be refused: exit status 2, a sentence on stderr, no file touched or made.
fn refused(job: &Path, output: &Path, sentence: &str) {
    let before = files(job);
    let run = merge(job, output);
    assert_eq!(code(&run), Some(2), "{run:?}");
    assert!(run.stdout.is_empty(), "{run:?}");
    let stderr = stderr(&run);
    assert!(stderr.contains(sentence), "{stderr}");
    assert!(stderr.trim_end().ends_with('。'), "{stderr}");
    assert!(files(job) == before, "{sentence}: a file was touched");
}

// ---------------------------------------------------------------------------------------------
// Files that cannot be read
// ---------------------------------------------------------------------------------------------

#[test]
fn damaged_files_are_named_and_the_rest_is_merged() {
    let job = job("壊れたファイル");
    let collected = job.join("回収");
    let whole = fs::read(sample("回収/総務課.xlsx")).unwrap();
    fs::write(collected.join("途中まで.xlsx"), &whole[..whole.len() / 2]).unwrap();
    fs::write(collected.join("暗号化.xlsx"), encrypted()).unwrap();
    fs::write(collected.join("空.xlsx"), b"").unwrap();
    fs::write(collected.join("文章.xlsx"), "総務課の回答です。").unwrap();
    fs::write(collected.join("~$総務課.xlsx"), b"\x06user").unwrap();
    let mut changed = whole.clone();
    let middle = changed.len() / 3;
    changed[middle] ^= 0x20;
    fs::write(collected.join("一文字違い.xlsx"), changed).unwrap();
    let mut table = Workbook::new();
    let sheet = table.add_worksheet();
    sheet.write(0, 0, "備品の一覧").unwrap();
    sheet.write(1, 0, "机").unwrap();
    sheet.write(1, 1, 12).unwrap();
    table.save(collected.join("備品.xlsx")).unwrap();
    let inputs = files(&collected);

    let output = job.join("集約版.xlsx");
    let run = merge(&job, &output);

    assert_eq!(code(&run), Some(1), "{run:?}");
    assert!(files(&collected) == inputs, "an input was touched");
    let found = findings(&job);
    let expected = [
        ("S03", "一文字違い.xlsx"),
        ("S03", "文章.xlsx"),
        ("S03", "暗号化.xlsx"),
        ("S03", "空.xlsx"),
        ("S03", "途中まで.xlsx"),
        ("S04", "企画政策課.xlsx"),
        ("S04", "備品.xlsx"),
    ];
    let expected = expected.map(|(code, file)| (code.to_owned(), file.to_owned()));
    assert_eq!(told(&found, &["S01", "S02", "S03", "S04"]), expected);
    // Each says what is wrong with this file, and what to do about it.
    let words = [
        ("途中まで.xlsx", "壊れ"),
        ("暗号化.xlsx", "パスワード"),
        ("空.xlsx", "空"),
        ("文章.xlsx", "Excel"),
        ("一文字違い.xlsx", "壊れ"),
    ];
    for (file, word) in words {
        let unreadable = |finding: &&Value| finding["file"] == file && finding["code"] == "S03";
        let finding = found.iter().find(unreadable).unwrap();
        let message = finding["message"].as_str().unwrap();
        assert!(message.contains(word), "{file}: {message}");
        assert!(finding["remedy"].as_str().unwrap().ends_with("ください。"));
        assert_eq!(finding["level"], "error");
    }
    let report = String::from_utf8(run.stdout).unwrap();
    for (_, file) in &expected {
        assert!(report.contains(file.as_str()), "{file} in {report}");
    }
    // What could be read is merged as if nothing had been beside it.
    let alone = self::job("壊れたファイルなし");
    let expected = alone.join("集約版.xlsx");
    assert_eq!(code(&merge(&alone, &expected)), Some(1));
    assert_eq!(read_back(&output).items.len(), 7);
    assert_eq!(entries(&read_back(&output)), entries(&read_back(&expected)));
}

/// What the sheets say: every KPI and every status row, as text.
fn entries(book: &OfficialBook) -> Vec<String> {
    let item = |item: &ItemSheet| {
        let kpis: Vec<String> = item
            .kpis
            .iter()
            .flat_map(|kpi| &kpi.years)
            .flat_map(|year| [&year.actual, &year.target])
            .map(|field| field.as_ref().map(|field| field.text().to_owned()))
            .map(|raw| format!("{raw:?}"))
            .collect();
        let status: Vec<String> = item
            .status
            .iter()
            .map(|row| {
                format!(
                    "{:?}",
                    [
                        row.plan.text(),
                        row.first_half.text(),
                        row.second_half.text()
                    ]
                )
            })
            .collect();
        format!(
            "{:?} {kpis:?} {status:?} {:?}",
            item.number.get(),
            item.action.text()
        )
    };
    book.items.iter().map(item).collect()
}

#[test]
fn a_department_whose_only_file_is_damaged_is_named_with_it() {
    let job = job("一課だけ");
    fs::write(job.join("回収/建設課.xlsx"), b"PK\x03\x04").unwrap();
    let output = job.join("集約版.xlsx");
    assert_eq!(code(&merge(&job, &output)), Some(1));
    let found = findings(&job);
    assert_eq!(
        told(&found, &["S01", "S02", "S03"]),
        [("S03".to_owned(), "建設課.xlsx".to_owned())]
    );
    assert_eq!(read_back(&output).items.len(), 7);
}

#[test]
fn a_return_in_another_format_is_named_and_its_department_is_not_missing() {
    let formats: [(&str, &[u8], &str); 8] = [
        ("pdf", b"%PDF-1.7\n", "PDF"),
        ("docx", b"PK\x03\x04", "壊れ"),
        ("doc", b"{\\rtf1\\ansi}", "Word"),
        ("jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF", "画像"),
        ("png", b"\x89PNG\r\n\x1A\n", "画像"),
        ("xlsx.gz", b"\x1F\x8B\x08\0", "圧縮"),
        ("numbers", b"\0\x01\x02", "Excelのブックではありません"),
        ("", b"", "空"),
    ];
    for (extension, content, word) in formats {
        let job = job("別の形式");
        fs::remove_file(job.join("回収/建設課.xlsx")).unwrap();
        let name = format!("R5下 建設課.{extension}");
        let name = name.trim_end_matches('.');
        fs::write(job.join("回収").join(name), content).unwrap();
        let found = findings(&job);
        assert_eq!(
            told(&found, &["S01", "S02", "S03"]),
            [("S03".to_owned(), name.to_owned())]
        );
        let finding = found.iter().find(|one| one["code"] == "S03").unwrap();
        let message = finding["message"].as_str().unwrap();
        assert!(message.contains(word), "{name}: {message}");
        assert!(finding["remedy"].as_str().unwrap().ends_with("ください。"));
        assert_eq!(finding["department"], "建設課");
    }
}

#[test]
fn an_owner_file_is_passed_over_and_counted() {
    let job = job("所有者ファイル");
    fs::write(job.join("回収/~$総務課.xlsx"), b"\x06user").unwrap();
    let run = merge(&job, &job.join("集約版.xlsx"));
    assert!(told(&findings(&job), &["S03"]).is_empty());
    let said = String::from_utf8(run.stdout).unwrap();
    let counted = "読み飛ばしたファイル 1件（作業用・隠しファイルなど）: ~$総務課.xlsx";
    assert!(said.contains(counted), "{said}");
}

#[test]
fn an_empty_folder_still_makes_a_workbook_and_names_every_department() {
    let job = job("提出なし");
    fs::remove_dir_all(job.join("回収")).unwrap();
    fs::create_dir(job.join("回収")).unwrap();
    let output = job.join("集約版.xlsx");
    assert_eq!(code(&merge(&job, &output)), Some(1));
    let found = findings(&job);
    let mut departments: Vec<&str> = found
        .iter()
        .filter(|finding| finding["code"] == "S01")
        .map(|finding| finding["department"].as_str().unwrap())
        .collect();
    departments.sort_unstable();
    assert_eq!(departments, ["企画政策課", "建設課", "総務課"]);
    // One cause, one message: no item is missing besides, and no cell.
    assert!(told(&found, &["S02", "N02", "N03", "N04", "N06"]).is_empty());
    let book = read_back(&output);
    assert_eq!(book.items.len(), 7);
    assert!(book.items.iter().all(|item| item.grade.is_blank()));
    assert!(book.items.iter().all(|item| !item.title.is_blank()));
}

// ---------------------------------------------------------------------------------------------
// Jobs that cannot be done
// ---------------------------------------------------------------------------------------------

#[test]
fn without_a_plan_nothing_is_written() {
    let job = job("計画なし");
    fs::remove_file(job.join("計画.xlsx")).unwrap();
    refused(&job, &job.join("集約版.xlsx"), "計画.xlsx");
}

#[test]
fn a_period_of_another_plan_is_refused_with_the_years() {
    let job = job("計画の外の期");
    let settings = job.join("torimatome.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let other = text.replace("\"R5\"", "\"R7\"");
    assert_ne!(text, other);
    fs::write(&settings, &other).unwrap();
    let output = job.join("集約版.xlsx");
    let sentence = "対象の期（R7下半期）の年度が、計画の年度（R4、R5、R6）にありません。";
    refused(&job, &output, sentence);
    // The years that the settings give are the plan's, also where its sheets have others.
    for (period, years) in [
        ("R7", r#"["R6", "R7", "R8"]"#),
        ("R5", r#"["R4", "R5", "R6", "R7"]"#),
        ("R5", r#"["R5", "R6"]"#),
    ] {
        let set = text
            .replace("\"R5\"", &format!("\"{period}\""))
            .replace("[plan]\n", &format!("[plan]\nyears = {years}\n"));
        assert!(set.contains(years));
        fs::write(&settings, set).unwrap();
        let run = merge(&job, &output);
        assert_eq!(code(&run), Some(1), "{period} {years}: {run:?}");
    }
}

/// A plan as the sample's, with an index of these numbers and sheets of those.
fn plan_of(job: &Path, listed: &[u32], drawn: &[usize]) {
    let mut plan = Workbook::new();
    let index = plan.add_worksheet().set_name("取組項目一覧").unwrap();
    for (column, label) in ["重点項目", "取組番号", "取組項目", "主管課"]
        .iter()
        .enumerate()
    {
        index
            .write(1, u16::try_from(column).unwrap(), *label)
            .unwrap();
    }
    for (row, number) in (2..).zip(listed) {
        index.write(row, 0, "行政サービスの構築").unwrap();
        index.write(row, 1, *number).unwrap();
        index.write(row, 2, format!("取組その{number}")).unwrap();
        index
            .write(row, 3, format!("{}課", 1 + number % 10))
            .unwrap();
    }
    for number in drawn {
        let sheet = plan
            .add_worksheet()
            .set_name(format!("取組{number}"))
            .unwrap();
        draw(sheet, *number, false);
    }
    plan.save(job.join("計画.xlsx")).unwrap();
}

#[test]
fn a_plan_whose_index_and_sheets_differ_is_told_and_merged() {
    let job = job_of("一覧とシート", 3);
    let output = job.join("集約版.xlsx");
    plan_of(&job, &[1, 2, 3], &[1, 2, 3]);
    let run = merge(&job, &output);
    assert_eq!((code(&run), stderr(&run).as_str()), (Some(0), ""));
    plan_of(&job, &[1, 3, 7, 9], &[1, 2, 3]);
    let run = merge(&job, &output);
    assert_eq!(code(&run), Some(1), "{run:?}");
    let said = stderr(&run);
    let sentence = "計画にシートのある取組番号2が、計画の取組項目一覧にありません。";
    assert!(said.contains(sentence), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_eq!(read_back(&output).items.len(), 3);
    let json = self::run(&["check", "--format", "json"], &[&job]);
    let told: Value = serde_json::from_slice(&json.stdout).unwrap();
    let lost: Vec<&Value> = told["findings"].as_array().unwrap().iter().collect();
    let lost = lost.into_iter().filter(|finding| finding["code"] == "P12");
    let items: Vec<Option<u64>> = lost.map(|finding| finding["item"].as_u64()).collect();
    assert_eq!(items, [Some(7), Some(9)]);
}

#[test]
fn our_own_report_sheets_within_a_return_are_no_finding() {
    let job = job("集約版が戻る");
    let output = job.join("集約版.xlsx");
    assert_eq!(code(&merge(&job, &output)), Some(1));
    fs::remove_dir_all(job.join("回収")).unwrap();
    fs::create_dir(job.join("回収")).unwrap();
    fs::rename(&output, job.join("回収/総務課.xlsx")).unwrap();
    assert_eq!(told(&findings(&job), &["S04"]), []);
    let mut stray = Workbook::new();
    for name in ["点検結果", "点検の結果"] {
        let sheet = stray.add_worksheet().set_name(name).unwrap();
        sheet.write(0, 0, "提出がありません").unwrap();
    }
    stray.save(job.join("回収/建設課.xlsx")).unwrap();
    let found = findings(&job);
    let sheets: Vec<&str> = found
        .iter()
        .filter(|one| one["code"] == "S04")
        .map(|one| one["sheet"].as_str().unwrap())
        .collect();
    assert_eq!(sheets, ["点検の結果"]);
}

#[test]
fn a_stranger_under_an_item_s_number_does_not_count_before_the_item() {
    let job = job_of("番号の取り違え", 3);
    let output = job.join("集約版.xlsx");
    let stray = |name: &str, title: &str| {
        let mut workbook = Workbook::new();
        workbook.set_properties(
            &rust_xlsxwriter::DocProperties::new().set_creation_datetime(
                &rust_xlsxwriter::ExcelDateTime::from_ymd(2099, 1, 1).unwrap(),
            ),
        );
        let sheet = workbook.add_worksheet();
        draw(sheet, 2, true);
        sheet.write(1, 1, title).unwrap();
        sheet.write(18, 0, "別の課の記入。").unwrap();
        workbook.save(job.join("回収").join(name)).unwrap();
    };
    let action = || {
        assert_ne!(code(&merge(&job, &output)), Some(2));
        read_back(&output).items[1].action.text().to_owned()
    };
    stray("2課（新）.xlsx", "まったく別の取組");
    assert_eq!(action(), "続ける。", "the newer one is a stranger");
    stray("2課（新）.xlsx", "取組 その２");
    assert_eq!(
        action(),
        "別の課の記入。",
        "of two with the title, the newer one"
    );
    fs::remove_file(job.join("回収/3課.xlsx")).unwrap();
    stray("2課（新）.xlsx", "まったく別の取組");
    assert_eq!(action(), "別の課の記入。", "without another, what there is");
}

#[test]
fn with_a_damaged_plan_nothing_is_written() {
    let job = job("壊れた計画");
    let plan = fs::read(job.join("計画.xlsx")).unwrap();
    fs::write(job.join("計画.xlsx"), &plan[..plan.len() - 500]).unwrap();
    refused(&job, &job.join("集約版.xlsx"), "計画.xlsx");
    fs::write(job.join("計画.xlsx"), "計画").unwrap();
    refused(&job, &job.join("集約版.xlsx"), "計画.xlsx");
    fs::write(job.join("計画.xlsx"), plan).unwrap();
    fs::write(job.join("前回.xlsx"), b"").unwrap();
    refused(&job, &job.join("集約版.xlsx"), "前回.xlsx");
}

/// A workbook with a part of its package changed.
fn changed(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut parts = parts::parts(bytes);
    let text = parts.get_mut(part).unwrap();
    assert!(text.contains(from), "{part}");
    *text = text.replacen(from, to, 1);
    parts::package(&parts)
}

#[test]
fn a_hidden_sheet_of_a_plan_is_told() {
    let job = job("非表示の計画");
    let plan = fs::read(job.join("計画.xlsx")).unwrap();
    let shown = r#"<sheet name="取組6" sheetId="8" state="visible""#;
    let hidden = shown.replace("visible", "hidden");
    let plan = changed(&plan, "xl/workbook.xml", shown, &hidden);
    fs::write(job.join("計画.xlsx"), plan).unwrap();
    let output = job.join("集約版.xlsx");
    let said = stderr(&merge(&job, &output));
    assert!(
        said.contains("非表示のシート「取組6」に票がありますが、読んでいません。"),
        "{said}"
    );
    assert_eq!(said.matches("非表示").count(), 1, "{said}");
}

#[test]
fn nothing_is_gone_on_from_a_damaged_workbook() {
    let job = job("壊れた集約版から");
    let whole = job.join("集約版.xlsx");
    merge(&job, &whole);
    let bytes = fs::read(&whole).unwrap();
    let next = job.join("次");
    let ends_with_2 = |bytes: &[u8], sentence: &str| {
        let broken = job.join("壊れ.xlsx");
        fs::write(&broken, bytes).unwrap();
        for command in [&["init", "--from"][..], &["rollover"]] {
            let mut args: Vec<&str> = command.to_vec();
            args.push(broken.to_str().unwrap());
            if command[0] == "rollover" {
                args.push("-o");
            }
            let run = run(&args, &[&next]);
            assert_eq!(code(&run), Some(2), "{command:?} {run:?}");
            assert!(
                stderr(&run).contains(sentence),
                "{command:?} {}",
                stderr(&run)
            );
            assert!(!next.exists(), "{command:?}");
        }
    };
    ends_with_2(&bytes[..bytes.len() - 500], "壊れ.xlsx");
    // An error value where the title of the first item stands.
    let title = r##"<c r="C2" s="9" t="e"><v>#REF!</v></c>"##;
    let sheet = parts::parts(&bytes)["xl/worksheets/sheet3.xml"].clone();
    let begin = sheet.find("<c r=\"C2\"").unwrap();
    let end = begin + sheet[begin..].find("</c>").unwrap() + "</c>".len();
    let damaged = changed(
        &bytes,
        "xl/worksheets/sheet3.xml",
        &sheet[begin..end],
        title,
    );
    ends_with_2(&damaged, "エラー値「#REF!」");
}

#[test]
fn without_a_folder_of_returns_nothing_is_written() {
    let job = job("回収なし");
    fs::remove_dir_all(job.join("回収")).unwrap();
    refused(&job, &job.join("集約版.xlsx"), "回収");
}

#[test]
fn an_output_is_never_an_input() {
    let job = job("出力が入力");
    for input in ["計画.xlsx", "前回.xlsx", "回収/総務課.xlsx"] {
        refused(&job, &job.join(input), "入力のファイルと同じ");
        // By another way to the same file, too.
        refused(
            &job,
            &job.join("回収/..").join(input),
            "入力のファイルと同じ",
        );
    }
}

#[test]
fn an_output_never_replaces_a_file_of_the_job() {
    let job = job("出力が設定");
    let layout = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/ojiya-r4.toml");
    fs::copy(layout, job.join("様式.toml")).unwrap();
    fs::copy(sample("計画.xlsx"), job.join("別の計画.xlsx")).unwrap();
    fs::write(job.join("確認済み.toml"), "").unwrap();
    let before = files(&job);
    let path = |name: &str| job.join(name).to_str().unwrap().to_owned();
    let (layout, plan) = (path("様式.toml"), path("別の計画.xlsx"));
    let options = ["--layout", &layout, "--plan", &plan];
    let commands: [&[&str]; 3] = [
        &["merge"],
        &["check", "--format", "csv"],
        &["export", "--format", "json"],
    ];
    for command in commands {
        for target in [
            "torimatome.toml",
            "回収/../torimatome.toml",
            "TORIMATOME.toml",
            "確認済み.toml",
            "様式.toml",
            "別の計画.xlsx",
            "計画.xlsx",
            "前回.xlsx",
        ] {
            let target = path(target);
            let args = [command, &options, &["-o", &target]].concat();
            let run = run(&args, &[&job]);
            assert_eq!(code(&run), Some(2), "{args:?} {run:?}");
            assert!(stderr(&run).contains("を指定してください。"), "{run:?}");
            assert!(files(&job) == before, "{args:?}: a file was touched");
        }
    }
    // Before the first acknowledgement there is no such file yet.
    fs::remove_file(job.join("確認済み.toml")).unwrap();
    let run = run(&["check", "-o", &path("確認済み.toml")], &[&job]);
    assert_eq!(code(&run), Some(2), "{run:?}");
    assert!(!job.join("確認済み.toml").exists());
    // Workbooks are exported without a job; its files are safe all the same.
    let args = ["export", "--format", "json", "--layout", &layout, "-o"];
    for target in ["torimatome.toml", "様式.toml", "別の計画.xlsx"] {
        let target = path(target);
        let args = [&args[..], &[&target]].concat();
        let run = self::run(&args, &[Path::new(&plan)]);
        assert_eq!(code(&run), Some(2), "{args:?} {run:?}");
    }
}

#[test]
#[cfg(unix)]
fn an_output_is_never_put_in_the_place_of_a_pipe() {
    use std::os::unix::fs::FileTypeExt;

    let job = job("出力がパイプ");
    let pipe = Path::new(env!("CARGO_TARGET_TMPDIR")).join("damaged/pipe.xlsx");
    let _ = fs::remove_file(&pipe);
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let target = pipe.to_str().unwrap();
    let link = job.join("集約版.xlsx");
    std::os::unix::fs::symlink(&pipe, &link).unwrap();
    let commands: [&[&str]; 3] = [
        &["merge", "-o", target],
        &["check", "--format", "csv", "-o", target],
        &["export", "--format", "json", "-o", target],
    ];
    for command in commands {
        let run = run(command, &[&job]);
        assert_eq!(code(&run), Some(2), "{run:?}");
        let said = stderr(&run);
        assert!(said.contains("通常のファイルではない"), "{said}");
    }
    let run = merge(&job, &link);
    assert_eq!(code(&run), Some(2), "{run:?}");
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}

#[test]
fn a_merged_workbook_has_a_name_that_excel_opens() {
    let job = job("拡張子");
    for name in ["集約版.pdf", "集約版.xls", "集約版"] {
        refused(
            &job,
            &job.join(name),
            "集約版.xlsx」のような名前を指定してください",
        );
    }
    let output = job.join("集約版.XLSX");
    assert_eq!(code(&merge(&job, &output)), Some(1));
    assert!(output.is_file());
    let other = job.join("点検結果.txt");
    let run = run(
        &["check", "--format", "csv", "-o", other.to_str().unwrap()],
        &[&job],
    );
    assert_eq!(code(&run), Some(1), "{run:?}");
    assert!(other.is_file());
}

#[test]
fn an_output_never_lies_among_the_returns() {
    let job = job("出力が回収の中");
    refused(
        &job,
        &job.join("回収/集約版.xlsx"),
        "回収したファイルのフォルダ",
    );
    fs::create_dir(job.join("回収/一次")).unwrap();
    refused(
        &job,
        &job.join("回収/一次/集約版.xlsx"),
        "回収したファイルのフォルダ",
    );
}

#[test]
fn an_absent_output_folder_is_not_made() {
    let job = job("出力先なし");
    refused(
        &job,
        &job.join("ない/集約版.xlsx"),
        "書き込めません（フォルダが見つかりません）。フォルダがあるか確かめてください",
    );
    fs::create_dir(job.join("同名")).unwrap();
    refused(&job, &job.join("同名"), "別の名前を指定してください");
}

#[test]
#[cfg(unix)]
fn an_output_that_cannot_be_written_leaves_the_old_file_whole() {
    use std::os::unix::fs::PermissionsExt;

    let job = job("書き込めない");
    let folder = job.join("配布");
    fs::create_dir(&folder).unwrap();
    let output = folder.join("集約版.xlsx");
    fs::write(&output, "前の集約版").unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    // An administrator may write anywhere; then there is nothing to see here.
    let may_write = fs::write(folder.join("試し"), "").is_ok();
    if may_write {
        fs::remove_file(folder.join("試し")).unwrap();
    } else {
        refused(&job, &output, "書き込めません");
        assert_eq!(fs::read(&output).unwrap(), "前の集約版".as_bytes());
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    // Where no file can be made at all, whoever asks.
    refused(
        &job,
        &job.join("torimatome.toml/集約版.xlsx"),
        "書き込めません（途中の名前がフォルダではありません）",
    );
}

#[test]
fn an_old_workbook_is_replaced_and_nothing_is_left_beside_it() {
    let job = job("置き換え");
    let output = job.join("集約版.xlsx");
    fs::write(&output, "前の集約版").unwrap();
    let run = merge(&job, &output);
    assert_eq!(code(&run), Some(1));
    assert!(String::from_utf8_lossy(&run.stdout).contains("置き換えました"));
    let first = fs::read(&output).unwrap();
    assert_eq!(read_back(&output).items.len(), 7);
    merge(&job, &output);
    assert!(
        fs::read(&output).unwrap() == first,
        "the same inputs gave other bytes"
    );
    let mut names: Vec<String> = fs::read_dir(&job)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let expected = [
        "torimatome.toml",
        "前回.xlsx",
        "回収",
        "計画.xlsx",
        "集約版.xlsx",
    ];
    assert_eq!(names, expected);
}

// ---------------------------------------------------------------------------------------------
// Jobs of any size
// ---------------------------------------------------------------------------------------------

/// Draws an item sheet: the plan's fields, and the entries where it is a return.
fn draw(sheet: &mut Worksheet, number: usize, returned: bool) {
    let plain = Format::new();
    let mut row = 0;
    let mut line = |cells: &[(u16, &str)]| {
        for (column, text) in cells {
            sheet
                .write_with_format(row, *column, *text, &plain)
                .unwrap();
        }
        row += 1;
    };
    let entry = |text: &'static str| if returned { text } else { "" };
    let (own, title) = (number.to_string(), format!("取組その{number}"));
    let name = format!("件数その{number}\nR3年度：{number}件");
    let (actual, target) = (format!("{}件", number + 2), format!("{}件", number + 1));
    let department = format!("{}課", 1 + number % 10);
    line(&[
        (0, "取組番号"),
        (1, &own),
        (2, "重点項目"),
        (3, "行政サービスの構築"),
    ]);
    line(&[(0, "取組項目"), (1, &title)]);
    line(&[(0, "主管課(関係課)"), (1, &department)]);
    line(&[(0, "実施内容"), (1, "・進める。")]);
    line(&[(0, "期待される効果"), (1, "・便利になる。")]);
    line(&[(0, "年次計画")]);
    line(&[(0, "実施項目"), (1, "R4年度"), (2, "R5年度"), (3, "R6年度")]);
    line(&[(0, "検討"), (1, "検討"), (2, "実施"), (3, "実施")]);
    let head = ["R4年度【実績値】", "R5年度【実績値】", "R6年度【実績値】"];
    line(&[
        (0, "数値目標等【基準値】"),
        (1, head[0]),
        (2, head[1]),
        (3, head[2]),
    ]);
    let head = ["R4年度【目標値】", "R5年度【目標値】", "R6年度【目標値】"];
    line(&[(1, head[0]), (2, head[1]), (3, head[2])]);
    let actual = if returned { actual.as_str() } else { "" };
    line(&[(0, &name), (1, actual), (2, actual)]);
    line(&[(1, &target), (2, &target), (3, &target)]);
    line(&[(0, "令和5年度の実施状況")]);
    line(&[
        (0, "取組目標【Plan】"),
        (1, "上半期の取組結果【Do】"),
        (2, "下半期の取組結果【Do】"),
    ]);
    line(&[
        (0, entry("進める。")),
        (1, entry("進めた。")),
        (2, entry("終えた。")),
    ]);
    line(&[(0, "取組全体の評価【Check】")]);
    line(&[(0, entry("◎ 計画どおり")), (1, entry("よく進んだ。"))]);
    line(&[(0, "改善事項・今後の進め方【Action】")]);
    line(&[(0, entry("続ける。"))]);
}

/// A job of so many items of ten departments, a file a department.
fn job_of(name: &str, items: usize) -> PathBuf {
    let job = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("damaged")
        .join(name);
    let _ = fs::remove_dir_all(&job);
    fs::create_dir_all(job.join("回収")).unwrap();
    let settings = "[period]\nfiscal_year = \"R5\"\nhalf = \"下半期\"\n";
    fs::write(job.join("torimatome.toml"), settings).unwrap();
    let mut plan = Workbook::new();
    let mut returns: Vec<Workbook> = (0..10).map(|_| Workbook::new()).collect();
    for number in 1..=items {
        let sheet = format!("取組{number}");
        let drawn = plan.add_worksheet().set_name(&sheet).unwrap();
        draw(drawn, number, false);
        let drawn = returns[number % 10]
            .add_worksheet()
            .set_name(&sheet)
            .unwrap();
        draw(drawn, number, true);
    }
    plan.save(job.join("計画.xlsx")).unwrap();
    for (at, mut workbook) in returns.into_iter().enumerate() {
        if (1..=items).any(|number| number % 10 == at) {
            let name = format!("回収/{}課.xlsx", at + 1);
            workbook.save(job.join(name)).unwrap();
        }
    }
    job
}

#[test]
fn jobs_of_one_item_and_of_many_are_done() {
    for items in [1, 150] {
        let job = job_of(&format!("取組{items}件"), items);
        let output = job.join("集約版.xlsx");
        let run = merge(&job, &output);
        assert_eq!(code(&run), Some(0), "{run:?}");
        let book = read_back(&output);
        let numbers: Vec<Option<usize>> = book
            .items
            .iter()
            .map(|item| item.number.get().map(|number| *number as usize))
            .collect();
        let expected: Vec<Option<usize>> = (1..=items).map(Some).collect();
        assert_eq!(numbers, expected);
        assert_eq!(book.index.len(), items);
        for (item, number) in book.items.iter().zip(1..) {
            let actual = item.kpis[0].years[1].actual.as_ref().unwrap();
            assert_eq!(actual.text(), format!("{}件", number + 2));
            assert_eq!(item.action.text(), "続ける。");
        }
    }
}
