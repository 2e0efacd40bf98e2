//! What is published holds what the public reads and nothing of the office's: every part is opened.

use std::fs;
use std::path::{Path, PathBuf};

use crate::parts::{Element, Parts, element, package, parts as parts_of, sheets};
use crate::program::{Run, SAMPLE, files_below, folder, root, run, sample_copy};
use crate::soundness;
use rust_xlsxwriter::{DocProperties, Note, Url, Workbook};
use torimatome::model::{CellRef, Grid, UNSETTLED};
use torimatome::read::{Limits, workbook};

const SETTLED: &str = "進捗管理票_R5下半期_公表用.xlsx";
const FORCED: &str = "進捗管理票_R5下半期_公表用_未確定.xlsx";
const REASON: &str = "内部の事情により了解";
const TABLE: &str = "数値目標総括表";
/// A link that a department typed: it is published as the text that it is.
const TYPED: &str = "https://www.example.jp/kaikaku?a=1&b=2";
/// What a department's files hold beside the form, and no word of it is for the public.
const PRIVATE: [&str; 13] = [
    "内山花子",
    "市役所第三係",
    "部長佐藤",
    "秘密の主題",
    "fsv01",
    "Users",
    "intra.example",
    "メモの中身",
    "非表示行の控え",
    "非表示列の控え",
    "非表示シートの控え",
    "隠れた名前",
    "文書の控え",
];

/// Accepts every error of the sample.
fn acknowledged(name: &str) -> PathBuf {
    let job = sample_copy(name);
    let mut args = vec!["check", job.to_str().unwrap(), "--reason", REASON];
    for finding in ["P10 1 E25", "N03 2", "P06 3", "N08 6", "P05 7"] {
        args.extend(["--acknowledge", finding]);
    }
    run(&args).ends_with(0);
    job
}

/// Makes every error of a job a warning.
fn lowered(job: &Path) {
    let found = run(&["check", job.to_str().unwrap(), "--format", "json"]).json();
    let mut settings = fs::read_to_string(job.join("torimatome.toml")).unwrap();
    settings.push_str("\n[rules]\n");
    let findings = found["findings"].as_array().unwrap();
    let errors = findings
        .iter()
        .filter(|finding| finding["level"] == "error");
    let codes = errors.map(|finding| finding["code"].as_str().unwrap());
    for code in codes.collect::<std::collections::BTreeSet<_>>() {
        settings.push_str(&format!("{code} = \"warning\"\n"));
    }
    fs::write(job.join("torimatome.toml"), settings).unwrap();
}

fn publish(job: &Path, more: &[&str]) -> Run {
    run(&[&["merge", job.to_str().unwrap(), "--publish"], more].concat())
}

/// A job whose workbooks are full of what is nobody else's business.
fn private_job(name: &str) -> PathBuf {
    let job = sample_copy(name);
    for (path, bytes) in files_below(&job) {
        if path.extension().is_none_or(|extension| extension != "xlsx") {
            continue;
        }
        let bytes = match path.starts_with("回収") {
            true => with_private_content(&path.to_string_lossy(), bytes),
            false => bytes,
        };
        fs::write(job.join(path), with_private_parts(&bytes)).unwrap();
    }
    job
}

/// The same forms, with notes, links, and hidden rows, columns, sheets and names.
fn with_private_content(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    let book = workbook(name, bytes, &Limits::default()).unwrap();
    let mut out = Workbook::new();
    let properties = DocProperties::new()
        .set_author("内山花子")
        .set_company("市役所第三係")
        .set_manager("部長佐藤")
        .set_subject("秘密の主題")
        .set_hyperlink_base("file:///fsv01/");
    out.set_properties(&properties);
    for grid in &book.sheets {
        let sheet = out.add_worksheet();
        sheet.set_name(&grid.source.sheet).unwrap();
        let plain = rust_xlsxwriter::Format::new();
        for range in grid.merges.values() {
            let (first, last) = (range.first, range.last);
            let (left, right) = (first.column as u16, last.column as u16);
            sheet
                .merge_range(first.row, left, last.row, right, "", &plain)
                .unwrap();
        }
        let last = grid.cells.keys().map(|cell| cell.row).max().unwrap_or(0);
        for (cell, content) in &grid.cells {
            let column = cell.column as u16;
            let text = match is_action(grid, *cell) {
                true => format!("{} {TYPED}", content.text),
                false => content.text.clone(),
            };
            sheet.write_string(cell.row, column, &text).unwrap();
            if is_action(grid, *cell) {
                let link = Url::new("https://intra.example.lg.jp/").set_text(&text);
                sheet.write_url(cell.row, column, link).unwrap();
                let note = Note::new("メモの中身").set_author("内山花子");
                sheet.insert_note(cell.row, column, &note).unwrap();
            }
        }
        sheet.write_string(last + 9, 1, "非表示行の控え").unwrap();
        sheet.set_row_hidden(last + 9).unwrap();
        sheet.write_string(3, 30, "非表示列の控え").unwrap();
        sheet.set_column_hidden(30).unwrap();
    }
    let hidden = out.add_worksheet();
    hidden.set_name("控え").unwrap();
    hidden.write_string(0, 0, "非表示シートの控え").unwrap();
    hidden.set_hidden(true);
    out.define_name("隠れた名前", "=控え!$A$1").unwrap();
    out.save_to_buffer().unwrap()
}

