//! Every test that runs stages together or the program itself, in one program: each file is a part, and
//! what several of them need stands in a folder. One program is built and linked where forty would be,
//! and all of its tests run side by side.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod architecture;
mod cli;
mod conservation;
mod corpus;
mod cycle;
mod damage;
mod damaged;
mod data_sheet;
mod described;
mod diff;
mod follow_up;
mod formats;
mod forms;
mod geometry;
mod golden;
mod hostile_formats;
mod kpi_meaning;
mod lanes;
mod limits;
mod lines;
mod look;
mod manuals;
mod miniature;
mod new_job;
mod official;
mod other_layout;
mod output;
mod package;
mod parquet;
mod parts;
mod plan_tables;
mod program;
mod properties;
mod publish;
mod read;
mod report;
mod returned;
mod returns;
mod returns_in_zip;
mod sample;
mod schema;
mod sent_back;
mod sidecar;
mod soundness;
mod summary;
mod tidy;
mod tidy_export;
mod unseen;
mod volumes;
mod write;
