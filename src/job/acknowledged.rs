//! `確認済み.toml`: findings that a person has looked at and accepted, each with a reason.
//!
//! ```toml
//! [["確認済み"]]
//! "規則" = "K03"
//! "取組番号" = 5
//! "ファイル" = "総務課.xlsx"
//! "シート" = "取組5"
//! "セル" = "E24、H24"
//! "値" = "12件"
//! "理由" = "施設の統合による減"
//! "期限" = "R5下半期"
//! ```

use toml::Value;

use super::ACKNOWLEDGED;
use super::document::Document;
use super::error::{JobError, Problem};
use super::section::{Entry, Section, nearest};
use crate::model::{CellRef, Finding, FiscalYear, Half, Period};

const LIST: &str = "確認済み";
const KEYS: [&str; 8] = [
    "規則",
    "取組番号",
    "ファイル",
    "シート",
    "セル",
    "値",
    "理由",
    "期限",
];

/// 了解済み: which finding was accepted, why, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledgement {
    /// 規則: the rule's code.
    pub rule: String,
    /// 取組番号; `None` for findings that belong to no item.
    pub item: Option<u32>,
    /// ファイル; `None` for any.
    pub file: Option<String>,
    /// シート; `None` for any.
    pub sheet: Option<String>,
    /// セル: all the cells the finding may be about; empty for any.
    pub cells: Vec<CellRef>,
    /// 値: what was found when it was accepted; `None` for anything.
    pub value: Option<String>,
    /// 理由
    pub reason: String,
    /// 期限: the last period in which it holds.
    pub until: Period,
}

impl Acknowledgement {
    /// Makes the entry that accepts a finding as it is now.
    ///
    /// What belongs to an item is accepted for the item: a department may return the same form
    /// under another file name.
    pub fn of(finding: &Finding, reason: &str, until: Period) -> Self {
        let of_file = finding.item.is_none();
        let sheet = finding.place.as_ref().map(|place| &place.source.sheet);
        Self {
            rule: finding.code.to_owned(),
            item: finding.item,
            file: file(finding).filter(|_| of_file).map(str::to_owned),
            sheet: sheet.filter(|_| of_file).cloned(),
            cells: cells_of(finding),
            value: Some(value_of(finding)).filter(|value| !value.is_empty()),
            reason: reason.to_owned(),
            until,
        }
    }

    /// The entry as text, to be put at the end of `確認済み.toml`.
    pub fn to_toml(&self) -> String {
        let quoted = |text: &str| Value::String(text.to_owned()).to_string();
        let cells: Vec<String> = self.cells.iter().map(ToString::to_string).collect();
        let values = [
            Some(quoted(&self.rule)),
            self.item.map(|item| item.to_string()),
            self.file.as_deref().map(quoted),
            self.sheet.as_deref().map(quoted),
            (!cells.is_empty()).then(|| quoted(&cells.join("、"))),
            self.value.as_deref().map(quoted),
            Some(quoted(&self.reason)),
            Some(quoted(&self.until.to_string())),
        ];
        let mut text = format!("[[\"{LIST}\"]]\n");
        for (key, value) in KEYS.iter().zip(values) {
            if let Some(value) = value {
                text.push_str(&format!("\"{key}\" = {value}\n"));
            }
        }
        text
    }

    /// Tells whether the entry is about this finding as it is now.
    fn covers(&self, finding: &Finding) -> bool {
        let sheet = finding.place.as_ref().map(|place| &place.source.sheet);
        let cells = cells_of(finding);
        let cells_agree = self.cells.is_empty()
            || (!cells.is_empty() && cells.iter().all(|cell| self.cells.contains(cell)));
        self.rule == finding.code
            && self.item == finding.item
            && self
                .file
                .as_deref()
                .is_none_or(|own| file(finding) == Some(own))
            && self.sheet.as_ref().is_none_or(|own| sheet == Some(own))
            && cells_agree
            && self
                .value
                .as_ref()
                .is_none_or(|own| value_of(finding) == *own)
    }
}

fn file(finding: &Finding) -> Option<&str> {
    let place = finding.place.as_ref();
    place
        .map(|place| place.source.file.as_str())
        .or(finding.file.as_deref())
}

fn cells_of(finding: &Finding) -> Vec<CellRef> {
    match &finding.place {
        Some(place) if finding.cells.is_empty() => vec![place.cell],
        Some(_) | None => finding.cells.clone(),
    }
}

