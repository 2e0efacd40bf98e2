//! Stage three: typed fields with raw text and place. Nothing here knows the plan.

mod baseline;
mod compound;
mod date;
mod departments;
#[cfg(test)]
mod facts;
mod footnote;
mod front;
mod glyph;
mod grade;
mod item;
mod kpi;
mod measure;
mod name;
mod number;
#[cfg(test)]
mod properties;
mod quantity;
mod storey;
mod tidy;
mod unit;
mod words;

pub use baseline::baseline;
pub use departments::departments;
pub use footnote::footnotes;
pub use front::{cover, index};
pub use grade::grade;
pub use item::{item, items};
pub use measure::measure;
pub use name::split_name;
pub use tidy::{TidyMistake, tidy, tidy_city, tidy_mistakes};
