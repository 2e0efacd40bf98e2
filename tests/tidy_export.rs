//! `export --format csv`: what is given out reads back as a return, in both encodings.

use std::fs;
use std::path::Path;

use crate::program::{folder, root, run, sample_copy};
use torimatome::model::text::cp932_twin;

const SAMPLE: &str = "samples/ojiya-r5";

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The items of a job or a workbook.
fn items(job: &str) -> serde_json::Value {
    let run = run(&["export", job, "--format", "json", "-o", "-", "--quiet"]);
    run.json()["items"].clone()
}

/// A job like the sample's whose departments have returned tables alone.
fn job_of_tables(name: &str, tables: &Path) -> std::path::PathBuf {
    let job = sample_copy(name);
    let collected = job.join("回収");
    fs::remove_dir_all(&collected).unwrap();
    fs::create_dir(&collected).unwrap();
    for table in ["kpi.csv", "text.csv"] {
        fs::copy(tables.join(table), collected.join(table)).unwrap();
    }
    job
}

fn twins(value: &serde_json::Value) -> serde_json::Value {
    let text = value
        .to_string()
        .chars()
        .map(cp932_twin)
        .collect::<String>();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn tables_are_read_back_as_the_returns_they_were_made_of() {
    let tables = folder("tidy-export-utf8");
    run(&["export", SAMPLE, "--format", "csv", "-o", path(&tables)]).ends_with(1);
    for table in ["kpi.csv", "text.csv"] {
        let bytes = fs::read(tables.join(table)).unwrap();
        assert!(bytes.starts_with(b"\xEF\xBB\xBF"), "{table}");
        let lines = bytes.split(|byte| *byte == b'\n');
        assert!(lines.take(2).all(|line| line.ends_with(b"\r")), "{table}");
    }
    let again = items(path(&job_of_tables("tidy-export-job", &tables)));
    let wanted = items(SAMPLE);
    for (wanted, again) in wanted
        .as_array()
        .unwrap()
        .iter()
        .zip(again.as_array().unwrap())
    {
        assert_eq!(wanted, again);
    }
    assert_eq!(wanted, again);
}

#[test]
fn tables_in_cp932_are_read_back_by_their_twins() {
    let tables = folder("tidy-export-cp932");
    let args = [
        "export",
        SAMPLE,
        "--format",
        "csv",
        "--encoding",
        "cp932",
        "-o",
        path(&tables),
    ];
    run(&args).ends_with(1);
    let bytes = fs::read(tables.join("text.csv")).unwrap();
    assert!(std::str::from_utf8(&bytes).is_err());
    assert!(!bytes.windows(2).any(|two| two == b"&#"));
    let again = items(path(&job_of_tables("tidy-export-cp932-job", &tables)));
    // The fields of the plan are still as the plan has them.
    assert_eq!(twins(&items(SAMPLE)), twins(&again));
}

#[test]
fn a_workbook_gives_the_tables_of_its_job() {
    let out = folder("tidy-export-workbook");
    let book = out.join("集約版.xlsx");
    run(&["merge", SAMPLE, "-o", path(&book), "--quiet"]).ends_with(1);
    let (of_job, of_book) = (out.join("案件"), out.join("ブック"));
    run(&["export", SAMPLE, "--format", "csv", "-o", path(&of_job)]).ends_with(1);
    run(&[
        "export",
        path(&book),
        "--format",
        "csv",
        "-o",
        path(&of_book),
    ])
    .ends_with(0);
    for table in ["kpi.csv", "text.csv"] {
        let read = |folder: &Path| fs::read_to_string(folder.join(table)).unwrap();
        assert_eq!(read(&of_job), read(&of_book), "{table}");
    }
}

#[test]
fn a_value_is_one_number_without_its_unit() {
    let tables = folder("tidy-export-values");
    run(&["export", SAMPLE, "--format", "csv", "-o", path(&tables)]).ends_with(1);
    let text = fs::read_to_string(tables.join("kpi.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let at = |heading: &str| {
        let mut headings = text
            .trim_start_matches('\u{FEFF}')
            .lines()
            .next()
            .unwrap()
            .split(',');
        headings.position(|one| one == heading).unwrap()
    };
    let (value, kind, part, raw) = (at("値"), at("種別"), at("内訳"), at("原文"));
    let mut kinds = std::collections::BTreeMap::new();
    for row in rows.records() {
        let row = row.unwrap();
        *kinds.entry(row[kind].to_owned()).or_insert(0) += 1;
        let digits = row[value]
            .chars()
            .all(|c| c.is_ascii_digit() || "-.".contains(c));
        assert!(digits, "{row:?}");
        assert_eq!(row[raw].is_empty(), &row[kind] == "空欄", "{row:?}");
        if row[raw].starts_with('①') {
            assert!(["①", "②"].contains(&&row[part]), "{row:?}");
        }
    }
    for kind in ["数量", "随時", "段階", "なし", "空欄"] {
        assert!(
            kinds.get(kind).is_some_and(|count| *count > 0),
            "{kind}: {kinds:?}"
        );
    }
}

#[test]
fn what_cannot_be_encoded_is_refused_by_its_cell_and_nothing_is_written() {
    let tables = folder("tidy-export-plain");
    run(&["export", SAMPLE, "--format", "csv", "-o", path(&tables)]).ends_with(1);
    let text = fs::read_to_string(tables.join("text.csv")).unwrap();
    let cancelled = text.replace("市民の負担", "市民𠮷の負担");
    assert_ne!(text, cancelled);
    let text = text.replace("施設間", "施設𠮷間");
    fs::write(tables.join("text.csv"), text).unwrap();
    let job = job_of_tables("tidy-export-refused", &tables);
    let out = job.join("表");
    let args = [
        "export",
        path(&job),
        "--format",
        "csv",
        "--encoding",
        "cp932",
        "-o",
        path(&out),
    ];
    let refused = run(&args).ends_with(2);
    let said = refused.stderr;
    for words in ["text.csv", "!G", "「𠮷」（U+20BB7）", "--encoding utf-8"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!out.exists());
}

#[test]
fn guarded_tables_hold_nothing_that_begins_like_a_formula() {
    let tables = folder("tidy-export-guard");
    run(&["export", SAMPLE, "--format", "csv", "-o", path(&tables)]).ends_with(1);
    let text = fs::read_to_string(tables.join("text.csv")).unwrap();
    fs::write(tables.join("text.csv"), text.replace("施設間", "=施設間")).unwrap();
    let job = job_of_tables("tidy-export-guard-job", &tables);
    let begins = |guard: &[&str]| {
        let out = job.join("表");
        let mut args = vec!["export", path(&job), "--format", "csv", "-o", path(&out)];
        args.extend(guard);
        run(&args).ends_with(1);
        let text = fs::read_to_string(out.join("text.csv")).unwrap();
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let cells = rows.records().flat_map(|row| {
            let row = row.unwrap();
            row.iter().map(str::to_owned).collect::<Vec<_>>()
        });
        cells
            .filter(|cell| cell.starts_with(['=', '+', '-', '@']))
            .count()
    };
    assert!(begins(&[]) > 0);
    assert_eq!(begins(&["--guard"]), 0);
}

#[test]
fn a_place_that_is_no_folder_is_refused() {
    let file = folder("tidy-export-file").join("表.csv");
    fs::write(&file, "前の表").unwrap();
    run(&["export", SAMPLE, "--format", "csv", "-o", path(&file)]).ends_with(2);
    assert_eq!(fs::read_to_string(&file).unwrap(), "前の表");
    run(&["export", SAMPLE, "--format", "csv", "-o", "-"]).ends_with(2);
    let json = [
        "export",
        SAMPLE,
        "--format",
        "json",
        "--encoding",
        "cp932",
        "-o",
        "-",
    ];
    run(&json).ends_with(2);
    assert!(root().join(SAMPLE).is_dir());
}
