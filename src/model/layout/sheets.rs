//! The names that a layout gives the sheets of a workbook.

use serde::Deserialize;

/// Names of the sheets.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheets {
    /// 表紙
    pub cover: String,
    /// 取組項目一覧
    pub index: String,
    /// An item's sheet; `{number}` is the item's number.
    pub item: String,
    /// 数値目標総括表
    #[serde(default = "kpis")]
    pub kpis: String,
    /// グラフ
    #[serde(default = "charts")]
    pub charts: String,
    /// グラフ用の数値
    #[serde(default = "numbers")]
    pub numbers: String,
    /// 評価集計
    #[serde(default = "tally")]
    pub tally: String,
    /// 提出状況
    pub submission: String,
    /// 点検結果
    pub findings: String,
    /// 出典
    #[serde(default = "provenance")]
    pub provenance: String,
    /// データ（数値目標）
    #[serde(default = "data")]
    pub data: String,
    /// A sheet whose name contains one of these is an instruction, an example or a list, never a form.
    pub instructions: Vec<String>,
}

impl Sheets {
    /// The name of an item's sheet.
    pub fn item_name(&self, number: u32) -> String {
        self.item.replace("{number}", &number.to_string())
    }

    /// The names of the sheets that the merged workbook adds for the office: no forms.
    pub fn reports(&self) -> [&str; 8] {
        [
            &self.kpis,
            &self.charts,
            &self.numbers,
            &self.tally,
            &self.submission,
            &self.findings,
            &self.provenance,
            &self.data,
        ]
    }
}

// The names that a layout without them gives the sheets.

fn kpis() -> String {
    "数値目標総括表".to_owned()
}

fn charts() -> String {
    "グラフ".to_owned()
}

fn numbers() -> String {
    "グラフ用の数値".to_owned()
}

fn tally() -> String {
    "評価集計".to_owned()
}

fn provenance() -> String {
    "出典".to_owned()
}

/// Not データ alone: a department may call a sheet of its own so.
fn data() -> String {
    "データ（数値目標）".to_owned()
}
