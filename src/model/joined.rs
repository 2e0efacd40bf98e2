//! What several returns of one item are together, and what told whose a file is.

use super::{FieldName, FiscalYear, Half, ItemSheet, Place};

/// Several returns of one item put together, field by field.
#[derive(Clone, Debug, Default)]
pub struct Joined {
    /// The returns that are this item's, the preferred first; empty where there is but one.
    pub order: Vec<usize>,
    /// Why the first of them counts before the next.
    pub choice: Option<Choice>,
    /// The sheet: each field from the preferred return that fills it, with that return's place;
    /// `None` where all say the same; boxed as few items have one.
    pub sheet: Option<Box<ItemSheet>>,
    /// Fields that the returns fill differently.
    pub conflicts: Vec<Conflict>,
    /// What was taken from one return though a preferred one leaves it blank, where that may be a
    /// deletion.
    pub blanked: Vec<Blanked>,
    /// Returns with equal content together, the preferred first; those of other titles as well.
    pub copies: Vec<Vec<usize>>,
}

/// Why one return counts before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It was saved later, by the workbooks' own modification stamps.
    Newest,
    /// It alone says when it was saved.
    Stamped,
    /// Both were saved at the same moment: the order of file names decided.
    SameStamp,
    /// Neither says when it was saved: the order of file names decided.
    NoStamp,
    /// The configuration prefers the first in the order of file names.
    First,
    /// The configuration prefers the last in the order of file names.
    Last,
}

impl Choice {
    /// The reason in words, ending in ため.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Newest => "保存日時が新しいため",
            Self::Stamped => "保存日時の記録があるため",
            Self::SameStamp => "保存日時が同じで、ファイル名の順で先のため",
            Self::NoStamp => "保存日時の記録がなく、ファイル名の順で先のため",
            Self::First => "設定（prefer）により、ファイル名の順で先のため",
            Self::Last => "設定（prefer）により、ファイル名の順で後のため",
        }
    }
}

/// A field that several returns of an item fill differently.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Which field of the joined sheet.
    pub field: FieldName,
    /// What was taken.
    pub taken: Entered,
    /// What else was entered, each text once.
    pub others: Vec<Vec<Entered>>,
    /// Why the first counts before the best of the others.
    pub choice: Choice,
}

/// What a return says in a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Entered {
    /// Which return.
    pub at: usize,
    /// What a person sees.
    pub raw: String,
    /// The cell.
    pub place: Option<Place>,
}

/// Fields that a preferred return leaves blank and another fills.
#[derive(Clone, Debug, PartialEq)]
pub struct Blanked {
    /// The return that leaves them blank.
    pub at: usize,
    /// The return that fills them.
    pub from: usize,
    /// Which fields of the joined sheet, and the blank cell of each where there is one.
    pub fields: Vec<(FieldName, Option<Place>)>,
}

/// What told something of a file or a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The item sheets in it.
    Sheet,
    /// The file's name.
    FileName,
    /// The name of a folder above it.
    Folder,
    /// The mark of the form that it is.
    Mark,
}

impl Told {
    /// The word in Japanese: `ファイル名`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Sheet => "票",
            Self::FileName => "ファイル名",
            Self::Folder => "フォルダ名",
            Self::Mark => "様式の印",
        }
    }
}

/// Whose a collected file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOrigin {
    /// The 主管課 it was taken to be from.
    pub departments: Vec<String>,
    /// What told.
    pub told: Told,
}

/// A period that names tell of a sheet which does not say its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedPeriod {
    /// The year.
    pub year: FiscalYear,
    /// The half, where the sheet's entries do not speak against it.
    pub half: Option<Half>,
    /// What told.
    pub told: Told,
}
