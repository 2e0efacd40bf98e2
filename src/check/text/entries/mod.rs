//! What a department wrote on a sheet: its free texts, without values and the plan's own words.

use crate::check::filled;
use crate::model::{Field, ItemSheet, Layout, Place, Text};

/// Where on the sheet an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) enum Kind {
    /// A note below the 年次計画 or a 数値目標.
    Note,
    /// 取組目標【Plan】
    Plan,
    /// 上半期の取組結果【Do】
    FirstHalf,
    /// 下半期の取組結果【Do】
    SecondHalf,
    /// 評価コメント
    Comment,
    /// 改善事項・今後の進め方【Action】
    Action,
}

impl Kind {
    /// What the entry is called in a message.
    pub(in crate::check) fn label(self, layout: &Layout) -> &'static str {
        match self {
            Self::Note => "注記",
            Self::Plan => "取組目標",
            Self::FirstHalf => "上半期の取組結果",
            Self::SecondHalf if layout.has_halves() => "下半期の取組結果",
            Self::SecondHalf => "取組結果",
            Self::Comment => "評価のコメント",
            Self::Action => "改善事項・今後の進め方",
        }
    }

    /// Tells whether the entry says what was done and what follows from it.
    pub(in crate::check) fn is_account(self) -> bool {
        match self {
            Self::Note | Self::Plan => false,
            Self::FirstHalf | Self::SecondHalf | Self::Comment | Self::Action => true,
        }
    }
}

/// A filled entry.
#[derive(Clone, Copy, Debug)]
pub(in crate::check) struct Entry<'a> {
    pub(in crate::check) kind: Kind,
    /// The text that a person sees.
    pub(in crate::check) text: &'a str,
    pub(in crate::check) place: &'a Place,
    /// The Plan of its row in the 実施状況; empty elsewhere.
    pub(in crate::check) aim: &'a str,
}

/// The filled entries of a sheet, from top to bottom.
pub(in crate::check) fn entries(sheet: &ItemSheet) -> Vec<Entry<'_>> {
    let of_kpis = sheet.kpis.iter().flat_map(|kpi| &kpi.notes);
    let notes = sheet.schedule_notes.iter().chain(of_kpis);
    let mut found: Vec<Entry<'_>> = notes
        .filter_map(|note| entry(Kind::Note, note, ""))
        .collect();
    for row in &sheet.status {
        let aim = row.plan.text();
        found.extend(entry(Kind::Plan, &row.plan, aim));
        found.extend(entry(Kind::FirstHalf, &row.first_half, aim));
        found.extend(entry(Kind::SecondHalf, &row.second_half, aim));
    }
    found.extend(entry(Kind::Comment, &sheet.comment, ""));
    found.extend(entry(Kind::Action, &sheet.action, ""));
    found
}

fn entry<'a>(kind: Kind, field: &'a Text, aim: &'a str) -> Option<Entry<'a>> {
    let (text, place) = (filled(field)?, field.place.as_ref()?);
    Some(Entry {
        kind,
        text,
        place,
        aim,
    })
}

/// Every text of a sheet but its footnotes, each with its place.
pub(in crate::check) fn texts(sheet: &ItemSheet) -> Vec<(&str, Option<&Place>)> {
    fn said<T>(field: &Field<T>) -> (&str, Option<&Place>) {
        (field.text(), field.place.as_ref())
    }
    let mut found = vec![said(&sheet.priority), said(&sheet.title)];
    found.extend([
        said(&sheet.departments),
        said(&sheet.content),
        said(&sheet.effects),
    ]);
    for activity in &sheet.schedule {
        found.push(said(&activity.name));
        found.extend(activity.phases.iter().map(|phase| said(&phase.text)));
    }
    found.extend(sheet.schedule_notes.iter().map(said));
    for kpi in &sheet.kpis {
        found.extend([said(&kpi.name), said(&kpi.baseline)]);
        let values = kpi.years.iter();
        let values = values.flat_map(|values| [&values.actual, &values.target]);
        found.extend(values.flatten().map(said));
        found.extend(kpi.notes.iter().map(said));
    }
    for row in &sheet.status {
        found.extend([&row.plan, &row.first_half, &row.second_half].map(said));
    }
    found.extend(sheet.grades().map(said));
    found.extend([said(&sheet.comment), said(&sheet.action)]);
    found.extend(sheet.unplaced.iter().map(said));
    found
}
