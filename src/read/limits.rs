//! The limits of the gate; every refusal names the limit it ran into.

use crate::model::CellRef;

use super::error::ReadError;
use super::limited::Limited;

/// 64 MiB: the largest return seen is a hundredth of it, and a file is held in memory whole.
pub const FILE_BYTES: u64 = 64 << 20;
/// 10,000 entries: the most in 3,676 public workbooks is 469.
pub const ENTRIES: usize = 10_000;
/// 512 MiB a part: the largest in the public workbooks is 112 MB.
pub const PART_BYTES: u64 = 512 << 20;
/// 1 GiB for all parts: what an office PC can hold.
pub const TOTAL_BYTES: u64 = 1 << 30;
/// 200 to 1: the highest ratio of a real workbook is 140 to 1.
pub const RATIO: u64 = 200;
/// The ratio counts above 8 MiB only: small parts of blanks compress far better and harm nobody.
pub const RATIO_GRACE: u64 = 8 << 20;
/// 1 MiB for a tag or a text: a cell holds 32,767 characters at most.
pub const TOKEN_BYTES: usize = 1 << 20;
/// 100 nested elements: workbooks need about ten.
pub const DEPTH: usize = 100;
/// 1,000 sheets in a return: a plan has some dozens of items.
pub const SHEETS: usize = 1_000;
/// 50 sheets around the items of a plan, a previous workbook or our own output, which have a sheet
/// an item, however many these are: cover, list of items, tables, the office's own.
pub const SHEETS_AROUND: usize = 50;
/// 10 million cells in a return, empty formatted ones included.
pub const CELLS: usize = 10_000_000;
/// 1 million merged ranges a sheet: a form has about ninety, each costs 16 bytes.
pub const MERGES: usize = 1_000_000;
/// 300,000 records of styles: Excel itself allows 65,490 cell formats.
pub const STYLES: usize = 300_000;
/// 1,000 unreadable cells a sheet: beyond that the sheet as a whole is unreadable.
pub const DAMAGED: usize = 1_000;
/// 10,000 notes and shapes in a return: a form has a handful.
pub const REMARKS: usize = 10_000;
/// 1 GiB of memory for reading a file: the largest of 3,676 public workbooks takes half of it, and
/// an office PC has eight. A text that stands in a million cells is counted a million times.
pub const MEMORY_BYTES: u64 = 1 << 30;
/// 8 seconds for a file of up to 8 MiB, and one more for each further MiB: a form takes a few
/// thousandths of a second, a hundred thousand cells take one second.
pub const SECONDS: u64 = 8;

/// How much a file may hold before it is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file: u64,
    /// Entries of the zip directory.
    pub entries: usize,
    /// Unpacked bytes of one part.
    pub part: u64,
    /// Unpacked bytes of all parts that are read.
    pub total: u64,
    /// Unpacked bytes for each packed one.
    pub ratio: u64,
    /// Unpacked bytes below which the ratio does not count.
    pub ratio_grace: u64,
    /// Bytes of one tag or text.
    pub token: usize,
    /// Nested elements.
    pub depth: usize,
    /// Sheets of a workbook.
    pub sheets: usize,
    /// Cells of a workbook, empty formatted ones included.
    pub cells: usize,
    /// Merged ranges of a sheet.
    pub merges: usize,
    /// Records of the style sheet.
    pub styles: usize,
    /// Unreadable cells of a sheet.
    pub damaged: usize,
    /// Notes, comments and shapes of a workbook; what is beyond is told, not refused.
    pub remarks: usize,
    /// Bytes of memory, counted before they are taken.
    pub memory: u64,
    /// Seconds for a file of up to 8 MiB; the clock is the caller's.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: FILE_BYTES,
            entries: ENTRIES,
            part: PART_BYTES,
            total: TOTAL_BYTES,
            ratio: RATIO,
            ratio_grace: RATIO_GRACE,
            token: TOKEN_BYTES,
            depth: DEPTH,
            sheets: SHEETS,
            cells: CELLS,
            merges: MERGES,
            styles: STYLES,
            damaged: DAMAGED,
            remarks: REMARKS,
            memory: MEMORY_BYTES,
            seconds: SECONDS,
        }
    }
}

impl Limits {
    /// The limits under which a plan or a previous workbook is opened. How many sheets it may have
    /// is known when its items are: until then it has no more than its package has entries.
    pub fn of_official(&self) -> Self {
        Self {
            sheets: self.sheets.max(self.entries),
            ..self.clone()
        }
    }

    /// Refuses a plan or a previous workbook with more sheets than its items explain.
    ///
    /// # Errors
    /// [`ReadError::OverLimit`] with the number that is allowed.
    pub fn allow_sheets(&self, sheets: usize, items: usize) -> Result<(), ReadError> {
        let most = self.sheets.max(items.saturating_add(SHEETS_AROUND));
        if sheets <= most {
            return Ok(());
        }
        Err(ReadError::over(Limited::Sheets, most as u64, None))
    }
}

/// UTF-16 units that Excel lets a cell hold; only a file made without Excel has more.
pub const LONGEST_TEXT: usize = 32_767;

/// Refuses a text that no cell can hold: no output could carry it.
pub(super) fn fits_a_cell(text: &str, sheet: &str, cell: CellRef) -> Result<(), ReadError> {
    // Every unit takes a byte at least.
    if text.len() <= LONGEST_TEXT {
        return Ok(());
    }
    let units = text.encode_utf16().count();
    if units <= LONGEST_TEXT {
        return Ok(());
    }
    Err(ReadError::LongText {
        sheet: sheet.to_owned(),
        cell: cell.to_string(),
        units,
    })
}
