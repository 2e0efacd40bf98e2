//! 達成状況: what is said of a KPI in the reporting year, once and for every output.

use super::{Attainment, Book, BookItem, ItemSheet, Kpi, KpiValues, Period, Semantics};

/// What is said of a KPI's target of the reporting year.
#[derive(Clone, Debug, PartialEq)]
pub enum Judgement {
    /// The year is not over.
    NotYet,
    /// The item was cancelled: its numbers stand still.
    Cancelled,
    /// It was judged.
    Judged(Attainment),
}

impl Judgement {
    /// Judges a KPI by what its own sheet says, where nothing else is known of it.
    pub fn of_sheet(sheet: &ItemSheet, kpi: &Kpi, period: Period) -> Self {
        if !period.is_year_end() {
            return Self::NotYet;
        }
        if sheet.is_cancelled() {
            return Self::Cancelled;
        }
        let values = KpiValues::of(None, Some(kpi), None, period.year);
        let semantics = Semantics::of(&values, None);
        Self::Judged(Attainment::of(&values, &semantics, period.year))
    }

    /// Whether the target was met; `None` where that cannot be told, or not yet.
    pub fn was_met(&self) -> Option<bool> {
        match self {
            Self::NotYet | Self::Cancelled => None,
            Self::Judged(attainment) => attainment.was_met(),
        }
    }

    /// The word: `達成`, `取組中止`; `年度末に判定` before the year is over.
    pub fn label(&self) -> &'static str {
        match self {
            Self::NotYet => "年度末に判定",
            Self::Cancelled => "取組中止",
            Self::Judged(attainment) => attainment.label(),
        }
    }

    /// The formula, or the reason why there is none: `145件 ÷ 85件 = 170.6%`, `実績値が空欄のため`.
    pub fn reason(&self) -> String {
        match self {
            Self::NotYet => String::new(),
            Self::Cancelled => "取組が中止されたため".to_owned(),
            Self::Judged(Attainment::Met(shown) | Attainment::Missed(shown)) => {
                shown.formula.clone()
            }
            Self::Judged(Attainment::Undetermined(reason)) => reason.reason(),
        }
    }
}

impl Book {
    /// Judges a KPI that the merged workbook shows.
    pub fn judgement(&self, item: &BookItem, kpi: &Kpi) -> Judgement {
        if !self.period.is_year_end() {
            return Judgement::NotYet;
        }
        if item.is_cancelled() {
            return Judgement::Cancelled;
        }
        let year = self.period.year;
        let values = KpiValues::of(None, Some(kpi), item.published(kpi, None), year);
        let setting = self.kpi_setting(item.number(), kpi.name.text());
        Judgement::Judged(Attainment::of(
            &values,
            &Semantics::of(&values, setting),
            year,
        ))
    }
}

impl BookItem {
    /// Tells whether the item was cancelled, this year or before.
    pub fn is_cancelled(&self) -> bool {
        self.closed || self.official.is_cancelled()
    }
}
