//! A form of one item with every block, small enough to be changed by hand and run a hundred times.
#![allow(dead_code, reason = "each test crate uses a part")]

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Cells and what they say; E11 is the year's actual.
pub const FORM: [(&str, &str); 36] = [
    ("A1", "取組番号"),
    ("B1", "1"),
    ("C1", "重点項目"),
    ("D1", "行政サービスの構築"),
    ("A2", "取組項目"),
    ("B2", "行政手続のデジタル化"),
    ("A3", "主管課(関係課)"),
    ("B3", "総務課(全課)"),
    ("A4", "実施内容"),
    ("B4", "手続をデジタル化します。"),
    ("A5", "期待される効果"),
    ("B5", "利便性が向上します。"),
    ("A6", "年次計画"),
    ("A7", "実施項目"),
    ("D7", "R4年度"),
    ("E7", "R5年度"),
    ("A8", "申請の拡充"),
    ("D8", "検討"),
    ("A9", "数値目標等【基準値】"),
    ("D9", "R4年度【実績値】"),
    ("E9", "R5年度【実績値】"),
    ("D10", "R4年度【目標値】"),
    ("E10", "R5年度【目標値】"),
    ("A11", "サービス数\nR3年度：30件"),
    ("D11", "67件"),
    ("E11", "145件"),
    ("D12", "40件"),
    ("E12", "85件"),
    ("A13", "令和5年度の実施状況"),
    ("A14", "取組目標【Plan】"),
    ("D14", "上半期の取組結果【Do】"),
    ("E14", "下半期の取組結果【Do】"),
    ("A15", "申請を拡充します。"),
    ("D15", "37件を拡充しました。"),
    ("E15", "41件を拡充しました。"),
    ("A16", "取組全体の評価【Check】"),
];
const FOOT: [(&str, &str); 4] = [
    ("A17", "○ 概ね計画どおり"),
    ("B17", "おおむね進みました。"),
    ("A18", "改善事項・今後の進め方【Action】"),
    ("A19", "引き続き拡充します。"),
];
const MERGES: [&str; 17] = [
    "B2:E2", "B3:E3", "B4:E4", "B5:E5", "A6:E6", "A7:C7", "A8:C8", "A9:C10", "A11:C12", "A13:E13",
    "A14:C14", "A15:C15", "A16:E16", "B17:E17", "A18:E18", "A19:E19", "D1:E1",
];

fn at(address: &str) -> (u32, u16) {
    let column = address.bytes().next().unwrap() - b'A';
    (address[1..].parse::<u32>().unwrap() - 1, column.into())
}

/// The form as a workbook with one sheet.
pub fn form() -> Vec<u8> {
    form_with(&[])
}

/// The form with other texts in some cells.
pub fn form_with(others: &[(&str, &str)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("取組1").unwrap();
    let format = Format::new().set_text_wrap();
    for merge in MERGES {
        let (first, last) = merge.split_once(':').unwrap();
        let ((top, left), (bottom, right)) = (at(first), at(last));
        sheet
            .merge_range(top, left, bottom, right, "", &format)
            .unwrap();
    }
    for (address, text) in FORM.iter().chain(&FOOT) {
        let other = others.iter().find(|(own, _)| own == address);
        let (row, column) = at(address);
        let text = other.map_or(*text, |(_, text)| text);
        sheet.write_string(row, column, text).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

/// A job folder with the form as its plan and nothing returned.
pub fn job(folder: &Path, limits: &str) {
    fs::create_dir_all(folder.join("回収")).unwrap();
    fs::write(folder.join("計画.xlsx"), form()).unwrap();
    let settings = format!("[period]\nfiscal_year = \"R5\"\nhalf = \"下半期\"\n{limits}");
    fs::write(folder.join("torimatome.toml"), settings).unwrap();
}

/// The parts of a package.
pub fn parts_of(package: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        parts.push((file.name().unwrap().into_owned(), bytes));
    }
    parts
}

/// A package of parts.
pub fn package(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer
            .start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
