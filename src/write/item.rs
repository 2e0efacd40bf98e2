//! An item's sheet (進捗管理票) as the layout draws it.

use std::collections::BTreeSet;

use crate::model::{
    Book, BookItem, CellRef, FieldName, FiscalYear, HeaderField, ItemSheet, Label, Layout, Period,
    Text,
};

use super::WriteError;
use super::draft::{Band, Draft, NEVER, Piece};
use super::style::{Dress, Styles};

/// Break costs: between blocks, between rows of a block, and before a row that hangs on another.
pub(super) const BEFORE_BLOCK: u32 = 6;
pub(super) const IN_BLOCK: u32 = 20;
pub(super) const HANGING: u32 = 60;

/// The blank row between blocks, in pixels.
const GAP: u32 = 10;

/// Lays out an item's sheet.
pub(super) fn draft(
    book: &Book,
    item: &BookItem,
    name: &str,
    listed: Option<(String, CellRef)>,
    styles: &Styles,
) -> Result<Draft, WriteError> {
    let nobody = item.chosen.is_none() && !item.closed;
    let drawing = Drawing::new(book, &item.official, styles);
    let drawing = Drawing {
        nobody,
        listed,
        ..drawing
    };
    drawing.draft(name, None)
}

/// The plan's years, and any other year in which something was entered.
fn years(book: &Book, official: &ItemSheet) -> Vec<FiscalYear> {
    let mut years: BTreeSet<FiscalYear> = book.years.iter().copied().collect();
    let phases = official
        .schedule
        .iter()
        .flat_map(|activity| &activity.phases);
    for phase in phases.filter(|phase| !phase.text.is_blank()) {
        years.extend([phase.from, phase.to]);
    }
    for values in official.kpis.iter().flat_map(|kpi| &kpi.years) {
        let entered = [&values.actual, &values.target];
        if entered
            .iter()
            .any(|field| field.as_ref().is_some_and(|field| !field.is_blank()))
        {
            years.insert(values.year);
        }
    }
    years.into_iter().collect()
}

/// Where each of some years begins and how many columns it has; the remainder is spread.
pub(super) fn shares(first: u16, columns: u16, years: usize) -> Vec<(u16, u16)> {
    let count = years.max(1) as u32;
    let edge = |at: u32| first + (u32::from(columns) * at / count) as u16;
    (0..count)
        .map(|at| (edge(at), edge(at + 1) - edge(at)))
        .collect()
}

pub(super) struct Drawing<'b> {
    pub(super) layout: &'b Layout,
    pub(super) period: Period,
    pub(super) years: Vec<FiscalYear>,
    pub(super) official: &'b ItemSheet,
    /// Nobody returned the item: what is due and blank is shaded.
    pub(super) nobody: bool,
    pub(super) styles: &'b Styles,
    /// The item's cell in the index.
    listed: Option<(String, CellRef)>,
}

impl<'b> Drawing<'b> {
    /// The drawing of a sheet on which nothing is shaded and nothing is a link.
    pub(super) fn new(book: &'b Book, official: &'b ItemSheet, styles: &'b Styles) -> Self {
        Self {
            layout: &book.layout,
            period: book.period,
            years: years(book, official),
            official,
            nobody: false,
            styles,
            listed: None,
        }
    }

    /// Lays the sheet out, below a band of its own where there is one.
    pub(super) fn draft(&self, name: &str, above: Option<Band>) -> Result<Draft, WriteError> {
        self.check(name)?;
        let styles = self.styles;
        let columns = vec![self.layout.item_column(); usize::from(self.layout.item.columns)];
        let mut draft = Draft::new(name, columns).on_pages(self.layout.page.height());
        if let Some(above) = above {
            draft.add(above, styles);
            draft.add(Band::blank(HANGING, GAP), styles);
        }
        for (at, block) in self.blocks().into_iter().enumerate() {
            if at > 0 {
                draft.add(Band::blank(HANGING, GAP), styles);
            }
            let first = draft.rows.len();
            for band in block {
                draft.add(band, styles);
            }
            draft.frame(first);
        }
        for band in self.footnotes() {
            draft.add(band, styles);
        }
        Ok(draft)
    }

    fn check(&self, name: &str) -> Result<(), WriteError> {
        let item = &self.layout.item;
        let columns = item.columns;
        let wrong = |part| Err(WriteError::Columns { part, columns });
        let sum = |columns: &mut dyn Iterator<Item = u16>| columns.map(u32::from).sum::<u32>();
        for row in &item.header {
            if sum(&mut row.iter().map(|cell| cell.columns)) > u32::from(columns) {
                return wrong("見出し部");
            }
        }
        if sum(&mut item.status_widths().into_iter()) > u32::from(columns) {
            return wrong("実施状況");
        }
        if item.comment_columns() == 0 {
            return wrong("評価");
        }
        let kpis = item.kpi_columns.saturating_add(item.baseline_columns);
        for (names, each) in [(item.activity_columns, 1), (kpis, item.cells_of_a_year())] {
            let left = columns.saturating_sub(names);
            if names == 0 || self.years.len() * usize::from(each) > usize::from(left) {
                return Err(WriteError::TooManyYears {
                    sheet: name.to_owned(),
                    years: self.years.len(),
                    columns: left,
                });
            }
        }
        Ok(())
    }

    /// The framed blocks, from top to bottom.
    fn blocks(&self) -> [Vec<Band>; 4] {
        let mut reported = self.status();
        reported.extend(self.assessment());
        [self.header(), self.schedule(), self.kpis(), reported]
    }

