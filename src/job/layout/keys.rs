//! The keys of a layout description: which there are, what kind each is, and which must be there.

use toml::de::DeValue;

use crate::job::error::{JobError, Problem};
use crate::job::section::{Entry, Section, nearest};

/// What may stand behind a key.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// A text that is not empty.
    Text,
    /// A list of texts.
    Texts,
    /// A whole number from 0 on.
    Whole,
    /// A list of whole numbers.
    Wholes,
    /// A number.
    Number,
    /// A list of four numbers.
    Margins,
    /// true or false.
    Flag,
    /// The rows of an item sheet's header.
    Rows,
    /// One of some words.
    OneOf(&'static [&'static str], &'static str),
    /// A heading with keys of its own, once.
    Table(&'static [Key]),
    /// A heading in double brackets with keys of its own, once for each.
    Tables(&'static [Key]),
}

/// A key: its name, its kind, and how it is written where it must be there.
pub(super) struct Key {
    pub(super) name: &'static str,
    shape: Shape,
    example: Option<&'static str>,
}

const fn must(name: &'static str, shape: Shape, example: &'static str) -> Key {
    let example = Some(example);
    Key {
        name,
        shape,
        example,
    }
}

const fn may(name: &'static str, shape: Shape) -> Key {
    Key {
        name,
        shape,
        example: None,
    }
}

use Shape::{Flag, Margins, Number, OneOf, Rows, Table, Tables, Text, Texts, Whole, Wholes};

/// The keys above all headings, and the headings.
pub(super) const TOP: [Key; 11] = [
    must("id", Text, "id = \"mishi-r6\""),
    must("document", Text, "document = \"進捗管理票\""),
    must("cancelled", Texts, "cancelled = [\"取組中止\"]"),
    must("sheets", Table(&SHEETS), "[sheets]"),
    must("labels", Table(&LABELS), "[labels]"),
    must("grades", Tables(&GRADE), "[[grades]]"),
    may("axes", Tables(&AXIS)),
    must("item", Table(&ITEM), "[item]"),
    must("look", Table(&LOOK), "[look]"),
    must("page", Table(&PAGE), "[page]"),
    may("publish", Table(&PUBLISH)),
];

const SHEETS: [Key; 12] = [
    must("cover", Text, "cover = \"表紙\""),
    must("index", Text, "index = \"取組項目一覧\""),
    must("item", Text, "item = \"取組{number}\""),
    must("submission", Text, "submission = \"提出状況\""),
    must("findings", Text, "findings = \"点検結果\""),
    may("provenance", Text),
    may("data", Text),
    may("kpis", Text),
    may("charts", Text),
    may("numbers", Text),
    may("tally", Text),
    must("instructions", Texts, "instructions = [\"記入要領\"]"),
];

const LABELS: [Key; 24] = [
    must("number", Texts, "number = [\"取組番号\"]"),
    must("priority", Texts, "priority = [\"重点項目\"]"),
    must("title", Texts, "title = [\"取組項目\"]"),
    must("departments", Texts, "departments = [\"主管課\"]"),
    must("lead", Texts, "lead = [\"主管課\"]"),
    must("content", Texts, "content = [\"実施内容\"]"),
    must("effects", Texts, "effects = [\"期待される効果\"]"),
    must("schedule", Texts, "schedule = [\"年次計画\"]"),
    must("activity", Texts, "activity = [\"実施項目\"]"),
    must("schedule_year", Texts, "schedule_year = [\"{year}\"]"),
    must("kpi", Texts, "kpi = [\"数値目標\"]"),
    may("kpi_year", Texts),
    may("baseline", Texts),
    must("actual", Texts, "actual = [\"{year}実績\"]"),
    must("target", Texts, "target = [\"{year}目標\"]"),
    must("status", Texts, "status = [\"{nengo}の実施状況\"]"),
    must("plan", Texts, "plan = [\"取組目標\"]"),
    may("first_half", Texts),
    may("second_half", Texts),
    may("result", Texts),
    must("check", Texts, "check = [\"評価\"]"),
    must("action", Texts, "action = [\"今後の進め方\"]"),
    must("heading", Texts, "heading = [\"{nengo} 進捗管理票\"]"),
    may("additions", Texts),
];

const GRADE: [Key; 4] = [
    may("mark", Text),
    may("mark_synonyms", Texts),
    must("label", Text, "label = \"計画どおり\""),
    may("synonyms", Texts),
];

const AXIS: [Key; 3] = [
    must("label", Texts, "label = [\"達成\"]"),
    may("grades", Tables(&GRADE)),
    may("by_kpis", Flag),
];

const ARRANGEMENTS: Shape = OneOf(
    &["storeys", "columns"],
    "「storeys」（上下二段）か「columns」（横に並べる）を",
);

const ITEM: [Key; 12] = [
    must("columns", Whole, "columns = 12"),
    must("column_width", Number, "column_width = 7.0"),
    must("header", Rows, "header = [ … ]"),
    must("activity_columns", Whole, "activity_columns = 3"),
    must("kpi_columns", Whole, "kpi_columns = 3"),
    may("baseline_columns", Whole),
    may("kpi_arrangement", ARRANGEMENTS),
    may("target_first", Flag),
    must("status_columns", Wholes, "status_columns = [4, 4, 4]"),
    may("axis_columns", Whole),
    must("grade_columns", Whole, "grade_columns = 3"),
    must("least_rows", Whole, "least_rows = 1"),
];

const LOOK: [Key; 9] = [
    must("text_font", Text, "text_font = \"ＭＳ 明朝\""),
    must("label_font", Text, "label_font = \"ＭＳ ゴシック\""),
    must("text_size", Number, "text_size = 10.5"),
    must("label_size", Number, "label_size = 10.5"),
    must("label_fill", Text, "label_fill = \"EDEDED\""),
    must("heading_fill", Text, "heading_fill = \"D9E2F3\""),
    must("missing_fill", Text, "missing_fill = \"FFE699\""),
    must("question_fill", Text, "question_fill = \"FCE4D6\""),
    may("entry_fill", Text),
];

const PAGE: [Key; 3] = [
    must("margins", Margins, "margins = [18.0, 18.0, 18.0, 18.0]"),
    must("header_margin", Number, "header_margin = 9.0"),
    must("landscape", Flag, "landscape = false"),
];

const PUBLISH: [Key; 1] = [may("kpi_table", Flag)];

const CELL: [Key; 3] = [
    may("label", FIELDS),
    may("field", FIELDS),
    must("columns", Whole, "columns = 2"),
];

/// The fields of a header, as they are written.
pub(super) const HEADER: [&str; 6] = [
    "number",
    "priority",
    "title",
    "departments",
    "content",
    "effects",
];
const FIELDS: Shape = OneOf(&HEADER, "「title」「content」などの欄の名前を");

/// Refuses the first key that is unknown, of the wrong kind, or missing.
pub(super) fn known(section: &Section<'_>, keys: &'static [Key]) -> Result<(), JobError> {
    for entry in section.entries() {
        match keys.iter().find(|key| key.name == entry.key) {
            Some(key) => shaped(entry, key)?,
            None => return Err(unknown(section, entry, keys)),
        }
    }
    for key in keys {
        if let Some(example) = key.example {
            section.required(key.name, example)?;
        }
    }
    Ok(())
}

fn unknown(section: &Section<'_>, entry: Entry<'_>, keys: &[Key]) -> JobError {
    let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
    let home = section.name.is_empty().then(|| home(entry.key)).flatten();
    entry.error(match home {
        Some(home) => Problem::Misplaced {
            key: entry.key.to_owned(),
            section: home.to_owned(),
        },
        None => Problem::UnknownKey {
            section: section.name.to_owned(),
            key: entry.key.to_owned(),
            nearest: nearest(entry.key, &names),
        },
    })
}

/// The heading that a key belongs under, where it is only one.
fn home(key: &str) -> Option<&'static str> {
    let mut homes = TOP.iter().filter(|top| match top.shape {
        Table(keys) => keys.iter().any(|own| own.name == key),
        Text | Texts | Whole | Wholes | Number | Margins | Flag | Rows | OneOf(..) | Tables(_) => {
            false
        }
    });
    let only = homes.next().filter(|_| homes.next().is_none());
    only.map(|top| top.name)
}

