//! check: a [`Book`] in, [`Finding`]s out; one rule, one file.
//!
//! A rule is a value (`RULE`) with its texts and a function; [`rules`] is the catalogue. Rules only
//! look: nothing is read, repaired or remembered here, and nowhere else is a finding made.

mod assessment;
mod damage;
mod kpi;
mod missing;
mod narrative;
mod plan;
mod sidecar;
mod submission;
mod text;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use damage::{is_damaged, is_error_value};

use crate::model::text::{excerpt, label_key};
use crate::model::{
    Book, BookItem, Finding, ItemSheet, Kpi, KpiYear, Level, Place, Rule, Text, When,
};

/// The catalogue, in the order in which it is explained.
static RULES: &[&Rule] = &[
    &submission::nothing_returned::RULE,
    &submission::item_not_returned::RULE,
    &submission::unreadable_file::RULE,
    &submission::form_not_found::RULE,
    &submission::unplaced_entry::RULE,
    &submission::duplicate_equal::RULE,
    &submission::duplicate_different::RULE,
    &submission::other_period::RULE,
    &submission::unknown_number::RULE,
    &submission::error_value::RULE,
    &submission::text_outside_cells::RULE,
    &submission::struck_text::RULE,
    &submission::hidden_content::RULE,
    &submission::plain_format::RULE,
    &submission::disguised_value::RULE,
    &submission::uncalculated_formula::RULE,
    &submission::dangerous_content::RULE,
    &submission::mark_differs::RULE,
    &submission::overlapping_merges::RULE,
    &submission::superseded_return::RULE,
    &missing::plan_blank::RULE,
    &missing::first_half_blank::RULE,
    &missing::second_half_blank::RULE,
    &missing::actual_blank::RULE,
    &missing::target_blank::RULE,
    &missing::grade_blank::RULE,
    &missing::comment_blank::RULE,
    &missing::action_blank::RULE,
    &missing::baseline_blank::RULE,
    &missing::placeholder_left::RULE,
    &missing::footnote_mismatch::RULE,
    &plan::title_differs::RULE,
    &plan::priority_differs::RULE,
    &plan::departments_differ::RULE,
    &plan::kpi_set_differs::RULE,
    &plan::baseline_differs::RULE,
    &plan::target_differs::RULE,
    &plan::schedule_differs::RULE,
    &plan::text_differs::RULE,
    &plan::kpi_name_differs::RULE,
    &plan::past_actual_differs::RULE,
    &plan::first_half_changed::RULE,
    &plan::listed_without_sheet::RULE,
    &kpi::not_a_quantity::RULE,
    &kpi::unit_mismatch::RULE,
    &kpi::cumulative_decrease::RULE,
    &kpi::qualifier_mismatch::RULE,
    &kpi::future_actual::RULE,
    &kpi::same_as_last_year::RULE,
    &kpi::digit_slip::RULE,
    &kpi::part_mismatch::RULE,
    &kpi::target_eased::RULE,
    &kpi::increase_against_text::RULE,
    &kpi::value_against_text::RULE,
    &kpi::last_target_out_of_reach::RULE,
    &kpi::breakdown_against_value::RULE,
    &kpi::words_missing::RULE,
    &assessment::unknown_grade::RULE,
    &assessment::mark_and_words_disagree::RULE,
    &assessment::grade_against_kpis::RULE,
    &assessment::miss_unexplained::RULE,
    &assessment::claim_against_kpis::RULE,
    &text::mixed_widths::RULE,
    &text::mixed_years::RULE,
    &text::unencodable::RULE,
    &text::repeated_half::RULE,
    &text::name_drift::RULE,
    &text::too_tall::RULE,
    &text::copied_text::RULE,
];

/// What is to be done about a value of an earlier year that stands as it was published.
const PUBLISHED: &str = "前回の公表のとおりの値ですので、課には尋ねません。訂正するかどうかを企画担当課で判断し、不要であれば了解済みとしてください。";

/// Gives every rule, in catalogue order.
pub fn rules() -> &'static [&'static Rule] {
    RULES
}

/// Finds a rule by its code, in either case: `K03`, `k03`.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code.eq_ignore_ascii_case(code.trim()))
}

/// Applies every rule of the book's period and gives what they find: equal findings of a sheet
/// merged, in order of item (none first), level, code and place.
///
/// `levels` holds the levels that the configuration sets, by code; `None` turns a rule off. A
/// finding that a rule makes at a level other than its own keeps that level.
pub fn findings(book: &Book, levels: &BTreeMap<String, Option<Level>>) -> Vec<Finding> {
    let of_rule = |rule: &&'static Rule| {
        let level = levels.get(rule.code).copied();
        let Some(level) = level.unwrap_or(Some(rule.level)) else {
            return Vec::new();
        };
        if rule.when == When::YearEnd && !book.period.is_year_end() {
            return Vec::new();
        }
        let mut found = (rule.check)(book);
        for finding in &mut found {
            if finding.level == rule.level {
                finding.level = level;
            }
            if book.is_as_published(finding) {
                PUBLISHED.clone_into(&mut finding.remedy);
            }
        }
        found
    };
    // Rules know nothing of one another.
    let mut all: Vec<Finding> = rules().par_iter().flat_map_iter(of_rule).collect();
    merge_equal(&mut all);
    all.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.item, finding.level, finding.code);
        key(a)
            .cmp(&key(b))
            .then_with(|| a.place.cmp(&b.place))
            .then_with(|| a.file.cmp(&b.file))
            .then_with(|| a.message.cmp(&b.message))
    });
    all
}

