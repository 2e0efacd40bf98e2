//! 数値目標: what each KPI says over the years, as typed, with a chart where numbers can be compared.

use maud::{Markup, html};

use crate::export::visible::{on_one_line, visible};
use crate::model::{
    Attainment, Book, BookItem, Field, FiscalYear, Kpi, KpiValues, Measure, Semantics, Value,
};

use super::chart::chart;
use super::departments::Departments;
use super::series::{Series, series};

/// The items' KPIs, an item after the other.
pub(super) fn section(book: &Book, departments: &Departments) -> Markup {
    let items = || {
        book.items
            .iter()
            .filter(|item| !item.official.kpis.is_empty())
    };
    html! {
        section #kpis {
            h2 { "数値目標" }
            @if items().next().is_none() { p { "数値目標はありません。" } }
            @else {
                p.legend {
                    span.key.actual {} "実績値 " span.key.base {} "基準値 " span.key.target {} "目標値"
                    span.note { "　計画の値と提出された値を、そのまま示しています。" }
                }
            }
            @for item in items() {
                section.item id={ "k" (item.number()) }
                    data-d=(departments.mark(item.lead().iter().map(String::as_str))) {
                    h3 {
                        "取組" (item.number()) " " (on_one_line(item.official.title.text()))
                        small { " " (on_one_line(&item.lead().join("、"))) }
                    }
                    div.kpis {
                        @for kpi in &item.official.kpis { (figure(book, item, kpi)) }
                    }
                }
            }
        }
    }
}

fn figure(book: &Book, item: &BookItem, kpi: &Kpi) -> Markup {
    let at = book.period.year;
    let series = series(kpi);
    let attainment = book
        .period
        .is_year_end()
        .then(|| attainment(book, item, kpi));
    let now = |year: FiscalYear| (year == at).then_some("now");
    html! {
        figure {
            figcaption { (on_one_line(kpi.name.text())) }
            @for series in &series { (drawing(series)) }
            table {
                thead {
                    tr {
                        th {}
                        th { "基準値" }
                        @for values in &kpi.years {
                            th class=[now(values.year)] { (values.year.short()) }
                        }
                    }
                }
                tbody {
                    tr {
                        th { "実績値" }
                        td rowspan="2" { (text(&kpi.baseline)) }
                        @for values in &kpi.years {
                            td class=[now(values.year)] {
                                // An actual of a year to come is not missing.
                                (value(values.actual.as_ref(), values.year <= at))
                            }
                        }
                    }
                    tr {
                        th { "目標値" }
                        @for values in &kpi.years {
                            td class=[now(values.year)] { (value(values.target.as_ref(), true)) }
                        }
                    }
                }
            }
            @if let Some(attainment) = attainment {
                p.note { (at.short()) "の達成状況：" (on_one_line(&judged(&attainment))) }
            }
        }
    }
}

/// Whether the reporting year's target was met, with the formula or why that cannot be told.
fn attainment(book: &Book, item: &BookItem, kpi: &Kpi) -> Attainment {
    let year = book.period.year;
    let values = KpiValues::of(None, Some(kpi), item.published(kpi, None), year);
    let setting = book.kpi_setting(item.number(), kpi.name.text());
    Attainment::of(&values, &Semantics::of(&values, setting), year)
}

/// `達成（145件 ÷ 85件 = 170.6%）`, or why it cannot be told.
fn judged(attainment: &Attainment) -> String {
    let label = attainment.label();
    match attainment {
        Attainment::Met(shown) | Attainment::Missed(shown) => {
            format!("{label}（{}）", shown.formula)
        }
        Attainment::Undetermined(_) => attainment.told(),
    }
}

/// The chart of a series, or why there is none.
fn drawing(series: &Series) -> Markup {
    let mut words = Vec::new();
    if !series.mark.is_empty() {
        words.push(on_one_line(&series.mark));
    }
    if !series.unit.is_empty() {
        words.push(format!("単位：{}", on_one_line(&series.unit)));
    }
    if let Some(qualifier) = series.qualifier {
        words.push(format!("（{}）", qualifier.label()));
    }
    html! {
        @if series.units_differ {
            p.note { (on_one_line(&series.mark)) "単位がそろっていないため、図にしていません。" }
        } @else if series.is_drawn() {
            @if let Some(chart) = chart(series) {
                p.unit {
                    (words.join(" "))
                    @if series.qualifiers_differ { " 累計・延べの書き方がそろっていません。" }
                }
                (chart)
            }
        }
    }
}

fn text<T>(field: &Field<T>) -> Markup {
    html! {
        @match &field.value {
            Value::Blank => span.note { "空欄" },
            Value::Known(_) | Value::Unreadable => (visible(field.text())),
        }
    }
}

fn value(field: Option<&Field<Measure>>, is_due: bool) -> Markup {
    html! {
        @match field {
            None => span.note { "欄なし" },
            Some(field) if field.is_blank() && !is_due => "",
            Some(field) => (text(field)),
        }
    }
}
