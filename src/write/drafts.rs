//! Every sheet of a workbook laid out, before any is written.

mod behind;

use rayon::prelude::*;
use rust_xlsxwriter::Workbook;

use crate::model::Book;

use super::draft::Draft;
use super::index::{self, Listed};
use super::marks::Marks;
use super::name::SheetNames;
use super::page::Paper;
use super::sheet::{Kind, Sheet};
use super::style::Styles;
use super::{Edition, Extent, WriteError, cover, item, provenance};

use behind::Behind;

/// Every sheet laid out.
pub(super) struct Drafts<'e> {
    edition: Edition<'e>,
    extent: Extent<'e>,
    paper: Paper,
    cover: Draft,
    index: Draft,
    items: Vec<Draft>,
    behind: Behind,
    /// Where findings show.
    pub marks: Marks,
}

impl<'e> Drafts<'e> {
    /// Lays out what an edition holds.
    pub(super) fn new(
        book: &Book,
        edition: Edition<'e>,
        extent: Extent<'e>,
        styles: &Styles,
    ) -> Result<Self, WriteError> {
        let sheets = &book.layout.sheets;
        let paper = Paper::new(&book.layout.page).marked(edition.mark());
        let mut names = SheetNames::default();
        let [cover, index] =
            [&sheets.cover, &sheets.index].map(|wanted| names.safe_sheet_name(wanted));
        let shown = book.items.iter().filter(|_| extent.has_items());
        let own = shown.map(|item| names.safe_sheet_name(&sheets.item_name(item.number())));
        let own: Vec<String> = own.collect();
        let listed = match extent {
            Extent::Whole | Extent::One { .. } => Listed::Sheets(&own),
            Extent::Summary { volumes, .. } => Listed::Volumes(volume_of_each(volumes)),
        };
        let index = index::draft(book, &index, &listed, &paper, styles);
        let links = index.links();
        let drawn = book.items.par_iter().zip(&own).map(|(item, name)| {
            let listed = links.get(name.as_str());
            let listed = listed.map(|cell| (index.name.clone(), *cell));
            item::draft(book, item, name, listed, styles)
        });
        let drawn: Vec<Result<Draft, WriteError>> = drawn.collect();
        let items = drawn.into_iter().collect::<Result<Vec<Draft>, _>>()?;
        let numbers = book.items.iter().map(|item| item.number());
        let numbers = numbers.zip(0..items.len()).collect();
        let marked: Vec<&Draft> = items.iter().chain([&index]).collect();
        let marks = Marks::new(book, edition.findings(), &marked, numbers);
        let behind = behind::Drawing {
            book,
            extent,
            marks: &marks,
            items: &own,
            paper: &paper,
            styles,
        };
        Ok(Self {
            edition,
            extent,
            cover: cover::draft(book, &cover, (edition, extent), &paper, styles),
            behind: behind.draw(edition, &mut names),
            paper,
            index,
            items,
            marks,
        })
    }

    /// The sheets in the order of their tabs.
    pub(super) fn in_order(&self, book: &Book) -> Vec<Sheet<'_>> {
        let items = self.items.len();
        // What is missing or to be asked is the office's business, on tabs too.
        let office = self.edition.is_for_office();
        let part = |draft, kind, marked: Option<usize>| Sheet {
            draft,
            paper: self.paper,
            kind,
            marked: marked.filter(|_| office),
            right: String::new(),
        };
        let mut sheets = vec![
            part(&self.cover, Kind::Cover, None),
            part(&self.index, Kind::List(index::HEAD_ROWS), Some(items)),
        ];
        let label = book.layout.labels.number.plain();
        for (at, (draft, item)) in self.items.iter().zip(&book.items).enumerate() {
            sheets.push(Sheet {
                right: format!("{label} {}", item.number()),
                ..part(draft, Kind::Item, Some(at))
            });
        }
        let behind = self.behind.tables.iter();
        sheets.extend(behind.map(|(draft, kind)| Sheet {
            paper: self.paper.lying(),
            ..part(draft, *kind, None)
        }));
        sheets
    }

    /// Adds what stands on sheets beside their cells, once they are written.
    pub(super) fn complete(&self, workbook: &mut Workbook) -> Result<(), WriteError> {
        self.behind.complete(workbook)
    }

    /// What the 出典 needs of the sheets before it, where there is one.
    pub(super) fn before_provenance(&self) -> Option<provenance::Before<'_>> {
        let lists = self.behind.lists.as_ref()?;
        Some(provenance::Before {
            name: &lists.provenance,
            data: lists.data.as_deref(),
            items: self.items.iter().map(|draft| draft.name.as_str()).collect(),
            marks: &self.marks,
            paper: self.paper.lying(),
            extent: self.extent,
        })
    }
}

/// The number of the volume that each item is in.
fn volume_of_each(volumes: &[usize]) -> Vec<usize> {
    let numbered = (1..).zip(volumes);
    let each = numbered.flat_map(|(number, length)| std::iter::repeat_n(number, *length));
    each.collect()
}
