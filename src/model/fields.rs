//! The fields of an item sheet by name, and what each is called.

use super::text::{excerpt, states_nothing};
use super::{Field, FiscalYear, ItemSheet, Label, Layout, Place};

/// How much of a KPI's name is quoted in a field's.
const QUOTED: usize = 14;

/// Which field of an item sheet; rows, KPIs and notes are counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldName {
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
    /// 実施項目
    Activity {
        /// The row of the 年次計画.
        row: usize,
    },
    /// What is done from a year on.
    Phase {
        /// The row of the 年次計画.
        row: usize,
        /// The phase's first year.
        year: FiscalYear,
    },
    /// A free note below the 年次計画.
    ScheduleNote {
        /// Which of them.
        line: usize,
    },
    /// A KPI's name.
    KpiName {
        /// Which KPI.
        kpi: usize,
    },
    /// 基準値
    Baseline {
        /// Which KPI.
        kpi: usize,
    },
    /// 実績値
    Actual {
        /// Which KPI.
        kpi: usize,
        /// The year.
        year: FiscalYear,
    },
    /// 目標値
    Target {
        /// Which KPI.
        kpi: usize,
        /// The year.
        year: FiscalYear,
    },
    /// A note below a KPI.
    KpiNote {
        /// Which KPI.
        kpi: usize,
        /// Which of its notes.
        line: usize,
    },
    /// 取組目標【Plan】
    Plan {
        /// The row of the 実施状況.
        row: usize,
    },
    /// 上半期の取組結果【Do】
    FirstHalf {
        /// The row of the 実施状況.
        row: usize,
    },
    /// 下半期の取組結果【Do】
    SecondHalf {
        /// The row of the 実施状況.
        row: usize,
    },
    /// 評価区分
    Grade,
    /// 評価区分 of another axis than the first.
    FurtherGrade {
        /// Which axis, the second being 1.
        axis: usize,
    },
    /// 評価コメント
    Comment,
    /// 改善事項
    Action,
    /// 脚注
    Footnote {
        /// Which footnote.
        line: usize,
    },
}

impl FieldName {
    /// Tells whether the plan decides what stands here; the rest is entered by the departments.
    pub fn is_of_plan(self) -> bool {
        match self {
            Self::Number
            | Self::Priority
            | Self::Title
            | Self::Departments
            | Self::Content
            | Self::Effects
            | Self::Activity { .. }
            | Self::Phase { .. }
            | Self::KpiName { .. }
            | Self::Baseline { .. }
            | Self::Target { .. } => true,
            Self::ScheduleNote { .. }
            | Self::Actual { .. }
            | Self::KpiNote { .. }
            | Self::Plan { .. }
            | Self::FirstHalf { .. }
            | Self::SecondHalf { .. }
            | Self::Grade
            | Self::FurtherGrade { .. }
            | Self::Comment
            | Self::Action
            | Self::Footnote { .. } => false,
        }
    }

    /// What the field is called: the layout's headings, with row, KPI and year.
    pub fn label(self, layout: &Layout, sheet: &ItemSheet) -> String {
        let labels = &layout.labels;
        let plain = |label: &Label| one_line(label.plain());
        let kpi = |at: usize, what: &str| {
            let name = sheet.kpis.get(at).map_or("", |kpi| kpi.name.text());
            format!("数値目標{} {what}「{}」", at + 1, excerpt(name, QUOTED))
        };
        let schedule = |rest: String| format!("{} {rest}", plain(&labels.schedule));
        let status =
            |row: usize, label: &Label| format!("実施状況{}行目 {}", row + 1, plain(label));
        let grade = |axis| format!("{} {}", plain(&labels.check), layout.grade_name(axis));
        match self {
            Self::Number => plain(&labels.number),
            Self::Priority => plain(&labels.priority),
            Self::Title => plain(&labels.title),
            Self::Departments => plain(&labels.departments),
            Self::Content => plain(&labels.content),
            Self::Effects => plain(&labels.effects),
            Self::Activity { row } => schedule(format!("{}{}", plain(&labels.activity), row + 1)),
            Self::Phase { row, year } => {
                let year = one_line(&labels.schedule_year.written(year));
                schedule(format!("{}{} {year}", plain(&labels.activity), row + 1))
            }
            Self::ScheduleNote { line } => schedule(format!("注記{}", line + 1)),
            Self::KpiName { kpi: at } => kpi(at, "名称"),
            Self::Baseline { kpi: at } => kpi(at, "基準値"),
            Self::Actual { kpi: at, year } => kpi(at, &labels.actual_of(year)),
            Self::Target { kpi: at, year } => kpi(at, &labels.target_of(year)),
            Self::KpiNote { kpi: at, line } => kpi(at, &format!("注記{}", line + 1)),
            Self::Plan { row } => status(row, &labels.plan),
            Self::FirstHalf { row } => status(row, &labels.first_half),
            Self::SecondHalf { row } => status(row, &labels.second_half),
            Self::Grade => grade(0),
            Self::FurtherGrade { axis } => grade(axis),
            Self::Comment => format!("{} 評価コメント", plain(&labels.check)),
            Self::Action => plain(&labels.action),
            Self::Footnote { line } => format!("脚注{}", line + 1),
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect()
}

/// A field of a sheet, whatever its value's type: its name, its text, its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NamedField<'a> {
    /// Which field.
    pub name: FieldName,
    /// What a person sees; `None` when blank.
    pub raw: Option<&'a str>,
    /// The cell.
    pub place: Option<&'a Place>,
}

impl ItemSheet {
    /// The entries in which a department states in words that there is nothing to report.
    pub fn stated_nothing(&self) -> Vec<NamedField<'_>> {
        let fields = self.fields().into_iter();
        let entries = fields.filter(|field| !field.name.is_of_plan());
        entries
            .filter(|field| field.raw.is_some_and(states_nothing))
            .collect()
    }

