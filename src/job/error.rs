//! What can be wrong in a file of the job folder, and what to do about it.

use std::fmt;

use super::layout::LayoutProblem;

/// A mistake in `torimatome.toml` or `確認済み.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobError {
    /// The file's name.
    pub file: &'static str,
    /// The line, counted from 1; `None` where something is missing.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong in a line; one variant for each thing a user can do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The line is not `key = value` and no heading.
    Syntax,
    /// A full-width character stands where only a half-width one is understood.
    FullWidth(char),
    /// A text without quotation marks.
    NotQuoted(String),
    /// A quotation mark or bracket that is not closed.
    NotClosed,
    /// A `\` within `"…"`, as in a path copied from Explorer.
    Backslash,
    /// A key or section that is given twice.
    Repeated(String),
    /// A section that does not exist.
    UnknownSection {
        /// The name as typed.
        name: String,
        /// The existing section that is nearest to it.
        nearest: String,
    },
    /// A key that does not exist in its section.
    UnknownKey {
        /// The section.
        section: String,
        /// The key as typed.
        key: String,
        /// The existing key that is nearest to it.
        nearest: String,
    },
    /// A key that belongs into another section.
    Misplaced {
        /// The key.
        key: String,
        /// The section it belongs into.
        section: String,
    },
    /// A rule that does not exist.
    UnknownRule {
        /// The code as typed.
        code: String,
        /// The existing code that is nearest to it.
        nearest: String,
    },
    /// A section that must be there and is not.
    MissingSection {
        /// The section.
        section: String,
        /// How it is written.
        example: String,
    },
    /// A key that must be there and is not.
    MissingKey {
        /// The section.
        section: String,
        /// The key.
        key: String,
        /// How it is written.
        example: String,
    },
    /// Something other than a section where a section is expected.
    NotASection(String),
    /// A heading in single brackets that is written in double ones.
    SingleBrackets(String),
    /// A value of the wrong kind, or one that is not understood.
    Value {
        /// The key.
        key: String,
        /// The value as typed.
        found: String,
        /// What may be written, with its particle: `「上半期」か「下半期」を`.
        expected: String,
    },
    /// A description of a layout that cannot be drawn, or not be found on a sheet.
    Layout(Box<LayoutProblem>),
}

impl Problem {
    /// What is wrong, a sentence.
    pub fn message(&self) -> String {
        match self {
            Self::Syntax => "設定として読み取れません。".to_owned(),
            Self::FullWidth(' ' | '\u{3000}') => {
                "全角の空白があるため、設定として読み取れません。".to_owned()
            }
            Self::FullWidth(c) => {
                format!("全角の「{c}」があるため、設定として読み取れません。")
            }
            Self::NotQuoted(text) => format!("「{text}」が引用符で囲まれていません。"),
            Self::NotClosed => "引用符かかっこが閉じられていません。".to_owned(),
            Self::Backslash => {
                "「\"」で囲んだ中の「\\」は、フォルダの区切りとして読み取れません。".to_owned()
            }
            Self::Repeated(key) => format!("「{key}」が二度書かれています。"),
            Self::UnknownSection { name, .. } => format!("[{name}]という見出しはありません。"),
            Self::UnknownKey { section, key, .. } if section.is_empty() => {
                format!("「{key}」という項目はありません。")
            }
            Self::UnknownKey { section, key, .. } => {
                format!("[{section}]に「{key}」という項目はありません。")
            }
            Self::Misplaced { key, section } => {
                format!("「{key}」は[{section}]の項目です。")
            }
            Self::UnknownRule { code, .. } => format!("「{code}」という点検規則はありません。"),
            Self::MissingSection { section, .. } => format!("[{section}]がありません。"),
            Self::MissingKey { section, key, .. } if section.is_empty() => {
                format!("「{key}」がありません。")
            }
            Self::MissingKey { section, key, .. } => {
                format!("[{section}]に「{key}」がありません。")
            }
            Self::NotASection(name) => format!("「{name}」は見出しです。"),
            Self::SingleBrackets(name) => format!("「[{name}]」のかっこが一重です。"),
            Self::Value { key, found, .. } => {
                format!("「{key}」の値「{found}」は使えません。")
            }
            Self::Layout(problem) => problem.message(),
        }
    }

    /// What to do, a sentence ending in ください。
    pub fn advice(&self) -> String {
        match self {
            Self::Syntax => "「項目 = \"値\"」の形で書いてください。".to_owned(),
            Self::FullWidth(_) => "半角で入力し直してください。".to_owned(),
            Self::NotQuoted(text) => {
                format!("「\"{text}\"」のように、半角の「\"」で囲んでください。")
            }
            Self::NotClosed => "同じ行の中で閉じてください。".to_owned(),
            Self::Backslash => {
                "区切りに「/」を使うか、値を「\"」の代わりに「'」で囲んでください。".to_owned()
            }
            Self::Repeated(_) => "一つにまとめてください。".to_owned(),
            Self::UnknownSection { nearest, .. } => {
                format!("「[{nearest}]」の書き間違いでないか確かめてください。")
            }
            Self::UnknownKey { nearest, .. } | Self::UnknownRule { nearest, .. } => {
                format!("「{nearest}」の書き間違いでないか確かめてください。")
            }
            Self::Misplaced { section, .. } => {
                format!("「[{section}]」の見出しの下に移してください。")
            }
            Self::MissingSection { example, .. } | Self::MissingKey { example, .. } => {
                format!("「{example}」のように書いてください。")
            }
            Self::NotASection(name) => {
                format!("「[{name}]」とだけ書いた行の下に、項目を一行ずつ書いてください。")
            }
            Self::SingleBrackets(name) => {
                format!("一つごとに「[[{name}]]」と書いてください。")
            }
            Self::Value { key, expected, .. } => {
                format!("「{key}」には{expected}書いてください。")
            }
            Self::Layout(problem) => problem.advice(),
        }
    }
}

impl fmt::Display for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file)?;
        if let Some(line) = self.line {
            write!(f, "の{line}行目")?;
        }
        write!(f, "：{}{}", self.problem.message(), self.problem.advice())
    }
}

impl std::error::Error for JobError {}
