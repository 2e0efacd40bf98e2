//! The road of the forms that go out, and the proof of each.

use crate::model::Question;
use crate::write::{self, Issue, Stamp};

use super::{MergeError, proof};

/// Writes the forms of a department and reads them back: blank, they say what the plan says. Beside
/// them stands what is asked in forms that are sent back.
///
/// # Errors
/// As [`crate::merged`].
pub fn handout(issue: Issue<'_>, stamp: Stamp) -> Result<(Vec<u8>, Vec<Question>), MergeError> {
    let (written, questions) = write::handout(issue, stamp)?;
    Ok((proof::same_forms(issue, written)?, questions))
}