fn shaped(entry: Entry<'_>, key: &'static Key) -> Result<(), JobError> {
    let wrong = |expected: &str| Err(entry.refuse(expected));
    match key.shape {
        Text => entry.text().map(drop),
        Texts => texts(entry).map(drop),
        Whole if entry.whole().is_none() => wrong("0以上の整数を、「\"」で囲まずに"),
        Number if entry.number().is_none() => wrong("数を、「\"」で囲まずに"),
        Flag if entry.flag().is_none() => wrong("true か false を、「\"」で囲まずに"),
        Whole | Number | Flag => Ok(()),
        Wholes => each(entry, "[4, 4, 4]のように、整数を並べて", |one| {
            one.whole().is_some()
        }),
        Margins => {
            let expected = "[18.0, 18.0, 18.0, 18.0]のように、四つの数を並べて";
            match entry.list() {
                Some(list) if list.len() == 4 => {
                    each(entry, expected, |one| one.number().is_some())
                }
                Some(_) | None => wrong(expected),
            }
        }
        OneOf(words, expected) => match entry.text() {
            Ok(text) if words.contains(&text.as_str()) => Ok(()),
            Ok(_) | Err(_) => wrong(expected),
        },
        Rows => rows(entry),
        Table(keys) => match entry.section(key.name) {
            Some(section) => known(&section, keys),
            None => Err(entry.error(Problem::NotASection(key.name.to_owned()))),
        },
        Tables(keys) => {
            let single = || entry.error(Problem::SingleBrackets(key.name.to_owned()));
            for one in entry.list().ok_or_else(single)? {
                known(&one.section(key.name).ok_or_else(single)?, keys)?;
            }
            Ok(())
        }
    }
}

