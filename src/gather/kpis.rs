//! KPIs of a return that were read as notes.

use crate::model::text::name_key;
use crate::model::{Field, Kpi, KpiYear, Text};

/// Makes KPIs of notes that are a KPI's name in the plan, and of none on the sheet: where merges
/// were lost, nothing on a sheet tells a name without any value from a note.
pub(super) fn from_notes(plan: &[Kpi], returned: &mut Vec<Kpi>) {
    let known: Vec<String> = returned
        .iter()
        .map(|kpi| name_key(kpi.name.text()))
        .collect();
    let lost = |kpi: &&Kpi| {
        let key = name_key(kpi.name.text());
        !key.is_empty() && !known.contains(&key)
    };
    let mut lost: Vec<&Kpi> = plan.iter().filter(lost).collect();
    let mut at = 0;
    while at < returned.len() {
        let notes = returned[at].notes.iter().enumerate();
        let found = notes.into_iter().find_map(|(line, note)| {
            let (of, split) = lost
                .iter()
                .enumerate()
                .find_map(|(of, kpi)| Some((of, named(kpi, note)?)))?;
            Some((line, of, split))
        });
        if let Some((line, of, (name, baseline))) = found {
            let mut notes = returned[at].notes.split_off(line);
            let note = notes.remove(0);
            let blank =
                |field: &Option<_>| field.as_ref().map(|_| Field::blank(note.place.clone()));
            let years = returned[at].years.iter().map(|values| KpiYear {
                year: values.year,
                actual: blank(&values.actual),
                target: blank(&values.target),
            });
            let mut kpi = Kpi {
                name: Text::from_raw(Some(&name), note.place.clone()),
                baseline: Field::blank(note.place.clone()),
                years: years.collect(),
                notes,
            };
            if let Some(raw) = baseline {
                let value = lost[of].baseline.value.clone();
                (kpi.baseline.value, kpi.baseline.raw) = (value, Some(raw.into()));
            }
            lost.remove(of);
            returned.insert(at + 1, kpi);
        }
        at += 1;
    }
}

/// Splits a note that is a KPI's name, and perhaps its baseline on the lines below.
fn named(kpi: &Kpi, note: &Text) -> Option<(String, Option<String>)> {
    let key = name_key(kpi.name.text());
    let lines: Vec<&str> = note.text().trim().lines().collect();
    let split = (1..=lines.len()).find(|at| name_key(&lines[..*at].concat()) == key)?;
    let (name, raw) = (lines[..split].join("\n"), lines[split..].join("\n"));
    match raw.trim() {
        "" => Some((name, None)),
        raw => {
            let same = name_key(raw) == name_key(kpi.baseline.text());
            same.then(|| (name, Some(raw.to_owned())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_that_is_a_kpi_s_name_in_the_plan_is_that_kpi() {
        let text = |text: &str| Text::from_raw(Some(text), None);
        let kpi = |name: &str, baseline: &str, notes: &[&str]| Kpi {
            name: text(name),
            baseline: match baseline {
                "" => Field::blank(None),
                raw => Field::unreadable(raw, None),
            },
            years: Vec::new(),
            notes: notes.iter().map(|note| text(note)).collect(),
        };
        let plan = [
            kpi("参加者数", "", &[]),
            kpi("派遣者数", "5人", &[]),
            kpi("回数", "", &[]),
        ];
        let notes = [
            "内訳は別紙",
            "派遣\n者数\n５人",
            "うち2人は短期",
            "回数について",
        ];
        let mut returned = vec![kpi("参加者数", "", &notes)];
        from_notes(&plan, &mut returned);
        let read: Vec<(&str, &str, Vec<&str>)> = returned
            .iter()
            .map(|kpi| {
                let notes = kpi.notes.iter().map(|note| note.text());
                (kpi.name.text(), kpi.baseline.text(), notes.collect())
            })
            .collect();
        assert_eq!(
            read,
            [
                ("参加者数", "", vec!["内訳は別紙"]),
                ("派遣\n者数", "５人", vec!["うち2人は短期", "回数について"]),
            ]
        );
        // A name that another KPI of the sheet has, or another baseline, is a note.
        let mut returned = vec![kpi("派遣者数", "", &["派遣者数", "回数\n3回"])];
        from_notes(&plan, &mut returned);
        assert_eq!(returned.len(), 1);
    }
}
