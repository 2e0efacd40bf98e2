//! Any text as torimatome.toml, 確認済み.toml, 点検記録.toml and a layout; a layout that is taken is used.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use torimatome::job::{self, Record};
use torimatome::model::Workbook;
use torimatome::read::workbook;
use torimatome_fuzz::{limits, through};

static PLAN: LazyLock<Workbook> = LazyLock::new(|| {
    let plan = include_bytes!("../../samples/ojiya-r5/計画.xlsx").to_vec();
    workbook("計画.xlsx", plan, &torimatome::read::Limits::default()).expect("the sample reads")
});

fuzz_target!(|text: &str| {
    let codes = ["S01", "K03", "K07", "K10"];
    for error in [
        job::parse(text, Path::new("R5下半期"), &codes).err(),
        job::acknowledged(text).err(),
    ] {
        if let Some(error) = error {
            assert!(error.to_string().ends_with('。'), "{error}");
        }
    }
    Record::parse(text);
    if let Ok(layout) = torimatome::layout(text) {
        let few = Workbook {
            sheets: PLAN.sheets.iter().take(3).cloned().collect(),
            ..PLAN.clone()
        };
        assert!(few.sheets.len() <= limits().sheets);
        through(&few, &layout);
    }
});
