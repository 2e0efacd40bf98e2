//! Every way in which a file was seen to mislead a reader, by number, and the cases that try it.
//!
//! The numbers are those of the study of what the libraries do with hostile files. A row says what
//! must be; where the program does something else, it says why that is right. Each name is one of a
//! case of this suite, or `file::test` for a test that stands elsewhere: a row cannot name what is
//! not there, and each case belongs to a row.

/// A row: its number, what the file holds and what must come of it, the cases.
type Row = (&'static str, &'static str, &'static [&'static str]);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    // Packages.
    ("1", "10 GiB of blanks in a sheet: refused, the part is named",
        &["ten gigabytes of blanks in a sheet", "ten gigabytes of blanks in a sheet that says it is small",
          "limits::a_bomb_is_refused_before_it_is_unpacked"]),
    ("2", "a shared text of 4 GiB, 10 GiB in one attribute: refused",
        &["one shared text of four gigabytes", "ten gigabytes in one attribute", "a gigabyte in the shared texts",
          "a text of two million bytes"]),
    ("3", "50 million cells in 2 MB: refused at the limit of cells; a million are read",
        &["eleven million cells", "a million empty cells", "a table of eleven million fields"]),
    ("4", "1 GiB of blanks in the styles: refused", &["a gigabyte of blanks in the styles"]),
    // A picture that says it is small is read over: nothing of it is ever unpacked, and to look
    // whether it tells the truth would cost what the limit is to save.
    ("5", "10 GiB in a picture, 100,000 entries, 2,000 overlapping entries: refused",
        &["a gigabyte in a picture", "ten gigabytes in a picture that says it is small", "sixty thousand entries",
          "a thousand entries", "two thousand overlapping entries"]),
    ("6", "a declared size that is not true: refused",
        &["a size that is too small", "a size that is too large", "a wrong checksum", "a form made by hand"]),
    ("7", "a sheet twice, also but for case: refused",
        &["a sheet twice", "a sheet twice but for case", "two names of one entry", "one part for two sheets"]),
    ("8", "a name or a target above the package: refused",
        &["a name above the package", "a target above the package"]),
    ("8a", "encrypted parts, methods that workbooks do not use, a zip in a zip: refused",
        &["an encrypted part", "a part packed by another method", "a zip in a zip"]),
    // Files.
    ("9", "a named pipe: refused unopened", &["a named pipe"]),
    // A folder is walked, whatever it is called: what lies in it is collected.
    ("10", "devices, folders, empty files, other formats: refused in a plain sentence",
        &["a link to an endless device", "a link to nothing", "a file of two gigabytes", "an empty file", "one byte",
          "a page", "a pdf", "a picture", "noise", "an owner file", "the end of a zip alone", "a document of Word",
          "a csv called xlsx", "a table of nothing known", "a table of ten thousand cells", "a quote that never ends",
          "damaged::an_owner_file_is_passed_over_and_counted"]),
    ("11", "a workbook under another extension: its content decides",
        &["an xlsx called xls", "an xlsx called xlsb", "an xlsx called ods", "an xlsx called csv"]),
    ("12", "a password: refused, and called a password",
        &["a password", "a password called xls", "an encrypted xls"]),
    // XML.
    ("13", "entities that grow, entities from outside: refused",
        &["billion laughs", "an entity from outside", "an unknown entity"]),
    ("14", "a document type alone: refused", &["a document type alone"]),
    ("15", "a million nested elements: refused at the depth; ninety are read",
        &["a million nested elements", "ninety nested elements"]),
    ("16", "a count of shared texts of 2^63-1: refused", &["a count of 2^63-1"]),
    ("17", "a count of shared texts of 10^8, 10^10: refused", &["a count of 10^8", "a count of 10^10"]),
    ("18", "a shared formula of a number that none has: refused; others are read",
        &["a shared formula of 2^40", "a shared formula of 10^8", "a shared formula"]),
    // Addresses.
    ("19", "A1 and XFD1048576: read, and told",
        &["a cell in the last corner", "a format in the last corner", "an xls with a cell in a corner"]),
    ("20", "5,000 rows and a cell in XFD: read, and told",
        &["five thousand rows and a value in XFD", "five thousand rows and a cell in XFD"]),
    ("21", "a stray cell in Z1048576: read, and told", &["a stray cell in Z1048576"]),
    ("22", "an address that wraps: refused, the cell is named",
        &["the cell ZZZZZZZ1", "the cell A99999999999999999999"]),
    ("23", "A4294967297: refused", &["the cell A4294967297"]),
    ("24", "outside the grid: refused",
        &["the cell XFE1", "the cell A1048577", "seventeen thousand columns", "more rows than a sheet has"]),
    ("25", "a reversed extent or merge: passed over, the cells are read",
        &["a reversed extent", "a reversed merge"]),
    // Merges that do not overlap say nothing false, however many: there is nothing to do about them
    // but to keep them out of the output, where no merge of an input goes.
    ("26", "overlapping merges: told; 500,000 others: read",
        &["ten thousand overlapping merges", "a merge over the year's values", "a merge twice",
          "five hundred thousand merges", "read::merges_that_overlap_or_make_no_sense_are_left_out"]),
    // Cells.
    ("27", "a number in CDATA or with references: the cell is told, not read",
        &["a number in CDATA", "a number with a reference", "a number"]),
    ("28", "a comment within a number: the cell is told, not read", &["a number with a comment"]),
    ("29", "a text number that is none: the cell is told, no other text is read",
        &["the text number -1", "the text number abc", "the text number +1", "the text number with blanks",
          "the text number of nobody"]),
    ("30", "a formula's text in CDATA: read", &["a result in CDATA"]),
    ("31", "two values in a cell: told, neither is read", &["two values", "two kinds of value"]),
    ("32", "a second block of cells, rows behind it, a choice of contents: refused",
        &["a second block of cells", "a row behind the cells", "a choice of contents"]),
    ("33", "a misspelt block of cells, a sheet in UTF-16: refused",
        &["a misspelt block of cells", "a sheet in UTF-16"]),
    ("34", "the workbook's part is not found: refused", &["no workbook", "no sheet"]),
    ("35", "an attribute twice: refused",
        &["an attribute twice", "a tag that does not end", "two roots", "text behind the root"]),
    ("36", "A1 twice: told, the first is read", &["the same cell twice"]),
    ("37", "two sheets of one name: refused", &["two sheets of one name"]),
    ("38", "a formula without a stored value: told", &["a formula without a result"]),
    ("39", "new errors, unknown types, extensions in a cell, the truth 2: the cell is told, the sheet is read",
        &["an error of Excel", "a spilled error", "an error that waits", "an error of tomorrow", "an unknown type",
          "an extension in the cell", "the truth 2"]),
    // An unknown state hides nothing: the sheet is read as one that shows, and nothing is to be done.
    ("40", "a sheet of Excel 4 macros: told; a sheet of an unknown state: read",
        &["a sheet of macros", "a sheet of an unknown state", "read::macro_sheets_are_told_and_the_rest_is_read"]),
    ("41", "NaN, INF, 1e309, 400 digits: told, never a number",
        &["not a number", "without end", "too large", "four hundred digits"]),
    // S10 tells of the cell wherever it stands; K01 would only where a number is expected.
    ("42", "1,5, 0x10, --1 without a type: read as the text that they are, and told",
        &["a decimal comma", "a number in sixteens", "two signs", "a decimal comma in what says it is a number"]),
    ("43", "18 digits: told with all of them; a fraction has as many as it has",
        &["eighteen digits", "sixteen digits of a fraction"]),
    ("44", "serials that are no date: told; 1904: counted from there",
        &["the date serial 0", "the date serial 60", "the date serial -1", "the date serial 2958466",
          "the date serial 1e300", "a date that counts from 1904"]),
    // Texts.
    ("45", "texts over 32,767, control characters, NUL: told, and never written",
        &["a text of 32,767 characters", "a text of 32,768 characters", "an escaped NUL",
          "an escaped NUL in a comment", "a control character in a comment", "a NUL as it is", "an escaped break",
          "an escape that is text", "write::texts_too_long_for_a_cell_are_refused_by_name"]),
    ("46", "half a character: told", &["half a character in a comment", "half a character"]),
    ("47", "texts that begin as formulas do: texts, in the output too",
        &["a text that begins a formula", "a text with a plus", "a text with a minus", "a text with an at",
          "a text with a tab", "a text that begins with a carriage return", "a full-width formula",
          "markup of the shared texts", "write::ugly_texts_survive_and_every_part_is_well_formed",
          "output::reports_are_guarded_like_the_workbook"]),
    ("48", "what could act: told, and nothing of it in the output",
        &["macros", "macros that no relation names", "a name that runs by itself", "a link to another workbook",
          "a link that starts a program", "an object by a link", "a formula of DDE", "a formula that fetches",
          "a formula that calls a program", "connections", "an embedded object", "a control that is a program",
          "a link of a script", "a link to a shared folder", "a link to a page",
          "hostile::nothing_that_acts_reaches_the_merged_workbook"]),
    ("49", "10,000 sheets: refused over 1,000, or over the plan's number",
        &["ten thousand sheets", "official::a_plan_has_as_many_sheets_as_its_items_explain"]),
    // Other formats.
    ("50", "an ods that ends inside a table: refused", &["an ods that ends in a table", "a form as ods"]),
    ("51", "90 million repeated cells: refused",
        &["ninety million repeated cells", "a long text in a hundred thousand cells"]),
    // A value that stands in more cells than may be read is refused by the limit of cells, which is
    // told with its number; where nothing stands in them, nothing is lost.
    ("52", "repeats of 2^31, 2^63: told",
        &["a text repeated 2^31 times", "a text repeated 2^63 times", "empty rows without end"]),
    ("53", "notes, hidden rows, text in boxes: told",
        &["sidecar::notes_are_quoted_with_their_author_and_equal_ones_once",
          "sidecar::hidden_entries_are_read_and_named_and_hidden_memos_only_named",
          "sidecar::shapes_are_quoted_and_arrows_over_the_schedule_are_counted"]),
    // Damage.
    ("54", "a copy that broke off: refused",
        &["cut at a tenth", "cut at the half", "cut by one byte", "an xls cut in its header",
          "an xls cut at the half", "damage::a_copy_that_broke_off_is_refused_at_every_length",
          "damage::an_old_workbook_that_broke_off_is_refused_or_read_whole"]),
    ("55", "a flipped bit: the same content or an error; without a checksum, S14 says that nobody can tell",
        &["damage::a_flipped_bit_gives_the_same_content_or_a_named_error",
          "damage::files_without_a_checksum_never_break_the_reader"]),
    // Outputs.
    ("56", "killed, two at once, a full disk, no permission, open in Excel: the old file is whole",
        &["output::a_run_that_is_killed_at_any_moment_leaves_the_old_file_or_the_new_one",
          "output::of_two_runs_at_once_each_writes_a_whole_file_or_says_why_not",
          "output::a_full_disk_loses_nothing", "output::a_folder_in_which_nobody_may_write_is_told",
          "output::an_output_that_is_open_in_excel_is_left_alone"]),
    ("57", "the same damage in a plan: refused; in the previous workbook: told",
        &["official::a_plan_of_which_a_cell_cannot_be_read_is_refused",
          "official::what_cannot_be_read_of_the_previous_workbook_is_told"]),
];

