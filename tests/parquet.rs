//! `export --format parquet`: the tables of the CSV with real types, in the partition of their city
//! and period, from many jobs and workbooks at once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::wildcard_enum_match_arm
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{Run, SAMPLE, files_below, folder, root, run, sample_copy};
use crate::{miniature, program};
use parquet::data_type::Decimal;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::schema::printer::print_schema;

const HOSHIKAWA: &str = "samples/hoshikawa-r5";
const OJIYA_R5: &str = "city=小千谷市/fiscal_year=2023/half=second";
const TABLES: [&str; 2] = ["kpi", "text"];

type Row = BTreeMap<String, Field>;

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn export(sources: &[&str], output: &Path) -> Run {
    let more = ["--format", "parquet", "-o", text(output)];
    run(&[&["export"], sources, &more].concat())
}

/// The partitions of a table, each with its file.
fn partitions(output: &Path, table: &str) -> BTreeMap<String, PathBuf> {
    let files = files_below(&output.join(table)).into_keys();
    let files = files.map(|file| {
        assert!(file.ends_with(format!("{table}.parquet")), "{file:?}");
        let partition = file.parent().unwrap().to_str().unwrap().to_owned();
        (partition, output.join(table).join(file))
    });
    files.collect()
}

fn reader(file: &Path) -> SerializedFileReader<fs::File> {
    SerializedFileReader::new(fs::File::open(file).unwrap()).unwrap()
}

fn rows(file: &Path) -> Vec<Row> {
    let reader = reader(file);
    let rows = reader.get_row_iter(None).unwrap();
    let cells = |row: parquet::record::Row| row.into_columns().into_iter().collect();
    rows.map(|row| cells(row.unwrap())).collect()
}

/// The number as it is written in the CSV.
fn number(decimal: &Decimal) -> String {
    let mut bytes = [if decimal.data()[0] < 0x80 { 0 } else { 0xFF }; 16];
    bytes[16 - decimal.data().len()..].copy_from_slice(decimal.data());
    let scale = u32::try_from(decimal.scale()).unwrap();
    let number = rust_decimal::Decimal::from_i128_with_scale(i128::from_be_bytes(bytes), scale);
    number.normalize().to_string()
}

fn shown(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Int(number) => number.to_string(),
        Field::Decimal(decimal) => number(decimal),
        other => panic!("{other:?}"),
    }
}

/// The rows of a table of the CSV, with their headings.
fn csv_rows(file: &Path) -> Vec<Vec<(String, String)>> {
    let text = fs::read_to_string(file).unwrap();
    let text = text.trim_start_matches('\u{FEFF}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let cells = headings.iter().zip(row.iter());
        let cells = cells.map(|(heading, cell)| (heading.to_owned(), cell.to_owned()));
        cells.collect()
    });
    rows.collect()
}

/// Asserts that both tables of a source say the same as its CSV, row by row; gives those of the KPIs.
fn same_as_csv(source: &str, output: &Path, partition: &str) -> Vec<Row> {
    let csv = output.join("csv");
    run(&["export", source, "--format", "csv", "-o", text(&csv)]);
    let mut kpis = Vec::new();
    for table in TABLES {
        let read = rows(&partitions(output, table)[partition]);
        let wanted = csv_rows(&csv.join(format!("{table}.csv")));
        assert_eq!(read.len(), wanted.len(), "{table}");
        for (row, wanted) in read.iter().zip(wanted) {
            for (heading, cell) in wanted {
                assert_eq!(shown(&row[&heading]), cell, "{table} {heading}: {row:?}");
                assert_eq!(row[&heading] == Field::Null, cell.is_empty(), "{heading}");
            }
        }
        if table == TABLES[0] {
            kpis = read;
        }
    }
    kpis
}

