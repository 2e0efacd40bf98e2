//! The phases of an activity, each merged over its years.

use crate::model::{Activity, FiscalYear, Place};

use super::draft::Piece;
use super::style::Styles;

/// A phase's cell before it is drawn: the first and the last year, the text and its places.
struct Span<'p> {
    first: usize,
    last: usize,
    text: String,
    origins: Vec<&'p Place>,
}

/// The cells of an activity's years; years without a phase stay blank.
///
/// Phases that share a year cannot both be merged over it: the later one takes what is left of its
/// years, and where nothing is left its text follows in the other's cell.
pub(super) fn phases(
    activity: &Activity,
    years: &[FiscalYear],
    shares: &[(u16, u16)],
    styles: &Styles,
) -> Vec<Piece> {
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
    let pieces = spans.into_iter().map(|span| {
        let column = shares[span.first].0;
        let end = shares[span.last].0 + shares[span.last].1;
        let field = years[span.first].short();
        let mut piece = Piece::new(column, end - column, styles.centred(), &field, span.text);
        piece.origins.extend(span.origins.into_iter().cloned());
        piece
    });
    pieces.collect()
}
