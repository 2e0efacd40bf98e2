//! The forms that go out, and what comes back of them in the shapes that offices make.

use std::fs;
use std::path::{Path, PathBuf};

use crate::parts::parts;
use crate::program::{folder, root, run, sample_copy};
use serde_json::Value;

const NOTICE: &str =
    "\n[forms]\ndeadline = \"令和6年4月19日\"\nsender = \"企画政策課\"\ncontact = \"内線 213\"\n";

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A job with its forms made.
fn with_forms(name: &str) -> (PathBuf, PathBuf) {
    let job = sample_copy(name);
    add(&job.join("torimatome.toml"), NOTICE);
    run(&["forms", path(&job)]).ends_with(0);
    let forms = job.join("配布様式");
    (job, forms)
}

fn add(file: &Path, text: &str) {
    let before = fs::read_to_string(file).unwrap();
    fs::write(file, before + text).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// Hands the forms in as they are.
fn return_blank(job: &Path, forms: &Path) {
    let collect = job.join("回収");
    fs::remove_dir_all(&collect).unwrap();
    fs::create_dir(&collect).unwrap();
    for name in names(forms) {
        fs::copy(forms.join(&name), collect.join(&name)).unwrap();
    }
}

fn findings(job: &Path, files: &[&str]) -> Vec<Value> {
    let mut args = vec!["check", path(job), "--format", "json"];
    args.extend(files);
    let found = run(&args).json();
    found["findings"].as_array().unwrap().clone()
}

fn codes(findings: &[Value]) -> Vec<&str> {
    let codes = findings.iter().map(|one| one["code"].as_str().unwrap());
    let mut codes: Vec<&str> = codes.collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// What is said of a sheet that is not as it was given out.
fn of_shape<'f>(codes: &[&'f str]) -> Vec<&'f str> {
    let shape = [
        "S03", "S04", "S05", "S09", "S11", "S13", "S15", "S16", "S18",
    ];
    let found = codes.iter().filter(|code| shape.contains(code));
    found.copied().collect()
}

#[test]
fn every_lead_department_gets_its_items_and_a_shared_one_goes_to_both() {
    let (job, forms) = with_forms("forms-departments");
    assert_eq!(
        names(&forms),
        [
            "R5下_企画政策課_進捗管理票.xlsx",
            "R5下_建設課_進捗管理票.xlsx",
            "R5下_総務課_進捗管理票.xlsx"
        ]
    );
    let again = run(&["forms", path(&job)]).ends_with(0);
    assert!(
        again.text().contains("3件は前回と同じため"),
        "{}",
        again.text()
    );
    assert!(
        again
            .text()
            .contains("総務課_進捗管理票.xlsx 取組5（共管）、7")
    );
    let both = ["企画政策課", "総務課"].map(|department| {
        let file = forms.join(format!("R5下_{department}_進捗管理票.xlsx"));
        let parts = parts(&fs::read(file).unwrap());
        parts["xl/sharedStrings.xml"].contains("共管：総務課、企画政策課")
    });
    assert_eq!(both, [true, true]);
}

#[test]
fn blank_forms_say_what_the_plan_says_and_nothing_else() {
    let (job, forms) = with_forms("forms-blank");
    return_blank(&job, &forms);
    let found = findings(&job, &[]);
    let codes = codes(&found);
    assert_eq!(of_shape(&codes), [""; 0]);
    let of_forms = found.iter().filter(|one| one["file"] != "計画.xlsx");
    let told: Vec<&Value> = of_forms
        .filter(|one| {
            let code = one["code"].as_str().unwrap();
            let of_entries = code.starts_with('N') || code == "S06";
            let of_targets = code.starts_with('K') && one["level"] == "info";
            // What was published of the year before is carried as it is.
            let of_past = code == "K04";
            !of_entries && !of_targets && !of_past
        })
        .collect();
    assert!(told.is_empty(), "{told:#?}");
    for due in ["N01", "N04", "N06", "N07", "N08"] {
        assert!(codes.contains(&due), "{due} in {codes:?}");
    }
}

