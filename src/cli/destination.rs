//! Where a document goes: to the standard output, or to a file whose name suits its kind.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::{claim, output};

/// What kind of document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text of any kind; it goes to the standard output unless a file is named.
    Text,
    /// A workbook; it goes to a file unless the standard output is asked for.
    Xlsx,
    /// A page; likewise.
    Html,
}

/// Where a document goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// The standard output, which then carries nothing else.
    Stdout,
    /// A file.
    File(PathBuf),
}

/// Refuses what cannot be written to, before anything is read.
pub(super) fn refuse(kind: Kind, output: Option<&Path>) -> Result<(), Failure> {
    let Some(target) = output else { return Ok(()) };
    if target == Path::new("-") {
        return match kind {
            Kind::Xlsx if std::io::stdout().is_terminal() => Err(Failure::BookOnScreen),
            Kind::Text | Kind::Xlsx | Kind::Html => Ok(()),
        };
    }
    output::refuse_place(target)?;
    claim::refuse_open(target)?;
    let extension = target.extension().unwrap_or_default();
    let is = |other: &str| extension.eq_ignore_ascii_case(other);
    let is_page = is("html") || is("htm");
    let path = target.to_owned();
    match kind {
        Kind::Xlsx => output::refuse_extension(target),
        Kind::Html if is_page => Ok(()),
        Kind::Html => Err(Failure::NotHtml {
            better: target.with_extension("html"),
            path,
        }),
        Kind::Text if is("xlsx") => Err(Failure::OtherFormat {
            path,
            format: "xlsx",
        }),
        Kind::Text if is_page => Err(Failure::OtherFormat {
            path,
            format: "html",
        }),
        Kind::Text => Ok(()),
    }
}

impl Destination {
    /// What the option says; without it texts are shown, and other documents become files of the
    /// name that `name` gives without its ending.
    pub(super) fn new(
        kind: Kind,
        output: Option<&Path>,
        folder: &Path,
        name: impl Fn() -> String,
    ) -> Self {
        let file = |ending: &str| Self::File(folder.join(format!("{}.{ending}", name())));
        match (output, kind) {
            (Some(target), _) if target == Path::new("-") => Self::Stdout,
            (Some(target), _) => Self::File(target.to_owned()),
            (None, Kind::Text) => Self::Stdout,
            (None, Kind::Xlsx) => file("xlsx"),
            (None, Kind::Html) => file("html"),
        }
    }

    /// The file, if it is one.
    pub(super) fn file(&self) -> Option<&Path> {
        match self {
            Self::Stdout => None,
            Self::File(path) => Some(path),
        }
    }

    /// A text as it goes there: a file begins with a byte order mark, by which PowerShell and old
    /// editors of a Japanese Windows know that it is not CP932.
    pub(super) fn text(&self, text: String) -> Vec<u8> {
        match self {
            Self::Stdout => text.into_bytes(),
            Self::File(_) => format!("\u{FEFF}{text}").into_bytes(),
        }
    }

    /// Writes the document; of a file it gives the sentence that says so.
    pub(super) fn write(&self, document: &[u8], what: &str) -> Result<Option<String>, Failure> {
        let Self::File(target) = self else {
            output::to_stdout(document)?;
            return Ok(None);
        };
        let how = if target.exists() {
            "置き換えました"
        } else {
            "書き出しました"
        };
        output::replace(target, document)?;
        Ok(Some(format!("{what}を{how}: {}", target.display())))
    }
}
