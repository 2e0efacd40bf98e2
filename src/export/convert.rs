//! From the nouns to the shapes of `torimatome/1`.

use super::dto;
use crate::model;
use crate::model::{
    Activity, AsOf, Cover, Field, Finding, ItemSheet, Kpi, KpiYear, Measure, Period, Quantity,
    StatusRow, Value,
};

/// Puts a whole document together.
pub(super) fn document(
    cover: &Cover,
    period: Option<Period>,
    items: Option<&[&ItemSheet]>,
    findings: &[Finding],
    at: Period,
) -> dto::Document {
    dto::Document {
        format: super::FORMAT,
        city: cover.city.clone(),
        plan: cover.plan.clone(),
        plan_years: cover.years.iter().map(ToString::to_string).collect(),
        period: period.map(|period| dto::Period {
            fiscal_year: period.year.to_string(),
            half: half(period.half),
        }),
        items: items.map(|items| items.iter().map(|sheet| item(sheet)).collect()),
        findings: findings.iter().map(|found| finding(found, at)).collect(),
    }
}

fn half(half: model::Half) -> dto::Half {
    match half {
        model::Half::First => dto::Half::First,
        model::Half::Second => dto::Half::Second,
    }
}

fn item(sheet: &ItemSheet) -> dto::Item {
    let departments = sheet.departments.get().cloned().unwrap_or_default();
    dto::Item {
        number: sheet.number.get().copied(),
        priority: sheet.priority.said(),
        title: sheet.title.said(),
        lead: departments.lead,
        related: departments.related,
        content: sheet.content.said(),
        effects: sheet.effects.said(),
        schedule: sheet.schedule.iter().map(activity).collect(),
        schedule_notes: texts(&sheet.schedule_notes),
        kpis: sheet.kpis.iter().map(kpi).collect(),
        status: sheet.status.iter().map(status_row).collect(),
        assessment: dto::Assessment {
            grade: grade(&sheet.grade),
            grades: sheet
                .axes
                .iter()
                .zip(sheet.grades())
                .map(|(axis, field)| grade_of(axis, field))
                .collect(),
            comment: sheet.comment.said(),
        },
        action: sheet.action.said(),
        footnotes: sheet
            .footnotes
            .iter()
            .map(|note| dto::Footnote {
                mark: note.mark.clone(),
                term: note.term.clone(),
                text: note.text.clone(),
            })
            .collect(),
    }
}

fn texts(fields: &[model::Text]) -> Vec<String> {
    fields.iter().filter_map(Field::said).collect()
}

fn activity(activity: &Activity) -> dto::Activity {
    dto::Activity {
        activity: activity.name.said(),
        phases: activity
            .phases
            .iter()
            .map(|phase| dto::Phase {
                from: phase.from.to_string(),
                to: phase.to.to_string(),
                text: phase.text.said(),
            })
            .collect(),
    }
}

fn status_row(row: &StatusRow) -> dto::StatusRow {
    dto::StatusRow {
        plan: row.plan.said(),
        first_half: row.first_half.said(),
        second_half: row.second_half.said(),
    }
}

fn grade(field: &Field<model::Grade>) -> Option<dto::Grade> {
    if field.is_blank() {
        return None;
    }
    let grade = field.get();
    Some(dto::Grade {
        raw: field.said(),
        mark: grade.and_then(|grade| grade.mark.clone()),
        label: grade.and_then(|grade| grade.label.clone()),
    })
}

fn grade_of(axis: &str, field: &Field<model::Grade>) -> dto::GradeOfAxis {
    let grade = field.get();
    dto::GradeOfAxis {
        axis: axis.to_owned(),
        raw: field.said(),
        mark: grade.and_then(|grade| grade.mark.clone()),
        label: grade.and_then(|grade| grade.label.clone()),
    }
}

fn kpi(kpi: &Kpi) -> dto::Kpi {
    let notes = texts(&kpi.notes);
    dto::Kpi {
        name: kpi.name.said(),
        baseline: baseline(&kpi.baseline),
        years: kpi.years.iter().map(kpi_year).collect(),
        note: (!notes.is_empty()).then(|| notes.join("\n")),
    }
}

fn baseline(field: &Field<model::Baseline>) -> Option<dto::Baseline> {
    let (as_of, measure) = match &field.value {
        Value::Blank => return None,
        Value::Unreadable => (None, dto::BaselineMeasure::Unreadable),
        Value::Known(known) => (known.as_of, baseline_measure(&known.measure)),
    };
    Some(dto::Baseline {
        raw: field.said(),
        as_of: as_of.as_ref().map(AsOf::to_string),
        measure,
    })
}

