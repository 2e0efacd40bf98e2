//! The merged workbook in the official layout, the check report and the catalogue, as bytes.
//!
//! Sheets are drafted first (which cell stands where, how high its row is), so that a finding can be
//! shown in the cell it is about; then they are written, every text through `text` alone.

mod axes;
mod catalogue;
mod cover;
mod draft;
mod edition;
mod error;
mod findings;
mod index;
mod item;
mod kpi_columns;
mod kpis;
mod marks;
mod name;
mod page;
mod provenance;
mod report;
mod schedule;
mod status;
mod style;
mod submission;
mod text;

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::model::{Book, CellRange, CellRef};

use draft::Draft;
use marks::Marks;
use name::SheetNames;
use page::{Header, Paper};
use style::Styles;
use text::Canvas;

pub use catalogue::catalogue;
pub use edition::Edition;
pub use error::WriteError;
pub use report::report;

/// The creation date that the workbook bears; no clock is read, so the same inputs give the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The year.
    pub year: u16,
    /// The month.
    pub month: u8,
    /// The day.
    pub day: u8,
}

/// A workbook that was written, and what is in it.
#[derive(Clone, Debug)]
pub struct Written {
    /// The xlsx file.
    pub bytes: Vec<u8>,
    /// Every text and every merge, to be compared with what is read back.
    pub sheets: Vec<WrittenSheet>,
}

/// A sheet that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenSheet {
    /// The sheet's name.
    pub name: String,
    /// Every cell with a text.
    pub cells: BTreeMap<CellRef, String>,
    /// Every merged range, in the order of writing.
    pub merges: Vec<CellRange>,
    /// Cells in which a character that no cell can hold was replaced by a visible one.
    pub substituted: Vec<CellRef>,
}

/// Writes the merged workbook: cover, index and an item a sheet, and for the office who has returned,
/// what was found and where it came from.
///
/// # Errors
///
/// A text too long for a cell, a layout that cannot be drawn, or a fault of the library; nothing is
/// lost in silence and nothing touches the disk.
pub fn workbook(book: &Book, edition: Edition<'_>, stamp: Stamp) -> Result<Written, WriteError> {
    let mut styles = Styles::new(&book.layout.look)?;
    if let Edition::Public { .. } = edition {
        styles = styles.without_questions();
    }
    let drafts = Drafts::new(book, edition, &styles)?;
    let mut workbook = begin(&title(book, edition), &styles, stamp)?;
    let mut sheets = Vec::new();
    for sheet in drafts.in_order(book) {
        sheets.push(sheet.write(book, &drafts.marks, &mut workbook, &mut styles)?);
    }
    if let Some(before) = drafts.before_provenance() {
        let sheet = provenance::write(book, &before, &mut workbook, &mut styles)?;
        sheets.push(sheet);
    }
    let bytes = workbook.save_to_buffer()?;
    Ok(Written { bytes, sheets })
}

fn begin(title: &str, styles: &Styles, stamp: Stamp) -> Result<Workbook, WriteError> {
    let mut workbook = Workbook::new();
    let face = styles.base_face();
    workbook.set_default_format(
        styles.base(),
        face.pitch().ceil() as u32,
        default_column(face.digit()),
    )?;
    let Stamp { year, month, day } = stamp;
    let date = ExcelDateTime::from_ymd(year, month, day);
    let date = date.map_err(|_| WriteError::Date { year, month, day })?;
    let (title, _) = text::clean(title);
    let properties = DocProperties::new()
        .set_title(title)
        .set_creation_datetime(&date);
    workbook.set_properties(&properties);
    Ok(workbook)
}

/// The pixels of a new column where a digit is so wide; the library knows these and no others.
fn default_column(digit: u32) -> u32 {
    match digit {
        0..=6 => 56,
        7 => 64,
        8 => 72,
        9 | 10 => 80,
        11 => 96,
        12 => 104,
        _ => 120,
    }
}

fn title(book: &Book, edition: Edition<'_>) -> String {
    let plan = book.cover.plan.as_deref().unwrap_or("");
    let period = book.period;
    let document = &book.layout.document;
    let period = book.layout.period_words(period);
    let mark = edition.mark().unwrap_or("");
    let title = format!("{plan} {document} {period} {mark}");
    title.trim().to_owned()
}

/// Every sheet laid out.
struct Drafts {
    paper: Paper,
    cover: Draft,
    index: Draft,
    items: Vec<Draft>,
    office: Option<OfficeDrafts>,
    marks: Marks,
}

/// The sheets that the office alone sees.
struct OfficeDrafts {
    submission: Draft,
    findings: Draft,
    /// The name of the 出典, of which no draft is held.
    provenance: String,
}