#[test]
fn the_tables_say_the_same_as_the_csv_with_real_types() {
    let output = folder("parquet-sample").join("表 その1");
    let told = export(&[SAMPLE], &output).ends_with(1);
    assert!(told.stdout.is_empty());
    assert!(
        told.stderr
            .contains("1件分の表（kpi、text）を書き出しました"),
        "{}",
        told.stderr
    );
    for table in TABLES {
        let found: Vec<String> = partitions(&output, table).into_keys().collect();
        assert_eq!(found, [OJIYA_R5]);
    }
    let kpis = same_as_csv(SAMPLE, &output, OJIYA_R5);
    for row in &kpis {
        let as_of = shown(&row["時点"]);
        match &row["時点の日付"] {
            Field::Date(day) if as_of == "R4.3.31" => assert_eq!(*day, 19_082),
            Field::Null => assert!(as_of.matches('.').count() < 2, "{as_of}"),
            other => panic!("{as_of} {other:?}"),
        }
    }
    let days = kpis.iter().filter(|row| row["時点の日付"] != Field::Null);
    assert!(days.count() > 0, "no day");
    for row in rows(&partitions(&output, "text")[OJIYA_R5]) {
        assert_eq!(row["西暦年度"], Field::Int(2023));
    }
}

#[test]
fn the_types_are_those_of_databases() {
    let output = folder("parquet-types").join("表");
    export(&[SAMPLE], &output).ends_with(1);
    let mut schemas = String::new();
    for table in TABLES {
        let reader = reader(&partitions(&output, table)[OJIYA_R5]);
        let mut schema = Vec::new();
        print_schema(&mut schema, reader.metadata().file_metadata().schema());
        schemas.push_str(&String::from_utf8(schema).unwrap());
    }
    program::expect_file("tests/golden/parquet-schema.txt", &schemas);
}

/// 達成 is said only of the year that is reported.
#[test]
fn whether_a_target_was_met_stands_beside_the_actual() {
    let output = folder("parquet-met").join("表");
    export(&[SAMPLE, HOSHIKAWA], &output).ends_with(1);
    let mut met = BTreeMap::new();
    for file in partitions(&output, "kpi").into_values() {
        for row in rows(&file) {
            let is_reported = shown(&row["区分"]) == "実績値" && shown(&row["年度"]) == "R5";
            match row["達成"] {
                Field::Bool(is_met) => {
                    assert!(is_reported, "{row:?}");
                    *met.entry(is_met).or_insert(0) += 1;
                }
                Field::Null => {}
                ref other => panic!("{other:?}"),
            }
        }
    }
    assert!(met.len() == 2, "{met:?}");
    let kpis = rows(&partitions(&output, "kpi")[OJIYA_R5]);
    for (name, met) in [
        ("オンライン申請が利用できるサービス数", Field::Bool(true)),
        ("施設間のオンライン相談窓口数", Field::Bool(false)),
    ] {
        let mut actuals = kpis.iter().filter(|row| shown(&row["区分"]) == "実績値");
        let is_wanted = |row: &&Row| shown(&row["数値目標"]) == name && shown(&row["年度"]) == "R5";
        assert_eq!(actuals.find(is_wanted).unwrap()["達成"], met, "{name}");
    }
    // In the autumn nothing is judged yet.
    let autumn = folder("parquet-autumn").join("表");
    export(&[SAMPLE, "--period", "R5上"], &autumn);
    let half = "city=小千谷市/fiscal_year=2023/half=first";
    let rows = rows(&partitions(&autumn, "kpi")[half]);
    assert!(rows.iter().all(|row| row["達成"] == Field::Null));
}

