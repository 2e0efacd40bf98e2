//! What is asked of a department, in the addresses of the workbook that it is sent.

use crate::model::{CellRef, FieldName, Finding, Place, Question, Rule, SentBack};

use super::super::draft::Draft;
use super::super::marks::Marks;
use super::questions::numbers;

/// What the list of items with nothing returned says already.
const AWAITED: [&str; 2] = ["S01", "S02"];

/// A file that cannot be read: the finding advises the office that holds it, the rule the department.
const UNREADABLE: &str = "S03";

/// A cell that is asked about: the form, and where on it.
pub(super) type Target = (usize, CellRef);

/// A question, and the cells that its note stands on.
pub(super) struct Asked {
    pub(super) question: Question,
    pub(super) cells: Vec<Target>,
}

/// Finds the cells of the questions on the forms; one about an entry for which the returned sheet had
/// no cell shows in the form's own, and any other one of an item on the form as a whole.
pub(super) fn asked(
    sent: &SentBack,
    marks: &Marks,
    forms: &[&Draft],
    rules: &[&'static Rule],
) -> Vec<Asked> {
    let numbers = numbers(&sent.handout);
    let findings = sent.findings.iter();
    let findings = findings.filter(|finding| !AWAITED.contains(&finding.code));
    let asked = findings.map(|finding| {
        let form = finding.item.and_then(|item| numbers.get(&item).copied());
        let own = form.and_then(|form| Some((form, forms.get(form)?)));
        let mut cells = marks.cells_of(finding);
        if cells.is_empty() {
            let due = own.and_then(|(form, draft)| Some((form, due(draft, finding.code)?)));
            cells.extend(due);
        }
        let shown = cells.first().and_then(|(form, _)| {
            let here = cells.iter().filter(|(other, _)| other == form);
            let mut here: Vec<CellRef> = here.map(|(_, cell)| *cell).collect();
            here.dedup();
            Some((forms.get(*form)?.name.clone(), here))
        });
        if cells.is_empty() {
            cells.extend(form.map(|form| (form, CellRef::new(0, 0))));
        }
        let rule = rules.iter().find(|rule| rule.code == finding.code);
        let question = Question {
            item: finding.item,
            code: finding.code,
            rule: named(finding, rule),
            message: message(finding, marks, shown.is_some()),
            remedy: match rule.filter(|rule| rule.code == UNREADABLE) {
                Some(rule) => rule.remedy.to_owned(),
                None => remedy(finding, &cells, sent),
            },
            shown,
        };
        Asked { question, cells }
    });
    asked.collect()
}

fn named(finding: &Finding, rule: Option<&&'static Rule>) -> String {
    match rule {
        Some(rule) => format!("{} {}", rule.code, rule.title),
        None => finding.code.to_owned(),
    }
}

/// The message with the addresses of the form; where it shows on none, with its place in the file that
/// was returned.
fn message(finding: &Finding, marks: &Marks, is_shown: bool) -> String {
    let message = finding.asked.as_ref().unwrap_or(&finding.message);
    let mut message = readdressed(message, finding, marks);
    let file = finding.place.as_ref().map(|place| &place.source.file);
    let file = file.or(finding.file.as_ref());
    let Some(file) = file.filter(|file| !is_shown && !message.contains(file.as_str())) else {
        return message;
    };
    let place = match &finding.place {
        Some(place) => {
            let cells: Vec<String> = finding.cells.iter().map(CellRef::to_string).collect();
            format!("「{}」{}", place.source.sheet, cells.join("、"))
        }
        None => String::new(),
    };
    message.push_str(&format!("（提出いただいた「{file}」{place}）"));
    message
}

/// A text in which cells of the returned sheet are named, with those of the form in their place.
fn readdressed(text: &str, finding: &Finding, marks: &Marks) -> String {
    let Some(place) = &finding.place else {
        return text.to_owned();
    };
    let moved = |word: &str| {
        let mut beside = finding.beside.iter();
        let cell = beside.find(|cell| cell.to_string() == word)?;
        let place = Place {
            source: place.source.clone(),
            cell: *cell,
        };
        let (_, shown) = marks.shown(&place)?;
        Some(shown.to_string())
    };
    let mut told = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(from) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let (before, word) = rest.split_at(from);
        let end = word.find(|c: char| !c.is_ascii_alphanumeric());
        let (word, behind) = word.split_at(end.unwrap_or(word.len()));
        told.push_str(before);
        told.push_str(&moved(word).unwrap_or_else(|| word.to_owned()));
        rest = behind;
    }
    told.push_str(rest);
    told
}

/// Rules about what was collected before: the plan does not restore it.
const COLLECTED: [&str; 2] = ["P10", "P11"];

/// What to do; where the plan's words stand in the form already, that is said instead.
fn remedy(finding: &Finding, cells: &[Target], sent: &SentBack) -> String {
    let is_of_plan = finding.code.starts_with('P') && !COLLECTED.contains(&finding.code);
    let item = sent.handout.items.iter();
    let mut item = item.filter(|item| Some(item.number) == finding.item);
    let restored = item.next().is_some_and(|item| {
        let places = item.sheet.fields().into_iter();
        let mut entries = places.filter(|field| item.open.contains(&field.name));
        let here = finding.place.as_ref();
        !entries.any(|field| field.place == here && here.is_some())
    });
    match is_of_plan && restored && !cells.is_empty() {
        true => "この様式では計画のとおりに戻してあります。計画を変える必要があるときは、記入せずに知らせてください。".to_owned(),
        false => finding.remedy.clone(),
    }
}

/// The cell of a form in which an entry is due that a rule missed.
fn due(draft: &Draft, code: &str) -> Option<CellRef> {
    let is_due = |entry: FieldName| match (code, entry) {
        ("N01", FieldName::Plan { row: 0 })
        | ("N02", FieldName::FirstHalf { row: 0 })
        | ("N03", FieldName::SecondHalf { row: 0 })
        | ("N04", FieldName::Actual { .. })
        | ("N06", FieldName::Grade)
        | ("N07", FieldName::Comment)
        | ("N08", FieldName::Action) => true,
        (_, _) => false,
    };
    let mut cells = draft.cells.iter();
    let placed =
        cells.find(|placed| placed.piece.dress.open && placed.piece.entry.is_some_and(is_due))?;
    Some(placed.range.first)
}
