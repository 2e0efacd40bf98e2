//! The tables of a whole prefecture and more, made by the program's own functions from fixed seeds.
//!
//! `cargo run --release --example prefecture -- <folder> [cities]` makes in that folder
//!
//! - `tables/`: both Parquet tables of every city (1,700 unless said otherwise) over six half-years,
//!   R4上 to R6下, each from a typed model as a published workbook would give it;
//! - `workbooks/`: of the first twenty cities the published workbooks of R5上 and R5下, for the
//!   program to read.
//!
//! No city, item or number is a real one.
#![allow(missing_docs, clippy::expect_used, clippy::print_stdout)]

#[path = "generate/city.rs"]
mod city;

use std::fs;
use std::path::Path;

use rayon::prelude::*;
use torimatome::export::{partition, tidy_parquet};
use torimatome::gather::{self, Parts};
use torimatome::model::{
    CollectedFile, Cover, FiscalYear, Half, ItemSheet, Layout, OfficialBook, Outcome, Period,
    Prefer, Thresholds, TidySource,
};
use torimatome::write::{Edition, Stamp};
use torimatome::{default_layout, official_workbook};

use city::City;

const CITIES: u32 = 1_700;
/// Cities whose workbooks are made too.
const WITH_WORKBOOKS: u32 = 20;
const YEARS: [u16; 3] = [2022, 2023, 2024];
const HALVES: [Half; 2] = [Half::First, Half::Second];

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().expect("a folder");
    let cities = args
        .next()
        .map_or(CITIES, |count| count.parse().expect("a number"));
    let folder = Path::new(&folder);
    let layout = default_layout();
    let rows: usize = (1..=cities)
        .into_par_iter()
        .map(|number| tables(&City::new(number), &folder.join("tables"), &layout))
        .sum();
    println!("{cities} cities, {} partitions, {rows} items", cities * 6);
    let with_workbooks = 1..=cities.min(WITH_WORKBOOKS);
    for number in with_workbooks {
        workbooks(&City::new(number), &folder.join("workbooks"), &layout);
    }
}

/// Writes the tables of a city, and gives the number of its items over all half-years.
fn tables(city: &City, folder: &Path, layout: &Layout) -> usize {
    let mut count = 0;
    for period in YEARS.into_iter().flat_map(periods) {
        let (cover, items) = (city.cover(period), city.items(period, layout));
        count += items.len();
        let source = TidySource::of_workbook(&cover, Some(period), items.iter().collect());
        let tables = tidy_parquet(&source, layout).expect("tables");
        assert!(tables.unfit.is_empty(), "{:?}", tables.unfit);
        for (table, bytes) in [("kpi", tables.kpis), ("text", tables.texts)] {
            let place = folder
                .join(table)
                .join(partition(cover.city.as_deref(), period));
            fs::create_dir_all(&place).expect("a folder");
            fs::write(place.join(format!("{table}.parquet")), bytes).expect("a file");
        }
    }
    count
}

/// Writes the published workbooks of a city's second year.
fn workbooks(city: &City, folder: &Path, layout: &Layout) {
    for period in periods(YEARS[1]) {
        let (cover, items) = (city.cover(period), city.items(period, layout));
        let bytes = workbook(cover, items, period, layout);
        let folder = folder.join(city.name());
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("進捗管理票_{period}.xlsx")), bytes).expect("a file");
    }
}

fn periods(year: u16) -> [Period; 2] {
    let year = FiscalYear(year);
    HALVES.map(|half| Period { year, half })
}

fn workbook(cover: Cover, items: Vec<ItemSheet>, period: Period, layout: &Layout) -> Vec<u8> {
    let mut returned = CollectedFile::new("全課.xlsx", Outcome::Read);
    returned.items = items.clone();
    let plan = OfficialBook {
        file: "計画.xlsx".to_owned(),
        cover: cover.clone(),
        items,
        ..OfficialBook::default()
    };
    let book = gather::book(Parts {
        period,
        plan,
        previous: None,
        files: vec![returned],
        cover,
        prefer: Prefer::default(),
        aliases: Vec::new(),
        layout: layout.clone(),
        thresholds: Thresholds::default(),
        kpi_settings: Vec::new(),
    });
    let stamp = Stamp {
        year: period.year.0 + 1,
        month: 6,
        day: 1,
    };
    official_workbook(&book, Edition::Public { settled: true }, stamp)
        .expect("a workbook that reads back as it was written")
}
