//! Baselines (基準値): an as-of date or year, and a value.

use crate::model::text::strip_marks;
use crate::model::{AsOf, Baseline};

use super::date::as_of;
use super::glyph::{enclosed, is_close, is_open, leading_bracket, narrow, trailing_bracket};
use super::measure::measure;
use super::words::Joint;

/// Words that announce a baseline, longest first.
pub(super) const LEADS: [&str; 7] = [
    "基準年度",
    "基準年",
    "基準値",
    "現状値",
    "当初値",
    "現状",
    "基準",
];
/// Words between the date and the value, longest first.
const TAILS: [&str; 14] = [
    "の実績値",
    "の実績",
    "実績値",
    "実績",
    "現在",
    "時点",
    "当初",
    "末日",
    "末",
    "決算",
    "現況",
    "値",
    "で",
    "は",
];

/// Reads a raw baseline; `None` where its value cannot be read for certain.
///
/// ```
/// # use torimatome::model::{AsOf, FiscalYear};
/// # use torimatome::parse::baseline;
/// let read = baseline("令和３年度実績：３０件").unwrap();
/// assert_eq!(read.as_of, Some(AsOf::Year(FiscalYear(2021))));
/// ```
pub fn baseline(raw: &str) -> Option<Baseline> {
    let text = strip_marks(&narrow(raw));
    let text = text.trim();
    let text = enclosed(text).unwrap_or(text);
    if let Some(heading) = Heading::read(text) {
        let rest = heading.rest.trim();
        let measure = measure(rest).or_else(|| measure(enclosed(rest)?))?;
        let as_of = heading.as_of;
        return Some(Baseline { as_of, measure });
    }
    if let Some((value, inner)) = trailing_bracket(text)
        && let Some(heading) = Heading::read(inner)
        && heading.rest.is_empty()
        && let Some(measure) = measure(value)
    {
        let as_of = heading.as_of;
        return Some(Baseline { as_of, measure });
    }
    let measure = measure(text)?;
    Some(Baseline {
        as_of: None,
        measure,
    })
}

/// What stands before a baseline's value: `基準値(R4.3.31現在)：`.
pub(super) struct Heading<'a> {
    /// The date or year.
    pub(super) as_of: Option<AsOf>,
    /// Whether 基準値 or its like was written.
    pub(super) announced: bool,
    /// How the value is joined.
    pub(super) joint: Joint,
    /// The value's text.
    pub(super) rest: &'a str,
}

impl<'a> Heading<'a> {
    /// Reads a heading; `None` where neither a date nor an announcing word begins the text.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let (announced, text) = match announcement(text) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (joint, mut rest) = joined(text);
        if announced && let Some(inner) = enclosed(rest) {
            rest = inner;
        }
        if let Some((date, behind)) = dated(rest) {
            let (joint, rest) = joined(behind);
            return Some(Self {
                as_of: Some(date),
                announced,
                joint,
                rest,
            });
        }
        // 基準値5件: a figure parts as well.
        let parted = joint != Joint::Direct || rest.starts_with(|c: char| c.is_ascii_digit());
        (announced && parted).then_some(Self {
            as_of: None,
            announced,
            joint,
            rest,
        })
    }
}

/// How a rest is joined to what stood before it, brackets parting as white space does.
fn joined(text: &str) -> (Joint, &str) {
    let parts = |c: char| ":=".contains(c) || c.is_whitespace() || is_close(c);
    let rest = text.trim_start_matches(parts);
    let between = &text[..text.len() - rest.len()];
    if between.contains([':', '=']) {
        return (Joint::Colon, rest);
    }
    if between.is_empty() && !rest.starts_with(is_open) {
        return (Joint::Direct, rest);
    }
    (Joint::Gap, rest)
}

/// Takes 基準値 or its like off; of a bracket around it the closing one stays, for it parts.
fn announcement(text: &str) -> Option<&str> {
    let word = match leading_bracket(text) {
        Some((inner, _)) if LEADS.contains(&inner.trim()) => text.trim_start_matches(is_open),
        Some(_) | None => text,
    };
    let word = word.trim_start();
    let rest = LEADS.iter().find_map(|lead| word.strip_prefix(lead))?;
    // A closing bracket that was not opened before the word is no separator of ours.
    let opened = text.starts_with(is_open);
    (opened || !rest.starts_with(is_close)).then_some(rest)
}

/// Takes a date with its tail off, bare or in brackets: `R3年度末`, `(R4.3.31現在)`.
fn dated(text: &str) -> Option<(AsOf, &str)> {
    let Some((inner, rest)) = leading_bracket(text) else {
        return bare_date(text);
    };
    let (found, behind) = bare_date(inner.trim())?;
    // The closing bracket is handed on, for it parts the date from what follows.
    let closed = &text[..text.len() - rest.len()];
    let (at, _) = closed.char_indices().next_back()?;
    behind.is_empty().then_some((found, &text[at..]))
}

fn bare_date(text: &str) -> Option<(AsOf, &str)> {
    let (found, length) = as_of(text)?;
    let mut rest = &text[length..];
    while let Some(behind) = tail(rest).or_else(|| again(found, rest)) {
        rest = behind;
    }
    Some((found, rest))
}