    fn header(&self) -> Vec<Band> {
        let rows = self.layout.item.header.iter().map(|row| {
            let mut column = 0;
            let mut pieces = Vec::new();
            for cell in row.iter().filter(|cell| cell.columns > 0) {
                if let Some(label) = cell.label {
                    let text = self.header_label(label).plain();
                    pieces.push(Piece::new(
                        column,
                        cell.columns,
                        self.styles.label(),
                        text,
                        text,
                    ));
                } else if let Some(field) = cell.field {
                    pieces.push(self.header_field(field, column, cell.columns));
                }
                column += cell.columns;
            }
            Band::new(HANGING, pieces)
        });
        rows.collect()
    }

    fn header_label(&self, field: HeaderField) -> &Label {
        let labels = &self.layout.labels;
        match field {
            HeaderField::Number => &labels.number,
            HeaderField::Priority => &labels.priority,
            HeaderField::Title => &labels.title,
            HeaderField::Departments => &labels.departments,
            HeaderField::Content => &labels.content,
            HeaderField::Effects => &labels.effects,
        }
    }

    fn header_field(&self, field: HeaderField, column: u16, columns: u16) -> Piece {
        let official = self.official;
        let (text, place, dress) = match field {
            HeaderField::Number => (
                official.number.text(),
                &official.number.place,
                self.styles.centred(),
            ),
            HeaderField::Priority => field_of(&official.priority, self.styles.middle()),
            HeaderField::Title => field_of(&official.title, self.styles.middle()),
            HeaderField::Departments => (
                official.departments.text(),
                &official.departments.place,
                self.styles.middle(),
            ),
            HeaderField::Content => field_of(&official.content, self.styles.middle()),
            HeaderField::Effects => field_of(&official.effects, self.styles.middle()),
        };
        let name = self.header_label(field).plain();
        let piece = Piece::new(column, columns, dress, name, text).from(place.as_ref());
        let piece = piece.of(match field {
            HeaderField::Number => FieldName::Number,
            HeaderField::Priority => FieldName::Priority,
            HeaderField::Title => FieldName::Title,
            HeaderField::Departments => FieldName::Departments,
            HeaderField::Content => FieldName::Content,
            HeaderField::Effects => FieldName::Effects,
        });
        match (&self.listed, field) {
            (Some((sheet, cell)), HeaderField::Number) => piece.to(sheet, *cell),
            (Some(_) | None, _) => piece,
        }
    }

    fn schedule(&self) -> Vec<Band> {
        let labels = &self.layout.labels;
        let item = &self.layout.item;
        let shares = self.shares(item.activity_columns);
        let mut head = vec![self.label(0, item.activity_columns, labels.activity.plain())];
        for (year, (column, columns)) in self.years.iter().zip(&shares) {
            head.push(self.label(*column, *columns, &labels.schedule_year.written(*year)));
        }
        let mut bands = vec![
            self.heading(BEFORE_BLOCK, labels.schedule.plain()),
            Band::new(NEVER, head),
        ];
        let mut cost = NEVER;
        for activity in &self.official.schedule {
            let mut pieces = vec![
                self.text(
                    0,
                    item.activity_columns,
                    self.styles.middle(),
                    &activity.name,
                )
                .named(labels.activity.plain()),
            ];
            pieces.extend(self.phases(activity, &shares));
            bands.push(Band::new(cost, pieces));
            cost = IN_BLOCK;
        }
        for _ in self.official.schedule.len()..usize::from(item.least_rows) {
            let mut pieces = vec![self.empty(0, item.activity_columns)];
            pieces.extend(
                shares
                    .iter()
                    .map(|(column, columns)| self.empty(*column, *columns)),
            );
            bands.push(Band::new(cost, pieces));
            cost = IN_BLOCK;
        }
        for (line, note) in self.official.schedule_notes.iter().enumerate() {
            let name = FieldName::ScheduleNote { line };
            bands.push(self.full_row(HANGING, note, labels.schedule.plain(), name));
        }
        bands
    }

    pub(super) fn due_at_year_end(&self) -> bool {
        self.nobody && self.period.is_year_end()
    }

    pub(super) fn shares(&self, names: u16) -> Vec<(u16, u16)> {
        let columns = self.layout.item.columns.saturating_sub(names);
        shares(names, columns, self.years.len())
    }

    pub(super) fn heading(&self, cost: u32, text: &str) -> Band {
        let columns = self.layout.item.columns;
        Band::new(
            cost,
            vec![Piece::new(0, columns, self.styles.heading(), text, text)],
        )
    }

    pub(super) fn label(&self, column: u16, columns: u16, text: &str) -> Piece {
        Piece::new(column, columns, self.styles.label(), text, text)
    }

    pub(super) fn text(&self, column: u16, columns: u16, dress: Dress, field: &Text) -> Piece {
        Piece::new(column, columns, dress, "", field.text()).from(field.place.as_ref())
    }

    pub(super) fn empty(&self, column: u16, columns: u16) -> Piece {
        Piece::new(column, columns, self.styles.text(), "", "")
    }

    pub(super) fn full_row(&self, cost: u32, field: &Text, label: &str, name: FieldName) -> Band {
        let columns = self.layout.item.columns;
        let piece = self
            .text(0, columns, self.styles.middle(), field)
            .named(label)
            .of(name);
        Band::new(cost, vec![piece])
    }
}

fn field_of(field: &Text, dress: Dress) -> (&str, &Option<crate::model::Place>, Dress) {
    (field.text(), &field.place, dress)
}
