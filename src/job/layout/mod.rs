//! The description of a layout (様式の定義), and what is wrong with one.
//!
//! A mistake is told with its line and with what to write instead: first what no TOML is, then keys
//! that are unknown, of the wrong kind or missing, then what can be read and cannot be drawn or found.

mod drawing;
mod keys;
mod labels;
mod looks;
mod problem;
#[cfg(test)]
mod tests;

pub use problem::LayoutProblem;

use super::document::Document;
use super::error::{JobError, Problem};
use super::section::{Entry, Section};
use crate::model::Layout;

/// What the description is called in a message.
const NAME: &str = "様式の定義";

/// Reads the description of a layout.
///
/// # Errors
/// The first mistake, with its line and with what to write instead.
///
/// ```
/// let text = include_str!("../../../templates/ojiya-r4.toml");
/// let error = torimatome::job::layout(&text.replace("kpi_columns", "kpi_colums")).unwrap_err();
/// assert!(error.to_string().ends_with(
///     "：[item]に「kpi_colums」という項目はありません。\
///      「kpi_columns」の書き間違いでないか確かめてください。"
/// ));
/// ```
pub fn layout(text: &str) -> Result<Layout, JobError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = Document::parse(NAME, text)?;
    let top = Section::top(&document);
    keys::known(&top, &keys::TOP)?;
    labels::one_result(&top)?;
    let layout: Layout = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        document.error(at, Problem::Syntax)
    })?;
    let read = Read { top, layout };
    looks::check(&read)?;
    labels::check(&read)?;
    drawing::check(&read)?;
    Ok(read.layout)
}

/// A description of which every key is known: what it says, and where.
struct Read<'a> {
    top: Section<'a>,
    layout: Layout,
}

impl<'a> Read<'a> {
    /// The section of a heading; every one that must be there is.
    fn section(&self, name: &'static str) -> Option<Section<'a>> {
        self.top.get(name)?.section(name)
    }

    /// The entry of a key below a heading.
    fn entry(&self, section: &'static str, key: &str) -> Option<Entry<'a>> {
        self.section(section)?.get(key)
    }

    /// An error at a key below a heading; where the key is not there, at the heading.
    fn error(&self, section: &'static str, key: &str, problem: LayoutProblem) -> JobError {
        let entry = self.entry(section, key).or_else(|| self.top.get(section));
        at(&self.top, entry, problem)
    }
}

/// An error at an entry, if there is one.
fn at(top: &Section<'_>, entry: Option<Entry<'_>>, problem: LayoutProblem) -> JobError {
    let problem = Problem::Layout(Box::new(problem));
    match entry {
        Some(entry) => entry.error(problem),
        None => top.document.absent(problem),
    }
}