    /// All the fields, from top to bottom.
    pub fn fields(&self) -> Vec<NamedField<'_>> {
        fn named<T>(name: FieldName, field: &Field<T>) -> NamedField<'_> {
            NamedField {
                name,
                raw: field.raw.as_deref(),
                place: field.place.as_ref(),
            }
        }
        let mut all = vec![
            named(FieldName::Number, &self.number),
            named(FieldName::Priority, &self.priority),
            named(FieldName::Title, &self.title),
            named(FieldName::Departments, &self.departments),
            named(FieldName::Content, &self.content),
            named(FieldName::Effects, &self.effects),
        ];
        for (row, activity) in self.schedule.iter().enumerate() {
            all.push(named(FieldName::Activity { row }, &activity.name));
            for phase in &activity.phases {
                let year = phase.from;
                all.push(named(FieldName::Phase { row, year }, &phase.text));
            }
        }
        for (line, note) in self.schedule_notes.iter().enumerate() {
            all.push(named(FieldName::ScheduleNote { line }, note));
        }
        for (kpi, values) in self.kpis.iter().enumerate() {
            all.push(named(FieldName::KpiName { kpi }, &values.name));
            all.push(named(FieldName::Baseline { kpi }, &values.baseline));
            for one in &values.years {
                let year = one.year;
                let actual = one.actual.iter();
                all.extend(actual.map(|field| named(FieldName::Actual { kpi, year }, field)));
                let target = one.target.iter();
                all.extend(target.map(|field| named(FieldName::Target { kpi, year }, field)));
            }
            for (line, note) in values.notes.iter().enumerate() {
                all.push(named(FieldName::KpiNote { kpi, line }, note));
            }
        }
        for (row, status) in self.status.iter().enumerate() {
            all.push(named(FieldName::Plan { row }, &status.plan));
            all.push(named(FieldName::FirstHalf { row }, &status.first_half));
            all.push(named(FieldName::SecondHalf { row }, &status.second_half));
        }
        all.push(named(FieldName::Grade, &self.grade));
        for (axis, grade) in (1..).zip(&self.further_grades) {
            all.push(named(FieldName::FurtherGrade { axis }, grade));
        }
        all.push(named(FieldName::Comment, &self.comment));
        all.push(named(FieldName::Action, &self.action));
        for (line, note) in self.footnotes.iter().enumerate() {
            all.push(named(FieldName::Footnote { line }, &note.cell));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CellRef, Kpi, Source, Text};
    use std::sync::Arc;

    fn sheet(name: &str) -> ItemSheet {
        let source = Source {
            file: "総務課.xlsx".to_owned(),
            sheet: "取組1".to_owned(),
        };
        ItemSheet {
            schedule_notes: vec![Field::blank(None)],
            kpis: vec![Kpi {
                name: Text::from_raw(Some(name), None),
                baseline: Field::blank(None),
                years: Vec::new(),
                notes: Vec::new(),
            }],
            ..ItemSheet::blank(Arc::new(source), CellRef::new(0, 0))
        }
    }

    #[test]
    fn labels_are_the_layouts_headings_with_row_year_and_name() {
        let layout: Layout = toml::from_str(include_str!("../../templates/ojiya-r4.toml")).unwrap();
        let sheet = sheet("オンライン申請が利用できるサービス数");
        let year = FiscalYear(2023);
        for (name, label) in [
            (FieldName::Departments, "主管課(関係課)"),
            (
                FieldName::Phase { row: 1, year },
                "年次計画 実施項目2 R5年度",
            ),
            (FieldName::ScheduleNote { line: 0 }, "年次計画 注記1"),
            (
                FieldName::Actual { kpi: 0, year },
                "数値目標1 R5年度【実績値】「オンライン申請が利用できるサ…」",
            ),
            (
                FieldName::FirstHalf { row: 0 },
                "実施状況1行目 上半期の取組結果【Do】",
            ),
            (FieldName::Comment, "取組全体の評価【Check】 評価コメント"),
            (FieldName::Footnote { line: 2 }, "脚注3"),
        ] {
            assert_eq!(name.label(&layout, &sheet), label);
        }
    }

    #[test]
    fn every_field_is_named_once() {
        let sheet = sheet("件数");
        let mut names: Vec<FieldName> = sheet.fields().iter().map(|field| field.name).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!((names.len(), count), (12, 12));
    }
}