/// Whether a cell is the entry below the heading of the 改善事項.
fn is_action(grid: &Grid, cell: CellRef) -> bool {
    let above = (0..cell.row).rev().take(2);
    let mut above = above.filter_map(|row| grid.text(CellRef::new(row, cell.column)));
    above.next().is_some_and(|text| text.contains("【Action】"))
}

/// The workbook with the parts that Excel adds when it is saved from a department's desk.
fn with_private_parts(bytes: &[u8]) -> Vec<u8> {
    let mut parts = parts_of(bytes);
    let core = parts.get_mut("docProps/core.xml").unwrap();
    for (name, word) in [("dc:description", "文書の控え"), ("cp:keywords", "fsv01")] {
        let end = "</cp:coreProperties>";
        *core = core.replace(end, &format!("<{name}>{word}</{name}>{end}"));
    }
    let mut add = |name: &str, text: &str| drop(parts.insert(name.to_owned(), text.to_owned()));
    add(
        "xl/externalLinks/externalLink1.xml",
        "<externalLink xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <externalBook r:id=\"rId1\"/></externalLink>",
    );
    add(
        "xl/externalLinks/_rels/externalLink1.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/\
         relationships/externalLinkPath\" Target=\"file:///C:/Users/fsv01.xlsx\" \
         TargetMode=\"External\"/></Relationships>",
    );
    add("customXml/item1.xml", "<secret>文書の控え</secret>");
    add("xl/printerSettings/printerSettings1.bin", "<p>fsv01</p>");
    let types = parts.get_mut("[Content_Types].xml").unwrap();
    *types = types.replace(
        "</Types>",
        "<Default Extension=\"bin\" ContentType=\"application/vnd.openxmlformats-officedocument.\
         spreadsheetml.printerSettings\"/><Override PartName=\"/xl/externalLinks/externalLink1.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml\"/>\
         </Types>",
    );
    package(&parts)
}

/// The parts that a published workbook is made of, beside its sheets.
const PARTS: [&str; 10] = [
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/app.xml",
    "docProps/core.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/theme/theme1.xml",
    "xl/workbook.xml",
    "xl/worksheets/",
];
/// What the document's properties may be, and of which every word is told.
const PROPERTIES: [&str; 15] = [
    "Application",
    "DocSecurity",
    "ScaleCrop",
    "HeadingPairs",
    "TitlesOfParts",
    "Company",
    "LinksUpToDate",
    "SharedDoc",
    "HyperlinksChanged",
    "AppVersion",
    "dc:title",
    "dc:creator",
    "cp:lastModifiedBy",
    "dcterms:created",
    "dcterms:modified",
];
const NOBODY: [&str; 3] = ["Company", "dc:creator", "cp:lastModifiedBy"];