#[test]
fn only_this_half_s_entries_are_open_and_the_rest_is_protected_without_a_password() {
    let (_, forms) = with_forms("forms-protection");
    let bytes = fs::read(forms.join("R5下_建設課_進捗管理票.xlsx")).unwrap();
    let parts = parts(&bytes);
    for sheet in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
        let xml = &parts[sheet];
        let at = xml.find("<sheetProtection ").expect("protected");
        let protection = &xml[at..at + xml[at..].find('>').unwrap()];
        assert!(!protection.contains("password"), "{protection}");
        for allowed in ["formatRows=\"0\"", "formatColumns=\"0\""] {
            assert!(protection.contains(allowed), "{protection}");
        }
    }
    let form = &parts["xl/worksheets/sheet2.xml"];
    assert!(parts["xl/styles.xml"].contains("<protection locked=\"0\"/>"));
    assert!(form.contains("type=\"list\"") && form.contains("_lists!$A$1:"));
    assert!(form.contains("<pane ySplit="), "the head stays in sight");
    let rows = form.matches("promptTitle=\"取組目標【Plan】").count();
    assert!(rows >= 4, "a row for each activity of the plan: {rows}");
    let messages = form.matches("promptTitle=").count();
    assert!(messages >= 10, "{messages}");
    assert!(
        !form.contains("promptTitle=\"R4年度"),
        "earlier years are closed"
    );
    assert!(parts["xl/workbook.xml"].contains("state=\"hidden\""));
    for (name, text) in parts.iter().filter(|(name, _)| !name.contains("theme")) {
        assert!(
            !text.contains("Calibri") && !text.contains("Tahoma"),
            "{name}"
        );
    }
}

#[test]
fn a_form_says_four_times_which_it_is() {
    let (_, forms) = with_forms("forms-identity");
    let bytes = fs::read(forms.join("R5下_建設課_進捗管理票.xlsx")).unwrap();
    let parts = parts(&bytes);
    let custom = &parts["docProps/custom.xml"];
    for value in ["小千谷市行政改革実施計画", "R5H2", "建設課", "ojiya-r4/"] {
        assert!(custom.contains(value), "{custom}");
    }
    let book = &parts["xl/workbook.xml"];
    assert!(book.contains("_r5h2_04_number\">'取組4'!$C$3"), "{book}");
    let texts = &parts["xl/sharedStrings.xml"];
    for text in [
        "様式ID R5H2-04-",
        "令和5年度 下半期 進捗管理票",
        "令和6年4月19日",
    ] {
        assert!(texts.contains(text), "{text}");
    }
}

#[test]
fn a_form_is_known_again_whatever_became_of_its_file() {
    let (job, _) = with_forms("forms-returned");
    for (file, items) in [
        ("コピー.xlsx", &[5, 7][..]),
        ("LibreOffice.xlsx", &[5, 7]),
        ("LibreOffice.ods", &[5, 7]),
        ("LibreOffice.xls", &[5, 7]),
        ("別のブックに複写.xlsx", &[7]),
        ("印のない票.xlsx", &[7]),
    ] {
        let fixture = root().join("tests/fixtures/forms").join(file);
        let found = findings(&job, &[path(&fixture)]);
        let codes = codes(&found);
        let expected: &[&str] = match file {
            "別のブックに複写.xlsx" => &["S18"],
            _ => &[],
        };
        assert_eq!(of_shape(&codes), expected, "{file}");
        assert!(!codes.contains(&"P07"), "{file}");
        for item in items {
            let missing = |one: &&Value| {
                let is_it = one["item"] == *item;
                is_it && (one["code"] == "S02" || one["code"].as_str().unwrap().starts_with("N0"))
            };
            let missing: Vec<&Value> = found.iter().filter(missing).collect();
            let missing = missing.iter().filter(|one| one["level"] == "error");
            let missing: Vec<_> = missing.collect();
            let is_filled = file.starts_with("コピー") || file.starts_with("Libre");
            assert!(missing.is_empty() || !is_filled, "{file} {missing:#?}");
        }
        let supplied = found.iter().find(|one| one["code"] == "S18");
        if let Some(supplied) = supplied {
            assert_eq!(
                (&supplied["level"], &supplied["item"]),
                (&"info".into(), &7.into())
            );
        }
    }
}

