//! Any text as a KPI's value, a baseline, departments, a grade, a period.
#![no_main]

use libfuzzer_sys::fuzz_target;
use torimatome::model::{FiscalYear, Period};
use torimatome::parse;
use torimatome_fuzz::LAYOUT;

fuzz_target!(|text: &str| {
    let first = parse::measure(text);
    assert_eq!(first, parse::measure(text), "the same text has one meaning");
    parse::baseline(text);
    parse::departments(text);
    for axis in 0..2 {
        parse::grade(text, &LAYOUT, axis);
    }
    parse::split_name(text);
    FiscalYear::parse(text);
    if let Some(period) = Period::parse(text) {
        assert_eq!(Period::parse(&period.to_string()), Some(period));
    }
});
