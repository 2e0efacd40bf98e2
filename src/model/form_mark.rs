//! 様式の印: what a returned form bears beside its labels to say which form it is.

use std::collections::BTreeMap;

use super::text::fold;
use super::{FormId, Period, Text};

/// What carries a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// 様式ID, printed on the sheet.
    Printed,
    /// The name of a cell.
    Name,
}

impl Carrier {
    /// The word in Japanese.
    pub fn label(self) -> &'static str {
        match self {
            Self::Printed => "様式ID",
            Self::Name => "セルの名前",
        }
    }
}

/// 様式の印: one mark of an item's form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormMark {
    /// What carries it.
    pub carrier: Carrier,
    /// What it says; `None` where it was changed by hand.
    pub id: Option<FormId>,
    /// The text and its cell.
    pub cell: Text,
}

/// What the properties of a workbook of forms say; `None` for what is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormProperties {
    /// The plan's name.
    pub plan: Option<String>,
    /// The period.
    pub period: Option<Period>,
    /// The numbers of the items.
    pub items: Vec<u32>,
    /// The layout and its version.
    pub layout: Option<String>,
    /// The lead department it was made for.
    pub department: Option<String>,
    /// The fingerprints of the returns for which it was sent back.
    pub answers: Vec<String>,
}

impl FormProperties {
    /// Reads them among a workbook's properties; `None` where there are none of ours.
    pub fn of(properties: &BTreeMap<String, String>) -> Option<Self> {
        let get = |name: &str| {
            let value = properties.get(&format!("torimatome_{name}"))?;
            Some(value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let items = get("items").unwrap_or_default();
        let items = items.split(',').filter_map(|item| item.trim().parse().ok());
        let is_answer = |name: &str| name.starts_with("torimatome_answers");
        let answers = properties.iter().filter(|(name, _)| is_answer(name));
        let answers = answers.flat_map(|(_, value)| value.split(','));
        let answers = answers.map(|one| one.trim().to_owned());
        let found = Self {
            plan: get("plan"),
            period: get("period").and_then(|period| Period::parse(&fold(&period))),
            items: items.collect(),
            layout: get("layout"),
            department: get("department"),
            answers: answers.filter(|one| !one.is_empty()).collect(),
        };
        (found != Self::default()).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_of_ours_are_read_and_others_are_none() {
        let of = |pairs: &[(&str, &str)]| {
            let pairs = pairs.iter();
            let pairs = pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            FormProperties::of(&pairs.collect())
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("会社", "市役所"), ("torimatome_plan", " ")]), None);
        let read = of(&[("torimatome_period", "R5H2"), ("torimatome_items", "1, 3")]).unwrap();
        assert_eq!(read.period, Period::parse("R5下"));
        assert_eq!(read.items, [1, 3]);
    }
}
