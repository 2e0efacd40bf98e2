//! The lists of the drop-downs, on a hidden sheet: in the validation itself a list ends at 255
//! characters, and a comma in a choice makes two of it.

use rust_xlsxwriter::{Formula, Workbook};

use crate::model::CellRef;

use super::super::style::Styles;
use super::super::text::Canvas;
use super::super::{WriteError, WrittenSheet};

/// The sheet's name; one that begins so is a list wherever it is read.
const NAME: &str = "_lists";

/// The lists that were asked for, each in a column of its own.
#[derive(Debug, Default)]
pub(super) struct Choices {
    lists: Vec<Vec<String>>,
}

impl Choices {
    /// The formula of a list; the same list is kept once.
    pub(super) fn list(&mut self, choices: Vec<String>) -> Formula {
        let at = match self.lists.iter().position(|known| *known == choices) {
            Some(at) => at,
            None => {
                self.lists.push(choices);
                self.lists.len() - 1
            }
        };
        let letters = CellRef::new(0, at as u32).to_string();
        let letters = letters.trim_end_matches('1');
        let last = self.lists.get(at).map_or(1, Vec::len);
        Formula::new(format!("={NAME}!${letters}$1:${letters}${last}"))
    }

    /// Writes the sheet, where a list was asked for.
    pub(super) fn write(
        &self,
        workbook: &mut Workbook,
        styles: &Styles,
    ) -> Result<Option<WrittenSheet>, WriteError> {
        if self.lists.is_empty() {
            return Ok(None);
        }
        let base = styles.base().clone();
        let sheet = workbook.add_worksheet();
        sheet.set_name(NAME)?;
        sheet.set_hidden(true);
        let mut canvas = Canvas::new(sheet, &base, NAME);
        for (column, list) in (0..).zip(&self.lists) {
            for (row, choice) in (0..).zip(list) {
                canvas.put(CellRef::new(row, column).into(), choice, &base, "選択肢")?;
            }
        }
        Ok(Some(canvas.finish()))
    }
}
