//! グラフ: actual against target by year, a chart a series, nine a page.

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
    for Drawn {
        row, chart, series, ..
    } in drawn
    {
        let Some(cell) = chart else { continue };
        let mut chart = of(numbers, *row, series, font);
        chart
            .set_width(wide.saturating_sub(GAP))
            .set_height(high.saturating_sub(GAP));
        let column = crate::write::text::column(*cell);
        sheet.insert_chart_with_offset(cell.row, column, &chart, GAP / 2, GAP / 2)?;
    }
    Ok(())
}

fn of(numbers: &Numbers<'_>, row: u32, series: &Series, name: &str) -> Chart {
    let font = |size: u32| {
        let mut font = ChartFont::new();
        font.set_name(name).set_size(size).set_color(Color::Black);
        font.unset_bold();
        font
    };
    let outline = {
        let mut line = ChartLine::new();
        line.set_color(DARK).set_width(0.75);
        line
    };
    let mut chart = Chart::new_column();
    let decimals = series.numbers().map(|number| number.normalize().scale());
    let shown = figure::code(decimals.max().unwrap_or(0));
    let mut white = ChartFormat::new();
    white
        .set_solid_fill(ChartSolidFill::new().set_color(Color::White))
        .set_border(&outline);
    let mut filled = ChartFormat::new();
    filled
        .set_solid_fill(ChartSolidFill::new().set_color(MIDDLE))
        .set_border(&outline);
    chart
        .add_series()
        .set_name(numbers.kind(row))
        .set_categories(numbers.categories())
        .set_values(numbers.values(row))
        .set_format(&mut filled)
        .set_points(&[ChartPoint::new().set_format(&mut white)])
        .set_gap(80)
        .set_data_label(
            ChartDataLabel::new()
                .show_value()
                .set_position(ChartDataLabelPosition::InsideBase)
                .set_num_format(&shown)
                .set_font(&font(8)),
        );
    let mut line = Chart::new_line();
    let mut stroke = ChartLine::new();
    stroke.set_color(Color::Black).set_width(1.5);
    let mut marked = ChartFormat::new();
    marked
        .set_solid_fill(ChartSolidFill::new().set_color(Color::White))
        .set_border(&outline);
    line.add_series()
        .set_name(numbers.kind(row + 1))
        .set_categories(numbers.categories())
        .set_values(numbers.values(row + 1))
        .set_format(&mut stroke)
        .set_marker(
            ChartMarker::new()
                .set_type(ChartMarkerType::Diamond)
                .set_size(8)
                .set_format(&mut marked),
        );
    chart.combine(&line);
    chart
        .title()
        .set_name(numbers.title(row))
        .set_font(&font(9));
    chart
        .legend()
        .set_position(ChartLegendPosition::Bottom)
        .set_font(&font(8));
    chart
        .x_axis()
        .set_font(&font(8))
        .set_format(&mut outline.clone());
    let mut grid = ChartLine::new();
    grid.set_color(LIGHT).set_width(0.5);
    let axis = chart.y_axis();
    axis.set_font(&font(8))
        .set_major_gridlines_line(&grid)
        .set_format(&mut outline.clone());
    if !series.unit.is_empty() || series.qualifier.is_some() || series.qualifiers_differ {
        let mut upright = font(8);
        upright.set_rotation(271);
        axis.set_name(numbers.unit(row)).set_name_font(&upright);
    }
    let values: Vec<f64> = series
        .numbers()
        .filter_map(|number| number.to_f64())
        .collect();
    if let Some(scale) = Scale::of(&values) {
        axis.set_min(scale.low)
            .set_max(scale.high)
            .set_major_unit(scale.step)
            .set_num_format(ticks(&scale));
    }
    let mut frame = ChartFormat::new();
    frame.set_border(&grid);
    chart.chart_area().set_format(&mut frame);
    chart.set_alt_text("数値目標の基準値・目標値・実績値を年度ごとに示す図");
    chart
}

/// The number format of an axis; from a hundred million on in 百万.
fn ticks(scale: &Scale) -> String {
    if scale.high.max(-scale.low) >= 1e8 {
        return "#,##0,,\"百万\";▲#,##0,,\"百万\"".to_owned();
    }
    figure::code(scale.decimals(1.0) as u32)
}
