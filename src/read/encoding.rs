//! Text files as Japanese offices save them.

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use super::error::ReadError;

/// Decodes UTF-8 with or without BOM, UTF-16 with BOM, else CP932; nothing is replaced.
///
/// ```
/// # use torimatome::read::decode_text;
/// assert_eq!(decode_text(&[0x8E, 0x73]).unwrap(), "市"); // CP932
/// assert_eq!(decode_text("市".as_bytes()).unwrap(), "市");
/// ```
pub fn decode_text(bytes: &[u8]) -> Result<String, ReadError> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(length..).unwrap_or_default();
        return whole(encoding, rest).ok_or(ReadError::Encoding);
    }
    whole(UTF_8, bytes)
        .or_else(|| whole(SHIFT_JIS, bytes))
        .ok_or(ReadError::Encoding)
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    debug_assert!([UTF_8, UTF_16LE, UTF_16BE, SHIFT_JIS].contains(&encoding));
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(|text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_of_the_office_gives_the_same_text() {
        let text = "令和5年度";
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let little = utf16.iter().flat_map(|unit| unit.to_le_bytes());
        let big = utf16.iter().flat_map(|unit| unit.to_be_bytes());
        let samples = [
            text.as_bytes().to_vec(),
            [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat(),
            [0xFF, 0xFE].into_iter().chain(little).collect(),
            [0xFE, 0xFF].into_iter().chain(big).collect(),
            SHIFT_JIS.encode(text).0.into_owned(),
        ];
        for bytes in samples {
            assert_eq!(decode_text(&bytes).unwrap(), text, "{bytes:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        for bytes in [&[0x81, 0x20][..], &[0xFF, 0xFE, 0x00, 0xD8], &[0xFC, 0xFC]] {
            assert_eq!(decode_text(bytes), Err(ReadError::Encoding), "{bytes:?}");
        }
    }
}
