//! What stands behind the items: the tables that sum up, and the names of the long lists.

use rust_xlsxwriter::Workbook;

use crate::model::{Book, Finding, Rule, Standings};
use crate::write::draft::Draft;
use crate::write::findings::{self, Ticked};
use crate::write::marks::Marks;
use crate::write::name::SheetNames;
use crate::write::page::Paper;
use crate::write::sheet::Kind;
use crate::write::style::Styles;
use crate::write::summary::{self, Charts, Summary};
use crate::write::{Edition, Extent, WriteError, submission};

/// What stands behind the items.
#[derive(Default)]
pub(super) struct Behind {
    /// The tables in the order of their tabs.
    pub(super) tables: Vec<(Draft, Kind)>,
    /// The long lists, where there are any.
    pub(super) lists: Option<Lists>,
    charts: Option<Charts>,
    ticked: Option<Ticked>,
}

/// The names of the long lists, of which no draft is held.
pub(super) struct Lists {
    /// 出典
    pub(super) provenance: String,
    /// データ（数値目標）, where there is to be one.
    pub(super) data: Option<String>,
}

/// What the tables are drawn from.
pub(super) struct Drawing<'d> {
    pub(super) book: &'d Book,
    pub(super) extent: Extent<'d>,
    pub(super) marks: &'d Marks,
    /// The names of the item sheets in this workbook.
    pub(super) items: &'d [String],
    pub(super) paper: &'d Paper,
    pub(super) styles: &'d Styles,
}

impl Drawing<'_> {
    /// Lays out what an edition has behind the items.
    pub(super) fn draw(&self, edition: Edition<'_>, names: &mut SheetNames) -> Behind {
        match edition {
            Edition::Office {
                findings,
                rules,
                data_sheet,
            } => self.office(findings, rules, data_sheet, names),
            Edition::Public { .. } | Edition::Plan => {
                let shown = edition.has_kpi_table(&self.book.layout) && self.extent.sums_up();
                let tables =
                    shown.then(|| self.plain_table(&summary::Names::new(self.book, names)));
                Behind {
                    tables: tables.into_iter().collect(),
                    ..Behind::default()
                }
            }
        }
    }

    fn office(
        &self,
        found: &[Finding],
        rules: &[&'static Rule],
        data_sheet: bool,
        names: &mut SheetNames,
    ) -> Behind {
        let (book, styles) = (self.book, self.styles);
        let sheets = &book.layout.sheets;
        let of_kpis = summary::Names::new(book, names);
        let wanted = [
            &sheets.tally,
            &sheets.submission,
            &sheets.findings,
            &sheets.provenance,
        ];
        let [tally, submission, list, provenance] =
            wanted.map(|wanted| names.safe_sheet_name(wanted));
        let data =
            (data_sheet && self.extent.has_items()).then(|| names.safe_sheet_name(&sheets.data));
        let lying = self.paper.lying();
        let totals = || {
            let standings = Standings::of(book, found);
            let submission =
                submission::draft(book, &standings, &submission, self.items, &lying, styles);
            let tally = summary::tally(book, &tally, &lying, styles);
            [(tally, Kind::Item), (submission, Kind::Item)]
        };
        let list = || {
            let marks = Some(self.marks).filter(|_| self.extent.has_items());
            findings::draft(book, found, rules, &list, marks, styles)
        };
        let (kpis, (totals, list)) = rayon::join(
            || self.kpis(&of_kpis, &lying),
            || (self.extent.sums_up().then(totals), list()),
        );
        let (mut tables, charts) = kpis;
        tables.extend(totals.into_iter().flatten());
        // What leads to no cell of this workbook is there to be worked through.
        let ticked = (!self.extent.has_items()).then(|| Ticked::new(&list, found));
        tables.push((list, Kind::Report(findings::HEAD_ROWS)));
        Behind {
            tables,
            lists: Some(Lists { provenance, data }),
            charts,
            ticked: ticked.flatten(),
        }
    }

    /// The KPIs' tables; their charts stand where the items do.
    fn kpis(&self, names: &summary::Names, paper: &Paper) -> (Vec<(Draft, Kind)>, Option<Charts>) {
        if !self.extent.has_items() {
            return (vec![self.plain_table(names)], None);
        }
        let Summary {
            kpis,
            charts,
            numbers,
            drawn,
        } = Summary::new(self.book, names, self.items, paper, self.styles);
        let tables = vec![
            (kpis, Kind::Table(summary::KPI_HEAD)),
            (charts, Kind::Table(summary::CHART_HEAD)),
            (numbers, Kind::Table(summary::NUMBER_HEAD)),
        ];
        (tables, Some(drawn))
    }

    fn plain_table(&self, names: &summary::Names) -> (Draft, Kind) {
        let table = summary::plain_table(self.book, names, self.items, self.styles);
        (table, Kind::Table(summary::KPI_HEAD))
    }
}

impl Behind {
    /// Adds what stands on sheets beside their cells, once they are written.
    pub(super) fn complete(&self, workbook: &mut Workbook) -> Result<(), WriteError> {
        if let Some(charts) = &self.charts {
            charts.draw(workbook)?;
        }
        if let Some(ticked) = &self.ticked {
            ticked.add(workbook)?;
        }
        Ok(())
    }
}
