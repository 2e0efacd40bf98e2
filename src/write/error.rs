//! What can keep a workbook from being written.

use rust_xlsxwriter::XlsxError;

/// Why a workbook could not be written; nothing was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A text is longer than a cell may hold.
    #[error(
        "「{sheet}」の{cell}「{field}」の文章が{units}文字あり、Excelの一つのセルに入る32,767文字を超えます。文章を短くしてから、もう一度実行してください。"
    )]
    TooLong {
        /// The sheet.
        sheet: String,
        /// The cell in `A1` notation.
        cell: String,
        /// The field's label.
        field: String,
        /// The length in UTF-16 units.
        units: usize,
    },
    /// The layout leaves fewer columns than there are years to show.
    #[error(
        "「{sheet}」には{years}年分の欄が要りますが、様式の定義では{columns}列しか残りません。様式の定義の列数を見直してください。"
    )]
    TooManyYears {
        /// The sheet.
        sheet: String,
        /// The number of years.
        years: usize,
        /// The number of columns.
        columns: u16,
    },
    /// The layout's columns of a row do not fit its grid.
    #[error(
        "様式の定義の{part}の列数が、全体の{columns}列に収まりません。様式の定義を見直してください。"
    )]
    Columns {
        /// What the columns are for.
        part: &'static str,
        /// The columns of the whole grid.
        columns: u16,
    },
    /// A colour of the layout is not `RRGGBB`.
    #[error("様式の定義の色「{value}」が読めません。D9E2F3のように6桁で書いてください。")]
    Colour {
        /// What the layout says.
        value: String,
    },
    /// A font of the layout has no name that a workbook can hold.
    #[error("様式の定義の文字の種類「{value}」は使えません。フォントの名前を見直してください。")]
    Font {
        /// What the layout says, without control characters.
        value: String,
    },
    /// The creation date is none.
    #[error("作成日 {year}年{month}月{day}日 は正しい日付ではありません。日付を見直してください。")]
    Date {
        /// The year.
        year: u16,
        /// The month.
        month: u8,
        /// The day.
        day: u8,
    },
    /// Two cells were to stand in one place: a fault of the drawing.
    #[error(
        "「{sheet}」の{range}に二つの欄が重なりました。プログラムの誤りですので、様式の定義を添えて連絡してください。"
    )]
    Overlap {
        /// The sheet.
        sheet: String,
        /// The range.
        range: String,
    },
    /// The library refused.
    #[error("ブックを作れませんでした（{0}）。プログラムの誤りですので、連絡してください。")]
    Library(#[from] XlsxError),
}
