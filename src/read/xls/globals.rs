//! What an xls says of the workbook as a whole: formats, fonts, and where the sheets begin.

use encoding_rs::SHIFT_JIS;

use crate::model::ActiveKind;
use crate::read::active::Found;
use crate::read::error::{Problem, ReadError};
use crate::read::limited::Limited;
use crate::read::limits::Limits;
use crate::read::styles::Styles;

use super::records::{Record, Records};
use super::texts::{self, Marks};

/// Record types ([MS-XLS] 2.3).
const END: u16 = 0x000A;
const ENCRYPTED: u16 = 0x002F;
const FONT: u16 = 0x0031;
const SHEET: u16 = 0x0085;
const CELL_FORMAT: u16 = 0x00E0;
const GOES_ON: u16 = 0x003C;
const SHARED_TEXTS: u16 = 0x00FC;
/// Another workbook or program ([MS-XLS] 2.4.271).
const OTHER_BOOK: u16 = 0x01AE;
/// In place of its name's length: this workbook itself, and functions of add-ins.
const ITSELF: [u16; 2] = [0x0401, 0x3A01];
/// Stands in a name between a program and its document.
const OF_PROGRAM: u8 = 0x03;
const NUMBER_FORMAT: u16 = 0x041E;
pub(super) const BEGIN: u16 = 0x0809;
/// A font that strikes its words out.
const STRUCK: u16 = 0x08;
/// The version of Excel 97–2003; what is older keeps its texts in the code page.
const BIFF8: u16 = 0x0600;

/// The globals substream.
#[derive(Debug, Default)]
pub(super) struct Globals {
    pub(super) styles: Styles,
    /// The runs of the shared texts; `None` where they could not be read, or where none matters.
    pub(super) marks: Option<Marks>,
    /// How many characters each shared text has; `None` where they could not be read.
    pub(super) lengths: Option<Vec<u16>>,
    /// What leads to other files and programs.
    pub(super) active: Found,
    /// Where each sheet begins, in order of tabs.
    pub(super) sheets: Vec<usize>,
}

impl Globals {
    /// Reads the records up to the end of the substream.
    pub(super) fn read(stream: &[u8], limits: &Limits) -> Result<Self, ReadError> {
        let mut globals = Self::default();
        let mut records = Records::from(stream, 0);
        let first = records.next()?;
        if first.kind != BEGIN {
            return Err(super::records::malformed());
        }
        let biff8 = first.u16(0)? == BIFF8;
        // The shared texts with the records that go on with them, until another one comes.
        let (mut texts, mut in_texts) = (Vec::new(), false);
        loop {
            let record = records.next()?;
            in_texts = matches!(record.kind, SHARED_TEXTS) || (in_texts && record.kind == GOES_ON);
            if in_texts {
                texts.push(record.data);
            }
            match record.kind {
                END => break,
                ENCRYPTED => return Err(ReadError::Password),
                SHEET => {
                    let at = usize::try_from(record.u32(0)?).unwrap_or(usize::MAX);
                    globals.sheets.push(at);
                    if globals.sheets.len() > limits.sheets {
                        let limit = limits.sheets as u64;
                        return Err(ReadError::over(Limited::Sheets, limit, None));
                    }
                }
                OTHER_BOOK => globals.other_book(&record),
                FONT => globals.styles.add_font(record.u16(2)? & STRUCK != 0),
                CELL_FORMAT => {
                    let font = font(record.u16(0)?);
                    globals.styles.add_cell(record.u16(2)?.into(), font);
                }
                NUMBER_FORMAT => {
                    let code = code(&record, biff8).unwrap_or_default();
                    globals.styles.add_code(record.u16(0)?.into(), code);
                }
                _ => {}
            }
        }
        if biff8 {
            let read = texts::read(texts, &globals.styles).unzip();
            globals.lengths = read.0;
            globals.marks = read.1.filter(|_| globals.styles.strike());
        }
        let mut places = globals.sheets.clone();
        places.sort_unstable();
        if places.windows(2).any(|pair| pair[0] == pair[1]) || places.is_empty() {
            return Err(ReadError::broken("Workbook", Problem::MissingPart));
        }
        Ok(globals)
    }
}

impl Globals {
    fn other_book(&mut self, record: &Record<'_>) {
        let own = record
            .u16(2)
            .map_or(true, |length| ITSELF.contains(&length));
        if own {
            return;
        }
        let name = record.data.get(5..).unwrap_or_default();
        let kind = match name.contains(&OF_PROGRAM) {
            true => ActiveKind::Dde,
            false => ActiveKind::ExternalLink,
        };
        self.active.add(kind, None, "");
    }
}

/// A font's place in the list: there is no font of the number 4, and no gap in the list.
pub(super) fn font(number: u16) -> usize {
    usize::from(if number > 4 { number - 1 } else { number })
}

/// A number format's code: its length, whether its characters have two bytes, and they.
fn code(record: &Record<'_>, biff8: bool) -> Option<String> {
    if !biff8 {
        let bytes = record.data.get(3..)?;
        return Some(SHIFT_JIS.decode(bytes).0.into_owned());
    }
    let length = usize::from(record.u16(2).ok()?);
    let wide = record.data.get(4)? & 1 != 0;
    let bytes = record.data.get(5..)?;
    if !wide {
        // One byte a character is the lower half of two.
        return Some(
            bytes
                .get(..length)?
                .iter()
                .map(|byte| char::from(*byte))
                .collect(),
        );
    }
    let (units, _) = bytes.get(..length * 2)?.as_chunks::<2>();
    let units: Vec<u16> = units.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    Some(String::from_utf16_lossy(&units))
}
