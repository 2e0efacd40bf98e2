//! T 表記: how the entries are written.

pub(super) mod copied_text;
pub(super) mod entries;
pub(super) mod mixed_widths;
pub(super) mod mixed_years;
pub(super) mod repeated_half;
mod years;
