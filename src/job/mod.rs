//! The job folder (案件フォルダ): what is collected, against which plan, with which settings.
//!
//! ```text
//! R5下半期/
//!   torimatome.toml     設定
//!   計画.xlsx           実施計画
//!   前回.xlsx           前回の集約版（任意）
//!   回収/               各課から戻ったファイル
//!   確認済み.toml       了解済みの点検結果
//!   点検記録.toml       前回の点検の結果（check --remember が書く）
//!   書き出し記録.toml   配布様式・返却様式・督促文の控え（forms と return が書く）
//! ```

mod acknowledged;
mod departments;
mod document;
mod error;
mod handed_out;
mod kpi;
mod layout;
mod record;
mod rules;
mod section;
mod settings;
mod template;

pub use acknowledged::{Acknowledgement, acknowledge, acknowledged};
pub use error::{JobError, Problem};
pub use handed_out::HandedOut;
pub use layout::{LayoutProblem, layout};
pub use record::Record;
pub use settings::parse;
pub use template::{NewSettings, sections, settings_text};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::model::{FiscalYear, KpiSetting, Level, Notice, Period, Prefer, Renaming, Thresholds};

/// The settings' file name.
pub const SETTINGS: &str = "torimatome.toml";
/// The file name of the acknowledged findings.
pub const ACKNOWLEDGED: &str = "確認済み.toml";
/// The file name of the findings that are remembered.
pub const RECORD: &str = "点検記録.toml";
/// The file name of what is remembered of the forms and letters that were written.
pub const HANDED_OUT: &str = "書き出し記録.toml";
/// The plan's file name, unless the settings name another.
pub const PLAN: &str = "計画.xlsx";
/// The previous workbook's file name, unless the settings name another.
pub const PREVIOUS: &str = "前回.xlsx";
/// The name of the folder of returned files, unless the settings name another.
pub const COLLECT: &str = "回収";

/// 案件: a job folder's settings, every path made absolute or relative to the caller's folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// The job folder.
    pub folder: PathBuf,
    /// The period that is collected; `None` only in a folder without settings.
    pub period: Option<Period>,
    /// The plan.
    pub plan: PathBuf,
    /// The previous workbook: the one that the settings name, or the default one if it exists.
    pub previous: Option<PathBuf>,
    /// The folder of returned files.
    pub collect: PathBuf,
    /// Which of two returns of one item counts.
    pub prefer: Prefer,
    /// The layout's description; `None` for the embedded one.
    pub layout: Option<PathBuf>,
    /// The acknowledged findings; the file need not exist.
    pub acknowledged: PathBuf,
    /// What the cover says in place of the plan's cover.
    pub cover: CoverSettings,
    /// What the forms say of the collection.
    pub notice: Notice,
    /// Departments' other names, and what became of departments.
    pub departments: Vec<Renaming>,
    /// Rules' levels by code; `None` is off.
    pub levels: BTreeMap<String, Option<Level>>,
    /// What is tuned in the rules of judgement.
    pub thresholds: Thresholds,
    /// What is said of single KPIs, each at most once.
    pub kpi_settings: Vec<KpiSetting>,
    /// How many items a volume of the merged workbook may hold; `None` is the default.
    pub volume_items: Option<u64>,
    /// The limits of the gate.
    pub limits: Limits,
}

/// What is said of the plan and printed on the cover, where the plan's own cover says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverSettings {
    /// 市, from `[plan]`.
    pub city: Option<String>,
    /// The plan's name, from `[plan]`.
    pub name: Option<String>,
    /// The plan's fiscal years in order, from `[plan]`; empty where they are not set.
    pub years: Vec<FiscalYear>,
    /// 令和6年6月
    pub issued: Option<String>,
    /// The issuer.
    pub issuer: Option<String>,
}

/// The limits of the gate that are set; `None` is the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// `file_mib`, in bytes: one file.
    pub file: Option<u64>,
    /// `entries`: parts of one package.
    pub entries: Option<u64>,
    /// `part_mib`, in bytes: one part, unpacked.
    pub part: Option<u64>,
    /// `total_mib`, in bytes: all parts, unpacked.
    pub total: Option<u64>,
    /// `ratio`: unpacked bytes for each packed one.
    pub ratio: Option<u64>,
    /// `token_kib`, in bytes: one tag or text.
    pub token: Option<u64>,
    /// `depth`: nested elements.
    pub depth: Option<u64>,
    /// `sheets`: sheets of a workbook.
    pub sheets: Option<u64>,
    /// `cells`: cells of a workbook.
    pub cells: Option<u64>,
    /// `ratio_grace_mib`, in bytes: below it the ratio does not count.
    pub ratio_grace: Option<u64>,
    /// `merges`: merged ranges of a sheet.
    pub merges: Option<u64>,
    /// `styles`: records of the style sheet.
    pub styles: Option<u64>,
    /// `damaged`: unreadable cells of a sheet.
    pub damaged: Option<u64>,
    /// `remarks`: notes and shapes of a workbook.
    pub remarks: Option<u64>,
    /// `memory_mib`, in bytes: memory for one file.
    pub memory: Option<u64>,
    /// `seconds`: time for one file.
    pub seconds: Option<u64>,
}

impl Job {
    /// Makes the job of a folder without settings: the default names, no period.
    pub fn without_settings(folder: &Path) -> Self {
        let previous = folder.join(PREVIOUS);
        Self {
            folder: folder.to_owned(),
            period: None,
            plan: folder.join(PLAN),
            previous: previous.is_file().then_some(previous),
            collect: folder.join(COLLECT),
            prefer: Prefer::default(),
            layout: None,
            acknowledged: folder.join(ACKNOWLEDGED),
            cover: CoverSettings::default(),
            notice: Notice::default(),
            departments: Vec::new(),
            levels: BTreeMap::new(),
            thresholds: Thresholds::default(),
            kpi_settings: Vec::new(),
            volume_items: None,
            limits: Limits::default(),
        }
    }
}

/// Finds the settings file that a path means: the file itself, or the one in the folder.
pub fn settings_file(path: &Path) -> Option<PathBuf> {
    let is_settings = path
        .file_name()
        .is_some_and(|name| name.eq_ignore_ascii_case(SETTINGS));
    if is_settings && path.is_file() {
        return Some(path.to_owned());
    }
    let inside = path.join(SETTINGS);
    inside.is_file().then_some(inside)
}

/// Tells whether a path is a `torimatome.toml` or a folder that holds one.
pub fn is_job(path: &Path) -> bool {
    settings_file(path).is_some()
}

#[cfg(test)]
mod tests;
