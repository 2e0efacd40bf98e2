//! The rows of the tidy tables, whoever writes them: as files, or as a sheet of the merged workbook.

use super::super::{Cover, FiscalYear, ItemSheet, Layout, Period, Place, Text};
use super::{TidyKind, kpis, texts};

/// What one job or one workbook says.
#[derive(Clone, Debug)]
pub struct TidySource<'b> {
    /// Its cover.
    pub cover: &'b Cover,
    /// The period it reports; `None` where it does not say.
    pub period: Option<Period>,
    /// Its items.
    pub items: Vec<&'b ItemSheet>,
}

/// A cell of a tidy table, and where its text came from.
#[derive(Clone, Debug, PartialEq)]
pub struct TidyCell {
    /// The text; of a number its digits.
    pub text: String,
    /// The cell of the form.
    pub place: Option<Place>,
}

/// The rows of a table, each in the order of [`TidyKind::columns`].
pub fn tidy_rows<'s>(
    kind: TidyKind,
    sources: &'s [TidySource<'_>],
    layout: &'s Layout,
) -> impl Iterator<Item = Vec<TidyCell>> + 's {
    let origins = sources.iter().flat_map(|source| {
        let items = source.items.iter();
        items.map(|item| Origin::new(source, item))
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
}

impl<'b> Origin<'b> {
    fn new(source: &TidySource<'b>, item: &'b ItemSheet) -> Self {
        let period = source.period.map(Period::brief);
        let year = source.period.map(|period| period.year);
        Self {
            item,
            city: source.cover.city.as_deref().unwrap_or(""),
            period: period.unwrap_or_default(),
            year: year.or(item.year.get().copied()),
        }
    }

    pub(super) fn number(&self) -> TidyCell {
        TidyCell::at(self.item.number.text(), self.item.number.place.as_ref())
    }
}

impl TidyCell {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            place: None,
        }
    }

    pub(super) fn at(text: impl Into<String>, place: Option<&Place>) -> Self {
        Self {
            text: text.into(),
            place: place.cloned(),
        }
    }

    pub(super) fn of(field: &Text) -> Self {
        Self::at(field.text(), field.place.as_ref())
    }
}
