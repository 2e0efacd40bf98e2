//! Stage three: typed fields with raw text and place. Nothing here knows the plan.

mod baseline;
mod departments;
mod fold;
mod footnote;
mod front;
mod grade;
mod item;
mod measure;
mod quantity;

pub use baseline::{baseline, split_name};
pub use departments::departments;
pub use footnote::footnotes;
pub use front::{cover, index};
pub use grade::grade;
pub use item::item;
pub use measure::measure;
