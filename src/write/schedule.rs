//! The phases of an activity, each merged over its years.

use crate::model::height::is_one_line;
use crate::model::text::is_dash;
use crate::model::{Activity, FiscalYear, Place};

use super::draft::Piece;
use super::item::Drawing;
use super::style::{Arrow, Dress};

/// A phase's cell before it is drawn: the first and the last year, the text and its places.
struct Span<'p> {
    first: usize,
    last: usize,
    text: String,
    origins: Vec<&'p Place>,
}

impl Drawing<'_> {
    /// The cells of an activity's years; years without a phase stay blank.
    pub(super) fn phases(&self, activity: &Activity, shares: &[(u16, u16)]) -> Vec<Piece> {
        let pieces = spans(activity, &self.years).into_iter().map(|span| {
            let column = shares[span.first].0;
            let columns = shares[span.last].0 + shares[span.last].1 - column;
            let field = self.years[span.first].short();
            let dress = self.pointing(&span.text, columns);
            let mut piece = Piece::new(column, columns, dress, &field, span.text);
            piece.origins.extend(span.origins.into_iter().cloned());
            piece
        });
        pieces.collect()
    }

    /// A phase points to its end; a dash and a blank year point nowhere.
    fn pointing(&self, text: &str, columns: u16) -> Dress {
        if text.trim().is_empty() || is_dash(text) {
            return self.styles.centred();
        }
        let dress = self.styles.middle();
        let pixels = u32::from(columns) * self.layout.item_column();
        let whole = format!("{text}{}", Arrow::Line.shown());
        let arrow = match is_one_line(&whole, pixels, &self.styles.face(dress)) {
            true => Arrow::Line,
            false => Arrow::Head,
        };
        Dress { arrow, ..dress }
    }
}

/// The phases of an activity by the years they have to themselves, and the years without one.
///
/// Phases that share a year cannot both be merged over it: the later one takes what is left of its
/// years, and where nothing is left its text follows in the other's cell.
fn spans<'p>(activity: &'p Activity, years: &[FiscalYear]) -> Vec<Span<'p>> {
    let mut spans: Vec<Span<'_>> = Vec::new();
    let mut owner: Vec<Option<usize>> = vec![None; years.len()];
    for phase in activity
        .phases
        .iter()
        .filter(|phase| !phase.text.is_blank())
    {
        let within = |year: &FiscalYear| *year >= phase.from && *year <= phase.to.max(phase.from);
        let Some(first) = years.iter().position(within) else {
            continue;
        };
        let last = years.iter().rposition(within).unwrap_or(first);
        let place = phase.text.place.as_ref();
        match (first..=last).find(|at| owner[*at].is_none()) {
            Some(free) => {
                let end = (free..=last)
                    .take_while(|at| owner[*at].is_none())
                    .last()
                    .unwrap_or(free);
                owner[free..=end].fill(Some(spans.len()));
                spans.push(Span {
                    first: free,
                    last: end,
                    text: phase.text.text().to_owned(),
                    origins: place.into_iter().collect(),
                });
            }
            None => {
                if let Some(span) = owner[first].and_then(|at| spans.get_mut(at)) {
                    span.text.push('\n');
                    span.text.push_str(phase.text.text());
                    span.origins.extend(place);
                }
            }
        }
    }
    for (at, owned) in owner.iter().enumerate() {
        if owned.is_none() {
            let blank = activity.phases.iter().find(|phase| phase.from == years[at]);
            spans.push(Span {
                first: at,
                last: at,
                text: String::new(),
                origins: blank
                    .and_then(|phase| phase.text.place.as_ref())
                    .into_iter()
                    .collect(),
            });
        }
    }
    spans.sort_by_key(|span| span.first);
    spans
}
