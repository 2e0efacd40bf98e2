//! S 提出: the files that came back.

pub(super) mod disguised_value;
pub(super) mod duplicate_different;
pub(super) mod duplicate_equal;
pub(super) mod error_value;
pub(super) mod form_not_found;
pub(super) mod hidden_content;
pub(super) mod item_not_returned;
pub(super) mod nothing_returned;
pub(super) mod other_period;
pub(super) mod plain_format;
pub(super) mod uncalculated_formula;
pub(super) mod unknown_number;
pub(super) mod unplaced_entry;
pub(super) mod unreadable_file;

use crate::check::{filled, finding, finding_outside, joined, quote, returned};
use crate::model::text::{fold, name_key};
use crate::model::{
    Book, BookItem, Damaged, Field, Finding, ItemSheet, OtherKind, OtherSheet, Place, Return, Rule,
    Submission,
};

/// How a lead department stands; one that the book does not list has nothing to answer for.
fn submission(book: &Book, department: &str) -> Option<Submission> {
    let key = fold(department);
    book.departments
        .iter()
        .find(|(name, _)| fold(name) == key)
        .map(|(_, submission)| *submission)
}

/// The department a file is from: the one its items were taken to be from, else the department of
/// the plan with the longest name that occurs in the file's name.
fn department_of(book: &Book, file: &str) -> Option<String> {
    let from_returns = every_return(book)
        .find(|(_, returned)| returned.sheet.source.file == file)
        .and_then(|(_, returned)| joined(&returned.departments));
    let folded = fold(file);
    from_returns.or_else(|| {
        book.departments
            .iter()
            .map(|(name, _)| name)
            .filter(|name| folded.contains(&fold(name)))
            .max_by_key(|name| name.chars().count())
            .cloned()
    })
}

/// Every return of the period, whether it counts or not.
fn every_return(book: &Book) -> impl Iterator<Item = (&BookItem, &Return)> {
    book.items
        .iter()
        .flat_map(|item| item.returns.iter().map(move |returned| (item, returned)))
}

/// A finding about a cell, or the first cell, of a collected file; about its item if it has one.
fn at_place(book: &Book, rule: &Rule, place: &Place, message: String) -> Finding {
    let item = every_return(book).find(|(_, returned)| returned.sheet.source == place.source);
    match item {
        Some((item, _)) => finding(rule, item, Some(place.clone()), message),
        None => Finding {
            department: department_of(book, &place.source.file),
            ..finding_outside(rule, Some(place.clone()), message)
        },
    }
}

/// A finding about cells of which the reader told, with all of them.
fn at_damaged(book: &Book, rule: &Rule, damaged: &Damaged, message: String) -> Finding {
    Finding {
        cells: damaged.cells.clone(),
        ..at_place(book, rule, &damaged.place, message)
    }
}

/// The entries of the returns that count whose texts are error values of some kind.
fn error_values<'a>(
    rule: &Rule,
    book: &'a Book,
    is_of_kind: fn(&str) -> bool,
    message: &str,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut told: Vec<&'a Place> = Vec::new();
    for (item, sheet) in returned(book) {
        for entry in entries(sheet) {
            let (Some(raw), Some(place)) = (entry.raw, entry.place) else {
                continue;
            };
            if !is_of_kind(raw) || told.contains(&place) {
                continue;
            }
            told.push(place);
            let message = format!("{message}{}になっています。", quote(raw.trim()));
            let mut finding = finding(rule, item, Some(place.clone()), message);
            finding.found = Some(raw.to_owned());
            found.push(finding);
        }
    }
    found
}

/// The sheets without a form of some kind.
fn other_sheets(book: &Book, kind: OtherKind) -> impl Iterator<Item = &OtherSheet> {
    book.files
        .iter()
        .flat_map(|file| &file.others)
        .filter(move |sheet| sheet.kind == kind)
}

/// A field of a sheet: what it is called, what it says, where it stands.
struct Entry<'a> {
    label: String,
    raw: Option<&'a str>,
    place: Option<&'a Place>,
}