/// Everything in a package that is not for the public, or a page that does not say what it must.
fn traces(bytes: &[u8], unsettled: bool, private: &[&str]) -> Vec<String> {
    let parts = parts_of(bytes);
    let mut traces = Vec::new();
    for (name, xml) in &parts {
        let known = PARTS.iter().any(|part| match part.strip_suffix('/') {
            Some(folder) => name
                .strip_prefix(folder)
                .and_then(|rest| rest.strip_prefix("/sheet"))
                .and_then(|rest| rest.strip_suffix(".xml"))
                .is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit())),
            None => part == name,
        });
        if !known {
            traces.push(format!("part {name}"));
        }
        for word in private.iter().filter(|word| xml.contains(*word)) {
            traces.push(format!("{name} says {word}"));
        }
        if !unsettled && xml.contains(UNSETTLED) {
            traces.push(format!("{name} is marked"));
        }
        for one in element(&parts, name).all() {
            if one.get("TargetMode").is_some() || one.get("Target").is_some_and(is_outside) {
                traces.push(format!("{name} leads outside"));
            }
        }
    }
    for name in ["docProps/app.xml", "docProps/core.xml"] {
        for property in &element(&parts, name).children {
            let tells = NOBODY.contains(&property.name.as_str()) && !property.words().is_empty();
            if tells || !PROPERTIES.contains(&property.name.as_str()) {
                traces.push(format!("{name} tells {}", property.name));
            }
        }
    }
    of_workbook(&element(&parts, "xl/workbook.xml"), &mut traces);
    let fills = element(&parts, "xl/styles.xml");
    let look = torimatome::default_layout().look;
    for colour in fills.all().iter().filter_map(|one| one.get("rgb")) {
        if [&look.missing_fill, &look.question_fill]
            .iter()
            .any(|asked| colour.ends_with(asked.as_str()))
        {
            traces.push(format!("shaded {colour}"));
        }
    }
    for (name, _, sheet) in sheets(&parts) {
        of_sheet(&name, &sheet, unsettled, &mut traces);
    }
    traces
}

fn is_outside(target: &str) -> bool {
    target.contains("..") || target.contains(':') || target.contains('\\')
}

fn of_workbook(workbook: &Element, traces: &mut Vec<String>) {
    let known = [
        "fileVersion",
        "workbookPr",
        "bookViews",
        "sheets",
        "definedNames",
        "calcPr",
    ];
    for child in &workbook.children {
        if !known.contains(&child.name.as_str()) {
            traces.push(format!("workbook has {}", child.name));
        }
    }
    for sheet in workbook.below("sheets") {
        if sheet.get("state").is_some() {
            traces.push("a hidden sheet".to_owned());
        }
    }
    for name in workbook.below("definedNames") {
        let told = name.get("name").unwrap();
        if !["_xlnm.Print_Area", "_xlnm.Print_Titles"].contains(&told) {
            traces.push(format!("name {told}"));
        }
        if name.get("hidden").is_some() || name.get("comment").is_some() {
            traces.push(format!("hidden name {told}"));
        }
    }
}

fn of_sheet(name: &str, sheet: &Element, unsettled: bool, traces: &mut Vec<String>) {
    for one in sheet.all() {
        if one.get("hidden").is_some() || one.get("zeroHeight").is_some() {
            traces.push(format!("{name}: a hidden {}", one.name));
        }
        let flat = |size: &str| {
            one.get(size)
                .is_some_and(|size| size.parse::<f64>().unwrap() <= 0.0)
        };
        if flat("ht") || one.name == "col" && flat("width") {
            traces.push(format!("{name}: a flat {}", one.name));
        }
        if one.get("r:id").is_some() || one.name == "f" {
            traces.push(format!("{name}: {} leads elsewhere", one.name));
        }
    }
    // Lists lead to the items and an item back to the index; nothing else is a link.
    let back = match name {
        "取組項目一覧" | TABLE => "'取組",
        _ => "'取組項目一覧'!",
    };
    for link in sheet.below("hyperlinks") {
        let location = link.get("location").unwrap_or_default();
        if !location.starts_with(back) || link.get("tooltip").is_some() {
            traces.push(format!("{name}: a link"));
        }
    }
    let headers: Vec<&Element> = sheet.below("headerFooter").iter().collect();
    let says = |kind: &str| {
        let header = headers.iter().find(|one| one.name == kind);
        header.is_some_and(|header| header.text.contains(UNSETTLED))
    };
    let different = sheet.child("headerFooter").is_some_and(|one| {
        one.get("differentOddEven").is_some() || one.get("differentFirst").is_some()
    });
    if unsettled && (different || !says("oddHeader")) {
        traces.push(format!("{name}: pages without {UNSETTLED}"));
    }
}

#[track_caller]
fn assert_public(path: &Path, unsettled: bool, private: &[&str]) -> Vec<u8> {
    assert_public_with(&[], path, unsettled, private)
}

