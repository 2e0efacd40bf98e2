//! A finding of `torimatome/1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ADDRESS, FISCAL_YEAR, Half};

/// 点検結果: one defect, with all the cells it shows in.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::export) struct Finding {
    /// The rule's code, which `torimatome explain` explains.
    #[schemars(regex(pattern = r"^[A-Z][0-9]{2}$"))]
    pub code: &'static str,
    /// The level it counts as.
    pub level: Level,
    /// 取組番号
    pub item: Option<u32>,
    /// The department that should act; several joined by "、".
    pub department: Option<String>,
    /// The fiscal year of the collection.
    #[schemars(regex(pattern = FISCAL_YEAR))]
    pub fiscal_year: String,
    /// The half of the collection.
    pub half: Half,
    /// The file's path below the folder it was collected in.
    pub file: Option<String>,
    /// The sheet's name.
    pub sheet: Option<String>,
    /// The first of the cells.
    #[schemars(regex(pattern = ADDRESS))]
    pub cell: Option<String>,
    /// All the cells, in order.
    #[schemars(inner(regex(pattern = ADDRESS)))]
    pub cells: Vec<String>,
    /// What was found.
    pub found: Option<String>,
    /// What was expected.
    pub expected: Option<String>,
    /// The whole in a sentence, in Japanese.
    pub message: String,
    /// What to do, in Japanese.
    pub remedy: String,
    /// The reason with which it was acknowledged; null where it was not.
    pub acknowledged: Option<String>,
}

/// 誤り, 警告 or 確認.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::export) enum Level {
    Error,
    Warning,
    Info,
}