/// All the fields of a sheet, from top to bottom.
fn entries(sheet: &ItemSheet) -> Vec<Entry<'_>> {
    fn entry<T>(label: impl Into<String>, field: &Field<T>) -> Entry<'_> {
        Entry {
            label: label.into(),
            raw: field.raw.as_deref(),
            place: field.place.as_ref(),
        }
    }
    let mut all = vec![
        entry("取組番号", &sheet.number),
        entry("重点項目", &sheet.priority),
        entry("取組項目", &sheet.title),
        entry("主管課・関係課", &sheet.departments),
        entry("実施内容", &sheet.content),
        entry("期待される効果", &sheet.effects),
    ];
    for (row, activity) in (1..).zip(&sheet.schedule) {
        all.push(entry(
            format!("年次計画{row}行目の実施項目"),
            &activity.name,
        ));
        for phase in &activity.phases {
            let label = format!("年次計画{row}行目の{}", phase.from.short());
            all.push(entry(label, &phase.text));
        }
    }
    for (row, note) in (1..).zip(&sheet.schedule_notes) {
        all.push(entry(format!("年次計画の注記{row}"), note));
    }
    for (row, kpi) in (1..).zip(&sheet.kpis) {
        all.push(entry(format!("数値目標{row}の名称"), &kpi.name));
        all.push(entry(format!("数値目標{row}の基準値"), &kpi.baseline));
        for values in &kpi.years {
            let year = values.year.short();
            let label = |storey| format!("数値目標{row}の{year}の{storey}");
            all.extend(
                values
                    .actual
                    .iter()
                    .map(|field| entry(label("実績値"), field)),
            );
            all.extend(
                values
                    .target
                    .iter()
                    .map(|field| entry(label("目標値"), field)),
            );
        }
        for (line, note) in (1..).zip(&kpi.notes) {
            all.push(entry(format!("数値目標{row}の注記{line}"), note));
        }
    }
    for (row, status) in (1..).zip(&sheet.status) {
        let label = |column| format!("実施状況{row}行目の{column}");
        all.push(entry(label("取組目標"), &status.plan));
        all.push(entry(label("上半期の取組結果"), &status.first_half));
        all.push(entry(label("下半期の取組結果"), &status.second_half));
    }
    all.push(entry("評価区分", &sheet.grade));
    all.push(entry("評価コメント", &sheet.comment));
    all.push(entry("改善事項", &sheet.action));
    for (row, note) in (1..).zip(&sheet.footnotes) {
        all.push(entry(format!("脚注{row}"), &note.cell));
    }
    all
}

/// A field that two returns of one item fill differently: in the first, in the second.
type Difference<'a> = (String, Option<Entry<'a>>, Option<Entry<'a>>);

/// The fields that two sheets fill differently; white space does not count.
fn differences<'a>(one: &'a ItemSheet, other: &'a ItemSheet) -> Vec<Difference<'a>> {
    let squeezed = |entry: &Option<Entry<'_>>| -> String {
        let raw = entry.as_ref().and_then(|entry| entry.raw);
        raw.unwrap_or("").split_whitespace().collect()
    };
    let mut rest = entries(other);
    let mut pairs = Vec::new();
    for entry in entries(one) {
        let twin = rest.iter().position(|other| other.label == entry.label);
        let twin = twin.map(|at| rest.remove(at));
        pairs.push((entry.label.clone(), Some(entry), twin));
    }
    pairs.extend(
        rest.into_iter()
            .map(|entry| (entry.label.clone(), None, Some(entry))),
    );
    pairs.retain(|(_, one, other)| squeezed(one) != squeezed(other));
    pairs
}

/// The returns of an item, those of equal content together; the first of all is the one that counts.
fn groups(item: &BookItem) -> Vec<Vec<&ItemSheet>> {
    let chosen = item.chosen.unwrap_or(0);
    let others = (0..item.returns.len()).filter(|at| *at != chosen);
    let mut groups: Vec<Vec<&ItemSheet>> = Vec::new();
    for at in std::iter::once(chosen).chain(others) {
        let Some(returned) = item.returns.get(at) else {
            continue;
        };
        let sheet = &returned.sheet;
        let mut known = groups.iter_mut();
        match known.find(|group| differences(group[0], sheet).is_empty()) {
            Some(group) => group.push(sheet),
            None => groups.push(vec![sheet]),
        }
    }
    groups
}

/// The item whose title a return of another item bears.
fn owner<'a>(book: &'a Book, item: &BookItem, sheet: &ItemSheet) -> Option<&'a BookItem> {
    let title = name_key(filled(&sheet.title)?);
    let bears = |item: &BookItem| filled(&item.plan.title).map(name_key).as_ref() == Some(&title);
    let mut items = book.items.iter().filter(|_| !bears(item));
    items.find(|other| bears(other))
}

/// A sheet by file and name: `総務課.xlsx「取組1」`.
fn named(sheet: &ItemSheet) -> String {
    format!("{}「{}」", sheet.source.file, sheet.source.sheet)
}
