//! 数値目標総括表: every KPI of every item over the plan's years, as the office typed it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Color, Sparkline, SparklineType, Worksheet};

use crate::model::{Attainment, Book, CellRef, Field, FiscalYear, Judgement, Series};

use super::numbers::Numbers;
use super::{Drawn, Group, Line, halved, title, titled, years};
use crate::write::WriteError;
use crate::write::draft::{Band, Draft, NEVER, Piece};
use crate::write::style::{Across, Dress, Fill, Styles};

/// The rows that repeat on each page: the title and the two-storey head.
pub(super) const HEAD_ROWS: u32 = 3;
/// Pixels of 取組番号, 取組項目, 数値目標 and 基準値.
const LEFT: [u32; 4] = [40, 118, 140, 98];
/// Pixels of a year's target and actual each; with more years narrower, down to the least.
const YEAR: u32 = 70;
const LEAST_YEAR: u32 = 40;
/// Years that have their full width.
const ROOMY: usize = 4;
/// Pixels of 達成状況, 判定の根拠 and 推移.
const RIGHT: [u32; 3] = [60, 138, 80];
/// The least height of a storey in pixels.
const LEAST: u32 = 34;
/// What the cells of sparklines are called.
const TREND: &str = "推移";
/// What such a cell says where there is nothing to draw.
const NOTHING: &str = "—";

/// How high a sparkline's cell is, of its highest bar.
const HEADROOM: f64 = 1.2;
const GREY: Color = Color::RGB(0x0059_5959);
const BLACK: Color = Color::Black;

/// Break costs: before a 重点項目, between items, between the KPIs of an item.
const BEFORE_PRIORITY: u32 = 0;
const BETWEEN_ITEMS: u32 = 5;

/// Lays the sheet out, and gives the cell of each series' sparkline, where there are any.
pub(super) fn draft(
    book: &Book,
    groups: &[Group<'_>],
    name: &str,
    items: &[String],
    has_trends: bool,
    styles: &Styles,
) -> (Draft, Vec<CellRef>) {
    let sheet = Sheet {
        book,
        years: years(book),
        styles,
        has_trends,
    };
    let mut columns = LEFT.to_vec();
    let year = match sheet.years.len() {
        0..=ROOMY => YEAR,
        many => (YEAR * ROOMY as u32 / many as u32).max(LEAST_YEAR),
    };
    columns.resize(LEFT.len() + sheet.years.len() * 2, year);
    columns.extend(sheet.behind());
    let mut draft = Draft::new(name, columns);
    for band in sheet.head() {
        draft.add(band, styles);
    }
    let mut priority = None;
    for (at, group) in groups.iter().enumerate() {
        let own = group.item.official.priority.text();
        let mut cost = BETWEEN_ITEMS;
        if priority != Some(own) {
            priority = Some(own);
            cost = NEVER;
            draft.add(sheet.priority(own), styles);
        }
        draft.add(sheet.item(group, items.get(at), cost), styles);
    }
    draft.frame(1);
    for band in sheet.notes(groups) {
        draft.add(band, styles);
    }
    let trends = draft
        .cells
        .iter()
        .filter(|placed| placed.piece.field == TREND);
    let trends = trends.map(|placed| placed.range.first).collect();
    (draft, trends)
}

struct Sheet<'b> {
    book: &'b Book,
    years: Vec<FiscalYear>,
    styles: &'b Styles,
    /// Whether sparklines show the actuals; they refer to numbers on a sheet of the office.
    has_trends: bool,
}

