//! 配布様式: the workbook of forms that a lead department is given to fill in.

use std::collections::BTreeSet;

use super::{CellRef, FieldName, Finding, ItemSheet, Standing};

/// 配布様式: the forms of one lead department.
#[derive(Clone, Debug)]
pub struct Handout {
    /// 主管課
    pub department: String,
    /// Its items, in order of their numbers.
    pub items: Vec<HandoutItem>,
}

/// The form of one item.
#[derive(Clone, Debug)]
pub struct HandoutItem {
    /// 取組番号
    pub number: u32,
    /// What is filled in beforehand, with blank rows to add activities in.
    pub sheet: ItemSheet,
    /// The fields that are to be filled in now.
    pub open: BTreeSet<FieldName>,
    /// All its lead departments, where there are several.
    pub shared: Vec<String>,
}

/// 返却: what a lead department is sent back: its entries in healthy forms, and what is asked of it.
#[derive(Clone, Debug)]
pub struct SentBack {
    /// The forms of the items with something to do, with the entries that were returned.
    pub handout: Handout,
    /// What is asked, in the order of the check's findings.
    pub findings: Vec<Finding>,
    /// Items of which nothing came that counts, and how they stand.
    pub awaited: Vec<(u32, Standing)>,
    /// The fingerprints of the returns that the forms take the place of.
    pub answers: Vec<String>,
    /// Whether nothing at all came back from the department.
    pub silent: bool,
}

/// 確認事項: what is asked, in the words and at the cells of the workbook that is sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// 取組番号
    pub item: Option<u32>,
    /// The rule's code.
    pub code: &'static str,
    /// The rule's code and title: `K03 累計値の減少`.
    pub rule: String,
    /// What is asked.
    pub message: String,
    /// What to do.
    pub remedy: String,
    /// The sheet and the cells on it in which it shows, where it does.
    pub shown: Option<(String, Vec<CellRef>)>,
}

/// What the office says in its forms of the collection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// 提出期限: 令和6年4月19日
    pub deadline: Option<String>,
    /// 提出先・差出人
    pub sender: Option<String>,
    /// 問い合わせ先
    pub contact: Option<String>,
}
