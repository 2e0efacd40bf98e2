//! Every sheet of a workbook laid out, before any is written.

use rayon::prelude::*;
use rust_xlsxwriter::Workbook;

use crate::model::{Book, Finding, Rule, Standings};

use super::draft::Draft;
use super::marks::Marks;
use super::name::SheetNames;
use super::page::Paper;
use super::sheet::{Kind, Sheet};
use super::style::Styles;
use super::summary::{self, Summary};
use super::{Edition, WriteError, cover, findings, index, item, provenance, submission};

/// Every sheet laid out.
pub(super) struct Drafts {
    paper: Paper,
    cover: Draft,
    index: Draft,
    items: Vec<Draft>,
    behind: Behind,
    /// Where findings show.
    pub marks: Marks,
}

/// What stands behind the items.
enum Behind {
    /// What the office alone sees.
    Office(Box<OfficeDrafts>),
    /// 数値目標総括表, where the layout lets the public see it.
    Public(Option<Draft>),
}

struct OfficeDrafts {
    summary: Summary,
    submission: Draft,
    findings: Draft,
    /// The name of the 出典, of which no draft is held.
    provenance: String,
    /// The name of the data sheet, likewise, where there is to be one.
    data: Option<String>,
}

impl Drafts {
    /// Lays out what an edition holds.
    pub(super) fn new(
        book: &Book,
        edition: Edition<'_>,
        styles: &Styles,
    ) -> Result<Self, WriteError> {
        let sheets = &book.layout.sheets;
        let mark = edition.mark();
        let paper = Paper::new(&book.layout.page).marked(mark);
        let mut names = SheetNames::default();
        let [cover, index] =
            [&sheets.cover, &sheets.index].map(|wanted| names.safe_sheet_name(wanted));
        let own = book.items.iter().map(|item| {
            let wanted = sheets.item_name(item.number());
            names.safe_sheet_name(&wanted)
        });
        let own: Vec<String> = own.collect();
        let index = index::draft(book, &index, &own, &paper, styles);
        let links = index.links();
        let drawn = book.items.par_iter().zip(&own).map(|(item, name)| {
            let listed = links.get(name.as_str());
            let listed = listed.map(|cell| (index.name.clone(), *cell));
            item::draft(book, item, name, listed, styles)
        });
        let drawn: Vec<Result<Draft, WriteError>> = drawn.collect();
        let items = drawn.into_iter().collect::<Result<Vec<Draft>, _>>()?;
        let numbers = book.items.iter().map(|item| item.number());
        let numbers = numbers.zip(0..).collect();
        let marked: Vec<&Draft> = items.iter().chain([&index]).collect();
        let marks = Marks::new(book, edition.findings(), &marked, numbers);
        let behind = match edition {
            Edition::Office {
                findings,
                rules,
                data_sheet,
            } => {
                let found = (findings, rules, &marks);
                let office = OfficeDrafts::new(book, found, &mut names, &own, &paper, styles);
                let data = data_sheet.then(|| names.safe_sheet_name(&sheets.data));
                Behind::Office(Box::new(OfficeDrafts { data, ..office }))
            }
            Edition::Public { .. } | Edition::Plan => {
                let table = edition.has_kpi_table(&book.layout).then(|| {
                    let name = names.safe_sheet_name(&sheets.kpis);
                    summary::public_table(book, &name, &own, styles)
                });
                Behind::Public(table)
            }
        };
        Ok(Self {
            cover: cover::draft(book, &cover, edition, &paper, styles),
            paper,
            index,
            items,
            behind,
            marks,
        })
    }

    /// The sheets in the order of their tabs.
    pub(super) fn in_order(&self, book: &Book) -> Vec<Sheet<'_>> {
        let items = self.items.len();
        // What is missing or to be asked is the office's business, on tabs too.
        let office = matches!(self.behind, Behind::Office(_));
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
        let behind = match &self.behind {
            Behind::Office(office) => office.in_order(),
            Behind::Public(table) => {
                let table = table.iter();
                let kind = Kind::Table(summary::KPI_HEAD);
                table.map(|draft| (draft, kind)).collect()
            }
        };
        sheets.extend(behind.into_iter().map(|(draft, kind)| Sheet {
            paper: self.paper.lying(),
            ..part(draft, kind, None)
        }));
        sheets
    }

    /// Draws what stands on sheets beside their cells, once they are written.
    pub(super) fn draw(&self, workbook: &mut Workbook) -> Result<(), WriteError> {
        match &self.behind {
            Behind::Office(office) => office.summary.draw(workbook),
            Behind::Public(_) => Ok(()),
        }
    }

    /// What the 出典 needs of the sheets before it, where there is one.
    pub(super) fn before_provenance(&self) -> Option<provenance::Before<'_>> {
        let Behind::Office(office) = &self.behind else {
            return None;
        };
        Some(provenance::Before {
            name: &office.provenance,
            data: office.data.as_deref(),
            items: self.items.iter().map(|draft| draft.name.as_str()).collect(),
            marks: &self.marks,
            paper: self.paper.lying(),
        })
    }
}

impl OfficeDrafts {
    fn new(
        book: &Book,
        (found, rules, marks): (&[Finding], &[&'static Rule], &Marks),
        names: &mut SheetNames,
        items: &[String],
        paper: &Paper,
        styles: &Styles,
    ) -> Self {
        let sheets = &book.layout.sheets;
        let summary = summary::Names::new(book, names);
        let wanted = [&sheets.submission, &sheets.findings, &sheets.provenance];
        let [submission, findings, provenance] = wanted.map(|wanted| names.safe_sheet_name(wanted));
        let lying = paper.lying();
        let (summary, (submission, findings)) = rayon::join(
            || Summary::new(book, &summary, items, &lying, styles),
            || {
                let standings = Standings::of(book, found);
                (
                    submission::draft(book, &standings, &submission, items, &lying, styles),
                    findings::draft(book, found, rules, &findings, Some(marks), styles),
                )
            },
        );
        Self {
            summary,
            submission,
            findings,
            provenance,
            data: None,
        }
    }

    fn in_order(&self) -> Vec<(&Draft, Kind)> {
        let summary = &self.summary;
        vec![
            (&summary.kpis, Kind::Table(summary::KPI_HEAD)),
            (&summary.charts, Kind::Table(summary::CHART_HEAD)),
            (&summary.numbers, Kind::Table(summary::NUMBER_HEAD)),
            (&summary.tally, Kind::Item),
            (&self.submission, Kind::Item),
            (&self.findings, Kind::Report(findings::HEAD_ROWS)),
        ]
    }
}
