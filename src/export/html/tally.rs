//! 評価集計: items by grade, KPIs by attainment.

use maud::{Markup, html};

use crate::export::visible::on_one_line;
use crate::model::{AxisTally, GradeCounts, KpiCounts, KpiTally, Row, Tally, share};

/// The tables of a tally.
pub(super) fn section(name: &str, tally: &Tally) -> Markup {
    html! {
        section #tally {
            h2 { (on_one_line(name)) }
            @for axis in &tally.axes { (grades(axis)) }
            @match &tally.kpis {
                Some(kpis) => (attainment(kpis)),
                None => p.note { "数値目標の達成状況は、年度末に集計します。" },
            }
        }
    }
}

fn grades(axis: &AxisTally) -> Markup {
    let groups = [
        ("重点項目", &axis.priorities),
        ("主管課", &axis.departments),
    ];
    html! {
        @for (head, rows) in groups {
            table.files {
                thead { tr {
                    th { (on_one_line(&axis.name)) "：" (head) "別" }
                    @for head in &axis.heads { th.count { (on_one_line(head)) } }
                    th.count { "計" }
                } }
                tbody {
                    @for Row { name, counts } in rows { (graded(&on_one_line(name), counts)) }
                    (graded("全体", &axis.total))
                }
            }
        }
        p.note { "複数の主管課がある取組は、全体では1項目とし、それぞれの課にも数えています。" }
    }
}

fn graded(name: &str, counts: &GradeCounts) -> Markup {
    row(name, &counts.columns(), counts.total())
}

fn row(name: &str, counts: &[usize], total: usize) -> Markup {
    html! {
        tr {
            th { (name) }
            @for count in counts {
                td.count {
                    (count)
                    @if let Some(share) = share(*count, total) { small { " " (share) "%" } }
                }
            }
            td.count { (total) }
        }
    }
}

fn attainment(kpis: &KpiTally) -> Markup {
    html! {
        table.files {
            thead { tr {
                th { "数値目標の達成状況：重点項目別" }
                @for head in KpiCounts::HEADS { th.count { (head) } }
                th.count { "計" }
            } }
            tbody {
                @for Row { name, counts } in &kpis.priorities {
                    (row(&on_one_line(name), &counts.columns(), counts.total()))
                }
                (row("全体", &kpis.total.columns(), kpis.total.total()))
            }
        }
        @if !kpis.reasons.is_empty() {
            table.files {
                thead { tr { th { "判定不能の理由" } th.count { "数値目標" } } }
                tbody {
                    @for (reason, count) in &kpis.reasons { tr { td { (reason) } td.count { (count) } } }
                }
            }
        }
    }
}