impl Sheet<'_> {
    fn columns(&self) -> u16 {
        (LEFT.len() + self.years.len() * 2 + self.behind().len()) as u16
    }

    /// The widths of the columns behind the years.
    fn behind(&self) -> &'static [u32] {
        match self.has_trends {
            true => &RIGHT,
            false => &RIGHT[..RIGHT.len() - 1],
        }
    }

    /// The first column behind the years.
    fn right(&self) -> u16 {
        self.columns() - self.behind().len() as u16
    }

    fn head(&self) -> Vec<Band> {
        let labels = &self.book.layout.labels;
        let dress = Dress {
            size: self.styles.plain(-10).size,
            ..self.styles.label()
        };
        let head = |column, columns, text: &str| Piece::new(column, columns, dress, text, text);
        let number = halved(labels.number.plain());
        let left = [number.as_str(), labels.title.plain(), "数値目標", "基準値"];
        let mut pieces: Vec<Piece> = (0..)
            .zip(left)
            .map(|(column, text)| head(column, 1, text).on(0, 2))
            .collect();
        for (column, year) in (LEFT.len() as u16..).step_by(2).zip(&self.years) {
            pieces.push(head(column, 2, &year.short()));
            pieces.push(head(column, 1, "目標値").on(1, 1));
            pieces.push(head(column + 1, 1, "実績値").on(1, 1));
        }
        let year = self.book.period.year.short();
        let right = [
            format!("{year}の\n達成状況"),
            "判定の根拠".to_owned(),
            "推移".to_owned(),
        ];
        for (column, text) in (self.right()..self.columns()).zip(right) {
            pieces.push(head(column, 1, &text).named("").on(0, 2));
        }
        let text = titled(self.book, &self.book.layout.sheets.kpis);
        vec![
            title(text, self.columns(), self.styles),
            Band {
                storeys: 2,
                ..Band::new(NEVER, pieces).at_least(24)
            },
        ]
    }

    fn priority(&self, text: &str) -> Band {
        let label = self.book.layout.labels.priority.plain();
        let dress = Dress {
            across: Across::Left,
            size: self.styles.plain(-10).size,
            ..self.styles.heading()
        };
        let text = format!("{label}　{text}");
        let piece = Piece::new(0, self.columns(), dress, label, text.trim_end());
        Band::new(BEFORE_PRIORITY, vec![piece]).at_least(24)
    }

    /// An item's rows, which stay on one page.
    fn item(&self, group: &Group<'_>, sheet: Option<&String>, cost: u32) -> Band {
        let labels = &self.book.layout.labels;
        let storeys = group.lines.iter().map(Line::storeys).sum::<usize>().max(1);
        let official = &group.item.official;
        let number = group.item.number().to_string();
        let number = Piece::new(0, 1, self.centred(), labels.number.plain(), number);
        let number = match sheet {
            Some(sheet) => number.to(sheet, CellRef::new(0, 0)),
            None => number,
        };
        let text = official.title.text();
        let title = Piece::new(1, 1, self.middle(), labels.title.plain(), text);
        let mut pieces = vec![number.on(0, storeys), title.on(0, storeys)];
        let mut top = 0;
        for line in &group.lines {
            pieces.extend(self.line(line, top));
            top += line.storeys();
        }
        if group.lines.is_empty() {
            let none = "数値目標は定められていません。";
            let columns = self.columns() - 2;
            pieces.push(Piece::new(2, columns, self.middle(), "数値目標", none));
        }
        Band {
            storeys,
            ..Band::new(cost, pieces).at_least(LEAST)
        }
    }

    fn line(&self, line: &Line<'_>, top: usize) -> Vec<Piece> {
        let all = line.storeys();
        let mut name = line.kpi.name.text().to_owned();
        let units = line.units();
        if !units.is_empty() {
            name = format!("{name}\n（単位：{units}）");
        }
        let baseline = line.kpi.baseline.text();
        let mut pieces = vec![
            Piece::new(2, 1, self.middle(), "数値目標", name).on(top, all),
            Piece::new(3, 1, self.middle(), "基準値", baseline).on(top, all),
        ];
        for (column, year) in (LEFT.len() as u16..).step_by(2).zip(&self.years) {
            let values = line.kpi.year(*year);
            let target = values.and_then(|values| values.target.as_ref());
            let actual = values.and_then(|values| values.actual.as_ref());
            for (column, field, label) in
                [(column, target, "目標値"), (column + 1, actual, "実績値")]
            {
                let text = field.map_or("", Field::text);
                pieces.push(Piece::new(column, 1, self.centred(), label, text).on(top, all));
            }
        }
        let right = self.right();
        let dress = Dress {
            fill: match &line.judgement {
                Judgement::Judged(Attainment::Missed(_)) => Fill::Question,
                Judgement::Judged(Attainment::Met(_) | Attainment::Undetermined(_))
                | Judgement::NotYet
                | Judgement::Cancelled => Fill::Paper,
            },
            ..self.centred()
        };
        let label = line.judgement.label();
        pieces.push(Piece::new(right, 1, dress, "達成状況", label).on(top, all));
        let reason = line.judgement.reason();
        pieces.push(Piece::new(right + 1, 1, self.middle(), "判定の根拠", reason).on(top, all));
        if !self.has_trends {
            return pieces;
        }
        for (storey, series) in (top..).zip(&line.series) {
            let text = if is_drawn(series) { "" } else { NOTHING };
            pieces.push(Piece::new(right + 2, 1, self.centred(), TREND, text).on(storey, 1));
        }
        if line.series.is_empty() {
            let none = match line.units_differ {
                true => "単位がそろっていません",
                false => NOTHING,
            };
            pieces.push(Piece::new(right + 2, 1, self.centred(), "", none).on(top, 1));
        }
        pieces
    }

    fn notes(&self, groups: &[Group<'_>]) -> Vec<Band> {
        let sheets = &self.book.layout.sheets;
        let trends = match self.has_trends {
            true => format!(
                "推移は各年度の実績値を0から測った棒で示し、その数値は「{}」にあります。",
                sheets.numbers
            ),
            false => String::new(),
        };
        let mut notes = vec![format!(
            "（注）目標値は実施計画、実績値は各課の記載のとおりです。{trends}"
        )];
        if self.book.period.is_year_end() {
            notes.push("（注）達成率は小数第2位を四捨五入しています。割合の目標値は、達成率を求めず大小を比べています。".to_owned());
        }
        let others = groups.iter().flat_map(|group| &group.lines);
        let mut others: Vec<FiscalYear> = others
            .flat_map(|line| &line.kpi.years)
            .filter(|values| {
                let mut fields = [&values.actual, &values.target].into_iter().flatten();
                !self.years.contains(&values.year) && fields.any(|field| !field.is_blank())
            })
            .map(|values| values.year)
            .collect();
        others.sort_unstable();
        others.dedup();
        if !others.is_empty() {
            let years: Vec<String> = others.iter().map(|year| year.short()).collect();
            notes.push(format!(
                "（注）計画期間外の{}の値は、取組ごとの票にあります。",
                years.join("、")
            ));
        }
        if groups.is_empty() {
            notes.insert(0, "取組はありません。".to_owned());
        }
        let dress = self.styles.plain(-20);
        notes
            .into_iter()
            .map(|note| {
                Band::new(
                    NEVER,
                    vec![Piece::new(0, self.columns(), dress, "注", note)],
                )
            })
            .collect()
    }

    fn middle(&self) -> Dress {
        Dress {
            size: self.styles.plain(-15).size,
            ..self.styles.middle()
        }
    }

    fn centred(&self) -> Dress {
        Dress {
            across: Across::Centre,
            ..self.middle()
        }
    }
}

