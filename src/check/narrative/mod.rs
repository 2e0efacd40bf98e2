//! What prose says, for the rules that hold text against the table.
//!
//! Sentences ([`sentences`]), the counts in them ([`counts`]) and what they speak of ([`Subject`]).
//! Prose cannot be read for certain: each reader tells what it did not understand, and a rule that
//! meets such a thing stays silent.

mod breakdown;
mod count;
mod name;
mod reading;
mod role;
mod sentence;
mod statement;
mod subject;
mod told;

pub(super) use breakdown::{Breakdown, breakdown};
pub(super) use count::{Count, counts, spoken_unit};
pub(super) use name::{Name, are_drifted, names};
pub(super) use reading::{Reading, disagreement, grouped};
pub(super) use role::Role;
pub(super) use sentence::{Sentence, sentences};
pub(super) use statement::{Claim, claim, stated_value};
pub(super) use subject::Subject;
