//! TOML as an office writes it: Japanese keys need no quotation marks, and what cannot be read is
//! explained in the writer's words.

use std::ops::Range;

use toml::de::{DeTable, Error};

use super::error::{JobError, Problem};

/// A file of the job folder, read as TOML.
pub(super) struct Document<'a> {
    /// The file's name.
    pub file: &'static str,
    /// Its text.
    pub text: &'a str,
    /// Its top level.
    pub table: DeTable<'a>,
}

/// Full-width characters that are typed in place of half-width ones, and quotation marks that
/// word processors curl.
const FULL_WIDTH: [char; 13] = [
    '\u{3000}', '＝', '［', '］', '＂', '“', '”', '＃', '，', '．', '‘', '’', '＇',
];

impl<'a> Document<'a> {
    /// Reads a text.
    ///
    /// The parser's errors are told apart by the beginnings of its messages; the tests name one
    /// text for each.
    pub fn parse(file: &'static str, text: &'a str) -> Result<Self, JobError> {
        let (table, mut errors) = DeTable::parse_recoverable(text);
        errors.sort_by_key(|error| error.span().map_or(text.len(), |span| span.start));
        let error = errors.iter().find(|error| !is_japanese_key(error, text));
        let document = Self {
            file,
            text,
            table: table.into_inner(),
        };
        match error {
            Some(error) => {
                let at = error.span().unwrap_or(0..0);
                Err(document.error(at.start, document.explain(error.message(), at)))
            }
            None => Ok(document),
        }
    }

    /// An error in the line that holds a byte of the text.
    pub fn error(&self, at: usize, problem: Problem) -> JobError {
        JobError {
            file: self.file,
            line: Some(self.line(at)),
            problem,
        }
    }

    /// An error about something that stands nowhere.
    pub fn absent(&self, problem: Problem) -> JobError {
        JobError {
            file: self.file,
            line: None,
            problem,
        }
    }

    /// The text of a span.
    pub fn source(&self, span: Range<usize>) -> &'a str {
        self.text.get(span).unwrap_or("")
    }

    fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().iter().take(at);
        before.filter(|byte| **byte == b'\n').count() + 1
    }

    fn explain(&self, message: &str, span: Range<usize>) -> Problem {
        let source = self.source(span.clone());
        if let Some(c) = source.chars().find(|c| FULL_WIDTH.contains(c)) {
            return Problem::FullWidth(c);
        }
        let next = self.text.get(span.start..).and_then(|t| t.chars().next());
        if let Some(c) = next.filter(|c| FULL_WIDTH.contains(c)) {
            return Problem::FullWidth(c);
        }
        if message.starts_with("string values must be quoted") {
            return Problem::NotQuoted(source.to_owned());
        }
        if message.contains("escape") || message.contains("unicode value") {
            return Problem::Backslash;
        }
        if message.starts_with("duplicate key") {
            return Problem::Repeated(source.to_owned());
        }
        let unclosed = message.starts_with("unclosed")
            || message.starts_with("invalid basic string")
            || message.starts_with("invalid literal string")
            || message.starts_with("invalid multi-line");
        if unclosed {
            return Problem::NotClosed;
        }
        Problem::Syntax
    }
}

/// TOML wants quotation marks around Japanese keys; offices do not know, and the parser reads the
/// key all the same.
fn is_japanese_key(error: &Error, text: &str) -> bool {
    let key = error.span().and_then(|span| text.get(span)).unwrap_or("");
    error.message().starts_with("invalid unquoted key")
        && !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '・'))
}
