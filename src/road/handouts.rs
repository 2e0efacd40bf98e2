//! The road of the forms that go out, and the proof of each.

use crate::write::{self, Issue, Stamp};

use super::{MergeError, proof};

/// Writes the forms of a department and reads them back: blank, they say what the plan says.
///
/// # Errors
/// As [`crate::merged`].
pub fn handout(issue: Issue<'_>, stamp: Stamp) -> Result<Vec<u8>, MergeError> {
    let written = write::handout(issue, stamp)?;
    proof::same_forms(issue, written)
}
