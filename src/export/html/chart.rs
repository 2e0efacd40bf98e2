//! A chart of a series: bars for actuals, lines for targets, on the columns of the table below it.
//! It shows values and judges nothing.

use maud::{Markup, html};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::{Point, Scale, Series};

/// The drawing's measures; the gutter is as wide as the table's first column.
const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 120.0;
pub(super) const GUTTER: f64 = 60.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 8.0;
const WIDEST_BAR: f64 = 44.0;

/// Draws a series; numbers no axis can hold (none is that large in an office) give no drawing.
pub(super) fn chart(series: &Series) -> Option<Markup> {
    let numbers = series.numbers();
    let numbers: Vec<f64> = numbers.filter_map(|value| value.to_f64()).collect();
    let axis = Scale::of(&numbers)?;
    let slot = (WIDTH - GUTTER) / series.points.len().max(1) as f64;
    Some(html! {
        svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } aria-hidden="true" {
            @for tick in axis.ticks() {
                @let y = height(&axis, tick);
                line.grid x1=(GUTTER) x2=(WIDTH) y1=(at(y)) y2=(at(y)) {}
                text x=(GUTTER - 5.0) y=(at(y + 3.5)) text-anchor="end" { (label(&axis, tick)) }
            }
            line.zero x1=(GUTTER) x2=(WIDTH) y1=(at(height(&axis, 0.0))) y2=(at(height(&axis, 0.0))) {}
            @for (column, point) in series.points.iter().enumerate() {
                (marks(&axis, point, GUTTER + slot * column as f64, slot, column == 0))
            }
        }
    })
}

fn marks(axis: &Scale, point: &Point, left: f64, slot: f64, is_baseline: bool) -> Markup {
    let number = |value: Option<Decimal>| value.and_then(|value| value.to_f64());
    let wide = (slot * 0.5).min(WIDEST_BAR);
    let bar = left + (slot - wide) / 2.0;
    let line = (wide * 0.75, left + slot / 2.0);
    html! {
        @if let Some(value) = number(point.actual) {
            @let (zero, end) = (height(axis, 0.0), height(axis, value));
            // A value of 0 is a value: it shows as a line on the axis, a gap shows as nothing.
            @let high = (zero - end).abs().max(1.5);
            rect class=(if is_baseline { "base" } else { "actual" })
                x=(at(bar)) y=(at(zero.min(end).min(zero - 1.5))) width=(at(wide)) height=(at(high)) {}
        }
        @if let Some(value) = number(point.target) {
            @let y = height(axis, value);
            @let (x1, x2) = (line.1 - line.0, line.1 + line.0);
            line.halo x1=(at(x1)) x2=(at(x2)) y1=(at(y)) y2=(at(y)) {}
            line.target x1=(at(x1)) x2=(at(x2)) y1=(at(y)) y2=(at(y)) {}
        }
    }
}

/// A length with one decimal, so that the page is the same on every machine.
fn at(length: f64) -> String {
    format!("{length:.1}")
}

/// Where a number stands from above.
fn height(axis: &Scale, value: f64) -> f64 {
    let room = HEIGHT - TOP - BOTTOM;
    TOP + room * (axis.high - value) / (axis.high - axis.low)
}

/// `1,500`; from a million on in 万, from a hundred million on in 億.
fn label(axis: &Scale, tick: f64) -> String {
    let most = axis.high.max(-axis.low);
    let (unit, word) = match most {
        most if most >= 1e8 => (1e8, "億"),
        most if most >= 1e6 => (1e4, "万"),
        _ => (1.0, ""),
    };
    let decimals = axis.decimals(unit);
    let number = format!("{:.decimals$}", (tick / unit).abs());
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let sign = if tick < -axis.step / 2.0 { "-" } else { "" };
    format!("{sign}{}{rest}{word}", grouped(whole))
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(numbers: &[f64]) -> Vec<String> {
        let axis = Scale::of(numbers).unwrap();
        axis.ticks()
            .iter()
            .map(|tick| label(&axis, *tick))
            .collect()
    }

    #[test]
    fn axes_count_in_round_steps_from_zero() {
        for (numbers, expected) in [
            (&[145.0, 85.0][..], &["0", "50", "100", "150"][..]),
            (&[1.0, 3.0], &["0", "1", "2", "3"]),
            (&[1257.0, 1395.0], &["0", "500", "1,000", "1,500"]),
            (&[0.0], &["0", "1"]),
            (&[-5.2, 3.0], &["-10", "-5", "0", "5"]),
            (&[-0.1], &["-0.10", "-0.05", "0.00"]),
            (&[0.25], &["0.0", "0.1", "0.2", "0.3"]),
            (&[150_000_000.0], &["0.0億", "0.5億", "1.0億", "1.5億"]),
            (&[2_500_000.0], &["0万", "100万", "200万", "300万"]),
        ] {
            assert_eq!(labels(numbers), expected, "{numbers:?}");
        }
        assert!(Scale::of(&[f64::INFINITY]).is_none());
    }

    #[test]
    fn bars_and_lines_stand_where_their_values_are_and_gaps_stay_gaps() {
        let point = |actual: Option<i64>, target: Option<i64>| Point {
            actual: actual.map(Decimal::from),
            target: target.map(Decimal::from),
        };
        let series = Series {
            mark: String::new(),
            unit: "件".to_owned(),
            qualifier: None,
            qualifiers_differ: false,
            units_differ: false,
            points: vec![
                point(Some(30), None),
                point(Some(0), Some(40)),
                point(None, Some(60)),
                point(None, None),
            ],
        };
        let drawn = chart(&series).unwrap().into_string();
        assert_eq!(drawn.matches("<rect").count(), 2);
        assert_eq!(drawn.matches("class=\"target\"").count(), 2);
        assert_eq!(drawn.matches("class=\"base\"").count(), 1);
        // 60 of 60 stands at the top, 0 on the axis at the bottom.
        assert!(drawn.contains("y1=\"8.0\"") && drawn.contains("height=\"1.5\""));
        assert!(!drawn.contains("NaN") && !drawn.contains("style="));
    }
}
