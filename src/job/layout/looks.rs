//! What can be read of `[sheets]`, `[[grades]]`, `[look]` and `[page]`, and is none.

use std::collections::BTreeMap;

use super::{LayoutProblem, Read, at};
use crate::job::error::JobError;
use crate::job::section::Entry;
use crate::model::GradeWord;
use crate::model::height::A4;
use crate::model::text::{fold, label_key};

/// The longest name of a sheet or a font, in UTF-16 units.
const LONGEST: usize = 31;
/// The least that margins leave of the paper, in millimetres.
const LEAST: f64 = 50.0;

/// Refuses the first name, grade, colour, font, size or margin that cannot be used.
pub(super) fn check(read: &Read<'_>) -> Result<(), JobError> {
    sheets(read)?;
    let grades = read.top.get("grades");
    vocabulary(read, grades, &read.layout.grades)?;
    if read.layout.grades.is_empty() {
        return Err(at(&read.top, grades, LayoutProblem::NoGrade));
    }
    let axes = read.top.get("axes").and_then(|axes| axes.list());
    for (entry, axis) in axes.iter().flatten().zip(&read.layout.axes) {
        let of_axis = entry.section("axes").and_then(|axis| axis.get("grades"));
        vocabulary(read, of_axis, &axis.grades)?;
        if of_axis.is_some() && axis.grades.is_empty() {
            return Err(at(&read.top, of_axis, LayoutProblem::NoGrade));
        }
    }
    look(read)?;
    page(read)
}

fn sheets(read: &Read<'_>) -> Result<(), JobError> {
    let sheets = &read.layout.sheets;
    let names = [
        ("cover", &sheets.cover),
        ("index", &sheets.index),
        ("item", &sheets.item),
        ("submission", &sheets.submission),
        ("findings", &sheets.findings),
        ("provenance", &sheets.provenance),
        ("data", &sheets.data),
        ("kpis", &sheets.kpis),
        ("charts", &sheets.charts),
        ("numbers", &sheets.numbers),
        ("tally", &sheets.tally),
    ];
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for (key, name) in names {
        let wrong = |problem| Err(read.error("sheets", key, problem));
        let plain = name.replace("{number}", "");
        if key == "item" && plain == *name {
            return wrong(LayoutProblem::NoNumber);
        }
        let illegal = |c: char| "\\/?*[]:".contains(c) || c.is_control();
        let quoted = name.starts_with('\'') || name.ends_with('\'');
        let long = plain.encode_utf16().count() > LONGEST;
        if plain.contains(illegal) || plain.contains(['{', '}']) || quoted || long {
            return wrong(LayoutProblem::SheetName(name.clone()));
        }
        if known.insert(name.to_lowercase(), key).is_some() {
            return wrong(LayoutProblem::SameSheet(name.clone()));
        }
        let mut words = sheets.instructions.iter();
        let word = words.find(|word| label_key(&plain).contains(&label_key(word)));
        if let Some(word) = word.filter(|_| ["cover", "index", "item"].contains(&key)) {
            let (sheet, word) = (name.clone(), word.clone());
            return wrong(LayoutProblem::Instruction { sheet, word });
        }
    }
    Ok(())
}

/// Refuses the first mark or word that two grades of a vocabulary have.
fn vocabulary(
    read: &Read<'_>,
    entry: Option<Entry<'_>>,
    grades: &[GradeWord],
) -> Result<(), JobError> {
    let entries = entry.and_then(|entry| entry.list()).unwrap_or_default();
    let mut marks: BTreeMap<String, usize> = BTreeMap::new();
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for (number, grade) in grades.iter().enumerate() {
        let place = entries.get(number).copied().or(entry);
        let of_marks = std::iter::once(&grade.mark).chain(&grade.mark_synonyms);
        let of_words = std::iter::once(&grade.label).chain(&grade.synonyms);
        let all = of_marks.map(|mark| (true, mark));
        for (is_mark, text) in all.chain(of_words.map(|word| (false, word))) {
            let known = if is_mark { &mut marks } else { &mut words };
            let folded = fold(text);
            let other = known.insert(folded.clone(), number);
            if !folded.is_empty() && other.is_some_and(|other| other != number) {
                let problem = LayoutProblem::SameGrade(text.clone());
                return Err(at(&read.top, place, problem));
            }
        }
    }
    Ok(())
}

fn look(read: &Read<'_>) -> Result<(), JobError> {
    let look = &read.layout.look;
    let wrong = |key: &str, problem| Err(read.error("look", key, problem));
    for (key, font) in [
        ("text_font", &look.text_font),
        ("label_font", &look.label_font),
    ] {
        let plain = font.chars().all(|c| !c.is_control());
        if !plain || font.encode_utf16().count() > LONGEST {
            return wrong(key, LayoutProblem::Font(font.clone()));
        }
    }
    for (key, size) in [
        ("text_size", look.text_size),
        ("label_size", look.label_size),
    ] {
        if !(6.0..=72.0).contains(&size) {
            let (what, bounds) = ("文字の大きさ", "6から72までのポイント数");
            return wrong(key, LayoutProblem::Bounds { what, bounds });
        }
    }
    for (key, value) in [
        ("label_fill", &look.label_fill),
        ("heading_fill", &look.heading_fill),
        ("missing_fill", &look.missing_fill),
        ("question_fill", &look.question_fill),
        ("entry_fill", &look.entry_fill),
    ] {
        let digits = value.strip_prefix('#').unwrap_or(value);
        if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return wrong(key, LayoutProblem::Colour(value.clone()));
        }
    }
    Ok(())
}

fn page(read: &Read<'_>) -> Result<(), JobError> {
    let page = &read.layout.page;
    let wrong = |key: &str, problem| Err(read.error("page", key, problem));
    let paper = if page.landscape { (A4.1, A4.0) } else { A4 };
    let [left, right, top, bottom] = page.margins;
    let negative = page.margins.iter().any(|margin| *margin < 0.0);
    if negative || paper.0 - left - right < LEAST || paper.1 - top - bottom < LEAST {
        return wrong("margins", LayoutProblem::Margins);
    }
    if !(0.0..=LEAST).contains(&page.header_margin) {
        let (what, bounds) = ("ヘッダーの余白", "0から50までのミリメートル数");
        return wrong("header_margin", LayoutProblem::Bounds { what, bounds });
    }
    Ok(())
}
