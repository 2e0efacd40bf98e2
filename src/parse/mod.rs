//! Stage three: typed fields with raw text and place. Nothing here knows the plan.

mod front;
mod item;

pub use front::{cover, index};
pub use item::item;
