//! The lower half of an item's sheet: 実施状況, 評価, 改善事項, 脚注.

use crate::model::text::is_dash;
use crate::model::{FieldName, Label, Text};

use super::draft::{Band, NEVER, Piece};
use super::item::{BEFORE_BLOCK, Drawing, IN_BLOCK};
use super::style::{Down, Dress};

/// What a page break before the 実施状況 costs: the best place of all.
const BEFORE_STATUS: u32 = 0;
/// Lines that a blank entry is high.
const BLANK_LINES: u32 = 3;

impl Drawing<'_> {
    pub(super) fn status(&self) -> Vec<Band> {
        let labels = &self.layout.labels;
        let widths = self.layout.item.status_widths();
        let starts = [0, widths[0], widths[0] + widths[1]];
        let names = [&labels.plan, &labels.first_half, &labels.second_half].map(Label::plain);
        // Without halves the column in the middle has no width, and is none.
        let columns: Vec<usize> = (0..3).filter(|at| widths[*at] > 0).collect();
        let columns = || columns.iter().copied();
        let head = columns().map(|at| self.label(starts[at], widths[at], names[at]));
        let mut bands = vec![
            self.heading(BEFORE_STATUS, &labels.status.written(self.period.year)),
            Band::new(NEVER, head.collect()),
        ];
        let due = [self.nobody, self.nobody, self.due_at_year_end()];
        let mut cost = NEVER;
        for (row_at, row) in self.official.status.iter().enumerate() {
            let fields = [&row.plan, &row.first_half, &row.second_half];
            // In a filler or a supplementary row nothing is due.
            let entry = !row.plan.is_blank() && !is_dash(row.plan.text())
                || fields.iter().all(|field| field.is_blank());
            let names_of_row = [
                FieldName::Plan { row: row_at },
                FieldName::FirstHalf { row: row_at },
                FieldName::SecondHalf { row: row_at },
            ];
            let pieces = columns().map(|at| {
                let dress = self.filler_or_text(fields[at]);
                self.text(starts[at], widths[at], dress, fields[at])
                    .named(names[at])
                    .of(names_of_row[at])
                    .missing_if(entry && due[at] && fields[at].is_blank())
            });
            let band = Band::new(cost, pieces.collect());
            let blank = fields.iter().all(|field| field.is_blank());
            bands.push(if blank {
                band.at_least(self.blank_height())
            } else {
                band
            });
            cost = IN_BLOCK;
        }
        for _ in self.official.status.len()..usize::from(self.layout.item.least_rows) {
            let pieces = columns().map(|at| self.empty(starts[at], widths[at]).missing_if(due[at]));
            bands.push(Band::new(cost, pieces.collect()).at_least(self.blank_height()));
            cost = IN_BLOCK;
        }
        bands
    }

    pub(super) fn assessment(&self) -> Vec<Band> {
        if !self.layout.axes.is_empty() {
            return self.assessment_by_axes();
        }
        let labels = &self.layout.labels;
        let all = self.layout.item.columns;
        let columns = self.layout.item.grade_columns;
        let official = self.official;
        let due = self.due_at_year_end();
        let (check, action) = (labels.check.plain(), labels.action.plain());
        let grade = Piece::new(
            0,
            columns,
            self.styles.centred(),
            check,
            official.grade.text(),
        )
        .from(official.grade.place.as_ref())
        .of(FieldName::Grade)
        .missing_if(due && official.grade.is_blank());
        let entry = |column, columns, field: &Text, label, name| {
            self.text(column, columns, self.styles.middle(), field)
                .named(label)
                .of(name)
                .missing_if(due && field.is_blank())
        };
        let name = FieldName::Comment;
        let comment = entry(columns, all - columns, &official.comment, check, name);
        let action_text = entry(0, all, &official.action, action, FieldName::Action);
        let least = |field: &Text| {
            if field.is_blank() {
                self.blank_height()
            } else {
                0
            }
        };
        vec![
            self.heading(BEFORE_BLOCK, check),
            Band::new(NEVER, vec![grade, comment]).at_least(least(&official.comment)),
            self.heading(BEFORE_BLOCK, action),
            Band::new(NEVER, vec![action_text]).at_least(least(&official.action)),
        ]
    }

    pub(super) fn footnotes(&self) -> Vec<Band> {
        let columns = self.layout.item.columns;
        let notes = self.official.footnote_cells().enumerate();
        let notes = notes.map(|(line, cell)| {
            let dress = Dress {
                down: Down::Centre,
                ..self.styles.plain(-10)
            };
            let piece = self.text(0, columns, dress, cell).named("脚注");
            let piece = piece.of(FieldName::Footnote { line });
            Band::new(BEFORE_BLOCK, vec![piece])
        });
        notes.collect()
    }

    pub(super) fn blank_height(&self) -> u32 {
        self.lines_height(BLANK_LINES)
    }

    /// The height of some lines of text.
    pub(super) fn lines_height(&self, lines: u32) -> u32 {
        let face = self.styles.face(self.styles.text());
        (face.pitch() * f64::from(lines)) as u32
    }

    /// A filler dash stands in the middle, as the office sets it.
    fn filler_or_text(&self, field: &Text) -> Dress {
        if is_dash(field.text()) {
            self.styles.centred()
        } else {
            self.styles.text()
        }
    }
}