#[test]
fn many_are_written_in_one_call_and_a_bad_one_is_named_and_left_out() {
    let home = folder("parquet-many");
    let all = home.join("県内の 市町村");
    fs::create_dir_all(all.join("壊れた市")).unwrap();
    let book = all.join("小千谷市 R4.xlsx");
    fs::copy(root().join(SAMPLE).join("前回.xlsx"), &book).unwrap();
    fs::write(all.join("壊れた市/公表版.xlsx"), b"PK\x03\x04 broken").unwrap();
    fs::write(all.join("壊れた市/要綱.pdf"), b"%PDF").unwrap();
    let output = home.join("表 全体");
    let told = export(&[SAMPLE, HOSHIKAWA, text(&all)], &output).ends_with(1);
    let found: Vec<String> = partitions(&output, "kpi").into_keys().collect();
    let wanted = [
        "city=小千谷市/fiscal_year=2022/half=second",
        OJIYA_R5,
        "city=星川市/fiscal_year=2023/half=second",
    ];
    assert_eq!(found, wanted);
    for sentence in [
        "壊れた市/公表版.xlsx」は表にできないため、除きました。",
        "ブックではないため読まなかったファイル 1件: ",
        "3件分の表（kpi、text）を書き出しました。除いたものが1件あります: ",
    ] {
        assert!(
            told.stderr.contains(sentence),
            "{sentence}: {}",
            told.stderr
        );
    }
    same_as_csv(SAMPLE, &output, OJIYA_R5);
    same_as_csv(HOSHIKAWA, &output, wanted[2]);
    same_as_csv(text(&book), &output, wanted[0]);
}

#[test]
fn a_published_workbook_gives_the_tables_of_its_job() {
    let home = folder("parquet-published");
    let (book, mut tables) = (home.join("公表.xlsx"), Vec::new());
    let publish = ["merge", SAMPLE, "--publish", "--force", "--quiet", "-o"];
    run(&[&publish[..], &[text(&book)]].concat()).ends_with(1);
    for (source, status) in [(SAMPLE, 1), (text(&book), 0)] {
        let output = home.join(format!("表{status}"));
        export(&[source], &output).ends_with(status);
        tables.push(TABLES.map(|table| rows(&partitions(&output, table)[OJIYA_R5])));
    }
    assert_eq!(tables[0], tables[1]);
}

#[test]
fn of_two_that_are_of_one_city_and_period_the_second_is_told_and_not_written() {
    let home = folder("parquet-twins");
    let job = sample_copy("parquet-twins-job");
    let settings = fs::read_to_string(job.join("torimatome.toml")).unwrap();
    // The returned file is gone: the tables of the copy are others.
    fs::remove_dir_all(job.join("回収")).unwrap();
    fs::create_dir(job.join("回収")).unwrap();
    fs::write(job.join("torimatome.toml"), settings).unwrap();
    for (number, sources) in [[SAMPLE, text(&job)], [text(&job), SAMPLE]]
        .iter()
        .enumerate()
    {
        let output = home.join(format!("表{number}"));
        let told = export(sources, &output).ends_with(1);
        let sentence = format!(
            "{}: 小千谷市・R5下半期の表は「{}」から作るため、このファイルからは作りません。",
            sources[1], sources[0]
        );
        assert!(told.stderr.contains(&sentence), "{}", told.stderr);
        same_as_csv(sources[0], &output, OJIYA_R5);
    }
    // The same named twice is no second.
    let again = root().join(SAMPLE).join("torimatome.toml");
    let told = export(&[SAMPLE, text(&again)], &home.join("一度")).ends_with(1);
    assert!(!told.stderr.contains("から作るため"), "{}", told.stderr);
}

#[test]
fn a_folder_that_is_there_keeps_what_belongs_to_others() {
    let output = folder("parquet-again");
    fs::write(output.join("覚書.txt"), "memo").unwrap();
    export(&[HOSHIKAWA], &output);
    let before = files_below(&output);
    let told = export(&[SAMPLE], &output).ends_with(1);
    assert!(!told.stderr.contains("置き換えました"), "{}", told.stderr);
    let after = files_below(&output);
    assert_eq!(after.len(), before.len() + 2);
    assert!(before.iter().all(|(path, bytes)| after[path] == *bytes));
    let told = export(&[SAMPLE], &output).ends_with(1);
    assert!(told.stderr.contains("うち1件は以前の表を置き換えました"));
    // The same inputs give the same bytes.
    assert!(files_below(&output) == after);
}

