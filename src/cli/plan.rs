//! What is odd about a plan, told before it is worked with.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::model::{Damage, FiscalYear, Half, ItemSheet, KpiSetting, OfficialBook, Period, Place};

use super::failure::Failure;

/// How many damaged cells are told in words.
const TOLD: usize = 5;

/// A plan of which something cannot be read would have the departments accused of what it lacks.
/// What departments enter is not taken from a plan, and matters not.
pub(super) fn refuse_damaged(plan: &OfficialBook, path: &Path) -> Result<(), Failure> {
    let entered: BTreeSet<&Place> = plan.items.iter().flat_map(entries).collect();
    let told = damaged_cells(plan, |place| !entered.contains(place));
    match told {
        Some(told) => Err(Failure::DamagedPlan(path.to_owned(), told)),
        None => Ok(()),
    }
}

/// Says which cells of a workbook could not be read, so that it is given out without them.
pub(super) fn damage(book: &OfficialBook) -> Option<String> {
    let told = damaged_cells(book, |_| true)?;
    Some(format!(
        "読み取れないセルがあります（{told}）。このセルの内容は出力に含まれません。Excelで開いて内容を確かめ、保存し直してください。"
    ))
}

/// The places of what departments enter.
fn entries(item: &ItemSheet) -> impl Iterator<Item = &Place> {
    let fields = item.fields().into_iter();
    let entered = fields.filter(|field| !field.name.is_of_plan());
    entered.filter_map(|field| field.place)
}

/// The cells of which nothing could be read, or not for certain, and why.
fn damaged_cells(book: &OfficialBook, counts: impl Fn(&Place) -> bool) -> Option<String> {
    let mut told = BTreeMap::new();
    for damaged in &book.damaged {
        match damaged.kind {
            Damage::Uncalculated | Damage::Twice | Damage::Other => {}
            // What shows is read: a person sees the same.
            Damage::Disguised { .. } => continue,
        }
        let source = &damaged.place.source;
        let places = damaged.cells.iter().map(|cell| Place {
            source: Arc::clone(source),
            cell: *cell,
        });
        let reason = damaged.reason.split('。').next().unwrap_or_default();
        told.extend(places.filter(&counts).map(|place| (place, reason)));
    }
    let more = told.len().saturating_sub(TOLD);
    let shown = told.iter().take(TOLD);
    let shown: Vec<String> = shown
        .map(|(place, reason)| format!("{place}：{reason}"))
        .collect();
    let more = match more {
        0 => String::new(),
        more => format!("、ほか{more}か所"),
    };
    (!shown.is_empty()).then(|| shown.join("、") + &more)
}

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

/// Says what of the plan is read and may be meant otherwise, and which items its list lacks.
pub(super) fn warnings(plan: &OfficialBook) -> Vec<String> {
    let mut warnings = disguised("計画", plan);
    warnings.extend(plan.overlaps.iter().map(|place| {
        format!(
            "計画の{place}のセルの結合が、ほかの結合と重なっています。重なった結合は、ないものとして読みました。Excelで開いて結合し直してください。"
        )
    }));
    warnings.extend(plan.hidden.iter().map(|sheet| {
        format!(
            "計画の非表示のシート「{sheet}」に票がありますが、読んでいません。計画の取組であれば、Excelでシートを再表示して保存してください。"
        )
    }));
    warnings.extend(unlisted(plan));
    warnings.extend(divided(plan));
    warnings
}

/// Says which 主管課 was read as several by a slash or a line break alone, where no other item knows
/// these departments: 総務部/総務課 may be one.
fn divided(plan: &OfficialBook) -> Vec<String> {
    let told = plan.items.iter().filter_map(|item| {
        let leads = &item.departments.get()?.lead;
        let raw = item.departments.raw.as_deref()?.trim();
        let outside = raw.split(['(', '（']).next().unwrap_or(raw).trim();
        let is_known = |name: &String| {
            let others = plan.items.iter().filter(|other| other.number != item.number);
            let mut named = others.filter_map(|other| other.departments.get());
            named.any(|known| known.lead.contains(name) || known.related.contains(name))
        };
        let is_doubtful = leads.len() > 1
            && outside.contains(['/', '／', '\n'])
            && !leads.iter().any(is_known);
        is_doubtful.then(|| {
            let number = item.number.get().map_or(String::new(), u32::to_string);
            format!(
                "計画の取組{number}の主管課「{}」は、{}の{}課の共管として読みました。一つの課のときは「総務部総務課」のように続けて、共管のときは「、」で区切って、計画の主管課を書き直してください。",
                outside.split_whitespace().collect::<Vec<_>>().join(" "),
                leads.iter().map(|lead| format!("「{lead}」")).collect::<String>(),
                leads.len()
            )
        })
    });
    told.collect()
}

/// Says which cells of a workbook do not show what they hold; what shows is read.
pub(super) fn disguised(what: &str, book: &OfficialBook) -> Vec<String> {
    let told = book.damaged.iter().filter_map(|damaged| {
        let Damage::Disguised { stored, shown } = &damaged.kind else {
            return None;
        };
        let shown = match shown.is_empty() {
            true => "何も表示されていません".to_owned(),
            false => format!("「{shown}」と表示されています"),
        };
        let place = &damaged.place;
        Some(format!(
            "{what}の{place}は、セルの中身が「{stored}」ですが、表示形式のため{shown}。表示のとおりに読みました。正しい内容が表示されるように直してください。"
        ))
    });
    told.collect()
}

/// Says which items the plan's list lacks; a plan without a list says nothing.
fn unlisted(plan: &OfficialBook) -> Vec<String> {
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

/// Says that the previous workbook was written while errors were left in it.
pub(super) fn unsettled(previous: &OfficialBook) -> Option<String> {
    previous.unsettled.then(|| {
        format!(
            "前回の集約版「{}」は、誤りが残ったまま書き出した未確定のブックです。公表したブックがあるときは、それに置き換えてください。",
            previous.file
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CellRef, Field, Source};
    use crate::parse;

    fn plan(departments: &[&str]) -> OfficialBook {
        let items = (1..).zip(departments).map(|(number, text)| {
            let source = Source {
                file: "計画.xlsx".to_owned(),
                sheet: format!("取組{number}"),
            };
            let mut item = ItemSheet::blank(Arc::new(source), CellRef::new(0, 0));
            item.number = Field::known(number, number.to_string(), None);
            let departments = parse::departments(text).unwrap();
            item.departments = Field::known(departments, *text, None);
            item
        });
        OfficialBook {
            items: items.collect(),
            ..OfficialBook::default()
        }
    }

    #[test]
    fn a_department_that_was_read_as_two_is_told_unless_the_plan_knows_both_apart() {
        for text in ["総務部/総務課(全課)", "市民課\n窓口係"] {
            let told = divided(&plan(&["財政課", text]));
            assert_eq!(told.len(), 1, "{text}");
            assert!(
                told[0].contains("取組2") && told[0].contains("2課の共管"),
                "{}",
                told[0]
            );
        }
        for texts in [
            &["総務課/財政課", "財政課"][..],
            &["総務課、財政課"],
            &["総務課\n(税務課/市民課)"],
        ] {
            assert!(divided(&plan(texts)).is_empty(), "{texts:?}");
        }
    }
}
