//! What departments are sent back: their entries in healthy forms, questions, letters.

use std::fs;
use std::path::{Path, PathBuf};

use crate::parts::{package, parts};
use crate::program::{run, sample_copy};
use serde_json::Value;

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A job with one department that returned nothing, and what was sent back.
fn sent_back(name: &str) -> (PathBuf, PathBuf) {
    let job = sample_copy(name);
    fs::remove_file(job.join("回収/建設課.xlsx")).unwrap();
    let settings = job.join("torimatome.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let notice = "\n[forms]\ndeadline = \"令和6年4月19日\"\ncontact = \"内線 213\"\n";
    fs::write(&settings, text + notice).unwrap();
    run(&["return", path(&job)]).ends_with(1);
    let folder = job.join("返却");
    (job, folder)
}

fn findings(job: &Path) -> Vec<Value> {
    let found = run(&["check", path(job), "--format", "json"]).json();
    found["findings"].as_array().unwrap().clone()
}

fn of_file<'f>(findings: &'f [Value], file: &str) -> Vec<&'f str> {
    let own = findings.iter().filter(|one| one["file"] == file);
    own.map(|one| one["code"].as_str().unwrap()).collect()
}

fn item(job: &Path, number: u64) -> Value {
    let json = run(&["export", path(job), "--format", "json", "-o", "-"]).json();
    let items = json["items"].as_array().unwrap();
    let mut item = items
        .iter()
        .find(|item| item["number"] == number)
        .unwrap()
        .clone();
    item.as_object_mut().unwrap().remove("findings");
    item
}

/// Puts the form that was sent back in the place of the department's file.
fn answer(job: &Path, folder: &Path, bytes: Option<Vec<u8>>) -> &'static str {
    let sent = folder.join("R5下_総務課_進捗管理票_返却.xlsx");
    let bytes = bytes.unwrap_or_else(|| fs::read(sent).unwrap());
    fs::remove_file(job.join("回収/総務課.xlsx")).unwrap();
    fs::write(job.join("回収/総務課_再提出.xlsx"), bytes).unwrap();
    "総務課_再提出.xlsx"
}

#[test]
fn a_form_that_is_sent_back_says_what_the_department_said_and_its_notes_are_no_content() {
    let (job, folder) = sent_back("return-again");
    let before = item(&job, 7);
    let file = answer(&job, &folder, None);
    assert_eq!(item(&job, 7), before);
    let found = findings(&job);
    let codes = of_file(&found, file);
    for shape in ["S04", "S05", "S11", "S13", "S18", "P01", "P05"] {
        assert!(!codes.contains(&shape), "{codes:?}");
    }
    assert!(
        codes.contains(&"K10"),
        "what is wrong is asked again: {codes:?}"
    );
}

#[test]
fn each_question_stands_on_its_cell_and_in_a_list_that_leads_there() {
    let (_, folder) = sent_back("return-questions");
    let bytes = fs::read(folder.join("R5下_総務課_進捗管理票_返却.xlsx")).unwrap();
    let parts = parts(&bytes);
    let notes: String = parts
        .iter()
        .filter(|(name, _)| name.contains("comments"))
        .map(|(_, text)| text.as_str())
        .collect();
    for words in [
        "【K10 記述との突合（増分）】",
        "合うように直してください。",
        "確認票",
    ] {
        assert!(notes.contains(words), "{words}");
    }
    assert!(notes.contains("計画のとおりに戻してあります"));
    let first = &parts["xl/worksheets/sheet1.xml"];
    assert!(first.contains("location=\"'取組7'!G18\"") || first.contains("location=\"取組7!G18\""));
    assert!(parts["xl/workbook.xml"].contains("<sheet name=\"確認事項\" sheetId=\"1\""));
    assert!(!notes.contains("N05"), "the plan's gaps are the office's");
}

