//! What a form bears so that it is known again: properties, a printed ID, names of cells.

use rust_xlsxwriter::{DocProperties, Workbook};

use crate::model::{
    Book, CellRef, FieldName, FormId, Handout, HandoutItem, Period, SentBack, layout_version,
    plan_code,
};

use super::super::draft::Draft;
use super::super::{WriteError, properties};

/// Excel's limit for the text of a property.
const LONGEST: usize = 255;
/// So many fingerprints go into one property.
const ANSWERS: usize = 25;

/// The identity of a department's forms.
pub(super) struct Identity {
    period: Period,
    plan: String,
    properties: Vec<(String, String)>,
}

impl Identity {
    /// The identity of the forms of a book.
    pub(super) fn new(book: &Book, handout: &Handout, sent: Option<&SentBack>) -> Self {
        let layout = &book.layout;
        let plan = book.cover.plan.as_deref();
        let numbers: Vec<String> = handout
            .items
            .iter()
            .map(|item| item.number.to_string())
            .collect();
        let mut identity = Self {
            period: book.period,
            plan: plan_code(plan, layout),
            properties: Vec::new(),
        };
        let version = layout_version(layout);
        let own = [
            ("torimatome_plan", plan.unwrap_or("").to_owned()),
            ("torimatome_period", identity.of(0).period_code()),
            ("torimatome_items", numbers.join(",")),
            ("torimatome_layout", format!("{}/{version}", layout.id)),
            ("torimatome_department", handout.department.clone()),
        ];
        let own = own.map(|(name, value)| (name.to_owned(), value));
        identity.properties.extend(own);
        let answers = sent.map_or(&[][..], |sent| &sent.answers);
        for (at, some) in answers.chunks(ANSWERS).enumerate() {
            let name = format!("torimatome_answers{}", at + 1);
            identity.properties.push((name, some.join(",")));
        }
        identity
    }

    /// The ID of an item's sheet; of a sheet beside the items under the number 0.
    pub(super) fn of(&self, item: u32) -> FormId {
        FormId {
            period: self.period,
            item,
            plan: self.plan.clone(),
        }
    }

    /// The properties of the workbook; what is too long for one is left out, the sheets say it too.
    pub(super) fn properties(&self, book: &Book) -> DocProperties {
        let plan = book.cover.plan.as_deref().unwrap_or("");
        let period = book.layout.period_words(book.period);
        let title = format!("{plan} {} {period}", book.layout.document);
        let mut all = properties(title.trim());
        for (name, value) in &self.properties {
            let (value, _) = super::text::clean(value);
            if !value.is_empty() && value.encode_utf16().count() <= LONGEST {
                all = all.set_custom_property(name.as_str(), value.as_str());
            }
        }
        all
    }

    /// Gives the cells of a form that matter their names.
    pub(super) fn name_cells(
        &self,
        workbook: &mut Workbook,
        item: &HandoutItem,
        draft: &Draft,
        period: Period,
    ) -> Result<(), WriteError> {
        let id = self.of(item.number);
        for placed in &draft.cells {
            let Some(name) = placed.piece.entry.and_then(|entry| name(entry, period)) else {
                continue;
            };
            let target = absolute(&draft.name, placed.range.first);
            workbook.define_name(id.cell_name(&name), &target)?;
        }
        Ok(())
    }
}

/// The name of a field's cell in ASCII; `None` for a field that needs none.
fn name(entry: FieldName, period: Period) -> Option<String> {
    match entry {
        FieldName::Number => Some("number".to_owned()),
        FieldName::Title => Some("title".to_owned()),
        FieldName::Actual { kpi, year } if year == period.year => {
            Some(format!("kpi_{}_actual", kpi + 1))
        }
        FieldName::Grade => Some("grade".to_owned()),
        FieldName::FurtherGrade { axis } => Some(format!("grade_{}", axis + 1)),
        FieldName::Comment => Some("comment".to_owned()),
        FieldName::Action => Some("action".to_owned()),
        FieldName::Priority
        | FieldName::Departments
        | FieldName::Content
        | FieldName::Effects
        | FieldName::Activity { .. }
        | FieldName::Phase { .. }
        | FieldName::ScheduleNote { .. }
        | FieldName::KpiName { .. }
        | FieldName::Baseline { .. }
        | FieldName::Actual { .. }
        | FieldName::Target { .. }
        | FieldName::KpiNote { .. }
        | FieldName::Plan { .. }
        | FieldName::FirstHalf { .. }
        | FieldName::SecondHalf { .. }
        | FieldName::Footnote { .. } => None,
    }
}

/// `='取組1'!$C$2`
fn absolute(sheet: &str, cell: CellRef) -> String {
    let address = cell.to_string();
    let digits = address
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(address.len());
    let (column, row) = address.split_at(digits);
    format!("='{}'!${column}${row}", sheet.replace('\'', "''"))
}
