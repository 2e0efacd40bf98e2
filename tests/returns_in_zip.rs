//! A zip of returns: its members are read as files are, each told apart by where it lies.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use torimatome::model::{CollectedFile, FileFormat, Outcome};
use torimatome::read::{Collected, Limits, collect};
use torimatome::{collected_files, default_layout};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn fixture(name: &str) -> PathBuf {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let own = fixtures.join("formats").join(name);
    match own.exists() {
        true => own,
        false => fixtures.join("geometry").join(name),
    }
}

/// A folder of its own with a file in it.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("zips")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn read(folder: &Path) -> (Collected, Vec<CollectedFile>) {
    read_within(folder, &Limits::default())
}

fn read_within(folder: &Path, limits: &Limits) -> (Collected, Vec<CollectedFile>) {
    let collected = collect(&[folder.to_owned()], limits).unwrap();
    let layout = default_layout();
    let files = collected_files(&collected.files, &layout, limits, &|_| ());
    (collected, files)
}

fn zipped(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What became of each file: its format, or why it could not be read.
fn told(files: &[CollectedFile]) -> Vec<(&str, String)> {
    let outcome = |file: &CollectedFile| match &file.outcome {
        Outcome::Read => format!("{:?} {}", file.format.unwrap(), file.items.len()),
        Outcome::Unreadable { reason, advice } => {
            assert!(advice.ends_with("ください。"), "{advice}");
            reason.clone()
        }
    };
    let files = files.iter();
    files
        .map(|file| (file.name.as_str(), outcome(file)))
        .collect()
}

#[test]
fn members_are_read_by_their_names_in_cp932_and_a_bad_one_harms_no_other() {
    let folder = folder("回収");
    fs::copy(fixture("returns.zip"), folder.join("回収.zip")).unwrap();
    fs::copy(fixture("official.xls"), folder.join("建設課.xls")).unwrap();
    let (collected, files) = read(&folder);
    let broken = "ファイルが壊れています（途中で切れているなど、ファイル全体を開けません）。";
    assert_eq!(
        told(&files),
        [
            (
                "回収.zip/もう一つ.zip",
                "ZIPの中に、読み取れるファイルがありません。".to_owned()
            ),
            ("回収.zip/外.ods", "Ods 2".to_owned()),
            ("回収.zip/福祉部/企画政策課.xlsx", "Xls 2".to_owned()),
            ("回収.zip/総務課.xlsx", "Xlsx 2".to_owned()),
            ("回収.zip/途中まで.xlsx", broken.to_owned()),
            ("建設課.xls", "Xls 2".to_owned()),
        ]
    );
    assert_eq!(
        collected.skipped,
        ["回収.zip/~$総務課.xlsx", "回収.zip/福祉部/メモ.txt"]
    );
    let place = files[3].items[0].number.place.clone().unwrap().to_string();
    assert!(
        place.starts_with("回収.zip/総務課.xlsx「取組3」!"),
        "{place}"
    );
}

#[test]
fn what_macos_packs_beside_the_files_is_passed_over() {
    let folder = folder("mac");
    fs::copy(fixture("mac.zip"), folder.join("mac.zip")).unwrap();
    let (collected, files) = read(&folder);
    // The name is shown as it is, decomposed: 「ガ」 is two characters.
    assert_eq!(
        told(&files),
        [(
            "mac.zip/企画政策課（カ\u{3099}イト\u{3099}）.xlsx",
            "Xlsx 2".to_owned()
        )]
    );
    assert_eq!(
        collected.skipped,
        ["mac.zip/.DS_Store", "mac.zip/__MACOSX/"]
    );
}

#[test]
fn a_workbook_is_no_zip_of_returns_and_a_zip_needs_no_extension() {
    let folder = folder("content");
    fs::copy(fixture("official.xlsx"), folder.join("票.zip")).unwrap();
    fs::copy(fixture("official.ods"), folder.join("票.ods.zip")).unwrap();
    fs::copy(fixture("mac.zip"), folder.join("提出")).unwrap();
    let (_, files) = read(&folder);
    let formats: Vec<Option<FileFormat>> = files.iter().map(|file| file.format).collect();
    let (xlsx, ods) = (Some(FileFormat::Xlsx), Some(FileFormat::Ods));
    assert_eq!(formats, [xlsx, ods, xlsx], "{:?}", told(&files));
    assert!(files[0].name.starts_with("提出/企画政策課"));
}

#[test]
fn a_zip_in_a_zip_is_named_and_not_opened() {
    let folder = folder("nested");
    let inner = zipped(&[("総務課.xlsx", fs::read(fixture("official.xlsx")).unwrap())]);
    let outer = zipped(&[("中/総務課.zip", inner), ("注意.md", b"x".to_vec())]);
    fs::write(folder.join("外.zip"), outer).unwrap();
    fs::write(folder.join("空.zip"), zipped(&[("メモ.md", b"x".to_vec())])).unwrap();
    fs::write(
        folder.join("途中.zip"),
        &zipped(&[("a.xlsx", vec![7; 900])])[..40],
    )
    .unwrap();
    let (_, files) = read(&folder);
    let found = told(&files);
    assert_eq!(
        found[0],
        (
            "外.zip/中/総務課.zip",
            "ZIPの中に、さらにZIPが入っています。".to_owned()
        )
    );
    assert_eq!(
        found[1],
        (
            "空.zip",
            "ZIPの中に、読み取れるファイルがありません。".to_owned()
        )
    );
    assert!(found[2].1.contains("壊れ"), "{found:?}");
}

#[test]
fn members_behind_a_password_or_of_another_packing_say_so() {
    let folder = folder("locked");
    let form = fs::read(fixture("official.xlsx")).unwrap();
    let members = [("総務課.xlsx", form.clone()), ("建設課.xlsx", form)];
    // The flag and the method of the second member, in its own header and in the directory.
    for (at_local, at_central, value, name) in [(6, 8, 1, "鍵.zip"), (8, 10, 14, "別.zip")] {
        let mut bytes = zipped(&members);
        let signatures = |bytes: &[u8], signature: &[u8]| -> usize {
            let found = bytes.windows(4).enumerate();
            found
                .filter(|(_, at)| *at == signature)
                .map(|(at, _)| at)
                .nth(1)
                .unwrap()
        };
        let (local, central) = (
            signatures(&bytes, b"PK\x03\x04"),
            signatures(&bytes, b"PK\x01\x02"),
        );
        // A member is a zip itself: its headers come between those of the outer one.
        let local = bytes[local..]
            .windows(14)
            .position(|at| at == "建設課.xlsx".as_bytes())
            .unwrap()
            + local
            - 30;
        let central = bytes[central..]
            .windows(14)
            .rposition(|at| at == "建設課.xlsx".as_bytes())
            .unwrap()
            + central
            - 46;
        bytes[local + at_local] = value;
        bytes[central + at_central] = value;
        fs::write(folder.join(name), bytes).unwrap();
    }
    let (_, files) = read(&folder);
    let found = told(&files);
    assert_eq!(
        found,
        [
            (
                "別.zip/建設課.xlsx",
                "ZIPの中で、読み取れない方法で圧縮されています。".to_owned()
            ),
            ("別.zip/総務課.xlsx", "Xlsx 2".to_owned()),
            (
                "鍵.zip/建設課.xlsx",
                "パスワード付きのZIPに入っています。".to_owned()
            ),
            ("鍵.zip/総務課.xlsx", "Xlsx 2".to_owned()),
        ]
    );
}

#[test]
fn the_limits_hold_for_a_zip_and_for_each_member() {
    let folder = folder("limits");
    let form = fs::read(fixture("official.xlsx")).unwrap();
    let bomb = zipped(&[("爆弾.xlsx", vec![0; 20 << 20]), ("総務課.xlsx", form)]);
    fs::write(folder.join("爆弾.zip"), bomb).unwrap();
    let (_, files) = read(&folder);
    let found = told(&files);
    assert_eq!(found[1], ("爆弾.zip/総務課.xlsx", "Xlsx 2".to_owned()));
    assert!(found[0].1.contains("圧縮率"), "{found:?}");
    let few = Limits {
        entries: 1,
        ..Limits::default()
    };
    let (_, files) = read_within(&folder, &few);
    assert_eq!(
        told(&files),
        [(
            "爆弾.zip",
            "ファイルの中の部品が多すぎます（上限 1個）。".to_owned()
        )]
    );
    let small = Limits {
        total: 1 << 20,
        ..Limits::default()
    };
    let (_, files) = read_within(&folder, &small);
    assert!(told(&files)[0].1.contains("展開すると大きくなりすぎます"));
}

#[test]
fn a_changed_byte_in_a_member_is_seen_and_names_that_clash_are_told_apart() {
    let folder = folder("changed");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for name in ["a/../総務課.csv", "総務課.csv", "./総務課.csv"] {
        writer.start_file(name, stored).unwrap();
        writer
            .write_all("取組番号,欄,本文\n1,取組項目,窓口\n".as_bytes())
            .unwrap();
    }
    let mut bytes = writer.finish().unwrap().into_inner();
    let at = bytes
        .windows(6)
        .position(|at| at == "窓口".as_bytes())
        .unwrap();
    bytes[at] ^= 1;
    fs::write(folder.join("回収.zip"), bytes).unwrap();
    let (_, files) = read(&folder);
    let found = told(&files);
    let names: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names,
        [
            "回収.zip/a/総務課.csv",
            "回収.zip/総務課.csv",
            "回収.zip/総務課.csv（2）"
        ]
    );
    let read = found.iter().filter(|(_, told)| told == "Csv 1").count();
    assert_eq!(read, 2, "{found:?}");
    assert!(
        found
            .iter()
            .any(|(_, told)| told.contains("保存された内容が変わっています"))
    );
}

#[test]
fn an_old_text_of_excel_is_read_where_it_holds_a_tidy_table() {
    let folder = folder("text");
    let table = "取組番号\t欄\t行\t本文\r\n1\t取組項目\t1\t窓口\r\n";
    let wide: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(
        folder.join("総務課.txt"),
        [&[0xFF, 0xFE][..], &wide].concat(),
    )
    .unwrap();
    fs::write(folder.join("メモ.txt"), "取組番号は後で確認, 以上").unwrap();
    fs::write(folder.join("連絡.txt"), "総務課に確認する。").unwrap();
    let (collected, files) = read(&folder);
    assert_eq!(collected.skipped, ["メモ.txt", "連絡.txt"]);
    assert_eq!(told(&files), [("総務課.txt", "Csv 1".to_owned())]);
}
