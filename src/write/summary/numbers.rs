//! グラフ用の数値: plain numbers, one cell one value, two rows a series.

use rust_decimal::Decimal;

use crate::model::text::excerpt;
use crate::model::{Book, FiscalYear, Kpi, Point, Series};

use super::{Group, halved, title, titled, years};
use crate::write::draft::{Band, Draft, NEVER, Piece};
use crate::write::figure::Figure;
use crate::write::page::Paper;
use crate::write::style::{Across, Dress, Styles};

/// The rows that repeat on each page: the title, what the sheet is for, and the heads.
pub(super) const HEAD_ROWS: u32 = 3;
/// Pixels of 取組番号, 図の題名, 単位 and 区分.
const LEFT: [u32; 4] = [44, 340, 130, 60];
/// The columns of the texts that charts refer to.
const TITLE: u16 = 1;
const UNIT: u16 = 2;
const KIND: u16 = 3;
/// The column of the baseline; the years follow.
const FIRST: u16 = LEFT.len() as u16;
/// What the cells of 区分 are called.
const ROW: &str = "区分";
/// A chart's title has two lines.
const LONGEST_TITLE: usize = 44;

/// Lays the sheet out, and gives the first row of each series.
pub(super) fn draft(
    book: &Book,
    groups: &[Group<'_>],
    name: &str,
    paper: &Paper,
    styles: &Styles,
) -> (Draft, Vec<u32>) {
    let years = years(book);
    let count = years.len() as u32 + 1;
    let rest = paper.width().saturating_sub(LEFT.iter().sum());
    let mut columns = LEFT.to_vec();
    columns.resize(LEFT.len() + count as usize, (rest / count).clamp(56, 110));
    let all = columns.len() as u16;
    let mut draft = Draft::new(name, columns);
    draft.add(
        title(titled(book, &book.layout.sheets.numbers), all, styles),
        styles,
    );
    let sheets = &book.layout.sheets;
    let purpose = format!(
        "「{}」の推移と「{}」が参照する数値です。行や列を移動したり、値を書き換えたりしないでください。",
        sheets.kpis, sheets.charts
    );
    let purpose = Piece::new(0, all, styles.plain(-15), "説明", purpose);
    draft.add(Band::new(NEVER, vec![purpose]), styles);
    let number = halved(book.layout.labels.number.plain());
    let heads = [number.as_str(), "図の題名", "単位", "区分", "基準値"];
    let heads = heads.into_iter().map(str::to_owned);
    let heads = heads.chain(years.iter().map(|year| year.short()));
    let heads = (0..)
        .zip(heads)
        .map(|(column, text)| Piece::new(column, 1, styles.label(), "見出し", text));
    draft.add(Band::new(NEVER, heads.collect()).at_least(26), styles);
    for group in groups {
        for line in &group.lines {
            for series in &line.series {
                let item = book.layout.sheets.item_name(group.item.number());
                for band in bands(group.item.number(), &item, line.kpi, series, &years, styles) {
                    draft.add(band, styles);
                }
            }
        }
    }
    draft.frame(2);
    let rows = draft
        .cells
        .iter()
        .filter(|placed| placed.piece.field == ROW)
        .map(|placed| placed.range.first.row);
    // The first of the two rows of each series.
    let rows = rows.step_by(2).collect();
    (draft, rows)
}

/// The two rows of a series.
fn bands(
    number: u32,
    item: &str,
    kpi: &Kpi,
    series: &Series,
    years: &[FiscalYear],
    styles: &Styles,
) -> [Band; 2] {
    let name = excerpt(kpi.name.text(), LONGEST_TITLE);
    let title = format!("{item}　{name}{}", series.mark);
    let middle = Dress {
        size: styles.plain(-5).size,
        ..styles.middle()
    };
    let centred = Dress {
        across: Across::Centre,
        ..middle
    };
    let point = |year: &FiscalYear| {
        let at = kpi.years.iter().position(|values| values.year == *year);
        at.and_then(|at| series.points.get(at + 1))
    };
    let row = |kind: &'static str, baseline: Option<Decimal>, of: fn(&Point) -> Option<Decimal>| {
        let mut pieces = vec![
            Piece::new(0, 1, centred, "取組番号", "").figure(Figure::count(number as usize)),
            Piece::new(TITLE, 1, middle, "図の題名", title.as_str()),
            Piece::new(UNIT, 1, centred, "単位", unit(series)),
            Piece::new(KIND, 1, centred, ROW, kind),
        ];
        let years = years.iter().map(|year| point(year).and_then(of));
        for (column, number) in (FIRST..).zip(std::iter::once(baseline).chain(years)) {
            let cell = Piece::new(column, 1, centred, "数値", "");
            pieces.push(match number.and_then(Figure::exact) {
                Some(figure) => cell.figure(figure),
                None => cell,
            });
        }
        pieces
    };
    let baseline = series.points.first().and_then(|point| point.actual);
    [
        Band::new(0, row("実績値", baseline, |point| point.actual)).at_least(22),
        Band::new(NEVER, row("目標値", None, |point| point.target)).at_least(22),
    ]
}

/// `件（累計）`
fn unit(series: &Series) -> String {
    let counting = match (series.qualifier, series.qualifiers_differ) {
        (_, true) => "（表記不統一）".to_owned(),
        (Some(qualifier), false) => format!("（{}）", qualifier.label()),
        (None, false) => String::new(),
    };
    format!("{}{counting}", series.unit)
}

/// The sheet as others refer to it.
pub(super) struct Numbers<'n> {
    /// Its name.
    pub sheet: &'n str,
    /// How many years it has.
    pub count: usize,
}

impl<'n> Numbers<'n> {
    fn cell(&self, row: u32, column: u16) -> (&'n str, u32, u16) {
        (self.sheet, row, column)
    }

    fn across(&self, row: u32, first: u16) -> (&'n str, u32, u16, u32, u16) {
        (self.sheet, row, first, row, FIRST + self.count as u16)
    }

    /// The baseline and the years of a row.
    pub(super) fn values(&self, row: u32) -> (&'n str, u32, u16, u32, u16) {
        self.across(row, FIRST)
    }

    /// The years of a row.
    pub(super) fn years(&self, row: u32) -> (&'n str, u32, u16, u32, u16) {
        self.across(row, FIRST + 1)
    }

    /// The heads of the baseline and the years.
    pub(super) fn categories(&self) -> (&'n str, u32, u16, u32, u16) {
        self.across(HEAD_ROWS - 1, FIRST)
    }

    /// The title of the series that begins with a row.
    pub(super) fn title(&self, row: u32) -> (&'n str, u32, u16) {
        self.cell(row, TITLE)
    }

    /// Its unit.
    pub(super) fn unit(&self, row: u32) -> (&'n str, u32, u16) {
        self.cell(row, UNIT)
    }

    /// 実績値 or 目標値
    pub(super) fn kind(&self, row: u32) -> (&'n str, u32, u16) {
        self.cell(row, KIND)
    }
}