/// Takes the same year in other words off: `R3年度末(R4.3.31)`, `R3年度(2021年度)`.
fn again(found: AsOf, text: &str) -> Option<&str> {
    let (inner, rest) = leading_bracket(text.trim_start())?;
    let (other, length) = as_of(inner.trim())?;
    let whole = ["", "現在", "時点", "末"].contains(&&inner.trim()[length..]);
    (whole && other.fiscal_year() == found.fiscal_year()).then_some(rest)
}

fn tail(text: &str) -> Option<&str> {
    let text = text.trim_start();
    if let Some((inner, rest)) = leading_bracket(text)
        && TAILS.contains(&inner.trim())
    {
        return Some(rest);
    }
    TAILS.iter().find_map(|tail| text.strip_prefix(tail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FiscalYear, Measure, Qualifier};

    fn read(raw: &str) -> (Option<AsOf>, String) {
        let Baseline { as_of, measure } = baseline(raw).unwrap_or_else(|| panic!("{raw}"));
        let shown = match measure {
            Measure::Quantity(quantity) => format!(
                "{}{}{}{}",
                quantity.label.unwrap_or_default(),
                quantity.qualifier.map_or("", Qualifier::label),
                quantity.value,
                quantity.unit
            ),
            Measure::Compound(parts) => format!("{} parts", parts.len()),
            Measure::AsNeeded => "as needed".to_owned(),
            Measure::Milestone(milestone) => milestone.text.to_string(),
            Measure::Nothing(_) => "nothing".to_owned(),
        };
        (as_of, shown)
    }

    #[test]
    fn baselines_in_every_spelling() {
        let year = Some(AsOf::Year(FiscalYear(2021)));
        let day = Some(AsOf::Date(2022, 3, Some(31)));
        for (raw, as_of, shown) in [
            ("R3年度：0か所", year, "0か所"),
            ("R3：0か所", year, "0か所"),
            ("R3 0か所", year, "0か所"),
            ("令和３年度実績：３０件", year, "30件"),
            ("令和3年度の実績値 30件", year, "30件"),
            ("2021年度：30件", year, "30件"),
            ("R3年度末現在：30件", year, "30件"),
            ("R3年度(実績)：30件", year, "30件"),
            ("R3年度末時点で30件", year, "30件"),
            ("R3年度　実績なし", year, "nothing"),
            ("【R3年度】30件", year, "30件"),
            ("R3年度:(累計)30件", year, "累計30件"),
            ("R3年度：延べ800人", year, "延べ800人"),
            ("R3年度（250時間/年）", year, "250時間/年"),
            ("(R3年度 250時間/年)", year, "250時間/年"),
            ("基準値(R3年度)：30件", year, "30件"),
            ("基準値R3年度：30件", year, "30件"),
            ("基準値（R3年度：30件）", year, "30件"),
            ("【基準値】R3年度：30件", year, "30件"),
            ("現状 R3年度\n30件", year, "30件"),
            ("30件（R3年度末）", year, "30件"),
            ("R3年度実績件数：30件", year, "件数30件"),
            ("R3年度：未実施", year, "未実施"),
            ("R3年度：—", year, "nothing"),
            ("R3年度：①学校訪問2校、②就職説明会等4回", year, "2 parts"),
            ("R4.3.31現在締結済件数:12件", day, "締結済件数12件"),
            ("令和４年３月31日時点 12件", day, "12件"),
            ("2022/3/31：12件(※1)", day, "12件"),
            ("R4.3:12件", Some(AsOf::Date(2022, 3, None)), "12件"),
            (
                "H31.4.30：12件",
                Some(AsOf::Date(2019, 4, Some(30))),
                "12件",
            ),
            ("R3年度＝30件", year, "30件"),
            ("㋿3年度：30件", year, "30件"),
            ("令3年度：30件", year, "30件"),
            ("R3（2021）年度：30件", year, "30件"),
            ("R3年度(2021年度)：30件", year, "30件"),
            ("R3年度末（R4.3.31）：30件", year, "30件"),
            ("R3年度末（R4.3.31現在）30件", year, "30件"),
            ("FY2021：30件", year, "30件"),
            ("≪R3年度≫30件", year, "30件"),
            ("R4.3月末：30件", Some(AsOf::Date(2022, 3, None)), "30件"),
            ("基準値30件", None, "30件"),
            ("基準値：30件", None, "30件"),
            ("【基準値】30件", None, "30件"),
            ("30件", None, "30件"),
        ] {
            assert_eq!(read(raw), (as_of, shown.to_owned()), "{raw}");
        }
    }

    #[test]
    fn unreadable_baselines_are_refused() {
        for raw in [
            "",
            "R3年度",
            "R3年度：",
            "R3年度：12,34件",
            "R3年度：2～3件",
            "R2～R4平均：5件",
            "R3年度：調査中です。",
            "R2年度：5件\nR3年度：6件",
            "R4.13.1:5件",
        ] {
            assert_eq!(baseline(raw), None, "{raw}");
        }
    }
}
