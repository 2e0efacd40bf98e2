//! Words that are shared.

/// 文言: what stands in a cell, held once; a clone is the same words, not a copy of them.
pub use arcstr::ArcStr as Words;
