//! Why a file could not be read, and what the office can do about it.

use std::io;

use super::limited::Limited;

/// A file that could not be read; one variant for each thing a person can do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub enum ReadError {
    /// There is nothing at the path.
    Missing {
        /// The path as it was given.
        path: String,
    },
    /// A folder cannot be listed.
    Folder {
        /// The folder's path.
        path: String,
        /// What the system said.
        kind: io::ErrorKind,
    },
    /// A folder, a pipe or a device stands where a file is expected.
    NotAFile,
    /// Somebody else holds the file, or it may not be read.
    InUse,
    /// The system could not read the file.
    Unreadable {
        /// What the system said.
        kind: io::ErrorKind,
    },
    /// The file holds nothing.
    Empty,
    /// A zip without a file in it that could be a return.
    EmptyZip,
    /// A zip in a zip.
    NestedZip,
    /// A file in a zip that asks for a password.
    LockedMember,
    /// A file in a zip that is packed by a method that is not read.
    PackedMember,
    /// The file holds more than the gate lets through.
    OverLimit {
        /// What there is too much of.
        what: Limited,
        /// The limit.
        limit: u64,
        /// The part of the workbook, where it is one.
        part: Option<String>,
    },
    /// A cell holds a longer text than Excel lets anyone write; no output could carry it.
    LongText {
        /// The sheet's name.
        sheet: String,
        /// The cell in `A1` notation.
        cell: String,
        /// The length in UTF-16 units.
        units: usize,
    },
    /// The workbook asks for a password.
    Password,
    /// The content is a format that is not read.
    Unsupported(Format),
    /// The workbook is damaged, or made so that programs would read it differently.
    Broken {
        /// The part of the workbook; empty for the file as a whole.
        part: String,
        /// What is wrong with it.
        problem: Problem,
    },
    /// A text that is neither UTF-8, UTF-16 nor CP932.
    Encoding,
}

/// A format that is recognised by its content and not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Excel 2003's single XML file.
    Xml2003,
    /// Text without a table in it.
    Text,
    /// A web page.
    Html,
    /// PDF.
    Pdf,
    /// Word.
    Word,
    /// PowerPoint.
    PowerPoint,
    /// A picture or a photograph.
    Image,
    /// Apple's Numbers, Pages or Keynote.
    Iwork,
    /// A document of another office program, such as OpenDocument.
    Document,
    /// A zip that is no workbook.
    Zip,
    /// Another kind of archive: gzip, 7z, LZH.
    Archive,
    /// Nothing that is known.
    Unknown,
}

/// What is wrong with a damaged workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The package's directory cannot be read: a copy that broke off, as a rule.
    Package,
    /// A part does not match its checksum, or does not unpack.
    Checksum,
    /// Two entries have one name, or names that differ in case alone.
    Twins,
    /// Entries overlap, or a local header names another part than the directory.
    Layout,
    /// The name of an entry leads out of the package.
    Outside,
    /// An entry is encrypted or packed by a method that workbooks do not use.
    Method,
    /// A part that the workbook names is not there.
    MissingPart,
    /// A part is not well-formed.
    Malformed,
    /// A part declares a document type.
    Doctype,
    /// A part is not UTF-8.
    NotUtf8,
    /// The number of shared texts cannot be true.
    TextCount,
    /// There is not exactly one block of cells, or rows stand outside it.
    CellBlock,
    /// A cell's address lies outside the sheet, or is none.
    Address(String),
    /// Two sheets have one name.
    SheetTwins(String),
    /// A field that was quoted never ends.
    Quotes,
    /// Two readings of the same sheet do not agree.
    Disagreement,
    /// The reader gave up.
    Reader,
}

const RESAVE: &str =
    "Excelで開き、［名前を付けて保存］で「Excel ブック (*.xlsx)」として保存し直してください。";
const COPY_AGAIN: &str = "Excelで開けることを確かめ、「Excel ブック (*.xlsx)」として保存し直すか、元のファイルをもう一度コピーしてください。";

impl ReadError {
    pub(super) fn broken(part: &str, problem: Problem) -> Self {
        Self::Broken {
            part: part.to_owned(),
            problem,
        }
    }