#[test]
fn a_note_in_which_a_department_writes_is_told() {
    let (job, folder) = sent_back("return-note");
    let bytes = fs::read(folder.join("R5下_総務課_進捗管理票_返却.xlsx")).unwrap();
    let mut all = parts(&bytes);
    let comments: Vec<String> = all
        .keys()
        .filter(|name| name.contains("comments"))
        .cloned()
        .collect();
    for name in comments {
        let text = all[&name].replace("数え方が違う場合は", "5月に回答します。数え方が違う場合は");
        all.insert(name, text);
    }
    let file = answer(&job, &folder, Some(package(&all)));
    let found = findings(&job);
    let told = found
        .iter()
        .find(|one| one["file"] == file && one["code"] == "S11");
    let told = told.expect("S11")["message"].as_str().unwrap();
    assert!(told.contains("K10"), "{told}");
}

#[test]
fn a_department_that_returned_nothing_gets_a_reminder_and_its_blank_forms() {
    let (_, folder) = sent_back("return-nothing");
    let letter = fs::read(folder.join("R5下_建設課_督促文.txt")).unwrap();
    assert!(letter.starts_with("\u{FEFF}".as_bytes()));
    let letter = String::from_utf8(letter).unwrap();
    for words in [
        "建設課 御中",
        "提出をまだ確認できていません。",
        "・取組4 インフラ資産の維持管理",
        "令和6年4月19日",
        "内線 213",
        "「R5下_建設課_進捗管理票.xlsx」",
    ] {
        assert!(letter.contains(words), "{words} in {letter}");
    }
    assert!(!letter.replace("\r\n", "").contains('\n'));
    assert!(folder.join("R5下_建設課_進捗管理票.xlsx").is_file());
}

#[test]
fn the_mail_is_a_draft_without_recipient_in_ascii() {
    let (job, folder) = sent_back("return-mail");
    let mail = fs::read(folder.join("R5下_総務課_督促文.eml")).unwrap();
    assert!(mail.is_ascii());
    let mail = String::from_utf8(mail).unwrap();
    let (head, body) = mail.split_once("\r\n\r\n").unwrap();
    assert!(
        head.contains("X-Unsent: 1\r\n") && head.contains("Subject: =?utf-8?"),
        "{head}"
    );
    assert!(
        !head
            .lines()
            .any(|line| line.starts_with("To:") || line.starts_with("From:"))
    );
    assert!(head.lines().all(|line| line.len() <= 78), "{head}");
    assert!(head.contains("charset=\"utf-8\""));
    assert!(body.lines().all(|line| line.len() <= 78));
    let before: Vec<Vec<u8>> = ["eml", "txt"]
        .map(|kind| fs::read(folder.join(format!("R5下_総務課_督促文.{kind}"))).unwrap())
        .into();
    let again = run(&["return", path(&job)]).ends_with(1);
    assert!(
        again.text().contains("9件は前回と同じため"),
        "{}",
        again.text()
    );
    let after: Vec<Vec<u8>> = ["eml", "txt"]
        .map(|kind| fs::read(folder.join(format!("R5下_総務課_督促文.{kind}"))).unwrap())
        .into();
    assert_eq!(before, after);
    // A word that the office added to its letter, and an answer typed where the form lies, are kept.
    let letter = folder.join("R5下_総務課_督促文.txt");
    let form = folder.join("R5下_総務課_進捗管理票_返却.xlsx");
    for edited in [&letter, &form] {
        fs::write(edited, "書き加えたもの").unwrap();
    }
    let again = run(&["return", path(&job)]).ends_with(1);
    assert!(again.text().contains("_以前.xlsx"), "{}", again.text());
    for name in ["督促文_以前.txt", "進捗管理票_返却_以前.xlsx"] {
        let kept = fs::read(folder.join(format!("R5下_総務課_{name}"))).unwrap();
        assert_eq!(kept, "書き加えたもの".as_bytes());
    }
    assert_eq!(fs::read(&letter).unwrap(), before[1]);
}

