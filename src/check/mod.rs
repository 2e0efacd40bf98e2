//! check: a [`Book`] in, [`Finding`]s out; one rule, one file.
//!
//! A rule is a value (`RULE`) with its texts and a function; [`rules`] is the catalogue. Rules only
//! look: nothing is read, repaired or remembered here, and nowhere else is a finding made.

mod assessment;
mod kpi;
mod missing;
mod plan;
mod submission;

#[cfg(test)]
mod fixture;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::text::excerpt;
use crate::model::{
    Book, BookItem, Finding, ItemSheet, Kpi, KpiYear, Level, Place, Rule, Text, When,
};

/// The catalogue, in the order in which it is explained.
static RULES: [&Rule; 38] = [
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
    &submission::hidden_content::RULE,
    &missing::plan_blank::RULE,
    &missing::first_half_blank::RULE,
    &missing::second_half_blank::RULE,
    &missing::actual_blank::RULE,
    &missing::target_blank::RULE,
    &missing::grade_blank::RULE,
    &missing::comment_blank::RULE,
    &missing::action_blank::RULE,
    &missing::baseline_blank::RULE,
    &plan::title_differs::RULE,
    &plan::priority_differs::RULE,
    &plan::departments_differ::RULE,
    &plan::kpi_set_differs::RULE,
    &plan::baseline_differs::RULE,
    &plan::target_differs::RULE,
    &plan::schedule_differs::RULE,
    &plan::text_differs::RULE,
    &plan::past_actual_differs::RULE,
    &kpi::not_a_quantity::RULE,
    &kpi::unit_mismatch::RULE,
    &kpi::cumulative_decrease::RULE,
    &kpi::qualifier_mismatch::RULE,
    &kpi::future_actual::RULE,
    &kpi::part_mismatch::RULE,
    &assessment::unknown_grade::RULE,
    &assessment::mark_and_words_disagree::RULE,
    &assessment::grade_against_kpis::RULE,
];

/// Gives every rule, in catalogue order.
pub fn rules() -> &'static [&'static Rule] {
    &RULES
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
    let mut all = Vec::new();
    for rule in rules() {
        let level = match levels.get(rule.code) {
            Some(None) => continue,
            Some(Some(level)) => *level,
            None => rule.level,
        };
        if rule.when == When::YearEnd && !book.period.is_year_end() {
            continue;
        }
        for mut finding in (rule.check)(book) {
            if finding.level == rule.level {
                finding.level = level;
            }
            all.push(finding);
        }
    }
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
    }
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

/// What a text says, unless it is blank or an error value, which is a finding of its own.
fn filled(text: &Text) -> Option<&str> {
    text.raw
        .as_deref()
        .filter(|raw| !raw.trim().is_empty() && !is_error_value(raw))
}

/// Error values of Excel (ECMA-376 Part 1, 18.17.3, and later ones).
const ERROR_VALUES: [&str; 16] = [
    "#REF!",
    "#N/A",
    "#DIV/0!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#EXTERNAL!",
    "#PYTHON!",
    "#GETTING_DATA",
];

/// Tells whether a cell shows an error value of Excel and nothing else.
fn is_error_value(text: &str) -> bool {
    ERROR_VALUES.contains(&text.trim())
}

/// Quotes a value on one line: `「(累計) 145件」`.
fn quote(text: &str) -> String {
    format!("「{}」", excerpt(text, 80))
}

