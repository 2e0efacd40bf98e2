//! Any bytes as a table: what is read has every field of it, and no other.
#![no_main]

use libfuzzer_sys::fuzz_target;
use torimatome::model::FileFormat;
use torimatome::read::{decode_text, workbook};
use torimatome_fuzz::{LAYOUT, limits, through};

fuzz_target!(|data: &[u8]| {
    let Ok(book) = workbook("総務課.csv", data.to_vec(), &limits()) else {
        return;
    };
    if book.format == FileFormat::Csv {
        let text = decode_text(data).expect("it was read");
        let fields = |delimiter: u8| {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(delimiter)
                .from_reader(text.as_bytes());
            let records = reader.records().map(|record| record.expect("a record"));
            records
                .map(|record| record.iter().filter(|field| !field.trim().is_empty()).count())
                .sum::<usize>()
        };
        let found = book.sheets[0].cells.len();
        assert!(found == fields(b',') || found == fields(b'\t'));
    }
    through(&book, &LAYOUT);
});
