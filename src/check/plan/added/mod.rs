//! A row of the return that the plan does not have: all it says is quoted, as the merged workbook
//! has no place for it.

use super::years;
use crate::check::{anchor, at_all, finding, quote, quote_entry};
use crate::model::text::{is_dash, states_nothing};
use crate::model::{
    Activity, BookItem, Field, Finding, ItemSheet, Kpi, Level, Place, Rule, StatusRow,
};

const NEW_RESULT: &str =
    "公表した上半期の集約版にはない結果です。このまま載せてよいか確かめてください。";

/// An added row with everything in it.
pub(super) struct Added<'a> {
    /// 数値目標 or 実施項目.
    kind: &'static str,
    /// Its name, which may be blank.
    name: &'a str,
    /// Its other entries: what each is, and what it says.
    said: Vec<(String, &'a str)>,
    /// The cells of all these.
    places: Vec<&'a Place>,
}

impl<'a> Added<'a> {
    fn new<T>(kind: &'static str, name: &'a Field<T>) -> Self {
        let places = name.place.iter().filter(|_| !name.is_blank());
        Self {
            kind,
            name: name.text(),
            said: Vec::new(),
            places: places.collect(),
        }
    }

    fn entry<T>(&mut self, label: String, field: &'a Field<T>) {
        if let Some(raw) = field.raw.as_deref() {
            self.said.push((label, raw));
            self.places.extend(&field.place);
        }
    }

    /// An added KPI.
    pub(super) fn kpi(kpi: &'a Kpi) -> Self {
        let mut added = Self::new("数値目標", &kpi.name);
        added.entry("基準値".to_owned(), &kpi.baseline);
        for values in &kpi.years {
            let year = values.year.short();
            for (storey, field) in [("実績値", &values.actual), ("目標値", &values.target)] {
                if let Some(field) = field {
                    added.entry(format!("{year}の{storey}"), field);
                }
            }
        }
        for note in &kpi.notes {
            added.entry("注記".to_owned(), note);
        }
        added
    }

    /// An added activity.
    pub(super) fn activity(activity: &'a Activity) -> Self {
        let mut added = Self::new("実施項目", &activity.name);
        for phase in &activity.phases {
            added.entry(years(phase), &phase.text);
        }
        added
    }

    /// The finding that quotes all of it.
    pub(super) fn told(self, rule: &Rule, item: &BookItem, sheet: &ItemSheet) -> Finding {
        let (kind, name) = (self.kind, self.name);
        let list = |quoted: fn(&str) -> String| -> String {
            let entries = self.said.iter();
            let entries: Vec<String> = entries
                .map(|(label, text)| format!("{label}{}", quoted(text)))
                .collect();
            entries.join("、")
        };
        let what = match name.is_empty() {
            true => format!("計画にない、名称のない{kind}があります"),
            false => format!("計画にない{kind}{}があります", quote(name)),
        };
        let message = match list(quote) {
            told if told.is_empty() => format!("{what}。"),
            told => format!("{what}：{told}"),
        };
        let whole = list(|text| format!("「{text}」"));
        let whole = [name, &whole].map(str::to_owned);
        let whole: Vec<String> = whole.into_iter().filter(|part| !part.is_empty()).collect();
        let first = self.places.first().map(|place| (*place).clone());
        let place = first.unwrap_or_else(|| anchor(sheet));
        let finding = finding(rule, item, Some(place), message);
        let mut finding = at_all(finding, self.places.iter().copied());
        finding.found = Some(whole.join("："));
        finding
    }
}

/// A row of the 実施状況 that the autumn did not have is no change of its record, and the form has rows
/// for it; only that it tells of the first half as well is worth the office's look.
pub(super) fn since_autumn(rule: &Rule, item: &BookItem, row: &StatusRow) -> Option<Finding> {
    let result = &row.first_half;
    let text = result.text();
    if result.is_blank() || is_dash(text) || states_nothing(text) {
        return None;
    }
    let said = quote(text);
    let message = format!("上半期の取りまとめになかった行に、上半期の取組結果があります：{said}");
    let mut finding = finding(rule, item, result.place.clone(), message);
    finding.level = Level::Info;
    NEW_RESULT.clone_into(&mut finding.remedy);
    Some(finding)
}

/// A row of the autumn that is not there any more.
pub(super) fn gone_since_autumn(
    rule: &Rule,
    item: &BookItem,
    sheet: &ItemSheet,
    row: &StatusRow,
) -> Finding {
    let (plan, result) = (quote_entry(&row.plan), quote_entry(&row.first_half));
    let message =
        format!("上半期に取りまとめた行が見つかりません：取組目標{plan}、上半期の取組結果{result}");
    finding(rule, item, Some(anchor(sheet)), message)
}
