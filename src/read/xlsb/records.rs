//! Records of a binary part: a type, a length, and bytes ([MS-XLSB] 2.1.4).

use crate::read::error::{Problem, ReadError};

/// A part record by record.
pub(super) struct Records<'a> {
    part: &'a str,
    rest: &'a [u8],
}

/// One record.
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

impl<'a> Records<'a> {
    pub(super) fn new(part: &'a str, bytes: &'a [u8]) -> Self {
        Self { part, rest: bytes }
    }

    /// The next record; `None` at the part's end, an error where it breaks off within one.
    pub(super) fn next(&mut self) -> Result<Option<Record<'a>>, ReadError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let kind = self.number(2)?;
        let length = self.number(4)? as usize;
        if self.rest.len() < length {
            return Err(self.malformed());
        }
        let (data, rest) = self.rest.split_at(length);
        self.rest = rest;
        let kind = u16::try_from(kind).map_err(|_| self.malformed())?;
        Ok(Some(Record { kind, data }))
    }

    /// Seven bits a byte, the lowest first; the eighth says that another byte follows.
    fn number(&mut self, most: u32) -> Result<u32, ReadError> {
        let mut number = 0;
        for at in 0..most {
            let Some((byte, rest)) = self.rest.split_first() else {
                return Err(self.malformed());
            };
            self.rest = rest;
            number |= u32::from(byte & 0x7F) << (7 * at);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Ok(number)
    }

    pub(super) fn malformed(&self) -> ReadError {
        ReadError::broken(self.part, Problem::Malformed)
    }

    pub(super) fn broken(&self, problem: Problem) -> ReadError {
        ReadError::broken(self.part, problem)
    }
}

/// The bytes of a record from front to back; `None` where it is too short.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    pub(super) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.bytes(1).map(|bytes| bytes[0])
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        let bytes = self.bytes(2)?.try_into().ok()?;
        Some(u16::from_le_bytes(bytes))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        let bytes = self.bytes(4)?.try_into().ok()?;
        Some(u32::from_le_bytes(bytes))
    }

    pub(super) fn f64(&mut self) -> Option<f64> {
        let bytes = self.bytes(8)?.try_into().ok()?;
        Some(f64::from_le_bytes(bytes))
    }

    /// A number in four bytes ([MS-XLSB] 2.5.123): an integer or the upper half of a float, and
    /// whether it is to be divided by a hundred.
    pub(super) fn packed(&mut self) -> Option<f64> {
        let bits = self.u32()?;
        let value = if bits & 2 != 0 {
            f64::from(bits.cast_signed() >> 2)
        } else {
            f64::from_bits(u64::from(bits & !3) << 32)
        };
        Some(if bits & 1 != 0 { value / 100.0 } else { value })
    }

    /// A text with its length before it; a lone surrogate is no text.
    pub(super) fn text(&mut self) -> Option<String> {
        let count = usize::try_from(self.u32()?).ok()?;
        let bytes = self.bytes(count.checked_mul(2)?)?;
        let (units, _) = bytes.as_chunks::<2>();
        let units: Vec<u16> = units.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
        Some(String::from_utf16_lossy(&units))
    }

    /// A text that may be missing.
    pub(super) fn nullable_text(&mut self) -> Option<String> {
        if self.0.starts_with(&[0xFF; 4]) {
            self.bytes(4)?;
            return Some(String::new());
        }
        self.text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_lengths_of_several_bytes_are_read() {
        let bytes = [0x00, 0x01, 7, 0x91, 0x01, 0x00, 0x93, 0x04, 0x80, 0x01];
        let mut records = Records::new("p", &bytes);
        let first = records.next().unwrap().unwrap();
        assert_eq!((first.kind, first.data), (0, &[7][..]));
        let second = records.next().unwrap().unwrap();
        assert_eq!((second.kind, second.data.len()), (0x91, 0));
        assert!(records.next().is_err(), "128 bytes are announced");
        assert!(Records::new("p", &[0x80]).next().is_err());
    }

    #[test]
    fn packed_numbers_are_integers_or_floats_in_full_or_in_hundredths() {
        let read = |bits: u32| Fields(&bits.to_le_bytes()).packed();
        assert_eq!(read((145 << 2) | 2), Some(145.0));
        assert_eq!(read((12345 << 2) | 3), Some(123.45));
        assert_eq!(read(((-5i32) << 2).cast_unsigned() | 2), Some(-5.0));
        let half = (0.5f64.to_bits() >> 32) as u32;
        assert_eq!(read(half), Some(0.5));
        assert_eq!(read(half | 1), Some(0.005));
    }

    #[test]
    fn texts_that_are_too_long_for_their_record_are_none() {
        assert_eq!(
            Fields(&[1, 0, 0, 0, 0x42, 0x30]).text().as_deref(),
            Some("あ")
        );
        assert_eq!(Fields(&[2, 0, 0, 0, 0x42, 0x30]).text(), None);
        assert_eq!(Fields(&[0xFF; 4]).nullable_text().as_deref(), Some(""));
        assert_eq!(Fields(&[0xFF, 0xFF, 0xFF, 0x7F]).text(), None);
    }
}