    /// A file on which a library or the program itself gave up.
    pub fn gave_up() -> Self {
        Self::broken("", Problem::Reader)
    }

    /// A file that takes more seconds than it may.
    pub fn too_slow(seconds: u64) -> Self {
        Self::over(Limited::Seconds, seconds, None)
    }

    pub(super) fn over(what: Limited, limit: u64, part: Option<&str>) -> Self {
        Self::OverLimit {
            what,
            limit,
            part: part.map(str::to_owned),
        }
    }

    /// Says what is wrong, in a Japanese sentence.
    pub fn reason(&self) -> String {
        match self {
            Self::Missing { path } => format!("「{path}」が見つかりません。"),
            Self::Folder { path, .. } => {
                format!("フォルダ「{path}」の中を見ることができません。")
            }
            Self::NotAFile => "通常のファイルではありません。".to_owned(),
            Self::InUse => "ほかで使われているか、読み取りが許可されていません。".to_owned(),
            Self::Unreadable { .. } => "ファイルを読み取れません。".to_owned(),
            Self::Empty => "ファイルが空です（0バイト）。".to_owned(),
            Self::EmptyZip => "ZIPの中に、読み取れるファイルがありません。".to_owned(),
            Self::NestedZip => "ZIPの中に、さらにZIPが入っています。".to_owned(),
            Self::LockedMember => "パスワード付きのZIPに入っています。".to_owned(),
            Self::PackedMember => "ZIPの中で、読み取れない方法で圧縮されています。".to_owned(),
            Self::OverLimit { what, limit, part } => what.reason(*limit, part.as_deref()),
            Self::LongText { sheet, cell, units } => format!(
                "シート「{sheet}」のセル{cell}の文章が{units}文字あり、Excelの一つのセルに入る32,767文字を超えています。"
            ),
            Self::Password => "パスワードで保護されています。".to_owned(),
            Self::Unsupported(format) => format.reason().to_owned(),
            Self::Broken { part, problem } if part.is_empty() => {
                format!("ファイルが壊れています（{}）。", problem.text())
            }
            Self::Broken { part, problem } => {
                format!("ファイルが壊れています（{}：{part}）。", problem.text())
            }
            Self::Encoding => "文字コードを判別できません。".to_owned(),
        }
    }

    /// Says what to do about it, in a Japanese sentence.
    pub fn advice(&self) -> String {
        match self {
            Self::Missing { .. } => "ファイルやフォルダの名前と場所を確かめてください。",
            Self::Folder { .. } => {
                "フォルダを開けることを確かめてから、もう一度実行してください。"
            }
            Self::NotAFile => "Excelのファイルを指定してください。",
            Self::InUse => "Excelで開いている場合は閉じてから、もう一度実行してください。",
            Self::Unreadable { .. } => {
                "ファイルを手元のフォルダにコピーしてから、もう一度実行してください。"
            }
            Self::Empty | Self::EmptyZip => {
                "担当課に、内容の入ったファイルを送り直すよう依頼してください。"
            }
            Self::NestedZip | Self::LockedMember | Self::PackedMember => {
                "ZIPを展開し、中のファイルを置いてください。"
            }
            Self::OverLimit { what, limit, .. } => return what.advice(*limit),
            Self::LongText { .. } => {
                "文章を短くするか、いくつかのセルに分けて保存し直してください。"
            }
            Self::Password => {
                "Excelで開き、［ファイル］→［情報］→［ブックの保護］でパスワードを外して保存し直してください。"
            }
            Self::Unsupported(format) => format.advice(),
            Self::Broken { .. } => COPY_AGAIN,
            Self::Encoding => "UTF-8で保存し直してください。",
        }
        .to_owned()
    }
}

