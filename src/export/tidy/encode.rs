//! Texts in the table's encoding: nothing is lost, replaced by a question mark or escaped.

use encoding_rs::{EncoderResult, SHIFT_JIS};

use crate::model::Place;
use crate::model::text::cp932_twin;

use super::{Encoding, ExportError};

/// What stands before the first row.
pub(super) fn begin(encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => b"\xEF\xBB\xBF".to_vec(),
        Encoding::Cp932 => Vec::new(),
    }
}

/// Encodes a text; in CP932 a character that stands there under another code is written by that.
pub(super) fn text(
    text: &str,
    encoding: Encoding,
    place: Option<&Place>,
) -> Result<Vec<u8>, ExportError> {
    match encoding {
        Encoding::Utf8 => Ok(text.as_bytes().to_vec()),
        Encoding::Cp932 => cp932(text).map_err(|character| ExportError::Unencodable {
            character,
            place: place.cloned().map(Box::new),
            text: crate::model::text::excerpt(text, 40),
        }),
    }
}

/// The first character that CP932 does not have is the error.
fn cp932(text: &str) -> Result<Vec<u8>, char> {
    let twins: String = text.chars().map(cp932_twin).collect();
    let mut encoder = SHIFT_JIS.new_encoder();
    let most = encoder.max_buffer_length_from_utf8_without_replacement(twins.len());
    let mut bytes = Vec::with_capacity(most.unwrap_or(twins.len() * 2));
    match encoder.encode_from_utf8_to_vec_without_replacement(&twins, &mut bytes, true) {
        (EncoderResult::InputEmpty, _) => Ok(bytes),
        // The room was reckoned beforehand; what does not fit all the same is refused, not cut.
        (EncoderResult::OutputFull, read) => {
            Err(twins[read..].chars().next().unwrap_or('\u{FFFD}'))
        }
        (EncoderResult::Unmappable(character), _) => Err(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_are_written_by_their_twins() {
        let bytes = cp932("—〜−‖¢£¬").unwrap();
        let (read, _, lost) = SHIFT_JIS.decode(&bytes);
        assert_eq!((&*read, lost), ("―～－∥￠￡￢", false));
        let long = "取組①（累計）ｱ\n".repeat(5_000);
        assert_eq!(SHIFT_JIS.decode(&cp932(&long).unwrap()).0, long);
    }

    #[test]
    fn a_character_that_is_not_there_is_refused() {
        for (text, character) in [
            ("吉野家と𠮷野家", '𠮷'),
            ("✓", '✓'),
            ("é", 'é'),
            ("か\u{3099}", '\u{3099}'),
        ] {
            assert_eq!(cp932(text), Err(character), "{text}");
        }
    }
}
