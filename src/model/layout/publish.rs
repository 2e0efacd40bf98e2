//! What the public's workbook holds.

use serde::Deserialize;

/// 未確定: what every page of a workbook says that is published while errors are left.
///
/// No layout may change it: a page without it would pass for a settled one.
pub const UNSETTLED: &str = "未確定";

/// What the public's workbook holds beside cover, index and item sheets.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publish {
    /// Whether the 数値目標総括表 is published too.
    #[serde(default)]
    pub kpi_table: bool,
}
