//! Where a plan is read from: a workbook, or tidy tables in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::model::text::excerpt;
use crate::model::{Layout, OfficialBook, Place, Text, TidyColumn};
use crate::read::Limits;
use crate::{PlanFault, plan_of, plan_part};

use super::failure::Failure;
use super::{official, plan, volumes};

/// How many of the faults are told.
const TOLD: usize = 10;
/// How much of a cell is quoted.
const QUOTED: usize = 30;

/// The files of a plan: itself, or the tables in its folder.
pub(super) fn files(plan: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !plan.is_dir() {
        return Ok(vec![plan.to_owned()]);
    }
    let entries = fs::read_dir(plan).map_err(|_| Failure::NoTables(plan.to_owned()))?;
    let is_table = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let extension = path.extension().unwrap_or_default();
        extension.eq_ignore_ascii_case("csv") && !name.starts_with(['.', '~'])
    };
    let paths = entries.flatten().map(|entry| entry.path());
    let mut tables: Vec<PathBuf> = paths.filter(is_table).collect();
    if tables.is_empty() {
        return Err(Failure::NoTables(plan.to_owned()));
    }
    tables.sort();
    Ok(tables)
}

/// Tells whether a plan is made of tables and not a workbook.
pub(super) fn is_tables(plan: &Path) -> bool {
    let extension = plan.extension().unwrap_or_default();
    plan.is_dir() || extension.eq_ignore_ascii_case("csv")
}

/// Reads a plan, which must hold items; a mistake in a table is told with its line and column.
pub(super) fn read(
    given: &Path,
    layout: &Layout,
    limits: &Limits,
) -> Result<OfficialBook, Failure> {
    let mut parts = Vec::new();
    for path in files(given)? {
        let mut part = official::watched(&path, limits, |name, bytes| {
            plan_part(name, bytes, layout, limits)
        })?;
        volumes::refuse_one(&part.book, &path)?;
        volumes::add(&mut part.book, &path, layout, limits)?;
        plan::refuse_damaged(&part.book, &path)?;
        parts.push(part);
    }
    let name = given.file_name().unwrap_or(given.as_os_str());
    let (book, mut faults) = plan_of(&name.to_string_lossy(), parts);
    if !faults.is_empty() {
        faults.sort_by(|one, other| one.cell().place.cmp(&other.cell().place));
        return Err(Failure::PlanTable(told(&faults)));
    }
    if book.items.is_empty() {
        return Err(Failure::NoItems(given.to_owned()));
    }
    Ok(book)
}

fn told(faults: &[PlanFault]) -> String {
    let first = faults.iter().take(TOLD);
    let mut text: String = first
        .map(|fault| format!("  {}\n", sentence(fault)))
        .collect();
    if faults.len() > TOLD {
        text.push_str(&format!("  ほか{}件\n", faults.len() - TOLD));
    }
    text
}

fn sentence(fault: &PlanFault) -> String {
    let cell = fault.cell();
    let at = place(cell.place.as_ref());
    let said = quoted(cell);
    match fault {
        PlanFault::Unreadable(column, _) => {
            let name = column.heading();
            let wanted = wanted(*column);
            match cell.is_blank() {
                true => format!("{at}: 「{name}」が空欄です。{wanted}"),
                false => format!("{at}: 「{name}」の{said}を読み取れません。{wanted}"),
            }
        }
        PlanFault::Left(Some(column), _) => format!(
            "{at}: 「{}」の{said}が、同じ取組のほかの行や「{}」の列と合わないか、書く場所が違います。",
            column.heading(),
            TidyColumn::Raw.heading()
        ),
        PlanFault::Left(None, _) => {
            format!("{at}: {said}の列に、この表の見出しがありません。")
        }
        PlanFault::Baseline(_) => format!(
            "{at}: 基準値の{said}を、数値目標の名称と見分けられません。「R3年度：24分」のように、時点から書いてください。"
        ),
        PlanFault::Clash(clash) => {
            let other = place(clash.taken.place.as_ref());
            match clash.taken.text() == cell.text() {
                true => format!("{at}: {said}が、{other}にもあります。一つにしてください。"),
                false => format!(
                    "{at}: {said}が、{other}の{}と違います。",
                    quoted(&clash.taken)
                ),
            }
        }
    }
}

/// What a column holds, as a request.
fn wanted(column: TidyColumn) -> &'static str {
    match column {
        TidyColumn::Number => "取組番号を数字で書いてください。",
        TidyColumn::Kpi => "数値目標の名称を書いてください。",
        TidyColumn::Storey => "「基準値」「目標値」「実績値」のどれかを書いてください。",
        TidyColumn::Year | TidyColumn::WesternYear => "「R5」のように年度を書いてください。",
        TidyColumn::Value => {
            "数字だけを書き、単位や「以上」などは「単位」「条件」の列に書いてください。"
        }
        TidyColumn::Field => {
            "「取組項目」「実施内容」「実施項目」「年次計画 R5年度」のような欄の名前を書いてください。"
        }
        TidyColumn::Row => "1から始まる整数を書くか、空欄にしてください。",
        TidyColumn::City
        | TidyColumn::Period
        | TidyColumn::Priority
        | TidyColumn::Title
        | TidyColumn::Lead
        | TidyColumn::Related
        | TidyColumn::Part
        | TidyColumn::AsOf
        | TidyColumn::Unit
        | TidyColumn::Qualifier
        | TidyColumn::Bound
        | TidyColumn::Kind
        | TidyColumn::Raw
        | TidyColumn::Text => "書き方を確かめてください。",
    }
}

fn quoted(cell: &Text) -> String {
    format!("「{}」", excerpt(cell.text(), QUOTED))
}

/// `kpi.csvの5行目のL列`: lines and columns as a spreadsheet program counts them.
fn place(place: Option<&Place>) -> String {
    let Some(place) = place else {
        return "計画の表".to_owned();
    };
    let address = place.cell.to_string();
    let column = address.trim_end_matches(|c: char| c.is_ascii_digit());
    format!(
        "{}の{}行目の{column}列",
        place.source.file,
        place.cell.row + 1
    )
}
