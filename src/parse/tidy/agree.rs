//! Whether the cells of a value's row say the same as its 原文, and what they say without it.

use crate::model::text::fold;
use crate::model::{
    AsOf, Bound, Measure, Part, Qualifier, Quantity, TIDY_KINDS as KINDS, TidyColumn as Column,
};
use crate::parse::{baseline, measure};

use super::row::Row;

/// Takes the cells that agree with what the value's text says; the others are left.
pub(super) fn take_agreeing(row: &mut Row<'_>, value: Option<&Measure>, as_of: Option<AsOf>) {
    let (mark, said) = match value {
        Some(Measure::Compound(parts)) => {
            let part = part(parts, row.text(Column::Part));
            (
                part.map(|part| part.mark.clone()),
                part.and_then(|part| part.measure.as_ref()),
            )
        }
        other => (None, other),
    };
    row.drop_if(Column::Part, |text| {
        mark.as_deref().is_some_and(|mark| same_mark(mark, text))
    });
    let quantity = said.and_then(Measure::quantity);
    row.drop_if(Column::Value, |text| {
        quantity.is_some_and(|one| same_value(one, text))
    });
    row.drop_if(Column::Unit, |text| {
        quantity.is_some_and(|one| same_unit(one, text))
    });
    row.drop_if(Column::Qualifier, |text| {
        let known = quantity.and_then(|quantity| quantity.qualifier);
        known.is_some_and(|known| fold(known.label()) == fold(text))
    });
    row.drop_if(Column::Bound, |text| {
        let known = quantity.and_then(|quantity| quantity.bound);
        known.is_some_and(|known| fold(known.label()) == fold(text))
    });
    row.drop_if(Column::Kind, |text| {
        is_kind(text, value) || is_kind(text, said)
    });
    row.drop_if(Column::AsOf, |text| {
        as_of.is_some() && read_as_of(text) == as_of
    });
}

fn part<'a>(parts: &'a [Part], mark: &str) -> Option<&'a Part> {
    parts.iter().find(|part| same_mark(&part.mark, mark))
}

fn same_mark(mark: &str, text: &str) -> bool {
    // Circled digits fold to digits.
    !text.is_empty() && fold(mark) == fold(text).trim_matches(['(', ')'])
}

fn same_value(quantity: &Quantity, text: &str) -> bool {
    let read = measure(text);
    let read = read.as_ref().and_then(Measure::quantity);
    read.is_some_and(|read| read.value == quantity.value)
}

fn same_unit(quantity: &Quantity, text: &str) -> bool {
    let typed = Quantity {
        unit: text.into(),
        ..quantity.clone()
    };
    typed.unit_key() == quantity.unit_key()
}

fn is_kind(text: &str, value: Option<&Measure>) -> bool {
    let at = match value {
        Some(Measure::Quantity(_)) => 0,
        Some(Measure::Compound(_)) => 1,
        Some(Measure::AsNeeded) => 2,
        Some(Measure::Milestone(_)) => 3,
        Some(Measure::Nothing(_)) => 4,
        // Nothing was entered, or nothing that can be read.
        None => return KINDS[5].contains(&text) || KINDS[6].contains(&text),
    };
    KINDS[at].contains(&text)
}

/// Reads 時点 as the one of a baseline.
pub(super) fn read_as_of(text: &str) -> Option<AsOf> {
    baseline(&format!("{text}：1件")).and_then(|read| read.as_of)
}

/// What a row's cells say in the words of the form, where it has no 原文; the cells are taken.
pub(super) fn composed(row: &mut Row<'_>) -> String {
    let mut take = |column| row.take(column).text().trim().to_owned();
    let (part, value, unit) = (take(Column::Part), take(Column::Value), take(Column::Unit));
    let (qualifier, bound) = (take(Column::Qualifier), take(Column::Bound));
    let kind = take(Column::Kind);
    let mut said = part;
    if fold(&qualifier) == fold(Qualifier::Total.label()) {
        said.push_str(&qualifier);
    } else if !qualifier.is_empty() {
        said.push_str(&format!("({qualifier})"));
    }
    let about = fold(&bound) == fold(Bound::About.label());
    if about {
        said.push_str(&bound);
    }
    said.push_str(&value);
    said.push_str(&unit);
    if !about {
        said.push_str(&bound);
    }
    if said.is_empty() {
        // Two of the kinds say all there is to say.
        return match KINDS
            .iter()
            .position(|words| words.contains(&kind.as_str()))
        {
            Some(2) => "随時".to_owned(),
            Some(4) => "なし".to_owned(),
            Some(_) => String::new(),
            None => kind,
        };
    }
    said
}
