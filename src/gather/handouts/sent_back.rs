//! 返却: what each department is asked, beside its own entries in healthy forms.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::text::name_key;
use crate::model::{
    Book, BookItem, FieldName, Finding, Footnote, Handout, HandoutItem, Level, Place, SentBack,
    Submission,
};

use super::{add_blank_rows, autumn, blank_form, open_fields, shared};

/// Targets are the plan's: where they are missing, the form has them or the office must see to it.
const TARGETS: &str = "N05";

/// A form of another year or half.
const OTHER_PERIOD: &str = "S08";

/// What is sent to every lead department of which something is still to come, in the plan's order.
///
/// Asked is what was found wrong or doubtful and nobody has acknowledged, of the department's own
/// entries; what is worth a look alone stays with the office, and so does what is said of the plan, of
/// values that stand as they were published, and of a superfluous form of another period.
pub fn sent_back(book: &Book, findings: &[Finding]) -> Vec<SentBack> {
    let asked = |finding: &&Finding| {
        let of_plan = finding.place.as_ref();
        let of_plan = of_plan.is_some_and(|place| book.plan_files.contains(&place.source.file));
        let of_targets = finding.code == TARGETS;
        let open = finding.acknowledged.is_none() && finding.level != Level::Info;
        let of_office = book.is_as_published(finding) || is_superfluous(book, finding);
        open && !of_plan && !of_targets && !of_office
    };
    let asked: Vec<&Finding> = findings.iter().filter(asked).collect();
    let of = |(department, submission): &(String, Submission)| {
        let own = asked.iter().filter(|one| concerns(book, one, department));
        let own: Vec<Finding> = own.map(|one| (*one).clone()).collect();
        of_department(book, department, *submission, own)
    };
    book.departments.iter().filter_map(of).collect()
}

/// Tells whether a form of another period is told of whose item came on the right one too.
fn is_superfluous(book: &Book, finding: &Finding) -> bool {
    let item = finding.item.and_then(|number| item_of(book, number));
    finding.code == OTHER_PERIOD && item.is_some_and(|item| item.chosen.is_some())
}

fn of_department(
    book: &Book,
    department: &str,
    submission: Submission,
    findings: Vec<Finding>,
) -> Option<SentBack> {
    let mut awaited = Vec::new();
    let mut answers = Vec::new();
    let mut items = Vec::new();
    for item in book.items.iter().filter(|item| item.is_led_by(department)) {
        let stands = book.standing(item);
        let number = item.number();
        if stands.is_awaited() {
            awaited.push((number, stands));
            items.push(blank_form(book, item));
        } else if findings.iter().any(|one| one.item == Some(number)) {
            items.push(filled_form(book, item, &findings));
            let counting = (0..item.returns.len()).filter(|at| item.counts(*at));
            answers.extend(counting.map(|at| item.returns[at].sheet.fingerprint()));
        }
    }
    // Another may have returned some of its items.
    let silent = submission == Submission::Nothing && awaited.len() == items.len();
    (!awaited.is_empty() || !findings.is_empty()).then(|| SentBack {
        handout: Handout {
            department: department.to_owned(),
            items,
        },
        findings,
        awaited,
        answers,
        silent,
    })
}

/// Tells whether a department is asked: the one that is named or, of several leads of an item, those
/// that returned it; where no lead did, all of them.
fn concerns(book: &Book, finding: &Finding, department: &str) -> bool {
    let key = name_key(department);
    let named = finding.department.as_deref().unwrap_or("");
    if !named.split('、').any(|name| name_key(name) == key) {
        return false;
    }
    let item = finding.item.and_then(|number| item_of(book, number));
    let from: BTreeSet<String> = item.map_or_else(BTreeSet::new, |item| {
        let counting = (0..item.returns.len()).filter(|at| item.counts(*at));
        let counting = counting.filter_map(|at| item.returns.get(at));
        let names = counting.flat_map(|returned| &returned.departments);
        let leads = names.filter(|name| item.is_led_by(name));
        leads.map(|name| name_key(name)).collect()
    });
    from.is_empty() || from.contains(&key)
}

fn item_of(book: &Book, number: u32) -> Option<&BookItem> {
    book.items.iter().find(|item| item.number() == number)
}

/// The entries as they were returned, in a form of the plan; what is asked can be changed.
fn filled_form(book: &Book, item: &BookItem, findings: &[Finding]) -> HandoutItem {
    let mut sheet = item.official.clone();
    let counting = (0..item.returns.len()).filter(|at| item.counts(*at));
    let texts = counting.filter_map(|at| item.returns[at].sheet.beside_footnotes());
    sheet.footnotes.extend(texts.map(Footnote::without_mark));
    add_blank_rows(&mut sheet.status, sheet.schedule.len());
    let mut open = open_fields(book, item, &sheet, autumn(book, item).is_some());
    let mut fields: BTreeMap<&Place, Vec<FieldName>> = BTreeMap::new();
    for field in sheet.fields() {
        if let Some(place) = field.place.filter(|_| !field.name.is_of_plan()) {
            fields.entry(place).or_default().push(field.name);
        }
    }
    let own = findings
        .iter()
        .filter(|one| one.item == Some(item.number()));
    for finding in own {
        let Some(place) = &finding.place else {
            continue;
        };
        for cell in &finding.cells {
            let place = Place {
                source: place.source.clone(),
                cell: *cell,
            };
            open.extend(fields.get(&place).into_iter().flatten());
        }
    }
    HandoutItem {
        number: item.number(),
        shared: shared(item),
        sheet,
        open,
    }
}
