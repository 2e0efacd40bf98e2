//! From paths to cells: every cell of a workbook as a person sees it, nothing interpreted.
//!
//! A file passes a gate before anything is made of it: its content tells what it is, its package
//! is unpacked under limits and against its checksums, and a strict walk over each part that is
//! used refuses what programs would read differently. calamine then reads an archive that holds
//! these checked parts and nothing else.

mod active;
mod archive;
mod beside;
mod book;
mod budget;
mod collect;
mod contents;
mod encoding;
mod error;
mod file;
mod gate;
mod lanes;
mod limited;
mod limits;
mod names;
mod number_format;
mod ods;
mod package;
mod rich;
mod sheet;
mod sidecar;
mod sniff;
mod styles;
mod table;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

pub use collect::{Collected, CollectedPath, collect};
pub use encoding::decode_text;
pub use error::{Format, Problem, ReadError};
pub use file::load;
pub use limited::Limited;
pub use limits::{
    CELLS, DAMAGED, DEPTH, ENTRIES, FILE_BYTES, LONGEST_TEXT, Limits, MEMORY_BYTES, MERGES,
    PART_BYTES, RATIO, RATIO_GRACE, REMARKS, SECONDS, SHEETS, SHEETS_AROUND, STYLES, TOKEN_BYTES,
    TOTAL_BYTES,
};

use contents::{Contents, contents};
use gate::gate;
use package::Package;
use sniff::Container;

use crate::model::{Grid, Workbook};

/// Reads a workbook from its bytes; `name` is what its cells' places are told by.
///
/// A panic inside a library becomes an error; its message is the caller's to silence.
pub fn workbook(name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Workbook, ReadError> {
    let bytes = Cow::Owned(bytes);
    let read = || by_content(name, bytes, limits, 1, &|_, grid| grid);
    let (mut workbook, sheets) = caught(read)?;
    workbook.sheets = sheets;
    Ok(workbook)
}

/// Reads a workbook with nothing to be read beside it: its sheets side by side, one thread a core.
///
/// `take` is given each sheet with its number as soon as it is read; what it makes of them comes in
/// the order of the tabs, beside the workbook without them. A panic becomes an error, as in
/// [`workbook`].
pub fn sheets<T: Send>(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    take: impl Fn(usize, Grid) -> T + Sync,
) -> Result<(Workbook, Vec<T>), ReadError> {
    let lanes = rayon::current_num_threads();
    caught(|| by_content(name, Cow::Borrowed(bytes), limits, lanes, &take))
}

/// One bad file never ends the run: a panic while it is read becomes an error of this file.
pub fn caught<T>(read: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    let gone = |_| Err(ReadError::gave_up());
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(gone)
}

/// The content tells what a file is; its extension is never believed.
fn by_content<T: Send>(
    name: &str,
    bytes: Cow<'_, [u8]>,
    limits: &Limits,
    lanes: usize,
    take: &(impl Fn(usize, Grid) -> T + Sync),
) -> Result<(Workbook, Vec<T>), ReadError> {
    let whole = match sniff::container(&bytes)? {
        Container::Package => {
            let mut package = Package::open(&bytes, limits)?;
            match contents(&mut package, limits)? {
                Contents::Xml(main) => {
                    let passed = gate(package, main, limits, lanes)?;
                    drop(bytes);
                    return lanes::workbook(name, passed, limits, lanes, take);
                }
                Contents::Binary(main) => xlsb::workbook(name, package, main, limits)?,
                Contents::OpenDocument => ods::workbook(name, package, limits)?,
            }
        }
        Container::Xls => xls::workbook(name, bytes.into_owned(), limits)?,
        Container::Table(text) => table::workbook(name, &text, limits)?,
    };
    let sheets = whole.sheets.into_par_iter().enumerate();
    let taken = sheets.map(|(number, grid)| take(number, grid)).collect();
    let sheets = Vec::new();
    Ok((Workbook { sheets, ..whole }, taken))
}
