//! The sheets that sum the merged workbook up for the office.
//!
//! | file | gives |
//! | --- | --- |
//! | `kpis` | 数値目標総括表: every KPI over the plan's years, with a sparkline |
//! | `charts` | グラフ: actual against target, a chart a series |
//! | `numbers` | グラフ用の数値: the numbers that sparklines and charts refer to |
//! | `tally` | 評価集計: items by grade, KPIs by attainment |
//!
//! Of a merged workbook in volumes, the 総括 has the 数値目標総括表 without sparklines and the 評価集計,
//! and each volume the other three.
//!
//! Nothing is counted or judged here: [`Tally`] and [`Judgement`] say it, and [`Series`] holds the
//! numbers. Charts refer to cells of グラフ用の数値 alone, for their texts too.

mod charts;
mod kpis;
mod numbers;
mod tally;

use rust_xlsxwriter::Workbook;

use crate::model::{Book, BookItem, CellRef, FiscalYear, Judgement, Kpi, Series, Tally};

use super::WriteError;
use super::draft::{Band, Draft, Piece};
use super::name::SheetNames;
use super::page::Paper;
use super::style::{Down, Dress, Styles};

/// The sheets of the KPIs, laid out.
pub(super) struct Summary {
    /// 数値目標総括表
    pub kpis: Draft,
    /// グラフ
    pub charts: Draft,
    /// グラフ用の数値
    pub numbers: Draft,
    /// What is drawn on them.
    pub drawn: Charts,
}

/// The sparklines and charts, drawn when the sheets are written.
pub(super) struct Charts {
    /// The names of the sheets, and the pixels of a chart's column and row.
    names: Names,
    size: (u32, u32),
    drawn: Vec<Drawn>,
    years: usize,
    font: String,
}

/// The names that were kept for the sheets.
#[derive(Clone)]
pub(super) struct Names {
    kpis: String,
    charts: String,
    numbers: String,
}

impl Names {
    /// Keeps the layout's names.
    pub(super) fn new(book: &Book, names: &mut SheetNames) -> Self {
        let sheets = &book.layout.sheets;
        let mut name = |wanted: &str| names.safe_sheet_name(wanted);
        Self {
            kpis: name(&sheets.kpis),
            charts: name(&sheets.charts),
            numbers: name(&sheets.numbers),
        }
    }
}

/// The rows that repeat on each page, sheet by sheet.
pub(super) const KPI_HEAD: u32 = kpis::HEAD_ROWS;
pub(super) const CHART_HEAD: u32 = charts::HEAD_ROWS;
pub(super) const NUMBER_HEAD: u32 = numbers::HEAD_ROWS;

/// A KPI with all that is said of it.
struct Line<'b> {
    kpi: &'b Kpi,
    judgement: Judgement,
    /// Its numbers, one element a part.
    series: Vec<Series>,
    /// Its numbers cannot stand on one axis.
    units_differ: bool,
}

impl<'b> Line<'b> {
    fn new(book: &Book, item: &BookItem, kpi: &'b Kpi) -> Self {
        let all = Series::of(kpi);
        let (mixed, series): (Vec<Series>, Vec<Series>) =
            all.into_iter().partition(|series| series.units_differ);
        let in_years = |series: &Series| {
            let mut years = series.points.iter().skip(1);
            years.any(|point| point.actual.is_some() || point.target.is_some())
        };
        Self {
            kpi,
            judgement: book.judgement(item, kpi),
            series: series.into_iter().filter(in_years).collect(),
            units_differ: !mixed.is_empty(),
        }
    }

    /// The storeys of its row: one a series.
    fn storeys(&self) -> usize {
        self.series.len().max(1)
    }

    /// The units as they are typed: `件（累計）`.
    fn units(&self) -> String {
        let mut units: Vec<&str> = Vec::new();
        for unit in self.series.iter().map(|series| series.unit.as_str()) {
            if !unit.is_empty() && !units.contains(&unit) {
                units.push(unit);
            }
        }
        units.join("・")
    }
}

/// An item with its KPIs.
struct Group<'b> {
    item: &'b BookItem,
    lines: Vec<Line<'b>>,
}

