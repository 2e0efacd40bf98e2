//! Sheets of one item by their rows; every cell is where the form has it.

use std::sync::Arc;

use crate::model::{
    Activity, CellRef, Field, FiscalYear, Footnote, ItemSheet, Kpi, KpiYear, Measure, Phase, Place,
    Quantity, Return, Source, StatusRow, Text,
};

pub(super) const R5: FiscalYear = FiscalYear(2023);

pub(super) struct Form(pub ItemSheet);

impl Form {
    /// A form with nothing entered.
    pub(super) fn new(file: &str) -> Self {
        let source = Arc::new(Source {
            file: file.to_owned(),
            sheet: "取組1".to_owned(),
        });
        let form = Self(ItemSheet::blank(source, CellRef::new(0, 0)));
        form.below(0)
    }

    /// The same form with its lower cells moved down.
    pub(super) fn below(mut self, rows: u32) -> Self {
        self.0.title = self.text(1, 2, "研修の充実");
        self.0.content = self.text(3, 2, "研修を行う");
        self.0.effects = self.text(4, 2, "力が付く");
        self.0.grade = Field::blank(self.place(40 + rows, 0));
        self.0.comment = self.text(40 + rows, 3, "");
        self.0.action = self.text(42 + rows, 0, "");
        self
    }

    pub(super) fn place(&self, row: u32, column: u32) -> Option<Place> {
        let source = Arc::clone(&self.0.source);
        let cell = CellRef::new(row, column);
        Some(Place { source, cell })
    }

    pub(super) fn text(&self, row: u32, column: u32, text: &str) -> Text {
        Text::from_raw(Some(text), self.place(row, column))
    }

    pub(super) fn status(mut self, row: u32, texts: [&str; 3]) -> Self {
        let [plan, first, second] = texts;
        let row = StatusRow {
            plan: self.text(row, 0, plan),
            first_half: self.text(row, 4, first),
            second_half: self.text(row, 8, second),
        };
        self.0.status.push(row);
        self
    }

    pub(super) fn kpi(mut self, row: u32, name: &str, actual: &str) -> Self {
        let place = self.place(row, 6);
        let number = actual.trim_end_matches('件').parse();
        let quantity = number.map(|value| Quantity {
            value,
            unit: "件".into(),
            qualifier: None,
            bound: None,
            label: None,
        });
        let actual = match (actual, quantity) {
            ("", _) => Field::blank(place),
            (raw, Ok(quantity)) => Field::known(Measure::Quantity(quantity), raw, place),
            (raw, Err(_)) => Field::unreadable(raw, place),
        };
        self.0.kpis.push(Kpi {
            name: self.text(row, 0, name),
            baseline: Field::blank(self.place(row, 0)),
            years: vec![KpiYear {
                year: R5,
                actual: Some(actual),
                target: None,
            }],
            notes: Vec::new(),
        });
        self
    }

    pub(super) fn comment(mut self, text: &str) -> Self {
        self.0.comment = Text::from_raw(Some(text), self.0.comment.place);
        self
    }

    pub(super) fn action(mut self, text: &str) -> Self {
        self.0.action = Text::from_raw(Some(text), self.0.action.place);
        self
    }

    pub(super) fn footnote(mut self, row: u32, notes: &[(&str, &str)]) -> Self {
        let cell: Vec<String> = notes
            .iter()
            .map(|(mark, text)| format!("{mark} {text}"))
            .collect();
        let cell = self.text(row, 0, &cell.join("\n"));
        let notes = notes.iter().map(|(mark, text)| Footnote {
            mark: (*mark).to_owned(),
            term: None,
            text: (*text).to_owned(),
            cell: cell.clone(),
        });
        self.0.footnotes.extend(notes);
        self
    }

    pub(super) fn phases(mut self, row: u32, phases: &[(u16, u16, &str)]) -> Self {
        let activity = Activity {
            name: self.text(row, 0, "研修"),
            phases: phases
                .iter()
                .map(|(from, to, text)| Phase {
                    from: FiscalYear(*from),
                    to: FiscalYear(*to),
                    text: self.text(row, u32::from(*from), text),
                })
                .collect(),
        };
        self.0.schedule.push(activity);
        self.0.has_spans = phases.iter().any(|(from, to, _)| from < to);
        self
    }

    pub(super) fn from(self, hands: &[&str]) -> Return {
        Return {
            sheet: self.0,
            modified: None,
            departments: hands.iter().map(|name| (*name).to_owned()).collect(),
            named: None,
            answers: Vec::new(),
        }
    }
}