impl Format {
    fn reason(self) -> &'static str {
        match self {
            Self::Xml2003 => "中身が XML スプレッドシート 2003 のため、読み取れません。",
            Self::Text => "中身が文章（テキスト）で、ExcelのブックでもCSVでもありません。",
            Self::Html => "中身がWebページ（HTML）で、Excelのブックではありません。",
            Self::Pdf => "中身がPDFで、Excelのブックではありません。",
            Self::Word => "中身がWordの文書で、Excelのブックではありません。",
            Self::PowerPoint => "中身がPowerPointの資料で、Excelのブックではありません。",
            Self::Image => "中身が画像（写真など）で、Excelのブックではありません。",
            Self::Iwork => "中身がAppleのNumbersなどの書類で、Excelのブックではありません。",
            Self::Document => "中身が文書（OpenDocumentなど）で、Excelのブックではありません。",
            Self::Archive => {
                "中身が圧縮ファイル（gzip、7z、LZHなど）で、Excelのブックではありません。"
            }
            Self::Zip => "中身がZIP形式の圧縮ファイルで、Excelのブックではありません。",
            Self::Unknown => "Excelのブックではありません。",
        }
    }

    fn advice(self) -> &'static str {
        match self {
            Self::Xml2003 | Self::Html => RESAVE,
            Self::Text
            | Self::Pdf
            | Self::Word
            | Self::PowerPoint
            | Self::Image
            | Self::Document
            | Self::Unknown => "担当課に、Excelの様式（.xlsx）で提出し直すよう依頼してください。",
            Self::Iwork => {
                "Numbersで開き、［ファイル］→［書き出す］→［Excel］で .xlsx として保存し直してください。"
            }
            Self::Zip | Self::Archive => "圧縮ファイルを展開し、中のファイルを置いてください。",
        }
    }
}

impl Problem {
    fn text(&self) -> String {
        match self {
            Self::Package => "途中で切れているなど、ファイル全体を開けません",
            Self::Checksum => "保存された内容が変わっています",
            Self::Twins => "同じ名前の部品が二つあります",
            Self::Layout => "部品の並びが正しくありません",
            Self::Outside => "部品の名前がファイルの外を指しています",
            Self::Method => "部品が特殊な方法で圧縮または暗号化されています",
            Self::MissingPart => "部品がありません",
            Self::Malformed => "部品の書き方が正しくありません",
            Self::Doctype => "部品に使えない宣言（DOCTYPE）があります",
            Self::NotUtf8 => "部品の文字コードがUTF-8ではありません",
            Self::TextCount => "文字列の数が合いません",
            Self::CellBlock => "シートのセルの並びが正しくありません",
            Self::Address(cell) => {
                return format!("「{cell}」はシートにないセル番地です");
            }
            Self::SheetTwins(name) => {
                return format!("同じ名前のシート「{name}」が二つあります");
            }
            Self::Quotes => "引用符（\"）で始まる欄が閉じていません",
            Self::Disagreement => "シートの読み取り結果が一致しません",
            Self::Reader => "読み取りの途中で止まりました",
        }
        .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_says_what_is_wrong_and_ends_with_a_request() {
        let errors = [
            ReadError::Missing {
                path: "回収".into(),
            },
            ReadError::NotAFile,
            ReadError::InUse,
            ReadError::Empty,
            ReadError::over(Limited::Part, 512 << 20, Some("xl/styles.xml")),
            ReadError::LongText {
                sheet: "取組7".into(),
                cell: "E12".into(),
                units: 32_768,
            },
            ReadError::Password,
            ReadError::EmptyZip,
            ReadError::NestedZip,
            ReadError::LockedMember,
            ReadError::PackedMember,
            ReadError::Unsupported(Format::Text),
            ReadError::Unsupported(Format::Zip),
            ReadError::broken("xl/workbook.xml", Problem::Doctype),
            ReadError::broken("", Problem::Package),
            ReadError::Encoding,
        ];
        for error in errors {
            assert!(error.reason().ends_with('。'), "{error:?}");
            assert!(error.advice().ends_with("ください。"), "{error:?}");
        }
    }

    #[test]
    fn refusals_name_the_limit_and_the_part() {
        let error = ReadError::over(Limited::Part, 512 << 20, Some("xl/styles.xml"));
        assert!(error.reason().contains("512MB") && error.reason().contains("xl/styles.xml"));
    }
}