/// Names joined as the office joins them: `総務課、企画政策課`; `None` where there is none.
fn joined(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join("、"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use super::fixture::{clean, found, returned_twice};
    use super::*;

    fn files_below(folder: &Path) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files.extend(files_below(&path));
            } else {
                files.push(path);
            }
        }
        files
    }

    fn rule_files() -> Vec<PathBuf> {
        let mut files = files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check"));
        files.retain(|file| {
            let in_fixture = file
                .parent()
                .is_some_and(|folder| folder.ends_with("fixture"));
            !in_fixture && !file.ends_with("mod.rs")
        });
        files
    }

    #[test]
    fn codes_and_names_are_unique() {
        let codes: BTreeSet<&str> = rules().iter().map(|rule| rule.code).collect();
        let names: BTreeSet<&str> = rules().iter().map(|rule| rule.name).collect();
        assert_eq!((codes.len(), names.len()), (rules().len(), rules().len()));
    }

    #[test]
    fn every_rule_file_is_registered() {
        let files = rule_files();
        let files: BTreeSet<&str> = files
            .iter()
            .filter_map(|file| file.file_stem()?.to_str())
            .collect();
        let names: BTreeSet<&str> = rules().iter().map(|rule| rule.name).collect();
        assert_eq!(files, names);
    }

    #[test]
    fn no_rule_file_is_longer_than_a_rule_should_be() {
        for file in rule_files() {
            let text = std::fs::read_to_string(&file).unwrap();
            assert!(text.lines().count() <= 150, "{}", file.display());
            for test in ["fn fires()", "fn stays_silent()"] {
                assert!(text.contains(test), "{} lacks {test}", file.display());
            }
        }
    }

    #[test]
    fn rules_stand_in_catalogue_order() {
        let place = |rule: &&Rule| ("SNPKHT".find(&rule.code[..1]), rule.code);
        assert!(rules().iter().is_sorted_by_key(place));
        assert_eq!(rule("k03").map(|rule| rule.code), Some("K03"));
        assert!(rule("X99").is_none());
    }

    #[test]
    fn every_text_is_complete() {
        for rule in rules() {
            assert!(
                !rule.title.is_empty() && !rule.title.ends_with('。'),
                "{}",
                rule.code
            );
            assert!(rule.why.ends_with('。'), "{}", rule.code);
            assert!(rule.remedy.ends_with("ください。"), "{}", rule.code);
            assert!(rule.example.ends_with('。'), "{}", rule.code);
        }
    }

    #[test]
    fn a_complete_return_has_no_findings() {
        assert_eq!(findings(&clean().book(), &BTreeMap::new()), []);
        assert_eq!(findings(&clean().autumn().book(), &BTreeMap::new()), []);
    }

    #[test]
    fn a_blank_return_is_told_once_a_rule() {
        let entered = ["A22", "E22", "I22", "G12", "G14", "A30", "D30", "A32"];
        let blank = entered
            .iter()
            .fold(clean(), |sheet, cell| sheet.put(cell, ""));
        let findings = findings(&blank.book(), &BTreeMap::new());
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["N01", "N04", "N06", "N07", "N08"]);
    }

    #[test]
    fn the_configuration_sets_levels_and_turns_rules_off() {
        let rule = &kpi::cumulative_decrease::RULE;
        let book = clean().put("G12", "(累計)66件").put("G13", "85").book();
        assert_eq!(found(rule, &book), ["K03 G12"]);
        let off = BTreeMap::from([("K03".to_owned(), None)]);
        assert!(
            !findings(&book, &off)
                .iter()
                .any(|finding| finding.code == "K03")
        );
        let set = |code: &str, level| {
            let levels = BTreeMap::from([(code.to_owned(), Some(level))]);
            let findings = findings(&book, &levels);
            findings
                .iter()
                .find(|finding| finding.code == code)
                .unwrap()
                .level
        };
        assert_eq!(set("K03", Level::Info), Level::Info);
        assert_eq!(set("P06", Level::Warning), Level::Info);
    }

    #[test]
    fn findings_stand_in_order_of_item_level_code_and_place() {
        let mut book = returned_twice("G12", "(累計)146件");
        book.strangers = clean().put("C1", "").book().items.remove(0).returns;
        book.items[0].returns[0].sheet.comment = Text::blank(None);
        let findings = findings(&book, &BTreeMap::new());
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["S09", "N07", "S07", "S07"]);
        assert!(findings[2].cells < findings[3].cells);
    }

    #[test]
    fn a_message_quotes_the_plan_first_and_names_the_department() {
        let findings = findings(&clean().put("C2", "行政手続").book(), &BTreeMap::new());
        let finding = findings.first().unwrap();
        assert_eq!(
            finding.message,
            "取組項目名が計画と異なります：計画「行政手続のデジタル化の推進」、提出「行政手続」\
             （「のデジタル化の推進」がない）"
        );
        assert_eq!(finding.department.as_deref(), Some("総務課"));
        assert_eq!(
            finding.place.as_ref().unwrap().to_string(),
            "総務課.xlsx「取組1」!C2"
        );
    }
}
