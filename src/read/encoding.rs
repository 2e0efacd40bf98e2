//! Text files as Japanese offices save them.

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use super::error::ReadError;

/// Decodes UTF-8 with or without BOM, UTF-16 with BOM or plainly so, else CP932; nothing is replaced.
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
    wide(bytes)
        .or_else(|| whole(UTF_8, bytes))
        .or_else(|| whole(SHIFT_JIS, bytes))
        .ok_or(ReadError::Encoding)
}

/// Little-endian UTF-16 that lost its BOM: it has zero bytes, which no other text has, and it reads
/// as text with line breaks or separators in it.
fn wide(bytes: &[u8]) -> Option<String> {
    if !bytes.len().is_multiple_of(2) || !bytes.contains(&0) {
        return None;
    }
    let text = whole(UTF_16LE, bytes)?;
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    let plain = text.contains(['\t', '\n', ',']) && !text.contains(control);
    plain.then_some(text)
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
    fn wide_text_without_its_mark_is_read_where_it_is_plainly_so() {
        let text = "取組番号\t欄\r\n1\t取組項目\r\n";
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode_text(&wide).unwrap(), text);
        let binary = decode_text(&[0, 1, 2, 3]).unwrap();
        assert!(binary.contains('\0'), "no text of two bytes a character");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        for bytes in [&[0x81, 0x20][..], &[0xFF, 0xFE, 0x00, 0xD8], &[0xFC, 0xFC]] {
            assert_eq!(decode_text(bytes), Err(ReadError::Encoding), "{bytes:?}");
        }
    }
}