#[test]
fn a_number_typed_alone_is_read_with_the_notation_of_its_target() {
    let (job, _) = with_forms("forms-notation");
    let fixture = root().join("tests/fixtures/forms/コピー.xlsx");
    let collect = job.join("回収");
    fs::remove_dir_all(&collect).unwrap();
    fs::create_dir(&collect).unwrap();
    fs::copy(fixture, collect.join("コピー.xlsx")).unwrap();
    let json = run(&["export", path(&job), "--format", "json", "-o", "-"]).json();
    let items = json["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["number"] == 7).unwrap();
    let year = &item["kpis"][1]["years"][1];
    assert_eq!(year["year"], "R5");
    assert_eq!(year["actual"]["raw"], "延べ9人");
    assert_eq!(year["actual"]["qualifier"], "延べ");
}

#[test]
fn what_the_autumn_collected_is_carried_in_and_closed() {
    let job = sample_copy("forms-autumn");
    let settings = job.join("torimatome.toml");
    let year_end = fs::read_to_string(&settings).unwrap();
    let autumn = year_end.replace("half = \"下半期\"", "half = \"上半期\"");
    fs::write(&settings, autumn).unwrap();
    let merged = job.join("上半期.xlsx");
    run(&["merge", path(&job), "-o", path(&merged)]);
    fs::write(&settings, year_end.replace("前回.xlsx", "上半期.xlsx")).unwrap();
    run(&["forms", path(&job)]).ends_with(0);
    let forms = job.join("配布様式");
    return_blank(&job, &forms);
    let json = run(&["export", path(&job), "--format", "json", "-o", "-"]).json();
    let before = run(&["export", path(&merged), "--format", "json", "-o", "-"]).json();
    let rows = |json: &Value| {
        let items = json["items"].as_array().unwrap().iter();
        let status = items.flat_map(|item| item["status"].as_array().unwrap());
        let rows = status.map(|row| (row["plan"].clone(), row["first_half"].clone()));
        let says = |row: &(Value, Value)| !row.0.is_null() || !row.1.is_null();
        rows.filter(says).collect::<Vec<_>>()
    };
    assert!(rows(&before).len() > 8);
    assert_eq!(rows(&json), rows(&before));
    let codes = findings(&job, &[]);
    assert!(!codes.iter().any(|one| one["code"] == "P11"));
    assert!(codes.iter().any(|one| one["code"] == "N03"));
    let parts = parts(&fs::read(forms.join("R5下_建設課_進捗管理票.xlsx")).unwrap());
    let form = &parts["xl/worksheets/sheet2.xml"];
    let (first, second) = ["上半期の取組結果", "下半期の取組結果"]
        .map(|label| form.matches(&format!("promptTitle=\"{label}")).count())
        .into();
    assert!(first < second, "{first} {second}");
}

#[test]
fn the_instructions_speak_of_what_is_open_and_of_nothing_else() {
    let (job, forms) = with_forms("forms-instructions");
    let texts = |name: &str| {
        let bytes = fs::read(forms.join(name)).unwrap();
        parts(&bytes)["xl/sharedStrings.xml"].clone()
    };
    let year_end = texts("R5下_建設課_進捗管理票.xlsx");
    let cancelled = "「該当なし」と記入してください。</t>";
    for words in [
        "数値の書き方",
        "K03 ",
        "H02 ",
        "N08 ",
        "中止するまでの取組結果",
        cancelled,
    ] {
        assert!(year_end.contains(words), "{words}");
    }
    // The plan's fields are protected, and its mistakes are the office's.
    assert!(!year_end.contains("P01 ") && !year_end.contains("P11 "));
    let settings = job.join("torimatome.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let autumn = text.replace("half = \"下半期\"", "half = \"上半期\"");
    fs::write(&settings, autumn).unwrap();
    run(&["forms", path(&job)]).ends_with(0);
    let autumn = texts("R5上_建設課_進捗管理票.xlsx");
    assert!(autumn.contains("N01 ") && autumn.contains("N02 "));
    for words in [
        "数値の書き方",
        "評価区分",
        "K01 ",
        "K14 ",
        "H01 ",
        "H02 ",
        "中止した取組",
    ] {
        assert!(!autumn.contains(words), "{words}");
    }
}

#[test]
fn what_no_published_workbook_tells_is_asked_of_the_department() {
    let home = folder("forms-untold");
    let plan = root().join("samples/ojiya-r5/計画.xlsx");
    let forms = |job: &Path, period: &str| {
        run(&["forms", path(job)]).ends_with(0);
        let file = format!("配布様式/{period}_建設課_進捗管理票.xlsx");
        let parts = parts(&fs::read(job.join(file)).unwrap());
        let asked = ["R4", "R5"].map(|year| {
            parts["xl/worksheets/sheet2.xml"].contains(&format!("promptTitle=\"{year}年度"))
        });
        let texts = &parts["xl/sharedStrings.xml"];
        assert!(
            !texts.contains("N05 ") && !texts.contains("P12 "),
            "the plan's gaps"
        );
        // The forms' own heads break the line before the bracket.
        let told = ["R4", "R5"].map(|year| texts.contains(&format!("{year}年度【実績値】")));
        (asked, told)
    };
    let autumn = home.join("R5上半期");
    run(&["init", path(&autumn), "--plan", path(&plan)]).ends_with(0);
    assert_eq!(forms(&autumn, "R5上"), ([true, false], [true, false]));
    // Nobody returned it, so that the autumn's workbook does not tell it either.
    let merged = home.join("上半期.xlsx");
    run(&["merge", path(&autumn), "-o", path(&merged)]).ends_with(1);
    let year_end = home.join("R5下半期");
    run(&["init", path(&year_end), "--from", path(&merged)]).ends_with(0);
    let (asked, _) = forms(&year_end, "R5下");
    assert_eq!(asked, [true, true]);
}

#[test]
fn a_layout_without_halves_has_forms_too() {
    let job = folder("forms-hoshikawa");
    let sample = root().join("samples/hoshikawa-r5");
    let target = job.join("forms");
    let forms = run(&["forms", path(&sample), "-o", path(&target)]).ends_with(0);
    assert!(forms.text().contains("提出期限が決まっていません"));
    assert!(names(&target).contains(&"R5年度_財政課_実績評価シート.xlsx".to_owned()));
    // Where the forms lie elsewhere, so does what is remembered of them.
    assert!(target.join("書き出し記録.toml").is_file());
    assert!(!sample.join("書き出し記録.toml").exists());
}

#[test]
fn forms_are_not_written_where_returns_are_collected() {
    let job = sample_copy("forms-among-returns");
    let inside = job.join("回収/配布様式");
    let refused = run(&["forms", path(&job), "-o", path(&inside)]).ends_with(2);
    assert!(refused.stderr.contains("回収"), "{}", refused.stderr);
    assert!(!inside.exists());
}

#[test]
fn a_form_is_replaced_whole_and_named_and_one_that_was_worked_on_is_kept() {
    let (job, forms) = with_forms("forms-replaced");
    let form = forms.join("R5下_建設課_進捗管理票.xlsx");
    let kept = |number: &str| forms.join(format!("R5下_建設課_進捗管理票_以前{number}.xlsx"));
    // The settings change the form: what the program wrote itself is no loss.
    let settings = job.join("torimatome.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text.replace("内線 213", "内線 214")).unwrap();
    let again = run(&["forms", path(&job)]).ends_with(0);
    assert!(
        again.text().contains("3件を置き換えました"),
        "{}",
        again.text()
    );
    assert_eq!(names(&forms).len(), 3);
    for (content, number) in [("answered", ""), ("answered again", "(2)")] {
        fs::write(&form, content).unwrap();
        fs::write(forms.join("R5下_旧課_進捗管理票.xlsx"), b"old").unwrap();
        let again = run(&["forms", path(&job)]).ends_with(0);
        let told = again.text();
        let name = kept(number).file_name().unwrap().to_owned();
        for said in [
            "置き換えたファイル: R5下_建設課_進捗管理票.xlsx",
            &format!("次の名前で残しました: {}。", name.to_str().unwrap()),
            "R5下_旧課_進捗管理票.xlsx。不要であれば",
        ] {
            assert!(told.contains(said), "{said} in {told}");
        }
        assert!(fs::read(&form).unwrap().starts_with(b"PK"));
        assert_eq!(fs::read_to_string(kept(number)).unwrap(), content);
    }
    assert_eq!(fs::read_to_string(kept("")).unwrap(), "answered");
    assert_eq!(names(&forms).len(), 6, "nothing else is left beside them");
    // Without the record nobody knows who wrote what.
    fs::remove_file(job.join("書き出し記録.toml")).unwrap();
    fs::write(&settings, text).unwrap();
    run(&["forms", path(&job)]).ends_with(0);
    assert!(kept("(3)").is_file());
}

#[test]
fn the_clerk_is_told_what_a_department_is_called_now_and_where_forms_lie_badly() {
    let job = sample_copy("forms-renamed");
    let settings = job.join("torimatome.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let renamed = "\n[departments]\n\"建設課\" = { name = \"都市整備課\", from = \"R5下半期\" }\n";
    assert!(!text.contains("\n[departments]"));
    fs::write(&settings, text + renamed).unwrap();
    let told = run(&["forms", path(&job)]).ends_with(0);
    assert!(
        told.text().contains("「建設課」は、") && told.text().contains("いまは「都市整備課」です")
    );
    assert!(!told.text().contains("案件フォルダそのもの"));
    let told = run(&["forms", path(&job), "-o", path(&job)]).ends_with(0);
    assert!(
        told.text().contains("案件フォルダそのもの"),
        "{}",
        told.text()
    );
    let file = job.join("file");
    fs::write(&file, b"x").unwrap();
    let refused = run(&["forms", path(&job), "-o", path(&file)]).ends_with(2);
    assert!(refused.stderr.contains("ファイルです") && !refused.stderr.contains("csv"));
}

#[test]
fn a_slip_in_the_settings_of_the_forms_names_what_was_meant() {
    let job = sample_copy("forms-settings");
    add(
        &job.join("torimatome.toml"),
        "\n[forms]\ndedline = \"4月19日\"\n",
    );
    let refused = run(&["forms", path(&job)]).ends_with(2);
    assert!(refused.stderr.contains("deadline"), "{}", refused.stderr);
}
