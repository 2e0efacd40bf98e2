//! CSV: a text with commas or tabs, each field a cell where a spreadsheet program would show it.

use std::collections::BTreeMap;

use crate::model::text::printable;
use crate::model::{Cell, CellRef, FileFormat, Grid, LAST_COLUMN, LAST_ROW, Stored, Workbook};

use super::budget::Budget;
use super::error::{Problem, ReadError};
use super::limited::Limited;
use super::limits::{Limits, fits_a_cell};

/// The name of the only sheet: a CSV file has none.
const SHEET: &str = "CSV";

/// Reads the fields of a decoded text.
pub(super) fn workbook(name: &str, text: &str, limits: &Limits) -> Result<Workbook, ReadError> {
    let delimiter = delimiter(text);
    let budget = Budget::new(limits);
    budget.take(text.len() as u64)?;
    let outline = Outline::of(text.as_bytes(), delimiter);
    if outline.ends_in_quotes {
        return Err(ReadError::broken("", Problem::Quotes));
    }
    // A record is held in memory whole: one that no sheet can hold is not begun.
    if outline.most_fields > LAST_COLUMN + 1 {
        let first = CellRef::new(outline.widest, LAST_COLUMN + 1);
        return Err(ReadError::broken("", Problem::Address(first.to_string())));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut grid = Grid::new(name, SHEET);
    let mut record = csv::StringRecord::new();
    let (mut row, mut fields) = (0, 0);
    loop {
        // The reader passes over empty lines; a spreadsheet program counts them.
        let at = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        row += empty_lines(text.as_bytes(), at);
        let more = reader.read_record(&mut record);
        if !more.map_err(|_| ReadError::broken("", Problem::Reader))? {
            break;
        }
        fields += record.len();
        if fields > limits.cells {
            return Err(ReadError::over(Limited::Cells, limits.cells as u64, None));
        }
        fill(&mut grid, row, &record, &budget)?;
        row += 1;
    }
    Ok(Workbook {
        format: FileFormat::Csv,
        sheets: vec![grid],
        modified: None,
        properties: BTreeMap::new(),
        damaged: Vec::new(),
        active: Vec::new(),
    })
}

/// Puts a record's fields into a row.
fn fill(
    grid: &mut Grid,
    row: u32,
    record: &csv::StringRecord,
    budget: &Budget,
) -> Result<(), ReadError> {
    for (column, field) in (0..).zip(record) {
        if field.trim().is_empty() {
            continue;
        }
        let cell = CellRef::new(row, column);
        if row > LAST_ROW || column > LAST_COLUMN {
            let address = Problem::Address(cell.to_string());
            return Err(ReadError::broken("", address));
        }
        let text = printable(field);
        fits_a_cell(&text, SHEET, cell)?;
        budget.cells(1, text.len())?;
        let stored = Stored::Text;
        grid.cells.insert(cell, Cell { text, stored });
    }
    Ok(())
}

/// Comma or tab: the one that parts the first line with either into more fields.
fn delimiter(text: &str) -> u8 {
    let count = |line: &str, sign: char| line.matches(sign).count();
    let line = text.lines().find(|line| line.contains([',', '\t']));
    let line = line.unwrap_or_default();
    // A comma within a text is more common than a tab.
    if count(line, '\t') >= count(line, ',') && line.contains('\t') {
        b'\t'
    } else {
        b','
    }
}

/// How many empty lines begin at a place, the end of the line before it left out.
fn empty_lines(bytes: &[u8], at: usize) -> u32 {
    let (before, mut rest) = bytes.split_at(at.min(bytes.len()));
    if let (Some(b'\r'), [b'\n', behind @ ..]) = (before.last(), rest) {
        rest = behind;
    }
    let mut count = 0;
    while let [end @ (b'\r' | b'\n'), behind @ ..] = rest {
        rest = match (end, behind) {
            (b'\r', [b'\n', behind @ ..]) => behind,
            (_, behind) => behind,
        };
        count += 1;
    }
    count
}

/// What one look at a table tells before a record of it is read.
#[derive(Debug, Default)]
struct Outline {
    /// A quoted field never ends: every line after it would be part of one cell.
    ends_in_quotes: bool,
    /// The most fields of a record.
    most_fields: u32,
    /// The line that has them.
    widest: u32,
}

impl Outline {
    fn of(bytes: &[u8], delimiter: u8) -> Self {
        let mut outline = Self::default();
        let (mut quoted, mut begins) = (false, true);
        let (mut fields, mut line) = (1u32, 0u32);
        for byte in bytes {
            match byte {
                // A doubled quote closes and opens again, which comes to the same.
                b'"' if quoted || begins => (quoted, begins) = (!quoted, quoted),
                _ if quoted => {}
                b'\r' | b'\n' => {
                    begins = true;
                    line = line.saturating_add(u32::from(*byte == b'\n'));
                    fields = 1;
                }
                byte => {
                    begins = *byte == delimiter;
                    fields = fields.saturating_add(u32::from(begins));
                    if fields > outline.most_fields {
                        (outline.most_fields, outline.widest) = (fields, line);
                    }
                }
            }
        }
        outline.ends_in_quotes = quoted;
        outline
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Workbook {
        workbook("回収.zip/総務課.csv", text, &Limits::default()).unwrap()
    }

    fn cells(book: &Workbook) -> Vec<(String, &str)> {
        let cells = &book.sheets[0].cells;
        cells
            .iter()
            .map(|(cell, content)| (cell.to_string(), content.text.as_str()))
            .collect()
    }

    #[test]
    fn fields_stand_where_a_spreadsheet_program_shows_them() {
        let book = read("a,b\r\n\r\n\n1,\"x\r\n\"\"y\"\", z\"\r\n,,　\r\n\"\",2\r\n");
        let expected = [
            ("A1", "a"),
            ("B1", "b"),
            ("A4", "1"),
            ("B4", "x\n\"y\", z"),
            ("B6", "2"),
        ];
        let expected = expected.map(|(cell, text)| (cell.to_owned(), text));
        assert_eq!(cells(&book), expected);
        assert_eq!(book.sheets[0].source.sheet, "CSV");
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn every_field_is_a_cell_and_no_cell_is_anything_else(text in "[ab,\"\r\n\t　]{0,40}") {
            let delimiter = delimiter(&text);
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(delimiter)
                .from_reader(text.as_bytes());
            let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            let widest = records.iter().map(csv::StringRecord::len).max().unwrap_or(0);
            let outline = Outline::of(text.as_bytes(), delimiter);
            if let Ok(book) = workbook("a.csv", &text, &Limits::default()) {
                let fields = records.iter().flatten();
                let filled = fields.filter(|field| !field.trim().is_empty()).count();
                proptest::prop_assert_eq!(book.sheets[0].cells.len(), filled);
                if widest > 1 {
                    proptest::prop_assert_eq!(outline.most_fields as usize, widest);
                }
            } else {
                proptest::prop_assert!(outline.ends_in_quotes);
            }
        }
    }

    #[test]
    fn tabs_and_commas_are_told_apart_by_the_first_line() {
        assert_eq!(cells(&read("a\tb, c\n1\t2"))[1].1, "b, c");
        assert_eq!(cells(&read("題\na,b\tc,d\n"))[2].1, "b\tc");
    }

    #[test]
    fn rows_of_any_length_are_read() {
        let book = read("a,b,c\n1,2\n3,4,5,6\n7\n");
        let cells: Vec<String> = cells(&book).into_iter().map(|(cell, _)| cell).collect();
        let expected = ["A1", "B1", "C1", "A2", "B2", "A3", "B3", "C3", "D3", "A4"];
        assert_eq!(cells, expected);
    }

    #[test]
    fn a_quote_that_never_ends_is_refused() {
        for text in ["a,\"b\n1,2\n", "a,b\n\"1\"\",2\n"] {
            let error = workbook("a.csv", text, &Limits::default()).unwrap_err();
            assert_eq!(error, ReadError::broken("", Problem::Quotes), "{text}");
        }
        for text in ["a,b\"\n1,2\n", "a,5\" x\n", "\"a\",\"\"\n"] {
            assert!(
                workbook("a.csv", text, &Limits::default()).is_ok(),
                "{text}"
            );
        }
    }

    #[test]
    fn the_limits_hold() {
        let limits = Limits {
            cells: 3,
            ..Limits::default()
        };
        assert!(workbook("a.csv", "1,2\n3,4\n", &limits).is_err());
        let small = Limits {
            memory: 300,
            ..Limits::default()
        };
        assert!(workbook("a.csv", "1,2\n", &small).is_ok());
        assert!(workbook("a.csv", "1,2,3\n", &small).is_err());
        let columns = |count: usize| format!("a,b\n{}1\n", "1,".repeat(count - 1));
        let read = |text: &str| workbook("a.csv", text, &Limits::default());
        assert!(read(&columns(16_384)).is_ok());
        let error = read(&columns(16_385)).unwrap_err();
        let address = Problem::Address("XFE2".to_owned());
        assert_eq!(error, ReadError::broken("", address));
        let long = format!("a,b\n1,{}\n", "あ".repeat(32_768));
        let error = workbook("a.csv", &long, &Limits::default()).unwrap_err();
        assert!(matches!(error, ReadError::LongText { ref cell, .. } if cell == "B2"));
    }
}
