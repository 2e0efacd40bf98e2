//! 様式ID: what a form bears so that it is known again whatever becomes of its file's name.

use sha2::{Digest, Sha256};

use super::text::{fold, is_space, name_key};
use super::{FiscalYear, Half, Layout, Period};

/// How a 様式ID begins.
const LEAD: &str = "様式ID";
/// The character at its beginning, which has no other width or shape.
const LEAD_BEGINS: char = '様';
/// How the names of a form's cells begin.
const NAME: &str = "tm_";
/// Characters of a code.
const CODE: usize = 4;

/// 様式ID: the plan, the period and the item that a form was made for.
///
/// It is printed as `様式ID R5H2-03-a1b2-3f9a`: period, item, the code of plan and layout, and a check
/// code over all of it and over the words that stand with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormId {
    /// The period.
    pub period: Period,
    /// 取組番号; 0 for a sheet beside the items.
    pub item: u32,
    /// The code of plan and layout ([`plan_code`]).
    pub plan: String,
}

/// The code of a plan and of a layout in its present wording: four hexadecimal digits.
pub fn plan_code(plan: Option<&str>, layout: &Layout) -> String {
    let plan = name_key(plan.unwrap_or(""));
    code(&[&plan, &layout.id, &layout_version(layout)])
}

/// The code of the labels that a layout writes: it changes when the form that is drawn does.
pub fn layout_version(layout: &Layout) -> String {
    let labels = &layout.labels;
    let written = [
        &labels.number,
        &labels.priority,
        &labels.title,
        &labels.departments,
        &labels.content,
        &labels.effects,
        &labels.schedule,
        &labels.activity,
        &labels.schedule_year,
        &labels.kpi,
        &labels.kpi_year,
        &labels.baseline,
        &labels.actual,
        &labels.target,
        &labels.status,
        &labels.plan,
        &labels.first_half,
        &labels.second_half,
        &labels.check,
        &labels.action,
    ];
    let written: Vec<String> = written.iter().map(|label| fold(label.plain())).collect();
    code(&written.iter().map(String::as_str).collect::<Vec<_>>())
}

impl FormId {
    /// What is printed on a sheet; `words` stand with it in the cell, or are all that the sheet says.
    pub fn printed(&self, words: &str) -> String {
        format!("{LEAD} {}-{}", self.stem(), self.check(words))
    }

    /// What the sheet of an item bears: the ID, and below it the words that stand with it.
    pub fn in_cell(&self, words: &str) -> String {
        match words {
            "" => self.printed(""),
            words => format!("{}\n{words}", self.printed(words)),
        }
    }

    /// Tells whether a text begins like a printed ID.
    pub fn begins(text: &str) -> bool {
        // Most cells begin otherwise, and folding is what costs.
        let text = text.trim_start_matches(is_space);
        if !text.starts_with(LEAD_BEGINS) {
            return false;
        }
        let first = text.lines().next().unwrap_or("");
        fold(first).strip_prefix(LEAD).is_some_and(|rest| {
            let rest = rest.trim_start_matches(':');
            rest.starts_with(|c: char| c.is_ascii_alphanumeric())
        })
    }

    /// Reads what the sheet of an item bears; `None` where a character of it was changed.
    pub fn of_cell(text: &str) -> Option<Self> {
        let (line, words) = text.trim().split_once('\n').unwrap_or((text.trim(), ""));
        Self::of_line(line, words)
    }

    /// Reads a printed ID; `None` where it does not belong to the words, or was changed.
    pub fn of_line(line: &str, words: &str) -> Option<Self> {
        let folded = fold(line);
        let rest = folded.strip_prefix(LEAD)?.trim_start_matches(':');
        let (stem, check) = rest.rsplit_once('-')?;
        let id = Self::of_stem(stem)?;
        (check.to_ascii_lowercase() == id.check(words)).then_some(id)
    }

    /// The name of a cell of the form: `tm_a1b2_r5h2_03_number`.
    pub fn cell_name(&self, cell: &str) -> String {
        let period = self.period_code().to_ascii_lowercase();
        format!("{NAME}{}_{period}_{:02}_{cell}", self.plan, self.item)
    }

