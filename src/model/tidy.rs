//! The tidy tables (機械可読の表), `kpi.csv` and `text.csv`: one cell, one value.
//!
//! Both are written by the export and may be collected in place of a form; this is the only place
//! that says what their headings and their words are.

mod field;
mod kpis;
mod rows;
mod texts;

pub use field::TidyField;
pub use rows::{TidyCell, TidySource, TidyValue, tidy_rows};

use super::CellRef;
use super::text::fold;

/// Which of the tables it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TidyKind {
    /// `kpi.csv`: a row for each value of a KPI, and for each part of it.
    Kpis,
    /// `text.csv`: a row for each text of a sheet.
    Texts,
}

/// A column of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TidyColumn {
    /// 市
    City,
    /// 期: `R5下`.
    Period,
    /// 年度: of a value its year, of a text the reporting year.
    Year,
    /// 西暦年度: `2023`.
    WesternYear,
    /// 取組番号
    Number,
    /// 重点項目
    Priority,
    /// 取組項目
    Title,
    /// 主管課
    Lead,
    /// 関係課
    Related,
    /// 数値目標: a KPI's name.
    Kpi,
    /// 内訳: the mark of a compound's part, `①`.
    Part,
    /// 区分: [`TidyStorey`].
    Storey,
    /// 時点: what a baseline refers to, `R3` or `R4.3.31`.
    AsOf,
    /// 値: the number.
    Value,
    /// 単位
    Unit,
    /// 修飾: 累計 or 延べ.
    Qualifier,
    /// 条件: 以上, 未満, 約 …
    Bound,
    /// 種別: 数量, 随時, 段階 …
    Kind,
    /// 原文: what the form's cell says, part or not.
    Raw,
    /// 欄: [`TidyField`].
    Field,
    /// 行: the row within the block, from 1.
    Row,
    /// 本文
    Text,
}

/// 区分: which of a KPI's values a row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TidyStorey {
    /// 基準値
    Baseline,
    /// 目標値
    Target,
    /// 実績値
    Actual,
}

/// A tidy table located on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tidy {
    /// Which it is.
    pub kind: TidyKind,
    /// The columns that were recognised, each once, from the left.
    pub columns: Vec<(TidyColumn, u32)>,
    /// The rows below the heading that hold something.
    pub rows: Vec<u32>,
    /// Cells with content that stand in no column of the table.
    pub strays: Vec<CellRef>,
}

impl TidyKind {
    /// The columns in the order in which they are written.
    pub fn columns(self) -> &'static [TidyColumn] {
        use TidyColumn as C;
        match self {
            Self::Kpis => &[
                C::City,
                C::Period,
                C::Year,
                C::WesternYear,
                C::Number,
                C::Priority,
                C::Title,
                C::Lead,
                C::Related,
                C::Kpi,
                C::Part,
                C::Storey,
                C::AsOf,
                C::Value,
                C::Unit,
                C::Qualifier,
                C::Bound,
                C::Kind,
                C::Raw,
            ],
            Self::Texts => &[
                C::City,
                C::Period,
                C::Year,
                C::Number,
                C::Field,
                C::Row,
                C::Text,
            ],
        }
    }

    /// The columns without which a table is none.
    pub fn required(self) -> &'static [TidyColumn] {
        use TidyColumn as C;
        match self {
            Self::Kpis => &[C::Number, C::Kpi, C::Storey, C::Year],
            Self::Texts => &[C::Number, C::Field, C::Text],
        }
    }
}

impl TidyColumn {
    /// Tells whether its cells are numbers, where they are not blank.
    pub fn is_number(self) -> bool {
        match self {
            Self::WesternYear | Self::Number | Self::Value | Self::Row => true,
            Self::City
            | Self::Period
            | Self::Year
            | Self::Priority
            | Self::Title
            | Self::Lead
            | Self::Related
            | Self::Kpi
            | Self::Part
            | Self::Storey
            | Self::AsOf
            | Self::Unit
            | Self::Qualifier
            | Self::Bound
            | Self::Kind
            | Self::Raw
            | Self::Field
            | Self::Text => false,
        }
    }

    /// The heading as it is written: `取組番号`.
    pub fn heading(self) -> &'static str {
        match self {
            Self::City => "市",
            Self::Period => "期",
            Self::Year => "年度",
            Self::WesternYear => "西暦年度",
            Self::Number => "取組番号",
            Self::Priority => "重点項目",
            Self::Title => "取組項目",
            Self::Lead => "主管課",
            Self::Related => "関係課",
            Self::Kpi => "数値目標",
            Self::Part => "内訳",
            Self::Storey => "区分",
            Self::AsOf => "時点",
            Self::Value => "値",
            Self::Unit => "単位",
            Self::Qualifier => "修飾",
            Self::Bound => "条件",
            Self::Kind => "種別",
            Self::Raw => "原文",
            Self::Field => "欄",
            Self::Row => "行",
            Self::Text => "本文",
        }
    }
}

impl TidyStorey {
    /// The word: `実績値`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Baseline => "基準値",
            Self::Target => "目標値",
            Self::Actual => "実績値",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text);
        [Self::Baseline, Self::Target, Self::Actual]
            .into_iter()
            .find(|storey| storey.label() == folded)
    }
}

/// 種別: what kind of value a row holds, in the words of the table and of the JSON.
pub const TIDY_KINDS: [[&str; 2]; 7] = [
    ["数量", "quantity"],
    ["内訳", "compound"],
    ["随時", "as_needed"],
    ["段階", "milestone"],
    ["なし", "none"],
    ["空欄", "blank"],
    ["様式外", "unreadable"],
];
