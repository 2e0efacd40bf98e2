//! What kind of file a workbook came in.

/// A format of a file that was read, told by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileFormat {
    /// Excel's workbook.
    Xlsx,
    /// Excel's workbook with macros.
    Xlsm,
    /// Excel 97–2003.
    Xls,
    /// Excel's binary workbook.
    Xlsb,
    /// OpenDocument's spreadsheet.
    Ods,
    /// Text with commas or tabs.
    Csv,
}
