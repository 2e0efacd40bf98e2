//! The check report and the catalogue of rules, in the forms that people open: what is found is in
//! each of them, whole, and nothing of the inputs is obeyed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use crate::program::{
    SAMPLE, command, expect_file, finish, folder, root, run, run_in, sample_copy,
};
use torimatome::check::rules;
use torimatome::model::{CellRef, Workbook};
use torimatome::read::{Limits, workbook};

/// A title that a browser would take for markup and a reader for something else.
const HOSTILE: &str = "</script><img src=x onerror=alert(1)>\u{202e}&amp;";

/// The sample, but an item's title was typed by somebody with a sense of humour.
fn hostile_job(name: &str) -> PathBuf {
    let job = sample_copy(name);
    let path = job.join("回収/総務課.xlsx");
    let mut package = zip::ZipArchive::new(Cursor::new(fs::read(&path).unwrap())).unwrap();
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut replaced = 0;
    for at in 0..package.len() {
        let mut part = package.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if let Ok(text) = String::from_utf8(bytes.clone()) {
            let typed = "社会情勢に適応した人材の確保と育成";
            let escaped = HOSTILE
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;");
            replaced += text.matches(typed).count();
            bytes = text.replace(typed, &escaped).into_bytes();
        }
        let options = zip::write::SimpleFileOptions::default();
        written.start_file(name, options).unwrap();
        written.write_all(&bytes).unwrap();
    }
    assert!(replaced > 0, "the sample's title was not found");
    fs::write(&path, written.finish().unwrap().into_inner()).unwrap();
    let settings = job.join("torimatome.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let named = text.replace(
        "[plan]",
        "[plan]\nname = \"</title><script>alert(2)</script>\"",
    );
    assert_ne!(named, text);
    fs::write(settings, named).unwrap();
    job
}

/// The findings of a job, as the JSON report gives them.
fn findings(job: &str) -> Vec<BTreeMap<String, serde_json::Value>> {
    let document = run(&["check", job, "--format", "json"]).ends_with(1).json();
    serde_json::from_value(document["findings"].clone()).unwrap()
}

fn text<'f>(finding: &'f BTreeMap<String, serde_json::Value>, key: &str) -> &'f str {
    finding[key].as_str().unwrap_or("")
}

/// A page's visible text: tags taken out, characters as they are read, no white space.
fn shown(page: &str) -> String {
    let body = page.split("<body>").nth(1).unwrap();
    let body = body.split("<script>").next().unwrap();
    let mut text = String::new();
    for part in body.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    squeezed(&text.replace("&amp;", "&"))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What an unseen character of the hostile title is shown as.
fn seen(text: &str) -> String {
    squeezed(&text.replace('\u{202e}', "<U+202E>"))
}

fn html(job: &str) -> String {
    let args = ["check", job, "--format", "html", "-o", "-"];
    run(&args).ends_with(1).text().to_owned()
}

/// Every tag is closed in order; `meta` and `input` have no end.
fn assert_well_formed(page: &str) {
    let mut open = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let end = rest[at..].find('>').unwrap() + at;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        let name = tag.split(' ').next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{tag}"),
            None if ["!DOCTYPE", "meta", "input"].contains(&name) => {}
            None => open.push(name),
        }
        if ["style", "script"].contains(&name) {
            rest = &rest[rest.find("</").unwrap()..];
        }
    }
    assert_eq!(open, [""; 0]);
}

#[test]
fn every_finding_of_the_sample_is_on_the_page_and_the_page_needs_nothing_else() {
    let page = html(SAMPLE);
    assert_well_formed(&page);
    let (shown, findings) = (shown(&page), findings(SAMPLE));
    assert!(findings.len() > 15);
    for finding in &findings {
        for key in ["code", "message", "remedy", "found", "expected", "sheet"] {
            assert!(
                shown.contains(&squeezed(text(finding, key))),
                "{key}: {finding:?}"
            );
        }
    }
    for word in [
        "http:", "https:", "//", "url(", " src=", "@import", "<link", "<iframe", "style=\"",
    ] {
        let markup = page.replace("// A link to what is hidden would lead nowhere.", "");
        assert!(!markup.contains(word), "{word}");
    }
    assert_eq!(page.matches("<article ").count(), findings.len());
    assert_eq!(page.matches("<script>").count(), 1);
}