#[test]
fn what_the_office_has_acknowledged_is_not_asked() {
    let (job, folder) = sent_back("return-acknowledged");
    run(&[
        "check",
        path(&job),
        "--acknowledge",
        "K10 取組7 G18",
        "--reason",
        "延べで数えるため",
    ]);
    let all = findings(&job);
    let known = all.iter().filter(|one| !one["acknowledged"].is_null());
    let acknowledged = known.count();
    run(&["return", path(&job)]).ends_with(1);
    let letter = fs::read_to_string(folder.join("R5下_総務課_督促文.txt")).unwrap();
    assert_eq!(
        letter.contains("記述から数えた値が合いません"),
        acknowledged == 0
    );
}

#[test]
fn an_answered_form_takes_the_place_of_the_return_it_was_sent_back_for() {
    let (job, folder) = sent_back("return-supersedes");
    let bytes = fs::read(folder.join("R5下_総務課_進捗管理票_返却.xlsx")).unwrap();
    let mut all = parts(&bytes);
    let texts = all["xl/sharedStrings.xml"].replace("1,116人", "延べ1,116人");
    all.insert("xl/sharedStrings.xml".to_owned(), texts);
    fs::write(job.join("回収/総務課_再提出.xlsx"), package(&all)).unwrap();
    let found = findings(&job);
    let of_item = |code: &str| {
        let same = |one: &&Value| one["code"] == code && one["item"] == 7;
        found.iter().filter(same).collect::<Vec<_>>()
    };
    assert!(of_item("S07").is_empty(), "{:#?}", of_item("S07"));
    let told = of_item("S20")[0]["message"].as_str().unwrap();
    assert!(
        told.contains("返却した様式で出し直された") && told.contains("総務課.xlsx"),
        "{told}"
    );
    let item = item(&job, 7);
    assert_eq!(item["kpis"][1]["years"][1]["actual"]["raw"], "延べ1,116人");
    // What the department changed in its first file since is its own word again.
    let first = job.join("回収/総務課.xlsx");
    let mut all = parts(&fs::read(&first).unwrap());
    for text in all.values_mut() {
        *text = text.replace("1,116人", "1,117人");
    }
    fs::write(&first, package(&all)).unwrap();
    let found = findings(&job);
    assert!(
        found
            .iter()
            .any(|one| one["code"] == "S07" && one["item"] == 7)
    );
}

/// Rewrites the texts of a workbook.
fn reword(path: &Path, old: &str, new: &str) {
    let mut all = parts(&fs::read(path).unwrap());
    assert!(all.values().any(|text| text.contains(old)), "{old}");
    for text in all.values_mut() {
        *text = text.replace(old, new);
    }
    fs::write(path, package(&all)).unwrap();
}

fn letter(folder: &Path, department: &str) -> String {
    fs::read_to_string(folder.join(format!("R5下_{department}_督促文.txt"))).unwrap()
}

#[test]
fn a_department_of_which_every_item_came_from_another_is_asked_for_nothing() {
    let job = sample_copy("return-shared");
    reword(
        &job.join("計画.xlsx"),
        "建設課(農林課)",
        "建設課、総務課(農林課)",
    );
    let files = job.join("回収");
    fs::rename(files.join("建設課.xlsx"), files.join("総務課_4.xlsx")).unwrap();
    let found = findings(&job);
    assert!(found.iter().all(|one| one["code"] != "S01"));
    run(&["return", path(&job)]).ends_with(1);
    for entry in fs::read_dir(job.join("返却")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(!name.contains("建設課"), "{name}");
    }
    // What is found on the item is asked of the one that returned it.
    let told = letter(&job.join("返却"), "総務課");
    assert!(told.contains("・取組4"), "{told}");
}

/// The words of all notes of a workbook that was sent back.
fn notes(folder: &Path, department: &str) -> String {
    let sent = folder.join(format!("R5下_{department}_進捗管理票_返却.xlsx"));
    let parts = parts(&fs::read(sent).unwrap());
    let comments = parts.iter().filter(|(name, _)| name.contains("comments"));
    comments.map(|(_, text)| text.as_str()).collect()
}