/// The same of a workbook with further sheets behind the items.
#[track_caller]
fn assert_public_with(further: &[&str], path: &Path, unsettled: bool, private: &[&str]) -> Vec<u8> {
    let bytes = fs::read(path).unwrap();
    let found = traces(&bytes, unsettled, private);
    assert_eq!(found, Vec::<String>::new(), "{}", path.display());
    assert_eq!(soundness::faults(&bytes), Vec::<String>::new());
    let names = sheets(&parts_of(&bytes))
        .into_iter()
        .map(|(name, _, _)| name);
    let items = (1..=7).map(|number| format!("取組{number}"));
    let wanted = ["表紙", "取組項目一覧"].map(str::to_owned);
    let further = further.iter().map(|name| (*name).to_owned());
    assert!(names.eq(wanted.into_iter().chain(items).chain(further)));
    bytes
}

/// The names of the job's files and folders, the machine's path to it, and why things were accepted.
fn of_the_job(job: &Path) -> Vec<String> {
    let mut words = vec![REASON.to_owned(), job.to_str().unwrap().to_owned()];
    words.extend(["回収/", "確認済み", "torimatome.toml"].map(str::to_owned));
    let files = files_below(job).into_keys();
    words.extend(files.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()));
    words
}

fn exported(what: &Path) -> serde_json::Value {
    let export = run(&[
        "export",
        what.to_str().unwrap(),
        "--format",
        "json",
        "-o",
        "-",
    ]);
    assert!(export.status < 2, "{}", export.stderr);
    export.json()
}

#[track_caller]
fn assert_says_the_same(published: &Path, job: &Path) {
    let (of_book, of_job) = (exported(published), exported(job));
    assert_eq!(of_job["items"].as_array().unwrap().len(), 7);
    for key in ["items", "city", "plan", "plan_years", "period"] {
        assert_eq!(of_book[key], of_job[key], "{key}");
    }
}

#[test]
fn errors_that_nobody_acknowledged_keep_a_workbook_from_the_public() {
    let job = sample_copy("publish-refused");
    fs::write(job.join(SETTLED), "前に公表したもの").unwrap();
    let before = files_below(&job);
    for more in [
        &[][..],
        &["-o", "-"],
        &["-o", job.join("新.xlsx").to_str().unwrap()],
    ] {
        let refused = publish(&job, more).ends_with(2);
        assert!(refused.stdout.is_empty());
        for words in [
            "誤りが5件",
            "P10 取組1 企画政策課.xlsx「1」!E25（",
            "N03 取組2 企画政策課.xlsx「2」!J33（",
            "P05 取組7 総務課.xlsx「取組7」!A18（",
            "了解済み",
            "--force",
        ] {
            assert!(
                refused.stderr.contains(words),
                "{words}: {}",
                refused.stderr
            );
        }
    }
    assert!(before == files_below(&job));
    // What is advised can be done as it is printed, and counts.
    let advised = publish(&job, &[]).stderr;
    let advised = advised
        .split("例: torimatome check ")
        .nth(1)
        .and_then(|rest| rest.split('）').next())
        .unwrap();
    let (folder, options) = advised.split_once(" --acknowledge ").unwrap();
    let (finding, reason) = options.split_once(" --reason ").unwrap();
    let plain = |quoted: &str| quoted.trim_matches('"').to_owned();
    let (finding, reason) = (plain(finding), plain(reason));
    let args = [
        "check",
        folder,
        "--acknowledge",
        &finding,
        "--reason",
        &reason,
    ];
    run(&args).ends_with(1);
    let refused = publish(&job, &[]).ends_with(2);
    assert!(refused.stderr.contains("誤りが4件"), "{}", refused.stderr);
}

#[test]
fn what_was_acknowledged_may_be_published_and_shows_nowhere() {
    let job = acknowledged("publish-acknowledged");
    let done = publish(&job, &[]).ends_with(0);
    for words in [
        "評価集計・提出状況・点検結果・出典",
        "公表用のブックを書き出しました",
    ] {
        assert!(done.text().contains(words), "{words}: {}", done.text());
    }
    let target = job.join(SETTLED);
    let private = of_the_job(&job);
    let private = private.iter().filter(|word| *word != SETTLED);
    let private: Vec<&str> = private.map(String::as_str).collect();
    let bytes = assert_public(&target, false, &private);
    assert_says_the_same(&target, &job);
    for threads in ["1", "2"] {
        let again = publish(&job, &["--threads", threads]).ends_with(0);
        assert!(again.text().contains("公表用のブックを置き換えました"));
        assert!(bytes == fs::read(&target).unwrap(), "{threads} threads");
    }
    let stdout = publish(&job, &["-o", "-"]).ends_with(0);
    assert!(stdout.stdout == bytes && stdout.stderr.contains("点検結果・出典"));
}

