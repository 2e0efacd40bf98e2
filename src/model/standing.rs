//! 提出の状況: how an item, or a department with it, stands in the collection.
//!
//! What was returned and has open findings of level error is not done: 一部未記入 where only entries
//! are missing, 差戻し where something else must be put right, with or without missing entries.

use std::collections::{BTreeMap, BTreeSet};

use super::text::fold;
use super::{Book, BookItem, Finding, Return, Submission};

/// How an item, or a department with it, stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was returned.
    Returned,
    /// It was returned, and entries are missing.
    Incomplete,
    /// It was returned, and something must be put right by the department.
    SentBack,
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
    /// Every standing, in the order in which they are explained.
    pub const ALL: [Self; 9] = [
        Self::Returned,
        Self::Incomplete,
        Self::SentBack,
        Self::Nothing,
        Self::Closed,
        Self::ByAnother,
        Self::OtherPeriod,
        Self::Misnumbered,
        Self::Unreadable,
    ];

    /// The word: `提出済`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Returned => "提出済",
            Self::Incomplete => "一部未記入",
            Self::SentBack => "差戻し",
            Self::ByAnother => "他課提出",
            Self::OtherPeriod => "様式違い",
            Self::Misnumbered => "番号違い",
            Self::Unreadable => "読取不可",
            Self::Closed => "該当なし",
            Self::Nothing => "未提出",
        }
    }

    /// What it says, for a legend.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Returned => "提出され、未記入や誤りがありません（了解済みのものを除きます）",
            Self::Incomplete => "提出されましたが、記入されていない欄があります",
            Self::SentBack => {
                "提出されましたが、誤りがあり、課に直してもらう必要があります（未記入もある場合を含みます）"
            }
            Self::ByAnother => "ほかの主管課が提出しました",
            Self::OtherPeriod => "年度・期の異なる様式で提出されました",
            Self::Misnumbered => "ほかの取組の番号で提出されました",
            Self::Unreadable => "課のファイルを読み取れませんでした",
            Self::Closed => "前年度までに中止され、提出を要しません",
            Self::Nothing => "提出されていません",
        }
    }

    /// Tells whether something is still to come.
    pub fn is_open(self) -> bool {
        match self {
            Self::Returned | Self::ByAnother | Self::Closed => false,
            Self::Incomplete
            | Self::SentBack
            | Self::OtherPeriod
            | Self::Misnumbered
            | Self::Unreadable
            | Self::Nothing => true,
        }
    }

    /// Tells whether nothing was returned that counts, though it is due.
    pub fn is_awaited(self) -> bool {
        match self {
            Self::Returned | Self::Incomplete | Self::SentBack | Self::ByAnother | Self::Closed => {
                false
            }
            Self::OtherPeriod | Self::Misnumbered | Self::Unreadable | Self::Nothing => true,
        }
    }
}

/// How every item and every department stands, with what was found.
pub struct Standings<'b> {
    book: &'b Book,
    wrong: BTreeMap<u32, Vec<Wrong>>,
}

/// An open finding of level error about an item.
struct Wrong {
    /// The departments that should act, folded; none where nobody is named.
    departments: Vec<String>,
    /// An entry is missing.
    missing: bool,
}

impl<'b> Standings<'b> {
    /// Looks at a book and what was found in it.
    pub fn of(book: &'b Book, findings: &[Finding]) -> Self {
        let mut wrong: BTreeMap<u32, Vec<Wrong>> = BTreeMap::new();
        let open = findings.iter().filter(|finding| finding.is_open_error());
        // What was published is the office's to put right.
        let open = open.filter(|finding| !book.is_as_published(finding));
        for finding in open {
            let Some(item) = finding.item else { continue };
            let departments = finding.department.as_deref();
            let departments = departments
                .into_iter()
                .flat_map(|joined| joined.split('、'));
            wrong.entry(item).or_default().push(Wrong {
                departments: departments.map(fold).collect(),
                missing: finding.code.starts_with('N'),
            });
        }
        Self { book, wrong }
    }

    /// How an item stands.
    pub fn item(&self, item: &BookItem) -> Standing {
        let stands = self.book.standing(item);
        self.with_findings(stands, item, |_| true)
    }

    /// How one of the item's leads stands with it; `None` where a department is no lead of it.
    pub fn lead(
        &self,
        item: &BookItem,
        department: &str,
        submission: Submission,
    ) -> Option<Standing> {
        if !item.is_led_by(department) {
            return None;
        }
        let key = fold(department);
        let stands = item.standing_of(department, submission);
        Some(self.with_findings(stands, item, |wrong| {
            wrong.departments.is_empty() || wrong.departments.contains(&key)
        }))
    }

    /// How many items stand how, without the standings that none has.
    pub fn counts(&self) -> Vec<(Standing, usize)> {
        let items = self.book.items.iter();
        let stands: Vec<Standing> = items.map(|item| self.item(item)).collect();
        let count = |wanted| stands.iter().filter(|one| **one == wanted).count();
        let counts = Standing::ALL.map(|standing| (standing, count(standing)));
        counts.into_iter().filter(|(_, count)| *count > 0).collect()
    }

    fn with_findings(
        &self,
        stands: Standing,
        item: &BookItem,
        concerns: impl Fn(&Wrong) -> bool,
    ) -> Standing {
        match stands {
            Standing::Returned => {}
            Standing::Incomplete
            | Standing::SentBack
            | Standing::ByAnother
            | Standing::OtherPeriod
            | Standing::Misnumbered
            | Standing::Unreadable
            | Standing::Closed
            | Standing::Nothing => return stands,
        }
        let wrong = self.wrong.get(&item.number()).into_iter().flatten();
        let mut stands = stands;
        for one in wrong.filter(|one| concerns(one)) {
            if !one.missing {
                return Standing::SentBack;
            }
            stands = Standing::Incomplete;
        }
        stands
    }
}

impl Book {
    /// How an item stands, findings aside: it counts as returned when any of its leads returned it.
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
            let superseded = item.superseded.iter();
            let misnumbered = item.misnumbered.iter();
            counted
                .chain(others.map(|returned| (returned, "（様式違い）")))
                .chain(superseded.map(|returned| (returned, "（差替済）")))
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

    /// How one of the item's leads stands with it, findings aside.
    fn standing_of(&self, department: &str, stands: Submission) -> Standing {
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