#[test]
fn attainment_is_shown_with_its_formula_or_with_the_reason_why_not() {
    let page = shown(&html(SAMPLE));
    for told in [
        "R5年度の達成状況：達成（145件 ÷ 85件 = 170.6%）",
        "R5年度の達成状況：判定不能（目標値がないため）",
        "R5年度の達成状況：判定不能（目標値が後の年度（R6年度）に定められているため）",
    ] {
        assert!(page.contains(&squeezed(told)), "{told}");
    }
}

#[test]
fn the_page_s_policy_allows_exactly_its_own_style_and_script() {
    use sha2::{Digest, Sha256};
    let page = html(SAMPLE);
    let inside = |tag: &str| {
        let begin = page.find(&format!("<{tag}>")).unwrap() + tag.len() + 2;
        let end = page[begin..].find(&format!("</{tag}>")).unwrap() + begin;
        let digest = Sha256::digest(&page.as_bytes()[begin..end]);
        digest
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let allowed = |kind: &str| {
        let rest = page.split(&format!("{kind}-src 'sha256-")).nth(1).unwrap();
        decoded(rest.split('\'').next().unwrap())
    };
    assert_eq!(inside("style"), allowed("style"));
    assert_eq!(inside("script"), allowed("script"));
}

/// Base64 as hexadecimal digits.
fn decoded(base64: &str) -> String {
    let sign = |c: char| match c {
        'A'..='Z' => c as u32 - 'A' as u32,
        'a'..='z' => c as u32 - 'a' as u32 + 26,
        '0'..='9' => c as u32 - '0' as u32 + 52,
        '+' => 62,
        '/' => 63,
        _ => panic!("{c}"),
    };
    let bits: String = base64
        .trim_end_matches('=')
        .chars()
        .map(|c| format!("{:06b}", sign(c)))
        .collect();
    let bytes = bits.as_bytes().chunks_exact(8);
    bytes
        .map(|bits| {
            format!(
                "{:02x}",
                u8::from_str_radix(std::str::from_utf8(bits).unwrap(), 2).unwrap()
            )
        })
        .collect()
}

#[test]
fn what_a_department_typed_stays_text_on_the_page() {
    let job = hostile_job("report-hostile");
    let page = html(job.to_str().unwrap());
    assert_well_formed(&page);
    assert!(!page.contains("<img") && !page.contains('\u{202e}'));
    assert_eq!(page.matches("<script>").count(), 1, "only our own");
    assert_eq!(page.matches("<title>").count(), 1);
    let shown = shown(&page);
    assert!(shown.contains(&seen(HOSTILE)));
    assert!(shown.contains("</title><script>alert(2)</script>"));
    for finding in &findings(job.to_str().unwrap()) {
        assert!(
            shown.contains(&seen(text(finding, "message"))),
            "{finding:?}"
        );
    }
}

/// A workbook of the program, by the program's own reader.
fn read(path: &Path) -> Workbook {
    workbook("点検結果.xlsx", fs::read(path).unwrap(), &Limits::default()).unwrap()
}

fn part(path: &Path, name: &str) -> String {
    let mut package = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    package
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn the_workbook_says_of_each_finding_what_the_other_reports_say() {
    let target = folder("report-xlsx").join("点検.xlsx");
    let args = [
        "check",
        SAMPLE,
        "--format",
        "xlsx",
        "-o",
        target.to_str().unwrap(),
    ];
    run(&args).ends_with(1);
    let book = read(&target);
    let names: Vec<&str> = book
        .sheets
        .iter()
        .map(|grid| grid.source.sheet.as_str())
        .collect();
    assert_eq!(names, ["点検結果", "提出状況"]);
    let grid = &book.sheets[0];
    let heads: BTreeMap<String, u32> = (0..20)
        .filter_map(|column| {
            let head = grid.text(CellRef::new(1, column))?.replace('\n', "");
            Some((head, column))
        })
        .collect();
    let keys = [
        ("規則", "code"),
        ("内容", "message"),
        ("記入されている内容", "found"),
        ("比べた内容（計画など）", "expected"),
        ("お願い", "remedy"),
        ("元ファイル", "file"),
        ("シート", "sheet"),
        ("主管課", "department"),
    ];
    let findings = findings(SAMPLE);
    for (row, finding) in (2..).zip(&findings) {
        for (head, key) in keys {
            let cell = CellRef::new(row, heads[head]);
            assert_eq!(
                grid.text(cell).unwrap_or(""),
                text(finding, key),
                "{cell} {finding:?}"
            );
        }
        let cells: Vec<&str> = finding["cells"]
            .as_array()
            .unwrap()
            .iter()
            .map(|cell| cell.as_str().unwrap())
            .collect();
        let own = CellRef::new(row, heads["セル"]);
        assert_eq!(grid.text(own).unwrap_or(""), cells.join("\n"));
        for head in ["対応", "回答"] {
            assert_eq!(
                grid.text(CellRef::new(row, heads[head])),
                None,
                "left for the office"
            );
        }
    }
    let last = CellRef::new(2 + findings.len() as u32, heads["規則"]);
    assert_eq!(grid.text(last), None);
}

#[test]
fn the_workbook_is_set_up_to_be_worked_with_and_printed() {
    let target = folder("report-setup").join("点検.xlsx");
    let args = [
        "check",
        SAMPLE,
        "--format",
        "xlsx",
        "-o",
        target.to_str().unwrap(),
    ];
    run(&args).ends_with(1);
    let (sheet, book) = (
        part(&target, "xl/worksheets/sheet1.xml"),
        part(&target, "xl/workbook.xml"),
    );
    for set_up in [
        "<autoFilter ref=\"A2:O",
        "<pane ySplit=\"2\"",
        "paperSize=\"9\"",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "<dataValidation type=\"list\"",
        "<conditionalFormatting sqref=\"A3:O",
    ] {
        assert!(sheet.contains(set_up), "{set_up}");
    }
    assert!(book.contains("_xlnm.Print_Titles") && book.contains("点検結果!$1:$2"));
    for at in 1..=2 {
        let sheet = part(&target, &format!("xl/worksheets/sheet{at}.xml"));
        assert!(
            !sheet.contains("<hyperlink"),
            "the items are not in this workbook"
        );
        assert!(!sheet.contains("<f>"));
    }
}

#[test]
fn reports_without_a_name_go_to_the_job_folder_and_say_so() {
    let job = sample_copy("report-names");
    let counts = run(&["check", job.to_str().unwrap()]).ends_with(1);
    let counts = counts.text().lines().last().unwrap().to_owned();
    assert!(counts.starts_with("誤り "), "{counts}");
    for (format, first) in [("html", true), ("html", false), ("xlsx", true)] {
        let run = run(&["check", job.to_str().unwrap(), "--format", format]).ends_with(1);
        let file = job.join(format!("点検結果_R5下半期.{format}"));
        assert!(file.is_file());
        let how = if first {
            "書き出しました"
        } else {
            "置き換えました"
        };
        let said = format!("{counts}\n点検結果を{how}: {}\n", file.display());
        assert_eq!((run.text(), run.stderr.as_str()), (said.as_str(), ""));
    }
    let dashed = run(&[
        "check",
        job.to_str().unwrap(),
        "--format",
        "html",
        "-o",
        "-",
    ])
    .ends_with(1);
    assert!(dashed.stdout == fs::read(job.join("点検結果_R5下半期.html")).unwrap());
    assert_eq!(dashed.stderr, "");
    let dashed = run(&[
        "check",
        job.to_str().unwrap(),
        "--format",
        "xlsx",
        "-o",
        "-",
    ])
    .ends_with(1);
    assert!(dashed.stdout == fs::read(job.join("点検結果_R5下半期.xlsx")).unwrap());
}

#[test]
fn a_name_that_does_not_suit_the_document_is_refused() {
    let home = folder("report-refused");
    let sample = root().join(SAMPLE);
    for (format, name, told) in [
        ("xlsx", "点検.xls", "「点検.xlsx」のような名前"),
        ("html", "点検.txt", "「点検.html」のような名前"),
        ("text", "点検.xlsx", "--format xlsx を付ける"),
        ("csv", "点検.htm", "--format html を付ける"),
    ] {
        let args = [
            "check",
            sample.to_str().unwrap(),
            "--format",
            format,
            "-o",
            name,
        ];
        let run = run_in(&home, &args).ends_with(2);
        assert!(run.stderr.contains(told), "{}", run.stderr);
    }
    assert_eq!(fs::read_dir(&home).unwrap().count(), 0);
    let into = sample.join("回収/点検.html");
    let args = [
        "check",
        sample.to_str().unwrap(),
        "--format",
        "html",
        "-o",
        into.to_str().unwrap(),
    ];
    run(&args).ends_with(2);
}

#[test]
fn the_same_job_gives_the_same_reports() {
    for format in ["html", "xlsx"] {
        let args = ["check", SAMPLE, "--format", format, "-o", "-", "--threads"];
        let once = run(&[&args[..], &["1"]].concat()).ends_with(1);
        let again = run(&[&args[..], &["4"]].concat()).ends_with(1);
        assert!(
            once.stdout == again.stdout && once.stdout.len() > 5_000,
            "{format}"
        );
    }
}

#[test]
fn the_catalogue_is_a_page_and_a_workbook_with_every_rule() {
    let home = folder("report-catalogue");
    for format in ["html", "xlsx"] {
        let args = ["explain", "--all", "--format", format];
        let run = run_in(&home, &args).ends_with(0);
        assert_eq!(
            run.text(),
            format!("点検規則の説明を書き出しました: 点検規則.{format}\n")
        );
    }
    let page = fs::read_to_string(home.join("点検規則.html")).unwrap();
    assert_well_formed(&page);
    let shown = shown(&page);
    let book = read(&home.join("点検規則.xlsx"));
    let said = |sheet: usize| {
        let cells = book.sheets[sheet].cells.values();
        let cells: Vec<&str> = cells.map(|cell| cell.text.as_str()).collect();
        cells
    };
    let (poster, list) = (said(0), said(1));
    for rule in rules() {
        for text in [rule.code, rule.title, rule.why, rule.remedy, rule.example] {
            assert!(shown.contains(&squeezed(text)), "{text}");
            assert!(list.contains(&text), "{text}");
        }
        assert!(poster.contains(&rule.code) && poster.contains(&rule.title));
    }
    let setup = part(&home.join("点検規則.xlsx"), "xl/worksheets/sheet1.xml");
    assert!(setup.contains("orientation=\"landscape\"") && setup.contains("fitToPage=\"1\""));
    let one = run_in(&home, &["explain", "K03", "--format", "html", "-o", "-"]).ends_with(0);
    assert!(one.text().contains("K03") && !one.text().contains("K04"));
}

#[test]
fn an_unseen_character_in_a_file_s_name_is_shown_by_its_code() {
    let job = sample_copy("report-skipped");
    fs::write(job.join("回収/~$\u{202e}総務課.xlsx"), "Excel").unwrap();
    let run = finish(
        command(root())
            .args(["check", job.to_str().unwrap()])
            .output(),
    );
    assert!(run.text().contains("~$<U+202E>総務課.xlsx") && !run.text().contains('\u{202e}'));
}

/// The catalogue of the Japanese README: between its marks it is what the registry says.
#[test]
fn the_catalogue_of_the_japanese_readme_is_the_registry_s() {
    const BEGIN: &str = "<!-- 点検規則の一覧：ここから（プログラムから作成） -->\n";
    const END: &str = "<!-- 点検規則の一覧：ここまで -->\n";
    let page = fs::read_to_string(root().join("README.ja.md"))
        .unwrap()
        .replace("\r\n", "\n");
    let (before, rest) = page.split_once(BEGIN).expect("the catalogue begins");
    let (_, after) = rest.split_once(END).expect("the catalogue ends");
    let mut table = String::from(
        "| 規則 | 題名 | 区分 | 時期 | 見つけるもの（例） |\n| --- | --- | --- | --- | --- |\n",
    );
    for rule in rules() {
        let cells = [
            rule.code,
            rule.title,
            rule.level.label(),
            rule.when.label(),
            rule.example,
        ];
        let cells = cells.map(|cell| cell.replace('|', "\\|").replace('<', "&lt;"));
        table.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    expect_file(
        "README.ja.md",
        &format!("{before}{BEGIN}{table}{END}{after}"),
    );
}