/// Makes one finding, with all the cells in order, of findings that say the same of one sheet.
fn merge_equal(all: &mut Vec<Finding>) {
    fn key(finding: &Finding) -> impl Ord + '_ {
        (
            (finding.item, finding.level, finding.code),
            finding.place.as_ref().map(|place| &place.source),
            (&finding.file, &finding.department),
            (&finding.message, &finding.found, &finding.expected),
            &finding.remedy,
        )
    }
    all.sort_by(|a, b| key(a).cmp(&key(b)));
    all.dedup_by(|later, kept| {
        let equal = key(later) == key(kept);
        if equal {
            kept.cells.append(&mut later.cells);
        }
        equal
    });
    for finding in all {
        finding.cells.sort();
        finding.cells.dedup();
        if let (Some(place), Some(first)) = (&mut finding.place, finding.cells.first()) {
            place.cell = *first;
        }
    }
}

/// Begins a finding about an item of the plan.
fn finding(rule: &Rule, item: &BookItem, place: Option<Place>, message: String) -> Finding {
    Finding {
        item: Some(item.number()),
        department: joined(item.lead()),
        ..finding_outside(rule, place, message)
    }
}

/// Begins a finding that belongs to no item of the plan.
fn finding_outside(rule: &Rule, place: Option<Place>, message: String) -> Finding {
    Finding {
        code: rule.code,
        level: rule.level,
        item: None,
        department: None,
        cells: place.iter().map(|place| place.cell).collect(),
        place,
        file: None,
        found: None,
        expected: None,
        message,
        remedy: rule.remedy.to_owned(),
        acknowledged: None,
        change: None,
        beside: Vec::new(),
        asked: None,
    }
}

/// Gives a finding all its cells. Those of another return that was joined are told in words: the
/// cells of a finding are cells of its sheet.
fn at_all<'a>(mut finding: Finding, places: impl IntoIterator<Item = &'a Place>) -> Finding {
    let Some(source) = finding
        .place
        .as_ref()
        .map(|place| Arc::clone(&place.source))
    else {
        return finding;
    };
    let (here, elsewhere): (Vec<&Place>, Vec<&Place>) =
        places.into_iter().partition(|place| place.source == source);
    finding.cells.extend(here.iter().map(|place| place.cell));
    let elsewhere: BTreeSet<String> = elsewhere.iter().map(ToString::to_string).collect();
    if !elsewhere.is_empty() {
        let elsewhere: Vec<String> = elsewhere.into_iter().collect();
        let told = format!("（別の票のセル：{}）", elsewhere.join("、"));
        finding.message.push_str(&told);
    }
    finding
}

/// The items that were returned, each with the sheet that counts.
fn returned(book: &Book) -> impl Iterator<Item = (&BookItem, &ItemSheet)> {
    book.items
        .iter()
        .filter_map(|item| Some((item, item.returned()?)))
}

/// The KPIs of a return, each with its KPI of the plan.
fn kpis<'a>(
    item: &'a BookItem,
    sheet: &'a ItemSheet,
) -> impl Iterator<Item = (&'a Kpi, Option<&'a Kpi>)> {
    item.matches.iter().filter_map(|pair| {
        let plan = pair.plan.and_then(|at| item.plan.kpis.get(at));
        Some((sheet.kpis.get(pair.returned?)?, plan))
    })
}

/// Tells whether the merged workbook has a column for a year's values: one of the plan's years, and
/// the first of that year on the sheet.
fn has_column(plan: &Kpi, kpi: &Kpi, values: &KpiYear) -> bool {
    let first = kpi.year(values.year);
    plan.year(values.year).is_some() && first.is_some_and(|first| std::ptr::eq(first, values))
}

/// The sheet's own cell, for what has no cell.
fn anchor(sheet: &ItemSheet) -> Place {
    Place {
        source: Arc::clone(&sheet.source),
        cell: sheet.anchor,
    }
}

/// Tells whether the label of a block was not found on a sheet.
fn is_absent(sheet: &ItemSheet, label: &str) -> bool {
    let key = label_key(label);
    let missing = sheet.missing_blocks.iter();
    missing
        .map(|label| label_key(label))
        .any(|label| label == key)
}

/// What a text says, unless it is blank or an error value, which is a finding of its own.
fn filled(text: &Text) -> Option<&str> {
    text.raw
        .as_deref()
        .filter(|raw| !raw.trim().is_empty() && !is_error_value(raw))
}

/// Quotes a value on one line: `「(累計) 145件」`.
fn quote(text: &str) -> String {
    format!("「{}」", excerpt(text, 80))
}

/// The same of an entry, which may be blank: `（空欄）`.
fn quote_entry(entry: &Text) -> String {
    match entry.is_blank() {
        true => "（空欄）".to_owned(),
        false => quote(entry.text()),
    }
}

/// Names joined as the office joins them: `総務課、企画政策課`; `None` where there is none.
fn joined(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join("、"))
}
