//! Which KPI of a return is which KPI of the plan.

use super::likeness::ALIKE;
use crate::model::text::name_key;
use crate::model::{Field, Kpi, KpiMatch, KpiYear, Text};

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
                (kpi.baseline.value, kpi.baseline.raw) = (value, Some(raw));
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

/// Pairs KPIs by name, the rest by likeness; every KPI of either side is in the result once.
pub(super) fn matches(plan: &[Kpi], returned: &[Kpi]) -> Vec<KpiMatch> {
    let plan_keys: Vec<String> = plan.iter().map(|kpi| name_key(kpi.name.text())).collect();
    let keys: Vec<String> = returned
        .iter()
        .map(|kpi| name_key(kpi.name.text()))
        .collect();
    let mut partner: Vec<Option<(usize, bool)>> = vec![None; plan.len()];
    let mut free: Vec<bool> = vec![true; returned.len()];
    for (at, key) in plan_keys.iter().enumerate() {
        if let Some(found) = (0..keys.len()).find(|other| free[*other] && keys[*other] == *key) {
            partner[at] = Some((found, false));
            free[found] = false;
        }
    }
    let mut likely = Vec::new();
    for at in (0..plan.len()).filter(|at| partner[*at].is_none()) {
        for other in (0..keys.len()).filter(|other| free[*other]) {
            let likeness = strsim::normalized_levenshtein(&plan_keys[at], &keys[other]);
            if likeness >= ALIKE {
                likely.push((likeness, at, other));
            }
        }
    }
    likely.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    for (_, at, other) in likely {
        if partner[at].is_none() && free[other] {
            partner[at] = Some((other, true));
            free[other] = false;
        }
    }
    let paired = partner.iter().enumerate().map(|(at, found)| KpiMatch {
        plan: Some(at),
        returned: found.map(|(other, _)| other),
        renamed: found.is_some_and(|(_, renamed)| renamed),
    });
    let added = (0..keys.len())
        .filter(|other| free[*other])
        .map(|other| KpiMatch {
            plan: None,
            returned: Some(other),
            renamed: false,
        });
    paired.chain(added).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Field, Text};

    fn pairs(plan: &[&str], returned: &[&str]) -> Vec<(Option<usize>, Option<usize>, bool)> {
        let kpis = |names: &[&str]| -> Vec<Kpi> {
            names
                .iter()
                .map(|name| Kpi {
                    name: Text::from_raw(Some(name), None),
                    baseline: Field::blank(None),
                    years: Vec::new(),
                    notes: Vec::new(),
                })
                .collect()
        };
        matches(&kpis(plan), &kpis(returned))
            .into_iter()
            .map(|one| (one.plan, one.returned, one.renamed))
            .collect()
    }

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

    #[test]
    fn names_pair_in_any_order_and_width() {
        assert_eq!(
            pairs(
                &["ＡＩの導入数", "研修参加者数"],
                &["研修 参加者数", "AIの導入数(※1)"]
            ),
            [(Some(0), Some(1), false), (Some(1), Some(0), false)]
        );
    }

    #[test]
    fn a_likely_rename_is_paired_and_said_so() {
        assert_eq!(
            pairs(&["研修参加者数"], &["研修への参加者数"]),
            [(Some(0), Some(0), true)]
        );
    }

    #[test]
    fn what_is_missing_and_what_was_added_stand_alone() {
        assert_eq!(
            pairs(&["研修参加者数"], &["協定の締結"]),
            [(Some(0), None, false), (None, Some(0), false)]
        );
    }
}
