//! グラフ: actual against target by year, a chart a series, nine a page.

use rayon::prelude::*;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartMarker, ChartMarkerType, ChartPoint, ChartSolidFill, Color, Worksheet,
};

use crate::model::{Book, CellRef, Scale, Series};

use super::numbers::Numbers;
use super::{Drawn, title, titled};
use crate::write::WriteError;
use crate::write::draft::{Band, Draft, NEVER, Piece};
use crate::write::figure;
use crate::write::page::Paper;
use crate::write::style::Styles;

/// The rows that repeat on each page: the title and how to read the charts.
pub(super) const HEAD_ROWS: u32 = 2;
/// Charts beside one another, and one below the other on a page.
const ACROSS: u32 = 3;
const DOWN: u32 = 3;
/// Between charts, in pixels.
const GAP: u32 = 8;
/// More charts no office PC opens with ease; the numbers of the others are on their sheet.
const MOST: usize = 600;
/// Heights of the rows at the top in pixels.
const TITLE: u32 = 34;
const NOTE: u32 = 20;

/// The library's word for letters that stand upright below one another.
const UPRIGHT: i16 = 271;

const DARK: Color = Color::RGB(0x0033_3333);
const MIDDLE: Color = Color::RGB(0x00BF_BFBF);
const LIGHT: Color = Color::RGB(0x00D9_D9D9);

/// Lays the sheet out for so many charts, and gives the cell of each that is drawn.
pub(super) fn draft(
    book: &Book,
    charts: usize,
    name: &str,
    paper: &Paper,
    styles: &Styles,
) -> (Draft, impl Iterator<Item = CellRef> + use<>) {
    let columns = vec![paper.width() / ACROSS; ACROSS as usize];
    let mut draft = Draft::new(name, columns);
    let all = ACROSS as u16;
    let text = titled(book, &format!("数値目標の{}", book.layout.sheets.charts));
    draft.add(title(text, all, styles), styles);
    let drawn = charts.min(MOST);
    let mut note = match drawn {
        0 => "図にできる数値目標はありません。".to_owned(),
        _ => "灰色の棒は実績値、白い棒は基準値、◆の付いた線は目標値です。値のない年度は空けています。".to_owned(),
    };
    if charts > drawn {
        note += &format!(
            "数値目標が多いため、{charts}図のうち{drawn}図を示しています。残りの数値は「{}」にあります。",
            book.layout.sheets.numbers
        );
    }
    let note = Piece::new(0, all, styles.plain(-15), "説明", note);
    draft.add(Band::new(NEVER, vec![note]).at_least(NOTE), styles);
    let top: u32 = draft.rows.iter().map(|(height, _)| height).sum();
    let height = paper.height().saturating_sub(top.max(TITLE + NOTE)) / DOWN;
    let rows = (drawn as u32).div_ceil(ACROSS);
    for _ in 0..rows {
        draft.add(Band::blank(0, height), styles);
    }
    let cells = (0..drawn as u32).map(|at| CellRef::new(HEAD_ROWS + at / ACROSS, at % ACROSS));
    (draft, cells)
}

/// Draws the charts.
pub(super) fn draw(
    sheet: &mut Worksheet,
    numbers: &Numbers<'_>,
    drawn: &[Drawn],
    font: &str,
    (wide, high): (u32, u32),
) -> Result<(), WriteError> {
    let charts = drawn.par_iter().filter_map(|drawn| {
        let cell = drawn.chart?;
        let mut chart = of(numbers, drawn.row, &drawn.series, font);
        chart
            .set_width(wide.saturating_sub(GAP))
            .set_height(high.saturating_sub(GAP));
        Some((cell, chart))
    });
    for (cell, chart) in charts.collect::<Vec<(CellRef, Chart)>>() {
        let column = crate::write::text::column(cell);
        sheet.insert_chart_with_offset(cell.row, column, &chart, GAP / 2, GAP / 2)?;
    }
    Ok(())
}

