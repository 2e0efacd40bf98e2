//! A model as plain lines, without places and without what differs by spelling alone: texts are
//! folded, values are shown as they were understood.
#![allow(dead_code, clippy::unwrap_used)]

use std::fmt::Write;

use torimatome::model::text::fold;
use torimatome::model::{
    AsOf, Departments, Field, Footnote, Grade, ItemSheet, Kpi, Measure, Phase, Quantity, Text,
    Value,
};

/// Every item as lines; places, sheets and unplaced cells aside.
pub fn lines(items: &[ItemSheet]) -> Vec<String> {
    items.iter().flat_map(item).collect()
}

fn item(item: &ItemSheet) -> Vec<String> {
    let mut lines = vec![
        format!(
            "取組番号 {}",
            shown(&item.number, |number| number.to_string())
        ),
        format!("年度 {}", shown(&item.year, ToString::to_string)),
        format!("重点項目 {}", text(&item.priority)),
        format!("取組項目 {}", text(&item.title)),
        format!("主管課 {}", shown(&item.departments, departments)),
        format!("実施内容 {}", text(&item.content)),
        format!("期待される効果 {}", text(&item.effects)),
    ];
    for activity in &item.schedule {
        let phases: Vec<String> = activity.phases.iter().map(phase).collect();
        let name = text(&activity.name);
        lines.push(format!("実施項目 {name}: {}", phases.join(", ")));
    }
    lines.extend(
        item.schedule_notes
            .iter()
            .map(|note| format!("年次計画の注 {}", text(note))),
    );
    lines.extend(item.kpis.iter().flat_map(kpi));
    for row in &item.status {
        lines.push(format!(
            "実施状況 {} | {} | {}",
            text(&row.plan),
            text(&row.first_half),
            text(&row.second_half)
        ));
    }
    lines.push(format!("評価区分 {}", shown(&item.grade, grade)));
    lines.push(format!("評価コメント {}", text(&item.comment)));
    lines.push(format!("改善事項 {}", text(&item.action)));
    lines.extend(item.footnotes.iter().map(footnote));
    lines.extend(
        item.missing_blocks
            .iter()
            .map(|block| format!("見出しなし {block}")),
    );
    lines
}

fn shown<T>(field: &Field<T>, known: impl Fn(&T) -> String) -> String {
    match &field.value {
        Value::Blank => "空欄".to_owned(),
        Value::Known(value) => known(value),
        Value::Unreadable => format!("様式外「{}」", fold(field.text())),
    }
}

fn text(field: &Text) -> String {
    shown(field, |text| format!("「{}」", fold(text)))
}

fn departments(departments: &Departments) -> String {
    let folded = |names: &[String]| {
        names
            .iter()
            .map(|name| fold(name))
            .collect::<Vec<_>>()
            .join("・")
    };
    format!(
        "{} ({})",
        folded(&departments.lead),
        folded(&departments.related)
    )
}

fn phase(phase: &Phase) -> String {
    format!("{}～{} {}", phase.from, phase.to, text(&phase.text))
}

/// A KPI as lines.
pub fn kpi(kpi: &Kpi) -> Vec<String> {
    let mut lines = vec![format!("数値目標 {}", text(&kpi.name))];
    lines.push(format!(
        "  基準値 {}",
        shown(&kpi.baseline, |baseline| {
            let as_of: Option<AsOf> = baseline.as_of;
            let as_of = as_of.map_or_else(|| "時点なし".to_owned(), |as_of| as_of.to_string());
            format!("{as_of} {}", measure(&baseline.measure))
        })
    ));
    let storey = |field: &Option<Field<Measure>>| {
        field
            .as_ref()
            .map_or_else(|| "欄なし".to_owned(), |field| shown(field, measure))
    };
    for values in &kpi.years {
        lines.push(format!(
            "  {} 実績 {} / 目標 {}",
            values.year,
            storey(&values.actual),
            storey(&values.target)
        ));
    }
    lines.extend(
        kpi.notes
            .iter()
            .map(|note| format!("  数値目標の注 {}", text(note))),
    );
    lines
}

fn measure(value: &Measure) -> String {
    match value {
        Measure::Quantity(value) => quantity(value),
        Measure::Compound(parts) => {
            let mut shown = String::new();
            for part in parts {
                let said = part
                    .measure
                    .as_ref()
                    .map_or_else(|| "なし".to_owned(), measure);
                write!(shown, "{}{said} ", part.mark).unwrap();
            }
            shown.trim_end().to_owned()
        }
        Measure::AsNeeded => "随時".to_owned(),
        Measure::Milestone(milestone) => {
            let beside = milestone.quantity.as_ref().map(quantity);
            let beside = beside.map_or_else(String::new, |beside| format!(" + {beside}"));
            format!("段階 {}{beside}", fold(&milestone.text))
        }
        Measure::Nothing(_) => "—".to_owned(),
    }
}

fn quantity(quantity: &Quantity) -> String {
    let mut shown = format!("{} [{}]", quantity.value.normalize(), quantity.unit_key());
    if let Some(qualifier) = quantity.qualifier {
        write!(shown, " {}", qualifier.label()).unwrap();
    }
    if let Some(bound) = quantity.bound {
        write!(shown, " {}", bound.label()).unwrap();
    }
    if let Some(label) = &quantity.label {
        write!(shown, " ({})", fold(label)).unwrap();
    }
    shown
}

fn grade(grade: &Grade) -> String {
    format!(
        "記号 {:?} 文言 {:?} 中止 {}",
        grade.by_mark, grade.by_label, grade.cancelled
    )
}

fn footnote(note: &Footnote) -> String {
    let term = note.term.as_deref().unwrap_or("用語なし");
    format!(
        "脚注 {} {}: {}",
        fold(&note.mark),
        fold(term),
        fold(&note.text)
    )
}
