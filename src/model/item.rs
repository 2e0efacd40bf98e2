//! The item sheet (進捗管理票) with every field typed, whatever stage of filling it is at.

use std::sync::Arc;

use super::{Baseline, CellRef, Field, FiscalYear, FormMark, Half, Measure, ReadAs, Source, Text};

/// 取組: one item sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemSheet {
    /// The sheet it was read from.
    pub source: Arc<Source>,
    /// The fiscal year that the status block's heading names (令和5年度の実施状況).
    pub year: Field<FiscalYear>,
    /// The half that a title on the sheet names.
    pub half: Field<Half>,
    /// 取組番号
    pub number: Field<u32>,
    /// 重点項目
    pub priority: Text,
    /// 取組項目
    pub title: Text,
    /// 主管課 (関係課)
    pub departments: Field<Departments>,
    /// 実施内容
    pub content: Text,
    /// 期待される効果
    pub effects: Text,
    /// 年次計画
    pub schedule: Vec<Activity>,
    /// Free notes below the 年次計画.
    pub schedule_notes: Vec<Text>,
    /// Whether a phase of this sheet spans years by a merged cell; false where merges were lost.
    pub has_spans: bool,
    /// 数値目標等
    pub kpis: Vec<Kpi>,
    /// 実施状況, one element a row of the sheet, filler and supplementary rows included.
    pub status: Vec<StatusRow>,
    /// 評価区分; where there are axes, of the first of them.
    pub grade: Field<Grade>,
    /// What the axes are called; none where an item has one grade.
    pub axes: Vec<String>,
    /// 評価区分 of the second axis and of those behind it.
    pub further_grades: Vec<Field<Grade>>,
    /// 評価コメント
    pub comment: Text,
    /// 改善事項・今後の進め方【Action】
    pub action: Text,
    /// 脚注
    pub footnotes: Vec<Footnote>,
    /// 様式外の記載: cells with content that are no field and no label.
    pub unplaced: Vec<Text>,
    /// Labels of blocks that were not found on the sheet, as the layout writes them.
    pub missing_blocks: Vec<String>,
    /// 様式の読み方: cells that are not as the distributed form has them, and how they were read.
    pub readings: Vec<Reading>,
    /// 様式の印: what says which form the sheet is, beside its labels.
    pub marks: Vec<FormMark>,
    /// The sheet's own anchor: the cell of the 取組番号 label.
    pub anchor: CellRef,
}

/// 読み方: a cell that is not as the distributed form has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What the cell says; blank where only its place tells something.
    pub cell: Text,
    /// How it was read.
    pub read_as: ReadAs,
}

impl ItemSheet {
    /// Makes a sheet of which nothing was read.
    pub fn blank(source: Arc<Source>, anchor: CellRef) -> Self {
        Self {
            source,
            year: Field::blank(None),
            half: Field::blank(None),
            number: Field::blank(None),
            priority: Field::blank(None),
            title: Field::blank(None),
            departments: Field::blank(None),
            content: Field::blank(None),
            effects: Field::blank(None),
            schedule: Vec::new(),
            schedule_notes: Vec::new(),
            has_spans: false,
            kpis: Vec::new(),
            status: Vec::new(),
            grade: Field::blank(None),
            axes: Vec::new(),
            further_grades: Vec::new(),
            comment: Field::blank(None),
            action: Field::blank(None),
            footnotes: Vec::new(),
            unplaced: Vec::new(),
            missing_blocks: Vec::new(),
            readings: Vec::new(),
            marks: Vec::new(),
            anchor,
        }
    }
}

impl ItemSheet {
    /// The cells of the footnotes; several footnotes of one cell share its text.
    pub fn footnote_cells(&self) -> impl Iterator<Item = &Text> {
        let notes = &self.footnotes;
        let firsts = notes.iter().enumerate().filter(|(at, note)| {
            let before = at.checked_sub(1).map(|before| &notes[before].cell.place);
            note.cell.place.is_none() || before != Some(&note.cell.place)
        });
        firsts.map(|(_, note)| &note.cell)
    }

