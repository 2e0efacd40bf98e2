//! A list of findings to be worked through: 対応 offers what can be said; what is done fades.

use rust_xlsxwriter::{Color, ConditionalFormatFormula, DataValidation, Format, Workbook};

use super::{Draft, HEAD_ROWS, Part, columns};
use crate::model::{CellRef, Finding};
use crate::write::WriteError;
use crate::write::text::column;

/// What can be said of a finding in 対応.
const DONE: [&str; 3] = ["済", "対応中", "対応不要"];

/// The cells of a list that are ticked off.
pub(in crate::write) struct Ticked {
    sheet: String,
    first: CellRef,
    last: CellRef,
}

impl Ticked {
    /// Finds them on a list that stands in a workbook of its own; none where nothing was found.
    pub(in crate::write) fn new(list: &Draft, found: &[Finding]) -> Option<Self> {
        if found.is_empty() {
            return None;
        }
        let columns = columns(found, false);
        let done = columns
            .iter()
            .position(|(part, _, _)| *part == Part::Done)?;
        Some(Self {
            sheet: list.name.clone(),
            first: CellRef::new(HEAD_ROWS, u32::try_from(done).ok()?),
            last: list.last(),
        })
    }

    /// Adds the choices and the fading to the sheet that was written.
    pub(in crate::write) fn add(&self, workbook: &mut Workbook) -> Result<(), WriteError> {
        let sheet = workbook.worksheet_from_name(&self.sheet)?;
        let (row, last) = (self.first.row, self.last);
        let offered = DataValidation::new()
            .allow_list_strings(&DONE)?
            // Offered, not demanded: an office has words of its own.
            .show_error_message(false);
        let done = column(self.first);
        sheet.add_data_validation(row, done, last.row, done, &offered)?;
        let letters = self.first.to_string();
        let letters = letters.trim_end_matches(|c: char| c.is_ascii_digit());
        let formula = format!(
            "=OR(${letters}{n}=\"{}\",${letters}{n}=\"{}\")",
            DONE[0],
            DONE[2],
            n = row + 1
        );
        let faded = Format::new().set_font_color(Color::RGB(0x0080_8080));
        let condition = ConditionalFormatFormula::new()
            .set_rule(formula.as_str())
            .set_format(faded);
        sheet.add_conditional_format(row, 0, last.row, column(last), &condition)?;
        Ok(())
    }
}
