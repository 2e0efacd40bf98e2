//! torimatome (取りまとめ): returned progress sheets in, one official workbook out.
//!
//! Verbs are stages, nouns are shared. Data runs one way, each stage is a folder, no stage imports
//! another, and [`model`] holds what they hand on:
//!
//! ```text
//!             read ───▶ locate ───▶ parse ───▶ gather ───▶ check ───▶ write / export
//!    file     Grid      Form        ItemSheet  Book        Findings   bytes
//! ```
//!
//! `compare` stands beside the road: it takes two workbooks that were read and gives their
//! differences, which `write` and `export` show.
//!
//! This file alone knows the order. [`cli`] is the program around it; [`job`] reads the job
//! folder's settings.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod check;
pub mod cli;
pub mod compare;
pub mod export;
pub mod gather;
pub mod job;
pub mod locate;
pub mod model;
pub mod parse;
pub mod read;
pub mod write;

mod road;

pub use road::{
    MergeError, PlanFault, PlanPart, Step, catalogue, changes, collected_file, collected_files,
    default_layout, export_items, handout, in_volumes, layout, merged, official_book,
    official_workbook, plan_of, plan_part, plan_workbook, report,
};
