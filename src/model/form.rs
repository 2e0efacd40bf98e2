//! A form that was located on a sheet: which cell is which field, nothing read yet.

use super::{CellRef, FiscalYear, Half, Tidy};

/// Which cell is which field of one item sheet.
#[derive(Clone, Debug)]
pub struct Form {
    /// The cell of the 取組番号 label.
    pub anchor: CellRef,
    /// The status heading's year and its cell.
    pub year: Option<(FiscalYear, CellRef)>,
    /// A title's half and its cell.
    pub half: Option<(Half, CellRef)>,
    /// 取組番号
    pub number: Slot,
    /// 重点項目
    pub priority: Slot,
    /// 取組項目
    pub title: Slot,
    /// 主管課 (関係課)
    pub departments: Slot,
    /// 実施内容
    pub content: Slot,
    /// 期待される効果
    pub effects: Slot,
    /// 年次計画, row by row.
    pub schedule: Vec<ScheduleSlot>,
    /// 数値目標等, row by row.
    pub kpis: Vec<KpiSlot>,
    /// 実施状況, row by row.
    pub status: Vec<StatusSlot>,
    /// 評価区分
    pub grade: Slot,
    /// The other half of the 評価区分, where its mark and its words stand in two cells.
    pub grade_beside: Slot,
    /// 評価区分 of the second axis and of those behind it.
    pub further_grades: Vec<Slot>,
    /// 評価コメント
    pub comment: Slot,
    /// 改善事項
    pub action: Slot,
    /// Footnote cells.
    pub footnotes: Vec<CellRef>,
    /// Cells that read like a printed 様式ID.
    pub ids: Vec<CellRef>,
    /// Cells with content that are neither label nor field.
    pub unplaced: Vec<CellRef>,
    /// Labels of the layout that were not found.
    pub missing: Vec<String>,
    /// Cells that are not as the distributed form has them, and how they were read.
    pub readings: Vec<(CellRef, ReadAs)>,
}

/// How a cell was read that is not as the distributed form has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadAs {
    /// A label in other words, read as this one.
    Label(String),
    /// The label is gone; the cell was taken for this field, or block, by what stands around it.
    Found(String),
    /// One cell for several fields, and read as each of them.
    Each(Vec<String>),
    /// Merged over several fields, and nobody can tell which of them it is: it is not read.
    Undecided(Vec<String>),
}

/// The cell of a field, with content or without; `None` where its label was not found.
pub type Slot = Option<CellRef>;

/// A row of the 年次計画 block.
#[derive(Clone, Debug)]
pub enum ScheduleSlot {
    /// An activity and its phases, each with its first and last year.
    Activity {
        /// The activity's cell.
        name: CellRef,
        /// Phase cells with the years they span.
        phases: Vec<(CellRef, FiscalYear, FiscalYear)>,
    },
    /// A free note.
    Note(CellRef),
}

/// A row of the 数値目標 block.
#[derive(Clone, Debug)]
pub enum KpiSlot {
    /// A KPI: its name cell and its values.
    Kpi {
        /// The cell of name and baseline.
        name: CellRef,
        /// The baseline's cell, where it has one of its own.
        baseline: Slot,
        /// The label that heads the baselines' own column.
        baseline_head: Slot,
        /// Year, actual's cell, target's cell; a cell that is merged over several is in each of them.
        years: Vec<(FiscalYear, Slot, Slot)>,
        /// True where the cell could as well be a note: no value in any year and no merge tells.
        uncertain: bool,
        /// How the block's values stand; where they stand in storeys, one without a cell was deleted.
        storeys: Storeys,
    },
    /// A note that belongs to the KPI above.
    Note(CellRef),
}

/// How a year's actual and target stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storeys {
    /// The actual above, the target below it.
    ActualAbove,
    /// The target above, the actual below it.
    TargetAbove,
    /// Side by side.
    One,
}

/// A row of the 実施状況 block; a cell that is merged over two columns is in both of them.
#[derive(Clone, Copy, Debug)]
pub struct StatusSlot {
    /// 取組目標【Plan】
    pub plan: Slot,
    /// 上半期の取組結果【Do】
    pub first_half: Slot,
    /// 下半期の取組結果【Do】
    pub second_half: Slot,
}

/// The official index (取組項目一覧) located on a sheet.
#[derive(Clone, Debug)]
pub struct IndexForm {
    /// Rows: 重点項目, 取組番号, 取組項目, 主管課.
    pub rows: Vec<[Slot; 4]>,
    /// Cells with content that are neither label nor field.
    pub unplaced: Vec<CellRef>,
}

/// What was recognised on a sheet.
#[derive(Clone, Debug)]
pub enum Located {
    /// One or more item forms, in order from the top.
    Forms(Vec<Form>),
    /// The index of items.
    Index(IndexForm),
    /// A tidy table of several items' values or texts.
    Tidy(Tidy),
    /// The cover.
    Cover,
    /// An instruction, an example or a list for drop-downs, by its name.
    Instruction,
    /// A sheet beside the forms that this program wrote and that nobody has written on.
    Own,
    /// A sheet that the merged workbook adds for the office: it lists items and is no form.
    Report,
    /// No cell has content.
    Empty,
    /// Content, but no form.
    Unknown,
}

impl Located {
    /// The item forms of the sheet; none where it is anything else.
    pub fn forms(&self) -> &[Form] {
        match self {
            Self::Forms(forms) => forms,
            Self::Index(_)
            | Self::Tidy(_)
            | Self::Cover
            | Self::Instruction
            | Self::Own
            | Self::Report
            | Self::Empty
            | Self::Unknown => &[],
        }
    }
}
