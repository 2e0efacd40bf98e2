//! What prose says, for the rules that hold text against the table.
//!
//! Sentences ([`sentences`]), the counts in them ([`counts`]) and what they speak of ([`Subject`]).
//! Prose cannot be read for certain: each reader tells what it did not understand, and a rule that
//! meets such a thing stays silent.

mod about;
mod belongs;
mod breakdown;
mod count;
mod name;
mod reading;
mod role;
mod sentence;
mod statement;
mod subject;
mod told;

pub(super) use about::{
    figures, last_actuals, names_other_counts, spoken_of, values_in_table, values_of,
};
pub(super) use breakdown::{Breakdown, breakdown};
pub(super) use count::spoken_unit;
pub(super) use name::{Used, drifted, uses};
pub(super) use reading::{Reading, disagreement, grouped};
pub(super) use sentence::sentences;
pub(super) use statement::{Claim, claim, stated_value};
pub(super) use subject::Subject;