fn each(
    entry: Entry<'_>,
    expected: &str,
    is_right: impl Fn(&Entry<'_>) -> bool,
) -> Result<(), JobError> {
    match entry.list() {
        Some(list) if list.iter().all(is_right) => Ok(()),
        Some(_) | None => Err(entry.refuse(expected)),
    }
}

/// The texts of a list, each with its place; none is blank.
pub(super) fn texts(entry: Entry<'_>) -> Result<Vec<(Entry<'_>, String)>, JobError> {
    let expected = "[\"取組番号\", \"取組No\"]のように、「\"」で囲んだ文字を[ ]の中に並べて";
    let list = entry.list().ok_or_else(|| entry.refuse(expected))?;
    let text = |one: Entry<'_>| one.text().map_err(|_| one.refuse(expected));
    list.into_iter().map(|one| Ok((one, text(one)?))).collect()
}

fn rows(entry: Entry<'_>) -> Result<(), JobError> {
    let expected = "[ [{ label = \"title\", columns = 2 }, { field = \"title\", columns = 10 }] ]のように、行ごとに";
    let refuse = |one: &Entry<'_>| one.refuse(expected);
    for row in entry.list().ok_or_else(|| refuse(&entry))? {
        for cell in row.list().ok_or_else(|| refuse(&row))? {
            let section = cell.section("item.header").ok_or_else(|| refuse(&cell))?;
            known(&section, &CELL)?;
        }
    }
    Ok(())
}

impl Entry<'_> {
    /// A whole number from 0 on that a column's number can be.
    pub(super) fn whole(&self) -> Option<u16> {
        self.integer().and_then(|number| number.try_into().ok())
    }

    /// A number, with a point or without.
    pub(super) fn number(&self) -> Option<f64> {
        match self.value() {
            DeValue::Float(number) => number.as_str().parse().ok(),
            DeValue::Integer(_) => self.whole().map(f64::from),
            DeValue::String(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => None,
        }
    }

    /// true or false.
    fn flag(&self) -> Option<bool> {
        match self.value() {
            DeValue::Boolean(flag) => Some(*flag),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => None,
        }
    }
}