#[test]
fn a_layout_may_let_the_public_see_the_table_of_kpis() {
    let job = acknowledged("publish-table");
    let layout = fs::read_to_string(root().join("templates/ojiya-r4.toml")).unwrap();
    let layout = layout.replace("kpi_table = false", "kpi_table = true");
    fs::write(job.join("様式.toml"), layout).unwrap();
    let layout = job.join("様式.toml");
    let done = publish(&job, &["--layout", layout.to_str().unwrap()]).ends_with(0);
    assert!(!done.text().contains(TABLE) && done.text().contains("グラフ"));
    let target = job.join(SETTLED);
    let bytes = assert_public_with(&[TABLE], &target, false, &[REASON, "グラフ用の数値"]);
    let table = workbook("公表用.xlsx", bytes, &Limits::default()).unwrap();
    let table = table.sheets.last().unwrap();
    let says = |text: &str| table.cells.values().any(|cell| cell.text == text);
    assert!(says("145件 ÷ 85件 = 170.6%") && says("達成") && !says("推移"));
    assert_says_the_same(&target, &job);
}

#[test]
fn what_departments_left_in_their_files_is_not_published() {
    let job = private_job("publish-private");
    let mut private: Vec<String> = of_the_job(&job);
    private.extend(PRIVATE.map(str::to_owned));
    let private: Vec<&str> = private.iter().map(String::as_str).collect();
    // What is looked for is there to be found.
    let returned = fs::read(job.join("回収/建設課.xlsx")).unwrap();
    let found = traces(&returned, false, &PRIVATE);
    for word in PRIVATE {
        let says = format!("says {word}");
        assert!(found.iter().any(|trace| trace.contains(&says)), "{word}");
    }
    publish(&job, &[]).ends_with(2);
    publish(&job, &["--force"]).ends_with(1);
    let forced = assert_public(&job.join(FORCED), true, &private);
    lowered(&job);
    publish(&job, &[]).ends_with(0);
    let settled = assert_public(&job.join(SETTLED), false, &private);
    for bytes in [forced, settled] {
        let said = &parts_of(&bytes)["xl/sharedStrings.xml"];
        assert!(said.contains("https://www.example.jp/kaikaku?a=1&amp;b=2"));
    }
    assert_says_the_same(&job.join(SETTLED), &job);
}

#[test]
fn a_forced_workbook_says_on_every_page_that_it_is_not_settled() {
    let job = sample_copy("publish-forced");
    fs::write(job.join(SETTLED), "前に公表したもの").unwrap();
    let done = publish(&job, &["--force"]).ends_with(1);
    for words in ["すべてのページに「未確定」", "誤りが5件"] {
        assert!(done.text().contains(words), "{words}: {}", done.text());
    }
    let kept = fs::read(job.join(SETTLED)).unwrap();
    assert_eq!(kept, "前に公表したもの".as_bytes());
    let target = job.join(FORCED);
    let bytes = assert_public(&target, true, &[]);
    let book = workbook(FORCED, bytes.clone(), &Limits::default()).unwrap();
    let cover = book.sheets[0].cells.values();
    assert!(cover.into_iter().any(|cell| cell.text == UNSETTLED));
    let core = &parts_of(&bytes)["docProps/core.xml"];
    assert!(core.contains("下半期 未確定</dc:title>"));
    assert_says_the_same(&target, &job);
    // A cover that names no issuer must not take the mark for one.
    let settings = fs::read_to_string(job.join("torimatome.toml")).unwrap();
    let without = settings.replace("issuer", "# issuer");
    fs::write(job.join("torimatome.toml"), without).unwrap();
    publish(&job, &["--force"]).ends_with(1);
    let layout = torimatome::default_layout();
    let bytes = fs::read(&target).unwrap();
    let book = torimatome::official_book(FORCED, bytes, &layout, &Limits::default()).unwrap();
    assert_ne!(book.cover.issuer.as_deref(), Some(UNSETTLED));
    assert_eq!(book.cover.issued.as_deref(), Some("令和6年6月"));
}

