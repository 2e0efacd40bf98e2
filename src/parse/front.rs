//! The front matter: cover (表紙) and index (取組項目一覧).

use crate::model::text::{fold, label_key};
use crate::model::{
    Cover, FiscalYear, Grid, Half, IndexForm, IndexRow, Layout, Slot, Text, UNSETTLED, Volume,
};

use super::item::item_number;

/// Parses a cover: each cell says one thing, told by what it looks like.
pub fn cover(grid: &Grid, layout: &Layout) -> Cover {
    let mut cover = Cover::default();
    for cell in grid.cells.values() {
        let text = cell.text.trim();
        let folded = fold(text);
        if let Some(years) = year_range(&folded) {
            cover.years = years;
        } else if let Some((year, half)) = reporting_period(text) {
            cover.fiscal_year = cover.fiscal_year.or(Some(year));
            cover.half = cover.half.or(half);
        } else if is_date(&folded) {
            cover.issued = cover.issued.or(Some(text.to_owned()));
        } else if folded == fold(&layout.document)
            || folded == UNSETTLED
            || Volume::parse(text).is_some()
        {
        } else if folded.ends_with("計画") && cover.plan.is_none() {
            cover.plan = Some(text.to_owned());
        } else {
            cover.issuer = Some(text.to_owned());
        }
    }
    cover.city = cover.plan.as_deref().and_then(city);
    cover
}

/// Reads `(令和4年度～令和6年度)`.
fn year_range(folded: &str) -> Option<Vec<FiscalYear>> {
    let inner = folded.trim_start_matches('(').trim_end_matches(')');
    let (from, rest) = FiscalYear::prefix(inner)?;
    let rest = rest
        .strip_prefix(['~', '-'])
        .or_else(|| rest.strip_prefix("から"))?;
    let (to, rest) = FiscalYear::prefix(rest)?;
    let sane = rest.is_empty() || rest == "まで";
    (sane && from <= to && to.0 - from.0 < 30).then(|| (from.0..=to.0).map(FiscalYear).collect())
}

/// Reads `《令和5年度》` and `《令和5年度 上半期》`.
fn reporting_period(text: &str) -> Option<(FiscalYear, Option<Half>)> {
    let key = label_key(text);
    let (year, rest) = FiscalYear::prefix(&key)?;
    if rest.is_empty() {
        return key.ends_with("年度").then_some((year, None));
    }
    Half::parse(rest).map(|half| (year, Some(half)))
}

/// Tells whether a text is a month or a day: `令和6年6月`.
fn is_date(folded: &str) -> bool {
    FiscalYear::prefix(folded).is_some_and(|(_, rest)| {
        rest.starts_with('年') && rest.ends_with(['月', '日']) && rest.chars().count() <= 8
    })
}

/// The city in a plan's name: what stands before 行政改革 and its like, if it ends as a city does.
fn city(plan: &str) -> Option<String> {
    const SUBJECTS: [&str; 7] = ["行政改革", "行財政", "行革", "総合", "第", "財政", "経営"];
    const ENDS: [char; 8] = ['市', '区', '町', '村', '県', '都', '府', '道'];
    let subject = SUBJECTS
        .iter()
        .filter_map(|subject| plan.find(subject))
        .min()?;
    let name = plan[..subject].trim();
    name.ends_with(ENDS).then(|| name.to_owned())
}

/// Parses an index.
pub fn index(form: &IndexForm, grid: &Grid) -> Vec<IndexRow> {
    let text = |slot: Slot| {
        Text::from_raw(
            slot.and_then(|cell| grid.text(cell)),
            slot.map(|cell| grid.place(cell)),
        )
    };
    form.rows
        .iter()
        .filter_map(|[priority, number, title, lead]| {
            Some(IndexRow {
                number: item_number(text(*number).text())?,
                priority: text(*priority),
                title: text(*title),
                lead: text(*lead),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_stand_before_the_plan_s_subject() {
        for (plan, expected) in [
            ("小千谷市行政改革実施計画", Some("小千谷市")),
            ("四日市市行財政改革プラン実施計画", Some("四日市市")),
            ("大村市第6次行政改革実施計画", Some("大村市")),
            ("余市町総合計画", Some("余市町")),
            ("行政改革実施計画", None),
        ] {
            assert_eq!(city(plan).as_deref(), expected, "{plan}");
        }
    }

    #[test]
    fn year_ranges_and_periods_of_a_cover() {
        let years = year_range(&fold("（令和４年度～令和６年度）")).unwrap();
        assert_eq!(
            years,
            [FiscalYear(2022), FiscalYear(2023), FiscalYear(2024)]
        );
        assert_eq!(
            reporting_period("《令和5年度》"),
            Some((FiscalYear(2023), None))
        );
        assert_eq!(
            reporting_period("《令和5年度 上半期》"),
            Some((FiscalYear(2023), Some(Half::First)))
        );
        assert_eq!(reporting_period("令和5年度の実施状況"), None);
        assert!(is_date("令和6年6月") && !is_date("令和6年度"));
    }
}