/// What a finding is about: the value that was found, else its whole sentence.
fn value_of(finding: &Finding) -> String {
    normal(finding.found.as_deref().unwrap_or(&finding.message))
}

/// A value without what editors change: the kind of its line breaks, white space around it.
fn normal(value: &str) -> String {
    value.replace("\r\n", "\n").trim().to_owned()
}

/// Marks the findings that entries accept in this period with their reason; the last one written
/// counts.
pub fn acknowledge(findings: &mut [Finding], entries: &[Acknowledgement], period: Period) {
    for finding in findings {
        let entry = entries
            .iter()
            .rev()
            .find(|entry| entry.until >= period && entry.covers(finding));
        if let Some(entry) = entry {
            finding.acknowledged = Some(entry.reason.clone());
        }
    }
}

/// Reads the text of a `確認済み.toml`.
///
/// # Errors
/// The first mistake, with its line and with what to write instead.
pub fn acknowledged(text: &str) -> Result<Vec<Acknowledgement>, JobError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = Document::parse(ACKNOWLEDGED, text)?;
    let top = Section::top(&document);
    let mut entries = Vec::new();
    for list in top.entries() {
        let rows = list.list().unwrap_or_default();
        let sections: Vec<Section<'_>> = rows.iter().filter_map(|row| row.section(LIST)).collect();
        if list.key != LIST || sections.is_empty() || sections.len() < rows.len() {
            return Err(list.error(not_the_list(list.key)));
        }
        for section in &sections {
            entries.push(entry(section)?);
        }
    }
    Ok(entries)
}

/// What to say of a top level that is not `[[確認済み]]`.
fn not_the_list(key: &str) -> Problem {
    if KEYS.contains(&key) {
        return Problem::Misplaced {
            key: key.to_owned(),
            section: format!("[{LIST}]"),
        };
    }
    Problem::UnknownSection {
        name: key.to_owned(),
        nearest: format!("[{}]", nearest(key, &[LIST])),
    }
}

fn entry(section: &Section<'_>) -> Result<Acknowledgement, JobError> {
    section.allow(&KEYS)?;
    let item = section.get("取組番号");
    let value = section.text("値")?;
    Ok(Acknowledgement {
        rule: section.required("規則", "規則 = \"K03\"")?.text()?,
        item: item.map(number).transpose()?,
        file: section.text("ファイル")?,
        sheet: section.text("シート")?,
        cells: section.get("セル").map_or(Ok(Vec::new()), cells)?,
        value: value.as_deref().map(normal),
        reason: section
            .required("理由", "理由 = \"担当課に確認済み\"")?
            .text()?,
        until: until(section.required("期限", "期限 = \"R5下半期\"")?)?,
    })
}

fn number(entry: Entry<'_>) -> Result<u32, JobError> {
    let typed = entry.text().ok().and_then(|text| text.parse().ok());
    let number = entry.integer().or(typed);
    number
        .and_then(|number| u32::try_from(number).ok())
        .ok_or_else(|| entry.refuse("取組の番号を"))
}

/// `E24`, `E24、H24` or `["E24", "H24"]`.
fn cells(entry: Entry<'_>) -> Result<Vec<CellRef>, JobError> {
    let refused = || entry.refuse("「E24」のようなセルの番地を");
    let mut cells = Vec::new();
    for text in entry.list().unwrap_or_else(|| vec![entry]) {
        let text = text.text().map_err(|_| refused())?;
        for address in text.split(['、', ',', ' ', '\u{3000}']) {
            if !address.is_empty() {
                cells.push(CellRef::parse(address).ok_or_else(refused)?);
            }
        }
    }
    Ok(cells)
}

/// A period, a fiscal year (its end), or a date without quotation marks (the half it lies in).
fn until(entry: Entry<'_>) -> Result<Period, JobError> {
    if let Some((year, month)) = entry.month() {
        let (year, half) = match month {
            1..=3 => (year.saturating_sub(1), Half::Second),
            4..=9 => (year, Half::First),
            _ => (year, Half::Second),
        };
        return Ok(Period {
            year: FiscalYear(year),
            half,
        });
    }
    let text = entry.text().unwrap_or_default();
    let year_end = |year| Period {
        year,
        half: Half::Second,
    };
    Period::parse(&text)
        .or_else(|| FiscalYear::parse(&text).map(year_end))
        .ok_or_else(|| entry.refuse("「R5下半期」のような期を"))
}

#[cfg(test)]
mod tests;