/// Where the numbers of a series stand, and what is drawn of them.
struct Drawn {
    /// The cell of the sparkline.
    sparkline: CellRef,
    /// The row of the actuals; that of the targets is the next.
    row: u32,
    /// The cell of the chart; none beyond the most there are.
    chart: Option<CellRef>,
    series: Series,
}

impl Summary {
    /// Lays the sheets out; `items` are the item sheets' names, in the order of the book's items.
    pub(super) fn new(
        book: &Book,
        names: &Names,
        items: &[String],
        paper: &Paper,
        styles: &Styles,
    ) -> Self {
        let groups = groups(book);
        let (kpis, sparklines) = kpis::draft(book, &groups, &names.kpis, items, true, styles);
        let (numbers, rows) = numbers::draft(book, &groups, &names.numbers, paper, styles);
        let series = || {
            let lines = groups.iter().flat_map(|group| &group.lines);
            lines.flat_map(|line| &line.series)
        };
        let drawable = series().filter(|series| series.is_drawn()).count();
        let (charts, mut cells) = charts::draft(book, drawable, &names.charts, paper, styles);
        let drawn = sparklines.into_iter().zip(rows).zip(series());
        let drawn = drawn.map(|((sparkline, row), series)| Drawn {
            sparkline,
            row,
            chart: if series.is_drawn() {
                cells.next()
            } else {
                None
            },
            series: series.clone(),
        });
        let wide = charts.columns.first().copied().unwrap_or(0);
        let high = charts.rows.last().map_or(0, |(height, _)| *height);
        Self {
            drawn: Charts {
                names: names.clone(),
                size: (wide, high),
                drawn: drawn.collect(),
                years: years(book).len(),
                font: book.layout.look.label_font.clone(),
            },
            kpis,
            charts,
            numbers,
        }
    }
}

impl Charts {
    /// Draws sparklines and charts on sheets that were written.
    pub(super) fn draw(&self, workbook: &mut Workbook) -> Result<(), WriteError> {
        let numbers = numbers::Numbers {
            sheet: &self.names.numbers,
            count: self.years,
        };
        let sheet = workbook.worksheet_from_name(&self.names.kpis)?;
        kpis::draw(sheet, &numbers, &self.drawn)?;
        let sheet = workbook.worksheet_from_name(&self.names.charts)?;
        charts::draw(sheet, &numbers, &self.drawn, &self.font, self.size)
    }
}

/// Lays out the 数値目標総括表 without sparklines, where their numbers are not in the workbook.
pub(super) fn plain_table(book: &Book, names: &Names, items: &[String], styles: &Styles) -> Draft {
    kpis::draft(book, &groups(book), &names.kpis, items, false, styles).0
}

/// Lays out the 評価集計.
pub(super) fn tally(book: &Book, name: &str, paper: &Paper, styles: &Styles) -> Draft {
    tally::draft(book, &Tally::of(book), name, paper, styles)
}

fn groups(book: &Book) -> Vec<Group<'_>> {
    let groups = book.items.iter().map(|item| Group {
        item,
        lines: {
            let kpis = item.official.kpis.iter();
            kpis.map(|kpi| Line::new(book, item, kpi)).collect()
        },
    });
    groups.collect()
}

/// The plan's years; where the plan says none, every year that a KPI has.
fn years(book: &Book) -> Vec<FiscalYear> {
    if !book.years.is_empty() {
        return book.years.clone();
    }
    let kpis = book.items.iter().flat_map(|item| &item.official.kpis);
    let mut years: Vec<FiscalYear> = kpis
        .flat_map(|kpi| kpi.years.iter().map(|values| values.year))
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// `数値目標総括表（令和5年度 下半期）`
fn titled(book: &Book, name: &str) -> String {
    format!("{name}（{}）", book.layout.period_words(book.period))
}

/// A sheet's title.
/// A head of four letters or more on two lines: `取組` over `番号`.
fn halved(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() < 4 || !letters.len().is_multiple_of(2) || text.contains('\n') {
        return text.to_owned();
    }
    let (first, second) = letters.split_at(letters.len() / 2);
    [String::from_iter(first), String::from_iter(second)].join("\n")
}

fn title(text: String, columns: u16, styles: &Styles) -> Band {
    let dress = Dress {
        label: true,
        size: 140,
        down: Down::Centre,
        ..styles.plain(0)
    };
    Band::new(0, vec![Piece::new(0, columns, dress, "題名", text)]).at_least(34)
}