/// The actuals of the years.
fn actuals(series: &Series) -> impl Iterator<Item = Decimal> {
    let years = series.points.iter().skip(1);
    years.filter_map(|point| point.actual)
}

/// Tells whether there are actuals to compare.
fn is_drawn(series: &Series) -> bool {
    actuals(series).count() > 1
}

/// Draws the sparkline of each series: its actuals, measured from zero.
pub(super) fn draw(
    sheet: &mut Worksheet,
    numbers: &Numbers<'_>,
    drawn: &[Drawn],
) -> Result<(), WriteError> {
    for Drawn {
        sparkline,
        row,
        series,
        ..
    } in drawn.iter().filter(|drawn| is_drawn(&drawn.series))
    {
        let mut bars = Sparkline::new()
            .set_range(numbers.years(*row))
            .set_type(SparklineType::Column)
            .set_sparkline_color(GREY)
            .show_negative_points(true)
            .set_negative_points_color(BLACK);
        let highest = actuals(series).max().and_then(|highest| highest.to_f64());
        if actuals(series).all(|actual| !actual.is_sign_negative()) {
            bars = bars.set_custom_min(0.0);
        }
        if let Some(highest) = highest.filter(|highest| *highest > 0.0) {
            bars = bars.set_custom_max(highest * HEADROOM);
        }
        let column = crate::write::text::column(*sparkline);
        sheet.add_sparkline(sparkline.row, column, &bars)?;
    }
    Ok(())
}