#[test]
fn no_department_is_asked_about_a_value_that_stands_as_it_was_published() {
    let (job, folder) = sent_back("return-published");
    let found = findings(&job);
    let of_past = |one: &&Value| {
        let message = one["message"].as_str().unwrap();
        one["code"] == "K04" && message.contains("R4年度実績値「729人」")
    };
    let told = found
        .iter()
        .find(of_past)
        .expect("K04 about the year before");
    let remedy = told["remedy"].as_str().unwrap();
    assert!(remedy.contains("課には尋ねません"), "{remedy}");
    for words in [letter(&folder, "総務課"), notes(&folder, "総務課")] {
        assert!(!words.contains("729人"), "{words}");
        assert!(
            words.contains("1,116人"),
            "the year's own is asked: {words}"
        );
    }
}

#[test]
fn an_old_form_beside_the_right_one_is_for_the_office_to_put_away() {
    let (job, folder) = sent_back("return-superfluous");
    let files = job.join("回収");
    fs::copy(files.join("総務課.xlsx"), files.join("古い様式.xlsx")).unwrap();
    reword(
        &files.join("古い様式.xlsx"),
        "令和5年度の実施状況",
        "令和4年度の実施状況",
    );
    let found = findings(&job);
    let told: Vec<&Value> = found.iter().filter(|one| one["code"] == "S08").collect();
    assert!(!told.is_empty());
    for one in told {
        assert_eq!(one["level"], "warning");
        let remedy = one["remedy"].as_str().unwrap();
        assert!(
            remedy.contains("「古い様式.xlsx」を除いてください"),
            "{remedy}"
        );
    }
    run(&["return", path(&job)]).ends_with(1);
    for words in [letter(&folder, "総務課"), notes(&folder, "総務課")] {
        assert!(!words.contains("古い様式"), "{words}");
        assert!(!words.contains("令和4年度」の様式"), "{words}");
    }
}

#[test]
fn the_cells_that_are_named_are_those_of_the_workbook_that_is_sent() {
    let (_, folder) = sent_back("return-cells");
    let sent = fs::read(folder.join("R5下_企画政策課_進捗管理票_返却.xlsx")).unwrap();
    let limits = torimatome::read::Limits::default();
    let sent = torimatome::read::workbook("返却.xlsx", sent, &limits).unwrap();
    let mut sheets = sent.sheets.iter();
    let sheet = sheets.find(|grid| grid.source.sheet == "取組2").unwrap();
    let holds = |words: &str| {
        let mut cells = sheet.cells.iter();
        let (cell, _) = cells.find(|(_, cell)| cell.text.contains(words)).unwrap();
        cell.to_string()
    };
    let named = format!("記述（{}、{}）", holds("134時間"), holds("削減は5時間"));
    for words in [letter(&folder, "企画政策課"), notes(&folder, "企画政策課")] {
        assert!(words.contains(&named), "{named} in {words}");
    }
}