impl Drafts {
    fn new(book: &Book, edition: Edition<'_>, styles: &Styles) -> Result<Self, WriteError> {
        let layout = &book.layout;
        let mark = edition.mark();
        let paper = Paper::new(&layout.page).marked(mark);
        let mut names = SheetNames::default();
        let mut name = |wanted: &str| names.safe_sheet_name(wanted);
        let (cover, index) = (name(&layout.sheets.cover), name(&layout.sheets.index));
        let office_names = match edition {
            Edition::Office { .. } => {
                let sheets = &layout.sheets;
                let names = [&sheets.submission, &sheets.findings, &sheets.provenance];
                Some(names.map(|wanted| name(wanted)))
            }
            Edition::Public { .. } => None,
        };
        let mut item_names = Vec::with_capacity(book.items.len());
        for item in &book.items {
            let number = item.number().to_string();
            item_names.push(name(&layout.sheets.item.replace("{number}", &number)));
        }
        let index = index::draft(book, &index, &item_names, &paper, styles);
        let mut items = Vec::with_capacity(book.items.len());
        for (item, name) in book.items.iter().zip(&item_names) {
            let listed = index.linked_to(name);
            let listed = listed.map(|cell| (index.name.clone(), cell));
            items.push(item::draft(book, item, name, listed, styles)?);
        }
        let numbers = book.items.iter().map(|item| item.number());
        let numbers = numbers.zip(0..).collect();
        let marked: Vec<&Draft> = items.iter().chain([&index]).collect();
        let marks = Marks::new(book, edition.findings(), &marked, numbers);
        let office = match (edition, office_names) {
            (Edition::Office { findings, rules }, Some([submission, found, provenance])) => {
                let lying = paper.lying();
                Some(OfficeDrafts {
                    submission: submission::draft(book, &submission, &item_names, &lying, styles),
                    findings: findings::draft(book, findings, rules, &found, Some(&marks), styles),
                    provenance,
                })
            }
            (Edition::Office { .. } | Edition::Public { .. }, _) => None,
        };
        let drafts = Self {
            paper,
            cover: cover::draft(book, &cover, mark, &paper, styles),
            index,
            items,
            office,
            marks,
        };
        Ok(drafts)
    }

    /// What the 出典 needs of the sheets before it, where there is one; the drafts, large in a large
    /// plan, are let go.
    fn before_provenance(self) -> Option<provenance::Before> {
        Some(provenance::Before {
            name: self.office?.provenance,
            items: self.items.into_iter().map(|draft| draft.name).collect(),
            marks: self.marks,
            paper: self.paper.lying(),
        })
    }

    /// The sheets in the order of their tabs.
    fn in_order(&self, book: &Book) -> Vec<Sheet<'_>> {
        let items = self.items.len();
        let lying = self.paper.lying();
        let part = |draft, paper, kind, marked| Sheet {
            draft,
            paper,
            kind,
            marked,
            right: String::new(),
        };
        let mut sheets = vec![
            part(&self.cover, self.paper, Kind::Cover, None),
            part(
                &self.index,
                self.paper,
                Kind::List(index::HEAD_ROWS),
                Some(items),
            ),
        ];
        let label = book.layout.labels.number.plain();
        for (at, (draft, item)) in self.items.iter().zip(&book.items).enumerate() {
            sheets.push(Sheet {
                right: format!("{label} {}", item.number()),
                ..part(draft, self.paper, Kind::Item, Some(at))
            });
        }
        if let Some(office) = &self.office {
            sheets.push(part(&office.submission, lying, Kind::Item, None));
            let report = Kind::Report(findings::HEAD_ROWS);
            sheets.push(part(&office.findings, lying, report, None));
        }
        sheets
    }
}

/// What is set up beside the cells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// No header but a mark, and no page number.
    Cover,
    /// Pages begin where the draft says.
    Item,
    /// Rows at the top repeat on each page.
    List(u32),
    /// A list with a filter and frozen rows.
    Report(u32),
}

struct Sheet<'d> {
    draft: &'d Draft,
    paper: Paper,
    kind: Kind,
    marked: Option<usize>,
    right: String,
}

impl Sheet<'_> {
    fn write(
        &self,
        book: &Book,
        marks: &Marks,
        workbook: &mut Workbook,
        styles: &mut Styles,
    ) -> Result<WrittenSheet, WriteError> {
        let draft = self.draft;
        let base = styles.base().clone();
        let sheet = workbook.add_worksheet();
        sheet.set_name(&draft.name)?;
        let mut canvas = Canvas::new(sheet, &base, &draft.name);
        let fill = |cell| self.marked.and_then(|at| marks.fill(at, cell));
        draft.write(&mut canvas, styles, &fill)?;
        let header = Header {
            font: &book.layout.look.text_font,
            left: book.cover.plan.as_deref().unwrap_or(&book.layout.document),
            right: if self.right.is_empty() {
                &draft.name
            } else {
                &self.right
            },
        };
        let (sheet, last) = (canvas.sheet(), draft.last());
        if let Some(fill) = self.marked.and_then(|at| marks.tab(at)) {
            sheet.set_tab_color(styles.colour(fill));
        }
        self.paper.set_up(sheet, last, &header)?;
        match self.kind {
            Kind::Cover => {
                self.paper.leave_the_mark_alone(sheet, header.font);
            }
            Kind::Item => {
                sheet.set_page_breaks(&draft.page_breaks(self.paper.height()))?;
            }
            Kind::List(rows) => {
                sheet.set_repeat_rows(0, rows - 1)?;
                let height = self.paper.height();
                sheet.set_page_breaks(&draft.page_breaks_below(rows, height))?;
            }
            Kind::Report(rows) => {
                sheet.set_repeat_rows(0, rows - 1)?;
                sheet.set_freeze_panes(rows, 0)?;
                let bottom = last.row.max(rows);
                sheet.autofilter(rows - 1, 0, bottom, text::column(last))?;
            }
        }
        Ok(canvas.finish())
    }
}
