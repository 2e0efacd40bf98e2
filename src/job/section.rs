//! A section of a configuration file: known keys, values of the right kind, or an error that says
//! what to write.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::Document;
use super::error::{JobError, Problem};
use crate::model::FiscalYear;
use crate::model::text::{excerpt, fold};

/// A section with its name.
pub(super) struct Section<'a> {
    /// The file it stands in.
    pub document: &'a Document<'a>,
    /// Its name.
    pub name: &'static str,
    at: usize,
    table: &'a DeTable<'a>,
}

/// A value with its key and its place.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    document: &'a Document<'a>,
    /// The key.
    pub key: &'a str,
    /// Where the key stands.
    pub at: usize,
    value: &'a Spanned<DeValue<'a>>,
}

impl<'a> Section<'a> {
    /// Makes a section of a whole file.
    pub fn top(document: &'a Document<'a>) -> Self {
        Self {
            document,
            name: "",
            at: 0,
            table: &document.table,
        }
    }

    /// The entries in the order of the file.
    pub fn entries(&self) -> Vec<Entry<'a>> {
        let mut entries: Vec<Entry<'a>> = self
            .table
            .iter()
            .map(|(key, value)| Entry {
                document: self.document,
                key: key.get_ref().as_ref(),
                at: key.span().start,
                value,
            })
            .collect();
        entries.sort_by_key(|entry| entry.at);
        entries
    }

    /// The entry of a key.
    pub fn get(&self, key: &str) -> Option<Entry<'a>> {
        self.entries().into_iter().find(|entry| entry.key == key)
    }

    /// The entry of a key that must be there.
    pub fn required(&self, key: &str, example: &str) -> Result<Entry<'a>, JobError> {
        self.get(key).ok_or_else(|| {
            self.document.error(
                self.at,
                Problem::MissingKey {
                    section: self.name.to_owned(),
                    key: key.to_owned(),
                    example: example.to_owned(),
                },
            )
        })
    }

    /// The text of a key, if it is there.
    pub fn text(&self, key: &str) -> Result<Option<String>, JobError> {
        self.get(key).map(|entry| entry.text()).transpose()
    }

    /// Refuses the first key that is not one of these.
    pub fn allow(&self, keys: &[&str]) -> Result<(), JobError> {
        match self.entries().iter().find(|e| !keys.contains(&e.key)) {
            Some(unknown) => Err(self.document.error(
                unknown.at,
                Problem::UnknownKey {
                    section: self.name.to_owned(),
                    key: unknown.key.to_owned(),
                    nearest: nearest(unknown.key, keys),
                },
            )),
            None => Ok(()),
        }
    }
}

impl<'a> Entry<'a> {
    /// An error about this value; `expected` ends in its particle: `「上半期」か「下半期」を`.
    pub fn refuse(&self, expected: &str) -> JobError {
        let found = match self.value.get_ref() {
            DeValue::String(text) => text.as_ref(),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => self.document.source(self.value.span()),
        };
        self.document.error(
            self.at,
            Problem::Value {
                key: self.key.to_owned(),
                found: excerpt(found, 40),
                expected: expected.to_owned(),
            },
        )
    }

    /// The value as it was read.
    pub fn value(&self) -> &'a DeValue<'a> {
        self.value.get_ref()
    }

    /// An error about this entry's key.
    pub fn error(&self, problem: Problem) -> JobError {
        self.document.error(self.at, problem)
    }

    /// The section below this entry, where it is one.
    pub fn section(&self, name: &'static str) -> Option<Section<'a>> {
        let DeValue::Table(table) = self.value.get_ref() else {
            return None;
        };
        Some(Section {
            document: self.document,
            name,
            at: self.at,
            table,
        })
    }

    /// The values of a list, each under this entry's key; `None` where it is no list.
    pub fn list(&self) -> Option<Vec<Self>> {
        let DeValue::Array(values) = self.value.get_ref() else {
            return None;
        };
        let entry = |value: &'a Spanned<DeValue<'a>>| Self {
            at: value.span().start,
            value,
            ..*self
        };
        Some(values.iter().map(entry).collect())
    }

    /// A text that is not empty.
    pub fn text(&self) -> Result<String, JobError> {
        let DeValue::String(text) = self.value.get_ref() else {
            return Err(self.refuse("「\"」で囲んだ文字を"));
        };
        if text.trim().is_empty() {
            return Err(self.refuse("空でない文字を"));
        }
        Ok(text.trim().to_owned())
    }

    /// A path; `\` is understood where the value stands within `'…'` or is doubled.
    pub fn path(&self) -> Result<String, JobError> {
        let path = self
            .text()
            .map_err(|_| self.refuse("「\"」で囲んだファイルやフォルダの名前を"))?;
        let source = self.document.source(self.value.span());
        if source.starts_with('"') && source.replace("\\\\", "").contains('\\') {
            return Err(self.error(Problem::Backslash));
        }
        if cfg!(windows) {
            return Ok(path);
        }
        Ok(path.replace('\\', "/"))
    }

    /// A whole number from 1 to a limit.
    pub fn count(&self, most: u64) -> Result<u64, JobError> {
        self.integer()
            .filter(|number| (1..=most).contains(number))
            .ok_or_else(|| self.refuse(&format!("1から{most}までの整数を、「\"」で囲まずに")))
    }

    /// A whole number.
    pub fn integer(&self) -> Option<u64> {
        let DeValue::Integer(number) = self.value.get_ref() else {
            return None;
        };
        u64::from_str_radix(number.as_str(), number.radix()).ok()
    }

    /// Year and month of a date.
    pub fn month(&self) -> Option<(u16, u8)> {
        let DeValue::Datetime(datetime) = self.value.get_ref() else {
            return None;
        };
        datetime.date.map(|date| (date.year, date.month))
    }

    /// A fiscal year in any spelling, also `2023`.
    pub fn fiscal_year(&self) -> Result<FiscalYear, JobError> {
        let text = match self.integer() {
            Some(number) => number.to_string(),
            None => self.text().unwrap_or_default(),
        };
        FiscalYear::parse(&text).ok_or_else(|| self.refuse("「R5」のように年度を"))
    }
}

/// The candidate that is nearest to what was typed.
pub(super) fn nearest(typed: &str, candidates: &[&str]) -> String {
    let typed = fold(typed).to_lowercase();
    candidates
        .iter()
        .min_by_key(|candidate| strsim::damerau_levenshtein(&typed, &candidate.to_lowercase()))
        .map_or_else(String::new, |candidate| (*candidate).to_owned())
}
