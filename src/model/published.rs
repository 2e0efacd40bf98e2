//! Values of earlier years that stand as they were published: no department is asked about them.

use super::likeness::content_key;
use super::{Book, BookItem, Field, Finding, Place};

impl Book {
    /// Tells whether a finding about values (N, K) shows in nothing but actuals of earlier years that
    /// say what the previous workbook says: they are the office's, and locked in the forms.
    pub fn is_as_published(&self, finding: &Finding) -> bool {
        let of_values = finding.code.starts_with(['N', 'K']);
        let Some(first) = finding.place.as_ref().filter(|_| of_values) else {
            return false;
        };
        let mut items = self.items.iter();
        let item = items.find(|item| Some(item.number()) == finding.item);
        item.is_some_and(|item| {
            finding.cells.iter().all(|cell| {
                let place = Place {
                    source: first.source.clone(),
                    cell: *cell,
                };
                self.stands_as_published(item, &place)
            })
        })
    }

    fn stands_as_published(&self, item: &BookItem, place: &Place) -> bool {
        let Some(sheet) = item.returned() else {
            return false;
        };
        let kpis = item.matches.iter().filter_map(|pair| {
            let plan = pair.plan.and_then(|at| item.plan.kpis.get(at));
            Some((sheet.kpis.get(pair.returned?)?, plan))
        });
        let mut published = kpis.flat_map(|(kpi, plan)| {
            let before = item.published(kpi, plan);
            let earlier = kpi.years.iter();
            let earlier = earlier.filter(|values| values.year < self.period.year);
            earlier.filter_map(move |values| {
                let before = before?.year(values.year)?.actual.as_ref()?;
                Some((values.actual.as_ref()?, before))
            })
        });
        published.any(|(actual, before)| {
            let key = |field: &Field<_>| content_key(field.text());
            actual.place.as_ref() == Some(place) && !before.is_blank() && key(actual) == key(before)
        })
    }
}
