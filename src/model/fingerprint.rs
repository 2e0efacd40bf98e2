//! A sheet's fingerprint: by it a form that was sent back knows the return that it takes the place of.

use sha2::{Digest, Sha256};

use super::ItemSheet;

/// Characters of a fingerprint.
const LENGTH: usize = 8;

impl ItemSheet {
    /// Eight hexadecimal digits over everything that stands in the sheet's fields.
    pub fn fingerprint(&self) -> String {
        let mut digest = Sha256::new();
        for field in self.fields().iter().filter(|field| field.raw.is_some()) {
            digest.update(format!(
                "{:?}\u{1F}{}\u{1E}",
                field.name,
                field.raw.unwrap_or("")
            ));
        }
        let digest = digest.finalize();
        let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        digits[..LENGTH].to_owned()
    }
}