    /// Reads the name of a cell, and what the cell is.
    pub fn of_name(name: &str) -> Option<(Self, &str)> {
        let rest = name.strip_prefix(NAME)?;
        let (plan, rest) = rest.split_once('_')?;
        let (period, rest) = rest.split_once('_')?;
        let (item, cell) = rest.split_once('_')?;
        let id = Self::of_stem(&format!("{period}-{item}-{plan}"))?;
        Some((id, cell))
    }

    /// The period as it stands in an ID: `R5H2`.
    pub fn period_code(&self) -> String {
        let half = match self.period.half {
            Half::First => "H1",
            Half::Second => "H2",
        };
        format!("{}{half}", self.period.year)
    }

    fn stem(&self) -> String {
        format!("{}-{:02}-{}", self.period_code(), self.item, self.plan)
    }

    fn of_stem(stem: &str) -> Option<Self> {
        let mut parts = stem.split('-');
        let (period, item, plan) = (parts.next()?, parts.next()?, parts.next()?);
        let is_code = plan.len() == CODE && plan.bytes().all(|b| b.is_ascii_hexdigit());
        let is_number = !item.is_empty() && item.bytes().all(|b| b.is_ascii_digit());
        if !is_code || !is_number || parts.next().is_some() {
            return None;
        }
        let (year, half) = FiscalYear::prefix(period)?;
        Some(Self {
            period: Period {
                year,
                half: Half::parse(half)?,
            },
            item: item.parse().ok()?,
            plan: plan.to_ascii_lowercase(),
        })
    }

    fn check(&self, words: &str) -> String {
        code(&[&self.stem(), &fold(words)])
    }
}

/// Four hexadecimal digits that change with every word.
pub(super) fn code(parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\n").as_bytes());
    let code: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    code[..CODE].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> FormId {
        FormId {
            period: Period::parse("R5下").unwrap(),
            item: 3,
            plan: "a1b2".to_owned(),
        }
    }

    #[test]
    fn what_is_printed_reads_back_in_any_width() {
        for words in ["", "共管：総務課、企画政策課"] {
            let printed = id().in_cell(words);
            assert!(printed.starts_with("様式ID R5H2-03-a1b2-"), "{printed}");
            assert!(FormId::begins(&printed));
            assert_eq!(FormId::of_cell(&printed), Some(id()));
            let wide = printed.replace("R5H2", "Ｒ５Ｈ２").replace(" ", "　");
            assert_eq!(FormId::of_cell(&wide), Some(id()), "{wide}");
        }
    }

    #[test]
    fn what_was_changed_is_no_id() {
        let printed = id().in_cell("");
        for changed in [
            printed.replace("-03-", "-05-"),
            printed.replace("H2", "H1"),
            printed.replace("a1b2", "a1b3"),
            format!("{printed}\n5月に再提出"),
            format!("{printed}5月に再提出"),
        ] {
            assert!(FormId::begins(&changed));
            assert_eq!(FormId::of_cell(&changed), None, "{changed}");
        }
        for other in ["", "様式", "様式IDを確かめること", "取組番号", "様式ID"] {
            assert!(!FormId::begins(other), "{other}");
            assert_eq!(FormId::of_cell(other), None, "{other}");
        }
    }

    #[test]
    fn names_of_cells_read_back() {
        let name = id().cell_name("number");
        assert_eq!(name, "tm_a1b2_r5h2_03_number");
        assert_eq!(FormId::of_name(&name), Some((id(), "number")));
        for other in ["tm_", "Print_Area", "tm_a1b2_r5_03_number", "tm_x_r5h2_3_n"] {
            assert_eq!(FormId::of_name(other), None, "{other}");
        }
    }

    #[test]
    fn another_plan_or_wording_has_another_code() {
        let layout: Layout = toml::from_str(include_str!("../../templates/ojiya-r4.toml")).unwrap();
        let other: Layout =
            toml::from_str(include_str!("../../templates/hoshikawa-r4.toml")).unwrap();
        let code = plan_code(Some("行政改革実施計画"), &layout);
        assert_eq!(code, plan_code(Some("行政改革 実施計画"), &layout));
        assert_ne!(code, plan_code(Some("総合計画"), &layout));
        assert_ne!(code, plan_code(Some("行政改革実施計画"), &other));
    }
}