#[test]
fn a_workbook_that_names_no_city_gets_a_partition_of_its_own_and_is_told() {
    let home = folder("parquet-nameless");
    let book = home.join("様式 1.xlsx");
    fs::write(&book, miniature::form()).unwrap();
    let output = home.join("表");
    let told = export(&[text(&book)], &output).ends_with(0);
    assert!(
        told.stderr
            .contains("市の名前が分からないため、市を空（NULL"),
        "{}",
        told.stderr
    );
    let nameless = "city=__HIVE_DEFAULT_PARTITION__/fiscal_year=2023/half=second";
    let kpis = partitions(&output, "kpi");
    assert_eq!(kpis.keys().collect::<Vec<_>>(), [nameless]);
    for row in rows(&kpis[nameless]) {
        assert_eq!(row["市"], Field::Null);
        assert_eq!(shown(&row["期"]), "R5下");
    }
}

#[test]
fn a_number_that_does_not_fit_is_told_and_never_rounded() {
    let home = folder("parquet-unfit");
    let book = home.join("桁数.xlsx");
    let form = miniature::form_with(&[
        ("E11", "0.12345678901件"),
        ("D11", "0.1234567891件"),
        ("E12", "1000000000000000000件"),
    ]);
    fs::write(&book, form).unwrap();
    let output = home.join("表");
    let told = export(&[text(&book)], &output).ends_with(0);
    for place in [
        "!E11の「0.12345678901」は、小数点より上が18桁、下が10桁まで",
        "!E12の「10",
    ] {
        assert!(told.stderr.contains(place), "{place}: {}", told.stderr);
    }
    assert!(!told.stderr.contains("!D11"), "{}", told.stderr);
    let kpis = partitions(&output, "kpi").into_values().next().unwrap();
    let values: BTreeSet<(String, String)> = rows(&kpis)
        .iter()
        .map(|row| (shown(&row["原文"]), shown(&row["値"])))
        .collect();
    for (raw, value) in [
        ("0.12345678901件", ""),
        ("0.1234567891件", "0.1234567891"),
        ("1000000000000000000件", ""),
    ] {
        assert!(
            values.contains(&(raw.to_owned(), value.to_owned())),
            "{values:?}"
        );
    }
}

#[test]
fn what_cannot_be_done_says_so_and_writes_nothing() {
    let home = folder("parquet-refused");
    let broken = home.join("壊れた版.xlsx");
    fs::write(&broken, "no workbook").unwrap();
    let empty = home.join("空");
    fs::create_dir(&empty).unwrap();
    let file = home.join("表.txt");
    fs::write(&file, "前の表").unwrap();
    let output = home.join("表");
    let job = sample_copy("parquet-refused-job");
    let collected = job.join("回収/表");
    for (sources, output, sentence) in [
        (vec![text(&broken)], &output, "壊れた版.xlsx"),
        (
            vec![text(&empty)],
            &output,
            "案件フォルダもブック（Excelなど）も見つかりません",
        ),
        (vec![text(&broken), "無い.xlsx"], &output, "無い.xlsx"),
        (vec![SAMPLE], &file, "二つの表を書き出すため"),
        (vec![SAMPLE], &PathBuf::from("-"), "標準出力には出せません"),
        (
            vec![SAMPLE, "--encoding", "cp932"],
            &output,
            "--format csv のときだけ",
        ),
        (
            vec![SAMPLE, HOSHIKAWA, "--previous", text(&broken)],
            &output,
            "一つだけ指定",
        ),
        (
            vec![text(&job)],
            &collected,
            "回収したファイルのフォルダの中",
        ),
    ] {
        let refused = export(&sources, output).ends_with(2);
        assert!(
            refused.stderr.contains(sentence),
            "{sentence}: {}",
            refused.stderr
        );
        assert!(refused.stdout.is_empty());
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "前の表");
    let mut left: Vec<PathBuf> = files_below(&home).into_keys().collect();
    left.sort();
    assert_eq!(
        left,
        [PathBuf::from("壊れた版.xlsx"), PathBuf::from("表.txt")]
    );
    assert!(!output.exists() && !collected.exists());
    let all_bad = export(
        &[text(&broken), text(&broken.with_file_name("表.txt"))],
        &output,
    );
    assert!(
        all_bad
            .ends_with(2)
            .stderr
            .contains("何も書き出していません")
    );
    assert!(!output.exists());
}
