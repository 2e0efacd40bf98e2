//! What is odd about a plan, told before it is worked with.

use std::path::Path;

use crate::model::{FiscalYear, Half, KpiSetting, OfficialBook, Period};

use super::failure::Failure;

/// A plan's items are known by their numbers: each has one, and no two the same.
pub(super) fn refuse_unnumbered(plan: &OfficialBook, path: &Path) -> Result<(), Failure> {
    let mut seen = Vec::with_capacity(plan.items.len());
    for item in &plan.items {
        let Some(number) = item.number.get().copied() else {
            let sheet = item.source.sheet.clone();
            return Err(Failure::NumberlessItem(path.to_owned(), sheet));
        };
        seen.push(number);
    }
    seen.sort_unstable();
    match seen.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Failure::TwiceInPlan(path.to_owned(), pair[0])),
        None => Ok(()),
    }
}

/// A period of another plan finds no column to stand in.
pub(super) fn refuse_period(period: Period, years: &[FiscalYear]) -> Result<(), Failure> {
    if years.is_empty() || years.contains(&period.year) {
        return Ok(());
    }
    let years: Vec<String> = years.iter().map(FiscalYear::to_string).collect();
    Err(Failure::PeriodOutsidePlan(period, years.join("、")))
}

/// Says which items the plan's list lacks; a plan without a list says nothing.
pub(super) fn warnings(plan: &OfficialBook) -> Vec<String> {
    let listed: Vec<u32> = plan.index.iter().map(|row| row.number).collect();
    if listed.is_empty() {
        return Vec::new();
    }
    let drawn: Vec<u32> = plan
        .items
        .iter()
        .filter_map(|item| item.number.get().copied())
        .collect();
    let mut warnings = Vec::new();
    if let Some(numbers) = only_in(&drawn, &listed) {
        warnings.push(format!(
            "計画にシートのある取組番号{numbers}が、計画の取組項目一覧にありません。取組項目一覧に加えるか、シートの取組番号を確かめてください。"
        ));
    }
    warnings
}

/// Says that the previous workbook, by its own cover, is not of an earlier period.
pub(super) fn not_before(previous: &OfficialBook, period: Period) -> Option<String> {
    let (year, half) = (previous.cover.fiscal_year?, previous.cover.half);
    // A cover without a half is that of the whole year.
    let autumn = half == Some(Half::First) && period.is_year_end();
    let before = year < period.year || (year == period.year && autumn);
    (!before).then(|| {
        let file = &previous.file;
        format!(
            "前回の集約版「{file}」は{}のもので、対象の期（{}）より前のものではありません。過年度の実績値を正しく比べられないため、前回の集約版を置き直してください。",
            half.map_or_else(|| year.short(), |half| Period { year, half }.to_string()),
            period
        )
    })
}

/// Says which settings of a KPI belong to none of the plan's.
pub(super) fn unknown_kpis(plan: &OfficialBook, settings: &[KpiSetting]) -> Vec<String> {
    let is_known = |setting: &&KpiSetting| {
        let number = setting.item;
        let items = plan.items.iter();
        let mut items = items.filter(|item| item.number.get() == Some(&number));
        items.any(|item| {
            let mut names = item.kpis.iter().map(|kpi| kpi.name.text());
            names.any(|name| setting.is_of(number, name))
        })
    };
    let unknown = settings.iter().filter(|setting| !is_known(setting));
    unknown
        .map(|setting| {
            format!(
                "設定の[[kpi]]にある取組番号{}の数値目標「{}」が、計画にありません。この設定は使われません。取組番号と名称を計画のとおりに直してください。",
                setting.item, setting.name
            )
        })
        .collect()
}

fn only_in(these: &[u32], others: &[u32]) -> Option<String> {
    let mut numbers: Vec<u32> = these
        .iter()
        .copied()
        .filter(|number| !others.contains(number))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
    (!numbers.is_empty()).then(|| numbers.join("、"))
}
