//! The 評価【Check】 of a layout with several axes: a label and a grade each, the comment beside them.

use crate::model::{Field, FieldName};

use super::draft::{Band, NEVER, Piece};
use super::item::{BEFORE_BLOCK, Drawing};

impl Drawing<'_> {
    pub(super) fn assessment_by_axes(&self) -> Vec<Band> {
        let (labels, item) = (&self.layout.labels, &self.layout.item);
        let (check, action) = (labels.check.plain(), labels.action.plain());
        let (label, grade) = (item.axis_columns, item.grade_columns);
        let axes = &self.layout.axes;
        let official = self.official;
        let due = self.due_at_year_end();
        let mut grades = official.grades();
        let mut pieces = Vec::new();
        for (storey, axis) in axes.iter().enumerate() {
            let name = axis.label.plain();
            pieces.push(self.label(0, label, name).on(storey, 1));
            let field = grades.next();
            let text = field.map_or("", Field::text);
            let centred = self.styles.centred();
            let piece = Piece::new(label, grade, centred, &self.layout.grade_name(storey), text)
                .from(field.and_then(|field| field.place.as_ref()))
                .of(match storey {
                    0 => FieldName::Grade,
                    axis => FieldName::FurtherGrade { axis },
                })
                .missing_if(due && field.is_none_or(Field::is_blank))
                .on(storey, 1);
            pieces.push(piece);
        }
        let middle = self.styles.middle();
        let comment = self
            .text(
                label + grade,
                item.comment_columns(),
                middle,
                &official.comment,
            )
            .named(check)
            .of(FieldName::Comment)
            .missing_if(due && official.comment.is_blank())
            .on(0, axes.len());
        pieces.push(comment);
        let entries = Band {
            storeys: axes.len(),
            ..Band::new(NEVER, pieces)
        };
        let least = |blank: bool| if blank { self.blank_height() } else { 0 };
        let each = least(official.comment.is_blank()).div_ceil(axes.len() as u32);
        let action_text = self
            .text(0, item.columns, middle, &official.action)
            .named(action)
            .of(FieldName::Action)
            .missing_if(due && official.action.is_blank());
        vec![
            self.heading(BEFORE_BLOCK, check),
            entries.at_least(each),
            self.heading(BEFORE_BLOCK, action),
            Band::new(NEVER, vec![action_text]).at_least(least(official.action.is_blank())),
        ]
    }
}
