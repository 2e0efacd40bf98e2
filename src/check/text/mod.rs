//! T 表記: how the entries are written.

pub(super) mod copied_text;
mod encodable;
pub(super) mod entries;
pub(super) mod mixed_widths;
pub(super) mod mixed_years;
pub(super) mod name_drift;
pub(super) mod repeated_half;
pub(super) mod too_tall;
pub(super) mod unencodable;
mod years;
