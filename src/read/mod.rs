//! From paths to cells: every cell of a workbook as a person sees it, nothing interpreted.
//!
//! A file passes a gate before anything is made of it: its content tells what it is, its package
//! is unpacked under limits and against its checksums, and a strict walk over each part that is
//! used refuses what programs would read differently. calamine then reads an archive that holds
//! these checked parts and nothing else.

mod book;
mod collect;
mod encoding;
mod error;
mod file;
mod gate;
mod limits;
mod number_format;
mod package;
mod rich;
mod sheet;
mod sidecar;
mod sniff;
mod styles;
mod xlsx;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use collect::{Collected, CollectedPath, collect};
pub use encoding::decode_text;
pub use error::{Format, Limited, Problem, ReadError};
pub use file::load;
pub use limits::{
    CELLS, DAMAGED, DEPTH, ENTRIES, FILE_BYTES, Limits, MERGES, PART_BYTES, RATIO, RATIO_GRACE,
    REMARKS, SHEETS, STYLES, TOKEN_BYTES, TOTAL_BYTES,
};

use crate::model::Workbook;

/// Reads a workbook from its bytes; `name` is what its cells' places are told by.
///
/// A panic inside a library becomes an error; its message is the caller's to silence.
pub fn workbook(name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Workbook, ReadError> {
    catch_unwind(AssertUnwindSafe(|| xlsx::workbook(name, bytes, limits)))
        .unwrap_or_else(|_| Err(ReadError::broken("", Problem::Reader)))
}