    /// What stands in the row for a footnote to add without being one: below the last of 【Action】
    /// and the footnotes, at the form's edge.
    pub fn beside_footnotes(&self) -> Option<&Text> {
        let row = |text: &Text| text.place.as_ref().map(|place| place.cell.row);
        let action = row(&self.action)?;
        let notes = self.footnotes.iter().filter_map(|note| row(&note.cell));
        let last = notes.fold(action, u32::max);
        self.unplaced.iter().find(|text| {
            let place = text.place.as_ref();
            place.is_some_and(|place| {
                let rows = last + 1..=last + 2;
                place.cell.column == self.anchor.column && rows.contains(&place.cell.row)
            })
        })
    }

    /// The grades, one an axis.
    pub fn grades(&self) -> impl Iterator<Item = &Field<Grade>> {
        std::iter::once(&self.grade).chain(&self.further_grades)
    }

    /// Tells whether a grade says that the item was cancelled (取組中止).
    pub fn is_cancelled(&self) -> bool {
        let mut grades = self.grades().filter_map(Field::get);
        grades.any(|grade| grade.cancelled)
    }
}

/// 主管課 (lead) and 関係課 (related).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Departments {
    /// 主管課, in the order written.
    pub lead: Vec<String>,
    /// 関係課, or a phrase such as 公の施設を所管する全課.
    pub related: Vec<String>,
}

/// 実施項目: a row of the 年次計画.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// The activity's name.
    pub name: Text,
    /// Its phases in order of years.
    pub phases: Vec<Phase>,
}

/// A phase: what is done from one year to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// The first year.
    pub from: FiscalYear,
    /// The last year; where merges were lost, the first.
    pub to: FiscalYear,
    /// 検討, 実施 …
    pub text: Text,
}

/// 数値目標: a KPI with its baseline and its values over the years.
#[derive(Clone, Debug, PartialEq)]
pub struct Kpi {
    /// The name, without the baseline.
    pub name: Text,
    /// 基準値: raw is the whole text that follows the name in its cell.
    pub baseline: Field<Baseline>,
    /// One element a year column of the sheet.
    pub years: Vec<KpiYear>,
    /// Notes below the KPI.
    pub notes: Vec<Text>,
}

impl Kpi {
    /// The values of a year.
    pub fn year(&self, year: FiscalYear) -> Option<&KpiYear> {
        self.years.iter().find(|values| values.year == year)
    }
}

/// A KPI's values of one year; `None` where the layout has no such storey.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiYear {
    /// The fiscal year.
    pub year: FiscalYear,
    /// 実績値
    pub actual: Option<Field<Measure>>,
    /// 目標値
    pub target: Option<Field<Measure>>,
}

/// A row of the 実施状況.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusRow {
    /// 取組目標【Plan】
    pub plan: Text,
    /// 上半期の取組結果【Do】
    pub first_half: Text,
    /// 下半期の取組結果【Do】
    pub second_half: Text,
}

/// 評価区分, as the layout's vocabulary understands it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// The mark that was typed: `◎`.
    pub mark: Option<String>,
    /// The words that were typed: `計画どおり`.
    pub label: Option<String>,
    /// What the mark means: index into the layout's grades, 0 the best.
    pub by_mark: Option<usize>,
    /// What the words mean.
    pub by_label: Option<usize>,
    /// Whether the words say that the item was cancelled (取組中止).
    pub cancelled: bool,
}

impl Grade {
    /// The grade, where mark and words do not contradict each other.
    pub fn rank(&self) -> Option<usize> {
        match (self.by_mark, self.by_label) {
            (Some(mark), Some(label)) if mark != label => None,
            (mark, label) => label.or(mark),
        }
    }
}

/// 脚注: `※1 用語…説明`.
#[derive(Clone, Debug, PartialEq)]
pub struct Footnote {
    /// `※1`
    pub mark: String,
    /// What is explained; `None` where the text has no `…`.
    pub term: Option<String>,
    /// The explanation.
    pub text: String,
    /// The cell's whole text and place.
    pub cell: Text,
}

impl Footnote {
    /// A text in the footnotes' row that is none yet: a form keeps it where it stands.
    pub fn without_mark(cell: &Text) -> Self {
        Self {
            mark: String::new(),
            term: None,
            text: cell.text().to_owned(),
            cell: cell.clone(),
        }
    }
}
