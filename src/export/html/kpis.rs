//! 数値目標: what each KPI says over the years, as typed, with a chart where numbers can be compared.

use maud::{Markup, html};

use crate::export::visible::{on_one_line, visible};
use crate::model::{Book, BookItem, Field, FiscalYear, Judgement, Kpi, Measure, Series, Value};

use super::chart::chart;
use super::departments::Departments;

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
    let series = Series::of(kpi);
    let judged = judged(&book.judgement(item, kpi));
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
            @if let Some(judged) = judged {
                p.note { (at.short()) "の達成状況：" (on_one_line(&judged)) }
            }
        }
    }
}

/// `達成（145件 ÷ 85件 = 170.6%）`, or why it cannot be told; nothing before the year is over.
fn judged(judgement: &Judgement) -> Option<String> {
    match judgement {
        Judgement::NotYet => None,
        Judgement::Cancelled | Judgement::Judged(_) => {
            Some(format!("{}（{}）", judgement.label(), judgement.reason()))
        }
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