fn baseline_measure(measure: &Measure) -> dto::BaselineMeasure {
    match measure {
        Measure::Quantity(known) => {
            let known = quantity(known);
            dto::BaselineMeasure::Quantity(dto::BaselineQuantity {
                value: known.value,
                unit: known.unit,
                qualifier: known.qualifier,
                bound: known.bound,
                label: known.label,
            })
        }
        Measure::Compound(parts) => dto::BaselineMeasure::Compound {
            parts: parts.iter().map(part).collect(),
        },
        Measure::AsNeeded => dto::BaselineMeasure::AsNeeded,
        Measure::Milestone(known) => dto::BaselineMeasure::Milestone(milestone(known)),
        Measure::Nothing(_) => dto::BaselineMeasure::None,
    }
}

fn kpi_year(values: &KpiYear) -> dto::KpiYear {
    dto::KpiYear {
        year: values.year.to_string(),
        actual: values.actual.as_ref().map(entry),
        target: values.target.as_ref().map(entry),
    }
}

fn entry(field: &Field<Measure>) -> dto::Entry {
    dto::Entry {
        raw: field.said(),
        measure: match &field.value {
            Value::Blank => dto::Measure::Blank,
            Value::Known(known) => measure(known),
            Value::Unreadable => dto::Measure::Unreadable,
        },
    }
}

fn measure(measure: &Measure) -> dto::Measure {
    match measure {
        Measure::Quantity(known) => dto::Measure::Quantity(quantity(known)),
        Measure::Compound(parts) => dto::Measure::Compound {
            parts: parts.iter().map(part).collect(),
        },
        Measure::AsNeeded => dto::Measure::AsNeeded,
        Measure::Milestone(known) => dto::Measure::Milestone(milestone(known)),
        Measure::Nothing(_) => dto::Measure::None,
    }
}

/// A part's own label is its mark, so the words before its number move to `name`.
fn part(part: &model::Part) -> dto::Part {
    let mut known = match &part.measure {
        Some(known) => measure(known),
        None => dto::Measure::Blank,
    };
    let name = match &mut known {
        dto::Measure::Quantity(quantity) => quantity.label.take(),
        dto::Measure::Milestone(milestone) => milestone
            .quantity
            .as_mut()
            .and_then(|quantity| quantity.label.take()),
        dto::Measure::Compound { .. }
        | dto::Measure::AsNeeded
        | dto::Measure::None
        | dto::Measure::Blank
        | dto::Measure::Unreadable => None,
    };
    dto::Part {
        label: part.mark.to_string(),
        name,
        measure: known,
    }
}

fn milestone(milestone: &model::Milestone) -> dto::Milestone {
    dto::Milestone {
        text: milestone.text.to_string(),
        quantity: milestone.quantity.as_ref().map(quantity),
    }
}

fn quantity(quantity: &Quantity) -> dto::Quantity {
    dto::Quantity {
        value: quantity.value,
        unit: (!quantity.unit.is_empty()).then(|| quantity.unit.to_string()),
        qualifier: quantity.qualifier.map(|qualifier| match qualifier {
            model::Qualifier::Cumulative => dto::Qualifier::Cumulative,
            model::Qualifier::Total => dto::Qualifier::Total,
        }),
        bound: quantity.bound.map(|bound| match bound {
            model::Bound::AtLeast => dto::Bound::AtLeast,
            model::Bound::AtMost => dto::Bound::AtMost,
            model::Bound::LessThan => dto::Bound::LessThan,
            model::Bound::MoreThan => dto::Bound::MoreThan,
            model::Bound::About => dto::Bound::About,
        }),
        label: quantity.label.as_ref().map(ToString::to_string),
    }
}

fn finding(finding: &Finding, at: Period) -> dto::Finding {
    let source = finding.place.as_ref().map(|place| &place.source);
    let cells: Vec<String> = super::cells(finding)
        .iter()
        .map(ToString::to_string)
        .collect();
    dto::Finding {
        code: finding.code,
        level: match finding.level {
            model::Level::Error => dto::Level::Error,
            model::Level::Warning => dto::Level::Warning,
            model::Level::Info => dto::Level::Info,
        },
        item: finding.item,
        department: finding.department.clone(),
        fiscal_year: at.year.to_string(),
        half: half(at.half),
        file: source
            .map(|source| source.file.clone())
            .or_else(|| finding.file.clone()),
        sheet: source.map(|source| source.sheet.clone()),
        cell: cells.first().cloned(),
        cells,
        found: finding.found.clone(),
        expected: finding.expected.clone(),
        message: finding.message.clone(),
        remedy: finding.remedy.clone(),
        acknowledged: finding.acknowledged.clone(),
    }
}
