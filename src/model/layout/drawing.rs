//! How an item sheet is drawn.

use serde::Deserialize;

/// How an item sheet is drawn: a grid of narrow columns that every row divides.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemDrawing {
    /// The number of drawing columns.
    pub columns: u16,
    /// The width of one, in characters of the default font (ECMA-376 Part 1, 18.3.1.13).
    pub column_width: f64,
    /// The header's rows; each cell is a label or a field and spans some columns.
    pub header: Vec<Vec<HeaderCell>>,
    /// Columns of the activity's name; the years share the rest.
    pub activity_columns: u16,
    /// Columns of the KPI's name; the years share the rest.
    pub kpi_columns: u16,
    /// Columns of the KPI's baseline; none where it stands below the name.
    #[serde(default)]
    pub baseline_columns: u16,
    /// How a year's actual and target stand to each other.
    #[serde(default)]
    pub kpi_arrangement: KpiArrangement,
    /// Whether the target stands above the actual, or left of it.
    #[serde(default)]
    pub target_first: bool,
    /// Columns of Plan, first half, second half; of Plan and result where there are no halves.
    pub status_columns: Vec<u16>,
    /// Columns of the label of an axis, where there are axes.
    #[serde(default)]
    pub axis_columns: u16,
    /// Columns of the grade; the comment has the rest.
    pub grade_columns: u16,
    /// Rows the 年次計画, the KPI and the status block have at least.
    pub least_rows: u16,
}

/// 数値目標の並べ方: how a year's actual and target stand to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KpiArrangement {
    /// One above the other.
    #[default]
    Storeys,
    /// Side by side, a KPI a row.
    Columns,
}

impl ItemDrawing {
    /// Columns of Plan, first half and second half; the first half has none where there are no
    /// halves.
    pub fn status_widths(&self) -> [u16; 3] {
        match self.status_columns[..] {
            [plan, result] => [plan, 0, result],
            [plan, first, second, ..] => [plan, first, second],
            [plan] => [plan, 0, 0],
            [] => [0; 3],
        }
    }

    /// Columns of the cells that a year has in the 数値目標: one, or one for each of its values.
    pub fn cells_of_a_year(&self) -> u16 {
        match self.kpi_arrangement {
            KpiArrangement::Storeys => 1,
            KpiArrangement::Columns => 2,
        }
    }

    /// Columns of the comment.
    pub fn comment_columns(&self) -> u16 {
        self.columns
            .saturating_sub(self.axis_columns)
            .saturating_sub(self.grade_columns)
    }
}

/// A cell of the header.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeaderCell {
    /// The label it shows.
    #[serde(default)]
    pub label: Option<HeaderField>,
    /// The field it shows.
    #[serde(default)]
    pub field: Option<HeaderField>,
    /// The drawing columns it spans.
    pub columns: u16,
}

/// A field of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeaderField {
    /// 取組番号
    Number,
    /// 重点項目
    Priority,
    /// 取組項目
    Title,
    /// 主管課 (関係課)
    Departments,
    /// 実施内容
    Content,
    /// 期待される効果
    Effects,
}