#[test]
fn without_errors_there_is_nothing_to_force() {
    let job = acknowledged("publish-needlessly-forced");
    let done = publish(&job, &["--force"]).ends_with(0);
    assert!(!done.text().contains(UNSETTLED), "{}", done.text());
    assert_public(&job.join(SETTLED), false, &[REASON]);
    assert!(!job.join(FORCED).exists());
}

/// A part, what is replaced in it, by what, and what must be found.
const LEAKS: [(&str, &str, &str, &str); 20] = [
    (
        "xl/comments1.xml",
        "",
        "<comments/>",
        "part xl/comments1.xml",
    ),
    (
        "xl/drawings/vmlDrawing1.vml",
        "",
        "<xml/>",
        "part xl/drawings",
    ),
    (
        "xl/worksheets/_rels/sheet1.xml.rels",
        "",
        "<Relationships/>",
        "part xl/worksheets/_rels",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "Target=\"worksheets/sheet2.xml\"",
        "Target=\"worksheets/sheet2.xml\" TargetMode=\"External\"",
        "leads outside",
    ),
    (
        "xl/workbook.xml",
        "sheetId=\"2\"",
        "sheetId=\"2\" state=\"veryHidden\"",
        "a hidden sheet",
    ),
    (
        "xl/workbook.xml",
        "</definedNames>",
        "<definedName name=\"課長\">取組1!$A$1</definedName></definedNames>",
        "name 課長",
    ),
    (
        "xl/workbook.xml",
        "<definedName ",
        "<definedName hidden=\"1\" ",
        "hidden name",
    ),
    (
        "xl/workbook.xml",
        "<sheets>",
        "<fileSharing userName=\"内山\"/><sheets>",
        "fileSharing",
    ),
    (
        "docProps/app.xml",
        "<Company>",
        "<Company>市役所",
        "tells Company",
    ),
    (
        "docProps/app.xml",
        "<Company>",
        "<Manager>部長</Manager><Company>",
        "tells Manager",
    ),
    (
        "docProps/core.xml",
        "<dc:creator>",
        "<dc:creator>内山",
        "tells dc:creator",
    ),
    (
        "docProps/core.xml",
        "<dc:creator>",
        "<dc:subject>控え</dc:subject><dc:creator>",
        "tells dc:subject",
    ),
    (
        "docProps/core.xml",
        "<cp:lastModifiedBy>",
        "<cp:lastModifiedBy>内山",
        "tells cp:lastModifiedBy",
    ),
    ("xl/styles.xml", "FFEDEDED", "FFFFE699", "shaded"),
    (
        "xl/worksheets/sheet3.xml",
        "<row r=\"2\"",
        "<row r=\"2\" hidden=\"1\"",
        "a hidden row",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "<col ",
        "<col hidden=\"1\" ",
        "a hidden col",
    ),
    (
        "xl/worksheets/sheet3.xml",
        " ht=\"",
        " ht=\"0\" was=\"",
        "a flat row",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "location=\"'取組項目一覧'!",
        "location=\"'表紙'!",
        "a link",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "<pageSetup ",
        "<pageSetup r:id=\"rId1\" ",
        "leads elsewhere",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "未確定",
        "",
        "pages without 未確定",
    ),
];

#[test]
fn each_trace_is_found() {
    let target = folder("publish-traces").join("公表用.xlsx");
    let args = ["merge", SAMPLE, "--publish", "--force", "-o"];
    run(&[&args[..], &[target.to_str().unwrap()]].concat()).ends_with(1);
    let sound = parts_of(&fs::read(&target).unwrap());
    for (part, old, new, said) in LEAKS {
        let mut parts: Parts = sound.clone();
        let text = parts.entry(part.to_owned()).or_default();
        assert!(text.contains(old), "{part} holds no {old}");
        *text = text.replacen(old, new, 1);
        let found = traces(&package(&parts), true, &[]);
        let told = found.iter().any(|trace| trace.contains(said));
        assert!(told, "{part}: {old} → {new}: {found:?}");
    }
    assert!(!traces(&package(&sound), false, &[]).is_empty());
    let sample = files_below(&root().join(SAMPLE));
    assert!(
        sample
            .keys()
            .all(|path| !path.to_string_lossy().contains("公表用"))
    );
}