#[test]
fn a_letter_tells_of_each_question_where_it_is_and_what_to_do() {
    let (_, folder) = sent_back("return-letter");
    let told = letter(&folder, "総務課");
    for words in [
        "記号がありません。（「取組5」A",
        "→ 評価区分を、記号と文言のそろった選択肢から選び直してください。",
        "（提出いただいた「総務課.xlsx」「取組5」N14）",
        "返却.xlsx」では、色の付いた欄に",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert!(notes(&folder, "総務課").contains("このメモの照合番号です"));
}

#[test]
fn a_letter_with_blank_forms_says_that_they_are_to_be_filled_in_and_by_whom() {
    let job = sample_copy("return-unread");
    fs::write(job.join("回収/建設課.xlsx"), b"%PDF-1.7").unwrap();
    fs::remove_file(job.join("回収/総務課.xlsx")).unwrap();
    let run = run(&["return", path(&job)]).ends_with(1);
    let folder = job.join("返却");
    let unread = letter(&folder, "建設課");
    assert!(unread.contains("記入前の様式を"), "{unread}");
    assert!(!unread.contains("メモで示しています"), "{unread}");
    assert_eq!(unread.matches("「建設課.xlsx」").count(), 1, "{unread}");
    assert!(!unread.contains("担当課に"), "{unread}");
    for department in ["総務課", "企画政策課"] {
        let told = letter(&folder, department);
        let shared = "総務課、企画政策課の共管です。内容を合わせ、いずれか一つの課から";
        assert!(told.contains(shared), "{told}");
    }
    for words in [
        "添付するファイル: R5下_建設課_進捗管理票_返却.xlsx",
        "添付するファイル: R5下_総務課_進捗管理票.xlsx",
        "deadline、sender、contact",
    ] {
        assert!(run.text().contains(words), "{words} in {}", run.text());
    }
}

#[test]
fn a_letter_keeps_to_itself_which_of_two_returns_the_office_took() {
    let job = sample_copy("return-twice");
    let files = job.join("回収");
    fs::copy(files.join("総務課.xlsx"), files.join("総務課_控え.xlsx")).unwrap();
    reword(&files.join("総務課_控え.xlsx"), "1,116人", "1,117人");
    run(&["return", path(&job)]).ends_with(1);
    let folder = job.join("返却");
    for words in [letter(&folder, "総務課"), notes(&folder, "総務課")] {
        assert!(words.contains("1,117人"), "{words}");
        assert!(!words.contains("採用"), "{words}");
    }
    let found = findings(&job);
    let told = found.iter().find(|one| one["code"] == "S07").unwrap();
    assert!(told["message"].as_str().unwrap().contains("こちらを採用"));
}

#[test]
fn what_is_left_for_the_office_is_not_said_to_be_nothing() {
    let job = sample_copy("return-office");
    let settings = job.join("torimatome.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let others = torimatome::check::rules()
        .iter()
        .filter(|rule| rule.code != "K04");
    let off = others.map(|rule| format!("{} = \"off\"\n", rule.code));
    let (before, _) = text.split_once("[rules]").unwrap_or((&text, ""));
    let off: String = off.collect();
    fs::write(&settings, format!("{before}[rules]\n{off}")).unwrap();
    run(&[
        "check",
        path(&job),
        "--acknowledge",
        "K04 取組7 G18",
        "--reason",
        "実人数で数えるため",
    ]);
    let run = run(&["return", path(&job)]).ends_with(0);
    assert!(
        run.text().contains("企画担当課で確かめて"),
        "{}",
        run.text()
    );
}

#[test]
fn words_in_the_row_for_footnotes_are_named_and_stay_where_they_are() {
    let (job, folder) = sent_back("return-footnote-row");
    let form = folder.join("R5下_総務課_進捗管理票_返却.xlsx");
    let words = "関係課との協議は6月に再開します。";
    let mut all = parts(&fs::read(&form).unwrap());
    let name = all.iter().find(|(name, text)| {
        name.starts_with("xl/worksheets/") && text.contains("promptTitle=\"脚注\"")
    });
    let (name, sheet) = name
        .map(|(name, text)| (name.clone(), text.clone()))
        .unwrap();
    // The row to add a footnote in is the last one of the form.
    let at = sheet.rfind("<c r=\"A").unwrap();
    let end = at + sheet[at..].find("/>").unwrap();
    let cell = &sheet[at..end];
    let typed = format!("{cell} t=\"inlineStr\"><is><t>{words}</t></is></c>");
    all.insert(name, sheet.replacen(&format!("{cell}/>"), &typed, 1));
    answer(&job, &folder, Some(package(&all)));
    let told = |job: &Path| {
        let found = findings(job);
        let own = found
            .iter()
            .find(|one| one["code"] == "S05" && one["file"] == "総務課_再提出.xlsx");
        own.unwrap_or_else(|| panic!("{found:#?}")).clone()
    };
    let before = told(&job);
    let said = before["message"].as_str().unwrap();
    assert!(
        said.contains("脚注の欄に") && said.contains(words),
        "{said}"
    );
    run(&["return", path(&job)]).ends_with(1);
    let again = fs::read(&form).unwrap();
    assert!(parts(&again)["xl/sharedStrings.xml"].contains(&format!(">{words}<")));
    fs::write(job.join("回収/総務課_再提出.xlsx"), again).unwrap();
    assert_eq!(told(&job)["message"], before["message"]);
}
