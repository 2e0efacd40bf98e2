//! Findings (点検結果) and the rules that make them.

use super::{Book, CellRef, Place};

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 誤り: the published workbook would be wrong or incomplete.
    Error,
    /// 警告: probably wrong, a person must look.
    Warning,
    /// 確認: worth a look.
    Info,
}

impl Level {
    /// The word in Japanese: `誤り`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "誤り",
            Self::Warning => "警告",
            Self::Info => "確認",
        }
    }

    /// The name in JSON and in the configuration: `error`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// In which collection a rule applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Both collections.
    Both,
    /// 年度末 only.
    YearEnd,
}

impl When {
    /// The words in Japanese.
    pub fn label(self) -> &'static str {
        match self {
            Self::Both => "上半期・年度末",
            Self::YearEnd => "年度末",
        }
    }
}

/// 点検規則: one rule of the catalogue.
pub struct Rule {
    /// The code a clerk says over the telephone: `K03`.
    pub code: &'static str,
    /// The defect's name, as its file: `cumulative_decrease`.
    pub name: &'static str,
    /// The level, unless the configuration sets another.
    pub level: Level,
    /// In which collection it applies.
    pub when: When,
    /// The title in Japanese.
    pub title: &'static str,
    /// Why it matters, a sentence.
    pub why: &'static str,
    /// What the department should do, a sentence ending in ください。
    pub remedy: &'static str,
    /// An example of what it finds.
    pub example: &'static str,
    /// Finds the defect in a book.
    pub check: fn(&Book) -> Vec<Finding>,
}

impl Rule {
    /// The letter of its group: `K`.
    pub fn group(&self) -> &'static str {
        self.code.get(..1).unwrap_or(self.code)
    }

    /// The first sentence of what the department should do.
    pub fn remedy_in_short(&self) -> &'static str {
        let end = self.remedy.find('。').map(|at| at + '。'.len_utf8());
        end.and_then(|end| self.remedy.get(..end))
            .unwrap_or(self.remedy)
    }

    /// What its group is about: `数値目標`.
    pub fn group_title(&self) -> &'static str {
        match self.group() {
            "S" => "提出",
            "N" => "未記入",
            "P" => "計画との整合",
            "K" => "数値目標",
            "H" => "評価",
            "T" => "表記",
            _ => "",
        }
    }
}

/// 点検結果: one defect, with all the cells it shows in.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule's code.
    pub code: &'static str,
    /// The level it counts as.
    pub level: Level,
    /// 取組番号
    pub item: Option<u32>,
    /// The department that should act; several joined by `、`.
    pub department: Option<String>,
    /// The first cell, or the sheet's file where there is no cell.
    pub place: Option<Place>,
    /// The file, where there is no place: an unreadable file.
    pub file: Option<String>,
    /// All the cells, in order; the first is the place's.
    pub cells: Vec<CellRef>,
    /// Other cells of the same sheet that the message names.
    pub beside: Vec<CellRef>,
    /// What was found.
    pub found: Option<String>,
    /// What was expected.
    pub expected: Option<String>,
    /// The whole in a sentence.
    pub message: String,
    /// The same as a department is asked it, where the message tells what is the office's alone.
    pub asked: Option<String>,
    /// What to do.
    pub remedy: String,
    /// The reason with which it was acknowledged.
    pub acknowledged: Option<String>,
    /// Whether it was there when the findings were last remembered; `None` where nothing was.
    pub change: Option<Change>,
}

impl Finding {
    /// Tells whether it is an error that nobody acknowledged: it decides the exit status and keeps a
    /// workbook from the public.
    pub fn is_open_error(&self) -> bool {
        self.level == Level::Error && self.acknowledged.is_none()
    }
}

/// What became of a finding since the findings were last remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// 新規: it was not there.
    New,
    /// 継続: it was there already.
    StillOpen,
}

impl Change {
    /// The word in Japanese: `新規`.
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "新規",
            Self::StillOpen => "継続",
        }
    }
}

/// 解消: a finding that was remembered and is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The rule's code.
    pub code: String,
    /// 取組番号
    pub item: Option<u32>,
    /// The department that acted.
    pub department: Option<String>,
    /// Where it was, as Excel shows it; empty where it had no place.
    pub at: String,
    /// What was said.
    pub message: String,
}

/// How many findings there are: by level those that are open, and those that were acknowledged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// 誤り
    pub errors: usize,
    /// 警告
    pub warnings: usize,
    /// 確認
    pub infos: usize,
    /// 了解済み, of any level
    pub acknowledged: usize,
}

impl Counts {
    /// Counts findings.
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            let count = match (&finding.acknowledged, finding.level) {
                (Some(_), _) => &mut counts.acknowledged,
                (None, Level::Error) => &mut counts.errors,
                (None, Level::Warning) => &mut counts.warnings,
                (None, Level::Info) => &mut counts.infos,
            };
            *count += 1;
        }
        counts
    }

    /// The levels with their open findings, the most serious first.
    pub fn by_level(&self) -> [(Level, usize); 3] {
        [
            (Level::Error, self.errors),
            (Level::Warning, self.warnings),
            (Level::Info, self.infos),
        ]
    }

    /// The number of open findings.
    pub fn open(&self) -> usize {
        self.errors + self.warnings + self.infos
    }
}
