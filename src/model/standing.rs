//! 提出の状況: how an item, or a department with it, stands in the collection.

use std::collections::{BTreeMap, BTreeSet};

use super::text::fold;
use super::{Book, BookItem, Return, Submission};

/// How an item, or a department with it, stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was returned.
    Returned,
    /// Another of its leads returned it.
    ByAnother,
    /// It came back on a form of another year or half.
    OtherPeriod,
    /// It came back under another item's number.
    Misnumbered,
    /// Its department's file could not be read.
    Unreadable,
    /// It was cancelled in an earlier year.
    Closed,
    /// It did not come back.
    Nothing,
}

impl Standing {
    /// The word: `提出済`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Returned => "提出済",
            Self::ByAnother => "他課提出",
            Self::OtherPeriod => "様式違い",
            Self::Misnumbered => "番号違い",
            Self::Unreadable => "読取不可",
            Self::Closed => "対象外",
            Self::Nothing => "未提出",
        }
    }

    /// Tells whether something is still to come.
    pub fn is_open(self) -> bool {
        match self {
            Self::Returned | Self::ByAnother | Self::Closed => false,
            Self::OtherPeriod | Self::Misnumbered | Self::Unreadable | Self::Nothing => true,
        }
    }
}

impl Book {
    /// How an item stands: it counts as returned when any of its leads returned it.
    pub fn standing(&self, item: &BookItem) -> Standing {
        if item.chosen.is_some() {
            return Standing::Returned;
        }
        if item.closed {
            return Standing::Closed;
        }
        if !item.other_period.is_empty() {
            return Standing::OtherPeriod;
        }
        if !item.misnumbered.is_empty() {
            return Standing::Misnumbered;
        }
        let unreadable = self.departments.iter().any(|(department, stands)| {
            *stands == Submission::Unreadable && item.is_led_by(department)
        });
        if unreadable {
            return Standing::Unreadable;
        }
        Standing::Nothing
    }

    /// The numbers of the items that were read from each file, as they are listed; returns that do
    /// not count say so: `3`, `4（様式違い）`, `9（計画外）`.
    pub fn numbers_by_file(&self) -> BTreeMap<&str, Vec<String>> {
        let mut found: BTreeMap<&str, BTreeSet<(u32, &str)>> = BTreeMap::new();
        let items = self.items.iter().flat_map(|item| {
            let counted = item.returns.iter().map(|returned| (returned, ""));
            let others = item.other_period.iter();
            let misnumbered = item.misnumbered.iter();
            counted
                .chain(others.map(|returned| (returned, "（様式違い）")))
                .chain(misnumbered.map(|returned| (returned, "（番号違い）")))
        });
        let strangers = self.strangers.iter();
        for (returned, suffix) in items.chain(strangers.map(|returned| (returned, "（計画外）")))
        {
            let sheet = &returned.sheet;
            let number = sheet.number.get().copied().unwrap_or(0);
            let numbers = found.entry(&sheet.source.file).or_default();
            numbers.insert((number, suffix));
        }
        let texts = found.into_iter().map(|(file, numbers)| {
            let numbers = numbers.into_iter().map(|(number, suffix)| match number {
                0 => "番号なし".to_owned(),
                number => format!("{number}{suffix}"),
            });
            (file, numbers.collect())
        });
        texts.collect()
    }
}

impl BookItem {
    /// Tells whether a department is one of the item's leads.
    pub fn is_led_by(&self, department: &str) -> bool {
        let department = fold(department);
        self.lead().iter().any(|lead| fold(lead) == department)
    }

    /// How one of the item's leads stands with it.
    pub fn standing_of(&self, department: &str, stands: Submission) -> Standing {
        let from = |returns: &[Return]| {
            returns.iter().any(|returned| {
                let mut departments = returned.departments.iter();
                departments.any(|name| fold(name) == fold(department))
            })
        };
        if from(&self.returns) || self.chosen.is_some() && self.lead().len() <= 1 {
            return Standing::Returned;
        }
        if self.chosen.is_some() {
            return Standing::ByAnother;
        }
        if self.closed {
            return Standing::Closed;
        }
        if from(&self.other_period) || !self.other_period.is_empty() && self.lead().len() <= 1 {
            return Standing::OtherPeriod;
        }
        if from(&self.misnumbered) || !self.misnumbered.is_empty() && self.lead().len() <= 1 {
            return Standing::Misnumbered;
        }
        match stands {
            Submission::Unreadable => Standing::Unreadable,
            Submission::Returned | Submission::Nothing => Standing::Nothing,
        }
    }
}
