//! The rows of the tidy tables, whoever writes them: as files, or as a sheet of the merged workbook.

use rust_decimal::Decimal;

use super::super::{
    Book, BookItem, Cover, Field, FiscalYear, ItemSheet, Judgement, Kpi, Layout, Period, Place,
    Text,
};
use super::{TidyKind, kpis, texts};

/// What one job or one workbook says.
#[derive(Clone, Debug)]
pub struct TidySource<'b> {
    cover: &'b Cover,
    period: Option<Period>,
    items: Vec<&'b ItemSheet>,
    /// The gathered book that the items are of, in the same order; it knows more of a KPI than its
    /// sheet does.
    book: Option<&'b Book>,
}

impl<'b> TidySource<'b> {
    /// A job: what its merged workbook shows.
    pub fn of_book(book: &'b Book) -> Self {
        Self {
            cover: &book.cover,
            period: Some(book.period),
            items: book.items.iter().map(|item| &item.official).collect(),
            book: Some(book),
        }
    }

    /// A workbook as it was read; `period` is what it reports, `None` where it does not say.
    pub fn of_workbook(
        cover: &'b Cover,
        period: Option<Period>,
        items: Vec<&'b ItemSheet>,
    ) -> Self {
        Self {
            cover,
            period,
            items,
            book: None,
        }
    }
}

/// A cell of a tidy table, and where its text came from.
#[derive(Clone, Debug, PartialEq)]
pub struct TidyCell {
    /// The text; of a number its digits.
    pub text: String,
    /// The cell of the form.
    pub place: Option<Place>,
    /// What it says to a machine, where that is more than a text.
    pub value: Option<TidyValue>,
}

/// What a cell says to a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TidyValue {
    /// 取組番号, 行, 西暦年度; of 年度 its Western year.
    Whole(u32),
    /// 値
    Number(Decimal),
    /// 時点, where it names a day: the days since 1 January 1970.
    Day(i32),
    /// 区分 of an actual of the reporting year: whether it met its target (達成).
    Met(bool),
}

/// The rows of a table, each in the order of [`TidyKind::columns`].
pub fn tidy_rows<'s>(
    kind: TidyKind,
    sources: &'s [TidySource<'_>],
    layout: &'s Layout,
) -> impl Iterator<Item = Vec<TidyCell>> + 's {
    let origins = sources.iter().flat_map(|source| {
        let items = source.items.iter().enumerate();
        items.map(|(at, item)| Origin::new(source, at, item))
    });
    origins.flat_map(move |origin| match kind {
        TidyKind::Kpis => kpis::rows(&origin),
        TidyKind::Texts => texts::rows(&origin, layout),
    })
}

/// An item and what it belongs to.
pub(super) struct Origin<'b> {
    pub(super) item: &'b ItemSheet,
    pub(super) city: &'b str,
    pub(super) period: String,
    pub(super) year: Option<FiscalYear>,
    reported: Option<Period>,
    gathered: Option<(&'b Book, &'b BookItem)>,
}

impl<'b> Origin<'b> {
    fn new(source: &TidySource<'b>, at: usize, item: &'b ItemSheet) -> Self {
        let period = source.period.map(Period::brief);
        let year = source.period.map(|period| period.year);
        let gathered = source
            .book
            .and_then(|book| Some((book, book.items.get(at)?)));
        Self {
            item,
            city: source.cover.city.as_deref().unwrap_or(""),
            period: period.unwrap_or_default(),
            year: year.or(item.year.get().copied()),
            reported: source.period,
            gathered,
        }
    }

    pub(super) fn number(&self) -> TidyCell {
        let number = &self.item.number;
        let cell = TidyCell::at(number.text(), number.place.as_ref());
        cell.says(Field::get(number).copied().map(TidyValue::Whole))
    }

    /// 達成: whether a KPI met its target of the year that is reported.
    pub(super) fn met(&self, kpi: &Kpi, year: FiscalYear) -> Option<bool> {
        let period = self.reported.filter(|period| period.year == year)?;
        let judgement = match self.gathered {
            Some((book, item)) => book.judgement(item, kpi),
            None => Judgement::of_sheet(self.item, kpi, period),
        };
        judgement.was_met()
    }
}

impl TidyCell {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            place: None,
            value: None,
        }
    }

    pub(super) fn at(text: impl Into<String>, place: Option<&Place>) -> Self {
        Self {
            place: place.cloned(),
            ..Self::new(text)
        }
    }

    pub(super) fn of(field: &Text) -> Self {
        Self::at(field.text(), field.place.as_ref())
    }

    /// 年度
    pub(super) fn year(year: Option<FiscalYear>) -> Self {
        let text = year.map(|year| year.to_string()).unwrap_or_default();
        Self::new(text).says(year.map(|year| TidyValue::Whole(year.0.into())))
    }

    pub(super) fn says(self, value: Option<TidyValue>) -> Self {
        Self { value, ..self }
    }
}
