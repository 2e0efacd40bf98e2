//! What an office may tune in the rules of judgement.

/// The thresholds of rules; each is set under its rule in `[rules]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// K07: from how many times the year before and the target a value looks like a slip.
    pub digit_slip_factor: u32,
    /// T04: from how many characters two halves with the same text are told.
    pub repeated_half_length: usize,
    /// T05: from how many characters two names that are nearly the same are told.
    pub name_length: usize,
    /// T07: from how many characters a text that another item has too is told.
    pub copied_text_length: usize,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            digit_slip_factor: 10,
            repeated_half_length: 10,
            name_length: 8,
            copied_text_length: 60,
        }
    }
}
