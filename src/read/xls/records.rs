//! Records of an xls: a type, a length, and bytes ([MS-XLS] 2.1.4).

use crate::read::error::{Problem, ReadError};

/// A stream record by record, from a place in it.
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

/// One record.
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    /// Where its bytes stand in the stream.
    pub(super) at: usize,
    pub(super) data: &'a [u8],
}

impl<'a> Records<'a> {
    /// Begins at a place; past the stream's end there is nothing.
    pub(super) fn from(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// The next record; an error where the stream breaks off.
    pub(super) fn next(&mut self) -> Result<Record<'a>, ReadError> {
        let record = self.read().ok_or_else(malformed)?;
        self.at = record.at + record.data.len();
        Ok(record)
    }

    fn read(&self) -> Option<Record<'a>> {
        let data = self.at.checked_add(4)?;
        let head = self.stream.get(self.at..data)?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        Some(Record {
            kind: u16::from_le_bytes([head[0], head[1]]),
            at: data,
            data: self.stream.get(data..data.checked_add(length)?)?,
        })
    }
}

impl Record<'_> {
    pub(super) fn u16(&self, at: usize) -> Result<u16, ReadError> {
        let bytes = self.data.get(at..at + 2).ok_or_else(malformed)?;
        Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    pub(super) fn u32(&self, at: usize) -> Result<u32, ReadError> {
        let bytes = self.data.get(at..at + 4).ok_or_else(malformed)?;
        let bytes = bytes.try_into().map_err(|_| malformed())?;
        Ok(u32::from_le_bytes(bytes))
    }
}

pub(super) fn malformed() -> ReadError {
    ReadError::broken("Workbook", Problem::Malformed)
}
