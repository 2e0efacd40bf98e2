//! What two workbooks in the official layout say differently.

use super::{Cover, FiscalYear, Half, Place};

/// 比較: two workbooks and their differences.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The workbook that is taken for the earlier one.
    pub before: Side,
    /// The workbook that is taken for the later one.
    pub after: Side,
    /// Every difference, the cover's first, then by item and from top to bottom.
    pub differences: Vec<Difference>,
}

/// One of the two workbooks.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The file's name.
    pub file: String,
    /// The plan's name, where its cover says it.
    pub plan: Option<String>,
    /// The reporting year, where its cover says it.
    pub fiscal_year: Option<FiscalYear>,
    /// The half, where its cover says it.
    pub half: Option<Half>,
    /// How many items it holds.
    pub items: usize,
}

impl Side {
    /// Takes from a workbook's cover what names it.
    pub fn new(file: &str, cover: &Cover, items: usize) -> Self {
        Self {
            file: file.to_owned(),
            plan: cover.plan.clone(),
            fiscal_year: cover.fiscal_year,
            half: cover.half,
            items,
        }
    }

    /// The file with the period that its cover names: `前回.xlsx（令和5年度 上半期）`.
    pub fn label(&self) -> String {
        let Some(year) = self.fiscal_year else {
            return self.file.clone();
        };
        let half = self.half.map(|half| format!(" {}", half.label()));
        format!(
            "{}（{}{}）",
            self.file,
            year.long(),
            half.unwrap_or_default()
        )
    }
}

/// 変更点: one field that the two workbooks do not say alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The item's number; none of the cover, and where a sheet's number cannot be read.
    pub number: Option<u32>,
    /// 取組項目, or 表紙.
    pub title: String,
    /// 主管課
    pub lead: String,
    /// 欄: what the field is called.
    pub field: String,
    /// In which way they differ.
    pub kind: DifferenceKind,
    /// What the earlier workbook says; nothing where it was added.
    pub before: Option<Said>,
    /// What the later workbook says; nothing where it was removed.
    pub after: Option<Said>,
}

/// What a workbook says, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The whole text.
    pub text: String,
    /// The cell; of what stands in several cells, the first.
    pub place: Option<Place>,
}

/// 区分: in which way a field differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// 変更: both say something, and not the same.
    Changed,
    /// 追加: only the later one says something.
    Added,
    /// 削除: only the earlier one says something.
    Removed,
    /// 表記のみ: both say the same in other spaces, widths or marks.
    Spelling,
}

impl DifferenceKind {
    /// Every kind, in the order in which they are counted.
    pub const ALL: [Self; 4] = [Self::Changed, Self::Added, Self::Removed, Self::Spelling];

    /// The word: `変更`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Changed => "変更",
            Self::Added => "追加",
            Self::Removed => "削除",
            Self::Spelling => "表記のみ",
        }
    }
}

impl Difference {
    /// Tells whether it is about the same item as another, or both are about the cover.
    pub fn is_beside(&self, other: &Self) -> bool {
        (self.number, &self.title) == (other.number, &other.title)
    }

    /// What the two workbooks say, empty where one says nothing.
    pub fn texts(&self) -> [&str; 2] {
        [&self.before, &self.after].map(|said| said.as_ref().map_or("", |said| said.text.as_str()))
    }
}

impl Comparison {
    /// How many differences there are of each kind.
    pub fn counts(&self) -> [(DifferenceKind, usize); 4] {
        DifferenceKind::ALL.map(|kind| {
            let of_kind = self.differences.iter().filter(|one| one.kind == kind);
            (kind, of_kind.count())
        })
    }

    /// The counts in a line: `変更点 12件（変更 8件、追加 3件、削除 1件）`.
    pub fn counted(&self) -> String {
        if self.differences.is_empty() {
            return format!(
                "違いはありません（取組{}件を比べました）。",
                self.after.items
            );
        }
        let counts = self.counts();
        let counts = counts.iter().filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(kind, count)| format!("{} {count}件", kind.label()))
            .collect();
        format!(
            "変更点 {}件（{}）",
            self.differences.len(),
            counts.join("、")
        )
    }
}