/// The chart of the series whose actuals stand in a row, and its targets in the next.
fn of(numbers: &Numbers<'_>, row: u32, series: &Series, font: &str) -> Chart {
    let mut chart = bars(numbers, row, &labels(series, font));
    chart.combine(&line(numbers, row + 1));
    chart
        .title()
        .set_name(numbers.title(row))
        .set_font(&face(font, 9));
    let legend = chart.legend();
    legend
        .set_position(ChartLegendPosition::Bottom)
        .set_font(&face(font, 8));
    let years = chart.x_axis();
    years
        .set_font(&face(font, 8))
        .set_format(&mut stroke(DARK, 0.75));
    let axis = chart.y_axis();
    axis.set_font(&face(font, 8))
        .set_format(&mut stroke(DARK, 0.75))
        .set_major_gridlines_line(&stroke(LIGHT, 0.5));
    if !series.unit.is_empty() || series.qualifier.is_some() || series.qualifiers_differ {
        axis.set_name(numbers.unit(row))
            .set_name_font(face(font, 8).set_rotation(UPRIGHT));
    }
    let values = series.numbers().filter_map(|number| number.to_f64());
    if let Some(scale) = Scale::of(&values.collect::<Vec<f64>>()) {
        axis.set_min(scale.low)
            .set_max(scale.high)
            .set_major_unit(scale.step)
            .set_num_format(ticks(&scale));
    }
    let mut frame = ChartFormat::new();
    frame.set_border(&stroke(LIGHT, 0.5));
    chart.chart_area().set_format(&mut frame);
    chart.set_alt_text("数値目標の基準値・目標値・実績値を年度ごとに示す図");
    chart
}

/// The actuals, grey; the baseline before them, white.
fn bars(numbers: &Numbers<'_>, row: u32, labels: &ChartDataLabel) -> Chart {
    let mut chart = Chart::new_column();
    chart
        .add_series()
        .set_name(numbers.kind(row))
        .set_categories(numbers.categories())
        .set_values(numbers.values(row))
        .set_format(&mut filled(MIDDLE))
        .set_points(&[ChartPoint::new().set_format(&mut filled(Color::White))])
        .set_data_label(labels)
        .set_gap(80);
    chart
}

/// The actuals' values, at the foot of the bars: a 0 is told from a gap, and no target lies there
/// often.
fn labels(series: &Series, font: &str) -> ChartDataLabel {
    let decimals = series.numbers().map(|number| number.normalize().scale());
    let mut labels = ChartDataLabel::new();
    labels
        .show_value()
        .set_position(ChartDataLabelPosition::InsideBase)
        .set_num_format(figure::code(decimals.max().unwrap_or(0)))
        .set_font(&face(font, 8));
    labels
}

/// The targets.
fn line(numbers: &Numbers<'_>, row: u32) -> Chart {
    let mut chart = Chart::new_line();
    let mut diamond = ChartMarker::new();
    diamond
        .set_type(ChartMarkerType::Diamond)
        .set_size(8)
        .set_format(&mut filled(Color::White));
    chart
        .add_series()
        .set_name(numbers.kind(row))
        .set_categories(numbers.categories())
        .set_values(numbers.values(row))
        .set_format(&mut stroke(Color::Black, 1.5))
        .set_marker(&diamond);
    chart
}

fn face(name: &str, size: u32) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name(name).set_size(size).set_color(Color::Black);
    font.unset_bold();
    font
}

fn stroke(colour: Color, points: f64) -> ChartLine {
    let mut line = ChartLine::new();
    line.set_color(colour).set_width(points);
    line
}

fn filled(colour: Color) -> ChartFormat {
    let mut format = ChartFormat::new();
    format
        .set_solid_fill(ChartSolidFill::new().set_color(colour))
        .set_border(&stroke(DARK, 0.75));
    format
}

/// The number format of an axis; from a hundred million on in 百万.
fn ticks(scale: &Scale) -> String {
    if scale.high.max(-scale.low) >= 1e8 {
        return "#,##0,,\"百万\";▲#,##0,,\"百万\"".to_owned();
    }
    figure::code(scale.decimals(1.0) as u32)
}
