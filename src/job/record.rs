//! `点検記録.toml`: the findings of a run, to tell next time what is new and what was resolved.
//!
//! Only `check --remember` writes it, and it may be deleted at any time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{CellRef, Change, Finding, Period, Resolved};

const HEADING: &str = "# 点検結果の記録です。次の点検で、新規・継続・解消を示すために使います。\n\
                       # check --remember が書き換えます。削除しても差し支えありません。\n\n";

/// 点検記録: the findings of an earlier run.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    #[serde(rename = "期")]
    period: String,
    #[serde(rename = "点検結果", default)]
    findings: Vec<Remembered>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
struct Remembered {
    #[serde(rename = "規則")]
    rule: String,
    #[serde(rename = "取組番号", skip_serializing_if = "Option::is_none")]
    item: Option<u32>,
    #[serde(rename = "課", skip_serializing_if = "Option::is_none")]
    department: Option<String>,
    #[serde(rename = "場所", default, skip_serializing_if = "String::is_empty")]
    at: String,
    #[serde(rename = "セル", default, skip_serializing_if = "Vec::is_empty")]
    cells: Vec<String>,
    #[serde(rename = "内容")]
    message: String,
}

impl Record {
    /// Makes the record of a run's findings.
    pub fn of(findings: &[Finding], period: Period) -> Self {
        Self {
            period: period.to_string(),
            findings: findings.iter().map(Remembered::of).collect(),
        }
    }

    /// The record as text; `None` if it cannot be written as TOML.
    pub fn to_toml(&self) -> Option<String> {
        let text = toml::to_string(self).ok()?;
        Some(format!("{HEADING}{text}"))
    }

    /// Reads the text of a record; `None` where it is damaged, which does no harm.
    pub fn parse(text: &str) -> Option<Self> {
        toml::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()
    }

    /// Tells whether the record is of this period: what was found in another one tells nothing.
    pub fn is_of(&self, period: Period) -> bool {
        Period::parse(&self.period) == Some(period)
    }

    /// Marks each finding as new or still open, and gives what is gone.
    ///
    /// A finding is still open if one of the same rule and item was there at one of its cells,
    /// whatever it said. What was found in an item that was not returned now is not resolved: nobody
    /// could look.
    pub fn compare(
        &self,
        findings: &mut [Finding],
        is_returned: &dyn Fn(u32) -> bool,
    ) -> Vec<Resolved> {
        let mut seen = vec![false; self.findings.len()];
        let mut known: BTreeMap<(&str, Option<u32>), Vec<usize>> = BTreeMap::new();
        for (at, before) in self.findings.iter().enumerate() {
            known
                .entry((&before.rule, before.item))
                .or_default()
                .push(at);
        }
        for finding in findings {
            let now = Remembered::of(finding);
            let mut change = Change::New;
            let alike = known.get(&(finding.code, finding.item));
            for at in alike.into_iter().flatten() {
                if self.findings[*at].is_still(&now) {
                    seen[*at] = true;
                    change = Change::StillOpen;
                }
            }
            finding.change = Some(change);
        }
        let gone = self.findings.iter().zip(seen).filter(|(_, seen)| !seen);
        gone.map(|(before, _)| before)
            .filter(|before| before.item.is_none_or(is_returned))
            .map(Remembered::resolved)
            .collect()
    }
}

impl Remembered {
    fn of(finding: &Finding) -> Self {
        let place = finding.place.as_ref();
        let at = place.map(ToString::to_string);
        Self {
            rule: finding.code.to_owned(),
            item: finding.item,
            department: finding.department.clone(),
            at: at.or_else(|| finding.file.clone()).unwrap_or_default(),
            cells: finding.cells.iter().map(CellRef::to_string).collect(),
            message: finding.message.clone(),
        }
    }

    /// Tells whether this is the same finding as one of its rule and item now.
    fn is_still(&self, now: &Self) -> bool {
        let same_cells = match (self.cells.is_empty(), now.cells.is_empty()) {
            (true, true) => true,
            (true, false) | (false, true) => false,
            (false, false) => self.cells.iter().any(|cell| now.cells.contains(cell)),
        };
        // Cells of different files have the same addresses: an item has one form, a file many.
        let same_place =
            self.item.is_some() || (self.at == now.at && self.department == now.department);
        same_place && same_cells
    }

    fn resolved(&self) -> Resolved {
        Resolved {
            code: self.rule.clone(),
            item: self.item,
            department: self.department.clone(),
            at: self.at.clone(),
            message: self.message.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Level, Place, Source};
    use std::sync::Arc;

    fn period() -> Period {
        Period::parse("R5下").unwrap()
    }

    fn finding(code: &'static str, item: Option<u32>, file: &str, cells: &[&str]) -> Finding {
        let source = Arc::new(Source {
            file: file.to_owned(),
            sheet: "取組1".to_owned(),
        });
        let cells: Vec<CellRef> = cells
            .iter()
            .filter_map(|cell| CellRef::parse(cell))
            .collect();
        let place = cells.first().map(|cell| Place {
            source,
            cell: *cell,
        });
        Finding {
            code,
            level: Level::Error,
            item,
            department: Some("総務課".to_owned()),
            file: place.is_none().then(|| file.to_owned()),
            place,
            cells,
            found: None,
            expected: None,
            message: format!("「{code}」です\n二行目"),
            remedy: String::new(),
            acknowledged: None,
            change: None,
            beside: Vec::new(),
            asked: None,
        }
    }

    #[test]
    fn a_record_reads_back_as_it_was_written() {
        let findings = [
            finding("S03", None, "壊れた.xlsx", &[]),
            finding("K03", Some(5), "総務課.xlsx", &["E24", "H24"]),
        ];
        let record = Record::of(&findings, period());
        let text = record.to_toml().unwrap();
        assert!(text.starts_with('#'), "{text}");
        assert_eq!(Record::parse(&text).unwrap(), record);
        assert_eq!(Record::parse("期 = "), None);
        assert!(record.is_of(period()));
        assert!(!record.is_of(Period::parse("R5上").unwrap()));
    }

    #[test]
    fn findings_are_new_still_open_or_resolved() {
        let before = [
            finding("K03", Some(5), "総務課.xlsx", &["E24", "H24"]),
            finding("N03", Some(5), "総務課.xlsx", &["I24"]),
            finding("S04", None, "総務課.xlsx", &["A1"]),
            finding("S04", None, "市民課.xlsx", &["A1"]),
            finding("S01", None, "", &[]),
            finding("N03", Some(7), "総務課.xlsx", &["I24"]),
        ];
        let record = Record::of(&before, period());
        let mut now = [
            finding("K03", Some(5), "総務課（再提出）.xlsx", &["H24"]),
            finding("K03", Some(6), "総務課.xlsx", &["E24"]),
            finding("S04", None, "市民課.xlsx", &["A1"]),
            finding("S01", None, "", &[]),
        ];
        let resolved = record.compare(&mut now, &|item| item != 7);
        let changes = now.map(|finding| finding.change.unwrap());
        use Change::{New, StillOpen};
        assert_eq!(changes, [StillOpen, New, StillOpen, StillOpen]);
        let gone: Vec<_> = resolved
            .iter()
            .map(|one| (one.code.as_str(), one.at.as_str()))
            .collect();
        assert_eq!(
            gone,
            [
                ("N03", "総務課.xlsx「取組1」!I24"),
                ("S04", "総務課.xlsx「取組1」!A1")
            ]
        );
    }
}
