//! What a file holds that could act when it is opened.

use super::CellRef;

/// 危険な中身: something that could run, fetch or lead elsewhere. It is named, never followed, and
/// never passed on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Active {
    /// What it is.
    pub kind: ActiveKind,
    /// The sheet and the cell, where it has one.
    pub at: Option<(String, CellRef)>,
    /// What it leads to, runs or is called, as it is written; empty where it does not say.
    pub what: String,
}

/// What can act in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActiveKind {
    /// マクロ, of any age, or a name that runs one.
    Macro,
    /// A link to another workbook, from which values are fetched.
    ExternalLink,
    /// DDE: a link to another program, which is started for it.
    Dde,
    /// 埋め込まれた別のファイル or a control that is a program.
    Embedded,
    /// 外部データの接続: a query that fetches when the file is opened.
    Connection,
    /// A formula that fetches from elsewhere or calls a program.
    Formula,
    /// A link that a click takes to a file, a shared folder or a script.
    Link,
    /// A link to a web site or a mail address, as Excel makes them of what is typed.
    PlainLink,
}

impl ActiveKind {
    /// What the office calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Macro => "マクロ",
            Self::ExternalLink => "ほかのブックへのリンク",
            Self::Dde => "ほかのプログラムを呼び出すリンク（DDE）",
            Self::Embedded => "埋め込まれたファイルやプログラム部品",
            Self::Connection => "外部データへの接続",
            Self::Formula => "外部から取り込む数式やプログラムを呼び出す数式",
            Self::Link => "ファイルやプログラムを開くリンク",
            Self::PlainLink => "Webサイトやメールへのリンク",
        }
    }
}

impl Active {
    /// Makes one that belongs to the file as a whole.
    pub fn of_file(kind: ActiveKind, what: &str) -> Self {
        Self {
            kind,
            at: None,
            what: what.to_owned(),
        }
    }
}