/// Tells whether a test stands in a file of this folder or the one above.
fn is_test(name: &str) -> bool {
    let Some((file, test)) = name.split_once("::") else {
        return false;
    };
    let tests = crate::program::root().join("tests");
    let text = match file {
        "hostile" => std::fs::read_to_string(tests.join("hostile/active.rs")),
        file => std::fs::read_to_string(tests.join(format!("{file}.rs"))),
    };
    text.is_ok_and(|text| text.contains(&format!("fn {test}(")))
}

#[test]
fn every_row_is_tried_and_every_case_belongs_to_one() {
    let cases: Vec<&str> = crate::every_case().iter().map(|case| case.name).collect();
    let named: Vec<&str> = TABLE
        .iter()
        .flat_map(|(_, _, names)| *names)
        .copied()
        .collect();
    for (number, _, names) in TABLE {
        assert!(!names.is_empty(), "{number}");
    }
    for name in &named {
        assert!(cases.contains(name) || is_test(name), "there is no {name}");
        assert_eq!(
            named.iter().filter(|other| *other == name).count(),
            1,
            "{name}"
        );
    }
    for case in &cases {
        assert!(named.contains(case), "{case} belongs to no row");
        assert_eq!(
            cases.iter().filter(|other| *other == case).count(),
            1,
            "{case}"
        );
    }
}
