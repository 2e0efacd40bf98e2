//! T 表記: the text.

pub(super) mod name_drift;
